//! The program as the person at the keyboard sees it, at any size: first frame, keys to paint, bytes, memory, idle.
//!
//!     cargo bench --bench terminal -- --customers 1000000 [--runs 3] [--db FILE]
//!
//! makes a demo company of that size (or uses the one in FILE) and prints medians and 99th percentiles. Other programs
//! stand beside where they are installed: `fzf --exact` and `csvlens` over the same rows as CSV; the ratios to them end the
//! output. Take ratios of one run, never absolute figures of two. There is no threshold in here. `--program FILE` measures
//! another build, `--beside no` leaves the others out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement ends where anything fails")]

#[path = "staff.rs"]
mod staff;

#[path = "../rig/pty.rs"]
#[expect(dead_code, reason = "the tests resize, hang up and signal with it")]
mod pty;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, TimeDelta};
use pty::{Session, bytes};

const SIZE: (u16, u16) = (120, 40);
const NOW: &str = "2024-05-20T14:02:00+08:00";
/// What every number of a customer of the demo company begins with.
const ANY: &str = "C20";
/// When figures that have not been counted yet are counted, after whatever is kept, and when everything is measured after that.
const COUNTED: TimeDelta = TimeDelta::minutes(20);
const MEASURED: TimeDelta = TimeDelta::minutes(15);
/// How long nothing comes of a running month that is counted anew, at the most.
const BOARD: Duration = Duration::from_secs(30);
/// A figure of the board, which stands there with its value.
const FIGURE: &str = "响应率";
/// What the board's head says once the trends of all its months are there.
const TREND: &str = "近12期";

struct Options {
    customers: u64,
    runs: usize,
    db: Option<PathBuf>,
    program: PathBuf,
    beside: bool,
}

/// What a program takes, in ms (median, 99th percentile), and sends, in bytes.
#[derive(Default)]
struct Figures {
    first: (f64, f64),
    down: (f64, f64),
    name: (f64, f64),
    phone: (f64, f64),
    move_bytes: f64,
    page_bytes: f64,
}

fn options() -> Options {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_guanxi"));
    let mut options = Options { customers: 100_000, runs: 3, db: None, program, beside: true };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--customers" => options.customers = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--runs" => options.runs = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--db" => options.db = args.next().map(PathBuf::from),
            "--program" => options.program = args.next().map(PathBuf::from).expect("a file"),
            "--beside" => options.beside = args.next().is_some_and(|word| word != "no"),
            _ => {}
        }
    }
    options
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1000.0
}

/// What took how long.
type Took = (String, Duration);

/// Prints and answers median and 99th percentile in ms, with what was slowest.
fn line(what: &str, mut samples: Vec<Took>) -> (f64, f64) {
    samples.sort_unstable_by_key(|(_, took)| *took);
    let at = |share: f64| ms(samples[((samples.len() - 1) as f64 * share).round() as usize].1);
    let (median, p99, n) = (at(0.5), at(0.99), samples.len());
    let slowest = samples.iter().rev().take(2).map(|(key, took)| format!("{key} {:.1}", ms(*took)));
    println!(
        "  {what:<34} {median:>9.2} {p99:>9.2}   n={n:<4} slowest {}",
        slowest.collect::<Vec<_>>().join(", ")
    );
    (median, p99)
}

fn sent(what: &str, bytes: f64) -> f64 {
    println!("  {what:<34} {bytes:>9.0} bytes");
    bytes
}

/// Plays keys and measures each, of a program that is still between them for so long.
fn play_for(session: &mut Session, keys: &str, times: usize, quiet: Duration) -> (Vec<Took>, f64) {
    let keys = bytes(keys);
    let mut samples = Vec::new();
    let mut sent = 0;
    for time in 1..=times {
        for key in &keys {
            let sample = session.press(key, quiet);
            samples.push((format!("{:?} of {time}", String::from_utf8_lossy(key)), sample.last));
            sent += sample.bytes;
        }
    }
    let mean = sent as f64 / samples.len() as f64;
    (samples, mean)
}

