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
use rows::Line;

/// Rows handed to the store at once.
const ROWS: usize = 2_000;
/// Steps in which rows are written, see [`step`].
const STEPS: usize = 6;
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

/// A file of the books that is there, and which steps have rows in it.
struct Source {
    path: PathBuf,
    kind: &'static rows::Kind,
    steps: [bool; STEPS],
}

/// Who was merged into whom: the customer that is left in the end.
type Survivors = HashMap<String, String>;

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
    let (sources, survivors) = looked_through(folder, &mut books, lang)?;
    let actor = Actor { via: Via::Import, ..actor.clone() };
    let what =
        folder.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into());
    let job = give(store, &actor, now, Change::StartImport { what })?.job.unwrap_or_default();
    let mut desk = Desk { store, actor: &actor, now, lang, job, done: 0 };
    let result = written(&mut desk, &sources, &survivors, &mut books, progress);
    give(store, &actor, now, Change::FinishImport { job })?;
    result.map(|()| books)
}

/// Reads all files through before anything is written: one that cannot be read at all stops the import. Rows are not held:
/// they are read once more when their turn comes.
fn looked_through(
    folder: &Path,
    books: &mut Books,
    lang: Lang,
) -> Result<(Vec<Source>, Survivors), BooksError> {
    let mut sources = Vec::new();
    let mut merged: Vec<(usize, u64, String, String)> = Vec::new();
    for kind in rows::KINDS {
        let path = folder.join(kind.file);
        if !path.is_file() {
            continue;
        }
        let file = books.files.len();
        let mut report = FileReport { file: kind.file.to_owned(), ..FileReport::default() };
        let mut steps = [false; STEPS];
        each(&path, kind, lang, &mut |line, read| {
            report.rows += 1;
            match read {
                Ok(made) => {
                    for row in made {
                        if let Some(has) = steps.get_mut(step(&row)) {
                            *has = true;
                        }
                        if let BookRow::Merged { code, into } = row {
                            merged.push((file, line, code, into));
                        }
                    }
                }
                Err(sentence) => refuse(&mut books.rejected, &mut report, line, sentence),
            }
            Ok(())
        })?;
        books.files.push(report);
        sources.push(Source { path, kind, steps });
    }
    let survivors = survivors(&merged, books, lang);
    Ok((sources, survivors))
}

/// Follows those who were merged to whoever is left; a circle is refused.
fn survivors(merged: &[(usize, u64, String, String)], books: &mut Books, lang: Lang) -> Survivors {
    let next: HashMap<&str, &str> = merged.iter().map(|(.., code, into)| (&**code, &**into)).collect();
    let mut left = Survivors::new();
    for (file, line, code, into) in merged {
        let mut into = into.as_str();
        let mut steps = 0;
        while let Some(further) = next.get(into)
            && steps <= merged.len()
            && into != code
        {
            into = further;
            steps += 1;
        }
        if into == code || steps > merged.len() {
            let sentence = t::CIRCLE.with(lang, &[&"merged_into", code]);
            if let Some(report) = books.files.get_mut(*file) {
                refuse(&mut books.rejected, report, *line, sentence);
            }
        } else {
            left.insert(code.clone(), into.to_owned());
        }
    }
    left
}

/// Where rows go, on whose behalf, in whose language, and how many have gone.
struct Desk<'a> {
    store: &'a mut Store,
    actor: &'a Actor,
    now: Now,
    lang: Lang,
    job: i64,
    done: u64,
}

