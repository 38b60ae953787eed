//! Pane 2: three lines that say who it is, and below them the lines of the profile in one to three columns. What the
//! lines are stands in `app::panes::profile`; here they get cells and colours.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::{chart, shelf};
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::profile::lines::CHART_ROWS;
use crate::app::panes::profile::{Body, Ink, Layout, Line, Profile, layout};
use crate::app::room;
use crate::i18n::legend::Page;
use crate::i18n::{errors, format, guard, profile as t, shell, shipped, tags, words};
use crate::store::request;

/// Draws the pane.
pub fn draw(c: &mut Canvas, area: Rect, pane: &Profile) {
    let s = c.shared;
    let Some(profile) = pane.shown(s) else { return absent(c, area) };
    head(c, Rect { height: 3.min(area.height), ..area }, profile);
    let lines = pane.lines(s);
    let layout = layout(s.size, s.lang);
    let height = usize::from(area.height.saturating_sub(3)).min(room::profile(s.size));
    for column in 0..layout.columns {
        let x = area.x + layout.width * u16::try_from(column).unwrap_or(0);
        let last = column + 1 == layout.columns;
        let width = if last { area.right().saturating_sub(x) } else { layout.width };
        let own = Rect { x, y: area.y + 3, width, height: area.height.saturating_sub(3) };
        let top = pane.tops.get(column).copied().unwrap_or(0);
        let shown = lines.iter().enumerate().filter(|(_, l)| l.column == column).skip(top).take(height);
        for (row, (at, line)) in shown.enumerate() {
            let y = own.y + u16::try_from(row).unwrap_or(0);
            draw_line(c, own, y, layout, line, profile);
            if at == pane.at {
                let (accent, select) = (c.theme.accent, c.theme.select);
                c.put(own, (own.x, y), 1, "▌", accent);
                c.tint(Rect { width: own.width.saturating_sub(1), ..own }, y, select);
            }
        }
    }
}

/// Nobody is at hand, the answer is on its way, or the customer is gone.
fn absent(c: &mut Canvas, area: Rect) {
    let s = c.shared;
    let (text, style) = match (&s.subject, s.feeds.error(Slot::Profile), s.feeds.profile()) {
        (None, ..) => {
            let nobody = t::NOBODY.with(c.lang(), &[&s.key(Command::Find)]);
            let said = shelf::begin(c, Page::Profile);
            return shelf::nothing(
                c,
                area,
                &said.unwrap_or_else(|| shelf::none(c, Page::Profile, Slot::Title, &nobody)),
            );
        }
        (_, Some(error), _) => (errors::store(error, c.lang()), c.theme.bad),
        (_, _, Some(None)) => (c.say(t::GONE).to_owned(), c.theme.warn),
        _ => (c.say(t::LOADING).to_owned(), c.theme.dim),
    };
    for (i, line) in text::wrap(&text, usize::from(area.width.saturating_sub(4)), 3).iter().enumerate() {
        c.put(area, (area.x + 2, area.y + 1 + u16::try_from(i).unwrap_or(0)), area.width, line, style);
    }
}

/// Who it is: name, number and classes; whom to call and when they talked last; the tag line.
fn head(c: &mut Canvas, area: Rect, profile: &request::Profile) {
    let theme = c.theme;
    let row = &profile.row;
    let today = c.shared.now.today();
    let lang = c.lang();
    let segment = row.segment.as_deref();
    let mut parts: Vec<(String, Style)> =
        vec![(row.name.clone(), theme.strong), (format!("  {}", row.code), theme.dim)];
    let mut add = |text: &str, style: Style| {
        if !text.is_empty() {
            parts.push(("  ".to_owned(), theme.dim));
            parts.push((text.to_owned(), style));
        }
    };
    add(segment.map_or("", |id| words::word("segment", id, lang)), theme.segment(segment));
    add(row.grade.as_deref().unwrap_or(""), theme.text);
    add(row.lifecycle.as_deref().map_or("", |id| words::word("lifecycle", id, lang)), theme.text);
    if row.quiet {
        add(shell::QUIET.of(lang), theme.bad);
    }
    let owner = shell::OWNER.with(lang, &[&row.owner]);
    split(c, area, area.y, &parts, &owner);

    let mut second: Vec<(String, Style)> = Vec::new();
    for (text, style) in [
        (row.contact.clone(), theme.text),
        (row.title.clone(), theme.dim),
        (row.phone.clone(), theme.accent),
        (row.industry.as_deref().map(|i| shipped::said(i, lang).to_owned()), theme.dim),
        (row.size.as_deref().map(|id| words::word("size", id, lang).to_owned()), theme.dim),
    ] {
        if let Some(text) = text {
            second.push((format!("{text}  "), style));
        }
    }
    let mut aside = Vec::new();
    aside.extend(row.last_touch.map(|d| t::LAST.with(lang, &[&format::days_ago(d, today, lang)])));
    aside
        .extend(row.spend_12m.filter(|f| f.0 != 0).map(|f| t::TWELVE_MONTHS.with(lang, &[&format::yuan(f)])));
    split(c, area, area.y + 1, &second, &aside.join(" · "));
    let line = tags::line(&profile.composite, lang).into_owned();
    // with what the last touch was, where there is room for both
    let state = guard::state(&profile.standing, today, lang);
    let room = usize::from(area.width).saturating_sub(text::width(&line) + 4);
    let short = guard::touched(&profile.standing, lang);
    let said = if text::width(&state) <= room { state } else { short };
    split(c, area, area.y + 2, &[(line, theme.dim)], &said);
}

