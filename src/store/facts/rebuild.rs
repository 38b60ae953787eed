//! Everything that is kept, computed anew from the records: after a bulk fill, or when a check found a difference. Slices
//! of their own transactions, so that a million customers need little memory; an interrupted rebuild begins again.

use rusqlite::{Connection, TransactionBehavior};

use super::{Rules, compute, index};
use crate::domain::clock::Now;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::tables::int;

/// Customers in one transaction: long enough for FTS5 to write few segments, short enough for the log.
const SLICE: i64 = 10_000;
/// Bytes that FTS5 gathers before it writes a segment, while much is written.
const GATHER: i64 = 16 << 20;

/// Computes facts, daily figures and look-up indexes anew, telling how many customers of how many are done.
pub fn rebuild_all(
    db: &mut Connection,
    now: Now,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    let cache: i64 = db.pragma_query_value(None, "cache_size", |r| r.get(0))?;
    db.pragma_update(None, "cache_size", -65_536)?;
    let result = all(db, now, progress);
    db.pragma_update(None, "cache_size", cache)?;
    result
}

fn all(db: &mut Connection, now: Now, progress: &mut dyn FnMut(u64, u64)) -> Result<(), StoreError> {
    let now = Now { at: now.at, zone: settings::zone(db)? };
    clear(db)?;
    let customers: u64 = db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0))?;
    let rules = Rules::load(db)?;
    let mut done = 0;
    let mut after = 0;
    loop {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let ids: Vec<i64> = tx
            .prepare_cached("SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2")?
            .query_map([after, SLICE], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { break };
        let mut moves = Vec::with_capacity(ids.len());
        for id in &ids {
            if let Some(facts) = compute(&tx, *id, now, &rules)? {
                super::write(&tx, *id, None, &facts)?;
                moves.push(index::Move { customer: *id, from: None, to: int(&facts, "bucket") });
            }
        }
        index::apply(&tx, &moves)?;
        let touches: Vec<i64> = tx
            .prepare_cached("SELECT id FROM touch WHERE id BETWEEN ?1<<20 AND ((?2+1)<<20)-1 ORDER BY id")?
            .query_map([first, last], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        index::touches(&tx, touches.iter().copied(), false)?;
        after = *last;
        tx.commit()?;
        done += ids.len() as u64;
        progress(done, customers);
    }
    finish(db)
}

/// Empties what is kept and takes the indexes of the facts away: built at the end, they cost a tenth.
fn clear(db: &mut Connection) -> Result<(), StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let standing: Vec<String> = tx
        .prepare("SELECT sql FROM sqlite_schema WHERE type='index' AND tbl_name='facts' AND sql IS NOT NULL")?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if !standing.is_empty() {
        settings::keep(&tx, settings::REBUILD, Some(&standing.join(";\n")))?;
    }
    let names: Vec<String> = tx
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type='index' AND tbl_name='facts' AND sql IS NOT NULL",
        )?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for name in names {
        tx.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    tx.execute_batch("DELETE FROM facts; DELETE FROM daily;")?;
    for table in index::INDEXES {
        tx.execute_batch(&format!("INSERT INTO {table}({table}) VALUES('delete-all')"))?;
        tx.execute(&format!("INSERT INTO {table}({table},rank) VALUES('hashsize',?1)"), [GATHER])?;
    }
    index::hold(&tx)?;
    tx.commit()?;
    Ok(())
}

/// Daily figures by one statement, the indexes of the facts, the usual ways of FTS5.
fn finish(db: &mut Connection) -> Result<(), StoreError> {
    index::merge_all(db)?;
    let zone = settings::zone(db)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute(&format!("INSERT INTO daily {DAILY}"), [i64::from(zone.0) * 60])?;
    for table in index::INDEXES {
        tx.execute(&format!("INSERT INTO {table}({table},rank) VALUES('hashsize',?1)"), [1 << 20])?;
    }
    if let Some(indexes) = settings::raw(&tx, settings::REBUILD)? {
        tx.execute_batch(&indexes)?;
    }
    settings::keep(&tx, settings::REBUILD, None)?;
    settings::keep(&tx, settings::FACTS_FROM, None)?;
    tx.commit()?;
    db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// The daily figures counted from the records; its one parameter is the zone in seconds east of UTC.
pub const DAILY: &str = include_str!("../../../assets/sql/daily.sql");
