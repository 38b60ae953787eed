//! What `guanxi server init` does, step by step. Each step looks first whether it is done already, says what it does, and does
//! it unless this is only a rehearsal; a step that fails ends the whole, and running it again goes on from there.

mod timer;

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::files::{self, Layout};
use super::system::{self, Account};
use crate::cli::args::ServerInit;
use crate::cli::shell::{Done, Shell, Stop};
use crate::domain::user::Key;
use crate::i18n::{Text, server as w};

struct Setup<'a> {
    shell: &'a mut Shell,
    args: &'a ServerInit,
    layout: Layout<'a>,
    home: PathBuf,
}

/// Sets the server up, or says how.
pub fn run(shell: &mut Shell, args: &ServerInit, db: &Path, key: Option<&Key>) -> Done {
    let place = &args.place;
    let layout = Layout { account: &place.account, program: &place.program, db, backups: &place.backups };
    let mut setup = Setup { shell, args, layout, home: super::home(&place.account) };
    if args.dry_run {
        setup.say(w::DRY, &[]);
    }
    setup.program()?;
    setup.account()?;
    setup.folders()?;
    setup.store(key)?;
    setup.sshd()?;
    setup.timer()?;
    setup.say(w::THEN, &[&place.account]);
    Ok(())
}

impl Setup<'_> {
    fn say(&mut self, text: Text, with: &[&dyn std::fmt::Display]) {
        let line = text.with(self.shell.lang, with);
        self.shell.line(&line);
    }

    fn failed(&self, what: &dyn std::fmt::Display, why: &dyn std::fmt::Display) -> Stop {
        Stop::Failed(w::FAILED.with(self.shell.lang, &[what, why]))
    }

    /// Does a thing unless this is a rehearsal.
    fn then(&self, what: &dyn std::fmt::Display, action: impl FnOnce() -> io::Result<()>) -> Done {
        if self.args.dry_run { Ok(()) } else { action().map_err(|e| self.failed(what, &e)) }
    }

    /// Puts the program where sshd may start it from: every folder above it is root's.
    fn program(&mut self) -> Done {
        let to = self.layout.program.to_path_buf();
        let from = std::env::current_exe().map_err(|e| self.failed(&"guanxi", &e))?;
        let same = |a: &Path, b: &Path| fs::read(a).ok().zip(fs::read(b).ok()).is_some_and(|(a, b)| a == b);
        if same(&from, &to) {
            self.say(w::PROGRAM_THERE, &[&to.display()]);
            return Ok(());
        }
        self.say(w::PROGRAM, &[&to.display()]);
        self.then(&to.display(), || {
            if let Some(folder) = to.parent() {
                make(folder, 0o755)?;
            }
            // beside first: sessions go on with the old one, and nobody starts half of the new one
            let fresh = to.with_extension("new");
            fs::copy(&from, &fresh)?;
            fs::set_permissions(&fresh, fs::Permissions::from_mode(0o755))?;
            fs::rename(&fresh, &to)
        })
    }

    fn account(&mut self) -> Done {
        let name = self.layout.account;
        if let Some(account) = system::account(name) {
            self.say(w::ACCOUNT_THERE, &[&name]);
            return if account.uid == 0 { Err(self.failed(&name, &"uid 0")) } else { Ok(()) };
        }
        self.say(w::ACCOUNT, &[&name]);
        if self.args.dry_run {
            return Ok(());
        }
        let home = self.home.to_string_lossy().into_owned();
        let add =
            ["--system", "--user-group", "--home-dir", &home, "--no-create-home", "--shell", "/bin/sh", name];
        system::run("useradd", &add).map_err(|e| self.failed(&name, &e))?;
        // locked for passwords, and still let in with a key (a “!” would shut it out)
        system::run("usermod", &["-p", "*", name]).map_err(|e| self.failed(&name, &e))?;
        Ok(())
    }

    /// The numbers of the account; in a rehearsal it may not be there.
    fn numbers(&self) -> Result<Account, Stop> {
        match system::account(self.layout.account) {
            Some(account) => Ok(account),
            None if self.args.dry_run => Ok(Account { uid: u32::MAX, gid: u32::MAX }),
            None => Err(self.failed(&self.layout.account, &"/etc/passwd")),
        }
    }

    fn folders(&mut self) -> Done {
        let account = self.numbers()?;
        let data = self.layout.db.parent().unwrap_or(Path::new("/")).to_path_buf();
        let backups = self.layout.backups.to_path_buf();
        let root = Account { uid: 0, gid: 0 };
        for (path, owner, mode) in
            [(self.home.clone(), root, 0o755), (data, account, 0o700), (backups, account, 0o700)]
        {
            let who = if owner == root { "root" } else { self.layout.account };
            let there = fs::symlink_metadata(&path).ok();
            if there.as_ref().is_some_and(|m| m.uid() == owner.uid && m.mode() & 0o777 == mode && m.is_dir())
            {
                self.say(w::FOLDER_THERE, &[&path.display()]);
                continue;
            }
            if there.is_some() {
                // somebody made it for something: it is not ours to take
                return Err(Stop::Failed(
                    w::FOLDER_TAKEN.with(self.shell.lang, &[&path.display(), &who, &format!("{mode:04o}")]),
                ));
            }
            self.say(w::FOLDER, &[&path.display(), &who, &format!("{mode:04o}")]);
            self.then(&path.display(), || {
                make(&path, mode)?;
                std::os::unix::fs::chown(&path, Some(owner.uid), Some(owner.gid))
            })?;
        }
        Ok(())
    }

    /// The store and its first administrator, made by the account itself so that every file is its own.
    fn store(&mut self, key: Option<&Key>) -> Done {
        let db = self.layout.db;
        let (Some(name), Some(key)) = (&self.args.admin, key) else {
            self.say(if db.exists() { w::STORE_THERE } else { w::NO_STORE }, &[&db.display()]);
            return Ok(());
        };
        let login = self.args.login.as_deref().unwrap_or(name);
        if self.args.dry_run {
            self.say(if db.exists() { w::STORE_THERE } else { w::STORE_WOULD }, &[&db.display(), name]);
            return Ok(());
        }
        self.say(w::STORE, &[&db.display(), name]);
        let lang = if self.shell.lang == crate::i18n::Lang::Zh { "zh" } else { "en" };
        let db = db.to_string_lossy();
        let args = ["--db", &db, "--lang", lang, "server", "first", "--login", login, "--name", name];
        let line = format!("{} {}\n", key.kind, key.body);
        let said = system::run_as(self.numbers()?, self.layout.program, &args, &line)
            .map_err(|e| self.failed(&db, &e))?;
        self.shell.line(&format!("  {}", said.trim()));
        Ok(())
    }

    fn sshd(&mut self) -> Done {
        let main = self.args.place.ssh.join("sshd_config");
        let file = files::drop_in_file(&self.args.place.ssh, self.layout.account);
        let before = fs::read_to_string(&file).ok();
        // what was agreed to once stands until somebody says otherwise
        let stands = before.as_deref().is_some_and(files::is_wide).then_some(true);
        let wide = self.agreed(self.args.server_wide.or(stands), w::ASK_WIDE, w::WIDE_NOT)?;
        let text = files::drop_in(&self.layout, wide);
        if before.as_deref() == Some(text.as_str()) {
            self.say(w::FILE_THERE, &[&file.display()]);
        } else {
            self.write(&file, &text)?;
            self.tested(&main, &file, before.as_deref())?;
            self.reload();
        }
        let includes = fs::read_to_string(&main).is_ok_and(|t| {
            t.lines().any(|l| l.trim_start().starts_with("Include") && l.contains("sshd_config.d"))
        });
        if !includes {
            self.say(w::NO_INCLUDE, &[&main.display(), &self.args.place.ssh.display()]);
        }
        Ok(())
    }

    /// Whether the person wants a thing: by option, else asked; what is not agreed to is left and said.
    fn agreed(&mut self, option: Option<bool>, question: Text, left: Text) -> Result<bool, Stop> {
        let lang = self.shell.lang;
        let answer = match option {
            Some(answer) => Some(answer),
            None if self.args.dry_run => None,
            None => super::ask(self.shell, question.of(lang))?,
        };
        if answer != Some(true) {
            self.say(left, &[]);
        }
        Ok(answer == Some(true))
    }

    fn write(&mut self, file: &Path, text: &str) -> Done {
        self.say(w::FILE, &[&file.display()]);
        if self.args.dry_run {
            for line in text.lines() {
                self.shell.line(format!("    {line}").trim_end());
            }
        }
        self.then(&file.display(), || {
            if let Some(folder) = file.parent() {
                make(folder, 0o755)?;
            }
            let fresh = file.with_extension("new");
            let mut options = fs::OpenOptions::new();
            let mut out = options.write(true).create(true).truncate(true).mode(0o644).open(&fresh)?;
            io::Write::write_all(&mut out, text.as_bytes())?;
            out.sync_all()?;
            fs::rename(&fresh, file)
        })
    }

    /// Asks sshd whether it can read its configuration; takes the file back where it cannot.
    fn tested(&self, main: &Path, file: &Path, before: Option<&str>) -> Done {
        if self.args.dry_run || system::find("sshd").is_none() {
            return Ok(());
        }
        let main = main.to_string_lossy();
        let Err(why) = system::run("sshd", &["-t", "-f", &main]) else { return Ok(()) };
        let back = before.map_or_else(|| fs::remove_file(file), |text| fs::write(file, text));
        back.map_err(|e| self.failed(&file.display(), &e))?;
        Err(self.failed(&file.display(), &why))
    }

    /// Lets sshd read its configuration again; sessions that are open go on.
    fn reload(&mut self) {
        self.say(w::RELOAD, &[]);
        if self.args.dry_run {
            return;
        }
        let done = timer::has_units()
            && ["ssh", "sshd"].iter().any(|unit| system::run("systemctl", &["reload", unit]).is_ok());
        if !done {
            self.say(w::RELOAD_YOURSELF, &[]);
        }
    }
}

/// Makes a folder with this mode, whatever the umask; those above it with the usual one.
fn make(folder: &Path, mode: u32) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make(above, 0o755)?;
    }
    fs::create_dir(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}
