//! Handing customers over (A142, H33): proposed with its checklist, accepted by the receiver, confirmed by the giver's
//! side. Up to one batch it is one change, above that a job of several that is undone as a whole. What goes with a
//! customer is the business of `carry`; here are the states, the signatures and who may.

pub mod carry;
pub mod turn;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use super::{BATCH, Progress, Request, cause, known, many, one, subject};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::date::after;
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
            let terms = Terms { to: *to, at_once: *at_once, reason: what.reason() };
            propose(db, actor, request, now, whom, &terms, progress)
        }
        HandOver::Turn { id, rev, turn, .. } => {
            let step = turn::Step { id: *id, rev: *rev, turn: *turn, note: what.reason() };
            turn::turned(db, actor, request, now, &step, progress)
        }
        HandOver::Tick { item, rev } => one(db, actor, request, now, |work| turn::tick(work, *item, *rev)),
    }
}

/// What a proposal says besides whom it is about.
struct Terms<'a> {
    to: PersonId,
    at_once: bool,
    reason: Option<&'a str>,
}

/// Whose customers go over, how they were named, and which.
struct Giver {
    from: i64,
    what: String,
    customers: Vec<i64>,
}

/// Everything that is proposed at once: one hand-over a giver.
struct Proposal<'a> {
    givers: Vec<Giver>,
    terms: &'a Terms<'a>,
    customers: usize,
    /// By what it is told.
    line: String,
}

fn propose(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    whom: &Whom,
    terms: &Terms<'_>,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    cell(db, now, 0, Field::HandTo, &Value::Id(terms.to.0))?;
    cell(db, now, 0, Field::Reason, &terms.reason.map_or(Value::Text("-".into()), Value::text))?;
    let givers = givers(db, &me, now, whom, terms.to)?;
    let customers: usize = givers.iter().map(|g| g.customers.len()).sum();
    let line = line(db, &givers, terms.to, customers)?;
    let proposal = Proposal { givers, terms, customers, line };
    let cut = many::job_of(db, request.name)?;
    if customers <= BATCH && cut.is_none() {
        return one(db, actor, request, now, |work| proposal.whole(work));
    }
    proposal.in_batches(db, actor, request, now, cut, progress)
}

impl Proposal<'_> {
    /// All of it as one change.
    fn whole(&self, work: &mut Work<'_>) -> Result<Receipt, StoreError> {
        for giver in &self.givers {
            still_gives(work, giver, &giver.customers)?;
            let handover = open(work, giver, self.terms)?;
            for customer in &giver.customers {
                put(work, handover, *customer, giver.from, self.terms)?;
            }
            tell_receiver(work, handover, giver, self.terms)?;
        }
        let only = match self.givers.as_slice() {
            [giver] if self.customers == 1 => giver.customers.first(),
            _ => None,
        };
        let customer = only.map(|id| CustomerId(*id));
        Ok(Receipt { subject: self.line.clone(), customer, ..Receipt::default() })
    }

    /// The same as a job of several changes; `cut` is the job of a proposal that was cut off and goes on now.
    fn in_batches(
        &self,
        db: &mut Connection,
        actor: &Actor,
        request: Request<'_>,
        now: Now,
        cut: Option<i64>,
        progress: Progress<'_>,
    ) -> Result<Receipt, StoreError> {
        let mut job = cut;
        let mut sum = Receipt::default();
        let mut done = 0;
        for giver in &self.givers {
            let mut handover = match cut {
                Some(job) => opened_in(db, job, giver.from)?,
                None => None,
            };
            let mut batches = giver.customers.chunks(BATCH).peekable();
            while let Some(batch) = batches.next() {
                // the first change bears the name of the request, by which a repeated one is known
                let name = match batch.first() {
                    Some(customer) if cut.is_some() || done > 0 => format!("{}#{customer}", request.name),
                    _ => request.name.to_owned(),
                };
                let last = batches.peek().is_none();
                turns::give_way(db);
                let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
                    still_gives(work, giver, batch)?;
                    let running = many::enter(work, job, request.act.id(), &self.line, batch.len())?;
                    let into = match handover {
                        Some(handover) => handover,
                        None => open(work, giver, self.terms)?,
                    };
                    for customer in batch {
                        put(work, into, *customer, giver.from, self.terms)?;
                    }
                    if last {
                        tell_receiver(work, into, giver, self.terms)?;
                    }
                    handover = Some(into);
                    Ok(Receipt { subject: self.line.clone(), job: Some(running), ..Receipt::default() })
                })?;
                job = part.job;
                sum.rows += part.rows;
                sum.change = sum.change.or(part.change);
                done += batch.len();
                progress(done, self.customers);
            }
        }
        if let Some(job) = job {
            many::turn(db, job, "running", "done")?;
        }
        Ok(Receipt { verb: request.act.id(), subject: self.line.clone(), job, ..sum })
    }
}

/// The hand-over that a job has opened for a giver.
fn opened_in(db: &Connection, job: i64, from: i64) -> Result<Option<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT h.id FROM change c JOIN change_row r ON r.change_id=c.id JOIN handover h ON h.id=r.row_id
         WHERE c.job_id=?1 AND r.tbl='handover' AND h.from_id=?2 LIMIT 1",
    )?;
    let mut rows = query.query((job, from))?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// The customers in question by their owners; refused as a whole where one of them is not the actor's to give.
