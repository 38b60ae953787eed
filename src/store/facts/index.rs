//! The rows of the look-up indexes. A customer's row number carries its rank in the high bits, so that the best are read
//! first; a change of rank is a removal and an insertion. Rows are removed and written in ascending order, because FTS5
//! starts a new segment whenever a row number falls.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::entry::Entry;
use crate::store::request::StoreError;
use crate::store::{beside, turn, words};

/// A customer's way from one rank to another; from none when new, to none when gone.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The customer.
    pub customer: i64,
    /// The rank under which it stands.
    pub from: Option<i64>,
    /// The rank under which it shall stand.
    pub to: Option<i64>,
}

/// Pages that one step of a merge writes.
const MERGED: i64 = 20_000;
/// The same between the writes of people.
const PIECE: i64 = 256;
/// Segments of a level that are merged into one of the next while nobody waits.
pub const SEGMENTS: i64 = 16;
/// The same after a command or a batch of an import: only where nobody rests do so many come together.
pub const PILED: i64 = 64;
/// Segments of a level that a write merges at once, however long it takes.
const CRISIS: i64 = 1_000;

/// The look-up indexes.
pub const INDEXES: [&str; 3] = ["find_text", "find_digit", "find_touch"];

/// The row number of a customer of this rank.
pub const fn rowid(bucket: i64, customer: i64) -> i64 {
    (bucket << 40) | customer
}

/// The row number under which a customer stands.
pub fn row_of(db: &Connection, customer: i64) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT bucket FROM facts WHERE customer_id=?1")?
        .query_row([customer], |r| Ok(rowid(r.get(0)?, customer)))
}

/// Moves customers in both indexes, and keeps what they are found by.
pub fn apply(db: &Connection, moves: &[Move]) -> Result<(), StoreError> {
    let mut gone: Vec<i64> = moves.iter().filter_map(|m| Some(rowid(m.from?, m.customer))).collect();
    gone.sort_unstable();
    for table in ["find_text", "find_digit"] {
        let sql = format!("DELETE FROM {table} WHERE rowid=?1");
        for row in &gone {
            db.prepare_cached(&sql)?.execute([row])?;
        }
    }
    let mut come: Vec<(i64, i64)> =
        moves.iter().filter_map(|m| Some((rowid(m.to?, m.customer), m.customer))).collect();
    come.sort_unstable();
    for m in moves.iter().filter(|m| m.to.is_none()) {
        Entry::forget(db, m.customer)?;
    }
    let mut entries = Vec::with_capacity(come.len());
    for (row, customer) in come {
        if let Some(entry) = Entry::now(db, customer)? {
            entry.keep(db)?;
            entries.push((row, entry));
        }
    }
    let mut digits = Vec::new();
    beside::each(
        &entries,
        |(row, entry)| (*row, entry.words(), entry.digits()),
        |(row, text, phones)| {
            digits.push((row, phones));
            put(db, "find_text", row, &text)
        },
    )?;
    for (row, tokens) in digits.iter().filter(|(_, tokens)| !tokens.is_empty()) {
        put(db, "find_digit", *row, tokens)?;
    }
    Ok(())
}

/// The usual ways of merging, as `0030_merging.sql` and `0039_merging.sql` together leave them: a write merges nothing (with `automerge` it
/// went on with whatever merge was under way, at 17 to 60 ms of work once in 64 touches at a million customers), and never a
/// whole level (FTS5 does that from `crisismerge` segments on, which is a rewrite of the index where the one large segment
/// lies there). All is merged by [`merge`], while nobody waits; with each such merge the large segment climbs a level, so
/// that the next one is sixteen times as far away.
fn settle(db: &Connection) -> Result<(), StoreError> {
    for table in INDEXES {
        for (way, segments) in [("automerge", 0), ("usermerge", SEGMENTS), ("crisismerge", CRISIS)] {
            db.execute(&format!("INSERT INTO {table}({table},rank) VALUES(?1,?2)"), (way, segments))?;
        }
    }
    Ok(())
}

/// Merges a piece of an index of at least so many segments, after whoever waits; whether there is more to merge.
pub fn merge(db: &mut Connection, least: i64) -> Result<bool, StoreError> {
    let crowded = crowded(db, least)?;
    if crowded.is_empty() {
        return Ok(false);
    }
    turn::give_way(db);
    let tx = turn::begin(db)?;
    let mut more = false;
    for table in crowded {
        more = more || merge_some(&tx, table)?;
    }
    tx.commit()?;
    Ok(more)
}

