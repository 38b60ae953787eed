//! The monthly sample of records (F23): which are drawn is told by `domain/kpi/sample`; here stands what has come of them. A
//! record is checked once, so that those are drawn from which nobody had checked when the month began.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use super::slices;
use crate::domain::kpi::{Book, Looked, Span, sample};
use crate::store::request::StoreError;

/// Whoever checks a record and finds it wrong mends it on the way: within the day before the tick, and not undone since.
const RIGHT: &str = "SELECT NOT EXISTS (
       SELECT 1 FROM change h JOIN change_row r ON r.change_id=h.id
       WHERE h.customer_id=c.id AND h.person_id=c.checked_by AND h.at<=c.checked_at AND h.at>c.checked_at-86400000
         AND h.undo_of IS NULL AND r.tbl IN ('customer','contact','method')
         AND NOT (r.tbl='customer' AND json_extract(r.after,'$.checked_by') IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undo_of=h.id AND u.at<=c.checked_at))
     FROM customer c WHERE c.id=?1";

/// Puts what came of the records of a slice of customers that were drawn in the months of the span into their books.
pub fn read(
    db: &Connection,
    span: &Span,
    slice: &Range<i64>,
    books: &mut BTreeMap<i64, Book>,
) -> Result<(), StoreError> {
    let every = span.rules.sample;
    let months: Vec<_> = sample::months(span.period, span.as_of_day())
        .map(|month| (month, span.zone.start(month).timestamp_millis()))
        .collect();
    let mut one = db.prepare_cached("SELECT checked_at FROM customer WHERE id=?1 AND created_at<?2")?;
    let mut right = db.prepare_cached(RIGHT)?;
    // one in many is drawn, and which it is a number tells: the records of the others are not read
    for customer in slices::ids(db, slice)? {
        let drawn = |(month, _): &&(NaiveDate, i64)| sample::drawn(customer, *month, every);
        let Some(begun) = months.iter().filter(drawn).map(|(_, begun)| *begun).min() else { continue };
        let found: Option<Option<i64>> =
            one.query_row((customer, span.stand_at()), |r| r.get(0)).optional()?;
        // whoever was checked before the month began was not there to be drawn
        let Some(checked) = found.filter(|checked| checked.is_none_or(|at| at >= begun)) else { continue };
        let in_time = checked.filter(|at| *at < span.end() && *at <= span.as_of);
        let looked = match in_time {
            Some(at) if at < span.start() => continue,
            Some(_) if right.query_row([customer], |r| r.get(0))? => Looked::Right,
            Some(_) => Looked::Wrong,
            None => Looked::NotYet,
        };
        books.entry(customer).or_default().looked = Some(looked);
    }
    Ok(())
}
