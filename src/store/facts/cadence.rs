//! What the strategy table asks of one customer: the governing row, its clock that rings first, recall, survey and
//! re-evaluation, and what the year's touches have cost. Computed with the other facts, in the same transaction.
//!
//! A customer who is suspended (invalid, G41) or wants no contact gets none of the clocks; an invalid one is looked at again
//! a year later (G24, K46).

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use crate::domain::cadence::{Beat, Clocks, Contact, Ring};
use crate::domain::clock::{Now, from_ms};
use crate::domain::customer::silence_limit;
use crate::store::net::purchase;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::tables::{Image, opt_int};

/// Schemes asked one after the other where the governing one has no row for a customer (product.md, Classes and rules).
const CHAIN: &[&str] = &["segment", "grade", "lifecycle"];
/// Days of two usual intervals at least, before somebody counts as a buyer who did not come again.
const RECALL_LEAST: i64 = 30;

/// What all customers depend on: the rows of the strategy table and the settings.
pub struct Rows {
    governing: String,
    silence: u16,
    survey_months: u32,
    review_days: u64,
    recall_months: u32,
    /// Scheme and class to the row's id and kinds.
    by_class: HashMap<(String, String), (i64, Vec<Beat>)>,
}

/// What the other facts have found out already.
pub struct Ground<'a> {
    /// Scheme and class of the customer.
    pub classes: &'a [(&'a str, &'a str)],
    /// Do not disturb.
    pub quiet: bool,
    /// The day since which the customer is invalid, if it is.
    pub invalid: Option<NaiveDate>,
    /// The day since which we have known them.
    pub known: NaiveDate,
    /// The last order, of the opening balance too.
    pub last_order: Option<NaiveDate>,
    /// Nothing happened with them yet: there are no records to read.
    pub fresh: bool,
}

impl Rows {
    /// Reads table and settings.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        let number = |key| settings::number(db, key).map(|n| n.max(1));
        let mut rows: HashMap<(String, String), (i64, Vec<Beat>)> = HashMap::new();
        let mut query = db.prepare_cached(
            "SELECT s.scheme, s.class, s.id, t.kind, t.ideal_days, t.worst_days
             FROM strategy s LEFT JOIN strategy_touch t ON t.strategy_id=s.id ORDER BY s.id, t.id",
        )?;
        let mut found = query.query([])?;
        while let Some(r) = found.next()? {
            let row = rows.entry((r.get(0)?, r.get(1)?)).or_insert((r.get(2)?, Vec::new()));
            if let (Some(kind), Some(ideal), Some(worst)) =
                (r.get::<_, Option<String>>(3)?, r.get::<_, Option<i64>>(4)?, r.get::<_, Option<i64>>(5)?)
            {
                let days = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
                row.1.push(Beat { kind, ideal: days(ideal), worst: days(worst) });
            }
        }
        Ok(Self {
            governing: settings::get(db, "governing")?,
            silence: u16::try_from(settings::number(db, "silence_days")?).unwrap_or(30),
            survey_months: u32::try_from(number("survey_months")?).unwrap_or(6),
            review_days: number("review_days")?.unsigned_abs(),
            recall_months: u32::try_from(number("recall_months")?).unwrap_or(6),
            by_class: rows,
        })
    }

    /// The row that governs a customer of these classes: of the governing scheme, else of the next that has one (X10).
    pub fn governing(&self, classes: &[(&str, &str)]) -> Option<(i64, &[Beat])> {
        std::iter::once(self.governing.as_str()).chain(CHAIN.iter().copied()).find_map(|scheme| {
            let (_, class) = classes.iter().find(|(s, _)| *s == scheme)?;
            let (id, beats) = self.by_class.get(&(scheme.to_owned(), (*class).to_owned()))?;
            Some((*id, beats.as_slice()))
        })
    }

    /// Gives a class other touch kinds; a class without a row gets one.
    pub fn set(&mut self, scheme: &str, class: &str, beats: &[Beat]) {
        let key = (scheme.to_owned(), class.to_owned());
        self.by_class.entry(key).or_insert((0, Vec::new())).1 = beats.to_vec();
    }

    /// Whether the rows of a scheme are asked first.
    pub fn is_governing(&self, scheme: &str) -> bool {
        self.governing == scheme
    }

    /// Days of silence that are too many: the setting, or the governing row's own rhythm where that is longer (X11).
    pub fn silence(&self, classes: &[(&str, &str)]) -> u16 {
        let shortest = self.governing(classes).and_then(|(_, beats)| beats.iter().map(|b| b.ideal).min());
        silence_limit(self.silence, shortest)
    }
}

