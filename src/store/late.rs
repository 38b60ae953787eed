//! When what has happened is written down late.

use rusqlite::Connection;

use super::settings;

/// Milliseconds after the event within which a record is in time; later it is late for good (E28, P21, X26).
pub fn in_time(db: &Connection) -> rusqlite::Result<i64> {
    Ok(settings::number(db, "late_hours")? * 60 * 60 * 1000)
}
