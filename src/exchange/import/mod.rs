//! A whole import: file → text → table → columns → cleaned values → rows in batches → store → report. Streaming, memory
//! flat whatever the size of the file. A dry run is a real run that the store takes back ([`Store::rehearse`]), so that
//! its counts are those of the real one; it shows encoding, delimiter, columns and the first rows.

mod batch;
mod contact;
mod customer;
mod error;
mod mend;
mod order;
mod reading;
mod rows;
pub(super) mod source;
mod survey;
mod touch;
pub mod words;

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use uuid::Uuid;

use super::columns;
use super::mapped::{self, Mapped};
use super::mapping::Mapping;
use super::table::{Row, Table};
use crate::domain::change::{Change, Envelope};
use crate::domain::clock::Now;
use crate::domain::field::Noun;
use crate::domain::import::{Report, Sheets};
use crate::domain::own::OwnField;
use crate::domain::people::{Actor, Verb, Via};
use crate::i18n::Lang;
use crate::store::Store;
use crate::store::balances::Balances;
use crate::store::request::{Answer, PersonRow, Query};
use batch::Batch;
pub use customer::birthday;
pub use error::ImportError;
pub(super) use error::of_table;
use reading::Reading;
pub use source::Source;
use source::{Contents, Opened, Told, open};
pub use words::sentence;

/// What to import, and how.
pub struct Job<'a> {
    /// From where.
    pub source: Source<'a>,
    /// Which sheet of a workbook; chosen by what stands in them where none.
    pub sheet: Option<String>,
    /// What the rows are; guessed from the headings where none.
    pub noun: Option<Noun>,
    /// Corrections of what headings mean.
    pub mapping: Mapping,
    /// Only try: nothing is written.
    pub dry: bool,
    /// Where rejected rows go; beside the input as `NAME.rejects.csv` where none. A dry run writes them only if named.
    pub rejects: Option<&'a Path>,
}

/// Told how far an import is: rows read, bytes read, bytes in all (0 where nobody knows).
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64, u64);

/// What all parts of one import need to know.
struct Setting<'a> {
    actor: Actor,
    now: Now,
    lang: Lang,
    file: &'a str,
    people: Vec<PersonRow>,
    own: Vec<OwnField>,
    /// The questions of the survey.
    questions: Vec<String>,
}

/// Imports a file, or tries to. Nothing of it is read for somebody who may not: a workbook is held before its first row.
pub fn import(
    store: &mut Store,
    actor: &Actor,
    now: Now,
    lang: Lang,
    job: Job<'_>,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    store.need(actor, Verb::Import)?;
    let Opened { file, path, contents, total } = open(job.source, lang)?;
    if let (Some(path), Some(rejects)) = (path, job.rejects)
        && path.canonicalize().is_ok_and(|path| rejects.canonicalize().is_ok_and(|rejects| path == rejects))
    {
        return Err(ImportError::RejectsInput(rejects.display().to_string()));
    }
    let order = Order {
        actor,
        now,
        lang,
        file: &file,
        path,
        total,
        noun: job.noun,
        mapping: job.mapping,
        dry: job.dry,
        rejects: job.rejects,
    };
    let failed = |error| of_table(error, &file);
    match contents {
        Contents::Text(_) if job.sheet.is_some() => Err(ImportError::NoSheets),
        Contents::Text(text) => bring(store, order, Table::open(text).map_err(failed)?, None, progress),
        Contents::Book(mut book) => {
            let fits = |headings: &[String]| order.fits(headings);
            let sheets = book.choose(job.sheet.as_deref(), fits).map_err(failed)?;
            let of_sheet = |why: ImportError| why.of_sheet(&sheets);
            let sheet = book.sheet(&sheets.read).map_err(|e| of_sheet(failed(e)))?;
            let table = sheet.table().map_err(|e| of_sheet(failed(e)))?;
            let (table, _) = table.ok_or(ImportError::Empty).map_err(of_sheet)?;
            bring(store, order, table, Some(&sheets), progress).map_err(of_sheet)
        }
    }
}

/// An import of which the file has been opened.
struct Order<'a> {
    actor: &'a Actor,
    now: Now,
    lang: Lang,
    file: &'a str,
    path: Option<&'a Path>,
    total: u64,
    noun: Option<Noun>,
    mapping: Mapping,
    dry: bool,
    rejects: Option<&'a Path>,
}

