//! Functions of our own that statements call. Every connection is taught them when it is opened.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;

use crate::domain::ids;

/// Teaches a connection `held(set, id)`: whether the bits of a set hold a customer.
pub fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    db.create_scalar_function("held", 2, flags, |args| {
        let id: i64 = args.get(1)?;
        Ok(matches!(args.get_raw(0), ValueRef::Blob(bits) if ids::holds(bits, id)))
    })
}
