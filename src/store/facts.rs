//! What lists show and sort by, one row a customer, kept by the transaction that changes its cause. [`compute()`] reads the
//! records and says what the row must be; [`keep`] writes what differs. Nothing here is a truth of its own: `check`
//! computes every row again and compares.

pub mod cadence;
pub mod compute;
pub mod index;
pub mod rebuild;
pub mod round;
pub mod tally;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::request::StoreError;
use super::tables::{Image, int};
use crate::domain::clock::Now;
pub use compute::{Rules, compute};

/// The columns of a row of facts after the customer's id.
pub const COLUMNS: &[&str] = &[
    "owner_id",
    "code",
    "name_key",
    "industry",
    "size",
    "segment",
    "grade",
    "lifecycle",
    "contact",
    "title",
    "phone",
    "last_touch",
    "last_two_way",
    "next_due",
    "next_task",
    "open_tasks",
    "silent_on",
    "first_order",
    "last_order",
    "orders",
    "per_year",
    "spend_total",
    "spend_12m",
    "category",
    "complaints",
    "quiet",
    "bucket",
    "strategy_id",
    "cadence_kind",
    "cadence_from",
    "cadence_on",
    "cadence_late_on",
    "recall_on",
    "survey_on",
    "review_on",
    "ask_on",
    "cost_year",
    "touches_year",
    "stale_on",
];

/// Brings the facts of these customers up to date; `true` where what they are found by has changed too.
pub fn keep(db: &Connection, dirty: &BTreeMap<i64, bool>, now: Now) -> Result<(), StoreError> {
    if dirty.is_empty() {
        return Ok(());
    }
    let rules = Rules::load(db)?;
    let mut moves = Vec::new();
    for (customer, finds) in dirty {
        let Some(new) = compute(db, *customer, now, &rules)? else { continue };
        let old = read(db, *customer)?;
        let is = int(&new, "bucket").unwrap_or(0);
        let was = old.as_ref().map(|old| int(old, "bucket").unwrap_or(0));
        write(db, *customer, old.as_ref(), &new)?;
        tally::moved(db, old.as_ref(), Some(&new))?;
        if *finds || was != Some(is) {
            moves.push(index::Move { customer: *customer, from: was, to: Some(is) });
        }
    }
    index::apply(db, &moves)
}

/// Brings the facts of one customer up to date.
pub fn refresh(db: &Connection, customer: i64, now: Now) -> Result<(), StoreError> {
    keep(db, &BTreeMap::from([(customer, true)]), now)
}

/// Brings the look-up of these touches up to date.
pub fn keep_touches(db: &Connection, touches: &BTreeSet<i64>) -> Result<(), StoreError> {
    index::touches(db, touches.iter().copied(), true)
}

/// Takes a customer that is about to be removed out of what is kept.
pub fn forget(db: &Connection, customer: i64) -> Result<(), StoreError> {
    let Some(old) = read(db, customer)? else { return Ok(()) };
    index::apply(db, &[index::Move { customer, from: int(&old, "bucket"), to: None }])?;
    tally::moved(db, Some(&old), None)?;
    db.prepare_cached("DELETE FROM facts WHERE customer_id=?1")?.execute([customer])?;
    Ok(())
}

/// The row as it is kept.
pub fn read(db: &Connection, customer: i64) -> rusqlite::Result<Option<Image>> {
    let sql = format!("SELECT {} FROM facts WHERE customer_id=?1", COLUMNS.join(","));
    db.prepare_cached(&sql)?
        .query_row([customer], |row| {
            COLUMNS.iter().enumerate().map(|(i, column)| Ok((*column, row.get(i)?))).collect()
        })
        .optional()
}

/// Writes the columns that differ; an index is touched only where its column is.
fn write(db: &Connection, customer: i64, old: Option<&Image>, new: &Image) -> rusqlite::Result<()> {
    let Some(old) = old else {
        let sql = format!(
            "INSERT INTO facts(customer_id,{}) VALUES(?{})",
            COLUMNS.join(","),
            ",?".repeat(COLUMNS.len())
        );
        let id = Cell::Integer(customer);
        let cells = std::iter::once(&id).chain(new.iter().map(|(_, cell)| cell));
        db.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        return Ok(());
    };
    let other: Vec<_> = new.iter().zip(old).filter(|(n, o)| n != o).map(|(n, _)| n).collect();
    if other.is_empty() {
        return Ok(());
    }
    let sets: Vec<_> = other.iter().map(|(column, _)| format!("{column}=?")).collect();
    let sql = format!("UPDATE facts SET {} WHERE customer_id=?", sets.join(","));
    let id = Cell::Integer(customer);
    db.prepare_cached(&sql)?
        .execute(params_from_iter(other.iter().map(|(_, c)| c).chain(std::iter::once(&id))))?;
    Ok(())
}
