//! A small store in memory with a few customers alone and all that figures count of them: first as they are, then as they were
//! after an earlier change, by the lines of the record since. Its tables are made by the statements that made the store's own,
//! so that every statement that counts runs in it unchanged. Nothing in it is ever written back.

use std::collections::BTreeSet;

use rusqlite::types::{ToSqlOutput, Value as Cell};
use rusqlite::{Connection, ToSql, params_from_iter};
use serde_json::{Value, json};

use crate::domain::kpi::Span;
use crate::store::request::StoreError;

/// Tables whose rows belong to a customer by `customer_id`, as far as figures count them.
pub const BY_CUSTOMER: &[&str] = &[
    "contact",
    "method",
    "orders",
    "refund",
    "touch",
    "complaint",
    "survey",
    "contract",
    "expense",
    "quote",
    "activation",
    "customer_event",
    "task",
    "class",
    "request",
    "coupon",
    "referral",
];

/// What else is taken over, of the customers in the array `?1`.
const BESIDES: &[(&str, &str)] = &[
    ("customer", "SELECT t.* FROM json_each(?1) w CROSS JOIN customer t ON t.id=w.value"),
    ("facts", "SELECT t.* FROM json_each(?1) w CROSS JOIN facts t ON t.customer_id=w.value"),
    ("class_move", "SELECT t.* FROM json_each(?1) w CROSS JOIN class_move t ON t.customer_id=w.value"),
    // what was corrected before a check in the period (F23): `?2` and `?3` are the instants of the period
    (
        "change",
        "SELECT h.* FROM json_each(?1) w CROSS JOIN change h INDEXED BY change_customer ON h.customer_id=w.value
         WHERE h.at>?2-86400000 AND h.at<?3",
    ),
    (
        "change_row",
        "SELECT r.* FROM json_each(?1) w CROSS JOIN change h INDEXED BY change_customer ON h.customer_id=w.value
         CROSS JOIN change_row r ON r.change_id=h.id WHERE h.at>?2-86400000 AND h.at<?3",
    ),
];

/// What touches cost by day and segment, as the store keeps it.
const DAILY: &str = "DELETE FROM daily;
    INSERT INTO daily(day, person_id, segment, channel, cost_fen)
    SELECT date(at/1000+{zone}, 'unixepoch'), 0, coalesce(segment_then,''), '', sum(cost_fen) FROM touch GROUP BY 1, 3;";

/// What of the facts is counted, from the records as they were.
const FACTS: &str = "DELETE FROM facts WHERE customer_id NOT IN (SELECT id FROM customer);
    UPDATE facts SET
      contact=(SELECT name FROM contact c WHERE c.customer_id=facts.customer_id LIMIT 1),
      phone=(SELECT value FROM method m WHERE m.customer_id=facts.customer_id AND m.digits IS NOT NULL LIMIT 1),
      industry=(SELECT industry FROM customer c WHERE c.id=facts.customer_id),
      size=(SELECT coalesce(employees, size) FROM customer c WHERE c.id=facts.customer_id);";

/// The small store.
pub struct Aside<'c> {
    /// Its connection.
    pub db: Connection,
    zone: i64,
    customers: &'c BTreeSet<i64>,
}

impl<'c> Aside<'c> {
    /// Takes the customers over as they are.
    pub fn open(store: &Connection, span: &Span, customers: &'c BTreeSet<i64>) -> Result<Self, StoreError> {
        let db = Connection::open_in_memory()?;
        // nothing in it is ever rolled back
        db.execute_batch(
            "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA journal_mode=OFF;",
        )?;
        db.set_prepared_statement_cache_capacity(64);
        make(store, &db, "table")?;
        db.execute_batch("BEGIN")?;
        let whose = json!(customers).to_string();
        let copy = |table, sql: &str| copy(store, &db, table, sql, (&whose, span.start(), span.end()));
        for (table, sql) in BESIDES {
            copy(table, sql)?;
        }
        for table in BY_CUSTOMER {
            let sql = match *table {
                // a touch is found by its id, which carries the customer
                "touch" => "SELECT t.* FROM json_each(?1) w
                    CROSS JOIN touch t ON t.id BETWEEN w.value<<20 AND ((w.value+1)<<20)-1"
                    .to_owned(),
                table => {
                    format!("SELECT t.* FROM json_each(?1) w CROSS JOIN {table} t ON t.customer_id=w.value")
                }
            };
            copy(table, &sql)?;
        }
        // at once over all rows, which costs half of what it does row by row
        make(store, &db, "index")?;
        let aside = Self { db, zone: i64::from(span.zone.0) * 60, customers };
        aside.daily()?;
        Ok(aside)
    }

    fn daily(&self) -> rusqlite::Result<()> {
        self.db.execute_batch(&DAILY.replace("{zone}", &self.zone.to_string()))
    }

