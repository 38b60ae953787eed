//! A company's books: a folder of CSV files, one a kind of record (`data` of kpis.md section 2), read into rows and written
//! as one import. Customers come first, then what points at them. A row that does not fit stays out and is told with its
//! file and line; nothing else suffers.

mod rows;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::decode::Utf8Reader;
use crate::domain::books::BookRow;
use crate::domain::change::{Change, Envelope, ImportRow};
use crate::domain::clock::Now;
use crate::domain::people::{Actor, Via};
use crate::i18n::{Lang, books as t, errors};
use crate::store::Store;
use crate::store::request::{RowOutcome, StoreError};
use rows::{Line, Read};

/// Rows handed to the store at once.
const ROWS: usize = 2_000;
/// Rows whose reason is kept; the rest is counted.
const TOLD: usize = 1_000;

/// What came of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// Rows of data.
    pub rows: u64,
    /// New records.
    pub made: u64,
    /// Known records that were changed.
    pub updated: u64,
    /// Known records that stayed as they were.
    pub same: u64,
    /// Rows that did not come in.
    pub rejects: u64,
}

/// What came of the books.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Books {
    /// File by file.
    pub files: Vec<FileReport>,
    /// File, line and sentence of rows that did not come in; at most a thousand.
    pub rejected: Vec<(String, u64, String)>,
    /// Nothing was written.
    pub dry: bool,
}

impl Books {
    /// Records that came in or stood there already.
    pub fn came(&self) -> u64 {
        self.files.iter().map(|f| f.made + f.updated + f.same).sum()
    }

    /// Rows that did not.
    pub fn rejects(&self) -> u64 {
        self.files.iter().map(|f| f.rejects).sum()
    }
}

/// Why books did not go through at all.
#[derive(Clone, Debug, PartialEq)]
pub enum BooksError {
    /// A sentence about the folder or a file.
    Folder(String),
    /// The store refused.
    Store(StoreError),
}

impl From<StoreError> for BooksError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Told which file is being written, and how many of its rows are.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64);

/// Reads a folder of books into the store under one import, or tries to.
pub fn import(
    store: &mut Store,
    actor: &Actor,
    now: Now,
    lang: Lang,
    folder: &Path,
    dry: bool,
    progress: Progress<'_>,
) -> Result<Books, BooksError> {
    if !folder.is_dir() {
        return Err(BooksError::Folder(t::NO_FOLDER.with(lang, &[&folder.display()])));
    }
    if !folder.join("customers.csv").is_file() {
        return Err(BooksError::Folder(t::NO_CUSTOMERS.with(lang, &[&folder.display()])));
    }
    let mut read = |store: &mut Store| run(store, actor, now, lang, folder, dry, progress);
    if dry { store.rehearse(read)? } else { read(store) }
}

/// One row with where it stands.
struct Placed {
    file: usize,
    line: u64,
    row: BookRow,
}

fn run(
    store: &mut Store,
    actor: &Actor,
    now: Now,
    lang: Lang,
    folder: &Path,
    dry: bool,
    progress: Progress<'_>,
) -> Result<Books, BooksError> {
    let mut books = Books { dry, ..Books::default() };
    // read through once before anything is written: a file that cannot be read at all stops the import
    let mut parts: Vec<Vec<Placed>> = Vec::new();
    for kind in rows::KINDS {
        let path = folder.join(kind.file);
        if !path.is_file() {
            continue;
        }
        let mut report = FileReport { file: kind.file.to_owned(), ..FileReport::default() };
        let at = books.files.len();
        let mut placed = Vec::new();
        let mut seen = HashSet::new();
        for read in lines(&path, kind, lang)? {
            report.rows += 1;
            let told = match read.row {
                Ok((code, _)) if !seen.insert(code.clone()) => {
                    Err(t::TWICE.with(lang, &[&kind.needed.first().unwrap_or(&"id"), &code]))
                }
                other => other,
            };
            match told {
                Ok((_, made)) => {
                    placed.extend(made.into_iter().map(|row| Placed { file: at, line: read.line, row }));
                }
                Err(sentence) => refuse(&mut books.rejected, &mut report, read.line, sentence),
            }
        }
        books.files.push(report);
        parts.push(placed);
    }
    let ordered = in_order(parts, &mut books, lang);
    let actor = Actor { via: Via::Import, ..actor.clone() };
    let what =
        folder.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into());
    let job = give(store, &actor, now, Change::StartImport { what })?.job.unwrap_or_default();
    let result = write(&mut Desk { store, actor: &actor, now, lang }, job, &ordered, &mut books, progress);
    give(store, &actor, now, Change::FinishImport { job })?;
    result.map(|()| books)
}

