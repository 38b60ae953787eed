//! Pane 5, view *Alarms*: the gravest on top with its clock and how far its steps are; below the list what fired the one
//! under the cursor, its steps, who answers for it and the keys that deal with it.

use chrono::NaiveTime;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use super::complaints::{clock_style, moment};
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::board::alarms::Alarms;
use crate::domain::clock::from_ms;
use crate::domain::complaint::Clock;
use crate::i18n::legend::Page;
use crate::i18n::{alarms as t, complaints, words};
use crate::store::request::AlarmRow;

const MINUTE: i64 = 60_000;

const LIST: &[shelf::Head] = &[
    (t::LEVEL, 8, 0, 0, false),
    (t::ALARM, 18, 1, 0, false),
    (t::ABOUT, 16, 2, 1, false),
    (t::START, 16, 0, 0, false),
    (t::STEPS, 5, 0, 2, false),
    (t::STATE, 14, 0, 3, false),
    (t::OWNER, 8, 0, 4, false),
    (t::RAISED, 11, 0, 5, false),
];

/// On the smallest screen: what it is, with the sign of its level, and whom it is about.
const NARROW: &[shelf::Head] = &[(t::ALARM, 18, 1, 0, false), (t::ABOUT, 14, 2, 0, false)];
/// From so many cells on the other columns have room.
const ROOMY: u16 = 60;

/// What stands beside the names of the views.
pub fn hint(c: &Canvas, view: &Alarms) -> String {
    let rows = Alarms::rows(c.shared);
    let late = rows.iter().filter(|row| row.overdue).count();
    let key = c.shared.key(Command::AlarmRange);
    let which = complaints::which(view.which).of(c.lang());
    if late > 0 {
        return t::HEAD_LATE.with(c.lang(), &[&which, &rows.len(), &late, &key]);
    }
    t::HEAD.with(c.lang(), &[&which, &rows.len(), &key])
}

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Alarms) {
    if failed(c, area, Slot::Alarms) {
        return;
    }
    let shown = (Alarms::rows(c.shared), view.cursor);
    let (columns, rows) = if area.width < ROOMY {
        shelf::laid(c, NARROW, area.width, shown, |i, row| narrow(c, i, row))
    } else {
        shelf::laid(c, LIST, area.width, shown, |i, row| cell(c, i, row))
    };
    let none = shelf::none(
        c,
        Page::Alarms,
        Slot::Alarms,
        &t::NONE.with(c.lang(), &[&c.shared.key(Command::AlarmRange), &c.shared.key(Command::New)]),
    );
    let y = list(c, area, &columns, &rows, &none);
    if let Some(row) = view.row(c.shared) {
        let parts = of_alarm(c, row);
        below(c, area, y, &parts);
    }
}

fn level(c: &Canvas, row: &AlarmRow) -> (String, Style) {
    let theme = c.theme;
    let (sign, style) = match (row.state.as_str(), row.level.as_str()) {
        ("closed", _) => ("·", theme.dim),
        (_, "high") => ("▲", theme.bad),
        (_, "medium") => ("△", theme.warn),
        _ => ("·", theme.text),
    };
    (format!("{sign} {}", words::word("severity", &row.level, c.lang())), style)
}

fn narrow(c: &Canvas, column: usize, row: &AlarmRow) -> Cell {
    if column > 0 {
        return Cell::new(t::about(row, c.lang()), c.theme.text);
    }
    let (said, style) = level(c, row);
    let sign = said.split(' ').next().unwrap_or_default();
    Cell::new(format!("{sign} {}", t::rule(&row.rule).of(c.lang())), style)
}

fn clock(c: &Canvas, row: &AlarmRow) -> (String, Style) {
    let text = t::clock(row, c.shared.now.ms(), c.lang());
    let style = match (row.state.as_str(), row.ticked.done) {
        ("closed", _) => c.theme.dim,
        (_, 0) => clock_style(c, Clock::Runs { left: row.start_by - c.shared.now.ms() }),
        _ => c.theme.good,
    };
    (text, style)
}

