//! Which touches figures of a span look at, customer by customer. They are found by their time in the index and read in the
//! order of their ids, which is the order of customers.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use rusqlite::Connection;

use crate::domain::kpi::{Span, ahead};

/// The touches of a slice of customers in the period and in the days in which answers count.
pub struct Touched {
    ids: Peekable<IntoIter<i64>>,
}

impl Touched {
    /// Finds them.
    pub fn of(db: &Connection, span: &Span, slice: &Range<i64>) -> rusqlite::Result<Self> {
        let until = ahead(span.period.until, span.rules.response_days + 1);
        let when = (span.start(), span.zone.start(until).timestamp_millis(), span.as_of);
        // those of one customer lie together; of many, the period's are fewer than all there ever were
        let way = if slice.end - slice.start == 1 { "NOT INDEXED" } else { "INDEXED BY touch_at" };
        let mut ids: Vec<i64> = db
            .prepare_cached(&format!(
                "SELECT id FROM touch {way} WHERE at>=?1 AND at<?2 AND at<=?3 AND id>=?4<<20 AND id<?5<<20"
            ))?
            .query_map((when.0, when.1, when.2, slice.start, slice.end), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        ids.sort_unstable();
        Ok(Self { ids: ids.into_iter().peekable() })
    }

    /// The next customer with such a touch.
    pub fn whose(&mut self) -> Option<i64> {
        self.ids.peek().map(|id| id >> 20)
    }

    /// The next of its touches, while it is this customer's turn.
    pub fn next_of(&mut self, customer: i64) -> Option<i64> {
        self.ids.next_if(|id| id >> 20 == customer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::slices::Slices;
    use super::*;
    use crate::domain::clock::Now;
    use crate::domain::kpi::Period;
    use crate::store::open;
    use crate::store::request::KpiQuery;

    #[test]
    fn slices_of_any_width_give_every_touch_once_in_the_order_of_customers() {
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
            let customer = n / 3 * 7;
            db.execute(
                "INSERT OR IGNORE INTO customer(id,code,name,owner_id,created_at) VALUES(?1,?1,?1,1,?2)",
                (customer, at),
            )
            .unwrap();
            db.execute(
                "INSERT INTO touch(id,customer_id,at,recorded_at,person_id,department,summary)
                 VALUES(?1<<20|?2%3,?1,?3,?3,1,'sales','x')",
                (customer, n, at),
            )
            .unwrap();
        }
        let right: Vec<i64> = (0..40).filter(|n| n % 5 != 0).map(|n| (n / 3 * 7) << 20 | (n % 3)).collect();
        let customers: BTreeSet<i64> = (0..14).map(|n| n * 7).collect();
        let wide = |width| Slices::wide(&db, width);
        for mut slices in [1, 2, 7, 8, 50, 1_000].map(wide).into_iter().chain([Slices::these(&customers)]) {
            let mut all = Vec::new();
            while let Some(slice) = slices.next().unwrap() {
                let mut touched = Touched::of(&db, &span, &slice).unwrap();
                while let Some(customer) = touched.whose() {
                    assert!(slice.contains(&customer));
                    let before = all.len();
                    while let Some(id) = touched.next_of(customer) {
                        assert_eq!(id >> 20, customer);
                        all.push(id);
                    }
                    assert!(all.len() > before);
                }
            }
            assert_eq!(all, right);
        }
    }
}
