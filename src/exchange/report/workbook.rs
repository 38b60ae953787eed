//! The report as a workbook: one sheet a table, with true numbers, days and percentages, so that one can go on calculating.
//! Texts are written as texts whatever they begin with; a formula never comes out of a customer's name.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::Head;
use super::markdown::standings;
use super::paper::{Cell, Column, Style, Table, Tone, Value};
use super::{lists, tables};
use crate::domain::cells;
use crate::domain::clock::from_ms;
use crate::domain::kpi::SEGMENTS;
use crate::i18n::{Lang, report as t};
use crate::store::request::Report;

/// The widest column of names, and of sentences, in characters.
const WIDEST: usize = 34;
const SENTENCE: f64 = 72.0;
/// The longest text that a cell takes.
const LONGEST: usize = 32_000;

/// The report as a workbook.
pub fn book(report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Head::of(report, lang);
    let made = from_ms(report.kpis.as_of).timestamp();
    book.set_properties(
        &DocProperties::new()
            .set_title(head.title.as_str())
            .set_author(report.by.as_str())
            // the clock of the report and not the machine's: the same twice
            .set_creation_datetime(&ExcelDateTime::from_timestamp(made)?),
    );
    front(book.add_worksheet(), &head, report, lang)?;
    let tables = [
        tables::figures(report, 0..1, lang),
        tables::figures(report, 1..SEGMENTS.len() + 1, lang),
        tables::trend(report, lang),
        lists::causes(report, lang),
        lists::alarms(report, lang),
        lists::activities(report, lang),
        lists::evaluation(report, lang),
        lists::suggestions(report, lang),
        tables::formulas(report, lang),
    ];
    for table in &tables {
        sheet(book.add_worksheet(), table)?;
    }
    book.save_to_buffer()
}

/// The first sheet: what this is.
fn front(sheet: &mut Worksheet, head: &Head, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(t::REPORT.of(lang))?;
    sheet.set_column_width(0, 24.0)?.set_column_width(1, SENTENCE)?;
    sheet.write_string_with_format(0, 0, &head.title, &Format::new().set_bold().set_font_size(15.0))?;
    let period = report.kpis.period;
    let lines = [
        (t::FROM, Cell::day(period.from)),
        (t::LAST, Cell::day(period.last())),
        (t::KNOWN_AT, Cell::at(report.zone.local(from_ms(report.kpis.as_of)))),
        (t::STATE, Cell::text(head.state.as_str())),
        (t::MADE_BY, Cell::text(report.by.as_str())),
        (t::AGAINST, Cell::text(standings(report.standings(), lang))),
        (t::SIGNS, Cell::text(t::LEGEND.of(lang))),
    ];
    let column = Column::sentences("");
    for (row, (label, cell)) in (2..).zip(&lines) {
        sheet.write_string_with_format(row, 0, label.of(lang), &Format::new().set_align(FormatAlign::Top))?;
        put(sheet, (row, 1), &column, cell)?;
    }
    Ok(())
}

/// One table: a head that stays, a filter, widths that fit, paper across.
fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(&table.title)?;
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap();
    for (at, column) in (0..).zip(&table.columns) {
        let align = if column.right { FormatAlign::Right } else { FormatAlign::Left };
        sheet.write_string_with_format(0, at, &column.heading, &bold.clone().set_align(align))?;
        sheet.set_column_width(at, width(table, usize::from(at), column))?;
    }
    for (at, row) in (1..).zip(&table.rows) {
        for (column, (spec, cell)) in (0..).zip(table.cells(row)) {
            put(sheet, (at, column), spec, cell)?;
        }
    }
    if table.rows.is_empty() {
        sheet.write_string(1, 0, &table.empty)?;
    }
    let last = (table.rows.len() as u32, table.columns.len().saturating_sub(1) as u16);
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last.0.max(1), last.1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    spec: &Column,
    cell: &Cell,
) -> Result<(), XlsxError> {
    let align = if spec.right { FormatAlign::Right } else { FormatAlign::Left };
    let mut format = toned(cell.tone).set_align(FormatAlign::Top).set_align(align);
    match cell.value {
        Value::Text if cell.text.is_empty() => return Ok(()),
        Value::Text => {
            if spec.long {
                format = format.set_text_wrap();
            }
            let text: String = cell.text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, column, text, &format)?
        }
        Value::Number(number, style) => {
            sheet.write_number_with_format(row, column, number, &format.set_num_format(pattern(style)))?
        }
        Value::Day(day) => {
            sheet.write_datetime_with_format(row, column, day, &format.set_num_format("yyyy-mm-dd"))?
        }
        Value::At(at) => {
            sheet.write_datetime_with_format(row, column, at, &format.set_num_format("yyyy-mm-dd hh:mm"))?
        }
    };
    Ok(())
}

const fn pattern(style: Style) -> &'static str {
    match style {
        Style::Count => "#,##0",
        Style::Tenths => "0.0",
        Style::Points => "+0;-0;0",
        Style::Share => "0.0%",
        Style::Change => "+0.0%;-0.0%;0.0%",
        Style::Gap => "+0.0\" pp\";-0.0\" pp\";0.0\" pp\"",
        Style::Difference => "+0.0;-0.0;0.0",
        Style::Yuan => "#,##0.00",
        Style::Hours => "0.0\" h\"",
    }
}

fn toned(tone: Tone) -> Format {
    let format = Format::new();
    match tone {
        Tone::Plain => format,
        Tone::Dim => format.set_font_color(Color::RGB(0x6B_72_80)),
        Tone::Good => format.set_font_color(Color::RGB(0x1B_6E_3C)),
        Tone::Warn => format.set_font_color(Color::RGB(0x8A_5A_00)),
        Tone::Bad => format.set_font_color(Color::RGB(0xA6_1E_1E)),
    }
}

/// As wide as its widest text, a Chinese character being two wide; the heading may wrap once.
fn width(table: &Table, at: usize, column: &Column) -> f64 {
    if column.long {
        return SENTENCE;
    }
    let widest = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cells::width(&cell.text)).max();
    let heading = cells::width(&column.heading).div_ceil(2).max(6);
    (widest.unwrap_or(0).max(heading).min(WIDEST) + 3) as f64
}
