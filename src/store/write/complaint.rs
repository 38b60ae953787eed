//! Complaints from receipt to their end (G31, H21): answered, solved, resolved, or closed as one that does not count. The
//! first answer is a touch of the history, and the resolution marks it as resolved (E19, K41); the first times stand,
//! whoever answers again.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{subject, touch};
use crate::domain::change::NewTouch;
use crate::domain::complaint::Step;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Value};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, text, word};
use crate::store::values::{cell, invalid};

/// Columns that follow from a complaint's state, where a form or an import set it.
pub fn follow(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    order(work, row, old)?;
    let now = Cell::Integer(work.now.ms());
    let Some(state) = text(row, "state").map(str::to_owned) else { return Ok(()) };
    let place = |state: &str| crate::domain::complaint::STATES.iter().position(|s| *s == state).unwrap_or(0);
    let passed = place(&state);
    for (column, from) in [("responded_at", 1), ("solved_at", 2), ("closed_at", 3)] {
        if passed >= from && int(old, column).is_none() {
            row.push((column, now.clone()));
        } else if passed < from && int(old, column).is_some() {
            // taken back to an earlier state: the clock runs again
            row.push((column, Cell::Null));
        }
    }
    if passed < 3 && text(old, "ended").is_some() {
        row.extend([("ended", Cell::Null), ("valid", Cell::Integer(1))]);
    }
    Ok(())
}

/// The order a complaint names is one of the customer's (A100).
fn order(work: &Work<'_>, row: &Image, old: &Image) -> Result<(), StoreError> {
    let (Some(code), Some(customer)) =
        (text(row, "order_code"), int(row, "customer_id").or(int(old, "customer_id")))
    else {
        return Ok(());
    };
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM orders WHERE customer_id=?1 AND code=?2")?
        .exists((customer, code))?;
    if known { Ok(()) } else { invalid(Field::ComplaintOrder, Problem::NoSuchOrder(code.to_owned())) }
}

/// Whoever has taken a complaint up handles it, unless somebody is named.
pub fn handler(work: &Work<'_>, row: &mut Image) {
    if int(row, "handler_id").is_none() {
        row.retain(|(column, _)| *column != "handler_id");
        row.push(("handler_id", Cell::Integer(work.actor.id.0)));
    }
}

/// Does a step.
pub fn step(work: &mut Work<'_>, id: i64, step: &Step) -> Result<Receipt, StoreError> {
    let Some((_, old)) = work.read(Noun::Complaint, id)? else { return Err(StoreError::Gone { who: None }) };
    let customer = int(&old, "customer_id").unwrap_or(0);
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    // who looks at it later finds what was agreed at its end
    if text(&old, "state") == Some("resolved") {
        return invalid(Field::ComplaintState, Problem::ComplaintClosed);
    }
    let row = match step {
        Step::Take => vec![("handler_id", Cell::Integer(work.actor.id.0))],
        Step::Answer { channel, said } => answered(work, &old, channel, said)?,
        Step::Solve { solution, repair, recheck } => {
            solved(work, &old, solution, repair.as_deref(), *recheck)?
        }
        Step::Resolve { found } => resolved(work, &old, found.as_deref())?,
        Step::End { how, reason } => ended(work, &old, how, reason.as_deref())?,
    };
    work.update(Noun::Complaint, id, &row)?;
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}

/// The first time of something stands, whoever does it again.
fn first(work: &Work<'_>, old: &Image, column: &'static str) -> (&'static str, Cell) {
    (column, opt_int(Some(int(old, column).unwrap_or(work.now.ms()))))
}

/// What was said, as the field takes it.
fn words(work: &Work<'_>, old: &Image, field: Field, said: Option<&str>) -> Result<Cell, StoreError> {
    let customer = int(old, "customer_id").unwrap_or(0);
    cell(work.db, work.now, customer, field, &said.map_or(Value::None, Value::text))
}