/// The same of one that is still until it is asked for something.
fn play(session: &mut Session, keys: &str, times: usize) -> (Vec<Took>, f64) {
    play_for(session, keys, times, pty::SETTLED)
}

/// Types texts, each between two runs of keys, and measures every key of the texts themselves.
fn typed(session: &mut Session, texts: &[&str], before: &str, after: &str) -> Vec<Took> {
    let mut samples = Vec::new();
    for text in texts {
        session.keys(before);
        let mut so_far = String::new();
        for letter in text.chars() {
            so_far.push(letter);
            let sample = session.press(letter.to_string().as_bytes(), pty::SETTLED);
            samples.push((so_far.clone(), sample.last));
        }
        session.keys(after);
    }
    samples
}

/// Reads the file twice, so that what is measured is the program and not how much of the file the machine has in memory: a
/// virtual one may take pages back within half a minute, and a page then takes ten times as long.
fn warm(db: &Path) {
    for _ in 0..2 {
        let mut file = std::fs::File::open(db).unwrap();
        std::io::copy(&mut file, &mut std::io::sink()).unwrap();
    }
}

/// When figures are counted and when everything is measured, both later than whatever is kept in the file: a clock that goes
/// back finds nothing of before.
fn clock(db: &Path) -> [String; 2] {
    let db = rusqlite::Connection::open(db).unwrap();
    let kept: i64 =
        db.query_row("SELECT coalesce(max(as_of), 0) FROM kept_figures", [], |r| r.get(0)).unwrap();
    let now: DateTime<FixedOffset> = NOW.parse().unwrap();
    let kept = DateTime::from_timestamp_millis(kept).unwrap().with_timezone(&now.timezone());
    let counted = now.max(kept) + COUNTED;
    [counted, counted + MEASURED].map(|at| at.to_rfc3339())
}

fn guanxi(options: &Options, db: &Path, first: &str) -> Figures {
    let mut is = Figures::default();
    let [counted, measured] = clock(db);
    let begin = |now: &str| {
        let env = [
            ("GUANXI_NOW", now),
            ("GUANXI_USER", staff::LOGIN),
            ("COLORTERM", "truecolor"),
            ("HOME", "/tmp"),
        ];
        Session::start(&options.program, &["--db", db.to_str().unwrap(), "--lang", "zh"], &env, SIZE)
    };
    // the first look at the board counts what is kept from then on
    let from = Instant::now();
    let mut session = begin(&counted);
    session.wait(first);
    session.keys("5");
    while !session.screen().contains(TREND) {
        session.rest(Duration::from_secs(1));
    }
    println!("  {:<34} {:>9.0} s", "board: all that is not kept yet", from.elapsed().as_secs_f64());
    session.keys("1q");
    session.end();
    warm(db);
    let start = || {
        let from = Instant::now();
        let mut session = begin(&measured);
        let shown = session.wait(first).duration_since(from);
        session.rest(pty::QUIET * 2);
        (session, shown)
    };
    println!("guanxi                                  median       p99   ms");
    let firsts = (0..options.runs.max(3)).map(|n| (format!("run {n}"), start().1)).collect();
    is.first = line("first frame with customers", firsts);
    let (mut session, _) = start();
    let (samples, size) = play(&mut session, "<Down>", 200);
    line("move down", samples);
    is.move_bytes = sent("a move", size);
    // the pace at which `csvlens` is measured: a processor that has slept for longer takes longer
    is.down = line("move down, a key held", play_for(&mut session, "<Down>", 200, pty::QUIET).0);
    warm(db);
    let (samples, size) = play(&mut session, "<PgDn>", 60);
    line("page", samples);
    is.page_bytes = sent("a page", size);
    warm(db);
    let (samples, _) = play(&mut session, "<End><Home>", 20);
    line("jump to the end and back", samples);
    // the figures that are kept show at once, with their time; those of the running month are counted anew behind them
    warm(db);
    let from = Instant::now();
    session.send(b"5");
    for (what, shown) in
        [("board of a month computed before", FIGURE), ("its trends of twelve months", TREND)]
    {
        line(what, vec![(shown.to_owned(), session.wait(shown).duration_since(from))]);
    }
    session.rest(BOARD);
    warm(db);
    let (samples, _) = play(&mut session, "3145", 10);
    line("switch panes", samples);
    session.keys("1");
    warm(db);
    let names = ["恒远物流", "科技", "kejixin", "shkj", "宏达机械"];
    is.name = line("find: a key of a name", typed(&mut session, &names, "/", "<Esc>"));
    warm(db);
    let phones = ["8812", "13800138", "0031"];
    is.phone = line("find: a key of a phone", typed(&mut session, &phones, "/", "<Esc>"));
    warm(db);
    let (samples, _) = play(&mut session, "s<Down><Enter>", 10);
    line("sort menu and sort by the next column", samples);
    // as on a server: the program's own pages belong to whoever else runs it, too
    // who opens where this session is: another order, other rows
    let mut colleague = begin(&measured);
    colleague.wait(ANY);
    println!("  {:<34} {:>9.1} MiB", "private memory", session.private_kib() as f64 / 1024.0);
    colleague.keys("q");
    colleague.end();
    sent("full repaint", session.press(&[12], pty::SETTLED).bytes as f64);
    session.rest(Duration::from_secs(1));
    let (before, ticks) = (session.output.len(), session.ticks());
    session.rest(Duration::from_secs(5));
    let (idle, ticks) = (session.output.len() - before, session.ticks() - ticks);
    println!("  {:<34} {idle:>9} bytes, {} ms of processor", "idle 5 s", ticks * 10);
    session.keys("q");
    session.end();
    is
}

