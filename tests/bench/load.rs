//! Many people on one file, each in a process of their own: writes and look-ups at human speed, at five times that, and flat
//! out, beside an importer and backups; processes killed in the middle of a write; what a colleague's commit takes to the
//! screen; lines that are cut; what idle sessions cost. The promises are those of the scorecard of operations.md, section 9, each
//! printed with the number of its line beside what was measured; a line without one has no promise there.
//!
//!     cargo bench --bench load -- [--people 200] [--seconds 60] [--commits 100000] [--kills 2000] [--cuts 100]
//!         [--stalled 600] [--customers 5000]
//!
//! A part with 0 is left out. Every write adds one to a number of a customer, so that a lost one shows: the sum has to be
//! what was acknowledged. It ends with status 1 where something is lost, refused or left behind; a time over its promise is
//! marked, and is the machine's as much as the program's: a shared or slow one keeps fewer of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement ends where anything fails")]

#[path = "load/people.rs"]
mod people;
#[path = "../rig/pty.rs"]
#[expect(dead_code, reason = "the tests resize and measure keys with it")]
mod pty;
#[path = "load/screens.rs"]
mod screens;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use guanxi::store::{Mode, Store};
use people::{Tally, crowd, killed, now, p99, sum, work};

/// Makes the rows of every file others.
static SEED: AtomicU64 = AtomicU64::new(1);

fn guanxi(db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
    command.env("GUANXI_USER", "boss").stdin(Stdio::null()).stdout(Stdio::null()).arg("--db").arg(db);
    command
}

