//! What sshd runs: `guanxi sshd-keys` says which key belongs to an active person, `guanxi session` is the session of the
//! person whose key has signed. What was typed after `ssh host` is split as a shell would and never given to one; which
//! commands a session has stands in [`permitted`], where every command has to be decided on.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{Args, Command, Import, KeyWhat, SchemeWhat, UserWhat, What};
use super::sentence::said;
use super::shell::{Shell, Stop};
use super::{perform, usage};
use crate::domain::people::Via;
use crate::domain::user::Key;
use crate::i18n::{Lang, Text, errors, report as r, user as u};
use crate::run::{Guest, env, harden, opening};
use crate::store::request::SettingTakes;
use crate::store::settings::setting;
use crate::store::{Mode, session};

/// Where the database of a server stands, unless sshd's configuration names another place.
pub const SERVER_DB: &str = "/var/lib/guanxi/guanxi.db";
/// The longest command over SSH, in bytes; data comes through the pipe.
const LONGEST: usize = 8_192;

/// Prints the line of a key for sshd, or nothing.
pub fn keys(db: Option<&Path>, fingerprint: &str) -> ExitCode {
    match session::authorized(db.unwrap_or(Path::new(SERVER_DB)), fingerprint) {
        Ok(line) => {
            if let Some(line) = line {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            // sshd writes this into its log
            eprintln!("guanxi: {}", errors::told(&error, Lang::En));
            ExitCode::FAILURE
        }
    }
}

/// One session, as the person whose key has signed.
pub fn run(db: Option<&Path>) -> ExitCode {
    let safe = harden::harden();
    let lang = usage::language(&[]);
    let refused = |sentence: String, status: u8| {
        eprintln!("{}", said(&sentence));
        ExitCode::from(status)
    };
    if let Err(error) = safe {
        return refused(u::UNSAFE.with(lang, &[&format!("{error:#}")]), 1);
    }
    let db = db.unwrap_or(Path::new(SERVER_DB)).to_path_buf();
    let guest = match guest(&db, lang) {
        Ok(guest) => guest,
        Err(sentence) => return refused(sentence, 1),
    };
    let wanted = env::raw("SSH_ORIGINAL_COMMAND").unwrap_or_default();
    match words(wanted) {
        Ok(words) if words.is_empty() => screen(db, guest, lang),
        Ok(words) => command(words, db, guest),
        Err(text) => refused(text.of(lang).to_owned(), 2),
    }
}

/// Whom the key belongs to that sshd says has signed.
fn guest(db: &Path, lang: Lang) -> Result<Guest, String> {
    let key = identity().ok_or_else(|| u::NO_IDENTITY.of(lang).to_owned())?;
    let store = opening::open(db, Mode::Existing, lang).map_err(|e| errors::told(&e, lang))?;
    let known = store.actor_with_key(&key.fingerprint, Via::Command, "");
    match known.map_err(|e| errors::told(&e, lang))? {
        Some((_, login)) => Ok(Guest { login, place: place() }),
        None => Err(u::NO_BODY.of(lang).to_owned()),
    }
}

/// The key in the file that sshd names: `publickey ssh-ed25519 AAAA…`, exactly one.
fn identity() -> Option<Key> {
    let mut text = String::new();
    let file = std::fs::File::open(env::raw("SSH_USER_AUTH")?).ok()?;
    file.take(64 << 10).read_to_string(&mut text).ok()?;
    signed(&text)
}

fn signed(text: &str) -> Option<Key> {
    let mut keys = text.lines().filter_map(|line| line.strip_prefix("publickey "));
    let key = Key::parse(keys.next()?).ok()?;
    // with two of them it would not be certain who this is
    keys.next().is_none().then_some(key)
}

/// The address the person came from.
fn place() -> String {
    let connection = env::text("SSH_CONNECTION").unwrap_or_default();
    let address = connection.split(' ').next().unwrap_or_default();
    address.chars().filter(|c| c.is_ascii_hexdigit() || matches!(c, '.' | ':')).take(45).collect()
}

/// The words of a command: quotes work, nothing is expanded.
fn words(typed: OsString) -> Result<Vec<String>, Text> {
    let typed = typed.into_string().map_err(|_| u::CONTROLS)?;
    if typed.len() > LONGEST {
        return Err(u::TOO_LONG);
    }
    if typed.chars().any(char::is_control) {
        return Err(u::CONTROLS);
    }
    shell_words::split(&typed).map_err(|_| u::QUOTES)
}

fn screen(db: PathBuf, guest: Guest, lang: Lang) -> ExitCode {
    let args = Args { db: Some(db), lang: None, json: false, command: None };
    let mut shell = Shell::new(&args, lang);
    shell.guest = Some(guest);
    let result = match super::screen::terminal(&shell) {
        Ok(()) => perform(&mut shell, None),
        Err(_) => Err(Stop::Usage(u::NEEDS_TTY.of(lang).to_owned())),
    };
    shell.end(result)
}

/// Runs one command of the command line for the person.
fn command(words: Vec<String>, db: PathBuf, guest: Guest) -> ExitCode {
    let typed: Vec<OsString> =
        std::iter::once("guanxi".to_owned()).chain(words).map(OsString::from).collect();
    let lang = usage::language(&typed);
    let args = match usage::parse(&typed, lang) {
        Ok(args) => args,
        Err(error) => return usage::told(&error, lang),
    };
    let refusal = match &args.db {
        Some(_) => Some(u::NO_OPTION.with(lang, &[&"--db"])),
        None => args.command.as_ref().and_then(|command| permitted(command, lang).err()),
    };
    if let Some(sentence) = refusal {
        eprintln!("{}", said(&sentence));
        return ExitCode::from(2);
    }
    let mut shell = Shell::new(&Args { db: Some(db), lang: None, json: args.json, command: None }, lang);
    shell.guest = Some(guest);
    let result = match args.command {
        Some(command) => perform(&mut shell, Some(command)).and_then(|()| shell.flush()),
        // options alone: the screen is for a log-in without a command
        None => Err(Stop::Usage(u::NEEDS_TTY.of(lang).to_owned())),
    };
    shell.end(result)
}

/// Whether a session has this command; what it may do in it the store decides, as everywhere.
fn permitted(command: &Command, lang: Lang) -> Result<(), String> {
    let none = |name: &str| Err(u::NOT_OVER_SSH.with(lang, &[&name]));
    match command {
        Command::Find { .. }
        | Command::Show { .. }
        | Command::Add { .. }
        | Command::Set { .. }
        | Command::Log(_)
        | Command::Order { .. }
        | Command::Survey { .. }
        | Command::Complaint { .. }
        | Command::Due { .. }
        | Command::Alarms { .. }
        | Command::Complaints { .. }
        | Command::Requests { .. }
        | Command::Done { .. }
        | Command::Matrix { .. }
        | Command::Why { .. }
        | Command::Benchmark { .. }
        | Command::Board { .. }
        | Command::Models { .. }
        | Command::History { .. }
        | Command::Handover(_)
        | Command::Merge { .. }
        | Command::Erase { .. }
        | Command::Undo => Ok(()),
        Command::Export(_)
        | Command::Import(_)
        | Command::Scheme { .. }
        | Command::Report { .. }
        | Command::Leak(_)
        | Command::Setting { .. } => without_files(command, lang),
        Command::User { what } => of_people(what, lang),
        Command::Demo(_) => none("demo"),
        Command::Backup(_) => none("backup"),
        Command::BackupKey { .. } => none("backup-key"),
        Command::Server { .. } => none("server"),
        Command::Restore { .. } => none("restore"),
        Command::Check { .. } => none("check"),
        Command::Sql { .. } => none("sql"),
        Command::Session => none("session"),
        Command::SshdKeys { .. } => none("sshd-keys"),
        Command::Completions { .. } => none("completions"),
        Command::Man => none("man"),
    }
}

/// Whether what would be a file comes through the pipe.
fn piped(file: &Path, lang: Lang) -> Result<(), String> {
    if file == Path::new("-") { Ok(()) } else { Err(u::NO_FILES.of(lang).to_owned()) }
}

/// Commands that read and write files elsewhere: in a session they take the pipe, and name no file of the server.
fn without_files(command: &Command, lang: Lang) -> Result<(), String> {
    let no_option = |name: &str| Err(u::NO_OPTION.with(lang, &[&name]));
    match command {
        Command::Export(export) if export.out.is_some() => no_option("--out"),
        Command::Import(Import { what: What::Ledger, .. }) => Err(u::NO_FILES.of(lang).to_owned()),
        Command::Import(Import { map: Some(_), .. }) => no_option("--map"),
        Command::Import(Import { rejects: Some(_), .. }) => no_option("--rejects"),
        Command::Scheme { what: SchemeWhat::Apply { file, .. } | SchemeWhat::Propose { file, .. } }
        | Command::Import(Import { file, .. }) => piped(file, lang),
        Command::Report { out: Some(file), .. } => {
            piped(file, lang).map_err(|_| r::ONLY_PIPED.of(lang).to_owned())
        }
        // the old key comes from the person's own machine
        Command::Leak(leak) => leak.old_key.as_deref().map_or(Ok(()), |file| piped(file, lang)),
        Command::Setting { key: Some(key), value: Some(_) }
            if setting(key).is_some_and(|s| matches!(s.takes, SettingTakes::Place)) =>
        {
            Err(u::PLACE_OVER_SSH.with(lang, &[key, key]))
        }
        _ => Ok(()),
    }
}

/// The same of what is done with people: keys come through the pipe, and one to be taken away may be told by its fingerprint.
fn of_people(what: &UserWhat, lang: Lang) -> Result<(), String> {
    match what {
        UserWhat::Add(add) => add.key.as_deref().map_or(Ok(()), |file| piped(file, lang)),
        UserWhat::Key { what: KeyWhat::Add { file, .. } } => piped(file, lang),
        UserWhat::Key { what: KeyWhat::Remove { key, .. } } if !key.starts_with("SHA256:") => {
            piped(Path::new(key), lang)
        }
        UserWhat::Key { what: KeyWhat::Remove { .. } }
        | UserWhat::List
        | UserWhat::Set(_)
        | UserWhat::Freeze { .. }
        | UserWhat::Thaw { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFAbXlwiGQFRiaupZg+XBqYXh1zGrSXHnRcrkyNUEVWG";

    #[test]
    fn words_are_split_as_a_shell_would_and_nothing_is_expanded() {
        let split = |typed: &str| words(OsString::from(typed));
        assert_eq!(split("find '恒远 物流' \"8812\"").unwrap(), ["find", "恒远 物流", "8812"]);
        assert_eq!(split("find $(id) `id` $HOME *").unwrap(), ["find", "$(id)", "`id`", "$HOME", "*"]);
        assert_eq!(split("find x; id").unwrap(), ["find", "x;", "id"]);
        assert_eq!(split("").unwrap(), Vec::<String>::new());
        for bad in ["find x\nid", "find \x1b[2J", "find \u{9b}0m", "find \0"] {
            assert_eq!(split(bad), Err(u::CONTROLS), "{bad:?}");
        }
        assert_eq!(split("find 'x"), Err(u::QUOTES));
        assert!(split(&"x".repeat(LONGEST)).is_ok());
        assert_eq!(split(&"x".repeat(LONGEST + 1)), Err(u::TOO_LONG));
    }

    #[test]
    fn who_it_is_comes_from_the_one_key_that_has_signed() {
        assert!(signed(&format!("publickey {KEY}\n")).is_some());
        assert!(signed("").is_none() && signed("password\n").is_none());
        assert!(signed(&format!("publickey {KEY}\npublickey {KEY}\n")).is_none());
        assert!(signed("publickey ssh-ed25519 AAAA\n").is_none());
    }
}
