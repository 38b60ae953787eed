//! Draws text: cut to its room and cleaned, so that nothing leaves its area and nothing reaches the terminal that could
//! steer it. How many cells a text takes, `domain/cells` says alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub use crate::domain::cells::{block, cut, fit, scrolled, shown, width, wrap};

/// Writes a text at a place, cut to so many cells and to the area; gives the cells it took.
pub fn put(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), cells: usize, text: &str, style: Style) -> u16 {
    // the window may have shrunk since the app last heard of its size
    let area = area.intersection(buf.area);
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return 0;
    }
    let room = usize::from(area.right() - x).min(cells);
    let text = cut(text, room);
    buf.set_stringn(x, y, &text, room, style).0 - x
}

/// Writes parts one after another on one line; gives the column after the last.
pub fn line(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), parts: &[(&str, Style)]) -> u16 {
    let mut at = x;
    for (text, style) in parts {
        let room = usize::from(area.right().saturating_sub(at));
        at += put(buf, area, (at, y), room, text, *style);
        // one sign says that something is missing, not one a part
        if width(&shown(text)) > room {
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