impl Order<'_> {
    /// How well a sheet is what is asked for: its columns are enough, and they look like nothing else. Where nothing is asked
    /// for, whether it looks like anything.
    fn fits(&self, headings: &[String]) -> usize {
        let Some(noun) = self.noun.map(columns_of) else {
            return usize::from(mapped::guess_noun(headings).is_some());
        };
        let complete = mapped::map(headings, noun, &self.mapping).is_complete();
        usize::from(complete) + usize::from(complete && mapped::guess_noun(headings) == Some(noun))
    }
}

/// Brings a table in, or tries to.
fn bring<S: Told>(
    store: &mut Store,
    order: Order<'_>,
    table: Table<S>,
    sheets: Option<&Sheets>,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    let Order { actor, now, lang, file, path, total, noun, mapping, dry, rejects } = order;
    let noun = noun.map(columns_of).or_else(|| mapped::guess_noun(table.headings()));
    let Some(noun) = noun else {
        return Err(ImportError::Unrecognised { headings: table.headings().to_vec() });
    };
    let mut mapped = mapped::map(table.headings(), noun, &mapping);
    let own = match store.ask(actor, &Query::OwnFields, now)? {
        Answer::OwnFields(fields) => fields,
        _ => Vec::new(),
    };
    rows::take_own(&mut mapped, table.headings(), &mapping, &own);
    let questions = survey::questions(store, actor, now)?;
    survey::take_questions(&mut mapped, table.headings(), &mapping, &questions);
    rows::leave_out(&mut mapped);
    let mut report = opening(&mapped, &table, file, dry, lang);
    if let Some(Sheets { read, all }) = sheets {
        (report.sheet, report.sheets) = (Some(read.clone()), all.clone());
    }
    if !mapped.is_complete() && !dry {
        return Err(ImportError::Missing {
            noun: report.noun,
            columns: mapped.missing,
            headings: table.headings().to_vec(),
        });
    }
    let people = match store.ask(actor, &Query::People, now)? {
        Answer::People(people) => people,
        _ => Vec::new(),
    };
    let actor = Actor { via: Via::Import, ..actor.clone() };
    let setting = Setting { actor, now, lang, file, people, own, questions };
    let rejects = rejects.map(Path::to_path_buf).or_else(|| path.filter(|_| !dry).map(beside));
    let complete = mapped.is_complete();
    let mut batch = Batch::new(&setting, &mapped, table.headings(), rejects.as_deref(), path);
    let reading = Reading::new(&setting, &mapped, table.headings());
    let read = |store: &mut Store| {
        if complete {
            run(store, &setting, (table, reading), &mut batch, &mut report, total, progress)
        } else {
            preview(table, &mut report, file)
        }
    };
    let result = if dry { store.rehearse(read)? } else { read(store) };
    result?;
    Ok(report)
}

