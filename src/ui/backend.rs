//! Sends changed cells with few bytes: the library's own backend moves the cursor after each Chinese character, which
//! takes more bytes than the character, and sets both colours where one has changed. A frame is shown at once or not at
//! all, and one that changes nothing sends nothing. Everything else is left to the library.

use std::io::{self, Write};

use crossterm::cursor::{MoveTo, MoveToColumn};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute, SetBackgroundColor, SetForegroundColor};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
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
pub struct Sparing<W: Write> {
    inner: CrosstermBackend<W>,
    /// Something of this frame is sent.
    begun: bool,
    /// Whether the cursor shows, where that is known, and where it stands.
    shows: Option<bool>,
    at: Option<Position>,
}

impl<W: Write> Sparing<W> {
    /// Sends to this writer.
    pub fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer), begun: false, shows: None, at: None }
    }

    /// Somebody else has written to the terminal: nothing is known of its cursor.
    pub fn forget(&mut self) {
        (self.shows, self.at) = (None, None);
    }

    fn begin(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.at = None;
            queue!(self.inner, BeginSynchronizedUpdate)?;
        }
        Ok(())
    }

    fn show(&mut self, shows: bool) -> io::Result<()> {
        if self.shows == Some(shows) {
            return Ok(());
        }
        self.begin()?;
        self.shows = Some(shows);
        if shows { self.inner.show_cursor() } else { self.inner.hide_cursor() }
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
            self.begin()?;
            if row != Some(y) {
                queue!(self.inner, MoveTo(x, y))?;
            } else if column != Some(x) {
                queue!(self.inner, MoveToColumn(x))?;
            }
            pen.turn_to(Pen::of(cell), &mut self.inner)?;
            queue!(self.inner, Print(cell.symbol()))?;
            column = advance(cell.symbol()).map(|cells| x + cells);
            row = Some(y);
        }
        if pen != Pen::PLAIN {
            queue!(self.inner, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if !self.begun && self.at == Some(position) {
            return Ok(());
        }
        self.begin()?;
        self.at = Some(position);
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.begun) {
            queue!(self.inner, EndSynchronizedUpdate)?;
        }
        Backend::flush(&mut self.inner)
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
        let sent = String::from_utf8(out).unwrap();
        // what belongs together is shown together
        sent.strip_prefix("\x1b[?2026h").map(str::to_owned).unwrap_or(sent)
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
    #[test]
    fn a_frame_that_changes_nothing_sends_nothing() {
        let mut out = Vec::new();
        let (blank, text) = (Buffer::empty(Rect::new(0, 0, 30, 2)), line(&[("a", Style::default())]));
        let mut terminal = Sparing::new(&mut out);
        let mut frame = |before: &Buffer, after: &Buffer, cursor: Option<(u16, u16)>| {
            terminal.draw(before.diff(after).into_iter()).unwrap();
            match cursor {
                Some(at) => {
                    terminal.show_cursor().unwrap();
                    terminal.set_cursor_position(at).unwrap();
                }
                None => terminal.hide_cursor().unwrap(),
            }
            Backend::flush(&mut terminal).unwrap();
        };
        frame(&blank, &text, None);
        frame(&text, &text, None);
        frame(&text, &text, Some((1, 1)));
        frame(&text, &text, Some((1, 1)));
        frame(&text, &blank, Some((1, 1)));
        let (begin, end) = ("\x1b[?2026h", "\x1b[?2026l");
        let frames = [
            format!("{begin}\x1b[2;1Ha\x1b[?25l{end}"),
            format!("{begin}\x1b[?25h\x1b[2;2H{end}"),
            // the cursor was moved by what was written
            format!("{begin}\x1b[2;1H \x1b[2;2H{end}"),
        ];
        assert_eq!(String::from_utf8(out).unwrap(), frames.concat());
    }
}
