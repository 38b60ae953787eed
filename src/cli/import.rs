//! `guanxi import`: a file into the store, or a try with counts. The report is the data; a way out with 0 says that at
//! least one row came in.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{Import, What};
use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines, short};
use crate::domain::field::Noun;
use crate::domain::import::Report;
use crate::exchange::benchmarks;
use crate::exchange::books::{self, BooksError};
use crate::exchange::import::{self, ImportError, Job, Source};
use crate::exchange::mapping::{Mapping, parse_map};
use crate::exchange::whole;
use crate::i18n::{Lang, books as b, cli as t, errors, exports, format, import as words};
use crate::store::{Mode, Store};

/// Imports.
pub fn import(shell: &mut Shell, args: &Import) -> Done {
    let noun = match args.what {
        What::Customers => Noun::Customer,
        What::Contacts => Noun::Contact,
        What::Orders => Noun::Order,
        What::Touches => Noun::Touch,
        What::Surveys => Noun::Survey,
        What::Benchmarks => return averages(shell, args),
        What::Ledger => return books(shell, args),
        What::All => return everything(shell, args),
    };
    let lang = shell.lang;
    let mapping = args.map.as_deref().map(|path| mapping(path, lang)).transpose()?.unwrap_or_default();
    // a try on a place where nothing is yet makes nothing there
    let mut desk =
        if args.dry_run && !shell.db.exists() { shell.desk(Store::memory())? } else { shell.write()? };
    let source = if args.file == Path::new("-") {
        Source::Reader("-", Box::new(std::io::stdin()))
    } else {
        Source::Path(&args.file)
    };
    let rejects = args.rejects.as_deref();
    let sheet = args.sheet.clone();
    let job = Job { source, sheet, noun: Some(noun), mapping, dry: args.dry_run, rejects };
    let last = Cell::new(Instant::now());
    let mut progress = |rows: u64, bytes: u64, total: u64| {
        if last.get().elapsed() > Duration::from_millis(200) {
            last.set(Instant::now());
            let percent = (bytes * 100).checked_div(total).unwrap_or(0).min(100);
            shell.progress(&t::IMPORTING.with(lang, &[&figure(rows), &percent]));
        }
    };
    let result = import::import(&mut desk.store, &desk.actor, desk.now, lang, job, &mut progress);
    shell.progress("");
    ended(shell, result)
}

/// What came of an import: the report, where the rejects are, and why it was cut or brought nothing.
fn ended(shell: &mut Shell, result: Result<Report, ImportError>) -> Done {
    let lang = shell.lang;
    let (report, cut) = match result {
        Ok(report) => (report, None),
        Err(ImportError::Cut { why, report }) => {
            let sentence = import::sentence(&ImportError::Cut { why, report: report.clone() }, lang);
            (*report, Some(sentence))
        }
        Err(error) => return Err(Stop::Failed(import::sentence(&error, lang))),
    };
    if shell.json {
        shell.document(&report)?;
    } else {
        print(shell, &report);
    }
    if report.rejects > 0 {
        shell.say(&words::REJECTS.with(lang, &[&figure(report.rejects)]));
        if let Some(file) = &report.rejects_file {
            shell.say(&words::REJECTS_FILE.with(lang, &[file]));
        }
    }
    match cut {
        Some(sentence) => Err(Stop::Failed(sentence)),
        None if report.made + report.updated + report.same == 0 => Err(Stop::Failed(nothing(&report, lang))),
        None => Ok(()),
    }
}

/// Everything of another store into an empty one; it is checked before it is told of.
fn everything(shell: &mut Shell, args: &Import) -> Done {
    let lang = shell.lang;
    let failed = |e: &whole::WholeError| Stop::Failed(whole::sentence(e, lang));
    if shell.guest.is_some() {
        return Err(Stop::Usage(crate::i18n::user::NO_FILES.of(lang).to_owned()));
    }
    let fresh = !shell.db.exists();
    let mut store = shell.open(Mode::Create).map_err(|e| shell.refused(&e))?;
    if !store.is_blank().map_err(|e| shell.refused(&e))? {
        return Err(Stop::Failed(exports::NOT_EMPTY.with(lang, &[&shell.db.display()])));
    }
    let now = shell.now(store.zone())?;
    let read = whole::read(&mut store, now, &args.file);
    if read.is_err() && fresh {
        drop(store);
        for end in ["", "-wal", "-shm"] {
            let mut name = shell.db.clone().into_os_string();
            name.push(end);
            // best effort: an empty file is no harm
            drop(std::fs::remove_file(name));
        }
        return read.map(|_| ()).map_err(|e| failed(&e));
    }
    let rows = read.map_err(|e| failed(&e))?;
    if let Some(fault) = store.check(now).map_err(|e| shell.refused(&e))?.first() {
        return Err(Stop::Failed(exports::FAULTS.with(lang, &[&format!("{fault:?}")])));
    }
    shell.say(&exports::ALL_IN.with(lang, &[&figure(rows), &args.file.display()]));
    Ok(())
}