fn state(c: &Canvas, row: &AlarmRow) -> (String, Style) {
    let style = match row.state.as_str() {
        "closed" => c.theme.dim,
        "raised" => c.theme.warn,
        _ => c.theme.text,
    };
    (t::state(row, c.lang()), if row.climbed > 0 && row.state != "closed" { c.theme.bad } else { style })
}

fn cell(c: &Canvas, column: usize, row: &AlarmRow) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    let of = |(text, style): (String, Style)| Cell::new(text, style);
    match column {
        0 => of(level(c, row)),
        1 => {
            let style = if row.mine && row.state != "closed" { theme.strong } else { theme.text };
            Cell::new(t::rule(&row.rule).of(lang), style)
        }
        2 => Cell::new(t::about(row, lang), theme.text),
        3 => of(clock(c, row)),
        4 => {
            let (done, all) = row.ticked.count();
            Cell::new(format!("{done}/{all}"), if done == all { theme.good } else { theme.text })
        }
        5 => of(state(c, row)),
        6 => Cell::new(row.climbed_to.clone().unwrap_or_else(|| row.owner.clone()), theme.dim),
        _ => Cell::new(moment(c, row.raised_at), theme.dim),
    }
}

fn of_alarm(c: &Canvas, row: &AlarmRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: &str, text: String, style: Style| {
        if !text.is_empty() {
            parts.push((label.to_owned(), text, style));
        }
    };
    // the period of what happens once is an instant or a number of its own, and says nothing
    let once = row.period.contains(':') || row.period.len() >= 13 && row.period.parse::<i64>().is_ok();
    let period = if once { String::new() } else { row.period.clone() };
    let mut about = vec![t::rule(&row.rule).of(lang).to_owned(), t::about(row, lang), period];
    if row.customer.is_none() && row.segment.is_none() && row.person.is_none() {
        about.remove(1);
    }
    if let Some(code) = &row.code {
        about.insert(1, code.clone());
    }
    about.retain(|part| !part.is_empty());
    let (_, style) = level(c, row);
    add(t::ALARM.of(lang), about.join(" · "), style);
    add(t::FIRED.of(lang), t::facts(row, lang), theme.text);
    add(t::NOTE.of(lang), row.note.clone().unwrap_or_default(), theme.text);
    let (text, style) = clock(c, row);
    // what is due by a day ends with it
    let midnight = c.shared.now.zone.local(from_ms(row.start_by)).time() == NaiveTime::MIN;
    let by = format!("{} · {text}", moment(c, row.start_by - if midnight { MINUTE } else { 0 }));
    add(t::START.of(lang), by, style);
    let who = format!("{} {}", t::post(&row.post).of(lang), row.owner);
    let up = row.climbed_to.as_ref().map(|up| format!(" → {up}")).unwrap_or_default();
    add(t::OWNER.of(lang), format!("{who}{up}"), theme.text);
    for (at, (step, done)) in row.ticked.each().enumerate() {
        let label = if at == 0 { t::STEPS.of(lang) } else { "" };
        let (said, style) = if done { (t::STEP_DONE, theme.good) } else { (t::STEP_OPEN, theme.text) };
        add(label, said.with(lang, &[&t::step(step).of(lang)]), style);
    }
    let (text, style) = state(c, row);
    let by = row.acknowledged_by.as_ref().map(|by| format!(" · {by}")).unwrap_or_default();
    add(t::STATE.of(lang), format!("{text}{by}"), style);
    add(t::RESULT.of(lang), row.result.clone().unwrap_or_default(), theme.text);
    if let Some(at) = row.closed_at {
        let by = row.closed_by.as_ref().map(|by| format!(" · {by}")).unwrap_or_default();
        add(t::CLOSED.of(lang), format!("{}{by}", moment(c, at)), theme.dim);
    } else {
        let keys = [Command::Acknowledge, Command::Act, Command::Done, Command::CloseAlarm, Command::Open];
        let [seen, does, tick, close, open] = &keys.map(|command| c.shared.key(command));
        add(t::WHAT_NOW.of(lang), t::KEYS.with(lang, &[seen, does, tick, close, open]), theme.accent);
    }
    parts
}
