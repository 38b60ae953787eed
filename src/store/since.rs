//! What was done to a row, read from the record of changes: by colleagues since somebody has seen it, and by which changes a
//! column came to what it is. Who decides over a whole row asks [`unchanged`]; an edit of single fields compares them one by
//! one instead.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::field::Row;
use crate::store::request::StoreError;
use crate::store::tables::{Image, from_json, table};

/// What somebody did to a row.
pub struct Since {
    /// The columns.
    pub columns: Vec<&'static str>,
    /// Who.
    pub who: String,
    /// When, UTC ms.
    pub at: i64,
}

/// What was done to a row since a revision, oldest first.
pub fn since(db: &Connection, row: Row, rev: i64) -> Result<Vec<Since>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT r.after, p.name, c.at FROM change_row r JOIN change c ON c.id=r.change_id JOIN person p ON p.id=c.person_id
         WHERE r.tbl=?1 AND r.row_id=?2 AND r.rev_after>?3 ORDER BY r.id",
    )?;
    let found = query.query_map((table(row.noun).name, row.id, rev), |r| {
        Ok((r.get::<_, Option<String>>(0)?, r.get(1)?, r.get(2)?))
    })?;
    found
        .map(|found| {
            let (after, who, at) = found?;
            let image = from_json(row.noun, after.as_deref().unwrap_or("{}"));
            Ok(Since { columns: image.into_iter().map(|(column, _)| column).collect(), who, at })
        })
        .collect()
}

/// Refuses what was decided over another state of the row than the one that stands now.
pub fn unchanged(db: &Connection, row: Row, now: i64, seen: i64) -> Result<(), StoreError> {
    if now == seen {
        return Ok(());
    }
    Err(StoreError::Stale { who: since(db, row, seen)?.pop().map(|last| last.who) })
}

/// A change that has written a column of a row.
pub struct Wrote {
    /// Which change.
    pub change: i64,
    /// Of the columns that it changed what they were before; none where it made the row.
    pub before: Option<Image>,
    /// And what it made of them.
    pub after: Image,
}

/// The changes that have written a column of a row, the last one first. What an erasure has blanked is not told.
pub fn wrote(db: &Connection, row: Row, column: &str) -> Result<Vec<Wrote>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT change_id, before, after FROM change_row WHERE tbl=?1 AND row_id=?2 ORDER BY id DESC",
    )?;
    let found = query.query_map((table(row.noun).name, row.id), |r| {
        Ok((r.get(0)?, r.get::<_, Option<String>>(1)?, r.get::<_, Option<String>>(2)?))
    })?;
    let mut all = Vec::new();
    for found in found {
        let (change, before, after) = found?;
        let after = from_json(row.noun, after.as_deref().unwrap_or("{}"));
        if after.iter().any(|(written, _)| *written == column) {
            let before = before.map(|before| from_json(row.noun, &before));
            all.push(Wrote { change, before, after });
        }
    }
    Ok(all)
}

/// Who removed a row and when (UTC ms), if the record knows.
pub fn removed(db: &Connection, row: Row) -> Result<Option<(String, i64)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT p.name, c.at FROM change_row r JOIN change c ON c.id=r.change_id JOIN person p ON p.id=c.person_id
             WHERE r.tbl=?1 AND r.row_id=?2 AND r.after IS NULL ORDER BY r.id DESC LIMIT 1",
        )?
        .query_row((table(row.noun).name, row.id), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}
