//! Which touches figures of a span look at, customer by customer. They are found by their time in the index and read in the
//! order of their ids, which is the order of customers; so that memory stays flat over a year of a large company, a slice of
//! the customers is looked up at a time, and the slices are as many as the touches ask for.

use std::iter::Peekable;
use std::vec::IntoIter;

use rusqlite::Connection;

use crate::domain::kpi::{Span, ahead};

/// Touches that are held at once, about.
const HELD: i64 = 500_000;

/// The touches of a period and of the days in which answers count.
pub struct Touched<'a> {
    db: &'a Connection,
    /// Instants in UTC ms: the first, the first after, the last that is known.
    when: (i64, i64, i64),
    /// Customers of a slice.
    slice: i64,
    /// The first customer that was not looked up yet, and the last of all.
    from: i64,
    last: i64,
    ids: Peekable<IntoIter<i64>>,
}

impl<'a> Touched<'a> {
    /// Begins with the first customer.
    pub fn begin(db: &'a Connection, span: &Span) -> rusqlite::Result<Self> {
        Self::in_slices_of(db, span, HELD)
    }

    fn in_slices_of(db: &'a Connection, span: &Span, held: i64) -> rusqlite::Result<Self> {
        let until = ahead(span.period.until, span.rules.response_days + 1);
        let when = (span.start(), span.zone.start(until).timestamp_millis(), span.as_of);
        let count: i64 = db
            .prepare_cached("SELECT count(*) FROM touch WHERE at>=?1 AND at<?2 AND at<=?3")?
            .query_row(when, |r| r.get(0))?;
        let last: i64 =
            db.prepare_cached("SELECT coalesce(max(id),0)>>20 FROM touch")?.query_row([], |r| r.get(0))?;
        let slices = count / held.max(1) + 1;
        Ok(Self { db, when, slice: last / slices + 1, from: 0, last, ids: Vec::new().into_iter().peekable() })
    }

    /// The next customer with such a touch.
    pub fn whose(&mut self) -> rusqlite::Result<Option<i64>> {
        while self.ids.peek().is_none() && self.from <= self.last {
            let until = self.from + self.slice;
            let mut ids: Vec<i64> = self
                .db
                .prepare_cached(
                    "SELECT id FROM touch INDEXED BY touch_at WHERE at>=?1 AND at<?2 AND at<=?3 AND id>=?4<<20 AND id<?5<<20",
                )?
                .query_map((self.when.0, self.when.1, self.when.2, self.from, until), |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            ids.sort_unstable();
            self.ids = ids.into_iter().peekable();
            self.from = until;
        }
        Ok(self.ids.peek().map(|id| id >> 20))
    }

    /// The next of its touches, while it is this customer's turn.
    pub fn next_of(&mut self, customer: i64) -> Option<i64> {
        self.ids.next_if(|id| id >> 20 == customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Now;
    use crate::domain::kpi::Period;
    use crate::store::open;
    use crate::store::request::KpiQuery;

    #[test]
    fn slices_of_any_size_give_every_touch_once_in_the_order_of_customers() {
        let db = open::memory().unwrap();
        db.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON").unwrap();
        let now =
            Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: crate::domain::clock::Zone::default() };
        let span =
            super::super::span(&db, now, KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None })
                .unwrap();
        for n in 0..40_i64 {
            // the earlier the customer, the later its touches; every fifth lies before the period
            let at = span.start() + if n % 5 == 0 { -1 } else { (40 - n) * 1_000 };
            db.execute(
                "INSERT INTO touch(id,customer_id,at,recorded_at,person_id,department,summary)
                 VALUES((?1/3)<<20|?1%3,?1/3,?2,?2,1,'sales','x')",
                (n, at),
            )
            .unwrap();
        }
        for held in [1, 2, 7, 1_000] {
            let mut touched = Touched::in_slices_of(&db, &span, held).unwrap();
            let mut all = Vec::new();
            while let Some(customer) = touched.whose().unwrap() {
                let before = all.len();
                while let Some(id) = touched.next_of(customer) {
                    assert_eq!(id >> 20, customer);
                    all.push(id);
                }
                assert!(all.len() > before);
            }
            let right: Vec<i64> = (0..40).filter(|n| n % 5 != 0).map(|n| ((n / 3) << 20) | (n % 3)).collect();
            assert_eq!(all, right, "{held} at once");
        }
    }
}