fn answered(work: &mut Work<'_>, old: &Image, channel: &str, said: &str) -> Result<Image, StoreError> {
    let customer = int(old, "customer_id").unwrap_or(0);
    let touch = answer(work, customer, channel, said, text(old, "summary").unwrap_or_default())?;
    let mut row = vec![("handler_id", Cell::Integer(work.actor.id.0)), first(work, old, "responded_at")];
    if int(old, "touch_id").is_none() {
        row.push(("touch_id", Cell::Integer(touch)));
    }
    if text(old, "state") == Some("open") {
        row.push(("state", word("responded")));
    }
    Ok(row)
}

fn solved(
    work: &Work<'_>,
    old: &Image,
    solution: &str,
    repair: Option<&str>,
    recheck: Option<NaiveDate>,
) -> Result<Image, StoreError> {
    let given = words(work, old, Field::ComplaintSolution, Some(solution))?;
    if given == Cell::Null {
        return invalid(Field::ComplaintSolution, Problem::Empty);
    }
    let mut row = vec![
        ("solution", given),
        ("repair", words(work, old, Field::ComplaintRepair, repair)?),
        ("recheck_on", recheck.map_or(Cell::Null, |day| word(day.to_string()))),
        // a solution that is given at once is the first answer, too
        first(work, old, "responded_at"),
        first(work, old, "solved_at"),
    ];
    if matches!(text(old, "state"), None | Some("open" | "responded")) {
        row.push(("state", word("solved")));
    }
    Ok(row)
}

fn resolved(work: &mut Work<'_>, old: &Image, found: Option<&str>) -> Result<Image, StoreError> {
    if text(old, "solution").is_none() {
        return invalid(Field::ComplaintSolution, Problem::Empty);
    }
    let mut row = vec![
        ("state", word("resolved")),
        first(work, old, "responded_at"),
        first(work, old, "solved_at"),
        first(work, old, "closed_at"),
    ];
    if found.is_some() {
        row.push(("recheck", words(work, old, Field::ComplaintResult, found)?));
    }
    let customer = int(old, "customer_id").unwrap_or(0);
    row.push(("touch_id", Cell::Integer(resolving(work, customer, old)?)));
    Ok(row)
}

fn ended(work: &Work<'_>, old: &Image, how: &str, reason: Option<&str>) -> Result<Image, StoreError> {
    let how = words(work, old, Field::ComplaintEnd, Some(how))?;
    if how == Cell::Null {
        return invalid(Field::ComplaintEnd, Problem::Empty);
    }
    Ok(vec![
        ("state", word("resolved")),
        ("ended", how),
        ("valid", Cell::Integer(0)),
        ("recheck", words(work, old, Field::ComplaintResult, reason)?),
        first(work, old, "closed_at"),
    ])
}

/// The answer as a touch of the history; a reply is held by no guard (D36).
fn answer(
    work: &mut Work<'_>,
    customer: i64,
    channel: &str,
    said: &str,
    about: &str,
) -> Result<i64, StoreError> {
    let new = NewTouch {
        channel: Some(channel.to_owned()),
        kind: "reply".to_owned(),
        topic: Some(about.chars().take(60).collect()),
        closed: true,
        ..NewTouch::plain(CustomerId(customer), work.now.at, said)
    };
    let made = touch::log(work, &new, touch::Origin::Typed)?.made.map_or(0, |row| row.id);
    work.update(Noun::Touch, made, &[("issue", word("open"))])?;
    Ok(made)
}

/// Marks the entry of a complaint as resolved, made where there is none yet (E19, K41).
fn resolving(work: &mut Work<'_>, customer: i64, old: &Image) -> Result<i64, StoreError> {
    let there: Option<i64> = match int(old, "touch_id") {
        Some(id) => work
            .db
            .prepare_cached("SELECT id FROM touch WHERE id=?1")?
            .query_row([id], |r| r.get(0))
            .optional()?,
        None => None,
    };
    let touch = if let Some(id) = there {
        id
    } else {
        let solution = text(old, "solution").unwrap_or_default().to_owned();
        answer(work, customer, "other", &solution, text(old, "summary").unwrap_or_default())?
    };
    work.update(Noun::Touch, touch, &[("issue", word("resolved"))])?;
    Ok(touch)
}
