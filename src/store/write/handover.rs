//! Handing customers over (A142, H33): proposed with its checklist, accepted by the receiver, confirmed by the giver's
//! side. Up to one batch it is one change, above that a job of several that is undone as a whole. What goes with a
//! customer is the business of `carry`; here are the states, the signatures and who may.

pub mod carry;
mod turn;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use super::{BATCH, Progress, Request, cause, known, many, one, subject};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Value};
use crate::domain::filter;
use crate::domain::handover::{CHECKLIST, HandOver, Whom};
use crate::domain::people::{Actor, PersonId, Verb, may};
use crate::store::read::eyes::Eyes;
use crate::store::read::filter::conditions;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, opt_text, text, word};
use crate::store::values::{cell, invalid};
use crate::store::{people, settings, turn as turns};

/// Does what is asked.
pub fn write(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    what: &HandOver,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    match what {
        HandOver::Propose { whom, to, at_once, .. } => {
            let new = New { to: *to, at_once: *at_once, reason: what.reason() };
            propose(db, actor, request, now, whom, &new, progress)
        }
        HandOver::Turn { id, rev, turn, .. } => {
            let step = turn::Step { id: *id, rev: *rev, turn: *turn, note: what.reason() };
            turn::turned(db, actor, request, now, &step, progress)
        }
        HandOver::Tick { item, rev } => one(db, actor, request, now, |work| turn::tick(work, *item, *rev)),
    }
}

/// What a proposal says besides whom it is about.
struct New<'a> {
    to: PersonId,
    at_once: bool,
    reason: Option<&'a str>,
}

/// One giver with the customers that they give.
struct Group {
    from: i64,
    what: String,
    customers: Vec<i64>,
}

fn propose(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    whom: &Whom,
    new: &New<'_>,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    cell(db, now, 0, Field::HandTo, &Value::Id(new.to.0))?;
    cell(db, now, 0, Field::Reason, &new.reason.map_or(Value::Text("-".into()), Value::text))?;
    let groups = groups(db, &me, now, whom, new.to)?;
    let total: usize = groups.iter().map(|g| g.customers.len()).sum();
    let told = told(db, &groups, new.to, total)?;
    let mut job = many::job_of(db, request.name)?;
    let begun = job.is_some();
    if total <= BATCH && !begun {
        return one(db, actor, request, now, |work| {
            for group in &groups {
                let id = head(work, group, new)?;
                for customer in &group.customers {
                    member(work, id, *customer, group.from, new)?;
                }
                finish_head(work, id, group, new)?;
            }
            let customer =
                if let ([group], 1) = (groups.as_slice(), total) { group.customers.first() } else { None };
            Ok(Receipt { subject: told, customer: customer.map(|c| CustomerId(*c)), ..Receipt::default() })
        });
    }
    let mut sum = Receipt::default();
    let mut done = 0;
    let mut first = true;
    for group in &groups {
        // a proposal that was cut goes on in the head it had made
        let mut id = match job {
            Some(job) if begun => head_of(db, job, group.from)?,
            _ => None,
        };
        let mut rest = group.customers.chunks(BATCH).peekable();
        while let Some(batch) = rest.next() {
            let name = match batch.first() {
                Some(customer) if begun || !first => format!("{}#{customer}", request.name),
                _ => request.name.to_owned(),
            };
            first = false;
            turns::give_way(db);
            let last = rest.peek().is_none();
            let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
                let job = match job {
                    Some(job) => job,
                    None => many::start(work, request.verb, &told)?,
                };
                work.job = Some(job);
                let head = match id {
                    Some(id) => id,
                    None => head(work, group, new)?,
                };
                for customer in batch {
                    member(work, head, *customer, group.from, new)?;
                }
                if last {
                    finish_head(work, head, group, new)?;
                }
                many::step(work.db, job, batch.len())?;
                id = Some(head);
                Ok(Receipt { subject: told.clone(), job: Some(job), ..Receipt::default() })
            })?;
            job = part.job;
            sum.rows += part.rows;
            sum.change = sum.change.or(part.change);
            done += batch.len();
            progress(done, total);
        }
    }
    if let Some(job) = job {
        many::turn(db, job, "running", "done")?;
    }
    Ok(Receipt { verb: request.verb, subject: told, job, ..sum })
}

