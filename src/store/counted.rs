//! Counts that are kept beside what they count, because counting is slow: whether they are right, and counting them anew.
//! Which rows those are stands in a query that gives the columns of the table; who keeps them up to date is each table's own
//! affair.

use rusqlite::Connection;

/// How many rows of `table` are not what the query `counted` gives.
pub fn wrong(db: &Connection, table: &str, counted: &str) -> rusqlite::Result<i64> {
    db.query_row(
        &format!(
            "WITH counted AS ({counted}) SELECT
               (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM {table}))
               + (SELECT count(*) FROM (SELECT * FROM {table} EXCEPT SELECT * FROM counted))"
        ),
        [],
        |r| r.get(0),
    )
}

/// Fills `table` anew with what the query gives.
pub fn recount(db: &Connection, table: &str, counted: &str) -> rusqlite::Result<()> {
    db.execute_batch(&format!("DELETE FROM {table}; INSERT INTO {table} {counted};"))
}
