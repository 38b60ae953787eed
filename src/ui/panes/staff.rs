//! Pane 5, view *People*: load, promises and the points of the month of everybody one answers for; inside one the sheet,
//! line by line with what was counted.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Part, below, failed, list};
use super::super::widgets::table::Cell;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::board::staff::People;
use crate::domain::staff::{Hands, Line, Part as Counted};
use crate::i18n::legend::Page;
use crate::i18n::{format, staff as t, words};
use crate::store::request::{ClassCount, StaffRow};

const LIST: &[shelf::Head] = &[
    (t::NAME, 10, 1, 0, false),
    (t::ROLE, 10, 0, 5, false),
    (t::CUSTOMERS, 9, 0, 1, true),
    (t::LOAD, 18, 0, 0, false),
    (t::TIMELY, 8, 0, 2, true),
    (t::KEPT, 8, 0, 2, true),
    (t::RESPONSE, 8, 0, 3, true),
    (t::POINTS, 13, 0, 0, true),
];
const SHEET: &[shelf::Head] = &[
    (t::METRIC, 24, 1, 0, false),
    (t::WEIGHT, 6, 0, 1, true),
    (t::CASES, 12, 0, 2, true),
    (t::SHARE, 8, 0, 0, true),
    (t::POINTS, 10, 0, 0, true),
];

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &People, period: &str) {
    let head = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if failed(c, head, Slot::Staff) {
        return;
    }
    let theme = c.theme;
    let weights = People::weights(c.shared);
    let Some(row) = view.row(c.shared).filter(|_| view.at.open.is_some()) else {
        c.line(area, (area.x + 1, area.y), &[(period, theme.strong)]);
        let (columns, rows) =
            shelf::laid(c, LIST, area.width, (People::rows(c.shared), view.at.list), |i, row| {
                person(c, i, row, weights)
            });
        let none = shelf::none(c, Page::People, Slot::Staff, c.say(t::NONE));
        let y = list(c, head, &columns, &rows, &none);
        if let Some(row) = view.row(c.shared) {
            let parts = parts(c, row);
            below(c, area, y, &parts);
        }
        return;
    };
    let sheet = row.sheet(weights);
    let total = t::POINTS_OF.with(c.lang(), &[&t::points(sheet.points), &sheet.of]);
    let x = c.line(area, (area.x + 1, area.y), &[(row.name.as_str(), theme.strong), ("  ", theme.dim)]);
    c.line(area, (x, area.y), &[(period, theme.dim), ("  ", theme.dim), (total.as_str(), theme.strong)]);
    let lines: Vec<Entry> =
        sheet.lines.iter().map(Entry::Metric).chain(row.classes.iter().map(Entry::Class)).collect();
    let (columns, rows) = shelf::laid(c, SHEET, area.width, (&lines, view.at.inside), |i, line| match line {
        Entry::Metric(line) => metric(c, i, line),
        Entry::Class(class) => of_class(c, i, class),
    });
    let y = list(c, head, &columns, &rows, c.say(t::NONE));
    let parts = judged(c, row);
    below(c, area, y, &parts);
}

/// A line inside a person: one of the sheet, or how many customers of a class they have.
enum Entry<'r> {
    Metric(&'r Line),
    Class(&'r ClassCount),
}

/// A share as it is read; of few cases the count alone (C9).
fn share(part: Counted) -> String {
    match (part.n, part.share()) {
        (1..5, _) => format!("{}/{}", part.k, part.n),
        (_, Some(share)) => {
            format!("{:.1}%", crate::domain::kpi::stats::rounded(share * 100.0, 1))
        }
        _ => "–".to_owned(),
    }
}

fn hands_style(c: &Canvas, hands: Hands) -> Style {
    match hands {
        Hands::Over => c.theme.bad,
        Hands::Full => c.theme.good,
        Hands::Free | Hands::Unknown => c.theme.text,
    }
}

fn person(c: &Canvas, column: usize, row: &StaffRow, weights: [i64; 4]) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => Cell::new(row.name.clone(), theme.text),
        1 => Cell::new(words::word("role", &row.role, lang), theme.dim),
        2 => Cell::new(format::count(row.customers()), theme.text),
        3 => {
            let (hands, percent) = row.hands();
            Cell::new(t::hands(hands, percent, lang), hands_style(c, hands))
        }
        4 => Cell::new(share(row.entries), theme.text),
        5 => Cell::new(share(row.promises), theme.text),
        6 => Cell::new(share(row.response), theme.text),
        _ => {
            let sheet = row.sheet(weights);
            let points = t::POINTS_OF.with(lang, &[&t::points(sheet.points), &sheet.of]);
            Cell::new(if sheet.of == 0 { "–".to_owned() } else { points }, theme.text)
        }
    }
}

fn metric(c: &Canvas, column: usize, line: &Line) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => Cell::new(words::word("sheet", line.id, lang), theme.text),
        1 => Cell::new(format!("{}%", line.weight), theme.dim),
        2 if line.part.n > 0 => Cell::new(format!("{}/{}", line.part.k, line.part.n), theme.text),
        3 => Cell::new(share(line.part), theme.text),
        4 => Cell::new(line.points.map_or_else(|| "–".to_owned(), t::points), theme.strong),
        _ => Cell::new("–", theme.dim),
    }
}

/// The customers of a class, with the range of them that one person keeps.
fn of_class(c: &Canvas, column: usize, (class, count, range): &ClassCount) -> Cell {
    let theme = c.theme;
    match column {
        0 => Cell::new(t::CUSTOMERS_OF.with(c.lang(), &[&class_name(c, class)]), theme.text),
        2 => Cell::new(format::count(*count), theme.text),
        3 => match range {
            Some((low, high)) => {
                let over = *count > *high;
                Cell::new(format!("{low}–{high}"), if over { theme.bad } else { theme.dim })
            }
            None => Cell::new("", theme.dim),
        },
        _ => Cell::new("", theme.dim),
    }
}

fn class_name<'a>(c: &Canvas, class: &'a str) -> &'a str {
    let scheme = c.shared.feeds.staff().map_or("segment", |staff| staff.scheme);
    let id = Some(class).filter(|id| !id.is_empty());
    crate::i18n::scheme::class(scheme, id, c.lang())
}

/// The classes of a person's customers, the note of the month, and the keys.
fn parts(c: &Canvas, row: &StaffRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let known = row.classes.iter().filter(|(class, ..)| !class.is_empty());
    let said = known.map(|(class, count, range)| {
        let class = class_name(c, class);
        match range {
            Some((low, high)) => t::CLASS_OF.with(lang, &[&class, count, low, high]),
            None => t::CLASS_PLAIN.with(lang, &[&class, count]),
        }
    });
    let classes = said.collect::<Vec<String>>().join(" · ");
    let mut parts = vec![(c.say(t::CLASSES).to_owned(), classes, theme.text)];
    parts.extend(judged(c, row));
    parts
}

/// The note of the month, and the keys.
fn judged(c: &Canvas, row: &StaffRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let judged = match (&row.note, row.judged) {
        (Some(note), Some(_)) => note.clone(),
        (None, Some(score)) => score.to_string(),
        (_, None) => t::NOT_JUDGED.with(lang, &[&c.shared.key(Command::Edit)]),
    };
    let keys = t::HINT.with(lang, &[&c.shared.key(Command::Open), &c.shared.key(Command::Legend)]);
    vec![(c.say(t::NOTE).to_owned(), judged, theme.text), (String::new(), keys, theme.accent)]
}
