//! What people do about a leak (G1, H35, K52): reported with its alarm of one hour, the person named and frozen, the log of
//! exports gone through, another key for the backups, apologies with their compensation. Each step that is done ticks the
//! alarm's in the same change, so that undo takes both back. Whoever may freeze people answers a leak; telling of one may
//! everybody who may write anything.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::touch;
use crate::domain::alarm::{Fact, rule};
use crate::domain::change::NewTouch;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::leak::{AT_ONCE, Leak, STEPS, kept, place};
use crate::domain::money::Fen;
use crate::domain::people::{PersonId, Relation, Verb, may};
use crate::store::alarm::{Cause, end, raise};
use crate::store::leak::{OF_CASE, affects, from, left_with};
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, int, opt_int, text, word};
use crate::store::values::{cell, code_and_name, invalid, needed};
use crate::store::{people, settings};

/// Does what is asked.
pub fn write(work: &mut Work<'_>, what: &Leak) -> Result<Receipt, StoreError> {
    if let Leak::Report { person, since, note } = what {
        return report(work, *person, None, *since, note);
    }
    people::need_own(work.actor, Verb::Freeze)?;
    match what {
        Leak::Report { .. } => Err(StoreError::Defect("a report was taken before".into())),
        Leak::Name { id, rev, person } => name(work, (*id, *rev), *person),
        Leak::Tick { id, step } => tick(work, *id, step),
        Leak::Key { id, key } => new_key(work, *id, key),
        Leak::Rekeyed { id, found } => {
            let (_, row) = standing(work, *id)?;
            done(work, *id, &row, "encrypt", Some(kept(*found)))?;
            about(work, *id)
        }
        Leak::Apologise { id, customers, channel, said, compensation } => {
            apologise(work, *id, customers, &Apology { channel, said, compensation: *compensation })
        }
        Leak::Close { id, rev, result, left_out } => close(work, (*id, *rev), result, left_out.as_deref()),
    }
}

/// Says that customers' data has got out; the clock runs from the complaint or from now, whichever was first.
pub fn report(
    work: &mut Work<'_>,
    person: Option<PersonId>,
    customer: Option<CustomerId>,
    since: Option<i64>,
    note: &str,
) -> Result<Receipt, StoreError> {
    let own = |verb| may(work.actor.role, verb, Relation::Own);
    if !own(Verb::Log) && !own(Verb::Freeze) {
        return Err(StoreError::Denied(Verb::Log));
    }
    let Some(rule) = rule("leak") else { return Err(StoreError::Defect("no rule for leaks".into())) };
    let now = work.now.ms();
    let said = needed(work.db, work.now, Field::LeakNote, note)?;
    cell(work.db, work.now, 0, Field::LeakSince, &since.map_or(Value::None, Value::Moment))?;
    let since = since.unwrap_or(now).min(now);
    let person = person.map(|p| exists(work, p)).transpose()?;
    let subject = person.map_or_else(|| format!("said:{now}"), |p| format!("person:{p}"));
    let cause = Cause {
        person,
        customer: customer.map(|c| c.0),
        note: Some(note.trim().to_owned()),
        ..Cause::new(rule, subject, now.to_string(), since).with(figures(work, person, since)?)
    };
    let Some(alarm) = raise(work, &cause)? else { return invalid(Field::LeakPerson, Problem::Raised) };
    let row = [
        ("alarm_id", Cell::Integer(alarm)),
        ("person_id", opt_int(person)),
        ("note", said),
        ("since", Cell::Integer(since)),
        ("reported_by", Cell::Integer(work.actor.id.0)),
        ("reported_at", Cell::Integer(now)),
        ("state", word("open")),
    ];
    let id = work.insert(Noun::Leak, &row)?;
    Ok(Receipt { made: Some(Row { noun: Noun::Leak, id }), ..about(work, id)? })
}

