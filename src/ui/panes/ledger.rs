//! Pane 3: the follow-up queue with the reason of each item, and all touches. What lies below is the card of the
//! customer under the cursor.

mod queue;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::shelf;
use super::super::widgets::table::{self, Cell, Column, Row, Wish};
use super::{card, complaints, requests};
use crate::app::command::Command;
use crate::app::cursor::Cursor;
use crate::app::feed::Slot;
use crate::app::panes::ledger::{Ledger, View};
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::domain::queue::Queue;
use crate::i18n::legend::Page;
use crate::i18n::{Text, errors, format, guard, ledger as t, shell, tables, words};
use crate::store::request::{TouchRow, Window};

/// A column of one of the two tables: heading, least cells, growth, what yields first.
type Spec = (Text, u16, u16, u8);

const TOUCHES: &[Spec] = &[
    (t::AT, 11, 0, 0),
    (t::CODE, 11, 0, 7),
    (t::WHO, 16, 2, 0),
    (t::CHANNEL, 8, 0, 2),
    (t::SAID, 20, 5, 0),
    (t::FEEDBACK, 16, 4, 1),
    (t::NEXT, 14, 3, 4),
    (t::BY, 8, 0, 3),
];

/// Below this width only when, what and who stand side by side.
const NARROW: u16 = 60;
const TOUCHES_NARROW: &[(Spec, usize)] =
    &[((t::AT, 11, 0, 0), 0), ((t::WHO, 9, 1, 0), 2), ((t::SAID, 10, 2, 0), 4)];

fn columns(c: &Canvas, specs: &[Spec], width: u16) -> Vec<(usize, Column)> {
    let wishes: Vec<Wish> = specs
        .iter()
        .map(|(heading, width, grow, yields)| Wish {
            width: (*width).max(u16::try_from(text::width(heading.of(c.lang()))).unwrap_or(0)),
            grow: *grow,
            yields: *yields,
        })
        .collect();
    table::allot(&wishes, width)
        .into_iter()
        .filter_map(|(i, width)| {
            let heading = specs.get(i)?.0.of(c.lang()).to_owned();
            Some((i, Column { heading, width, right: false }))
        })
        .collect()
}

/// Draws the pane: the names of its views, the list of the shown one, the card of the customer at hand.
pub fn draw(c: &mut Canvas, area: Rect, pane: &Ledger) {
    let s = c.shared;
    let follow_ups = pane.view == View::FollowUps;
    let views = View::ALL.map(|view| (view.title(), view == pane.view));
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    match pane.view {
        View::Complaints => {
            head(c, area, &views, &complaints::head(c, &pane.complaints));
            return complaints::draw(c, rest, &pane.complaints);
        }
        View::Requests => {
            head(c, area, &views, &requests::head(c, &pane.requests));
            return requests::draw(c, rest, &pane.requests);
        }
        View::FollowUps | View::Touches => {}
    }
    let said = if follow_ups {
        s.feeds.queue().map(|q| today(c, q)).unwrap_or_default()
    } else if pane.touches.text.is_empty() {
        t::FILTER_HINT.with(c.lang(), &[&s.key(Command::Filter)])
    } else {
        t::FOUND_BY.with(c.lang(), &[&pane.touches.text])
    };
    let card = room::card(s.size);
    // the reason of what is under the cursor stands where there is room for it
    let reason = s.feeds.queue().filter(|_| follow_ups).and_then(|q| queue::reason(c, area, q, &pane.queue));
    let said = match &reason {
        Some((reason, _)) if card == 0 => reason.clone(),
        _ => said,
    };
    head(c, area, &views, &said);
    let taken = 1 + if card > 0 { card + 1 } else { 0 };
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(taken), ..area };
    let slot = if follow_ups { Slot::Queue } else { Slot::Touches };
    if let Some(error) = s.feeds.error(slot) {
        let bad = c.theme.bad;
        let sentence = errors::store(error, c.lang());
        c.put(rest, (rest.x + table::GUTTER, rest.y + 1), rest.width, &sentence, bad);
    } else if follow_ups {
        if let Some(shown) = s.feeds.queue() {
            queue::draw(c, rest, shown, &pane.queue);
        }
    } else if let Some(window) = s.feeds.touches() {
        touches(c, rest, window, &pane.touches.list.cursor);
    }
    below(c, area, reason.as_ref().map(|(reason, style)| (reason.as_str(), *style)));
}

