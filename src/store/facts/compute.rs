//! The facts of one customer, computed from its records and nothing else. The rules: orders less refunds (kpis.md C4, C5)
//! on top of the opening balance, lifecycle by calendar months (B11–B14, B43), silence (E14, X11), and the next day on
//! which time alone changes any of it.
//!
//! Silence counts from the last two-way contact: only that resets the clock (product.md, five things 3; B9). Ten messages
//! that nobody answered are ten more reasons to call. With whom nobody has ever talked is silent since the day on which
//! we have known them: the first touch, or the day they were entered if that was before.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::cadence::Beat;
use crate::domain::clock::{Now, from_ms};
use crate::domain::customer::{silent_on, size_class};
use crate::store::facts::cadence;
use crate::store::request::StoreError;
use crate::store::tables::{Image, flag, opt_int, word};
use crate::store::words;
use rusqlite::types::Value as Cell;

/// Months after the first order in which a customer is new (B12, P8).
const NEW: u32 = 3;
/// Silent months after which a customer is lost (B33).
const LOST: u32 = 6;
/// Silent months after which a customer is invalid and no longer followed up (B33, G41).
const INVALID: u32 = 12;
/// Months of «the last year».
const YEAR: u32 = 12;
/// Days since the last touch that part the ranks of recency in the look-up.
const RECENT: [i64; 3] = [30, 90, 365];

/// What the facts of all customers depend on.
pub struct Rules {
    cadence: cadence::Rows,
}

impl Rules {
    /// Reads settings and strategy table.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        Ok(Self { cadence: cadence::Rows::load(db)? })
    }

    /// The same with other touch kinds for one class, for a look ahead.
    #[must_use]
    pub fn with_beats(mut self, scheme: &str, class: &str, beats: &[Beat]) -> Self {
        self.cadence.set(scheme, class, beats);
        self
    }

    /// Whether the rows of a scheme govern the cadence of its customers.
    pub fn governs(&self, scheme: &str) -> bool {
        self.cadence.is_governing(scheme)
    }
}

