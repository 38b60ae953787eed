//! `guanxi report`: the report of a period, to a file or to standard output.

use std::path::Path;

use serde_json::json;

use super::board::{known, read_period};
use super::shell::{Done, Shell, Stop};
use crate::domain::report::Format;
use crate::exchange::report::{self, ReportError};
use crate::i18n::format::list;
use crate::i18n::{cli as c, report as t};
use crate::store::request::KpiQuery;

/// What is asked for.
pub struct Wish<'a> {
    /// Of which period.
    pub period: &'a str,
    /// As what; else what the file's name says, else a page.
    pub format: Option<Format>,
    /// Into which file.
    pub out: Option<&'a Path>,
    /// As it was known when.
    pub as_of: Option<&'a str>,
}

/// Writes the report.
pub fn report(shell: &mut Shell, wish: &Wish<'_>) -> Done {
    let lang = shell.lang;
    let refused = |e: &ReportError| match e {
        ReportError::Ahead(_) => Stop::Usage(report::sentence(e, lang)),
        _ => Stop::Failed(report::sentence(e, lang)),
    };
    let period = read_period(wish.period, lang)?;
    // a dash is standard output, whatever goes there
    let piped = wish.out == Some(Path::new("-"));
    let out = wish.out.filter(|_| !piped);
    let ending = out.and_then(|path| path.extension()?.to_str());
    let by_name = ending.and_then(Format::from_id);
    if let (Some(ending), None, None) = (ending, by_name, wish.format) {
        let all = list(&Format::ALL.map(Format::id), lang);
        return Err(Stop::Usage(c::NO_KIND.with(lang, &[&ending, &all])));
    }
    let format = wish.format.or(by_name).unwrap_or_default();
    if wish.out.is_none() && format == Format::Workbook {
        return Err(Stop::Usage(t::TO_SCREEN.of(lang).to_owned()));
    }
    // said before anything is counted
    if let Some(there) = out.filter(|path| path.exists()) {
        return Err(refused(&ReportError::There(there.to_owned())));
    }
    let mut desk = shell.read()?;
    if let Some(text) = wish.as_of {
        desk.now = known(text, desk.now, lang)?;
    }
    let query = KpiQuery { period, as_of: wish.as_of.map(|_| desk.now.ms()) };
    let mut progress = |done: usize, all: usize| {
        shell.progress(&t::COUNTING.with(lang, &[&(done + 1), &all]));
    };
    let found = report::gather(&desk.store, &desk.actor, desk.now, query, &mut progress);
    shell.progress("");
    let found = found.map_err(|e| refused(&e))?;
    let bytes = report::render(&found, format, lang).map_err(|e| refused(&e))?;
    let Some(path) = out else {
        shell.raw(&bytes);
        return Ok(());
    };
    report::save(path, &bytes).map_err(|e| refused(&e))?;
    if shell.json {
        return shell.document(&json!({ "file": path, "period": period.label(), "format": format.id() }));
    }
    shell.line(&t::WRITTEN.with(lang, &[&path.display()]));
    Ok(())
}
