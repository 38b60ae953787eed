//! Whose turn it is to write. One connection writes at a time, and the engine lets those who wait try again and again with
//! growing pauses, so that whoever writes batch after batch would win nearly every time. Therefore every write begins in
//! [`begin`], which stands in a waiting room until it has its turn, and long work calls [`give_way`] between its batches
//! and keeps them short with a [`Pace`]: it goes on once the room is empty. The room is a shared lock on the folder of the
//! database: nothing lies about, and it ends with the process that holds it, however that ends.

use std::cell::Cell;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use rustix::fs::{FlockOperation, flock};

/// How long one batch of long work aims to hold the lock. Others wait for the rest of a batch, then for their next try.
const HELD: Duration = Duration::from_millis(15);
/// How long long work gives way at one time, at the longest: it gets on beside people who never stop writing.
const GIVEN: Duration = Duration::from_millis(250);
/// Whoever wrote less than this ago, and how long they let others go first: nobody waits for those who write without a pause.
const RECENT: Duration = Duration::from_millis(50);
const COURTESY: Duration = Duration::from_millis(20);
/// How often long work looks whether the room is empty, and tries to get in where it is being looked at.
const GLANCE: Duration = Duration::from_micros(300);
/// Fewest and most rows of a batch.
const FEWEST: usize = 20;
const MOST: usize = 500;

/// A place in the waiting room; given up when it goes out of scope.
pub struct Waiting {
    _room: Option<File>,
}

thread_local! {
    /// When this thread last had its turn.
    static LAST: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Begins a write, after whoever writes now. Fails as busy after the ten seconds of `open::wait`.
pub fn begin(db: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    if LAST.get().is_some_and(|last| last.elapsed() < RECENT) {
        give_way_for(db, COURTESY);
    }
    let _waiting = wait(db);
    let turn = db.transaction_with_behavior(TransactionBehavior::Immediate);
    LAST.set(Some(Instant::now()));
    turn
}

/// Stands in the waiting room, for one statement that is a write of its own.
pub fn wait(db: &Connection) -> Waiting {
    let room = room(db);
    if let Some(room) = &room {
        // whoever looks into the room holds it for some microseconds; without a place one waits as the engine does
        for _ in 0..10 {
            if flock(room, FlockOperation::NonBlockingLockShared).is_ok() {
                break;
            }
            std::thread::sleep(GLANCE);
        }
    }
    Waiting { _room: room }
}

/// Lets everybody who waits write first; between two batches, never inside one.
pub fn give_way(db: &Connection) {
    give_way_for(db, GIVEN);
}

fn give_way_for(db: &Connection, longest: Duration) {
    // inside a rehearsal the lock is held to its end, and nobody else could write anyway
    let Some(room) = room(db).filter(|_| db.is_autocommit()) else { return };
    let from = Instant::now();
    while is_occupied(&room) && from.elapsed() < longest {
        std::thread::sleep(GLANCE);
    }
}

/// Whether anybody stands in the room.
fn is_occupied(room: &File) -> bool {
    if flock(room, FlockOperation::NonBlockingLockExclusive).is_err() {
        return true;
    }
    // let go at once: nobody is to find the door shut
    let _ = flock(room, FlockOperation::Unlock);
    false
}

/// The waiting room of a database; a database in memory has none, and where it cannot be opened the engine decides alone.
fn room(db: &Connection) -> Option<File> {
    let path = db.path().filter(|path| !path.is_empty())?;
    File::open(Path::new(path).parent()?).ok()
}

/// How many rows go into the next batch, learnt from how long the last ones took on this machine.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    rows: usize,
    most: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self::up_to(MOST)
    }
}

impl Pace {
    /// Batches of at most so many rows; the first is a small one.
    pub fn up_to(most: usize) -> Self {
        Self { rows: FEWEST, most }
    }

    /// Rows of the next batch. A database in memory is nobody else's, and its batches are the same every time.
    pub fn rows(&self, db: &Connection) -> usize {
        if db.path().is_none_or(str::is_empty) { self.most } else { self.rows }
    }

