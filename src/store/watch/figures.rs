//! Figures that are a cause for alarm: those of closed months whose waiting windows are over (kpis.md C2), kept ones as far as
//! they are kept. A small company's are counted when they are missing; a large one's when somebody has looked at them, since
//! counting ten million touches would keep everybody waiting.

use rusqlite::Connection;

use crate::domain::alarm::{Fact, above, below, falls_short, is_dear, rises, rule};
use crate::domain::clock::Now;
use crate::domain::kpi::{Length, Period, SEGMENTS};
use crate::store::Store;
use crate::store::alarm::Cause;
use crate::store::read::kpi;
use crate::store::request::{KpiQuery, KpiRow, Kpis, StoreError};
use crate::store::settings;

/// Closed months that are looked at: enough for a run of three rises after a month that still waits.
pub const MONTHS: u32 = 5;
/// Customers up to which figures are counted for the alarms alone.
const SMALL: i64 = 20_000;

/// The closed month so many months ago.
fn month(now: Now, back: u32) -> Period {
    (0..back).fold(Period::of(Length::Month, now.today()), |period, _| period.before())
}

fn query(now: Now, back: u32) -> KpiQuery {
    KpiQuery { period: month(now, back), as_of: None }
}

/// Sees to it that the figures of a month are kept, where that is quick.
pub fn ready(store: &Store, now: Now, back: u32) -> Result<(), StoreError> {
    if is_small(&store.db)?
        && let Some(fresh) = kpi::kpis(&store.db, now, query(now, back))?.fresh
    {
        store.keep(&fresh)?;
    }
    Ok(())
}

/// Whether figures are counted for the alarms alone.
pub fn is_small(db: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM customer LIMIT ?1)";
    let found: i64 = db.prepare_cached(sql)?.query_row([SMALL + 1], |r| r.get(0))?;
    Ok(found <= SMALL)
}

/// The figures of a month; none where a large company has not looked at them yet.
fn figures(db: &Connection, now: Now, back: u32, small: bool) -> Result<Option<Kpis>, StoreError> {
    let query = query(now, back);
    if small { kpi::kpis(db, now, query).map(Some) } else { kpi::at_hand(db, now, query) }
}

/// Whether nothing of a figure waits any more, and there is something to it.
fn settled(row: &KpiRow) -> bool {
    row.figure.pending.unwrap_or(0) == 0 && row.figure.value.is_some()
}

/// What the last closed months are a cause for.
pub fn causes(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let small = is_small(db)?;
    let mut months = Vec::new();
    for back in 1..=MONTHS {
        months.push(figures(db, now, back, small)?);
    }
    let look = Look { db, now, months: &months };
    let mut out = Vec::new();
    for segment in SEGMENTS {
        out.extend(look.response(segment)?);
        out.extend(look.touch_cost(segment));
    }
    out.extend(look.rate("churn", "churn_rate", "churn_rate", above)?);
    out.extend(look.rate("timeliness", "timeliness", "timeliness_floor", below)?);
    out.extend(look.activation());
    out.extend(look.conversion()?);
    Ok(out)
}

struct Look<'a> {
    db: &'a Connection,
    now: Now,
    months: &'a [Option<Kpis>],
}

