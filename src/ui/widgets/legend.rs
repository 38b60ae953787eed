//! What a view is for, and below it each column with what it means. The frame is as high as the text and no higher than the
//! screen; what has no room is scrolled to.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::legend::Legend;
use crate::i18n::{commands, legend as t, scheme};

/// The widest it becomes, so that a line is read at one glance.
const WIDEST: u16 = 92;
/// Lines beside the text: the frame, a blank and the keys.
const AROUND: u16 = 4;

/// Draws it.
pub fn draw(c: &mut Canvas, screen: Rect, legend: Legend) {
    let width = screen.width.saturating_sub(2).min(WIDEST);
    let lines = lines(c, legend, usize::from(width.saturating_sub(4)));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(AROUND).min(screen.height);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(commands::LEGEND));
    let room = usize::from(inside.height.saturating_sub(2));
    let top = legend.top.min(lines.len().saturating_sub(room));
    for (line, y) in lines.iter().skip(top).take(room).zip(inside.y..) {
        c.line(
            inside,
            (inside.x, y),
            &line.iter().map(|(text, style)| (text.as_str(), *style)).collect::<Vec<_>>(),
        );
    }
    let foot =
        Rect { x: inside.x.saturating_sub(1), y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    let mut keys = vec![("Esc".to_owned(), c.say(commands::BACK))];
    if lines.len() > room {
        keys.insert(0, ("↑ ↓".to_owned(), c.say(scheme::SCROLL)));
    }
    bars::hints(c, foot, &keys);
}

/// The sentence, then the columns: the heading once, what it means wrapped beside it.
fn lines(c: &Canvas, legend: Legend, width: usize) -> Vec<Vec<(String, Style)>> {
    let (lang, theme) = (c.lang(), c.theme);
    let columns = t::columns(legend.page);
    let label = columns.iter().map(|(heading, _)| text::width(heading.of(lang))).max().unwrap_or(0);
    let label = label.min(width / 3);
    let mut out: Vec<Vec<(String, Style)>> = text::wrap(t::purpose(legend.page).of(lang), width, 4)
        .into_iter()
        .map(|line| vec![(line, theme.strong)])
        .collect();
    if !columns.is_empty() {
        out.push(Vec::new());
    }
    for (heading, means) in columns {
        let names = text::wrap(heading.of(lang), label, 3);
        let parts = text::wrap(means.of(lang), width.saturating_sub(label + 2), 6);
        for n in 0..names.len().max(parts.len()) {
            let name = names.get(n).map_or("", String::as_str);
            let part = parts.get(n).cloned().unwrap_or_default();
            out.push(vec![(format!("{}  ", text::fit(name, label, false)), theme.dim), (part, theme.text)]);
        }
    }
    out
}
