//! The people of the company as the board shows them: their customers, their month in counts, how it was judged.

use crate::domain::people::PersonId;
use crate::domain::staff::{BEST, Hands, Part, Sheet, hands, sheet};

/// What the board says of people in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Those whom the actor may see; the actor first, then by name.
    pub rows: Vec<StaffRow>,
    /// The weights of the sheet, in the order of its metrics.
    pub weights: [i64; 4],
    /// The scheme of their classes.
    pub scheme: &'static str,
}

/// A class id, blank for none; its customers; the least and the most of them that one person keeps.
pub type ClassCount = (String, i64, Option<(i64, i64)>);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role id.
    pub role: String,
    /// Department id.
    pub department: String,
    /// Customers by class of the governing scheme, blank for none, with the accounts per head of that class.
    pub classes: Vec<ClassCount>,
    /// Touches of the period, and of them those written down within a day (K22).
    pub entries: Part,
    /// Follow-ups that came due, and of them those done in time (F34).
    pub promises: Part,
    /// Touches of our own accord, and of them those answered.
    pub response: Part,
    /// How the months were judged by hand, on average.
    pub judged: Option<i64>,
    /// What was written beside it last.
    pub note: Option<String>,
}

impl StaffRow {
    /// All customers.
    pub fn customers(&self) -> i64 {
        self.classes.iter().map(|(_, count, _)| count).sum()
    }

    /// How full the hands are, and the part of the most in percent.
    pub fn hands(&self) -> (Hands, i64) {
        let classes: Vec<_> = self.classes.iter().map(|(_, count, range)| (*count, *range)).collect();
        hands(&classes)
    }

    /// The sheet under weights.
    pub fn sheet(&self, weights: [i64; 4]) -> Sheet {
        let judged = self.judged.map_or_else(Part::default, |k| Part { k, n: BEST });
        sheet([self.entries, self.promises, self.response, judged], weights)
    }
}
