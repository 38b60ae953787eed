//! Kept figures follow what has happened since they were counted: of the few customers that changes or the clock concern,
//! what they counted then is taken off the sums and what they count now is put on. Both are counted by the same code that
//! counts a whole company, in a small store of those customers alone (`aside`), as they are and as they were. So an open
//! board shows a touch at once whatever the size of the company. Too many changes, a new day of a running period, an
//! erasure: then everybody is counted anew.

mod aside;
mod concerned;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::slices::Slices;
use super::{books, company, kept};
use crate::domain::kpi::{Additive, Company, Counts, Figure, Parts, Span, Tally};
use crate::store::request::{Kept, StoreError};
use aside::Aside;
use concerned::Since;

/// Customers that are put aside at once: each takes some 30 KB there. Tests part even a few.
const AT_ONCE: usize = if cfg!(test) { 3 } else { 128 };
/// Customers from which on what was followed is kept, so that the next look begins there.
const WORTH_KEEPING: usize = 32;

/// What figures were added up of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    parts: Parts,
    counts: Counts,
    /// The last move between classes that was seen.
    moves: i64,
}

/// Figures that were brought up to date, and what to keep of them where that is worth it.
pub struct Followed {
    /// By group of customers and KPI.
    pub figures: Vec<Vec<Figure>>,
    /// Their basis.
    pub fresh: Option<Kept>,
}

/// Kept sums to go on from: the change they have seen and the instant they are of, in UTC ms.
struct Base {
    seen: i64,
    then: Span,
    basis: Basis,
}

/// The basis of figures that were just counted, as it is kept.
pub fn basis(db: &Connection, parts: &Parts, counts: &Counts) -> Result<String, StoreError> {
    text(&Basis { parts: parts.clone(), counts: counts.clone(), moves: last_move(db)? })
}

/// Whether two bases come to the same, whatever moves they have seen.
pub fn same(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Basis>(text).ok().map(|basis| (basis.parts, basis.counts));
    read(one).is_some_and(|one| Some(one) == read(other))
}

fn text<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Defect(e.to_string()))
}

fn last_move(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(id),0) FROM class_move")?.query_row([], |r| r.get(0))
}

/// Brings the latest kept figures of the span up to date; none where there are none to go on from, or where more than `most`
/// customers are concerned.
pub fn follow(
    db: &Connection,
    span: &Span,
    rules: &str,
    most: usize,
) -> Result<Option<Followed>, StoreError> {
    // one moment for all that is read
    let moment = db.unchecked_transaction()?;
    let followed = follow_at(&moment, span, rules, most)?;
    moment.rollback()?;
    Ok(followed)
}

fn follow_at(db: &Connection, span: &Span, rules: &str, most: usize) -> Result<Option<Followed>, StoreError> {
    let Some(mut base) = base(db, span, rules)? else { return Ok(None) };
    let since = Since { then: &base.then, now: span, seen: base.seen, moves: base.basis.moves, most };
    let Some(customers) = concerned::customers(db, &since)? else { return Ok(None) };
    for group in concerned::in_groups(db, &customers, AT_ONCE)? {
        let aside = Aside::open(db, span, &group)?;
        let now = counted(&aside.db, span)?;
        aside.revert(db, base.seen, base.basis.moves)?;
        let then = counted(&aside.db, &base.then)?;
        base.basis.parts.shift(&now.0, &then.0);
        base.basis.counts.shift(&now.1, &then.1);
    }
    let Basis { parts, counts, .. } = base.basis;
    let company = company::beside(db, span, counts.clone())?;
    let figures = Tally::of(*span, parts.clone()).figures(&company);
    let fresh = if customers.len() >= WORTH_KEEPING {
        Some(Kept {
            from: span.period.from.to_string(),
            until: span.period.until.to_string(),
            as_of: span.as_of,
            // the next look follows the clock again
            until_at: Some(span.as_of + 1),
            seen: kept::last(db)?,
            rules: rules.to_owned(),
            figures: text(&figures)?,
            sums: basis(db, &parts, &counts)?,
        })
    } else {
        None
    };
    Ok(Some(Followed { figures, fresh }))
}

/// The latest kept sums of the span from which one can go on.
fn base(db: &Connection, span: &Span, rules: &str) -> Result<Option<Base>, StoreError> {
    let (from, until) = (span.period.from.to_string(), span.period.until.to_string());
    let found: Option<(i64, i64, String)> = db
        .prepare_cached(
            "SELECT seen, as_of, sums FROM kept_figures WHERE from_on=?1 AND until_on=?2 AND as_of<=?3 AND rules=?4
             ORDER BY as_of DESC LIMIT 1",
        )?
        .query_row((from, until, span.as_of, rules), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let Some((seen, as_of, sums)) = found else { return Ok(None) };
    let then = Span { as_of, ..*span };
    let Some(basis) = serde_json::from_str(&sums).ok().filter(|_| goes_on(&then, span)) else {
        return Ok(None);
    };
    Ok(Some(Base { seen, then, basis }))
}

/// Whether what was counted then looks at the same days as now: else everybody's figures move, not a few customers'.
fn goes_on(then: &Span, now: &Span) -> bool {
    let days = |span: &Span| (span.stand(), span.open_day(), span.before_until(), span.runs());
    let present = |span: &Span| span.period.until > span.as_of_day();
    days(then) == days(now) && present(then) == present(now) && then.as_of <= now.as_of
}

/// The figures of some customers as if there were no others; of what is not theirs, their own budgets alone.
pub fn figures_of(
    db: &Connection,
    span: &Span,
    customers: &BTreeSet<i64>,
) -> Result<Vec<Vec<Figure>>, StoreError> {
    let parts = added_up(db, span, Slices::these(customers))?;
    let plans = company::plans(db, span)?;
    let own_budgets = company::own_budgets(db, span, &plans, |customer| customers.contains(&customer))?;
    let company = Company { plans, own_budgets, ..Company::default() };
    Ok(Tally::of(*span, parts).figures(&company))
}

/// What the customers of a store count.
fn counted(db: &Connection, span: &Span) -> Result<(Parts, Counts), StoreError> {
    Ok((added_up(db, span, Slices::of(db)?)?, company::counts(db, span)?))
}

/// What the books of customers add up to.
fn added_up(db: &Connection, span: &Span, whose: Slices<'_>) -> Result<Parts, StoreError> {
    let mut tally = Tally::new(*span);
    books::each(db, span, whose, |book| {
        tally.add(book);
        Ok(())
    })?;
    Ok(tally.parts().clone())
}
