//! Who stands behind figures that hold what was done against what was planned: touches against the cadence of the strategy
//! table (F36), what customers cost against the budgets of their year (F37). Whoever was left out belongs to the first, so
//! that everybody of a planned class is gone through, not only who has a record in the period.

use std::collections::BTreeMap;
use std::ops::Range;

use rusqlite::Connection;

use super::super::company::{approved, plans};
use super::super::slices::Slices;
use super::super::small::small;
use super::One;
use crate::domain::kpi::{Plan, SLOTS, Span, place};
use crate::store::moves::segment_before;
use crate::store::request::{Side, StoreError};
use crate::store::settings;

/// By customer, what was done in each segment.
type Done = BTreeMap<i64, [i64; SLOTS]>;

/// Touches that reached each customer; whoever was touched less than planned stands against the figure.
pub fn touched(db: &Connection, span: &Span, slot: usize) -> Result<Vec<One>, StoreError> {
    let sql = "SELECT id>>20, segment_then, count(*) FROM touch INDEXED BY touch_at
         WHERE at>=?1 AND at<?2 AND at<=?3 AND id>=?4<<20 AND id<?5<<20 AND kind='proactive' AND reached=1 GROUP BY 1, 2";
    let plans = plans(db, span)?;
    let mut found = Vec::new();
    let mut slices = Slices::of(db)?;
    while let Some(slice) = slices.next()? {
        let done = by_segment(db, sql, (span.start(), span.end(), span.as_of), &slice)?;
        for (customer, segment) in customers(db, span, &slice)? {
            let done = of(done.get(&customer), slot, &plans, |plan| plan.touches > 0.0) as f64;
            let planned = own(segment, slot, &plans).map_or(0.0, |plan| plan.touches);
            if done > 0.0 || planned > 0.0 {
                let side = if done < planned { Side::Bad } else { Side::Good };
                found.push(One { customer, side, part: Some(done) });
            }
        }
    }
    Ok(found)
}

/// What each customer has cost since the year began, in yuan; whoever has reached the line of overspending stands against it.
pub fn spent(db: &Connection, span: &Span, slot: usize) -> Result<Vec<One>, StoreError> {
    let (begin, stand) = (span.year_begin(), span.stand());
    let sql = "SELECT id>>20, segment_then, sum(cost_fen) FROM touch INDEXED BY touch_at
         WHERE at>=?1 AND at<?2 AND at<=?3 AND id>=?4<<20 AND id<?5<<20 AND cost_fen>0 GROUP BY 1, 2";
    let from = span.zone.start(begin).timestamp_millis();
    let own_budgets: BTreeMap<i64, i64> = approved(db, span)?.into_iter().collect();
    let percent = settings::number(db, "overspend_percent")?;
    let plans = plans(db, span)?;
    let mut found = Vec::new();
    let mut slices = Slices::of(db)?;
    while let Some(slice) = slices.next()? {
        let done = by_segment(db, sql, (from, span.stand_at(), span.as_of), &slice)?;
        let mut besides = small(db, span, &slice)?;
        for (customer, segment) in customers(db, span, &slice)? {
            let more = besides.remove(&customer).map(|book| book.spent).unwrap_or_default();
            let more: i64 =
                more.iter().filter(|(day, _)| begin <= *day && *day < stand).map(|(_, fen)| fen).sum();
            let plan = own(segment, slot, &plans).filter(|plan| plan.budget > 0);
            let mut fen = of(done.get(&customer), slot, &plans, |plan| plan.budget > 0);
            fen += plan.map_or(0, |_| more);
            if fen > 0 {
                let budget =
                    plan.map_or(0, |plan| own_budgets.get(&customer).copied().unwrap_or(plan.budget));
                let overrun = budget > 0 && fen.saturating_mul(100) >= budget.saturating_mul(percent);
                let side = if overrun { Side::Bad } else { Side::Good };
                found.push(One { customer, side, part: Some(fen as f64 / 100.0) });
            }
        }
    }
    Ok(found)
}

/// What a statement counts for a slice of customers; `when` is the first instant, the first after and the last known.
fn by_segment(
    db: &Connection,
    sql: &str,
    when: (i64, i64, i64),
    slice: &Range<i64>,
) -> Result<Done, StoreError> {
    let mut done = Done::new();
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query((when.0, when.1, when.2, slice.start, slice.end))?;
    while let Some(row) = rows.next()? {
        let segment: Option<String> = row.get(1)?;
        let at = segment.as_deref().and_then(place).map_or(0, |at| at + 1);
        if let Some(sum) = done.entry(row.get(0)?).or_default().get_mut(at) {
            *sum += row.get::<_, i64>(2)?;
        }
    }
    Ok(done)
}

/// Everybody of a slice who was there when the period ended, with the place of the segment, 0 without one.
fn customers(db: &Connection, span: &Span, slice: &Range<i64>) -> Result<Vec<(i64, usize)>, StoreError> {
    let until = span.stand_at();
    let mut query =
        db.prepare_cached("SELECT id FROM customer WHERE id>=?1 AND id<?2 AND created_at<?3 ORDER BY id")?;
    let ids: Vec<i64> =
        query.query_map((slice.start, slice.end, until), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let segment = |id: i64| -> Result<(i64, usize), StoreError> {
        Ok((id, segment_before(db, id, until)?.as_deref().and_then(place).map_or(0, |at| at + 1)))
    };
    ids.into_iter().map(segment).collect()
}

/// What was done for a customer in one segment, or in all of which something is planned.
fn of(done: Option<&[i64; SLOTS]>, slot: usize, plans: &[Plan], planned: impl Fn(&Plan) -> bool) -> i64 {
    let each = done.into_iter().flatten().zip(plans).enumerate().skip(1);
    each.filter(|(at, (_, plan))| (slot == 0 || *at == slot) && planned(plan)).map(|(_, (n, _))| n).sum()
}

/// What is planned for a customer of a segment, where it is one of those asked about.
fn own(segment: usize, slot: usize, plans: &[Plan]) -> Option<&Plan> {
    plans.get(segment).filter(|_| segment > 0 && (slot == 0 || slot == segment))
}
