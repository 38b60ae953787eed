//! What is done to many customers at once, each in the same way, and the tag it may be about. Whom it is done to stands in
//! [`super::Change::Many`].

use serde::{Deserialize, Serialize};

use super::NewTask;
use crate::domain::people::PersonId;

/// A tag as written: type → name → value (C1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPath {
    /// `basic`, `behaviour`, `value` or `need`.
    pub kind: String,
    /// The name, such as 关注点.
    pub name: String,
    /// The value, such as 关注性价比.
    pub value: String,
}

/// What happens to each of many customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Adds a tag.
    Tag(TagPath),
    /// Takes a tag away.
    Untag(TagPath),
    /// Gives the customer to a person.
    Assign(PersonId),
    /// Plans a touch.
    Plan(NewTask),
}
