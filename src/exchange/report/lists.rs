//! The lists of a report in a language: alarms, causes, what was evaluated and how it stands, suggestions. Unlike figures they are
//! written by people; every text in them stays a text.

use super::lines::{style, verdict_tone};
use super::paper::{Cell, Column, Style, Table, Tone};
use crate::domain::clock::from_ms;
use crate::domain::review::{Standing, is_share, like};
use crate::i18n::{Lang, alarms as a, kpi as k, report as t, review as r, words};
use crate::store::request::{AlarmRow, CauseRow, Judged, LineRow, Report};

/// Why figures were what they were (F47).
pub fn causes(report: &Report, lang: Lang) -> Table {
    let row = |cause: &CauseRow| {
        vec![
            Cell::text(k::name(&cause.kpi, lang)),
            Cell::text(k::whose(&cause.segment, lang)),
            Cell::text(cause.period.named().label()),
            Cell::text(cause.text.as_str()),
            Cell::text(cause.by.as_str()),
            Cell::day(report.zone.day(from_ms(cause.at))),
        ]
    };
    Table {
        title: t::CAUSES.of(lang).to_owned(),
        note: String::new(),
        empty: t::NO_CAUSES.of(lang).to_owned(),
        columns: vec![
            Column::words(k::COLUMN_KPI.of(lang)),
            Column::words(t::CLASS.of(lang)),
            Column::words(t::PERIOD.of(lang)),
            Column::sentences(t::CAUSE.of(lang)),
            Column::words(t::WRITTEN_BY.of(lang)),
            Column::figures(t::WRITTEN_ON.of(lang)),
        ],
        rows: report.causes.iter().map(row).collect(),
    }
}

/// Alarms and how they ended (G56).
pub fn alarms(report: &Report, lang: Lang) -> Table {
    let at = |ms: i64| Cell::at(report.zone.local(from_ms(ms)));
    let row = |alarm: &AlarmRow| {
        let (done, all) = alarm.ticked.count();
        let tone = match (alarm.state.as_str(), alarm.overdue) {
            ("closed", _) => Tone::Good,
            (_, true) => Tone::Bad,
            _ => Tone::Plain,
        };
        vec![
            at(alarm.raised_at),
            Cell::text(words::word("severity", &alarm.level, lang)),
            Cell::text(a::rule(&alarm.rule).of(lang)),
            Cell::text(a::about(alarm, lang)),
            Cell::text(a::facts(alarm, lang)),
            Cell::text(alarm.owner.as_str()),
            at(alarm.start_by),
            Cell::text(format!("{done}/{all}")),
            Cell::text(a::state(alarm, lang)).toned(tone),
            alarm.closed_at.map_or_else(|| Cell::text(""), at),
            Cell::text(alarm.result.clone().unwrap_or_default()),
        ]
    };
    Table {
        title: t::ALARMS.of(lang).to_owned(),
        note: t::ALARMS_NOTE.of(lang).to_owned(),
        empty: t::NO_ALARMS.of(lang).to_owned(),
        columns: vec![
            Column::figures(a::RAISED.of(lang)),
            Column::words(a::LEVEL.of(lang)),
            Column::words(a::ALARM.of(lang)),
            Column::sentences(a::ABOUT.of(lang)),
            Column::sentences(a::FIRED.of(lang)),
            Column::words(a::OWNER.of(lang)),
            Column::figures(a::START.of(lang)),
            Column::figures(a::STEPS.of(lang)),
            Column::words(a::STATE.of(lang)),
            Column::figures(a::CLOSED.of(lang)),
            Column::sentences(a::RESULT.of(lang)),
        ],
        rows: report.alarms.iter().map(row).collect(),
    }
}

/// What was carried out and has to be evaluated (A129).
pub fn activities(report: &Report, lang: Lang) -> Table {
    let row = |judged: &Judged| {
        let row = &judged.evaluation.row;
        let state = words::word("evaluation", &row.state, lang);
        let late = row.late(report.zone.day(from_ms(report.kpis.as_of)));
        vec![
            Cell::text(row.name.as_str()),
            Cell::day(row.period.from),
            Cell::day(row.period.last()),
            Cell::text(row.owner.as_str()),
            Cell::day(row.due),
            if late { Cell::text(t::LATE.with(lang, &[&state])).toned(Tone::Bad) } else { Cell::text(state) },
            Cell::text(row.result.clone().unwrap_or_default()),
        ]
    };
    Table {
        title: t::ACTIVITIES.of(lang).to_owned(),
        note: t::ACTIVITIES_NOTE.of(lang).to_owned(),
        empty: t::NO_ACTIVITIES.of(lang).to_owned(),
        columns: vec![
            Column::words(t::ACTIVITY.of(lang)),
            Column::figures(t::FROM.of(lang)),
            Column::figures(t::LAST.of(lang)),
            Column::words(t::OWNER.of(lang)),
            Column::figures(t::EVALUATE_BY.of(lang)),
            Column::words(t::EVALUATION_STATE.of(lang)),
            Column::sentences(t::RESULT.of(lang)),
        ],
        rows: report.evaluations.iter().map(row).collect(),
    }
}

