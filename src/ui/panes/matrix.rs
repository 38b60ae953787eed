//! Pane 4: the strategy table of a scheme with its live figures, and below it everything of the class under the cursor.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::table::{self, Cell, Column, Row, Wish};
use crate::i18n::{Text, format, matrix as t, shipped, words};
use crate::store::request::StrategyRow;

/// Heading, least cells, growth, what yields first, figures to the right.
const COLUMNS: &[(Text, u16, u16, u8, bool)] = &[
    (t::CLASS, 10, 0, 0, false),
    (t::ACCOUNTS, 8, 0, 1, true),
    (t::ON_CADENCE, 8, 0, 2, true),
    (t::GOAL, 18, 3, 5, false),
    (t::RHYTHM, 24, 3, 3, false),
    (t::CAP, 10, 0, 4, false),
    (t::BUDGET, 10, 0, 6, true),
    (t::POST, 10, 1, 7, false),
];

/// Draws the table of a scheme.
pub fn draw(c: &mut Canvas, area: Rect, scheme: &str, rows: &[StrategyRow], on: usize) {
    let theme = c.theme;
    let name = words::word("scheme", scheme, c.lang());
    c.put(area, (area.x + 1, area.y), area.width, &t::TITLE.with(c.lang(), &[&name]), theme.strong);
    if rows.is_empty() {
        c.put(area, (area.x + table::GUTTER, area.y + 2), area.width, c.say(t::NO_ROWS), theme.dim);
        return;
    }
    let wishes: Vec<Wish> = COLUMNS
        .iter()
        .map(|(heading, width, grow, yields, _)| Wish {
            width: (*width).max(u16::try_from(text::width(heading.of(c.lang()))).unwrap_or(0)),
            grow: *grow,
            yields: *yields,
        })
        .collect();
    let kept = table::allot(&wishes, area.width.saturating_sub(1));
    let columns: Vec<Column> = kept
        .iter()
        .filter_map(|(i, width)| {
            let (heading, .., right) = COLUMNS.get(*i)?;
            Some(Column { heading: heading.of(c.lang()).to_owned(), width: *width, right: *right })
        })
        .collect();
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
            scheme,
            row,
        );
    }
}

fn cell(c: &Canvas, column: usize, scheme: &str, row: &StrategyRow) -> Cell {
    let theme = c.theme;
    match column {
        0 => {
            let style = if scheme == "segment" { theme.segment(Some(&row.class)) } else { theme.text };
            Cell::new(words::word(scheme, &row.class, c.lang()), style)
        }
        1 => Cell::new(format::count(row.accounts), theme.text),
        2 => {
            // as a share, since a number alone says nothing
            let share = (row.on_cadence * 100)
                .checked_div(row.accounts)
                .map_or("–".to_owned(), |p| format!("{p}%"));
            Cell::new(share, theme.text)
        }
        3 => Cell::new(shipped::said(&row.goal, c.lang()), theme.text),
        4 => Cell::new(rhythm(c, row), theme.text),
        5 => Cell::new(cap(c, row), theme.text),
        6 => Cell::new(budget(c, row), theme.text),
        _ => Cell::new(shipped::said(&row.post, c.lang()), theme.dim),
    }
}

fn rhythm(c: &Canvas, row: &StrategyRow) -> String {
    let parts: Vec<String> = row
        .touches
        .iter()
        .map(|(kind, ideal, worst)| {
            let days = if ideal == worst { ideal.to_string() } else { format!("{ideal}~{worst}") };
            format!("{} {days}", words::word("touch", kind, c.lang()))
        })
        .collect();
    parts.join(" · ")
}

fn cap(c: &Canvas, row: &StrategyRow) -> String {
    row.cap
        .as_ref()
        .map_or("–".to_owned(), |(n, window)| format!("{n} {}", words::word("cap", window, c.lang())))
}

fn budget(c: &Canvas, row: &StrategyRow) -> String {
    let bound = row.bound.as_deref().map_or("", |b| words::word("bound", b, c.lang()));
    // a word needs a blank, a sign none
    let gap = if bound.is_ascii() && !bound.is_empty() { " " } else { "" };
    row.budget.map_or("–".to_owned(), |fen| format!("{bound}{gap}{}", format::yuan(fen)))
}

/// Everything of one class, line by line.
fn details(c: &mut Canvas, area: Rect, scheme: &str, row: &StrategyRow) {
    let theme = c.theme;
    let channels: Vec<&str> = row.channels.iter().map(|id| words::word("channel", id, c.lang())).collect();
    let load = row.load.map_or(String::new(), |(low, high)| format!("{low}–{high}"));
    let post = shipped::said(&row.post, c.lang());
    let who = row.person.as_ref().map_or(post.to_owned(), |p| format!("{post} {p}"));
    let parts = [
        (t::CLASS, words::word(scheme, &row.class, c.lang()).to_owned()),
        (t::GOAL, shipped::said(&row.goal, c.lang()).to_owned()),
        (t::RHYTHM, rhythm(c, row)),
        (t::CHANNELS, format::list(&channels, c.lang())),
        (t::CAP, cap(c, row)),
        (t::BUDGET, budget(c, row)),
        (t::POST, who),
        (t::LOAD, load),
        (t::SCENE, shipped::said(&row.scene, c.lang()).to_owned()),
        (t::CONTENT, shipped::said(&row.content, c.lang()).to_owned()),
        (t::SCRIPT, row.script.clone()),
        (t::SOURCE, row.source.clone()),
    ];
    let label = parts.iter().map(|(l, _)| text::width(l.of(c.lang()))).max().unwrap_or(0);
    let label = u16::try_from(label).unwrap_or(0).min(area.width / 3);
    let cells = area.width.saturating_sub(label + 2);
    let mut y = area.y;
    for (name, value) in parts.iter().filter(|(_, v)| !v.is_empty()) {
        for (i, line) in text::wrap(value, usize::from(cells), 3).iter().enumerate() {
            if i == 0 {
                c.put(area, (area.x, y), label, name.of(c.lang()), theme.dim);
            }
            c.put(area, (area.x + label + 2, y), cells, line, theme.text);
            y += 1;
        }
    }
}
