//! The report as one page: figures, tables and pictures, light and dark, ready for paper. The page needs nothing from
//! elsewhere and runs nothing.

use askama::Template;

use super::Head;
use super::lines::{Block, blocks, causes, change, full_name, tone};
use super::markdown::standings;
use super::paper::{Table, Tone};
use super::picture::{Gallery, galleries};
use super::{lists, tables};
use crate::domain::kpi::Verdict;
use crate::i18n::{Lang, kpi as k, report as t};
use crate::store::request::Report;

/// The figures at the head of the page.
const TILES: &[&str] = &["revenue", "orders", "new_customers", "repurchase", "churn", "nps"];

/// A figure at the head.
struct Tile {
    name: &'static str,
    value: String,
    change: String,
}

/// A target that was missed.
struct Missed {
    name: String,
    value: String,
    target: String,
    verdict: String,
    tone: Tone,
    causes: Vec<String>,
}

#[derive(Template)]
#[template(path = "report.html", config = "assets/report/askama.toml")]
struct Page {
    lang: &'static str,
    head: Head,
    over: bool,
    tiles: Vec<Tile>,
    standings: String,
    missed: Vec<Missed>,
    words: Words,
    blocks: Vec<Block>,
    galleries: Vec<Gallery>,
    tables: Vec<Table>,
    formulas: Table,
}

/// The words of the page.
struct Words {
    figures: &'static str,
    missed: &'static str,
    none_missed: &'static str,
    kpi: &'static str,
    value: &'static str,
    before: &'static str,
    change: &'static str,
    target: &'static str,
    against: &'static str,
    trend: &'static str,
    verdict: &'static str,
    cases: &'static str,
    legend: &'static str,
    since: &'static str,
    cause: &'static str,
    no_cause: &'static str,
    trend_note: String,
}

/// The report as a page.
pub fn page(report: &Report, lang: Lang) -> askama::Result<String> {
    Page {
        lang: match lang {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        },
        head: Head::of(report, lang),
        over: report.over,
        tiles: tiles(report, lang),
        standings: standings(report.standings(), lang),
        missed: missed(report, lang),
        words: words(report, lang),
        blocks: blocks(report, lang),
        galleries: galleries(report, lang),
        tables: vec![
            tables::classes(report, lang),
            lists::alarms(report, lang),
            lists::activities(report, lang),
            lists::evaluation(report, lang),
            lists::suggestions(report, lang),
        ],
        formulas: tables::formulas(report, lang),
    }
    .render()
}

fn words(report: &Report, lang: Lang) -> Words {
    Words {
        figures: t::FIGURES.of(lang),
        missed: t::MISSED.of(lang),
        none_missed: t::NONE_MISSED.of(lang),
        kpi: k::COLUMN_KPI.of(lang),
        value: k::COLUMN_VALUE.of(lang),
        before: t::BEFORE.of(lang),
        change: t::CHANGE.of(lang),
        target: k::COLUMN_TARGET.of(lang),
        against: t::AGAINST.of(lang),
        trend: t::TREND.of(lang),
        verdict: k::COLUMN_VERDICT.of(lang),
        cases: k::COLUMN_CASES.of(lang),
        legend: t::LEGEND.of(lang),
        cause: t::CAUSE.of(lang),
        no_cause: t::NO_CAUSE.of(lang),
        since: t::SINCE.of(lang),
        trend_note: t::TREND_NOTE.with(lang, &[&report.trail.len()]),
    }
}

fn tiles(report: &Report, lang: Lang) -> Vec<Tile> {
    let entries = TILES.iter().filter_map(|id| report.group(0).find(|e| e.kpi.id == *id));
    let tile = |entry: crate::store::request::Entry<'_>| {
        let now = entry.row.figure.value;
        let changed = change(entry.kpi, now, report.value_before(&entry));
        Tile {
            name: k::name(entry.kpi.id, lang),
            value: k::short(entry.kpi, &entry.row.figure, lang),
            change: changed.map(|c| t::change(c.0, c.1, lang)).unwrap_or_default(),
        }
    };
    entries.map(tile).collect()
}

/// What missed its target, what is certain first.
fn missed(report: &Report, lang: Lang) -> Vec<Missed> {
    let entries = report.entries();
    let of = |verdict: Verdict| {
        entries.iter().filter(move |e| e.row.verdict == Some(verdict)).map(move |e| Missed {
            name: full_name(e, lang),
            value: k::shown(e.kpi, &e.row.figure, lang),
            target: e.row.target.map(|target| k::target(e.kpi, target, lang)).unwrap_or_default(),
            verdict: k::verdict(&e.row.figure, e.row.verdict, lang),
            tone: tone(e.row),
            causes: causes(report, e, lang),
        })
    };
    of(Verdict::Missed).chain(of(Verdict::Unclear)).collect()
}
