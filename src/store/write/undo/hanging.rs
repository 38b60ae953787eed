//! Who has put something onto a row that an undo would remove: the refusal names that change. Only asked once the engine
//! has refused, so that looking through what came later may take its time.

use super::{Line, by, undone};
use crate::store::record::Work;
use crate::store::request::StoreError;

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

/// The same for a row of no customer: the latest change that made a row which names it.
fn pointing(work: &Work<'_>, line: &Line) -> Result<StoreError, StoreError> {
    let named = format!("\"{}_id\":{}", line.tbl, line.row);
    let later: Vec<i64> = work
        .db
        .prepare_cached(
            "SELECT DISTINCT change_id FROM change_row WHERE change_id>?1
             AND (instr(after,?2||',')>0 OR instr(after,?2||'}')>0) ORDER BY change_id DESC",
        )?
        .query_map((line.change, named), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in later {
        if !undone(work.db, id)? {
            return by(work.db, id);
        }
    }
    Ok(StoreError::Overtaken { who: String::new(), at: work.now.ms(), verb: String::new() })
}
