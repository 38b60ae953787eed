//! Rows that leave as a file: CSV that Excel opens right and that runs nothing there, workbooks with true numbers and days,
//! JSON for programs, cards for an address book, events for a calendar. Which rows may leave is decided in the store; here
//! only how they are written. Of all but a workbook one row is in memory at a time.

mod book;
mod cards;
mod carry;
mod events;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use csv::{Terminator, Writer, WriterBuilder};

use crate::domain::clock::{Now, Zone, from_ms};
use crate::domain::kpi::Verdict;
use crate::domain::text::{guard_formula, powerless};
use crate::i18n::{Lang, about, exports, kpi, ledger, shipped, words};
use crate::store::request::export::{Cell, Column, Exported, Form};

pub use carry::{End, carry};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Words and days for people, amounts in yuan.
    Csv,
    /// The same as a workbook.
    Xlsx,
    /// Ids and RFC 3339 for programs: one array of objects.
    Json,
    /// Contacts as vCard 3.0, which every phone reads.
    Vcf,
    /// Dues and dates as iCalendar.
    Ics,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Xlsx, Self::Json, Self::Vcf, Self::Ics];

    /// The id as logged, and the end of a file's name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Vcf => "vcf",
            Self::Ics => "ics",
        }
    }

    /// What a file of this name is, by its end.
    pub fn of_file(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.id().eq_ignore_ascii_case(end))
    }

    /// What rows of this kind are written as where nobody says.
    pub const fn usual(what: Exported) -> Self {
        if matches!(what, Exported::Calendar) { Self::Ics } else { Self::Csv }
    }

    /// The formats in which rows of this kind are written, for a sentence.
    pub fn of(what: Exported, lang: Lang) -> String {
        // everything is a folder of tables
        let all = Self::ALL.iter().filter(|f| f.fits(what) && (what != Exported::All || **f == Self::Csv));
        crate::i18n::format::list(&all.map(|f| f.id()).collect::<Vec<_>>(), lang)
    }

    /// Whether rows of this kind can be written so.
    pub fn fits(self, what: Exported) -> bool {
        match self {
            Self::Vcf => what == Exported::Contacts,
            Self::Ics => what == Exported::Calendar,
            _ => true,
        }
    }
}

/// A file while it is written.
pub struct Sheet<W: Write> {
    columns: Vec<Column>,
    lang: Lang,
    now: Now,
    out: Out<W>,
}

enum Out<W: Write> {
    Csv(Box<Writer<W>>),
    Xlsx(W, Box<book::Book>),
    Json(W, bool),
    Vcf(W),
    Ics(W),
}

impl<W: Write> Sheet<W> {
    /// Begins with the headings.
    pub fn new(mut out: W, format: Format, columns: &[Column], lang: Lang, now: Now) -> io::Result<Self> {
        let out = match format {
            Format::Json => {
                out.write_all(b"[")?;
                Out::Json(out, true)
            }
            Format::Csv => {
                out.write_all("\u{FEFF}".as_bytes())?;
                let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
                out.write_record(columns.iter().map(|c| exports::heading(c, lang)))?;
                Out::Csv(Box::new(out))
            }
            Format::Xlsx => {
                Out::Xlsx(out, Box::new(book::Book::new(columns, lang, now).map_err(book::failed)?))
            }
            Format::Vcf => Out::Vcf(out),
            Format::Ics => {
                events::head(&mut out)?;
                Out::Ics(out)
            }
        };
        Ok(Self { columns: columns.to_vec(), lang, now, out })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let (lang, zone) = (self.lang, self.now.zone);
        // machines that read JSON get what stands there, with its escapes
        let safe = if matches!(self.out, Out::Json(..)) { None } else { without_power(cells) };
        let cells = safe.as_deref().unwrap_or(cells);
        match &mut self.out {
            Out::Csv(out) => {
                for (i, column) in self.columns.iter().enumerate() {
                    let said = text(cells, i, column.form, lang, zone);
                    // only texts can be formulas, and only they are guarded
                    let written = matches!(cells.get(i), Some(Cell::Text(_)))
                        .then(|| guard_formula(&said).into_owned());
                    out.write_field(written.unwrap_or(said))?;
                }
                out.write_record(None::<&[u8]>)?;
            }
            Out::Xlsx(_, book) => book.row(&self.columns, cells, lang, zone).map_err(book::failed)?,
            Out::Json(out, first) => {
                out.write_all(if std::mem::take(first) { b"\n{" } else { b",\n{" })?;
                for (i, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
                    let comma = if i == 0 { "" } else { ", " };
                    let id = serde_json::to_string(&column.id)?;
                    write!(out, "{comma}{id}: {}", json(cell, column.form, zone)?)?;
                }
                out.write_all(b"}")?;
            }
            Out::Vcf(out) => cards::card(out, &self.columns, cells)?,
            Out::Ics(out) => events::event(out, &self.columns, cells, lang, self.now)?,
        }
        Ok(())
    }

