//! Pane 3, view *Complaints*: what runs out first on top, both clocks in words with their sign, and below the list the whole
//! course of the complaint under the cursor.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::ledger::complaints::Complaints;
use crate::domain::clock::from_ms;
use crate::domain::complaint::{Clock, Line};
use crate::i18n::legend::Page;
use crate::i18n::{Text, complaints as t, format, words};
use crate::store::request::ComplaintRow;

const LIST: &[shelf::Head] = &[
    (t::ANSWER_LINE, 15, 0, 0, false),
    (t::SOLUTION_LINE, 15, 0, 1, false),
    (t::CUSTOMER, 16, 1, 0, false),
    (t::SUMMARY, 16, 3, 2, false),
    (t::SEVERITY, 8, 0, 4, false),
    (t::STATE, 14, 0, 3, false),
    (t::HANDLER, 8, 0, 5, false),
    (t::RECEIVED, 11, 0, 6, false),
];

/// What stands beside the names of the views.
pub fn head(c: &Canvas, view: &Complaints) -> String {
    let rows = Complaints::rows(c.shared);
    let hours = c.shared.feeds.complaints().map(|c| c.hours).unwrap_or_default();
    let now = c.shared.now.ms();
    let open = |row: &&ComplaintRow| row.course.next(hours).is_some();
    let late = |row: &&ComplaintRow| {
        [Line::Answer, Line::Solution]
            .iter()
            .any(|line| matches!(row.course.clock(*line, hours, now), Clock::Runs { left } if left < 0))
    };
    let late = rows.iter().filter(open).filter(late).count();
    let key = c.shared.key(Command::Whole);
    let which = t::which(view.which).of(c.lang());
    if late > 0 {
        return t::HEAD_LATE.with(c.lang(), &[&which, &rows.len(), &late, &key]);
    }
    t::HEAD.with(c.lang(), &[&which, &rows.len(), &key])
}

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Complaints) {
    if failed(c, area, Slot::Complaints) {
        return;
    }
    let (columns, rows) =
        shelf::laid(c, LIST, area.width, (Complaints::rows(c.shared), view.cursor), |i, row| cell(c, i, row));
    let none = shelf::none(
        c,
        Page::Complaints,
        Slot::Complaints,
        &t::NO_COMPLAINTS.with(c.lang(), &[&c.shared.key(Command::New), &c.shared.key(Command::Whole)]),
    );
    let y = list(c, area, &columns, &rows, &none);
    if let Some(row) = view.row(c.shared) {
        let parts = of_complaint(c, row);
        below(c, area, y, &parts);
    }
}

/// How a clock is meant.
pub fn clock_style(c: &Canvas, clock: Clock) -> Style {
    const SOON: i64 = 4 * 60 * 60 * 1000;
    match clock {
        Clock::Met { late: false, .. } => c.theme.good,
        Clock::Met { late: true, .. } => c.theme.warn,
        Clock::Runs { left } if left < 0 => c.theme.bad,
        Clock::Runs { left } if left < SOON => c.theme.warn,
        Clock::Runs { .. } => c.theme.text,
        Clock::Stopped => c.theme.dim,
    }
}

fn clock(c: &Canvas, row: &ComplaintRow, line: Line) -> (String, Style) {
    let hours = c.shared.feeds.complaints().map(|c| c.hours).unwrap_or_default();
    let clock = row.course.clock(line, hours, c.shared.now.ms());
    (t::clock(clock, c.lang()), clock_style(c, clock))
}

/// An instant as day and time.
pub fn moment(c: &Canvas, at: i64) -> String {
    let now = c.shared.now;
    let local = now.zone.local(from_ms(at));
    format!("{} {}", format::day(local.date(), now.today()), format::time(local.time()))
}

fn state(c: &Canvas, row: &ComplaintRow) -> (String, Style) {
    let theme = c.theme;
    if let Some(ended) = &row.ended {
        return (words::word("ended", ended, c.lang()).to_owned(), theme.dim);
    }
    let style = match row.state.as_str() {
        "open" => theme.bad,
        "resolved" => theme.good,
        _ => theme.warn,
    };
    (words::word("complaint", &row.state, c.lang()).to_owned(), style)
}

fn cell(c: &Canvas, column: usize, row: &ComplaintRow) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 | 1 => {
            let (text, style) = clock(c, row, if column == 0 { Line::Answer } else { Line::Solution });
            Cell::new(text, style)
        }
        2 => Cell::new(row.name.clone(), theme.text),
        3 => {
            let subject =
                row.subject.as_ref().map_or_else(String::new, |s| format!("{} · ", t::category(s, lang)));
            Cell::new(format!("{subject}{}", row.summary.replace('\n', " ")), theme.text)
        }
        4 => {
            let style = if row.severity == "high" { theme.bad } else { theme.text };
            Cell::new(words::word("severity", &row.severity, lang), style)
        }
        5 => {
            let (text, style) = state(c, row);
            Cell::new(text, style)
        }
        6 => Cell::new(row.handler.clone().unwrap_or_default(), theme.dim),
        _ => Cell::new(moment(c, row.opened_at), theme.dim),
    }
}

fn of_complaint(c: &Canvas, row: &ComplaintRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, text: Option<String>, style: Style| {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    let day = |day: chrono::NaiveDate| format::near_day(day, c.shared.now.today(), lang);
    let segment = row.segment.as_deref().map_or("", |id| words::word("segment", id, lang));
    let severity = words::word("severity", &row.severity, lang);
    let subject = row.subject.as_deref().map_or("", |subject| t::category(subject, lang));
    let who = [row.code.as_str(), &row.name, segment, subject, severity];
    let who: Vec<&str> = who.into_iter().filter(|w| !w.is_empty()).collect();
    add(t::CUSTOMER, Some(who.join(" · ")), theme.strong);
    add(t::SUMMARY, Some(row.summary.clone()), theme.text);
    add(t::RECEIVED, Some(moment(c, row.opened_at)), theme.text);
    let passed = |line: Line, at: Option<i64>| {
        let (text, style) = clock(c, row, line);
        (at.map_or(text.clone(), |at| format!("{} · {text}", moment(c, at))), style)
    };
    let (text, style) = passed(Line::Answer, row.responded_at);
    add(t::ANSWER_LINE, Some(text), style);
    let (text, style) = passed(Line::Solution, row.solved_at);
    let solution = row.solution.as_ref().map(|solution| format!("{text} · {solution}"));
    add(t::SOLUTION, Some(solution.unwrap_or(text)), style);
    add(t::REPAIR, row.repair.clone(), theme.text);
    add(t::RECHECK, row.recheck_on.filter(|_| row.state != "resolved").map(day), theme.warn);
    add(t::FOUND, row.recheck.clone(), theme.text);
    add(t::ORDER, row.order_code.clone(), theme.text);
    let (text, style) = state(c, row);
    let closed = row.closed_at.map_or(text.clone(), |at| format!("{text} · {}", moment(c, at)));
    add(t::STATE, Some(closed), style);
    add(t::HANDLER, row.handler.clone(), theme.text);
    if row.state != "resolved" {
        let keys = [Command::Answer, Command::Solve, Command::Done, Command::Take, Command::End]
            .map(|command| c.shared.key(command));
        let [answer, solve, next, take, end] = &keys;
        add(t::NEXT_STEP, Some(t::STEPS.with(lang, &[answer, solve, next, take, end])), theme.accent);
    }
    parts
}
