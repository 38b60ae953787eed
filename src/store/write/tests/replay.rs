//! The record of changes is complete: whatever was done, its lines played from the beginning give the tables as they are, one
//! line for each row of a change (operations.md section 9, line 11). Asked at the end of every test that calls `sound`, so
//! for every kind of change that is tested at all; here it is asked of a long run by chance.

use std::collections::BTreeMap;

use rusqlite::types::Value as Cell;

use super::kept::{self, Chance};
use super::*;
use crate::store::tables::{TABLES, from_json, of_record};

/// A row by its table and what tells it apart.
type Name = (String, i64);
/// Its columns as the lines tell them.
type Told = BTreeMap<&'static str, Cell>;

/// What is kept up to date in a row by its own rule and is no change of it: the next day of a date that comes every year, and
/// what is left of a gift, which follows from the expenses that name it.
const KEPT: [&str; 3] = ["next_on", "remind_on", "stock"];

/// What lines alone tell of every row: none where it is gone, and whether its beginning was told too.
struct Replay {
    rows: BTreeMap<Name, (bool, Option<Told>)>,
}

impl Replay {
    /// Plays every line; each has to begin where the one before it ended.
    fn of(db: &rusqlite::Connection) -> Self {
        let mut rows: BTreeMap<Name, (bool, Option<Told>)> = BTreeMap::new();
        let mut erased = std::collections::BTreeSet::new();
        let mut query = db
            .prepare("SELECT tbl, row_id, before, after, erased_by IS NOT NULL FROM change_row ORDER BY id")
            .unwrap();
        let mut lines = query.query([]).unwrap();
        while let Some(line) = lines.next().unwrap() {
            let name: Name = (line.get(0).unwrap(), line.get(1).unwrap());
            // what was erased for good is told no more
            if line.get::<_, bool>(4).unwrap() {
                erased.insert(name.clone());
            }
            let (table, _) = of_record(&name.0).unwrap();
            let told = |at: usize| -> Option<Told> {
                let json: Option<String> = line.get(at).unwrap();
                json.map(|json| from_json(table.noun, &json).into_iter().collect())
            };
            let (before, after) = (told(2), told(3));
            let (whole, row) = rows.entry(name.clone()).or_insert((before.is_none(), before.clone()));
            if erased.contains(&name) {
                continue;
            }
            match (&before, &row) {
                (None | Some(_), None) => {
                    assert!(before.is_none(), "{name:?} was changed before it was made");
                }
                (None, Some(_)) => panic!("{name:?} was made twice"),
                (Some(before), Some(row)) => {
                    let known = |column: &str| row.contains_key(column) && !KEPT.contains(&column);
                    for (column, cell) in before.iter().filter(|(column, _)| known(column)) {
                        assert_eq!(
                            row.get(column),
                            Some(cell),
                            "{name:?}.{column} was changed without a line"
                        );
                    }
                }
            }
            *whole |= before.is_none();
            *row = match (before, after) {
                (Some(before), Some(after)) => {
                    let mut all = row.take().unwrap_or_default();
                    all.extend(before);
                    all.extend(after);
                    Some(all)
                }
                (_, after) => after,
            };
        }
        rows.retain(|name, _| !erased.contains(name));
        Self { rows }
    }
}

/// Asserts that lines played from the beginning give every row of every table that has a line.
pub fn replayed(db: &rusqlite::Connection) {
    let twice: i64 = db
        .query_row(
            "SELECT count(*) FROM (SELECT 1 FROM change_row GROUP BY change_id,tbl,row_id HAVING count(*)>1)",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(twice, 0, "a row has two lines of one change");
    for ((tbl, id), (whole, told)) in Replay::of(db).rows {
        let (table, word) = of_record(&tbl).unwrap();
        let key = word.map_or(Cell::Integer(id), |word| Cell::Text(word.to_owned()));
        let there = table.read(db, &key).unwrap().map(|(_, image)| image);
        match (told, there) {
            (None, None) => {}
            (Some(told), Some(there)) => {
                let known = |column: &str| (whole || told.contains_key(column)) && !KEPT.contains(&column);
                for (column, cell) in there.iter().filter(|(column, _)| known(column)) {
                    let cell = if let Cell::Blob(_) = cell { &Cell::Null } else { cell };
                    assert_eq!(told.get(column).unwrap_or(&Cell::Null), cell, "{tbl} {id}.{column}");
                }
            }
            (told, there) => panic!("{tbl} {id}: the lines tell {told:?}, there is {there:?}"),
        }
    }
}

/// Rows that no line tells of, by table.
fn untold(db: &rusqlite::Connection) -> BTreeMap<&'static str, i64> {
    let count = |table: &crate::store::tables::Table| -> i64 {
        let line = if table.numbered { "tbl=?1 AND row_id=t.id" } else { "tbl=?1||':'||t.KEY AND row_id=0" };
        let line = line.replace("KEY", table.key());
        let sql = format!(
            "SELECT count(*) FROM {} t WHERE NOT EXISTS(SELECT 1 FROM change_row WHERE {line})",
            table.name
        );
        db.query_row(&sql, [table.name], |r| r.get(0)).unwrap()
    };
    // of settings, what the program notes for itself is no change
    let tables = TABLES.iter().filter(|table| table.name != "setting");
    tables.map(|table| (table.name, count(table))).filter(|(_, rows)| *rows > 0).collect()
}

#[test]
fn s11_lines_played_from_the_beginning_give_the_tables_after_a_thousand_changes_by_chance() {
    let mut rig = rig();
    let at_first = untold(&rig.store.db);
    let customers: Vec<i64> = (0..12).map(|n| rig.customer(&format!("客户{n}"))).collect();
    let mut chance = Chance(11);
    let mut done = 0;
    for _ in 0..1_000 {
        let next_one = match chance.below(12) {
            0 => Some(Change::Undo(None)),
            1 => Some(Change::Redo),
            2 => {
                let each = match chance.below(3) {
                    0 => Each::Tag(need("关注点", "关注性价比")),
                    1 => Each::Untag(need("关注点", "关注性价比")),
                    _ => Each::Plan(next("回访", "2024-05-27")),
                };
                Some(Change::Many { customers: customers.iter().map(|id| CustomerId(*id)).collect(), each })
            }
            _ => kept::change(&rig, &mut chance, &customers),
        };
        done += usize::from(next_one.is_some_and(|change| rig.attempt(change).is_ok()));
    }
    assert!(done > 500, "{done}");
    rig.sound();
    // nothing came in besides: what was there before the first change is the company itself
    assert_eq!(untold(&rig.store.db), at_first);
}

#[test]
fn s11_a_row_changed_behind_the_records_back_is_found() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.sound();
    rig.store.db.execute("UPDATE customer SET note='x', rev=rev+1 WHERE id=?1", [id]).unwrap();
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| replayed(&rig.store.db)));
    assert!(found.is_err());
}
