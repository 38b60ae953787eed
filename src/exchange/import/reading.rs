//! Rows of a file read and understood, some thousand at a time, in a thread of their own: while one batch is written, the
//! next is read. Nothing here asks the store; what a row means there is for `batch`.

use std::sync::mpsc::SyncSender;

use super::rows::{Cells, Parsed};
use super::source::Told;
use super::{Setting, contact, customer, order, survey, touch};
use crate::exchange::columns::Noun;
use crate::exchange::mapped::Mapped;
use crate::exchange::table::{Row, Table, TableError};
use crate::i18n::exchange as t;

/// Rows in one batch.
const ROWS: usize = 4_000;
/// Bytes of rows in one batch, beyond which it ends earlier.
const BYTES: usize = 16 * 1024 * 1024;
/// Batches that are read before the first of them is written.
pub const AHEAD: usize = 1;
/// Rows of each kind that a report names one by one.
pub const TOLD: usize = 1_000;

/// A row that waits to be written.
pub struct Waiting {
    /// As it stands in the file.
    pub row: Row,
    /// Whether something is missing that a person will have to add.
    pub gap: bool,
    /// Cells that were left out.
    pub warnings: Vec<String>,
    /// What to write, or why not.
    pub what: Result<Parsed, String>,
}

/// Rows that are read, and how far in the file that is.
pub struct Chunk {
    /// The rows.
    pub waiting: Vec<Waiting>,
    /// Bytes read so far.
    pub bytes: u64,
}

/// Reads a table to its end or to its first fault.
pub struct Reading<'a> {
    setting: &'a Setting<'a>,
    mapped: &'a Mapped,
    headings: Vec<String>,
    /// Names of people whom nobody knows.
    pub strangers: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Nothing read yet.
    pub fn new(setting: &'a Setting<'a>, mapped: &'a Mapped, headings: &[String]) -> Self {
        Self { setting, mapped, headings: headings.to_vec(), strangers: Vec::new() }
    }

    /// Sends what it reads, the rows before a fault too; ends early where nobody takes it any more.
    pub fn run<S: Told>(&mut self, table: &mut Table<S>, out: &SyncSender<Chunk>) -> Result<(), TableError> {
        let mut row = Row::default();
        loop {
            let mut waiting = Vec::with_capacity(ROWS);
            let mut held = 0;
            let more = loop {
                if waiting.len() >= ROWS || held >= BYTES {
                    break Ok(true);
                }
                match table.read(&mut row) {
                    Ok(true) => {
                        held += row.size();
                        waiting.push(self.take(&row, S::SHIFTS));
                    }
                    end => break end,
                }
            };
            let bytes = table.source().bytes_read();
            let gone = !waiting.is_empty() && out.send(Chunk { waiting, bytes }).is_err();
            if !more? || gone {
                return Ok(());
            }
        }
    }

    /// Reads a row; of text, where cells may have shifted, or of a sheet, where a formula may have failed.
    fn take(&mut self, row: &Row, shifts: bool) -> Waiting {
        let mut cells = Cells {
            setting: self.setting,
            mapped: self.mapped,
            headings: &self.headings,
            row,
            problems: Vec::new(),
            warnings: Vec::new(),
            strangers: Vec::new(),
            gap: false,
        };
        if !shifts {
            cells.failed();
        } else if row.overflows(self.headings.len()) {
            cells.problems.push(t::ROW_SHIFTED.of(self.setting.lang).to_owned());
        }
        let parsed = match self.mapped.noun {
            Noun::Customers => Some(customer::read(&mut cells)),
            Noun::Contacts => contact::read(&mut cells),
            Noun::Orders => Some(order::read(&mut cells)),
            Noun::Touches => touch::read(&mut cells),
            Noun::Surveys => Some(survey::read(&mut cells)),
        };
        let Cells { problems, warnings, strangers, gap, .. } = cells;
        let what = match parsed {
            Some(parsed) if problems.is_empty() => {
                for stranger in strangers {
                    if !self.strangers.contains(&stranger) && self.strangers.len() < TOLD {
                        self.strangers.push(stranger);
                    }
                }
                Ok(parsed)
            }
            // whoever mends the row mends the rest of it, too
            _ => Err(problems.into_iter().chain(warnings.iter().cloned()).collect::<Vec<_>>().join(" ")),
        };
        Waiting { row: row.clone(), gap, warnings, what }
    }
}
