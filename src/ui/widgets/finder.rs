//! The look-up box: what is typed, the hits with the matched part marked, and the call card of the hit under the cursor.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::panes::card;
use super::super::text;
use super::{bars, popup};
use crate::app::form::Form;
use crate::app::popup::finder::SENTENCE;
use crate::app::popup::{Finder, Purpose, Row};
use crate::app::{popups, room};
use crate::i18n::{commands, fields, named, shell, words};
use crate::store::request::Found;

/// Draws the look-up box.
pub fn draw(c: &mut Canvas, screen: Rect, finder: &Finder) {
    let size = c.shared.size;
    let wide = size.width >= 100;
    let width = screen.width.saturating_sub(if wide { 6 } else { 0 }).min(150);
    let height = screen.height.saturating_sub(if size.height < 20 { 0 } else { 2 });
    let title = match &finder.purpose {
        Purpose::Open => c.say(commands::FIND).to_owned(),
        Purpose::ContactWith(phone) => shell::WHOSE_CONTACT.with(c.lang(), &[phone]),
        Purpose::Begin(kind) => {
            let form = Form::new(0, kind.clone(), None, Vec::new());
            format!("{} · {}", popups::title(&form, c.shared), c.say(commands::FIND))
        }
        Purpose::Fill(field) => {
            format!("{} · {}", fields::label(*field).of(c.lang()), c.say(shell::FILL_FIELD))
        }
    };
    let inside = popup::frame(c, popup::middle(screen, width, height), &title);
    let dim = c.theme.dim;
    popup::search(c, inside, &finder.input, shell::FIND_HINT);
    let rows = u16::try_from(room::finder(size)).unwrap_or(1);
    let below = Rect { y: inside.y + 2, height: inside.height.saturating_sub(3), ..inside };
    bars::hints(c, popup::foot(inside), &keys(c, finder));
    let (list, card_area) = if wide {
        let left = inside.width * 11 / 20;
        (
            Rect { width: left, ..below },
            Rect { x: below.x + left + 2, width: below.width.saturating_sub(left + 2), ..below },
        )
    } else {
        let height = rows.min(below.height);
        let y = (below.y + height + 1).min(below.bottom());
        (Rect { height, ..below }, Rect { y, height: below.bottom().saturating_sub(y), ..below })
    };
    let found = finder.hits(c.shared);
    if let Some(phone) = finder.unknown_number(c.shared) {
        return unknown(c, below, &phone, finder.cursor.at);
    }
    let asked = finder.input.value().trim();
    let named = finder.named(c.shared);
    // what is offered beside the hits, or where there are none below the sentence that says so
    let mut offered: Vec<String> = named.iter().map(|named| named.said(c.lang())).collect();
    offered.extend(finder.unknown_name(c.shared).map(|name| shell::NEW_CALLED.with(c.lang(), &[&name])));
    let mut list = list;
    if c.shared.feeds.find().is_some() && found.is_empty() && !asked.is_empty() {
        let said = match named.is_empty() {
            _ if finder.is_idle() => shell::NO_WORDS,
            true => shell::NOBODY_FITS,
            false => named::BUT_A_FILTER,
        };
        let lines = text::wrap(c.say(said), usize::from(below.width), usize::from(SENTENCE));
        for (n, line) in lines.iter().enumerate() {
            c.put(below, (below.x, below.y + u16::try_from(n).unwrap_or(0)), below.width, line, dim);
        }
        list = Rect { y: below.y + SENTENCE, height: below.height.saturating_sub(SENTENCE), ..below };
    }
    let shown = usize::from(list.height.min(rows));
    for (line, at) in (finder.cursor.top..found.len() + offered.len()).take(shown).enumerate() {
        let y = list.y + u16::try_from(line).unwrap_or(0);
        match (found.get(at), offered.get(at.saturating_sub(found.len()))) {
            (Some(hit), _) => row(c, list, y, hit),
            (None, offer) => {
                let text = offer.map_or("", String::as_str);
                c.put(list, (list.x + 2, y), list.width.saturating_sub(2), text, c.theme.text);
            }
        }
        if at == finder.cursor.at {
            c.tint(list, y, c.theme.select);
            let accent = c.theme.accent;
            c.put(list, (list.x, y), 1, "▌", accent);
        }
    }
    if !found.is_empty() {
        let said = match found.len() {
            _ if asked.is_empty() => c.say(shell::RECENT).to_owned(),
            50.. => c.say(shell::FOUND_MORE).to_owned(),
            few => shell::FOUND_N.with(c.lang(), &[&few]),
        };
        c.right(Rect { y: inside.y + 1, height: 1, ..inside }, inside.y + 1, &said, dim);
    }
    if let Some(Some(shown)) = c.shared.feeds.find_card()
        && found.get(finder.cursor.at).is_some_and(|hit| hit.row.id == shown.row.id)
    {
        card::call(c, card_area, shown);
    }
}

