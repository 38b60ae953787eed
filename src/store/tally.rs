//! Which of several equal things this is: how often each has been met while something long runs. It stands in a nameless file
//! of the system that is gone with its connection, and holds two MB in memory however much it has met.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use super::request::StoreError;
use crate::domain::customer::CustomerId;

/// Counts what a file says of its customers.
#[derive(Default)]
pub struct Tally {
    /// None until it has met something.
    db: Option<Connection>,
}

impl Tally {
    /// Meets something of a customer; the first of its kind is 1.
    pub fn nth(&mut self, customer: CustomerId, what: &impl Debug) -> Result<u32, StoreError> {
        let mut hash = DefaultHasher::new();
        format!("{what:?}").hash(&mut hash);
        let db = match &mut self.db {
            Some(db) => db,
            none => none.insert(nameless(
                "CREATE TABLE met(customer_id INT, what INT, n INT, PRIMARY KEY(customer_id,what)) WITHOUT ROWID",
            )?),
        };
        Ok(db
            .prepare_cached("INSERT INTO met VALUES(?1,?2,1) ON CONFLICT DO UPDATE SET n=n+1 RETURNING n")?
            .query_row((customer.0, hash.finish().cast_signed()), |r| r.get(0))?)
    }
}

/// A store of its own in a file without a name, which nobody else can open, for what is kept beside a long work: it is gone
/// with its connection.
pub(super) fn nameless(tables: &str) -> Result<Connection, StoreError> {
    let db = Connection::open("")?;
    db.execute_batch(&format!(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-2000;
         {tables}; BEGIN"
    ))?;
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_orders_are_told_apart_among_any_number_of_others_in_two_megabytes() {
        let mut tally = Tally::default();
        let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 20).unwrap();
        for round in 1..=2 {
            for customer in 0..20_000 {
                assert_eq!(tally.nth(CustomerId(customer), &(day, 100)).unwrap(), round);
            }
        }
        assert_eq!(tally.nth(CustomerId(7), &(day, 101)).unwrap(), 1);
        let db = tally.db.unwrap();
        let pragma =
            |name: &str| -> i64 { db.query_row(&format!("PRAGMA {name}"), [], |r| r.get(0)).unwrap() };
        assert_eq!((pragma("temp_store"), pragma("cache_size")), (1, -2000));
        let path = db.path();
        assert!(path.is_none_or(str::is_empty), "it has no name: {path:?}");
    }
}
