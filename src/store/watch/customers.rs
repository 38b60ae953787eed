//! Customers that are a cause for alarm: about to leave, buying less often than before, dearer than their budget; and people
//! who look after too many or too few. Candidates come from the kept facts; what is written down is looked up anew.

use chrono::{Datelike, Days};
use rusqlite::Connection;

use crate::domain::alarm::{Churn, Fact, leaves, rule, slows};
use crate::domain::budget::Standing;
use crate::domain::clock::Now;
use crate::domain::kpi::{Length, Period};
use crate::store::alarm::Cause;
use crate::store::net::purchase;
use crate::store::read::budget;
use crate::store::request::StoreError;
use crate::store::settings;

/// Days of which the purchases are compared with as many before (G40: the last two months).
const MONTHS_DAYS: u64 = 60;

/// The quarter of today, in which the same cause raises one alarm.
fn quarter(now: Now) -> String {
    Period::of(Length::Quarter, now.today()).label()
}

/// High-value customers about to leave (G2, K51).
pub fn leaving(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let Some(rule) = rule("churn") else { return Ok(Vec::new()) };
    let lines = Churn {
        unanswered: settings::number(db, "churn_unanswered")?,
        drop: settings::number(db, "churn_drop")?,
    };
    let period = quarter(now);
    let mut query = db.prepare_cached(
        "SELECT customer_id, unanswered, spend_90d, spend_90d_before FROM facts
         WHERE segment='high' AND unanswered>0 AND unanswered>=?1
           AND NOT EXISTS(SELECT 1 FROM alarm a WHERE a.rule='churn' AND a.subject='customer:'||customer_id
               AND (a.period=?2 OR a.state<>'closed'))",
    )?;
    let rows = query.query_map((lines.unanswered.max(1), &period), |r| {
        Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?, r.get::<_, i64>(3)?))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (id, unanswered, spent, before) = row?;
        if !leaves(unanswered, spent, before, lines) {
            continue;
        }
        let change = (spent - before) as f64 / before as f64;
        let cause = Cause::new(rule, format!("customer:{id}"), period.clone(), now.ms());
        out.push(cause.of_customer(id).with(vec![
            Fact::new("unanswered", unanswered as f64, "count"),
            Fact::new("spend_change", change, "share"),
            Fact::new("spent_3m", spent as f64 / 100.0, "yuan"),
            Fact::new("spent_before", before as f64 / 100.0, "yuan"),
        ]));
    }
    Ok(out)
}

/// The next customers after one: who buys less often, and whose budget (their own, else the class's) is overrun. Answers where to go on.
pub fn slice(
    db: &Connection,
    now: Now,
    after: i64,
    take: usize,
) -> Result<(Vec<Cause>, Option<i64>), StoreError> {
    let percent = settings::number(db, "overspend_percent")?;
    let mut query = db.prepare_cached(
        "SELECT f.customer_id, f.segment='high' AND f.order_days>=2,
                f.fen>0 AND (?4 OR f.cost_year>0 AND f.cost_year*100>=f.fen*?2)
         FROM (SELECT f.*, coalesce((SELECT sum(b.amount_fen) FROM budget b WHERE b.customer_id=f.customer_id
                 AND b.period=?5 AND b.approved_by IS NOT NULL), s.budget_fen, 0) AS fen
               FROM facts f LEFT JOIN strategy s ON s.id=f.strategy_id
               WHERE f.customer_id>?1 ORDER BY f.customer_id LIMIT ?3) f
         ORDER BY f.customer_id",
    )?;
    let most = i64::try_from(take.max(1)).unwrap_or(i64::MAX);
    let year = now.today().year().to_string();
    let rows = query.query_map((after, percent, most, budget::all_counts(db)?, year), |r| {
        Ok((r.get::<_, i64>(0)?, r.get::<_, Option<bool>>(1)?, r.get::<_, Option<bool>>(2)?))
    })?;
    let (mut out, mut last, mut seen) = (Vec::new(), after, 0);
    for row in rows {
        let (id, buys, dear) = row?;
        (last, seen) = (id, seen + 1);
        if buys == Some(true) {
            out.extend(slower(db, now, id)?);
        }
        if dear == Some(true) {
            out.extend(overrun(db, now, id)?);
        }
    }
    Ok((out, (seen >= take.max(1)).then_some(last)))
}

