//! Two threads beside the screen. The reader has a connection of its own that only reads: a newer question of the same
//! place replaces the one that waits and interrupts the one that runs; what counts much lets everything else go first
//! and is asked again afterwards; between questions it looks four times a second whether somebody else has written. The
//! writer (`threads/writer`) does one change after another. Once a week a third one fits a model.

mod again;
mod fitting;
mod reading;
mod rounds;
mod seen;
mod writer;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::InterruptHandle;

use super::brake::Brake;
use super::request::{Answer, Query, Receipt, StoreError};
use super::{Store, open};
use crate::domain::change::Envelope;
use crate::domain::clock::Now;
use crate::domain::field::Row;
use crate::domain::people::Actor;
use again::Again;
pub use reading::Reading;
use seen::Seen;
use writer::{Job, write};

/// How often the reader looks for the commits of others.
const LOOK: Duration = Duration::from_millis(250);

/// How long nobody asks anything before the reader gives its memory back: many sessions of a server only stand by.
const REST: Duration = Duration::from_secs(5);

/// What comes back from the threads.
#[derive(Debug)]
pub enum Reply {
    /// The answer to a question.
    Answer {
        /// The place that asked.
        slot: usize,
        /// The question.
        ticket: u64,
        /// What it says.
        result: Result<Answer, StoreError>,
    },
    /// What came of a change.
    Written {
        /// The change.
        ticket: u64,
        /// Its receipt.
        result: Box<Result<Receipt, StoreError>>,
    },
    /// A long change goes on: done of total.
    Progress(u64, u64),
    /// A long count goes on: customers done of all.
    Counting(u64, u64),
    /// Another session has written.
    Elsewhere,
    /// Another session has come, gone or begun to edit something; no data has changed.
    Stirred,
    /// The person was shut out.
    Frozen,
    /// The file could only be read until now, and can be written.
    Writable,
}

/// A question that waits.
struct Question {
    slot: usize,
    ticket: u64,
    query: Query,
    /// It lets others go first, and is asked again where they stop it.
    later: bool,
}

/// What the screen and the reader share.
#[derive(Default)]
struct Desk {
    waiting: VecDeque<Question>,
    /// The place whose question runs now, and whether that question lets others go first.
    running: Option<(usize, bool)>,
    closed: bool,
}

impl Desk {
    /// Puts a question down: behind those that are as urgent, before those that can wait.
    fn put(&mut self, question: Question) {
        let place = if question.later {
            self.waiting.len()
        } else {
            self.waiting.iter().position(|q| q.later).unwrap_or(self.waiting.len())
        };
        self.waiting.insert(place, question);
    }
}

type Shared = Arc<(Mutex<Desk>, Condvar)>;

/// The two threads of a session.
pub struct Threads {
    desk: Shared,
    interrupt: Arc<Mutex<InterruptHandle>>,
    brake: Arc<Brake>,
    reader: Option<JoinHandle<()>>,
    writes: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
}

fn lock(desk: &Shared) -> std::sync::MutexGuard<'_, Desk> {
    // a reader that panicked has left the desk in order: questions are taken off before they are answered
    desk.0.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Threads {
    /// Starts both threads over a store that is open to write and the same one to read; `post` takes what comes back, `now`
    /// tells the time.
    pub fn over(
        writing: Store,
        reading: Reading,
        path: &Path,
        actor: Actor,
        now: impl Fn() -> Now + Send + Clone + 'static,
        post: impl Fn(Reply) + Send + Clone + 'static,
    ) -> Result<Self, StoreError> {
        let (db, looks) = reading.connection()?;
        let mut reading = Store { looks, ..Store::on(db) };
        let told = post.clone();
        reading.far = Some(Box::new(move |done, of| told(Reply::Counting(done, of))));
        let interrupt = Arc::new(Mutex::new(reading.db.get_interrupt_handle()));
        let brake = writing.brake();
        let desk: Shared = Arc::default();
        let (inbox, jobs) = channel();
        let reader = {
            let (desk, actor, now, post) = (Arc::clone(&desk), actor.clone(), now.clone(), post.clone());
            let inbox = inbox.clone();
            let again = Again::new(path, &reading, Arc::clone(&interrupt));
            std::thread::spawn(move || read(&desk, reading, again, &actor, &now, &post, &inbox))
        };
        let writer = std::thread::spawn({
            let path = path.to_path_buf();
            move || write(&jobs, writing, &path, &actor, &now, &post)
        });
        Ok(Self { desk, interrupt, brake, reader: Some(reader), writes: Some(inbox), writer: Some(writer) })
    }

    /// Asks; an older question of the same place is forgotten. One for `later` lets all others go first.
    pub fn ask(&self, slot: usize, ticket: u64, query: Query, later: bool) {
        let mut desk = lock(&self.desk);
        desk.waiting.retain(|q| q.slot != slot);
        if desk.running.is_some_and(|(running, waits)| running == slot || (waits && !later)) {
            self.stop();
        }
        desk.put(Question { slot, ticket, query, later });
        self.desk.1.notify_one();
    }

    /// Interrupts the question that is being answered.
    fn stop(&self) {
        self.interrupt.lock().unwrap_or_else(PoisonError::into_inner).interrupt();
    }

    /// Writes, after all that was given before.
    pub fn write(&self, ticket: u64, envelope: Envelope) {
        self.give(Job::Change(ticket, Box::new(envelope)));
    }

    /// Notes the session among those that are open, once everything more urgent is done.
    pub fn begin(&self, place: String) {
        self.give(Job::Begin(place));
    }

    /// Tells colleagues which row is edited in this session.
    pub fn edits(&self, row: Option<Row>) {
        self.give(Job::Edits(row));
    }

    fn give(&self, job: Job) {
        if let Some(writes) = &self.writes {
            // the writer ends only when this sender is gone
            let _ = writes.send(job);
        }
    }

    /// Asks a long write that can go on later to stop between two of its steps.
    pub fn cancel(&self) {
        self.brake.pull();
    }

    /// Ends both; waits until everything is written. Long work that can go on later stops.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        lock(&self.desk).closed = true;
        self.desk.1.notify_one();
        self.stop();
        self.brake.end();
        self.writes = None;
        for thread in [self.writer.take(), self.reader.take()].into_iter().flatten() {
            // a thread that panicked has said so; there is nothing left to do for it
            let _ = thread.join();
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.end();
    }
}

