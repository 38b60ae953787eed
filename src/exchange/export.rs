//! Rows that leave as text: CSV that Excel opens right and that runs nothing there, and JSON for programs. One row is in
//! memory at a time. Which rows may leave is decided in the store; here only how they are written.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use crate::domain::clock::{Zone, from_ms};
use crate::domain::text::guard_formula;
use crate::i18n::{Lang, exports, words};
use crate::store::request::export::{Cell, Column, Form};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Words and days for people, amounts in yuan.
    Csv,
    /// Ids and RFC 3339 for programs: one array of objects.
    Json,
}

impl Format {
    /// The id as logged.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A file while it is written.
pub struct Sheet<W: Write> {
    columns: &'static [Column],
    lang: Lang,
    zone: Zone,
    out: Out<W>,
}

enum Out<W: Write> {
    Csv(Box<Writer<W>>),
    Json(W, bool),
}

impl<W: Write> Sheet<W> {
    /// Begins with the headings.
    pub fn new(
        mut out: W,
        format: Format,
        columns: &'static [Column],
        lang: Lang,
        zone: Zone,
    ) -> io::Result<Self> {
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
        };
        Ok(Self { columns, lang, zone, out })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(out) => {
                for (cell, column) in cells.iter().zip(self.columns) {
                    out.write_field(text(cell, column.form, self.lang, self.zone))?;
                }
                out.write_record(None::<&[u8]>)?;
            }
            Out::Json(out, first) => {
                out.write_all(if std::mem::take(first) { b"\n{" } else { b",\n{" })?;
                for (i, (cell, column)) in cells.iter().zip(self.columns).enumerate() {
                    let comma = if i == 0 { "" } else { ", " };
                    write!(out, "{comma}\"{}\": {}", column.id, json(cell, self.zone)?)?;
                }
                out.write_all(b"}")?;
            }
        }
        Ok(())
    }

    /// Hands over what has been written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(out) => out.flush(),
            Out::Json(out, _) => out.flush(),
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        if let Out::Json(out, _) = &mut self.out {
            out.write_all(b"\n]\n")?;
        }
        self.flush()
    }
}

/// A cell for people; only texts can be formulas, and only they are guarded.
fn text(cell: &Cell, form: Form, lang: Lang, zone: Zone) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(id) => match form {
            Form::Word(group) => words::word(group, id, lang).to_owned(),
            _ => guard_formula(id).into_owned(),
        },
        Cell::Count(n) => n.to_string(),
        Cell::Money(fen) => fen.yuan_plain(),
        Cell::Day(day) => day.to_string(),
        Cell::Instant(ms) => zone.local(from_ms(*ms)).format("%Y-%m-%d %H:%M").to_string(),
        Cell::Flag(yes) => if *yes { exports::YES } else { exports::NO }.of(lang).to_owned(),
    }
}

/// A cell for programs.
fn json(cell: &Cell, zone: Zone) -> io::Result<String> {
    Ok(match cell {
        Cell::None => "null".to_owned(),
        Cell::Text(text) => serde_json::to_string(text)?,
        Cell::Count(n) => n.to_string(),
        Cell::Money(fen) => fen.yuan_plain(),
        Cell::Day(day) => format!("\"{day}\""),
        Cell::Instant(ms) => format!("\"{}\"", zone.written(from_ms(*ms))),
        Cell::Flag(yes) => yes.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Fen;
    use crate::exchange::columns::Noun;
    use crate::exchange::headings::column;
    use crate::store::request::export::Exported;

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
            for c in what.columns() {
                for lang in [Lang::En, Lang::Zh] {
                    let heading = exports::heading(c, lang);
                    let read = column(heading, noun).map(|column| column.spec().id);
                    let id = if c.id == "customer" { "name" } else { c.id };
                    let other = what == Exported::Customers && c.id == "next";
                    if !OWN.contains(&c.id) && !other {
                        assert_eq!(read, Some(id), "{heading} of {noun:?}");
                    }
                }
            }
        }
    }

    fn written(format: Format, cells: &[Cell]) -> String {
        let mut out = Vec::new();
        let mut sheet =
            Sheet::new(&mut out, format, Exported::Orders.columns(), Lang::Zh, Zone::default()).unwrap();
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
