//! What a customer has in a field of the company's own.

use serde::Serialize;

use crate::domain::own::OwnField;

/// A field with what one customer has in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnValue {
    /// The field.
    pub field: OwnField,
    /// What is in it; none where nothing is, or where it is masked.
    pub value: Option<String>,
    /// Something is in it that this person does not see.
    pub masked: bool,
}
