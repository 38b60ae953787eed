//! What people do with alarms: take them on, tick and do their steps, close them with a result; raise those that no record
//! shows. A step that does something by itself does it in the same change, so that undo takes both back.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{leak, subject, task};
use crate::domain::alarm::{Act, BY_HAND, Step, act, alarms_told, review_after, rule};
use crate::domain::change::NewTask;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::{Verb, Via};
use crate::store::alarm::{Cause, raise};
use crate::store::record::Work;
use crate::store::request::{Receipt, Steps, StoreError};
use crate::store::since::wrote;
use crate::store::tables::{Image, int, text, word};
use crate::store::values::{cell, invalid};
use crate::store::watch::overrun;
use crate::store::{people, settings};

/// Raises an alarm of those that people raise.
pub fn by_hand(
    work: &mut Work<'_>,
    id: &str,
    customer: Option<CustomerId>,
    note: &str,
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Log)?;
    if id == "leak" {
        return leak::report(work, None, customer, None, note);
    }
    let Some(rule) = rule(id).filter(|r| BY_HAND.contains(&r.id)) else {
        return invalid(Field::AlarmRule, Problem::NotOneOf(id.to_owned(), BY_HAND));
    };
    let said = cell(work.db, work.now, 0, Field::AlarmNote, &Value::text(note))?;
    let Cell::Text(note) = said else { return invalid(Field::AlarmNote, Problem::Empty) };
    let about = customer.map_or_else(|| format!("said:{}", work.now.ms()), |c| format!("customer:{}", c.0));
    let cause = Cause {
        customer: customer.map(|c| c.0),
        note: Some(note),
        ..Cause::new(rule, about, work.now.ms().to_string(), work.now.ms())
    };
    let Some(made) = raise(work, &cause)? else { return invalid(Field::AlarmRule, Problem::Raised) };
    told(work, customer.map(|c| c.0), id, Some(made))
}

/// Does something with an alarm.
pub fn step(work: &mut Work<'_>, id: i64, step: &Step) -> Result<Receipt, StoreError> {
    let Some((_, old)) = work.read(Noun::Alarm, id)? else { return Err(StoreError::Gone { who: None }) };
    may_step(work, &old, matches!(step, Step::Acknowledge))?;
    let me = work.actor.id.0;
    let customer = int(&old, "customer_id");
    if text(&old, "state") == Some("closed") {
        return invalid(Field::AlarmResult, Problem::AlarmClosed);
    }
    let rule = text(&old, "rule").unwrap_or_default().to_owned();
    let of_leak = is_leak(&old);
    let now = Cell::Integer(work.now.ms());
    let mut row: Image = Vec::new();
    if text(&old, "state") == Some("raised") {
        // whoever does something with it has seen it
        row.extend([
            ("state", word("acknowledged")),
            ("acknowledged_by", Cell::Integer(me)),
            ("acknowledged_at", now.clone()),
        ]);
    }
    match step {
        Step::Acknowledge => {}
        Step::Tick(at) => {
            row.extend(tick(&old, *at)?);
            if of_leak {
                leak::followed(work, id, Some(*at), None)?;
            }
        }
        Step::Act { at, text } => {
            row.extend(tick(&old, *at)?);
            // what a step does by itself it does once: a colleague was first, and would not want it a second time
            if is_ticked(&old, *at) {
                return Err(StoreError::Stale { who: ticker(work, id)? });
            }
            does(work, &old, *at, text)?;
        }
        Step::Close(result) => {
            let said = cell(work.db, work.now, 0, Field::AlarmResult, &Value::text(result))?;
            if said == Cell::Null {
                return invalid(Field::AlarmResult, Problem::Empty);
            }
            if of_leak {
                leak::followed(work, id, None, Some(&said))?;
            }
            row.retain(|(column, _)| *column != "state");
            row.extend([
                ("state", word("closed")),
                ("ended", word("done")),
                ("result", said),
                ("closed_by", Cell::Integer(me)),
                ("closed_at", now),
                ("climb_at", Cell::Null),
            ]);
        }
    }
    work.update(Noun::Alarm, id, &row)?;
    told(work, customer, &rule, None)
}

fn is_leak(alarm: &Image) -> bool {
    text(alarm, "rule") == Some("leak")
}

/// Refuses whoever an alarm is none of the business of: it is theirs whom it was given to or has climbed to, their
/// stand-ins', and the heads' of these and of the customer's owner. A leak is answered by whoever may freeze people, and by
/// nobody else (G1, K52); to take note of its alarm is no answer.
pub fn may_step(work: &Work<'_>, alarm: &Image, takes_note: bool) -> Result<(), StoreError> {
    if is_leak(alarm) && !takes_note {
        return people::need_own(work.actor, Verb::Freeze);
    }
    let given = [int(alarm, "owner_id"), int(alarm, "climbed_to")];
    let [owner, climbed] = given;
    let customer = int(alarm, "customer_id").map(|customer| people::owner(work.db, customer)).transpose()?;
    if people::acts_for(work.db, work.actor, &given, work.now)?
        || people::heads(work.db, work.actor, &[owner, climbed, customer.flatten()], work.now)?
        || is_leak(alarm) && people::need_own(work.actor, Verb::Freeze).is_ok()
    {
        return Ok(());
    }
    Err(StoreError::Denied(Verb::Supervise))
}

