//! Reports out: the store's [`Report`] becomes tables (`paper`, `tables`), lines (`lines`) and pictures (`picture`) in a
//! language, and these a page (`html`), Markdown (`markdown`) or a workbook (`workbook`). The same report and language give
//! the same bytes: nothing here reads a clock.

mod html;
mod lines;
mod lists;
pub mod markdown;
mod paper;
mod picture;
mod tables;
mod workbook;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::domain::clock::{Now, from_ms};
use crate::domain::people::Actor;
use crate::domain::report::Format;
use crate::i18n::{Lang, board, errors, report as t};
use crate::store::Store;
use crate::store::request::{Answer, KpiQuery, PERIODS, Query, Report, StoreError};

/// Why there is no report.
#[derive(Debug)]
pub enum ReportError {
    /// The store refused.
    Store(StoreError),
    /// The period begins after the instant of knowledge.
    Ahead(String),
    /// The writer of this kind of file failed.
    Written(String),
    /// A file of this name is there already.
    There(PathBuf),
    /// The file could not be written.
    File(PathBuf, io::Error),
}

impl From<StoreError> for ReportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The sentence of an error.
pub fn sentence(error: &ReportError, lang: Lang) -> String {
    match error {
        ReportError::Store(error) => errors::told(error, lang),
        ReportError::Ahead(period) => t::AHEAD.with(lang, &[period]),
        ReportError::Written(why) => t::NOT_MADE.with(lang, &[why]),
        ReportError::There(path) => t::THERE.with(lang, &[&path.display()]),
        ReportError::File(path, why) => {
            t::NO_FILE.with(lang, &[&path.display(), &errors::io_written(why, lang)])
        }
    }
}

/// The title with the company's name before it, where it has one.
fn titled(company: &str, title: &str) -> String {
    if company.is_empty() { title.to_owned() } else { format!("{company} · {title}") }
}

/// Counts what the report needs, period by period, keeping what was counted anew, and gives it; `progress` hears how many
/// periods of how many are done.
pub fn gather(
    store: &Store,
    actor: &Actor,
    now: Now,
    query: KpiQuery,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report, ReportError> {
    if from_ms(query.as_of.unwrap_or(now.ms())) < now.zone.start(query.period.from) {
        return Err(ReportError::Ahead(query.period.label()));
    }
    for (done, period) in query.period.trail(PERIODS).into_iter().rev().enumerate() {
        progress(done, PERIODS);
        if let Answer::Kpis(kpis) = store.ask(actor, &Query::Kpis(KpiQuery { period, ..query }), now)?
            && let Some(fresh) = &kpis.fresh
        {
            // who may not write to the file counts again next time
            drop(store.keep(fresh));
        }
    }
    match store.ask(actor, &Query::Report(query), now)? {
        Answer::Report(report) => Ok(*report),
        _ => Err(ReportError::Written(t::NO_ANSWER.en.to_owned())),
    }
}

/// The report as the bytes of a file.
pub fn render(report: &Report, format: Format, lang: Lang) -> Result<Vec<u8>, ReportError> {
    let written = match format {
        Format::Html => html::page(report, lang).map(String::into_bytes).map_err(|e| e.to_string()),
        Format::Markdown => markdown::text(report, lang).map(String::into_bytes).map_err(|e| e.to_string()),
        Format::Workbook => workbook::book(report, lang).map_err(|e| e.to_string()),
    };
    written.map_err(ReportError::Written)
}

/// Writes to a file that is not there yet, for its owner alone.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => ReportError::There(path.to_owned()),
        _ => ReportError::File(path.to_owned(), e),
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|e| {
        // half a report is none; where even that cannot be taken away the sentence says enough
        drop(std::fs::remove_file(path));
        ReportError::File(path.to_owned(), e)
    })
}

/// What every kind of file says at its head.
struct Head {
    title: String,
    days: String,
    known: String,
    by: String,
    state: String,
}

impl Head {
    fn of(report: &Report, lang: Lang) -> Self {
        let period = report.kpis.period;
        let known = report.zone.local(from_ms(report.kpis.as_of)).format("%Y-%m-%d %H:%M").to_string();
        Self {
            title: titled(&report.company, &t::TITLE.with(lang, &[&board::period(period, lang)])),
            days: t::DAYS.with(lang, &[&period.from, &period.last()]),
            known: t::KNOWN.with(lang, &[&known]),
            by: t::BY.with(lang, &[&report.by]),
            state: if report.over { t::OVER } else { t::RUNNING }.of(lang).to_owned(),
        }
    }
}