/// What is known at once: how much the person has taken out.
fn figures(work: &Work<'_>, person: Option<i64>, since: i64) -> Result<Vec<Fact>, StoreError> {
    if person.is_none() {
        return Ok(Vec::new());
    }
    let (exports, rows): (i64, i64) = work
        .db
        .prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(e.rows),0) FROM export_log e WHERE {OF_CASE}"
        ))?
        .query_row((person, from(work.db, since)?), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(vec![Fact::new("exports", exports as f64, "count"), Fact::new("rows", rows as f64, "count")])
}

/// The person, whether they may still come in or not.
fn exists(work: &Work<'_>, person: PersonId) -> Result<i64, StoreError> {
    let there = work.db.prepare_cached("SELECT 1 FROM person WHERE id=?1")?.exists([person.0])?;
    if there { Ok(person.0) } else { invalid(Field::LeakPerson, Problem::NoSuchPerson(person.0.to_string())) }
}

/// An open leak.
fn standing(work: &Work<'_>, id: i64) -> Result<(i64, Image), StoreError> {
    let Some((rev, row)) = work.read(Noun::Leak, id)? else { return Err(StoreError::Gone { who: None }) };
    if text(&row, "state") == Some("open") {
        Ok((rev, row))
    } else {
        invalid(Field::LeakResult, Problem::AlarmClosed)
    }
}

fn name(work: &mut Work<'_>, (id, rev): (i64, i64), person: PersonId) -> Result<Receipt, StoreError> {
    let (now, row) = standing(work, id)?;
    unchanged(work.db, Row { noun: Noun::Leak, id }, now, rev)?;
    let person = exists(work, person)?;
    work.update(Noun::Leak, id, &[("person_id", Cell::Integer(person))])?;
    if let Some(alarm) = int(&row, "alarm_id") {
        work.update(Noun::Alarm, alarm, &[("person_id", Cell::Integer(person))])?;
    }
    about(work, id)
}

fn tick(work: &mut Work<'_>, id: i64, step: &str) -> Result<Receipt, StoreError> {
    let (_, row) = standing(work, id)?;
    let Some(step) = STEPS.iter().copied().find(|known| *known == step) else {
        return invalid(Field::LeakResult, Problem::NotOneOf(step.to_owned(), STEPS));
    };
    done(work, id, &row, step, None)?;
    about(work, id)
}

/// New backups are encrypted to another key from now on.
fn new_key(work: &mut Work<'_>, id: i64, key: &str) -> Result<Receipt, StoreError> {
    let (_, row) = standing(work, id)?;
    let key = key.trim();
    let takes = settings::setting("backup_key").is_some_and(|setting| setting.takes(key));
    if key.is_empty() || !takes {
        return invalid(Field::SettingValue, Problem::NotAPublicKey(key.to_owned()));
    }
    if settings::get(work.db, "backup_key")? == key {
        return invalid(Field::SettingValue, Problem::SameKey);
    }
    work.put(Noun::Setting, "backup_key", Some(&vec![("key", word("backup_key")), ("value", word(key))]))?;
    done(work, id, &row, "encrypt", None)?;
    about(work, id)
}

/// What is said to each customer, by what, and what they get.
struct Apology<'a> {
    channel: &'a str,
    said: &'a str,
    compensation: Fen,
}

/// Apologises to customers of the case, at most so many as are shown at once; whoever had an apology already is passed over.
fn apologise(
    work: &mut Work<'_>,
    id: i64,
    customers: &[CustomerId],
    apology: &Apology<'_>,
) -> Result<Receipt, StoreError> {
    let (_, row) = standing(work, id)?;
    needed(work.db, work.now, Field::Apology, apology.said)?;
    if apology.compensation.0 < 0 {
        let given = apology.compensation.0.to_string();
        return invalid(Field::Compensation, Problem::NotAnAmount(given));
    }
    let (person, since) = (int(&row, "person_id"), int(&row, "since").unwrap_or(0));
    let first = from(work.db, since)?;
    for customer in customers.iter().take(AT_ONCE) {
        if !affects(work.db, person, first, customer.0)? {
            let name = code_and_name(work.db, customer.0)?.map_or(String::new(), |(_, name)| name);
            return invalid(Field::Apology, Problem::NotAffected(name));
        }
        told(work, id, *customer, apology)?;
    }
    if left(work, id, person, first)? == 0 {
        done(work, id, &row, "apologise", None)?;
    }
    let told = about(work, id)?;
    match customers {
        [only] => Ok(Receipt { subject: super::subject(work.db, only.0)?, customer: Some(*only), ..told }),
        _ => Ok(told),
    }
}