/// How many stand on today's list, as the title bar has it, and how many are due in all where the day holds no more.
fn today(c: &Canvas, queue: &Queue) -> String {
    let all = queue.today.len() + queue.over;
    let due = c.shared.feeds.title().map_or(queue.today.len(), |title| title.due);
    if all > due { t::TODAY_OF.with(c.lang(), &[&due, &all]) } else { t::TODAY_N.with(c.lang(), &[&due]) }
}

/// Cells that what is said beside the names of the views has at least.
const SAID: usize = 12;

/// Draws the names of a pane's views, the shown one in strength, and what is said beside them. Where there is no room for
/// both, names further off go first: the key of the next view leads to them.
pub fn head(c: &mut Canvas, area: Rect, views: &[(Text, bool)], said: &str) {
    let theme = c.theme;
    let widths: Vec<usize> = views.iter().map(|(name, _)| text::width(name.of(c.lang())) + 2).collect();
    let on = views.iter().position(|(_, on)| *on).unwrap_or(0);
    let room = usize::from(area.width);
    // a view that is not named is not found: what is said beside them is cut before a name goes
    let names = widths.iter().sum::<usize>() + 1;
    let wide = text::width(said);
    let said = &*if names + SAID <= room && names + wide > room {
        text::cut(said, room - names)
    } else {
        said.into()
    };
    let shown = near(&widths, on, room.saturating_sub(text::width(said) + 1));
    let mut x = area.x + 1;
    if shown.start > 0 {
        x = c.line(area, (x, area.y), &[("…", theme.dim)]) + 1;
    }
    for (name, on) in views.get(shown.clone()).unwrap_or_default() {
        let style = if *on { theme.strong } else { theme.dim };
        x = c.line(area, (x, area.y), &[(name.of(c.lang()), style)]) + 2;
    }
    if shown.end < views.len() {
        x = c.line(area, (x - 1, area.y), &[("…", theme.dim)]) + 1;
    }
    c.line(area, (x, area.y), &[(said, theme.dim)]);
}

/// Which of some names in a row fit into so many cells: the one that is on, then those after it, then those before it. Two
/// cells are left for each end at which some are missing.
fn near(widths: &[usize], on: usize, room: usize) -> std::ops::Range<usize> {
    let fits = |from: usize, to: usize| {
        let ends = usize::from(from > 0) * 2 + usize::from(to < widths.len()) * 2;
        widths.get(from..to).is_some_and(|some| some.iter().sum::<usize>() + ends <= room)
    };
    let (mut from, mut to) = (on, on + 1);
    if fits(0, widths.len()) {
        return 0..widths.len();
    }
    while to < widths.len() && fits(from, to + 1) {
        to += 1;
    }
    while from > 0 && fits(from - 1, to) {
        from -= 1;
    }
    from..to.min(widths.len())
}

/// Draws a window of all touches, the newest first.
pub fn touches(c: &mut Canvas, area: Rect, window: &Window<TouchRow>, cursor: &Cursor) {
    let width = area.width.saturating_sub(1);
    let columns: Vec<(usize, Column)> = if area.width < NARROW {
        let specs: Vec<Spec> = TOUCHES_NARROW.iter().map(|(spec, _)| *spec).collect();
        let which = |at: usize| TOUCHES_NARROW.get(at).map_or(0, |(_, column)| *column);
        columns(c, &specs, width).into_iter().map(|(at, column)| (which(at), column)).collect()
    } else {
        // every channel has room for its word, whichever touches are shown
        let channels = tables::all().filter(|(group, ..)| *group == "channel");
        let channel = channels.map(|(.., word)| text::width(word.of(c.lang()))).max().unwrap_or(0);
        let specs: Vec<Spec> = TOUCHES
            .iter()
            .map(|(heading, width, grow, yields)| {
                let least = if *heading == t::CHANNEL { channel } else { 0 };
                (*heading, (*width).max(u16::try_from(least).unwrap_or(0)), *grow, *yields)
            })
            .collect();
        columns(c, &specs, width)
    };
    let heads: Vec<Column> = columns.iter().map(|(_, k)| k.clone()).collect();
    let rows: Vec<Row> = window
        .rows
        .iter()
        .enumerate()
        .skip(cursor.top)
        .take(room::queue(c.shared.size))
        .map(|(at, touch)| Row {
            cells: columns.iter().map(|(k, _)| touch_cell(c, *k, touch)).collect(),
            on: at == cursor.at,
            mark: false,
        })
        .collect();
    table::draw(c, area, &heads, &rows);
    if window.rows.is_empty() {
        let said = shelf::begin(c, Page::Touches)
            .unwrap_or_else(|| shelf::none(c, Page::Touches, Slot::Touches, c.say(t::NO_TOUCHES)));
        shelf::nothing(c, area, &said);
    }
}