    /// Hands over what has been written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(out) => out.flush(),
            Out::Json(out, _) | Out::Vcf(out) | Out::Ics(out) | Out::Xlsx(out, _) => out.flush(),
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Json(out, _) => out.write_all(b"\n]\n")?,
            Out::Ics(out) => events::foot(out)?,
            Out::Xlsx(out, book) => out.write_all(&book.bytes().map_err(book::failed)?)?,
            Out::Csv(_) | Out::Vcf(_) => {}
        }
        self.flush()
    }
}

/// The cell of a column by its id.
fn cell<'c>(columns: &[Column], cells: &'c [Cell], id: &str) -> &'c Cell {
    let at = columns.iter().position(|column| column.id == id);
    at.and_then(|at| cells.get(at)).unwrap_or(&Cell::None)
}

/// The text of a column by its id; blank where there is none.
fn said<'c>(columns: &[Column], cells: &'c [Cell], id: &str) -> &'c str {
    match cell(columns, cells, id) {
        Cell::Text(text) => text,
        _ => "",
    }
}

/// The cells where a text among them holds what could steer a terminal.
fn without_power(cells: &[Cell]) -> Option<Vec<Cell>> {
    let steers = |cell: &Cell| matches!(cell, Cell::Text(text) if matches!(powerless(text), Cow::Owned(_)));
    let safe = |cell: &Cell| match cell {
        Cell::Text(text) => Cell::Text(powerless(text).into_owned()),
        other => other.clone(),
    };
    cells.iter().any(steers).then(|| cells.iter().map(safe).collect())
}

/// A cell for people.
fn text(cells: &[Cell], at: usize, form: Form, lang: Lang, zone: Zone) -> String {
    match cells.get(at).unwrap_or(&Cell::None) {
        Cell::None => String::new(),
        Cell::Text(id) => word(id, form, at.checked_sub(1).and_then(|at| cells.get(at)), lang),
        Cell::Count(n) => n.to_string(),
        Cell::Money(fen) => fen.yuan_plain(),
        Cell::Day(day) => day.to_string(),
        Cell::Instant(ms) => zone.local(from_ms(*ms)).format("%Y-%m-%d %H:%M").to_string(),
        Cell::Flag(yes) => if *yes { exports::YES } else { exports::NO }.of(lang).to_owned(),
        Cell::Number(value) => value.to_string(),
    }
}

/// A text cell for people: an id in words.
fn word(id: &str, form: Form, before: Option<&Cell>, lang: Lang) -> String {
    match form {
        Form::Word(group) => words::word(group, id, lang).to_owned(),
        Form::Words(group) => {
            let said: Vec<&str> = id.split(',').map(|id| words::word(group, id, lang)).collect();
            said.join("; ")
        }
        Form::Class => about::said(id, lang),
        Form::Said => shipped::said(id, lang).to_owned(),
        Form::Kpi => kpi::name(id, lang).to_owned(),
        Form::Verdict => Verdict::of(id).map_or(id, |verdict| kpi::verdict_word(verdict).of(lang)).to_owned(),
        Form::Beats => {
            let beat = |beat: &str| {
                let mut parts = beat.split(':');
                let kind = words::word("touch", parts.next().unwrap_or_default(), lang).to_owned();
                format!("{kind} {}", parts.collect::<Vec<_>>().join("/"))
            };
            id.split(',').map(beat).collect::<Vec<_>>().join("; ")
        }
        Form::Task => {
            let cause = if let Some(Cell::Text(cause)) = before { Some(cause.as_str()) } else { None };
            ledger::task(cause, id, lang)
        }
        _ => id.to_owned(),
    }
}

