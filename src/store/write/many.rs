//! One thing done to many customers: in batches of one transaction each, so that nobody else waits long, under one job
//! that is undone as a whole. Up to one batch it is an ordinary change. A batch that was written before a cut is found by
//! its name and not written again: sending the same request once more goes on where it stopped.

use rusqlite::{Connection, OptionalExtension};

use super::customer::BY_HAND;
use super::handover::carry;
use super::{BATCH, Progress, Request, class, guard, known, one, subject, task};
use crate::domain::change::Each;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Value};
use crate::domain::guard::asking;
use crate::domain::people::{Actor, Verb};
use crate::store::record::Work;
use crate::store::request::{LeftOut, Receipt, StoreError};
use crate::store::values::cell;
use crate::store::{people, turn};

/// Does one thing to many customers.
pub fn write(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    customers: &[CustomerId],
    each: &Each,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    let me = known(db, actor)?;
    for customer in customers {
        // refused as a whole or not at all, hence before the first batch
        people::need(db, &me, verb(each), customer.0, now)?;
    }
    if customers.len() <= BATCH {
        return one(db, actor, request, now, |work| within(work, customers, each));
    }
    let told = told(db, customers)?;
    let mut job = job_of(db, request.name)?;
    let mut sum = Receipt::default();
    for (i, batch) in customers.chunks(BATCH).enumerate() {
        let name = batch_name(request.name, i);
        turn::give_way(db);
        let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
            let id = enter(work, job, request.act.id(), &told, batch.len())?;
            let mut left_out = Vec::new();
            for customer in batch {
                left_out.extend(apply(work, customer.0, each)?);
            }
            Ok(Receipt { subject: told.clone(), job: Some(id), left_out, ..Receipt::default() })
        })?;
        job = part.job;
        sum.rows += part.rows;
        sum.left_out.extend(part.left_out);
        sum.change = sum.change.or(part.change);
        progress((i * BATCH + batch.len()).min(customers.len()), customers.len());
    }
    if let Some(job) = job {
        turn(db, job, "running", "done")?;
    }
    Ok(Receipt { verb: request.act.id(), subject: told, job, ..sum })
}

/// The same inside a transaction that stands.
pub fn within(work: &mut Work<'_>, customers: &[CustomerId], each: &Each) -> Result<Receipt, StoreError> {
    let customer = if let [only] = customers { Some(*only) } else { None };
    let mut left_out = Vec::new();
    for customer in customers {
        left_out.extend(apply(work, customer.0, each)?);
    }
    Ok(Receipt { subject: told(work.db, customers)?, customer, left_out, ..Receipt::default() })
}

/// By what it is told: the first one's name, and how many more.
fn told(db: &Connection, customers: &[CustomerId]) -> Result<String, StoreError> {
    Ok(match customers {
        [] => String::new(),
        [only] => subject(db, only.0)?,
        [first, rest @ ..] => format!("{} +{}", subject(db, first.0)?, rest.len()),
    })
}

/// What one has to be allowed to do for it.
const fn verb(each: &Each) -> Verb {
    match each {
        Each::Tag(_) | Each::Untag(_) => Verb::Edit,
        Each::Assign(_) => Verb::Assign,
        Each::Plan(_) => Verb::Log,
    }
}

/// Does it to one customer; answers whom the guard left out, and the first thing that stood against it.
fn apply(work: &mut Work<'_>, customer: i64, each: &Each) -> Result<Option<LeftOut>, StoreError> {
    let owner = people::need(work.db, work.actor, verb(each), customer, work.now)?;
    match each {
        Each::Tag(path) => class::tag(work, customer, path, BY_HAND)?,
        Each::Untag(path) => class::untag(work, customer, path)?,
        Each::Plan(task) => {
            let found = guard::planned(work, customer, task)?;
            if let Some(finding) = asking(&found).next() {
                return Ok(Some(LeftOut { name: subject(work.db, customer)?, finding: finding.clone() }));
            }
            task::make(work, customer, task, owner, "plan", None)?;
        }
        Each::Assign(person) => {
            assign(work, customer, owner, person.0)?;
        }
    }
    Ok(None)
}

/// Gives a customer to somebody with what the old owner held of it.
pub fn assign(work: &mut Work<'_>, customer: i64, from: i64, to: i64) -> Result<(), StoreError> {
    // who is unknown or frozen takes nothing over
    cell(work.db, work.now, customer, Field::Owner, &Value::Id(to))?;
    carry::over(work, customer, from, to)?;
    Ok(())
}

/// The name of the `i`-th batch of a request; the first bears the request's own.
pub fn batch_name(request: &str, i: usize) -> String {
    if i == 0 { request.to_owned() } else { format!("{request}#{i}") }
}

/// The job that a request began.
pub fn job_of(db: &Connection, request: &str) -> Result<Option<i64>, StoreError> {
    let found: Option<Option<i64>> = db
        .prepare_cached("SELECT job_id FROM change WHERE request=?1")?
        .query_row([request], |r| r.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// The receipt of a request that was written before, unless its job was cut on the way.
pub fn repeated(
    db: &Connection,
    request: Request<'_>,
    on_the_way: &str,
) -> Result<Option<Receipt>, StoreError> {
    let Some(receipt) = super::answered(db, request)? else { return Ok(None) };
    let cut = match receipt.job {
        Some(job) => {
            db.prepare_cached("SELECT 1 FROM job WHERE id=?1 AND state=?2")?.exists((job, on_the_way))?
        }
        None => false,
    };
    Ok((!cut).then_some(receipt))
}

/// Writes a batch of so many customers under its job, which the first batch begins.
pub fn enter(
    work: &mut Work<'_>,
    job: Option<i64>,
    verb: &str,
    what: &str,
    rows: usize,
) -> Result<i64, StoreError> {
    let job = match job {
        Some(job) => job,
        None => start(work, verb, what)?,
    };
    work.job = Some(job);
    step(work.db, job, rows)?;
    Ok(job)
}

/// Begins a job.
pub fn start(work: &Work<'_>, verb: &str, what: &str) -> Result<i64, StoreError> {
    work.db
        .prepare_cached(
            "INSERT INTO job(verb,what,person_id,started_at,state) VALUES(?1,?2,?3,?4,'running')",
        )?
        .execute((verb, what, work.actor.id.0, work.now.ms()))?;
    Ok(work.db.last_insert_rowid())
}

/// Counts what a job has done.
pub fn step(db: &Connection, job: i64, done: usize) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE job SET done=done+?2 WHERE id=?1")?
        .execute((job, i64::try_from(done).unwrap_or(0)))?;
    Ok(())
}

/// How much a job has done.
pub fn done(db: &Connection, job: i64) -> Result<i64, StoreError> {
    Ok(db.prepare_cached("SELECT done FROM job WHERE id=?1")?.query_row([job], |r| r.get(0))?)
}

/// Ends a job that runs, inside the transaction of its last batch.
pub fn ends(db: &Connection, job: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE job SET state='done' WHERE id=?1 AND state='running'")?.execute([job])?;
    Ok(())
}

/// Takes a job from one state to another; one that is in neither stays.
pub fn turn(db: &Connection, job: i64, from: &str, to: &str) -> Result<(), StoreError> {
    let _head = turn::wait(db);
    db.prepare_cached("UPDATE job SET state=?3 WHERE id=?1 AND state=?2")?.execute((job, from, to))?;
    Ok(())
}