fn read(
    desk: &Shared,
    mut store: Store,
    mut again: Again,
    actor: &Actor,
    now: &dyn Fn() -> Now,
    post: &dyn Fn(Reply),
    inbox: &Sender<Job>,
) {
    let mut seen = Seen::start(&store.db, &actor.session);
    let mut worked = Some(Instant::now());
    loop {
        if seen.looked.elapsed() >= LOOK && again.open(&mut store) {
            seen = Seen::start(&store.db, &actor.session);
            post(Reply::Elsewhere);
        }
        // also while one question follows the other: whoever was frozen must not type on
        if seen.looked.elapsed() >= LOOK
            && let Some(news) = seen.look(&store.db, actor)
        {
            post(news);
        }
        let question = {
            let mut guard = lock(desk);
            guard.running = None;
            if guard.waiting.is_empty() && !guard.closed {
                let rest = LOOK.saturating_sub(seen.looked.elapsed());
                guard = desk.1.wait_timeout(guard, rest).unwrap_or_else(PoisonError::into_inner).0;
            }
            if guard.closed {
                return;
            }
            let next = guard.waiting.pop_front();
            guard.running = next.as_ref().map(|q| (q.slot, q.later));
            next
        };
        if question.is_none() && worked.is_some_and(|at| at.elapsed() >= REST) {
            worked = None;
            open::rest(&store.db);
        }
        if let Some(Question { slot, ticket, query, later }) = question {
            worked = Some(Instant::now());
            let mut noted = Vec::new();
            let mut result = store.answer(actor, &query, now(), &mut noted);
            // what cannot be put on record is shown to nobody; the writer may be at work for long
            if let Err(error) = store.note(actor, now(), &noted) {
                result = Err(error);
            }
            // taken out: what is kept is not masked, and the answer goes to whoever asked
            if let Ok(Answer::Kpis(kpis)) = &mut result
                && let Some(kept) = kpis.fresh.take()
            {
                // a writer that is gone keeps nothing: the next session counts again
                let _ = inbox.send(Job::Keep(kept));
            }
            let mut guard = lock(desk);
            guard.running = None;
            // a newer question of the same place is there already: this answer is of no use
            if guard.waiting.iter().any(|q| q.slot == slot) {
                continue;
            }
            if matches!(result, Err(StoreError::Interrupted)) && later {
                // something more urgent came in between
                guard.put(Question { slot, ticket, query, later });
                continue;
            }
            drop(guard);
            post(Reply::Answer { slot, ticket, result });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::super::Mode;
    use super::*;
    use crate::domain::change::{Change, NewCustomer};
    use crate::domain::clock::Zone;
    use crate::domain::field::{Field, Value};
    use crate::domain::people::Via;

    fn now() -> Now {
        Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() }
    }

    fn envelope(name: &str) -> Envelope {
        let new = NewCustomer { values: vec![(Field::Name, Value::text(name))], ..NewCustomer::default() };
        Envelope { request: name.to_owned(), change: Change::AddCustomer(Box::new(new)), reason: None }
    }

    fn company() -> (tempfile::TempDir, std::path::PathBuf, Actor) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::open(&path, Mode::Create).unwrap();
        store.personal("me", "Me", now()).unwrap();
        let actor = store.actor("me", Via::Screen, "one").unwrap().unwrap();
        (folder, path, actor)
    }

    /// Both threads over the file, and what they post.
    fn both(path: &Path, actor: Actor) -> (Threads, Receiver<Reply>) {
        let (send, replies) = channel();
        let store = Store::open(path, Mode::Existing).unwrap();
        let reading = Reading::begin(path);
        let post = move |r| send.send(r).unwrap_or(());
        (Threads::over(store, reading, path, actor, now, post).unwrap(), replies)
    }

    #[test]
    fn i14_what_a_look_up_shows_is_on_record_before_it_is_shown() {
        let (_folder, path, actor) = company();
        let busy = Store::open(&path, Mode::Existing).unwrap();
        busy.db.execute("UPDATE person SET role='rep', rev=rev+1", []).unwrap();
        let (threads, replies) = both(&path, actor);
        // somebody is at work, as the session's own writer may be for long
        busy.db.execute_batch("BEGIN IMMEDIATE").unwrap();
        threads.ask(0, 1, Query::Find { text: "13912345678".into(), limit: 9 }, false);
        let answered = |reply: &Reply| matches!(reply, Reply::Answer { result: Ok(Answer::Find(_)), .. });
        let early = replies.recv_timeout(Duration::from_millis(300));
        assert!(!early.is_ok_and(|reply| answered(&reply)), "shown, and not on record");
        busy.db.execute_batch("COMMIT").unwrap();
        let reply = replies.iter().find(|reply| matches!(reply, Reply::Answer { .. })).unwrap();
        assert!(answered(&reply), "{reply:?}");
        let noted = |db: &rusqlite::Connection| -> i64 {
            db.query_row("SELECT count(*) FROM look_up", [], |r| r.get(0)).unwrap()
        };
        assert_eq!(noted(&busy.db), 1);
        threads.close();
    }

    #[test]
    fn everything_given_to_the_writer_is_written_before_the_threads_end() {
        let (_folder, path, actor) = company();
        let (threads, replies) = both(&path, actor);
        for n in 0..40 {
            threads.write(n, envelope(&format!("客户{n}")));
        }
        threads.close();
        let written =
            replies.iter().filter(|r| matches!(r, Reply::Written { result, .. } if result.is_ok())).count();
        assert_eq!(written, 40);
        let store = Store::open(&path, Mode::Existing).unwrap();
        let count: i64 = store.db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0)).unwrap();
        assert_eq!(count, 40);
    }

    #[test]
    fn the_last_question_of_a_place_is_answered_and_commits_of_others_are_told() {
        let (_folder, path, actor) = company();
        let (threads, replies) = both(&path, actor.clone());
        for ticket in 1..=200 {
            threads.ask(3, ticket, Query::Title, true);
        }
        let last = replies.iter().find_map(|r| match r {
            Reply::Answer { ticket: 200, result, .. } => Some(result),
            _ => None,
        });
        assert!(matches!(last, Some(Ok(Answer::Title(_)))));
        let mut other = Store::open(&path, Mode::Existing).unwrap();
        let other_actor = Actor { session: "two".into(), ..actor };
        other.write(&other_actor, &envelope("别处"), now()).unwrap();
        // the session's own look for alarms stirs the data, too
        let mut told = std::iter::from_fn(|| replies.recv_timeout(Duration::from_secs(10)).ok());
        let told = told.find(|reply| !matches!(reply, Reply::Stirred));
        assert!(matches!(told, Some(Reply::Elsewhere)), "{told:?}");
        drop(threads);
    }

    #[test]
    fn what_is_at_hand_is_answered_before_what_counts_much() {
        let mut desk = Desk::default();
        for (slot, later) in [(0, true), (1, false), (2, true), (3, false), (4, false)] {
            desk.put(Question { slot, ticket: 0, query: Query::Title, later });
        }
        let order: Vec<usize> = desk.waiting.iter().map(|q| q.slot).collect();
        assert_eq!(order, [1, 3, 4, 0, 2]);
    }

    #[test]
    fn a_question_that_lets_others_go_first_is_answered_all_the_same() {
        let (_folder, path, actor) = company();
        let (threads, replies) = both(&path, actor);
        for ticket in 0..100 {
            threads.ask(1, ticket, Query::Views, true);
            threads.ask(2, ticket, Query::People, false);
        }
        let mut last = [false; 2];
        for reply in &replies {
            if let Reply::Answer { slot, ticket: 99, result } = reply {
                assert!(result.is_ok(), "{result:?}");
                last[slot - 1] = true;
            }
            if last == [true; 2] {
                break;
            }
        }
        drop(threads);
    }

    #[test]
    fn own_commits_are_not_told_as_others() {
        let (_folder, path, actor) = company();
        let store = Store::on(open::reader(&path).unwrap());
        let mut writing = Store::open(&path, Mode::Existing).unwrap();
        let mut seen = Seen::start(&store.db, "one");
        writing.write(&actor, &envelope("自己"), now()).unwrap();
        assert!(matches!(seen.look(&store.db, &actor), Some(Reply::Stirred)));
        let other = Actor { session: "two".into(), ..actor.clone() };
        writing.write(&other, &envelope("别处"), now()).unwrap();
        assert!(matches!(seen.look(&store.db, &actor), Some(Reply::Elsewhere)));
        assert!(seen.look(&store.db, &actor).is_none());
        writing.db.execute("UPDATE person SET state='frozen', rev=rev+1", []).unwrap();
        assert!(matches!(seen.look(&store.db, &actor), Some(Reply::Frozen)));
    }
}
