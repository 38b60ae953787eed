//! Everything that is kept, computed anew from the records: after a bulk fill, or when a check found a difference. Slices
//! of their own transactions, so that a million customers need little memory; an interrupted rebuild begins again, in one
//! session at a time. A second thread makes the tokens while this one computes facts and writes.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::{Connection, Transaction};

use super::{Rules, compute, index};
use crate::domain::clock::Now;
use crate::store::brake::Brake;
use crate::store::entry::Entry;
use crate::store::request::StoreError;
use crate::store::tables::int;
use crate::store::{own_block, process, schema, settings, touch_sum, turn, words};

/// Customers in one transaction: long enough for FTS5 to write few segments, short enough for the log.
const SLICE: i64 = 10_000;
/// Bytes that FTS5 gathers before it writes a segment, while much is written: what a processor's cache holds.
const GATHER: i64 = 3 << 20;
/// Customers that go to the thread of tokens at once.
const HANDFUL: usize = 500;

/// What a handful of customers and their touches are found by: row number and words.
type Words = (Vec<(i64, Entry)>, Vec<(i64, Vec<String>)>);
/// The same as tokens: row number, tokens of words and of phones; row number and tokens of a touch.
type Tokens = (Vec<(i64, String, String)>, Vec<(i64, String)>);

/// Computes facts, daily figures and look-up indexes anew, telling how many customers of how many are done. Busy where
/// another session is at it; cancelled where the brake is pulled, and then the next session begins again.
pub fn rebuild_all(
    db: &mut Connection,
    now: Now,
    brake: &Brake,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    rebuild_by(SLICE, db, now, brake, progress)
}

/// The same with so many customers in one transaction; others write between two of them.
pub fn rebuild_by(
    slice: i64,
    db: &mut Connection,
    now: Now,
    brake: &Brake,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    claim(db)?;
    let cache: i64 = db.pragma_query_value(None, "cache_size", |r| r.get(0))?;
    db.pragma_update(None, "cache_size", -65_536)?;
    let result = all(slice, db, now, brake, progress);
    db.pragma_update(None, "cache_size", cache)?;
    result
}

/// Makes the rebuild this process's own, unless another one that lives has it: two at once would undo each other's work.
fn claim(db: &mut Connection) -> Result<(), StoreError> {
    let tx = turn::begin(db)?;
    let mine = std::process::id();
    if let Some((pid, began)) = settings::raw(&tx, settings::REBUILD_BY)?.as_deref().and_then(owner)
        && pid != mine
        && process::lives(pid, began)
    {
        return Err(StoreError::Busy);
    }
    let owner = format!("{mine} {}", process::began(mine).unwrap_or(0));
    settings::keep(&tx, settings::REBUILD_BY, Some(&owner))?;
    Ok(tx.commit()?)
}

/// Number and beginning of the process in the setting.
fn owner(kept: &str) -> Option<(u32, u64)> {
    let (pid, began) = kept.split_once(' ')?;
    Some((pid.parse().ok()?, began.parse().ok()?))
}

fn all(
    slice: i64,
    db: &mut Connection,
    now: Now,
    brake: &Brake,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    let now = Now { at: now.at, zone: settings::zone(db)? };
    clear(db)?;
    let customers: u64 = db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0))?;
    std::thread::scope(|scope| {
        let (give, words) = sync_channel::<Words>(2);
        let (tokens, take) = sync_channel::<Tokens>(2);
        scope.spawn(move || {
            for handful in words {
                if tokens.send(tokenise(&handful)).is_err() {
                    break;
                }
            }
        });
        slices(slice, db, now, brake, &Desk { give, take }, &mut |done| progress(done, customers))
    })?;
    super::reclass::by_own_figures(db, now)?;
    finish(db)
}

/// The two ends that the thread of tokens is reached by. At most two handfuls are out, so that neither side waits for ever.
struct Desk {
    give: SyncSender<Words>,
    take: Receiver<Tokens>,
}

fn tokenise((customers, touches): &Words) -> Tokens {
    (
        customers.iter().map(|(row, entry)| (*row, entry.words(), entry.digits())).collect(),
        touches.iter().map(|(row, texts)| (*row, words::touch(texts))).collect(),
    )
}

