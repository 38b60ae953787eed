//! Tasks that stand for a cause that was written down: a coupon about to end, a claim without an order, a reward that is
//! due. One cause has one task, for good: it is made with its cause, moves with it, goes with it, and what was ticked off
//! stays ticked off (G57). The day that its cause asks for is kept as its event, so that a task that somebody has put to another
//! day stays there until that changes. The text of such a task is data; the words are made of its cause.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::task::due_cells;
use crate::domain::date::Due;
use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::word;

/// Keeps the task of a cause in step with it: what is wanted of it, or nothing any more. It is for the customer's owner.
pub fn keep(
    work: &mut Work<'_>,
    customer: i64,
    cause: &str,
    wanted: Option<(&str, NaiveDate)>,
) -> Result<(), StoreError> {
    keep_for(work, customer, None, cause, wanted)
}

/// The same for somebody in particular.
pub fn keep_for(
    work: &mut Work<'_>,
    customer: i64,
    owner: Option<i64>,
    cause: &str,
    wanted: Option<(&str, NaiveDate)>,
) -> Result<(), StoreError> {
    let there: Option<(i64, String, i64, String)> = work
        .db
        .prepare_cached("SELECT id, state, customer_id, coalesce(event_on, due_on) FROM task WHERE cause=?1")?
        .query_row([cause], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    match (there, wanted) {
        (Some((id, state, ..)), None) if state == "open" => {
            work.update(Noun::Task, id, &[("state", word("dropped"))])?;
        }
        (Some((id, state, whose, asked)), Some((text, due))) if state != "done" => {
            let mut row =
                vec![("state", word("open")), ("text", word(text)), ("customer_id", Cell::Integer(customer))];
            // whoever was given a task that stands keeps it
            if owner.is_some() || state != "open" || whose != customer {
                row.push(("owner_id", Cell::Integer(for_whom(work, customer, owner)?)));
            }
            if state != "open" || asked != due.to_string() {
                row.extend(due_cells(work, Due { day: due, time: None }));
                row.push(("event_on", word(due.to_string())));
            }
            work.update(Noun::Task, id, &row)?;
        }
        (None, Some((text, due))) => {
            let mut row = vec![
                ("customer_id", Cell::Integer(customer)),
                ("kind", word("plan")),
                ("cause", word(cause)),
                ("text", word(text)),
                ("owner_id", Cell::Integer(for_whom(work, customer, owner)?)),
                ("created_at", Cell::Integer(work.now.ms())),
                ("created_by", Cell::Integer(work.actor.id.0)),
                ("event_on", word(due.to_string())),
            ];
            row.extend(due_cells(work, Due { day: due, time: None }));
            work.insert(Noun::Task, &row)?;
        }
        _ => {}
    }
    Ok(())
}

/// Somebody in particular, else the customer's owner.
fn for_whom(work: &Work<'_>, customer: i64, named: Option<i64>) -> Result<i64, StoreError> {
    match named {
        Some(person) => Ok(person),
        None => Ok(work
            .db
            .prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
            .query_row([customer], |r| r.get(0))?),
    }
}
