//! Rows as a workbook: texts stay texts whatever they begin with, numbers, amounts and days are such. The whole sheet is in
//! memory until its end; more rows than a sheet takes are refused with what to do instead.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::text;
use crate::domain::cells::width;
use crate::domain::clock::{Now, Zone, from_ms};
use crate::i18n::{Lang, exports};
use crate::store::request::export::{Cell, Column, Form};

/// The longest text that a cell takes, in characters.
const LONGEST: usize = 32_000;
/// Rows of a sheet, its heading apart.
const ROWS: u32 = 1_048_575;
/// The narrowest and the widest column, in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// A workbook with one sheet.
pub struct Book {
    workbook: Workbook,
    formats: Formats,
    widths: Vec<usize>,
    row: u32,
}

struct Formats {
    money: Format,
    day: Format,
    instant: Format,
}

/// What went wrong, as the file's error.
pub fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl Book {
    /// Begins with the headings.
    pub fn new(columns: &[Column], lang: Lang, now: Now) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_timestamp(now.at.timestamp())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = book.add_worksheet();
        let bold = Format::new().set_bold();
        let mut widths = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let heading = exports::heading(column, lang);
            sheet.write_string_with_format(0, place(at), heading, &bold)?;
            widths.push(width(heading));
        }
        sheet.set_freeze_panes(1, 0)?;
        let formats = Formats {
            money: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        };
        Ok(Self { workbook: book, formats, widths, row: 0 })
    }

    /// Adds a row.
    pub fn row(
        &mut self,
        columns: &[Column],
        cells: &[Cell],
        lang: Lang,
        zone: Zone,
    ) -> Result<(), XlsxError> {
        if self.row == ROWS {
            return Err(XlsxError::CustomError(exports::TOO_LONG.with(lang, &[&ROWS])));
        }
        self.row += 1;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (at, column) in columns.iter().enumerate() {
            let said = text(cells, at, column.form, lang, zone);
            if let Some(most) = self.widths.get_mut(at) {
                *most = (*most).max(width(&said));
            }
            let cell = cells.get(at).unwrap_or(&Cell::None);
            put(sheet, (self.row, place(at)), cell, column.form, &said, &self.formats, zone)?;
        }
        Ok(())
    }

    /// The file.
    pub fn bytes(&mut self) -> Result<Vec<u8>, XlsxError> {
        let last = place(self.widths.len().saturating_sub(1));
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (at, width) in self.widths.iter().enumerate() {
            sheet.set_column_width(place(at), (width.clamp(&WIDTHS.0, &WIDTHS.1) + 2) as f64)?;
        }
        sheet.autofilter(0, 0, self.row, last)?;
        self.workbook.save_to_buffer()
    }
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    form: Form,
    said: &str,
    formats: &Formats,
    zone: Zone,
) -> Result<(), XlsxError> {
    match cell {
        Cell::None => return Ok(()),
        Cell::Count(n) => sheet.write_number(row, column, *n as f64)?,
        Cell::Number(value) => sheet.write_number(row, column, *value)?,
        Cell::Money(fen) => {
            sheet.write_number_with_format(row, column, fen.0 as f64 / 100.0, &formats.money)?
        }
        Cell::Day(day) => sheet.write_datetime_with_format(row, column, day, &formats.day)?,
        Cell::Instant(ms) => {
            let local = zone.local(from_ms(*ms));
            sheet.write_datetime_with_format(row, column, local, &formats.instant)?
        }
        Cell::Text(_) | Cell::Flag(_) => {
            debug_assert!(form != Form::Money, "an amount is a number");
            sheet.write_string(row, column, said.chars().take(LONGEST).collect::<String>())?
        }
    };
    Ok(())
}