/// The apology to one customer: a touch that asks for nothing, and what it cost.
fn told(
    work: &mut Work<'_>,
    leak: i64,
    customer: CustomerId,
    apology: &Apology<'_>,
) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM leak_customer WHERE leak_id=?1 AND customer_id=?2";
    if work.db.prepare_cached(sql)?.exists((leak, customer.0))? {
        return Ok(());
    }
    let new = NewTouch {
        channel: Some(apology.channel.to_owned()),
        kind: "reply".to_owned(),
        closed: true,
        ..NewTouch::plain(customer, work.now.at, apology.said.trim())
    };
    let touch = touch::put(work, &new)?;
    let expense = if apology.compensation.0 > 0 {
        let cells = [
            ("customer_id", Cell::Integer(customer.0)),
            ("spent_on", word(work.now.today().to_string())),
            ("category", word("compensation")),
            ("amount_fen", Cell::Integer(apology.compensation.0)),
        ];
        Some(work.insert(Noun::Expense, &cells)?)
    } else {
        None
    };
    let cells = [
        ("leak_id", Cell::Integer(leak)),
        ("customer_id", Cell::Integer(customer.0)),
        ("touch_id", Cell::Integer(touch)),
        ("expense_id", opt_int(expense)),
        ("by_id", Cell::Integer(work.actor.id.0)),
        ("at", Cell::Integer(work.now.ms())),
    ];
    work.insert(Noun::LeakCustomer, &cells)?;
    Ok(())
}

/// Whether anybody is left to whom nobody has apologised: 1 or 0.
fn left(work: &Work<'_>, leak: i64, person: Option<i64>, first: i64) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT EXISTS(SELECT 1 FROM {} WHERE {OF_CASE}
         AND NOT EXISTS(SELECT 1 FROM leak_customer l WHERE l.leak_id=?3 AND l.customer_id=x.customer_id))",
        left_with()
    );
    Ok(work.db.prepare_cached(&sql)?.query_row((person, first, leak), |r| r.get(0))?)
}

fn close(
    work: &mut Work<'_>,
    (id, rev): (i64, i64),
    result: &str,
    left_out: Option<&str>,
) -> Result<Receipt, StoreError> {
    let (now, row) = standing(work, id)?;
    unchanged(work.db, Row { noun: Noun::Leak, id }, now, rev)?;
    let said = needed(work.db, work.now, Field::LeakResult, result)?;
    let why = cell(work.db, work.now, 0, Field::LeakLeftOut, &left_out.map_or(Value::None, Value::text))?;
    let open = open_steps(work, id)?;
    if !open.is_empty() && why == Cell::Null {
        return invalid(Field::LeakLeftOut, Problem::StepsOpen(open));
    }
    // with every step done nothing was left out
    shut(work, id, &said, if open.is_empty() { Cell::Null } else { why })?;
    if let Some(alarm) = int(&row, "alarm_id") {
        end(work, alarm, Some(&said))?;
    }
    about(work, id)
}