    /// Puts the customers back to what they were after the change `seen` and the move `moves`.
    pub fn revert(&self, store: &Connection, seen: i64, moves: i64) -> Result<(), StoreError> {
        let mut query = store.prepare_cached(
            "SELECT tbl, row_id, before, after IS NULL FROM change_row WHERE change_id>?1
             ORDER BY change_id DESC, id DESC",
        )?;
        let mut rows = query.query([seen])?;
        while let Some(row) = rows.next()? {
            let tbl: String = row.get(0)?;
            if tbl == "customer" || BY_CUSTOMER.contains(&tbl.as_str()) {
                let before: Option<String> = row.get(2)?;
                self.back(&tbl, row.get(1)?, before.as_deref(), row.get(3)?)?;
            }
        }
        self.db.execute("DELETE FROM change WHERE id>?1", [seen])?;
        // the first move since says which class was left
        self.db.execute(
            "UPDATE facts SET segment=m.was FROM (SELECT customer_id, was, min(id) FROM class_move
               WHERE id>?1 AND scheme='segment' GROUP BY customer_id) m WHERE m.customer_id=facts.customer_id",
            [moves],
        )?;
        self.db.execute("DELETE FROM class_move WHERE id>?1", [moves])?;
        self.db.execute_batch(FACTS)?;
        self.daily()?;
        Ok(())
    }

    /// Takes one line of the record back.
    fn back(&self, tbl: &str, id: i64, before: Option<&str>, gone: bool) -> Result<(), StoreError> {
        let Some(before) = before else {
            self.db.prepare_cached(&format!("DELETE FROM {tbl} WHERE id=?1"))?.execute([id])?;
            return Ok(());
        };
        let image: serde_json::Map<String, Value> =
            serde_json::from_str(before).map_err(|e| StoreError::Defect(e.to_string()))?;
        if image.is_empty() {
            return Ok(());
        }
        // a row that is gone comes back for its own customer only; of one that is there, others have none
        let whose = match tbl {
            "customer" => Some(id),
            "touch" => Some(id >> 20),
            _ => image.get("customer_id").and_then(Value::as_i64),
        };
        if gone && whose.is_none_or(|customer| !self.customers.contains(&customer)) {
            return Ok(());
        }
        let columns: Vec<&str> = image.keys().map(String::as_str).collect();
        let cells = image.values().map(cell);
        let sql = if gone {
            let places = vec!["?"; columns.len() + 1].join(",");
            format!("INSERT OR REPLACE INTO {tbl}(id,{}) VALUES({places})", columns.join(","))
        } else {
            let set: Vec<String> = columns.iter().map(|column| format!("{column}=?")).collect();
            format!("UPDATE {tbl} SET {} WHERE id=?", set.join(","))
        };
        let mut statement = self.db.prepare_cached(&sql)?;
        let id = std::iter::once(Cell::Integer(id));
        if gone {
            statement.execute(params_from_iter(id.chain(cells)))?;
        } else {
            statement.execute(params_from_iter(cells.chain(id)))?;
        }
        Ok(())
    }
}

/// A cell of the record as it stands in a table.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Number(n) => n.as_i64().map_or(Cell::Null, Cell::Integer),
        Value::String(text) => Cell::Text(text.clone()),
        Value::Bool(yes) => Cell::Integer(i64::from(*yes)),
        _ => Cell::Null,
    }
}

/// Makes the tables, or their indexes; the facts are few, and need none.
fn make(store: &Connection, db: &Connection, what: &str) -> Result<(), StoreError> {
    let besides = BESIDES.iter().map(|(table, _)| *table);
    let tables: Vec<&str> = besides.chain(BY_CUSTOMER.iter().copied()).chain(["daily"]).collect();
    let mut query = store.prepare_cached(
        "SELECT tbl_name, sql FROM sqlite_schema WHERE type=?1 AND sql IS NOT NULL
           AND NOT (type='index' AND tbl_name='facts')",
    )?;
    let mut rows = query.query([what])?;
    while let Some(row) = rows.next()? {
        if tables.contains(&row.get_ref(0)?.as_str().unwrap_or_default()) {
            db.execute_batch(row.get_ref(1)?.as_str().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// Copies the rows of a table that a statement gives for the customers of an array and the instants of a period.
fn copy(
    store: &Connection,
    db: &Connection,
    table: &str,
    sql: &str,
    (whose, from, until): (&str, i64, i64),
) -> Result<(), StoreError> {
    let mut query = store.prepare_cached(sql)?;
    let columns = query.column_count();
    let places = vec!["?"; columns].join(",");
    let mut put = db.prepare_cached(&format!("INSERT INTO {table} VALUES({places})"))?;
    let bound: [&dyn ToSql; 3] = [&whose, &from, &until];
    let asked = query.parameter_count();
    let mut rows = query.query(params_from_iter(bound.into_iter().take(asked)))?;
    while let Some(row) = rows.next()? {
        let cells = (0..columns).map(|at| row.get_ref(at).map(ToSqlOutput::Borrowed));
        put.execute(params_from_iter(cells.collect::<rusqlite::Result<Vec<_>>>()?))?;
    }
    Ok(())
}