/// Where rows go, on whose behalf, in whose language.
struct Desk<'a> {
    store: &'a mut Store,
    actor: &'a Actor,
    now: Now,
    lang: Lang,
}

fn write(
    desk: &mut Desk<'_>,
    job: i64,
    ordered: &[Placed],
    books: &mut Books,
    progress: Progress<'_>,
) -> Result<(), BooksError> {
    let mut done = 0;
    for batch in ordered.chunks(ROWS) {
        if let Some(first) = batch.first() {
            progress(books.files.get(first.file).map_or("", |f| f.file.as_str()), done);
        }
        let rows = batch.iter().map(|placed| ImportRow::Book(placed.row.clone())).collect();
        let outcomes = give(desk.store, desk.actor, desk.now, Change::ImportRows { job, rows })?.outcomes;
        for (placed, outcome) in batch.iter().zip(outcomes) {
            let Some(report) = books.files.get_mut(placed.file) else { continue };
            // a referrer is a second step of the row that names it
            let second = matches!(placed.row, BookRow::Referrer { .. });
            match outcome {
                RowOutcome::Refused(why) => {
                    let sentence = errors::invalid(&why, desk.lang);
                    refuse(&mut books.rejected, report, placed.line, sentence);
                }
                _ if second => {}
                RowOutcome::Made | RowOutcome::Alike(..) => report.made += 1,
                RowOutcome::Updated => report.updated += 1,
                RowOutcome::Same => report.same += 1,
            }
        }
        done += batch.len() as u64;
    }
    Ok(())
}

fn give(
    store: &mut Store,
    actor: &Actor,
    now: Now,
    change: Change,
) -> Result<crate::store::request::Receipt, StoreError> {
    let envelope = Envelope { request: Uuid::now_v7().to_string(), change, reason: None };
    store.write(actor, &envelope, now)
}

fn refuse(rejected: &mut Vec<(String, u64, String)>, report: &mut FileReport, line: u64, sentence: String) {
    report.rejects += 1;
    if rejected.len() < TOLD {
        rejected.push((report.file.clone(), line, sentence));
    }
}

/// Rows in the order in which they can be written: people, customers, who sent and who was merged into whom, the rest.
fn in_order(parts: Vec<Vec<Placed>>, books: &mut Books, lang: Lang) -> Vec<Placed> {
    let mut all: Vec<Placed> = parts.into_iter().flatten().collect();
    let merged: HashMap<String, String> = all
        .iter()
        .filter_map(|p| match &p.row {
            BookRow::Merged { code, into } => Some((code.clone(), into.clone())),
            _ => None,
        })
        .collect();
    all.retain_mut(|placed| {
        let BookRow::Merged { code, into } = &mut placed.row else { return true };
        // the survivor may itself have been merged
        let mut steps = 0;
        while let Some(next) = merged.get(into.as_str()) {
            into.clone_from(next);
            steps += 1;
            if steps > merged.len() || into == code {
                let sentence = t::CIRCLE.with(lang, &[&"merged_into", code]);
                if let Some(report) = books.files.get_mut(placed.file) {
                    refuse(&mut books.rejected, report, placed.line, sentence);
                }
                return false;
            }
        }
        true
    });
    let rank = |row: &BookRow| match row {
        BookRow::Manager { .. } => 0,
        BookRow::Customer { .. } => 1,
        BookRow::Merged { .. } => 2,
        BookRow::Referrer { .. } => 3,
        BookRow::Order { .. } => 4,
        _ => 5,
    };
    all.sort_by_key(|placed| rank(&placed.row));
    all
}

/// The lines of a file, each read or refused.
fn lines(path: &PathBuf, kind: &'static rows::Kind, lang: Lang) -> Result<Vec<Read>, BooksError> {
    let unreadable = |why: String| BooksError::Folder(t::UNREADABLE.with(lang, &[&kind.file, &why]));
    let file = File::open(path).map_err(|e| unreadable(errors::io(&e, lang)))?;
    let mut csv = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(Utf8Reader::new(file, true));
    let headings = csv.headers().map_err(|e| unreadable(e.to_string()))?.clone();
    for needed in kind.needed {
        if !headings.iter().any(|h| h == *needed) {
            return Err(BooksError::Folder(t::NO_COLUMN.with(lang, &[&kind.file, needed])));
        }
    }
    let mut read = Vec::new();
    let mut record = csv::StringRecord::new();
    while csv.read_record(&mut record).map_err(|e| unreadable(e.to_string()))? {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Line { headings: &headings, record: &record, lang };
        read.push(Read { line, row: (kind.read)(&cells) });
    }
    Ok(read)
}
