//! The store at any size, from inside: the queue of a person with 500 accounts, the matrix with its live figures, one touch
//! or order with everything that follows from it, a board that follows a touch, the fit of the repeat-purchase model, new
//! rules for everybody while somebody else goes on writing.
//!
//!     cargo bench --bench store -- --customers 100000          makes a demo company of that size
//!     cargo bench --bench store -- --db FILE [--read]          measures a copy of FILE; --read writes nothing and copies nothing
//!     cargo bench --bench store -- --db FILE --touches 3000    writes so many touches into FILE itself and measures nothing else
//!
//! Waiting is told in wall time, work in processor time of the thread that does it. There is no threshold in here.

#![expect(clippy::unwrap_used, reason = "a measurement ends where anything fails")]

#[path = "staff.rs"]
mod staff;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use guanxi::domain::change::{Change, Envelope, NewTouch};
use guanxi::domain::clock::Now;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::kpi::{Length, Period};
use guanxi::domain::models::purchase;
use guanxi::domain::money::Fen;
use guanxi::domain::people::{Actor, Via};
use guanxi::store::request::{Answer, KpiQuery, Query};
use guanxi::store::{Mode, Store, open};

const NOW: &str = "2024-05-20T06:02:00Z";
/// Times each thing is done.
const TIMES: usize = 300;
/// Time between two writes of whoever works on while rules are applied.
const PAUSE: Duration = Duration::from_millis(20);

struct Options {
    customers: u64,
    db: Option<PathBuf>,
    read: bool,
    touches: Option<usize>,
}

fn options() -> Options {
    let mut options = Options { customers: 20_000, db: None, read: false, touches: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--customers" => options.customers = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--db" => options.db = args.next().map(PathBuf::from),
            "--read" => options.read = true,
            "--touches" => options.touches = args.next().and_then(|n| n.parse().ok()),
            _ => {}
        }
    }
    options
}

/// Processor time of this thread: neighbours on the machine do not count.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1000.0
}

/// Median, 99th percentile and greatest of some samples.
fn line(what: &str, mut samples: Vec<Duration>) {
    samples.sort_unstable();
    let at = |share: f64| ms(samples[((samples.len() - 1) as f64 * share).round() as usize]);
    println!("  {what:<44} {:>9.2} {:>9.2} {:>9.2}   n={}", at(0.5), at(0.99), at(1.0), samples.len());
}

/// One person at the store.
struct Desk {
    store: Store,
    actor: Actor,
    now: Now,
    /// Does what a session does at rest.
    beside: rusqlite::Connection,
}

impl Desk {
    fn open(path: &Path, login: Option<&str>) -> Self {
        let store = Store::open(path, Mode::Existing).unwrap();
        let actor = match login {
            Some(login) => store.actor(login, Via::Screen, "bench").unwrap(),
            None => store.whoever("bench", Via::Screen, "bench").unwrap(),
        };
        let now = Now { at: NOW.parse().unwrap(), zone: store.zone() };
        let beside = rusqlite::Connection::open(path).unwrap();
        Self { store, actor: actor.expect("somebody works here"), now, beside }
    }

    fn ask(&self, query: &Query) -> Answer {
        self.store.ask(&self.actor, query, self.now).unwrap()
    }

    fn write(&mut self, request: String, change: Change) {
        let envelope = Envelope { request, change, reason: Some("bench".to_owned()) };
        self.store.write(&self.actor, &envelope, self.now).unwrap();
    }

    /// Wall times of a question.
    fn asked(&self, query: &Query) -> Vec<Duration> {
        let one = |_| {
            let begun = Instant::now();
            self.ask(query);
            begun.elapsed()
        };
        (0..TIMES / 3).map(one).collect()
    }

    /// Processor times of a change, each time with another customer.
    fn written(
        &mut self,
        what: &str,
        often: usize,
        customers: &[i64],
        change: impl Fn(i64, usize) -> Change,
    ) -> Vec<Duration> {
        let mut times = Vec::with_capacity(often);
        for n in 0..often {
            let id = customers[n * 7_919 % customers.len()];
            let change = change(id, n);
            let begun = cpu();
            self.write(format!("bench-{what}-{n}"), change);
            times.push(cpu().saturating_sub(begun));
            // between two writes a session rests, merges a piece of the look-up where there is one, and folds a long log
            self.store.merge_look_up().unwrap();
            open::fold(&self.beside, open::FOLDED);
        }
        times
    }
}

