//! Which of several equal things this is: how often each has been met while something long runs. It stands in a nameless file
//! of the system that is gone with its connection, and holds two MB in memory however much it has met.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::request::StoreError;
use crate::domain::customer::CustomerId;
use crate::domain::money::Fen;

/// Counts equal orders of a file.
pub struct Tally {
    db: Connection,
}

impl Tally {
    /// One that has met nothing.
    pub fn new() -> Result<Self, StoreError> {
        // an empty name is a file that nobody else can open
        let db = Connection::open("")?;
        db.execute_batch(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-2000;
             CREATE TABLE met(customer_id INT, on_day TEXT, amount_fen INT, n INT, PRIMARY KEY(customer_id,on_day,amount_fen)) WITHOUT ROWID;
             BEGIN",
        )?;
        Ok(Self { db })
    }

    /// Meets an order; the first of its customer, day and amount is 1.
    pub fn nth(&self, customer: CustomerId, day: NaiveDate, amount: Fen) -> Result<u32, StoreError> {
        Ok(self
            .db
            .prepare_cached("INSERT INTO met VALUES(?1,?2,?3,1) ON CONFLICT DO UPDATE SET n=n+1 RETURNING n")?
            .query_row((customer.0, day.to_string(), amount.0), |r| r.get(0))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_orders_are_told_apart_among_any_number_of_others_in_two_megabytes() {
        let tally = Tally::new().unwrap();
        let day = NaiveDate::from_ymd_opt(2024, 5, 20).unwrap();
        for round in 1..=2 {
            for customer in 0..20_000 {
                assert_eq!(tally.nth(CustomerId(customer), day, Fen(100)).unwrap(), round);
            }
        }
        assert_eq!(tally.nth(CustomerId(7), day, Fen(101)).unwrap(), 1);
        let pragma =
            |name: &str| -> i64 { tally.db.query_row(&format!("PRAGMA {name}"), [], |r| r.get(0)).unwrap() };
        assert_eq!((pragma("temp_store"), pragma("cache_size")), (1, -2000));
        let path = tally.db.path();
        assert!(path.is_none_or(str::is_empty), "it has no name: {path:?}");
    }
}
