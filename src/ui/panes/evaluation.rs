//! Pane 5, view *Evaluation*: what was carried out with its state; inside one its lines against baseline and target, and
//! its suggestions; below them all that is written of the line under the cursor.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::board::evaluation::{Entry, Evaluations};
use crate::domain::kpi::Verdict;
use crate::domain::review::Standing;
use crate::i18n::legend::Page;
use crate::i18n::{Text, format, review as t, words};
use crate::store::request::{Evaluation, EvaluationRow, LineRow, SuggestionRow};

const LIST: &[shelf::Head] = &[
    (t::NAME, 20, 2, 0, false),
    (t::WHEN, 13, 0, 4, false),
    (t::DUE, 9, 0, 1, false),
    (t::STATE, 12, 0, 0, false),
    (t::VERDICTS, 8, 0, 2, true),
    (t::SUGGESTIONS, 8, 0, 3, true),
    (t::OWNER, 8, 0, 5, false),
];
const INSIDE: &[shelf::Head] = &[
    (t::DIMENSION, 12, 0, 5, false),
    (t::METRIC, 18, 2, 0, false),
    (t::TARGET, 9, 0, 1, true),
    (t::BASELINE, 9, 0, 4, true),
    (t::ACTUAL, 9, 0, 0, true),
    (t::DIFFERENCE, 12, 0, 3, true),
    (t::VERDICT, 14, 0, 2, false),
];

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Evaluations) {
    let head = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let slot = if view.at.open.is_some() { Slot::Evaluation } else { Slot::Evaluations };
    if failed(c, head, slot) {
        return;
    }
    let heads = if view.at.open.is_some() { INSIDE } else { LIST };
    if let Some(shown) = view.shown(c.shared) {
        title(c, area, shown);
    }
    let entries = view.entries(c.shared);
    let cursor = if view.at.open.is_some() { view.at.inside } else { view.at.list };
    let (columns, rows) =
        shelf::laid(c, heads, area.width, (&entries, cursor), |i, entry| cell(c, i, entry, view));
    let none = shelf::none(c, Page::Evaluation, Slot::Evaluations, c.say(t::NONE));
    let y = list(c, head, &columns, &rows, &none);
    if let Some(entry) = entries.get(cursor.at) {
        let parts = parts(c, entry, view);
        below(c, area, y, &parts);
    }
}

/// What the evaluation is of, and against what it is held.
fn title(c: &mut Canvas, area: Rect, shown: &Evaluation) {
    let (lang, today, theme) = (c.lang(), c.shared.now.today(), c.theme);
    let days = t::days(shown.row.period, today);
    let against = match &shown.baseline {
        Some(base) => t::AGAINST.with(lang, &[&days, &t::days(base.period, today)]),
        None => t::AGAINST_NOTHING.with(lang, &[&days]),
    };
    let x = c.line(area, (area.x + 1, area.y), &[(shown.row.name.as_str(), theme.strong)]) + 2;
    c.line(area, (x, area.y), &[(against.as_str(), theme.dim)]);
}

fn verdict_style(c: &Canvas, verdict: Option<Verdict>) -> Style {
    match verdict {
        Some(Verdict::Met) => c.theme.good,
        Some(Verdict::Missed) => c.theme.bad,
        Some(Verdict::Unclear) => c.theme.warn,
        _ => c.theme.text,
    }
}

fn cell(c: &Canvas, column: usize, entry: &Entry, view: &Evaluations) -> Cell {
    match entry {
        Entry::Activity(row) => activity(c, column, row),
        Entry::Suggestion(row) if view.at.open.is_some() => suggested(c, column, row),
        Entry::Suggestion(row) => loose(c, column, row),
        Entry::Line(row) => line(c, column, row, &view.standing(row, c.shared)),
    }
}

fn activity(c: &Canvas, column: usize, row: &EvaluationRow) -> Cell {
    let (lang, theme, today) = (c.lang(), c.theme, c.shared.now.today());
    let late = row.late(today);
    let part = |(k, n): (i64, i64)| {
        if n == 0 { "–".to_owned() } else { t::MET_OF.with(lang, &[&k, &n]) }
    };
    match column {
        0 => Cell::new(row.name.clone(), theme.text),
        1 => {
            let (from, last) = (row.period.from.format("%m-%d"), row.period.last().format("%m-%d"));
            Cell::new(format!("{from}–{last}"), theme.dim)
        }
        2 => Cell::new(format::day(row.due, today), if late { theme.bad } else { theme.text }),
        3 if late => Cell::new(format!("! {}", c.say(t::OVERDUE)), theme.bad),
        3 => {
            let style =
                if matches!(row.state.as_str(), "done" | "concluded") { theme.good } else { theme.text };
            Cell::new(words::word("evaluation", &row.state, lang), style)
        }
        4 => Cell::new(part((row.verdicts.0, row.verdicts.0 + row.verdicts.1)), theme.text),
        5 => Cell::new(part(row.suggestions), theme.text),
        _ => Cell::new(row.owner.clone(), theme.dim),
    }
}

