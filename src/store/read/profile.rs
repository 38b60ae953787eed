//! Everything of one customer in one answer.

use chrono::{Datelike, Months, NaiveDate};

use super::eyes::Eyes;
use super::row::{self, day};
use super::{advice, budget, card, cases, guard, history, records, touches};
use crate::domain::field::{Field, Noun, Row, Value};
use crate::domain::models::rhythm;
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::store::net::{net, purchase};
use crate::store::request::{ClassRow, Profile, Record, RewardState, StoreError};

/// Months of spend that a profile draws.
const MONTHS: u32 = 24;
/// Touches that a profile holds.
const TOUCHES: usize = 200;

/// The profile of a customer.
pub fn profile(eyes: &mut Eyes, id: i64) -> Result<Option<Profile>, StoreError> {
    let Some(row) = row::row(eyes, id)? else { return Ok(None) };
    let seen = eyes.sees(id, row.owner_id)?;
    let Some(customer) = records::one(eyes, Row { noun: Noun::Customer, id })? else { return Ok(None) };
    let mut sections = Vec::new();
    for noun in Noun::OF_CUSTOMER {
        let records = records::of(eyes, *noun, id, seen)?;
        if !records.is_empty() {
            sections.push((*noun, records));
        }
    }
    let methods = records::of(eyes, Noun::Method, id, seen)?;
    let mut people = records::of(eyes, Noun::Contact, id, seen)?;
    people.sort_by_key(|c| (*c.get(Field::ContactKey) != Value::Flag(true), c.row.id));
    let contacts = people
        .into_iter()
        .map(|contact| {
            let mut own: Vec<_> = methods
                .iter()
                .filter(|m| m.get(Field::MethodContact).as_id() == Some(contact.row.id))
                .cloned()
                .collect();
            own.reverse();
            (contact, own)
        })
        .collect();
    let texts = |sql: &str| -> Result<Vec<String>, StoreError> {
        Ok(eyes.db.prepare_cached(sql)?.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    let pairs = |sql: &str| -> Result<Vec<(String, String)>, StoreError> {
        let mut query = eyes.db.prepare_cached(sql)?;
        Ok(query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    };
    let aliases = texts("SELECT code FROM customer_alias WHERE customer_id=?1 ORDER BY code")?;
    let referred = pairs("SELECT code, name FROM customer WHERE referrer_id=?1 ORDER BY code LIMIT 100")?;
    let total: i64 = eyes
        .db
        .prepare_cached("SELECT spend_total FROM facts WHERE customer_id=?1")?
        .query_row([id], |r| r.get(0))?;
    let months = if seen { Some(months(eyes, id)?) } else { None };
    let budget = if seen { Some(budget::of(eyes.db, id, eyes.now)?) } else { None };
    let may_edit = eyes.may(Verb::Edit, id, row.owner_id)?;
    let may_check = eyes.may(Verb::Check, id, row.owner_id)?;
    let Some(standing) = guard::standing(eyes.db, id, eyes.now)? else { return Ok(None) };
    let bought = bought(eyes, id)?;
    let today = eyes.now.today();
    let all: Vec<NaiveDate> = bought.iter().map(|(day, _)| *day).collect();
    let paid: Vec<NaiveDate> = bought.iter().filter(|(_, paid)| *paid).map(|(day, _)| *day).collect();
    let forecast = crate::store::forecast::kept(eyes.db)?;
    Ok(Some(Profile {
        rhythm: rhythm::rhythm(&paid, today, None),
        once: paid.len() == 1,
        chance: forecast.and_then(|fit| fit.chance(&all, today)),
        names: names(eyes, &customer, &sections)?,
        composite: card::composite(eyes, &row)?,
        order_lines: records::order_lines(eyes, id, seen)?,
        tags: super::tags::of(eyes, id)?,
        classes: classes(eyes, id)?,
        tasks: card::tasks(eyes, id, false)?,
        touches: touches::of(eyes, id, TOUCHES)?,
        advice: advice::of(eyes, &row, seen)?,
        history: history::of(eyes, id, 50)?,
        passages: cases::passages(eyes, id)?,
        total: seen.then_some(Fen(total)),
        row,
        customer,
        aliases,
        contacts,
        sections,
        months,
        rewards: rewards(eyes, id)?,
        referred,
        standing,
        budget,
        may_edit,
        may_check,
    }))
}

/// How far the reward of each referral of a customer is.
fn rewards(eyes: &Eyes, id: i64) -> Result<Vec<(i64, RewardState)>, StoreError> {
    let mut query = eyes.db.prepare_cached(concat!(
        "SELECT r.id, r.given_on IS NOT NULL, r.new_id IS NULL, t.state,
                n.referrer_id=r.customer_id
                AND NOT EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=n.id AND ",
        purchase!(),
        ")
         FROM referral r LEFT JOIN customer n ON n.id=r.new_id
         LEFT JOIN task t ON t.cause='reward:'||r.new_id AND t.customer_id=r.customer_id
         WHERE r.customer_id=?1",
    ))?;
    let mut rows = query.query([id])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let (given, unnamed): (bool, bool) = (r.get(1)?, r.get(2)?);
        let (task, waits): (Option<String>, Option<bool>) = (r.get(3)?, r.get(4)?);
        let state = match task.as_deref() {
            _ if given => RewardState::Given,
            Some("open") => RewardState::Due,
            Some("done") => RewardState::Given,
            _ if unnamed => RewardState::Asked,
            _ if waits == Some(true) => RewardState::Waiting,
            _ => RewardState::None,
        };
        out.push((r.get(0)?, state));
    }
    Ok(out)
}

/// The class in force of every scheme that gives one.
fn classes(eyes: &mut Eyes, id: i64) -> Result<Vec<ClassRow>, StoreError> {
    Ok(super::scheme::why(eyes, id, None)?
        .into_iter()
        .filter_map(|why| {
            let value = why.class?;
            let by_rule = why.account.by_rule.filter(|rule| *rule != value);
            let how = why.how.unwrap_or_default();
            Some(ClassRow {
                scheme: why.account.scheme,
                value,
                how,
                reason: why.reason,
                since: why.since,
                by_rule,
            })
        })
        .collect())
}

/// Net spend by month, the last 24, the oldest first; months without an order are zero.
fn months(eyes: &Eyes, id: i64) -> Result<Vec<(NaiveDate, Fen)>, StoreError> {
    let today = eyes.now.today();
    let this = today.with_day(1).unwrap_or(today);
    let first = this.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(this);
    let mut out: Vec<(NaiveDate, Fen)> =
        (0..MONTHS).filter_map(|m| first.checked_add_months(Months::new(m))).map(|m| (m, Fen(0))).collect();
    let mut query = eyes.db.prepare_cached(concat!(
        "SELECT o.ordered_on, ",
        net!(),
        "
         FROM orders o WHERE o.customer_id=?1 AND o.status='paid' AND o.ordered_on>=?2"
    ))?;
    let mut rows = query.query((id, first.to_string()))?;
    while let Some(row) = rows.next()? {
        let on = day(row, 0)?;
        let month =
            out.iter_mut().find(|(m, _)| on.is_some_and(|d| (d.year(), d.month()) == (m.year(), m.month())));
        if let Some((_, fen)) = month {
            fen.0 += row.get::<_, i64>(1)?;
        }
    }
    Ok(out)
}

/// Number and name of the customers that records point at.
fn names(
    eyes: &Eyes,
    customer: &Record,
    sections: &[(Noun, Vec<Record>)],
) -> Result<Vec<(i64, String)>, StoreError> {
    let mut ids: Vec<i64> = customer.get(Field::Referrer).as_id().into_iter().collect();
    let referrals = sections.iter().filter(|(n, _)| *n == Noun::Referral).flat_map(|(_, r)| r);
    ids.extend(referrals.filter_map(|r| r.get(Field::ReferralNew).as_id()));
    let mut out = Vec::new();
    for id in ids {
        if let Some((code, name)) = crate::store::values::code_and_name(eyes.db, id)? {
            out.push((id, format!("{code} {name}")));
        }
    }
    Ok(out)
}

/// A customer's own purchase days, oldest first and each once (C6), and whether one brought anything: days of amount zero
/// count for the model alone (kpis.md 3.4).
fn bought(eyes: &Eyes, id: i64) -> Result<Vec<(NaiveDate, bool)>, StoreError> {
    let mut query = eyes.db.prepare_cached(concat!(
        "SELECT o.ordered_on, max(o.amount_fen>0) FROM orders o INDEXED BY orders_customer
         WHERE o.customer_id=?1 AND o.status='paid' AND o.ordered_on<=?2 AND (o.amount_fen=0 OR ",
        net!(),
        ">0)
         GROUP BY 1 ORDER BY 1"
    ))?;
    let today = eyes.now.today().to_string();
    let days = query.query_map((id, today), |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))?;
    let days: Vec<(String, bool)> = days.collect::<rusqlite::Result<_>>()?;
    Ok(days.into_iter().filter_map(|(day, paid)| Some((day.parse().ok()?, paid))).collect())
}
