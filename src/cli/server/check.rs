//! `guanxi server check`: looks at everything on which the safety of a server rests and says of each thing that it is in
//! order, or what is wrong and what mends it. It changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::files::{self, Layout, STARTUPS};
use super::look::{self, Options, Seen};
use super::system;
use crate::cli::args::Place;
use crate::cli::shell::{Done, Shell, Stop};
use crate::i18n::{Lang, Text, server as w};
use crate::store::open;

/// What was looked at: its name, and each fault as a sentence with its mend.
type Looked = (Text, Vec<String>);

/// Looks at everything.
pub fn check(shell: &mut Shell, place: &Place) -> Done {
    let db = super::database(shell);
    super::plain(shell, place, &db)?;
    let lang = shell.lang;
    if !rustix::process::geteuid().is_root() {
        // others see neither the data nor what sshd would do, and would be told that both are missing
        return Err(Stop::Failed(w::CHECK_AS_ROOT.of(lang).to_owned()));
    }
    let layout =
        Layout { account: &place.account, program: &place.program, db: &db, backups: &place.backups };
    let account = system::account(&place.account);
    let uid = account.map(|a| a.uid);
    let options = sshd(place);
    let mut looked: Vec<Looked> =
        vec![(w::C_PROGRAM, program(&place.program, lang)), (w::C_ACCOUNT, login(&place.account, uid, lang))];
    // without an account nothing can be its own
    looked.extend(uid.map(|uid| (w::C_FILES, private(&layout, uid, lang))));
    looked.push((w::C_DISK, disk(&db, lang)));
    looked.push((w::C_ENGINE, engine(lang)));
    match &options {
        Ok(options) => {
            let mut faults =
                unread(options, place, lang).map_or_else(|| shut(options, &layout, lang), |why| vec![why]);
            // nobody but root says what sshd does
            faults.extend(steady(&files::drop_in_file(&place.ssh, &place.account), lang));
            looked.push((w::C_SSHD, faults));
            looked.push((w::C_DOOR, door(options, lang)));
        }
        Err(why) => looked.push((w::C_SSHD, vec![unasked(why.as_deref(), lang)])),
    }
    looked.push((w::C_SWAP, swap(lang)));
    looked.push((w::C_CORE, dumps(lang)));
    told(shell, &looked)
}

fn told(shell: &mut Shell, looked: &[Looked]) -> Done {
    let lang = shell.lang;
    if shell.json {
        let list: Vec<serde_json::Value> =
            looked.iter().map(|(what, faults)| json!({ "what": what.en, "faults": faults })).collect();
        shell.document(&list)?;
    } else {
        for (what, faults) in looked {
            let state = if faults.is_empty() { w::GOOD } else { w::BAD };
            shell.line(&format!("{}: {}", what.of(lang), state.of(lang)));
        }
    }
    let mut faults: Vec<&str> = looked.iter().flat_map(|(_, faults)| faults).map(String::as_str).collect();
    // a folder above several things is told once
    let mut told = BTreeSet::new();
    faults.retain(|fault| told.insert(*fault));
    if faults.is_empty() { Ok(()) } else { Err(Stop::Failed(faults.join("\n"))) }
}

/// sshd runs a program only if nobody but root may change it or swap a folder above it.
fn program(program: &Path, lang: Lang) -> Vec<String> {
    let seen = look::and_above(program);
    if seen.first().is_none_or(|first| first.path != program) {
        return vec![w::ABSENT.with(lang, &[&program.display()])];
    }
    seen.iter().flat_map(|seen| roots(seen, w::WRITABLE, lang)).collect()
}

/// A path and the folders above it, that nobody but root can put something else in their place.
fn steady(path: &Path, lang: Lang) -> Vec<String> {
    look::and_above(path).iter().flat_map(|seen| roots(seen, w::REPLACEABLE, lang)).collect()
}

/// What has to be root's and nobody else's to change; in a folder like `/tmp` nobody moves what is another's.
fn roots(seen: &Seen, writable: Text, lang: Lang) -> Vec<String> {
    let path = seen.path.display();
    let mut faults = Vec::new();
    if seen.uid != 0 {
        faults.push(w::OWNER.with(lang, &[&path, &seen.uid, &"root", &"root", &path]));
    }
    if seen.mode & 0o022 != 0 && seen.mode & 0o1000 == 0 {
        faults.push(writable.with(lang, &[&path, &format!("{:04o}", seen.mode), &path]));
    }
    faults
}

