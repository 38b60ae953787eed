//! Figures that are kept: a period is counted once and again only when a later change touches it. What a change touches is
//! told by the days of the rows it changed: an order of today says nothing of last spring, a back-dated one does.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::follow::{Followed, follow};
use crate::domain::clock::Now;
use crate::domain::kpi::{Figure, KPIS, Length, Period, Span, YEAR_DAYS, ahead, back};
use crate::store::request::{Kept, KpiQuery, StoreError};
use crate::store::{Store, turn};

/// Grows with every change of a formula, so that figures of an older program are not shown.
const FORMULAS: u32 = 6;
/// Changed rows since that are looked through one by one; after more, counting anew is quicker than looking.
const MOST: usize = 5_000;
/// Rows kept for one period.
const ROWS: i64 = 4;

/// Under which rules figures were counted.
pub fn rules(span: &Span) -> String {
    let r = span.rules;
    format!(
        "{FORMULAS}/{}/{}/{}/{}/{}/{}/{}-{}/{}/{}",
        if span.period.length == Length::Span { "days" } else { "calendar" },
        span.zone.0,
        r.active_days,
        r.response_days,
        r.conversion_days,
        r.discount_percent,
        r.questions[0],
        r.questions[1],
        if r.all_costs { "all" } else { "own" },
        r.sample
    )
}

/// The id of the last change.
pub fn last(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.prepare_cached("SELECT coalesce(max(id),0) FROM change")?.query_row([], |r| r.get(0))?)
}

/// Customers from which on a count of a running period is not begun anew at every commit: it takes most of a minute at a
/// million.
const LARGE: i64 = 100_000;

/// How long figures of a running period hold at least, in ms since they were counted: in a large company one for each
/// customer, a quarter of an hour at a million; else they are counted anew whenever something happens.
fn hold(db: &Connection, span: &Span) -> Result<i64, StoreError> {
    if !span.runs() {
        return Ok(0);
    }
    let customers: i64 =
        db.prepare_cached("SELECT coalesce(max(id),0) FROM customer")?.query_row([], |r| r.get(0))?;
    Ok(if customers < LARGE { 0 } else { customers })
}

/// How figures are wanted that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Of the moment that is asked about.
    Exact,
    /// Of that moment or, where everybody would have to be counted in a large company, of an earlier one.
    Recent,
    /// Of that moment if a few customers at most have to be looked at for it: while nobody may be kept waiting.
    AtHand,
    /// As they were counted last, however long ago.
    Before,
}

impl Wanted {
    /// Customers that are followed one by one; with more, counting anew is quicker.
    const fn most(self) -> usize {
        match self {
            Self::Exact | Self::Recent => 5_000,
            Self::AtHand => 100,
            Self::Before => 0,
        }
    }
}

/// Figures that need not be counted anew.
pub struct Found {
    /// By group of customers and KPI.
    pub figures: Vec<Vec<Figure>>,
    /// The moment they are of, in UTC ms.
    pub as_of: i64,
    /// What is to be kept of them, so that the next look begins there.
    pub fresh: Option<Kept>,
}

