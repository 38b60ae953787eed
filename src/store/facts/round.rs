//! The daily round: what time alone changes, moved once a day by the first session, in slices, so that nobody waits. A
//! birthday that has passed gets its next day, a customer grows old or lost, a task put aside comes back. A job over very
//! many customers asks for one too, which moves them to their ranks in the look-up.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Ranks, index, keep};
use crate::domain::clock::Now;
use crate::store::request::StoreError;
use crate::store::{Store, scheme, settings, turn, words};

/// What is left of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How much this slice moved.
    pub moved: usize,
    /// Whether the day's round is done.
    pub done: bool,
}

impl Store {
    /// Whether a change has left something about very many customers to the round's slices; a fault of the look is looked
    /// at by the next round.
    pub fn waits_for_round(&self) -> bool {
        is_waited_for(&self.db).unwrap_or(false)
    }

    /// Does at once what a change has left to the slices, where no session's writer is there to do it. In a very large
    /// company it only begins: nobody waits minutes for a command, and the next session goes on.
    pub fn catch_up(&mut self, now: Now) -> Result<(), StoreError> {
        for _ in 0..SLICES {
            if !self.waits_for_round() || self.daily_round(now, CAUGHT_UP)?.done {
                break;
            }
        }
        Ok(())
    }

    /// Ends a rebuild that was cut off, before anything is shown: until then lists and look-up lack those it had not come to.
    /// `tell` hears customers done of all. Nothing is done where another session is at it.
    pub fn end_rebuild(&mut self, now: Now, tell: &mut dyn FnMut(u64, u64)) -> Result<(), StoreError> {
        if settings::raw(&self.db, settings::REBUILD)?.is_none() {
            return Ok(());
        }
        match super::rebuild::rebuild_all(&mut self.db, now, &self.brake, tell) {
            Err(StoreError::Busy) => Ok(()),
            done => done,
        }
    }

    /// Merges a piece of the look-up indexes, after whoever waits; whether there is more to merge.
    pub fn merge_look_up(&mut self) -> Result<bool, StoreError> {
        let crowded = index::crowded(&self.db)?;
        if crowded.is_empty() {
            return Ok(false);
        }
        turn::give_way(&self.db);
        let tx = turn::begin(&mut self.db)?;
        let mut more = false;
        for table in crowded {
            more = more || index::merge_some(&tx, table)?;
        }
        tx.commit()?;
        Ok(more)
    }