/// Ticks the next step; where all are ticked, its result is what is missing.
pub fn tick_next(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    let Some((_, row)) = work.read(Noun::Alarm, id)? else { return Err(StoreError::Gone { who: None }) };
    let steps = Steps::of(text(&row, "rule").unwrap_or_default(), int(&row, "ticked").unwrap_or(0));
    match steps.next() {
        Some((at, _)) => step(work, id, &Step::Tick(at)),
        None => invalid(Field::AlarmResult, Problem::Empty),
    }
}

/// Whether a step is ticked.
fn is_ticked(alarm: &Image, at: u8) -> bool {
    int(alarm, "ticked").unwrap_or(0) & (1 << at) != 0
}

/// Who has ticked a step last.
fn ticker(work: &Work<'_>, id: i64) -> Result<Option<String>, StoreError> {
    let last = wrote(work.db, Row { noun: Noun::Alarm, id }, "ticked")?;
    let Some(last) = last.first() else { return Ok(None) };
    let sql = "SELECT p.name FROM change c JOIN person p ON p.id=c.person_id WHERE c.id=?1";
    Ok(work.db.prepare_cached(sql)?.query_row([last.change], |r| r.get(0)).optional()?)
}

/// The bit of a step; with the first one the alarm is begun and climbs no further.
fn tick(old: &Image, at: u8) -> Result<Image, StoreError> {
    let steps = text(old, "rule").and_then(rule).map_or(0, |r| r.steps.len());
    if usize::from(at) >= steps {
        return invalid(Field::AlarmResult, Problem::Empty);
    }
    let ticked = int(old, "ticked").unwrap_or(0) | (1 << at);
    Ok(vec![("ticked", Cell::Integer(ticked)), ("climb_at", Cell::Null)])
}

/// What a step does by itself.
fn does(work: &mut Work<'_>, old: &Image, at: u8, said: &str) -> Result<(), StoreError> {
    let rule = text(old, "rule").and_then(rule);
    let step = rule.and_then(|r| r.steps.get(usize::from(at))).copied().unwrap_or("");
    let customer = int(old, "customer_id");
    match (act(step), customer) {
        (Some(Act::Assign), Some(customer)) => {
            let to = int(old, "owner_id").unwrap_or(0);
            let owner = people::need(work.db, work.actor, Verb::Assign, customer, work.now)?;
            if owner != to {
                super::many::assign(work, customer, owner, to)?;
            }
            Ok(())
        }
        (Some(Act::Task), Some(customer)) => {
            let owner = people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
            let by = int(old, "start_by").unwrap_or(0).max(work.now.ms());
            let day = work.now.zone.day(from_ms(by));
            let new =
                NewTask { text: said.to_owned(), due: Due { day, time: None }, anchor: Anchor::Absolute };
            task::make(work, customer, &new, owner, "promise", None)?;
            Ok(())
        }
        (Some(Act::Suspend), _) => suspend(work, old),
        _ => Ok(()),
    }
}

/// Suspends what is not essential for the class until the next review (G3, K50).
fn suspend(work: &mut Work<'_>, old: &Image) -> Result<(), StoreError> {
    people::need_own(work.actor, Verb::Strategy)?;
    let Some(class) = text(old, "segment").map(str::to_owned) else { return Ok(()) };
    let day = u32::try_from(settings::number(work.db, "review_day")?).unwrap_or(5);
    let until = review_after(work.now.today(), day).to_string();
    let key = format!("{}{class}", settings::SUSPENDED);
    work.put(Noun::Setting, &key, Some(&vec![("key", word(key.clone())), ("value", word(until))]))?;
    Ok(())
}

/// What a change of a customer is a cause for at once: a budget that is overrun (G3, K50).
pub fn follow(work: &mut Work<'_>) -> Result<(), StoreError> {
    // what an import brings is history, and looked at by the day's look
    if work.actor.via == Via::Import {
        return Ok(());
    }
    for customer in work.take_spent() {
        if work.read(Noun::Customer, customer)?.is_some()
            && let Some(cause) = overrun(work.db, work.now, customer)?
        {
            raise(work, &cause)?;
        }
    }
    Ok(())
}

/// What is told of a change of an alarm: the customer by name, else the rule, since an alarm of the company has no other name.
fn told(
    work: &Work<'_>,
    customer: Option<i64>,
    rule: &str,
    made: Option<i64>,
) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        subject: customer.map_or_else(|| Ok(alarms_told([rule])), |c| subject(work.db, c))?,
        customer: customer.map(CustomerId),
        made: made.map(|id| Row { noun: Noun::Alarm, id }),
        ..Receipt::default()
    })
}
