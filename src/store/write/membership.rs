//! Members: the level that their orders have reached, and the touch that an upgrade is the conversion of (A64, P36, K24).

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use crate::domain::field::{Noun, Row};
use crate::domain::membership::{levels, standing};
use crate::domain::money::Fen;
use crate::store::net::net;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::since::{Wrote, wrote};
use crate::store::tables::{Image, flag, opt_text, text, word};

/// Days in which a touch can have led to an upgrade (kpis.md: conversion).
const CONVERSION_DAYS: i64 = 30;

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

/// A member who has spent enough reaches the next level; the upgrade is a conversion of the touch before it (K24). Where an
/// order that stood has become less or went (`fell`), a level that orders had brought goes with it, and the conversion too;
/// what was given by hand stays.
pub fn follow(work: &mut Work<'_>, customer: i64, fell: bool) -> Result<(), StoreError> {
    let held: Option<(i64, Option<String>)> = work
        .db
        .prepare_cached("SELECT id, level FROM membership WHERE customer_id=?1")?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((id, level)) = held else { return Ok(()) };
    let levels = levels(&settings::get(work.db, "levels")?).unwrap_or_default();
    let total = Fen(total(work, customer)?);
    let rank = |name: Option<&str>| levels.iter().position(|l| Some(l.name.as_str()) == name);
    let reached = standing(&levels, total, level.as_deref()).reached.map(|l| l.name.as_str());
    if reached.is_some() && rank(reached) > rank(level.as_deref()) {
        let day = word(work.now.today().to_string());
        work.update(Noun::Membership, id, &[("level", opt_text(reached)), ("since", day)])?;
        return upgraded(work, customer);
    }
    if !fell {
        return Ok(());
    }
    let mut now = level;
    for raise in raises(work, id, customer)? {
        if rank(now.as_deref()) <= rank(reached) {
            break;
        }
        let was: Image =
            raise.before.into_iter().flatten().filter(|(c, _)| matches!(*c, "level" | "since")).collect();
        now = text(&was, "level").map(str::to_owned);
        if rank(now.as_deref()) < rank(reached) {
            // it was raised by several levels at once, and one of them it has still reached
            work.update(Noun::Membership, id, &[("level", opt_text(reached))])?;
            break;
        }
        work.update(Noun::Membership, id, &was)?;
        unconverted(work, customer, raise.change)?;
    }
    Ok(())
}

/// The changes in which orders and refunds have raised or lowered a member, the last first, down to the last level that was given by hand.
fn raises(work: &Work<'_>, id: i64, customer: i64) -> Result<Vec<Wrote>, StoreError> {
    let mut by_orders = work.db.prepare_cached(
        "SELECT 1 FROM change_row r JOIN change c ON c.id=r.change_id WHERE r.change_id=?1 AND r.tbl IN ('orders','refund')
         AND (c.customer_id=?2 OR ?2 IN (json_extract(r.before,'$.customer_id'), json_extract(r.after,'$.customer_id'),
           CASE r.tbl WHEN 'orders' THEN (SELECT customer_id FROM orders WHERE id=r.row_id)
                      ELSE (SELECT customer_id FROM refund WHERE id=r.row_id) END))",
    )?;
    let mut all = Vec::new();
    for wrote in wrote(work.db, Row { noun: Noun::Membership, id }, "level")? {
        if wrote.before.is_none() || !by_orders.exists((wrote.change, customer))? {
            break;
        }
        all.push(wrote);
    }
    Ok(all)
}

/// The touch that a raise has taken for converted is not converted any more, unless an order is on record with it.
fn unconverted(work: &mut Work<'_>, customer: i64, raise: i64) -> Result<(), StoreError> {
    let touches: Vec<i64> = work
        .db
        .prepare_cached(
            "SELECT row_id FROM change_row WHERE change_id=?1 AND tbl='touch' AND row_id BETWEEN ?2 AND ?3
             AND before IS NOT NULL AND json_extract(after,'$.converted')=1",
        )?
        .query_map((raise, customer << 20, ((customer + 1) << 20) - 1), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for touch in touches {
        let ordered = work
            .db
            .prepare_cached("SELECT 1 FROM touch_outcome WHERE touch_id=?1 AND kind='ordered'")?
            .exists([touch])?;
        if !ordered && work.read(Noun::Touch, touch)?.is_some() {
            work.update(Noun::Touch, touch, &[("converted", flag(false))])?;
        }
    }
    Ok(())
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
