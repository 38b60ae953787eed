//! What people did, for those who may look back: which changes, one line of each, and one of them row by row.

use serde::Serialize;

use super::json::rfc3339;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Value};

/// Which changes; a blank condition is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditList {
    /// By whom: a login or a name.
    pub who: Option<String>,
    /// Any of these verbs.
    pub verbs: Vec<String>,
    /// From this instant on, UTC ms.
    pub since: Option<i64>,
    /// Before this instant, UTC ms.
    pub until: Option<i64>,
    /// Of the customer with this number.
    pub customer: Option<String>,
    /// With this in what it concerns or in the reason.
    pub words: Vec<String>,
    /// How many at most, the newest first.
    pub take: usize,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Its id.
    pub id: i64,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// Who.
    pub person: String,
    /// The department they are in, by id.
    pub department: String,
    /// From which session.
    pub session: String,
    /// From where: the id of a way.
    pub via: String,
    /// What, by id.
    pub verb: String,
    /// Whom or what it concerns.
    pub subject: String,
    /// The customer inside, where it is one and is still there.
    #[serde(skip)]
    pub customer: Option<CustomerId>,
    /// Its number.
    pub code: Option<String>,
    /// Why, where that was said.
    pub reason: Option<String>,
    /// How many rows it changed.
    pub rows: i64,
    /// Whether it has been taken back.
    pub undone: bool,
    /// What left the store with it.
    pub export: Option<ExportNote>,
}

/// What the log of exports says of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportNote {
    /// Rows that have left.
    pub rows: i64,
    /// Where to; `-` is standard output.
    pub place: String,
    /// `running`, `done`, `cut`, `refused`.
    pub state: String,
    /// Whether it was large.
    pub large: bool,
}

/// One field of one row that a change has changed, as the actor may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditField {
    /// Of what.
    pub noun: Noun,
    /// Which row.
    pub row: i64,
    /// Which field.
    pub field: Field,
    /// Its name where it is one of the company's own.
    pub own: Option<String>,
    /// What it was.
    pub was: Value,
    /// What it is.
    pub is: Value,
}
