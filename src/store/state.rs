//! What a database file says of itself: whose it is and of which version.

use rusqlite::Connection;

/// Marks a file as guanxi's (`PRAGMA application_id`): "gxcr".
pub const APPLICATION: i32 = 0x6778_6372;

/// What a file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing in it yet.
    Empty,
    /// Ours, at this version.
    Ours(i32),
    /// Somebody else's database.
    Foreign,
}

/// Reads what a file says of itself.
pub fn state(db: &Connection) -> Result<State, rusqlite::Error> {
    let application: i32 = db.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    let user: i32 = db.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if application == APPLICATION && user > 0 {
        return Ok(State::Ours(user));
    }
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    Ok(if tables == 0 && application == 0 { State::Empty } else { State::Foreign })
}