/// Whether a program is there to stand beside.
fn installed(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    let found = found.is_ok_and(|out| out.status.success());
    if !found {
        println!("{program}: not installed");
    }
    found
}

/// A program of the shell over the rows, shown up to the first of them.
fn beside(command: &str, first: &str) -> (Session, Duration) {
    let path = std::env::var("PATH").unwrap_or_default();
    let from = Instant::now();
    let mut session =
        Session::start(Path::new("/bin/sh"), &["-c", command], &[("HOME", "/tmp"), ("PATH", &path)], SIZE);
    let shown = session.wait(first).duration_since(from);
    // what goes on drawing never comes to rest
    let until = Instant::now() + Duration::from_millis(2500);
    while Instant::now() < until {
        session.rest(pty::QUIET);
    }
    (session, shown)
}

/// Its first frame, several times.
fn firsts(command: &str, runs: usize, first: &str) -> (f64, f64) {
    let shown = |n| (format!("run {n}"), beside(command, first).1);
    line("first frame", (0..runs.max(3)).map(shown).collect())
}

/// `fzf --exact` over the same rows.
fn fzf(csv: &Path, runs: usize, first: &str) -> Option<Figures> {
    if !installed("fzf") {
        return None;
    }
    let mut is = Figures::default();
    let command = format!("exec fzf --exact < {}", csv.display());
    println!("fzf --exact                             median       p99   ms");
    is.first = firsts(&command, runs, first);
    let (mut session, _) = beside(&command, first);
    is.name = line("a key of a name", typed(&mut session, &["恒远物流", "科技"], "", "<C-u>"));
    is.phone = line("a key of a phone", typed(&mut session, &["8812", "13800138"], "", "<C-u>"));
    println!("  {:<34} {:>9.1} MiB", "private memory", session.private_kib() as f64 / 1024.0);
    Some(is)
}

