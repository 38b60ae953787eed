//! What the record of changes says of an erased customer: every line of its rows, there or gone, and every header that names
//! it, blanked for good. Digests stay, so the chain holds (`store/chain`).

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};

use super::named::Words;
use super::{BLANK, arrivals, rewards_for, rows_of};
use crate::domain::field::Noun;
use crate::store::request::StoreError;
use crate::store::tables::{TABLES, table};
use crate::store::{chain, merged};

/// What hangs on a customer's plan without saying whose it is.
const PARTS: &[Noun] = &[
    Noun::PlanTask,
    Noun::PlanResource,
    Noun::PlanTarget,
    Noun::Evaluation,
    Noun::EvaluationLine,
    Noun::Suggestion,
];

/// What an erasure has to find in the record.
pub struct Search<'a> {
    /// The customer.
    pub customer: i64,
    /// Its name.
    pub name: &'a str,
    /// What names it wherever it stands.
    pub words: &'a Words,
    /// Numbers of its rows in imported books, which are gone.
    pub numbers: &'a [i64],
    /// Rows of nobody in which it was named.
    pub told: &'a [(Noun, i64)],
    /// Changes about nobody or about many that are told by it ([`about_many`]).
    pub headers: &'a [i64],
}

/// Whether a header tells of the customer: work in many is told by the name of the first one.
fn is_told(name: &str, words: &Words, subject: &str, reason: &str) -> bool {
    let first = subject.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(" +"));
    first || words.name(subject) || words.name(reason)
}

