//! The fields of the company's own and what customers have in them (A4). Who sets the company up says which fields there
//! are; whoever may edit a customer fills them. An import makes the field of a column that nothing else knows.

pub mod go;

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::subject;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::own::{OwnEdit, OwnField, choices, is_name, key};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::read::own::fields;
use crate::store::record::Work;
use crate::store::request::{Clash, Receipt, StoreError};
use crate::store::since::since;
use crate::store::tables::{Image, text, word};
use crate::store::values::{cells, invalid};

/// Makes a field.
pub fn define(work: &mut Work<'_>, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Configure)?;
    let mut row = cells(work.db, work.now, Noun::OwnField, 0, set)?;
    fits(work, None, &row)?;
    let name = text(&row, "name").unwrap_or_default().trim().to_owned();
    row.retain(|(column, _)| *column != "name");
    row.extend([("key", word(key(&name))), ("name", word(&name))]);
    let id = work.insert(Noun::OwnField, &row)?;
    Ok(Receipt { subject: name, made: Some(Row { noun: Noun::OwnField, id }), ..Receipt::default() })
}

/// Writes an edit of a field that was compared already; values that would not fit any more keep it as it is.
pub fn redefine(work: &mut Work<'_>, id: i64, edit: &Image) -> Result<(), StoreError> {
    let mut whole = work.read(Noun::OwnField, id)?.map(|(_, image)| image).unwrap_or_default();
    for (column, cell) in &mut whole {
        if let Some((_, new)) = edit.iter().find(|(edited, _)| edited == column) {
            cell.clone_from(new);
        }
    }
    fits(work, Some(id), &whole)?;
    let mut row = edit.clone();
    if let Some(name) = text(edit, "name") {
        row.push(("key", word(key(name))));
    }
    work.update(Noun::OwnField, id, &row).map(|_| ())
}

/// Whether a field can be so: by its name, by what there is to choose, by what customers have in it.
fn fits(work: &Work<'_>, own: Option<i64>, row: &Image) -> Result<(), StoreError> {
    let name = text(row, "name").unwrap_or_default();
    if !is_name(name) {
        return invalid(Field::OwnName, Problem::NotAName(name.to_owned()));
    }
    let kind = text(row, "kind").unwrap_or_default().to_owned();
    let allowed = choices(text(row, "allowed").unwrap_or_default());
    if kind == "choice" && allowed.is_empty() {
        return invalid(Field::OwnAllowed, Problem::NoChoices);
    }
    if let Some(taken) = fields(work.db)?.into_iter().find(|f| Some(f.id) != own && f.is_called(name)) {
        return invalid(Field::OwnName, Problem::FieldTaken(taken.name));
    }
    let Some(id) = own else { return Ok(()) };
    let field = OwnField { id, rev: 0, name: name.to_owned(), key: key(name), kind, allowed };
    let mut query =
        work.db.prepare_cached("SELECT value, count(*) FROM extra_value WHERE field_id=?1 GROUP BY value")?;
    let mut rows = query.query([id])?;
    let (mut first, mut misfits) = (None, 0);
    while let Some(row) = rows.next()? {
        let value: String = row.get(0)?;
        if field.read(&value) != Ok(Some(value.clone())) {
            misfits += row.get::<_, usize>(1)?;
            first.get_or_insert(value);
        }
    }
    first.map_or(Ok(()), |value| invalid(Field::OwnKind, Problem::ValuesMisfit(value, misfits)))
}

/// Fills, changes or empties a field of a customer; what a colleague wrote there meanwhile is told and not overwritten.
pub fn set(work: &mut Work<'_>, edit: &OwnEdit) -> Result<Receipt, StoreError> {
    let (customer, was) = (edit.customer, edit.was.as_deref());
    people::need(work.db, work.actor, Verb::Edit, customer.0, work.now)?;
    let Some(field) = fields(work.db)?.into_iter().find(|f| f.id == edit.field) else {
        return Err(StoreError::Gone { who: None });
    };
    let to = read(&field, edit.to.as_deref().unwrap_or_default())?;
    if let Some((row, there)) = there(work, customer.0, field.id)?
        && was != Some(there.as_str())
        && to.as_deref() != Some(there.as_str())
    {
        let last = since(work.db, Row { noun: Noun::OwnValue, id: row }, 0)?.pop();
        let value = |text: Option<&str>| text.map_or(Value::None, Value::text);
        return Err(StoreError::Conflict {
            who: last.as_ref().map_or_else(String::new, |last| last.who.clone()),
            at: last.map_or(0, |last| last.at),
            rev: 0,
            clashes: vec![Clash {
                field: Field::OwnText,
                was: value(was),
                theirs: value(Some(&there)),
                mine: value(to.as_deref()),
            }],
        });
    }
    put(work, customer.0, field.id, to.as_deref())?;
    Ok(Receipt { subject: subject(work.db, customer.0)?, customer: Some(customer), ..Receipt::default() })
}

/// Fills fields that come along with a customer, by name; a blank leaves what is there. `make`: one that nobody knows is
/// made as a text.
pub fn fill(
    work: &mut Work<'_>,
    customer: i64,
    own: &[(String, String)],
    make: bool,
) -> Result<(), StoreError> {
    for (name, typed) in own.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
        let all = fields(work.db)?;
        let id = match all.iter().find(|field| field.is_called(name)) {
            Some(field) => {
                let value = read(field, typed)?;
                put(work, customer, field.id, value.as_deref())?;
                continue;
            }
            None if make && is_name(name) => work.insert(
                Noun::OwnField,
                &[("key", word(key(name))), ("name", word(name.trim())), ("kind", word("text"))],
            )?,
            None => {
                let near = crate::domain::near::nearest(name, all.iter().map(|field| field.name.as_str()));
                let problem = Problem::NoSuchField(name.clone(), near.map(str::to_owned));
                return invalid(Field::OwnText, problem);
            }
        };
        put(work, customer, id, Some(typed.trim()))?;
    }
    Ok(())
}

fn read(field: &OwnField, typed: &str) -> Result<Option<String>, StoreError> {
    field
        .read(typed)
        .or_else(|problem| invalid(Field::OwnText, Problem::Own(field.name.clone(), Box::new(problem))))
}

/// The row of a value and the value.
fn there(work: &Work<'_>, customer: i64, field: i64) -> Result<Option<(i64, String)>, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT id, value FROM extra_value WHERE customer_id=?1 AND field_id=?2")?
        .query_row([customer, field], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}

fn put(work: &mut Work<'_>, customer: i64, field: i64, value: Option<&str>) -> Result<(), StoreError> {
    match (there(work, customer, field)?, value) {
        (Some((id, _)), Some(value)) => {
            work.update(Noun::OwnValue, id, &[("value", word(value))]).map(|_| ())
        }
        (Some((id, _)), None) => work.delete(Noun::OwnValue, id),
        (None, None) => Ok(()),
        (None, Some(value)) => {
            let row = [
                ("customer_id", Cell::Integer(customer)),
                ("field_id", Cell::Integer(field)),
                ("value", word(value)),
            ];
            work.insert(Noun::OwnValue, &row).map(|_| ())
        }
    }
}
