//! Which tokens the look-up indexes hold: each file says it by a number. A program that makes other ones writes an older file's
//! rows anew, a slice of the daily round at a time, while everybody goes on; whoever has the turn goes on where the last one
//! stopped, and what is not reached yet is found by its old tokens. A file of a newer program is left as it is.

use rusqlite::Connection;

use super::index;
use crate::domain::find::TOKENS;
use crate::store::request::StoreError;
use crate::store::settings;

/// The two walks of a renewal, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    Customers,
    Touches,
}

impl Walk {
    const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Touches => "touches",
        }
    }
}

/// The number of the tokens in the file; where it cannot be read they are written anew.
fn held(db: &Connection) -> Result<i64, StoreError> {
    let kept = settings::raw(db, settings::TOKENS)?;
    Ok(kept.and_then(|kept| kept.parse().ok()).unwrap_or(0))
}

/// Whether the look-up holds tokens that this program does not ask for, so that names may not be found.
pub fn are_others(db: &Connection) -> Result<bool, StoreError> {
    Ok(held(db)? != TOKENS)
}

/// Whether it holds those of an older program.
pub fn are_old(db: &Connection) -> Result<bool, StoreError> {
    Ok(held(db)? < TOKENS)
}

/// Says that the whole look-up holds this program's tokens.
pub fn are_these(db: &Connection) -> Result<(), StoreError> {
    settings::keep(db, settings::TOKENS, Some(&TOKENS.to_string()))?;
    Ok(settings::keep(db, settings::TOKENS_FROM, None)?)
}

/// Writes the next rows anew where they are of an older program; how many. Nothing while a rebuild writes all of them.
pub fn renew(db: &Connection, take: i64) -> Result<usize, StoreError> {
    if !are_old(db)? || settings::raw(db, settings::REBUILD)?.is_some() {
        return Ok(0);
    }
    let (walk, from) = place(db)?;
    let rows = match walk {
        Walk::Customers => customers(db, from, take)?,
        Walk::Touches => touches(db, from, take)?,
    };
    let next = match rows.last() {
        Some(last) => (walk, *last),
        None if walk == Walk::Customers => (Walk::Touches, 0),
        None => {
            are_these(db)?;
            return Ok(0);
        }
    };
    let mark = format!("{TOKENS} {} {}", next.0.name(), next.1);
    settings::keep(db, settings::TOKENS_FROM, Some(&mark))?;
    Ok(rows.len())
}

/// How far the renewal has come; one to the tokens of a program in between begins again.
fn place(db: &Connection) -> Result<(Walk, i64), StoreError> {
    let mark = settings::raw(db, settings::TOKENS_FROM)?.unwrap_or_default();
    let parts: Vec<&str> = mark.split(' ').collect();
    let known = match parts.as_slice() {
        [tokens, walk, row] if *tokens == TOKENS.to_string() => {
            [Walk::Customers, Walk::Touches].into_iter().find(|w| w.name() == *walk).zip(row.parse().ok())
        }
        _ => None,
    };
    Ok(known.unwrap_or((Walk::Customers, 0)))
}

/// Customers after this one, each under the rank it has.
fn customers(db: &Connection, after: i64, take: i64) -> Result<Vec<i64>, StoreError> {
    let moves: Vec<index::Move> = db
        .prepare_cached(
            "SELECT customer_id, bucket FROM facts WHERE customer_id>?1 ORDER BY customer_id LIMIT ?2",
        )?
        .query_map([after, take], |r| {
            let rank = Some(r.get(1)?);
            Ok(index::Move { customer: r.get(0)?, from: rank, to: rank })
        })?
        .collect::<rusqlite::Result<_>>()?;
    index::apply(db, &moves)?;
    Ok(moves.into_iter().map(|m| m.customer).collect())
}

/// Touches after this one.
fn touches(db: &Connection, after: i64, take: i64) -> Result<Vec<i64>, StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM touch WHERE id>?1 ORDER BY id LIMIT ?2")?
        .query_map([after, take], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    index::touches(db, &ids.iter().map(|id| (*id, true)).collect())?;
    Ok(ids)
}
