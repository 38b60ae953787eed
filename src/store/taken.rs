//! Which row of its file each touch stands for while the file comes in: what one row has found there or made, no other row of
//! that file can mean, so that two talks that look alike stay two. Kept beside the database, like a tally
//! ([`super::tally`]), for as long as the file lasts; what a batch has found counts once it is written.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::request::StoreError;
use super::tally::nameless;

/// The touches that rows of files have taken.
#[derive(Default)]
pub struct Taken {
    /// None until something is taken.
    db: Option<Connection>,
    /// What the batch that is being written has taken: touch and row.
    fresh: HashMap<i64, i64>,
}

impl Taken {
    /// Begins a batch: what an earlier try of it has taken was never written.
    pub fn begin(&mut self) {
        self.fresh.clear();
    }

    /// The row that has taken a touch.
    pub fn by(&self, job: i64, touch: i64) -> Result<Option<i64>, StoreError> {
        if let Some(row) = self.fresh.get(&touch) {
            return Ok(Some(*row));
        }
        let Some(db) = &self.db else { return Ok(None) };
        let mut query = db.prepare_cached("SELECT row FROM taken WHERE job_id=?1 AND touch_id=?2")?;
        Ok(query.query_row((job, touch), |r| r.get(0)).optional()?)
    }

    /// A row takes a touch.
    pub fn take(&mut self, touch: i64, row: i64) {
        self.fresh.insert(touch, row);
    }

    /// The batch is written.
    pub fn keep(&mut self, job: i64) -> Result<(), StoreError> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let db = match &mut self.db {
            Some(db) => db,
            none => none.insert(nameless(
                "CREATE TABLE taken(job_id INT, touch_id INT, row INT, PRIMARY KEY(job_id,touch_id)) WITHOUT ROWID",
            )?),
        };
        let mut write = db.prepare_cached("INSERT OR REPLACE INTO taken VALUES(?1,?2,?3)")?;
        for (touch, row) in self.fresh.drain() {
            write.execute((job, touch, row))?;
        }
        Ok(())
    }

    /// A file begins or ends: nothing is taken by it.
    pub fn forget(&mut self, job: i64) -> Result<(), StoreError> {
        let Some(db) = &self.db else { return Ok(()) };
        db.execute("DELETE FROM taken WHERE job_id=?1", [job])?;
        if !db.prepare("SELECT 1 FROM taken")?.exists([])? {
            self.db = None;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_batch_has_taken_counts_once_it_is_written_and_until_its_file_ends() {
        let mut taken = Taken::default();
        taken.take(5, 1);
        assert_eq!(taken.by(1, 5).unwrap(), Some(1));
        taken.begin();
        assert_eq!(taken.by(1, 5).unwrap(), None, "that try was not written");
        taken.take(5, 2);
        taken.keep(1).unwrap();
        taken.begin();
        assert_eq!((taken.by(1, 5).unwrap(), taken.by(2, 5).unwrap()), (Some(2), None));
        taken.forget(1).unwrap();
        assert_eq!(taken.by(1, 5).unwrap(), None);
    }
}
