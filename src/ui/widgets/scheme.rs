//! Why a customer stands where it stands. The editor of the rules is drawn by `rules`.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::why::WhyView;
use crate::app::room;
use crate::i18n::scheme::{self as t, Mark};
use crate::i18n::{commands, shell, words};

/// The frame of both, as wide as is useful, with a line for keys at its foot.
pub(super) fn frame(c: &mut Canvas, screen: Rect, title: &str) -> (Rect, Rect) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 6;
    let width = screen.width.saturating_sub(2).min(110);
    let inside = popup::frame(c, popup::middle(screen, width, height), title);
    let foot = popup::foot(inside);
    (Rect { height: inside.height.saturating_sub(2), ..inside }, foot)
}

/// Draws the account of a customer's classes.
pub fn why(c: &mut Canvas, screen: Rect, view: &WhyView) {
    let name = c.shared.subject.as_ref().map_or(String::new(), |s| s.name.clone());
    let title = format!("{} · {name}", c.say(commands::WHY));
    let (area, foot) = frame(c, screen, &title);
    let (lang, theme) = (c.lang(), c.theme);
    let Some(all) = c.shared.feeds.why() else {
        c.put(area, (area.x, area.y), area.width, c.say(shell::LOADING), theme.dim);
        return;
    };
    let names: Vec<&str> = all.iter().map(|why| words::word("scheme", &why.account.scheme, lang)).collect();
    tabs(c, area, &names, view.scheme);
    if let Some(why) = all.get(view.scheme) {
        let lines = laid_out(&t::account(why, c.shared.now.zone, lang), usize::from(area.width), c);
        let rows = usize::from(area.height.saturating_sub(2));
        let top = view.top.min(lines.len().saturating_sub(rows));
        for (i, (line, style)) in lines.iter().skip(top).take(rows).enumerate() {
            c.put(area, (area.x, area.y + 2 + u16::try_from(i).unwrap_or(0)), area.width, line, *style);
        }
    }
    let keys = [
        ("Tab".to_owned(), c.say(t::OTHER_SCHEME)),
        ("↑ ↓".to_owned(), c.say(t::SCROLL)),
        ("Esc".to_owned(), c.say(commands::BACK)),
    ];
    bars::hints(c, foot, &keys);
}

/// The names of the schemes on one line; where they do not fit, as many as stand around the one that is shown.
fn tabs(c: &mut Canvas, area: Rect, names: &[&str], at: usize) {
    let theme = c.theme;
    let room = usize::from(area.width);
    let cells =
        |from: usize| names.iter().skip(from).take(at + 1 - from).map(|n| text::width(n) + 2).sum::<usize>();
    let from = (0..=at).find(|from| cells(*from) + 2 <= room).unwrap_or(at);
    let mut x = area.x;
    if from > 0 {
        x = c.put(area, (x, area.y), 2, "‹ ", theme.dim);
    }
    for (n, name) in names.iter().enumerate().skip(from) {
        let style = if n == at { theme.strong } else { theme.dim };
        let last = n + 1 == names.len();
        if usize::from(area.right().saturating_sub(x)) < text::width(name) + if last { 0 } else { 2 } {
            c.put(area, (x, area.y), 1, "›", theme.dim);
            break;
        }
        x = c.put(area, (x, area.y), area.right().saturating_sub(x), name, style) + 2;
    }
}

/// Lines with their labels in a column of their own, wrapped.
fn laid_out(lines: &[t::Line], width: usize, c: &Canvas) -> Vec<(String, Style)> {
    let theme = c.theme;
    let label = lines
        .iter()
        .filter(|l| l.mark != Mark::Head && !l.text.is_empty())
        .map(|l| text::width(&l.label))
        .max()
        .unwrap_or(0)
        .min(width / 3);
    let mut out: Vec<(String, Style)> = Vec::new();
    for line in lines {
        if line.mark == Mark::Head {
            if !out.is_empty() {
                out.push((String::new(), theme.text));
            }
            let head = format!("{}  {}", line.label, line.text);
            let head = text::wrap(head.trim_end(), width, 3);
            out.extend(head.into_iter().map(|part| (part, theme.strong)));
            continue;
        }
        let (sign, style) = match line.mark {
            Mark::Holds => ("✓", theme.good),
            Mark::Fails => ("✗", theme.text),
            Mark::Plain | Mark::Head => (" ", theme.text),
        };
        // what stands alone has the whole width; else both columns go on below themselves, and nothing is cut
        let cells = if line.text.is_empty() { width.saturating_sub(2).max(8) } else { label };
        let room = width.saturating_sub(label + 4).max(8);
        let (names, parts) = (text::wrap(&line.label, cells, 6), packed(&line.text, room));
        for n in 0..names.len().max(parts.len()) {
            let name = names.get(n).map_or("", String::as_str);
            let part = parts.get(n).map_or("", String::as_str);
            let sign = if n == 0 { sign } else { " " };
            let row = format!("{sign} {}  {part}", text::fit(name, cells, false));
            out.push((row.trim_end().to_owned(), style));
        }
    }
    out
}

/// Conditions in lines of at most so many cells, none broken that fits on a line of its own.
fn packed(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for condition in text.split("  ") {
        let wide = text::width(condition);
        match lines.last_mut() {
            Some(last) if text::width(last) + 2 + wide <= room => {
                last.push_str("  ");
                last.push_str(condition);
            }
            _ => lines.extend(text::wrap(condition, room, 12)),
        }
    }
    lines
}
