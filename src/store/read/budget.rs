//! What a customer's year has cost by kind, against its budget (A123, D18–D21). Read from that customer's rows alone.

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension};

use crate::domain::budget::{Spent, standing};
use crate::domain::clock::Now;
use crate::domain::money::Fen;
use crate::store::request::{BudgetRow, StoreError};
use crate::store::settings;

/// What a coupon that was used has taken off.
macro_rules! coupon {
    () => {
        "CASE kind WHEN 'package' THEN max(coalesce(price_fen,0)-coalesce(offer_fen,0),0) ELSE coalesce(face_fen,0) END"
    };
}

/// The budget of a customer's own for a year, as far as somebody has approved it (D19).
pub fn own(db: &Connection, customer: i64, year: i32) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT sum(amount_fen) FROM budget WHERE customer_id=?1 AND period=?2 AND approved_by IS NOT NULL",
    )?
    .query_row((customer, year.to_string()), |r| r.get(0))
}

/// What a year has cost, by kind.
pub fn spent(db: &Connection, customer: i64, year: i32, now: Now) -> rusqlite::Result<Spent> {
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let (from, until) = (first(year), first(year + 1));
    let instant = |day| now.zone.start(day).timestamp_millis();
    let (from_day, until_day) = (from.to_string(), until.to_string());
    let touches: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(cost_fen),0) FROM touch WHERE id BETWEEN ?1 AND ?2 AND +at>=?3 AND +at<?4",
        )?
        .query_row((customer << 20, ((customer + 1) << 20) - 1, instant(from), instant(until)), |r| {
            r.get(0)
        })?;
    let mut out = Spent { touch: Fen(touches), ..Spent::default() };
    let mut query = db.prepare_cached(
        "SELECT category, sum(amount_fen) FROM expense WHERE customer_id=?1 AND spent_on>=?2 AND spent_on<?3
         GROUP BY category",
    )?;
    let mut rows = query.query((customer, &from_day, &until_day))?;
    while let Some(r) = rows.next()? {
        let (category, fen): (String, i64) = (r.get(0)?, r.get(1)?);
        match category.as_str() {
            "touch" => out.touch.0 += fen,
            "gift" => out.gift.0 += fen,
            "coupon" => out.coupon.0 += fen,
            "reward" => out.reward.0 += fen,
            "compensation" => out.compensation.0 += fen,
            _ => {}
        }
    }
    // a coupon costs what it takes off once it is used; a reward when it is given
    out.coupon.0 += db
        .prepare_cached(concat!(
            "SELECT coalesce(sum(",
            coupon!(),
            "),0) FROM coupon WHERE customer_id=?1 AND used_on>=?2 AND used_on<?3"
        ))?
        .query_row((customer, &from_day, &until_day), |r| r.get::<_, i64>(0))?;
    out.reward.0 += db
        .prepare_cached(
            "SELECT coalesce(sum(reward_fen),0) FROM referral WHERE customer_id=?1 AND given_on>=?2 AND given_on<?3",
        )?
        .query_row((customer, &from_day, &until_day), |r| r.get::<_, i64>(0))?;
    Ok(out)
}

/// What coupons and rewards have cost in a year, by the class of a scheme: of them there are few, and they are looked up by
/// their day (X14).
pub fn besides(db: &Connection, scheme: &str, year: i32) -> Result<Vec<(String, i64)>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT f.{scheme}, sum(x.fen) FROM (
           SELECT customer_id, amount_fen AS fen FROM expense INDEXED BY expense_day
             WHERE spent_on>=?1 AND spent_on<?2 AND category IN ('coupon','reward')
           UNION ALL SELECT customer_id, {} FROM coupon INDEXED BY coupon_used WHERE used_on>=?1 AND used_on<?2
           UNION ALL SELECT customer_id, coalesce(reward_fen,0) FROM referral INDEXED BY referral_given
             WHERE given_on>=?1 AND given_on<?2) x
         JOIN facts f ON f.customer_id=x.customer_id WHERE f.{scheme} IS NOT NULL GROUP BY 1",
        coupon!()
    ))?;
    let (from, until) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
    let rows = query.query_map([from, until], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether coupons and rewards run against the budget (X14).
pub fn all_counts(db: &Connection) -> rusqlite::Result<bool> {
    Ok(settings::get(db, "budget_counts")? == "all")
}

/// How the budget of this year stands.
pub fn of(db: &Connection, customer: i64, now: Now) -> Result<BudgetRow, StoreError> {
    let year = now.today().year();
    let class: Option<(Option<i64>, Option<String>)> = db
        .prepare_cached(
            "SELECT s.budget_fen, s.bound FROM facts f JOIN strategy s ON s.id=f.strategy_id WHERE f.customer_id=?1",
        )?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let (amount, bound) = class.unwrap_or_default();
    let own = own(db, customer, year)?;
    let budget = own.or(amount);
    // a budget of one's own is a plain one
    let floor = own.is_none() && bound.as_deref() == Some("floor");
    let spent = spent(db, customer, year, now)?;
    let percent = settings::number(db, "overspend_percent")?;
    let counting = spent.counting(all_counts(db)?);
    let explanation = db
        .prepare_cached(
            "SELECT o.explanation, p.name FROM overspend o JOIN person p ON p.id=o.by_id
             WHERE o.customer_id=?1 AND o.period=?2",
        )?
        .query_row((customer, year.to_string()), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let approved_by = db
        .prepare_cached(
            "SELECT p.name FROM budget b JOIN person p ON p.id=b.approved_by
             WHERE b.customer_id=?1 AND b.period=?2 ORDER BY b.id DESC LIMIT 1",
        )?
        .query_row((customer, year.to_string()), |r| r.get(0))
        .optional()?;
    let pending: Option<i64> = db
        .prepare_cached(
            "SELECT sum(amount_fen) FROM budget WHERE customer_id=?1 AND period=?2 AND approved_by IS NULL",
        )?
        .query_row((customer, year.to_string()), |r| r.get(0))?;
    Ok(BudgetRow {
        year,
        approved_by,
        pending: pending.map(Fen),
        budget: budget.map(Fen),
        floor,
        counting: Some(counting),
        spent,
        standing: standing(Fen(budget.unwrap_or(0)), counting, percent, floor, now.today()),
        explanation,
    })
}
