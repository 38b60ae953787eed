//! Tasks that stand for a cause that was written down: a coupon about to end, a claim without an order, a reward that is
//! due. One cause has one task, for good: it is made with its cause, moves with it, goes with it, and what was ticked off
//! stays ticked off (G57). The day that its cause asks for is kept as its event, so that a task that somebody has put to another
//! day stays there until that changes; one whose day is counted from the day of writing keeps its day while it is open. The
//! text of such a task is data; the words are made of its cause.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::task::due_cells;
use crate::domain::date::Due;
use crate::domain::field::{Noun, Row};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::since::wrote;
use crate::store::tables::{text, word};

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
    put(work, (customer, owner), cause, wanted, true)
}

/// The same where the day is counted from today: one that is open keeps its day, however often its cause is corrected.
pub fn keep_from_today(
    work: &mut Work<'_>,
    customer: i64,
    owner: Option<i64>,
    cause: &str,
    wanted: Option<(&str, NaiveDate)>,
) -> Result<(), StoreError> {
    put(work, (customer, owner), cause, wanted, false)
}

/// Makes, changes or drops the task; `moves` is whether one that is open goes where its cause goes.
fn put(
    work: &mut Work<'_>,
    (customer, owner): (i64, Option<i64>),
    cause: &str,
    wanted: Option<(&str, NaiveDate)>,
    moves: bool,
) -> Result<(), StoreError> {
    let there: Option<(i64, String, i64, Option<String>)> = work
        .db
        .prepare_cached("SELECT id, state, customer_id, event_on FROM task WHERE cause=?1")?
        .query_row([cause], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    match (there, wanted) {
        (Some((id, state, ..)), None) if state == "open" => {
            work.update(Noun::Task, id, &[("state", word("dropped"))])?;
        }
        (Some((id, state, whose, asked)), Some((said, due))) if state != "done" => {
            let mut row =
                vec![("state", word("open")), ("text", word(said)), ("customer_id", Cell::Integer(customer))];
            // whoever was given a task that stands keeps it
            if owner.is_some() || state != "open" || whose != customer {
                row.push(("owner_id", Cell::Integer(for_whom(work, customer, owner)?)));
            }
            let asked = match asked {
                None if moves => never_moved(work, id)?,
                asked => asked,
            };
            let wanted = due.to_string();
            let elsewhere = moves && asked.as_ref().is_some_and(|asked| *asked != wanted);
            if moves && asked.is_none() {
                row.push(("event_on", word(&wanted)));
            }
            if state != "open" || elsewhere {
                row.extend(due_cells(work, Due { day: due, time: None }));
                row.retain(|(column, _)| *column != "event_on");
                row.push(("event_on", word(wanted)));
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

/// The day of a task of before its cause's day was kept, where nobody has ever put it to another: then its cause asked for it.
fn never_moved(work: &Work<'_>, id: i64) -> Result<Option<String>, StoreError> {
    let moved = wrote(work.db, Row { noun: Noun::Task, id }, "due_on")?.iter().any(|w| w.before.is_some());
    let task = work.read(Noun::Task, id)?.filter(|_| !moved);
    Ok(task.and_then(|(_, task)| text(&task, "due_on").map(str::to_owned)))
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
