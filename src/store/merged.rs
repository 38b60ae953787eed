//! Who has become part of whom (H7), and what is kept of a customer that is gone. The one that was merged into another is
//! read from the record of changes: its history, and what an erasure has to find, are the other one's then. What is kept of
//! customers and is no record of a change (their moves between classes) is put aside when one goes and given back when it
//! comes back, so that an undo brings that back too.

use rusqlite::{Connection, OptionalExtension};

use super::settings;

/// Whom the old number of a customer `x.customer_id` that is gone leads to, or whom it has become part of, where an erasure took
/// that number away; none of one that is there.
macro_rules! leads_to {
    () => {
        "(SELECT coalesce(a.customer_id, g.value->>'into') FROM setting g
          LEFT JOIN customer_alias a ON a.code=g.value->>'code' WHERE g.key='gone:'||x.customer_id)"
    };
}

/// The customers that were merged into this one, and into those; not this one. A merge that was undone counts no more, wherever
/// the customer went afterwards.
pub fn into(db: &Connection, customer: i64) -> rusqlite::Result<Vec<i64>> {
    let mut query = db.prepare_cached(concat!(
        "SELECT x.customer_id FROM (SELECT r.row_id AS customer_id FROM change c JOIN change_row r ON r.change_id=c.id
           WHERE c.customer_id=?1 AND c.verb='merge' AND r.tbl='customer' AND r.rev_after IS NULL) x WHERE ",
        leads_to!(),
        " IN (?1,?2)"
    ))?;
    let mut all: Vec<i64> = Vec::new();
    let mut look = vec![customer];
    while let Some(next) = look.pop() {
        let found: Vec<i64> =
            query.query_map([next, customer], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in found.into_iter().filter(|id| *id != customer) {
            if !all.contains(&id) {
                all.push(id);
                look.push(id);
            }
        }
    }
    Ok(all)
}

/// What these customers were called when they went.
pub fn names(db: &Connection, gone: &[i64]) -> rusqlite::Result<Vec<String>> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT json_extract(before,'$.name') FROM change_row
         WHERE tbl='customer' AND row_id=?1 AND rev_after IS NULL AND before IS NOT NULL",
    )?;
    let mut all = Vec::new();
    for id in gone {
        let found = query.query_map([id], |r| r.get::<_, Option<String>>(0))?;
        all.extend(found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten());
    }
    Ok(all)
}

/// Where what is kept of a customer that is gone stands: its id follows.
const ASIDE: &str = "gone:";

/// Who a customer `x.customer_id` of the log of exports, which is never rewritten, is by now: whomever its old number leads to.
/// Where nobody was ever merged, nothing is looked up.
pub const IS_NOW: &str = concat!(
    "iif((SELECT EXISTS(SELECT 1 FROM setting WHERE key>='gone:' AND key<'gone;')), coalesce(",
    leads_to!(),
    ", x.customer_id), x.customer_id)"
);

/// A customer is about to go: where it has become part of another one, to whom its number leads by now, what is kept of it is
/// put aside.
pub fn goes(db: &Connection, customer: i64, code: &str) -> rusqlite::Result<()> {
    let into: Option<i64> = db
        .prepare_cached("SELECT customer_id FROM customer_alias WHERE code=?1 AND customer_id<>?2")?
        .query_row((code, customer), |r| r.get(0))
        .optional()?;
    if into.is_none() {
        return Ok(());
    }
    let aside: String = db
        .prepare_cached(
            "SELECT json_object('code',?2,'into',?3,
               'moves',json((SELECT json_group_array(json_array(scheme,was,became,at,version,how)) FROM
                 (SELECT * FROM class_move WHERE customer_id=?1 ORDER BY id))))",
        )?
        .query_row((customer, code, into), |r| r.get(0))?;
    settings::keep(db, &format!("{ASIDE}{customer}"), Some(&aside))
}

/// A customer is there again: what was put aside is given back.
pub fn comes(db: &Connection, customer: i64) -> rusqlite::Result<()> {
    let key = format!("{ASIDE}{customer}");
    let Some(aside) = settings::raw(db, &key)? else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO class_move(customer_id,scheme,was,became,at,version,how)
         SELECT ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 FROM json_each(?2,'$.moves') ORDER BY key",
    )?
    .execute((customer, &aside))?;
    settings::keep(db, &key, None)
}
