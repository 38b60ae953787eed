//! Who has put something onto a row that an undo would remove: the refusal names that change. Only asked once the engine
//! has refused.

use std::collections::BTreeSet;

use super::{Line, by, of_record, undone};
use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::write::hang;

/// The change that put something onto a row which is to go.
pub fn by_whom(work: &Work<'_>, line: &Line, customer: Option<i64>) -> Result<StoreError, StoreError> {
    let customer = if line.tbl == "customer" { Some(line.row) } else { customer };
    if customer.is_none() {
        return pointing(work, line);
    }
    let later: Vec<i64> = work
        .db
        .prepare_cached(
            "SELECT id FROM change WHERE customer_id=?1 AND id>?2 AND undo_of IS NULL ORDER BY id DESC",
        )?
        .query_map((customer, line.change), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in later {
        if !undone(work.db, id)? {
            return by(work.db, id);
        }
    }
    Ok(StoreError::Overtaken { who: String::new(), at: work.now.ms(), verb: String::new() })
}

/// The same for a row of no customer: the latest change that hung a row on it, or of the person it is. So many such rows
/// are looked at, by their indexes: the lock is held meanwhile.
fn pointing(work: &Work<'_>, line: &Line) -> Result<StoreError, StoreError> {
    const LOOKED_AT: usize = 100;
    let mut later: BTreeSet<i64> = BTreeSet::new();
    let noun = of_record(&line.tbl).map(|(table, _)| table.noun);
    for (child, column) in noun.into_iter().flat_map(hang::hanging) {
        let mut query = work.db.prepare(&format!(
            "SELECT r.change_id FROM (SELECT id FROM {child} WHERE {column}=?1 ORDER BY id DESC LIMIT {LOOKED_AT}) c
             CROSS JOIN change_row r ON r.tbl='{child}' AND r.row_id=c.id
             WHERE r.change_id>?2 AND json_extract(r.after,'$.{column}')=?1"
        ))?;
        for id in query.query_map([line.row, line.change], |r| r.get(0))? {
            later.insert(id?);
        }
    }
    if noun == Some(Noun::Person) {
        later.extend(super::last(work.db, line.row)?);
    }
    for id in later.into_iter().rev() {
        if !undone(work.db, id)? {
            return by(work.db, id);
        }
    }
    Ok(StoreError::Overtaken { who: String::new(), at: work.now.ms(), verb: String::new() })
}
