//! What keeps a row from being removed although the engine keeps no reference to it.

use rusqlite::Connection;

use crate::domain::field::Noun;
use crate::store::request::StoreError;
use crate::store::tables::{Image, int};

/// What the engine says of a row that others point at; said here of touches, whose references it does not keep.
pub const HELD: &str = "FOREIGN KEY";

/// Refuses to remove a customer or contact that has touches.
pub fn held(db: &Connection, noun: Noun, id: i64, image: &Image) -> Result<(), StoreError> {
    let (customer, contact) = match noun {
        Noun::Customer => (id, None),
        Noun::Contact => (int(image, "customer_id").unwrap_or(0), Some(id)),
        _ => return Ok(()),
    };
    let mut query = db.prepare_cached(
        "SELECT 1 FROM touch WHERE id BETWEEN ?1<<20 AND ((?1+1)<<20)-1 AND contact_id IS coalesce(?2,contact_id) LIMIT 1",
    )?;
    if query.exists((customer, contact))? { Err(StoreError::Defect(HELD.into())) } else { Ok(()) }
}
