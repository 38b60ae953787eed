//! A touch as it is logged: what happened, when it was written down, what the customer's segment was, which tasks it
//! makes and which it fulfils (A74–A94, E10, E12, E28).

use chrono::Days;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{coupon, gift, guard, subject, task};
use crate::domain::change::{NewTask, NewTouch, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::date::Due;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::guard::{Deed, Finding};
use crate::domain::people::{Relation, Verb, Via, may};
use crate::store::moves::segment_before;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{flag, opt_int, opt_text, word};
use crate::store::values::{cell, invalid};
use crate::store::{late, people};

/// A silent customer who has not answered is tried again after a week.
const AGAIN: Days = Days::new(7);

/// Where a touch comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person writes it down.
    Typed,
    /// A campaign touches just now, and has asked the guard.
    Campaign,
    /// A file brings what was written down elsewhere: when that was, nobody knows, and the moment of the import never counts
    /// (kpis.md C2).
    Imported,
}

/// Logs a touch with its tasks.
pub fn log(work: &mut Work<'_>, new: &NewTouch, origin: Origin) -> Result<Receipt, StoreError> {
    let customer = new.customer.0;
    let typed = origin == Origin::Typed;
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    if typed && matches!(work.actor.via, Via::Screen | Via::Command) && !new.closed && new.next.is_empty() {
        return invalid(Field::TouchClosed, Problem::NextOrClosed);
    }
    if typed && new.channel.as_deref().is_none_or(|c| c.trim().is_empty()) {
        return invalid(Field::TouchChannel, Problem::Empty);
    }
    let deed = typed.then(|| Deed::of_kind(&new.kind));
    let (id, findings) = row(work, new, deed, true, origin)?;
    let person = new.by.map_or(work.actor.id.0, |p| p.0);
    for next in &new.next {
        task::make(work, customer, next, person, "promise", Some((id, new.event_on)))?;
    }
    let two_way = new.responded || new.kind == "inbound";
    let mut ticked = Vec::new();
    for done in &new.done {
        if two_way || !task::is_silence(work, done)? {
            task::tick(work, done)?;
            ticked.push(done.clone());
        } else if task::is_open(work, done)? {
            // only an answer ends a silence: until then it is tried again
            let day = work.now.today().checked_add_days(AGAIN).unwrap_or(work.now.today());
            task::reschedule(work, done, Due { day, time: None })?;
        }
    }
    if let Some(coupon) = new.coupon {
        coupon::issue(work, customer, id, work.now.zone.day(new.at), coupon)?;
    }
    if let Some(name) = new.gift.as_deref() {
        gift::give(work, customer, name, work.now.zone.day(new.at))?;
    }
    if two_way && typed {
        // with whom one has just talked is not silent: its tasks that were put aside are answered by the talk
        let silence: Vec<i64> = work
            .db
            .prepare_cached("SELECT id FROM task WHERE customer_id=?1 AND state='open' AND kind='silence'")?
            .query_map([customer], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for waiting in silence {
            task::end(work, waiting)?;
        }
    }
    Ok(Receipt { ticked, ..logged(work, new.customer, id, findings, typed)? })
}

/// Logs a call that reached nobody; the task it was for stays and moves, or a new one says when to call again, where there
/// was none or it is open no more.
pub fn unanswered(
    work: &mut Work<'_>,
    new: &NewTouch,
    task: Option<&TaskRef>,
    again: &NewTask,
) -> Result<Receipt, StoreError> {
    let customer = new.customer.0;
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    let deed = guard::attempt(work, task)?;
    let (id, findings) = row(work, new, Some(deed), false, Origin::Typed)?;
    match task {
        Some(task) if task::is_open(work, task)? => {
            task::reschedule(work, task, again.due)?;
        }
        // a colleague may have done it meanwhile: the promise to call again stands all the same
        _ => {
            task::make(work, customer, again, work.actor.id.0, "promise", None)?;
        }
    }
    logged(work, new.customer, id, findings, true)
}

/// Refuses who writes down what a colleague has done whose work they may not do.
pub fn speaks_for(work: &Work<'_>, other: i64) -> Result<(), StoreError> {
    let to = people::relation(work.db, work.actor, other, work.now)?;
    if to == Relation::Own || may(work.actor.role, Verb::Supervise, to) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Supervise))
    }
}

