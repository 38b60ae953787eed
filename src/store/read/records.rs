//! Records as their fields, read by the table of fields: whatever noun, one road, masked in one place.

use rusqlite::{OptionalExtension, Row as SqlRow};

use super::eyes::{Eyes, shown};
use super::own;
use crate::domain::field::{Field, Kind, Noun, Row, Spec, Value, fields_of};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::request::{Record, StoreError};
use crate::store::tables::table;
use crate::store::values::value;

/// The fields of a noun that are columns of its own table; the touch kinds of a strategy stand in another.
fn stored(noun: Noun) -> impl Iterator<Item = &'static Spec> {
    fields_of(noun).filter(move |spec| table(noun).column(spec.column).is_some())
}

/// The columns of a noun's fields, after id and revision; the time of a due stands behind its day.
fn columns(noun: Noun) -> String {
    stored(noun).fold("id,rev".to_owned(), |list, spec| match spec.kind {
        Kind::When => format!("{list},{}||coalesce(' '||due_time,'')", spec.column),
        _ => format!("{list},{}", spec.column),
    })
}

fn record(noun: Noun, row: &SqlRow<'_>, seen: bool) -> rusqlite::Result<Record> {
    let mut values: Vec<(Field, Value)> = Vec::new();
    for (i, spec) in stored(noun).enumerate() {
        let read = value(spec.field, &row.get(i + 2)?);
        values.push((spec.field, shown(spec.field, read, seen)));
    }
    Ok(Record {
        row: Row { noun, id: row.get(0)? },
        rev: row.get(1)?,
        values,
        masked: !seen,
        locked: None,
        own: Vec::new(),
    })
}

/// The records of a noun that belong to a customer, the newest first.
pub fn of(eyes: &mut Eyes, noun: Noun, customer: i64, seen: bool) -> Result<Vec<Record>, StoreError> {
    let sql = format!(
        "SELECT {} FROM {} WHERE customer_id=?1 ORDER BY id DESC LIMIT 500",
        columns(noun),
        table(noun).name
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map([customer], |r| record(noun, r, seen))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The lines of a customer's orders, each with its order.
pub fn order_lines(eyes: &Eyes, customer: i64, seen: bool) -> Result<Vec<(i64, Record)>, StoreError> {
    let columns = columns(Noun::OrderLine);
    let order = columns.split(',').count();
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {columns},order_id FROM order_line
         WHERE order_id IN (SELECT id FROM orders WHERE customer_id=?1) ORDER BY id LIMIT 2000"
    ))?;
    let rows = query.query_map([customer], |r| Ok((r.get(order)?, record(Noun::OrderLine, r, seen)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The records of a noun that belong to the company, by name.
pub fn company(eyes: &Eyes, noun: Noun) -> Result<Vec<Record>, StoreError> {
    let by = match noun {
        Noun::Gift | Noun::Product | Noun::OwnField => "name",
        Noun::Content => "title",
        _ => return Ok(Vec::new()),
    };
    let sql = format!("SELECT {} FROM {} ORDER BY {by}, id LIMIT 2000", columns(noun), table(noun).name);
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map([], |r| record(noun, r, true))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The right over its customer that whoever asks lacks to change a record: a form that nobody could save is not to be filled
/// in first. The writing transaction asks again (`write/rows`), and alone where a record has a rule of its own.
fn lacking(eyes: &Eyes, row: Row, customer: i64) -> Result<Option<Verb>, StoreError> {
    let own = match row.noun {
        Noun::Touch => "SELECT 1 FROM touch WHERE id=?1 AND person_id=?2",
        Noun::Task => "SELECT 1 FROM task WHERE id=?1 AND ?2 IN (owner_id,created_by)",
        Noun::Complaint => "SELECT 1 FROM complaint WHERE id=?1 AND handler_id=?2",
        Noun::Customer | Noun::Contact | Noun::Method | Noun::Order | Noun::Quote | Noun::Refund => {
            "SELECT 1 WHERE ?1 IS NULL AND ?2 IS NULL"
        }
        _ => return Ok(None),
    };
    let own = eyes.db.prepare_cached(own)?.exists((row.id, eyes.actor.id.0))?;
    let verb = if own { Verb::Log } else { Verb::Edit };
    match people::need(eyes.db, eyes.actor, verb, customer, eyes.now) {
        Err(StoreError::Denied(verb)) => Ok(Some(verb)),
        Err(StoreError::Gone { .. }) | Ok(_) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One record as it is now.
pub fn one(eyes: &mut Eyes, row: Row) -> Result<Option<Record>, StoreError> {
    if !table(row.noun).numbered {
        return Ok(None);
    }
    let name = table(row.noun).name;
    let customer = if row.noun == Noun::Customer { "id" } else { "customer_id" };
    // a plan may be for one customer; it is the company's all the same
    let of_customer = row.noun == Noun::Customer
        || row.noun != Noun::Plan && table(row.noun).columns.contains(&"customer_id");
    let mut locked = None;
    let seen = if of_customer {
        let sql = format!("SELECT {customer} FROM {name} WHERE id=?1");
        let whose: Option<i64> =
            eyes.db.prepare_cached(&sql)?.query_row([row.id], |r| r.get(0)).optional()?.flatten();
        let Some(whose) = whose else { return Ok(None) };
        locked = lacking(eyes, row, whose)?;
        eyes.sees_customer(whose)?
    } else {
        true
    };
    let sql = format!("SELECT {} FROM {name} WHERE id=?1", columns(row.noun));
    let mut found =
        eyes.db.prepare_cached(&sql)?.query_row([row.id], |r| record(row.noun, r, seen)).optional()?;
    if let Some(record) = &mut found {
        record.locked = locked;
    }
    if let Some(customer) = found.as_mut().filter(|_| row.noun == Noun::Customer) {
        customer.own = own::of(eyes, row.id, seen)?;
    }
    Ok(found)
}
