//! Pane 4: the strategy table of a scheme with its live figures, and below it everything of the class under the cursor.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::shelf;
use super::super::widgets::table::{self, Cell, Column, Row};
use crate::app::command::Command;
use crate::app::popup::rules;
use crate::domain::strategy::is_overrun;
use crate::i18n::{format, matrix as t, shipped, words};
use crate::store::request::StrategyRow;

const COLUMNS: &[shelf::Head] = &[
    (t::CLASS, 12, 0, 0, false),
    (t::ACCOUNTS, 8, 0, 1, true),
    (t::ON_CADENCE, 8, 0, 2, true),
    (t::DUE_WEEK, 8, 0, 3, true),
    (t::RHYTHM, 24, 3, 4, false),
    (t::HEAD_LOAD, 12, 0, 5, false),
    (t::SPENT, 8, 0, 6, true),
    (t::FEASIBLE, 8, 0, 7, true),
    (t::BUDGET, 10, 0, 8, true),
    (t::GOAL, 16, 3, 10, false),
    (t::CAP, 10, 0, 9, false),
    (t::POST, 10, 1, 11, false),
];

/// Draws the table of a scheme.
pub fn draw(c: &mut Canvas, area: Rect, scheme: &str, rows: &[StrategyRow], on: usize) {
    let theme = c.theme;
    let name = words::word("scheme", scheme, c.lang());
    let title = t::TITLE.with(c.lang(), &[&name]);
    let end = c.line(area, (area.x + 1, area.y), &[(title.as_str(), theme.strong)]);
    if let Some(row) = rules::proposed(c.shared) {
        let by: Vec<&str> = row.proposals.iter().map(|p| p.by.as_str()).collect();
        let scheme = words::word("scheme", &row.scheme, c.lang());
        let key = c.shared.key(Command::Rules);
        let said = t::RULES_PROPOSED.with(c.lang(), &[&format::list(&by, c.lang()), &scheme, &key]);
        c.line(area, (end + 2, area.y), &[(said.as_str(), theme.warn)]);
    } else {
        season(c, area, end + 2);
    }
    if rows.is_empty() {
        c.put(area, (area.x + table::GUTTER, area.y + 2), area.width, c.say(t::NO_ROWS), theme.dim);
        return;
    }
    let kept = shelf::columns(c, COLUMNS, area.width, rows, |i, row| cell(c, i, scheme, row));
    let columns: Vec<Column> = kept.iter().map(|(_, column)| column.clone()).collect();
    let shown: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| Row {
            cells: kept.iter().map(|(k, _)| cell(c, *k, scheme, row)).collect(),
            on: i == on,
            mark: false,
        })
        .collect();
    let top = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let y = table::draw(c, top, &columns, &shown);
    if let Some(row) = rows.get(on)
        && y + 1 < area.bottom()
    {
        c.rule(area, y);
        details(
            c,
            Rect {
                x: area.x + 1,
                y: y + 1,
                width: area.width.saturating_sub(2),
                height: area.bottom() - y - 1,
            },
            row,
        );
    }
}

/// The festival or season that lies over the table now, or the one that wants to be prepared.
fn season(c: &mut Canvas, area: Rect, x: u16) {
    let Some(rows) = c.shared.feeds.overlays() else { return };
    let today = c.shared.now.today();
    let lang = c.lang();
    let Some(row) = rows.iter().find(|r| r.active).or_else(|| rows.iter().find(|r| r.wants_care)) else {
        return;
    };
    let Some(span) = row.span else { return };
    let (from, until) = (format::day(span.from, today), format::day(span.until, today));
    let (words, style) = if row.active {
        (
            t::SEASON_NOW
                .with(lang, &[&shipped::said(&row.name, lang), &until, &shipped::said(&row.content, lang)]),
            c.theme.good,
        )
    } else {
        (
            t::SEASON_CARE
                .with(lang, &[&shipped::said(&row.name, lang), &from, &c.shared.key(Command::Festivals)]),
            c.theme.warn,
        )
    };
    c.line(area, (x, area.y), &[(words.as_str(), style)]);
}

