//! Leaks as lists, screens and machines see them: the case with its steps, the exports that belong to it, the customers
//! whose data left with them.

use serde::Serialize;

use super::json::{opt_rfc3339, rfc3339, yuan};
use crate::domain::money::Fen;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeakRow {
    /// Its number.
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// Its alarm, inside id.
    #[serde(skip)]
    pub alarm: i64,
    /// Who is said to have taken data out.
    pub person: Option<String>,
    /// What was said.
    pub note: String,
    /// Who reported it.
    pub reporter: String,
    /// Complaint or detection, whichever was first, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub since: i64,
    /// Until when the first step is to be done, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub due: i64,
    /// `open`, `closed`.
    pub state: String,
    /// How many of the steps are done.
    pub done: i64,
    /// Who answers for it.
    pub owner: String,
}

/// One leak with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeakCase {
    /// What the list says of it.
    #[serde(flatten)]
    pub row: LeakRow,
    /// The person's inside id.
    #[serde(skip)]
    pub person_id: Option<i64>,
    /// Whether the person is frozen now.
    pub frozen: bool,
    /// The steps that are done, in the order of the response.
    pub steps: Vec<LeakStep>,
    /// From which instant on exports belong to it, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub from: i64,
    /// The exports, refused ones too, the newest first.
    pub exports: Vec<LeakExport>,
    /// How many customers are affected, and how many have had an apology.
    pub affected: i64,
    /// See `affected`.
    pub told: i64,
    /// The first of them, those without an apology first.
    pub customers: Vec<LeakCustomer>,
    /// Whether it is known where the backups stand.
    pub backups: bool,
    /// What came of it.
    pub result: Option<String>,
    /// Why steps that were not done were left out.
    pub left_out: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// When, UTC ms.
    #[serde(serialize_with = "opt_rfc3339")]
    pub closed_at: Option<i64>,
}

/// A step that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeakStep {
    /// Its id.
    pub step: String,
    /// By whom.
    pub by: String,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// Backups that have the new key, did not open, were not encrypted.
    pub backups: Option<[usize; 3]>,
}

/// An export of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeakExport {
    /// Its number in the log.
    pub id: i64,
    /// By whom.
    pub person: String,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// `customers`, `contacts`, `orders`, `touches`.
    pub what: String,
    /// The filter as typed; blank: all.
    pub filter: String,
    /// Rows that have left.
    pub rows: i64,
    /// Where to; `-` is standard output.
    pub place: String,
    /// Why, as the person said.
    pub reason: String,
    /// `running`, `done`, `cut`, `refused`.
    pub state: String,
    /// Whether it was large.
    pub large: bool,
}

/// A customer whose data left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeakCustomer {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
    /// Who looks after it.
    pub owner: String,
    /// With how many exports.
    pub exports: i64,
    /// Who apologised.
    pub told_by: Option<String>,
    /// When, UTC ms.
    #[serde(serialize_with = "opt_rfc3339")]
    pub told_at: Option<i64>,
    /// What it got.
    #[serde(serialize_with = "yuan", rename = "compensation_yuan")]
    pub compensation: Option<Fen>,
}
