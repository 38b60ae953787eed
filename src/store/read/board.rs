//! The true counts of a period, from the daily totals and the tasks; with the eleven periods before as a trend.

use chrono::{Days, NaiveDate};

use super::eyes::Eyes;
use super::kpi::few::tells_revenue;
use crate::store::request::{Board, Figure, Period, StoreError};

/// Periods of a trend, the present one included.
const TREND: usize = 12;
/// The segments in the order in which they are told, and touches without one.
const SEGMENTS: &[&str] = &["high", "growth", "ordinary", "cooling", "dormant"];

/// The daily totals of one span.
#[derive(Clone, Copy, Default)]
struct Totals {
    touches: i64,
    proactive: i64,
    answered: i64,
    late: i64,
    cost: i64,
    orders: i64,
    revenue: i64,
    new: i64,
}

/// The board of a period.
pub fn board(eyes: &mut Eyes, period: Period) -> Result<Board, StoreError> {
    let spans: Vec<(NaiveDate, NaiveDate)> = period.trail(TREND).iter().map(|p| (p.from, p.until)).collect();
    let mut totals = Vec::new();
    let mut due = Vec::new();
    let mut customers = Vec::new();
    let mut breaches = Vec::new();
    for (from, until) in &spans {
        breaches.push(overridden(eyes, *from, *until)?);
        totals.push(span(eyes, *from, *until)?);
        due.push(tasks_due(eyes, *from, *until)?);
        customers.push(customers_before(eyes, *until)?);
    }
    let overdue: i64 = eyes
        .db
        .prepare_cached(
            "SELECT count(*) FROM task WHERE state='open' AND due_at<=?1 AND coalesce(snoozed_until,'')<=?2",
        )?
        .query_row((eyes.now.ms(), eyes.now.today().to_string()), |r| r.get(0))?;
    let trend = |of: fn(&Totals) -> i64| totals.iter().map(of).collect::<Vec<_>>();
    let last = totals.last().copied().unwrap_or_default();
    // a period that is not over is compared with the same days of the one before
    let same = spans.len().checked_sub(2).and_then(|at| spans.get(at)).map(|before| {
        let passed = (eyes.now.today() - period.from).num_days() + 1;
        let same = before.0.checked_add_days(Days::new(passed.max(0).unsigned_abs()));
        (before.0, same.map_or(before.1, |same| same.min(before.1)))
    });
    let same = same.filter(|(from, until)| from < until);
    let compared = same;
    let same_breaches = same.map(|(from, until)| overridden(eyes, from, until)).transpose()?;
    let same = match same {
        Some((from, until)) => {
            let (due, done) = tasks_due(eyes, from, until)?;
            Some((span(eyes, from, until)?, customers_before(eyes, until)?, due, done))
        }
        None => None,
    };
    let figure = |id, trend: Vec<i64>, of: Option<i64>, before: Option<i64>| Figure {
        id,
        value: trend.last().copied().unwrap_or(0),
        of,
        before,
        trend,
        masked: false,
    };
    let old = |of: fn(&Totals) -> i64| same.as_ref().map(|(totals, ..)| of(totals));
    let due_now = due.last().copied().unwrap_or((0, 0));
    let figures = vec![
        figure("customers", customers, None, same.as_ref().map(|s| s.1)),
        figure("new", trend(|t| t.new), None, old(|t| t.new)),
        figure("touches", trend(|t| t.touches), None, old(|t| t.touches)),
        figure("answered", trend(|t| t.answered), Some(last.proactive), old(|t| t.answered)),
        figure("due", due.iter().map(|d| d.0).collect(), None, same.as_ref().map(|s| s.2)),
        figure("done", due.iter().map(|d| d.1).collect(), Some(due_now.0), same.as_ref().map(|s| s.3)),
        Figure { id: "overdue", value: overdue, of: None, before: None, trend: Vec::new(), masked: false },
        figure("breaches", breaches, Some(last.proactive), same_breaches),
        figure("late", trend(|t| t.late), Some(last.touches), old(|t| t.late)),
        figure("orders", trend(|t| t.orders), None, old(|t| t.orders)),
        revenue(eyes, (&spans, compared), figure("revenue", trend(|t| t.revenue), None, old(|t| t.revenue)))?,
        figure("cost", trend(|t| t.cost), None, old(|t| t.cost)),
    ];
    Ok(Board { figures, segments: segments(eyes, period)?, people: people(eyes, period)? })
}

/// A first day and the one after the last.
type Dates = (NaiveDate, NaiveDate);

