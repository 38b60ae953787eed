//! A look into the tables in SQL, for whoever may see everything: reports nobody has thought of yet, and checks by hand. It
//! only reads: the connection is one that only reads, and a statement that could write is refused before it runs.

use rusqlite::types::ValueRef;
use serde_json::{Number, Value};

use super::request::StoreError;
use super::{Store, people};
use crate::domain::people::{Actor, Verb};

/// What a statement answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Value>>,
}

/// Why a statement is not answered.
#[derive(Debug, PartialEq)]
pub enum SqlError {
    /// It could write.
    Writes,
    /// There is none, or more than one.
    NotOne,
    /// The engine does not understand it: its words.
    Wrong(String),
    /// The store refuses.
    Store(StoreError),
}

impl From<StoreError> for SqlError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Store {
    /// Answers one statement that only reads.
    ///
    /// # Errors
    /// For whoever may not see everything, and for a statement that is none, several, wrong, or could write.
    pub fn sql(&self, actor: &Actor, text: &str) -> Result<Sheet, SqlError> {
        let known = people::as_known(&self.db, actor).map_err(StoreError::from)?;
        let known = known.ok_or(StoreError::Denied(Verb::Configure))?;
        people::need_own(&known, Verb::Configure)?;
        let wrong = |e: rusqlite::Error| match e {
            rusqlite::Error::MultipleStatement => SqlError::NotOne,
            e => SqlError::Wrong(e.to_string()),
        };
        let text = text.trim().trim_end_matches(';');
        if text.is_empty() {
            return Err(SqlError::NotOne);
        }
        let query_only = |on: bool| self.db.pragma_update(None, "query_only", on).map_err(StoreError::from);
        query_only(true)?;
        let answer = self.look(text).map_err(wrong);
        query_only(false)?;
        answer?.ok_or(SqlError::Writes)
    }

    /// The rows of a statement; none where it could write or would change how the connection works.
    fn look(&self, text: &str) -> rusqlite::Result<Option<Sheet>> {
        let mut statement = self.db.prepare(text)?;
        if !statement.readonly() || statement.column_count() == 0 || is_pragma(text) {
            return Ok(None);
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let width = columns.len();
        let mut sheet = Sheet { columns, rows: Vec::new() };
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            sheet.rows.push((0..width).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<_>>()?);
        }
        Ok(Some(sheet))
    }
}

/// Whether a statement is about the connection and not about the tables.
fn is_pragma(text: &str) -> bool {
    text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("pragma"))
}

/// A cell as a value of JSON; bytes that are no text as hexadecimal digits.
fn cell(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => Number::from_f64(x).map_or(Value::Null, Value::Number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => {
            let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
            bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect::<String>().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Now;
    use crate::domain::people::Via;

    fn store() -> (Store, Actor) {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: store.zone() };
        let me = store.personal("wang", "王敏", now).unwrap().unwrap();
        (store, Actor { via: Via::Command, ..me })
    }

    #[test]
    fn a_statement_that_reads_is_answered_with_its_columns() {
        let (store, me) = store();
        let sheet = store.sql(&me, "SELECT name AS who, 1.5 AS x, NULL AS n FROM person;").unwrap();
        assert_eq!(sheet.columns, ["who", "x", "n"]);
        assert_eq!(sheet.rows, [vec![Value::from("王敏"), Value::from(1.5), Value::Null]]);
    }

    #[test]
    fn what_could_write_is_refused_and_so_is_everything_that_is_not_one_statement() {
        let (store, me) = store();
        for text in [
            "DELETE FROM person",
            "UPDATE person SET name='x' RETURNING name",
            "ATTACH 'x' AS y",
            "PRAGMA query_only=OFF",
            "BEGIN",
            "CREATE TEMP TABLE t(a)",
        ] {
            assert!(matches!(store.sql(&me, text), Err(SqlError::Writes | SqlError::Wrong(_))), "{text}");
        }
        assert_eq!(store.sql(&me, " ; "), Err(SqlError::NotOne));
        assert_eq!(store.sql(&me, "SELECT 1; SELECT 2"), Err(SqlError::NotOne));
        assert!(matches!(store.sql(&me, "SELEKT"), Err(SqlError::Wrong(_))));
        assert_eq!(store.sql(&me, "SELECT count(*) FROM person").unwrap().rows, [vec![Value::from(1)]]);
    }

    #[test]
    fn whoever_may_not_see_everything_looks_into_no_table() {
        let (store, me) = store();
        store.db.execute("UPDATE person SET role='manager', rev=rev+1", []).unwrap();
        assert_eq!(store.sql(&me, "SELECT 1"), Err(SqlError::Store(StoreError::Denied(Verb::Configure))));
    }
}