fn cell(c: &Canvas, column: usize, scheme: &str, row: &StrategyRow) -> Cell {
    let theme = c.theme;
    let lang = c.lang();
    let share = |percent: Option<i64>| percent.map_or("–".to_owned(), |p| format!("{p}%"));
    match column {
        0 => {
            let style = if scheme == "segment" { theme.segment(Some(&row.class)) } else { theme.text };
            let lacks = if row.missing.is_empty() { "" } else { " !" };
            Cell::new(format!("{}{lacks}", words::word(scheme, &row.class, lang)), style)
        }
        1 => Cell::new(format::count(row.accounts), theme.text),
        // as a share, since a number alone says nothing
        2 => Cell::new(share((row.on_cadence * 100).checked_div(row.clocked)), theme.text),
        3 if row.clocked == 0 => Cell::new("–", theme.dim),
        3 => Cell::new(format::count(row.due_week), theme.text),
        4 => Cell::new(t::rhythm(row, lang), theme.text),
        5 => {
            let per_head = row.accounts.checked_div(row.heads).filter(|_| row.load.is_some());
            let (sign, style) = match (row.over.is_empty(), row.under.is_empty()) {
                (false, _) => ("✗ ", theme.bad),
                (true, false) => ("▽ ", theme.warn),
                _ => ("✓ ", theme.good),
            };
            match per_head.zip(row.load) {
                Some((n, (low, high))) => Cell::new(format!("{sign}{n}/{low}–{high}"), style),
                None => Cell::new("–", theme.dim),
            }
        }
        6 => {
            let over = row.spent.zip(row.budget).is_some_and(|(s, b)| is_overrun(s.0, b.0 * row.accounts));
            let over = over && row.accounts > 0 && row.spent_percent.is_some();
            let sign = if over { "✗ " } else { "" };
            Cell::new(
                format!("{sign}{}", share(row.spent_percent)),
                if over { theme.bad } else { theme.text },
            )
        }
        7 => {
            let above = row.feasible_percent.is_some_and(|p| p > 100);
            let sign = if above { "▲ " } else { "" };
            let style = if above { theme.warn } else { theme.text };
            Cell::new(format!("{sign}{}", share(row.feasible_percent)), style)
        }
        8 => Cell::new(or_dash(t::budget(row, lang)), theme.text),
        9 => Cell::new(shipped::said(&row.goal, lang), theme.text),
        10 => Cell::new(or_dash(t::cap(row, lang)), theme.text),
        _ => Cell::new(row.person.as_deref().unwrap_or_else(|| shipped::said(&row.post, lang)), theme.dim),
    }
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

/// Everything of one class, line by line.
fn details(c: &mut Canvas, area: Rect, row: &StrategyRow) {
    let theme = c.theme;
    let lang = c.lang();
    let channels: Vec<&str> = row.channels.iter().map(|id| words::word("channel", id, lang)).collect();
    let said = |text: &str| shipped::said(text, lang).to_owned();
    let post = said(&row.post);
    let who = row.person.as_ref().map_or(post.clone(), |p| format!("{post} {p}"));
    let parts = [
        (t::LACKS, t::lacks(row, lang)),
        (t::GOAL, said(&row.goal)),
        (t::RHYTHM, t::rhythm(row, lang)),
        (t::LOAD, t::load(row, lang)),
        (t::BUDGET, t::budget(row, lang)),
        (t::SPENT, t::spent(row, lang)),
        (t::FEASIBLE, t::feasible(row, lang)),
        (t::CHANNELS, format::list(&channels, lang)),
        (t::CAP, t::cap(row, lang)),
        (t::POST, who),
        (t::CONTENT, said(&row.content)),
        (t::RESOURCES, said(&row.resources)),
        (t::SCENE, said(&row.scene)),
        (t::SCRIPT, row.script.clone()),
        (t::SOURCE, t::source(&row.source, lang)),
    ];
    let label = parts.iter().map(|(l, _)| text::width(l.of(c.lang()))).max().unwrap_or(0);
    let label = u16::try_from(label).unwrap_or(0).min(area.width / 3);
    let cells = area.width.saturating_sub(label + 2);
    let mut y = area.y;
    for (name, value) in parts.iter().filter(|(_, v)| !v.is_empty()) {
        if y >= area.bottom() {
            return;
        }
        for (i, line) in text::wrap(value, usize::from(cells), 3).iter().enumerate() {
            if i == 0 {
                c.put(area, (area.x, y), label, name.of(c.lang()), theme.dim);
            }
            c.put(area, (area.x + label + 2, y), cells, line, theme.text);
            y += 1;
        }
    }
}
