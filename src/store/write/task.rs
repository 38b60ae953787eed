//! Tasks: made, ticked off, put aside, moved. A cause that stands in the queue without a row (a birthday, a silence) gets
//! its row here when somebody does something with it, and never a second one (G57).

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{alarm, complaint, deal, guard, plan, requests, review, subject};
use crate::domain::change::{NewTask, TaskRef};
use crate::domain::clock::from_ms;
use crate::domain::complaint::Step as Handled;
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::{Relation, Verb, may};
use crate::domain::requests::Step as Asked;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, opt_text, text, word};
use crate::store::values::{cell, invalid};

/// Makes a task by hand: a person's own word, or what their head asks of the customer's owner.
pub fn add(work: &mut Work<'_>, customer: CustomerId, new: &NewTask) -> Result<Receipt, StoreError> {
    by_hand(work, customer, new, "promise", None)
}

/// Plans a touch of our own accord, after the guard has passed it.
pub fn plan(
    work: &mut Work<'_>,
    customer: CustomerId,
    new: &NewTask,
    reason: Option<&str>,
) -> Result<Receipt, StoreError> {
    let reason = guard::plan(work, customer.0, new, reason)?;
    by_hand(work, customer, new, "plan", Some(reason))
}

fn by_hand(
    work: &mut Work<'_>,
    customer: CustomerId,
    new: &NewTask,
    kind: &str,
    reason: Option<Cell>,
) -> Result<Receipt, StoreError> {
    let owner = people::need(work.db, work.actor, Verb::Log, customer.0, work.now)?;
    // only whose work one heads gets a task of one's own asking
    let heads = people::heads(work.db, work.actor, &[Some(owner)], work.now)?;
    let whose = if heads { owner } else { work.actor.id.0 };
    let id = make(work, customer.0, new, whose, kind, None)?;
    if let Some(reason) = reason {
        work.update(Noun::Task, id, &[("override", reason)])?;
    }
    Ok(Receipt {
        subject: subject(work.db, customer.0)?,
        made: Some(Row { noun: Noun::Task, id }),
        customer: Some(customer),
        ..Receipt::default()
    })
}

/// Writes a new task; `touch` is the one it was promised in, with the day of its event.
pub fn make(
    work: &mut Work<'_>,
    customer: i64,
    new: &NewTask,
    owner: i64,
    kind: &str,
    touch: Option<(i64, Option<NaiveDate>)>,
) -> Result<i64, StoreError> {
    let (anchor, days) = match new.anchor {
        Anchor::Absolute => ("absolute", None),
        Anchor::AfterTouch => ("after_touch", None),
        Anchor::BeforeEvent { days } => ("before_event", Some(i64::from(days))),
    };
    let event = touch.and_then(|(_, event)| event);
    let mut row = vec![
        ("customer_id", Cell::Integer(customer)),
        ("touch_id", opt_int(touch.map(|(id, _)| id))),
        ("kind", word(kind)),
        ("text", cell(work.db, work.now, customer, Field::TaskText, &Value::text(&new.text))?),
        ("anchor", word(anchor)),
        ("anchor_days", opt_int(days)),
        ("event_on", event.map_or(Cell::Null, |day| word(day.to_string()))),
        ("owner_id", Cell::Integer(owner)),
        ("created_at", Cell::Integer(work.now.ms())),
        ("created_by", Cell::Integer(work.actor.id.0)),
    ];
    row.extend(due_cells(work, new.due));
    work.insert(Noun::Task, &row)
}

/// The columns of a due.
pub fn due_cells(work: &Work<'_>, due: Due) -> [(&'static str, Cell); 3] {
    [
        ("due_on", word(due.day.to_string())),
        ("due_time", due.time.map_or(Cell::Null, |t| word(t.format("%H:%M").to_string()))),
        ("due_at", Cell::Integer(work.now.zone.overdue_after(due.day, due.time).timestamp_millis())),
    ]
}

/// Refuses whoever acts on a task of somebody else's (the customer's owner, where nobody is named): it takes the customer,
/// one's own or shared, a colleague one stands in for, or the right to act on colleagues' tasks. Answers the customer's
/// owner.
fn allowed(work: &Work<'_>, customer: i64, person: Option<i64>) -> Result<i64, StoreError> {
    let owner = people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    let theirs = people::relation(work.db, work.actor, person.unwrap_or(owner), work.now)?;
    let of_customer = people::relation_to(work.db, work.actor, customer, owner, work.now)?;
    let own = theirs == Relation::Own || matches!(of_customer, Relation::Own | Relation::Shared);
    let supervises = [theirs, of_customer].into_iter().any(|to| may(work.actor.role, Verb::Supervise, to));
    if own || supervises { Ok(owner) } else { Err(StoreError::Denied(Verb::Supervise)) }
}

