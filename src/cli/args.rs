//! What can be typed, exactly as product.md's block says it.

mod handover;
mod leak;
mod server;
mod user;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

pub use handover::Handover;
pub use leak::Leak;
pub use server::{Backup, BackupKeyWhat, Place, ServerInit, ServerWhat};
pub use user::{KeyWhat, UserAdd, UserSet, UserWhat};

/// The command line.
#[derive(Parser, Debug)]
#[command(name = "guanxi", version, disable_help_subcommand = false, max_term_width = 100)]
pub struct Args {
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long, global = true, value_name = "en|zh", value_parser = ["en", "zh"])]
    pub lang: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    Demo(Demo),
    Find {
        #[arg(value_name = "TEXT", required = true, num_args = 1..)]
        text: Vec<String>,
        #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true)]
        limit: usize,
    },
    Show {
        #[arg(value_name = "CODE")]
        code: String,
    },
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long = "set", value_name = "FIELD=VALUE")]
        set: Vec<String>,
    },
    Set {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(value_name = "FIELD=VALUE", required = true)]
        set: Vec<String>,
    },
    Log(Box<Log>),
    Order {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
        amount: String,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        #[arg(long, value_name = "C")]
        category: Option<String>,
    },
    Survey {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        score: String,
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        nps: Option<String>,
    },
    Complaint {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "TEXT")]
        summary: String,
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    Due {
        #[arg(long, value_name = "USER")]
        owner: Option<String>,
        #[arg(long)]
        all: bool,
    },
    Alarms {
        #[arg(long)]
        all: bool,
    },
    Complaints {
        #[arg(long)]
        all: bool,
    },
    Requests {
        #[arg(long)]
        all: bool,
    },
    Done {
        #[arg(value_name = "TASK")]
        task: String,
    },
    Matrix {
        #[arg(long, value_name = "S", default_value = "segment")]
        scheme: String,
    },
    Why {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "S")]
        scheme: Option<String>,
    },
    Scheme {
        #[command(subcommand)]
        what: SchemeWhat,
    },
    Benchmark {
        #[arg(value_name = "INDUSTRY")]
        industry: Option<String>,
        #[arg(value_name = "YUAN", allow_negative_numbers = true)]
        yuan: Option<String>,
        #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i32).range(1900..=2999))]
        year: Option<i32>,
    },
    Board {
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        #[arg(long, value_name = "INSTANT")]
        as_of: Option<String>,
    },
    Report {
        #[arg(long, value_name = "PERIOD")]
        period: String,
        #[arg(long, value_name = "html|md|xlsx", value_parser = ["html", "md", "xlsx"])]
        format: Option<String>,
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[arg(long, value_name = "INSTANT")]
        as_of: Option<String>,
    },
    Models {
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    Setting {
        #[arg(value_name = "KEY")]
        key: Option<String>,
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: Option<String>,
    },
    Import(Import),
    Export(Box<Export>),
    History {
        #[arg(value_name = "CONDITION")]
        conditions: Vec<String>,
        #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true)]
        limit: usize,
    },
    Handover(Box<Handover>),
    Leak(Box<Leak>),
    Erase {
        #[arg(value_name = "CODE")]
        code: String,
        #[arg(long, value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Merge {
        #[arg(value_name = "KEPT")]
        kept: String,
        #[arg(value_name = "GONE")]
        gone: String,
        #[arg(long, value_name = "FIELD")]
        take: Vec<String>,
        #[arg(long)]
        dry_run: bool,
    },
    Undo,
    Backup(Backup),
    BackupKey {
        #[command(subcommand)]
        what: BackupKeyWhat,
    },
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
    },
    Check {
        #[arg(long)]
        repair: bool,
    },
    Sql {
        #[arg(long, required = true)]
        read_only: bool,
        #[arg(value_name = "STATEMENT")]
        statement: Option<String>,
    },
    User {
        #[command(subcommand)]
        what: UserWhat,
    },
    Server {
        #[command(subcommand)]
        what: ServerWhat,
    },
    Session,
    SshdKeys {
        #[arg(value_name = "FINGERPRINT")]
        fingerprint: String,
    },
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    Man,
}

/// `scheme`.
#[derive(Subcommand, Debug)]
pub enum SchemeWhat {
    Show {
        #[arg(value_name = "S")]
        scheme: Option<String>,
    },
    Apply {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        dry_run: bool,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    Propose {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// `demo`.
#[derive(clap::Args, Debug)]
pub struct Demo {
    #[arg(long, value_name = "N", default_value_t = crate::demo::CUSTOMERS, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub customers: u64,
    #[arg(long, value_name = "S", default_value_t = crate::demo::SEED)]
    pub seed: u64,
    #[arg(long)]
    pub fill: bool,
}

impl Default for Demo {
    fn default() -> Self {
        Self { customers: crate::demo::CUSTOMERS, seed: crate::demo::SEED, fill: false }
    }
}

/// `log`.
#[derive(clap::Args, Debug)]
pub struct Log {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(long, value_name = "C")]
    pub channel: String,
    #[arg(long, value_name = "TEXT")]
    pub summary: String,
    #[arg(long, value_name = "TEXT")]
    pub feedback: Option<String>,
    #[arg(long, value_name = "yes|no")]
    pub responded: Option<String>,
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub cost: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub next: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub event: Option<String>,
    #[arg(long, value_name = "proactive|reply|inbound")]
    pub kind: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
    #[arg(long, value_name = "P")]
    pub product: Option<String>,
    #[arg(long, value_name = "S")]
    pub script: Option<String>,
    #[arg(long, value_name = "G")]
    pub gift: Option<String>,
    #[arg(long, value_name = "USER")]
    pub by: Option<String>,
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
}

/// `import`.
#[derive(clap::Args, Debug)]
pub struct Import {
    #[arg(value_name = "WHAT", value_enum)]
    pub what: What,
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// `export`.
#[derive(clap::Args, Debug)]
pub struct Export {
    #[arg(value_name = "WHAT", value_enum)]
    pub what: Rows,
    #[arg(id = "where", long = "where", value_name = "FILTER")]
    pub filter: Option<String>,
    #[arg(id = "export_reason", long = "reason", value_name = "TEXT")]
    pub reason: String,
    #[arg(id = "export_format", long = "format", value_name = "F", value_enum)]
    pub format: Option<ExportFormat>,
    #[arg(id = "board_period", long = "period", value_name = "P")]
    pub period: Option<String>,
    #[arg(long, short = 'o', value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// What an export holds.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Customers,
    Contacts,
    Orders,
    Touches,
    Calendar,
    Matrix,
    Board,
    All,
}

/// How an export is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Csv,
    Xlsx,
    Json,
    Vcf,
    Ics,
}

/// What rows can be.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Customers,
    Contacts,
    Orders,
    Touches,
    Benchmarks,
    Surveys,
    Ledger,
    All,
}
