//! Pane 3, view *Requests*: what departments ask of each other, those to mine first, each with its clock.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use super::complaints::{clock_style, moment};
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::ledger::requests::Requests;
use crate::domain::complaint::Clock;
use crate::domain::requests;
use crate::i18n::legend::Page;
use crate::i18n::{Text, complaints as t, words};
use crate::store::request::RequestRow;

const LIST: &[shelf::Head] = &[
    (t::CLOCK, 15, 0, 0, false),
    (t::WHAT, 18, 3, 0, false),
    (t::CUSTOMER, 14, 1, 1, false),
    (t::WAY, 22, 1, 2, false),
    (t::STATE, 9, 0, 3, false),
    (t::TAKEN_BY, 8, 0, 4, false),
    (t::ASKED, 11, 0, 5, false),
];

/// What stands beside the names of the views.
pub fn head(c: &Canvas, view: &Requests) -> String {
    let rows = Requests::rows(c.shared);
    let key = c.shared.key(Command::Whole);
    t::HEAD.with(c.lang(), &[&t::which(view.which).of(c.lang()), &rows.len(), &key])
}

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Requests) {
    if failed(c, area, Slot::Requests) {
        return;
    }
    let (columns, rows) =
        shelf::laid(c, LIST, area.width, (Requests::rows(c.shared), view.cursor), |i, row| cell(c, i, row));
    let none = shelf::none(
        c,
        Page::Requests,
        Slot::Requests,
        &t::NO_REQUESTS.with(c.lang(), &[&c.shared.key(Command::New)]),
    );
    let y = list(c, area, &columns, &rows, &none);
    if let Some(row) = view.row(c.shared) {
        let parts = of_request(c, row);
        below(c, area, y, &parts);
    }
}

fn clock(c: &Canvas, row: &RequestRow) -> Clock {
    requests::clock(row.asked_at, row.due_at, row.answered_at, c.shared.now.ms())
}

fn cell(c: &Canvas, column: usize, row: &RequestRow) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => Cell::new(t::clock(clock(c, row), lang), clock_style(c, clock(c, row))),
        1 => {
            let style = if row.inbox { theme.strong } else { theme.text };
            Cell::new(row.text.replace('\n', " "), style)
        }
        2 => Cell::new(row.name.clone(), theme.text),
        3 => Cell::new(t::way(row, lang), theme.dim),
        4 => {
            let style = match row.state.as_str() {
                "open" if row.inbox => theme.warn,
                "answered" if row.mine => theme.good,
                "refused" => theme.warn,
                "closed" => theme.dim,
                _ => theme.text,
            };
            Cell::new(words::word("request", &row.state, lang), style)
        }
        5 => Cell::new(row.taken_by.clone().unwrap_or_default(), theme.dim),
        _ => Cell::new(moment(c, row.asked_at), theme.dim),
    }
}

fn of_request(c: &Canvas, row: &RequestRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, text: Option<String>, style: Style| {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    add(t::CUSTOMER, Some(format!("{} · {}", row.code, row.name)), theme.strong);
    add(t::WHAT, Some(row.text.clone()), theme.text);
    add(t::ENTRY, row.touch.clone(), theme.dim);
    add(t::WAY, Some(t::way(row, lang)), theme.text);
    add(t::ASKED, Some(moment(c, row.asked_at)), theme.text);
    let clock = clock(c, row);
    let verdict = if clock.is_late() { t::TOO_LATE } else { t::ON_TIME };
    let said = format!("{} · {}", moment(c, row.due_at), t::clock(clock, lang));
    let said = if row.answered_at.is_some() { format!("{said} · {}", verdict.of(lang)) } else { said };
    add(t::CLOCK, Some(said), clock_style(c, clock));
    add(t::TAKEN_BY, row.taken_by.clone(), theme.text);
    let answer = row.answer.as_ref().map(|answer| match &row.answered_by {
        Some(who) => format!("{who}: {answer}"),
        None => answer.clone(),
    });
    let none = (row.state != "closed").then(|| t::ANSWER_FIRST.of(lang).to_owned());
    add(t::ANSWER, answer.or(none), theme.text);
    if row.state != "closed" {
        let keys = [Command::Take, Command::Answer, Command::End, Command::Done]
            .map(|command| c.shared.key(command));
        let [take, answer, refuse, next] = &keys;
        add(t::NEXT_STEP, Some(t::REQUEST_STEPS.with(lang, &[take, answer, refuse, next])), theme.accent);
    }
    parts
}
