//! One sheet as records, cell by cell: rows without content are not there, every other one keeps its number.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{DataRef, XlsxCellReader, XlsxError};
use csv::StringRecord;

use super::{Packed, cell};
use crate::exchange::sniff::{SHAPE_RECORDS, Shape, headings_at};
use crate::exchange::table::{BookError, Rows, Table, TableError, unwrap};
use crate::exchange::text::ROW_BYTES;

/// Columns that a sheet has at most.
const COLUMNS: u32 = 16_384;
/// Characters that a cell has at most.
const CELL: usize = 32_767;
/// Characters of an error that are told.
const SAID: usize = 32;
/// The most bytes of rows that are held to find the headings.
const HELD: u64 = 16 * 1024 * 1024;

/// A cell with content.
struct Cell {
    row: u32,
    column: u32,
    text: String,
}

/// A sheet that is read.
pub struct Sheet<'a> {
    cells: XlsxCellReader<'a, Packed>,
    /// By style, how many digits whole numbers are shown with.
    least: Vec<usize>,
    since_1904: bool,
    /// The first of the next row.
    ahead: Option<Cell>,
    /// Records that were read to find the headings.
    queued: VecDeque<(StringRecord, u64)>,
    /// How many columns have a heading; what stands beside them is not kept.
    width: usize,
    /// The row that was read last, from 1.
    row: u64,
    /// Whether the last cell was read; behind it the file has other things.
    ended: bool,
    /// A cell's text on its way.
    text: String,
    read: Arc<AtomicU64>,
}

impl<'a> Sheet<'a> {
    /// Of its cells; `read` counts what is read of the file.
    pub(super) fn new(cells: XlsxCellReader<'a, Packed>, since_1904: bool, read: Arc<AtomicU64>) -> Self {
        let least = cells.styles().iter().map(cell::least_digits).collect();
        let (ahead, queued, text) = (None, VecDeque::new(), String::new());
        let width = COLUMNS as usize;
        Self { cells, least, since_1904, ahead, queued, width, row: 1, ended: false, text, read }
    }

    /// Bytes of the file that were read so far.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The rows below the headings, and how many of these are known; none of a sheet without content.
    pub fn table(mut self) -> Result<Option<(Table<Self>, usize)>, TableError> {
        let mut first = Vec::new();
        let mut held = 0;
        while first.len() < SHAPE_RECORDS && held < HELD {
            let mut record = StringRecord::new();
            let Some(row) = self.record(&mut record)? else { break };
            held += record.as_slice().len() as u64;
            first.push((record, row));
        }
        let shapes: Vec<Shape> = first.iter().map(|(record, _)| Shape::of(record.iter())).collect();
        let Some((at, hits)) = headings_at(&shapes) else { return Ok(None) };
        let mut below = first.into_iter().skip(at);
        let Some((headings, row)) = below.next() else { return Ok(None) };
        self.width = headings
            .iter()
            .collect::<Vec<_>>()
            .iter()
            .rposition(|cell| !unwrap(cell).is_empty())
            .map_or(0, |at| at + 1);
        self.queued = below.collect();
        self.queued.iter_mut().for_each(|(record, _)| record.truncate(self.width));
        Ok(Some((Table::below(&headings, row - 1, self), hits)))
    }

    /// Reads the cells of the next row with content, and answers its number from 1.
    fn record(&mut self, record: &mut StringRecord) -> Result<Option<u64>, TableError> {
        record.clear();
        let mut next = match self.ahead.take() {
            Some(cell) => Some(cell),
            None => self.cell()?,
        };
        let Some(row) = next.as_ref().map(|cell| cell.row) else { return Ok(None) };
        while let Some(cell) = next.take() {
            if cell.row != row {
                self.ahead = Some(cell);
                break;
            }
            let column = usize::try_from(cell.column).unwrap_or(usize::MAX);
            if cell.column >= COLUMNS || column < record.len() {
                return Err(TableError::Book(BookError::Damaged));
            }
            if column < self.width {
                while record.len() < column {
                    record.push_field("");
                }
                record.push_field(&cell.text);
            }
            if record.as_slice().len() as u64 > ROW_BYTES {
                return Err(TableError::Book(BookError::Huge));
            }
            next = self.cell()?;
        }
        Ok(Some(u64::from(row) + 1))
    }

    /// The next cell with content.
    fn cell(&mut self) -> Result<Option<Cell>, TableError> {
        while !self.ended {
            let next = self.cells.next_cell_with_style_id().map_err(|error| match error {
                // where it stands is lost with it
                XlsxError::CellError(word) => BookError::Cell(word.chars().take(SAID).collect(), self.row),
                _ => BookError::Damaged,
            });
            let Some((found, style)) = next.map_err(TableError::Book)? else {
                self.ended = true;
                break;
            };
            if matches!(found.get_value(), DataRef::Empty) {
                continue;
            }
            let least = self.least.get(style).copied().unwrap_or(0);
            cell::write(&mut self.text, found.get_value(), least, self.since_1904);
            let text = std::mem::take(&mut self.text);
            if !text.trim().is_empty() {
                if text.len() > CELL && text.chars().count() > CELL {
                    return Err(TableError::Book(BookError::Huge));
                }
                let (row, column) = found.get_position();
                self.row = u64::from(row) + 1;
                return Ok(Some(Cell { row, column, text }));
            }
        }
        Ok(None)
    }
}

impl Rows for Sheet<'_> {
    fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, TableError> {
        match self.queued.pop_front() {
            Some((queued, row)) => {
                *record = queued;
                Ok(Some(row))
            }
            None => self.record(record),
        }
    }
}
