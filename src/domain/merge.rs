//! Two records of one customer become one (H7, H8): which stays, which goes, and of which fields the going one's value is
//! taken. Pure rules; the store moves what belongs to them (`store/write/merge`).

use serde::{Deserialize, Serialize};

use super::customer::CustomerId;
use super::field::{Field, Noun, Value, fields_of};

/// What is merged into what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The customer that stays, with its number.
    pub keep: CustomerId,
    /// The one that goes; its number stays findable as an alias of the other.
    pub gone: CustomerId,
    /// The revisions of both that the person saw, if they saw them.
    pub seen: Option<(i64, i64)>,
    /// Fields that differ and of which the going one's value is taken.
    pub take: Vec<Field>,
    /// The same of the company's own fields.
    pub take_own: Vec<i64>,
    /// What was not taken, in words: a line for the note, so that nothing is lost.
    pub note: Option<String>,
}

/// What stands against a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Both are the same customer.
    Same,
    /// One of them is being handed over.
    HandOver,
    /// About one of them it is not decided who owns it.
    Dispute,
    /// They are not compared yet.
    Uncompared,
    /// One of them was erased on request: nobody knows who it was.
    Erased,
}

/// The fields of a customer that are compared. The number has its own rule, the note is put together, and the owner stays:
/// who gives a customer away does that.
pub fn compared() -> impl Iterator<Item = Field> {
    fields_of(Noun::Customer)
        .map(|spec| spec.field)
        .filter(|field| !matches!(field, Field::Code | Field::Owner | Field::CustomerNote))
}

/// Whether an empty field is filled from the other record without asking. That somebody went away, or that nothing more is
/// to be done, is no fact about whoever stays; a size is given only where the head count is not known.
pub fn fills(field: Field, value: &Value, knows_employees: bool) -> bool {
    match field {
        Field::ChurnReason | Field::ChurnNote => false,
        Field::State => value.as_text() != Some("closed"),
        Field::Size => !knows_employees,
        _ => true,
    }
}

/// The stricter of two consents: what was withdrawn stays withdrawn, and what nobody asked about is no answer.
pub fn stricter<'a>(keep: &'a str, gone: &'a str) -> &'a str {
    let rank = |state: &str| match state {
        "withdrawn" => 2,
        "given" => 1,
        _ => 0,
    };
    if rank(gone) > rank(keep) { gone } else { keep }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h7_what_was_withdrawn_at_one_of_both_stays_withdrawn() {
        for (keep, gone, is) in [
            ("given", "withdrawn", "withdrawn"),
            ("withdrawn", "given", "withdrawn"),
            ("unknown", "given", "given"),
            ("given", "unknown", "given"),
        ] {
            assert_eq!(stricter(keep, gone), is, "{keep} {gone}");
        }
    }

    #[test]
    fn h7_every_field_of_a_customer_is_compared_but_number_owner_and_note() {
        let all: Vec<Field> = compared().collect();
        assert!(
            all.contains(&Field::Name) && all.contains(&Field::Referrer) && all.contains(&Field::Address)
        );
        assert!(!all.contains(&Field::Code) && !all.contains(&Field::Owner));
        assert!(!fills(Field::State, &Value::Text("closed".into()), false));
        assert!(fills(Field::State, &Value::Text("won".into()), false));
        assert!(!fills(Field::Size, &Value::Text("small".into()), true));
    }
}
