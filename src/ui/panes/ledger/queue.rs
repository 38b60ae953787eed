//! The list of follow-ups: which columns there is room for, its lines, and the reason of what is under the cursor where its
//! column cannot hold it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::canvas::Canvas;
use super::super::super::text;
use super::super::super::widgets::shelf;
use super::super::super::widgets::table::{self, Cell, Column, Row, Wish};
use super::{NARROW, Spec};
use crate::app::command::Command;
use crate::app::cursor::Cursor;
use crate::app::panes::ledger::{Line, lines, top};
use crate::app::room;
use crate::domain::queue::{Item, Queue, Reason};
use crate::i18n::legend::Page;
use crate::i18n::{format, ledger as t, shell, shipped, words};

/// The reason goes last but for what there is to do and for whom: the card below has the phone.
const COLUMNS: &[Spec] = &[
    (t::WHEN, 16, 0, 0),
    (t::WHAT, 20, 4, 0),
    (t::WHO, 18, 3, 0),
    (t::WHY, 18, 2, 1),
    (t::SEGMENT, 10, 0, 4),
    (t::CONTACT, 10, 1, 3),
    (t::PHONE, 17, 0, 2),
];
/// Where among them the reason stands.
const WHY: usize = 3;
const COLUMNS_NARROW: &[Spec] = &[(t::WHEN, 11, 0, 0), (t::WHAT, 10, 1, 0), (t::WHO, 10, 1, 0)];
/// Items that are asked how much room they need: more than any screen shows, so that columns stand still while one scrolls.
const ASKED: usize = 200;

/// The columns for which there is room. Each gets what its cells need before any gets more, so that no reason is cut beside
/// an empty space.
fn columns(c: &Canvas, area: Rect, queue: &Queue) -> Vec<(usize, Column)> {
    let specs = if area.width < NARROW { COLUMNS_NARROW } else { COLUMNS };
    let heading = |at: usize| specs.get(at).map_or("", |(heading, ..)| heading.of(c.lang()));
    let wide = |text: &str| u16::try_from(text::width(text)).unwrap_or(u16::MAX);
    let mut needs: Vec<u16> = (0..specs.len()).map(|at| wide(heading(at))).collect();
    for item in queue.today.iter().chain(&queue.later).take(ASKED) {
        for (at, need) in needs.iter_mut().enumerate() {
            *need = (*need).max(wide(&cell(c, at, item).text));
        }
    }
    let wishes: Vec<Wish> = specs
        .iter()
        .map(|(_, width, grow, yields)| Wish { width: *width, grow: *grow, yields: *yields })
        .collect();
    table::allot_to(&wishes, &needs, area.width.saturating_sub(1))
        .into_iter()
        .map(|(at, width)| (at, Column { heading: heading(at).to_owned(), width, right: false }))
        .collect()
}

/// Why the item under the cursor stands in the list, where its column does not show it whole.
pub(super) fn reason(c: &Canvas, area: Rect, queue: &Queue, cursor: &Cursor) -> Option<(String, Style)> {
    let item = queue.today.iter().chain(&queue.later).nth(cursor.at)?;
    let said = t::why(item, c.shared.now, c.lang());
    let columns = columns(c, area, queue);
    let room = columns.iter().find(|(at, _)| *at == WHY).map_or(0, |(_, column)| usize::from(column.width));
    (text::width(&said) > room).then(|| (format!("{} {said}", c.say(t::WHY)), weight(c, item)))
}

/// How a reason is coloured.
fn weight(c: &Canvas, item: &Item) -> Style {
    let theme = c.theme;
    match t::sign(&item.reason) {
        Some(_) if item.reason.is_late() => theme.bad,
        Some(_) => theme.warn,
        None if item.unrecorded => theme.bad,
        None => theme.dim,
    }
}

