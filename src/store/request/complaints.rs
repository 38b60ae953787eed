//! Complaints and requests between departments as their lists show them, each with the instants its clocks are read from.

use serde::Serialize;

use super::json::{opt_rfc3339, rfc3339};
use crate::domain::complaint::{Course, Hours};

/// Which complaints or requests are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are not closed.
    #[default]
    Open,
    /// Those of them that are mine to work on.
    Mine,
    /// The closed ones, too.
    All,
}

impl Which {
    /// The next one, as a key steps through them.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Open => Self::Mine,
            Self::Mine => Self::All,
            Self::All => Self::Open,
        }
    }
}

/// A list of complaints, what runs out first on top.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaints {
    /// The rule's hours.
    pub hours: Hours,
    /// The complaints.
    pub rows: Vec<ComplaintRow>,
}

/// One complaint (A95–A100).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComplaintRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The customer.
    #[serde(skip)]
    pub customer: i64,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// The customer's segment id.
    pub segment: Option<String>,
    /// What it is about, in a word.
    pub subject: Option<String>,
    /// What was said.
    pub summary: String,
    /// `low`, `medium`, `high`.
    pub severity: String,
    /// `open`, `responded`, `solved`, `resolved`.
    pub state: String,
    /// `withdrawn` or `invalid` where it does not count.
    pub ended: Option<String>,
    /// Received, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub opened_at: i64,
    /// First answered.
    #[serde(serialize_with = "opt_rfc3339")]
    pub responded_at: Option<i64>,
    /// A solution given.
    #[serde(serialize_with = "opt_rfc3339")]
    pub solved_at: Option<i64>,
    /// Closed.
    #[serde(serialize_with = "opt_rfc3339")]
    pub closed_at: Option<i64>,
    /// The solution.
    pub solution: Option<String>,
    /// The repair plan.
    pub repair: Option<String>,
    /// The day on which it is looked at again.
    pub recheck_on: Option<chrono::NaiveDate>,
    /// What that found.
    pub recheck: Option<String>,
    /// The order it is about.
    pub order_code: Option<String>,
    /// Who handles it.
    pub handler: Option<String>,
    /// The course of it.
    #[serde(skip)]
    pub course: Course,
}

/// One request between departments (E18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The customer.
    #[serde(skip)]
    pub customer: i64,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// Who asks.
    pub from: String,
    /// From which department (id).
    pub from_department: String,
    /// Which department is asked (id).
    pub department: String,
    /// What for.
    pub text: String,
    /// `open`, `taken`, `answered`, `closed`.
    pub state: String,
    /// When it was asked, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub asked_at: i64,
    /// Until when it is to be answered.
    #[serde(serialize_with = "rfc3339")]
    pub due_at: i64,
    /// Who has taken it.
    pub taken_by: Option<String>,
    /// The answer.
    pub answer: Option<String>,
    /// Who gave it.
    pub answered_by: Option<String>,
    /// When.
    #[serde(serialize_with = "opt_rfc3339")]
    pub answered_at: Option<i64>,
    /// What was said in the entry it comes from.
    pub touch: Option<String>,
    /// It waits for my department.
    pub inbox: bool,
    /// I have asked it.
    pub mine: bool,
}
