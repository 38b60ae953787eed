//! One line of the record of changes: which row, what it was and what it is. A row that is new or gone is kept whole, a
//! changed one by the columns that differ.

use rusqlite::types::Value as Cell;

use crate::domain::field::Noun;
use crate::store::chain::Row;
use crate::store::tables::{self, Image};

/// What tells a row of its table from the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// The integer id.
    Id(i64),
    /// The key of text of settings and old numbers.
    Word(String),
}

impl Key {
    /// The number, where it is one.
    pub const fn id(&self) -> Option<i64> {
        match self {
            Self::Id(id) => Some(*id),
            Self::Word(_) => None,
        }
    }

    pub(super) fn cell(&self) -> Cell {
        match self {
            Self::Id(id) => Cell::Integer(*id),
            Self::Word(word) => Cell::Text(word.clone()),
        }
    }
}

/// A row at one moment.
pub(super) type State = Option<(i64, Image)>;

/// What one change did to one row.
pub(super) struct Line {
    pub noun: Noun,
    pub key: Key,
    pub before: State,
    pub after: State,
}

impl Line {
    /// The line as it is put down.
    pub(super) fn put(&self) -> Row<'static> {
        let (before, after) = self.difference();
        let name = tables::table(self.noun).name;
        let rev = self.after.as_ref().map(|(rev, _)| *rev);
        let (table, id) = match &self.key {
            Key::Id(id) => (name.into(), *id),
            Key::Word(word) => (format!("{name}:{word}").into(), 0),
        };
        Row { table, id, rev, before, after }
    }

    /// The columns that differ, before and after; whole rows where the row is new or gone.
    fn difference(&self) -> (Option<String>, Option<String>) {
        let ((_, before), (_, after)) = match (&self.before, &self.after) {
            (Some(before), Some(after)) => (before, after),
            (before, after) => {
                let whole = |s: &State| s.as_ref().map(|(_, image)| tables::to_json(image));
                return (whole(before), whole(after));
            }
        };
        let differing = |these: &Image, those: &Image| {
            let other: Image =
                these.iter().filter(|(column, cell)| tables::cell(those, column) != cell).cloned().collect();
            Some(tables::to_json(&other))
        };
        (differing(before, after), differing(after, before))
    }
}
