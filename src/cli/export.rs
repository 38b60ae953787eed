//! `guanxi export`: rows out of the store, page by page, to a file or to standard output. That somebody asked stands in the
//! log before the first byte; how it ended, after the last.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _};
use std::os::unix::fs::OpenOptionsExt as _;

use uuid::Uuid;

use super::args::{self, Rows};
use super::shell::{Done, Shell, Stop};
use crate::domain::filter;
use crate::domain::kpi::Period;
use crate::exchange::export::{End, Format, carry};
use crate::exchange::whole;
use crate::i18n::{cli as t, errors, exports as x, format, group, words};
use crate::store::request::export::{Export, Exported, Wanted};

/// Exports.
pub fn export(shell: &mut Shell, args: &args::Export) -> Done {
    let lang = shell.lang;
    if let Some(file) = args.out.as_ref().filter(|file| file.exists()) {
        return Err(Stop::Failed(t::EXISTS.with(lang, &[&file.display()])));
    }
    let what = exported(args.what);
    if what == Exported::All {
        return everything(shell, args);
    }
    let (format, period) = (chosen(shell, args, what)?, period(shell, args, what)?);
    let mut desk = shell.read()?;
    // the desk knows the company's own fields, which a filter may name
    let read = group::read(&args.filter.clone().unwrap_or_default());
    let (typed, filter) = read
        .and_then(|typed| Ok((typed.clone(), filter::parse(&typed)?)))
        .map_err(|e| Stop::Usage(errors::filter(&e, lang)))?;
    let wanted = Wanted {
        request: Uuid::now_v7().to_string(),
        what,
        filter,
        only: Vec::new(),
        typed,
        period,
        format: format.id().to_owned(),
        place: args.out.as_ref().map_or_else(|| "-".to_owned(), |file| file.display().to_string()),
        reason: args.reason.clone(),
    };
    let mut export = desk.store.export(&desk.actor, &wanted, desk.now).map_err(|e| shell.refused(&e))?;
    let how = (format, lang, desk.now);
    let end = match &args.out {
        None => carry(&mut desk.store, &desk.actor, &mut export, Ok(io::stdout().lock()), how),
        Some(file) => {
            let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
            carry(&mut desk.store, &desk.actor, &mut export, out, how)
        }
    };
    let end = end.map_err(|e| shell.refused(&e))?;
    ended(shell, args, &export, end)
}

/// What came of an export: what left, or why not all of it did.
fn ended(shell: &mut Shell, args: &args::Export, export: &Export, end: End) -> Done {
    let lang = shell.lang;
    let rows = format::count(i64::try_from(export.rows).unwrap_or(i64::MAX));
    let cut = |why: &dyn std::fmt::Display| Stop::Failed(x::CUT_OFF.with(lang, &[&rows, why]));
    match (end, &args.out) {
        (End::Whole, place) => {
            let output = x::STANDARD_OUTPUT.of(lang).to_owned();
            let place = place.as_ref().map_or(output, |file| file.display().to_string());
            told(shell, export, &x::LEFT_STORE.with(lang, &[&rows, &place]));
            Ok(())
        }
        (End::Closed, _) => Err(Stop::Closed),
        (End::Output(e), Some(file)) if export.rows == 0 => {
            Err(Stop::Failed(x::NOT_MADE.with(lang, &[&file.display(), &errors::io_written(&e, lang)])))
        }
        (End::Output(e), _) => Err(cut(&e)),
        (End::Store(e), _) => Err(cut(&errors::told(&e, lang))),
    }
}

