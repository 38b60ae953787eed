//! How complete records were in a period that is over (F38), or on an earlier day of one that ran: what the day's look wrote
//! down then. Nobody can count it any more, so it is put to the counted figures at the end and never kept with them.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::clock::Now;
use crate::domain::kpi::{Figure, Span, group, share_of};
use crate::store::request::StoreError;

/// The figure that is told by what was written down.
const ID: &str = "completeness";

/// Puts what was written down in the place of what cannot be counted.
pub fn put(db: &Connection, now: Now, span: &Span, figures: &mut [Vec<Figure>]) -> Result<(), StoreError> {
    let asked = span.as_of_day();
    if span.period.until > asked && asked >= now.today() {
        return Ok(());
    }
    let day = last_day(db, span)?;
    let mut query =
        db.prepare_cached("SELECT filled, fields FROM completeness WHERE day=?1 AND segment=?2")?;
    for (slot, figures) in figures.iter_mut().enumerate() {
        let counted: Option<(i64, i64)> = match day {
            Some(day) => {
                query.query_row((day.to_string(), group(slot)), |r| Ok((r.get(0)?, r.get(1)?))).optional()?
            }
            None => None,
        };
        if let Some(figure) = figures.iter_mut().find(|figure| figure.id == ID) {
            *figure =
                counted.map_or_else(|| Figure::empty(ID), |(filled, fields)| share_of(ID, filled, fields));
        }
    }
    Ok(())
}

/// The last day of the span, as far as it was known, on which somebody counted.
fn last_day(db: &Connection, span: &Span) -> Result<Option<NaiveDate>, StoreError> {
    let day: Option<String> = db
        .prepare_cached("SELECT max(day) FROM completeness WHERE day>=?1 AND day<?2 AND day<=?3")?
        .query_row(
            (span.period.from.to_string(), span.period.until.to_string(), span.as_of_day().to_string()),
            |r| r.get(0),
        )?;
    Ok(day.and_then(|day| day.parse().ok()))
}
