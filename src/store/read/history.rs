//! What was done, by whom and when: deeds from the record of changes, and what undo and redo would do next.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::eyes::{Eyes, shown};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Row, Value};
use crate::store::merged;
use crate::store::request::{Altered, Deed, Since, StoreError, Undoable};
use crate::store::tables::{Image, from_json, int, of_record, table};
use crate::store::values::{is_told_beside, of_row};
use crate::store::{since as changes, standing};

/// The latest deeds concerning a customer.
pub fn of(eyes: &mut Eyes, customer: i64, limit: i64) -> Result<Vec<Deed>, StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT id FROM change WHERE customer_id=?1 ORDER BY id DESC LIMIT ?2")?;
    let mut ids: Vec<i64> = Vec::new();
    // of whoever was merged into this one, too (H7)
    for whose in std::iter::once(customer).chain(merged::into(eyes.db, customer)?) {
        let found = query.query_map([whose, limit], |r| r.get::<_, i64>(0))?;
        ids.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(usize::try_from(limit).unwrap_or(0));
    let mut out = Vec::new();
    for id in ids {
        out.extend(deed(eyes, id, Some(customer))?);
    }
    Ok(out)
}

/// What can be taken back and what brought back.
pub fn undoable(eyes: &mut Eyes) -> Result<Undoable, StoreError> {
    let me = eyes.actor.id.0;
    let undo = standing::last(eyes.db, me)?.map(|id| deed(eyes, id, None)).transpose()?.flatten();
    let redo = standing::last_undo(eyes.db, me)?.map(|id| deed(eyes, id, None)).transpose()?.flatten();
    Ok(Undoable { undo, redo })
}

/// What others did to a row since a revision, the last word on each field.
pub fn since(eyes: &mut Eyes, row: Row, rev: i64) -> Result<Vec<Since>, StoreError> {
    let Some((_, image)) = table(row.noun).read(eyes.db, &Cell::Integer(row.id))? else {
        let gone = changes::removed(eyes.db, row)?;
        return Ok(gone
            .map(|(who, at)| Since { field: None, value: Value::None, who, at })
            .into_iter()
            .collect());
    };
    let customer = if row.noun == Noun::Customer { Some(row.id) } else { int(&image, "customer_id") };
    let owner = match customer {
        Some(id) => eyes
            .db
            .prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
            .query_row([id], |r| r.get(0))
            .optional()?,
        None => None,
    };
    let seen = owner.map_or(Ok(false), |owner| eyes.sees(customer.unwrap_or(0), owner))?;
    let mut out: Vec<Since> = Vec::new();
    for change in changes::since(eyes.db, row, rev)? {
        for column in change.columns {
            let Some(field) = Field::of(row.noun, column) else { continue };
            out.retain(|s| s.field != Some(field));
            let value = shown(field, of_row(field, &image), seen);
            out.push(Since { field: Some(field), value, who: change.who.clone(), at: change.at });
        }
    }
    Ok(out)
}

/// When, who, what, whom; the customer's owner and the customer, where there still is one.
type Head = (i64, String, String, String, Option<i64>, Option<i64>);

/// One deed; `told` is the customer it is told of, where the one it was done to has become part of that one.
fn deed(eyes: &mut Eyes, id: i64, told: Option<i64>) -> Result<Option<Deed>, StoreError> {
    let head: Option<Head> = eyes
        .db
        .prepare_cached(
            "SELECT c.at, p.name, c.verb, c.subject, k.owner_id, k.id FROM change c JOIN person p ON p.id=c.person_id
             LEFT JOIN customer k ON k.id=coalesce((SELECT id FROM customer WHERE id=c.customer_id),?2) WHERE c.id=?1",
        )?
        .query_row((id, told), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
        .optional()?;
    let Some((at, person, verb, subject, owner, customer)) = head else { return Ok(None) };
    let seen = match owner {
        Some(owner) => eyes.sees(customer.unwrap_or(0), owner)?,
        None => eyes.sees_all(),
    };
    let (fields, noun) = (fields(eyes, id, seen)?, one_record(eyes.db, id, &verb)?);
    Ok(Some(Deed { id, at, person, verb, noun, subject, fields, undone: standing::undone(eyes.db, id)? }))
}

/// What the record is that a change made or removed. One that is made comes before what hangs on it, one that is removed
/// goes after it.
fn one_record(db: &Connection, change: i64, verb: &str) -> Result<Option<Noun>, StoreError> {
    let query = if verb == "remove" {
        "SELECT tbl FROM change_row WHERE change_id=?1 AND after IS NULL ORDER BY id DESC LIMIT 1"
    } else {
        "SELECT tbl FROM change_row WHERE change_id=?1 AND before IS NULL ORDER BY id LIMIT 1"
    };
    let table: Option<String> = db.prepare_cached(query)?.query_row([change], |r| r.get(0)).optional()?;
    Ok(table.and_then(|tbl| of_record(&tbl).map(|(table, _)| table.noun)))
}

/// The fields of the rows of a change that were edited, and values of own fields that were filled or emptied; at most
/// twenty.
fn fields(eyes: &Eyes, id: i64, seen: bool) -> Result<Vec<Altered>, StoreError> {
    let rows: Vec<(String, i64, Option<String>, Option<String>)> = eyes
        .db
        .prepare_cached(
            "SELECT tbl, row_id, before, after FROM change_row WHERE change_id=?1
             AND (before IS NOT NULL AND after IS NOT NULL OR tbl='extra_value') ORDER BY id LIMIT 20",
        )?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (tbl, row, before, after) in rows {
        let Some((table, _)) = of_record(&tbl) else { continue };
        let image = |json: Option<String>| json.map_or_else(Image::new, |json| from_json(table.noun, &json));
        let (before, after) = (image(before), image(after));
        let columns = if after.is_empty() { &before } else { &after };
        let own = own_name(eyes.db, table.noun, row, columns)?;
        for (column, _) in columns {
            let told = Field::of(table.noun, column).filter(|_| !is_told_beside(column, columns));
            let Some(field) = told else { continue };
            let read = |image: &Image| shown(field, of_row(field, image), seen);
            out.push(Altered { field, own: own.clone(), was: read(&before), to: read(&after) });
        }
    }
    out.truncate(20);
    Ok(out)
}

/// The name of the own field that a row holds a value of, while there is one; what is recorded of an edit names the row
/// alone.
pub(super) fn own_name(
    db: &Connection,
    noun: Noun,
    row: i64,
    image: &Image,
) -> Result<Option<String>, StoreError> {
    if noun != Noun::OwnValue {
        return Ok(None);
    }
    let mut query = db.prepare_cached(
        "SELECT name FROM extra_field WHERE id=coalesce(?1, (SELECT field_id FROM extra_value WHERE id=?2))",
    )?;
    Ok(query.query_row((int(image, "field_id"), row), |r| r.get(0)).optional()?)
}

/// Who of these was erased on request.
pub fn erased(db: &Connection, ids: &[CustomerId]) -> Result<Vec<CustomerId>, StoreError> {
    let mut query = db.prepare_cached("SELECT 1 FROM change WHERE verb='erase' AND customer_id=?1")?;
    let mut out = Vec::new();
    for id in ids {
        if query.exists([id.0])? {
            out.push(*id);
        }
    }
    Ok(out)
}
