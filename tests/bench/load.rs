//! Many people on one file, each in a process of their own: writes and look-ups at human speed, at five times that, and flat
//! out, beside an importer and backups; processes killed in the middle of a write; what a colleague's commit takes to the
//! screen; what an idle session costs. The promises are those of a scorecard, each printed beside what was measured.
//!
//!     cargo bench --bench load -- [--people 200] [--seconds 60] [--kills 2000] [--customers 5000]
//!
//! Every write adds one to a number of a customer, so that a lost one shows: the sum has to be what was acknowledged. It ends
//! with status 1 where a promise is not kept. A shared or slow machine keeps fewer of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement ends where anything fails")]

#[path = "../rig/pty.rs"]
#[expect(dead_code, reason = "the tests resize, hang up and signal with it")]
mod pty;

use std::fmt::Write as _;
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

fn guanxi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
    command.env("GUANXI_USER", "boss").stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn now(store: &Store) -> Now {
    Now { at: std::time::SystemTime::now().into(), zone: store.zone() }
}

fn option(name: &str, default: u64) -> u64 {
    let mut args = std::env::args().skip_while(|arg| arg != name);
    args.nth(1).and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// A worker with its own connection, as a session of its own.
struct Worker {
    store: Store,
    actor: Actor,
    seed: u64,
    done: u64,
}

impl Worker {
    fn open(db: &Path, seed: u64) -> Self {
        let store = Store::open(db, Mode::Existing).unwrap();
        let session = format!("load-{}-{seed}", std::process::id());
        let actor = store.actor("boss", Via::Command, &session).unwrap().unwrap();
        Self { store, actor, seed: seed.wrapping_mul(6_364_136_223_846_793_005) | 1, done: 0 }
    }

    fn chance(&mut self, below: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % below.max(1)
    }

    fn number(&self, id: i64) -> (i64, i64) {
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
fn work(db: &Path, seed: u64, every: u64, seconds: u64) {
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
        let pause = if every > 0 { every / 2 + me.chance(every) } else { 0 };
        std::thread::sleep(Duration::from_millis(pause));
    }
}

struct Person(Child, BufReader<ChildStdout>);

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
struct Tally {
    writes: Vec<u64>,
    looks: Vec<u64>,
    overtaken: u64,
    errors: Vec<String>,
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
fn p99(samples: &mut [u64]) -> f64 {
    samples.sort_unstable();
    samples.get(samples.len().saturating_sub(1) * 99 / 100).map_or(0.0, |us| *us as f64 / 1_000.0)
}

struct Card {
    kept: bool,
}

impl Card {
    fn line(&mut self, what: &str, measured: &str, promise: &str, kept: bool) {
        self.kept &= kept;
        println!("{} {what:<44} {measured:<34} {promise}", if kept { "✓" } else { "✗" });
    }
}

fn sum(db: &Path) -> u64 {
    let me = Worker::open(db, 0);
    (1..=COUNTED).map(|id| u64::try_from(me.number(id).1).unwrap()).sum()
}

/// People at work; what they did, and the largest the log grew meanwhile.
fn crowd(db: &Path, people: u64, every: u64, seconds: u64, beside: impl FnOnce()) -> (Tally, u64) {
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
fn killed(db: &Path, kills: u64) -> (u64, u64, u64) {
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

fn screen(db: &Path) -> pty::Session {
    let home = db.parent().unwrap().to_str().unwrap();
    let env = [("GUANXI_USER", "boss"), ("HOME", home), ("XDG_CONFIG_HOME", home)];
    let mut session = pty::Session::start(
        Path::new(env!("CARGO_BIN_EXE_guanxi")),
        &["--db", db.to_str().unwrap(), "--lang", "en"],
        &env,
        (120, 40),
    );
    session.wait("▌  C");
    session
}

/// From a colleague's commit to the screen, in milliseconds.
fn seen(db: &Path) -> Vec<u64> {
    let mut screen = screen(db);
    let mut me = Worker::open(db, 7);
    let row = Row { noun: Noun::Customer, id: 1 };
    (0..40)
        .map(|n| {
            let Ok(Answer::Record(Some(record))) =
                me.store.ask(&me.actor, &Query::Record(row), now(&me.store))
            else {
                panic!("no first customer")
            };
            let name = format!("新名{n:03}号公司");
            let set = vec![Edited {
                field: Field::Name,
                was: record.get(Field::Name).clone(),
                to: Value::text(&name),
            }];
            me.done += 1;
            let request = format!("{}-name-{}", me.actor.session, me.done);
            let change = Change::Edit { row, rev: record.rev, set };
            me.store.write(&me.actor, &Envelope { request, change, reason: None }, now(&me.store)).unwrap();
            let from = Instant::now();
            let at = screen.wait(&name);
            u64::try_from(at.saturating_duration_since(from).as_micros()).unwrap()
        })
        .collect()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|a| a == "--worker") {
        let number = |n: usize| args[at + n].parse().unwrap();
        return work(Path::new(&args[at + 1]), number(2), number(3), number(4));
    }
    let (people, seconds) = (option("--people", 200), option("--seconds", 60));
    let (kills, customers) = (option("--kills", 2_000), option("--customers", 5_000));
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("load.db");
    company(&db, customers);
    let mut card = Card { kept: true };
    let mb = |bytes: u64| bytes as f64 / 1_048_576.0;
    println!("{people} people, {customers} customers, {:.0} MB", mb(db.metadata().unwrap().len()));

    let mut took = seen(&db);
    let late = p99(&mut took);
    card.line("a colleague's commit on the screen, p99", &format!("{late:.0} ms"), "≤ 500 ms", late <= 500.0);

    let idle = screen(&db);
    std::thread::sleep(Duration::from_secs(2));
    let before = idle.ticks();
    std::thread::sleep(Duration::from_secs(10));
    let (share, memory) = ((idle.ticks() - before) as f64 / 10.0, idle.private_kib() as f64 / 1_024.0);
    let said = format!("{share:.2} % of a core, {memory:.1} MB private");
    card.line("an idle session", &said, "≤ 0.1 %, ≤ 5 MB", share <= 0.1 && memory <= 5.0);

    // a session whose terminal nobody reads stands by from here on
    for (what, every, writes, looks) in
        [("human speed", 5_000, 50.0, 5.0), ("five times that", 1_000, 500.0, f64::INFINITY)]
    {
        let before = sum(&db);
        let copy = folder.path().join(format!("{every}.db"));
        let import = customers_file(folder.path(), every);
        let mut backup = Duration::ZERO;
        let (mut tally, _) = crowd(&db, people, every, seconds, || {
            std::thread::sleep(Duration::from_secs(seconds / 4));
            let mut importer =
                guanxi().arg("--db").arg(&db).args(["import", "customers"]).arg(&import).spawn().unwrap();
            let from = Instant::now();
            let made = guanxi().arg("--db").arg(&db).arg("backup").arg(&copy).status().unwrap();
            backup = from.elapsed();
            assert!(made.success() && importer.wait().unwrap().success());
        });
        let lost = before + tally.writes.len() as u64 - tally.errors.len() as u64;
        let (w, l) = (p99(&mut tally.writes), p99(&mut tally.looks));
        let n = tally.writes.len();
        card.line(
            &format!("{what}: write, p99 of {n}"),
            &format!("{w:.1} ms"),
            &format!("≤ {writes} ms"),
            w <= writes,
        );
        if looks.is_finite() {
            card.line(
                &format!("{what}: look-up, p99"),
                &format!("{l:.2} ms"),
                &format!("≤ {looks} ms"),
                l <= looks,
            );
        }
        told(&mut card, what, &tally, lost == sum(&db));
        let per = backup.as_secs_f64() * 100.0 / mb(copy.metadata().unwrap().len());
        card.line(
            &format!("{what}: backup meanwhile"),
            &format!("{per:.2} s for 100 MB"),
            "≤ 2 s",
            per <= 2.0,
        );
    }

    let before = sum(&db);
    let (tally, wal) = crowd(&db, people, 0, seconds, || {});
    let lost = before + tally.writes.len() as u64 - tally.errors.len() as u64;
    told(&mut card, "flat out", &tally, lost == sum(&db));
    card.line(
        "the log beside a stalled session",
        &format!("{:.1} MB at most", mb(wal)),
        "≤ 64 MB",
        mb(wal) <= 64.0,
    );

    let (acknowledged, there, times) = killed(&db, kills);
    let fine = there >= acknowledged && there <= acknowledged + times;
    let said = format!("{acknowledged} acknowledged, {there} there");
    card.line(&format!("{times} processes killed while writing"), &said, "none missing", fine);
    drop(idle);
    let sound = guanxi().arg("--db").arg(&db).arg("check").status().unwrap().success();
    card.line(
        "the database afterwards",
        if sound { "sound" } else { "not sound" },
        "every check passes",
        sound,
    );
    std::process::exit(i32::from(!card.kept));
}

fn told(card: &mut Card, what: &str, tally: &Tally, none_lost: bool) {
    let said = format!("{} errors, {} times overtaken", tally.errors.len(), tally.overtaken);
    card.line(
        &format!("{what}: errors, and nothing lost"),
        &said,
        "0, sum = acknowledged",
        tally.errors.is_empty() && none_lost,
    );
    if let Some(error) = tally.errors.first() {
        println!("    {error}");
    }
}

/// A company of one administrator.
fn company(db: &Path, customers: u64) {
    let mut store = Store::open(db, Mode::Create).unwrap();
    let at = now(&store);
    store.personal("boss", "老板", at).unwrap();
    drop(store);
    let file = customers_file(db.parent().unwrap(), customers);
    let filled = guanxi().arg("--db").arg(db).args(["import", "customers"]).arg(file).status().unwrap();
    assert!(filled.success());
}

/// So many customers as a file; another seed makes others.
fn customers_file(folder: &Path, rows: u64) -> PathBuf {
    let path = folder.join(format!("rows{rows}.csv"));
    let mut out = String::from("客户名称,联系人,电话\n");
    for n in 0..rows {
        let phone = 13_000_000_000 + rows * 100_000 + n;
        let _ = writeln!(out, "批{rows}第{n}号商贸公司,联系人{n},{phone}");
    }
    std::fs::write(&path, out).unwrap();
    path
}
