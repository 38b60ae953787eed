//! The daily round: what time alone changes, moved once a day by the first session, in slices, so that nobody waits. A
//! birthday that has passed gets its next day, a customer grows old or lost, a task put aside comes back.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior};

use super::keep;
use crate::domain::clock::Now;
use crate::store::request::StoreError;
use crate::store::{Store, settings, words};

/// What is left of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How much this slice moved.
    pub moved: usize,
    /// Whether the day's round is done.
    pub done: bool,
}

impl Store {
    /// Whether facts of all customers wait to be computed anew; a fault of the look is looked at by the next round.
    pub fn waits_for_round(&self) -> bool {
        settings::raw(&self.db, settings::FACTS_FROM).is_ok_and(|from| from.is_some())
    }

    /// Moves the next slice of what time alone changes: at most `slice` customers and `slice` dates.
    pub fn daily_round(&mut self, now: Now, slice: usize) -> Result<Round, StoreError> {
        let now = Now { at: now.at, zone: settings::zone(&self.db)? };
        let today = now.today().to_string();
        if settings::raw(&self.db, settings::REBUILD)?.is_some() {
            // a rebuild that was cut off: its half is worth nothing
            super::rebuild::rebuild_all(&mut self.db, now, &mut |_, _| {})?;
        }
        if super::tally::is_stale(&self.db)? {
            let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            super::tally::recount(&tx)?;
            tx.commit()?;
        }
        let again = settings::raw(&self.db, settings::FACTS_FROM)?;
        // ISO days sort as text; a clock set back starts no round
        let met = settings::raw(&self.db, settings::ROUND_ON)?.is_some_and(|on| on >= today);
        if met && again.is_none() {
            return Ok(Round { moved: 0, done: true });
        }
        let take = i64::try_from(slice.max(1)).unwrap_or(i64::MAX);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut moved = dates(&tx, now, take)?;
        let mut full = moved == slice;
        let stale: Vec<i64> = tx
            .prepare_cached("SELECT customer_id FROM facts WHERE stale_on<=?1 ORDER BY stale_on LIMIT ?2")?
            .query_map((&today, take), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        full |= stale.len() == slice;
        moved += stale.len();
        keep(&tx, &stale.into_iter().map(|id| (id, false)).collect(), now)?;
        if let Some(from) = again {
            let from: i64 = from.parse().unwrap_or(0);
            let some: BTreeMap<i64, bool> = tx
                .prepare_cached("SELECT id FROM customer WHERE id>?1 ORDER BY id LIMIT ?2")?
                .query_map([from, take], |r| Ok((r.get(0)?, false)))?
                .collect::<rusqlite::Result<_>>()?;
            keep(&tx, &some, now)?;
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

/// Gives dates that have passed their next day; that is kept, not edited, so their revision stays.
fn dates(db: &Connection, now: Now, take: i64) -> Result<usize, StoreError> {
    type Passed = (i64, bool, i64, i64, i64);
    let today = now.today();
    let passed: Vec<Passed> = db
        .prepare_cached(
            "SELECT id, calendar='lunar', month, day, lead_days FROM important_date WHERE next_on<?1 LIMIT ?2",
        )?
        .query_map((today.to_string(), take), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, lunar, month, day, lead) in &passed {
        if let Some((next, remind)) = words::next_on(*lunar, *month, *day, *lead, today) {
            db.prepare_cached("UPDATE important_date SET next_on=?2, remind_on=?3 WHERE id=?1")?
                .execute((id, next.to_string(), remind.to_string()))?;
        }
    }
    Ok(passed.len())
}
