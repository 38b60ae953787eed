//! What a session on a server does before anything else, while it holds no lock and nothing of a customer's: it gives up
//! what could leak or hold others up. There is no search path to set, because a session starts no other program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use rustix::fs::Mode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, chdir, set_dumpable_behavior, setrlimit, umask};
use signal_hook::consts::{SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGUSR1, SIGUSR2};

/// Signals that a terminal or a stray `kill` sends and that must neither end nor stop the session.
const IGNORED: [i32; 7] = [SIGQUIT, SIGINT, SIGTSTP, SIGTTIN, SIGTTOU, SIGUSR1, SIGUSR2];

/// Makes the process safe to hold other people's data (operations.md, section 5.1).
pub fn harden() -> Result<()> {
    super::env::distrust();
    umask(Mode::from_raw_mode(0o077));
    // a picture of the memory would hold customers' data: none is written, and nobody attaches
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).context("RLIMIT_CORE")?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable).context("PR_SET_DUMPABLE")?;
    chdir("/").context("/")?;
    // before the terminal is taken over these keys still are signals: `^\` would end the program
    let seen = Arc::new(AtomicBool::new(false));
    for signal in IGNORED {
        signal_hook::flag::register(signal, Arc::clone(&seen)).context("signal")?;
    }
    Ok(())
}
