//! What follows from a deal, in the transaction of the order: the reward of a referral, the level of a member, the result
//! of an activation, the time to ask for a referral. Every rule says what must be so given the orders as they are now, so
//! that an order that is changed or taken back takes its consequences along.

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::coupon::after;
use super::{cause, task};
use crate::domain::field::Noun;
use crate::domain::membership::{levels, standing};
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::store::net::net;
use crate::store::record::Work;
use crate::store::referral::asked_lately;
use crate::store::request::StoreError;
use crate::store::tables::{Image, int, opt_int, text, word};
use crate::store::{people, settings, values};

/// Days after which a reward should have been given, and in which one asks for a referral after a big deal.
const REWARD_DAYS: i64 = 7;
const ASK_DAYS: i64 = 3;
/// A first deal longer ago than this came with old books and is rewarded already, or never was to be.
const REWARDED_DAYS: u64 = 90;
/// An order older than this is history: nobody is asked for a referral because of it.
const FRESH_DAYS: u64 = 14;
/// Weeks for which an activation is followed at the most.
const MOST_WEEKS: i64 = 53;
/// Days in which a touch can have led to an upgrade (kpis.md: conversion).
const CONVERSION_DAYS: i64 = 30;

/// Follows the orders of every customer whose orders this change has touched.
pub fn follow(work: &mut Work<'_>) -> Result<(), StoreError> {
    for customer in work.take_ordered() {
        // the customer itself may be what went
        if work.read(Noun::Customer, customer)?.is_none() {
            continue;
        }
        reward(work, customer)?;
        member(work, customer)?;
        activation(work, customer)?;
        ask(work, customer)?;
    }
    Ok(())
}

/// A referral names whom it brought: that customer was sent by this one from now on, unless somebody else sent them before;
/// nobody sends themselves (A23, A105). A customer the actor may not edit stays as it is.
pub fn referred(work: &mut Work<'_>, referrer: i64, customer: i64) -> Result<(), StoreError> {
    let sent: Option<i64> = work
        .db
        .prepare_cached("SELECT referrer_id FROM customer WHERE id=?1")?
        .query_row([customer], |r| r.get(0))?;
    if sent.is_some() || referrer == customer || !editable(work, customer)? {
        return Ok(());
    }
    work.update(Noun::Customer, customer, &[("referrer_id", Cell::Integer(referrer))])?;
    reward(work, customer)
}

/// A referral (its id) no longer names whom it brought: they were not sent by this referrer, unless another referral of the
/// same referrer says so (A23, A105).
pub fn unreferred(
    work: &mut Work<'_>,
    referral: i64,
    referrer: i64,
    customer: i64,
) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Customer, customer)? else { return Ok(()) };
    let still = work
        .db
        .prepare_cached("SELECT 1 FROM referral WHERE customer_id=?1 AND new_id=?2 AND id<>?3")?
        .exists((referrer, customer, referral))?;
    if still || int(&row, "referrer_id") != Some(referrer) || !editable(work, customer)? {
        return Ok(());
    }
    work.update(Noun::Customer, customer, &[("referrer_id", Cell::Null)])?;
    reward(work, customer)
}