/// A suggestion that follows from no evaluation, in the list of what was done.
fn loose(c: &Canvas, column: usize, row: &SuggestionRow) -> Cell {
    let (theme, today) = (c.theme, c.shared.now.today());
    match column {
        0 => Cell::new(format!("{} · {}", row.direction, row.measure), theme.text),
        1 => Cell::new(c.say(t::SUGGESTIONS), theme.dim),
        2 => Cell::new(format::day(row.due, today), if late(c, row) { theme.bad } else { theme.text }),
        3 => state(c, row),
        6 => Cell::new(row.owner.clone(), theme.dim),
        _ => Cell::new("", theme.text),
    }
}

fn late(c: &Canvas, row: &SuggestionRow) -> bool {
    !row.done && row.due < c.shared.now.today()
}

fn state(c: &Canvas, row: &SuggestionRow) -> Cell {
    let theme = c.theme;
    if row.done {
        Cell::new(format!("✓ {}", c.say(t::DONE)), theme.good)
    } else if late(c, row) {
        Cell::new(format!("! {}", c.say(t::OVERDUE)), theme.bad)
    } else {
        Cell::new(c.say(t::OPEN), theme.text)
    }
}

/// A suggestion inside an evaluation.
fn suggested(c: &Canvas, column: usize, row: &SuggestionRow) -> Cell {
    let (theme, today) = (c.theme, c.shared.now.today());
    match column {
        0 => Cell::new(c.say(t::SUGGESTIONS), theme.dim),
        1 => Cell::new(format!("{} · {}", row.direction, row.measure), theme.text),
        2 => Cell::new(format::day(row.due, today), if late(c, row) { theme.bad } else { theme.text }),
        4 => Cell::new(row.owner.clone(), theme.text),
        6 => state(c, row),
        _ => Cell::new("", theme.text),
    }
}

fn line(c: &Canvas, column: usize, row: &LineRow, standing: &Standing) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => Cell::new(words::word("dimension", &row.dimension, lang), theme.dim),
        1 => Cell::new(t::metric(&row.metric, &row.segment, lang), theme.text),
        2 => Cell::new(t::target(&row.metric, standing, row.target.as_deref(), lang), theme.dim),
        3 => Cell::new(t::value(&row.metric, standing.baseline, lang), theme.text),
        4 => Cell::new(t::value(&row.metric, standing.actual, lang), verdict_style(c, standing.verdict)),
        5 => Cell::new(t::difference(&row.metric, standing, lang), theme.text),
        _ => Cell::new(t::verdict(standing.verdict, lang), verdict_style(c, standing.verdict)),
    }
}

/// All that is written of a line, and what can be done with it.
fn parts(c: &Canvas, entry: &Entry, view: &Evaluations) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let key = |command: Command| c.shared.key(command);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, text: Option<String>, style: Style| {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    match entry {
        Entry::Activity(row) => {
            add(t::CONCLUSION, row.result.clone(), theme.text);
            let hint = match row.state.as_str() {
                "none" | "concluded" => t::NOT_BEGUN.with(lang, &[&key(Command::Open)]),
                "open" => t::OPEN_HINT.with(lang, &[&key(Command::Open), &key(Command::Done)]),
                _ => t::CLOSED_HINT.with(lang, &[&key(Command::Open), &key(Command::Done)]),
            };
            add(t::STATE, Some(hint), theme.accent);
        }
        Entry::Suggestion(row) => {
            add(t::DIRECTION, Some(row.direction.clone()), theme.text);
            add(t::MEASURE, Some(row.measure.clone()), theme.text);
            add(t::OWNER, Some(row.owner.clone()), theme.text);
            let change = row.edit.as_ref().map(|edit| {
                let class = words::word(&edit.scheme, &edit.class, lang);
                if row.applied.is_some() { t::APPLIED } else { t::PREPARED }.with(lang, &[&class])
            });
            add(t::STATE, change, theme.text);
            let keys = [&key(Command::Edit), &key(Command::Done), &key(Command::Open)];
            add(t::STATE, Some(t::SUGGESTION_HINT.with(lang, &[keys[0], keys[1], keys[2]])), theme.accent);
        }
        Entry::Line(row) => {
            add(t::CAUSE, row.cause.clone(), theme.text);
            let result = view.shown(c.shared).and_then(|e| e.row.result.clone());
            add(t::CONCLUSION, result, theme.text);
            let keys = [&key(Command::Edit), &key(Command::Why), &key(Command::Open)];
            add(t::STATE, Some(t::LINE_HINT.with(lang, &[keys[0], keys[1], keys[2]])), theme.accent);
        }
    }
    parts
}
