//! A cursor in a list of which only a window is here: it follows the row's id when rows change, and tells when the
//! window has to move. At the edge of the screen it scrolls by half a page, which on a slow line is what people feel.

use crate::store::request::Seek;

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The id of its row, once there are rows.
    pub id: Option<i64>,
    /// Its index in the window.
    pub at: usize,
    /// The index of the first row on the screen.
    pub top: usize,
}

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// So many rows.
    By(isize),
    /// So many screens.
    Page(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Cursor {
    /// Moves within `ids`, of which `height` fit on the screen; true where it wanted further than the window reaches.
    pub fn go(&mut self, to: Move, ids: &[i64], height: usize) -> bool {
        let last = ids.len().saturating_sub(1);
        let height = height.max(1);
        let by = |n: isize| self.at.saturating_add_signed(n);
        let wanted = match to {
            Move::By(n) => by(n),
            Move::Page(n) => by(n.saturating_mul(isize::try_from(height).unwrap_or(1))),
            Move::First => 0,
            Move::Last => last,
        };
        let beyond =
            wanted > last || matches!(to, Move::By(n) | Move::Page(n) if n < 0 && self.at < n.unsigned_abs());
        self.at = wanted.min(last);
        self.id = ids.get(self.at).copied();
        self.show(ids.len(), height);
        beyond
    }

    /// A click on a line of the screen: goes there, if there is a row; true where it stood there already.
    pub fn click(&mut self, line: usize, ids: &[i64], height: usize) -> bool {
        let to = self.top + line;
        if line >= height || to >= ids.len() {
            return false;
        }
        let again = to == self.at;
        self.go(Move::By(to.cast_signed() - self.at.cast_signed()), ids, height);
        again
    }

    /// Follows the row by its id into new rows, and stays on the same line of the screen.
    pub fn follow(&mut self, ids: &[i64], height: usize) {
        let line = self.at.saturating_sub(self.top);
        self.at = self
            .id
            .and_then(|id| ids.iter().position(|i| *i == id))
            .unwrap_or_else(|| self.at.min(ids.len().saturating_sub(1)));
        self.id = ids.get(self.at).copied();
        self.top = self.at.saturating_sub(line);
        self.show(ids.len(), height.max(1));
    }

    /// The screen has another size. Before the first rows are here nothing is known, and the row that is sought stays so.
    pub fn resized(&mut self, ids: &[i64], height: usize) {
        if !ids.is_empty() {
            self.follow(ids, height);
        }
    }

    /// Brings the cursor's row onto the screen.
    fn show(&mut self, count: usize, height: usize) {
        let half = height.div_ceil(2);
        if self.at < self.top {
            self.top = if self.top - self.at >= height { self.at } else { self.at.saturating_sub(half - 1) };
        } else if self.at >= self.top + height {
            self.top =
                if self.at - self.top >= 2 * height { self.at + 1 - height } else { self.at + half - height };
        }
        self.top = self.top.min(count.saturating_sub(height));
    }
}

/// A cursor in a list that is fetched window by window: it asks for the next window before it reaches the edge of this
/// one, and a movement that wanted further goes on when that window is here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Windowed {
    /// The cursor in the window that is here.
    pub cursor: Cursor,
    /// Which window is wanted.
    pub seek: Seek,
    rest: Option<Move>,
}

impl Windowed {
    /// From the first row anew.
    pub fn restart(&mut self) {
        *self = Self::default();
    }

    /// Stands on a row, wherever in the list it is.
    pub const fn stand(&mut self, id: i64) {
        self.cursor.id = Some(id);
        self.seek = Seek::Around(id);
    }

    /// Whether a movement waits for the next window.
    pub const fn waits(&self) -> bool {
        self.rest.is_some()
    }

    /// A window has come.
    pub fn answered(&mut self, ids: &[i64], height: usize) {
        if self.seek == Seek::End && self.cursor.id.is_none() {
            self.cursor.go(Move::Last, ids, height);
        } else {
            self.cursor.follow(ids, height);
        }
        if let Some(rest) = self.rest.take() {
            self.cursor.go(rest, ids, height);
        }
    }

    /// Moves; `before` and `after` say whether there are rows beyond the window. False where another window is needed
    /// before anybody knows what the cursor stands on.
    pub fn go(&mut self, to: Move, ids: &[i64], height: usize, (before, after): (bool, bool)) -> bool {
        match to {
            Move::First if before => {
                self.restart();
                return false;
            }
            Move::Last if after => {
                *self = Self { seek: Seek::End, ..Self::default() };
                return false;
            }
            _ => {}
        }
        let beyond = self.cursor.go(to, ids, height);
        let near = height.max(20);
        let up = before && self.cursor.at < near;
        let down = after && self.cursor.at + near >= ids.len();
        if (up || down)
            && let Some(id) = self.cursor.id
        {
            self.seek = Seek::Around(id);
            if beyond {
                self.rest = Some(to);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [i64; 6] = [10, 11, 12, 13, 14, 15];

    #[test]
    fn it_stays_inside_and_tells_when_it_wanted_out() {
        let mut c = Cursor::default();
        assert!(!c.go(Move::By(1), &IDS, 3));
        assert_eq!((c.id, c.at), (Some(11), 1));
        assert!(c.go(Move::By(-5), &IDS, 3));
        assert_eq!(c.id, Some(10));
        assert!(!c.go(Move::Last, &IDS, 3));
        assert_eq!((c.id, c.top), (Some(15), 3));
        assert!(c.go(Move::Page(1), &IDS, 3));
        c.go(Move::First, &IDS, 3);
        assert_eq!((c.id, c.top), (Some(10), 0));
    }

    #[test]
    fn it_follows_its_row_and_keeps_its_line_on_the_screen() {
        let mut c = Cursor { id: Some(13), at: 3, top: 2 };
        c.follow(&[8, 9, 10, 11, 12, 13, 14, 15], 3);
        assert_eq!((c.at, c.top), (5, 4));
        c.follow(&[1, 2], 3);
        assert_eq!((c.id, c.at, c.top), (Some(2), 1, 0));
        c.follow(&[], 3);
        assert_eq!(c.id, None);
    }

    #[test]
    fn the_cursor_is_always_on_the_screen() {
        let ids: Vec<i64> = (0..200).collect();
        for height in [1, 2, 3, 7, 20] {
            let mut c = Cursor::default();
            for step in [1, 1, 5, 1, 30, -3, -1, 90, -200, 1, 199, -1, -1, -1] {
                c.go(Move::By(step), &ids, height);
                assert!(c.top <= c.at && c.at < c.top + height, "{step} {height} {c:?}");
            }
        }
    }
}
