//! The facts of one customer, computed from its records and nothing else. The rules: orders less refunds (kpis.md C4, C5)
//! on top of the opening balance, lifecycle by calendar months (B11–B14, B43), silence (E14, X11), and the next day on
//! which time alone changes any of it.
//!
//! Silence counts from the last two-way contact: only that resets the clock (product.md, five things 3; B9). Ten messages
//! that nobody answered are ten more reasons to call. With whom nobody has ever talked is silent since the day on which
//! we have known them: the first touch, or the day they were entered if that was before.

use chrono::{Months, NaiveDate};
use rusqlite::{Connection, OptionalExtension};

use super::habits::Habits;
use super::standing;
use super::talk::{Talk, talk};
use super::trade::{Trade, day, trade};
use crate::domain::cadence::Beat;
use crate::domain::clock::{Now, from_ms};
use crate::domain::customer::{silent_on, size_class};
use crate::domain::scheme::metric::Standing;
use crate::store::facts::cadence;
use crate::store::request::StoreError;
use crate::store::scheme::Classing;
use crate::store::tables::{Image, flag, opt_int, word};
use crate::store::words;
use rusqlite::types::Value as Cell;

/// Days since the last touch that part the ranks of recency in the look-up.
const RECENT: [i64; 3] = [30, 90, 365];

/// What the facts of all customers depend on.
pub struct Rules {
    /// What customers are classed by.
    pub classing: Classing,
    cadence: cadence::Rows,
    habits: Habits,
    /// Whether any product says what needs it meets.
    matching: bool,
}

impl Rules {
    /// Reads settings and strategy table.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        let matching = db.query_row("SELECT EXISTS(SELECT 1 FROM product_tag)", [], |r| r.get(0))?;
        Ok(Self {
            classing: Classing::load(db)?,
            cadence: cadence::Rows::load(db)?,
            habits: Habits::load(db)?,
            matching,
        })
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

/// What happened with a customer, out of all its records.
struct Books {
    talk: Talk,
    trade: Trade,
    /// The days on which time alone changes any of this.
    stale: Vec<NaiveDate>,
    /// The next due (UTC ms) and its task.
    due: Option<(i64, i64)>,
    /// Open tasks.
    open: i64,
    complaints: i64,
    quiet: bool,
}

impl Books {
    fn read(db: &Connection, id: i64, now: Now, habits: Habits) -> Result<Self, StoreError> {
        let today = now.today();
        let talk = talk(db, id, now, habits)?;
        let trade = trade(db, id, today, habits)?;
        let mut stale: Vec<NaiveDate> = trade.stale.iter().chain(&talk.stale).copied().collect();
        let (due, open) = tasks(db, id, today, &mut stale)?;
        let complaints = db
            .prepare_cached("SELECT count(*) FROM complaint WHERE customer_id=?1 AND state<>'resolved'")?
            .query_row([id], |r| r.get(0))?;
        let quiet = db
            .prepare_cached("SELECT EXISTS(SELECT 1 FROM opt_out WHERE customer_id=?1 AND channel='all')")?
            .query_row([id], |r| r.get(0))?;
        Ok(Self { talk, trade, stale, due, open, complaints, quiet })
    }

