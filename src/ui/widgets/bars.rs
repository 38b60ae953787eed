//! The two bars that are always there: the title bar with panes, dues, person and time, and the bottom line with the
//! keys that matter here, or with what just happened.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use crate::app::command::{COMMANDS, Command};
use crate::app::panes::PaneId;
use crate::app::room;
use crate::i18n::{Text, format, shell};

/// Cells that the company's name takes at most.
const COMPANY: usize = 20;

/// Draws the title bar.
pub fn title(c: &mut Canvas, area: Rect, active: PaneId) {
    let theme = c.theme;
    c.put(area, (area.x + 1, area.y), 6, "guanxi", theme.strong);
    let mut end = area.x + 8;
    for (at, width, pane) in room::tabs(c.lang()) {
        let name = pane.title().of(c.lang());
        let style = if pane == active { theme.accent } else { theme.dim };
        let style = if pane == active {
            style.add_modifier(ratatui::style::Modifier::BOLD | ratatui::style::Modifier::UNDERLINED)
        } else {
            style
        };
        let text = format!("{} {name}", pane as u8 + 1);
        end = c.put(area, (area.x + at, area.y), width, &text, style);
    }
    let s = c.shared;
    let now = s.now;
    let clock = if area.width >= 100 {
        format::moment(now.local(), now.today(), c.lang())
    } else {
        format::time(now.local().time())
    };
    // from left to right; where there is no room the least wanted goes first: the greatest number
    let mut shown: Vec<(String, Style, u8)> = Vec::new();
    if let Some(title) = s.feeds.title() {
        if !title.company.is_empty() {
            shown.push((
                text::fit(&title.company, text::width(&title.company).min(COMPANY), false),
                theme.dim,
                7,
            ));
        }
        if title.due > 0 {
            shown.push((shell::DUE_N.with(c.lang(), &[&title.due]), theme.warn, 1));
        }
        if title.overdue > 0 {
            shown.push((shell::OVERDUE_N.with(c.lang(), &[&title.overdue]), theme.bad, 2));
        }
        if title.alarms > 0 {
            shown.push((shell::ALARMS_N.with(c.lang(), &[&title.alarms]), theme.bad, 3));
        }
        if title.requests > 0 {
            shown.push((shell::REQUESTS_N.with(c.lang(), &[&title.requests]), theme.warn, 6));
        }
        if title.demo {
            shown.push((shell::DEMO.of(c.lang()).to_owned(), theme.warn, 5));
        }
        shown.push((title.person.clone(), theme.text, 4));
    }
    shown.push((clock, theme.dim, 0));
    let needed =
        |shown: &[(String, Style, u8)]| shown.iter().map(|(t, ..)| text::width(t) + 2).sum::<usize>();
    while needed(&shown) > usize::from(area.right().saturating_sub(end)) {
        let least = shown.iter().map(|(.., yields)| *yields).max();
        shown.retain(|(.., yields)| Some(*yields) != least);
    }
    let mut x = area.right().saturating_sub(u16::try_from(needed(&shown)).unwrap_or(0));
    for (words, style, _) in &shown {
        x = c.put(area, (x + 1, area.y), area.width, words, *style) + 1;
    }
}

/// Commands at the end of the bottom line that always stay: the palette and help.
const LAST: usize = 2;

/// Draws the bottom line: what just happened, else the keys of a begun sequence, else the keys that matter here.
pub fn keys(c: &mut Canvas, area: Rect, commands: &[(Command, Text)]) {
    let theme = c.theme;
    let s = c.shared;
    if let Some(notice) = &s.notice {
        c.put(
            area,
            (area.x + 1, area.y),
            area.width.saturating_sub(2),
            &notice.text,
            theme.tone(notice.tone),
        );
        return;
    }
    if !s.pending.is_empty() {
        return continuations(c, area);
    }
    let mut pairs: Vec<(String, &str)> =
        commands.iter().map(|(k, word)| (s.key(*k), word.of(c.lang()))).collect();
    pairs.retain(|(key, _)| !key.is_empty());
    // the way to all others, which stands last, is never what has no room
    let wide = |(key, word): &(String, &str)| text::width(key) + text::width(word) + 3;
    while pairs.len() > LAST && pairs.iter().map(wide).sum::<usize>() > usize::from(area.width) {
        pairs.remove(pairs.len() - LAST - 1);
    }
    hints(c, area, &pairs);
}

/// What can follow the keys that were begun.
fn continuations(c: &mut Canvas, area: Rect) {
    let s = c.shared;
    let begun = s.pending.iter().fold(String::new(), |begun, k| begun + &k.to_string() + " ");
    let pairs: Vec<(String, &str)> = COMMANDS
        .iter()
        .flat_map(|spec| s.keymap.keys(spec.command).into_iter().map(move |keys| (keys, spec.text)))
        .filter(|(keys, _)| keys.starts_with(&begun))
        .map(|(keys, text)| (keys, text.of(c.lang())))
        .collect();
    hints(c, area, &pairs);
}

/// Draws keys with their words, as many as fit.
pub fn hints(c: &mut Canvas, area: Rect, pairs: &[(String, &str)]) {
    let theme = c.theme;
    let mut x = area.x + 1;
    for (key, word) in pairs.iter().filter(|(key, _)| !key.is_empty()) {
        let wide = u16::try_from(text::width(key) + text::width(word) + 1).unwrap_or(0);
        if x + wide > area.right() {
            return;
        }
        x = c.line(area, (x, area.y), &[(key, theme.accent), (" ", theme.dim), (word, theme.dim)]) + 2;
    }
}