    /// Learns from a batch of so many rows. A single slow commit of the disk at most halves what is aimed at.
    pub fn learn(&mut self, rows: usize, held: Duration) {
        let per_row = held.as_secs_f64() / rows.max(1) as f64;
        let aim = (HELD.as_secs_f64() / per_row.max(1e-9)) as usize;
        if rows >= self.rows {
            self.rows = aim.clamp(self.rows / 2, self.rows * 2).clamp(FEWEST, self.most.max(FEWEST));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::store::{Mode, Store};

    const PATIENCE: Duration = Duration::from_mins(1);

    fn company() -> (tempfile::TempDir, Store, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let first = Store::open(&path, Mode::Create).unwrap();
        let second = Store::open(&path, Mode::Existing).unwrap();
        first.db.execute_batch("CREATE TABLE written(who TEXT) STRICT").unwrap();
        (folder, first, second)
    }

    #[test]
    fn whoever_waits_writes_before_the_next_batch_of_long_work() {
        let (_folder, mut long, mut person) = company();
        for round in 0..20 {
            let room = room(&long.db).unwrap();
            let (tell, told) = channel();
            let person = &mut person.db;
            std::thread::scope(|scope| {
                let batch = begin(&mut long.db).unwrap();
                batch.execute("INSERT INTO written VALUES('batch')", []).unwrap();
                scope.spawn(move || {
                    let write = begin(person).unwrap();
                    write.execute("INSERT INTO written VALUES('person')", []).unwrap();
                    write.commit().unwrap();
                    tell.send(()).unwrap();
                });
                // with pauses: whoever looks without one holds the door shut
                while !is_occupied(&room) {
                    std::thread::sleep(GLANCE);
                }
                batch.commit().unwrap();
                give_way_for(&long.db, PATIENCE);
                let next = begin(&mut long.db).unwrap();
                let written: usize = next
                    .query_row("SELECT count(*) FROM written WHERE who='person'", [], |r| r.get(0))
                    .unwrap();
                assert_eq!(written, round + 1);
            });
            told.recv().unwrap();
        }
    }

    #[test]
    fn nobody_waits_for_an_empty_room_and_long_work_gets_on_beside_one_that_is_never_empty() {
        let (_folder, long, person) = company();
        let from = Instant::now();
        give_way_for(&long.db, PATIENCE);
        assert!(from.elapsed() < PATIENCE);
        let waiting = wait(&person.db);
        let from = Instant::now();
        give_way_for(&long.db, Duration::from_millis(20));
        assert!(from.elapsed() >= Duration::from_millis(20));
        drop(waiting);
        assert!(!is_occupied(&room(&long.db).unwrap()));
    }

    #[test]
    fn a_rehearsal_and_a_store_in_memory_give_way_to_nobody() {
        let (_folder, mut long, person) = company();
        let _waiting = wait(&person.db);
        let batch = begin(&mut long.db).unwrap();
        give_way_for(&batch, PATIENCE);
        drop(batch);
        let memory = Store::memory().unwrap();
        give_way_for(&memory.db, PATIENCE);
        assert!(room(&memory.db).is_none());
    }

    #[test]
    fn batches_grow_and_shrink_to_what_the_machine_writes_in_the_time_they_may_hold() {
        let mut pace = Pace::up_to(400);
        let (_folder, file, _other) = company();
        assert_eq!(pace.rows(&file.db), FEWEST);
        assert_eq!(pace.rows(&Store::memory().unwrap().db), 400);
        for _ in 0..10 {
            let rows = pace.rows(&file.db);
            pace.learn(rows, Duration::from_micros(50) * u32::try_from(rows).unwrap());
        }
        assert_eq!(pace.rows(&file.db), 300);
        pace.learn(300, Duration::from_secs(3));
        assert_eq!(pace.rows(&file.db), 150, "one slow commit halves it at most");
        // the end of a file says nothing
        pace.learn(3, Duration::from_secs(3));
        assert_eq!(pace.rows(&file.db), 150);
        for _ in 0..10 {
            let rows = pace.rows(&file.db);
            pace.learn(rows, Duration::from_secs(1));
        }
        assert_eq!(pace.rows(&file.db), FEWEST);
        for _ in 0..10 {
            let rows = pace.rows(&file.db);
            pace.learn(rows, Duration::ZERO);
        }
        assert_eq!(pace.rows(&file.db), 400);
    }
}
