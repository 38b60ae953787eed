//! Draws text: cut to its room and cleaned, so that nothing leaves its area and nothing reaches the terminal that could
//! steer it. How many cells a text takes, `domain/cells` says alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub use crate::domain::cells::{block, cut, fit, scrolled, shown, width, wrap};
use crate::domain::cells::{is_plain, plain_width};

/// Writes a text at a place, cut to so many cells and to the area; gives the cells it took.
pub fn put(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), cells: usize, text: &str, style: Style) -> u16 {
    // the window may have shrunk since the app last heard of its size
    let area = area.intersection(buf.area);
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return 0;
    }
    let room = usize::from(area.right() - x).min(cells);
    let text = cut(text, room);
    if is_plain(&text) {
        put_plain(buf, (x, y), &text, style)
    } else {
        buf.set_stringn(x, y, &text, room, style).0 - x
    }
}

/// Writes a plain text that fits, as [`Buffer::set_stringn`] would.
fn put_plain(buf: &mut Buffer, (x, y): (u16, u16), text: &str, style: Style) -> u16 {
    let mut at = x;
    for sign in text.chars() {
        if let Some(cell) = buf.cell_mut((at, y)) {
            cell.set_char(sign).set_style(style);
        }
        at += 1;
        // the second half of a wide one is hidden by the first
        if plain_width(sign) == 2 {
            if let Some(cell) = buf.cell_mut((at, y)) {
                cell.reset();
            }
            at += 1;
        }
    }
    at - x
}

/// Writes parts one after another on one line; gives the column after the last.
pub fn line(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), parts: &[(&str, Style)]) -> u16 {
    let mut at = x;
    for (i, (text, style)) in parts.iter().enumerate() {
        let room = usize::from(area.right().saturating_sub(at));
        let wide = width(&shown(text));
        // a part that just fits says that something is missing where something stands after it
        let more = parts.iter().skip(i + 1).find(|(after, _)| !after.trim().is_empty());
        match more.filter(|_| wide == room) {
            Some((after, _)) => at += put(buf, area, (at, y), room, &format!("{text}{after}"), *style),
            None => at += put(buf, area, (at, y), room, text, *style),
        }
        // one sign says that something is missing, not one a part
        if wide > room || (wide == room && more.is_some()) {
            break;
        }
    }
    at
}

/// Writes a text so that it ends at the right edge of the area, a blank from it.
pub fn put_right(buf: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let wide = width(text).min(usize::from(area.width));
    let x = area.right().saturating_sub(u16::try_from(wide).unwrap_or(0) + 1).max(area.left());
    put(buf, area, (x, y), wide, text, style);
    x
}
/// Cells below which [`squeezed`] shortens no part: a phone in any format and most names stay whole.
const LEAST: usize = 20;

/// Parts of one line, of which the longest are shortened until all fit: a long name or text pushes nothing out that stands
/// after it.
pub fn squeezed(mut parts: Vec<(String, Style)>, cells: usize) -> Vec<(String, Style)> {
    loop {
        let wide: usize = parts.iter().map(|(part, _)| width(part)).sum();
        let over = wide.saturating_sub(cells);
        let mut widths: Vec<usize> = parts.iter().map(|(part, _)| width(part)).collect();
        widths.sort_unstable_by(|one, other| other.cmp(one));
        let longest = widths.first().copied().unwrap_or(0);
        if over == 0 || longest <= LEAST {
            return parts;
        }
        // down to the next longest, then both
        let next = widths.get(1).copied().unwrap_or(0);
        let to = longest.saturating_sub(over).max(next).max(LEAST).min(longest - 1);
        if let Some((part, _)) = parts.iter_mut().find(|(part, _)| width(part) == longest) {
            *part = cut(part, to).into_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_parts_give_way_so_that_what_stands_after_them_is_seen() {
        let said = |parts: &[&str], cells| -> Vec<String> {
            let parts = parts.iter().map(|part| ((*part).to_owned(), Style::default())).collect();
            squeezed(parts, cells).into_iter().map(|(part, _)| part).collect()
        };
        let long = "长".repeat(60);
        let [name, code, phone] = said(&[&long, "  C202405001", "  +86-13800138000"], 60).try_into().unwrap();
        assert!(width(&name) <= 31 && width(&name) >= 29 && name.ends_with('…'), "{name}");
        assert_eq!((code.as_str(), phone.as_str()), ("  C202405001", "  +86-13800138000"));
        let both = said(&[&long, &long, " · A"], 54);
        assert!(both.iter().map(|part| width(part)).sum::<usize>() <= 54);
        assert!(width(&both[0]).abs_diff(width(&both[1])) <= 2, "{both:?}");
        assert_eq!(said(&["short", "parts"], 10), ["short", "parts"]);
        // where there is no room for anything the rest is cut when it is drawn
        assert_eq!(said(&["twelve cells", "twelve cells"], 3), ["twelve cells", "twelve cells"]);
    }

    #[test]
    fn plain_text_is_written_as_any_other() {
        let area = Rect { x: 0, y: 0, width: 12, height: 2 };
        for text in ["", "abc", "恒远a物流", "a恒·…", "▌恒（"] {
            let mut one = Buffer::filled(area, ratatui::buffer::Cell::new("x"));
            let mut other = one.clone();
            let taken = put_plain(&mut one, (1, 1), text, Style::new().bold());
            let (end, _) = other.set_stringn(1, 1, text, 11, Style::new().bold());
            assert_eq!((one, taken), (other, end - 1), "{text}");
        }
    }

    #[test]
    fn a_part_that_just_fits_says_that_something_is_missing_after_it() {
        let said = |parts: &[&str], cells: u16| {
            let area = Rect { x: 0, y: 0, width: cells, height: 1 };
            let mut buf = Buffer::empty(area);
            let parts: Vec<(&str, Style)> = parts.iter().map(|part| (*part, Style::default())).collect();
            line(&mut buf, area, (0, 0), &parts);
            buf.content.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()
        };
        assert_eq!(said(&["growth", " · ", "A"], 9), "growth ·…");
        assert_eq!(said(&["growth", " · ", "A"], 10), "growth · A");
        assert_eq!(said(&["growth", "  "], 6), "growth", "a blank is not missed");
        assert_eq!(said(&["growth", " · A"], 6), "growt…");
    }
}
