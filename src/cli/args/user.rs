//! The options of `user`: people of a shared server, what is changed of them, and their keys. What each means is said in
//! `usage`, from the tables of words.

use std::path::PathBuf;

use clap::Subcommand;

/// `user`.
#[derive(Subcommand, Debug)]
pub enum UserWhat {
    Add(Box<UserAdd>),
    List,
    Set(Box<UserSet>),
    Freeze {
        #[arg(value_name = "USER")]
        user: String,
    },
    Thaw {
        #[arg(value_name = "USER")]
        user: String,
    },
    Key {
        #[command(subcommand)]
        what: KeyWhat,
    },
}

/// `user key`.
#[derive(Subcommand, Debug)]
pub enum KeyWhat {
    Add {
        #[arg(value_name = "USER")]
        user: String,
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Remove {
        #[arg(value_name = "USER")]
        user: String,
        #[arg(value_name = "FILE|FINGERPRINT")]
        key: String,
    },
}

/// `user add`.
#[derive(clap::Args, Debug)]
pub struct UserAdd {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "R", value_parser = ["rep", "manager", "security", "admin", "viewer"])]
    pub role: String,
    #[arg(long, value_name = "D", default_value = "sales")]
    pub department: String,
    #[arg(long, value_name = "P", default_value = "")]
    pub post: String,
    #[arg(long, value_name = "L")]
    pub login: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

/// `user set`.
#[derive(clap::Args, Debug)]
#[command(group = clap::ArgGroup::new("fields").multiple(true).required(true))]
pub struct UserSet {
    #[arg(value_name = "USER")]
    pub user: String,
    #[arg(id = "new_name", long = "name", value_name = "NAME", group = "fields")]
    pub name: Option<String>,
    #[arg(long, value_name = "R", group = "fields", value_parser = ["rep", "manager", "security", "admin", "viewer"])]
    pub role: Option<String>,
    #[arg(long, value_name = "D", group = "fields")]
    pub department: Option<String>,
    #[arg(long, value_name = "P", group = "fields")]
    pub post: Option<String>,
    #[arg(long, value_name = "USER", group = "fields")]
    pub deputy: Option<String>,
    #[arg(long, value_name = "FROM[..UNTIL]", group = "fields")]
    pub away: Option<String>,
}
