//! The daily round: what time alone changes, moved once a day by the first session, in slices, so that nobody waits. A
//! birthday that has passed gets its next day, a customer grows old or lost, a task put aside comes back. A job over very
//! many customers asks for one too, which moves them to their ranks in the look-up.

use rusqlite::Connection;

use super::{Cause, Ranks, index, keep, rebuild, tokens};
use crate::domain::clock::Now;
use crate::domain::date::Yearly;
use crate::store::request::StoreError;
use crate::store::{Store, scheme, settings, turn};

/// What is left of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How much this slice moved.
    pub moved: usize,
    /// Whether the day's round is done.
    pub done: bool,
}

impl Store {
    /// Whether a change, or another version of the program, has left something about very many customers to the round's
    /// slices; a fault of the look is looked at by the next round.
    pub fn waits_for_round(&self) -> bool {
        let waits = || Ok::<_, StoreError>(is_waited_for(&self.db)? || tokens::are_old(&self.db)?);
        waits().unwrap_or(false)
    }

    /// Does at once what a change has left to the slices, where no session's writer is there to do it. In a very large
    /// company it only begins: nobody waits minutes for a command, and the next session goes on. The same holds for a look-up
    /// in many pieces.
    pub fn catch_up(&mut self, now: Now) -> Result<(), StoreError> {
        for _ in 0..SLICES {
            if !self.waits_for_round() || self.daily_round(now, CAUGHT_UP)?.done {
                break;
            }
        }
        index::merge(&mut self.db, index::PILED)?;
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
        index::merge(&mut self.db, index::SEGMENTS)
    }

    /// Moves the next slice of what time alone changes: at most `slice` customers and `slice` dates.
    pub fn daily_round(&mut self, now: Now, slice: usize) -> Result<Round, StoreError> {
        let now = Now { at: now.at, zone: settings::zone(&self.db)? };
        let today = now.today().to_string();
        if settings::raw(&self.db, settings::REBUILD)?.is_some() {
            // a rebuild that was cut off: its half is worth nothing; another session may be at it
            match rebuild::rebuild_all(&mut self.db, now, &self.brake, &mut |_, _| {}) {
                Err(StoreError::Busy) => return Ok(Round { moved: 0, done: true }),
                done => done?,
            }
        }
        if super::tally::is_stale(&self.db)? {
            let tx = turn::begin(&mut self.db)?;
            super::tally::recount(&tx)?;
            tx.commit()?;
        }
        // ISO days sort as text; a clock set back starts no round
        let met = settings::raw(&self.db, settings::ROUND_ON)?.is_some_and(|on| on >= today);
        if met && !has_work(&self.db)? {
            return Ok(Round { moved: 0, done: true });
        }
        // read before the write begins: at a million customers this takes longer than anybody should wait
        let frozen = settings::raw(&self.db, settings::FROZEN_ON)?.is_some_and(|on| on >= today);
        let figures = if met || frozen { Vec::new() } else { scheme::figures(&self.db)? };
        turn::give_way(&self.db);
        let tx = turn::begin(&mut self.db)?;
        let mut part = Slice::new(&tx, now, slice);
        part.dates()?;
        if !met && !frozen {
            settings::keep(&tx, settings::FROZEN_ON, Some(&today))?;
        }
        if scheme::freeze(&tx, &figures, now.today())? {
            settings::keep(&tx, settings::RECLASS_FROM, Some("0"))?;
        }
        part.reclass()?;
        part.reword()?;
        part.renew()?;
        part.staged()?;
        part.stale()?;
        part.everybody()?;
        let (moved, done) = (part.moved, !part.full);
        if done {
            settings::keep(&tx, settings::ROUND_ON, Some(&today))?;
        }
        tx.commit()?;
        Ok(Round { moved, done })
    }
}

/// Whether a day's round that is done has something to do all the same.
fn has_work(db: &Connection) -> Result<bool, StoreError> {
    Ok(is_waited_for(db)? || tokens::are_old(db)? || !put_aside(db, 1)?.is_empty())
}

/// One transaction of a round: each part moves at most so much, and says whether there may be more. The marks of how far
/// others have come are read under the lock.
struct Slice<'t> {
    db: &'t Connection,
    now: Now,
    size: usize,
    take: i64,
    moved: usize,
    full: bool,
}

