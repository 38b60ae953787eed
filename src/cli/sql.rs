//! `guanxi sql --read-only`: one statement that reads, for reports nobody has thought of yet; administrators only, for it
//! knows no masks.

use std::io::Read as _;

use serde_json::{Map, Value};

use super::shell::{Done, Shell, Stop};
use super::table::Side;
use crate::i18n::{cli as t, errors};
use crate::store::request::StoreError;
use crate::store::sql::SqlError;

/// Answers a statement from the line, or from standard input where none is given.
pub fn sql(shell: &mut Shell, statement: Option<&str>) -> Done {
    let lang = shell.lang;
    let text = if let Some(text) = statement.filter(|text| *text != "-") {
        text.to_owned()
    } else {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|e| Stop::Failed(t::CANNOT_READ.with(lang, &[&"-", &errors::io(&e, lang)])))?;
        text
    };
    let desk = shell.read()?;
    let sheet = desk.store.sql(&desk.actor, &text).map_err(|error| match error {
        SqlError::Writes => Stop::Failed(t::SQL_WRITES.of(lang).to_owned()),
        SqlError::NotOne => Stop::Usage(t::SQL_ONE.of(lang).to_owned()),
        SqlError::Wrong(words) => Stop::Failed(t::SQL_WRONG.with(lang, &[&words])),
        SqlError::Store(StoreError::Denied(verb)) => Stop::Failed(errors::refused_to(t::SQL_WHO, verb, lang)),
        SqlError::Store(error) => shell.refused(&error),
    })?;
    if shell.json {
        let object =
            |row: Vec<Value>| -> Map<String, Value> { sheet.columns.iter().cloned().zip(row).collect() };
        let rows: Vec<Map<String, Value>> = sheet.rows.into_iter().map(object).collect();
        return shell.document(&rows);
    }
    let side = |at: usize| {
        let figures = sheet.rows.iter().filter_map(|row| row.get(at)).all(|v| v.is_number() || v.is_null());
        if figures { Side::Right } else { Side::Left }
    };
    let head: Vec<(&str, Side)> =
        sheet.columns.iter().enumerate().map(|(at, name)| (name.as_str(), side(at))).collect();
    let cells: Vec<Vec<String>> = sheet
        .rows
        .iter()
        .map(|row| row.iter().map(|value| value.as_str().map_or_else(|| plain(value), one_line)).collect())
        .collect();
    shell.table(&head, &cells);
    Ok(())
}

fn plain(value: &Value) -> String {
    if value.is_null() { String::new() } else { value.to_string() }
}

/// A text on one line and without anything a terminal would obey.
fn one_line(text: &str) -> String {
    crate::domain::text::clean_line(text)
}