/// The revenue of the spans of its trend, and of the one it is compared with, as it shows to somebody who may not see every
/// amount.
fn revenue(
    eyes: &mut Eyes,
    (spans, compared): (&[Dates], Option<Dates>),
    figure: Figure,
) -> Result<Figure, StoreError> {
    // the days that are summed up are those that are looked at: of the period before they may be fewer than all
    let spans: Vec<Dates> = compared.into_iter().chain(spans.iter().copied()).collect();
    let tells = tells_revenue(eyes, &spans)?;
    let (before, tells) = tells.split_at(usize::from(compared.is_some()));
    let now = tells.last() == Some(&true);
    // a trend with a gap is a trend of something else
    let trend = if tells.contains(&true) { Vec::new() } else { figure.trend };
    Ok(Figure {
        value: if now { 0 } else { figure.value },
        before: figure.before.filter(|_| before == [false]),
        trend,
        masked: now,
        ..figure
    })
}

fn span(eyes: &Eyes, from: NaiveDate, until: NaiveDate) -> Result<Totals, StoreError> {
    Ok(eyes
        .db
        .prepare_cached(
            "SELECT coalesce(sum(touches),0), coalesce(sum(proactive),0), coalesce(sum(answered),0), coalesce(sum(late),0),
                    coalesce(sum(cost_fen),0), coalesce(sum(orders),0), coalesce(sum(order_fen),0), coalesce(sum(customers),0)
             FROM daily WHERE day>=?1 AND day<?2",
        )?
        .query_row((from.to_string(), until.to_string()), |r| {
            Ok(Totals {
                touches: r.get(0)?,
                proactive: r.get(1)?,
                answered: r.get(2)?,
                late: r.get(3)?,
                cost: r.get(4)?,
                orders: r.get(5)?,
                revenue: r.get(6)?,
                new: r.get(7)?,
            })
        })?)
}

/// Touches of a span for which the guard was passed with a reason (G46).
fn overridden(eyes: &Eyes, from: NaiveDate, until: NaiveDate) -> Result<i64, StoreError> {
    let zone = eyes.now.zone;
    Ok(eyes
        .db
        .prepare_cached("SELECT count(*) FROM touch WHERE override IS NOT NULL AND at>=?1 AND at<?2")?
        .query_row((zone.start(from).timestamp_millis(), zone.start(until).timestamp_millis()), |r| {
            r.get(0)
        })?)
}

/// Customers that were there before a day.
fn customers_before(eyes: &Eyes, until: NaiveDate) -> Result<i64, StoreError> {
    Ok(eyes
        .db
        .prepare_cached("SELECT coalesce(sum(customers),0) FROM daily WHERE day<?1")?
        .query_row([until.to_string()], |r| r.get(0))?)
}

/// Tasks that came due in a span, and those of them that were done in time (F34). What is due later can still be done in
/// time and counts for neither.
fn tasks_due(eyes: &Eyes, from: NaiveDate, until: NaiveDate) -> Result<(i64, i64), StoreError> {
    let zone = eyes.now.zone;
    // a due without a time ends with its day, so its instant is the first one after it
    let (from, until) = (zone.start(from).timestamp_millis(), zone.start(until).timestamp_millis());
    let until = until.min(eyes.now.ms());
    Ok(eyes
        .db
        .prepare_cached(
            "SELECT count(*), count(CASE WHEN done_at<=due_at THEN 1 END) FROM task
             WHERE due_at>?1 AND due_at<=?2 AND state<>'dropped'",
        )?
        .query_row((from, until), |r| Ok((r.get(0)?, r.get(1)?)))?)
}

/// Proactive touches and answers by segment at the time (F51).
fn segments(eyes: &Eyes, period: Period) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let rows = grouped(eyes, "segment", period)?;
    let mut out: Vec<(String, i64, i64)> = SEGMENTS
        .iter()
        .map(|s| {
            let found = rows.iter().find(|(id, ..)| id == s);
            let (touches, answered) = found.map_or((0, 0), |(_, t, a)| (*t, *a));
            ((*s).to_owned(), touches, answered)
        })
        .collect();
    // the company's own classes, then whoever had none
    let rest = rows.into_iter().filter(|(id, touches, _)| *touches > 0 && !SEGMENTS.contains(&id.as_str()));
    out.extend(rest);
    out.sort_by_key(|(id, ..)| id.is_empty());
    Ok(out)
}

/// Proactive touches and answers by person, the busiest first.
fn people(eyes: &Eyes, period: Period) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let mut rows = grouped(eyes, "(SELECT p.name FROM person p WHERE p.id=person_id)", period)?;
    rows.retain(|(name, touches, _)| !name.is_empty() && *touches > 0);
    rows.sort_by_key(|(name, touches, _)| (-touches, name.clone()));
    Ok(rows)
}

fn grouped(eyes: &Eyes, by: &str, period: Period) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let sql = format!(
        "SELECT coalesce({by},''), sum(proactive), sum(answered) FROM daily WHERE day>=?1 AND day<?2 GROUP BY 1"
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map((period.from.to_string(), period.until.to_string()), |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
