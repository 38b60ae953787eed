//! What the strategy table puts into a person's queue: clocks that ring, buyers to recall, surveys and invalid customers to
//! look at again, each with how to do it. One customer stands there once: the strongest reason shows, the others are named
//! beside it, and what is promised or planned within two weeks does for all of them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::item::{CUSTOMER, handled, item};
use super::row::{self, day};
use super::{advice, scripts, situation, strategy};
use crate::domain::cadence;
use crate::domain::change::TaskRef;
use crate::domain::customer::CustomerId;
use crate::domain::queue::{Advice, CAUSES, Item, Reason};
use crate::store::request::StoreError;

/// A talk that is planned within so many days is waited for.
const PLANNED: u64 = 14;

/// A cause with its reason and the first day on which it stands.
type Cause = (Reason, String, NaiveDate);

/// Ideal and worst days by row and kind.
type Intervals = HashMap<(i64, String), (i64, i64)>;

/// Ideal and worst days of every kind of every row.
fn intervals(eyes: &Eyes) -> Result<Intervals, StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT strategy_id, kind, ideal_days, worst_days FROM strategy_touch")?;
    let rows = query.query_map([], |r| Ok(((r.get(0)?, r.get(1)?), (r.get(2)?, r.get(3)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The instant until which a planned talk is waited for.
fn soon(eyes: &Eyes) -> (NaiveDate, i64) {
    let today = eyes.now.today();
    let soon = today.checked_add_days(Days::new(PLANNED)).unwrap_or(today);
    (soon, eyes.now.zone.end(soon).timestamp_millis())
}

/// What the strategy table asks of the customers of an owner today: one item a cause. Where only `most` customers are
/// wanted, it reads no further.
pub fn asks(eyes: &Eyes, owner: i64, most: Option<usize>) -> Result<Vec<Item>, StoreError> {
    let today = eyes.now.today();
    let mut customers = 0;
    let intervals = intervals(eyes)?;
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {CUSTOMER}, f.strategy_id, f.cadence_kind, f.cadence_from, f.cadence_on, f.recall_on, f.last_order,
                f.survey_on, f.review_on, (SELECT max(answered_on) FROM survey WHERE customer_id=f.customer_id),
                coalesce(f.next_due<=?3,0) AND f.open_tasks>0
         FROM facts f JOIN customer c ON c.id=f.customer_id
         WHERE f.owner_id=?1 AND f.ask_on IS NOT NULL AND f.ask_on<=?2
           AND NOT EXISTS(SELECT 1 FROM setting WHERE key='suspended.'||f.segment AND value>?2)"
    ))?;
    let mut rows = query.query((owner, today.to_string(), soon(eyes).1))?;
    let mut out: Vec<Item> = Vec::new();
    while let Some(r) = rows.next()? {
        let customer: i64 = r.get(0)?;
        let came = |column| Ok::<_, StoreError>(day(r, column)?.filter(|on| *on <= today));
        let mut causes: Vec<Cause> = Vec::new();
        if let (Some(on), Some(from), Some(kind)) = (came(9)?, day(r, 8)?, r.get::<_, Option<String>>(7)?) {
            let row: i64 = r.get(6)?;
            let (ideal, worst) = intervals.get(&(row, kind.clone())).copied().unwrap_or((0, 0));
            let cause = format!("cadence:{customer}:{kind}:{on}");
            let days = (today - from).num_days();
            causes.push((Reason::Cadence { kind, days, ideal, worst }, cause, on));
        }
        if let (Some(on), Some(last)) = (came(10)?, day(r, 11)?) {
            let days = (today - last).num_days();
            causes.push((Reason::Recall { days }, format!("recall:{customer}:{on}"), on));
        }
        if let Some(on) = came(12)? {
            let days = day(r, 14)?.map(|last| (today - last).num_days());
            causes.push((Reason::Survey { days }, format!("survey:{customer}:{on}"), on));
        }
        if let Some(on) = came(13)? {
            causes.push((Reason::Review, format!("review:{customer}:{on}"), on));
        }
        for (reason, cause, on) in causes {
            if handled(eyes, &cause)? {
                continue;
            }
            // the screen and the command line put words in its place before they write
            let task = TaskRef::Cause {
                customer: CustomerId(customer),
                text: cause.split(':').next().unwrap_or_default().to_owned(),
                cause,
                due: on,
            };
            let at = eyes.now.zone.end(on).timestamp_millis();
            let first = out.last().is_none_or(|last| last.customer.0 != customer);
            customers += usize::from(first && !r.get::<_, bool>(15)?);
            out.push(item(r, task, String::new(), on, reason, at)?);
        }
        if most.is_some_and(|most| customers >= most) {
            break;
        }
    }
    Ok(out)
}

/// Puts what is proposed beside what stands there already.
pub fn join(eyes: &Eyes, here: &mut Vec<Item>, mut asked: Vec<Item>) -> Result<(), StoreError> {
    asked.sort_by_key(|i| (i.customer.0, i.reason.strength()));
    let places: HashMap<i64, usize> =
        here.iter().enumerate().rev().map(|(at, item)| (item.customer.0, at)).collect();
    let (soon, until) = soon(eyes);
    // where a clock runs, silence is named beside it and never asked for alone: its limit is at least the clock's own (X11)
    let mut waits = eyes.db.prepare_cached(
        "SELECT coalesce(next_due<=?2,0) AND open_tasks>0 OR (?3 AND cadence_on IS NOT NULL) FROM facts WHERE customer_id=?1",
    )?;
    let mut last: Option<(i64, bool)> = None;
    for ask in asked {
        let customer = ask.customer.0;
        let there = places.get(&customer).copied().and_then(|at| here.get_mut(at)).filter(|i| i.due <= soon);
        if let Some(there) = there {
            there.also.push(ask.reason);
            continue;
        }
        match last {
            // the weaker reasons of the one before
            Some((same, shown)) if same == customer => {
                if let Some(item) = here.last_mut().filter(|_| shown) {
                    item.also.push(ask.reason);
                }
            }
            _ => {
                let silence = matches!(ask.reason, Reason::Silence { .. });
                let waits: bool = waits.query_row((customer, until, silence), |r| r.get(0))?;
                last = Some((customer, !waits));
                if !waits {
                    here.push(ask);
                }
            }
        }
    }
    Ok(())
}

/// What was put aside or moved comes back for the reason for which it stood there.
pub fn reasons(eyes: &Eyes, here: &mut [Item]) -> Result<(), StoreError> {
    type Found = (String, Option<String>, Option<i64>, Option<String>);
    let plans = here.iter_mut().filter(|i| i.reason == Reason::Plan);
    for item in plans {
        let TaskRef::Stored(id) = item.task else { continue };
        let found: Option<Found> = eyes
            .db
            .prepare_cached(
                "SELECT t.cause, f.cadence_from, f.strategy_id, f.last_order
                 FROM task t JOIN facts f ON f.customer_id=t.customer_id WHERE t.id=?1 AND t.cause IS NOT NULL",
            )?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
            .optional()?;
        let Some((cause, from, row, last_order)) = found else { continue };
        let days = |since: Option<String>| {
            let since = since.and_then(|day| day.parse::<NaiveDate>().ok());
            since.map_or(0, |since| (eyes.now.today() - since).num_days())
        };
        let mut parts = cause.split(':');
        item.reason = match parts.next() {
            Some("cadence") => {
                let kind = parts.nth(1).unwrap_or_default().to_owned();
                let row = row.unwrap_or(0);
                let (ideal, worst) =
                    intervals(eyes)?.get(&(row, kind.clone())).copied().unwrap_or((0, i64::MAX));
                Reason::Cadence { kind, days: days(from), ideal, worst }
            }
            Some("recall") => Reason::Recall { days: days(last_order) },
            Some("survey") => Reason::Survey { days: None },
            Some("review") => Reason::Review,
            Some(id) if CAUSES.contains(&id) => Reason::Cause { id: id.to_owned() },
            _ => Reason::Plan,
        };
    }
    Ok(())
}

/// Says how to do what the program proposes: the channel by opt-out, preference and row (D30), content and script of the
/// governing row; what is known of the customer stands above both: an approved script that fits (G49), a content on their
/// own pain point (K62).
pub fn advise(eyes: &mut Eyes, items: &mut [Item]) -> Result<(), StoreError> {
    type Found = (Option<String>, Option<String>, Option<String>, Option<String>);
    let asked = |i: &&mut Item| i.reason.is_proposed() && !matches!(i.reason, Reason::Review);
    let active: Vec<_> = strategy::overlays(eyes)?.into_iter().filter(|o| o.active).collect();
    for item in items.iter_mut().filter(asked) {
        let (preferred, channels, content, opt_outs): Found = eyes
            .db
            .prepare_cached(
                "SELECT c.channel, s.channels, s.content,
                        (SELECT group_concat(channel) FROM opt_out WHERE customer_id=c.id)
                 FROM customer c JOIN facts f ON f.customer_id=c.id LEFT JOIN strategy s ON s.id=f.strategy_id
                 WHERE c.id=?1",
            )?
            .query_row([item.customer.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
        let list = |text: Option<String>| -> Vec<String> {
            text.iter().flat_map(|t| t.split(',')).filter(|c| !c.is_empty()).map(str::to_owned).collect()
        };
        let (opt_outs, row) = (list(opt_outs), list(channels));
        let Some(who) = row::row(eyes, item.customer.0)? else { continue };
        let seen = eyes.sees(who.id, who.owner_id)?;
        let said = scripts::offered(eyes, &who, seen)?.into_iter().next().map(|said| said.text);
        let needs = situation::needs(eyes, who.id)?;
        let own = advice::contents(eyes, who.industry.as_deref(), &needs)?.into_iter().next();
        let content = own.map(|brought| brought.title).or(content);
        item.advice = Advice {
            channel: cadence::channel(&opt_outs, preferred.as_deref(), &row).map(str::to_owned),
            content: content.filter(|c| !c.is_empty()).map(|content| {
                // what lies over the table while it lasts is brought first (D48)
                let season = active.iter().find(|o| o.industry.is_none() || o.industry == who.industry);
                season.map_or_else(|| content.clone(), |o| format!("{};{content}", o.content))
            }),
            script: said,
        };
    }
    Ok(())
}