/// What can be done with what is under the cursor: `Enter` opens a customer or chooses what is offered, and one key logs a
/// touch.
fn keys<'c>(c: &Canvas<'c>, finder: &Finder) -> Vec<(String, &'c str)> {
    let row = finder.row(c.shared);
    let enter = if row.is_some() { "Enter" } else { "" };
    let hit = matches!(row, Some(Row::Hit(_)));
    let opens = finder.purpose == Purpose::Open && (hit || row.is_none());
    let mut keys = vec![(enter.to_owned(), c.say(if opens { commands::OPEN } else { shell::CHOOSE }))];
    if opens && hit {
        // the smallest screen has no room for more
        let log = if c.shared.size.width < 60 { commands::LOG_SHORT } else { commands::LOG };
        keys.push(("Ctrl-T".to_owned(), c.say(log)));
    }
    keys.push(("Esc".to_owned(), c.say(commands::BACK)));
    keys
}

/// One hit: name and number, or the name and the field that matched.
fn row(c: &mut Canvas, area: Rect, y: u16, hit: &Found) {
    let theme = c.theme;
    let x = area.x + 2;
    let name = (area.width / 2).clamp(12, 34);
    if hit.matched == "name" {
        marked(c, area, (x, y), name, hit);
    } else {
        c.put(area, (x, y), name, &hit.row.name, theme.text);
    }
    let x = x + name + 2;
    if x >= area.right() {
        return;
    }
    let end = if hit.matched == "name" {
        c.put(area, (x, y), 14, &hit.row.code, theme.dim)
    } else {
        marked(c, area, (x, y), area.right().saturating_sub(x), hit)
    };
    let segment = hit.row.segment.as_deref();
    let word = segment.map_or("", |id| words::word("segment", id, c.lang()));
    // whose it is, and the class where there is room for it
    let whose = if hit.mine { "●" } else { &hit.row.owner };
    for tail in [format!("{whose} {word}"), whose.to_owned()] {
        let wide = u16::try_from(text::width(&tail)).unwrap_or(0);
        if end + wide + 2 < area.right() {
            c.put(area, (area.right() - wide - 1, y), wide, &tail, theme.segment(segment));
            return;
        }
    }
}

/// The text that matched, its matched part marked.
fn marked(c: &mut Canvas, area: Rect, at: (u16, u16), cells: u16, hit: &Found) -> u16 {
    let theme = c.theme;
    let part = |from: usize, to: usize| -> String {
        hit.text.chars().skip(from).take(to.saturating_sub(from)).collect()
    };
    let (from, to) = hit.chars;
    let limit = Rect { width: (at.0 + cells).saturating_sub(area.x).min(area.width), ..area };
    let (before, inside, after) = (part(0, from), part(from, to), part(to, usize::MAX));
    c.line(limit, at, &[(&before, theme.text), (&inside, theme.matched), (&after, theme.text)])
}

/// Nobody has this number: what can be done with it.
fn unknown(c: &mut Canvas, area: Rect, phone: &str, at: usize) {
    let theme = c.theme;
    c.put(area, (area.x, area.y), area.width, c.say(shell::UNKNOWN_NUMBER), theme.warn);
    for (i, text) in [shell::UNKNOWN_NEW, shell::UNKNOWN_CONTACT].iter().enumerate() {
        let y = area.y + 2 + u16::try_from(i).unwrap_or(0);
        c.put(area, (area.x + 2, y), area.width, &text.with(c.lang(), &[&phone]), theme.text);
        if i == at {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
}