/// The indexes of at least so many segments, of which some may wait to be merged.
fn crowded(db: &Connection, least: i64) -> Result<Vec<&'static str>, StoreError> {
    let mut crowded = Vec::new();
    for table in INDEXES {
        let sql = format!("SELECT count(DISTINCT segid) FROM {table}_idx");
        let segments: i64 = db.prepare_cached(&sql)?.query_row([], |r| r.get(0))?;
        if segments >= least {
            crowded.push(table);
        }
    }
    Ok(crowded)
}

/// Merges a piece of an index, about 15 ms of work; whether there was something to merge.
fn merge_some(db: &Connection, table: &str) -> Result<bool, StoreError> {
    let before = db.total_changes();
    db.execute(&format!("INSERT INTO {table}({table},rank) VALUES('merge',?1)"), [PIECE])?;
    Ok(found_work(db, before))
}

/// A step of a merge that changes less than two rows found nothing to do.
fn found_work(db: &Connection, before: u64) -> bool {
    db.total_changes() - before >= 2
}

/// While everything is written anew, nothing merges: [`merge_all`] does it once at the end.
pub fn hold(db: &Connection) -> Result<(), StoreError> {
    for table in INDEXES {
        db.execute(&format!("INSERT INTO {table}({table},rank) VALUES('automerge',0)"), [])?;
        db.execute(&format!("INSERT INTO {table}({table},rank) VALUES('crisismerge',?1)"), [1_999])?;
    }
    Ok(())
}

/// Merges each index into one segment, a piece a transaction, and goes back to the usual ways.
pub fn merge_all(db: &Connection) -> Result<(), StoreError> {
    for table in INDEXES {
        let merge = format!("INSERT INTO {table}({table},rank) VALUES('merge',?1)");
        // the sign says: all segments into one
        let mut pages = -MERGED;
        loop {
            let before = db.total_changes();
            db.execute(&merge, [pages])?;
            if !found_work(db, before) {
                break;
            }
            pages = MERGED;
        }
    }
    settle(db)
}

/// What the touches of these customers are found by, with their ids.
pub fn said_between(db: &Connection, first: i64, last: i64) -> rusqlite::Result<Vec<(i64, Vec<String>)>> {
    db.prepare_cached(
        "SELECT id, summary, feedback, topic FROM touch WHERE id BETWEEN ?1<<20 AND ((?2+1)<<20)-1 ORDER BY id",
    )?
    .query_map([first, last], |r| Ok((r.get(0)?, said(r, 1)?)))?
    .collect()
}

/// The texts of a touch: what was said, what came back, what about.
fn said(row: &Row<'_>, from: usize) -> rusqlite::Result<Vec<String>> {
    let texts = [row.get::<_, Option<String>>(from)?, row.get(from + 1)?, row.get(from + 2)?];
    Ok(texts.into_iter().flatten().collect())
}

/// Writes one row of tokens into an index, which has none of this number yet.
pub fn put(db: &Connection, table: &str, row: i64, tokens: &str) -> rusqlite::Result<()> {
    let sql = match table {
        "find_text" => "INSERT INTO find_text(rowid,t) VALUES(?1,?2)",
        "find_digit" => "INSERT INTO find_digit(rowid,t) VALUES(?1,?2)",
        _ => "INSERT INTO find_touch(rowid,t) VALUES(?1,?2)",
    };
    db.prepare_cached(sql)?.execute((row, tokens))?;
    Ok(())
}

/// Writes touches into their index; `true` where a touch stands there already.
pub fn touches(db: &Connection, ids: &BTreeMap<i64, bool>) -> Result<(), StoreError> {
    for (id, _) in ids.iter().filter(|(_, known)| **known) {
        db.prepare_cached("DELETE FROM find_touch WHERE rowid=?1")?.execute([id])?;
    }
    for id in ids.keys() {
        let texts = db
            .prepare_cached("SELECT summary, feedback, topic FROM touch WHERE id=?1")?
            .query_row([id], |r| said(r, 0))
            .optional()?;
        if let Some(texts) = texts {
            put(db, "find_touch", *id, &words::touch(&texts))?;
        }
    }
    Ok(())
}
