//! Why the store did not do what it was asked: one closed set, without sentences. `i18n` words each of them.

use std::path::Path;

use crate::domain::field::{Field, Invalid, Value};
use crate::domain::guard::Finding;
use crate::domain::people::Verb;
use crate::domain::scheme::parse::Refused;

/// One field on which two people disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which field.
    pub field: Field,
    /// What it was when both began.
    pub was: Value,
    /// What the other person made of it.
    pub theirs: Value,
    /// What this person wants.
    pub mine: Value,
}

/// What a person gets only so much of in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Masked fields shown for a reason.
    Reveal,
    /// Whole numbers of other people's customers looked up.
    Number,
    /// Exported rows.
    Rows,
}

/// Why the store did not do what it was asked. A closed set; `i18n` words each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Another session holds the database.
    Busy,
    /// Somebody else changed the same fields since.
    Conflict {
        /// Who.
        who: String,
        /// When, UTC ms.
        at: i64,
        /// The revision now.
        rev: i64,
        /// Field by field; at least one.
        clashes: Vec<Clash>,
    },
    /// A word of a filter is found in more customers than are looked at, and something is to be done to all of them.
    TooWide {
        /// How many are looked at.
        most: usize,
    },
    /// The row is no longer what was looked at, and what was asked for would be about something else.
    Stale {
        /// Who changed it last, if the record knows.
        who: Option<String>,
    },
    /// The row is gone: who removed it.
    Gone {
        /// Who, if known.
        who: Option<String>,
    },
    /// The task is done or dropped already.
    Over {
        /// Dropped, and not done.
        dropped: bool,
        /// By whom, if the record knows.
        who: Option<String>,
        /// When, on the company's clock, if the record knows.
        on: Option<String>,
    },
    /// The actor has had as much today as a day holds.
    Limit {
        /// Of what.
        what: Limited,
        /// So many.
        most: i64,
    },
    /// The actor may not.
    Denied(Verb),
    /// A value does not fit.
    Invalid(Invalid),
    /// A scheme that is refused.
    Scheme(Box<Refused>),
    /// The guard stops the touch: all findings, of which at least one asks for a reason.
    Guarded(Vec<Finding>),
    /// Whoever has entered a record cannot be the second person who checks it (K57).
    SameHand,
    /// The change cannot be taken back: somebody changed the same thing since.
    Overtaken {
        /// Who.
        who: String,
        /// When, UTC ms.
        at: i64,
        /// Which verb.
        verb: String,
    },
    /// There is nothing to take back or bring back.
    NothingToUndo,
    /// The file cannot be written: which.
    ReadOnly(String),
    /// The disk is full.
    Full,
    /// Another file was put in the place of the one that is open.
    Replaced,
    /// The file is not there, or cannot be opened: which and why.
    Unavailable {
        /// Which.
        file: String,
        /// Why, as the system says it.
        why: Option<String>,
    },
    /// Made by a newer guanxi; nothing was changed.
    Newer,
    /// No database of guanxi's.
    NotOurs(String),
    /// Damaged: what the engine says.
    Corrupt(String),
    /// Stopped by the person who began it; what was done so far is kept and goes on when it is begun again.
    Cancelled,
    /// The reader was interrupted by a newer question; never shown.
    Interrupted,
    /// A defect: what the engine says.
    Defect(String),
}

impl StoreError {
    /// A file that is not there or cannot be opened.
    pub fn unavailable(file: &Path) -> Self {
        Self::Unavailable { file: file.display().to_string(), why: None }
    }

    /// The same with what the system says.
    pub fn unavailable_for(file: &Path, why: impl std::fmt::Display) -> Self {
        Self::Unavailable { file: file.display().to_string(), why: Some(why.to_string()) }
    }
}

impl From<Invalid> for StoreError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
