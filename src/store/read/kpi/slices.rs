//! Customers a slice at a time, in the order of their ids: what figures hold of them at once stays small over a year of a
//! large company. What a slice asks for is found by its customers, or by its day in an index that knows the customer.

use std::collections::{BTreeSet, btree_set};
use std::ops::Range;

use rusqlite::Connection;

/// Ids of a slice at most.
const WIDTH: i64 = 1 << 14;
/// Customers who are one slice together, however far their ids lie apart, where there are no others.
const FEW: i64 = 1 << 10;
/// More ids than there are: a touch's number has room for so many customers.
const ALL: i64 = 1 << 40;

/// The ids in a slice that may be customers: those there are of one slice of a few customers; else each of its numbers, for
/// to try one costs less than to read who is there.
pub fn ids(db: &Connection, slice: &Range<i64>) -> rusqlite::Result<Vec<i64>> {
    if slice.end - slice.start <= WIDTH {
        return Ok(slice.clone().collect());
    }
    db.prepare_cached("SELECT id FROM customer WHERE id>=?1 AND id<?2 ORDER BY id")?
        .query_map([slice.start, slice.end], |r| r.get(0))?
        .collect()
}

/// The slices that hold all customers there are, or those of some.
pub struct Slices<'a> {
    way: Way<'a>,
}

enum Way<'a> {
    /// Whoever there is from this id on, so many ids at once.
    All { db: &'a Connection, width: i64, from: i64 },
    /// These, each a slice of its own: what lies between them is not theirs.
    These(btree_set::Iter<'a, i64>),
}

impl<'a> Slices<'a> {
    /// From the first customer on.
    pub fn of(db: &'a Connection) -> rusqlite::Result<Self> {
        let many = db.prepare_cached("SELECT 1 FROM customer LIMIT 1 OFFSET ?1")?.exists([FEW])?;
        Ok(Self::wide(db, if many { WIDTH } else { ALL }))
    }

    /// The same, of so many ids.
    pub const fn wide(db: &'a Connection, width: i64) -> Self {
        Self { way: Way::All { db, width, from: 0 } }
    }

    /// Those of some customers alone.
    pub fn these(customers: &'a BTreeSet<i64>) -> Self {
        Self { way: Way::These(customers.iter()) }
    }

    /// The ids of the next customers, the last one exclusive; none when all were told.
    pub fn next(&mut self) -> rusqlite::Result<Option<Range<i64>>> {
        match &mut self.way {
            Way::These(ids) => Ok(ids.next().map(|id| *id..*id + 1)),
            Way::All { db, width, from } => {
                let first: Option<i64> = db
                    .prepare_cached("SELECT min(id) FROM customer WHERE id>=?1")?
                    .query_row([*from], |r| r.get(0))?;
                let slice = first.map(|first| first..first + *width);
                if let Some(slice) = &slice {
                    *from = slice.end;
                }
                Ok(slice)
            }
        }
    }
}
