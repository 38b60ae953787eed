//! Customer by customer, what figures of a span count, a slice of customers at a time: touches come in their order (`touched`),
//! orders along their index by customer; the rest is little and is gathered beforehand (`small`).

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Rows};

use super::slices::Slices;
use super::small::small;
use super::touched::Touched;
use crate::domain::kpi::{Book, Order, Span, Tally, Touch, Way, place};
use crate::store::moves::segment_before;
use crate::store::net::net_known;
use crate::store::request::StoreError;

/// Tells the books of the customers of slices in the order of their ids: of those who have something to tell.
pub fn each(
    db: &Connection,
    span: &Span,
    mut slices: Slices<'_>,
    mut tell: impl FnMut(&Book) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut query = db.prepare(
        concat!("SELECT o.customer_id, o.ordered_on, o.ordered_at, o.cost_fen, ", net_known!(), ",
           CASE WHEN o.job_id IS NULL THEN o.created_at END
         FROM orders o INDEXED BY orders_customer
         WHERE o.ordered_on>=?1 AND o.ordered_on<?2 AND o.ordered_on<=?3 AND o.status='paid' AND o.amount_fen>0
           AND coalesce(o.ordered_at,0)<=?4 AND o.customer_id>=?5 AND o.customer_id<?6
         ORDER BY o.customer_id, o.ordered_on, o.ordered_at"),
    )?;
    let (from, until) = (span.orders_from().to_string(), span.orders_until().to_string());
    let known = span.as_of_day().to_string();
    while let Some(slice) = slices.next()? {
        let mut rows = query.query((&from, &until, &known, span.as_of, slice.start, slice.end))?;
        let mut waiting = order(&mut rows)?;
        let mut small = small(db, span, &slice)?;
        let mut touched = Touched::of(db, span, &slice)?;
        loop {
            let ordered = waiting.map(|(customer, _)| customer);
            let next = [ordered, touched.whose(), small.keys().next().copied()];
            let Some(customer) = next.into_iter().flatten().min() else { break };
            let mut book = small.remove(&customer).unwrap_or_default();
            book.customer = customer;
            while let Some((whose, order_)) = waiting
                && whose == customer
            {
                if order_.net > 0 {
                    book.orders.push(order_);
                }
                waiting = order(&mut rows)?;
            }
            while let Some(id) = touched.next_of(customer) {
                book.touches.push(touch(db, span, id)?);
            }
            book.touches.sort_by_key(|t| t.at);
            about(db, span, &mut book)?;
            tell(&book)?;
        }
    }
    Ok(())
}

fn order(rows: &mut Rows<'_>) -> Result<Option<(i64, Order)>, StoreError> {
    let Some(row) = rows.next()? else { return Ok(None) };
    let order = Order {
        day: day(row, 1)?.unwrap_or_default(),
        at: row.get(2)?,
        cost: row.get(3)?,
        net: row.get(4)?,
        recorded: row.get(5)?,
    };
    Ok(Some((row.get(0)?, order)))
}

/// A column with a day.
pub fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.and_then(|t| t.parse().ok()))
}

fn touch(db: &Connection, span: &Span, id: i64) -> Result<Touch, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT at, kind, reached, CASE WHEN responded=1 THEN coalesce(responded_at, at) END, converted, cost_fen,
                    segment_then, override IS NOT NULL, CASE WHEN job_id IS NULL THEN recorded_at END
             FROM touch WHERE id=?1",
        )?
        .query_row([id], |r| {
            let way = match r.get_ref(1)?.as_str()? {
                "proactive" => Way::Ours,
                "inbound" => Way::Theirs,
                _ => Way::Reply,
            };
            Ok(Touch {
                at: r.get(0)?,
                way,
                delivered: r.get(2)?,
                responded: r.get::<_, Option<i64>>(3)?.filter(|at| *at <= span.as_of),
                converted: r.get(4)?,
                cost: r.get(5)?,
                segment: r.get_ref(6)?.as_str_or_null()?.and_then(place),
                breach: r.get(7)?,
                recorded: r.get(8)?,
            })
        })?)
}

