//! Everything in and out without loss (product.md, export all): every table as it stands, read in one glance, and an empty
//! store filled with it. What follows from the records (facts, look-up indexes) is computed anew, and the whole is checked
//! before anybody is told that it is there. What somebody has open, and figures that are kept for speed, stay behind.

use std::time::Instant;

use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{Connection, Transaction, params_from_iter};

use super::Store;
use super::chain::{self, Entry};
use super::facts::rebuild::rebuild_all;
use super::request::StoreError;
use super::request::export::Export;
use super::request::whole::{Piece, WholeColumn, WholeKind, WholeSource, WholeTable};
use super::turn::{self, Pace};
use crate::domain::clock::Now;

/// Tables that hold no data of the company, or what triggers put into them beside it.
const LEFT: &[&str] = &["session", "kept_figures", "touch_sum", "extra_block"];

/// The tables, by name; what the full-text index keeps for itself is none of them.
pub fn tables(db: &Connection) -> rusqlite::Result<Vec<WholeTable>> {
    let names = |sql: &str| -> rusqlite::Result<Vec<String>> {
        db.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
    };
    let indexes = names("SELECT name FROM sqlite_schema WHERE type='table' AND sql LIKE 'CREATE VIRTUAL%'")?;
    let own = |name: &str| {
        let index = indexes.iter().any(|i| name == i || name.starts_with(&format!("{i}_")));
        !index && !name.starts_with("sqlite_") && !LEFT.contains(&name)
    };
    names("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")?
        .into_iter()
        .filter(|name| own(name))
        .map(|name| {
            let mut query = db.prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")?;
            let columns = query.query_map([&name], |r| {
                let kind: String = r.get(1)?;
                let kind = match kind.as_str() {
                    "INTEGER" | "INT" => WholeKind::Integer,
                    "REAL" => WholeKind::Real,
                    "BLOB" => WholeKind::Bytes,
                    _ => WholeKind::Text,
                };
                Ok(WholeColumn { name: r.get(0)?, kind })
            })?;
            let columns = columns.collect::<rusqlite::Result<_>>()?;
            Ok(WholeTable { name, columns })
        })
        .collect()
}

/// How many rows there are in all.
pub fn count(db: &Connection) -> rusqlite::Result<u64> {
    tables(db)?.iter().try_fold(0, |sum, table| {
        let rows: u64 = db.query_row(&format!("SELECT count(*) FROM {}", table.name), [], |r| r.get(0))?;
        Ok(sum + rows)
    })
}

/// The last of so many customers after one; none where there is none.
fn end_of(db: &Connection, last: i64, rows: usize) -> rusqlite::Result<Option<i64>> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    db.prepare_cached("SELECT max(id) FROM (SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2)")?
        .query_row([last, rows], |r| r.get(0))
}

fn list(table: &WholeTable) -> String {
    table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(",")
}

