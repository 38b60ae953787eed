//! The hourly backup as a timer of systemd: offered, written, started; left as it is where it stands the same, and taken away
//! again where somebody says so. A machine without systemd is told the line that its cron can run.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::files::{self, Layout};
use super::super::system;
use super::Setup;
use crate::cli::shell::Done;
use crate::i18n::server as w;

/// Where units of systemd stand.
const UNITS: &str = "/etc/systemd/system";

/// Whether systemd runs this machine.
pub(super) fn has_units() -> bool {
    Path::new("/run/systemd/system").is_dir()
}

impl Setup<'_> {
    /// The hourly backup, where the machine has timers.
    pub(super) fn timer(&mut self) -> Done {
        if !has_units() {
            self.say_line_for_cron();
            return Ok(());
        }
        let file = |end: &str| Path::new(UNITS).join(format!("{}-backup.{end}", self.layout.account));
        let (service, timer) = (file("service"), file("timer"));
        if timer.exists() && self.args.timer == Some(false) {
            return self.without_timer(&service, &timer);
        }
        // what was agreed to once stands until somebody says otherwise
        let stands = timer.exists().then_some(true);
        if !self.agreed(self.args.timer.or(stands), w::ASK_TIMER, w::TIMER_NOT)? {
            return Ok(());
        }
        let written = [(service, files::service(&self.layout)), (timer.clone(), files::timer())];
        let same = |(file, text): &(PathBuf, String)| fs::read_to_string(file).is_ok_and(|was| was == *text);
        if written.iter().all(same) {
            // an administrator who has stopped it meanwhile has a reason
            for (file, _) in &written {
                self.say(w::FILE_THERE, &[&file.display()]);
            }
            return Ok(());
        }
        for (file, text) in &written {
            self.write(file, text)?;
        }
        let started = self.systemctl(&timer, &[&["daemon-reload"], &["enable", "--now", &unit(&timer)]]);
        if started.is_err() {
            // a timer that does not run must not look to the next run as if it did
            let _ = fs::remove_file(&timer);
        }
        started
    }

    /// Stops the timer that stands, and takes its files away.
    fn without_timer(&mut self, service: &Path, timer: &Path) -> Done {
        self.say(w::TIMER_GONE, &[&timer.display()]);
        self.systemctl(timer, &[&["disable", "--now", &unit(timer)]])?;
        for file in [timer, service] {
            self.then(&file.display(), || match fs::remove_file(file) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                done => done,
            })?;
        }
        self.systemctl(timer, &[&["daemon-reload"]])
    }

    /// Tells systemd, unless this is a rehearsal.
    fn systemctl(&self, timer: &Path, asked: &[&[&str]]) -> Done {
        if self.args.dry_run {
            return Ok(());
        }
        for args in asked {
            system::run("systemctl", args).map_err(|e| self.failed(&unit(timer), &e))?;
        }
        Ok(())
    }

    fn say_line_for_cron(&mut self) {
        let Layout { account, program, db, backups } = &self.layout;
        let line = format!("{} --db {} backup --into {}", program.display(), db.display(), backups.display());
        let account = account.to_owned();
        self.say(w::NO_TIMERS, &[&account, &line]);
    }
}

/// The name of a unit by its file.
fn unit(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
