//! What the writer does when nobody waits: the daily round, the look for alarms, merges of the look-up; a slice at a time.

use std::time::Instant;

use super::Reply;
use crate::domain::clock::Now;
use crate::domain::people::Actor;
use crate::store::Store;
use crate::store::turn::Pace;

/// Customers moved by one slice of the daily round, at most: others wait less than 50 ms.
const SLICE: usize = 100;
/// Customers that one slice of the look for alarms reads.
const LOOK: usize = 1_000;

/// The daily round of this session's writer: the day on which it failed, and how much it has moved so far.
pub(super) struct Rounds {
    failed: Option<chrono::NaiveDate>,
    moved: usize,
    pace: Pace,
}

impl Default for Rounds {
    fn default() -> Self {
        Self { failed: None, moved: 0, pace: Pace::up_to(SLICE) }
    }
}

impl Rounds {
    /// Moves one slice; whether there is more to move now. A job may ask for a second round on one day. A fault is left for
    /// tomorrow: lists then show yesterday's classes, and `check` says so.
    pub(super) fn slice(&mut self, store: &mut Store, actor: &Actor, now: Now, post: &dyn Fn(Reply)) -> bool {
        if self.failed == Some(now.today()) {
            return false;
        }
        let (slice, from) = (self.pace.rows(&store.db), Instant::now());
        let round = store.daily_round(now, slice);
        let moved = round.as_ref().map_or(0, |r| r.moved);
        self.pace.learn(moved, from.elapsed());
        self.moved += moved;
        match round {
            Ok(round) if !round.done => return true,
            // what cannot be noted today is seen by `check`, and tried again
            Ok(_) => drop(store.mark_history(now)),
            Err(_) => self.failed = Some(now.today()),
        }
        // alarms are looked for in facts that are up to date; a fault is left for tomorrow, too
        match store.watch(actor, now, LOOK) {
            Ok(watched) => {
                self.moved += watched.moved;
                if watched.more {
                    return true;
                }
            }
            Err(_) => self.failed = Some(now.today()),
        }
        if std::mem::take(&mut self.moved) > 0 {
            post(Reply::Elsewhere);
        }
        // what cannot be merged now is merged at the next rest
        store.merge_look_up().unwrap_or(false)
    }
}
