//! The dictionary of tags: type, name, value, its standard wording, how many customers have it.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popups::dictionary::Dictionary;
use crate::app::room;
use crate::i18n::{commands, format, shell, tags as t, words};

/// Draws it.
pub fn draw(c: &mut Canvas, screen: Rect, dictionary: &Dictionary) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 5;
    let width = screen.width.saturating_sub(2).min(92);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(commands::DICTIONARY));
    let (theme, lang) = (c.theme, c.lang());
    let from = c.put(inside, (inside.x, inside.y), inside.width, "/ ", theme.dim);
    c.input(inside, (from, inside.y), inside.right().saturating_sub(from), &dictionary.input);
    if dictionary.input.value().is_empty() {
        c.put(inside, (from + 1, inside.y), inside.width, c.say(t::HINT), theme.dim);
    }
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(3), ..inside };
    let rows = dictionary.rows(c.shared);
    if rows.is_empty() {
        let said = if c.shared.feeds.tags().is_none() { shell::LOADING } else { shell::NOTHING_FOUND };
        c.put(list, (list.x, list.y), list.width, c.say(said), theme.dim);
    }
    // columns as wide as what stands in them, the value takes the rest
    let wide = |of: &dyn Fn(&crate::store::request::TagCount) -> usize| {
        u16::try_from(rows.iter().map(|r| of(r)).max().unwrap_or(0)).unwrap_or(0)
    };
    let kind = wide(&|r| text::width(words::word("tag", &r.path.kind, lang)));
    let name = wide(&|r| text::width(t::name(&r.path.name, lang))).min(inside.width / 3);
    let shown = rows.iter().enumerate().skip(dictionary.cursor.top).take(usize::from(list.height));
    for (line, (at, row)) in shown.enumerate() {
        let y = list.y + u16::try_from(line).unwrap_or(0);
        c.put(list, (list.x, y), kind, words::word("tag", &row.path.kind, lang), theme.dim);
        c.put(list, (list.x + kind + 2, y), name, t::name(&row.path.name, lang), theme.dim);
        let x = list.x + kind + name + 4;
        let room = list.right().saturating_sub(x + 10);
        let end = c.put(list, (x, y), room, &row.path.value, theme.text);
        if let Some(standard) = &row.standard {
            let alias = t::ALIAS.with(lang, &[standard]);
            c.put(list, (end + 1, y), list.right().saturating_sub(end + 11), &alias, theme.accent);
        }
        c.right(list, y, &format::count(i64::try_from(row.count).unwrap_or(i64::MAX)), theme.text);
        if at == dictionary.cursor.at {
            c.tint(list, y, theme.select);
        }
    }
    let foot =
        Rect { x: inside.x.saturating_sub(1), y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    let keys = [("Enter".to_owned(), c.say(commands::OPEN)), ("Esc".to_owned(), c.say(commands::BACK))];
    bars::hints(c, foot, &keys);
}
