//! Who stands behind figures that are told of records as they stand, without opening a book: how complete a record is, whether
//! a second person has checked it (F38), whose next actions were done in time (F34). The statements count what
//! [`super::super::company`] counts, customer by customer.

use rusqlite::{Connection, Row};

use super::One;
use crate::domain::kpi::{Span, place};
use crate::store::request::{Side, StoreError};

/// The figures that are told here: each with its statement, which gives customer, segment, hits and cases, for the period
/// from `?1` to `?2` as known at `?3`.
const STATEMENTS: &[(&str, &str)] = &[
    (
        "completeness",
        "SELECT customer_id, segment,
           (contact IS NOT NULL)+(phone IS NOT NULL)+(industry IS NOT NULL)+(size IS NOT NULL), 4
         FROM facts WHERE ?1<?2 AND ?2>?3",
    ),
    ("checked", "SELECT id, NULL, checked_at IS NOT NULL, 1 FROM customer WHERE ?1<?2 AND ?2>?3"),
    (
        "tasks_in_time",
        "SELECT customer_id, NULL, count(CASE WHEN done_at<=due_at AND done_at<=?3 THEN 1 END), count(*) FROM task
         WHERE due_at>?1 AND due_at<=?2 AND due_at<=?3 AND state<>'dropped' GROUP BY 1",
    ),
];

/// The customers behind one of these figures; none where the figure is counted otherwise.
pub fn told(db: &Connection, span: &Span, id: &str, slot: usize) -> Result<Option<Vec<One>>, StoreError> {
    let Some((_, sql)) = STATEMENTS.iter().find(|(figure, _)| *figure == id) else { return Ok(None) };
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query((span.start(), span.end(), span.as_of))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if slot == 0 || at(row)? == slot {
            found.push(one(row)?);
        }
    }
    Ok(Some(found))
}

/// The place of the row's segment, 0 without one.
fn at(row: &Row<'_>) -> rusqlite::Result<usize> {
    let segment = row.get_ref(1)?.as_str_or_null()?;
    Ok(segment.and_then(place).map_or(0, |at| at + 1))
}

/// Whoever has fewer hits than cases stands against the figure; its part are the hits.
fn one(row: &Row<'_>) -> rusqlite::Result<One> {
    let (hits, cases): (i64, i64) = (row.get(2)?, row.get(3)?);
    let side = if hits < cases { Side::Bad } else { Side::Good };
    Ok(One { customer: row.get(0)?, side, part: Some(hits as f64) })
}
