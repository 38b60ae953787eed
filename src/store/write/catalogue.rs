//! What belongs to the company and to no customer: gifts, content, products. Whoever may approve keeps them; the need
//! tags of a product stand a second time as rows, kept here, because matching customers with products is a join.

use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::domain::script::list;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, text, word};
use crate::store::values::{cells, invalid};

/// Whether records of a noun belong to the company.
pub const fn holds(noun: Noun) -> bool {
    matches!(noun, Noun::Gift | Noun::Content | Noun::Product)
}

/// Makes a record.
pub fn add(work: &mut Work<'_>, noun: Noun, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Approve)?;
    let row = cells(work.db, work.now, noun, 0, set)?;
    if noun == Noun::Product {
        free(work, text(&row, "name"), None)?;
    }
    let id = work.insert(noun, &row)?;
    keep(work, noun, id)?;
    let subject = text(&row, "name").or(text(&row, "title")).unwrap_or_default().to_owned();
    Ok(Receipt { subject, made: Some(Row { noun, id }), ..Receipt::default() })
}

/// Writes an edit that was compared already.
pub fn edit(work: &mut Work<'_>, row: Row, cells: &Image) -> Result<(), StoreError> {
    if row.noun == Noun::Product {
        free(work, text(cells, "name"), Some(row.id))?;
    }
    work.update(row.noun, row.id, cells)?;
    keep(work, row.noun, row.id)
}

/// A product's name is its own: touches and orders name it by that.
fn free(work: &Work<'_>, name: Option<&str>, but: Option<i64>) -> Result<(), StoreError> {
    let Some(name) = name else { return Ok(()) };
    let taken = work
        .db
        .prepare_cached("SELECT 1 FROM product WHERE name=?1 AND id IS NOT ?2")?
        .exists((name, but))?;
    if taken {
        return invalid(Field::ProductName, Problem::Taken { code: String::new(), name: name.to_owned() });
    }
    Ok(())
}

/// The need tags of a product as rows.
fn keep(work: &mut Work<'_>, noun: Noun, id: i64) -> Result<(), StoreError> {
    if noun != Noun::Product {
        return Ok(());
    }
    let image = work.read(noun, id)?.map(|(_, image)| image).unwrap_or_default();
    let wanted = list(text(&image, "needs").unwrap_or_default());
    let there: Vec<(i64, String)> = work
        .db
        .prepare_cached("SELECT id, value FROM product_tag WHERE product_id=?1")?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (row, _) in there.iter().filter(|(_, value)| !wanted.contains(value)) {
        work.delete(Noun::ProductTag, *row)?;
    }
    for value in wanted {
        let known = work
            .db
            .prepare_cached("SELECT 1 FROM product_tag WHERE product_id=?1 AND value=?2")?
            .exists((id, &value))?;
        if !known {
            work.insert(Noun::ProductTag, &[("product_id", Cell::Integer(id)), ("value", word(value))])?;
        }
    }
    Ok(())
}
