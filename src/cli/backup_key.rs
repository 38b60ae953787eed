//! `guanxi backup-key`: a pair of keys for encrypted backups, and another key for those that are there. The secret half is
//! the administrator's to keep away from the server; the store keeps the public one as a setting.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::args::BackupKeyWhat;
use super::keep::{broken, identities};
use super::shell::{Done, Shell, Stop};
use crate::domain::change::Change;
use crate::i18n::{backup as w, cli as t, errors, format};
use crate::store::vault;

/// Runs one of its commands.
pub fn backup_key(shell: &mut Shell, what: &BackupKeyWhat) -> Done {
    match what {
        BackupKeyWhat::New { file } => new(shell, file),
        BackupKeyWhat::Change { folder, identity, recipient } => {
            change(shell, folder, identity.as_deref(), recipient)
        }
    }
}

fn new(shell: &mut Shell, file: &Path) -> Done {
    let lang = shell.lang;
    let (secret, public) = vault::new_pair();
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let written = made.and_then(|mut out| out.write_all(secret.as_bytes()).and_then(|()| out.sync_all()));
    written.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => Stop::Failed(t::EXISTS.with(lang, &[&file.display()])),
        _ => Stop::Failed(w::FILE.with(lang, &[&file.display(), &errors::io(&e, lang)])),
    })?;
    shell.say(&w::NEW_KEY.with(lang, &[&file.display(), &public]));
    // alone on its line, for scripts
    shell.line(&public);
    Ok(())
}

/// Encrypts new backups to another key, and those of a folder where the old secret key is there.
fn change(shell: &mut Shell, folder: &Path, identity: Option<&Path>, to: &str) -> Done {
    let lang = shell.lang;
    let key = vault::recipient(to).map_err(|e| broken(shell, &e))?;
    let old = identity.map(|file| identities(shell, file)).transpose()?;
    let mut desk = shell.read()?;
    desk.give(Change::Set { key: "backup_key".to_owned(), value: to.trim().to_owned() })?;
    let Some(old) = old else {
        shell.line(w::NEW_ONLY.of(lang));
        return Ok(());
    };
    let told = vault::rekey(folder, &old, &key).map_err(|e| broken(shell, &e))?;
    if shell.json {
        return shell.document(&told);
    }
    shell.line(&w::REKEYED.with(lang, &[&told.changed.len()]));
    for (text, names) in [(w::STILL_SHUT, &told.shut), (w::STILL_PLAIN, &told.plain)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            shell.say(&text.with(lang, &[&format::list(&names, lang)]));
        }
    }
    Ok(())
}
