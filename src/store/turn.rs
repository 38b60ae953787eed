//! Whose turn it is to write. One connection writes at a time, and the engine lets those who wait try again and again with
//! growing pauses: whoever writes batch after batch would win nearly every time, and among hundreds somebody would wait for
//! ever. Therefore every write begins in [`begin`]: it stands in a waiting room (a shared lock on the folder of the database)
//! and in a line (a lock on the log, which the system hands on in the order of arrival) until it has its turn. Long work
//! calls [`give_way`] between its batches, which goes on once the room is empty, and keeps them short with a [`Pace`].
//! Both locks end with their process, however that ends, and neither keeps the data right: the engine's own lock does.

use std::cell::Cell;
use std::fs::File;
use std::ops::Deref;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::{head, open};

/// How long one batch of long work aims to hold the lock. Others wait for the rest of a batch, then for their next try.
const HELD: Duration = Duration::from_millis(15);
/// The same where nobody else is at work: every batch writes the ends of all indexes and waits for the disk once.
const ALONE: Duration = Duration::from_millis(500);
/// How long nobody has been met before one is alone.
const QUIET: Duration = Duration::from_secs(5);
/// How long long work gives way at one time, at the longest: it gets on beside people who never stop writing.
const GIVEN: Duration = Duration::from_millis(250);
/// Whoever wrote less than this ago, and how long they let others go first: nobody waits for those who write without a pause.
const RECENT: Duration = Duration::from_millis(50);
const COURTESY: Duration = Duration::from_millis(20);
/// How often long work looks whether the room is empty, and tries to get in where it is being looked at.
const GLANCE: Duration = Duration::from_micros(300);
/// Fewest and most rows of a batch.
const FEWEST: usize = 20;
const MOST: usize = 4_000;

/// How long one stands in line. Whoever has the turn for so long has been stopped: then the engine decides, which gives up
/// after seven seconds more (`open::wait`).
const PATIENCE: Duration = Duration::from_secs(3);

thread_local! {
    /// When this thread last had its turn.
    static LAST: Cell<Option<Instant>> = const { Cell::new(None) };
    /// Whether it is at the head of a line just now.
    static HEAD: Cell<bool> = const { Cell::new(false) };
}

/// The head of the line; the next is let in when it goes out of scope.
pub struct Head {
    line: Option<File>,
}

impl Drop for Head {
    fn drop(&mut self) {
        if self.line.take().is_some() {
            HEAD.set(false);
        }
    }
}

/// A write that has its turn; rolled back unless it is committed.
pub struct Turn<'c> {
    // dropped before the head of the line is given up
    transaction: Transaction<'c>,
    head: Head,
}

impl Turn<'_> {
    /// Keeps what was written, and lets the next one in.
    pub fn commit(self) -> rusqlite::Result<()> {
        let Self { transaction, head } = self;
        let done = transaction.commit();
        drop(head);
        done
    }
}

impl<'c> Deref for Turn<'c> {
    type Target = Transaction<'c>;

    fn deref(&self) -> &Transaction<'c> {
        &self.transaction
    }
}

/// Begins a write, after those who wait already. Fails as busy after ten seconds, and where another file was put in the place
/// of this one: the engine itself sees that only where there is no log.
pub fn begin(db: &mut Connection) -> rusqlite::Result<Turn<'_>> {
    if db.path().is_some_and(|path| !path.is_empty() && head::is_replaced(Path::new(path))) {
        let moved = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY_DBMOVED);
        return Err(rusqlite::Error::SqliteFailure(moved, None));
    }
    if LAST.get().is_some_and(|last| last.elapsed() < RECENT) {
        give_way_for(db, COURTESY);
    }
    let head = wait(db);
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    LAST.set(Some(Instant::now()));
    Ok(Turn { transaction, head })
}

/// Waits for the head of the line, for one statement that is a write of its own. Whoever is at the head already, or inside
/// a transaction, goes on at once.
pub fn wait(db: &Connection) -> Head {
    if HEAD.get() || !db.is_autocommit() {
        return Head { line: None };
    }
    let room = room(db);
    if let Some(room) = &room {
        // whoever looks into the room holds it for some microseconds; without a place in it one stands in line all the same
        for _ in 0..10 {
            if flock(room, FlockOperation::NonBlockingLockShared).is_ok() {
                break;
            }
            std::thread::sleep(GLANCE);
        }
    }
    let line = line(db).and_then(|line| stand(line, PATIENCE));
    HEAD.set(line.is_some());
    Head { line }
}

