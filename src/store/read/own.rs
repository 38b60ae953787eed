//! The fields of the company's own: which there are, what a customer has in them, and whom a filter on one leaves.
//! A value counts as private: whoever does not see a customer in full sees that there is one and not what it is.

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::conditions::{Conditions, in_full, sign};
use super::eyes::Eyes;
use crate::domain::field::{Field, Invalid, Problem};
use crate::domain::filter::{Compare, FilterError, span};
use crate::domain::near::nearest;
use crate::domain::own::{OwnField, choices};
use crate::store::request::{OwnCell, OwnValue, StoreError};

/// The fields, in the order in which they were made.
pub fn fields(db: &Connection) -> Result<Vec<OwnField>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, rev, name, key, kind, coalesce(allowed,'') FROM extra_field ORDER BY id",
    )?;
    let rows = query.query_map([], |r| {
        Ok(OwnField {
            id: r.get(0)?,
            rev: r.get(1)?,
            name: r.get(2)?,
            key: r.get(3)?,
            kind: r.get(4)?,
            allowed: choices(&r.get::<_, String>(5)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every field with what a customer has in it.
pub fn of(eyes: &Eyes, customer: i64, seen: bool) -> Result<Vec<OwnValue>, StoreError> {
    let mut query = eyes.db.prepare_cached("SELECT field_id, value FROM extra_value WHERE customer_id=?1")?;
    let values: Vec<(i64, String)> =
        query.query_map([customer], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let fields = fields(eyes.db)?.into_iter();
    Ok(fields
        .map(|field| {
            let value = values.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone());
            OwnValue { masked: !seen && value.is_some(), value: value.filter(|_| seen), field }
        })
        .collect())
}

/// What a customer of this owner has in the fields that a list shows; nothing for a field that is empty.
pub fn cells(
    eyes: &mut Eyes,
    (customer, owner): (i64, i64),
    wanted: &[i64],
) -> Result<Vec<OwnCell>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let seen = eyes.sees(customer, owner)?;
    let mut query = eyes.db.prepare_cached("SELECT field_id, value FROM extra_value WHERE customer_id=?1")?;
    let cells = query.query_map([customer], |r| {
        let value: String = r.get(1)?;
        Ok(OwnCell { field: r.get(0)?, value: Some(value).filter(|_| seen) })
    })?;
    let cells: Vec<OwnCell> = cells.collect::<rusqlite::Result<_>>()?;
    Ok(cells.into_iter().filter(|cell| wanted.contains(&cell.field)).collect())
}

/// Adds the condition that a field compares so with one of these values.
pub fn condition(
    eyes: &mut Eyes,
    (name, compare, values): (&str, Compare, &[String]),
    out: &mut Conditions,
) -> Result<(), StoreError> {
    let refused =
        |error| Err(StoreError::Invalid(Invalid { field: Field::Filter, problem: Problem::Filter(error) }));
    let all = fields(eyes.db)?;
    let Some(field) = all.iter().find(|field| field.is_called(name)) else {
        let near = nearest(name, all.iter().map(|field| field.key.as_str())).map(str::to_owned);
        return refused(FilterError::Field { value: name.to_owned(), near });
    };
    let mut any = Vec::new();
    let mut bound = vec![Cell::Integer(field.id)];
    for value in values {
        if !field.compares(compare, value) {
            return refused(FilterError::FieldValue { field: field.key.clone(), value: value.clone() });
        }
        let kept = field.read(value).ok().flatten();
        let (sql, cells) = one(&field.kind, compare, value, kept);
        any.push(sql);
        bound.extend(cells);
    }
    out.add(
        format!(
            "f.customer_id IN (SELECT v.customer_id FROM extra_value v WHERE v.field_id=? AND ({}))",
            any.join(" OR ")
        ),
        bound,
    );
    // what is masked must not be found out by asking for it
    if let Some((sql, bound)) = in_full(eyes)? {
        out.add(sql, bound);
    }
    Ok(())
}

/// The comparison with one value; `kept`: the value in the form in which values are kept, where it has one.
fn one(kind: &str, compare: Compare, typed: &str, kept: Option<String>) -> (String, Vec<Cell>) {
    let text = |text: String| vec![Cell::Text(text)];
    let value = kept.unwrap_or_else(|| typed.to_owned());
    match (kind, compare) {
        ("number", _) => (format!("CAST(v.value AS REAL){}CAST(? AS REAL)", sign(compare)), text(value)),
        ("date", Compare::Equal) if let Some((from, until)) = span(typed) => (
            "v.value>=? AND v.value<?".to_owned(),
            vec![Cell::Text(from.to_string()), Cell::Text(until.to_string())],
        ),
        ("date", _) => (format!("v.value{}?", sign(compare)), text(value)),
        // of a text a part is enough
        ("text", _) => ("instr(lower(v.value),lower(?))>0".to_owned(), text(value)),
        _ => ("v.value=?".to_owned(), text(value)),
    }
}
