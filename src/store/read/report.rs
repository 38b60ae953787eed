//! What a report says: the figures of its period, of the one before and of the trend. Periods that are kept cost nothing;
//! whoever wants to show progress asks for them one by one before.

use super::eyes::Eyes;
use super::kpi;
use crate::domain::clock::from_ms;
use crate::store::request::{KpiQuery, Kpis, PERIODS, Past, Report, StoreError};

/// The report of a period.
pub fn report(eyes: &Eyes, query: KpiQuery) -> Result<Report, StoreError> {
    let (db, now) = (eyes.db, eyes.now);
    let kpis = kpi::kpis(db, now, query)?;
    let mut trail = Vec::with_capacity(PERIODS);
    for period in query.period.trail(PERIODS) {
        let values = if period == query.period {
            values(&kpis)
        } else {
            values(&kpi::kpis(db, now, KpiQuery { period, ..query })?)
        };
        trail.push(Past { period, values });
    }
    let before = trail.iter().rev().nth(1).map(|past| past.values.clone()).unwrap_or_default();
    let silent = trail.iter().take(PERIODS - 1).take_while(|past| silent(past)).count();
    trail.drain(..silent);
    let by = db
        .prepare_cached("SELECT name FROM person WHERE id=?1")?
        .query_row([eyes.actor.id.0], |r| r.get(0))?;
    let over = from_ms(kpis.as_of) >= now.zone.start(query.period.until);
    Ok(Report { zone: now.zone, by, over, kpis, before, trail })
}

fn values(kpis: &Kpis) -> Vec<Vec<Option<f64>>> {
    kpis.groups.iter().map(|g| g.rows.iter().map(|r| r.figure.value).collect()).collect()
}

/// Whether nothing at all had happened.
fn silent(past: &Past) -> bool {
    past.values.iter().flatten().flatten().all(|value| *value == 0.0)
}