fn touch_cell(c: &Canvas, column: usize, touch: &TouchRow) -> Cell {
    let theme = c.theme;
    match column {
        0 => {
            let local = c.shared.now.zone.local(from_ms(touch.at));
            let text =
                format!("{} {}", format::day(local.date(), c.shared.now.today()), format::time(local.time()));
            Cell::new(text, if touch.late { theme.warn } else { theme.dim })
        }
        1 => Cell::new(touch.code.clone(), theme.dim),
        2 => Cell::new(touch.name.clone(), theme.text),
        3 => Cell::new(
            touch.channel.as_deref().map_or("—", |id| words::word("channel", id, c.lang())),
            theme.dim,
        ),
        4 => {
            let late = if touch.late { format!("({}) ", c.say(t::LATE_ENTRY)) } else { String::new() };
            // why the guard was passed stands before what was said
            let why = touch.override_reason.as_ref();
            let why =
                why.map_or_else(String::new, |r| format!("({}) ", guard::OF_BREACH.with(c.lang(), &[r])));
            let style = if why.is_empty() { theme.text } else { theme.warn };
            Cell::new(format!("{why}{late}{}", touch.summary.replace('\n', " ")), style)
        }
        5 => {
            let style = if touch.responded { theme.good } else { theme.dim };
            let text = touch.feedback.as_deref().unwrap_or(if touch.responded {
                c.say(shell::ANSWERED)
            } else {
                c.say(shell::UNANSWERED)
            });
            Cell::new(text.replace('\n', " "), style)
        }
        6 => {
            let text = if touch.closed && touch.next.is_empty() { c.say(t::CLOSED) } else { &touch.next };
            Cell::new(text, theme.text)
        }
        _ => Cell::new(touch.person.clone(), theme.dim),
    }
}

/// Draws the card of the customer at hand below a list, as the customers pane does.
pub fn below(c: &mut Canvas, area: Rect, reason: Option<(&str, Style)>) {
    let lines = room::card(c.shared.size);
    if lines == 0 {
        return;
    }
    let y = area.bottom().saturating_sub(lines + 1);
    c.rule(area, y);
    if let Some((reason, style)) = reason {
        c.put(area, (area.x + 2, y), area.width.saturating_sub(4), &format!(" {reason} "), style);
    }
    let below = Rect { x: area.x + 1, y: y + 1, width: area.width.saturating_sub(2), height: lines };
    if let Some(Some(shown)) = c.shared.feeds.card()
        && c.shared.subject.as_ref().is_some_and(|s| s.id.0 == shown.row.id)
    {
        card::below(c, below, shown);
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn names_of_views_yield_from_the_far_end_and_the_shown_one_never_does() {
        let widths = [6, 8, 8, 12, 8, 10, 8];
        assert_eq!(near(&widths, 0, 60), 0..7);
        assert_eq!(near(&widths, 0, 59), 0..6);
        assert_eq!(near(&widths, 1, 30), 0..3);
        assert_eq!(near(&widths, 6, 40), 3..7);
        assert_eq!(near(&widths, 3, 5), 3..4);
        assert_eq!(near(&[], 0, 5), 0..0);
    }
}
