//! A row of the store as it is and as it was first written down: the record of changes keeps a row whole where it was made.

use rusqlite::{OptionalExtension, Params};

use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, from_json, table};

/// A row as it was first written down, where that is recorded and another thing than now, and as it is; none where it is gone.
pub fn states(work: &Work<'_>, noun: Noun, id: i64) -> Result<Vec<Image>, StoreError> {
    let Some((rev, is)) = work.read(noun, id)? else { return Ok(Vec::new()) };
    // what was never changed is what it was
    let first = if rev > 1 { first(work, noun, id)? } else { None };
    Ok(first.into_iter().chain([is]).collect())
}

fn first(work: &Work<'_>, noun: Noun, id: i64) -> Result<Option<Image>, StoreError> {
    let first: Option<String> = work
        .db
        .prepare_cached(
            "SELECT after FROM change_row WHERE tbl=?1 AND row_id=?2 AND before IS NULL ORDER BY id LIMIT 1",
        )?
        .query_row((table(noun).name, id), |r| r.get(0))
        .optional()?
        .flatten();
    Ok(first.map(|json| from_json(noun, &json)))
}

/// The numbers that a statement finds.
pub fn ids(work: &Work<'_>, sql: &str, of: impl Params) -> Result<Vec<i64>, StoreError> {
    let mut query = work.db.prepare_cached(sql)?;
    let rows = query.query_map(of, |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
