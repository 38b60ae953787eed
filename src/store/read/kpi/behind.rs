//! Who stands behind a figure: the customers that it counts, each by the same counting as the figure itself, so that the
//! list and the number cannot differ.

use rusqlite::OptionalExtension;

use crate::domain::customer::CustomerId;
use crate::domain::kpi::{Figure, SEGMENTS, Tally};
use crate::store::read::eyes::Eyes;
use crate::store::request::{Behind, BehindQuery, BehindRow, StoreError};

/// Customers that are listed.
const MOST: usize = 500;

/// The customers behind a figure of a segment; those it misses its target by come first.
pub fn behind(eyes: &mut Eyes, query: &BehindQuery) -> Result<Behind, StoreError> {
    let (db, now) = (eyes.db, eyes.now);
    let span = super::span(db, now, query.of)?;
    let slot = SEGMENTS.iter().position(|s| *s == query.segment).map_or(0, |p| p + 1);
    let mut found: Vec<(i64, bool, Option<f64>)> = Vec::new();
    // noted by the walk and of no use here
    let mut whole = Tally::new(span);
    super::books::each(db, &span, &mut whole, |_, book| {
        let mut own = Tally::new(span);
        own.add(book);
        if let Some(figure) = own.one(query.id, slot)
            && counts(&figure)
        {
            let part = figure.parts.map_or(0.0, |(part, _)| part);
            found.push((book.customer, figure.k.unwrap_or(0) > 0, Some(part)));
        }
        Ok(())
    })?;
    let all = found.len();
    if !eyes.sees_all() {
        for (customer, _, amount) in &mut found {
            if !eyes.sees_customer(*customer)? {
                *amount = None;
            }
        }
    }
    // those without an amount to see come last: their order must not tell it either
    let most = |part: Option<f64>| part.unwrap_or(f64::NEG_INFINITY);
    found.sort_by(|a, b| a.1.cmp(&b.1).then(most(b.2).total_cmp(&most(a.2))).then(a.0.cmp(&b.0)));
    let mut rows = Vec::new();
    for (customer, hit, amount) in found.into_iter().take(MOST) {
        let row: Option<(String, String, String)> = db
            .prepare_cached(
                "SELECT c.code, c.name, p.name FROM customer c JOIN person p ON p.id=c.owner_id WHERE c.id=?1",
            )?
            .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        if let Some((code, name, owner)) = row {
            rows.push(BehindRow { customer: CustomerId(customer), code, name, owner, hit, amount });
        }
    }
    Ok(Behind { id: query.id, segment: query.segment, rows, all })
}

/// Whether a customer alone makes the figure anything but empty.
fn counts(figure: &Figure) -> bool {
    let some = |n: Option<i64>| n.unwrap_or(0) > 0;
    some(figure.n)
        || some(figure.k)
        || some(figure.cases)
        || some(figure.pending)
        || figure.parts.is_some_and(|(part, whole)| part != 0.0 || whole != 0.0)
        || figure.value.is_some_and(|v| v != 0.0)
}