/// A company's books: a folder of files as one import.
fn books(shell: &mut Shell, args: &Import) -> Done {
    let lang = shell.lang;
    let mut desk =
        if args.dry_run && !shell.db.exists() { shell.desk(Store::memory())? } else { shell.write()? };
    let mut progress = |file: &str, _: u64| shell.progress(&b::IMPORTING.with(lang, &[&file]));
    let result =
        books::import(&mut desk.store, &desk.actor, desk.now, lang, &args.file, args.dry_run, &mut progress);
    shell.progress("");
    let report = result.map_err(|e| match e {
        BooksError::Folder(sentence) => Stop::Failed(sentence),
        BooksError::Store(e) => Stop::Failed(errors::told(&e, lang)),
    })?;
    if shell.json {
        shell.document(&report)?;
    } else {
        for file in &report.files {
            let [rows, made, updated, same] = [file.rows, file.made, file.updated, file.same].map(figure);
            shell.line(&b::FILE.with(lang, &[&file.file, &rows, &made, &updated, &same]));
        }
        for (file, line, reason) in report.rejected.iter().take(SHOWN) {
            shell.line(&b::LINE.with(lang, &[file, line, reason]));
        }
        more(shell, report.rejects());
        if report.dry {
            shell.line(t::REPORT_DRY.of(lang));
        } else if report.files.iter().any(|f| f.made + f.updated > 0) {
            undoable(shell, report.files.iter().map(|f| f.made + f.updated).sum());
        }
    }
    if report.rejects() > 0 {
        shell.say(&words::REJECTS.with(lang, &[&figure(report.rejects())]));
    }
    if report.came() == 0 { Err(Stop::Failed(t::REPORT_NONE.of(lang).to_owned())) } else { Ok(()) }
}

/// Averages of industries (A57).
fn averages(shell: &mut Shell, args: &Import) -> Done {
    let lang = shell.lang;
    let mut desk =
        if args.dry_run && !shell.db.exists() { shell.desk(Store::memory())? } else { shell.write()? };
    let file = (args.file.as_path(), args.sheet.as_deref());
    let report = benchmarks::import(&mut desk.store, &desk.actor, desk.now, lang, file, args.dry_run)
        .map_err(Stop::Failed)?;
    let rejects = report.rejected.len() as u64;
    if shell.json {
        shell.document(&report)?;
    } else {
        let counts = if report.dry { words::WOULD } else { words::HAS };
        let [read, made, updated, same, rejected] =
            [report.rows, report.made, report.updated, report.same, rejects].map(figure);
        shell.line(&counts.with(lang, &[&read, &made, &updated, &same, &rejected]));
        for (line, reason) in report.rejected.iter().take(SHOWN) {
            shell.line(&words::LINE.with(lang, &[line, reason]));
        }
        more(shell, rejects);
        if report.dry {
            shell.line(t::REPORT_DRY.of(lang));
        } else if report.made + report.updated > 0 {
            undoable(shell, report.made + report.updated);
        }
    }
    if rejects > 0 {
        shell.say(&words::REJECTS.with(lang, &[&figure(rejects)]));
    }
    if report.made + report.updated + report.same == 0 {
        return Err(Stop::Failed(t::REPORT_NONE.of(lang).to_owned()));
    }
    Ok(())
}

fn nothing(report: &Report, lang: Lang) -> String {
    if report.missing.is_empty() {
        return t::REPORT_NONE.of(lang).to_owned();
    }
    let missing: Vec<&str> = report.missing.iter().map(String::as_str).collect();
    words::MISSING.with(lang, &[&format::list(&missing, lang)])
}

fn mapping(path: &Path, lang: Lang) -> Result<Mapping, Stop> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Stop::Failed(t::CANNOT_READ.with(lang, &[&path.display(), &errors::io(&e, lang)])))?;
    parse_map(&text).map_err(|e| Stop::Failed(import::sentence(&ImportError::Mapping(e), lang)))
}

