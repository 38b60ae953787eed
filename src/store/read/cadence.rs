//! How the strategy table speaks in a person's queue: its intervals, the reason for which something that was put aside
//! comes back, and how to do what is proposed. What it proposes, and to whom, stands in `proposals`.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::row;
use super::{advice, scripts, situation, strategy};
use crate::domain::cadence;
use crate::domain::change::TaskRef;
use crate::domain::queue::{Advice, CAUSES, Item, Reason};
use crate::store::request::StoreError;

/// A talk that is planned within so many days is waited for.
const PLANNED: u64 = 14;

/// Ideal and worst days by row and kind.
pub(super) type Intervals = HashMap<(i64, String), (i64, i64)>;

/// Ideal and worst days of every kind of every row.
pub(super) fn intervals(eyes: &Eyes) -> Result<Intervals, StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT strategy_id, kind, ideal_days, worst_days FROM strategy_touch")?;
    let rows = query.query_map([], |r| Ok(((r.get(0)?, r.get(1)?), (r.get(2)?, r.get(3)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The instant until which a planned talk is waited for.
pub(super) fn soon(eyes: &Eyes) -> (NaiveDate, i64) {
    let today = eyes.now.today();
    let soon = today.checked_add_days(Days::new(PLANNED)).unwrap_or(today);
    (soon, eyes.now.zone.end(soon).timestamp_millis())
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
