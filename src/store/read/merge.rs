//! Two customers side by side, before they become one (H7): asked by the same rules that the writing then follows.

use super::eyes::Eyes;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Kind, Noun, Value};
use crate::store::people;
use crate::store::request::{MergeSide, Merging, Met, OwnMet, StoreError};
use crate::store::tables::{Image, int, table, text};
use crate::store::values::code_and_name;
use crate::store::write::merge::{fields, hindrance, may, moving};

/// What would become of them; refused to whoever may not merge both.
pub fn merging(eyes: &Eyes, keep: CustomerId, gone: CustomerId) -> Result<Merging, StoreError> {
    may(eyes.db, eyes.actor, eyes.now, (keep, gone))?;
    let (stays, is) = side(eyes, keep)?;
    let (goes, other) = side(eyes, gone)?;
    let same = keep == gone;
    let mut met = if same { Vec::new() } else { fields::meetings((keep.0, &is), (gone.0, &other)) };
    for met in &mut met {
        named(eyes, met)?;
    }
    Ok(Merging {
        keep: stays,
        gone: goes,
        hindrance: hindrance(eyes.db, keep, gone)?,
        met,
        own: own(eyes, keep, gone)?,
        moves: if same { Vec::new() } else { moving::counts(eyes.db, gone.0)? },
    })
}

fn side(eyes: &Eyes, customer: CustomerId) -> Result<(MergeSide, Image), StoreError> {
    let row = table(Noun::Customer).read(eyes.db, &rusqlite::types::Value::Integer(customer.0))?;
    let Some((rev, row)) = row else { return Err(StoreError::Gone { who: None }) };
    let said = |column: &str| text(&row, column).unwrap_or_default().to_owned();
    let owner = people::name(eyes.db, int(&row, "owner_id").unwrap_or(0))?;
    Ok((MergeSide { id: customer, rev, code: said("code"), name: said("name"), owner }, row))
}

/// Another customer is told by its number.
fn named(eyes: &Eyes, met: &mut Met) -> Result<(), StoreError> {
    if met.field.spec().kind != Kind::Customer {
        return Ok(());
    }
    for side in [&mut met.keep, &mut met.gone] {
        if let Some(id) = side.as_id() {
            let (code, name) = code_and_name(eyes.db, id)?.unwrap_or_default();
            *side = Value::Text(format!("{code} {name}"));
        }
    }
    Ok(())
}

fn own(eyes: &Eyes, keep: CustomerId, gone: CustomerId) -> Result<Vec<OwnMet>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT f.id, f.name, k.value, g.value FROM extra_value g JOIN extra_value k ON k.field_id=g.field_id
         JOIN extra_field f ON f.id=g.field_id WHERE g.customer_id=?2 AND k.customer_id=?1 AND k.value<>g.value ORDER BY f.id",
    )?;
    let found = query.query_map((keep.0, gone.0), |r| {
        Ok(OwnMet { field: r.get(0)?, name: r.get(1)?, keep: r.get(2)?, gone: r.get(3)? })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