/// A cell for programs.
fn json(cell: &Cell, form: Form, zone: Zone) -> io::Result<String> {
    Ok(match cell {
        Cell::None => "null".to_owned(),
        Cell::Text(text) => match (form, text.split_once(':')) {
            (Form::Class, Some((_, class))) => serde_json::to_string(class)?,
            (Form::Words(_), _) => serde_json::to_string(&text.split(',').collect::<Vec<_>>())?,
            _ => serde_json::to_string(text)?,
        },
        Cell::Count(n) => n.to_string(),
        Cell::Money(fen) => fen.yuan_plain(),
        Cell::Day(day) => format!("\"{day}\""),
        Cell::Instant(ms) => format!("\"{}\"", zone.written(from_ms(*ms))),
        Cell::Flag(yes) => yes.to_string(),
        Cell::Number(value) => serde_json::to_string(value)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Fen;
    use crate::exchange::columns::Noun;
    use crate::exchange::headings::column;
    use crate::store::export::columns;

    const NOUNS: [(Exported, Noun); 4] = [
        (Exported::Customers, Noun::Customers),
        (Exported::Contacts, Noun::Contacts),
        (Exported::Orders, Noun::Orders),
        (Exported::Touches, Noun::Touches),
    ];

    /// What is counted or decided by the program is no column of an import.
    const OWN: &[&str] = &["lifecycle", "last_touch", "next_due", "spend_12m"];

    #[test]
    fn every_column_that_leaves_is_read_as_the_same_column_in_either_language() {
        for (what, noun) in NOUNS {
            for c in columns(what) {
                for lang in [Lang::En, Lang::Zh] {
                    let heading = exports::heading(c, lang);
                    let read = column(heading, noun).map(|column| column.spec().id);
                    let id = if c.id == "customer" { "name" } else { c.id.as_ref() };
                    let other = what == Exported::Customers && c.id == "next";
                    if !OWN.contains(&c.id.as_ref()) && !other {
                        assert_eq!(read, Some(id), "{heading} of {noun:?}");
                    }
                }
            }
        }
    }

    fn now() -> Now {
        Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() }
    }

    fn written(format: Format, cells: &[Cell]) -> String {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out, format, columns(Exported::Orders), Lang::Zh, now()).unwrap();
        sheet.row(cells).unwrap();
        sheet.row(cells).unwrap();
        sheet.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_a_text_there_and_figures_stay_figures() {
        let cells = [
            Cell::Text("=cmd|' /C calc'!A0".into()),
            Cell::Text("恒远, \"物流\"".into()),
            Cell::None,
            Cell::Day("2024-05-20".parse().unwrap()),
            Cell::Money(Fen(-1_250)),
            Cell::Text("@SUM(A1)".into()),
            Cell::Text("paid".into()),
            Cell::None,
        ];
        let row = "'=cmd|' /C calc'!A0,\"恒远, \"\"物流\"\"\",,2024-05-20,-12.50,'@SUM(A1),已付款,\r\n";
        let head = "\u{FEFF}客户编号,客户名称,订单号,下单日期,订单金额,品类,订单状态,备注\r\n";
        assert_eq!(written(Format::Csv, &cells), format!("{head}{row}{row}"));
        let json: serde_json::Value = serde_json::from_str(&written(Format::Json, &cells)).unwrap();
        assert_eq!(json[1]["code"], "=cmd|' /C calc'!A0", "programs get what is there");
        assert_eq!(
            (&json[0]["amount"], &json[0]["number"]),
            (&serde_json::json!(-12.50), &serde_json::Value::Null)
        );
        assert_eq!(json[0]["status"], "paid");
    }
}
