//! Moves of customers between classes as they are remembered: in which segment somebody was before an instant. The moves
//! are written by `facts`, in the transaction that causes them. The one thing to know: an instant given here is the first
//! that no longer counts, so that "at the time of a touch" asks for the millisecond after it (F51) and "at the end of a
//! period" for the first one of the next (A42).

use rusqlite::{Connection, OptionalExtension};

/// The segment of a customer before an instant in UTC ms: what it was before the first move since, else what it is.
pub fn segment_before(db: &Connection, customer: i64, until: i64) -> rusqlite::Result<Option<String>> {
    let moved: Option<Option<String>> = db
        .prepare_cached(
            "SELECT was FROM class_move WHERE customer_id=?1 AND scheme='segment' AND at>=?2 ORDER BY id LIMIT 1",
        )?
        .query_row((customer, until), |r| r.get(0))
        .optional()?;
    match moved {
        Some(was) => Ok(was),
        // whoever has no facts yet may have been given a class by hand
        None => db
            .prepare_cached(
                "SELECT coalesce((SELECT segment FROM facts WHERE customer_id=?1),
                   (SELECT value FROM class WHERE customer_id=?1 AND scheme='segment'))",
            )?
            .query_row([customer], |r| r.get(0)),
    }
}
