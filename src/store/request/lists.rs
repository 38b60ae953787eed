//! The short lists that go beside the customers: saved views, people who work here, tags in use.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::change::TagPath;
use crate::domain::people::Role;

/// A saved view with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ViewRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Filter language.
    pub filter: String,
    /// Column id.
    pub sort: String,
    /// Downwards.
    pub descending: bool,
    /// Everybody's.
    pub shared: bool,
    /// How many customers, at most 10,000 counted.
    pub count: u64,
    /// There are more.
    pub more: bool,
}

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Department id.
    pub department: String,
    /// Post.
    pub post: String,
    /// Who stands in while they are away.
    pub deputy: Option<String>,
    /// The first day on which they are away.
    pub away_from: Option<NaiveDate>,
    /// The last such day; none where nobody knows.
    pub away_until: Option<NaiveDate>,
}

/// A person as the administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserRow {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRow,
    /// Whether they are shut out.
    pub frozen: bool,
    /// Their keys.
    pub keys: Vec<crate::domain::user::Key>,
    /// How many sessions they have open.
    pub sessions: usize,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingTakes {
    /// A whole number between these, both included.
    Between(i64, i64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// One line of text, at most so many characters.
    Line(usize),
    /// The full path of a file, or nothing.
    Place,
    /// Levels of membership: `VIP:2500:9折:生日礼` (domain/membership).
    Levels,
    /// A public key to encrypt to, `age1…`, or nothing.
    PublicKey,
}

/// A setting of the company as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    /// Its key.
    pub key: &'static str,
    /// What it is.
    pub value: String,
    /// What it is where nobody has set it.
    pub default: &'static str,
    /// Ids of the requirements it comes from.
    pub source: &'static str,
    /// What it takes.
    pub takes: SettingTakes,
}

/// The target of a figure, all customers' or a segment's (F46).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// Its key among the settings, `target.<kpi>[.<segment>]`.
    pub key: String,
    /// As people write it.
    pub value: String,
    /// The handbooks' own; empty where they have none.
    pub default: String,
    /// Ids of the requirements the figure comes from.
    pub source: &'static str,
}

/// A tag with the number of customers that have it (C20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagCount {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// Type, name, value.
    #[serde(flatten)]
    pub path: TagPath,
    /// The value that is its standard wording, where it is an alias.
    pub standard: Option<String>,
    /// Customers.
    pub count: u64,
}
