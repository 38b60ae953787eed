//! What lists show and sort by, one row a customer, kept by the transaction that changes its cause. [`compute()`] reads the
//! records and says what the row must be; [`keep`] writes what differs. Nothing here is a truth of its own: `check`
//! computes every row again and compares.

pub mod cadence;
pub mod compute;
pub mod habits;
pub mod index;
pub mod rebuild;
pub mod reclass;
pub mod round;
pub mod standing;
mod talk;
pub mod tally;
pub mod tokens;
pub(in crate::store) mod trade;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::request::StoreError;
use super::tables::{Image, cell, int};
use super::{scheme, settings};
use crate::domain::clock::Now;
use crate::domain::scheme::RULED;
pub use compute::{Rules, compute};

/// Customers whose facts are computed anew inside one transaction.
pub const AT_ONCE: i64 = 500;

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
    "value",
    "expansion",
    "stage",
    "differs",
    "contact",
    "title",
    "phone",
    "last_touch",
    "last_two_way",
    "next_due",
    "next_task",
    "open_tasks",
    "silent_on",
    "heard_on",
    "unanswered",
    "first_order",
    "last_order",
    "orders",
    "per_year",
    "spend_total",
    "spend_12m",
    "bought",
    "spend_90d",
    "spend_90d_before",
    "order_days",
    "spread_ppm",
    "matches",
    "orders_3m",
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

/// When a customer moves to another rank in the look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranks {
    /// With the change itself.
    Now,
    /// With the next daily round: what touches very many customers leaves them where they are found, and the row of
    /// facts says so by being stale. Removals from an index make every later merge of it slow.
    Later,
}

/// Why the facts of a customer are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// What it is found by has changed.
    pub finds: bool,
    /// It was made just now and has contacts and tags at most: nothing else is looked for, which is half of the work.
    pub fresh: bool,
}

impl Cause {
    /// Something it is found by.
    pub const FOUND: Self = Self { finds: true, fresh: false };
    /// Anything else.
    pub const OTHER: Self = Self { finds: false, fresh: false };
}

/// Brings the facts of these customers up to date. Answers whether a rank was left to the daily round.
pub fn keep(
    db: &Connection,
    dirty: &BTreeMap<i64, Cause>,
    now: Now,
    ranks: Ranks,
) -> Result<bool, StoreError> {
    if dirty.is_empty() {
        return Ok(false);
    }
    keep_by(db, dirty, now, &Rules::load(db)?, ranks, true)
}

/// The same by rules that are loaded already; moves from class to class are remembered, or not, while a store is made.
fn keep_by(
    db: &Connection,
    dirty: &BTreeMap<i64, Cause>,
    now: Now,
    rules: &Rules,
    ranks: Ranks,
    remembers: bool,
) -> Result<bool, StoreError> {
    let today = now.today().to_string();
    let mut moves = Vec::new();
    let mut counted = tally::Moved::default();
    let mut left = false;
    for (customer, Cause { finds, fresh }) in dirty {
        let Some(mut new) = compute::compute_new(db, *customer, now, rules, *fresh)? else { continue };
        let old = if *fresh { None } else { read(db, *customer)? };
        let is = int(&new, "bucket").unwrap_or(0);
        let was = old.as_ref().map(|old| int(old, "bucket").unwrap_or(0));
        let later = ranks == Ranks::Later && !*finds && was.is_some_and(|was| was != is);
        if let Some(was) = was.filter(|_| later) {
            put(&mut new, "bucket", Cell::Integer(was));
            put(&mut new, "stale_on", Cell::Text(today.clone()));
            left = true;
        }
        write(db, *customer, old.as_ref(), &new)?;
        if let Some(old) = old.as_ref().filter(|_| remembers) {
            remember(db, *customer, old, &new, now, rules)?;
        }
        counted.note(old.as_ref(), Some(&new));
        if !later && (*finds || was != Some(is)) {
            moves.push(index::Move { customer: *customer, from: was, to: Some(is) });
        }
    }
    tally::write(db, counted)?;
    index::apply(db, &moves)?;
    Ok(left)
}

