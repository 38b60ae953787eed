//! What a change leaves behind: the receipt that its writer gets, and the deed that everybody can read afterwards.
//! The words for both are made above the store.

use serde::Serialize;

use super::LeftOut;
use super::json::rfc3339;
use crate::domain::change::{Edited, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Noun, Row, Value};
use crate::domain::guard::Finding;

/// One change, told in words by the layer above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// Its id.
    pub id: i64,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// By whom.
    pub person: String,
    /// Verb id of the change.
    pub verb: String,
    /// What was written or removed, where that is one record.
    #[serde(skip)]
    pub noun: Option<Noun>,
    /// Whom it concerns.
    pub subject: String,
    /// What changed, as far as rows were edited; empty for bulk work.
    #[serde(skip)]
    pub fields: Vec<Altered>,
    /// Whether it has been taken back.
    pub undone: bool,
}

/// A field that a change wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    /// Which.
    pub field: Field,
    /// Its name where it is one of the company's own.
    pub own: Option<String>,
    /// What it was.
    pub was: Value,
    /// What it became.
    pub to: Value,
}

/// What a colleague made of a field since somebody has seen its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The field; none where the whole row is gone.
    pub field: Option<Field>,
    /// What it is now, masked where it is not for the one who asks.
    pub value: Value,
    /// Who.
    pub who: String,
    /// When, UTC ms.
    pub at: i64,
}

/// What can be taken back and what brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoable {
    /// `u` takes this back.
    pub undo: Option<Deed>,
    /// `Ctrl-R` brings this back.
    pub redo: Option<Deed>,
}

/// What a successful change leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The change's id; none for what is not recorded.
    pub change: Option<i64>,
    /// Its verb id.
    pub verb: &'static str,
    /// Whom it concerns.
    pub subject: String,
    /// The row that was made.
    pub made: Option<Row>,
    /// The number of the customer that was made.
    pub code: Option<String>,
    /// The customer it concerns.
    pub customer: Option<CustomerId>,
    /// Of a touch: the tasks it ticked off.
    pub ticked: Vec<TaskRef>,
    /// How many rows it wrote.
    pub rows: usize,
    /// Of an import that was taken back or brought back: how many records had come in with it.
    pub records: Option<i64>,
    /// What was masked and is shown now.
    pub revealed: Option<Box<Revealed>>,
    /// Fields that a colleague changed meanwhile and that were kept.
    pub merged: Vec<(Field, Value, String)>,
    /// What the guard found at a touch and did not hold it for.
    pub findings: Vec<Finding>,
    /// Whom the guard left out, of many.
    pub left_out: Vec<LeftOut>,
    /// A customer that looks alike (a warning, K56).
    pub alike: Option<(String, String)>,
    /// The job it belongs to: the import that was started, the bulk edit that ran.
    pub job: Option<i64>,
    /// Of an import batch, per row: whether it came in, and if not why.
    pub outcomes: Vec<RowOutcome>,
    /// Of an erasure: what is written about others and still names the customer.
    pub mentions: Vec<Mention>,
    /// Of an erasure of somebody who was erased before: how many lines of the record lost what they still said.
    pub cleared: Option<usize>,
}

/// A record of another customer in which an erased one is named. Nothing of it was changed: what is said of others is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number of the customer whose it is; of a text of the company's own, how it begins.
    pub code: String,
    /// When the touch took place, or the record was last written, in UTC ms.
    pub at: i64,
    /// The record.
    pub row: Row,
}

/// What somebody was shown beyond the mask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revealed {
    /// The fields.
    pub values: Vec<(Field, Value)>,
    /// How many that makes today, and the limit of a day, where there is one.
    pub counted: Option<(i64, i64)>,
}

/// What became of one imported row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// A new record.
    Made,
    /// A known one was updated or filled: what of its own fields gave way to what.
    Updated(Vec<Edited>),
    /// It was there already.
    Same,
    /// It looks like another customer: number and name; it came in.
    Alike(String, String),
    /// It did not come in.
    Refused(Invalid),
}
