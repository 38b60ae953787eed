//! Removing a field of the company's own with what a million customers have in it: in batches under one job, so that nobody
//! else waits and one undo brings all back. The values go first and the field with the last of them; a removal that was cut
//! goes on when the same request is sent again.

use rusqlite::Connection;

use super::super::{BATCH, Progress, Request, hang, many, one, rows};
use crate::domain::clock::Now;
use crate::domain::field::{Noun, Row};
use crate::domain::people::Actor;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::text;
use crate::store::turn;

/// Removes a field and its values: up to one batch as an ordinary change.
pub fn remove(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (row, rev): (Row, i64),
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let mut job = many::job_of(db, request.name)?;
    let total = filled(db, row.id)?;
    if job.is_none() && total <= BATCH {
        return one(db, actor, request, now, |work| rows::remove(work, row, rev));
    }
    let mut sum = Receipt::default();
    let mut batches = 0;
    // batches that were written before the cut are answered, and the next one is tried
    while stands(db, row.id)? {
        let name = many::batch_name(request.name, batches);
        turn::give_way(db);
        let step = Request { name: &name, always: true, ..request };
        let part = one(db, actor, step, now, |work| batch(work, step, job, (row, rev)))?;
        batches += 1;
        job = part.job;
        sum = Receipt { rows: sum.rows + part.rows, change: sum.change.or(part.change), ..part };
        progress(sum.rows.min(total), total);
    }
    if let Some(job) = job {
        many::turn(db, job, "running", "done")?;
    }
    Ok(Receipt { verb: request.act.id(), job, ..sum })
}

/// One batch of values; with the last one the field itself.
fn batch(
    work: &mut Work<'_>,
    request: Request<'_>,
    job: Option<i64>,
    (row, rev): (Row, i64),
) -> Result<Receipt, StoreError> {
    let image = match job {
        // refused as a whole or not at all, hence with the first batch
        None => rows::removable(work, row, rev)?,
        Some(_) => work.read(Noun::OwnField, row.id)?.map(|(_, image)| image).unwrap_or_default(),
    };
    let subject = text(&image, "name").unwrap_or_default().to_owned();
    let values: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM extra_value WHERE field_id=?1 LIMIT ?2")?
        .query_map((row.id, BATCH), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let job = many::enter(work, job, request.act.id(), &subject, values.len())?;
    for value in &values {
        work.delete(Noun::OwnValue, *value)?;
    }
    if values.len() < BATCH {
        hang::remove(work, Noun::OwnField, row.id)?;
    }
    Ok(Receipt { subject, job: Some(job), ..Receipt::default() })
}

/// How many customers have something in a field.
fn filled(db: &Connection, field: i64) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM extra_value WHERE field_id=?1";
    Ok(db.prepare_cached(sql)?.query_row([field], |r| r.get(0))?)
}

fn stands(db: &Connection, field: i64) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM extra_field WHERE id=?1")?.exists([field])?)
}