impl Desk {
    /// Asks for the figures of the running month and keeps them where that is wanted, as a session does.
    fn board(&self) -> Duration {
        let period = Period::of(Length::Month, self.now.today());
        let begun = Instant::now();
        let Answer::Kpis(kpis) = self.ask(&Query::Kpis(KpiQuery { period, as_of: None })) else {
            unreachable!("figures")
        };
        let took = begun.elapsed();
        if let Some(kept) = &kpis.fresh {
            self.store.keep(kept).unwrap();
        }
        took
    }

    /// Wall times of a first count of the month, and until the board shows one more touch each.
    fn followed(&mut self, customers: &[i64]) -> (Duration, Vec<Duration>) {
        let first = self.board();
        let one = |n: usize| {
            let id = customers[n * 7_919 % customers.len()];
            self.write(format!("bench-board-{n}"), touch(id, n));
            self.now.at += Duration::from_secs(1);
            self.board()
        };
        (first, (0..TIMES / 10).map(one).collect())
    }
}

/// Wall times of the fit of the repeat-purchase model alone, over the histories of all who ordered.
fn fits(path: &Path) -> Vec<Duration> {
    let db = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let day = &NOW[..10];
    let mut query = db
        .prepare(
            "SELECT count(DISTINCT ordered_on)-1, julianday(max(ordered_on))-julianday(min(ordered_on)),
               julianday(?1)-julianday(min(ordered_on))
             FROM orders WHERE status='paid' AND ordered_on<=?1 GROUP BY customer_id",
        )
        .unwrap();
    let read =
        |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, f64>(1)? as u32, r.get::<_, f64>(2)? as u32));
    let histories: Vec<(u32, u32, u32)> =
        query.query_map([day], read).unwrap().collect::<rusqlite::Result<_>>().unwrap();
    let fit = |_| {
        let begun = Instant::now();
        assert!(purchase::fit(&purchase::group(histories.iter().copied())).is_some());
        begun.elapsed()
    };
    (0..5).map(fit).collect()
}

fn touch(id: i64, n: usize) -> Change {
    let new = NewTouch::plain(CustomerId(id), NOW.parse().unwrap(), format!("bench {n}"));
    // an answer that keeps a word asks the guard nothing and resets the clocks
    Change::LogTouch(Box::new(NewTouch { kind: "reply".to_owned(), responded: true, ..new }))
}

fn order(id: i64, n: usize) -> Change {
    let amount = Value::Money(Fen(10_000 + i64::try_from(n).unwrap_or(0)));
    let set = vec![
        (Field::OrderDay, Value::Day(NOW.parse::<chrono::DateTime<chrono::Utc>>().unwrap().date_naive())),
        (Field::OrderAmount, amount),
    ];
    Change::Add { noun: Noun::Order, customer: CustomerId(id), set }
}

/// The rules of the segments in force, and the number of their version.
fn rules(desk: &Desk) -> (String, i64) {
    let Answer::Schemes(all) = desk.ask(&Query::Schemes) else { return (String::new(), 0) };
    let segment = all.iter().find(|row| row.scheme == "segment").expect("segments");
    let newest = segment.versions.first().expect("a version");
    (newest.text.clone(), newest.version)
}

