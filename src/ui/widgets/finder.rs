//! The look-up box: what is typed, the hits with the matched part marked, and the call card of the hit under the cursor.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::panes::card;
use super::super::text;
use super::{bars, popup};
use crate::app::command::Command;
use crate::app::form::Form;
use crate::app::popup::{Finder, Purpose};
use crate::app::{popups, room};
use crate::i18n::{commands, fields, shell, words};
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
    let found = c.shared.feeds.find().map(Vec::as_slice).unwrap_or_default();
    if let Some(phone) = finder.unknown_number(c.shared) {
        return unknown(c, below, &phone, finder.cursor.at);
    }
    let asked = finder.input.value().trim();
    let nobody = c.shared.feeds.find().is_some_and(Vec::is_empty);
    if nobody && !asked.is_empty() {
        c.put(below, (below.x, below.y), below.width, c.say(shell::NOBODY_FITS), dim);
        if let Some(name) = finder.unknown_name(c.shared) {
            let accent = c.theme.accent;
            let text = shell::NEW_CALLED.with(c.lang(), &[&name]);
            c.put(below, (below.x + 2, below.y + 2), below.width.saturating_sub(2), &text, c.theme.text);
            c.tint(below, below.y + 2, c.theme.select);
            c.put(below, (below.x, below.y + 2), 1, "▌", accent);
        }
    }
    for (line, (at, hit)) in
        found.iter().enumerate().skip(finder.cursor.top).take(usize::from(list.height.min(rows))).enumerate()
    {
        let y = list.y + u16::try_from(line).unwrap_or(0);
        row(c, list, y, hit);
        if at == finder.cursor.at {
            c.tint(list, y, c.theme.select);
            let accent = c.theme.accent;
            c.put(list, (list.x, y), 1, "▌", accent);
        }
    }
    if !asked.is_empty() && !found.is_empty() {
        let said = if found.len() >= 50 {
            c.say(shell::FOUND_MORE).to_owned()
        } else {
            shell::FOUND_N.with(c.lang(), &[&found.len()])
        };
        c.right(Rect { y: inside.y + 1, height: 1, ..inside }, inside.y + 1, &said, dim);
    }
    if let Some(Some(shown)) = c.shared.feeds.find_card()
        && found.get(finder.cursor.at).is_some_and(|hit| hit.row.id == shown.row.id)
    {
        card::call(c, card_area, shown);
    }
}

/// What can be done with whom is found: `Enter` opens them, and one key more logs a touch.
fn keys<'c>(c: &Canvas<'c>, finder: &Finder) -> Vec<(String, &'c str)> {
    let found = c.shared.feeds.find().is_some_and(|found| !found.is_empty());
    let nobody = finder.unknown_number(c.shared).is_some() || finder.unknown_name(c.shared).is_some();
    let enter = if found || nobody { "Enter" } else { "" };
    let open = finder.purpose == Purpose::Open && !nobody;
    let mut keys = vec![(enter.to_owned(), c.say(if open { commands::OPEN } else { shell::CHOOSE }))];
    if open && found {
        keys.push((format!("Enter {}", c.shared.key(Command::Log)), c.say(commands::LOG)));
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