/// Reads all rows into the store under one job; while one batch is written, the next is read.
fn run<S: Told>(
    store: &mut Store,
    setting: &Setting<'_>,
    (mut table, mut reading): (Table<S>, Reading<'_>),
    batch: &mut Batch<'_>,
    report: &mut Report,
    total: u64,
    progress: Progress<'_>,
) -> Result<(), ImportError> {
    let before = store.balances()?;
    let start = Change::StartImport { what: setting.file.to_owned() };
    let job = write(store, setting, start)?.job.unwrap_or_default();
    let result = thread::scope(|scope| {
        let (out, chunks) = mpsc::sync_channel(reading::AHEAD);
        let reader = scope.spawn(|| {
            // moved in, so that the channel closes with the last row
            let out = out;
            reading.run(&mut table, &out)
        });
        let mut written = Ok(());
        // what was read before a failure comes in as well: it stands in the file, and one undo takes all of it back
        for chunk in chunks {
            report.rows += chunk.waiting.len() as u64;
            for waiting in chunk.waiting.iter().take(SAMPLE.saturating_sub(report.sample.len())) {
                report.sample.push(cells(&waiting.row, report.columns.len()));
            }
            written = batch.write(store, job, chunk.waiting, report);
            if written.is_err() {
                break;
            }
            progress(report.rows, chunk.bytes, total);
        }
        let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(read.map_err(|e| of_table(e, setting.file)))
    });
    report.people = std::mem::take(&mut reading.strangers);
    // rows that a later round refuses are told after others
    report.rejected.sort_by_key(|(line, _)| *line);
    report.warned.sort_by_key(|(line, _)| *line);
    let result = batch.finish().and(result);
    let result = write(store, setting, Change::FinishImport { job }).map(|_| ()).and(result);
    // whatever became of it, its job is over by now
    let told = tell(store, batch, before, report);
    let result = result.and(told);
    report.encoding = table.source().encoding();
    progress(report.rows, table.source().bytes_read(), total);
    let came = report.made + report.updated + report.customers;
    match result {
        Ok(()) if report.rows == 0 => Err(ImportError::NoRows),
        Err(why) if came > 0 && !report.dry => {
            Err(ImportError::Cut { why: Box::new(why), report: Box::new(report.clone()) })
        }
        result => result,
    }
}

/// What is told of an import beside its rows.
fn tell(
    store: &Store,
    batch: &mut Batch<'_>,
    before: Balances,
    report: &mut Report,
) -> Result<(), ImportError> {
    report.industries = batch.without_average(store)?;
    report.within = store.counted_twice(before)?;
    Ok(())
}

/// Reads the first rows only, to show what stands in a file that cannot be imported as it is.
fn preview<S: Told>(mut table: Table<S>, report: &mut Report, file: &str) -> Result<(), ImportError> {
    let mut row = Row::default();
    while report.sample.len() < SAMPLE && table.read(&mut row).map_err(|e| of_table(e, file))? {
        report.sample.push(cells(&row, report.columns.len()));
    }
    report.encoding = table.source().encoding();
    Ok(())
}

/// Rows that the preview shows.
const SAMPLE: usize = 10;

fn cells(row: &Row, width: usize) -> Vec<String> {
    (0..width).map(|column| row.cell(column).to_owned()).collect()
}

/// Gives a change to the store.
fn write(
    store: &mut Store,
    setting: &Setting<'_>,
    change: Change,
) -> Result<crate::store::request::Receipt, ImportError> {
    let envelope = Envelope { request: Uuid::now_v7().to_string(), change, reason: None };
    Ok(store.write(&setting.actor, &envelope, setting.now)?)
}

fn opening<S: Told>(mapped: &Mapped, table: &Table<S>, file: &str, dry: bool, lang: Lang) -> Report {
    let noun = noun_of(mapped.noun);
    let headings = table.headings().iter().zip(&mapped.columns);
    Report {
        noun,
        file: file.to_owned(),
        encoding: table.source().encoding(),
        delimiter: table.source().delimiter(),
        sheet: None,
        sheets: Vec::new(),
        columns: headings.map(|(h, c)| (h.clone(), c.map(|c| c.spec().id.to_owned()))).collect(),
        labels: mapped.columns.iter().map(|c| c.map(|c| words::label(c, noun, lang))).collect(),
        choices: rows::choices(mapped.noun)
            .map(|c| (c.spec().id.to_owned(), words::label(c, noun, lang)))
            .collect(),
        missing: mapped.missing.iter().map(|c| words::label(*c, noun, lang)).collect(),
        sample: Vec::new(),
        rows: 0,
        made: 0,
        updated: 0,
        same: 0,
        alike: Vec::new(),
        customers: 0,
        rejected: Vec::new(),
        rejects: 0,
        warned: Vec::new(),
        warnings: 0,
        gaps: 0,
        within: 0,
        people: Vec::new(),
        changed: Vec::new(),
        industries: Vec::new(),
        rejects_file: None,
        dry,
    }
}

/// `NAME.rejects.csv` beside the input.
fn beside(path: &Path) -> std::path::PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(".rejects.csv");
    path.with_file_name(name)
}

/// What the rows of a file are, for the table of columns.
pub const fn columns_of(noun: Noun) -> columns::Noun {
    match noun {
        Noun::Contact | Noun::Method => columns::Noun::Contacts,
        Noun::Order => columns::Noun::Orders,
        Noun::Touch => columns::Noun::Touches,
        Noun::Survey => columns::Noun::Surveys,
        _ => columns::Noun::Customers,
    }
}

/// What the rows of a file are, for the rest of the program.
pub const fn noun_of(noun: columns::Noun) -> Noun {
    match noun {
        columns::Noun::Customers => Noun::Customer,
        columns::Noun::Contacts => Noun::Contact,
        columns::Noun::Orders => Noun::Order,
        columns::Noun::Touches => Noun::Touch,
        columns::Noun::Surveys => Noun::Survey,
    }
}