/// The receipt of a touch.
fn logged(
    work: &Work<'_>,
    customer: CustomerId,
    id: i64,
    findings: Vec<Finding>,
    typed: bool,
) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        // of a file or a campaign it is that which is told
        subject: if typed { subject(work.db, customer.0)? } else { String::new() },
        made: Some(Row { noun: Noun::Touch, id }),
        customer: Some(customer),
        findings,
        ..Receipt::default()
    })
}

/// Writes a touch that is owed and asked of nobody: no guard stops it, and no next action belongs to it.
pub fn put(work: &mut Work<'_>, new: &NewTouch) -> Result<i64, StoreError> {
    if new.channel.as_deref().is_none_or(|c| c.trim().is_empty()) {
        return invalid(Field::TouchChannel, Problem::Empty);
    }
    Ok(row(work, new, None, true, Origin::Typed)?.0)
}

/// Writes a touch after the guard has passed it; `reached` tells a talk or a message from a call that nobody took.
fn row(
    work: &mut Work<'_>,
    new: &NewTouch,
    deed: Option<Deed>,
    reached: bool,
    origin: Origin,
) -> Result<(i64, Vec<Finding>), StoreError> {
    let (db, now, customer) = (work.db, work.now, new.customer.0);
    let imported = origin == Origin::Imported;
    let at = new.at.timestamp_millis();
    if new.cost.0 < 0 {
        return invalid(Field::TouchCost, Problem::BelowZero(new.cost.yuan_grouped()));
    }
    let person = new.by.map_or(work.actor.id.0, |p| p.0);
    let department: Option<String> = db
        .prepare_cached("SELECT department FROM person WHERE id=?1")?
        .query_row([person], |r| r.get(0))
        .optional()?;
    let Some(department) = department else {
        return invalid(Field::TaskOwner, Problem::NoSuchPerson(person.to_string()));
    };
    if deed.is_some() {
        // an import may bring what anybody has done
        speaks_for(work, person)?;
    }
    // the segment of a touch is the one at the time of the touch (F51)
    let segment = segment_before(db, customer, at.saturating_add(1))?;
    let text = |field: Field, text: Option<&str>| {
        cell(db, now, customer, field, &text.map_or(Value::None, Value::text))
    };
    let mut cells = vec![
        ("customer_id", Cell::Integer(customer)),
        (
            "contact_id",
            cell(db, now, customer, Field::TouchContact, &new.contact.map_or(Value::None, Value::Id))?,
        ),
        ("at", cell(db, now, customer, Field::TouchAt, &Value::Moment(at))?),
        ("recorded_at", Cell::Integer(now.ms())),
        ("late", flag(!imported && now.ms() - at > late::in_time(db)?)),
        ("channel", text(Field::TouchChannel, new.channel.as_deref())?),
        ("kind", text(Field::TouchKind, Some(&new.kind))?),
        ("topic", text(Field::TouchTopic, new.topic.as_deref())?),
        ("summary", text(Field::TouchSummary, Some(&new.summary))?),
        ("feedback", text(Field::TouchFeedback, new.feedback.as_deref())?),
        ("responded", flag(new.responded)),
        ("responded_at", opt_int(new.responded.then_some(at))),
        ("cost_fen", cell(db, now, customer, Field::TouchCost, &Value::Money(new.cost))?),
        ("product", text(Field::TouchProduct, new.product.as_deref())?),
        ("script", super::script::code(work, new.script.as_deref())?),
        ("segment_then", opt_text(segment.as_deref())),
        ("department", word(department)),
        ("person_id", Cell::Integer(person)),
        ("event_on", new.event_on.map_or(Cell::Null, |day| word(day.to_string()))),
        ("closed", flag(new.closed)),
        ("reached", flag(reached)),
        ("campaign", opt_text(new.campaign.as_deref())),
        ("job_id", opt_int(work.job.filter(|_| imported))),
    ];
    // what does not fit is told first, then what stands against it
    let (reason, findings) = guard::touch(work, new, deed)?;
    cells.push(("override", reason));
    Ok((work.insert(Noun::Touch, &cells)?, findings))
}
