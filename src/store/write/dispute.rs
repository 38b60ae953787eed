//! Disputes about who owns a customer (A143, G4, K53): opened with an arbiter and a clock, talked about, decided. The
//! decision writes the owner, makes the other one a colleague on the customer, and begins the hand-over with its list
//! where the owner changes.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{cause, handover, subject};
use crate::domain::alarm::rule;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::dispute::{Candidate, Dispute, arbiter};
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::people::{PersonId, Relation, Verb, may};
use crate::store::alarm::{Cause, raise, settle};
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, int, text, word};
use crate::store::values::{invalid, needed};
use crate::store::{people, settings};

const HOUR: i64 = 3_600_000;

/// Does what is asked.
pub fn write(work: &mut Work<'_>, what: &Dispute) -> Result<Receipt, StoreError> {
    match what {
        Dispute::Open { customer, reason } => open(work, *customer, reason),
        Dispute::Note { id, text } => note(work, *id, text),
        Dispute::Decide { id, rev, owner, reason } => decide(work, (*id, *rev), *owner, reason),
        Dispute::Withdraw { id, rev } => withdraw(work, *id, *rev),
    }
}

fn open(work: &mut Work<'_>, customer: CustomerId, reason: &str) -> Result<Receipt, StoreError> {
    let holder = people::need(work.db, work.actor, Verb::Dispute, customer.0, work.now)?;
    let claimant = work.actor.id.0;
    let reason = needed(work.db, work.now, Field::Reason, reason)?;
    let running = "SELECT 1 FROM dispute WHERE customer_id=?1 AND state='open'";
    if holder == claimant || work.db.prepare_cached(running)?.exists([customer.0])? {
        return invalid(Field::Owner, Problem::NoDispute);
    }
    let Some(arbiter) = arbiter(&candidates(work)?, [claimant, holder]) else {
        return Err(StoreError::Denied(Verb::Arbitrate));
    };
    let due = work.now.ms() + settings::number(work.db, "dispute_hours")? * HOUR;
    let row = [
        ("customer_id", Cell::Integer(customer.0)),
        ("claimant_id", Cell::Integer(claimant)),
        ("holder_id", Cell::Integer(holder)),
        ("arbiter_id", Cell::Integer(arbiter)),
        ("reason", reason),
        ("opened_at", Cell::Integer(work.now.ms())),
        ("due_at", Cell::Integer(due)),
        ("state", word("open")),
    ];
    let id = work.insert(Noun::Dispute, &row)?;
    let between = format!("{} ↔ {}", people::name(work.db, claimant)?, people::name(work.db, holder)?);
    let day = work.now.zone.day(from_ms(due));
    cause::keep_for(work, customer.0, Some(arbiter), &format!("dispute:{id}"), Some((&between, day)))?;
    if let Some(rule) = rule("dispute") {
        let cause = Cause {
            owner: Some(arbiter),
            by: Some(due),
            note: Some(between),
            ..Cause::new(rule, about_whom(customer.0), format!("dispute:{id}"), work.now.ms())
        };
        raise(work, &cause.of_customer(customer.0))?;
    }
    let made = Some(Row { noun: Noun::Dispute, id });
    Ok(Receipt { made, ..about(work, customer.0)? })
}

/// What the alarm is about: one customer has one dispute at a time.
fn about_whom(customer: i64) -> String {
    format!("customer:{customer}")
}