/// Blanks it; `by` is the change that erases.
pub fn blank(db: &Connection, search: &Search<'_>, by: i64) -> Result<(), StoreError> {
    let all = everybody(db, search)?;
    let mut changes: BTreeSet<i64> = BTreeSet::new();
    for customer in &all {
        let mut own = db.prepare_cached("SELECT id FROM change WHERE customer_id=?1")?;
        changes.extend(own.query_map([customer], |r| r.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    for (table, row) in rows(db, search)? {
        changes.extend(blank_lines(db, &table, row, by, |_| true)?);
    }
    for (noun, row) in search.told {
        changes.extend(blank_lines(db, table(*noun).name, *row, by, |text| search.words.name(text))?);
    }
    blank_jobs(db, search)?;
    changes.extend(search.headers);
    changes.remove(&by);
    let mut head =
        db.prepare_cached("SELECT customer_id, subject, coalesce(reason,'') FROM change WHERE id=?1")?;
    for change in changes {
        let read =
            |r: &Row<'_>| Ok((r.get::<_, Option<i64>>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?));
        let found = head.query_row([change], read).optional()?;
        let own = |whose: Option<i64>| whose.is_some_and(|whose| all.contains(&whose));
        if found.is_some_and(|(whose, subject, reason)| {
            own(whose) || is_told(search.name, search.words, &subject, &reason)
        }) {
            chain::blank_header(db, change, by)?;
        }
    }
    Ok(())
}

/// The customer and whoever was merged into it (H7).
fn everybody(db: &Connection, search: &Search<'_>) -> Result<Vec<i64>, StoreError> {
    let mut all = merged::into(db, search.customer)?;
    all.push(search.customer);
    Ok(all)
}

/// The rows of a customer, there or gone.
fn rows(db: &Connection, search: &Search<'_>) -> Result<BTreeSet<(String, i64)>, StoreError> {
    let customer = search.customer;
    let mut rows = BTreeSet::from([("customer".to_owned(), customer)]);
    rows.extend(search.numbers.iter().map(|id| (table(Noun::BookRef).name.to_owned(), *id)));
    for table in TABLES.iter().filter(|t| t.numbered && t.columns.contains(&"customer_id")) {
        rows.extend(
            rows_of(db, table, customer, usize::MAX)?.into_iter().map(|id| (table.name.to_owned(), id)),
        );
    }
    rows.extend(rewards_for(db, customer)?.into_iter().map(|id| ("task".to_owned(), id)));
    rows.extend(arrivals(db, customer)?.into_iter().map(|id| ("referral".to_owned(), id)));
    let all = everybody(db, search)?;
    rows.extend(all.iter().map(|id| ("customer".to_owned(), *id)));
    for by in &all {
        for named in &all {
            rows.extend(removed(db, *by, *named)?);
        }
    }
    Ok(rows)
}

/// Blanks those lines of a row in which something stands; answers the changes they belong to.
pub(super) fn blank_lines(
    db: &Connection,
    table: &str,
    row: i64,
    by: i64,
    stands: impl Fn(&str) -> bool,
) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, change_id, coalesce(before,'')||coalesce(after,'') FROM change_row WHERE tbl=?1 AND row_id=?2",
    )?;
    let lines: Vec<(i64, i64, String)> = query
        .query_map((table, row), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut changes = Vec::new();
    for (line, change, _) in lines.into_iter().filter(|(.., text)| stands(text)) {
        chain::blank_line(db, line, by)?;
        changes.push(change);
    }
    Ok(changes)
}

/// Rows that this change removed, or one before, of changes `by` a customer's own: their last words name the customer, or they
/// hung on a plan of theirs.
fn removed(db: &Connection, by: i64, named: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let (inside, last) = (format!("\"customer_id\":{named},"), format!("\"customer_id\":{named}}}"));
    let parts: Vec<String> = PARTS.iter().map(|noun| format!("'{}'", table(*noun).name)).collect();
    let sql = format!(
        "SELECT DISTINCT r.tbl, r.row_id FROM change c JOIN change_row r ON r.change_id=c.id WHERE c.customer_id=?1
         AND (instr(coalesce(r.before,r.after),?2)>0 OR instr(coalesce(r.before,r.after),?3)>0 OR r.tbl IN ({}))",
        parts.join(",")
    );
    let mut query = db.prepare_cached(&sql)?;
    let found = query.query_map((by, &inside, &last), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Changes about nobody or about many, after one.
const ABOUT_MANY: &str =
    "SELECT id, subject, coalesce(reason,'') FROM change WHERE customer_id IS NULL AND id>?1";

/// The last change there is.
pub fn last(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(id),0) FROM change")?.query_row([], |r| r.get(0))
}

/// Of the changes after one, those about nobody or about many that are told by the customer. No index has them: the whole
/// record is looked through before others have to wait, and inside, what came since.
pub fn about_many(db: &Connection, name: &str, words: &Words, after: i64) -> Result<Vec<i64>, StoreError> {
    told(db, ABOUT_MANY, after, |subject, reason| is_told(name, words, subject, reason))
}

/// The words of jobs that are told by the customer go.
fn blank_jobs(db: &Connection, search: &Search<'_>) -> Result<(), StoreError> {
    let is_told = |what: &str, none: &str| is_told(search.name, search.words, what, none);
    for job in told(db, "SELECT id, what, '' FROM job WHERE id>?1", 0, is_told)? {
        db.prepare_cached("UPDATE job SET what=?2 WHERE id=?1")?.execute((job, BLANK))?;
    }
    Ok(())
}

/// The rows after one by which the customer is told.
pub(super) fn told(
    db: &Connection,
    sql: &str,
    after: i64,
    is_told: impl Fn(&str, &str) -> bool,
) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([after])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let said = |at| row.get_ref(at).map(|cell| cell.as_str().unwrap_or_default());
        if is_told(said(1)?, said(2)?) {
            ids.push(row.get(0)?);
        }
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_since_is_looked_through_while_others_wait_and_not_the_whole_record() {
        let db = crate::store::open::memory().unwrap();
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {ABOUT_MANY}")).unwrap();
        let steps: Vec<String> = plan.query_map([1], |r| r.get(3)).unwrap().map(Result::unwrap).collect();
        assert_eq!(steps, ["SEARCH change USING INTEGER PRIMARY KEY (rowid>?)"]);
    }
}
