//! `guanxi demo`: a believable company to try, in a file of one's own or in a private folder that is gone at the end.

use std::io::IsTerminal;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::args::Demo;
use super::screen;
use super::shell::{Done, Shell, Stop};
use crate::i18n::{cli as t, format};
use crate::run::place;
use crate::run::waiting::Waiting;
use crate::store::fill::Filled;
use crate::store::{Mode, Store, backup};

/// A folder that goes away with the program.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // best effort: it lies in the system's folder for such things
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Makes the company, and opens it where there is a terminal.
pub fn demo(shell: &mut Shell, args: &Demo) -> Done {
    let chosen = shell.named || crate::run::env::raw("GUANXI_DB").is_some_and(|v| !v.is_empty());
    let passing = if chosen { None } else { Some(passing(shell)?) };
    if let Some(Passing(folder)) = &passing {
        shell.db = folder.join("demo.db");
    } else {
        afresh(shell)?;
    }
    fill(shell, args, &mut |far| shell.progress(far))?;
    shell.progress("");
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

/// A demo company that is gone at the end, as the screen offers it to whoever has nothing yet.
pub fn passing_company(shell: &mut Shell) -> Done {
    shell.named = false;
    let folder = passing(shell)?;
    shell.db = folder.0.join("demo.db");
    // it was asked for on the screen, and there it is told how far it is
    let mut waiting = Waiting::begin(t::MAKING_DEMO.of(shell.lang).to_owned(), shell.lang)
        .map_err(|e| Stop::Failed(format!("{e:#}")))?;
    fill(shell, &Demo::default(), &mut |far| waiting.tell(far))?;
    waiting.end();
    screen::open(shell).map(|_| ())
}

/// A private folder for a passing demo; only where the screen can show it.
fn passing(shell: &Shell) -> Result<Passing, Stop> {
    screen::terminal(shell)?;
    let folder = std::env::temp_dir().join(format!("guanxi-demo-{}", uuid::Uuid::now_v7().simple()));
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .map_err(|e| Stop::Failed(t::NO_FOLDER.with(shell.lang, &[&e])))?;
    Ok(Passing(folder))
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

fn fill(shell: &Shell, args: &Demo, tell: &mut dyn FnMut(&str)) -> Done {
    let refused = |e| shell.refused(&e);
    let mut store = Store::open(&shell.db, Mode::Create).map_err(refused)?;
    let now = shell.now(store.zone())?;
    let all = format::count(i64::try_from(args.customers).unwrap_or(i64::MAX));
    let result = crate::demo::fill(&mut store, args.customers, args.seed, now, &mut |far| {
        let (text, done) = match far {
            Filled::Written(done) => (t::FILLING, done),
            Filled::Derived(done) => (t::DERIVING, done),
        };
        let done = format::count(i64::try_from(done).unwrap_or(i64::MAX));
        tell(&text.with(shell.lang, &[&done, &all]));
    });
    result.map_err(refused)
}