fn option(name: &str, default: u64) -> u64 {
    let mut args = std::env::args().skip_while(|arg| arg != name);
    args.nth(1).and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// A time or a size beside its promise.
fn figure(what: &str, measured: &str, promise: &str, kept: bool) {
    let sign = match (promise, kept) {
        ("" | "no promise", _) => "·",
        (_, true) => "✓",
        (_, false) => "✗",
    };
    println!("{sign} {what:<54} {measured:<34} {promise}");
}

fn time(what: &str, measured: f64, promise: f64) {
    figure(what, &format!("{measured:.1} ms"), &format!("≤ {promise} ms"), measured <= promise);
}

/// The promises: those on counts decide how the program ends.
struct Card {
    kept: bool,
}

impl Card {
    /// A count that has to be what was promised.
    fn count(&mut self, what: &str, measured: &str, promise: &str, kept: bool) {
        self.kept &= kept;
        figure(what, measured, promise, kept);
    }

    /// Errors, and whether the sum is what was acknowledged.
    fn told(&mut self, what: &str, tally: &Tally, before: u64, db: &Path) {
        let expected = before + tally.writes.len() as u64 - tally.errors.len() as u64;
        let there = sum(db);
        let said = format!("{} errors, {expected} acknowledged, {there} there", tally.errors.len());
        let kept = tally.errors.is_empty() && expected == there;
        self.count(&format!("{what}: errors, nothing lost"), &said, "0, equal", kept);
        if let Some(error) = tally.errors.first() {
            println!("    {error}");
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|a| a == "--worker") {
        let number = |n: usize| args[at + n].parse().unwrap();
        return work(Path::new(&args[at + 1]), number(2), number(3), number(4));
    }
    let (people, seconds) = (option("--people", 200), option("--seconds", 60));
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("load.db");
    company(&db, option("--customers", 5_000));
    let mut card = Card { kept: true };
    println!("{people} people, a database of {:.0} MB", mb(db.metadata().unwrap().len()));

    time("4 a colleague's commit on the screen, p99", p99(&mut screens::seen(&db)), 500.0);
    let sessions = u32::try_from(people).unwrap();
    let (share, own, with) = screens::idle(&db, sessions);
    let said = format!("{share:.2} %, {own:.1} MB own, {with:.1} MB PSS");
    figure(
        &format!("24 an idle session of {sessions}: core, memory"),
        &said,
        "≤ 0.1 %, ≤ 5 MB PSS",
        share <= 0.1 && with <= 5.0,
    );
    cut_lines(&mut card, &db, option("--cuts", 100));

    paced(&mut card, &db, "1 human speed", (people, 5_000, seconds), (50.0, 5.0), || {});
    beside_an_importer(&mut card, &db, people, seconds);
    paced(&mut card, &db, "2 five times that", (people, 1_000, seconds), (500.0, f64::INFINITY), || {});

    let before = sum(&db);
    let (mut tally, _) = crowd(&db, people, 0, seconds, || {});
    card.told("3 flat out", &tally, before, &db);
    let (n, w) = (tally.writes.len(), p99(&mut tally.writes));
    figure("3 flat out: write, p99", &format!("{w:.0} ms of {n}"), "no promise", true);

    counted(&mut card, &db, people, option("--commits", 100_000));
    stalled(&mut card, &db, people, option("--stalled", 600));
    let (acknowledged, there, times) = killed(&db, option("--kills", 2_000));
    let fine = there >= acknowledged && there <= acknowledged + times;
    let said = format!("{acknowledged} acknowledged, {there} there");
    card.count(&format!("6 {times} processes killed while writing"), &said, "none missing", fine);
    let sound = guanxi(&db).arg("check").status().unwrap().success();
    let said = if sound { "sound" } else { "not sound" };
    card.count("6 the database afterwards", said, "every check passes", sound);
    std::process::exit(i32::from(!card.kept));
}

/// Lines cut in the middle of a form.
fn cut_lines(card: &mut Card, db: &Path, lines: u64) {
    if lines == 0 {
        return;
    }
    let (gone, kept, longest) = screens::cut(db, lines);
    let said = format!("{kept} of {lines}");
    card.count("20 lines cut in a form: words offered again", &said, "all", kept == lines);
    let said = format!("{gone} of {lines}, the last in {longest:.0} ms");
    figure("20 lines cut in a form: session gone within 1 s", &said, "all", gone == lines);
}

/// So many people who write every so many milliseconds, for so many seconds: their times beside what is promised of them.
fn paced(
    card: &mut Card,
    db: &Path,
    what: &str,
    (people, every, seconds): (u64, u64, u64),
    (writes, looks): (f64, f64),
    beside: impl FnOnce(),
) {
    let before = sum(db);
    let disk = Disk::watch(db.with_extension("probe"));
    let (mut tally, _) = crowd(db, people, every, seconds, beside);
    let mut synced = disk.end();
    let said = format!("{:.1} ms", p99(&mut synced));
    figure(&format!("{what}: the disk alone, a page synced, p99"), &said, "below what is written", true);
    let n = tally.writes.len();
    time(&format!("{what}: write, p99 of {n}"), p99(&mut tally.writes), writes);
    if let Some(longest) = tally.writes.last() {
        figure(&format!("{what}: the slowest"), &format!("{:.1} ms", *longest as f64 / 1_000.0), "", true);
    }
    if looks.is_finite() {
        time(&format!("{what}: look-up, p99"), p99(&mut tally.looks), looks);
    }
    card.told(what, &tally, before, db);
}

/// What the disk takes meanwhile to make one page durable: no write can be faster, and a neighbour of the machine shows here.
struct Disk {
    stop: Arc<AtomicBool>,
    probe: std::thread::JoinHandle<Vec<u64>>,
}

impl Disk {
    fn watch(file: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&stop);
        let probe = std::thread::spawn(move || {
            let mut out = std::fs::File::create(file).unwrap();
            let mut took = Vec::new();
            while !ended.load(Ordering::Relaxed) {
                let from = Instant::now();
                out.write_all(&[7; 4_096]).unwrap();
                out.sync_data().unwrap();
                took.push(u64::try_from(from.elapsed().as_micros()).unwrap());
                std::thread::sleep(Duration::from_millis(100));
            }
            took
        });
        Self { stop, probe }
    }

    fn end(self) -> Vec<u64> {
        self.stop.store(true, Ordering::Relaxed);
        self.probe.join().unwrap()
    }
}

/// People at human speed while a file comes in as fast as it can all the time, and a backup is made.
fn beside_an_importer(card: &mut Card, db: &Path, people: u64, seconds: u64) {
    let what = "human speed, an importer flat out";
    let alone = rate(db, Duration::from_secs((seconds / 6).max(2)), None);
    let copy = db.with_extension("copy.db");
    let mut found = (0.0, Duration::ZERO);
    let rate_beside = |found: &mut (f64, Duration)| {
        found.0 = rate(db, Duration::from_secs((seconds - seconds / 6).max(2)), Some((&copy, &mut found.1)));
    };
    paced(card, db, what, (people, 5_000, seconds), (50.0, 5.0), || rate_beside(&mut found));
    let said = format!("{:.0} of {alone:.0} rows a second", found.0);
    figure("the importer beside them, and alone", &said, "no promise", true);
    let size = mb(copy.metadata().unwrap().len());
    let per = found.1.as_secs_f64() * 100.0 / size;
    let said = format!("{per:.2} s for 100 MB ({size:.0} MB)");
    figure("22 a backup beside all of them", &said, "≤ 2 s", per <= 2.0);
}

/// Rows a second that an importer writes in so much time, with a backup on the way where one is asked for.
fn rate(db: &Path, time: Duration, backup: Option<(&Path, &mut Duration)>) -> f64 {
    let count = || -> i64 {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
        let db = rusqlite::Connection::open_with_flags(db, flags).unwrap();
        db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0)).unwrap()
    };
    let mut importer = guanxi(db)
        .args(["import", "customers", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = importer.stdin.take().unwrap();
    let stop = AtomicBool::new(false);
    let rows = std::thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            let seed = SEED.fetch_add(1, Ordering::Relaxed);
            writeln!(pipe, "{HEADINGS}").unwrap();
            for n in 0.. {
                // the pipe is closed then, and the import ends by itself
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                pipe.write_all(customer_row(seed, n).as_bytes()).unwrap();
            }
        });
        std::thread::sleep(Duration::from_secs(1));
        let (before, from) = (count(), Instant::now());
        if let Some((copy, took)) = backup {
            let begun = Instant::now();
            assert!(guanxi(db).arg("backup").arg(copy).status().unwrap().success());
            *took = begun.elapsed();
        }
        std::thread::sleep(time.saturating_sub(from.elapsed()));
        let rate = (count() - before) as f64 / from.elapsed().as_secs_f64();
        stop.store(true, Ordering::Relaxed);
        rate
    });
    assert!(importer.wait().unwrap().success());
    rows
}

