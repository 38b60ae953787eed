//! The rows of the table of fields, found by field and by noun. The table itself stands in `field`.

use super::{FIELDS, Field, Noun, Spec};

impl Field {
    /// The row of the table that describes this field.
    pub fn spec(self) -> &'static Spec {
        // the enum and the table come from one macro, in one order
        FIELDS.get(self as usize).unwrap_or(&FIELDS[0])
    }

    /// The field of a noun with this column.
    pub fn of(noun: Noun, column: &str) -> Option<Self> {
        fields_of(noun).find(|s| s.column == column).map(|s| s.field)
    }
}

/// The fields of one noun, in order.
pub fn fields_of(noun: Noun) -> impl Iterator<Item = &'static Spec> {
    FIELDS.iter().filter(move |s| s.noun == noun)
}