/// The account: there, without a password, let in with keys; its home is root's.
fn login(name: &str, uid: Option<u32>, lang: Lang) -> Vec<String> {
    if uid.is_none() {
        return vec![w::NO_ACCOUNT.with(lang, &[&name])];
    }
    let mut faults = Vec::new();
    match look::password(name).as_deref() {
        Some(field) if field.starts_with('!') => faults.push(w::LOCKED.with(lang, &[&name, &name])),
        Some("*") | None => {}
        Some(_) => faults.push(w::PASSWORD.with(lang, &[&name, &name])),
    }
    let home = super::home(name);
    match look::path(&home) {
        Some(seen) => faults.extend(roots(&seen, w::WRITABLE, lang)),
        None => faults.push(w::ABSENT.with(lang, &[&home.display()])),
    }
    let shell = system::shell(name).unwrap_or_default();
    if ["nologin", "false"].iter().any(|end| shell.ends_with(end)) {
        faults.push(w::NO_SHELL.with(lang, &[&name, &shell, &name]));
    }
    faults
}

/// The data: the account's alone, every file of it.
fn private(layout: &Layout, uid: u32, lang: Lang) -> Vec<String> {
    let beside = |end: &str| {
        let mut name = layout.db.as_os_str().to_os_string();
        name.push(end);
        PathBuf::from(name)
    };
    let folder = layout.db.parent().unwrap_or(Path::new("/")).to_path_buf();
    let mut faults = Vec::new();
    for above in [folder.parent(), layout.backups.parent()].into_iter().flatten() {
        faults.extend(steady(above, lang));
    }
    for (path, needed) in [
        (folder, true),
        (layout.db.to_path_buf(), true),
        (beside("-wal"), false),
        (beside("-shm"), false),
        (beside(".drafts"), false),
        (layout.backups.to_path_buf(), false),
    ] {
        match look::path(&path) {
            Some(seen) => faults.extend(alone(&seen, layout.account, uid, lang)),
            None if needed => faults.push(w::ABSENT.with(lang, &[&path.display()])),
            None => {}
        }
    }
    faults
}

fn alone(seen: &Seen, account: &str, uid: u32, lang: Lang) -> Vec<String> {
    let path = seen.path.display();
    let mut faults = Vec::new();
    if seen.uid != uid {
        faults.push(w::OWNER.with(lang, &[&path, &seen.uid, &account, &account, &path]));
    }
    if seen.mode & 0o077 != 0 {
        let mode = if seen.path.is_dir() { "0700" } else { "0600" };
        faults.push(w::OPEN.with(lang, &[&path, &format!("{:04o}", seen.mode), &mode, &path]));
    }
    faults
}

fn disk(db: &Path, lang: Lang) -> Vec<String> {
    open::network(db).map(|kind| w::NETWORK.with(lang, &[&db.display(), &kind])).into_iter().collect()
}

fn engine(lang: Lang) -> Vec<String> {
    if open::safe_engine() { Vec::new() } else { vec![w::ENGINE.with(lang, &[&open::engine()])] }
}

/// Asks sshd what it would do for somebody who logs in to the account.
fn sshd(place: &Place) -> Result<Options, Option<String>> {
    if system::find("sshd").is_none() {
        return Err(None);
    }
    let main = place.ssh.join("sshd_config");
    let who = format!("user={},host=localhost,addr=127.0.0.1", place.account);
    let args = ["-T", "-f", &main.to_string_lossy(), "-C", &who];
    system::run("sshd", &args).map(|text| look::options(&text)).map_err(Some)
}

fn unasked(why: Option<&str>, lang: Lang) -> String {
    why.map_or_else(
        || w::NO_SSHD.of(lang).to_owned(),
        |why| {
            // one sentence, however many lines sshd takes
            let why = why.lines().map(str::trim).collect::<Vec<_>>().join("; ");
            w::SSHD_SILENT.with(lang, &[&why])
        },
    )
}

/// Why sshd takes nothing of the account's settings at all.
fn unread(options: &Options, place: &Place, lang: Lang) -> Option<String> {
    let none = |name: &str| options.get(name).and_then(|v| v.first()).is_none_or(|value| value == "none");
    if !none("authorizedkeyscommand") || !none("forcecommand") {
        return None;
    }
    let file = files::drop_in_file(&place.ssh, &place.account);
    Some(if file.exists() {
        w::NO_INCLUDE.with(lang, &[&place.ssh.join("sshd_config").display(), &place.ssh.display()])
    } else {
        w::ABSENT.with(lang, &[&file.display()])
    })
}