/// The cells of these columns, in the order of the facts; `stale` takes the days on which time alone changes them.
pub fn compute(
    db: &Connection,
    customer: i64,
    now: Now,
    rows: &Rows,
    ground: &Ground<'_>,
    stale: &mut Vec<NaiveDate>,
) -> Result<Image, StoreError> {
    let today = now.today();
    let (strategy, beats) = rows.governing(ground.classes).unzip();
    let suspended = ground.quiet || ground.invalid.is_some();
    let mut clocks = Clocks::new(beats.unwrap_or_default());
    let (mut spent, mut count) = (0, 0);
    if !ground.fresh {
        (spent, count) = touches(db, customer, now, &mut clocks)?;
        spent += gifts(db, customer, today)?;
    }
    if spent > 0 || count > 0 {
        stale.extend(NaiveDate::from_ymd_opt(today.year() + 1, 1, 1));
    }
    let (mut ring, mut recall, mut survey, mut review) = (None, None, None, None);
    if !suspended {
        if !ground.fresh {
            ticks(db, customer, now, &mut clocks)?;
            recall = recall_on(db, customer, rows, ground)?;
            survey = survey_on(db, customer, rows, today, stale)?;
        }
        ring = clocks.ring(ground.known, today, stale);
    }
    if let Some(since) = ground.invalid.filter(|_| !ground.quiet) {
        review = every(today, stale, |n| since.checked_add_days(Days::new(rows.review_days * n)));
    }
    let ring_on = ring.as_ref().map(|r| r.on);
    let ask = [ring_on, recall, survey, review].into_iter().flatten().min();
    let date = |d: Option<NaiveDate>| d.map_or(Cell::Null, |d| Cell::Text(d.to_string()));
    let of = |day: fn(&Ring) -> NaiveDate| date(ring.as_ref().map(day));
    Ok(vec![
        ("strategy_id", opt_int(strategy)),
        ("cadence_kind", ring.as_ref().map_or(Cell::Null, |r| Cell::Text(r.kind.clone()))),
        ("cadence_from", of(|r| r.from)),
        ("cadence_on", of(|r| r.on)),
        ("cadence_late_on", of(|r| r.late_on)),
        ("recall_on", date(recall)),
        ("survey_on", date(survey)),
        ("review_on", date(review)),
        ("ask_on", date(ask)),
        ("cost_year", Cell::Integer(spent)),
        ("touches_year", Cell::Integer(count)),
    ])
}

/// Goes through the touches of a customer; answers what those of this year have cost, and how many of them were ours.
fn touches(
    db: &Connection,
    customer: i64,
    now: Now,
    clocks: &mut Clocks<'_>,
) -> Result<(i64, i64), StoreError> {
    let year = now.today().year();
    let (mut spent, mut ours) = (0, 0);
    let mut query = db.prepare_cached(
        "SELECT at, channel, topic, product, responded, kind, cost_fen FROM touch WHERE id BETWEEN ?1 AND ?2",
    )?;
    let mut rows = query.query((customer << 20, ((customer + 1) << 20) - 1))?;
    while let Some(r) = rows.next()? {
        let text = |column: usize| r.get_ref(column).ok().and_then(|cell| cell.as_str().ok());
        let day = now.zone.day(from_ms(r.get(0)?));
        let kind = text(5).unwrap_or_default();
        clocks.touch(&Contact {
            day,
            channel: text(1),
            topic: text(2),
            offered: text(3).is_some_and(|p| !p.is_empty()),
            two_way: r.get(4)? || kind == "inbound",
            proactive: kind == "proactive",
        });
        if day.year() == year {
            spent += r.get::<_, i64>(6)?;
            ours += i64::from(kind != "inbound");
        }
    }
    Ok((spent, ours))
}

