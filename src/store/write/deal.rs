//! What follows from a deal, in the transaction of the order: the reward of a referral and the time to ask for one
//! (`referral`), the level of a member (`membership`), and here the result of an activation. Every rule says what must be so given the orders as they are now, so
//! that an order that is changed or taken back takes its consequences along.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{cause, membership, referral};
use crate::domain::date::after;
use crate::domain::field::Noun;
use crate::store::net::purchase;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::tables::{Image, day, either, int, text, word};

/// Weeks for which an activation is followed at the most.
const MOST_WEEKS: i64 = 53;

/// Follows the orders of every customer whose orders this change has touched.
pub fn follow(work: &mut Work<'_>) -> Result<(), StoreError> {
    for (customer, fell) in work.take_ordered() {
        // the customer itself may be what went
        if work.read(Noun::Customer, customer)?.is_some() {
            of(work, customer, fell)?;
        }
    }
    Ok(())
}

/// The same for one customer; `fell` where an order that stood went or became less.
pub fn of(work: &mut Work<'_>, customer: i64, fell: bool) -> Result<(), StoreError> {
    referral::reward(work, customer)?;
    membership::follow(work, customer, fell)?;
    activation(work, customer)?;
    referral::ask(work, customer)
}

/// What follows when a task is ticked off: a reward was given, or a week of an activation is over.
pub fn ticked(work: &mut Work<'_>, task: &Image) -> Result<(), StoreError> {
    let mut parts = text(task, "cause").unwrap_or_default().split(':');
    match (parts.next(), parts.next().and_then(|id| id.parse().ok())) {
        (Some("reward"), Some(new)) => referral::given(work, int(task, "customer_id").unwrap_or(0), new),
        (Some("activation"), Some(id)) => weekly(work, id),
        _ => Ok(()),
    }
}

/// The goal of an activation, where none was given: so many days after its start (P27).
pub fn due(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let of = |column: &str| match either(row, old, column) {
        Cell::Text(day) => day.parse::<NaiveDate>().ok(),
        _ => None,
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
            .prepare_cached(concat!(
                "SELECT o.id, o.ordered_on FROM orders o WHERE o.customer_id=?1 AND o.ordered_on BETWEEN ?2 AND ?3 AND ",
                purchase!(),
                " ORDER BY o.ordered_on, o.id LIMIT 1",
            ))?
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
    let (Some(from), Some(until)) = (day(&row, "started_on"), day(&row, "due_on")) else { return Ok(()) };
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
