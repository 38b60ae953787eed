//! Part of a change that happens as a whole or not at all, while the change goes on.

use super::Work;
use crate::store::request::StoreError;

/// A place to come back to, while a transaction goes on.
struct Mark {
    lines: usize,
    trail: usize,
    daily: usize,
}

impl Work<'_> {
    /// Does something that either happens as a whole or not at all, while the transaction goes on.
    pub fn attempt<T>(
        &mut self,
        what: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mark = Mark { lines: self.lines.len(), trail: self.trail.len(), daily: self.daily.len() };
        self.db.prepare_cached("SAVEPOINT attempt")?.execute([])?;
        let result = what(self);
        if result.is_err() {
            self.db.prepare_cached("ROLLBACK TO attempt")?.execute([])?;
            self.back_to(&mark);
        }
        self.db.prepare_cached("RELEASE attempt")?.execute([])?;
        result
    }

    fn back_to(&mut self, mark: &Mark) {
        for (at, after) in self.trail.drain(mark.trail..).rev() {
            if let Some(line) = self.lines.get_mut(at) {
                line.after = after;
            }
        }
        for line in self.lines.drain(mark.lines..) {
            self.places.remove(&(line.noun, line.key));
        }
        self.daily.truncate(mark.daily);
    }
}