/// Takes everything out into a folder of its own.
fn everything(shell: &Shell, args: &args::Export) -> Done {
    let lang = shell.lang;
    let Some(folder) = &args.out else { return Err(Stop::Usage(x::FOLDER_NEEDED.of(lang).to_owned())) };
    if args.format.is_some_and(|format| format != args::ExportFormat::Csv) {
        let all = words::word("export", "all", lang);
        let format = chosen(shell, args, Exported::All).map_or("", Format::id);
        return Err(Stop::Usage(x::UNFIT.with(lang, &[&all, &format, &Format::of(Exported::All, lang)])));
    }
    period(shell, args, Exported::All)?;
    let mut desk = shell.read()?;
    let wanted = Wanted {
        request: Uuid::now_v7().to_string(),
        what: Exported::All,
        filter: filter::Filter::default(),
        only: Vec::new(),
        typed: String::new(),
        period: None,
        format: Format::Csv.id().to_owned(),
        place: folder.display().to_string(),
        reason: args.reason.clone(),
    };
    let mut export = desk.store.export(&desk.actor, &wanted, desk.now).map_err(|e| shell.refused(&e))?;
    let written = whole::folder(folder).and_then(|()| whole::write(&mut desk.store, &mut export, folder));
    desk.store.export_ended(&export, written.is_ok(), desk.now).map_err(|e| shell.refused(&e))?;
    written.map_err(|e| Stop::Failed(whole::sentence(&e, lang)))?;
    let rows = format::count(i64::try_from(export.rows).unwrap_or(i64::MAX));
    told(shell, &export, &x::LEFT_STORE.with(lang, &[&rows, &folder.display()]));
    Ok(())
}

/// How it is to be written: as was said, else as the name of the file says.
fn chosen(shell: &Shell, args: &args::Export, what: Exported) -> Result<Format, Stop> {
    let lang = shell.lang;
    let named = args.format.map(|format| match format {
        args::ExportFormat::Csv => Format::Csv,
        args::ExportFormat::Xlsx => Format::Xlsx,
        args::ExportFormat::Json => Format::Json,
        args::ExportFormat::Vcf => Format::Vcf,
        args::ExportFormat::Ics => Format::Ics,
    });
    let by_name = || args.out.as_deref().and_then(Format::of_file);
    let ending = args.out.as_deref().and_then(|file| file.extension()).and_then(|end| end.to_str());
    if let Some(ending) = ending.filter(|_| named.is_none() && by_name().is_none()) {
        return Err(Stop::Usage(t::NO_KIND.with(lang, &[&ending, &Format::of(what, lang)])));
    }
    let usual = if shell.json { Format::Json } else { Format::usual(what) };
    let format = named.or_else(by_name).unwrap_or(usual);
    if !format.fits(what) {
        let name = words::word("export", what.id(), lang);
        return Err(Stop::Usage(x::UNFIT.with(lang, &[&name, &format.id(), &Format::of(what, lang)])));
    }
    if format == Format::Xlsx && args.out.is_none() && io::stdout().is_terminal() {
        return Err(Stop::Usage(x::NEEDS_FILE.of(lang).to_owned()));
    }
    Ok(format)
}

/// The period of a board; what concerns no single customer takes no filter.
fn period(shell: &Shell, args: &args::Export, what: Exported) -> Result<Option<Period>, Stop> {
    let lang = shell.lang;
    if args.filter.is_some() && !what.of_customers() {
        let what = words::word("export", what.id(), lang);
        return Err(Stop::Usage(x::NO_FILTER.with(lang, &[&what])));
    }
    let Some(text) = &args.period else { return Ok(None) };
    if what != Exported::Board {
        return Err(Stop::Usage(x::ONLY_BOARD.of(lang).to_owned()));
    }
    super::board::read_period(text, lang).map(Some)
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

const fn exported(what: Rows) -> Exported {
    match what {
        Rows::Customers => Exported::Customers,
        Rows::Contacts => Exported::Contacts,
        Rows::Orders => Exported::Orders,
        Rows::Touches => Exported::Touches,
        Rows::Calendar => Exported::Calendar,
        Rows::Matrix => Exported::Matrix,
        Rows::Board => Exported::Board,
        Rows::All => Exported::All,
    }
}