/// Applies rules while somebody else writes; the run is cut once in the middle and goes on from there.
fn apply(path: &Path, customers: &[i64]) {
    let mut desk = Desk::open(path, None);
    let (text, before) = rules(&desk);
    let text = text.replace("50%", "60%");
    let stop = Arc::new(AtomicBool::new(false));
    let other = {
        let (path, stop, customers) = (path.to_owned(), Arc::clone(&stop), customers.to_vec());
        std::thread::spawn(move || {
            let mut desk = Desk::open(&path, Some(staff::LOGIN));
            let mut waits = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let id = customers[waits.len() * 7_919 % customers.len()];
                let begun = Instant::now();
                let envelope = Envelope {
                    request: format!("bench-other-{}", waits.len()),
                    change: touch(id, waits.len()),
                    reason: None,
                };
                while let Err(e) = desk.store.write(&desk.actor, &envelope, desk.now) {
                    eprintln!("other {e:?} after {:?}", begun.elapsed());
                }
                waits.push(begun.elapsed());
                std::thread::sleep(PAUSE);
            }
            waits
        })
    };
    let brake = desk.store.brake();
    let envelope = |name: &str| Envelope {
        request: name.to_owned(),
        change: Change::ApplyScheme { text: text.clone() },
        reason: Some("bench".to_owned()),
    };
    let begun = Instant::now();
    let cut =
        desk.store.write_with_progress(&desk.actor, &envelope("bench-cut"), desk.now, &mut |done, all| {
            if done * 2 >= all {
                brake.pull();
            }
        });
    let half = begun.elapsed();
    let in_force = rules(&desk).1;
    let begun = Instant::now();
    desk.store.write_with_progress(&desk.actor, &envelope("bench-rules"), desk.now, &mut |_, _| {}).unwrap();
    let rest = begun.elapsed();
    stop.store(true, Ordering::Relaxed);
    let waits = other.join().unwrap();
    match cut {
        Err(why) => {
            println!(
                "  rules, cut after half ({why:?}): {:.0} ms; in force still version {in_force}",
                ms(half)
            );
            assert_eq!(in_force, before, "a run that was cut leaves the old rules in force");
        }
        Ok(_) => println!("  rules, too few customers to be cut: {:.0} ms", ms(half)),
    }
    println!("  rules, the rest and the version: {:.0} ms", ms(rest));
    line("somebody else's write meanwhile, wall ms", waits);
}

fn main() {
    let options = options();
    let folder = tempfile::tempdir().unwrap();
    let path = match &options.db {
        Some(db) if options.read || options.touches.is_some() => db.clone(),
        Some(db) => {
            let copy = folder.path().join("bench.db");
            std::fs::copy(db, &copy).unwrap();
            // or the first checkpoint pays for writing the whole copy
            std::fs::File::open(&copy).unwrap().sync_all().unwrap();
            copy
        }
        None => {
            let path = folder.path().join("bench.db");
            let customers = options.customers.to_string();
            let mut fill = Command::new(env!("CARGO_BIN_EXE_guanxi"));
            fill.args(["demo", "--fill", "--customers", &customers, "--db"])
                .arg(&path)
                .env("GUANXI_NOW", NOW);
            assert!(fill.status().unwrap().success());
            path
        }
    };
    let customers: Vec<i64> = {
        let db =
            rusqlite::Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let mut query = db.prepare("SELECT id FROM customer").unwrap();
        query.query_map([], |r| r.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    println!("{} customers", customers.len());
    println!("  {:<44} {:>9} {:>9} {:>9}", "", "median", "p99", "most");
    let matrix = Query::Strategy("segment".to_owned());
    let queue = Query::Queue { owner: None, whole: false, ahead: 60 };
    if options.read {
        let desk = Desk::open(&path, None);
        line("matrix with live figures, wall ms", desk.asked(&matrix));
        return;
    }
    if let Some(often) = options.touches {
        // other names than those of a run before, which the store would take for the same change sent again
        let run = format!("touch-{}", std::process::id());
        line("one touch, processor ms", Desk::open(&path, None).written(&run, often, &customers, touch));
        return;
    }
    staff::rep(&path, NOW);
    let desk = Desk::open(&path, Some(staff::LOGIN));
    line("queue of 500 accounts, wall ms", desk.asked(&queue));
    let mut desk = Desk::open(&path, None);
    line("matrix with live figures, wall ms", desk.asked(&matrix));
    line("one touch, processor ms", desk.written("touch", TIMES, &customers, touch));
    line("one order, processor ms", desk.written("order", TIMES, &customers, order));
    let (first, followed) = desk.followed(&customers);
    line("board of the month, first count, wall ms", vec![first]);
    line("board after one more touch, wall ms", followed);
    drop(desk);
    line("fit of the repeat-purchase model, wall ms", fits(&path));
    apply(&path, &customers);
}
