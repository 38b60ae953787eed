//! The program as the person at the keyboard sees it, at any size: first frame, keys to paint, bytes, memory, idle.
//!
//!     cargo bench --bench terminal -- --customers 1000000 [--runs 3] [--db FILE]
//!
//! makes a demo company of that size (or uses the one in FILE) and prints medians and 99th percentiles. Other programs
//! stand beside where they are installed: `fzf --exact` and `csvlens` over the same rows as CSV. Take ratios of one run,
//! never absolute figures of two. There is no threshold in here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement ends where anything fails")]

#[path = "../rig/pty.rs"]
#[expect(dead_code, reason = "the tests resize, hang up and signal with it")]
mod pty;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pty::{Session, bytes};

const SIZE: (u16, u16) = (120, 40);
const NOW: &str = "2024-05-20T14:02:00+08:00";

struct Options {
    customers: u64,
    runs: usize,
    db: Option<PathBuf>,
}

fn options() -> Options {
    let mut options = Options { customers: 100_000, runs: 3, db: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--customers" => options.customers = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--runs" => options.runs = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--db" => options.db = args.next().map(PathBuf::from),
            _ => {}
        }
    }
    options
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1000.0
}

/// Median and 99th percentile in ms.
fn spread(mut samples: Vec<Duration>) -> (f64, f64) {
    samples.sort_unstable();
    let at = |share: f64| samples[((samples.len() - 1) as f64 * share).round() as usize];
    (ms(at(0.5)), ms(at(0.99)))
}

fn line(what: &str, samples: Vec<Duration>) {
    let n = samples.len();
    let (median, p99) = spread(samples);
    println!("  {what:<34} {median:>9.2} {p99:>9.2}   n={n}");
}

/// Plays keys and measures each.
fn play(session: &mut Session, keys: &str, times: usize) -> (Vec<Duration>, f64) {
    let keys = bytes(keys);
    let mut samples = Vec::new();
    let mut sent = 0;
    for _ in 0..times {
        for key in &keys {
            let sample = session.press(key);
            samples.push(sample.last);
            sent += sample.bytes;
        }
    }
    let mean = sent as f64 / samples.len() as f64;
    (samples, mean)
}

/// Types texts, each between two runs of keys, and measures every key of the texts themselves.
fn typed(session: &mut Session, texts: &[&str], before: &str, after: &str) -> Vec<Duration> {
    let mut samples = Vec::new();
    for text in texts {
        session.keys(before);
        samples.extend(bytes(text).iter().map(|key| session.press(key).last));
        session.keys(after);
    }
    samples
}

fn guanxi(db: &Path, runs: usize) {
    let program = Path::new(env!("CARGO_BIN_EXE_guanxi"));
    let start = || {
        let from = Instant::now();
        let env = [("GUANXI_NOW", NOW), ("COLORTERM", "truecolor"), ("HOME", "/tmp")];
        let mut session =
            Session::start(program, &["--db", db.to_str().unwrap(), "--lang", "zh"], &env, SIZE);
        let shown = session.wait("C202405001").duration_since(from);
        session.rest(pty::QUIET * 2);
        (session, shown)
    };
    println!("guanxi                                  median       p99   ms");
    let firsts = (0..runs.max(3)).map(|_| start().1).collect();
    line("first frame with customers", firsts);
    let (mut session, _) = start();
    let (samples, size) = play(&mut session, "<Down>", 200);
    line("move down", samples);
    println!("  {:<34} {size:>9.0} bytes", "a move");
    let (samples, size) = play(&mut session, "<PgDn>", 60);
    line("page", samples);
    println!("  {:<34} {size:>9.0} bytes", "a page");
    let (samples, _) = play(&mut session, "<End><Home>", 20);
    line("jump to the end and back", samples);
    let (samples, _) = play(&mut session, "3145", 10);
    line("switch panes", samples);
    session.keys("1");
    let names = ["恒远物流", "科技", "kejixin", "shkj", "宏达机械"];
    line("find: a key of a name", typed(&mut session, &names, "/", "<Esc>"));
    let phones = ["8812", "13800138", "0031"];
    line("find: a key of a phone", typed(&mut session, &phones, "/", "<Esc>"));
    let (samples, _) = play(&mut session, "s<Down><Enter>", 10);
    line("sort menu and sort by the next column", samples);
    println!("  {:<34} {:>9.1} MiB", "private memory", session.private_kib() as f64 / 1024.0);
    let repaint = session.press(&[12]);
    println!("  {:<34} {:>9} bytes", "full repaint", repaint.bytes);
    session.rest(Duration::from_secs(1));
    let (sent, ticks) = (session.output.len(), session.ticks());
    session.rest(Duration::from_secs(5));
    let (sent, ticks) = (session.output.len() - sent, session.ticks() - ticks);
    println!("  {:<34} {sent:>9} bytes, {} ms of processor", "idle 5 s", ticks * 10);
    session.keys("q");
    session.end();
}

