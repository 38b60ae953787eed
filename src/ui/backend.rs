//! Sends changed cells with few bytes: the library's own backend moves the cursor after each Chinese character, which
//! takes more bytes than the character, and sets both colours where one has changed. Everything else is left to it.

use std::io::{self, Write};

use crossterm::cursor::{MoveTo, MoveToColumn};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::text::width;

/// The attributes that the theme uses, and what sets them.
const ATTRIBUTES: [(Modifier, Attribute); 4] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
];

/// A terminal behind a slow line.
pub struct Sparing<W: Write>(CrosstermBackend<W>);

impl<W: Write> Sparing<W> {
    /// Sends to this writer.
    pub fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }
}

/// How the terminal writes now.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Makes the terminal write as `wanted`; attributes can be taken away only all at once.
    fn turn_to(&mut self, wanted: Self, out: &mut impl Write) -> io::Result<()> {
        if !wanted.modifier.contains(self.modifier) {
            queue!(out, SetAttribute(Attribute::Reset))?;
            *self = Self::PLAIN;
        }
        for (modifier, attribute) in ATTRIBUTES {
            if (wanted.modifier - self.modifier).contains(modifier) {
                queue!(out, SetAttribute(attribute))?;
            }
        }
        if wanted.fg != self.fg {
            queue!(out, SetForegroundColor(wanted.fg.into_crossterm()))?;
        }
        if wanted.bg != self.bg {
            queue!(out, SetBackgroundColor(wanted.bg.into_crossterm()))?;
        }
        *self = wanted;
        Ok(())
    }
}

/// How far the cursor surely goes with a sign: every terminal draws Chinese, Japanese and Korean signs over two cells; what
/// it makes of a picture sign is its own affair.
fn advance(symbol: &str) -> Option<u16> {
    match width(symbol) {
        1 => Some(1),
        2 if symbol.chars().all(is_wide_in_every_terminal) => Some(2),
        _ => None,
    }
}

const fn is_wide_in_every_terminal(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303e}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
}

impl<W: Write> Backend for Sparing<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut pen = Pen::PLAIN;
        let (mut column, mut row) = (None, None);
        for (x, y, cell) in content {
            if row != Some(y) {
                queue!(self.0, MoveTo(x, y))?;
            } else if column != Some(x) {
                queue!(self.0, MoveToColumn(x))?;
            }
            pen.turn_to(Pen::of(cell), &mut self.0)?;
            queue!(self.0, Print(cell.symbol()))?;
            column = advance(cell.symbol()).map(|cells| x + cells);
            row = Some(y);
        }
        if pen != Pen::PLAIN {
            queue!(self.0, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn sent(before: &Buffer, after: &Buffer) -> String {
        let mut out = Vec::new();
        Sparing::new(&mut out).draw(before.diff(after).into_iter()).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn line(parts: &[(&str, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 2));
        let mut x = 0;
        for (text, style) in parts {
            x = buffer.set_stringn(x, 1, text, usize::MAX, *style).0;
        }
        buffer
    }

    #[test]
    fn chinese_text_moves_the_cursor_once_and_a_picture_sign_moves_it_again() {
        let blank = Buffer::empty(Rect::new(0, 0, 30, 2));
        let plain = Style::default();
        assert_eq!(sent(&blank, &line(&[("恒远物流A,B", plain)])), "\x1b[2;1H恒远物流A,B");
        assert_eq!(sent(&blank, &line(&[("好😀A", plain)])), "\x1b[2;1H好😀\x1b[5GA");
    }

    #[test]
    fn colours_and_attributes_are_set_where_they_change_and_left_plain_at_the_end() {
        let blank = Buffer::empty(Rect::new(0, 0, 30, 2));
        let (red, bold) =
            (Style::default().fg(Color::Indexed(9)), Style::default().add_modifier(Modifier::BOLD));
        let drawn = sent(&blank, &line(&[("a", red), ("b", red.patch(bold)), ("c", Style::default())]));
        assert_eq!(drawn, "\x1b[2;1H\x1b[38;5;9ma\x1b[1mb\x1b[0mc");
        assert_eq!(sent(&blank, &line(&[("a", bold)])), "\x1b[2;1H\x1b[1ma\x1b[0m");
        assert_eq!(sent(&blank, &blank), "");
    }
}
