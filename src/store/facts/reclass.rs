//! Changed rules tried on every customer, from the row of facts alone. [`slice`] finds who moves; nothing is written here.
//! What is found is either counted (a preview), put aside until the rules change (an application), or brought up to date
//! at once (after an undo, a new benchmark, a month's new figures).

use rusqlite::Connection;

use super::standing::{self, Kept};
use crate::domain::clock::Now;
use crate::domain::scheme::Classes;
use crate::store::request::StoreError;
use crate::store::scheme::Classing;

/// A customer whose classes differ under other rules, or that time will move on another day.
pub struct Mover {
    /// The customer.
    pub id: i64,
    /// The classes it has.
    pub was: Classes,
    /// The classes it would have.
    pub becomes: Classes,
}

/// What a slice found.
#[derive(Default)]
pub struct Slice {
    /// Who moves.
    pub movers: Vec<Mover>,
    /// How many customers were looked at.
    pub seen: i64,
    /// The last of them; none at the end.
    pub last: Option<i64>,
}

/// Tries rules on the next customers after one.
pub fn slice(
    db: &Connection,
    classing: &Classing,
    now: Now,
    after: i64,
    take: usize,
) -> Result<Slice, StoreError> {
    let today = now.today();
    let sql = format!(
        "SELECT {} FROM facts f WHERE f.customer_id>?1 ORDER BY f.customer_id LIMIT ?2",
        standing::COLUMNS
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query((after, i64::try_from(take).unwrap_or(i64::MAX)))?;
    let mut out = Slice::default();
    while let Some(row) = rows.next()? {
        let Kept { id, standing, classes, stale_on } = standing::read(row, classing, today)?;
        out.seen += 1;
        out.last = Some(id);
        let fixed = standing::fixed(db, id, classing.by_hand)?;
        let becomes = classing.classed(&standing, &fixed, today).in_force();
        // other rules may turn earlier than the day on which this row would be looked at again
        let turns = classing.book.turns_on(&standing, today);
        let missed = turns.is_some_and(|turn| stale_on.is_none_or(|stale| turn < stale));
        if becomes != classes || missed {
            out.movers.push(Mover { id, was: classes, becomes });
        }
    }
    Ok(out)
}