/// The customer's own columns that facts depend on.
struct Base {
    owner: i64,
    code: String,
    name: String,
    person: bool,
    industry: Option<String>,
    size: Option<String>,
    employees: Option<i64>,
    category: Option<String>,
    created: NaiveDate,
    /// Classes that are columns of the customer.
    by_hand: [(&'static str, Option<String>); 3],
}

/// What orders, refunds and the opening balance come to.
#[derive(Default)]
struct Trade {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    orders: i64,
    per_year: i64,
    total: i64,
    year: i64,
    category: Option<String>,
    bought: bool,
    stale: Vec<NaiveDate>,
}

/// The row of facts, in the order of `COLUMNS`; none where there is no such customer.
pub fn compute(db: &Connection, id: i64, now: Now, rules: &Rules) -> Result<Option<Image>, StoreError> {
    let Some(base) = base(db, id, now)? else { return Ok(None) };
    let today = now.today();
    let classes: Vec<(String, String, String, i64)> = db
        .prepare_cached("SELECT scheme, value, how, since FROM class WHERE customer_id=?1")?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let class = |scheme: &str| classes.iter().find(|c| c.0 == scheme).map(|c| c.1.as_str());
    let (segment, grade) = (class("segment"), class("grade"));
    let contact: Option<(i64, String, Option<String>)> = db
        .prepare_cached(
            "SELECT id, name, title FROM contact WHERE customer_id=?1 ORDER BY is_key DESC, id LIMIT 1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let phone: Option<String> = db
        .prepare_cached(
            "SELECT value FROM method WHERE customer_id=?1 AND digits IS NOT NULL
             ORDER BY contact_id=?2 DESC, kind='mobile' DESC, id LIMIT 1",
        )?
        .query_row((id, contact.as_ref().map(|c| c.0)), |r| r.get(0))
        .optional()?;
    let (first_touch, last_touch, two_way): (Option<i64>, Option<i64>, Option<i64>) = db
        .prepare_cached(
            "SELECT min(at), max(at), max(CASE WHEN responded=1 OR kind='inbound' THEN at END)
             FROM touch WHERE id BETWEEN ?1 AND ?2",
        )?
        .query_row((id << 20, ((id + 1) << 20) - 1), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let day = |ms: i64| now.zone.day(from_ms(ms));
    let mut trade = trade(db, id, today)?;
    let mut stale = std::mem::take(&mut trade.stale);
    let (due, open) = tasks(db, id, today, &mut stale)?;
    let complaints: i64 = db
        .prepare_cached("SELECT count(*) FROM complaint WHERE customer_id=?1 AND state<>'resolved'")?
        .query_row([id], |r| r.get(0))?;
    let quiet: bool = db
        .prepare_cached("SELECT EXISTS(SELECT 1 FROM opt_out WHERE customer_id=?1 AND channel='all')")?
        .query_row([id], |r| r.get(0))?;

    let activity = trade.last.max(two_way.map(day));
    let by_hand = classes.iter().find(|c| c.0 == "lifecycle" && c.2 != "rule").map(|c| c.1.clone());
    let lifecycle = by_hand.unwrap_or_else(|| lifecycle(&trade, activity, today, &mut stale).to_owned());
    let unheard = trade.bought && activity.is_some_and(|day| over(day, INVALID, today, &mut stale));
    let by_class = classes.iter().find(|c| c.0 == "expansion" && c.1 == "invalid").map(|c| day(c.3));
    let unheard = activity.filter(|_| unheard).and_then(|day| day.checked_add_months(Months::new(INVALID)));
    let invalid = [by_class, unheard].into_iter().flatten().min();
    let mut of: Vec<(&str, &str)> = classes.iter().map(|c| (c.0.as_str(), c.1.as_str())).collect();
    of.retain(|(scheme, _)| *scheme != "lifecycle");
    of.push(("lifecycle", &lifecycle));
    of.extend(base.by_hand.iter().filter_map(|(scheme, class)| Some((*scheme, class.as_deref()?))));
    let known = first_touch.map_or(base.created, |first| base.created.min(day(first)));
    let silent = (!quiet && invalid.is_none())
        .then(|| silent_on(two_way.map_or(known, day), rules.cadence.silence(&of)))
        .flatten();
    let ground = cadence::Ground { classes: &of, quiet, invalid, known, last_order: trade.last };
    let asked = cadence::compute(db, id, now, &rules.cadence, &ground, &mut stale)?;
    let bucket = bucket(segment, last_touch.map(day), today, &mut stale);
    let size = base.employees.map(|n| size_class(n).to_owned()).or(base.size);
    let text = |t: Option<String>| t.map_or(Cell::Null, Cell::Text);
    let date = |d: Option<NaiveDate>| d.map_or(Cell::Null, |d| Cell::Text(d.to_string()));
    let (contact, title) = contact.map_or((None, None), |(_, name, title)| (Some(name), title));
    let next_stale = stale.into_iter().filter(|day| *day > today).min();
    let mut row = vec![
        ("owner_id", Cell::Integer(base.owner)),
        ("code", word(base.code)),
        ("name_key", word(words::sort_key(&base.name, base.person))),
        ("industry", text(base.industry)),
        ("size", text(size)),
        ("segment", text(segment.map(ToOwned::to_owned))),
        ("grade", text(grade.map(ToOwned::to_owned))),
        ("lifecycle", word(lifecycle)),
        ("contact", text(contact)),
        ("title", text(title)),
        ("phone", text(phone)),
        ("last_touch", opt_int(last_touch)),
        ("last_two_way", opt_int(two_way)),
        ("next_due", opt_int(due.map(|(at, _)| at))),
        ("next_task", opt_int(due.map(|(_, task)| task))),
        ("open_tasks", Cell::Integer(open)),
        ("silent_on", date(silent)),
        ("first_order", date(trade.first)),
        ("last_order", date(trade.last)),
        ("orders", Cell::Integer(trade.orders)),
        ("per_year", Cell::Integer(trade.per_year)),
        ("spend_total", Cell::Integer(trade.total)),
        ("spend_12m", Cell::Integer(trade.year)),
        ("category", text(trade.category.or(base.category))),
        ("complaints", Cell::Integer(complaints)),
        ("quiet", flag(quiet)),
        ("bucket", Cell::Integer(bucket)),
    ];
    row.extend(asked);
    row.push(("stale_on", date(next_stale)));
    Ok(Some(row))
}

fn base(db: &Connection, id: i64, now: Now) -> rusqlite::Result<Option<Base>> {
    db.prepare_cached(
        "SELECT owner_id, code, name, kind='person', industry, size, employees, category, created_at,
                depth, relation, need FROM customer WHERE id=?1",
    )?
    .query_row([id], |r| {
        Ok(Base {
            owner: r.get(0)?,
            code: r.get(1)?,
            name: r.get(2)?,
            person: r.get(3)?,
            industry: r.get(4)?,
            size: r.get(5)?,
            employees: r.get(6)?,
            category: r.get(7)?,
            created: now.zone.day(from_ms(r.get(8)?)),
            by_hand: [("depth", r.get(9)?), ("relation", r.get(10)?), ("need", r.get(11)?)],
        })
    })
    .optional()
}

/// A stored day; a day that is none counts as not there.
fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(|text| text.parse().ok()))
}

fn trade(db: &Connection, id: i64, today: NaiveDate) -> Result<Trade, StoreError> {
    let mut trade = Trade::default();
    let mut own: Vec<(i64, NaiveDate, i64, Option<String>)> = Vec::new();
    let mut query = db.prepare_cached(
        "SELECT o.id, o.ordered_on, ((o.amount_fen - (SELECT coalesce(sum(r.amount_fen),0) FROM refund r
           WHERE r.customer_id=o.customer_id AND r.order_id=o.id)) * o.rate_ppm + 500000) / 1000000, o.category
         FROM orders o WHERE o.customer_id=?1 AND o.status='paid'",
    )?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let net: i64 = row.get(2)?;
        // fully refunded, or a sample: never was a sale (kpis.md C4)
        if let Some(on) = day(row, 1)?.filter(|_| net > 0) {
            own.push((row.get(0)?, on, net, row.get(3)?));
        }
    }
    for (_, on, net, _) in &own {
        trade.first = Some(trade.first.map_or(*on, |first| first.min(*on)));
        trade.last = trade.last.max(Some(*on));
        trade.total += net;
        if within_year(*on, today, &mut trade.stale) {
            trade.per_year += 1;
            trade.year += net;
        }
    }
    trade.orders = i64::try_from(own.len()).unwrap_or(i64::MAX);
    trade.bought = !own.is_empty();
    let mut query = db.prepare_cached(
        "SELECT refunded_on, amount_fen FROM refund WHERE customer_id=?1 AND order_id IS NULL",
    )?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let amount: i64 = row.get(1)?;
        trade.total -= amount;
        if day(row, 0)?.is_some_and(|on| within_year(on, today, &mut trade.stale)) {
            trade.year -= amount;
        }
    }
    if !own.is_empty() {
        trade.category = most_bought(db, id, &own)?;
    }
    opening(db, id, today, &mut trade)?;
    Ok(trade)
}