impl<'t> Slice<'t> {
    fn new(db: &'t Connection, now: Now, size: usize) -> Self {
        let take = i64::try_from(size.max(1)).unwrap_or(i64::MAX);
        Self { db, now, size, take, moved: 0, full: false }
    }

    /// So many were moved by a part that takes no more than a slice at a time.
    fn note(&mut self, moved: usize) {
        self.moved += moved;
        self.full |= moved == self.size;
    }

    fn keep(&self, customers: &[i64]) -> Result<(), StoreError> {
        keep(self.db, &customers.iter().map(|id| (*id, Cause::OTHER)).collect(), self.now, Ranks::Now)?;
        Ok(())
    }

    /// Gives dates that have passed their next day.
    fn dates(&mut self) -> Result<(), StoreError> {
        let moved = next_days(self.db, self.now, &self.now.today().to_string(), self.take)?;
        self.note(moved);
        Ok(())
    }

    /// Tries changed rules on the next customers.
    fn reclass(&mut self) -> Result<(), StoreError> {
        let Some(from) = settings::raw(self.db, settings::RECLASS_FROM)? else { return Ok(()) };
        let rules = super::Rules::load(self.db)?;
        let from = from.parse().unwrap_or(0);
        let tried = super::reclass::slice(self.db, &rules.classing, self.now, from, self.size * TRIED)?;
        self.moved += tried.movers.len();
        self.keep(&tried.movers.iter().map(|m| m.id).collect::<Vec<_>>())?;
        self.full |= tried.last.is_some();
        let last = tried.last.map(|id| id.to_string());
        Ok(settings::keep(self.db, settings::RECLASS_FROM, last.as_deref())?)
    }

    /// Brings the look-up of the next customers up to date that have a reworded tag.
    fn reword(&mut self) -> Result<(), StoreError> {
        self.full |= reword(self.db, self.take, self.now)?;
        Ok(())
    }

    /// Writes the next rows of the look-up by the tokens of this program.
    fn renew(&mut self) -> Result<(), StoreError> {
        self.moved += tokens::renew(self.db, self.take)?;
        self.full |= tokens::are_old(self.db)?;
        Ok(())
    }

    /// Brings the next customers up to date that were put aside for new rules.
    fn staged(&mut self) -> Result<(), StoreError> {
        let staged = put_aside(self.db, self.take)?;
        bring(self.db, &staged, self.now)?;
        self.note(staged.len());
        Ok(())
    }

    /// Brings the next customers up to date whose facts hold no longer than today.
    fn stale(&mut self) -> Result<(), StoreError> {
        let stale: Vec<i64> = self
            .db
            .prepare_cached("SELECT customer_id FROM facts WHERE stale_on<=?1 ORDER BY stale_on LIMIT ?2")?
            .query_map((self.now.today().to_string(), self.take), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.keep(&stale)?;
        self.note(stale.len());
        Ok(())
    }

    /// Brings the next of all customers up to date, where what all depend on has changed.
    fn everybody(&mut self) -> Result<(), StoreError> {
        let Some(from) = settings::raw(self.db, settings::FACTS_FROM)? else { return Ok(()) };
        let some: Vec<i64> = self
            .db
            .prepare_cached("SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2")?
            .query_map([from.parse().unwrap_or(0), self.take], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.keep(&some)?;
        self.note(some.len());
        let last = some.last().filter(|_| some.len() == self.size).map(ToString::to_string);
        Ok(settings::keep(self.db, settings::FACTS_FROM, last.as_deref())?)
    }
}

/// Whether a change has left facts of very many customers to the slices of the round.
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
    keep(db, &some.iter().map(|id| (*id, Cause::FOUND)).collect(), now, Ranks::Now)?;
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
    keep(db, &ids.iter().map(|id| (*id, Cause::OTHER)).collect(), now, Ranks::Now)?;
    for id in ids {
        db.prepare_cached("DELETE FROM scheme_stage WHERE customer_id=?1")?.execute([id])?;
    }
    Ok(())
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
        if let Some((next, remind)) = Yearly::reminded(*lunar, *month, *day, *lead, today) {
            db.prepare_cached("UPDATE important_date SET next_on=?2, remind_on=?3 WHERE id=?1")?
                .execute((id, next.to_string(), remind.to_string()))?;
        }
    }
    Ok(passed.len())
}