/// Stands in line until its head is reached, so long at the most. The system has no such wait with an end, so a thread waits.
fn stand(line: File, patience: Duration) -> Option<File> {
    if flock(&line, FlockOperation::NonBlockingLockExclusive).is_ok() {
        return Some(line);
    }
    let (give, take) = sync_channel(1);
    let waits = move || {
        let mut got = flock(&line, FlockOperation::LockExclusive);
        while got == Err(Errno::INTR) {
            got = flock(&line, FlockOperation::LockExclusive);
        }
        if got.is_ok() {
            // where nobody waits any more the line closes here, and the next one has it
            let _ = give.send(line);
        }
    };
    std::thread::Builder::new().stack_size(64 << 10).spawn(waits).ok()?;
    take.recv_timeout(patience).ok()
}

/// What the line of a database is: its log, on which the engine itself takes no lock. Where there is none nobody writes yet.
fn line(db: &Connection) -> Option<File> {
    let path = db.path().filter(|path| !path.is_empty())?;
    File::open(format!("{path}-wal")).ok()
}

/// Lets everybody who waits write first; between two batches, never inside one. Then moves what was written into the file, so
/// that no commit of a person's has to. Answers whether anybody waited.
pub fn give_way(db: &Connection) -> bool {
    let met = give_way_for(db, GIVEN);
    open::fold(db, if met { open::FOLDED } else { open::FOLDED_ALONE });
    met
}

fn give_way_for(db: &Connection, longest: Duration) -> bool {
    // inside a rehearsal the lock is held to its end, and nobody else could write anyway
    let Some(room) = room(db).filter(|_| db.is_autocommit()) else { return false };
    let from = Instant::now();
    let mut met = false;
    while is_occupied(&room) && from.elapsed() < longest {
        met = true;
        std::thread::sleep(GLANCE);
    }
    met
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
    /// How long a batch aims to take.
    held: Duration,
    /// When somebody else was at work last.
    met: Option<Instant>,
}

impl Default for Pace {
    fn default() -> Self {
        Self::up_to(MOST)
    }
}

impl Pace {
    /// Batches of at most so many rows; the first is a small one.
    pub fn up_to(most: usize) -> Self {
        Self { rows: FEWEST, most, held: HELD, met: None }
    }

    /// Rows of the next batch. A database in memory is nobody else's, and its batches are the same every time.
    pub fn rows(&self, db: &Connection) -> usize {
        if db.path().is_none_or(str::is_empty) { self.most } else { self.rows }
    }

    /// Told before every batch whether others are at work: batches are long while nobody is, and short again with the next one.
    pub fn meet(&mut self, others: bool) {
        if others {
            self.met = Some(Instant::now());
        }
        let alone = self.met.is_none_or(|met| met.elapsed() >= QUIET);
        let held = if alone { ALONE } else { HELD };
        if held < self.held {
            self.rows = (self.rows / (ALONE.as_micros() / HELD.as_micros()) as usize).max(FEWEST);
        }
        self.held = held;
    }