fn slices(
    take: i64,
    db: &mut Connection,
    now: Now,
    brake: &Brake,
    desk: &Desk,
    progress: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    let rules = Rules::load(db)?;
    let mut done = 0;
    let mut after = 0;
    loop {
        if brake.is_pulled() {
            return Err(StoreError::Cancelled);
        }
        turn::give_way(db);
        let tx = turn::begin(db)?;
        let ids: Vec<i64> = tx
            .prepare_cached("SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2")?
            .query_map([after, take], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let Some(last) = ids.last() else { return Ok(()) };
        slice(&tx, &ids, now, &rules, desk)?;
        after = *last;
        tx.commit()?;
        done += ids.len() as u64;
        progress(done);
    }
}

/// One transaction: while the tokens of a handful are made, the facts of the next are computed.
fn slice(tx: &Transaction<'_>, ids: &[i64], now: Now, rules: &Rules, desk: &Desk) -> Result<(), StoreError> {
    let gone = || StoreError::Defect("the thread of tokens has ended".to_owned());
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
    let told = meanwhile(tx, *first, *last)?;
    let mut found: Vec<(i64, String, String)> = Vec::with_capacity(ids.len());
    let mut write = |(customers, touches): Tokens| -> Result<(), StoreError> {
        for (row, tokens) in touches.into_iter().filter(|(row, _)| !told.contains(row)) {
            index::put(tx, "find_touch", row, &tokens)?;
        }
        found.extend(customers);
        Ok(())
    };
    let mut out = false;
    for handful in ids.chunks(HANDFUL) {
        let mut customers = Vec::with_capacity(handful.len());
        for id in handful {
            if let Some(facts) = compute(tx, *id, now, rules)? {
                super::write(tx, *id, None, &facts)?;
                let row = index::rowid(int(&facts, "bucket").unwrap_or(0), *id);
                if let Some(entry) = Entry::now(tx, *id)? {
                    entry.keep(tx)?;
                    customers.push((row, entry));
                }
            }
        }
        let touches = match (handful.first(), handful.last()) {
            (Some(first), Some(last)) => index::said_between(tx, *first, *last)?,
            _ => Vec::new(),
        };
        desk.give.send((customers, touches)).map_err(|_| gone())?;
        if std::mem::replace(&mut out, true) {
            write(desk.take.recv().map_err(|_| gone())?)?;
        }
    }
    if out {
        write(desk.take.recv().map_err(|_| gone())?)?;
    }
    // FTS5 starts a new segment whenever a row number falls
    found.sort_unstable_by_key(|(row, _, _)| *row);
    for (row, text, _) in &found {
        index::put(tx, "find_text", *row, text)?;
    }
    for (row, _, digits) in found.iter().filter(|(_, _, digits)| !digits.is_empty()) {
        index::put(tx, "find_digit", *row, digits)?;
    }
    Ok(())
}

/// What others have written of these customers since everything was emptied: their kept rows go, and are made again with
/// all others; touches that stand in their index already are answered, for a second row of one number would outlive it.
fn meanwhile(tx: &Transaction<'_>, first: i64, last: i64) -> Result<BTreeSet<i64>, StoreError> {
    let kept: Vec<(i64, i64)> = tx
        .prepare_cached("SELECT customer_id, bucket FROM facts WHERE customer_id BETWEEN ?1 AND ?2")?
        .query_map([first, last], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let gone: Vec<index::Move> = kept
        .iter()
        .map(|(customer, from)| index::Move { customer: *customer, from: Some(*from), to: None })
        .collect();
    index::apply(tx, &gone)?;
    tx.prepare_cached("DELETE FROM facts WHERE customer_id BETWEEN ?1 AND ?2")?.execute([first, last])?;
    Ok(tx
        .prepare_cached("SELECT id FROM find_touch_docsize WHERE id BETWEEN ?1<<20 AND ((?2+1)<<20)-1")?
        .query_map([first, last], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Empties what is kept and takes the indexes of the facts away: built at the end, they cost a tenth.
fn clear(db: &mut Connection) -> Result<(), StoreError> {
    let tx = turn::begin(db)?;
    settings::keep(&tx, settings::REBUILD, Some(""))?;
    let names: Vec<String> = tx
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type='index' AND tbl_name='facts' AND sql IS NOT NULL",
        )?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for name in names {
        tx.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    tx.execute_batch("DELETE FROM facts; DELETE FROM entry; DELETE FROM daily;")?;
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
    let tx = turn::begin(db)?;
    // what others have counted meanwhile is among the records
    tx.execute("DELETE FROM daily", [])?;
    tx.execute(&format!("INSERT INTO daily {DAILY}"), [i64::from(zone.0) * 60])?;
    for table in index::INDEXES {
        tx.execute(&format!("INSERT INTO {table}({table},rank) VALUES('hashsize',?1)"), [1 << 20])?;
    }
    // as the schema has them, not as they stood: a migration may have come between a rebuild that was cut off and this one
    schema::put_back(&tx)?;
    super::tally::recount(&tx)?;
    touch_sum::recount(&tx)?;
    own_block::recount(&tx)?;
    super::tokens::are_these(&tx)?;
    settings::keep(&tx, settings::REBUILD, None)?;
    settings::keep(&tx, settings::REBUILD_BY, None)?;
    settings::keep(&tx, settings::FACTS_FROM, None)?;
    tx.commit()?;
    db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// The daily figures counted from the records; its one parameter is the zone in seconds east of UTC.
pub const DAILY: &str = include_str!("../../../assets/sql/daily.sql");