/// `fzf --exact` over the same rows.
fn fzf(csv: &Path, runs: usize) {
    let Ok(found) = Command::new("sh").args(["-c", "command -v fzf"]).output() else { return };
    if !found.status.success() {
        println!("fzf: not installed");
        return;
    }
    let command = format!("fzf --exact < {}", csv.display());
    let start = || {
        let from = Instant::now();
        let mut session = Session::start(Path::new("/bin/sh"), &["-c", &command], &[("HOME", "/tmp")], SIZE);
        let shown = session.wait("C202405001").duration_since(from);
        session.rest(Duration::from_millis(1500));
        (session, shown)
    };
    println!("fzf --exact                             median       p99   ms");
    line("first frame", (0..runs.max(3)).map(|_| start().1).collect());
    let (mut session, _) = start();
    line("a key of a name", typed(&mut session, &["恒远物流", "科技"], "", "<C-u>"));
    line("a key of a phone", typed(&mut session, &["8812", "13800138"], "", "<C-u>"));
    println!("  {:<34} {:>9.1} MiB", "private memory", session.private_kib() as f64 / 1024.0);
}

/// `csvlens` over the same rows.
fn csvlens(csv: &Path, runs: usize) {
    let Ok(found) = Command::new("sh").args(["-c", "command -v csvlens"]).output() else { return };
    if !found.status.success() {
        println!("csvlens: not installed");
        return;
    }
    let command = format!("csvlens {}", csv.display());
    let start = || {
        let from = Instant::now();
        let mut session = Session::start(Path::new("/bin/sh"), &["-c", &command], &[("HOME", "/tmp")], SIZE);
        let shown = session.wait("C202405001").duration_since(from);
        session.rest(Duration::from_millis(1500));
        (session, shown)
    };
    println!("csvlens                                 median       p99   ms");
    line("first frame", (0..runs.max(3)).map(|_| start().1).collect());
    let (mut session, _) = start();
    let (samples, size) = play(&mut session, "<Down>", 200);
    line("move down", samples);
    println!("  {:<34} {size:>9.0} bytes", "a move");
    let (samples, size) = play(&mut session, "<PgDn>", 60);
    line("page", samples);
    println!("  {:<34} {size:>9.0} bytes", "a page");
}

fn main() {
    let options = options();
    let folder = tempfile::tempdir().unwrap();
    let db = options.db.unwrap_or_else(|| folder.path().join("bench.db"));
    if !db.exists() {
        let from = Instant::now();
        let filled = Command::new(env!("CARGO_BIN_EXE_guanxi"))
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
    guanxi(&db, options.runs);
    let csv = folder.path().join("customers.csv");
    rows(&db, &csv);
    fzf(&csv, options.runs);
    csvlens(&csv, options.runs);
}

/// The same rows as a CSV file, for the programs beside.
fn rows(db: &Path, csv: &Path) {
    const ROWS: &str =
        "SELECT c.code, c.name, coalesce(f.contact, ''), coalesce(f.phone, ''), coalesce(f.industry, '')
                        FROM customer c JOIN facts f ON f.customer_id = c.id";
    let db = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let mut out = csv::Writer::from_path(csv).unwrap();
    let mut statement = db.prepare(ROWS).unwrap();
    let mut found = statement.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        let cells: Vec<String> = (0..5).map(|i| row.get(i).unwrap()).collect();
        out.write_record(&cells).unwrap();
    }
    out.flush().unwrap();
}
