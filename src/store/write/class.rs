//! Classes and tags: one value per scheme, set by hand or by a file, and tags by type, name and value with their standard
//! wording (A3, C1). Depth, relation and need are columns of the customer and have no second home here.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::customer::BY_HAND;
use super::subject;
use crate::domain::change::TagPath;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Value};
use crate::domain::people::Verb;
use crate::domain::scheme::SHIPPED;
use crate::domain::tag::TYPES;
use crate::domain::text::clean_line;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::scheme::Classing;
use crate::store::tables::{opt_text, word};
use crate::store::values::{cell, invalid};

/// Schemes whose class is a column of the customer.
const COLUMNS: &[(&str, Field)] =
    &[("depth", Field::Depth), ("relation", Field::Relation), ("need", Field::Need)];

/// Sets a class by hand, or takes it away.
pub fn by_hand(
    work: &mut Work<'_>,
    customer: CustomerId,
    scheme: &str,
    value: Option<&str>,
    reason: Option<&str>,
) -> Result<Receipt, StoreError> {
    people::need(work.db, work.actor, Verb::Edit, customer.0, work.now)?;
    set(work, customer.0, scheme, value, BY_HAND, reason)?;
    Ok(Receipt { subject: subject(work.db, customer.0)?, customer: Some(customer), ..Receipt::default() })
}

/// Sets the class of a customer in a scheme; none takes it away.
pub fn set(
    work: &mut Work<'_>,
    customer: i64,
    scheme: &str,
    value: Option<&str>,
    how: &str,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let scheme = scheme.trim();
    let value = value.map(str::trim).filter(|v| !v.is_empty());
    if let Some((_, field)) = COLUMNS.iter().find(|(id, _)| *id == scheme) {
        let cell = cell(work.db, work.now, customer, *field, &value.map_or(Value::None, Value::text))?;
        work.update(Noun::Customer, customer, &[(field.spec().column, cell)])?;
        return Ok(());
    }
    if let Some(value) = value {
        let book = Classing::load(work.db)?.book;
        let Some((rules, _)) = book.get(scheme) else {
            let ids = SHIPPED.iter().map(|(id, _)| (*id).to_owned()).collect();
            return invalid(Field::Scheme, Problem::NoSuchScheme(scheme.to_owned(), ids));
        };
        if !rules.classes.iter().any(|c| c.id == value) {
            let ids = rules.classes.iter().map(|c| c.id.clone()).collect();
            let problem = Problem::NoSuchClass(scheme.to_owned(), value.to_owned(), ids);
            return invalid(Field::ClassValue, problem);
        }
    }
    if scheme.is_empty() {
        return invalid(Field::ClassValue, Problem::Empty);
    }
    let there: Option<(i64, String)> = work
        .db
        .prepare_cached("SELECT id, value FROM class WHERE customer_id=?1 AND scheme=?2")?
        .query_row((customer, scheme), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    match (there, value) {
        (None, None) => {}
        (Some((id, _)), None) => work.delete(Noun::Class, id)?,
        (there, Some(value)) => {
            let mut row = vec![
                ("value", word(value)),
                ("how", word(how)),
                ("rule", Cell::Null),
                ("reason", opt_text(reason)),
                ("by_id", Cell::Integer(work.actor.id.0)),
            ];
            let same = there.as_ref().is_some_and(|(_, old)| old == value);
            if !same {
                row.push(("since", Cell::Integer(work.now.ms())));
            }
            if let Some((id, _)) = there {
                work.update(Noun::Class, id, &row)?;
            } else {
                row.extend([("customer_id", Cell::Integer(customer)), ("scheme", word(scheme))]);
                work.insert(Noun::Class, &row)?;
            }
        }
    }
    Ok(())
}

/// Gives a customer a tag; one it has already stays as it is.
pub fn tag(work: &mut Work<'_>, customer: i64, path: &TagPath, how: &str) -> Result<(), StoreError> {
    let id = match find(work, path)? {
        Some(id) => id,
        None => make(work, path)?,
    };
    if !work
        .db
        .prepare_cached("SELECT 1 FROM customer_tag WHERE customer_id=?1 AND tag_id=?2")?
        .exists((customer, id))?
    {
        work.insert(
            Noun::CustomerTag,
            &[
                ("customer_id", Cell::Integer(customer)),
                ("tag_id", Cell::Integer(id)),
                ("how", word(how)),
                ("by_id", Cell::Integer(work.actor.id.0)),
                ("at", Cell::Integer(work.now.ms())),
            ],
        )?;
    }
    Ok(())
}

/// Takes a tag from a customer.
pub fn untag(work: &mut Work<'_>, customer: i64, path: &TagPath) -> Result<(), StoreError> {
    let Some(tag) = find(work, path)? else { return Ok(()) };
    let row: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM customer_tag WHERE customer_id=?1 AND tag_id=?2")?
        .query_row((customer, tag), |r| r.get(0))
        .optional()?;
    row.map_or(Ok(()), |row| work.delete(Noun::CustomerTag, row))
}

/// The tag with this path, in its standard wording.
fn find(work: &Work<'_>, path: &TagPath) -> Result<Option<i64>, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT coalesce(alias_of, id) FROM tag WHERE type=?1 AND name=?2 AND value=?3")?
        .query_row((&path.kind, clean_line(&path.name).trim(), clean_line(&path.value).trim()), |r| r.get(0))
        .optional()?)
}

/// Refuses a tag of a type that does not exist, without a name or without a value.
pub fn fits(work: &Work<'_>, path: &TagPath) -> Result<(), StoreError> {
    if !TYPES.contains(&path.kind.as_str()) {
        return invalid(Field::Tag, Problem::NotOneOf(path.kind.clone(), TYPES));
    }
    if path.name.trim().is_empty() {
        return invalid(Field::TagName, Problem::Empty);
    }
    let value = cell(work.db, work.now, 0, Field::Tag, &Value::text(&path.value))?;
    if value == Cell::Null { invalid(Field::Tag, Problem::Empty) } else { Ok(()) }
}

/// Makes a value of the dictionary.
pub fn make(work: &mut Work<'_>, path: &TagPath) -> Result<i64, StoreError> {
    fits(work, path)?;
    let (db, now) = (work.db, work.now);
    let name = cell(db, now, 0, Field::TagName, &Value::text(&path.name))?;
    let value = cell(db, now, 0, Field::Tag, &Value::text(&path.value))?;
    work.insert(Noun::Tag, &[("type", word(&path.kind)), ("name", name), ("value", value)])
}
