//! What the guard has to know of a customer, read from that customer's rows alone: touches lie in a range of ids, all else
//! has an index on the customer. Questions, the write path and whatever touches many at once come here.

use chrono::{DateTime, Datelike, Duration, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::budget;
use super::row::day;
use crate::domain::clock::{Now, from_ms};
use crate::domain::customer::CustomerId;
use crate::domain::guard::{
    Cap, Consent, Deed, Facts, Finding, Intent, OptOut, Past, Rules, ScriptState, Standing, Window,
};
use crate::domain::money::Fen;
use crate::store::people;
use crate::store::request::{Guarded, StoreError};
use crate::store::settings;

/// The strategy row of the class that governs a customer. Whoever has no class in the governing scheme has none: another
/// scheme's row may make their cadence, but their cap is the setting's (D33, B50).
const ROW: &str = "SELECT s.class, s.cap_count, s.cap_window, s.budget_fen FROM facts f
    JOIN strategy s ON s.id=f.strategy_id WHERE f.customer_id=?1 AND s.scheme=?2";

/// Class, cap, its window, budget of such a row.
type Governs = (Option<String>, Option<i64>, Option<String>, Option<i64>);

/// What is the same for every customer of one question.
struct Ground {
    now: Now,
    governing: String,
    cap: Cap,
    /// Whether answers count towards the cap as well (X12).
    all: bool,
    /// Whether coupons and rewards run against the budget (X14).
    all_costs: bool,
    /// Whether dormant customers may be woken up beyond their cap (X41).
    wakes: bool,
    rules: Rules,
}

impl Ground {
    fn load(db: &Connection, now: Now) -> Result<Self, StoreError> {
        let window = settings::get(db, "cap_window")?;
        Ok(Self {
            now,
            governing: settings::get(db, "governing")?,
            cap: Cap {
                count: settings::number(db, "cap")?,
                window: Window::from_id(&window).unwrap_or(Window::Week),
            },
            all: settings::get(db, "cap_counts")? == "all",
            all_costs: budget::all_counts(db)?,
            wakes: settings::get(db, "wake_up_cap")? == "lifted",
            rules: Rules {
                product_days: u16::try_from(settings::number(db, "offer_days")?).unwrap_or(30),
                budget_percent: settings::number(db, "overspend_percent")?,
            },
        })
    }
}

/// What stands against a deed at each of some customers, in their order; those that are gone are left out.
pub fn guarded(
    db: &Connection,
    customers: &[CustomerId],
    intent: &Intent,
    now: Now,
) -> Result<Vec<Guarded>, StoreError> {
    let ground = Ground::load(db, now)?;
    let mut out = Vec::with_capacity(customers.len());
    for customer in customers {
        if let Some(mut facts) = facts(db, customer.0, intent, &ground)? {
            if ground.wakes && facts.class.as_deref() == Some("dormant") {
                facts.cap.count = i64::MAX;
            }
            out.push(Guarded { customer: *customer, findings: facts.findings(intent, now.zone) });
        }
    }
    Ok(out)
}

/// What stands against a deed at one customer.
pub fn findings(
    db: &Connection,
    customer: i64,
    intent: &Intent,
    now: Now,
) -> Result<Vec<Finding>, StoreError> {
    let found = guarded(db, &[CustomerId(customer)], intent, now)?.pop();
    Ok(found.map(|g| g.findings).unwrap_or_default())
}

/// What one has to know of a customer before dialling.
pub fn standing(db: &Connection, customer: i64, now: Now) -> Result<Option<Standing>, StoreError> {
    let facts = facts(db, customer, &Intent::new(Deed::Touch, now.at), &Ground::load(db, now)?)?;
    Ok(facts.map(|facts| facts.standing(now.at, now.zone)))
}

/// The facts of one customer, as far as they matter at the time of the deed.
fn facts(
    db: &Connection,
    customer: i64,
    intent: &Intent,
    ground: &Ground,
) -> Result<Option<Facts>, StoreError> {
    let people: Option<(Option<i64>, Option<i64>)> = db
        .prepare_cached("SELECT entered_by, checked_by FROM customer WHERE id=?1")?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((entered, checked)) = people else { return Ok(None) };
    let name = |id: Option<i64>| id.map(|id| people::name(db, id)).transpose();
    let row: Option<Governs> = db
        .prepare_cached(ROW)?
        .query_row((customer, &ground.governing), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let (class, count, window, row_budget) = row.unwrap_or_default();
    // both or neither: a number without its window says nothing
    let cap = count
        .zip(window.as_deref().and_then(Window::from_id))
        .map_or(ground.cap, |(count, window)| Cap { count, window });
    let year = ground.now.zone.day(intent.at).year();
    Ok(Some(Facts {
        class,
        cap,
        suspended: suspended(db, customer)?,
        touches: touches(db, customer, intent, ground)?,
        opt_outs: opt_outs(db, customer)?,
        consent: consent(db, customer)?,
        entered: name(entered)?,
        checked: name(checked)?,
        budget: budget::own(db, customer, year)?.or(row_budget).map(Fen),
        spent: budget::spent(db, customer, year, ground.now)?.counting(ground.all_costs),
        script: script(db, intent.script.as_deref())?,
        rules: ground.rules,
    }))
}

/// How far a script has come that is named by code or title: one whose any version is approved may be used (A118). What
/// nobody has in the library is words, and no script.
fn script(db: &Connection, named: Option<&str>) -> rusqlite::Result<Option<ScriptState>> {
    let Some(named) = named.map(str::trim).filter(|n| !n.is_empty()) else { return Ok(None) };
    let state: Option<String> = db
        .prepare_cached(
            "SELECT state FROM script WHERE code=?1 COLLATE NOCASE OR title=?1
             ORDER BY state<>'approved', version DESC LIMIT 1",
        )?
        .query_row([named], |r| r.get(0))
        .optional()?;
    Ok(state.map(|state| match state.as_str() {
        "approved" => ScriptState::Approved,
        "withdrawn" => ScriptState::Withdrawn,
        _ => ScriptState::Draft,
    }))
}

/// Since when follow-up is suspended (G41).
fn suspended(db: &Connection, customer: i64) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT coalesce(
           (SELECT c.since FROM class c WHERE c.customer_id=?1 AND c.scheme='expansion' AND c.how<>'rule'),
           (SELECT max(m.at) FROM class_move m WHERE m.customer_id=?1 AND m.scheme='expansion' AND m.became='invalid'), 0)
         FROM facts f WHERE f.customer_id=?1 AND f.expansion='invalid'",
    )?
    .query_row([customer], |r| r.get(0))
    .optional()
}