/// A high-value customer who buys less often than before: the earlier sign (G40).
fn slower(db: &Connection, now: Now, id: i64) -> Result<Option<Cause>, StoreError> {
    let Some(rule) = rule("frequency") else { return Ok(None) };
    let back = |days: u64| now.today().checked_sub_days(Days::new(days)).unwrap_or_default().to_string();
    let (middle, first) = (back(MONTHS_DAYS), back(2 * MONTHS_DAYS));
    let (recent, before): (i64, i64) = db
        .prepare_cached(concat!(
            "SELECT count(DISTINCT CASE WHEN o.ordered_on>?2 THEN o.ordered_on END),
                    count(DISTINCT CASE WHEN o.ordered_on<=?2 THEN o.ordered_on END)
             FROM orders o WHERE o.customer_id=?1 AND o.ordered_on>?3 AND ",
            purchase!()
        ))?
        .query_row((id, middle, first), |r| Ok((r.get(0)?, r.get(1)?)))?;
    if !slows(recent, before) {
        return Ok(None);
    }
    let cause = Cause::new(rule, format!("customer:{id}"), quarter(now), now.ms());
    Ok(Some(cause.of_customer(id).with(vec![
        Fact::new("bought_2m", recent as f64, "count"),
        Fact::new("bought_before", before as f64, "count"),
    ])))
}

/// A customer whose year has cost its budget and more (G3, K50), looked up in the records.
pub fn overrun(db: &Connection, now: Now, id: i64) -> Result<Option<Cause>, StoreError> {
    let Some(rule) = rule("overrun") else { return Ok(None) };
    let row = budget::of(db, id, now)?;
    let (Standing::Overrun, Some(budget)) = (row.standing, row.budget.filter(|b| b.0 > 0)) else {
        return Ok(None);
    };
    let spent = row.counting.unwrap_or_default();
    let segment: Option<String> =
        db.prepare_cached("SELECT segment FROM facts WHERE customer_id=?1")?.query_row([id], |r| r.get(0))?;
    let cause = Cause::new(rule, format!("customer:{id}"), now.today().year().to_string(), now.ms());
    let facts = vec![
        Fact::new("budget_used", spent.0 as f64 / budget.0 as f64, "share"),
        Fact::new("spent", spent.0 as f64 / 100.0, "yuan"),
        Fact::new("budget", budget.0 as f64 / 100.0, "yuan"),
    ];
    Ok(Some(Cause { segment, ..cause.of_customer(id).with(facts) }))
}

/// People who look after more customers of a class than its range, or after fewer although there are enough for one (G54).
pub fn loads(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let Some(rule) = rule("load") else { return Ok(Vec::new()) };
    if settings::get(db, "load_range")? != "warned" {
        return Ok(Vec::new());
    }
    let period = Period::of(Length::Month, now.today()).label();
    let governing = settings::get(db, "governing")?;
    let mut query = db.prepare_cached(
        "SELECT s.class, t.owner_id, t.accounts, s.load_low, s.load_high FROM strategy s
         JOIN tally t ON t.scheme=s.scheme AND t.class=s.class JOIN person p ON p.id=t.owner_id
         WHERE s.scheme=?1 AND t.accounts>0 AND p.state='active' AND (t.accounts>s.load_high OR (t.accounts<s.load_low
           AND (SELECT sum(accounts) FROM tally a WHERE a.scheme=s.scheme AND a.class=s.class)>=s.load_low))",
    )?;
    let rows = query.query_map([&governing], |r| {
        Ok((
            r.get::<_, String>(0)?,
            r.get::<_, i64>(1)?,
            r.get::<_, i64>(2)?,
            r.get::<_, Option<i64>>(3)?,
            r.get::<_, Option<i64>>(4)?,
        ))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (class, person, accounts, low, high) = row?;
        let cause = Cause::new(rule, format!("load:{class}:{person}"), period.clone(), now.ms());
        let facts = vec![
            Fact::new("accounts", accounts as f64, "count"),
            Fact::new("load_low", low.unwrap_or(0) as f64, "count"),
            Fact::new("load_high", high.unwrap_or(0) as f64, "count"),
        ];
        let segment = (governing == "segment").then_some(class);
        out.push(Cause { person: Some(person), segment, ..cause.with(facts) });
    }
    Ok(out)
}
