//! What `guanxi leak` takes: a report, or the number of a leak with a step.

use std::path::PathBuf;

/// `leak`.
#[derive(clap::Args, Debug)]
pub struct Leak {
    #[arg(value_name = "NUMBER", conflicts_with = "report")]
    pub number: Option<i64>,
    #[arg(id = "leak_step", value_name = "freeze|audit|key|apologise|close", requires = "number")]
    pub step: Option<String>,
    #[arg(id = "report", long, value_name = "TEXT")]
    pub report: Option<String>,
    #[arg(id = "leaker", long = "person", value_name = "USER")]
    pub person: Option<String>,
    #[arg(id = "heard", long = "at", value_name = "TIME", requires = "report")]
    pub at: Option<String>,
    #[arg(long, value_name = "KEY")]
    pub new_key: Option<String>,
    #[arg(long, value_name = "FILE", requires = "new_key")]
    pub old_key: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    pub said: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub left_out: Option<String>,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub pays: Option<String>,
    #[arg(long, value_name = "C", default_value = "phone")]
    pub via: String,
}
