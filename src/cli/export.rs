//! `guanxi export`: rows out of the store, page by page, to a file or to standard output. That somebody asked stands in the
//! log before the first byte; how it ended, after the last.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt as _;

use uuid::Uuid;

use super::args::{self, Rows};
use super::shell::{Desk, Done, Shell, Stop};
use crate::domain::filter;
use crate::exchange::export::{Format, Sheet};
use crate::i18n::{cli as t, errors, exports as x, format};
use crate::store::request::StoreError;
use crate::store::request::export::{Export, Exported, Wanted};

/// How the rows stopped coming.
enum End {
    /// All have left.
    Whole,
    /// Nobody reads any more.
    Closed,
    /// They could not be written.
    Output(io::Error),
    /// The store gave no more.
    Store(StoreError),
}

/// Exports.
pub fn export(shell: &mut Shell, args: &args::Export) -> Done {
    let lang = shell.lang;
    let typed = args.filter.clone().unwrap_or_default();
    let filter = filter::parse(&typed).map_err(|e| Stop::Usage(errors::filter(&e, lang)))?;
    if let Some(file) = args.out.as_ref().filter(|file| file.exists()) {
        return Err(Stop::Failed(t::EXISTS.with(lang, &[&file.display()])));
    }
    let json = args.format.map_or(shell.json, |format| format == args::ExportFormat::Json);
    let format = if json { Format::Json } else { Format::Csv };
    let mut desk = shell.read()?;
    let wanted = Wanted {
        request: Uuid::now_v7().to_string(),
        what: exported(args.what),
        filter,
        typed,
        format: format.id().to_owned(),
        place: args.out.as_ref().map_or_else(|| "-".to_owned(), |file| file.display().to_string()),
        reason: args.reason.clone(),
    };
    let mut export = desk.store.export(&desk.actor, &wanted, desk.now).map_err(|e| shell.refused(&e))?;
    let end = match &args.out {
        None => run(&mut desk, &mut export, io::stdout().lock(), format, shell),
        Some(file) => match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
            Ok(out) => run(&mut desk, &mut export, out, format, shell),
            Err(e) => End::Output(e),
        },
    };
    let ended = desk.store.export_ended(&export, matches!(end, End::Whole), desk.now);
    ended.map_err(|e| shell.refused(&e))?;
    let rows = format::count(i64::try_from(export.rows).unwrap_or(i64::MAX));
    let cut = |why: &dyn std::fmt::Display| Stop::Failed(x::CUT_OFF.with(lang, &[&rows, why]));
    match (end, &args.out) {
        (End::Whole, place) => {
            let output = x::STANDARD_OUTPUT.of(lang).to_owned();
            let place = place.as_ref().map_or(output, |file| file.display().to_string());
            told(shell, &export, &x::LEFT_STORE.with(lang, &[&rows, &place]));
            Ok(())
        }
        (End::Closed, _) => Err(Stop::Closed),
        (End::Output(e), Some(file)) if export.rows == 0 => {
            Err(Stop::Failed(x::NOT_MADE.with(lang, &[&file.display(), &e])))
        }
        (End::Output(e), _) => Err(cut(&e)),
        (End::Store(e), _) => Err(cut(&errors::store(&e, lang))),
    }
}

/// What is said besides the data.
fn told(shell: &Shell, export: &Export, done: &str) {
    let lang = shell.lang;
    shell.say(done);
    if export.beyond > 0 {
        let beyond = i64::try_from(export.beyond).unwrap_or(i64::MAX);
        shell.say(&x::BEYOND.with(lang, &[&format::count(beyond)]));
    }
    if export.large {
        shell.say(x::LARGE.of(lang));
    }
}

/// Lets the rows go, page by page.
fn run(desk: &mut Desk, export: &mut Export, out: impl Write, format: Format, shell: &Shell) -> End {
    let zone = desk.store.zone();
    let written = |result: io::Result<()>| match result {
        Ok(()) => None,
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Some(End::Closed),
        Err(e) => Some(End::Output(e)),
    };
    let mut sheet = match Sheet::new(out, format, export.columns, shell.lang, zone) {
        Ok(sheet) => sheet,
        Err(e) => return End::Output(e),
    };
    loop {
        let page = match desk.store.export_page(&desk.actor, export) {
            Ok(Some(page)) => page,
            Ok(None) => break,
            Err(e) => return End::Store(e),
        };
        let result = page.iter().try_for_each(|cells| sheet.row(cells)).and_then(|()| sheet.flush());
        if let Some(end) = written(result) {
            return end;
        }
    }
    written(sheet.finish()).unwrap_or(End::Whole)
}

const fn exported(what: Rows) -> Exported {
    match what {
        Rows::Customers => Exported::Customers,
        Rows::Contacts => Exported::Contacts,
        Rows::Orders => Exported::Orders,
        Rows::Touches => Exported::Touches,
    }
}
