//! What two customers would be if they became one (H7): where they differ, what is filled, what moves along.

use serde::Serialize;

use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Value};
use crate::domain::merge::Hindrance;

/// Two customers side by side, before one is merged into the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    /// The one that stays.
    pub keep: MergeSide,
    /// The one that goes.
    pub gone: MergeSide,
    /// What stands against it.
    pub hindrance: Option<Hindrance>,
    /// Fields that the two say otherwise, or that only the one that goes says.
    pub met: Vec<Met>,
    /// The same of the company's own fields: only where both have a value.
    pub own: Vec<OwnMet>,
    /// How many records move, by what they are.
    pub moves: Vec<(Noun, i64)>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MergeSide {
    /// Its inside id.
    pub id: CustomerId,
    /// Its revision.
    pub rev: i64,
    /// Its number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its owner's name.
    pub owner: String,
}

/// A field in which two customers differ; another customer is told by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Which.
    pub field: Field,
    /// What the customer that stays says.
    pub keep: Value,
    /// What the other says.
    pub gone: Value,
    /// Whether it is filled without asking.
    pub fills: bool,
}

/// A field of the company's own in which two customers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMet {
    /// Its id.
    pub field: i64,
    /// Its name.
    pub name: String,
    /// What the customer that stays says.
    pub keep: String,
    /// What the other says.
    pub gone: String,
}
