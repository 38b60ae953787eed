//! Pane 4, view *Plans*: the list with how far each plan has come; inside one its tasks, resources, targets and earlier
//! versions, and below them what the plan says.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use super::campaigns::state_style;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::matrix::plans::{Line, Plans, progress};
use crate::domain::clock::from_ms;
use crate::i18n::legend::Page;
use crate::i18n::{Text, campaigns as t, fields, format, group, words};
use crate::store::request::PlanRow;

const LIST: &[shelf::Head] = &[
    (t::NAME, 18, 2, 0, false),
    (t::STATE, 9, 0, 1, false),
    (t::FOR, 16, 1, 3, false),
    (t::PERIOD, 13, 0, 5, false),
    (t::PROGRESS, 18, 0, 2, false),
    (t::VERSION, 7, 0, 6, true),
    (t::OWNER, 8, 0, 4, false),
];
const INSIDE: &[shelf::Head] = &[
    (t::KIND, 10, 0, 2, false),
    (t::WHAT, 24, 2, 0, false),
    (t::WHEN, 11, 0, 1, false),
    (t::WHO, 8, 0, 3, false),
    (t::STATE, 12, 0, 1, false),
];

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Plans) {
    let head = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if failed(c, head, Slot::Plans) {
        return;
    }
    if view.at.open.is_some() {
        return inside(c, area, head, view);
    }
    let (columns, rows) =
        shelf::laid(c, LIST, area.width, (Plans::rows(c.shared), view.at.list), |i, plan| cell(c, i, plan));
    let none =
        shelf::none(c, Page::Plans, Slot::Plans, &t::NO_PLANS.with(c.lang(), &[&c.shared.key(Command::New)]));
    let y = list(c, head, &columns, &rows, &none);
    if let Some(plan) = view.plan(c.shared) {
        let parts = of_plan(c, plan);
        below(c, area, y, &parts);
    }
}

/// For whom a plan is.
fn whom(c: &Canvas, plan: &PlanRow) -> String {
    let group = plan.filter.as_ref().map(|f| group::shown(f, c.lang()));
    group.or_else(|| plan.customer.as_ref().map(|(_, name)| name.clone())).unwrap_or_default()
}

fn cell(c: &Canvas, column: usize, plan: &PlanRow) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => Cell::new(plan.name.clone(), theme.text),
        1 => Cell::new(words::word("plan", &plan.state, lang), state_style(c, &plan.state)),
        2 => Cell::new(whom(c, plan), theme.text),
        3 => {
            let (from, until) = (plan.starts_on.format("%m-%d"), plan.ends_on.format("%m-%d"));
            Cell::new(format!("{from}–{until}"), theme.dim)
        }
        4 => {
            let progress = progress(plan, c.shared);
            let done = t::DONE_OF.with(lang, &[&progress.done, &progress.all]);
            if progress.late > 0 && plan.state == "running" {
                Cell::new(format!("{done} · {}", t::LATE.with(lang, &[&progress.late])), theme.bad)
            } else {
                Cell::new(if progress.all == 0 { "–".to_owned() } else { done }, theme.text)
            }
        }
        5 => Cell::new(plan.version.to_string(), theme.dim),
        _ => Cell::new(plan.owner.clone(), theme.dim),
    }
}

fn of_plan(c: &Canvas, plan: &PlanRow) -> Vec<Part> {
    let (lang, text) = (c.lang(), c.theme.text);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, value: Option<String>, style: Style| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            parts.push((label.of(lang).to_owned(), value, style));
        }
    };
    let channels: Vec<&str> = plan.channels.iter().map(|id| words::word("channel", id, lang)).collect();
    add(t::FOR, Some(whom(c, plan)), text);
    add(t::GOAL, plan.goal.clone(), text);
    let relation = plan.relation.as_deref().map(|id| words::word("relation", id, lang).to_owned());
    add(t::RELATION, relation, text);
    add(t::CONTENT, plan.content.clone(), text);
    add(t::CHANNELS, Some(format::list(&channels, lang)), text);
    add(t::FREQUENCY, plan.frequency.clone(), text);
    add(t::PROBLEMS, plan.problems.clone(), text);
    add(t::REPORT, plan.report.clone(), text);
    add(t::VERSION, Some(version(c, t::WRITTEN, plan)), c.theme.dim);
    add(t::STATE, Some(t::TURN.with(lang, &[&c.shared.key(Command::Send)])), c.theme.accent);
    parts
}

