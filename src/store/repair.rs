//! Making anew what is kept beside the records: indexes, triggers, facts, look-up, daily and kept figures, next days.
//! Records are never touched here: what is wrong in them only a backup can mend. [`super::check`] says what is wrong.

use super::request::StoreError;
use super::settings;
use super::{Store, facts, schema, turn};
use crate::domain::clock::Now;

impl Store {
    /// Computes all that is kept from the records; `progress` hears customers done and all. Busy where another session
    /// computes already; cut off, the next session ends it. Answers the indexes and triggers that were put back.
    pub fn repair(
        &mut self,
        now: Now,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<String>, StoreError> {
        let tx = turn::begin(&mut self.db)?;
        let put_back = schema::put_back(&tx)?;
        tx.execute("DELETE FROM kept_figures", [])?;
        facts::round::next_days(&tx, now, "9999", i64::MAX)?;
        settings::keep(&tx, settings::REBUILD, Some(""))?;
        tx.commit()?;
        facts::rebuild::rebuild_all(&mut self.db, now, &self.brake, progress)?;
        Ok(put_back)
    }
}
