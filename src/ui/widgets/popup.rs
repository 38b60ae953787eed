//! Popups: one frame for all, and those that are lists: palette, help, menus, questions.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::Input;

use super::super::canvas::Canvas;
use super::super::text;
use super::bars;
use crate::app::cursor::Cursor;
use crate::app::panes::PaneId;
use crate::app::panes::customers::Customers;
use crate::app::popup::{Act, Item, Menu, Palette};
use crate::app::room;
use crate::i18n::{Text, commands, shell, user};

/// An area of this size in the middle of the screen, no larger than the screen.
pub fn middle(screen: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(screen.width);
    let height = height.min(screen.height);
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

/// Draws the frame of a popup with its title; gives the area inside.
pub fn frame(c: &mut Canvas, area: Rect, title: &str) -> Rect {
    let (dim, strong) = (c.theme.dim, c.theme.strong);
    c.clear(area);
    let across = "─".repeat(usize::from(area.width.saturating_sub(2)));
    c.put(area, (area.x, area.y), area.width, &format!("┌{across}┐"), dim);
    c.put(area, (area.x, area.bottom().saturating_sub(1)), area.width, &format!("└{across}┘"), dim);
    for y in area.y + 1..area.bottom().saturating_sub(1) {
        c.put(area, (area.x, y), 1, "│", dim);
        c.put(area, (area.right().saturating_sub(1), y), 1, "│", dim);
    }
    c.put(area, (area.x + 2, area.y), area.width.saturating_sub(4), &format!(" {title} "), strong);
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// The last line inside a popup, where its keys stand.
pub fn foot(inside: Rect) -> Rect {
    Rect { x: inside.x.saturating_sub(1), y: inside.bottom().saturating_sub(1), height: 1, ..inside }
}

/// The line in which a list is searched: what is typed, or what can be typed.
pub fn search(c: &mut Canvas, inside: Rect, input: &Input, hint: Text) {
    let dim = c.theme.dim;
    let from = c.put(inside, (inside.x, inside.y), inside.width, "/ ", dim);
    c.input(inside, (from, inside.y), inside.right().saturating_sub(from), input);
    if input.value().is_empty() {
        c.put(inside, (from + 1, inside.y), inside.width, c.say(hint), dim);
    }
}

/// How much of a list stands above and below what a popup shows, at the corners of its frame, where no row is covered.
pub fn beyond(c: &mut Canvas, inside: Rect, (above, below): (usize, usize)) {
    let theme = c.theme;
    for (count, text, y) in
        [(above, shell::ABOVE, inside.y.saturating_sub(1)), (below, shell::BELOW, inside.bottom())]
    {
        if count > 0 {
            let text = format!(" {} ", text.with(c.lang(), &[&count]));
            let line = Rect { y, height: 1, ..inside };
            c.right(line, y, &text, theme.warn);
        }
    }
}

/// The same of rows that a list shows from its cursor's first on.
pub fn beyond_rows(c: &mut Canvas, inside: Rect, list: Rect, cursor: Cursor, count: usize) {
    beyond(c, inside, (cursor.top, count.saturating_sub(cursor.top + usize::from(list.height))));
}

/// The rows of a list that an area shows: on which line each, and whether the cursor stands on it.
pub fn shown<T>(
    rows: &[T],
    cursor: Cursor,
    area: Rect,
) -> impl Iterator<Item = (u16, bool, &T)> + use<'_, T> {
    let lines = area.y..area.bottom();
    let rows = rows.iter().enumerate().skip(cursor.top);
    lines.zip(rows).map(move |(y, (at, row))| (y, at == cursor.at, row))
}

/// Draws a row of a list: what it is on the left, how it stands on the right.
pub fn row(c: &mut Canvas, area: Rect, (y, on): (u16, bool), said: &str, (hint, style): (&str, Style)) {
    let room = area.width.saturating_sub(u16::try_from(text::width(hint)).unwrap_or(0) + 2);
    c.put(area, (area.x, y), room, said, c.theme.text);
    c.right(area, y, hint, style);
    if on {
        c.tint(area, y, c.theme.select);
    }
}

/// One line of a list popup: label, figure or key to its right, whether it is the present one.
pub struct Entry {
    label: String,
    hint: String,
    on: bool,
}

/// Draws the rows of a list popup around its cursor.
fn entries(c: &mut Canvas, area: Rect, rows: &[Entry], cursor: &Cursor) {
    let theme = c.theme;
    for (y, on, row) in shown(rows, *cursor, area) {
        let hint = u16::try_from(text::width(&row.hint)).unwrap_or(0);
        c.put(area, (area.x, y), 2, if row.on { "✓" } else { " " }, theme.good);
        c.put(area, (area.x + 2, y), area.width.saturating_sub(hint + 3), &row.label, theme.text);
        c.put(area, (area.right().saturating_sub(hint), y), hint, &row.hint, theme.dim);
        if on {
            c.tint(area, y, theme.select);
        }
    }
}

/// Draws a menu; a chosen column for which the list has no room says so.
pub fn menu(c: &mut Canvas, screen: Rect, menu: &Menu, list: &Customers) {
    let kept = list.kept(c.shared);
    let absent = |item: &Item| match item.act {
        Act::Column(column) => item.on && kept.iter().all(|(shown, _)| *shown != column),
        _ => false,
    };
    let hint = |i: &Item| if absent(i) { c.say(shell::NO_ROOM).to_owned() } else { i.hint.clone() };
    let rows: Vec<Entry> =
        menu.items.iter().map(|i| Entry { label: i.label.clone(), hint: hint(i), on: i.on }).collect();
    let widest = rows.iter().map(|r| text::width(&r.label) + text::width(&r.hint) + 4).max().unwrap_or(0);
    let least = if menu.note.is_empty() && menu.title != commands::COLUMNS { 24 } else { 64 };
    let keys = menu_keys(c, menu);
    let bar: usize = keys.iter().map(|(key, word)| text::width(key) + text::width(word) + 3).sum();
    let width = u16::try_from(widest.max(bar).clamp(least, 72)).unwrap_or(72) + 4;
    let note = noted(&menu.note, usize::from(width.min(screen.width).saturating_sub(4)));
    let noted = u16::try_from(note.len()).unwrap_or(0);
    let fits = room::popup(c.shared.size).saturating_sub(note.len()).max(1);
    let shown = rows.len().min(fits).max(1);
    let height = u16::try_from(shown).unwrap_or(1) + 3 + noted;
    let inside = frame(c, middle(screen, width, height), menu.title.of(c.lang()));
    for (line, y) in note.iter().zip(inside.y..inside.bottom()) {
        let style = c.theme.text;
        c.put(inside, (inside.x, y), inside.width, line, style);
    }
    let inside = Rect {
        y: inside.y + noted.min(inside.height),
        height: inside.height.saturating_sub(noted),
        ..inside
    };
    if rows.is_empty() {
        let dim = c.theme.dim;
        c.put(inside, (inside.x, inside.y), inside.width, c.say(shell::NOTHING_HERE), dim);
    }
    let list = Rect { height: inside.height.saturating_sub(1), ..inside };
    entries(c, list, &rows, &menu.cursor);
    beyond_rows(c, inside, list, menu.cursor, rows.len());
    bars::hints(c, foot(inside), &keys);
}

/// The keys of a menu with what they do.
fn menu_keys(c: &Canvas, menu: &Menu) -> Vec<(String, &'static str)> {
    let said = |pairs: &[(&str, Text)]| -> Vec<(String, &'static str)> {
        pairs.iter().map(|(key, word)| ((*key).to_owned(), word.of(c.lang()))).collect()
    };
    let back = ("Esc", commands::BACK);
    if menu.title == commands::COLUMNS {
        let (order, width) = (("J K", shell::ORDER), ("← →", shell::WIDTH));
        return said(&[("Enter", shell::SHOW), order, width, ("Del", shell::AS_EVER), back]);
    }
    let away = match menu.items.iter().find_map(|item| item.remove.as_ref()) {
        None if menu.title == commands::COPY => return said(&[("Enter", commands::COPY), back]),
        None => return said(&[("Enter", shell::CHOOSE), back]),
        Some(Act::AskDiscard(_)) => ("x", shell::DISCARD),
        Some(Act::AskFreeze(..)) => ("x", user::SHUT_OUT),
        Some(_) => ("Del", commands::REMOVE),
    };
    said(&[("Enter", commands::OPEN), away, back])
}

/// What is to be read before a menu, at most three lines a sentence.
fn noted(note: &[String], width: usize) -> Vec<String> {
    let wrapped = |line: &String| {
        if line.is_empty() { vec![String::new()] } else { text::wrap(line, width, 3) }
    };
    note.iter().flat_map(wrapped).collect()
}

/// Draws the palette: whatever is found by its name, each with its keys and the pane to which it belongs.
pub fn palette(c: &mut Canvas, screen: Rect, palette: &Palette, active: PaneId) {
    let s = c.shared;
    let rows: Vec<Entry> = palette
        .rows(s)
        .into_iter()
        .map(|offer| Entry { label: offer.label(c.lang()), hint: offer.hint(s, active), on: false })
        .collect();
    let height = u16::try_from(room::popup(s.size)).unwrap_or(10) + 4;
    let inside = frame(c, middle(screen, 64, height), c.say(commands::PALETTE));
    search(c, inside, &palette.input, shell::PALETTE_HINT);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    entries(c, list, &rows, &palette.cursor);
    beyond_rows(c, inside, list, palette.cursor, rows.len());
    if rows.is_empty() {
        c.put(list, (list.x + 2, list.y), list.width, c.say(shell::NOTHING_FOUND), c.theme.dim);
    }
}

/// Draws a popup of a few lines: a question with its keys, an explanation.
pub fn lines(c: &mut Canvas, screen: Rect, title: &str, lines: &[(String, Style)], hints: &[(String, &str)]) {
    let width = screen.width.saturating_sub(4).min(76);
    let inner = usize::from(width.saturating_sub(4));
    let wrapped: Vec<(String, Style)> = lines
        .iter()
        .flat_map(|(text, style)| text::wrap(text, inner, 12).into_iter().map(|l| (l, *style)))
        .collect();
    let height = u16::try_from(wrapped.len()).unwrap_or(1) + 4;
    let inside = frame(c, middle(screen, width, height), title);
    for (i, (text, style)) in wrapped.iter().enumerate() {
        c.put(inside, (inside.x, inside.y + u16::try_from(i).unwrap_or(0)), inside.width, text, *style);
    }
    bars::hints(c, foot(inside), hints);
}
