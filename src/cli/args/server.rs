//! The options of what concerns a whole server: setting it up, looking at it, backups and their keys. What each means is said
//! in `usage`, from the tables of words.

use std::path::PathBuf;

use clap::Subcommand;

/// `backup`.
#[derive(clap::Args, Debug)]
pub struct Backup {
    #[arg(value_name = "FILE", required_unless_present = "into", conflicts_with = "into")]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    #[arg(long = "to", value_name = "KEY")]
    pub recipient: Option<String>,
}

/// `backup-key`.
#[derive(Subcommand, Debug)]
pub enum BackupKeyWhat {
    New {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Change {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
        #[arg(long = "to", value_name = "KEY")]
        recipient: String,
    },
}

/// `server`.
#[derive(Subcommand, Debug)]
pub enum ServerWhat {
    Init(Box<ServerInit>),
    Check(Place),
    #[command(hide = true)]
    First {
        #[arg(long)]
        login: String,
        #[arg(long)]
        name: String,
    },
}

/// How a server is laid out.
#[derive(clap::Args, Debug)]
pub struct Place {
    #[arg(long, value_name = "A", default_value = "guanxi")]
    pub account: String,
    #[arg(long, value_name = "FILE", default_value = "/usr/local/bin/guanxi")]
    pub program: PathBuf,
    #[arg(long, value_name = "FOLDER", default_value = "/etc/ssh")]
    pub ssh: PathBuf,
    #[arg(long, value_name = "FOLDER", default_value = "/var/backups/guanxi")]
    pub backups: PathBuf,
}

/// `server init`.
#[derive(clap::Args, Debug)]
pub struct ServerInit {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_name = "NAME")]
    pub admin: Option<String>,
    #[arg(long, value_name = "L")]
    pub login: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub server_wide: Option<bool>,
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub timer: Option<bool>,
    #[arg(long)]
    pub dry_run: bool,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("yes|no".to_owned()),
    }
}