/// A line with something at its right edge; where there is not room for both, the right goes.
fn split(c: &mut Canvas, area: Rect, y: u16, parts: &[(String, Style)], right: &str) {
    let dim = c.theme.dim;
    let room = usize::from(area.width);
    // a long name or tag line gives way before what stands beside it, as far as that is enough
    let beside = text::squeezed(parts.to_vec(), room.saturating_sub(text::width(right) + 4));
    let wide: usize = beside.iter().map(|(t, _)| text::width(t)).sum();
    let both = wide + text::width(right) + 4 <= room;
    let parts = if both { beside } else { text::squeezed(parts.to_vec(), room.saturating_sub(2)) };
    let area = if both {
        let x = c.right(area, y, right, dim);
        Rect { width: x.saturating_sub(area.x + 1), ..area }
    } else {
        Rect { width: area.width.saturating_sub(1), ..area }
    };
    let parts: Vec<(&str, Style)> = parts.iter().map(|(t, s)| (t.as_str(), *s)).collect();
    c.line(area, (area.x + 1, y), &parts);
}

fn draw_line(c: &mut Canvas, area: Rect, y: u16, layout: Layout, line: &Line, profile: &request::Profile) {
    let theme = c.theme;
    let x = area.x + 1;
    match &line.body {
        Body::Blank => {}
        Body::Heading(name, note) => {
            c.line(area, (x, y), &[(name, theme.strong), ("  ", theme.dim), (note, theme.dim)]);
        }
        Body::Text { label, figure, parts, note } => {
            let x = area.x + 3;
            c.put(area, (x, y), layout.label, label, theme.dim);
            let mut x = x + layout.label + 2;
            if let Some(figure) = figure {
                let cells = usize::from(layout.figure);
                c.put(area, (x, y), layout.figure, &text::fit(figure, cells, true), theme.text);
                x += layout.figure + 2;
            }
            let end = area.right().saturating_sub(1);
            let room = usize::from(end.saturating_sub(x));
            let wide: usize = parts.iter().map(|(t, _)| text::width(t)).sum();
            // the text comes first; its remark stands where there is room for both
            let aside = text::width(note);
            let both = aside > 0 && room > aside + 2 && (wide + aside + 2 <= room || room >= aside + 14);
            let cells = if both { room - aside - 2 } else { room };
            if both {
                let at = end.saturating_sub(u16::try_from(aside).unwrap_or(0));
                c.put(area, (at, y), area.width, note, theme.dim);
            }
            let text_area =
                Rect { width: (x + u16::try_from(cells).unwrap_or(0)).saturating_sub(area.x), ..area };
            let parts: Vec<(&str, Style)> =
                parts.iter().map(|(text, ink)| (text.as_str(), style(c, *ink))).collect();
            c.line(text_area, (x, y), &parts);
        }
        Body::Chart(row) => {
            let months = profile.months.as_deref().unwrap_or_default();
            let at = area.x + 3;
            let room = usize::from(area.right().saturating_sub(at + 1));
            let drawn = chart::months(months, *row, CHART_ROWS, room);
            let style = if *row == CHART_ROWS { theme.dim } else { theme.accent };
            let after = c.put(area, (at, y), area.width, &drawn, style);
            if *row == 0 {
                let most = months.iter().map(|(_, fen)| *fen).max().unwrap_or_default();
                let most = format!(" {}", format::yuan(most));
                c.put(area, (after, y), area.right().saturating_sub(after), &most, theme.dim);
            }
        }
    }
}

const fn style(c: &Canvas, ink: Ink) -> Style {
    let theme = &c.theme;
    match ink {
        Ink::Plain => theme.text,
        Ink::Strong => theme.strong,
        Ink::Dim => theme.dim,
        Ink::Accent => theme.accent,
        Ink::Good => theme.good,
        Ink::Warn => theme.warn,
        Ink::Bad => theme.bad,
    }
}