/// Whether a day lies in the last twelve months; remembers the day on which it will not any more.
fn within_year(on: NaiveDate, today: NaiveDate, stale: &mut Vec<NaiveDate>) -> bool {
    on > today || !over(on, YEAR, today, stale)
}

/// Whether more than so many calendar months have passed since `from`; the same day still counts as within (B10).
fn over(from: NaiveDate, months: u32, today: NaiveDate, stale: &mut Vec<NaiveDate>) -> bool {
    let Some(last) = from.checked_add_months(Months::new(months)) else { return false };
    stale.extend(last.succ_opt());
    today > last
}

/// The opening balance is what orders build on (K43).
fn opening(db: &Connection, id: i64, today: NaiveDate, trade: &mut Trade) -> rusqlite::Result<()> {
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
    if day(row, 0)?.is_none_or(|as_of| within_year(as_of, today, &mut trade.stale)) {
        trade.year += year.unwrap_or(0);
    }
    trade.category = trade.category.take().or(row.get(6)?);
    Ok(())
}

/// The category bought most often; a flat distribution over three or more is no preference (C8, X8).
fn most_bought(
    db: &Connection,
    id: i64,
    orders: &[(i64, NaiveDate, i64, Option<String>)],
) -> rusqlite::Result<Option<String>> {
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
    let most = counts.values().map(|c| c.0).max();
    if counts.len() > 2 && counts.values().all(|c| Some(c.0) == most) {
        return Ok(None);
    }
    Ok(counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
        .map(|(n, _)| n.to_owned()))
}

/// The next due with its task, and how many tasks are open; one put aside comes back on its day.
fn tasks(
    db: &Connection,
    id: i64,
    today: NaiveDate,
    stale: &mut Vec<NaiveDate>,
) -> rusqlite::Result<(Option<(i64, i64)>, i64)> {
    let mut query = db
        .prepare_cached("SELECT id, due_at, snoozed_until FROM task WHERE customer_id=?1 AND state='open'")?;
    let mut rows = query.query([id])?;
    let (mut next, mut open) = (None::<(i64, i64)>, 0);
    while let Some(row) = rows.next()? {
        open += 1;
        if let Some(until) = day(row, 2)?.filter(|until| *until > today) {
            stale.push(until);
            continue;
        }
        let this = (row.get(1)?, row.get(0)?);
        next = Some(next.map_or(this, |other| other.min(this)));
    }
    Ok((next, open))
}

fn lifecycle(
    trade: &Trade,
    activity: Option<NaiveDate>,
    today: NaiveDate,
    stale: &mut Vec<NaiveDate>,
) -> &'static str {
    if !trade.bought {
        return "prospect";
    }
    if activity.is_some_and(|day| over(day, LOST, today, stale)) {
        return "lost";
    }
    // the third monthly return of the first order's day is old, the day before it new (B12)
    let old_from = trade.first.and_then(|first| first.checked_add_months(Months::new(NEW)));
    stale.extend(old_from);
    if old_from.is_some_and(|day| today < day) { "new" } else { "existing" }
}

/// The rank in the look-up: worth of the customer first, then how lately they were talked to; less is better.
fn bucket(
    segment: Option<&str>,
    last: Option<NaiveDate>,
    today: NaiveDate,
    stale: &mut Vec<NaiveDate>,
) -> i64 {
    let tier = match segment {
        Some("high") => 0,
        Some("growth") => 1,
        Some("cooling" | "dormant") => 3,
        _ => 2,
    };
    let days = last.map_or(i64::MAX, |day| (today - day).num_days());
    let recency = RECENT.iter().position(|limit| days <= *limit).unwrap_or(RECENT.len());
    if let (Some(last), Some(limit)) = (last, RECENT.get(recency)) {
        stale.extend(last.checked_add_days(chrono::Days::new(limit.unsigned_abs() + 1)));
    }
    tier * 4 + i64::try_from(recency).unwrap_or(3)
}
