//! The settings of the company: what each means and what it is, below the list what it takes, its default and its source.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::settings::Settings;
use crate::app::room;
use crate::i18n::settings::{self as t, value};
use crate::i18n::{Lang, commands, format, shell};
use crate::store::request::{SettingRow, SettingTakes};

/// Lines below the list: key, what it takes, default and source.
const BELOW: u16 = 3;

/// Draws it.
pub fn draw(c: &mut Canvas, screen: Rect, settings: &Settings) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 5 + BELOW;
    let width = screen.width.saturating_sub(2).min(110);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(t::TITLE));
    let (theme, lang) = (c.theme, c.lang());
    popup::search(c, inside, &settings.input, t::HINT);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(4 + BELOW), ..inside };
    let rows = settings.rows(c.shared);
    if rows.is_empty() {
        let said = if c.shared.feeds.settings().is_none() { shell::LOADING } else { shell::NOTHING_FOUND };
        c.put(list, (list.x, list.y), list.width, c.say(said), theme.dim);
    }
    for (y, on, row) in popup::shown(&rows, settings.cursor, list) {
        let value = value(row, &row.value, lang);
        let style = if row.value == row.default { theme.dim } else { theme.accent };
        let cells = u16::try_from(text::width(&value)).unwrap_or(0).min(list.width / 2);
        let room = list.width.saturating_sub(cells + 2);
        c.put(list, (list.x, y), room, t::means(row.key, lang), theme.text);
        c.right(list, y, &text::cut(&value, usize::from(list.width / 2)), style);
        if on {
            c.tint(list, y, theme.select);
        }
    }
    popup::beyond_rows(c, inside, list, settings.cursor, rows.len());
    if let Some(row) = settings.row(c.shared) {
        let y = list.bottom();
        c.rule(inside, y);
        for (line, text) in about(row, lang).iter().enumerate() {
            let y = y + 1 + u16::try_from(line).unwrap_or(0);
            c.put(inside, (inside.x, y), inside.width, text, theme.dim);
        }
    }
    let keys = [("Enter".to_owned(), c.say(commands::EDIT)), ("Esc".to_owned(), c.say(commands::BACK))];
    bars::hints(c, popup::foot(inside), &keys);
}

/// What a setting takes, its default and its source.
fn about(row: &SettingRow, lang: Lang) -> [String; 2] {
    let takes = match row.takes {
        SettingTakes::Between(low, high) => {
            t::TAKES_BETWEEN.with(lang, &[&format::count(low), &format::count(high)])
        }
        SettingTakes::OneOf(ids) => {
            let shown: Vec<String> = ids.iter().map(|id| value(row, id, lang)).collect();
            let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
            t::TAKES_ONE_OF.with(lang, &[&format::list(&shown, lang)])
        }
        SettingTakes::Levels => t::TAKES_LEVELS.of(lang).to_owned(),
        SettingTakes::Line(_) => t::TAKES_LINE.of(lang).to_owned(),
        SettingTakes::Place => t::TAKES_PLACE.of(lang).to_owned(),
        SettingTakes::PublicKey => t::TAKES_KEY.of(lang).to_owned(),
    };
    let mut rest = vec![row.key.to_owned(), t::DEFAULT.with(lang, &[&value(row, row.default, lang)])];
    if !row.source.is_empty() {
        rest.push(t::SOURCE.with(lang, &[&row.source]));
    }
    [takes, rest.join(" · ")]
}