fn figure(n: u64) -> String {
    format::count(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Updated records that are printed with what changed.
const CHANGES: usize = 10;
/// Lines of each kind that are printed.
const SHOWN: usize = 20;

fn print(shell: &mut Shell, report: &Report) {
    let lang = shell.lang;
    let rows = import::words::plural(report.noun).of(lang);
    let cut = words::cut(report, lang);
    shell.line(&t::REPORT_HEAD.with(lang, &[&report.file, &rows, &report.encoding, &cut]));
    let unread: Vec<&str> = report.unread().collect();
    if !unread.is_empty() {
        shell.line(&t::REPORT_SHEETS.with(lang, &[&format::list(&unread, lang)]));
    }
    if report.dry {
        columns(shell, report);
    }
    let counts = if report.dry { words::WOULD } else { words::HAS };
    let [read, made, updated, same, rejected] =
        [report.rows, report.made, report.updated, report.same, report.rejects].map(figure);
    shell.line(&counts.with(lang, &[&read, &made, &updated, &same, &rejected]));
    if report.customers > 0 {
        shell.line(&words::CUSTOMERS_MADE.with(lang, &[&figure(report.customers)]));
    }
    if report.warnings > 0 {
        shell.line(&words::WARNINGS.with(lang, &[&figure(report.warnings)]));
    }
    if report.gaps > 0 {
        shell.line(&words::GAPS.with(lang, &[&figure(report.gaps)]));
    }
    if report.within > 0 {
        shell.line(&words::WITHIN.with(lang, &[&figure(report.within)]));
    }
    if !report.people.is_empty() {
        let names: Vec<&str> = report.people.iter().take(SHOWN).map(String::as_str).collect();
        shell.line(&t::REPORT_PEOPLE.with(lang, &[&format::list(&names, lang)]));
    }
    for (line, who, other) in report.alike.iter().take(SHOWN) {
        shell.line(&words::ALIKE.with(lang, &[line, who, other]));
    }
    more(shell, report.alike.len() as u64);
    if !report.industries.is_empty() {
        let names: Vec<&str> = report.industries.iter().take(SHOWN).map(String::as_str).collect();
        shell.line(&words::INDUSTRIES.with(lang, &[&format::list(&names, lang)]));
    }
    for (line, who, what) in report.changed.iter().take(CHANGES) {
        shell.line(&words::CHANGED.with(lang, &[line, who, what]));
    }
    if let rest @ 1.. = report.changed.len().saturating_sub(CHANGES) {
        shell.line(&words::CHANGED_MORE.with(lang, &[&rest]));
    }
    // rows that lost a cell and rows that stayed out, in the order of the file
    let mut lines: Vec<&(u64, String)> =
        report.warned.iter().take(SHOWN).chain(report.rejected.iter().take(SHOWN)).collect();
    lines.sort_by_key(|(line, _)| *line);
    for (line, what) in lines {
        shell.line(&words::LINE.with(lang, &[line, what]));
    }
    more(shell, report.warnings);
    more(shell, report.rejects);
    if report.dry {
        shell.line(t::REPORT_DRY.of(lang));
    } else if report.made + report.updated + report.customers > 0 {
        undoable(shell, report.made + report.updated + report.customers);
    }
}

/// How the import is taken back, and how much that is.
fn undoable(shell: &mut Shell, rows: u64) {
    let line = t::REPORT_UNDO.with(shell.lang, &[&figure(rows)]);
    shell.line(&line);
}

/// Which column each heading is taken for, and what the first rows hold then.
fn columns(shell: &mut Shell, report: &Report) {
    let lang = shell.lang;
    shell.line("");
    shell.line(t::REPORT_COLUMNS.of(lang));
    let cells: Vec<Vec<String>> = report
        .columns
        .iter()
        .zip(&report.labels)
        .map(|((heading, column), label)| {
            // the word for people, the name for a mapping file
            let (column, label) = match (column, label) {
                (Some(column), Some(label)) => (column.clone(), label.clone()),
                _ => (format!("— {}", words::LEFT_OUT.of(lang)), String::new()),
            };
            vec![format!("  {heading}"), column, label]
        })
        .collect();
    all(shell, &lines(&[("", Side::Left), ("", Side::Left), ("", Side::Left)], &cells));
    if let Some((heading, _)) = report.columns.iter().find(|(_, column)| column.is_none())
        && report.noun == Noun::Customer
    {
        shell.line(&words::KEEP_OWN.with(lang, &[heading]));
    }
    shell.line("");
    shell.line(t::REPORT_SAMPLE.of(lang));
    let head: Vec<(&str, Side)> = report.columns.iter().map(|_| ("", Side::Left)).collect();
    let cells: Vec<Vec<String>> =
        report.sample.iter().take(3).map(|row| row.iter().map(|cell| short(cell, 20)).collect()).collect();
    let indented: Vec<String> = lines(&head, &cells).iter().map(|line| format!("  {line}")).collect();
    all(shell, &indented);
    shell.line("");
}

fn more(shell: &mut Shell, all: u64) {
    let rest = all.saturating_sub(SHOWN as u64);
    if rest > 0 {
        let line = t::REPORT_MORE.with(shell.lang, &[&figure(rest)]);
        shell.line(&line);
    }
}

fn all(shell: &mut Shell, lines: &[String]) {
    for line in lines {
        shell.line(line);
    }
}
