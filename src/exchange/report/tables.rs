//! The tables of a report in a language. Pages and Markdown show classes side by side; a workbook has one row a figure with
//! everything that is known of it, so that one can go on calculating.

use super::lines::{causes, change, full_name, style, tone};
use super::paper::{Cell, Column, Style, Table, Tone};
use crate::domain::kpi::{KPIS, SEGMENTS};
use crate::i18n::{Lang, kpi as k, report as t};
use crate::store::request::{Entry, Report};

/// The figures of every class side by side.
pub fn classes(report: &Report, lang: Lang) -> Table {
    let mut columns = vec![Column::words(k::COLUMN_KPI.of(lang))];
    columns.extend(SEGMENTS.iter().map(|s| Column::figures(k::whose(s, lang))));
    let rows = KPIS
        .iter()
        .enumerate()
        .filter_map(|(at, kpi)| {
            let entries: Vec<Option<Entry<'_>>> =
                (1..=SEGMENTS.len()).map(|g| report.group(g).nth(at).filter(Entry::tells)).collect();
            if entries.iter().all(Option::is_none) {
                return None;
            }
            let mut row = vec![Cell::text(k::name(kpi.id, lang))];
            row.extend(
                entries
                    .iter()
                    .map(|entry| entry.map_or_else(|| Cell::text("—").toned(Tone::Dim), |e| side(&e, lang))),
            );
            Some(row)
        })
        .collect();
    Table {
        title: t::CLASSES.of(lang).to_owned(),
        note: t::CLASSES_NOTE.of(lang).to_owned(),
        empty: t::NO_CLASSES.of(lang).to_owned(),
        columns,
        rows,
    }
}

/// A value with the sign of its verdict.
fn side(entry: &Entry<'_>, lang: Lang) -> Cell {
    let row = entry.row;
    let shown = k::short(entry.kpi, &row.figure, lang);
    let text = row.verdict.map_or_else(|| shown.clone(), |v| format!("{shown} {}", v.sign()));
    Cell::text(text).toned(tone(row))
}

/// Every figure of the groups named, with all that is known of it.
pub fn figures(report: &Report, groups: std::ops::Range<usize>, lang: Lang) -> Table {
    let by_class = groups.start > 0;
    let mut columns = Vec::new();
    if by_class {
        columns.push(Column::words(t::CLASS.of(lang)));
    }
    columns.extend([
        Column::words(k::COLUMN_KPI.of(lang)),
        Column::words(t::ID.of(lang)),
        Column::figures(k::COLUMN_VALUE.of(lang)),
        Column::figures(t::BEFORE.of(lang)),
        Column::figures(t::CHANGE.of(lang)),
        Column::figures(k::COLUMN_TARGET.of(lang)),
        Column::words(k::COLUMN_VERDICT.of(lang)),
        Column::figures(t::HITS.of(lang)),
        Column::figures(k::COLUMN_CASES.of(lang)),
        Column::figures(t::LOW.of(lang)),
        Column::figures(t::HIGH.of(lang)),
        Column::figures(t::NOT_DUE.of(lang)),
        Column::words(t::PART.of(lang)),
        Column::sentences(t::CAUSE.of(lang)),
    ]);
    let entries = groups.flat_map(|g| report.group(g)).filter(|e| !by_class || e.tells());
    let title = if by_class { t::CLASSES } else { t::FIGURES };
    Table {
        title: title.of(lang).to_owned(),
        note: String::new(),
        empty: t::NO_CLASSES.of(lang).to_owned(),
        columns,
        rows: entries.map(|entry| whole(report, &entry, by_class, lang)).collect(),
    }
}

fn whole(report: &Report, entry: &Entry<'_>, by_class: bool, lang: Lang) -> Vec<Cell> {
    let (kpi, row) = (entry.kpi, entry.row);
    let f = &row.figure;
    let number = |value: Option<f64>| {
        Cell::number(value, style(kpi), value.map(|v| k::value(kpi, v, lang)).unwrap_or_default())
    };
    let before = report.value_before(entry);
    let changed = change(kpi, f.value, before);
    let mut cells = Vec::new();
    if by_class {
        cells.push(Cell::text(k::whose(entry.segment, lang)));
    }
    cells.extend([
        Cell::text(k::name(kpi.id, lang)),
        Cell::text(kpi.id).toned(Tone::Dim),
        number(f.value),
        number(before),
        Cell::number(
            changed.map(|c| c.0),
            changed.map_or(Style::Tenths, |c| Style::of(c.1)),
            changed.map(|c| t::change(c.0, c.1, lang)).unwrap_or_default(),
        ),
        number(row.target),
        Cell::text(k::told(f, row.verdict, lang)).toned(tone(row)),
        Cell::count(f.k),
        Cell::count(f.n.or(f.cases)),
        number(f.low),
        number(f.high),
        Cell::count(f.pending),
        Cell::text(k::group(kpi.group).of(lang)).toned(Tone::Dim),
        Cell::text(causes(report, entry, lang).join("\n")),
    ]);
    cells
}

/// The values of the trend: the figures of the main table over the periods.
pub fn trend(report: &Report, lang: Lang) -> Table {
    let mut columns = vec![Column::words(k::COLUMN_KPI.of(lang))];
    columns.extend(report.trail.iter().map(|past| Column::figures(past.period.label())));
    let entries = report.entries();
    let rows = entries.iter().map(|entry| {
        let mut cells = vec![Cell::text(full_name(entry, lang))];
        cells.extend(report.values(entry).into_iter().map(|value| {
            let text = value.map(|v| k::value(entry.kpi, v, lang)).unwrap_or_default();
            Cell::number(value, style(entry.kpi), text)
        }));
        cells
    });
    Table {
        title: t::TREND.of(lang).to_owned(),
        note: String::new(),
        empty: t::NO_TREND.of(lang).to_owned(),
        columns,
        rows: rows.collect(),
    }
}

/// How every figure of the main table is counted.
pub fn formulas(report: &Report, lang: Lang) -> Table {
    let entries = report.entries();
    let rows = entries.iter().filter(|e| e.group == 0).map(|entry| {
        let formula = k::words(entry.kpi.id).map_or("", |w| w.formula.of(lang));
        vec![Cell::text(k::name(entry.kpi.id, lang)), Cell::text(formula).toned(Tone::Dim)]
    });
    Table {
        title: t::FORMULAS.of(lang).to_owned(),
        note: t::FORMULAS_NOTE.of(lang).to_owned(),
        empty: String::new(),
        columns: vec![Column::words(k::COLUMN_KPI.of(lang)), Column::sentences(t::COUNTED.of(lang))],
        rows: rows.collect(),
    }
}
