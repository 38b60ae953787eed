//! One line of the customer list, as whoever asks may see it, and how days and times of day are read from a row.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::OptionalExtension;

use super::eyes::{self, Eyes};
use crate::domain::clock::from_ms;
use crate::domain::money::Fen;
use crate::store::request::{CustomerRow, StoreError};

/// A stored day; what is none counts as not there.
pub fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|t| t.parse().ok()))
}

/// A stored time of day.
pub fn time(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveTime>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|t| {
        NaiveTime::parse_from_str(&t, "%H:%M").or_else(|_| NaiveTime::parse_from_str(&t, "%H:%M:%S")).ok()
    }))
}

/// One line of the list.
pub fn row(eyes: &mut Eyes, id: i64) -> Result<Option<CustomerRow>, StoreError> {
    let zone = eyes.now.zone;
    let found = eyes
        .db
        .prepare_cached(
            "SELECT f.code, c.name, f.segment, f.grade, f.lifecycle, f.industry, f.size, f.contact, f.title, f.phone,
                    p.name, f.owner_id, f.last_touch, t.due_on, t.due_time, t.text, f.last_order, f.per_year, f.spend_12m,
                    f.category, f.complaints, f.quiet, substr(t.cause, 1, instr(t.cause,':')-1)
             FROM facts f JOIN customer c ON c.id=f.customer_id JOIN person p ON p.id=f.owner_id
             LEFT JOIN task t ON t.id=f.next_task WHERE f.customer_id=?1",
        )?
        .query_row([id], |r| {
            Ok(CustomerRow {
                id,
                code: r.get(0)?,
                name: r.get(1)?,
                segment: r.get(2)?,
                grade: r.get(3)?,
                lifecycle: r.get(4)?,
                industry: r.get(5)?,
                size: r.get(6)?,
                contact: r.get(7)?,
                title: r.get(8)?,
                phone: r.get(9)?,
                owner: r.get(10)?,
                owner_id: r.get(11)?,
                last_touch: r.get::<_, Option<i64>>(12)?.map(|ms| zone.day(from_ms(ms))),
                next_due: day(r, 13)?,
                next_time: time(r, 14)?,
                next_text: r.get(15)?,
                last_order: day(r, 16)?,
                per_year: r.get(17)?,
                spend_12m: Some(Fen(r.get(18)?)),
                category: r.get(19)?,
                complaints: r.get(20)?,
                quiet: r.get(21)?,
                next_cause: r.get(22)?,
                own: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut row) = found else { return Ok(None) };
    if !eyes.sees(id, row.owner_id)? {
        row.phone = row.phone.map(|p| eyes::phone(&p, false));
        row.spend_12m = None;
    }
    Ok(Some(row))
}
