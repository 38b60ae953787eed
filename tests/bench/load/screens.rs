//! The screens of the load program: how soon a colleague's commit shows, what sessions that nobody touches cost, what is left
//! of a session whose line is cut, and one whose terminal nobody reads any more.

use std::path::Path;
use std::time::{Duration, Instant};

use guanxi::domain::change::{Change, Edited, Envelope};
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::store::request::{Answer, Query};

use crate::people::{Worker, now};
use crate::pty::Session;

pub fn screen(db: &Path) -> Session {
    let home = db.parent().unwrap().to_str().unwrap();
    let env = [("GUANXI_USER", "boss"), ("HOME", home), ("XDG_CONFIG_HOME", home)];
    let mut session = Session::start(
        Path::new(env!("CARGO_BIN_EXE_guanxi")),
        &["--db", db.to_str().unwrap(), "--lang", "en"],
        &env,
        (120, 40),
    );
    session.wait("▌  C");
    session
}

/// From a colleague's commit to the screen, in milliseconds.
pub fn seen(db: &Path) -> Vec<u64> {
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

/// What so many sessions cost that nobody touches: of one, the share of a core in per cent, and memory in MB in two ways: its
/// own pages, and with its part of those it shares with the others.
pub fn idle(db: &Path, sessions: u32) -> (f64, f64, f64) {
    let all: Vec<Session> = (0..sessions).map(|_| screen(db)).collect();
    // nobody has touched them for a while
    std::thread::sleep(Duration::from_secs(65));
    let ticks = || all.iter().map(Session::ticks).sum::<u64>();
    let before = ticks();
    std::thread::sleep(Duration::from_secs(20));
    let each = f64::from(sessions);
    let share = (ticks() - before) as f64 / 20.0 / each;
    let mb = |kib: u64| kib as f64 / 1_024.0 / each;
    let own = mb(all.iter().map(Session::private_kib).sum());
    (share, own, mb(all.iter().map(Session::shared_kib).sum()))
}

/// Cuts so many lines in the middle of a form: how many sessions were gone within a second, how many offered the words at the
/// next log-in, and the longest that one took to go, in milliseconds.
pub fn cut(db: &Path, lines: u64) -> (u64, u64, f64) {
    let (mut gone, mut kept, mut longest) = (0, 0, Duration::ZERO);
    for n in 0..lines {
        let mut cut = screen(db);
        cut.keys("a");
        cut.expect("Topic");
        let words = format!("words of line {n}");
        cut.send(words.as_bytes());
        cut.expect(&words);
        cut.hang_up();
        let from = Instant::now();
        cut.end();
        longest = longest.max(from.elapsed());
        gone += u64::from(from.elapsed() <= Duration::from_secs(1));
        let mut next = screen(db);
        next.keys("<F5>");
        next.rest(Duration::from_millis(200));
        kept += u64::from(next.screen().contains(&words));
        next.signal("TERM");
        next.end();
        // the next line has a draft of its own
        let drafts = db.with_file_name(format!("{}.drafts", db.file_name().unwrap().to_str().unwrap()));
        std::fs::remove_dir_all(drafts).unwrap();
    }
    (gone, kept, longest.as_secs_f64() * 1_000.0)
}
