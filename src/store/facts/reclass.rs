//! Changed rules tried on every customer, from the row of facts alone. [`slice`] finds who moves; nothing is written here.
//! What is found is either counted (a preview), put aside until the rules change (an application), or brought up to date
//! at once (after an undo, a new benchmark, a month's new figures).

use rusqlite::Connection;

use super::Rules;
use super::standing::{self, Kept};
use crate::domain::clock::Now;
use crate::domain::scheme::Classes;
use crate::store::request::StoreError;
use crate::store::scheme::{self, Classing};
use crate::store::{settings, turn};

/// Customers in one transaction while nobody else waits.
const SLICE: usize = 20_000;

/// A customer whose classes differ under other rules, or that time will move on another day.
pub struct Mover {
    /// The customer.
    pub id: i64,
    /// The classes it has.
    pub was: Classes,
    /// The classes it would have.
    pub becomes: Classes,
    /// Where people set something other than the rule would say.
    pub differs: i64,
    /// Time would move it earlier than its row is looked at again.
    pub missed: bool,
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
        let Kept { id, standing, classes, differs, stale_on } = standing::read(row, classing, today)?;
        out.seen += 1;
        out.last = Some(id);
        let fixed = standing::fixed(db, id, classing.by_hand)?;
        let classed = classing.classed(&standing, &fixed, today);
        let becomes = classed.in_force();
        // other rules may turn earlier than the day on which this row would be looked at again
        let turns = classing.book.turns_on(&standing, today);
        let missed = turns.is_some_and(|turn| stale_on.is_none_or(|stale| turn < stale));
        if becomes != classes || classed.differs() != differs || missed {
            out.movers.push(Mover { id, was: classes, becomes, differs: classed.differs(), missed });
        }
    }
    Ok(out)
}

/// Freezes the month's figures where facts were computed without them, and classes everybody by them; for a rebuild, in
/// which nobody waits and no move is remembered.
pub fn by_own_figures(db: &mut Connection, now: Now) -> Result<(), StoreError> {
    if !scheme::freeze(db, &scheme::figures(db)?, now.today())? {
        return Ok(());
    }
    let rules = Rules::load(db)?;
    let governs = settings::get(db, "governing")? == "expansion";
    let mut after = 0;
    loop {
        turn::give_way(db);
        let tx = turn::begin(db)?;
        let found = slice(&tx, &rules.classing, now, after, SLICE)?;
        let Some(last) = found.last else { return Ok(()) };
        for mover in &found.movers {
            if !governs && mover.only_expansion() {
                tx.prepare_cached("UPDATE facts SET expansion=?2, differs=?3 WHERE customer_id=?1")?
                    .execute((mover.id, mover.becomes.get("expansion"), mover.differs))?;
            } else {
                super::keep_by(
                    &tx,
                    &[(mover.id, super::Cause::OTHER)].into(),
                    now,
                    &rules,
                    super::Ranks::Now,
                    false,
                )?;
            }
        }
        tx.commit()?;
        after = last;
    }
}

impl Mover {
    /// Whether nothing else follows from the move: the class by amount changes no rank and no task, unless it suspends.
    fn only_expansion(&self) -> bool {
        let suspends = |classes: &Classes| classes.get("expansion").is_some_and(|class| class == "invalid");
        let others = |classes: &Classes| -> Classes {
            classes.iter().filter(|(s, _)| *s != "expansion").map(|(s, c)| (s.clone(), c.clone())).collect()
        };
        !self.missed
            && !suspends(&self.was)
            && !suspends(&self.becomes)
            && others(&self.was) == others(&self.becomes)
    }
}
