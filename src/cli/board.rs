//! `guanxi board`: the counts of a period: a month, an ISO week, a quarter, a year, or from a day to a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde::Serialize;

use super::shell::{Done, Shell, Stop};
use super::table::Side;
use crate::domain::clock::{Now, Zone, from_ms};
use crate::domain::kpi::{Group, Kpi, Period, kpi};
use crate::domain::money::Fen;
use crate::i18n::{Lang, Text, cli as t, format, kpi as k, report};
use crate::store::request::{Answer, Board, Figure, KpiQuery, KpiRow, Kpis, Query};

/// What each figure is called.
const FIGURES: &[(&str, Text)] = &[
    ("customers", t::FIG_CUSTOMERS),
    ("new", t::FIG_NEW),
    ("touches", t::FIG_TOUCHES),
    ("answered", t::FIG_ANSWERED),
    ("due", t::FIG_DUE),
    ("done", t::FIG_DONE),
    ("overdue", t::FIG_OVERDUE),
    ("breaches", t::FIG_BREACHES),
    ("late", t::FIG_LATE),
    ("orders", t::FIG_ORDERS),
    ("revenue", t::FIG_REVENUE),
    ("cost", t::FIG_COST),
];

/// Shows the board: the KPIs against their targets, then the plain counts.
pub fn board(shell: &mut Shell, period: Option<&str>, as_of: Option<&str>) -> Done {
    let lang = shell.lang;
    let mut desk = shell.read()?;
    if let Some(text) = as_of {
        desk.now = known(text, desk.now, lang)?;
    }
    let today = desk.now.today();
    let typed = period.map_or_else(|| today.format("%Y-%m").to_string(), ToOwned::to_owned);
    let period = read_period(&typed, lang)?;
    if period.from > today {
        return Err(Stop::Usage(report::AHEAD.with(lang, &[&period.label()])));
    }
    let query = KpiQuery { period, as_of: as_of.map(|_| desk.now.ms()) };
    let asked = shell.patiently(t::COUNTING_FIRST, || desk.ask(&Query::Kpis(query)))?;
    let Answer::Kpis(kpis) = asked else { return Ok(()) };
    if let Some(kept) = &kpis.fresh {
        // who may not write to the file counts again next time
        drop(desk.store.keep(kept));
    }
    if shell.json {
        return shell.document(&document(&kpis, desk.now.zone));
    }
    let known = desk.now.zone.local(from_ms(kpis.as_of)).format("%Y-%m-%d %H:%M").to_string();
    shell.line(&k::HEAD.with(lang, &[&period.label(), &known]));
    figures(shell, &kpis);
    let Answer::Board(board) = desk.ask(&Query::Board(period))? else { return Ok(()) };
    shell.line("");
    counts(shell, &board);
    Ok(())
}

/// The KPIs of every group of customers; maintenance, expansion and the work itself stand apart (F45).
fn figures(shell: &mut Shell, kpis: &Kpis) {
    let lang = shell.lang;
    let parts = [Group::Maintenance, Group::Expansion, Group::Work];
    for (group, part) in kpis.groups.iter().flat_map(|group| parts.map(|part| (group, part))) {
        let rows: Vec<Vec<String>> = group
            .rows
            .iter()
            .filter(|row| group.segment.is_empty() || row.figure.value.is_some() || row.figure.masked)
            .filter_map(|row| Some((kpi(&row.figure.id)?, row)))
            .filter(|(kpi, _)| kpi.group == part)
            .map(|(kpi, row)| cells(kpi, row, lang))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let name = k::whose(group.segment, lang);
        let title = format!("{name} · {}", k::group(part).of(lang));
        shell.line("");
        print(
            shell,
            &[
                (title.as_str(), Side::Left),
                (k::COLUMN_VALUE.of(lang), Side::Right),
                (k::COLUMN_TARGET.of(lang), Side::Right),
                (k::COLUMN_CASES.of(lang), Side::Right),
                (k::COLUMN_VERDICT.of(lang), Side::Left),
            ],
            &rows,
        );
    }
}

