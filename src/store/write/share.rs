//! Colleagues who work on a customer beside its owner (A27, X31): letting one in and out. Who works on a customer sees it
//! in full and may check it; it stays its owner's to edit and to give away.

use rusqlite::types::Value as Cell;

use super::subject;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::int;
use crate::store::values::{cells, invalid};

/// Lets a colleague in; who is in already, or owns the customer, is named.
pub fn add(work: &mut Work<'_>, customer: CustomerId, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    let owner = people::need(work.db, work.actor, Verb::Share, customer.0, work.now)?;
    let mut row = cells(work.db, work.now, Noun::Share, customer.0, set)?;
    let Some(person) = int(&row, "person_id") else { return invalid(Field::SharePerson, Problem::Empty) };
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM customer_share WHERE customer_id=?1 AND person_id=?2")?
        .exists((customer.0, person))?;
    if known || person == owner {
        return invalid(Field::SharePerson, Problem::InAlready(people::name(work.db, person)?));
    }
    row.extend([
        ("customer_id", Cell::Integer(customer.0)),
        ("by_id", Cell::Integer(work.actor.id.0)),
        ("at", Cell::Integer(work.now.ms())),
    ]);
    let id = work.insert(Noun::Share, &row)?;
    Ok(Receipt {
        subject: subject(work.db, customer.0)?,
        made: Some(Row { noun: Noun::Share, id }),
        customer: Some(customer),
        ..Receipt::default()
    })
}