/// The head that a job has made for a giver.
fn head_of(db: &Connection, job: i64, from: i64) -> Result<Option<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT h.id FROM change c JOIN change_row r ON r.change_id=c.id JOIN handover h ON h.id=r.row_id
         WHERE c.job_id=?1 AND r.tbl='handover' AND h.from_id=?2 LIMIT 1",
    )?;
    let mut rows = query.query((job, from))?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// The customers in question by their owners; refused as a whole where one of them is not the actor's to give.
fn groups(
    db: &Connection,
    me: &Actor,
    now: Now,
    whom: &Whom,
    to: PersonId,
) -> Result<Vec<Group>, StoreError> {
    let mut groups: Vec<Group> = Vec::new();
    match whom {
        Whom::These(customers) => {
            for customer in customers {
                let owner = people::need(db, me, Verb::Assign, customer.0, now)?;
                if owner == to.0 {
                    continue;
                }
                if let Some(group) = groups.iter_mut().find(|g| g.from == owner) {
                    group.customers.push(customer.0);
                } else {
                    groups.push(Group { from: owner, what: String::new(), customers: vec![customer.0] });
                }
            }
        }
        Whom::All(from) => {
            giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, None)?;
            groups.push(Group { from: from.0, what: "all".to_owned(), customers });
        }
        Whom::Fitting(from, filter) => {
            giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, Some(filter))?;
            groups.push(Group { from: from.0, what: filter.trim().to_owned(), customers });
        }
    }
    groups.retain(|g| !g.customers.is_empty());
    if groups.is_empty() {
        return invalid(Field::HandTo, Problem::NothingToHandOver);
    }
    Ok(groups)
}

/// Refuses a giver whose customers are not the actor's to give, or who is the receiver.
fn giver(db: &Connection, me: &Actor, now: Now, from: i64, to: PersonId) -> Result<(), StoreError> {
    if from == to.0 {
        return invalid(Field::HandTo, Problem::NothingToHandOver);
    }
    if may(me.role, Verb::Assign, people::relation(db, me, from, now)?) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Assign))
    }
}