/// The plain counts of the period.
fn counts(shell: &mut Shell, board: &Board) {
    let lang = shell.lang;
    let rows: Vec<Vec<String>> = board.figures.iter().map(|figure| counted(figure, lang)).collect();
    print(
        shell,
        &[(t::FIGURE.of(lang), Side::Left), (t::VALUE.of(lang), Side::Right), ("", Side::Left)],
        &rows,
    );
    let line = |label: String, touches: i64, answered: i64| {
        vec![label, format::count(touches), format::count(answered)]
    };
    let people: Vec<Vec<String>> = board
        .people
        .iter()
        .map(|(name, touches, answered)| line(name.clone(), *touches, *answered))
        .collect();
    if !people.is_empty() {
        shell.line("");
        let (touches, answered) = (t::TOUCHED.of(lang), t::ANSWERED.of(lang));
        print(
            shell,
            &[(t::PERSON.of(lang), Side::Left), (touches, Side::Right), (answered, Side::Right)],
            &people,
        );
    }
}

fn print(shell: &mut Shell, head: &[(&str, Side)], rows: &[Vec<String>]) {
    shell.table(head, rows);
}

/// One KPI as a line: name, value, target, cases, and the verdict or why there is no value.
fn cells(kpi: &Kpi, row: &KpiRow, lang: Lang) -> Vec<String> {
    let figure = &row.figure;
    vec![
        k::name(kpi.id, lang).to_owned(),
        k::shown(kpi, figure, lang),
        row.target.map_or_else(String::new, |target| k::target(kpi, target, lang)),
        k::cases(figure),
        k::told(figure, row.verdict, lang),
    ]
}

fn counted(figure: &Figure, lang: Lang) -> Vec<String> {
    let label = FIGURES.iter().find(|(id, _)| *id == figure.id).map_or(figure.id, |(_, text)| text.of(lang));
    let money = matches!(figure.id, "revenue" | "cost");
    let value = if figure.masked {
        crate::i18n::board::MASKED.of(lang).to_owned()
    } else if money {
        Fen(figure.value).yuan_grouped()
    } else {
        format::count(figure.value)
    };
    let of = figure.of.map_or_else(String::new, |of| format!("/ {}", format::count(of)));
    vec![label.to_owned(), value, of]
}

/// The board for machines (kpis.md section 4).
#[derive(Serialize)]
struct Document<'a> {
    period: String,
    as_of: String,
    kpis: &'a [KpiRow],
    segments: BTreeMap<&'a str, &'a [KpiRow]>,
}

fn document(kpis: &Kpis, zone: Zone) -> Document<'_> {
    let segments = kpis.groups.iter().filter(|g| !g.segment.is_empty());
    Document {
        period: kpis.period.label(),
        as_of: zone.written(from_ms(kpis.as_of)),
        kpis: kpis.group(""),
        segments: segments.map(|g| (g.segment, g.rows.as_slice())).collect(),
    }
}

/// The period that was typed.
pub fn read_period(text: &str, lang: Lang) -> Result<Period, Stop> {
    Period::read(text).ok_or_else(|| Stop::Usage(t::NO_PERIOD.with(lang, &[&text])))
}

/// The present as it stood at the instant that was typed.
pub fn known(text: &str, now: Now, lang: Lang) -> Result<Now, Stop> {
    let at = instant(text, now.zone).ok_or_else(|| Stop::Usage(t::NO_INSTANT.with(lang, &[&text])))?;
    Ok(Now { at, ..now })
}

fn instant(text: &str, zone: Zone) -> Option<DateTime<chrono::Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    // a day alone: its last moment
    let day: NaiveDate = text.parse().ok()?;
    zone.end(day).checked_sub_signed(chrono::TimeDelta::milliseconds(1))
}
