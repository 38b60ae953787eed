//! The lines of an order: products with their quantity, each of one order. Amount and lines are not tied (X36): what the
//! customer pays is the order's, what they got are its lines.

use rusqlite::types::Value as Cell;

use super::subject;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Row, Value};
use crate::domain::people::Verb;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::int;
use crate::store::values::cells;

/// Adds a line to an order.
pub fn add(work: &mut Work<'_>, order: i64, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    let Some((_, image)) = work.read(Noun::Order, order)? else { return Err(StoreError::Gone { who: None }) };
    let customer = int(&image, "customer_id").unwrap_or(0);
    people::need(work.db, work.actor, Verb::Edit, customer, work.now)?;
    let mut row = cells(work.db, work.now, Noun::OrderLine, customer, set)?;
    row.extend([("customer_id", Cell::Integer(customer)), ("order_id", Cell::Integer(order))]);
    let id = work.insert(Noun::OrderLine, &row)?;
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        made: Some(Row { noun: Noun::OrderLine, id }),
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}