impl Look<'_> {
    /// The latest of the last two months whose figure has settled, with its month.
    fn latest(&self, segment: &str, id: &str) -> Option<(&KpiRow, Period)> {
        self.months
            .iter()
            .take(2)
            .flatten()
            .find_map(|kpis| kpis.row(segment, id).filter(|row| settled(row)).map(|row| (row, kpis.period)))
    }

    fn cause(&self, id: &str, subject: String, period: Period, facts: Vec<Fact>) -> Option<Cause> {
        Some(Cause::new(rule(id)?, subject, period.label(), self.now.ms()).with(facts))
    }

    /// Response by so much below its target (G8, K33, K34).
    fn response(&self, segment: &str) -> Result<Option<Cause>, StoreError> {
        let Some((row, period)) = self.latest(segment, "response") else { return Ok(None) };
        let (Some(hits), Some(cases), Some(target)) = (row.figure.k, row.figure.n, row.target) else {
            return Ok(None);
        };
        let gap = settings::number(self.db, "response_gap")?;
        let relative = settings::get(self.db, "response_gap_is")? == "relative";
        if !falls_short(hits, cases, target, gap, relative) {
            return Ok(None);
        }
        let facts = vec![
            Fact::new("answered", hits as f64, "count"),
            Fact::new("touched", cases as f64, "count"),
            Fact::new("rate", hits as f64 / cases as f64, "share"),
            Fact::new("target", target, "share"),
        ];
        let cause = self.cause("response", format!("segment:{segment}"), period, facts);
        Ok(cause.map(|cause| Cause { segment: Some(segment.to_owned()), ..cause }))
    }

    /// A touch dearer than its target (G10, G53, K35).
    fn touch_cost(&self, segment: &str) -> Option<Cause> {
        let (row, period) = self.latest(segment, "cost_per_touch")?;
        let (value, target) = (row.figure.value?, row.target?);
        if !is_dear(value, target) {
            return None;
        }
        let facts = vec![Fact::new("cost", value, "yuan"), Fact::new("target", target, "yuan")];
        let cause = self.cause("touch_cost", format!("segment:{segment}"), period, facts)?;
        Some(Cause { segment: Some(segment.to_owned()), ..cause })
    }

    /// A share of all customers past a line that is a setting (G5, G6, K54).
    fn rate(
        &self,
        kpi: &str,
        id: &str,
        line: &str,
        past: fn(i64, i64, i64) -> bool,
    ) -> Result<Option<Cause>, StoreError> {
        let Some((row, period)) = self.latest("", kpi) else { return Ok(None) };
        let (Some(hits), Some(cases)) = (row.figure.k, row.figure.n) else { return Ok(None) };
        let line = settings::number(self.db, line)?;
        if !past(hits, cases, line) {
            return Ok(None);
        }
        let facts = vec![
            Fact::new(if kpi == "churn" { "lost" } else { "in_time" }, hits as f64, "count"),
            Fact::new("of", cases as f64, "count"),
            Fact::new("rate", hits as f64 / cases as f64, "share"),
            Fact::new("line", line as f64 / 100.0, "share"),
        ];
        Ok(self.cause(id, String::from("all"), period, facts))
    }

    /// Too few activated customers bought in time (G12, K37).
    fn activation(&self) -> Option<Cause> {
        let (row, period) = self.latest("", "activation")?;
        let (hits, cases, target) = (row.figure.k?, row.figure.n?, row.target?);
        if !below(hits, cases, (target * 100.0).round() as i64) {
            return None;
        }
        let facts = vec![
            Fact::new("deals", hits as f64, "count"),
            Fact::new("activated", cases as f64, "count"),
            Fact::new("rate", hits as f64 / cases as f64, "share"),
            Fact::new("target", target, "share"),
        ];
        self.cause("activation", String::from("all"), period, facts)
    }

    /// Conversion of high-value customers that keeps rising: a chance (G9).
    fn conversion(&self) -> Result<Option<Cause>, StoreError> {
        let periods = usize::try_from(settings::number(self.db, "rising_periods")?).unwrap_or(3);
        let value = |kpis: &Option<Kpis>| {
            kpis.as_ref()?.row("high", "conversion").filter(|row| settled(row))?.figure.value
        };
        let mut values: Vec<Option<f64>> = self.months.iter().map(value).collect();
        // a last month that still waits is left out, and the run ends with the one before
        let waits = usize::from(values.first().is_some_and(Option::is_none));
        values.drain(..waits);
        values.reverse();
        let Some(Some(kpis)) = self.months.get(waits) else { return Ok(None) };
        if !rises(&values, periods) {
            return Ok(None);
        }
        let run = values.iter().rev().take(periods + 1).rev().flatten();
        let facts =
            run.enumerate().map(|(at, v)| Fact::new(&format!("period_{}", at + 1), *v, "share")).collect();
        let cause = self.cause("conversion_rising", String::from("segment:high"), kpis.period, facts);
        Ok(cause.map(|cause| Cause { segment: Some("high".to_owned()), ..cause }))
    }
}
