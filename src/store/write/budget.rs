//! Budgets of a customer's year and the explanation of what was spent beyond: one of each a year; a budget counts once it
//! is approved (D19, G52, H37).

use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{self, Image, text, word};
use crate::store::values::invalid;

/// Who stands behind a new budget or explanation; whoever may approve has approved their own.
pub fn of_a_year(work: &Work<'_>, noun: Noun) -> Vec<(&'static str, Cell)> {
    let me = Cell::Integer(work.actor.id.0);
    if noun == Noun::Overspend {
        return vec![("by_id", me), ("at", Cell::Integer(work.now.ms()))];
    }
    vec![("category", word("maintenance")), ("approved_by", approved(work))]
}

fn approved(work: &Work<'_>) -> Cell {
    let approves = people::need_own(work.actor, Verb::Approve).is_ok();
    if approves { Cell::Integer(work.actor.id.0) } else { Cell::Null }
}

/// A year is a year; a budget that somebody else changes is to be approved anew (D19).
pub fn year(work: &Work<'_>, noun: Noun, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    if let Some(period) = text(row, "period")
        && period.parse::<u16>().ok().is_none_or(|year| !(1900..=9999).contains(&year))
    {
        let field = if noun == Noun::Budget { Field::BudgetPeriod } else { Field::OverspendPeriod };
        return invalid(field, Problem::NotAYear(period.to_owned()));
    }
    let changed = |column| row.iter().any(|(c, new)| *c == column && new != tables::cell(old, column));
    if noun == Noun::Budget && !old.is_empty() && (changed("amount_fen") || changed("period")) {
        row.push(("approved_by", approved(work)));
    }
    Ok(())
}
