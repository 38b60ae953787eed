//! What a field holds. One type for all kinds, so that forms, imports, the record of changes and the conflict dialog carry
//! values without knowing what they are about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::date::Due;
use crate::domain::money::Fen;

/// The value of a field. Money is fen, a moment UTC milliseconds, an id points into the kind's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Value {
    None,
    Text(String),
    Int(i64),
    Money(Fen),
    Day(NaiveDate),
    Due(Due),
    Moment(i64),
    Flag(bool),
    Id(i64),
}

impl Value {
    /// Text, or none where it is blank.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::None } else { Self::Text(text.to_owned()) }
    }

    /// The text inside, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }

    /// Yes or no, if it is one of them.
    pub const fn as_flag(&self) -> Option<bool> {
        if let Self::Flag(yes) = self { Some(*yes) } else { None }
    }

    /// The id inside, if it is one.
    pub const fn as_id(&self) -> Option<i64> {
        if let Self::Id(id) = self { Some(*id) } else { None }
    }
}
