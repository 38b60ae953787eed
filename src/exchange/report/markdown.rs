//! The report as Markdown, and how a text is put into it so that it stays a text.

use std::fmt::{self, Write};

use askama::Template;
use askama::filters::Escaper;

use super::Head;
use super::lines::{Block, blocks};
use super::paper::Table;
use super::{lists, tables};
use crate::i18n::{Lang, format, kpi as k, report as t};
use crate::store::request::{Report, Standings};

/// Puts a text into Markdown: no sign of it marks anything up, ends a cell or begins a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Escaper for Plain {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                    dest.write_char('\\')?;
                    dest.write_char(c)?;
                }
                '&' => dest.write_str("&amp;")?,
                '<' => dest.write_str("&lt;")?,
                '>' => dest.write_str("&gt;")?,
                c if c.is_control() => dest.write_char(' ')?,
                c => dest.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[derive(Template)]
#[template(path = "report.md", config = "assets/report/askama.toml")]
struct Text {
    head: Head,
    standings: String,
    words: Words,
    blocks: Vec<Block>,
    tables: Vec<Table>,
}

/// The headings of the main table.
struct Words {
    figures: &'static str,
    kpi: &'static str,
    value: &'static str,
    before: &'static str,
    change: &'static str,
    target: &'static str,
    verdict: &'static str,
    cases: &'static str,
    legend: String,
}

/// The report as Markdown.
pub fn text(report: &Report, lang: Lang) -> askama::Result<String> {
    Text {
        head: Head::of(report, lang),
        standings: standings(report.standings(), lang),
        words: Words {
            figures: t::FIGURES.of(lang),
            kpi: k::COLUMN_KPI.of(lang),
            value: k::COLUMN_VALUE.of(lang),
            before: t::BEFORE.of(lang),
            change: t::CHANGE.of(lang),
            target: k::COLUMN_TARGET.of(lang),
            verdict: k::COLUMN_VERDICT.of(lang),
            cases: k::COLUMN_CASES.of(lang),
            legend: t::LEGEND.of(lang).to_owned(),
        },
        blocks: blocks(report, lang),
        tables: vec![
            tables::classes(report, lang),
            lists::causes(report, lang),
            lists::alarms(report, lang),
            lists::activities(report, lang),
            lists::evaluation(report, lang),
            lists::suggestions(report, lang),
            tables::trend(report, lang),
            tables::formulas(report, lang),
        ],
    }
    .render()
}

/// How many figures stand how, as one sentence.
pub fn standings(s: Standings, lang: Lang) -> String {
    if s.all == 0 {
        return t::NO_TARGETS.of(lang).to_owned();
    }
    let parts = [(t::N_MET, s.met), (t::N_MISSED, s.missed), (t::N_UNCLEAR, s.unclear), (t::N_OPEN, s.open)];
    let said: Vec<String> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| text.with(lang, &[&n])).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    t::STANDINGS.with(lang, &[&s.all, &format::list(&said, lang)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_its_cell_nor_mark_anything_up() {
        let mut out = String::new();
        Plain.write_escaped_str(&mut out, "a|b\n# <b>*x*</b> [l](u)").unwrap();
        assert_eq!(out, "a\\|b \\# &lt;b&gt;\\*x\\*&lt;/b&gt; \\[l\\](u)");
    }
}
