//! What every drawing function gets: the cells, the theme, what panes share, and the place of the cursor. Text goes
//! through here, so that nothing is drawn outside its area and nothing unclean reaches the terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use super::theme::{self, Theme};
use crate::app::shared::Shared;
use crate::i18n::{Lang, Text};

/// The cells of one frame and what drawing needs to know.
pub struct Canvas<'a> {
    /// The cells.
    pub buf: &'a mut Buffer,
    /// The styles.
    pub theme: Theme,
    /// What panes share.
    pub shared: &'a Shared,
    /// Where the terminal's cursor is to stand: in the text field with the focus, so that an input method opens there.
    pub cursor: Option<(u16, u16)>,
}

impl<'a> Canvas<'a> {
    /// A canvas over the cells of a frame.
    pub fn new(buf: &'a mut Buffer, shared: &'a Shared) -> Self {
        Self { buf, theme: Theme::of(shared.theme), shared, cursor: None }
    }

    /// The language of the person.
    pub const fn lang(&self) -> Lang {
        self.shared.lang
    }

    /// A text in the person's language.
    pub const fn say(&self, text: Text) -> &'static str {
        text.of(self.shared.lang)
    }

    /// Writes a text at a place, cut to so many cells and to the area; gives the column after it.
    pub fn put(&mut self, area: Rect, at: (u16, u16), cells: u16, text: &str, style: Style) -> u16 {
        at.0 + text::put(self.buf, area, at, usize::from(cells), text, style)
    }

    /// Writes parts one after another on one line; gives the column after the last.
    pub fn line(&mut self, area: Rect, at: (u16, u16), parts: &[(&str, Style)]) -> u16 {
        text::line(self.buf, area, at, parts)
    }

    /// Writes a text so that it ends a blank before the right edge; gives its first column.
    pub fn right(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        text::put_right(self.buf, area, y, text, style)
    }

    /// Draws a rule over the width of the area.
    pub fn rule(&mut self, area: Rect, y: u16) {
        let rule = "─".repeat(usize::from(area.width));
        let style = self.theme.dim;
        self.put(area, (area.x, y), area.width, &rule, style);
    }

    /// Gives a whole line a style, under what stands on it: what has a colour of its own keeps it, where the style has a
    /// ground for colours.
    pub fn tint(&mut self, area: Rect, y: u16, style: Style) {
        let line = Rect { y, height: 1, ..area }.intersection(area).intersection(self.buf.area);
        for x in line.left()..line.right() {
            if let Some(cell) = self.buf.cell_mut((x, y)) {
                let style = theme::laid_under(style, cell.style());
                cell.set_style(style);
            }
        }
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        for y in area.top()..area.bottom() {
            // a wide character half under the area's left edge would swallow the first cell
            if let Some(before) = area.x.checked_sub(1).and_then(|x| self.buf.cell_mut((x, y)))
                && text::width(before.symbol()) > 1
            {
                before.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Writes a line of text with its cursor, scrolled so that the cursor shows; the cursor of the terminal goes there.
    pub fn input(&mut self, area: Rect, at: (u16, u16), cells: u16, input: &tui_input::Input) {
        let (part, column) = text::scrolled(input.value(), input.cursor(), usize::from(cells));
        let style = self.theme.field;
        self.put(area, at, cells, &text::fit(&part, usize::from(cells), false), style);
        self.cursor = Some((at.0 + u16::try_from(column).unwrap_or(0), at.1));
    }
}