    /// Learns from a batch of so many rows. A single slow commit of the disk at most halves what is aimed at.
    pub fn learn(&mut self, rows: usize, held: Duration) {
        let per_row = held.as_secs_f64() / rows.max(1) as f64;
        let aim = (self.held.as_secs_f64() / per_row.max(1e-9)) as usize;
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

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn long_work_leaves_few_pages_in_the_log_that_a_commit_of_a_person_would_have_to_move() {
        let (_folder, mut long, other) = company();
        // so large that the first batches stay below what is worth the while
        let batch = |db: &mut Connection, kib: i64| {
            let tx = begin(db).unwrap();
            tx.execute(
                "INSERT INTO setting(key,value) VALUES(hex(randomblob(8)),hex(zeroblob(?1)))",
                [kib * 512],
            )
            .unwrap();
            tx.commit().unwrap();
        };
        give_way(&long.db);
        let before = open::unmoved(&long.db).unwrap();
        batch(&mut long.db, 100);
        give_way(&long.db);
        assert!(open::unmoved(&long.db).unwrap() > before, "too little to trouble the disk with");
        batch(&mut long.db, 4 * open::FOLDED_ALONE);
        assert!(open::unmoved(&other.db).unwrap() >= open::FOLDED_ALONE);
        give_way(&long.db);
        assert_eq!(open::unmoved(&other.db).unwrap(), 0);
    }

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
                give_way_for(&long.db, LONG);
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
        give_way_for(&long.db, LONG);
        assert!(from.elapsed() < LONG);
        let place = room(&person.db).unwrap();
        flock(&place, FlockOperation::LockShared).unwrap();
        let from = Instant::now();
        give_way_for(&long.db, Duration::from_millis(20));
        assert!(from.elapsed() >= Duration::from_millis(20));
        drop(place);
        assert!(!is_occupied(&room(&long.db).unwrap()));
    }

    #[test]
    fn a_rehearsal_and_a_store_in_memory_give_way_to_nobody() {
        let (_folder, mut long, person) = company();
        let place = room(&person.db).unwrap();
        flock(&place, FlockOperation::LockShared).unwrap();
        let batch = begin(&mut long.db).unwrap();
        give_way_for(&batch, LONG);
        drop(batch);
        let memory = Store::memory().unwrap();
        give_way_for(&memory.db, LONG);
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

    #[test]
    fn batches_are_long_while_nobody_else_is_at_work_and_short_with_the_next_one() {
        let mut pace = Pace::up_to(100_000);
        let (_folder, file, _other) = company();
        let per_row = Duration::from_micros(50);
        let learn = |pace: &mut Pace| {
            for _ in 0..12 {
                let rows = pace.rows(&file.db);
                pace.learn(rows, per_row * u32::try_from(rows).unwrap());
            }
            pace.rows(&file.db)
        };
        pace.meet(false);
        assert_eq!(learn(&mut pace), 10_000);
        pace.meet(true);
        assert!(pace.rows(&file.db) <= 315, "{}", pace.rows(&file.db));
        assert_eq!(learn(&mut pace), 300);
        pace.meet(false);
        assert_eq!(learn(&mut pace), 300, "whoever was there may come again");
    }

    #[test]
    fn those_in_line_are_let_in_in_the_order_in_which_they_came_and_nobody_stands_for_ever() {
        let (_folder, mut first, second) = company();
        let head = begin(&mut first.db).unwrap();
        assert!(stand(line(&second.db).unwrap(), Duration::from_millis(20)).is_none(), "the head is taken");
        let (tell, told) = channel();
        std::thread::scope(|scope| {
            for n in 0..5 {
                let (tell, line) = (tell.clone(), line(&second.db).unwrap());
                let before = standing(&line);
                let seen = line.try_clone().unwrap();
                scope.spawn(move || {
                    let head = stand(line, LONG).unwrap();
                    tell.send(n).unwrap();
                    drop(head);
                });
                // the next one comes when this one stands in line
                let from = Instant::now();
                while standing(&seen) == before {
                    assert!(from.elapsed() < LONG, "{n} never stood in line");
                    std::thread::sleep(GLANCE);
                }
            }
            head.commit().unwrap();
        });
        drop(tell);
        assert_eq!(told.iter().collect::<Vec<i32>>(), [0, 1, 2, 3, 4]);
    }

    /// How many wait for the lock on a file, as the system tells.
    fn standing(file: &File) -> usize {
        let inode = format!(":{} ", std::os::unix::fs::MetadataExt::ino(&file.metadata().unwrap()));
        let locks = std::fs::read_to_string("/proc/locks").unwrap();
        locks.lines().filter(|lock| lock.contains("->") && lock.contains(&inode)).count()
    }

    #[test]
    fn whoever_is_at_the_head_goes_on_at_once() {
        let (_folder, first, _second) = company();
        let from = Instant::now();
        let head = wait(&first.db);
        let again = wait(&first.db);
        assert!(head.line.is_some() && again.line.is_none());
        drop(again);
        assert!(HEAD.get());
        drop(head);
        assert!(!HEAD.get() && from.elapsed() < PATIENCE);
    }
}
