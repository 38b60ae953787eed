//! `guanxi demo`: a believable company to try, in a file of one's own or in a private folder that is gone at the end.

use std::io::IsTerminal;
use std::path::Path;

use super::args::Demo;
use super::screen;
use super::shell::{Done, Shell, Stop};
use crate::i18n::{cli as t, format};
use crate::run::keys::{self, Wanted};
use crate::run::passing::Passing;
use crate::run::place;
use crate::run::waiting::Waiting;
use crate::store::fill::Filled;
use crate::store::{Mode, Store, backup};

/// Makes the company, and opens it where there is a terminal.
pub fn demo(shell: &mut Shell, args: &Demo) -> Done {
    let chosen = shell.named || crate::run::env::raw("GUANXI_DB").is_some_and(|v| !v.is_empty());
    let passing = if chosen { None } else { Some(passing(shell)?) };
    if let Some(passing) = &passing {
        shell.db = passing.database();
    } else {
        afresh(shell)?;
    }
    let made = fill(shell, args, passing.is_some(), &mut |far| shell.progress(far));
    shell.progress("");
    if made? != Made::Whole {
        return Err(Stop::Failed(t::DEMO_STOPPED.of(shell.lang).to_owned()));
    }
    let fills_only = args.fill || !std::io::stdout().is_terminal();
    if passing.is_none() && fills_only {
        let (db, customers) = (shell.db.display().to_string(), args.customers);
        if shell.json {
            return shell.document(&serde_json::json!({ "db": db, "customers": customers }));
        }
        let customers = format::count(i64::try_from(customers).unwrap_or(i64::MAX));
        shell.line(&t::FILLED.with(shell.lang, &[&db, &customers]));
        return Ok(());
    }
    // inside the demo there is no second one
    screen::open(shell).map(|_| ())
}

/// A demo company that is gone at the end, as the screen offers it to whoever has nothing yet; whether it came about, or the
/// person wants to be back in their own.
pub fn passing_company(shell: &mut Shell) -> Result<bool, Stop> {
    let passing = passing(shell)?;
    let own = std::mem::replace(&mut shell.db, passing.database());
    // it was asked for on the screen, and there it is told how far it is
    let mut waiting = Waiting::begin(t::MAKING_DEMO.of(shell.lang).to_owned(), shell.lang)
        .map_err(|e| Stop::Failed(format!("{e:#}")))?;
    let made = fill(shell, &Demo::default(), true, &mut |far| waiting.tell(far))?;
    if made == Made::Ended {
        return Ok(true);
    }
    waiting.end();
    if made == Made::Stopped {
        shell.db = own;
        return Ok(false);
    }
    shell.named = false;
    screen::open(shell).map(|_| true)
}

/// How far a company was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Whole,
    /// The person wants to be back where they were.
    Stopped,
    /// The program is to end.
    Ended,
}

/// A private folder for a passing demo; only where the screen can show it.
fn passing(shell: &Shell) -> Result<Passing, Stop> {
    screen::terminal(shell)?;
    // from here on nothing ends the program before the folder is gone
    keys::hear().map_err(|e| Stop::Failed(format!("{e:#}")))?;
    Passing::new().map_err(|e| Stop::Failed(t::NO_FOLDER.with(shell.lang, &[&e])))
}

/// Removes an older demo at the place; anything else that is there is refused.
fn afresh(shell: &Shell) -> Done {
    let db = &shell.db;
    if !db.exists() {
        return Ok(());
    }
    let refused = || Stop::Failed(t::NOT_A_DEMO.with(shell.lang, &[&db.display()]));
    if db.metadata().is_ok_and(|m| m.is_file() && m.len() > 0) {
        let store = Store::open(db, Mode::Existing).map_err(|_| refused())?;
        let demo = store.is_demo().map_err(|e| shell.refused(&e))?
            || store.is_blank().map_err(|e| shell.refused(&e))?;
        if !demo {
            return Err(refused());
        }
        if store.is_worked_in().map_err(|e| shell.refused(&e))? {
            return Err(Stop::Failed(t::OWN_WORK.with(shell.lang, &[&db.display()])));
        }
    } else if !db.is_file() {
        return Err(refused());
    }
    // whoever has it open would write on into a file that is gone
    let _alone = backup::unheld(db).map_err(|e| shell.refused(&e))?;
    for end in ["", "-wal", "-shm"] {
        let mut name = db.clone().into_os_string();
        name.push(end);
        let path = Path::new(&name);
        if path.exists() {
            std::fs::remove_file(path)
                .map_err(|e| Stop::Failed(t::CANNOT_READ.with(shell.lang, &[&path.display(), &e])))?;
        }
    }
    let drafts = place::drafts(db);
    if drafts.is_dir() {
        // drafts of a company that is no more
        drop(std::fs::remove_dir_all(drafts));
    }
    Ok(())
}

/// Makes the company in an empty file; one that passes can be stopped, and is thrown away then.
fn fill(shell: &Shell, args: &Demo, passes: bool, tell: &mut dyn FnMut(&str)) -> Result<Made, Stop> {
    let refused = |e| shell.refused(&e);
    let mut store = Store::open(&shell.db, Mode::Create).map_err(refused)?;
    let now = shell.now(store.zone())?;
    let all = format::count(i64::try_from(args.customers).unwrap_or(i64::MAX));
    let (brake, mut wanted) = (store.brake(), None);
    let result = crate::demo::fill(&mut store, args.customers, args.seed, now, &mut |far| {
        let (text, done) = match far {
            Filled::Written(done) => (t::FILLING, done),
            Filled::Derived(done) => (t::DERIVING, done),
        };
        let done = format::count(i64::try_from(done).unwrap_or(i64::MAX));
        tell(&text.with(shell.lang, &[&done, &all]));
        if passes && wanted.is_none() {
            wanted = keys::stopped();
            if wanted.is_some() {
                brake.pull();
            }
        }
    });
    match wanted.or_else(|| if passes { keys::stopped() } else { None }) {
        Some(Wanted::Back) => return Ok(Made::Stopped),
        Some(Wanted::End) => return Ok(Made::Ended),
        None => {}
    }
    result.map_err(refused)?;
    Ok(Made::Whole)
}
