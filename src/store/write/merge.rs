//! Making two records of one customer one (H7, H8): who may, what stands against it, and the order of it. What moves with
//! the customer that goes is the table of `moving`, where both have what only one can have `meeting`, and the customer's own
//! fields `fields`. Up to one batch it is one change, above that a job of several that is undone as a whole. The one thing
//! to know: an undo runs the lines backwards, so whatever others point at is made first and removed last.

pub mod fields;
mod meeting;
pub mod moving;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::handover::carry;
use super::{BATCH, Progress, Request, belongs, deal, known, many, one};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::merge::{Hindrance, Merge};
use crate::domain::people::{Actor, Verb};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::table;
use crate::store::turn::give_way;
use crate::store::values::{code_and_name, invalid};

/// Both customers by their inside ids, and the numbers that rows of the one that goes have in imported books.
pub struct Pair {
    /// The one that stays.
    pub keep: i64,
    /// The one that goes.
    pub gone: i64,
    refs: BTreeMap<(&'static str, i64), i64>,
}

/// Merges one customer into another.
pub(super) fn write(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    what: &Merge,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    may(db, &me, now, (what.keep, what.gone))?;
    hindered(db, what.keep, what.gone)?;
    // the books' numbers have no index by row: they are looked through before others have to wait
    let pair = Pair { keep: what.keep.0, gone: what.gone.0, refs: belongs::book_refs(db, what.gone.0, 0)? };
    let told = told(db, &pair)?;
    let total = usize::try_from(left(db, &pair)?).unwrap_or(usize::MAX);
    // one that was cut goes on in its own job, also where it is asked for anew, so that one undo takes all of it back
    let own = many::job_of(db, request.name)?;
    let mut job = own.map_or_else(|| cut_off(db, &pair), |own| Ok(Some(own)))?;
    let mut sum = Receipt::default();
    let mut done = 0;
    let mut part_of = own;
    let as_job = job.is_some() || moving::next(db, pair.gone, BATCH)?.len() == BATCH;
    let most = if as_job { BATCH } else { usize::MAX };
    let mut seen = what.seen.filter(|_| job.is_none());
    loop {
        // by how far its job is: no two batches bear the same name, which would be answered and never written
        let name = match part_of {
            Some(job) => format!("{}#{}", request.name, many::done(db, job)?),
            None => request.name.to_owned(),
        };
        give_way(db);
        let mut last = false;
        let step = Request { name: &name, always: as_job, ..request };
        let part = one(db, actor, step, now, |work| {
            // with every batch: a role, an owner may be another meanwhile
            let owners = may(work.db, work.actor, work.now, (what.keep, what.gone))?;
            hindered(work.db, what.keep, what.gone)?;
            if let Some((keep, gone)) = seen {
                as_seen(work, what.keep, keep)?;
                as_seen(work, what.gone, gone)?;
            }
            let batch = moving::next(work.db, pair.gone, most)?;
            last = batch.len() < most;
            if as_job {
                many::enter(work, job, request.act.id(), &told, batch.len())?;
            }
            moving::touches(work, &pair, &batch, |work| {
                if owners.0 == owners.1 {
                    return Ok(());
                }
                carry::along(work, pair.gone, owners.1, owners.0)
            })?;
            for (noun, id) in batch.iter().filter(|(noun, _)| *noun != Noun::Touch) {
                moving::row(work, &pair, *noun, *id)?;
            }
            if last {
                end(work, &pair, what)?;
                // with the last rows: a job that is cut behind them would never end
                work.job.map_or(Ok(()), |job| many::ends(work.db, job))?;
            }
            // what follows from a deal followed when it was made; the last step asks what is so with all of them
            work.take_ordered();
            if last {
                deal::of(work, pair.keep, false)?;
                work.take_ordered();
            }
            Ok(Receipt {
                subject: told.clone(),
                customer: Some(what.keep),
                job: work.job,
                ..Receipt::default()
            })
        })?;
        done += BATCH;
        job = part.job;
        part_of = job;
        seen = None;
        sum.rows += part.rows;
        sum.change = sum.change.or(part.change);
        // what goes along with a touch is counted and is in no batch
        progress(if last { total } else { done.min(total) }, total);
        if last {
            break;
        }
    }
    Ok(Receipt { verb: request.act.id(), subject: told, customer: Some(what.keep), job, ..sum })
}

/// Refuses whoever may not merge both; answers their owners, of the one that stays first.
pub fn may(
    db: &Connection,
    actor: &Actor,
    now: Now,
    (keep, gone): (CustomerId, CustomerId),
) -> Result<(i64, i64), StoreError> {
    let keep = people::need(db, actor, Verb::Merge, keep.0, now)?;
    Ok((keep, people::need(db, actor, Verb::Merge, gone.0, now)?))
}

/// Refuses what stands against it.
pub fn hindered(db: &Connection, keep: CustomerId, gone: CustomerId) -> Result<(), StoreError> {
    hindrance(db, keep, gone)?.map_or(Ok(()), |why| invalid(Field::MergeWith, Problem::CannotMerge(why)))
}

/// What stands against making one of these two.
pub fn hindrance(
    db: &Connection,
    keep: CustomerId,
    gone: CustomerId,
) -> Result<Option<Hindrance>, StoreError> {
    if keep == gone {
        return Ok(Some(Hindrance::Same));
    }
    let asked = [
        (Hindrance::Erased, "SELECT 1 FROM change WHERE verb='erase' AND customer_id IN (?1,?2)"),
        (
            Hindrance::HandOver,
            "SELECT 1 FROM handover_customer m JOIN handover h ON h.id=m.handover_id
             WHERE m.customer_id IN (?1,?2) AND h.state IN ('proposed','accepted')",
        ),
        (Hindrance::Dispute, "SELECT 1 FROM dispute WHERE customer_id IN (?1,?2) AND state='open'"),
    ];
    for (why, sql) in asked {
        if db.prepare_cached(sql)?.exists((keep.0, gone.0))? {
            return Ok(Some(why));
        }
    }
    Ok(None)
}

/// Refuses what was decided over another state of a customer.
fn as_seen(work: &Work<'_>, customer: CustomerId, seen: i64) -> Result<(), StoreError> {
    let Some((rev, _)) = work.read(Noun::Customer, customer.0)? else {
        return Err(StoreError::Gone { who: None });
    };
    unchanged(work.db, Row { noun: Noun::Customer, id: customer.0 }, rev, seen)
}

/// Both as they are told: who goes, and into whom.
fn told(db: &Connection, pair: &Pair) -> Result<String, StoreError> {
    let (code, name) = code_and_name(db, pair.gone)?.unwrap_or_default();
    let (_, into) = code_and_name(db, pair.keep)?.unwrap_or_default();
    Ok(format!("{name} {code} → {into}"))
}

/// The job of a merge of these two that was cut off on its way.
fn cut_off(db: &Connection, pair: &Pair) -> Result<Option<i64>, StoreError> {
    // what has gone over says whose it was; a number ends where it ends
    let named: Vec<String> = ["customer_id", "referrer_id"]
        .into_iter()
        .flat_map(|column| [',', '}'].map(|end| format!("\"{column}\":{}{end}", pair.gone)))
        .collect();
    Ok(db
        .prepare_cached(
            "SELECT j.id FROM change c JOIN job j ON j.id=c.job_id
             WHERE c.customer_id=?1 AND c.verb='merge' AND j.state='running' AND EXISTS(
               SELECT 1 FROM change_row r WHERE r.change_id=c.id AND EXISTS(
                 SELECT 1 FROM json_each(?2) n WHERE instr(coalesce(r.before,''),n.value)>0))
             ORDER BY j.id DESC LIMIT 1",
        )?
        .query_row((pair.keep, serde_json::json!(named).to_string()), |r| r.get(0))
        .optional()?)
}

/// How much is at the customer that goes, for who waits.
fn left(db: &Connection, pair: &Pair) -> Result<i64, StoreError> {
    let sent: i64 = db
        .prepare_cached("SELECT count(*) FROM customer WHERE referrer_id=?1")?
        .query_row([pair.gone], |r| r.get(0))?;
    Ok(moving::counts(db, pair.gone)?.iter().map(|(_, n)| n).sum::<i64>() + sent)
}

impl Pair {
    /// Lets the books' number of a row name another one, which it has become.
    fn became(&self, work: &mut Work<'_>, noun: Noun, old: i64, new: i64) -> Result<(), StoreError> {
        if let Some(id) = self.refs.get(&(table(noun).name, old))
            && work.read(Noun::BookRef, *id)?.is_some()
        {
            work.update(Noun::BookRef, *id, &[("row_id", rusqlite::types::Value::Integer(new))])?;
        }
        Ok(())
    }
}

/// The last step: what only one can have, what names the one that goes, its numbers, and the customer itself.
fn end(work: &mut Work<'_>, pair: &Pair, what: &Merge) -> Result<(), StoreError> {
    meeting::contacts(work, pair)?;
    meeting::rows(work, pair, &what.take_own)?;
    moving::names(work, pair)?;
    fields::join(work, pair, what)?;
    pair.became(work, Noun::Customer, pair.gone, pair.keep)?;
    moving::numbers(work, pair)?;
    work.delete(Noun::Customer, pair.gone)
}
