//! The rows of the table of fields, found by field and by noun. The table itself stands in `field`.

use super::{FIELDS, Field, Noun, Spec};

impl Field {
    /// The row of the table that describes this field.
    pub fn spec(self) -> &'static Spec {
        // the enum and the table come from one macro, in one order
        FIELDS.get(self as usize).unwrap_or(&FIELDS[0])
    }

    /// The field of a noun with this column; the time of a due belongs to its day.
    pub fn of(noun: Noun, column: &str) -> Option<Self> {
        let column = if column == "due_time" { "due_on" } else { column };
        fields_of(noun).find(|s| s.column == column).map(|s| s.field)
    }
}

/// The fields of one noun, in order.
pub fn fields_of(noun: Noun) -> impl Iterator<Item = &'static Spec> {
    FIELDS.iter().filter(move |s| s.noun == noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enum_and_the_table_are_in_step() {
        for spec in FIELDS {
            assert_eq!(spec.field.spec().column, spec.column);
            assert_eq!(Field::of(spec.noun, spec.column), Some(spec.field));
        }
    }

    #[test]
    fn phones_addresses_and_amounts_are_private_and_names_are_not() {
        assert!(Field::MethodValue.spec().private && Field::Address.spec().private);
        assert!(Field::OrderAmount.spec().private);
        assert!(!Field::Name.spec().private && !Field::TouchSummary.spec().private);
        assert!(Field::Name.spec().needed && !Field::Region.spec().needed);
    }
}