/// The steps of a case that nobody has done.
fn open_steps(work: &Work<'_>, leak: i64) -> Result<Vec<&'static str>, StoreError> {
    let mut query = work.db.prepare_cached("SELECT step FROM leak_step WHERE leak_id=?1")?;
    let done: Vec<String> = query.query_map([leak], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(STEPS.iter().copied().filter(|step| done.iter().all(|done| done != step)).collect())
}

/// Closes the row itself.
fn shut(work: &mut Work<'_>, id: i64, result: &Cell, left_out: Cell) -> Result<(), StoreError> {
    let cells = [
        ("state", word("closed")),
        ("left_out", left_out),
        ("result", result.clone()),
        ("closed_by", Cell::Integer(work.actor.id.0)),
        ("closed_at", Cell::Integer(work.now.ms())),
    ];
    work.update(Noun::Leak, id, &cells)?;
    Ok(())
}

/// A step is done: who and when, and the alarm's tick.
fn done(
    work: &mut Work<'_>,
    id: i64,
    leak: &Image,
    step: &'static str,
    found: Option<String>,
) -> Result<(), StoreError> {
    note(work, id, step, found)?;
    let (Some(alarm), Some(at)) = (int(leak, "alarm_id"), place(step)) else { return Ok(()) };
    let Some((_, row)) = work.read(Noun::Alarm, alarm)? else { return Ok(()) };
    let ticked = int(&row, "ticked").unwrap_or(0) | (1 << at);
    let mut cells = vec![("ticked", Cell::Integer(ticked)), ("climb_at", Cell::Null)];
    if text(&row, "state") == Some("raised") {
        cells.extend([
            ("state", word("acknowledged")),
            ("acknowledged_by", Cell::Integer(work.actor.id.0)),
            ("acknowledged_at", Cell::Integer(work.now.ms())),
        ]);
    }
    work.update(Noun::Alarm, alarm, &cells)?;
    Ok(())
}

/// The row of a step, made once; what was found is added to it.
fn note(work: &mut Work<'_>, leak: i64, step: &str, found: Option<String>) -> Result<(), StoreError> {
    let there: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM leak_step WHERE leak_id=?1 AND step=?2")?
        .query_row((leak, step), |r| r.get(0))
        .optional()?;
    let found = found.map(Cell::Text);
    match (there, found) {
        (Some(id), Some(found)) => {
            work.update(Noun::LeakStep, id, &[("found", found)])?;
        }
        (Some(_), None) => {}
        (None, found) => {
            let cells = [
                ("leak_id", Cell::Integer(leak)),
                ("step", word(step)),
                ("by_id", Cell::Integer(work.actor.id.0)),
                ("at", Cell::Integer(work.now.ms())),
                ("found", found.unwrap_or(Cell::Null)),
            ];
            work.insert(Noun::LeakStep, &cells)?;
        }
    }
    Ok(())
}

/// Somebody was frozen: the step of the open leak that is about them.
pub fn frozen(work: &mut Work<'_>, person: PersonId) -> Result<(), StoreError> {
    let open: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM leak WHERE person_id=?1 AND state='open' ORDER BY id DESC LIMIT 1")?
        .query_row([person.0], |r| r.get(0))
        .optional()?;
    let Some(id) = open else { return Ok(()) };
    let (_, row) = standing(work, id)?;
    done(work, id, &row, "freeze", None)
}

/// The alarm of a leak was ticked or closed where alarms are: its case follows.
pub fn followed(
    work: &mut Work<'_>,
    alarm: i64,
    step: Option<u8>,
    result: Option<&Cell>,
) -> Result<(), StoreError> {
    let found: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM leak WHERE alarm_id=?1 AND state='open'")?
        .query_row([alarm], |r| r.get(0))
        .optional()?;
    let Some(id) = found else { return Ok(()) };
    if let Some(step) = step.and_then(|at| STEPS.get(usize::from(at))) {
        note(work, id, step, None)?;
    }
    if let Some(result) = result {
        let open = open_steps(work, id)?;
        if !open.is_empty() {
            // why one is left out is said where the case is closed
            return invalid(Field::AlarmResult, Problem::StepsOpen(open));
        }
        shut(work, id, result, Cell::Null)?;
    }
    Ok(())
}

/// The receipt names the person, where one is known.
fn about(work: &Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    let person = work.read(Noun::Leak, id)?.and_then(|(_, row)| int(&row, "person_id"));
    let subject = person.map_or(Ok(String::new()), |p| people::name(work.db, p))?;
    Ok(Receipt { subject, ..Receipt::default() })
}
