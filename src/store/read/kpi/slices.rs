//! Customers a slice at a time, in the order of their ids: what figures hold of them at once stays small over a year of a
//! large company. What a slice asks for is found by its customers, or by its day in an index that knows the customer.

use std::ops::Range;

use rusqlite::Connection;

/// Customers of a slice at most.
const WIDTH: i64 = 1 << 14;

/// The slices that hold all customers there are.
pub struct Slices<'a> {
    db: &'a Connection,
    width: i64,
    from: i64,
}

impl<'a> Slices<'a> {
    /// From the first customer on.
    pub const fn of(db: &'a Connection) -> Self {
        Self::wide(db, WIDTH)
    }

    /// The same, of so many customers.
    pub const fn wide(db: &'a Connection, width: i64) -> Self {
        Self { db, width, from: 0 }
    }

    /// The ids of the next customers, the last one exclusive; none when all were told.
    pub fn next(&mut self) -> rusqlite::Result<Option<Range<i64>>> {
        let first: Option<i64> = self
            .db
            .prepare_cached("SELECT min(id) FROM customer WHERE id>=?1")?
            .query_row([self.from], |r| r.get(0))?;
        let slice = first.map(|first| first..first + self.width);
        if let Some(slice) = &slice {
            self.from = slice.end;
        }
        Ok(slice)
    }
}