/// Touches that can still matter at the time of the deed, and open plans, the newest first.
fn touches(db: &Connection, customer: i64, intent: &Intent, ground: &Ground) -> rusqlite::Result<Vec<Past>> {
    let zone = ground.now.zone;
    let from = since(intent.at, ground);
    // the plus keeps the planner from walking everybody's touches by time: it does not know how narrow the range is
    let mut query = db.prepare_cached(
        "SELECT t.at, (t.kind='proactive' OR ?5 AND t.kind<>'inbound') AND t.reached, t.channel, p.name, t.department, t.product, t.summary,
                t.feedback, t.responded
         FROM touch t CROSS JOIN person p ON p.id=t.person_id
         WHERE t.id BETWEEN ?1 AND ?2 AND t.id IS NOT ?3 AND +t.at>=?4 ORDER BY +t.at DESC, t.id DESC",
    )?;
    let range = (customer << 20, ((customer + 1) << 20) - 1, intent.besides, from, ground.all);
    let touches = query.query_map(range, |r| {
        let at: i64 = r.get(0)?;
        Ok(Past {
            at,
            day: zone.day(from_ms(at)),
            counts: r.get(1)?,
            planned: false,
            channel: r.get(2)?,
            person: r.get(3)?,
            department: r.get(4)?,
            product: r.get(5)?,
            summary: r.get(6)?,
            feedback: r.get(7)?,
            responded: r.get(8)?,
        })
    })?;
    let mut all: Vec<Past> = touches.collect::<rusqlite::Result<_>>()?;
    if intent.deed == Deed::Plan {
        all.extend(plans(db, customer, from, ground)?);
        all.sort_by_key(|t| -t.at);
    }
    Ok(all)
}

/// Open plans of a customer as touches of the day they are due.
fn plans(db: &Connection, customer: i64, from: i64, ground: &Ground) -> rusqlite::Result<Vec<Past>> {
    let zone = ground.now.zone;
    let mut query = db.prepare_cached(
        "SELECT t.due_at, t.text, p.name, p.department FROM task t CROSS JOIN person p ON p.id=t.owner_id
         WHERE t.customer_id=?1 AND t.due_at>=?2 AND t.state='open' AND t.kind='plan'",
    )?;
    let rows = query.query_map((customer, from), |r| {
        // its last instant, as for a plan that is asked about
        let at = r.get::<_, i64>(0)? - 1;
        Ok(Past {
            at,
            day: zone.day(from_ms(at)),
            counts: true,
            planned: true,
            channel: None,
            person: r.get(2)?,
            department: r.get(3)?,
            product: None,
            summary: r.get(1)?,
            feedback: None,
            responded: false,
        })
    })?;
    rows.collect()
}

/// From when on touches can matter: the longest window before the deed.
fn since(at: DateTime<Utc>, ground: &Ground) -> i64 {
    let zone = ground.now.zone;
    let offered = at - Duration::days(i64::from(ground.rules.product_days) + 1);
    let (month, _) = Window::Month.around(at, zone);
    offered.timestamp_millis().min(month).min((at - Duration::days(7)).timestamp_millis())
}

fn opt_outs(db: &Connection, customer: i64) -> rusqlite::Result<Vec<OptOut>> {
    let mut query = db.prepare_cached(
        "SELECT channel, since, way FROM opt_out WHERE customer_id=?1 ORDER BY channel<>'all', id",
    )?;
    let rows = query.query_map([customer], |r| {
        Ok(OptOut { channel: r.get(0)?, since: day(r, 1)?.unwrap_or_default(), way: r.get(2)? })
    })?;
    rows.collect()
}

fn consent(db: &Connection, customer: i64) -> rusqlite::Result<Consent> {
    let state: Option<String> = db
        .prepare_cached("SELECT state FROM consent WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))
        .optional()?;
    Ok(match state.as_deref() {
        Some("given") => Consent::Given,
        Some("withdrawn") => Consent::Withdrawn,
        _ => Consent::Unknown,
    })
}