/// Commits flat out until there are so many: the sum of the numbers is how many were acknowledged, with nobody's lost (line 5).
fn counted(card: &mut Card, db: &Path, people: u64, commits: u64) {
    let (before, mut all) = (sum(db), Tally::default());
    while (all.writes.len() as u64) < commits && all.errors.is_empty() {
        let (round, _) = crowd(db, people, 0, 10, || {});
        all.writes.extend(round.writes);
        all.overtaken += round.overtaken;
        all.errors.extend(round.errors);
    }
    if commits > 0 {
        let what = format!("5 no lost update in {} commits", all.writes.len());
        card.told(&what, &all, before, db);
        figure(
            "5 … of which somebody else was first",
            &all.overtaken.to_string(),
            "no promise",
            all.overtaken > 0,
        );
    }
}

/// How far the log of the database grows while people write five times as fast as people do and one session's terminal is
/// not read by anybody.
fn stalled(card: &mut Card, db: &Path, people: u64, seconds: u64) {
    if seconds == 0 {
        return;
    }
    let mut sleeper = screens::screen(db);
    sleeper.stall();
    let before = sum(db);
    let (tally, wal) = crowd(db, people, 1_000, seconds, || {});
    let said = format!("{:.1} MB at most in {seconds} s", mb(wal));
    figure("9 the log beside a session that nobody reads", &said, "≤ 64 MB", mb(wal) <= 64.0);
    card.told("9 beside a session that nobody reads", &tally, before, db);
}

/// A company of one administrator.
fn company(db: &Path, customers: u64) {
    let mut store = Store::open(db, Mode::Create).unwrap();
    let at = now(&store);
    store.personal("boss", "老板", at).unwrap();
    drop(store);
    let file = customers_file(db.parent().unwrap(), customers);
    assert!(guanxi(db).args(["import", "customers"]).arg(file).status().unwrap().success());
}

/// So many customers as a file; every file has others.
fn customers_file(folder: &Path, rows: u64) -> PathBuf {
    let path = folder.join(format!("rows{rows}.csv"));
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    let all: String = (0..rows).map(|n| customer_row(seed, n)).collect();
    std::fs::write(&path, format!("{HEADINGS}\n{all}")).unwrap();
    path
}

const HEADINGS: &str = "客户名称,联系人,电话";

fn customer_row(seed: u64, n: u64) -> String {
    let phone = 13_000_000_000 + seed * 5_000_000 + n;
    format!("批{seed}第{n}号商贸公司,联系人{n},{phone}\n")
}