/// The customers of a person, all or those that a filter leaves.
fn owned(
    db: &Connection,
    me: &Actor,
    now: Now,
    from: i64,
    filter: Option<&str>,
) -> Result<Vec<i64>, StoreError> {
    let mut eyes = Eyes::new(db, me, now);
    let mut found = match filter {
        Some(text) => match filter::parse(text) {
            Ok(filter) => conditions(&mut eyes, &filter)?.whole(&mut eyes)?,
            Err(error) => return invalid(Field::Filter, Problem::Filter(error)),
        },
        None => conditions(&mut eyes, &filter::Filter::default())?,
    };
    found.sql.push("f.owner_id=?".to_owned());
    found.bound.push(Cell::Integer(from));
    let sql = format!("SELECT f.customer_id FROM facts f {} ORDER BY f.customer_id", found.clause());
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params_from_iter(found.bound), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// By what a hand-over is told: one customer's name, else who gives how many to whom.
fn told(db: &Connection, groups: &[Group], to: PersonId, total: usize) -> Result<String, StoreError> {
    let receiver = people::name(db, to.0)?;
    Ok(match groups {
        [Group { customers, .. }] if total == 1 => match customers.first() {
            Some(customer) => subject(db, *customer)?,
            None => receiver,
        },
        [group] => format!("{} → {receiver} · {total}", people::name(db, group.from)?),
        _ => format!("→ {receiver} · {total}"),
    })
}

/// Makes the head of a hand-over with its checklist.
fn head(work: &mut Work<'_>, group: &Group, new: &New<'_>) -> Result<i64, StoreError> {
    let me = work.actor.id.0;
    let now = work.now.ms();
    // whoever takes customers over for themselves has signed with it
    let signed = new.to.0 == me;
    let moved = new.at_once || signed;
    let row = [
        ("from_id", Cell::Integer(group.from)),
        ("to_id", Cell::Integer(new.to.0)),
        ("what", word(&group.what)),
        ("reason", opt_text(new.reason)),
        ("state", word(if signed { "accepted" } else { "proposed" })),
        ("customers", Cell::Integer(i64::try_from(group.customers.len()).unwrap_or(i64::MAX))),
        ("proposed_by", Cell::Integer(me)),
        ("proposed_at", Cell::Integer(now)),
        ("moved_at", opt_int(moved.then_some(now))),
        ("accepted_by", opt_int(signed.then_some(me))),
        ("accepted_at", opt_int(signed.then_some(now))),
    ];
    let id = work.insert(Noun::Handover, &row)?;
    for item in CHECKLIST {
        work.insert(Noun::HandoverItem, &[("handover_id", Cell::Integer(id)), ("item", word(*item))])?;
    }
    Ok(id)
}

/// Puts a customer on the list of a hand-over, and moves it where it goes at once.
fn member(work: &mut Work<'_>, id: i64, customer: i64, from: i64, new: &New<'_>) -> Result<(), StoreError> {
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM handover_customer WHERE handover_id=?1 AND customer_id=?2")?
        .exists((id, customer))?;
    if known {
        return Ok(());
    }
    let mut row = if new.at_once || new.to.0 == work.actor.id.0 {
        went(carry::hand(work, customer, from, new.to.0)?)
    } else {
        vec![("state", word("waiting"))]
    };
    row.extend([("handover_id", Cell::Integer(id)), ("customer_id", Cell::Integer(customer))]);
    work.insert(Noun::HandoverCustomer, &row)?;
    Ok(())
}

/// What stands of a customer once it was to go over: with what the receiver had before, or not at all.
fn went(kept: Option<Cell>) -> Image {
    match kept {
        Some(kept) => vec![("state", word("moved")), ("kept", kept)],
        None => vec![("state", word("kept"))],
    }
}

/// A customer goes to the owner that an arbiter has decided for, with the list to be worked through (K53).
pub fn decided(
    work: &mut Work<'_>,
    customer: i64,
    from: i64,
    to: PersonId,
    reason: &str,
) -> Result<(), StoreError> {
    let new = New { to, at_once: true, reason: Some(reason) };
    let group = Group { from, what: String::new(), customers: vec![customer] };
    let id = head(work, &group, &new)?;
    member(work, id, customer, from, &new)?;
    finish_head(work, id, &group, &new)
}

/// The receiver is told by a task: to sign, or to work through the list.
fn finish_head(work: &mut Work<'_>, id: i64, group: &Group, new: &New<'_>) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Handover, id)? else { return Ok(()) };
    let Some(first) = group.customers.first() else { return Ok(()) };
    remind(work, id, &row, *first, Some(new.to.0))
}

/// Keeps the task of a hand-over in step with its state.
fn remind(
    work: &mut Work<'_>,
    id: i64,
    row: &Image,
    customer: i64,
    owner: Option<i64>,
) -> Result<(), StoreError> {
    let days = settings::number(work.db, "handover_days")?;
    let by = super::coupon::after(work.now.today(), days);
    let said = format!(
        "{} → {} · {}",
        people::name(work.db, int(row, "from_id").unwrap_or(0))?,
        people::name(work.db, int(row, "to_id").unwrap_or(0))?,
        int(row, "customers").unwrap_or(0)
    );
    let open = crate::domain::handover::is_open(text(row, "state").unwrap_or_default());
    let wanted = open.then_some((said.as_str(), by));
    cause::keep_for(work, customer, owner, &format!("handover:{id}"), wanted)
}
