//! `guanxi server`: sets a shared server up with OpenSSH and one service account, and looks whether one is in order
//! (operations.md, section 5). It says each thing it does, does nothing that it was not told to, and asks before a setting
//! that concerns other accounts; with `--dry-run` it only says.

mod check;
mod files;
mod look;
mod setup;
mod system;

use std::io::{IsTerminal, Read as _};
use std::path::{Path, PathBuf};

use super::args::{Place, ServerInit, ServerWhat};
use super::shell::{Done, Shell, Stop};
use crate::domain::user::Key;
use crate::i18n::{errors, server as w};
use crate::store::{Mode, Store};

/// Runs one of its commands.
pub fn server(shell: &mut Shell, what: &ServerWhat) -> Done {
    match what {
        ServerWhat::Init(args) => init(shell, args),
        ServerWhat::Check(place) => check::check(shell, place),
        ServerWhat::First { login, name } => first(shell, login, name),
    }
}

/// The database of a server, unless another is named.
fn database(shell: &Shell) -> PathBuf {
    if shell.named { shell.db.clone() } else { PathBuf::from(super::session::SERVER_DB) }
}

/// The home of the account: a folder of root's, so that no file in it can change how the account logs in.
fn home(account: &str) -> PathBuf {
    PathBuf::from(format!("/var/lib/{account}-home"))
}

/// Refuses names that sshd's configuration or a unit would read as more than a name.
fn plain(shell: &Shell, place: &Place, db: &Path) -> Done {
    let lang = shell.lang;
    let first = place.account.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    let rest =
        place.account.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
    if !first || !rest || place.account.len() > 31 {
        return Err(Stop::Usage(w::BAD_ACCOUNT.with(lang, &[&place.account])));
    }
    for path in [db, &place.program, &place.ssh, &place.backups] {
        let text = path.to_string_lossy();
        let simple = text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+".contains(c));
        if !path.is_absolute() || !simple || text.contains("..") {
            return Err(Stop::Usage(w::BAD_PATH.with(lang, &[&path.display()])));
        }
    }
    Ok(())
}

fn init(shell: &mut Shell, args: &ServerInit) -> Done {
    let db = database(shell);
    plain(shell, &args.place, &db)?;
    let key = match &args.key {
        Some(file) => Some(super::user::key(file, shell.lang)?),
        None => None,
    };
    if key.is_none() != args.admin.is_none() {
        return Err(Stop::Usage(w::ADMIN_AND_KEY.of(shell.lang).to_owned()));
    }
    if !args.dry_run && !rustix::process::geteuid().is_root() {
        return Err(Stop::Failed(w::AS_ROOT.of(shell.lang).to_owned()));
    }
    setup::run(shell, args, &db, key.as_ref())
}

/// Run by `init` as the service account: makes the store and its first administrator, whose key comes in by the pipe.
fn first(shell: &mut Shell, login: &str, name: &str) -> Done {
    let lang = shell.lang;
    if rustix::process::geteuid().is_root() {
        return Err(Stop::Failed(w::NOT_AS_ROOT.of(lang).to_owned()));
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(super::user::LONGEST).read_to_string(&mut text);
    read.map_err(|e| Stop::Failed(errors::io(&e, lang)))?;
    let key = Key::parse(&text).map_err(|_| Stop::Failed(w::NO_KEY.of(lang).to_owned()))?;
    let mut store = Store::open(&database(shell), Mode::Create).map_err(|e| shell.refused(&e))?;
    let now = shell.now(store.zone())?;
    let made = store.first_administrator(login, name, &key, now).map_err(|e| shell.refused(&e))?;
    shell.line(if made { w::FIRST_MADE } else { w::FIRST_THERE }.with(lang, &[&name]).as_str());
    Ok(())
}

/// Asks at the terminal; without one nothing is agreed to.
fn ask(shell: &mut Shell, question: &str) -> Result<Option<bool>, Stop> {
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    shell.flush()?;
    shell.say(&format!("{question} [y/N]"));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|e| Stop::Failed(errors::io(&e, shell.lang)))?;
    Ok(Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "好")))
}