/// Whether the actor may edit a customer.
fn editable(work: &Work<'_>, customer: i64) -> Result<bool, StoreError> {
    match people::need(work.db, work.actor, Verb::Edit, customer, work.now) {
        Ok(_) => Ok(true),
        Err(StoreError::Denied(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The first closed deal of a referred customer rewards the referrer, once (K12, K45, G34).
pub fn reward(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let (referrer, name): (Option<i64>, String) = work
        .db
        .prepare_cached("SELECT referrer_id, name FROM customer WHERE id=?1")?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let cause = format!("reward:{customer}");
    let Some(referrer) = referrer else { return cause::keep(work, customer, &cause, None) };
    let first: Option<String> = work
        .db
        .prepare_cached(
            "SELECT min(ordered_on) FROM orders WHERE customer_id=?1 AND status='paid' AND amount_fen>0",
        )?
        .query_row([customer], |r| r.get(0))?;
    let first = first.and_then(|day| day.parse::<NaiveDate>().ok());
    let yuan = settings::number(work.db, "referral_reward")?;
    let said = format!("{name} · ¥{yuan}");
    // a customer who bought long before the referral was written down is nobody's success
    let since = work.now.today().checked_sub_days(Days::new(REWARDED_DAYS)).unwrap_or_default();
    let wanted = first.filter(|day| yuan > 0 && *day >= since);
    let due = after(work.now.today(), REWARD_DAYS);
    let there = work
        .db
        .prepare_cached(
            "SELECT 1 FROM task WHERE cause=?1 AND (state='done' OR (state='open' AND customer_id=?2))",
        )?
        .exists((&cause, referrer))?;
    // one that stands for the same referrer keeps its day
    if wanted.is_some() && there {
        return Ok(());
    }
    cause::keep(work, referrer, &cause, wanted.map(|_| (said.as_str(), due)))
}

/// What follows when a task is ticked off: a reward was given, or a week of an activation is over.
pub fn ticked(work: &mut Work<'_>, task: &Image) -> Result<(), StoreError> {
    let mut parts = text(task, "cause").unwrap_or_default().split(':');
    match (parts.next(), parts.next().and_then(|id| id.parse().ok())) {
        (Some("reward"), Some(new)) => given(work, int(task, "customer_id").unwrap_or(0), new),
        (Some("activation"), Some(id)) => weekly(work, id),
        _ => Ok(()),
    }
}

/// Writes down that a reward was given (A105, E20).
fn given(work: &mut Work<'_>, referrer: i64, new: i64) -> Result<(), StoreError> {
    let there: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM referral WHERE customer_id=?1 AND new_id=?2 ORDER BY id LIMIT 1")?
        .query_row((referrer, new), |r| r.get(0))
        .optional()?;
    let yuan = settings::number(work.db, "referral_reward")?;
    let mut row = vec![
        ("given_on", word(work.now.today().to_string())),
        ("reward_fen", opt_int(yuan.checked_mul(100))),
    ];
    if let Some(id) = there {
        work.update(Noun::Referral, id, &row)?;
        return Ok(());
    }
    let known = values::code_and_name(work.db, new)?.is_some();
    row.push(("customer_id", Cell::Integer(referrer)));
    row.push(("new_id", opt_int(known.then_some(new))));
    work.insert(Noun::Referral, &row)?;
    Ok(())
}

/// What a customer has spent so far: orders less refunds on top of the opening balance, as the facts count it.
fn total(work: &Work<'_>, customer: i64) -> Result<i64, StoreError> {
    Ok(work
        .db
        .prepare_cached(concat!(
            "SELECT coalesce((SELECT sum(left_fen) FROM
                (SELECT ",
            net!(),
            " AS left_fen FROM orders o WHERE o.customer_id=?1 AND o.status='paid')
                WHERE left_fen>0),0)
              - coalesce((SELECT sum(amount_fen) FROM refund WHERE customer_id=?1 AND order_id IS NULL),0)
              + coalesce((SELECT total_fen FROM opening WHERE customer_id=?1),0)"
        ))?
        .query_row([customer], |r| r.get(0))?)
}

/// A member who has spent enough reaches the next level; the upgrade is a conversion of the touch before it (K24).
fn member(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let held: Option<(i64, Option<String>)> = work
        .db
        .prepare_cached("SELECT id, level FROM membership WHERE customer_id=?1")?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((id, level)) = held else { return Ok(()) };
    let levels = levels(&settings::get(work.db, "levels")?).unwrap_or_default();
    let total = Fen(total(work, customer)?);
    let rank = |name: Option<&str>| levels.iter().position(|l| Some(l.name.as_str()) == name);
    let reached = standing(&levels, total, level.as_deref()).reached.map(|l| l.name.clone());
    // what was given by hand stays; only the way up is automatic
    if reached.is_none() || rank(reached.as_deref()) <= rank(level.as_deref()) {
        return Ok(());
    }
    let day = word(work.now.today().to_string());
    work.update(Noun::Membership, id, &[("level", word(reached.unwrap_or_default())), ("since", day)])?;
    upgraded(work, customer)
}

/// The last proactive touch before an upgrade has converted (K24).
pub fn upgraded(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let since = work.now.ms() - CONVERSION_DAYS * 24 * 60 * 60 * 1000;
    let touch: Option<i64> = work
        .db
        .prepare_cached(
            "SELECT id FROM touch WHERE id BETWEEN ?1 AND ?2 AND +kind='proactive' AND +at>=?3 AND +at<=?4
             ORDER BY +at DESC, id DESC LIMIT 1",
        )?
        .query_row((customer << 20, ((customer + 1) << 20) - 1, since, work.now.ms()), |r| r.get(0))
        .optional()?;
    if let Some(touch) = touch {
        work.update(Noun::Touch, touch, &[("converted", Cell::Integer(1))])?;
    }
    Ok(())
}

/// The goal of an activation, where none was given: so many days after its start (P27).
pub fn due(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let of = |column: &str| match row.iter().find(|(c, _)| *c == column) {
        Some((_, Cell::Text(day))) => day.parse::<NaiveDate>().ok(),
        Some(_) => None,
        None => text(old, column).and_then(|day| day.parse().ok()),
    };
    if of("due_on").is_none() {
        let started = of("started_on").unwrap_or(work.now.today());
        let due = after(started, settings::number(work.db, "activation_days")?);
        row.retain(|(column, _)| *column != "due_on");
        row.push(("due_on", word(due.to_string())));
    }
    Ok(())
}

/// An order within the days of an activation is its success; without one it runs on (K37).
fn activation(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let all: Vec<(i64, String, String, String)> = work
        .db
        .prepare_cached(
            "SELECT id, started_on, due_on, outcome FROM activation WHERE customer_id=?1 AND outcome<>'lost'",
        )?
        .query_map([customer], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, from, until, outcome) in all {
        let order: Option<(i64, String)> = work
            .db
            .prepare_cached(
                "SELECT id, ordered_on FROM orders WHERE customer_id=?1 AND ordered_on BETWEEN ?2 AND ?3
                 AND status='paid' AND amount_fen>0 ORDER BY ordered_on, id LIMIT 1",
            )?
            .query_row((customer, &from, &until), |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let row = match order {
            Some((order, on)) => {
                [("outcome", word("won")), ("order_id", Cell::Integer(order)), ("ended_on", word(on))]
            }
            // one that was closed by hand, without an order, stays so
            None if outcome == "won" && order_of(work, id)?.is_some() => {
                [("outcome", word("open")), ("order_id", Cell::Null), ("ended_on", Cell::Null)]
            }
            None => continue,
        };
        work.update(Noun::Activation, id, &row)?;
        weekly(work, id)?;
    }
    Ok(())
}

/// The order that made an activation a success.
fn order_of(work: &Work<'_>, id: i64) -> Result<Option<i64>, StoreError> {
    Ok(work.read(Noun::Activation, id)?.and_then(|(_, row)| int(&row, "order_id")))
}

/// An order that is about to be removed was nobody's success.
pub fn released(work: &mut Work<'_>, order: i64) -> Result<(), StoreError> {
    let won: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM activation WHERE order_id=?1")?
        .query_map([order], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in won {
        let row = [("outcome", word("open")), ("order_id", Cell::Null), ("ended_on", Cell::Null)];
        work.update(Noun::Activation, id, &row)?;
        weekly(work, id)?;
    }
    Ok(())
}

/// A running activation is looked at every week until its goal (G12).
pub fn weekly(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Activation, id)? else { return Ok(()) };
    let customer = int(&row, "customer_id").unwrap_or(0);
    let day = |column: &str| text(&row, column).and_then(|d| d.parse::<NaiveDate>().ok());
    let (Some(from), Some(until)) = (day("started_on"), day("due_on")) else { return Ok(()) };
    let running = text(&row, "outcome") == Some("open");
    let said = text(&row, "plan").map_or_else(|| until.to_string(), |plan| format!("{plan} · {until}"));
    let mut week = 1;
    loop {
        let on = after(from, 7 * week).min(until);
        let cause = format!("activation:{id}:{week}");
        let state: Option<String> = work
            .db
            .prepare_cached("SELECT state FROM task WHERE cause=?1")?
            .query_row([&cause], |r| r.get(0))
            .optional()?;
        if !running {
            cause::keep(work, customer, &cause, None)?;
        } else if state.as_deref() != Some("done") {
            // weeks that are over do not pile up: the present one stands
            if week < MOST_WEEKS
                && on < until
                && after(from, 7 * (week + 1)) <= work.now.today()
                && state.is_none()
            {
                week += 1;
                continue;
            }
            return cause::keep(work, customer, &cause, Some((&said, on)));
        }
        if on >= until || week >= MOST_WEEKS {
            return Ok(());
        }
        week += 1;
    }
}

/// An activation that is about to be removed asks for nothing any more.
pub fn forget(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    work.update(Noun::Activation, id, &[("outcome", word("lost"))])?;
    weekly(work, id)
}

/// After a big deal one asks for a referral (G33, D62).
fn ask(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let deal = settings::number(work.db, "big_deal")?.saturating_mul(100);
    let since = work.now.today().checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or_default();
    let big: Option<(i64, i64)> = work
        .db
        .prepare_cached(
            "SELECT id, amount_fen FROM orders WHERE customer_id=?1 AND ordered_on>=?2 AND status='paid' AND amount_fen>=?3
             ORDER BY ordered_on DESC, id DESC LIMIT 1",
        )?
        .query_row((customer, since.to_string(), deal), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    wish(work, customer, "order", big.map(|(id, fen)| (id, format!("¥{}", Fen(fen).yuan_grouped()))))
}

/// Somebody who says so is pleased: one asks for a referral (G33).
pub fn pleased(work: &mut Work<'_>, survey: i64) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Survey, survey)? else { return Ok(()) };
    let since = work.now.today().checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or_default();
    let fresh = text(&row, "answered_on").is_some_and(|on| on >= since.to_string().as_str());
    let said = match (int(&row, "nps"), int(&row, "score")) {
        (Some(nps), _) if nps >= 9 => Some(format!("NPS {nps}")),
        (None, Some(score)) if score >= 90 => Some(format!("CSAT {score}")),
        _ => None,
    };
    let customer = int(&row, "customer_id").unwrap_or(0);
    wish(work, customer, "survey", said.filter(|_| fresh).map(|said| (survey, said)))
}

/// Keeps the one task that asks for a referral: none where the customer was asked lately.
fn wish(
    work: &mut Work<'_>,
    customer: i64,
    by: &str,
    cause_of: Option<(i64, String)>,
) -> Result<(), StoreError> {
    let open: Vec<(i64, String)> = work
        .db
        .prepare_cached(
            "SELECT id, cause FROM task WHERE customer_id=?1 AND state='open' AND cause LIKE 'ask:%'",
        )?
        .query_map([customer], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let wanted = cause_of.as_ref().map(|(id, _)| format!("ask:{by}:{id}"));
    for (_, gone) in
        open.iter().filter(|(_, c)| c.starts_with(&format!("ask:{by}:")) && Some(c) != wanted.as_ref())
    {
        cause::keep(work, customer, gone, None)?;
    }
    let (Some(cause), Some((_, said))) = (wanted, cause_of) else { return Ok(()) };
    let lately = asked_lately(work.db, customer, work.now.today())?;
    if lately || open.iter().any(|(_, c)| *c != cause && !c.starts_with(&format!("ask:{by}:"))) {
        return Ok(());
    }
    if open.iter().any(|(_, c)| *c == cause) {
        return Ok(());
    }
    cause::keep(work, customer, &cause, Some((&said, after(work.now.today(), ASK_DAYS))))
}

/// A request that was written down answers the task that asked for it.
pub fn asked(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let open: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM task WHERE customer_id=?1 AND state='open' AND cause LIKE 'ask:%'")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    task::met(work, &open)
}
