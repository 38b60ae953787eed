//! Which changes stand: one stands unless an undo of it stands, and that is a change like any other.

use rusqlite::Connection;

use crate::store::request::StoreError;

/// Whether a change has been taken back: an undo of it stands.
pub fn undone(db: &Connection, id: i64) -> Result<bool, StoreError> {
    let undos: Vec<i64> = db
        .prepare_cached("SELECT id FROM change WHERE undo_of=?1 ORDER BY id DESC")?
        .query_map([id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for undo in undos {
        if !undone(db, undo)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last change of a person that stands and changed anything.
pub fn last(db: &Connection, person: i64) -> Result<Option<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT c.id FROM change c WHERE c.person_id=?1 AND c.undo_of IS NULL AND c.verb NOT IN ('erase','leak_key','leak_rekeyed') AND c.via NOT IN ('demo','system')
         AND EXISTS(SELECT 1 FROM change_row r WHERE r.change_id=c.id) ORDER BY c.id DESC",
    )?;
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if !undone(db, id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The undo that a redo would take back: the last that stands, if the person has changed nothing since.
pub fn last_undo(db: &Connection, person: i64) -> Result<Option<i64>, StoreError> {
    let newest: i64 = db
        .prepare_cached(
            "SELECT coalesce(max(c.id),0) FROM change c WHERE c.person_id=?1 AND c.undo_of IS NULL AND c.via<>'system'
             AND EXISTS(SELECT 1 FROM change_row r WHERE r.change_id=c.id)",
        )?
        .query_row([person], |r| r.get(0))?;
    let mut query = db.prepare_cached(
        "SELECT id FROM change WHERE person_id=?1 AND undo_of IS NOT NULL AND verb='undo' AND id>?2 ORDER BY id DESC",
    )?;
    let mut rows = query.query([person, newest])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if !undone(db, id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