/// Figures of the span that still hold or were brought up to date, and the moment they are of: the span's own, or an earlier
/// one where so much has happened in so large a company that it is not counted anew yet.
pub fn find(db: &Connection, span: &Span, rules: &str, wanted: Wanted) -> Result<Option<Found>, StoreError> {
    let hold = if wanted == Wanted::Recent { hold(db, span)? } else { 0 };
    let (from, until) = (span.period.from.to_string(), span.period.until.to_string());
    let found: Option<(i64, bool, i64, String)> = db
        .prepare_cached(
            "SELECT seen, coalesce(until_at>?3, 1), as_of, figures FROM kept_figures
             WHERE from_on=?1 AND until_on=?2 AND as_of<=?3 AND rules=?4 ORDER BY as_of DESC LIMIT 1",
        )?
        .query_row((from, until, span.as_of, rules), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let Some((seen, lasts, counted, json)) = found else { return Ok(None) };
    let as_of = if wanted == Wanted::Before {
        counted
    } else if lasts && !touched(db, span, counted, seen)? {
        span.as_of
    } else if let Some(Followed { figures, fresh }) = follow(db, span, rules, wanted.most())? {
        return Ok(Some(Found { figures, as_of: span.as_of, fresh }));
    } else if counted + hold > span.as_of {
        counted
    } else {
        return Ok(None);
    };
    let figures: Option<Vec<Vec<Figure>>> = serde_json::from_str(&json).ok();
    let whole = figures.filter(|groups| groups.iter().all(|g| g.len() == KPIS.len()));
    Ok(whole.map(|figures| Found { figures, as_of, fresh: None }))
}

/// Whether a change after `seen` touches the span, or somebody has moved within it since its figures were counted at the
/// instant `as_of` in UTC ms.
pub fn touched(db: &Connection, span: &Span, as_of: i64, seen: i64) -> Result<bool, StoreError> {
    let changed = last(db)? > seen;
    if moved(db, span, as_of + i64::from(!changed))? {
        return Ok(true);
    }
    if !changed {
        return Ok(false);
    }
    let mut query = db.prepare_cached(
        "SELECT tbl, row_id, before, after FROM change_row WHERE change_id>?1 ORDER BY change_id LIMIT ?2",
    )?;
    let mut rows = query.query((seen, i64::try_from(MOST + 1).unwrap_or(i64::MAX)))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let tbl: String = row.get(0)?;
        let image = |at: usize| -> rusqlite::Result<Option<Value>> {
            let text: Option<String> = row.get(at)?;
            Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
        };
        let line = Line { db, span, row: row.get(1)?, before: image(2)?, after: image(3)? };
        if count > MOST || line.touches(&tbl)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether anybody moved to another segment from an instant on and before the one at which the span stands; while it runs
/// whoever moved at all, since how complete records are is told by the segments of the present. The daily round moves
/// customers without a change, and new rules with one that names no customer.
fn moved(db: &Connection, span: &Span, from: i64) -> rusqlite::Result<bool> {
    let until = if span.period.until > span.as_of_day() { i64::MAX } else { span.stand_at() };
    db.prepare_cached(
        "SELECT 1 FROM class_move INDEXED BY class_move_at WHERE at>=?1 AND at<?2 AND scheme='segment' LIMIT 1",
    )?
    .exists((from, until))
}

/// Everything that is kept.
pub fn all(db: &Connection) -> Result<Vec<Kept>, StoreError> {
    let mut query = db.prepare(
        "SELECT from_on, until_on, as_of, until_at, seen, rules, figures, sums FROM kept_figures
         ORDER BY seen DESC, from_on",
    )?;
    let rows = query.query_map([], |r| {
        Ok(Kept {
            from: r.get(0)?,
            until: r.get(1)?,
            as_of: r.get(2)?,
            until_at: r.get(3)?,
            seen: r.get(4)?,
            rules: r.get(5)?,
            figures: r.get(6)?,
            sums: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The span of kept figures; none where they were counted under other rules.
pub fn span(db: &Connection, now: Now, kept: &Kept) -> Result<Option<Span>, StoreError> {
    let (Ok(from), Ok(until)) = (kept.from.parse(), kept.until.parse()) else { return Ok(None) };
    // what a span compares with depends on what it is: a month is not thirty days
    let days = Period { from, until, length: Length::Span };
    let period = if kept.rules.contains("/calendar/") { days.named() } else { days };
    let span = super::span(db, now, KpiQuery { period, as_of: Some(kept.as_of) })?;
    Ok((rules(&span) == kept.rules).then_some(span))
}

/// One changed row.
struct Line<'a> {
    db: &'a Connection,
    span: &'a Span,
    row: i64,
    before: Option<Value>,
    after: Option<Value>,
}

impl Line<'_> {
    fn touches(&self, tbl: &str) -> Result<bool, StoreError> {
        let period = self.span.period;
        let year = back(self.span.stand(), YEAR_DAYS).min(period.from);
        let ever = NaiveDate::MIN;
        let answers = ahead(period.until, self.span.rules.response_days + 1);
        Ok(match tbl {
            "orders" => self.within("orders", "ordered_on", ever, self.span.orders_until())?,
            // a named refund restates the day of its order
            "refund" => self.within("refund", "refunded_on", ever, NaiveDate::MAX)?,
            "touch" => self.within("touch", "at", ever, answers)?,
            "request" => self.within("request", "asked_at", self.span.before(), period.until)?,
            "complaint" => self.within("complaint", "opened_at", self.span.before(), period.until)?,
            "survey" => self.within("survey", "answered_on", year, period.until)?,
            "expense" => {
                self.within("expense", "spent_on", year.min(self.span.year_begin()), period.until)?
            }
            "quote" => self.within("quote", "quoted_on", period.from, period.until)?,
            "activation" => self.within("activation", "started_on", period.from, period.until)?,
            "customer_event" => self.within("customer_event", "happened_at", period.from, period.until)?,
            "task" => self.within("task", "due_at", period.from, ahead(period.until, 1))?,
            "class" => self.within("class", "since", ever, period.until)?,
            // how complete records are is told of the present only, and a period that runs, or that is looked at as it ran,
            // tells it of everybody there is
            "customer" | "contact" | "method" if period.until > self.span.as_of_day() => true,
            "customer" => {
                self.news(&["created_at", "referrer_id", "source", "owner_id"])
                    && self.within("customer", "created_at", ever, period.until)?
                    || self.news(&["checked_at"])
                        && self.within("customer", "checked_at", ever, period.until)?
            }
            "coupon" | "referral" => self.span.rules.all_costs,
            "contract" | "budget" | "person" | "strategy" | "strategy_touch" => true,
            _ => false,
        })
    }

    /// Whether the row came, went, or changed in one of these columns.
    fn news(&self, columns: &[&str]) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                columns.iter().any(|c| before.get(c).is_some() || after.get(c).is_some())
            }
            _ => true,
        }
    }

    /// Whether the row's day, before or after, lies between two days.
    fn within(&self, tbl: &str, column: &str, from: NaiveDate, until: NaiveDate) -> Result<bool, StoreError> {
        let mut days: Vec<NaiveDate> = [&self.before, &self.after]
            .into_iter()
            .flatten()
            .filter_map(|i| self.day(i.get(column)?))
            .collect();
        if days.is_empty() {
            // the day did not change: it is the one the row has
            let sql = format!("SELECT {column} FROM {tbl} WHERE id=?1");
            let found: Option<rusqlite::types::Value> =
                self.db.prepare_cached(&sql)?.query_row([self.row], |r| r.get(0)).optional()?;
            let value = match found {
                Some(rusqlite::types::Value::Integer(at)) => Value::from(at),
                Some(rusqlite::types::Value::Text(day)) => Value::from(day),
                _ => Value::Null,
            };
            days.extend(self.day(&value));
        }
        // a row whose day nobody can tell is better looked at
        Ok(days.is_empty() || days.iter().any(|day| from <= *day && *day < until))
    }

    fn day(&self, value: &Value) -> Option<NaiveDate> {
        match value {
            Value::String(day) => day.parse().ok(),
            Value::Number(at) => Some(self.span.day(at.as_i64()?)),
            _ => None,
        }
    }
}

impl Store {
    /// Keeps figures that were computed; whoever has the file to read only, keeps none.
    pub fn keep(&self, kept: &Kept) -> Result<(), StoreError> {
        let _head = turn::wait(&self.db);
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO kept_figures(from_on,until_on,as_of,until_at,seen,rules,figures,sums)
                 VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
            )?
            .execute((
                &kept.from,
                &kept.until,
                kept.as_of,
                kept.until_at,
                kept.seen,
                &kept.rules,
                &kept.figures,
                &kept.sums,
            ))?;
        self.db
            .prepare_cached(
                "DELETE FROM kept_figures WHERE from_on=?1 AND until_on=?2 AND as_of NOT IN
                   (SELECT as_of FROM kept_figures WHERE from_on=?1 AND until_on=?2 ORDER BY seen DESC, as_of DESC LIMIT ?3)",
            )?
            .execute((&kept.from, &kept.until, ROWS))?;
        Ok(())
    }
}
