//! How complete records are, written down once a day (F38): the day's look counts them on its way through all customers, slice
//! by slice, so that nobody waits for it. A past period is told by the last day that was counted in it.

use rusqlite::Connection;

use crate::domain::kpi::{SLOTS, group};
use crate::store::read::kpi::complete;

/// The day under which a count stands that is not through yet.
const COUNTING: &str = "";

/// What a slice of customers adds to the day's count.
pub struct Slice {
    /// Whether a count begins with it, and whether one ends.
    ends: (bool, bool),
    /// Key fields filled and key fields, all customers first, then the segments.
    counts: [(i64, i64); SLOTS],
}

/// Counts the customers after one up to another; to the end where there is none.
pub fn slice(db: &Connection, after: i64, last: Option<i64>) -> rusqlite::Result<Slice> {
    let counts = complete(db, after, last.unwrap_or(i64::MAX))?;
    Ok(Slice { ends: (after == 0, last.is_none()), counts })
}

/// Puts a slice to the count, and the count down under its day when everybody was counted.
pub fn keep(db: &Connection, slice: &Slice, today: &str) -> rusqlite::Result<()> {
    let (first, last) = slice.ends;
    let mut forget = db.prepare_cached("DELETE FROM completeness WHERE day=?1")?;
    if first {
        forget.execute([COUNTING])?;
    }
    let mut add = db.prepare_cached(
        "INSERT INTO completeness(day, segment, filled, fields) VALUES(?1,?2,?3,?4)
         ON CONFLICT DO UPDATE SET filled=filled+?3, fields=fields+?4",
    )?;
    for (slot, (filled, fields)) in slice.counts.iter().enumerate() {
        add.execute((COUNTING, group(slot), filled, fields))?;
    }
    if last {
        forget.execute([today])?;
        db.prepare_cached("UPDATE completeness SET day=?2 WHERE day=?1")?.execute([COUNTING, today])?;
    }
    Ok(())
}
