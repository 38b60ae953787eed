//! The dictionary of tags: type, name, value, its standard wording, how many customers have it.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::dictionary::Dictionary;
use crate::app::room;
use crate::i18n::{commands, format, shell, tags as t, words};

/// Draws it.
pub fn draw(c: &mut Canvas, screen: Rect, dictionary: &Dictionary) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 5;
    let width = screen.width.saturating_sub(2).min(92);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(commands::DICTIONARY));
    let (theme, lang) = (c.theme, c.lang());
    popup::search(c, inside, &dictionary.input, t::HINT);
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
    // the type is the first to go where the value would have no room
    let kind = wide(&|r| text::width(words::word("tag", &r.path.kind, lang)));
    let kind = if inside.width < 50 { 0 } else { kind + 2 };
    let name = wide(&|r| text::width(t::name(&r.path.name, lang))).min(inside.width / 3);
    for (y, on, row) in popup::shown(&rows, dictionary.cursor, list) {
        c.put(list, (list.x, y), kind.saturating_sub(2), words::word("tag", &row.path.kind, lang), theme.dim);
        c.put(list, (list.x + kind, y), name, t::name(&row.path.name, lang), theme.dim);
        let x = list.x + kind + name + 2;
        let room = list.right().saturating_sub(x + 10);
        let end = c.put(list, (x, y), room, &row.path.value, theme.text);
        if let Some(standard) = &row.standard {
            let alias = t::ALIAS.with(lang, &[standard]);
            c.put(list, (end + 1, y), list.right().saturating_sub(end + 11), &alias, theme.accent);
        }
        c.right(list, y, &format::count(i64::try_from(row.count).unwrap_or(i64::MAX)), theme.text);
        if on {
            c.tint(list, y, theme.select);
        }
    }
    popup::beyond_rows(c, inside, list, dictionary.cursor, rows.len());
    let keys = [("Enter".to_owned(), c.say(commands::OPEN)), ("Esc".to_owned(), c.say(commands::BACK))];
    bars::hints(c, popup::foot(inside), &keys);
}
