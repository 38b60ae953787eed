//! Requests between departments (E17, E18, G21): raised from a customer or an entry, taken, answered, closed. Whoever works
//! in the department that is asked may take and answer it; whoever asked closes it.

use rusqlite::types::Value as Cell;

use super::rows::What;
use super::subject;
use crate::domain::customer::CustomerId;
use crate::domain::date::Due;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::domain::requests::{Step, due};
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, text, word};
use crate::store::values::{cell, cells, invalid};
use crate::store::{people, settings};

/// Asks another department.
pub fn ask(
    work: &mut Work<'_>,
    customer: CustomerId,
    touch: Option<i64>,
    set: &[(Field, Value)],
    by: Option<Due>,
) -> Result<Receipt, StoreError> {
    people::need(work.db, work.actor, Verb::Log, customer.0, work.now)?;
    let mut row = cells(work.db, work.now, Noun::Request, customer.0, set)?;
    let now = work.now.ms();
    let hours = settings::number(work.db, "request_hours")?;
    let until = by.map_or_else(
        || due(now, hours),
        |by| work.now.zone.overdue_after(by.day, by.time).timestamp_millis(),
    );
    if until <= now {
        return invalid(Field::ByWhen, Problem::NotLater);
    }
    row.extend([
        ("customer_id", Cell::Integer(customer.0)),
        ("touch_id", opt_int(touch.filter(|id| *id >> 20 == customer.0))),
        ("from_id", Cell::Integer(work.actor.id.0)),
        ("from_department", word(work.actor.department.clone())),
        ("asked_at", Cell::Integer(now)),
        ("due_at", Cell::Integer(until)),
    ]);
    let id = work.insert(Noun::Request, &row)?;
    Ok(Receipt { made: Some(Row { noun: Noun::Request, id }), ..told(work, customer.0)? })
}

/// Does a step.
pub fn step(work: &mut Work<'_>, id: i64, step: &Step) -> Result<Receipt, StoreError> {
    let Some((_, old)) = work.read(Noun::Request, id)? else { return Err(StoreError::Gone { who: None }) };
    let me = work.actor.id.0;
    let now = Cell::Integer(work.now.ms());
    people::need_own(work.actor, Verb::Log)?;
    let state = text(&old, "state").unwrap_or("open").to_owned();
    let may = match step {
        Step::Take | Step::Answer(_) | Step::Refuse(_) => answers(work, &old)?,
        Step::Close => asks(work, &old)?,
    };
    if !may {
        return Err(StoreError::Denied(Verb::Log));
    }
    // whoever asked has read the answer: what is said now would reach nobody
    if state == "closed" && !matches!(step, Step::Take) {
        return invalid(Field::RequestAnswer, Problem::RequestClosed);
    }
    let row: Image = match step {
        Step::Take if matches!(state.as_str(), "open" | "taken") => {
            vec![("state", word("taken")), ("taken_by", Cell::Integer(me)), ("taken_at", now)]
        }
        Step::Take => Image::new(),
        Step::Answer(answer) | Step::Refuse(answer) => {
            let said = cell(work.db, work.now, 0, Field::RequestAnswer, &Value::text(answer))?;
            if said == Cell::Null {
                return invalid(Field::RequestAnswer, Problem::Empty);
            }
            let first = int(&old, "answered_at").map_or(now, Cell::Integer);
            vec![
                ("state", word(if matches!(step, Step::Refuse(_)) { "refused" } else { "answered" })),
                ("answer", said),
                ("answered_by", Cell::Integer(me)),
                ("answered_at", first),
            ]
        }
        Step::Close if text(&old, "answer").is_none() => {
            return invalid(Field::RequestAnswer, Problem::Empty);
        }
        Step::Close => vec![("state", word("closed")), ("closed_at", now)],
    };
    if !row.is_empty() {
        work.update(Noun::Request, id, &row)?;
    }
    told(work, int(&old, "customer_id").unwrap_or(0))
}

/// Whether the actor is on the side that answers a request: of the department that is asked, its head, or who took it.
pub fn answers(work: &Work<'_>, image: &Image) -> Result<bool, StoreError> {
    let department = text(image, "department").unwrap_or_default();
    Ok(department == work.actor.department
        || people::heads_department(work.actor, department)
        || people::acts_for(work.db, work.actor, &[int(image, "taken_by")], work.now)?)
}

/// Whether the actor is on the side that asks: whoever asked, or the head of their department.
pub fn asks(work: &Work<'_>, image: &Image) -> Result<bool, StoreError> {
    Ok(people::heads_department(work.actor, text(image, "from_department").unwrap_or_default())
        || people::acts_for(work.db, work.actor, &[int(image, "from_id")], work.now)?)
}

/// Whoever asked, or their head, may reword or withdraw a request; the words of the answer are those of whoever gave it, and
/// of the head of the department that was asked.
pub fn allowed(work: &Work<'_>, image: &Image, what: What<'_>) -> Result<(), StoreError> {
    people::need_own(work.actor, Verb::Log)?;
    let (answer, rest) = match what {
        What::Edit(fields) => (
            fields.contains(&Field::RequestAnswer),
            fields.is_empty() || fields.iter().any(|f| *f != Field::RequestAnswer),
        ),
        What::Remove => (false, true),
    };
    let answered = || -> Result<bool, StoreError> {
        Ok(people::heads_department(work.actor, text(image, "department").unwrap_or_default())
            || people::acts_for(work.db, work.actor, &[int(image, "answered_by")], work.now)?)
    };
    let may = (!answer || answered()?) && (!rest || asks(work, image)?);
    if may { Ok(()) } else { Err(StoreError::Denied(Verb::Log)) }
}

fn told(work: &Work<'_>, customer: i64) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}
