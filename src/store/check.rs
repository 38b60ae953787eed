//! What a store says of itself when asked whether all is well: the engine's own checks, and everything that is kept,
//! computed again from the records and compared. Faults are values; the layer above words them.

use rusqlite::Connection;

use super::chain::{self, Broken};
use super::facts::rebuild::DAILY;
use super::facts::{self, Rules, compute, index, tokens};
use super::read::kpi::{self, kept};
use super::request::StoreError;
use super::tables::{Image, text};
use super::{Store, own_block, schema, settings, touch_sum, words};
use crate::domain::clock::Now;
use crate::domain::date::Yearly;

/// Faults of one kind that are told at most; the rest is more of the same.
const MOST: usize = 20;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is damaged: what the engine says.
    Damaged(String),
    /// An index or trigger is missing or is not as the program made it: its name.
    Schema(String),
    /// A row points at one that is not there: table and row.
    Dangling {
        /// The table.
        table: String,
        /// The row.
        row: i64,
    },
    /// The facts of a customer are not what its records say: the customer's id, and the columns that differ.
    Facts {
        /// The customer.
        customer: i64,
        /// The columns.
        columns: Vec<&'static str>,
    },
    /// A customer or a touch is missing in a look-up index, or stands in it for nothing: table and row number.
    Lookup {
        /// The index.
        index: &'static str,
        /// The row number.
        row: i64,
    },
    /// The figures of so many days are not what the records say; the first of these days.
    Daily {
        /// How many differ.
        count: usize,
        /// The first day.
        day: String,
    },
    /// The look-up indexes hold tokens of another version of the program.
    Tokens,
    /// So many counts by class are not what the facts say.
    Tally(i64),
    /// So many sums of scripts and campaigns are not what the touches say.
    TouchSum(i64),
    /// So many counts of who has a value in an own field are not what the values say.
    OwnBlocks(i64),
    /// Kept figures of a period are not what the records say: the period's days.
    Figures {
        /// First day.
        from: String,
        /// First day after.
        until: String,
    },
    /// An important date has a wrong next day: its id.
    NextDay(i64),
    /// The record of changes is not what was written.
    History(Broken),
    /// The record does not have this change, or not as its hash was noted outside.
    Noted(i64),
    /// The place where hashes were noted cannot be read.
    Place(String),
    /// An import or bulk edit was cut off: its id, what it was, and its state.
    Unfinished {
        /// The job.
        job: i64,
        /// The file or the customers.
        what: String,
        /// `running` or `undoing`.
        state: String,
    },
}

impl Store {
    /// Checks everything; an empty answer is a sound store. What time alone changes and the daily round has not moved
    /// yet is no fault.
    pub fn check(&self, now: Now) -> Result<Vec<Fault>, StoreError> {
        let db = &self.db;
        let now = Now { at: now.at, zone: settings::zone(db)? };
        let mut faults = damage(db)?;
        if faults.is_empty() {
            faults.extend(lacking(db)?);
            faults.extend(dangling(db)?);
            faults.extend(chain::verify(db)?.map(Fault::History));
            faults.extend(self.noted_heads()?);
            faults.extend(facts_differ(db, now)?);
            // each of them would be a fault of its own
            faults.extend(if tokens::are_others(db)? { vec![Fault::Tokens] } else { lookup(db)? });
            faults.extend(daily_differs(db, now)?);
            faults.extend(Some(facts::tally::wrong(db)?).filter(|n| *n > 0).map(Fault::Tally));
            faults.extend(Some(touch_sum::wrong(db)?).filter(|n| *n > 0).map(Fault::TouchSum));
            faults.extend(Some(own_block::wrong(db)?).filter(|n| *n > 0).map(Fault::OwnBlocks));
            faults.extend(next_days(db, now)?);
            faults.extend(figures_differ(db, now)?);
        }
        faults.extend(unfinished(db)?);
        Ok(faults)
    }
}

fn damage(db: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut query = db.prepare("PRAGMA quick_check(20)")?;
    let said: Vec<String> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(said.into_iter().filter(|text| text != "ok").map(Fault::Damaged).collect())
}

/// While a rebuild is awaited the indexes of the facts are away on purpose.
fn lacking(db: &Connection) -> Result<Vec<Fault>, StoreError> {
    if settings::raw(db, settings::REBUILD)?.is_some() {
        return Ok(Vec::new());
    }
    Ok(schema::lacking(db)?.into_iter().take(MOST).map(|piece| Fault::Schema(piece.name)).collect())
}

fn dangling(db: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut query = db.prepare("PRAGMA foreign_key_check")?;
    let found = query.query_map([], |r| {
        Ok(Fault::Dangling { table: r.get(0)?, row: r.get::<_, Option<i64>>(1)?.unwrap_or(0) })
    })?;
    Ok(found.take(MOST).collect::<rusqlite::Result<_>>()?)
}

/// Customers one by one, so that a million need no memory. A row that waits for the daily round is left to it.
fn facts_differ(db: &Connection, now: Now) -> Result<Vec<Fault>, StoreError> {
    let rules = Rules::load(db)?;
    let today = now.today().to_string();
    let again = facts::round::is_waited_for(db)?;
    let mut faults = Vec::new();
    let mut query = db.prepare("SELECT id FROM customer ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let customer: i64 = row.get(0)?;
        let kept = facts::read(db, customer)?;
        let waits = again
            || kept.as_ref().is_some_and(|k| text(k, "stale_on").is_some_and(|on| on <= today.as_str()));
        if waits {
            continue;
        }
        let right = compute(db, customer, now, &rules)?.unwrap_or_default();
        let columns = differing(kept.as_ref(), &right);
        if !columns.is_empty() && faults.len() < MOST {
            faults.push(Fault::Facts { customer, columns });
        }
    }
    let orphans: i64 = db.query_row(
        "SELECT count(*) FROM facts WHERE customer_id NOT IN (SELECT id FROM customer)",
        [],
        |r| r.get(0),
    )?;
    if orphans > 0 {
        faults.push(Fault::Facts { customer: 0, columns: vec!["customer_id"] });
    }
    Ok(faults)
}

