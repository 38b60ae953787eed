//! The touches of the customers of a batch, by the days on which they stand or have stood: each customer's are read once for
//! a batch, however many rows of it are theirs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;

use super::states::ids;
use crate::domain::clock::from_ms;
use crate::store::record::Work;
use crate::store::request::StoreError;

/// A touch on a day.
#[derive(Clone, Copy)]
pub struct Stood {
    /// Which.
    pub id: i64,
    /// What was said, as a number.
    pub summary: u64,
    /// It has been changed since it was made, or made again.
    pub changed: bool,
}

/// Touches by customer and day, the oldest first.
#[derive(Default)]
pub struct Days(HashMap<i64, HashMap<NaiveDate, Vec<Stood>>>);

impl Days {
    /// The touches of a customer that stand on a day, or came with a file and have stood there.
    pub fn on(&mut self, work: &Work<'_>, customer: i64, day: NaiveDate) -> Result<&[Stood], StoreError> {
        let days = match self.0.entry(customer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(read(work, customer)?),
        };
        Ok(days.get(&day).map_or(&[], Vec::as_slice))
    }

    /// A touch was made; of a customer whose days were looked at.
    pub fn made(&mut self, customer: i64, day: NaiveDate, touch: Stood) {
        self.0.entry(customer).or_default().entry(day).or_default().push(touch);
    }
}

/// A summary as a number.
pub fn number(summary: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    summary.hash(&mut hash);
    hash.finish()
}

fn read(work: &Work<'_>, customer: i64) -> Result<HashMap<NaiveDate, Vec<Stood>>, StoreError> {
    let mut days: HashMap<NaiveDate, Vec<Stood>> = HashMap::new();
    let mut query = work.db.prepare_cached(
        "SELECT id, at, summary, rev>1, job_id IS NOT NULL FROM touch WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let mut rows = query.query((customer << 20, ((customer + 1) << 20) - 1))?;
    while let Some(row) = rows.next()? {
        let (id, at): (i64, i64) = (row.get(0)?, row.get(1)?);
        let summary = number(row.get_ref(2)?.as_str().unwrap_or_default());
        let (changed, imported): (bool, bool) = (row.get(3)?, row.get(4)?);
        let day = |at: i64| work.now.zone.day(from_ms(at));
        let mut on = vec![day(at)];
        if changed && imported {
            on.extend(stood(work, id)?.into_iter().map(day));
            on.sort_unstable();
            on.dedup();
        }
        for day in on {
            days.entry(day).or_default().push(Stood { id, summary, changed });
        }
    }
    Ok(days)
}

/// When a touch was before its time was corrected.
fn stood(work: &Work<'_>, touch: i64) -> Result<Vec<i64>, StoreError> {
    ids(
        work,
        "SELECT before->>'at' FROM change_row WHERE tbl='touch' AND row_id=?1 AND before->>'at' IS NOT NULL",
        [touch],
    )
}
