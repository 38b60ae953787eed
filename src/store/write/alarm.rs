//! What people do with alarms: take them on, tick and do their steps, close them with a result; raise those that no record
//! shows. A step that does something by itself does it in the same change, so that undo takes both back.

use chrono::Days;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::customer::BY_HAND as BY_SURVEY;
use super::{cause, class, leak, subject, task};
use crate::domain::alarm::{Act, BY_HAND, Fact, Step, act, alarms_told, review_after, rule};
use crate::domain::change::NewTask;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::{Verb, Via};
use crate::store::alarm::{Cause, raise};
use crate::store::record::Work;
use crate::store::request::{Receipt, Steps, StoreError};
use crate::store::tables::{Image, int, text, word};
use crate::store::values::{cell, invalid};
use crate::store::watch::overrun;
use crate::store::{people, settings};

/// Days in which an improvement plan is to stand.
const PLAN_DAYS: u64 = 3;

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

/// What a change of a customer is a cause for at once: a budget that is overrun (G3, K50), a survey under the line (G32).
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

/// Days for which an answer to a survey is news.
const FRESH_DAYS: u64 = 90;
/// How the reason of a grade begins that a survey has set.
const SURVEY: &str = "CSAT ";

/// A survey under the line: grade A becomes B, an improvement plan is due, and its owner is alarmed (G32, K42). A later one
/// that reaches the line gives the grade back to the rule.
pub fn surveyed(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let (Some((_, row)), Some(rule)) = (work.read(Noun::Survey, id)?, rule("survey")) else { return Ok(()) };
    let (Some(score), Some(customer)) = (int(&row, "score"), int(&row, "customer_id")) else { return Ok(()) };
    let today = work.now.today();
    let since = today.checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or_default().to_string();
    let on = text(&row, "answered_on").unwrap_or_default().to_owned();
    let newer = work
        .db
        .prepare_cached("SELECT 1 FROM survey WHERE customer_id=?1 AND answered_on>?2 AND id<>?3")?
        .exists((customer, &on, id))?;
    if newer || on < since {
        return Ok(());
    }
    let line = settings::number(work.db, "survey_line")?;
    let said = format!("{SURVEY}{score}");
    let held: Option<(String, Option<String>)> = work
        .db
        .prepare_cached("SELECT value, reason FROM class WHERE customer_id=?1 AND scheme='grade'")?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let by_survey =
        held.as_ref().is_some_and(|(_, why)| why.as_deref().is_some_and(|w| w.starts_with(SURVEY)));
    let plan = format!("improve:{id}");
    if score >= line {
        if by_survey {
            class::set(work, customer, "grade", None, BY_SURVEY, None)?;
        }
        return cause::keep(work, customer, &plan, None);
    }
    let ruled: Option<String> = work
        .db
        .prepare_cached("SELECT grade FROM facts WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))?;
    if held.map(|(value, _)| value).or(ruled).as_deref() == Some("A") {
        class::set(work, customer, "grade", Some("B"), BY_SURVEY, Some(&said))?;
    }
    let due = today.checked_add_days(Days::new(PLAN_DAYS)).unwrap_or(today);
    cause::keep(work, customer, &plan, Some((&said, due)))?;
    let mut facts = vec![Fact::new("score", score as f64, "count"), Fact::new("line", line as f64, "count")];
    facts.extend(int(&row, "nps").map(|nps| Fact::new("nps", nps as f64, "count")));
    let cause = Cause::new(rule, format!("survey:{id}"), String::new(), work.now.ms());
    raise(work, &cause.of_customer(customer).with(facts))?;
    Ok(())
}

/// What a survey has brought goes with it.
pub fn unsurveyed(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Survey, id)? else { return Ok(()) };
    cause::keep(work, int(&row, "customer_id").unwrap_or(0), &format!("improve:{id}"), None)
}
