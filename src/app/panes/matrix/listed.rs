//! What the views of pane 4 share that are lists: the cursor moves in what the screen shows of them.

use super::super::super::cursor::{Cursor, Move};
use super::super::super::room;
use super::super::super::shared::Shared;

/// A view that is a list, or a list within another: the cursor moves in what the screen shows.
pub(super) trait Listed {
    /// The rows of it, by their ids.
    fn ids(&self, s: &Shared) -> Vec<i64>;

    /// The cursor among them.
    fn cursor(&mut self) -> &mut Cursor;

    /// Moves the cursor.
    fn go(&mut self, to: Move, s: &Shared) {
        let ids = self.ids(s);
        self.cursor().go(to, &ids, room::shelf(s.size));
    }

    /// A click on a line of the list; true where the cursor stood there already.
    fn click(&mut self, line: usize, s: &Shared) -> bool {
        let ids = self.ids(s);
        self.cursor().click(line, &ids, room::shelf(s.size))
    }

    /// Follows its row into new rows or onto another screen; where none are here yet it waits for them.
    fn follow(&mut self, s: &Shared) {
        let ids = self.ids(s);
        if !ids.is_empty() {
            self.cursor().follow(&ids, room::shelf(s.size));
        }
    }
}