/// Refuses whoever may do nothing with a task that there is: it is also theirs who asked for it.
pub fn may_do(work: &Work<'_>, row: &Image) -> Result<(), StoreError> {
    let customer = int(row, "customer_id").unwrap_or(0);
    if int(row, "created_by") == Some(work.actor.id.0) {
        people::need(work.db, work.actor, Verb::Log, customer, work.now)
    } else {
        allowed(work, customer, int(row, "owner_id"))
    }
    .map(|_| ())
}

/// The row behind a task, made where a cause has none yet; also its customer.
fn stored(work: &mut Work<'_>, task: &TaskRef) -> Result<(i64, i64), StoreError> {
    let found = match task {
        TaskRef::Stored(id) => Some(*id),
        // these are dealt with before
        TaskRef::Row(_) => return invalid(Field::TaskText, Problem::Empty),
        TaskRef::Cause { cause, .. } => work
            .db
            .prepare_cached("SELECT id FROM task WHERE cause=?1")?
            .query_row([cause], |r| r.get(0))
            .optional()?,
    };
    if let Some(id) = found {
        let Some((_, row)) = work.read(Noun::Task, id)? else { return Err(StoreError::Gone { who: None }) };
        may_do(work, &row)?;
        return Ok((id, int(&row, "customer_id").unwrap_or(0)));
    }
    let TaskRef::Cause { customer, cause, text, due } = task else {
        return Err(StoreError::Gone { who: None });
    };
    let owner = allowed(work, customer.0, None)?;
    let kind = match cause.split_once(':') {
        Some(("date", _)) => "date",
        Some(("silence", _)) => "silence",
        // what the strategy table proposes is a plan once somebody has taken it up
        Some(("cadence" | "recall" | "survey" | "review", _)) => "plan",
        _ => return invalid(Field::TaskText, Problem::Empty),
    };
    let mut row = vec![
        ("customer_id", Cell::Integer(customer.0)),
        ("kind", word(kind)),
        ("cause", word(cause)),
        ("text", cell(work.db, work.now, customer.0, Field::TaskText, &Value::text(text))?),
        ("owner_id", Cell::Integer(owner)),
        ("created_at", Cell::Integer(work.now.ms())),
        ("created_by", Cell::Integer(work.actor.id.0)),
    ];
    row.extend(due_cells(work, Due { day: *due, time: None }));
    Ok((work.insert(Noun::Task, &row)?, customer.0))
}

/// The row behind a task that is to be moved or put aside; from an old list it may be done or dropped already, and what is
/// promised of it then would stand in nobody's queue.
fn standing(work: &mut Work<'_>, task: &TaskRef) -> Result<(i64, i64), StoreError> {
    let (id, customer) = stored(work, task)?;
    let Some((_, row)) = work.read(Noun::Task, id)? else { return Err(StoreError::Gone { who: None }) };
    still_open(work, &row)?;
    Ok((id, customer))
}

/// Refuses what is decided over a task, of a customer or of a plan, that is done or dropped already.
pub fn still_open(work: &Work<'_>, row: &Image) -> Result<(), StoreError> {
    if text(row, "state") == Some("open") {
        return Ok(());
    }
    let who = int(row, "done_by").map(|person| people::name(work.db, person)).transpose()?;
    let on =
        int(row, "done_at").map(|ms| work.now.zone.local(from_ms(ms)).format("%Y-%m-%d %H:%M").to_string());
    Err(StoreError::Over { dropped: text(row, "state") == Some("dropped"), who, on })
}

/// Whether a task is open, or has no row yet.
pub fn is_open(work: &Work<'_>, task: &TaskRef) -> Result<bool, StoreError> {
    let (sql, key) = match task {
        TaskRef::Row(_) => return Ok(true),
        TaskRef::Stored(id) => ("SELECT 1 FROM task WHERE id=?1 AND state<>'open'", Cell::Integer(*id)),
        TaskRef::Cause { cause, .. } => ("SELECT 1 FROM task WHERE cause=?1 AND state<>'open'", word(cause)),
    };
    Ok(!work.db.prepare_cached(sql)?.exists([key])?)
}

/// Whether a task only says that nobody has talked with the customer for long.
pub fn is_silence(work: &Work<'_>, task: &TaskRef) -> Result<bool, StoreError> {
    match task {
        TaskRef::Cause { cause, .. } => Ok(cause.starts_with("silence:")),
        TaskRef::Row(_) => Ok(false),
        TaskRef::Stored(id) => {
            Ok(work.db.prepare_cached("SELECT 1 FROM task WHERE id=?1 AND kind='silence'")?.exists([id])?)
        }
    }
}