/// What was spent on gifts this year: with touches, the cost kinds that run against the budget (D21).
fn gifts(db: &Connection, customer: i64, today: NaiveDate) -> rusqlite::Result<i64> {
    let year = today.year();
    db.prepare_cached(
        "SELECT coalesce(sum(amount_fen),0) FROM expense
         WHERE customer_id=?1 AND spent_on BETWEEN ?2 AND ?3 AND category IN ('touch','gift')",
    )?
    .query_row((customer, format!("{year}-01-01"), format!("{year}-12-31")), |r| r.get(0))
}

/// Tasks that were ticked off without a talk count as tries.
fn ticks(db: &Connection, customer: i64, now: Now, clocks: &mut Clocks<'_>) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached(
        "SELECT cause, done_at FROM task WHERE customer_id=?1 AND state<>'open' AND cause GLOB 'cadence:*' AND done_at IS NOT NULL",
    )?;
    let mut rows = query.query([customer])?;
    while let Some(r) = rows.next()? {
        let cause: String = r.get(0)?;
        if let Some(kind) = cause.split(':').nth(2) {
            clocks.ticked(kind, now.zone.day(from_ms(r.get(1)?)));
        }
    }
    Ok(())
}

/// A buyer without a continuing order (G36): no order for more than twice their usual interval, or for six months where
/// two orders are too few to know one.
fn recall_on(
    db: &Connection,
    customer: i64,
    rows: &Rows,
    ground: &Ground<'_>,
) -> rusqlite::Result<Option<NaiveDate>> {
    let Some(last) = ground.last_order else { return Ok(None) };
    let (days, first): (i64, Option<String>) = db
        .prepare_cached(concat!(
            "SELECT count(DISTINCT o.ordered_on), min(o.ordered_on) FROM orders o WHERE o.customer_id=?1 AND ",
            purchase!()
        ))?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let first = first.and_then(|day| day.parse::<NaiveDate>().ok());
    if let Some(first) = first.filter(|_| days >= 3) {
        let usual = (last - first).num_days() / (days - 1);
        let after = Days::new((2 * usual).max(RECALL_LEAST).unsigned_abs() + 1);
        return Ok(last.checked_add_days(after));
    }
    Ok(last.checked_add_months(Months::new(rows.recall_months)).and_then(|day| day.succ_opt()))
}

/// Half a year after the last survey, and every half year from then on (G23).
fn survey_on(
    db: &Connection,
    customer: i64,
    rows: &Rows,
    today: NaiveDate,
    stale: &mut Vec<NaiveDate>,
) -> rusqlite::Result<Option<NaiveDate>> {
    let last: Option<String> = db
        .prepare_cached("SELECT max(answered_on) FROM survey WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))?;
    let Some(last) = last.and_then(|day| day.parse::<NaiveDate>().ok()) else { return Ok(None) };
    Ok(every(today, stale, |n| {
        let months = Months::new(rows.survey_months * u32::try_from(n).unwrap_or(1));
        last.checked_add_months(months)
    }))
}

/// The last return that has come, else the first; remembers the next, on which the question is a new one.
fn every(
    today: NaiveDate,
    stale: &mut Vec<NaiveDate>,
    at: impl Fn(u64) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let mut came = at(1)?;
    for n in 2..1_000 {
        let Some(next) = at(n) else { break };
        if next > today {
            stale.push(next);
            break;
        }
        came = next;
    }
    Some(came)
}