/// `csvlens` over the same rows.
fn csvlens(csv: &Path, runs: usize, first: &str) -> Option<Figures> {
    if !installed("csvlens") {
        return None;
    }
    let mut is = Figures::default();
    let command = format!("exec csvlens --no-headers {}", csv.display());
    println!("csvlens                                 median       p99   ms");
    is.first = firsts(&command, runs, first);
    let (mut session, _) = beside(&command, first);
    // it draws several times a second whether or not there is anything new
    let (samples, size) = play_for(&mut session, "<Down>", 200, pty::QUIET);
    is.down = line("move down", samples);
    is.move_bytes = sent("a move", size);
    let (samples, size) = play_for(&mut session, "<PgDn>", 60, pty::QUIET);
    line("page", samples);
    is.page_bytes = sent("a page", size);
    println!("  {:<34} {:>9.1} MiB", "private memory", session.private_kib() as f64 / 1024.0);
    Some(is)
}

/// What the numbers of the product are: ratios to the others in this very run.
fn ratios(is: &Figures, fzf: Option<&Figures>, csvlens: Option<&Figures>) {
    let row = |what: &str, ratio: f64, goal: &str| println!("  {what:<44} {ratio:>7.3}   goal {goal}");
    println!("ratios of this run");
    if let Some(fzf) = fzf {
        row("first frame to fzf", is.first.0 / fzf.first.0, "≤ 0.5");
        row("a key of a name to fzf, median", is.name.0 / fzf.name.0, "≤ 0.75");
        row("a key of a name to fzf, p99", is.name.1 / fzf.name.1, "≤ 0.25");
        row("a key of a phone to fzf, median", is.phone.0 / fzf.phone.0, "≤ 0.75");
        row("a key of a phone to fzf, p99", is.phone.1 / fzf.phone.1, "≤ 0.1");
    }
    if let Some(csvlens) = csvlens {
        row("move down to csvlens, median", is.down.0 / csvlens.down.0, "≤ 1.5");
        row("bytes of a move to csvlens", is.move_bytes / csvlens.move_bytes, "≤ 1");
        row("bytes of a page to csvlens", is.page_bytes / csvlens.page_bytes, "≤ 1");
    }
}

fn main() {
    let options = options();
    let folder = tempfile::tempdir().unwrap();
    let db = options.db.clone().unwrap_or_else(|| folder.path().join("bench.db"));
    if !db.exists() {
        let from = Instant::now();
        let filled = Command::new(&options.program)
            .args(["demo", "--fill", "--customers", &options.customers.to_string(), "--db"])
            .arg(&db)
            .env("GUANXI_NOW", NOW)
            .status()
            .unwrap();
        assert!(filled.success());
        println!(
            "filled in {:.0} s, {} MB",
            from.elapsed().as_secs_f64(),
            db.metadata().unwrap().len() / 1_000_000
        );
    }
    staff::rep(&db, NOW);
    let csv = folder.path().join("customers.csv");
    let first = rows(&db, &csv);
    let is = guanxi(&options, &db, &first);
    if options.beside {
        let (fzf, csvlens) = (fzf(&csv, options.runs, &first), csvlens(&csv, options.runs, &first));
        ratios(&is, fzf.as_ref(), csvlens.as_ref());
    }
}

/// The same rows as a CSV file, for the programs beside; answers the number of the first.
fn rows(db: &Path, csv: &Path) -> String {
    const ROWS: &str =
        "SELECT c.code, c.name, coalesce(f.contact, ''), coalesce(f.phone, ''), coalesce(f.industry, '')
                        FROM customer c JOIN facts f ON f.customer_id = c.id ORDER BY c.code";
    let db = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let mut out = csv::Writer::from_path(csv).unwrap();
    let mut statement = db.prepare(ROWS).unwrap();
    let mut found = statement.query([]).unwrap();
    let mut first = None;
    while let Some(row) = found.next().unwrap() {
        let cells: Vec<String> = (0..5).map(|i| row.get(i).unwrap()).collect();
        first = first.or_else(|| cells.first().cloned());
        out.write_record(&cells).unwrap();
    }
    out.flush().unwrap();
    first.unwrap()
}
