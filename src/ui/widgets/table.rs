//! The one table: column heads, rows in aligned cells, the bar of the cursor, marks. It draws only the rows it is given
//! and needs no more than a screenful.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use crate::app::columns::GAP;
pub use crate::app::columns::{GUTTER, Wish, allot, allot_to};

/// A column as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its cells.
    pub width: u16,
    /// Figures stand to the right.
    pub right: bool,
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Its style.
    pub style: Style,
}

impl Cell {
    /// A cell with a style.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
    /// The cursor stands here.
    pub on: bool,
    /// It is marked.
    pub mark: bool,
}

/// Draws heads and rows from the top of the area; gives the first free line.
pub fn draw(c: &mut Canvas, area: Rect, columns: &[Column], rows: &[Row]) -> u16 {
    heads(c, area, columns);
    for (i, row) in rows.iter().enumerate() {
        let y = area.y.saturating_add(1).saturating_add(u16::try_from(i).unwrap_or(u16::MAX));
        if y >= area.bottom() {
            return area.bottom();
        }
        draw_row(c, area, y, columns, row);
    }
    area.y + 1 + u16::try_from(rows.len()).unwrap_or(0)
}

/// Draws the column heads.
pub fn heads(c: &mut Canvas, area: Rect, columns: &[Column]) {
    let style = c.theme.dim;
    let mut x = area.x + GUTTER;
    for column in columns {
        let text = text::fit(&column.heading, usize::from(column.width), column.right);
        c.put(area, (x, area.y), column.width, &text, style);
        x += column.width + GAP;
    }
}

/// Draws one row on a line.
pub fn draw_row(c: &mut Canvas, area: Rect, y: u16, columns: &[Column], row: &Row) {
    let (accent, good, select) = (c.theme.accent, c.theme.good, c.theme.select);
    let mut x = area.x + GUTTER;
    for (column, cell) in columns.iter().zip(&row.cells) {
        let text = text::cut(&cell.text, usize::from(column.width));
        let at =
            if column.right { x + column.width - u16::try_from(text::width(&text)).unwrap_or(0) } else { x };
        c.put(area, (at, y), column.width, &text, cell.style);
        x += column.width + GAP;
    }
    if row.mark {
        c.put(area, (area.x + 1, y), 1, "✓", good);
    }
    if row.on {
        c.put(area, (area.x, y), 1, "▌", accent);
        c.tint(area, y, select);
    }
}