fn written(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(n) => Some(n.to_string()),
        ValueRef::Real(n) => Some(n.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Some(hexadecimal(bytes)),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A value as its column has it; none where the text is none.
fn read(text: Option<&str>, kind: WholeKind) -> Option<Cell> {
    let Some(text) = text else { return Some(Cell::Null) };
    match kind {
        WholeKind::Text => Some(Cell::Text(text.to_owned())),
        WholeKind::Integer => text.parse().ok().map(Cell::Integer),
        WholeKind::Real => text.parse().ok().map(Cell::Real),
        WholeKind::Bytes => {
            let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
            (0..text.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>().map(Cell::Blob)
        }
    }
}

impl Store {
    /// The version of the schema.
    pub fn version() -> i32 {
        super::schema::version()
    }

    /// Hands out everything of an export that has begun, as it stood at one moment. Every customer is in the log first.
    pub fn whole<E: From<StoreError>>(
        &mut self,
        export: &mut Export,
        tell: &mut dyn FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut last = 0;
        let begun = loop {
            last = self.all_leave(export.id, last)?;
            let begun = self.db.unchecked_transaction().map_err(StoreError::from)?;
            // nobody came in between
            if end_of(&begun, last, 1).map_err(StoreError::from)?.is_none() {
                break begun;
            }
        };
        for table in tables(&begun).map_err(StoreError::from)? {
            tell(Piece::Table(&table))?;
            let sql = format!("SELECT {} FROM {}", list(&table), table.name);
            let mut query = begun.prepare(&sql).map_err(StoreError::from)?;
            let mut rows = query.query([]).map_err(StoreError::from)?;
            let width = table.columns.len();
            while let Some(row) = rows.next().map_err(StoreError::from)? {
                let cells =
                    (0..width).map(|i| row.get_ref(i).map(written)).collect::<rusqlite::Result<Vec<_>>>();
                tell(Piece::Row(&cells.map_err(StoreError::from)?))?;
                export.rows += 1;
            }
        }
        begun.commit().map_err(StoreError::from)?;
        let noted = || -> Result<(), StoreError> {
            let _turn = turn::wait(&self.db);
            self.db
                .prepare("UPDATE export_log SET rows=?2 WHERE id=?1")?
                .execute((export.id, export.rows))?;
            Ok(())
        };
        Ok(noted()?)
    }

    /// Puts every customer after one into the log of an export, in batches that let others go first; answers the last one.
    fn all_leave(&self, export: i64, mut last: i64) -> Result<i64, StoreError> {
        let mut insert = self.db.prepare(
            "INSERT OR IGNORE INTO export_customer(export_id,customer_id)
             SELECT ?1, id FROM customer WHERE id>?2 AND id<=?3",
        )?;
        let mut pace = Pace::default();
        loop {
            pace.meet(turn::give_way(&self.db));
            let rows = pace.rows(&self.db);
            let Some(end) = end_of(&self.db, last, rows)? else { return Ok(last) };
            let _turn = turn::wait(&self.db);
            let begun = Instant::now();
            insert.execute([export, last, end])?;
            pace.learn(rows, begun.elapsed());
            last = end;
        }
    }

    /// Fills an empty store with everything of another; how many rows came. Nothing is written where anything is wrong.
    pub fn fill_whole<S: WholeSource>(&mut self, source: &mut S, now: Now) -> Result<u64, S::Error> {
        let tx = turn::begin(&mut self.db).map_err(StoreError::from)?;
        let rows = fill(&tx, source)?;
        noted(&tx, now, rows)?;
        tx.commit().map_err(StoreError::from)?;
        rebuild_all(&mut self.db, now, &self.brake, &mut |_, _| {})?;
        Ok(rows)
    }
}

fn fill<S: WholeSource>(tx: &Transaction<'_>, source: &mut S) -> Result<u64, S::Error> {
    let failed = StoreError::from;
    tx.pragma_update(None, "defer_foreign_keys", true).map_err(failed)?;
    let tables = tables(tx).map_err(failed)?;
    for table in &tables {
        // what a new store brings along stands in the other one, too, or was taken out of it
        tx.execute(&format!("DELETE FROM {}", table.name), []).map_err(failed)?;
    }
    let mut count = 0;
    for table in &tables {
        let Some(there) = source.open(&table.name)? else { continue };
        let mut kinds = Vec::new();
        for name in &there {
            let Some(column) = table.columns.iter().find(|column| column.name == *name) else {
                return Err(source.unfit(&table.name, name));
            };
            kinds.push(column.kind);
        }
        let columns: Vec<String> = there.iter().map(|name| format!("\"{name}\"")).collect();
        let places = vec!["?"; there.len()].join(",");
        let sql = format!("INSERT INTO {}({}) VALUES({places})", table.name, columns.join(","));
        let mut insert = tx.prepare(&sql).map_err(failed)?;
        while let Some(row) = source.next()? {
            let mut cells = Vec::with_capacity(kinds.len());
            for (at, kind) in kinds.iter().enumerate() {
                let name = there.get(at).map_or("", String::as_str);
                let text = row.get(at).ok_or_else(|| source.unfit(&table.name, name))?;
                cells.push(read(text.as_deref(), *kind).ok_or_else(|| source.unfit(&table.name, name))?);
            }
            insert.execute(params_from_iter(cells)).map_err(|_| source.unfit(&table.name, ""))?;
            count += 1;
        }
    }
    Ok(count)
}

/// That everything came from elsewhere stands in the history, under the first who may do everything.
fn noted(tx: &Transaction<'_>, now: Now, rows: u64) -> Result<(), StoreError> {
    let person: i64 = tx.query_row(
        "SELECT id FROM person WHERE state='active' AND role='admin' ORDER BY id LIMIT 1",
        [],
        |r| r.get(0),
    )?;
    let entry = Entry {
        request: &format!("whole-{}", now.ms()),
        at: now.ms(),
        person,
        session: "",
        via: "system",
        verb: "import",
        subject: &format!("all {rows}"),
        customer: None,
        reason: None,
        undo_of: None,
        job: None,
    };
    chain::header(tx, &entry)?;
    Ok(())
}
