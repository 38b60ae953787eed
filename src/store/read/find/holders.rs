//! The customers in whom a word of a filter is found. The two indexes give everybody who may hold it; where they tell by
//! themselves, or few are left, that is the answer, else whoever reads checks row by row what they are about to show.
//! However many there are, they are held as one bit each.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use super::{CUSTOMER, Eyes, Walk};
use crate::domain::customer::CustomerId;
use crate::domain::find::{Needle, needle};
use crate::domain::ids::Ids;
use crate::store::request::StoreError;

/// Candidates that are all checked before a list is read: beyond, only what shows is.
pub const MOST: usize = 5_000;

/// In whom a word is found.
pub enum Holders {
    /// In these.
    Few(Vec<i64>),
    /// In those of the set; with a needle, in those of them that it holds for.
    Many(Ids, Option<Needle>),
}

/// The customers in whom a word is found, for filters. Of masked numbers only what shows is found, since nobody counts how
/// often a list is filtered.
pub fn holders(eyes: &mut Eyes, word: &str) -> Result<Holders, StoreError> {
    let Some(needle) = needle(word) else { return Ok(Holders::Few(Vec::new())) };
    let ids = candidates(eyes.db, &needle)?;
    let told = needle.is_told(eyes.sees_all());
    if ids.len() > MOST {
        return Ok(Holders::Many(ids, (!told).then_some(needle)));
    }
    let mut few = Vec::with_capacity(ids.len());
    for CustomerId(id) in ids.iter() {
        if told || holds(eyes, &needle, id)? {
            few.push(id);
        }
    }
    Ok(Holders::Few(few))
}

/// Everybody in whom a needle may be found: never too few.
fn candidates(db: &Connection, needle: &Needle) -> Result<Ids, StoreError> {
    let mut found = Ids::default();
    for (table, expression) in [("find_digit", needle.digit_match(true)), ("find_text", needle.text_match())]
    {
        let Some(expression) = expression else { continue };
        let mut query = db.prepare_cached(&format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1"))?;
        let mut rows = query.query([expression])?;
        while let Some(row) = rows.next()? {
            found.insert(CustomerId(row.get::<_, i64>(0)? & CUSTOMER));
        }
    }
    Ok(found)
}

/// Whether a needle is found in a customer, as far as the person may know.
fn holds(eyes: &mut Eyes, needle: &Needle, id: i64) -> Result<bool, StoreError> {
    let mut walk = Walk::new(needle);
    walk.look(eyes, id, None)?;
    Ok(walk.seen.iter().any(|seen| !seen.beyond))
}

/// Of the customers that a statement gives those in whom all needles are found, in its order: at most `take` of them, and
/// whether it ended before all were looked at, of whom it looks at `look` at the most.
pub fn sifted(
    eyes: &mut Eyes,
    (sql, bound): (&str, &[Cell]),
    needles: &[Needle],
    (take, look): (usize, usize),
) -> Result<(Vec<i64>, bool), StoreError> {
    let db = eyes.db;
    let mut query = db.prepare_cached(sql)?;
    // this statement stays open while rows are checked, so that an interruption meanwhile is not lost
    let mut rows = query.query(params_from_iter(bound))?;
    let (mut found, mut looked) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        if found.len() >= take || looked >= look {
            return Ok((found, true));
        }
        looked += 1;
        let id = row.get(0)?;
        let mut all = true;
        for needle in needles {
            all = all && holds(eyes, needle, id)?;
        }
        if all {
            found.push(id);
        }
    }
    Ok((found, false))
}