fn put(image: &mut Image, column: &str, value: Cell) {
    if let Some((_, cell)) = image.iter_mut().find(|(name, _)| *name == column) {
        *cell = value;
    }
}

/// Remembers the moves of a customer from class to class (A42); the first classes of a new customer are no move.
fn remember(
    db: &Connection,
    customer: i64,
    old: &Image,
    new: &Image,
    now: Now,
    rules: &Rules,
) -> Result<(), StoreError> {
    for scheme in RULED {
        let (was, is) = (cell(old, scheme), cell(new, scheme));
        if was == is {
            continue;
        }
        let by_hand: bool = db
            .prepare_cached("SELECT 1 FROM class WHERE customer_id=?1 AND scheme=?2 AND how<>'rule'")?
            .exists((customer, scheme))?;
        let version = rules.classing.book.get(scheme).map_or(1, |(_, version)| version);
        db.prepare_cached(
            "INSERT INTO class_move(customer_id,scheme,was,became,at,version,how) VALUES(?1,?2,?3,?4,?5,?6,?7)",
        )?
        .execute((customer, scheme, was, is, now.ms(), version, if by_hand { "hand" } else { "rule" }))?;
    }
    Ok(())
}

/// The customers that are found by a value of the dictionary, if they are few; many are gone through by the daily round
/// under a mark of their own.
pub fn found_by(db: &Connection, tag: i64) -> Result<Vec<i64>, StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT customer_id FROM customer_tag WHERE tag_id=?1 ORDER BY customer_id LIMIT ?2")?
        .query_map((tag, AT_ONCE + 1), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if i64::try_from(ids.len()).is_ok_and(|n| n <= AT_ONCE) {
        return Ok(ids);
    }
    let waiting = settings::raw(db, settings::REWORDED)?;
    let all = waiting.map_or(format!("{tag}:0"), |others| format!("{others},{tag}:0"));
    settings::keep(db, settings::REWORDED, Some(&all))?;
    Ok(Vec::new())
}

/// Freezes the month's figures of a small company as soon as there are any, and classes anew by them; a large one's are
/// frozen by the daily round.
pub fn freeze(db: &Connection, now: Now) -> Result<(), StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM customer LIMIT ?1")?
        .query_map([AT_ONCE + 1], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if i64::try_from(ids.len()).is_ok_and(|n| n <= AT_ONCE)
        && scheme::freeze(db, &scheme::figures(db)?, now.today())?
    {
        keep(db, &ids.into_iter().map(|id| (id, Cause::OTHER)).collect(), now, Ranks::Now)?;
    }
    Ok(())
}

/// Brings the look-up of these touches up to date; `true` where a touch stands there already.
pub fn keep_touches(db: &Connection, touches: &BTreeMap<i64, bool>) -> Result<(), StoreError> {
    index::touches(db, touches)
}

/// Takes a customer that is about to be removed out of what is kept.
pub fn forget(db: &Connection, customer: i64) -> Result<(), StoreError> {
    let Some(old) = read(db, customer)? else { return Ok(()) };
    index::apply(db, &[index::Move { customer, from: int(&old, "bucket"), to: None }])?;
    let mut counted = tally::Moved::default();
    counted.note(Some(&old), None);
    tally::write(db, counted)?;
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
    static NEW: LazyLock<String> = LazyLock::new(|| {
        format!(
            "INSERT INTO facts(customer_id,{}) VALUES(?{})",
            COLUMNS.join(","),
            ",?".repeat(COLUMNS.len())
        )
    });
    let Some(old) = old else {
        let id = Cell::Integer(customer);
        let cells = std::iter::once(&id).chain(new.iter().map(|(_, cell)| cell));
        db.prepare_cached(&NEW)?.execute(params_from_iter(cells))?;
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