fn differing(kept: Option<&Image>, right: &Image) -> Vec<&'static str> {
    let Some(kept) = kept else { return vec!["customer_id"] };
    kept.iter().zip(right).filter(|(k, r)| k != r).map(|((column, _), _)| *column).collect()
}

/// Every customer stands in the index of words under its rank, every touch in the index of touches, and nothing else; what
/// a customer is found by is kept as the records have it.
/// The tokens themselves are not kept, so a sample of customers is asked for by owner and number.
fn lookup(db: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    let pairs = [
        (
            "find_text",
            "SELECT bucket<<40 | customer_id AS row FROM facts EXCEPT SELECT id FROM find_text_docsize LIMIT 20",
            "SELECT id FROM find_text_docsize EXCEPT SELECT bucket<<40 | customer_id FROM facts LIMIT 20",
        ),
        (
            "find_touch",
            "SELECT id FROM touch EXCEPT SELECT id FROM find_touch_docsize LIMIT 20",
            "SELECT id FROM find_touch_docsize EXCEPT SELECT id FROM touch LIMIT 20",
        ),
    ];
    // a renamed tag reaches many customers with the daily round
    let tags = if settings::raw(db, settings::REWORDED)?.is_none() { "n.tags IS NOT k.tags" } else { "0" };
    let kept = format!(
        "SELECT n.customer_id FROM entry_now n LEFT JOIN entry k USING(customer_id) WHERE {tags}
         OR (n.owner_id,n.name,n.codes,n.contacts,n.phones) IS NOT (k.owner_id,k.name,k.codes,k.contacts,k.phones) LIMIT 20"
    );
    let idle = "SELECT customer_id FROM entry EXCEPT SELECT id FROM customer LIMIT 20";
    for (index, missing, idle) in pairs.into_iter().chain([("entry", kept.as_str(), idle)]) {
        for sql in [missing, idle] {
            let mut query = db.prepare(sql)?;
            let rows: Vec<i64> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            faults.extend(rows.into_iter().map(|row| Fault::Lookup { index, row }));
        }
    }
    let sample: Vec<(i64, i64, i64, String)> = db
        .prepare("SELECT customer_id, bucket, owner_id, code FROM facts ORDER BY customer_id LIMIT 200")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (customer, bucket, owner, code) in sample {
        let Some(asked) = words::owned_by(owner, &code) else { continue };
        let row = index::rowid(bucket, customer);
        let found = db
            .prepare_cached("SELECT 1 FROM find_text WHERE find_text MATCH ?1 AND rowid=?2")?
            .exists((asked, row))?;
        if !found && faults.len() < MOST {
            faults.push(Fault::Lookup { index: "find_text", row });
        }
    }
    Ok(faults)
}

fn daily_differs(db: &Connection, now: Now) -> Result<Vec<Fault>, StoreError> {
    let columns =
        "day,person_id,segment,channel,touches,proactive,answered,late,cost_fen,orders,order_fen,customers";
    let sql = format!(
        "WITH counted AS (SELECT * FROM ({DAILY})), kept AS (SELECT {columns} FROM daily)
         SELECT day FROM (SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
           UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)) ORDER BY day"
    );
    let mut query = db.prepare(&sql)?;
    let days: Vec<String> =
        query.query_map([i64::from(now.zone.0) * 60], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(days.first().map(|day| Fault::Daily { count: days.len(), day: day.clone() }).into_iter().collect())
}

/// Kept figures that still hold are counted again and compared.
fn figures_differ(db: &Connection, now: Now) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    for kept in kept::all(db)? {
        let Some(span) = kept::span(db, now, &kept)? else { continue };
        if kept::touched(db, &span, kept.as_of, kept.seen)? {
            // nobody would show them any more
            continue;
        }
        let right = kpi::computed(db, &span)?.1;
        if !kpi::same(&right, &kept) && faults.len() < MOST {
            faults.push(Fault::Figures { from: kept.from, until: kept.until });
        }
    }
    Ok(faults)
}

fn next_days(db: &Connection, now: Now) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    let mut query = db.prepare(
        "SELECT id, calendar='lunar', month, day, lead_days, next_on, remind_on FROM important_date",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (next_on, remind_on): (String, String) = (row.get(5)?, row.get(6)?);
        let today = now.today();
        if next_on < today.to_string() {
            // the daily round has not been here yet
            continue;
        }
        let right = Yearly::reminded(row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, today);
        if right.is_none_or(|(next, remind)| next.to_string() != next_on || remind.to_string() != remind_on)
            && faults.len() < MOST
        {
            faults.push(Fault::NextDay(row.get(0)?));
        }
    }
    Ok(faults)
}

fn unfinished(db: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut query =
        db.prepare("SELECT id, what, state FROM job WHERE state IN ('running','undoing') ORDER BY id")?;
    let found = query
        .query_map([], |r| Ok(Fault::Unfinished { job: r.get(0)?, what: r.get(1)?, state: r.get(2)? }))?;
    Ok(found.take(MOST).collect::<rusqlite::Result<_>>()?)
}
