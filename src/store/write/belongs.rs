//! What belongs to a customer, found by indexes alone, because it is asked while others wait: rows, table by table, and what
//! imported books call them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::domain::field::Noun;
use crate::store::request::StoreError;
use crate::store::tables::{TABLES, Table, table};

/// The condition for the rows of a customer `?1`.
pub const fn whose(noun: Noun) -> &'static str {
    match noun {
        Noun::Customer => "id=?1",
        // the number of a touch carries its customer
        Noun::Touch => "id BETWEEN ?1<<20 AND ((?1+1)<<20)-1",
        Noun::Outcome => "touch_id BETWEEN ?1<<20 AND ((?1+1)<<20)-1",
        // found by what they hang on, and no more theirs once they have gone over, though that is still to go
        Noun::DisputeNote => "dispute_id IN (SELECT id FROM dispute WHERE customer_id=?1) AND customer_id=?1",
        Noun::OrderLine => "order_id IN (SELECT id FROM orders WHERE customer_id=?1) AND customer_id=?1",
        _ => "customer_id=?1",
    }
}

/// The rows of a customer in a table, so many at most.
pub fn rows_of(db: &Connection, table: &Table, customer: i64, most: usize) -> Result<Vec<i64>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(db
        .prepare_cached(&rows_sql(table))?
        .query_map([customer, most], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

fn rows_sql(table: &Table) -> String {
    format!("SELECT id FROM {} WHERE {} ORDER BY id LIMIT ?2", table.name, whose(table.noun))
}

/// What the books call a customer and its rows: the entry by table and row, of the entries after one. They have no index by
/// row: all of them are looked through, before others have to wait; inside, only those made since.
pub fn book_refs(
    db: &Connection,
    customer: i64,
    after: i64,
) -> Result<BTreeMap<(&'static str, i64), i64>, StoreError> {
    let mut own: BTreeMap<&'static str, BTreeSet<i64>> = BTreeMap::new();
    let numbered = TABLES.iter().filter(|t| t.numbered && t.columns.contains(&"customer_id"));
    for table in numbered.chain([table(Noun::Customer)]) {
        own.insert(table.name, rows_of(db, table, customer, usize::MAX)?.into_iter().collect());
    }
    let mut query = db.prepare_cached("SELECT tbl, row_id, id FROM book_ref WHERE id>?1")?;
    let mut rows = query.query([after])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (tbl, id) = (row.get_ref(0)?.as_str().unwrap_or_default(), row.get(1)?);
        if let Some((tbl, _)) = own.get_key_value(tbl).filter(|(_, rows)| rows.contains(&id)) {
            found.insert((*tbl, id), row.get(2)?);
        }
    }
    Ok(found)
}

/// The last entry of the books.
pub fn last_book_ref(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(id),0) FROM book_ref")?.query_row([], |r| r.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    #[test]
    fn what_belongs_to_a_customer_is_found_without_reading_a_table_from_end_to_end() {
        let db = open::memory().unwrap();
        for table in TABLES.iter().filter(|t| t.numbered && t.columns.contains(&"customer_id")) {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {}", rows_sql(table))).unwrap();
            let steps = plan.query_map([1, 1], |r| r.get::<_, String>(3)).unwrap();
            for step in steps.map(Result::unwrap) {
                assert!(!step.starts_with("SCAN"), "{}: {step}", table.name);
            }
        }
    }
}