/// The evaluation table: dimension, metric, target, what was reached (A129, H19).
pub fn evaluation(report: &Report, lang: Lang) -> Table {
    let rows = report.evaluations.iter().flat_map(|judged| {
        let name = judged.evaluation.row.name.as_str();
        let lines = judged.evaluation.lines.iter().zip(&judged.standings);
        lines.map(move |(line, standing)| evaluated(name, line, standing, lang))
    });
    Table {
        title: t::EVALUATION.of(lang).to_owned(),
        note: String::new(),
        empty: t::NO_EVALUATION.of(lang).to_owned(),
        columns: vec![
            Column::words(t::ACTIVITY.of(lang)),
            Column::words(t::DIMENSION.of(lang)),
            Column::words(t::METRIC.of(lang)),
            Column::figures(t::BASELINE.of(lang)),
            Column::figures(k::COLUMN_TARGET.of(lang)),
            Column::figures(t::REACHED.of(lang)),
            Column::figures(t::DIFFERENCE.of(lang)),
            Column::words(k::COLUMN_VERDICT.of(lang)),
            Column::sentences(t::CAUSE.of(lang)),
        ],
        rows: rows.collect(),
    }
}

fn evaluated(name: &str, line: &LineRow, standing: &Standing, lang: Lang) -> Vec<Cell> {
    let metric = line.metric.as_str();
    let shown = like(metric).map_or(Style::Tenths, style);
    let number = |value: Option<f64>| match value {
        None => Cell::text("—").toned(Tone::Dim),
        Some(_) => Cell::number(value, shown, r::value(metric, value, lang)),
    };
    let target = r::target(metric, standing, line.target.as_deref(), lang);
    let (far, by) = if is_share(metric) {
        (standing.difference.map(|d| d * 100.0), Style::Gap)
    } else {
        (standing.difference, Style::Difference)
    };
    vec![
        Cell::text(name),
        Cell::text(words::word("dimension", &line.dimension, lang)),
        Cell::text(r::metric(metric, &line.segment, lang)),
        number(standing.baseline),
        // a target in words is kept as it was written
        match standing.target {
            Some(_) => Cell::number(standing.target, shown, target),
            None => Cell::text(target),
        },
        number(standing.actual),
        Cell::number(far, by, r::difference(metric, standing, lang)),
        Cell::text(r::verdict(standing.verdict, lang)).toned(verdict_tone(standing.verdict)),
        Cell::text(line.cause.clone().unwrap_or_default()),
    ]
}

/// What is to be done better (A130).
pub fn suggestions(report: &Report, lang: Lang) -> Table {
    let today = report.zone.day(from_ms(report.kpis.as_of));
    let rows = report.suggestions.iter().map(|row| {
        let state = match (row.done, row.due < today) {
            (true, _) => Cell::text(t::DONE.of(lang)).toned(Tone::Good),
            (false, true) => Cell::text(t::OVERDUE.of(lang)).toned(Tone::Bad),
            (false, false) => Cell::text(t::OPEN.of(lang)),
        };
        vec![
            Cell::text(row.direction.as_str()),
            Cell::text(row.measure.as_str()),
            Cell::text(row.of.clone().unwrap_or_else(|| t::OF_THE_BOARD.of(lang).to_owned())),
            Cell::text(row.owner.as_str()),
            Cell::day(row.due),
            state,
        ]
    });
    Table {
        title: t::SUGGESTIONS.of(lang).to_owned(),
        note: String::new(),
        empty: t::NO_SUGGESTIONS.of(lang).to_owned(),
        columns: vec![
            Column::words(t::DIRECTION.of(lang)),
            Column::sentences(t::MEASURE.of(lang)),
            Column::words(t::FOLLOWS_FROM.of(lang)),
            Column::words(t::OWNER.of(lang)),
            Column::figures(t::DUE.of(lang)),
            Column::words(t::STATE_OF.of(lang)),
        ],
        rows: rows.collect(),
    }
}