/// Ticks one task off; one that is not open any more stays as it is. Answers its customer.
pub fn tick(work: &mut Work<'_>, task: &TaskRef) -> Result<i64, StoreError> {
    if let TaskRef::Row(row) = task {
        return match row.noun {
            Noun::PlanTask => plan::tick(work, row.id).map(|()| 0),
            // these close where nothing else is left to do, and say what is missing
            Noun::Complaint => {
                complaint::step(work, row.id, &Handled::Resolve { found: None }).map(|r| customer_of(&r))
            }
            Noun::Alarm => alarm::tick_next(work, row.id).map(|r| customer_of(&r)),
            Noun::Request => requests::step(work, row.id, &Asked::Close).map(|r| customer_of(&r)),
            Noun::Suggestion => review::tick(work, row.id).map(|()| 0),
            // an evaluation is written, and not ticked off
            _ => invalid(Field::CampaignResult, Problem::Empty),
        };
    }
    let (id, customer) = stored(work, task)?;
    end(work, id)?;
    Ok(customer)
}

/// Ticks off a task that is open, whoever it is for: a person's right is asked before, a talk needs none.
pub fn end(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let open = work.read(Noun::Task, id)?.is_some_and(|(_, row)| text(&row, "state") == Some("open"));
    if open {
        work.update(Noun::Task, id, &ticked(work))?;
        if let Some((_, row)) = work.read(Noun::Task, id)? {
            deal::ticked(work, &row)?;
        }
    }
    Ok(())
}

/// The cells of whatever is ticked off now: that it is done, when and by whom.
pub fn ticked(work: &Work<'_>) -> [(&'static str, Cell); 3] {
    [
        ("state", word("done")),
        ("done_at", Cell::Integer(work.now.ms())),
        ("done_by", Cell::Integer(work.actor.id.0)),
    ]
}

/// Ticks off tasks whose cause has been met otherwise; nothing follows from that.
pub fn met(work: &mut Work<'_>, tasks: &[i64]) -> Result<(), StoreError> {
    for task in tasks {
        work.update(Noun::Task, *task, &ticked(work))?;
    }
    Ok(())
}

/// Whom a receipt concerns.
fn customer_of(receipt: &Receipt) -> i64 {
    receipt.customer.map_or(0, |customer| customer.0)
}

/// Ticks tasks off.
pub fn done(work: &mut Work<'_>, tasks: &[TaskRef]) -> Result<Receipt, StoreError> {
    let mut customers = Vec::new();
    for task in tasks {
        let customer = tick(work, task)?;
        if customer > 0 && !customers.contains(&customer) {
            customers.push(customer);
        }
    }
    of(work, &customers)
}

/// Puts a task aside until a later day, with a reason.
pub fn snooze(
    work: &mut Work<'_>,
    task: &TaskRef,
    until: NaiveDate,
    reason: &str,
) -> Result<Receipt, StoreError> {
    if until <= work.now.today() {
        return invalid(Field::TaskSnoozed, Problem::NotLater);
    }
    let why = cell(work.db, work.now, 0, Field::TaskSnoozeReason, &Value::text(reason))?;
    if why == Cell::Null {
        return invalid(Field::TaskSnoozeReason, Problem::Empty);
    }
    let (id, customer) = standing(work, task)?;
    work.update(Noun::Task, id, &[("snoozed_until", word(until.to_string())), ("snooze_reason", why)])?;
    of(work, &[customer])
}

/// Moves a task to another due.
pub fn reschedule(work: &mut Work<'_>, task: &TaskRef, due: Due) -> Result<Receipt, StoreError> {
    if let TaskRef::Row(Row { noun: Noun::PlanTask, id }) = task {
        return plan::reschedule(work, *id, due.day);
    }
    if let TaskRef::Row(Row { noun: Noun::Suggestion, id }) = task {
        return review::reschedule(work, *id, due.day);
    }
    let (id, customer) = standing(work, task)?;
    let mut row = due_cells(work, due).to_vec();
    // a due given anew is counted from nothing else, and nothing is put aside any more
    row.extend([
        ("anchor", word("absolute")),
        ("anchor_days", Cell::Null),
        ("snoozed_until", Cell::Null),
        ("snooze_reason", opt_text(None)),
    ]);
    work.update(Noun::Task, id, &row)?;
    of(work, &[customer])
}

fn of(work: &Work<'_>, customers: &[i64]) -> Result<Receipt, StoreError> {
    let mut told = match customers.first() {
        Some(first) => subject(work.db, *first)?,
        None => String::new(),
    };
    if customers.len() > 1 {
        told = format!("{told} +{}", customers.len() - 1);
    }
    let customer = if let [only] = customers { Some(CustomerId(*only)) } else { None };
    Ok(Receipt { subject: told, customer, ..Receipt::default() })
}
