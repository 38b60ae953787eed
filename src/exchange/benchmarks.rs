//! Averages of industries from a file: a column for the industry, one for the year, one for the average in yuan (A57). The
//! file may be whatever imports read; the whole comes in under one job, so that one undo takes it
//! back, and a second reading changes nothing.

use std::path::Path;

use chrono::Datelike;
use serde::Serialize;
use uuid::Uuid;

use super::headings::normal;
use super::import::source::{self, Contents};
use super::import::{self, ImportError, Source, of_table};
use super::table::{Row, Rows, Table};
use super::workbook::sheet::Sheet;
use crate::domain::change::{Change, Envelope, ImportRow};
use crate::domain::clock::Now;
use crate::domain::industries;
use crate::domain::money::{Fen, parse_yuan};
use crate::domain::people::{Actor, Verb, Via};
use crate::i18n::{Lang, errors, exchange as t, scheme as s};
use crate::store::Store;
use crate::store::request::{RowOutcome, StoreError};

/// Rows of one write.
const BATCH: usize = 500;
/// Headings that name each column, in their normal form.
const INDUSTRY: &[&str] = &["industry", "sector", "行业", "所属行业", "行业名称"];
const YEAR: &[&str] = &["year", "年份", "年度", "年"];
const MEAN: &[&str] = &[
    "mean",
    "average",
    "averagespend",
    "meanspend",
    "yuan",
    "平均",
    "均值",
    "行业平均",
    "平均消费",
    "年均消费",
    "行业均值",
    "户均消费",
    "行业平均水平",
];

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Averages {
    /// The file.
    pub file: String,
    /// Rows of data.
    pub rows: u64,
    /// Averages that were not there.
    pub made: u64,
    /// Averages that were changed.
    pub updated: u64,
    /// Averages that stood so already.
    pub same: u64,
    /// Rows that did not come in: line and why.
    pub rejected: Vec<(u64, String)>,
    /// Nothing was written.
    pub dry: bool,
}

/// Where rows go, on whose behalf, in whose language.
struct Desk<'a> {
    store: &'a mut Store,
    actor: Actor,
    now: Now,
    lang: Lang,
}

/// Reads a file of averages into the store, or tries to; the sentence says why nothing could be read.
pub fn import(
    store: &mut Store,
    actor: &Actor,
    now: Now,
    lang: Lang,
    (path, sheet): (&Path, Option<&str>),
    dry: bool,
) -> Result<Averages, String> {
    let told = |error: &StoreError| errors::told(error, lang);
    // nothing is read for somebody who may not
    store.need(actor, Verb::Import).map_err(|e| told(&e))?;
    let (mut report, rows) = read(path, sheet, now, lang)?;
    report.dry = dry;
    let run = |store: &mut Store| {
        let mut desk = Desk { store, actor: Actor { via: Via::Import, ..actor.clone() }, now, lang };
        desk.write(&mut report, &rows).map_err(|e| told(&e))?;
        Ok(report)
    };
    if dry { store.rehearse(run).map_err(|e| told(&e))? } else { run(store) }
}

/// The rows of a file with their lines, and what is wrong with the others.
fn read(
    path: &Path,
    sheet: Option<&str>,
    now: Now,
    lang: Lang,
) -> Result<(Averages, Vec<(u64, ImportRow)>), String> {
    let source = if path == Path::new("-") {
        Source::Reader("-", Box::new(std::io::stdin()))
    } else {
        Source::Path(path)
    };
    let name = path.display().to_string();
    let told = |error: ImportError| import::sentence(&error, lang);
    let failed = |error| told(of_table(error, &name));
    match source::open(source, lang).map_err(told)?.contents {
        Contents::Text(_) if sheet.is_some() => Err(told(ImportError::NoSheets)),
        Contents::Text(text) => rows(Table::open(text).map_err(failed)?, &name, now, lang),
        Contents::Book(mut book) => {
            let chosen = book.choose(sheet, |_| 0).map_err(failed)?;
            let table = book.sheet(&chosen.read).and_then(Sheet::table).map_err(failed)?;
            let (table, _) = table.ok_or_else(|| told(ImportError::Empty))?;
            rows(table, &name, now, lang)
        }
    }
}

/// The same of a table.
fn rows<S: Rows>(
    mut table: Table<S>,
    name: &str,
    now: Now,
    lang: Lang,
) -> Result<(Averages, Vec<(u64, ImportRow)>), String> {
    let of_table = |error| import::sentence(&of_table(error, name), lang);
    let at = |words: &[&str]| table.headings().iter().position(|h| words.contains(&normal(h).as_str()));
    let (Some(industry), Some(mean)) = (at(INDUSTRY), at(MEAN)) else {
        return Err(t::AVERAGES_LACK.with(lang, &[&table.headings().join(", ")]));
    };
    let year = at(YEAR);
    let mut report = Averages { file: name.to_owned(), ..Averages::default() };
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while table.read(&mut row).map_err(of_table)? {
        report.rows += 1;
        let cells = [industry, mean].map(|at| row.cell(at));
        match one(cells, year.map(|at| row.cell(at)), now, lang) {
            Ok(read) => rows.push((row.line(), read)),
            Err(why) => report.rejected.push((row.line(), why)),
        }
    }
    if report.rows == 0 { Err(t::NO_ROWS.of(lang).to_owned()) } else { Ok((report, rows)) }
}

/// One line: an industry in its standard wording, its year, its average.
fn one([industry, mean]: [&str; 2], year: Option<&str>, now: Now, lang: Lang) -> Result<ImportRow, String> {
    let industry = industry.trim();
    if industry.is_empty() {
        return Err(t::ROW_FIELD.with(lang, &[&s::INDUSTRY.of(lang)]));
    }
    let year = match year.map(str::trim).filter(|text| !text.is_empty()) {
        None => now.today().year(),
        Some(text) => {
            let year =
                text.trim_end_matches('年').trim().parse().ok().filter(|year| (1900..=2999).contains(year));
            year.ok_or_else(|| t::CELL_YEAR.with(lang, &[&s::YEAR.of(lang), &text]))?
        }
    };
    let average = parse_yuan(mean).ok().filter(|fen| *fen > Fen(0));
    let average = average.ok_or_else(|| t::CELL_AMOUNT.with(lang, &[&s::AVERAGE.of(lang), &mean]))?;
    Ok(ImportRow::Benchmark { industry: industries::industry(industry).term, year, average })
}

impl Desk<'_> {
    fn give(&mut self, change: Change) -> Result<crate::store::request::Receipt, StoreError> {
        let envelope = Envelope { request: Uuid::now_v7().to_string(), change, reason: None };
        self.store.write(&self.actor, &envelope, self.now)
    }

    fn write(&mut self, report: &mut Averages, rows: &[(u64, ImportRow)]) -> Result<(), StoreError> {
        let job = self.give(Change::StartImport { what: report.file.clone() })?.job.unwrap_or_default();
        for batch in rows.chunks(BATCH) {
            let rows = batch.iter().map(|(_, row)| row.clone()).collect();
            let outcomes = self.give(Change::ImportRows { job, rows })?.outcomes;
            for ((line, _), outcome) in batch.iter().zip(outcomes) {
                match outcome {
                    RowOutcome::Made | RowOutcome::Alike(..) => report.made += 1,
                    RowOutcome::Updated(_) => report.updated += 1,
                    RowOutcome::Same => report.same += 1,
                    RowOutcome::Refused(why) => {
                        report.rejected.push((*line, errors::invalid(&why, self.lang)));
                    }
                }
            }
        }
        self.give(Change::FinishImport { job })?;
        Ok(())
    }
}
