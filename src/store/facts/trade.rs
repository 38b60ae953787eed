//! What orders, refunds and the opening balance of one customer come to: sums, days, windows of time, and the days on which
//! time alone moves a window (kpis.md C4, C5; K43).

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::{Connection, Row};

use super::habits::Habits;
use crate::domain::scheme::metric::Standing;
use crate::domain::tag::preference;
use crate::store::net::net;
use crate::store::request::StoreError;

/// Months of «the last year».
const YEAR: u32 = 12;
/// Months in which orders count for the activity (C6).
const ACTIVITY: u32 = 3;
/// Days of «the last three months» where spend is compared (X19, kpis.md 3.5).
const QUARTER: i64 = 90;
/// Days of the year in which order days are counted (kpis.md, repurchase).
const YEAR_DAYS: i64 = 365;

/// What orders, refunds and the opening balance come to.
#[derive(Default)]
pub struct Trade {
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
    pub orders: i64,
    pub per_year: i64,
    pub total: i64,
    pub year: i64,
    pub category: Option<String>,
    pub bought: bool,
    /// Categories with how often each was bought, the most first.
    pub categories: Vec<(String, i64)>,
    /// Orders of the last three calendar months.
    pub orders_3m: i64,
    /// Fen of the last 90 days, and of the 90 before.
    pub quarter: i64,
    pub quarter_before: i64,
    /// Days with an order in the last 365.
    pub order_days: i64,
    /// Spread of the intervals between them, in millionths of their mean.
    pub spread_ppm: Option<i64>,
    /// The day up to which an opening balance without a date of purchase speaks.
    pub spoken_of: Option<NaiveDate>,
    pub stale: Vec<NaiveDate>,
}

impl Trade {
    /// The day of the last order; where only a balance speaks of orders, the day up to which it does: an order of an unknown
    /// day is no older.
    pub fn last_known(&self) -> Option<NaiveDate> {
        self.last.or(self.spoken_of.filter(|_| self.bought))
    }

    /// What of it classes are decided by.
    pub fn standing(&self) -> Standing {
        Standing {
            orders: self.orders,
            bought: self.bought,
            spend_12m: self.year,
            spend_total: self.total,
            spend_90d: self.quarter,
            spend_90d_before: self.quarter_before,
            first_order: self.first,
            last_order: self.last_known(),
            order_days: self.order_days,
            spread_ppm: self.spread_ppm,
            ..Standing::default()
        }
    }
}

/// A stored day; a day that is none counts as not there.
pub fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(|text| text.parse().ok()))
}

/// Reads them.
pub fn trade(db: &Connection, id: i64, today: NaiveDate, habits: Habits) -> Result<Trade, StoreError> {
    let mut trade = Trade::default();
    let mut own: Vec<(i64, NaiveDate, i64, Option<String>)> = Vec::new();
    let mut query = db.prepare_cached(concat!(
        "SELECT o.id, o.ordered_on, ",
        net!(),
        ", o.category
         FROM orders o WHERE o.customer_id=?1 AND o.status='paid'"
    ))?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let net: i64 = row.get(2)?;
        // fully refunded, or a sample: never was a sale (kpis.md C4)
        if let Some(on) = day(row, 1)?.filter(|_| net > 0) {
            own.push((row.get(0)?, on, net, row.get(3)?));
        }
    }
    let mut days = BTreeSet::new();
    for (_, on, net, _) in &own {
        trade.first = Some(trade.first.map_or(*on, |first| first.min(*on)));
        trade.last = trade.last.max(Some(*on));
        trade.total += net;
        if within_year(*on, today, habits, &mut trade.stale) {
            trade.per_year += 1;
            trade.year += net;
        }
        windows(&mut trade, *on, *net, today);
        if *on <= today && !over(*on, ACTIVITY, today, &mut trade.stale) {
            trade.orders_3m += 1;
        }
        if (0..YEAR_DAYS).contains(&(today - *on).num_days()) {
            days.insert(*on);
            trade.stale.extend(on.checked_add_days(Days::new(YEAR_DAYS.unsigned_abs())));
        }
    }
    trade.order_days = i64::try_from(days.len()).unwrap_or(0);
    trade.spread_ppm = spread(&days);
    trade.orders = i64::try_from(own.len()).unwrap_or(i64::MAX);
    trade.bought = !own.is_empty();
    let mut query = db.prepare_cached(
        "SELECT refunded_on, amount_fen FROM refund WHERE customer_id=?1 AND order_id IS NULL",
    )?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let amount: i64 = row.get(1)?;
        trade.total -= amount;
        if let Some(on) = day(row, 0)? {
            if within_year(on, today, habits, &mut trade.stale) {
                trade.year -= amount;
            }
            windows(&mut trade, on, -amount, today);
        }
    }
    if !own.is_empty() {
        trade.categories = ranked(db, id, &own)?;
        trade.category =
            preference(&trade.categories, habits.categories).first().map(|name| (*name).to_owned());
    }
    opening(db, id, today, habits, &mut trade)?;
    Ok(trade)
}

