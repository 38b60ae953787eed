//! The cursor of a view in which a row of the list opens as a list of its own: where it stands in each of them, and which
//! row is open. What the rows are, the view knows; here they are named by ids. The one thing to know: whatever moves moves
//! in the list that the screen shows.

use super::cursor::{Cursor, Move};
use super::room;
use super::shared::Size;

/// Where such a view stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nested {
    /// The cursor in the list.
    pub list: Cursor,
    /// The row that is open.
    pub open: Option<i64>,
    /// The cursor inside it.
    pub inside: Cursor,
}

impl Nested {
    /// The cursor in what the screen shows.
    pub const fn cursor(&self) -> &Cursor {
        if self.open.is_some() { &self.inside } else { &self.list }
    }

    /// The same, to be moved.
    pub const fn shown(&mut self) -> &mut Cursor {
        if self.open.is_some() { &mut self.inside } else { &mut self.list }
    }

    /// Opens a row, from its first line on.
    pub fn enter(&mut self, id: Option<i64>) {
        (self.open, self.inside) = (id, Cursor::default());
    }

    /// The row that is open, or that the cursor stands on.
    pub fn chosen<'r, R>(&self, rows: &'r [R], id: impl Fn(&R) -> i64) -> Option<&'r R> {
        match self.open {
            Some(open) => rows.iter().find(|row| id(row) == open),
            None => rows.get(self.list.at),
        }
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, ids: &[i64], size: Size) {
        self.shown().go(to, ids, room::shelf(size));
    }

    /// Where a click on a line of the list goes, and from where; none beside the list.
    pub fn clicked(&self, line: usize, count: usize, size: Size) -> Option<(usize, usize)> {
        let cursor = self.cursor();
        let to = cursor.top + line;
        (line < room::shelf(size) && to < count).then_some((cursor.at, to))
    }

    /// Follows its row into new rows or onto another screen; where none are here yet it waits for them.
    pub fn follow(&mut self, ids: &[i64], size: Size) {
        if !ids.is_empty() {
            self.shown().follow(ids, room::shelf(size));
        }
    }
}