/// What has to be looked up of the customer itself.
fn about(db: &Connection, span: &Span, book: &mut Book) -> Result<(), StoreError> {
    book.segment = segment_before(db, book.customer, span.stand_at())?.as_deref().and_then(place);
    // an order before the history decides who is new and who is old
    let earlier: Option<String> = db
        .prepare_cached(concat!(
            "SELECT o.ordered_on FROM orders o
             WHERE o.customer_id=?1 AND o.ordered_on<?2 AND o.status='paid' AND ",
            net_known!(),
            ">0
             ORDER BY o.ordered_on LIMIT 1"
        ))?
        .query_row(
            (book.customer, span.orders_from().to_string(), span.as_of_day().to_string(), span.as_of),
            |r| r.get(0),
        )
        .optional()?;
    let first = book.orders.first().map(|o| o.day);
    book.first = earlier.and_then(|d| d.parse().ok()).or(first);
    if book.first.is_some_and(|first| span.holds(first)) {
        book.by_referral = db
            .prepare_cached(
                "SELECT 1 FROM customer WHERE id=?1 AND (source='referral' OR referrer_id IS NOT NULL)",
            )?
            .exists([book.customer])?;
    }
    if !book.touches.is_empty() {
        let id = book.customer;
        book.first_touch = !db
            .prepare_cached(
                "SELECT 1 FROM touch WHERE id BETWEEN ?1<<20 AND ((?1+1)<<20)-1 AND at<?2 LIMIT 1",
            )?
            .exists((id, span.start()))?;
    }
    Ok(())
}

/// Notes the first instant after that of knowledge at which something already written down begins to count.
pub fn later(db: &Connection, span: &Span, tally: &mut Tally) -> Result<(), StoreError> {
    let until = span.zone.start(span.orders_until()).timestamp_millis();
    for sql in [
        "SELECT min(at) FROM touch WHERE at>?1 AND at<?2",
        "SELECT min(opened_at) FROM complaint WHERE opened_at>?1 AND opened_at<?2",
        "SELECT min(happened_at) FROM customer_event WHERE happened_at>?1 AND happened_at<?2",
        "SELECT min(created_at) FROM customer WHERE created_at>?1 AND created_at<?2",
    ] {
        let next: Option<i64> = db.prepare_cached(sql)?.query_row((span.as_of, until), |r| r.get(0))?;
        if let Some(next) = next {
            tally.note(next);
        }
    }
    // of an hour later the same day, the next look finds out; of a later day, its beginning
    let (today, last) = (span.as_of_day().to_string(), span.orders_until().to_string());
    for sql in [
        "SELECT min(ordered_on) FROM orders WHERE ordered_on>=?1 AND ordered_on<?2 AND (ordered_on>?1 OR ordered_at>?3)",
        "SELECT min(refunded_on) FROM refund WHERE order_id IS NULL AND refunded_on>=?1 AND refunded_on<?2
           AND (refunded_on>?1 OR refunded_at>?3)",
        "SELECT min(answered_on) FROM survey WHERE answered_on>=?1 AND answered_on<?2 AND (answered_on>?1 OR answered_at>?3)",
        "SELECT min(started_on) FROM activation WHERE started_on>=?1 AND started_on<?2 AND (started_on>?1 OR started_at>?3)",
        "SELECT min(spent_on) FROM expense WHERE spent_on>?1 AND spent_on<?2 AND ?3 IS NOT NULL",
        "SELECT min(quoted_on) FROM quote WHERE quoted_on>?1 AND quoted_on<?2 AND ?3 IS NOT NULL",
        "SELECT min(renewed_on) FROM contract WHERE renewed_on>?1 AND renewed_on<?2 AND ?3 IS NOT NULL",
    ] {
        let next: Option<String> =
            db.prepare_cached(sql)?.query_row((&today, &last, span.as_of), |r| r.get(0))?;
        if let Some(day) = next.and_then(|d| d.parse().ok()) {
            tally.note(span.zone.start(day).timestamp_millis().max(span.as_of + 1));
        }
    }
    // answers and refunds of what the period counts, and named refunds, that lie ahead
    let asked = span.as_of_day().to_string();
    let refund: Option<String> = db
        .prepare_cached(
            "SELECT min(f.refunded_on) FROM refund f WHERE f.order_id IS NOT NULL AND f.refunded_on>=?1
               AND (f.refunded_on>?1 OR f.refunded_at>?2)",
        )?
        .query_row((asked, span.as_of), |r| r.get(0))?;
    if let Some(day) = refund.and_then(|d| d.parse().ok()) {
        tally.note(span.zone.start(day).timestamp_millis().max(span.as_of + 1));
    }
    Ok(())
}
