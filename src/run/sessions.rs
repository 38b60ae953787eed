//! Ends the sessions of somebody who was shut out. Each session sees it by itself within a moment, keeps what was typed and
//! gives the terminal back; whichever has not gone by then is ended, and its sshd with it.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::domain::people::PersonId;
use crate::store::request::StoreError;
use crate::store::session::Process;
use crate::store::{Store, process};

/// How long sessions are given to go by themselves: they look four times a second.
const GRACE: Duration = Duration::from_millis(600);
/// How long they are given once they were asked by a signal.
const ASKED: Duration = Duration::from_millis(200);

/// Ends what a person has open; tells how many sessions that was.
pub fn end(store: &Store, person: PersonId) -> Result<usize, StoreError> {
    let open = store.sessions_of(person)?;
    let gone = |patience: Duration| {
        let until = Instant::now() + patience;
        while open.iter().any(lives) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    gone(GRACE);
    for session in open.iter().filter(|p| lives(p)) {
        send(session.pid, Signal::TERM);
    }
    gone(ASKED);
    for session in open.iter().filter(|p| lives(p)) {
        // without its sshd the line is closed, whatever holds the session up
        let above = process::parent(session.pid)
            .filter(|pid| process::name(*pid).is_some_and(|name| name.starts_with("sshd")));
        send(session.pid, Signal::KILL);
        if let Some(sshd) = above {
            send(sshd, Signal::KILL);
        }
    }
    Ok(open.len())
}

fn lives(session: &Process) -> bool {
    process::lives(session.pid, session.began)
}

fn send(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // one that has gone meanwhile, or is another person's on one's own machine, is not ours to end
        let _ = kill_process(pid, signal);
    }
}
