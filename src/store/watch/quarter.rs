//! What a quarter or a year shows of the whole company, looked for once a day until it is raised once: tags that nobody has
//! refreshed (G22), floors of budgets that will not be reached (G55), high-value customers who take up what is new (G11).

use chrono::{Datelike, Months};
use rusqlite::Connection;

use crate::domain::alarm::{Fact, Rule, rule};
use crate::domain::clock::Now;
use crate::domain::kpi::{Length, Period};
use crate::domain::tag::refresh_before;
use crate::store::alarm::Cause;
use crate::store::request::StoreError;
use crate::store::settings;

/// Customers up to which stale tags are counted; the number says «at least» from there on.
const MOST: i64 = 1_000;
/// The month from which on a floor that was not reached is pointed out (G55).
const YEARS_END: u32 = 12;
/// Months for which a product is new.
const NEW_MONTHS: u32 = 6;

/// All of them.
pub fn causes(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let mut out = stale_tags(db, now)?;
    out.extend(underspent(db, now)?);
    out.extend(cocreation(db, now)?);
    Ok(out)
}

/// The rule, unless it has been raised in this period already.
fn due(db: &Connection, id: &str, period: &str) -> Result<Option<&'static Rule>, StoreError> {
    let raised =
        db.prepare_cached("SELECT 1 FROM alarm WHERE rule=?1 AND period=?2 LIMIT 1")?.exists((id, period))?;
    Ok(rule(id).filter(|_| !raised))
}

/// People with customers whose tags by hand are older than the last quarter.
fn stale_tags(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let period = Period::of(Length::Quarter, now.today()).label();
    let Some(rule) = due(db, "stale_tags", &period)? else { return Ok(Vec::new()) };
    let before = now.zone.start(refresh_before(now.today())).timestamp_millis();
    let mut people = db.prepare_cached("SELECT id FROM person WHERE state='active' ORDER BY id")?;
    let people: Vec<i64> = people.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut query = db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM facts f WHERE f.owner_id=?1 AND EXISTS(
             SELECT 1 FROM customer_tag q WHERE q.customer_id=f.customer_id AND q.how='hand' AND q.at<?2) LIMIT ?3)",
    )?;
    let mut out = Vec::new();
    for person in people {
        let stale: i64 = query.query_row((person, before, MOST), |r| r.get(0))?;
        if stale > 0 {
            let cause = Cause::new(rule, format!("tags:{person}"), period.clone(), now.ms());
            let facts = vec![Fact::new("stale", stale as f64, "count")];
            out.push(Cause { person: Some(person), ..cause.with(facts) });
        }
    }
    Ok(out)
}

/// Classes whose floor was not reached with many customers when the year ends.
fn underspent(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let period = now.today().year().to_string();
    if now.today().month() < YEARS_END {
        return Ok(Vec::new());
    }
    let Some(rule) = due(db, "underspent", &period)? else { return Ok(Vec::new()) };
    let governing = settings::get(db, "governing")?;
    let mut query = db.prepare_cached(
        "SELECT s.class, count(*), sum(f.cost_year<s.budget_fen) FROM strategy s
         JOIN facts f ON f.strategy_id=s.id
         WHERE s.scheme=?1 AND s.bound='floor' AND s.budget_fen>0 GROUP BY s.id",
    )?;
    let rows = query.query_map([&governing], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (class, accounts, under) = row?;
        if under > 0 {
            let cause = Cause::new(rule, format!("segment:{class}"), period.clone(), now.ms());
            let facts = vec![
                Fact::new("under", under as f64, "count"),
                Fact::new("accounts", accounts as f64, "count"),
            ];
            let segment = (governing == "segment").then_some(class);
            out.push(Cause { segment, ..cause.with(facts) });
        }
    }
    Ok(out)
}

/// High-value customers who answered when something new was offered to them in this quarter.
fn cocreation(db: &Connection, now: Now) -> Result<Option<Cause>, StoreError> {
    let quarter = Period::of(Length::Quarter, now.today());
    let Some(rule) = due(db, "cocreation", &quarter.label())? else { return Ok(None) };
    let new = now.today().checked_sub_months(Months::new(NEW_MONTHS)).unwrap_or_default().to_string();
    let interested: i64 = db
        .prepare_cached(
            "SELECT count(DISTINCT t.customer_id) FROM touch t INDEXED BY touch_at
             WHERE t.at>=?1 AND t.at<=?2 AND t.responded=1 AND t.segment_then='high'
               AND t.product IN (SELECT name FROM product WHERE new_on>=?3)",
        )?
        .query_row((now.zone.start(quarter.from).timestamp_millis(), now.ms(), new), |r| r.get(0))?;
    if interested < settings::number(db, "cocreation_customers")? {
        return Ok(None);
    }
    let cause = Cause::new(rule, String::from("segment:high"), quarter.label(), now.ms());
    let facts = vec![Fact::new("interested", interested as f64, "count")];
    Ok(Some(Cause { segment: Some("high".to_owned()), ..cause.with(facts) }))
}
