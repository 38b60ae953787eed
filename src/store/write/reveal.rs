//! Showing what is masked, once and for a reason: the reason and who asked are kept with the customer's history and in
//! the log of look-ups, and counted against the limit of the day (product.md, People and access).

use rusqlite::OptionalExtension;

use super::subject;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value, fields_of};
use crate::domain::people::Verb;
use crate::store::look_up::{self, Noted};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Limited, Receipt, Revealed, StoreError};
use crate::store::tables::{self, int};
use crate::store::values::{invalid, value};

/// Shows a private field of a row, or all of them.
pub fn reveal(
    work: &mut Work<'_>,
    row: Row,
    field: Option<Field>,
    reason: &str,
) -> Result<Receipt, StoreError> {
    let Some((_, image)) = work.read(row.noun, row.id)? else { return Err(StoreError::Gone { who: None }) };
    let customer = if row.noun == Noun::Customer { Some(row.id) } else { int(&image, "customer_id") };
    let Some(customer) = customer else { return Err(StoreError::Denied(Verb::Reveal)) };
    people::need(work.db, work.actor, Verb::Reveal, customer, work.now)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return invalid(Field::Reason, Problem::Empty);
    }
    let values = if field == Some(Field::Phone) {
        phone(work, customer)?
    } else {
        fields_of(row.noun)
            .filter(|spec| spec.private && field.is_none_or(|f| f == spec.field))
            .map(|spec| (spec.field, value(spec.field, tables::cell(&image, spec.column))))
            .collect()
    };
    let values: Vec<(Field, Value)> = values.into_iter().filter(|(_, v)| *v != Value::None).collect();
    let mut counted = None;
    if people::need(work.db, work.actor, Verb::SeePrivate, customer, work.now).is_err() {
        counted = look_up::room(work.db, work.actor, work.now, Limited::Reveal)?;
        let noted = Noted {
            what: Limited::Reveal,
            customer: Some(customer),
            field: field.map(|f| f.spec().column),
            reason: Some(reason.to_owned()),
        };
        look_up::keep(work.db, work.actor, work.now, &noted)?;
    }
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        revealed: Some(Box::new(Revealed { values, counted })),
        ..Receipt::default()
    })
}

/// The phone that lists show.
fn phone(work: &Work<'_>, customer: i64) -> Result<Vec<(Field, Value)>, StoreError> {
    let phone: Option<Option<String>> = work
        .db
        .prepare_cached("SELECT phone FROM facts WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))
        .optional()?;
    Ok(phone.flatten().map(|phone| (Field::Phone, Value::Text(phone))).into_iter().collect())
}