/// Draws the follow-ups: today's items, how many more are due, what comes later by day.
pub(super) fn draw(c: &mut Canvas, area: Rect, queue: &Queue, cursor: &Cursor) {
    let columns = columns(c, area, queue);
    let heads: Vec<Column> = columns.iter().map(|(_, k)| k.clone()).collect();
    table::heads(c, area, &heads);
    let height = room::queue(c.shared.size);
    let lines = lines(queue);
    let top = top(&lines, cursor.at, height);
    let theme = c.theme;
    for (n, line) in lines.iter().skip(top).take(height).enumerate() {
        let y = area.y + 1 + u16::try_from(n).unwrap_or(0);
        let (words, style) = match line {
            Line::Item(at) => {
                let Some(item) = queue.today.iter().chain(&queue.later).nth(*at) else { continue };
                let cells = columns.iter().map(|(k, _)| cell(c, *k, item)).collect();
                table::draw_row(c, area, y, &heads, &Row { cells, on: *at == cursor.at, mark: false });
                continue;
            }
            Line::Prepare(n) => {
                let Some((name, from)) = queue.prepare.get(*n) else { continue };
                let day = format::day(*from, c.shared.now.today());
                let key = c.shared.key(Command::Matrix);
                (t::PREPARE.with(c.lang(), &[&shipped::said(name, c.lang()), &day, &key]), theme.warn)
            }
            Line::More(over) => {
                (t::MORE_DUE.with(c.lang(), &[over, &c.shared.key(Command::Whole)]), theme.warn)
            }
            Line::Day(day) => {
                let near = format::near_day(*day, c.shared.now.today(), c.lang());
                (format!("{near} {}", format::weekday(*day, c.lang())), theme.dim)
            }
        };
        c.put(area, (area.x + 1, y), area.width.saturating_sub(2), &words, style);
    }
    if lines.is_empty() {
        let good = c.theme.good;
        match shelf::begin(c, Page::FollowUps) {
            Some(said) => shelf::nothing(c, area, &said),
            None => {
                c.put(area, (area.x + table::GUTTER, area.y + 2), area.width, c.say(t::ALL_DONE), good);
            }
        }
    }
}

fn cell(c: &Canvas, column: usize, item: &Item) -> Cell {
    let theme = c.theme;
    let today = c.shared.now.today();
    match column {
        0 => {
            let late = item.is_overdue(c.shared.now);
            // an answer that waits to be read has come then, and is not due then
            let came = matches!(item.reason, Reason::Request { answered: true, .. });
            let day = if came && item.due == today {
                c.say(t::SINCE).to_owned()
            } else if came || (item.reason.is_proposed() && item.due < today) {
                format!("{} {}", c.say(t::SINCE), format::day(item.due, today))
            } else if late && item.due != today {
                format!("{} {}", c.say(shell::LATE_WORD), format::day(item.due, today))
            } else if late && item.time.is_some() {
                // a promise is late, a clock is over: two counts, two words
                let clock = matches!(item.reason, Reason::Complaint { .. } | Reason::Request { .. });
                c.say(if clock { shell::OVER_WORD } else { shell::LATE_WORD }).to_owned()
            } else {
                format::near_day(item.due, today, c.lang())
            };
            let time = item.time.map_or(String::new(), |t| format!(" {}", format::time(t)));
            let style = match (late, item.due == today) {
                (true, _) => theme.bad,
                (false, true) => theme.warn,
                _ if item.reason.is_proposed() => theme.warn,
                _ => theme.text,
            };
            Cell::new(format!("{day}{time}"), style)
        }
        1 => Cell::new(t::what(item, c.lang()), theme.text),
        2 => Cell::new(item.name.clone(), theme.text),
        WHY => Cell::new(t::why(item, c.shared.now, c.lang()), weight(c, item)),
        4 => {
            let id = item.segment.as_deref();
            Cell::new(id.map_or("—", |id| words::word("segment", id, c.lang())), theme.segment(id))
        }
        5 => Cell::new(item.contact.clone().unwrap_or_default(), theme.text),
        _ => Cell::new(item.phone.clone().unwrap_or_default(), theme.accent),
    }
}