/// What sshd has to say of the account, so that a key opens a session and nothing opens more.
fn shut(options: &Options, layout: &Layout, lang: Lang) -> Vec<String> {
    let (program, db) = (layout.program.display(), layout.db.display());
    let wanted = [
        ("authenticationmethods", "publickey".to_owned()),
        ("authorizedkeysfile", "none".to_owned()),
        ("authorizedkeyscommand", format!("{program} --db {db} sshd-keys %f")),
        ("authorizedkeyscommanduser", layout.account.to_owned()),
        ("forcecommand", format!("exec {program} --db {db} session")),
        ("exposeauthinfo", "yes".to_owned()),
        ("disableforwarding", "yes".to_owned()),
        ("permittunnel", "no".to_owned()),
        ("permituserrc", "no".to_owned()),
        ("permittty", "yes".to_owned()),
        ("permituserenvironment", "no".to_owned()),
        ("trustedusercakeys", "none".to_owned()),
    ];
    let has = |name: &str| options.get(name).and_then(|v| v.first()).map_or("", String::as_str);
    let mut faults: Vec<String> = wanted
        .iter()
        .filter(|(name, value)| has(name) != value)
        .map(|(name, value)| w::OPTION.with(lang, &[name, &has(name), value]))
        .collect();
    if has("clientaliveinterval") == "0" {
        faults.push(w::OPTION.with(lang, &[&"clientaliveinterval", &"0", &"8"]));
    }
    let taken = options.get("acceptenv").map_or(&[][..], Vec::as_slice);
    faults.extend(
        taken
            .iter()
            .filter(|name| {
                !matches!(name.as_str(), "LANG" | "COLORTERM" | "LANGUAGE") && !name.starts_with("LC_")
            })
            .map(|name| w::ACCEPTS.with(lang, &[name])),
    );
    faults
}

/// How many may knock at once before sshd turns some away: the first of three numbers.
fn door(options: &Options, lang: Lang) -> Vec<String> {
    let value = options.get("maxstartups").and_then(|v| v.first()).map_or("", String::as_str);
    let first: u32 = value.split(':').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if first >= STARTUPS { Vec::new() } else { vec![w::DOOR.with(lang, &[&first])] }
}

fn swap(lang: Lang) -> Vec<String> {
    let swaps = fs::read_to_string("/proc/swaps").unwrap_or_default();
    look::bare_swap(&swaps).iter().map(|device| w::SWAP.with(lang, &[device])).collect()
}

/// Sessions write no picture of their memory; the kernel must not do it for programs that changed their user either.
fn dumps(lang: Lang) -> Vec<String> {
    let value = fs::read_to_string("/proc/sys/fs/suid_dumpable").unwrap_or_default();
    match value.trim() {
        "1" => vec![w::DUMPS.with(lang, &[&"1"])],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::server::files::tests::layout;

    /// What sshd would print of the drop-in file alone.
    fn as_written() -> Options {
        let text = files::drop_in(&layout(), true);
        let lines = text.lines().map(str::trim).filter(|l| !l.starts_with('#') && !l.starts_with("Match"));
        let mut options = look::options(&lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n"));
        options.insert("permituserenvironment".into(), vec!["no".into()]);
        options.insert("trustedusercakeys".into(), vec!["none".into()]);
        options
    }

    #[test]
    fn what_init_writes_is_what_check_wants() {
        assert_eq!(shut(&as_written(), &layout(), Lang::En), Vec::<String>::new());
        assert_eq!(door(&as_written(), Lang::En), Vec::<String>::new());
    }

    #[test]
    fn every_option_that_opens_more_is_named_with_what_it_should_be() {
        for (name, value) in [
            ("authenticationmethods", "any"),
            ("authorizedkeysfile", ".ssh/authorized_keys"),
            ("authorizedkeyscommand", "none"),
            ("authorizedkeyscommanduser", "root"),
            ("forcecommand", "none"),
            ("exposeauthinfo", "no"),
            ("disableforwarding", "no"),
            ("permittunnel", "yes"),
            ("permituserrc", "yes"),
            ("permittty", "no"),
            ("clientaliveinterval", "0"),
            ("permituserenvironment", "yes"),
            ("trustedusercakeys", "/etc/ssh/ca.pub"),
            ("acceptenv", "LD_PRELOAD"),
        ] {
            let mut options = as_written();
            options.insert(name.to_owned(), vec![value.to_owned()]);
            let faults = shut(&options, &layout(), Lang::En);
            assert_eq!(faults.len(), 1, "{name}: {faults:?}");
            assert!(faults[0].contains(value), "{faults:?}");
        }
        let mut options = as_written();
        options.insert("maxstartups".into(), vec!["10:30:100".into()]);
        assert_eq!(door(&options, Lang::En).len(), 1);
    }

    #[test]
    fn a_file_of_somebody_else_or_open_to_others_is_told_with_its_mend() {
        let seen = |uid, mode| Seen { path: "/var/lib/guanxi/guanxi.db".into(), uid, mode };
        assert!(alone(&seen(997, 0o600), "guanxi", 997, Lang::En).is_empty());
        assert!(alone(&seen(0, 0o600), "guanxi", 997, Lang::En)[0].contains("chown guanxi"));
        assert!(alone(&seen(997, 0o640), "guanxi", 997, Lang::En)[0].contains("chmod 0600"));
        assert!(roots(&seen(0, 0o755), w::WRITABLE, Lang::En).is_empty());
        assert!(roots(&seen(0, 0o775), w::WRITABLE, Lang::En)[0].contains("chmod go-w"));
        assert_eq!(roots(&seen(1000, 0o757), w::WRITABLE, Lang::En).len(), 2);
    }
}
