//! What `guanxi handover` takes: people, or the number of a hand-over with a step.

/// `handover`.
#[derive(clap::Args, Debug)]
pub struct Handover {
    #[arg(value_name = "FROM|NUMBER")]
    pub from: Option<String>,
    #[arg(value_name = "TO|accept|decline|confirm|take-back")]
    pub to: Option<String>,
    #[arg(long = "all", conflicts_with = "filter")]
    pub handed_all: bool,
    #[arg(long = "where", value_name = "FILTER")]
    pub filter: Option<String>,
    #[arg(long)]
    pub wait: bool,
    #[arg(long, value_name = "ENTRY")]
    pub tick: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}