/// Writes everything, step by step.
fn written(
    desk: &mut Desk<'_>,
    sources: &[Source],
    survivors: &Survivors,
    books: &mut Books,
    progress: Progress<'_>,
) -> Result<(), BooksError> {
    let mut batch: Vec<Placed> = Vec::with_capacity(ROWS);
    for turn in 0..STEPS {
        for (file, source) in sources.iter().enumerate().filter(|(_, s)| s.steps.get(turn) == Some(&true)) {
            let lang = desk.lang;
            each(&source.path, source.kind, lang, &mut |line, read| {
                // what was refused has been told before
                for row in read.unwrap_or_default().into_iter().filter(|row| step(row) == turn) {
                    let Some(row) = resolved(row, survivors) else { continue };
                    batch.push(Placed { file, line, row });
                    if batch.len() == ROWS {
                        desk.write(std::mem::take(&mut batch), books, progress)?;
                    }
                }
                Ok(())
            })?;
        }
    }
    desk.write(batch, books, progress)
}

/// The row as it is written: whoever was merged, into whoever is left.
fn resolved(row: BookRow, survivors: &Survivors) -> Option<BookRow> {
    match row {
        BookRow::Merged { code, .. } => {
            let into = survivors.get(&code)?.clone();
            Some(BookRow::Merged { code, into })
        }
        row => Some(row),
    }
}

impl Desk<'_> {
    fn write(
        &mut self,
        batch: Vec<Placed>,
        books: &mut Books,
        progress: Progress<'_>,
    ) -> Result<(), BooksError> {
        let Some(first) = batch.first() else { return Ok(()) };
        progress(books.files.get(first.file).map_or("", |f| f.file.as_str()), self.done);
        self.done += batch.len() as u64;
        // a referrer is a second step of the row that names it
        let places: Vec<(usize, u64, bool)> =
            batch.iter().map(|p| (p.file, p.line, matches!(p.row, BookRow::Referrer { .. }))).collect();
        let rows = batch.into_iter().map(|placed| ImportRow::Book(placed.row)).collect();
        let change = Change::ImportRows { job: self.job, rows };
        let outcomes = give(self.store, self.actor, self.now, change)?.outcomes;
        for ((file, line, second), outcome) in places.into_iter().zip(outcomes) {
            let Some(report) = books.files.get_mut(file) else { continue };
            match outcome {
                RowOutcome::Refused(why) => {
                    let sentence = errors::invalid(&why, self.lang);
                    refuse(&mut books.rejected, report, line, sentence);
                }
                _ if second => {}
                RowOutcome::Made | RowOutcome::Alike(..) => report.made += 1,
                RowOutcome::Updated(_) => report.updated += 1,
                RowOutcome::Same => report.same += 1,
            }
        }
        Ok(())
    }
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

/// The order in which rows can be written: people, customers, who was merged into whom and who sent whom, orders, the rest.
const fn step(row: &BookRow) -> usize {
    match row {
        BookRow::Manager { .. } => 0,
        BookRow::Customer { .. } => 1,
        BookRow::Merged { .. } => 2,
        BookRow::Referrer { .. } => 3,
        BookRow::Order { .. } => 4,
        _ => STEPS - 1,
    }
}

/// What a line of a file says, or why it stays out.
type Told = Result<Vec<BookRow>, String>;

/// Tells the lines of a file one after the other; a number that stood there before is told as a fault.
fn each(
    path: &Path,
    kind: &'static rows::Kind,
    lang: Lang,
    tell: &mut dyn FnMut(u64, Told) -> Result<(), BooksError>,
) -> Result<(), BooksError> {
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
    let mut seen = HashSet::new();
    let mut record = csv::StringRecord::new();
    while csv.read_record(&mut record).map_err(|e| unreadable(e.to_string()))? {
        let line = record.position().map_or(0, csv::Position::line);
        let told = match (kind.read)(&Line { headings: &headings, record: &record, lang }) {
            Ok((code, _)) if seen.contains(&code) => {
                Err(t::TWICE.with(lang, &[&kind.needed.first().unwrap_or(&"id"), &code]))
            }
            Ok((code, made)) => {
                seen.insert(code);
                Ok(made)
            }
            Err(sentence) => Err(sentence),
        };
        tell(line, told)?;
    }
    Ok(())
}
