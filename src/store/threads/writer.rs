//! The writer's thread: one change after another, never interrupted; when the session ends it finishes what it was given, so
//! that nothing written is lost. While nobody wants anything it moves on what time alone changes and merges what has piled up.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::Reply;
use super::fitting::Fitting;
use super::rounds::Rounds;
use crate::domain::change::Envelope;
use crate::domain::clock::Now;
use crate::domain::field::Row;
use crate::domain::people::Actor;
use crate::store::request::{Kept, StoreError};
use crate::store::{Store, open};

/// How long nothing is done at the start of a session that nobody asked for: the first screen has both processors.
const CALM: Duration = Duration::from_millis(150);

/// How often the writer looks whether a new day has come.
const ROUND: Duration = Duration::from_mins(1);
/// The same while a fit runs beside.
const SOON: Duration = Duration::from_secs(1);

/// What the writer is given.
pub(super) enum Job {
    /// A change of a person's.
    Change(u64, Box<Envelope>),
    /// Figures that the reader has counted, to keep.
    Keep(Box<Kept>),
    /// The session has begun, from this address.
    Begin(String),
    /// Which row is edited in it.
    Edits(Option<Row>),
}

/// The writer while the session lasts.
struct Writer<'a> {
    store: Store,
    path: &'a Path,
    fitting: Fitting,
    actor: &'a Actor,
    now: &'a dyn Fn() -> Now,
    post: &'a dyn Fn(Reply),
    begun: Instant,
    /// From where the session has come, until that is noted.
    place: Option<String>,
    round: Rounds,
}

/// Works off what is given until nobody can give any more.
pub(super) fn write(
    jobs: &Receiver<Job>,
    store: Store,
    path: &Path,
    actor: &Actor,
    now: &dyn Fn() -> Now,
    post: &dyn Fn(Reply),
) {
    let (begun, place, round) = (Instant::now(), None, Rounds::default());
    let fitting = Fitting::new(path.to_path_buf());
    let mut writer = Writer { store, path, fitting, actor, now, post, begun, place, round };
    loop {
        let given = match jobs.try_recv() {
            Err(TryRecvError::Empty) => match writer.rest() {
                Some(rest) => jobs.recv_timeout(rest),
                None => continue,
            },
            given => given.map_err(|_| RecvTimeoutError::Disconnected),
        };
        match given {
            Ok(job) => writer.work(job),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let _ = writer.store.end_session(&actor.session);
    // on the way out, statistics that the planner misses (operations.md section 3); the next session does it otherwise
    let _ = writer.store.db.execute_batch("PRAGMA optimize");
}

impl Writer<'_> {
    /// Nobody wants anything: moves a slice of what time alone changes. How long to rest then; none where there is more.
    fn rest(&mut self) -> Option<Duration> {
        if let Some(calm) = CALM.checked_sub(self.begun.elapsed()) {
            return Some(calm);
        }
        if self.open().is_err() {
            return Some(ROUND);
        }
        self.arrive();
        if self.round.slice(&mut self.store, self.actor, (self.now)(), self.post) {
            return None;
        }
        if self.fitting.look(&self.store, (self.now)()) {
            (self.post)(Reply::Elsewhere);
        }
        open::rest(&self.store.db);
        Some(if self.fitting.runs() { SOON } else { ROUND })
    }

    /// Makes sure that the file is open to write: one that could only be read may be another matter by now.
    fn open(&mut self) -> Result<(), StoreError> {
        if self.store.looks {
            self.store.open_again(self.path)?;
            (self.post)(Reply::Writable);
        }
        Ok(())
    }

    /// Notes the session among those that are open. What colleagues see of a session is a comfort to them: without it they
    /// work all the same.
    fn arrive(&mut self) {
        if let Some(place) = self.place.take() {
            let _ = self.store.begin_session(self.actor, &place, (self.now)());
        }
    }

    fn work(&mut self, job: Job) {
        match job {
            Job::Change(ticket, envelope) => self.change(ticket, &envelope),
            // what cannot be kept is counted again next time
            Job::Keep(kept) => drop(self.store.keep(&kept)),
            Job::Begin(place) => self.place = Some(place),
            // while nothing can be written nobody is told
            Job::Edits(_) if self.store.looks => {}
            Job::Edits(row) => {
                self.arrive();
                let _ = self.store.edits(&self.actor.session, row);
            }
        }
    }

    fn change(&mut self, ticket: u64, envelope: &Envelope) {
        if let Err(error) = self.open() {
            return (self.post)(Reply::Written { ticket, result: Box::new(Err(error)) });
        }
        let mut told = 0;
        let result =
            self.store.write_with_progress(self.actor, envelope, (self.now)(), &mut |done, total| {
                // short work needs no progress
                if done >= told + 500 {
                    told = done;
                    (self.post)(Reply::Progress(done as u64, total as u64));
                }
            });
        (self.post)(Reply::Written { ticket, result: Box::new(result) });
        self.store.fold();
        if self.store.waits_for_round() {
            // what all customers depend on has changed: the facts follow in slices, not tomorrow
            self.round = Rounds::default();
        }
    }
}
