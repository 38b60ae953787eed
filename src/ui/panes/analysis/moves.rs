//! The moves between the classes of a scheme (F33): from which a row, to which a column, how many in the cell; sums of whoever
//! left and came at the ends. Each column is as wide as its name, so that names stand whole where the screen holds them.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::canvas::Canvas;
use super::super::super::text;
use crate::app::panes::board::analysis::{Analysis, move_classes};
use crate::domain::kpi::Period;
use crate::i18n::{analysis as t, format, words};

/// The least and the most cells of a column of counts, the blank before it included.
const CELLS: (u16, u16) = (6, 14);

/// Draws the moves; gives what they mean.
pub fn draw(c: &mut Canvas, area: Rect, view: &Analysis, period: Period) -> String {
    let meaning = c.say(t::MOVES_MEANING).to_owned();
    let moves = view.moves(period, c.shared);
    if moves.is_empty() {
        let scheme = words::word("scheme", view.scheme(), c.lang());
        c.put(area, (area.x + 2, area.y), area.width, scheme, c.theme.dim);
        c.put(area, (area.x + 2, area.y + 1), area.width, c.say(t::NO_MOVES), c.theme.dim);
        return meaning;
    }
    let classes = move_classes(view.scheme());
    let names: Vec<String> = classes.iter().map(|class| name(c, view, class)).collect();
    let grid = Grid::of(c, area, &names);
    grid.heads(c, &names);
    let counted = |was: &str, became: &str| {
        moves.iter().find(|m| m.was == was && m.became == became).map_or(0, |m| m.count)
    };
    let strong = c.theme.strong;
    let last = u16::try_from(classes.len()).unwrap_or(0) + 1;
    for ((row, was), (name, y)) in classes.iter().enumerate().zip(names.iter().zip(1..)) {
        grid.name(c, y, name, c.theme.text);
        for (at, became) in classes.iter().enumerate() {
            let count = counted(was, became);
            let style = match count {
                _ if (row, at) == (view.cursor.at, view.column) => c.theme.select,
                0 => c.theme.dim,
                _ => c.theme.text,
            };
            grid.count(c, at, y, count, style);
        }
        grid.count(c, classes.len(), y, classes.iter().map(|became| counted(was, became)).sum(), strong);
        if row == view.cursor.at {
            c.put(area, (area.x, area.y + y), 1, "▌", c.theme.accent);
        }
    }
    grid.name(c, last, c.say(t::MOVED_IN), strong);
    for (at, became) in classes.iter().enumerate() {
        grid.count(c, at, last, classes.iter().map(|was| counted(was, became)).sum(), strong);
    }
    meaning
}

/// The name of a class, and of having none.
fn name(c: &Canvas, view: &Analysis, class: &str) -> String {
    if class.is_empty() {
        c.say(t::NO_CLASS).to_owned()
    } else {
        words::word(view.scheme(), class, c.lang()).to_owned()
    }
}

/// Where the columns stand.
struct Grid {
    area: Rect,
    /// Cells of the names of the rows.
    first: u16,
    /// Where each column begins and how wide it is, the blank before its text included.
    columns: Vec<(u16, u16)>,
}

impl Grid {
    fn of(c: &Canvas, area: Rect, names: &[String]) -> Self {
        let wide = |text: &str| u16::try_from(text::width(text)).unwrap_or(CELLS.1);
        let rows =
            names.iter().map(|name| wide(name)).chain([wide(c.say(t::FROM_TO)), wide(c.say(t::MOVED_IN))]);
        let first = rows.max().unwrap_or(14);
        let heads = names.iter().map(|name| wide(name)).chain([wide(c.say(t::MOVED_OUT))]);
        let own: Vec<u16> = heads.map(|cells| (cells + 1).clamp(CELLS.0, CELLS.1)).collect();
        let count = u16::try_from(own.len()).unwrap_or(1).max(1);
        let room = area.width.saturating_sub(first + 3);
        let needed: u16 = own.iter().sum();
        // what is left over spreads them; where they have no room, each gets the same
        let more = (room.saturating_sub(needed) / count).min(3);
        let even = (room / count).clamp(CELLS.0, CELLS.1);
        let mut x = first + 2;
        let place = |cells: u16| {
            let cells = if needed <= room { cells + more } else { even };
            let at = (x, cells);
            x += cells;
            at
        };
        let columns = own.into_iter().map(place).collect();
        Self { area, first, columns }
    }

    fn heads(&self, c: &mut Canvas, names: &[String]) {
        let style = c.theme.dim;
        self.name(c, 0, c.say(t::FROM_TO), style);
        for (at, name) in names.iter().enumerate() {
            self.put(c, at, 0, name, style);
        }
        self.put(c, names.len(), 0, c.say(t::MOVED_OUT), style);
    }

    fn name(&self, c: &mut Canvas, y: u16, text: &str, style: Style) {
        c.put(self.area, (self.area.x + 2, self.area.y + y), self.first, text, style);
    }

    fn count(&self, c: &mut Canvas, at: usize, y: u16, count: i64, style: Style) {
        let said = if count == 0 { "·".to_owned() } else { format::count(count) };
        self.put(c, at, y, &said, style);
    }

    fn put(&self, c: &mut Canvas, at: usize, y: u16, text: &str, style: Style) {
        let Some((x, cells)) = self.columns.get(at).copied() else { return };
        let text = text::fit(text, usize::from(cells.saturating_sub(1)), true);
        c.put(self.area, (self.area.x + x + 1, self.area.y + y), cells, &text, style);
    }
}
