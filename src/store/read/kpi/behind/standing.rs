//! Who stands behind figures that are told of records as they stand, without opening a book: how complete a record is, whether
//! a second person has checked it (F38), whose next actions were done in time (F34), who is of high value (F4). The statements count what
//! [`super::super::company`] counts, customer by customer.

use rusqlite::{Connection, Row};

use super::One;
use crate::domain::kpi::{SEGMENTS, Span, place};
use crate::store::moves::segment_before;
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
    (
        "checked",
        "SELECT id, NULL, coalesce(checked_at<min(?2,?3+1),0), 1 FROM customer WHERE ?1<?2 AND created_at<min(?2,?3+1)",
    ),
    (
        "tasks_in_time",
        "SELECT customer_id, NULL, count(CASE WHEN done_at<=due_at AND done_at<=?3 THEN 1 END), count(*) FROM task
         WHERE due_at>?1 AND due_at<=?2 AND due_at<=?3 AND state<>'dropped' GROUP BY 1",
    ),
];

/// Whoever is of high value now or may have been when the period began, and existed before `?2`: only those who have moved
/// since are looked at besides.
const HIGH: &str = "SELECT id, created_at FROM customer WHERE created_at<?2 AND id IN (
       SELECT customer_id FROM facts WHERE segment='high'
       UNION SELECT customer_id FROM class_move INDEXED BY class_move_at WHERE at>=?1 AND scheme='segment')";

/// Who makes the number of high-value customers grow (F4): against it stands who has left them since the period began.
fn high(db: &Connection, span: &Span) -> Result<Vec<One>, StoreError> {
    let (start, stand) = (span.start(), span.stand_at());
    let is_high = |customer: i64, at: i64| -> Result<bool, StoreError> {
        Ok(segment_before(db, customer, at)?.as_deref() == SEGMENTS.first().copied())
    };
    let mut query = db.prepare_cached(HIGH)?;
    let mut rows = query.query((start, stand))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (customer, created): (i64, i64) = (row.get(0)?, row.get(1)?);
        let side = match (created < start && is_high(customer, start)?, is_high(customer, stand)?) {
            (_, true) => Side::Good,
            (true, false) => Side::Bad,
            (false, false) => continue,
        };
        found.push(One { customer, side, part: None });
    }
    Ok(found)
}

/// The customers behind one of these figures; none where the figure is counted otherwise.
pub fn told(db: &Connection, span: &Span, id: &str, slot: usize) -> Result<Option<Vec<One>>, StoreError> {
    // a class of itself has no growth
    if id == "high_value_growth" && slot == 0 {
        return high(db, span).map(Some);
    }
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