    /// Moves the next slice of what time alone changes: at most `slice` customers and `slice` dates.
    pub fn daily_round(&mut self, now: Now, slice: usize) -> Result<Round, StoreError> {
        let now = Now { at: now.at, zone: settings::zone(&self.db)? };
        let today = now.today().to_string();
        if settings::raw(&self.db, settings::REBUILD)?.is_some() {
            // a rebuild that was cut off: its half is worth nothing; another session may be at it
            match super::rebuild::rebuild_all(&mut self.db, now, &self.brake, &mut |_, _| {}) {
                Err(StoreError::Busy) => return Ok(Round { moved: 0, done: true }),
                done => done?,
            }
        }
        if super::tally::is_stale(&self.db)? {
            let tx = turn::begin(&mut self.db)?;
            super::tally::recount(&tx)?;
            tx.commit()?;
        }
        let again = settings::raw(&self.db, settings::FACTS_FROM)?.is_some();
        // ISO days sort as text; a clock set back starts no round
        let met = settings::raw(&self.db, settings::ROUND_ON)?.is_some_and(|on| on >= today);
        let reclass = settings::raw(&self.db, settings::RECLASS_FROM)?;
        let staged = put_aside(&self.db, 1)?;
        let reworded = settings::raw(&self.db, settings::REWORDED)?;
        if met && !again && reclass.is_none() && reworded.is_none() && staged.is_empty() {
            return Ok(Round { moved: 0, done: true });
        }
        // read before the write begins: at a million customers this takes longer than anybody should wait
        let frozen = settings::raw(&self.db, settings::FROZEN_ON)?.is_some_and(|on| on >= today);
        let figures = if met || frozen { Vec::new() } else { scheme::figures(&self.db)? };
        let take = i64::try_from(slice.max(1)).unwrap_or(i64::MAX);
        turn::give_way(&self.db);
        let tx = turn::begin(&mut self.db)?;
        let mut moved = dates(&tx, now, take)?;
        let mut full = moved == slice;
        if !met && !frozen {
            settings::keep(&tx, settings::FROZEN_ON, Some(&today))?;
        }
        if scheme::freeze(&tx, &figures, now.today())? {
            settings::keep(&tx, settings::RECLASS_FROM, Some("0"))?;
        }
        if let Some(from) = settings::raw(&tx, settings::RECLASS_FROM)? {
            let rules = super::Rules::load(&tx)?;
            let tried =
                super::reclass::slice(&tx, &rules.classing, now, from.parse().unwrap_or(0), slice * TRIED)?;
            moved += tried.movers.len();
            keep(&tx, &tried.movers.iter().map(|m| (m.id, false)).collect(), now, Ranks::Now)?;
            full |= tried.last.is_some();
            settings::keep(&tx, settings::RECLASS_FROM, tried.last.map(|id| id.to_string()).as_deref())?;
        }
        full |= reword(&tx, take, now)?;
        let staged = put_aside(&tx, take)?;
        full |= staged.len() == slice;
        moved += staged.len();
        bring(&tx, &staged, now)?;
        let stale: Vec<i64> = tx
            .prepare_cached("SELECT customer_id FROM facts WHERE stale_on<=?1 ORDER BY stale_on LIMIT ?2")?
            .query_map((&today, take), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        full |= stale.len() == slice;
        moved += stale.len();
        keep(&tx, &stale.into_iter().map(|id| (id, false)).collect(), now, Ranks::Now)?;
        // read under the lock: a colleague may have asked for all of them once more
        if let Some(from) = settings::raw(&tx, settings::FACTS_FROM)? {
            let from: i64 = from.parse().unwrap_or(0);
            let some: BTreeMap<i64, bool> = tx
                .prepare_cached("SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2")?
                .query_map([from, take], |r| Ok((r.get(0)?, false)))?
                .collect::<rusqlite::Result<_>>()?;
            keep(&tx, &some, now, Ranks::Now)?;
            moved += some.len();
            full |= some.len() == slice;
            let last = some.keys().last().filter(|_| some.len() == slice).map(ToString::to_string);
            settings::keep(&tx, settings::FACTS_FROM, last.as_deref())?;
        }
        if !full {
            settings::keep(&tx, settings::ROUND_ON, Some(&today))?;
        }
        tx.commit()?;
        Ok(Round { moved, done: !full })
    }
}

/// Whether a change has left something about very many customers to the slices of the round.
pub fn is_waited_for(db: &Connection) -> Result<bool, StoreError> {
    for mark in [settings::FACTS_FROM, settings::RECLASS_FROM, settings::REWORDED, settings::REBUILD] {
        if settings::raw(db, mark)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Customers brought up to date in one transaction of a command.
const CAUGHT_UP: usize = 500;
/// Such transactions of one command.
const SLICES: usize = 100;
/// Customers that rules are tried on for one whose facts are computed.
const TRIED: usize = 8;

/// The next customers put aside for rules that have come into force; none while those are still being tried.
pub fn put_aside(db: &Connection, take: i64) -> Result<Vec<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id FROM scheme_stage WHERE NOT EXISTS(SELECT 1 FROM scheme_run) ORDER BY customer_id LIMIT ?1",
        )?
        .query_map([take], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Brings the look-up of the next customers up to date that have a reworded tag; whether there are more.
fn reword(db: &Connection, take: i64, now: Now) -> Result<bool, StoreError> {
    let Some(waiting) = settings::raw(db, settings::REWORDED)? else { return Ok(false) };
    let (first, others) = waiting.split_once(',').map_or((waiting.as_str(), None), |(f, o)| (f, Some(o)));
    let (tag, upto) = first.split_once(':').unwrap_or((first, "0"));
    let (tag, upto): (i64, i64) = (tag.parse().unwrap_or(0), upto.parse().unwrap_or(0));
    let some: Vec<i64> = db
        .prepare_cached(
            "SELECT customer_id FROM customer_tag WHERE tag_id=?1 AND customer_id>?2 ORDER BY customer_id LIMIT ?3",
        )?
        .query_map((tag, upto, take), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    keep(db, &some.iter().map(|id| (*id, true)).collect(), now, Ranks::Now)?;
    let rest = match (some.last(), others) {
        (Some(last), Some(others)) => Some(format!("{tag}:{last},{others}")),
        (Some(last), None) => Some(format!("{tag}:{last}")),
        (None, others) => others.map(ToOwned::to_owned),
    };
    settings::keep(db, settings::REWORDED, rest.as_deref())?;
    Ok(rest.is_some())
}

/// Brings customers that were put aside up to date.
pub fn bring(db: &Connection, ids: &[i64], now: Now) -> Result<(), StoreError> {
    keep(db, &ids.iter().map(|id| (*id, false)).collect(), now, Ranks::Now)?;
    for id in ids {
        db.prepare_cached("DELETE FROM scheme_stage WHERE customer_id=?1")?.execute([id])?;
    }
    Ok(())
}

/// Gives dates that have passed their next day.
fn dates(db: &Connection, now: Now, take: i64) -> Result<usize, StoreError> {
    next_days(db, now, &now.today().to_string(), take)
}

/// Gives dates whose next day is before this one their next day from today; that is kept, not edited, so their revision
/// stays. How many there were.
pub fn next_days(db: &Connection, now: Now, before: &str, take: i64) -> Result<usize, StoreError> {
    type Passed = (i64, bool, i64, i64, i64);
    let today = now.today();
    let passed: Vec<Passed> = db
        .prepare_cached(
            "SELECT id, calendar='lunar', month, day, lead_days FROM important_date WHERE next_on<?1 LIMIT ?2",
        )?
        .query_map((before, take), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, lunar, month, day, lead) in &passed {
        if let Some((next, remind)) = words::next_on(*lunar, *month, *day, *lead, today) {
            db.prepare_cached("UPDATE important_date SET next_on=?2, remind_on=?3 WHERE id=?1")?
                .execute((id, next.to_string(), remind.to_string()))?;
        }
    }
    Ok(passed.len())
}