fn givers(
    db: &Connection,
    me: &Actor,
    now: Now,
    whom: &Whom,
    to: PersonId,
) -> Result<Vec<Giver>, StoreError> {
    let mut givers: Vec<Giver> = Vec::new();
    match whom {
        Whom::These(customers) => {
            for customer in customers {
                let owner = people::need(db, me, Verb::Assign, customer.0, now)?;
                if owner == to.0 {
                    continue;
                }
                if let Some(giver) = givers.iter_mut().find(|g| g.from == owner) {
                    giver.customers.push(customer.0);
                } else {
                    givers.push(Giver { from: owner, what: String::new(), customers: vec![customer.0] });
                }
            }
        }
        Whom::All(from) => {
            need_giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, None)?;
            givers.push(Giver { from: from.0, what: "all".to_owned(), customers });
        }
        Whom::Fitting(from, filter) => {
            need_giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, Some(filter))?;
            givers.push(Giver { from: from.0, what: filter.trim().to_owned(), customers });
        }
    }
    givers.retain(|g| !g.customers.is_empty());
    if givers.is_empty() {
        return invalid(Field::HandTo, Problem::NothingToHandOver);
    }
    Ok(givers)
}

/// Asks again inside a transaction: the actor's role or the giver's department may be another by then. One who belongs to
/// somebody else meanwhile stays there (`carry`).
fn still_gives(work: &Work<'_>, giver: &Giver, customers: &[i64]) -> Result<(), StoreError> {
    let giver_is = people::relation(work.db, work.actor, giver.from, work.now)?;
    if may(work.actor.role, Verb::Assign, giver_is) {
        return Ok(());
    }
    for customer in customers {
        people::need(work.db, work.actor, Verb::Assign, *customer, work.now)?;
    }
    Ok(())
}

/// Refuses a giver whose customers are not the actor's to give, or who is the receiver.
fn need_giver(db: &Connection, me: &Actor, now: Now, from: i64, to: PersonId) -> Result<(), StoreError> {
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
fn line(db: &Connection, givers: &[Giver], to: PersonId, total: usize) -> Result<String, StoreError> {
    let receiver = people::name(db, to.0)?;
    Ok(match givers {
        [Giver { customers, .. }] if total == 1 => match customers.first() {
            Some(customer) => subject(db, *customer)?,
            None => receiver,
        },
        [giver] => format!("{} → {receiver} · {total}", people::name(db, giver.from)?),
        _ => format!("→ {receiver} · {total}"),
    })
}

/// Opens a hand-over with its checklist.
fn open(work: &mut Work<'_>, giver: &Giver, terms: &Terms<'_>) -> Result<i64, StoreError> {
    let me = work.actor.id.0;
    let now = work.now.ms();
    // whoever takes customers over for themselves has signed with it
    let signed = terms.to.0 == me;
    let moved = terms.at_once || signed;
    let row = [
        ("from_id", Cell::Integer(giver.from)),
        ("to_id", Cell::Integer(terms.to.0)),
        ("what", word(&giver.what)),
        ("reason", opt_text(terms.reason)),
        ("state", word(if signed { "accepted" } else { "proposed" })),
        ("customers", Cell::Integer(i64::try_from(giver.customers.len()).unwrap_or(i64::MAX))),
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
fn put(
    work: &mut Work<'_>,
    handover: i64,
    customer: i64,
    from: i64,
    terms: &Terms<'_>,
) -> Result<(), StoreError> {
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM handover_customer WHERE handover_id=?1 AND customer_id=?2")?
        .exists((handover, customer))?;
    if known {
        return Ok(());
    }
    let mut row = if terms.at_once || terms.to.0 == work.actor.id.0 {
        went(carry::hand(work, customer, from, terms.to.0)?)
    } else {
        vec![("state", word("waiting"))]
    };
    row.extend([("handover_id", Cell::Integer(handover)), ("customer_id", Cell::Integer(customer))]);
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
    // who was frozen since the dispute began takes nothing over
    cell(work.db, work.now, 0, Field::HandTo, &Value::Id(to.0))?;
    let terms = Terms { to, at_once: true, reason: Some(reason) };
    let giver = Giver { from, what: String::new(), customers: vec![customer] };
    let handover = open(work, &giver, &terms)?;
    put(work, handover, customer, from, &terms)?;
    tell_receiver(work, handover, &giver, &terms)
}

/// The receiver is told by a task: to sign, or to work through the list.
fn tell_receiver(
    work: &mut Work<'_>,
    handover: i64,
    giver: &Giver,
    terms: &Terms<'_>,
) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Handover, handover)? else { return Ok(()) };
    let Some(first) = giver.customers.first() else { return Ok(()) };
    remind(work, handover, &row, *first, Some(terms.to.0))
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
    let by = after(work.now.today(), days);
    let said = format!(
        "{} → {} · {}",
        people::name(work.db, int(row, "from_id").unwrap_or(0))?,
        people::name(work.db, int(row, "to_id").unwrap_or(0))?,
        int(row, "customers").unwrap_or(0)
    );
    let open = crate::domain::handover::is_open(text(row, "state").unwrap_or_default());
    let wanted = open.then_some((said.as_str(), by));
    cause::keep_from_today(work, customer, owner, &format!("handover:{id}"), wanted)
}
