//! The one table: column heads, rows in aligned cells, the bar of the cursor, marks. It draws only the rows it is given
//! and needs no more than a screenful.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;

/// Cells before the first column: the cursor's bar, the mark, a blank.
pub const GUTTER: u16 = 3;
/// Cells between two columns.
const GAP: u16 = 2;

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

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The least cells.
    pub width: u16,
    /// How much of the room left over, in parts.
    pub grow: u16,
    /// Which go first where there is no room: the greatest number; 0 never goes.
    pub yields: u8,
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

/// Which wishes fit into `width` cells and how many cells each gets: the index of the wish and its cells.
pub fn allot(wishes: &[Wish], width: u16) -> Vec<(usize, u16)> {
    let room = width.saturating_sub(GUTTER);
    let mut kept: Vec<usize> = (0..wishes.len()).collect();
    let wish = |i: usize| wishes.get(i).copied().unwrap_or(Wish { width: 0, grow: 0, yields: 0 });
    let needed = |kept: &[usize]| -> u16 {
        let cells: u16 = kept.iter().map(|i| wish(*i).width).sum();
        cells + GAP * u16::try_from(kept.len().saturating_sub(1)).unwrap_or(0)
    };
    while needed(&kept) > room {
        let Some(at) = (0..kept.len()).max_by_key(|at| kept.get(*at).map_or(0, |i| wish(*i).yields)) else {
            break;
        };
        if kept.len() == 1 {
            break;
        }
        kept.remove(at);
    }
    let mut left = room.saturating_sub(needed(&kept));
    let mut cells: Vec<(usize, u16)> = kept.iter().map(|i| (*i, wish(*i).width.min(room))).collect();
    // in rounds, so that nobody grows past three times the wish
    loop {
        let parts: u16 =
            cells.iter().filter(|(i, w)| *w < wish(*i).width * 3).map(|(i, _)| wish(*i).grow).sum();
        if parts == 0 || left == 0 {
            return cells;
        }
        let share = (left / parts).max(1);
        for (i, w) in &mut cells {
            let more = (share * wish(*i).grow).min(left).min((wish(*i).width * 3).saturating_sub(*w));
            *w += more;
            left -= more;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const WISHES: [Wish; 3] = [
        Wish { width: 10, grow: 0, yields: 3 },
        Wish { width: 12, grow: 2, yields: 0 },
        Wish { width: 6, grow: 1, yields: 1 },
    ];

    #[test]
    fn columns_yield_in_their_order_and_share_what_is_left() {
        assert_eq!(allot(&WISHES, 35), [(0, 10), (1, 12), (2, 6)]);
        assert_eq!(allot(&WISHES, 30), [(1, 17), (2, 8)]);
        assert_eq!(allot(&WISHES, 10), [(1, 7)]);
        let wide: u16 = allot(&WISHES, 300).iter().map(|(_, w)| w).sum();
        assert_eq!(wide, 10 + 36 + 18);
    }
}
