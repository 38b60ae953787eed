//! Referrals: who sent whom, the reward that is due with the first deal, and when one asks for a referral (A23, A105, K12,
//! K45, G33, G34). Who sent a customer stands in the customer; a referral that names them says it where nobody else did.

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{cause, task};
use crate::domain::date::after;
use crate::domain::field::{Noun, Row};
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::store::net::{net, purchase};
use crate::store::record::Work;
use crate::store::referral::{asked_lately, sends};
use crate::store::request::StoreError;
use crate::store::since::wrote;
use crate::store::tables::{int, opt_int, text, word};
use crate::store::{people, settings, values};

/// Days after which a reward should have been given, and in which one asks for a referral after a big deal.
const REWARD_DAYS: i64 = 7;
const ASK_DAYS: i64 = 3;
/// A first deal longer ago than this came with old books and is rewarded already, or never was to be.
const REWARDED_DAYS: u64 = 90;
/// An order older than this is history: nobody is asked for a referral because of it.
const FRESH_DAYS: u64 = 14;

/// A referral names whom it brought: that customer was sent by this one from now on, unless somebody else sent them before;
/// nobody sends themselves (A23, A105). A customer the actor may not edit stays as it is.
pub fn referred(work: &mut Work<'_>, referrer: i64, customer: i64) -> Result<(), StoreError> {
    let sent: Option<i64> = work
        .db
        .prepare_cached("SELECT referrer_id FROM customer WHERE id=?1")?
        .query_row([customer], |r| r.get(0))?;
    if sent.is_some()
        || referrer == customer
        || sends(work.db, customer, referrer)?
        || !editable(work, customer)?
    {
        return Ok(());
    }
    work.update(Noun::Customer, customer, &[("referrer_id", Cell::Integer(referrer))])?;
    reward(work, customer)
}

/// A referral (its id) no longer names whom it brought: where a referral has said by whom they were sent, the next one that
/// names them says it, or nobody does; what somebody wrote down in the customer itself stays (A23, A105).
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
    if still
        || int(&row, "referrer_id") != Some(referrer)
        || !editable(work, customer)?
        || !said_by_referral(work, customer)?
    {
        return Ok(());
    }
    let next: Option<i64> = work
        .db
        .prepare_cached(
            "SELECT customer_id FROM referral WHERE new_id=?1 AND id<>?2 AND customer_id<>?1 ORDER BY id LIMIT 1",
        )?
        .query_row((customer, referral), |r| r.get(0))
        .optional()?;
    work.update(Noun::Customer, customer, &[("referrer_id", opt_int(next))])?;
    reward(work, customer)
}

/// Whether a referral has said who sent a customer, and not somebody in the customer itself: the change that wrote it wrote a
/// referral that names them.
fn said_by_referral(work: &Work<'_>, customer: i64) -> Result<bool, StoreError> {
    let wrote = wrote(work.db, Row { noun: Noun::Customer, id: customer }, "referrer_id")?;
    let Some(last) = wrote.first() else { return Ok(false) };
    Ok(work
        .db
        .prepare_cached(
            "SELECT 1 FROM change_row WHERE change_id=?1 AND tbl='referral'
             AND ?2 IN (json_extract(before,'$.new_id'), json_extract(after,'$.new_id'))",
        )?
        .exists((last.change, customer))?)
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
        .prepare_cached(concat!(
            "SELECT min(o.ordered_on) FROM orders o WHERE o.customer_id=?1 AND ",
            purchase!()
        ))?
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

/// Writes down that a reward was given (A105, E20).
pub fn given(work: &mut Work<'_>, referrer: i64, new: i64) -> Result<(), StoreError> {
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

/// After a big deal one asks for a referral (G33, D62).
pub fn ask(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let deal = settings::number(work.db, "big_deal")?.saturating_mul(100);
    let since = work.now.today().checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or_default();
    let big: Option<(i64, i64)> = work
        .db
        .prepare_cached(concat!(
            "SELECT id, left_fen FROM (SELECT o.id, o.ordered_on, ",
            net!(),
            " AS left_fen FROM orders o WHERE o.customer_id=?1 AND o.ordered_on>=?2 AND o.status='paid')
             WHERE left_fen>=?3 ORDER BY ordered_on DESC, id DESC LIMIT 1",
        ))?
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

/// A survey that is about to go is nobody's reason to ask.
pub fn unpleased(work: &mut Work<'_>, survey: i64) -> Result<(), StoreError> {
    cause::keep(work, 0, &format!("ask:survey:{survey}"), None)
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