    /// Of somebody with whom nothing happened yet.
    fn empty(now: Now) -> Self {
        let (talk, trade) = (Talk::none(now), Trade::default());
        Self { talk, trade, stale: Vec::new(), due: None, open: 0, complaints: 0, quiet: false }
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

/// The row of facts, in the order of `COLUMNS`; none where there is no such customer.
pub fn compute(db: &Connection, id: i64, now: Now, rules: &Rules) -> Result<Option<Image>, StoreError> {
    compute_new(db, id, now, rules, false)
}

/// The same of a customer that may be new and `fresh`: nothing happened with it yet.
pub(super) fn compute_new(
    db: &Connection,
    id: i64,
    now: Now,
    rules: &Rules,
    fresh: bool,
) -> Result<Option<Image>, StoreError> {
    let Some(base) = base(db, id, now)? else { return Ok(None) };
    let today = now.today();
    let face = face(db, id)?;
    let Books { talk, trade, mut stale, due, open, complaints, quiet } =
        if fresh { Books::empty(now) } else { Books::read(db, id, now, rules.habits)? };
    let heard = trade.last_known().max(talk.two_way_on());
    let fixed = standing::fixed(db, id, rules.classing.by_hand)?;
    let standing = Standing {
        heard,
        unanswered: talk.unanswered,
        matches: if rules.matching { standing::matches(db, id)? } else { 0 },
        average: rules.classing.average_for(base.industry.as_deref(), trade.first, today),
        tiers: rules.classing.tiers,
        ..trade.standing()
    };
    let classed = rules.classing.classed(&standing, &fixed, today);
    stale.extend(rules.classing.book.turns_on(&standing, today));
    stale.extend(rules.classing.young_until(trade.first, today));
    let class = |scheme: &str| classed.class(scheme);
    let (segment, grade) = (class("segment"), class("grade"));
    let invalid = match class("expansion") {
        Some("invalid") => invalid_since(db, id, now, &rules.classing, &standing, base.created)?,
        _ => None,
    };
    let in_force = classed.in_force();
    let mut of: Vec<(&str, &str)> = in_force.iter().map(|(s, c)| (s.as_str(), c.as_str())).collect();
    of.extend(base.by_hand.iter().filter_map(|(scheme, class)| Some((*scheme, class.as_deref()?))));
    let known = talk.first_on().map_or(base.created, |first| base.created.min(first));
    let silent = (!quiet && invalid.is_none())
        .then(|| silent_on(talk.two_way_on().unwrap_or(known), rules.cadence.silence(&of)))
        .flatten();
    let ground = cadence::Ground { classes: &of, quiet, invalid, known, last_order: trade.last, fresh };
    let asked = cadence::compute(db, id, now, &rules.cadence, &ground, &mut stale)?;
    let bucket = bucket(segment, talk.last_on(), today, &mut stale);
    let size = base.employees.map(|n| size_class(n).to_owned()).or(base.size);
    let text = |t: Option<String>| t.map_or(Cell::Null, Cell::Text);
    let date = |d: Option<NaiveDate>| d.map_or(Cell::Null, |d| Cell::Text(d.to_string()));
    let next_stale = stale.into_iter().filter(|day| *day > today).min();
    let mut row = vec![
        ("owner_id", Cell::Integer(base.owner)),
        ("code", word(base.code)),
        ("name_key", word(words::sort_key(&base.name, base.person))),
        ("industry", text(base.industry)),
        ("size", text(size)),
        ("segment", text(segment.map(ToOwned::to_owned))),
        ("grade", text(grade.map(ToOwned::to_owned))),
        ("lifecycle", text(class("lifecycle").map(ToOwned::to_owned))),
        ("value", text(class("value").map(ToOwned::to_owned))),
        ("expansion", text(class("expansion").map(ToOwned::to_owned))),
        ("stage", text(class("stage").map(ToOwned::to_owned))),
        ("differs", Cell::Integer(classed.differs())),
        ("contact", text(face.contact)),
        ("title", text(face.title)),
        ("phone", text(face.phone)),
        ("last_touch", opt_int(talk.last)),
        ("last_two_way", opt_int(talk.two_way)),
        ("next_due", opt_int(due.map(|(at, _)| at))),
        ("next_task", opt_int(due.map(|(_, task)| task))),
        ("open_tasks", Cell::Integer(open)),
        ("silent_on", date(silent)),
        ("heard_on", date(heard)),
        ("unanswered", Cell::Integer(talk.unanswered)),
        ("first_order", date(trade.first)),
        ("last_order", date(trade.last)),
        ("orders", Cell::Integer(trade.orders)),
        ("per_year", Cell::Integer(trade.per_year)),
        ("spend_total", Cell::Integer(trade.total)),
        ("spend_12m", Cell::Integer(trade.year)),
        ("bought", flag(trade.bought)),
        ("spend_90d", Cell::Integer(trade.quarter)),
        ("spend_90d_before", Cell::Integer(trade.quarter_before)),
        ("order_days", Cell::Integer(trade.order_days)),
        ("spread_ppm", opt_int(trade.spread_ppm)),
        ("matches", Cell::Integer(standing.matches)),
        ("orders_3m", Cell::Integer(trade.orders_3m)),
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

/// Whom one asks for, and the phone to ring.
#[derive(Default)]
struct Face {
    contact: Option<String>,
    title: Option<String>,
    phone: Option<String>,
}

/// The key contact, else the first one; their own phone before another's, a mobile one before a landline.
fn face(db: &Connection, id: i64) -> rusqlite::Result<Face> {
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
    Ok(match contact {
        Some((_, name, title)) => Face { contact: Some(name), title, phone },
        None => Face { phone, ..Face::default() },
    })
}

/// The day since which a customer is invalid: since a person said so, or since the rule's months without an order were over.
fn invalid_since(
    db: &Connection,
    id: i64,
    now: Now,
    classing: &Classing,
    standing: &Standing,
    created: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let said: Option<i64> = db
        .prepare_cached(
            "SELECT since FROM class WHERE customer_id=?1 AND scheme='expansion' AND how<>'rule'",
        )?
        .query_row([id], |r| r.get(0))
        .optional()?;
    if let Some(ms) = said {
        return Ok(Some(now.zone.day(from_ms(ms))));
    }
    let months = classing.book.months("expansion", "invalid", "order_idle_months").unwrap_or(12);
    Ok(standing.last_order.and_then(|day| day.checked_add_months(Months::new(months))).or(Some(created)))
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