fn version(c: &Canvas, text: Text, plan: &PlanRow) -> String {
    let now = c.shared.now;
    let day = format::day(now.zone.day(from_ms(plan.written.0)), now.today());
    text.with(c.lang(), &[&plan.version, &day, &plan.written.1])
}

/// Draws what hangs on a plan.
fn inside(c: &mut Canvas, area: Rect, head: Rect, view: &Plans) {
    let Some(plan) = view.plan(c.shared) else { return };
    let theme = c.theme;
    let progress = progress(plan, c.shared);
    let done = t::DONE_OF.with(c.lang(), &[&progress.done, &progress.all]);
    let x = c.line(area, (area.x + 1, area.y), &[(plan.name.as_str(), theme.strong)]) + 2;
    c.line(area, (x, area.y), &[(done.as_str(), theme.text)]);
    let lines = view.lines(c.shared);
    let (columns, rows) =
        shelf::laid(c, INSIDE, area.width, (&lines, view.at.inside), |i, line| line_cell(c, i, line));
    let how = t::NOTHING_IN_PLAN.with(c.lang(), &[&c.shared.key(Command::New)]);
    let y = list(c, head, &columns, &rows, &how);
    // what the plan is for shows below the sentence, too
    let y = if lines.is_empty() { head.y + 2 } else { y };
    let shown = match lines.get(view.at.inside.at) {
        Some(Line::Earlier(earlier)) => *earlier,
        _ => plan,
    };
    let parts = of_plan(c, shown);
    below(c, area, y, &parts);
}

fn line_cell(c: &Canvas, column: usize, line: &Line<'_>) -> Cell {
    let (lang, theme, today) = (c.lang(), c.theme, c.shared.now.today());
    match (column, line) {
        (0, Line::Task(_)) => Cell::new(t::TASK.of(lang), theme.dim),
        (0, Line::Resource(part)) => Cell::new(words::word("resource", &part.kind, lang), theme.dim),
        (0, Line::Target(_)) => {
            Cell::new(fields::label(crate::domain::field::Field::TargetKpi).of(lang), theme.dim)
        }
        (0, Line::Earlier(_)) => Cell::new(t::VERSION.of(lang), theme.dim),
        (1, Line::Task(task)) => Cell::new(task.text.clone(), if task.done { theme.dim } else { theme.text }),
        (1, Line::Resource(part)) => Cell::new(part.text.clone(), theme.text),
        (1, Line::Target(part)) => Cell::new(format!("{} {}", part.kind, part.text), theme.text),
        (1, Line::Earlier(plan)) => Cell::new(version(c, t::EARLIER, plan), theme.dim),
        (2, Line::Task(task)) => Cell::new(format::day(task.due, today), theme.text),
        (2, Line::Resource(part)) => Cell::new(part.note.clone().unwrap_or_default(), theme.text),
        (3, Line::Task(task)) => Cell::new(task.owner.clone(), theme.text),
        (4, Line::Task(task)) if task.done => Cell::new(format!("✓ {}", t::DONE.of(lang)), theme.good),
        (4, Line::Task(task)) if task.due < today => {
            Cell::new(format!("! {}", t::OVERDUE.of(lang)), theme.bad)
        }
        (4, Line::Task(_)) => Cell::new(t::OPEN.of(lang), theme.text),
        (4, Line::Resource(part)) => {
            Cell::new(part.amount.map_or_else(String::new, format::yuan), theme.text)
        }
        (4, Line::Target(part)) => {
            let actual = part.note.as_ref().map(|note| t::ACTUAL.with(lang, &[note]));
            Cell::new(actual.unwrap_or_default(), theme.text)
        }
        _ => Cell::new("", theme.text),
    }
}