fn candidates(work: &Work<'_>) -> Result<Vec<Candidate>, StoreError> {
    let post = settings::get(work.db, "arbiter_post")?;
    let mut query = work.db.prepare_cached(
        "SELECT id, post=?1 AND post<>'', department, role FROM person WHERE state='active'",
    )?;
    let rows = query.query_map([post], |r| {
        Ok(Candidate { person: r.get(0)?, named: r.get(1)?, department: r.get(2)?, role: r.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// An open dispute with its customer.
fn standing(work: &Work<'_>, id: i64) -> Result<(i64, Image, i64), StoreError> {
    let Some((rev, row)) = work.read(Noun::Dispute, id)? else { return Err(StoreError::Gone { who: None }) };
    if text(&row, "state") != Some("open") {
        return invalid(Field::Owner, Problem::NoDispute);
    }
    let customer = int(&row, "customer_id").unwrap_or(0);
    Ok((rev, row, customer))
}

fn note(work: &mut Work<'_>, id: i64, given: &str) -> Result<Receipt, StoreError> {
    let (_, _, customer) = standing(work, id)?;
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    let given = needed(work.db, work.now, Field::CaseNote, given)?;
    let row = [
        ("customer_id", Cell::Integer(customer)),
        ("dispute_id", Cell::Integer(id)),
        ("by_id", Cell::Integer(work.actor.id.0)),
        ("at", Cell::Integer(work.now.ms())),
        ("text", given),
    ];
    work.insert(Noun::DisputeNote, &row)?;
    about(work, customer)
}

/// Refuses whoever is neither the arbiter nor an administrator.
pub fn may_decide(work: &Work<'_>, dispute: &Image) -> Result<(), StoreError> {
    is_or_configures(work, int(dispute, "arbiter_id"), Verb::Arbitrate)
}

/// Refuses whoever has neither begun it nor is an administrator.
pub fn may_withdraw(work: &Work<'_>, dispute: &Image) -> Result<(), StoreError> {
    is_or_configures(work, int(dispute, "claimant_id"), Verb::Dispute)
}

fn is_or_configures(work: &Work<'_>, person: Option<i64>, verb: Verb) -> Result<(), StoreError> {
    if person == Some(work.actor.id.0) || may(work.actor.role, Verb::Configure, Relation::Own) {
        Ok(())
    } else {
        Err(StoreError::Denied(verb))
    }
}

fn decide(
    work: &mut Work<'_>,
    (id, rev): (i64, i64),
    owner: PersonId,
    reason: &str,
) -> Result<Receipt, StoreError> {
    let (now_rev, row, customer) = standing(work, id)?;
    may_decide(work, &row)?;
    unchanged(work.db, Row { noun: Noun::Dispute, id }, now_rev, rev)?;
    let decision = needed(work.db, work.now, Field::Reason, reason)?;
    let (claimant, holder) = (int(&row, "claimant_id").unwrap_or(0), int(&row, "holder_id").unwrap_or(0));
    let other = match owner.0 {
        o if o == claimant => holder,
        o if o == holder => claimant,
        _ => return invalid(Field::HandTo, Problem::NotAParty),
    };
    let me = work.actor.id.0;
    let cells = [
        ("state", word("decided")),
        ("owner_id", Cell::Integer(owner.0)),
        ("decision", decision.clone()),
        ("decided_by", Cell::Integer(me)),
        ("decided_at", Cell::Integer(work.now.ms())),
    ];
    work.update(Noun::Dispute, id, &cells)?;
    cause::keep(work, customer, &format!("dispute:{id}"), None)?;
    settle(work, "dispute", &about_whom(customer), Some(&decision))?;
    let now_owned: Option<i64> = work
        .db
        .prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
        .query_row([customer], |r| r.get(0))
        .optional()?;
    if let Some(from) = now_owned.filter(|from| *from != owner.0) {
        handover::decided(work, customer, from, owner, reason)?;
    }
    share(work, customer, owner.0, other)?;
    about(work, customer)
}

/// Who does not own the customer works along (A27); the owner needs no such row.
fn share(work: &mut Work<'_>, customer: i64, owner: i64, other: i64) -> Result<(), StoreError> {
    let row = |work: &Work<'_>, person: i64| -> Result<Option<i64>, StoreError> {
        Ok(work
            .db
            .prepare_cached("SELECT id FROM customer_share WHERE customer_id=?1 AND person_id=?2")?
            .query_row((customer, person), |r| r.get(0))
            .optional()?)
    };
    if let Some(id) = row(work, owner)? {
        work.delete(Noun::Share, id)?;
    }
    if row(work, other)?.is_none() {
        let cells = [
            ("customer_id", Cell::Integer(customer)),
            ("person_id", Cell::Integer(other)),
            ("by_id", Cell::Integer(work.actor.id.0)),
            ("at", Cell::Integer(work.now.ms())),
        ];
        work.insert(Noun::Share, &cells)?;
    }
    Ok(())
}

fn withdraw(work: &mut Work<'_>, id: i64, rev: i64) -> Result<Receipt, StoreError> {
    let (now_rev, row, customer) = standing(work, id)?;
    may_withdraw(work, &row)?;
    unchanged(work.db, Row { noun: Noun::Dispute, id }, now_rev, rev)?;
    work.update(Noun::Dispute, id, &[("state", word("withdrawn"))])?;
    cause::keep(work, customer, &format!("dispute:{id}"), None)?;
    settle(work, "dispute", &about_whom(customer), None)?;
    about(work, customer)
}

fn about(work: &Work<'_>, customer: i64) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}
