//! A report beside the screen: a thread with a connection of its own counts it and writes the file, so that the person goes
//! on working meanwhile. This is the one place where a session writes reports; one without files of its own never comes here.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::files;
use crate::app::Msg;
use crate::app::shared::Tone;
use crate::domain::clock::Now;
use crate::domain::kpi::Period;
use crate::domain::people::Actor;
use crate::domain::report::{Format, file_name};
use crate::exchange::report::{self, ReportError};
use crate::i18n::{Lang, report as t};
use crate::store::request::KpiQuery;
use crate::store::{Mode, Store};

/// What to write.
pub struct Job {
    /// From which store.
    pub db: PathBuf,
    /// For whom.
    pub actor: Actor,
    /// When.
    pub now: Now,
    /// In which language.
    pub lang: Lang,
    /// Of which period.
    pub period: Period,
    /// As what.
    pub format: Format,
    /// Into which folder.
    pub folder: PathBuf,
}

/// Starts it; a session that has ended meanwhile wants to hear nothing.
pub fn start(job: Job, send: Sender<Msg>) {
    std::thread::spawn(move || {
        let lang = job.lang;
        let said = match work(&job, &send) {
            Ok(path) => Msg::Told(Tone::Good, t::WRITTEN.with(lang, &[&path.display()])),
            Err(error) => Msg::Told(Tone::Bad, report::sentence(&error, lang)),
        };
        drop(send.send(said));
    });
}

fn work(job: &Job, send: &Sender<Msg>) -> Result<PathBuf, ReportError> {
    let store = Store::open(&job.db, Mode::Existing)?;
    let query = KpiQuery { period: job.period, as_of: None };
    let mut progress = |done: usize, all: usize| {
        let text = t::COUNTING.with(job.lang, &[&(done + 1), &all]);
        drop(send.send(Msg::Told(Tone::Plain, text)));
    };
    let found = report::gather(&store, &job.actor, job.now, query, &mut progress)?;
    let bytes = report::render(&found, job.format, job.lang)?;
    let name = file_name(job.period, job.format);
    let failed = |error| ReportError::File(job.folder.join(&name), error);
    std::fs::create_dir_all(&job.folder).map_err(failed)?;
    files::put(&job.folder, &name, &bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::tests::company;

    #[test]
    fn a_report_comes_beside_the_one_that_is_there_and_says_where() {
        let home = tempfile::tempdir().unwrap();
        let (db, _, actor, now) = company(home.path());
        let folder = home.path().join("reports");
        let (send, inbox) = std::sync::mpsc::channel();
        let told = |period: &str| {
            let job = Job {
                db: db.clone(),
                actor: actor.clone(),
                now,
                lang: Lang::En,
                period: Period::read(period).unwrap(),
                format: Format::Markdown,
                folder: folder.clone(),
            };
            start(job, send.clone());
            inbox.iter().find_map(|msg| match msg {
                Msg::Told(Tone::Plain, _) => None,
                Msg::Told(tone, text) => Some((tone, text)),
                _ => None,
            })
        };
        let (tone, text) = told("2024-04").unwrap();
        assert_eq!(tone, Tone::Good);
        assert!(text.ends_with("reports/report-2024-04.md"), "{text}");
        let first = std::fs::read_to_string(folder.join("report-2024-04.md")).unwrap();
        assert!(first.starts_with("# Report on 2024-04"));
        assert!(told("2024-04").unwrap().1.ends_with("report-2024-04 2.md"), "never over what is there");
        let (tone, text) = told("2024-06").unwrap();
        assert_eq!((tone, text.as_str()), (Tone::Bad, "2024-06 has not begun yet; name a period that has."));
    }
}