/// Adds an amount to the quarter it lies in; remembers the days on which it leaves one.
fn windows(trade: &mut Trade, on: NaiveDate, fen: i64, today: NaiveDate) {
    let age = (today - on).num_days();
    if (0..QUARTER).contains(&age) {
        trade.quarter += fen;
    } else if (QUARTER..2 * QUARTER).contains(&age) {
        trade.quarter_before += fen;
    }
    let leaves = [QUARTER, 2 * QUARTER].into_iter().find(|n| age < *n);
    trade.stale.extend(leaves.and_then(|n| on.checked_add_days(Days::new(n.unsigned_abs()))));
    if age < 0 {
        // an order of a day to come counts from that day on
        trade.stale.push(on);
    }
}

/// Standard deviation of the days between order days over their mean, in millionths; none with fewer than three days (J14).
fn spread(days: &BTreeSet<NaiveDate>) -> Option<i64> {
    let gaps: Vec<f64> =
        days.iter().zip(days.iter().skip(1)).map(|(a, b)| (*b - *a).num_days() as f64).collect();
    if gaps.len() < 2 {
        return None;
    }
    let n = gaps.len() as f64;
    let mean = gaps.iter().sum::<f64>() / n;
    let variance = gaps.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / n;
    Some((variance.sqrt() / mean * 1e6).round() as i64)
}

/// Whether a day lies in the year that is meant, the last twelve months or the calendar year (X37); remembers the day on
/// which it will not any more.
fn within_year(on: NaiveDate, today: NaiveDate, habits: Habits, stale: &mut Vec<NaiveDate>) -> bool {
    if habits.calendar_year {
        stale.extend(NaiveDate::from_ymd_opt(today.year() + 1, 1, 1));
        return on > today || on.year() == today.year();
    }
    on > today || !over(on, YEAR, today, stale)
}

/// Whether more than so many calendar months have passed since `from`; the same day still counts as within (B10).
fn over(from: NaiveDate, months: u32, today: NaiveDate, stale: &mut Vec<NaiveDate>) -> bool {
    let Some(last) = from.checked_add_months(Months::new(months)) else { return false };
    stale.extend(last.succ_opt());
    today > last
}

/// The opening balance is what orders build on (K43).
fn opening(
    db: &Connection,
    id: i64,
    today: NaiveDate,
    habits: Habits,
    trade: &mut Trade,
) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached(
        "SELECT as_of, first_on, last_on, per_year, total_fen, year_fen, category FROM opening WHERE customer_id=?1",
    )?;
    let mut rows = query.query([id])?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let (first, last) = (day(row, 1)?, day(row, 2)?);
    let (per_year, total, year): (Option<i64>, Option<i64>, Option<i64>) =
        (row.get(3)?, row.get(4)?, row.get(5)?);
    let known = [trade.first, first.or(last)].into_iter().flatten().min();
    trade.bought |= first.is_some() || last.is_some() || total.unwrap_or(0) > 0 || per_year.unwrap_or(0) > 0;
    trade.first = known;
    trade.last = trade.last.max(last).max(first);
    trade.total += total.unwrap_or(0);
    if trade.orders == 0 {
        trade.per_year = per_year.unwrap_or(0);
    }
    trade.spoken_of = day(row, 0)?;
    if trade.spoken_of.is_none_or(|as_of| within_year(as_of, today, habits, &mut trade.stale)) {
        trade.year += year.unwrap_or(0);
    }
    trade.category = trade.category.take().or(row.get(6)?);
    Ok(())
}

/// The categories of a customer with the number of times each was bought, the most first; among equals the one on which
/// more was spent (C7). Order lines say it better than the order where there are any; gifts do not count.
fn ranked(
    db: &Connection,
    id: i64,
    orders: &[(i64, NaiveDate, i64, Option<String>)],
) -> rusqlite::Result<Vec<(String, i64)>> {
    let mut lines: HashMap<i64, Vec<String>> = HashMap::new();
    let mut query = db.prepare_cached(
        "SELECT l.order_id, l.category FROM orders o JOIN order_line l ON l.order_id=o.id
         WHERE o.customer_id=?1 AND l.category IS NOT NULL AND l.gift=0",
    )?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        lines.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut counts: HashMap<&str, (i64, i64, NaiveDate)> = HashMap::new();
    for (order, on, net, category) in orders {
        let own: Vec<&str> = match lines.get(order) {
            Some(of_lines) => of_lines.iter().map(String::as_str).collect(),
            None => category.as_deref().into_iter().collect(),
        };
        for category in own {
            let count = counts.entry(category).or_insert((0, 0, *on));
            *count = (count.0 + 1, count.1 + net, count.2.max(*on));
        }
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    Ok(ranked.into_iter().map(|(name, count)| (name.to_owned(), count.0)).collect())
}
