//! The people of the load program: each a process with a connection of its own, which adds one to a number of a customer, so
//! that a lost write shows in the sum; and what came of them all.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use guanxi::domain::change::{Change, Edited, Envelope};
use guanxi::domain::clock::Now;
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::domain::people::{Actor, Via};
use guanxi::store::request::{Answer, Query, StoreError};
use guanxi::store::{Mode, Store};

/// Customers whose numbers are counted up.
const COUNTED: i64 = 40;

pub fn now(store: &Store) -> Now {
    Now { at: std::time::SystemTime::now().into(), zone: store.zone() }
}

/// A worker with its own connection, as a session of its own.
pub struct Worker {
    pub store: Store,
    pub actor: Actor,
    seed: u64,
    pub done: u64,
}

impl Worker {
    pub fn open(db: &Path, seed: u64) -> Self {
        let store = Store::open(db, Mode::Existing).unwrap();
        let session = format!("load-{}-{seed}", std::process::id());
        let actor = store.actor("boss", Via::Command, &session).unwrap().unwrap();
        Self { store, actor, seed: seed.wrapping_mul(6_364_136_223_846_793_005) | 1, done: 0 }
    }

    fn chance(&mut self, below: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % below.max(1)
    }

    pub fn number(&self, id: i64) -> (i64, i64) {
        let query = Query::Record(Row { noun: Noun::Customer, id });
        let Ok(Answer::Record(Some(record))) = self.store.ask(&self.actor, &query, now(&self.store)) else {
            panic!("customer {id} is gone")
        };
        let count = if let Value::Int(n) = record.get(Field::Employees) { *n } else { 0 };
        (record.rev, count)
    }

    /// Adds one to a customer's number; says how long the write took and how often somebody else was first.
    fn write(&mut self) -> (Duration, u64) {
        let id = 1 + i64::try_from(self.chance(COUNTED as u64)).unwrap();
        let mut overtaken = 0;
        loop {
            let (rev, count) = self.number(id);
            let (was, to) = (if count == 0 { Value::None } else { Value::Int(count) }, Value::Int(count + 1));
            let set = vec![Edited { field: Field::Employees, was, to }];
            let row = Row { noun: Noun::Customer, id };
            self.done += 1;
            let request = format!("{}-{}", self.actor.session, self.done);
            let envelope = Envelope { request, change: Change::Edit { row, rev, set }, reason: None };
            let from = Instant::now();
            match self.store.write(&self.actor, &envelope, now(&self.store)) {
                // somebody else has just written the same number: nothing was left to write
                Ok(receipt) if receipt.rows == 0 => overtaken += 1,
                Ok(_) => return (from.elapsed(), overtaken),
                Err(StoreError::Conflict { .. }) => overtaken += 1,
                Err(error) => {
                    println!("e {error:?}");
                    return (from.elapsed(), overtaken);
                }
            }
        }
    }

    fn look_up(&mut self) -> Duration {
        let text = (1_000 + self.chance(9_000)).to_string();
        let from = Instant::now();
        let query = Query::Find { text, limit: 20 };
        if let Err(error) = self.store.ask(&self.actor, &query, now(&self.store)) {
            println!("e {error:?}");
        }
        from.elapsed()
    }
}

/// One person: a write every so many milliseconds, two look-ups with it; says each on a line.
pub fn work(db: &Path, seed: u64, every: u64, seconds: u64) {
    let mut me = Worker::open(db, seed);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut out = std::io::stdout();
    let first = me.chance(every.max(1));
    std::thread::sleep(Duration::from_millis(first));
    while Instant::now() < until {
        if every > 0 {
            for _ in 0..2 {
                let took = me.look_up();
                writeln!(out, "l {}", took.as_micros()).unwrap();
            }
        }
        let (took, overtaken) = me.write();
        writeln!(out, "w {} {overtaken}", took.as_micros()).unwrap();
        // as a session does that has answered
        me.store.fold();
        let pause = if every > 0 { every / 2 + me.chance(every) } else { 0 };
        std::thread::sleep(Duration::from_millis(pause));
    }
}

pub struct Person(Child, BufReader<ChildStdout>);

fn person(db: &Path, seed: u64, every: u64, seconds: u64) -> Person {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--worker", db.to_str().unwrap()])
        .args([seed, every, seconds].map(|n| n.to_string()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    Person(child, out)
}

#[derive(Default)]
pub struct Tally {
    pub writes: Vec<u64>,
    pub looks: Vec<u64>,
    pub overtaken: u64,
    pub errors: Vec<String>,
}

impl Tally {
    fn take(&mut self, lines: impl BufRead) {
        for line in lines.lines().map_while(Result::ok) {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["w", took, overtaken] => {
                    self.writes.push(took.parse().unwrap());
                    self.overtaken += overtaken.parse::<u64>().unwrap();
                }
                ["l", took] => self.looks.push(took.parse().unwrap()),
                // a line that a killed process has not finished was not said
                ["w" | "l", ..] => {}
                _ => self.errors.push(line),
            }
        }
    }
}

/// The 99th percentile in milliseconds.
pub fn p99(samples: &mut [u64]) -> f64 {
    samples.sort_unstable();
    samples.get(samples.len().saturating_sub(1) * 99 / 100).map_or(0.0, |us| *us as f64 / 1_000.0)
}

pub fn sum(db: &Path) -> u64 {
    let me = Worker::open(db, 0);
    (1..=COUNTED).map(|id| u64::try_from(me.number(id).1).unwrap()).sum()
}

/// People at work; what they did, and the largest the log grew meanwhile.
pub fn crowd(db: &Path, people: u64, every: u64, seconds: u64, beside: impl FnOnce()) -> (Tally, u64) {
    let crowd: Vec<Person> = (0..people).map(|n| person(db, n + 1, every, seconds)).collect();
    let wal = PathBuf::from(format!("{}-wal", db.display()));
    let readers: Vec<_> = crowd
        .into_iter()
        .map(|Person(mut child, out)| {
            std::thread::spawn(move || {
                let mut tally = Tally::default();
                tally.take(out);
                assert!(child.wait().unwrap().success());
                tally
            })
        })
        .collect();
    beside();
    let mut most = 0;
    let mut all = Tally::default();
    while !readers.iter().all(std::thread::JoinHandle::is_finished) {
        most = most.max(wal.metadata().map_or(0, |m| m.len()));
        std::thread::sleep(Duration::from_millis(100));
    }
    for tally in readers.into_iter().map(|r| r.join().unwrap()) {
        all.writes.extend(tally.writes);
        all.looks.extend(tally.looks);
        all.overtaken += tally.overtaken;
        all.errors.extend(tally.errors);
    }
    (all, most)
}

/// Writers flat out, one of them killed again and again: what was acknowledged has to be there.
pub fn killed(db: &Path, kills: u64) -> (u64, u64, u64) {
    let before = sum(db);
    let mut acknowledged = Tally::default();
    for round in 0..kills.div_ceil(8) {
        let crowd: Vec<Person> = (0..8).map(|n| person(db, round * 8 + n + 10_000, 0, 600)).collect();
        std::thread::sleep(Duration::from_millis(60 + round % 90));
        for Person(mut child, out) in crowd {
            child.kill().unwrap();
            child.wait().unwrap();
            acknowledged.take(out);
        }
    }
    assert!(acknowledged.errors.is_empty(), "{:?}", acknowledged.errors);
    (acknowledged.writes.len() as u64, sum(db) - before, kills.div_ceil(8) * 8)
}
