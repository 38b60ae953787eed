//! The popups of the strategy table: its versions, each with what it changed, why, and what came of it; festivals and
//! seasons with their days and content.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::cursor::Cursor;
use crate::app::popup::Sheet;
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::i18n::{commands, format, matrix as t, shipped, words};
use crate::store::request::{OverlayRow, VersionRow};

/// Lines below the list, for what stands under the cursor.
const DETAIL: usize = 9;

/// Draws one of the two.
pub fn draw(c: &mut Canvas, screen: Rect, sheet: &Sheet) {
    match sheet {
        Sheet::Versions { scheme, cursor } => versions(c, screen, scheme, cursor),
        Sheet::Festivals { cursor } => festivals(c, screen, cursor),
    }
}

/// The frame with its list: label and what stands to its right, the row under the cursor tinted. Gives the area below.
fn list(
    c: &mut Canvas,
    screen: Rect,
    title: &str,
    rows: &[(String, String)],
    cursor: &Cursor,
) -> (Rect, Rect) {
    let most = room::popup(c.shared.size).saturating_sub(DETAIL).max(3);
    let shown = rows.len().clamp(1, most);
    let height = u16::try_from(shown + DETAIL + 4).unwrap_or(24);
    let width = screen.width.saturating_sub(4).min(92);
    let inside = popup::frame(c, popup::middle(screen, width, height), title);
    let top = cursor.at.saturating_sub(shown - 1).max(cursor.top.min(cursor.at));
    let theme = c.theme;
    for (line, (at, (label, hint))) in rows.iter().enumerate().skip(top).take(shown).enumerate() {
        let y = inside.y + u16::try_from(line).unwrap_or(0);
        let wide = u16::try_from(text::width(hint)).unwrap_or(0);
        c.put(inside, (inside.x, y), inside.width.saturating_sub(wide + 1), label, theme.text);
        c.put(inside, (inside.right().saturating_sub(wide), y), wide, hint, theme.dim);
        if at == cursor.at {
            c.tint(inside, y, theme.select);
        }
    }
    let y = inside.y + u16::try_from(shown).unwrap_or(0);
    c.rule(Rect { x: inside.x, width: inside.width, ..inside }, y);
    let below = Rect { y: y + 1, height: inside.bottom().saturating_sub(y + 2), ..inside };
    let foot = popup::foot(inside);
    (below, foot)
}

fn write(c: &mut Canvas, area: Rect, lines: &[(String, Style)]) {
    let mut y = area.y;
    for (line, style) in lines {
        for part in text::wrap(line, usize::from(area.width), 3) {
            if y >= area.bottom() {
                return;
            }
            c.put(area, (area.x, y), area.width, &part, *style);
            y += 1;
        }
    }
}

fn versions(c: &mut Canvas, screen: Rect, scheme: &str, cursor: &Cursor) {
    let (lang, theme) = (c.lang(), c.theme);
    let rows = Sheet::versions(c.shared);
    let label = |v: &VersionRow| {
        let class = v.class.as_deref().map_or_else(
            || t::VERSION_FIRST.of(lang).to_owned(),
            |class| format!("{}  {}", words::word(scheme, class, lang), v.reason.clone().unwrap_or_default()),
        );
        let day = c.shared.now.zone.day(from_ms(v.at));
        let when = if v.at > 0 { format::day(day, c.shared.now.today()) } else { String::new() };
        let hint = format!("{} {when}", v.person.clone().unwrap_or_default());
        (t::VERSION_LINE.with(lang, &[&v.version, &class]), hint)
    };
    let shown: Vec<(String, String)> = rows.iter().map(label).collect();
    let title = t::VERSIONS.with(lang, &[&words::word("scheme", scheme, lang)]);
    let (below, foot) = list(c, screen, &title, &shown, cursor);
    let mut lines: Vec<(String, Style)> = Vec::new();
    match rows.get(cursor.at) {
        None => lines.push((t::NO_VERSIONS.of(lang).to_owned(), theme.dim)),
        Some(version) => {
            let changes = version.changes.iter().map(|(column, was, is)| t::change(column, was, is, lang));
            lines.extend(changes.map(|line| (line, theme.text)));
            if let Some(Some(result)) = c.shared.feeds.compared().filter(|_| version.class.is_some())
                && result.version == version.version
            {
                let told = t::compared(result, lang);
                if let Some((head, rest)) = told.split_first() {
                    lines.push((head.clone(), theme.dim));
                    lines.extend((!rest.is_empty()).then(|| (rest.join(" · "), theme.strong)));
                }
            }
        }
    }
    write(c, below, &lines);
    bars::hints(c, foot, &[("Esc".to_owned(), commands::BACK.of(lang))]);
}

fn festivals(c: &mut Canvas, screen: Rect, cursor: &Cursor) {
    let (lang, theme) = (c.lang(), c.theme);
    let today = c.shared.now.today();
    let rows = Sheet::festivals(c.shared);
    let label = |row: &OverlayRow| {
        let days = row.span.map_or_else(String::new, |span| {
            t::FESTIVAL_WHEN.with(lang, &[&format::day(span.from, today), &format::day(span.until, today)])
        });
        let state = match (row.wants_care, row.active) {
            (true, _) => t::FESTIVAL_CARE.of(lang),
            (false, true) => t::FESTIVAL_ACTIVE.of(lang),
            _ => "",
        };
        (
            format!("{}  {}", shipped::said(&row.name, lang), row.industry.clone().unwrap_or_default()),
            format!("{state}  {days}"),
        )
    };
    let shown: Vec<(String, String)> = rows.iter().map(label).collect();
    let (below, foot) = list(c, screen, t::FESTIVALS.of(lang), &shown, cursor);
    let mut lines: Vec<(String, Style)> = Vec::new();
    if let Some(row) = rows.get(cursor.at) {
        let channel = row.channel.as_deref().map(|id| words::word("channel", id, lang));
        lines.push((shipped::said(&row.content, lang).to_owned(), theme.text));
        lines.extend(channel.map(|word| (word.to_owned(), theme.dim)));
    }
    write(c, below, &lines);
    let keys = [
        ("Enter".to_owned(), commands::EDIT.of(lang)),
        ("n".to_owned(), t::FESTIVAL_KEYS_NEW.of(lang)),
        ("x".to_owned(), t::FESTIVAL_KEYS_READY.of(lang)),
        ("D".to_owned(), commands::REMOVE.of(lang)),
        ("Esc".to_owned(), commands::BACK.of(lang)),
    ];
    bars::hints(c, foot, &keys);
}
