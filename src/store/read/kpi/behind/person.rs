//! What stands behind a line of a person's sheet (A145, F48), case by case: each follow-up that came due, each touch. The
//! cases are those that [`staff`](crate::store::read::staff) counts; whoever may not see the sheet gets none.

use rusqlite::{Connection, OptionalExtension, Params};

use super::named;
use crate::domain::people::PersonId;
use crate::store::read::eyes::Eyes;
use crate::store::read::staff::{FOLLOWED, UNRECORDED, answers_for, instants, late_before};
use crate::store::request::{Behind, BehindQuery, BehindRow, Side, StoreError};

/// A case: its customer, the last instant at which it was in time or that of the touch in UTC ms, and how it stands to the figure.
type Case = (i64, i64, Side);

/// The cases of a person behind one line of the sheet, those against it first, then the earliest.
pub fn cases(eyes: &Eyes, query: &BehindQuery, person: PersonId) -> Result<Behind, StoreError> {
    let mut found = if answers_for(eyes, person)? { all(eyes, query, person.0)? } else { Vec::new() };
    let sides = Side::ALL.map(|side| found.iter().filter(|(.., s)| *s == side).count());
    found.retain(|(.., side)| query.only.is_none_or(|only| *side == only));
    found.sort_by_key(|(customer, at, side)| (*side, *at, *customer));
    let count = found.len();
    let mut rows = Vec::new();
    for (customer, at, side) in found.into_iter().take(query.most) {
        rows.extend(named(eyes.db, customer, side)?.map(|row| BehindRow { at: Some(at), ..row }));
    }
    Ok(Behind {
        id: query.id,
        segment: query.segment,
        rows,
        all: count,
        sides: Some(sides),
        of: Some(*query),
        person: name(eyes.db, person)?,
        by: None,
    })
}

fn all(eyes: &Eyes, query: &BehindQuery, person: i64) -> Result<Vec<Case>, StoreError> {
    let db = eyes.db;
    let (from, until) = instants(eyes, query.of.period);
    match query.id {
        "timeliness" => {
            let mut cases = touches(db, "late=0", "1", (person, from, until))?;
            // what was never written down was due as well
            let sql = format!("SELECT t.customer_id, t.due_at-1, 0 FROM {UNRECORDED} AND t.owner_id=?3");
            cases.extend(found(db, &sql, (from, until.min(late_before(eyes)?), person))?);
            Ok(cases)
        }
        "promises" => {
            let sql = format!(
                "SELECT customer_id, due_at-1, coalesce(done_at<=due_at,0) FROM {FOLLOWED} AND owner_id=?3"
            );
            found(db, &sql, (from, until.min(eyes.now.ms()), person))
        }
        "response" => touches(db, "responded", "kind='proactive'", (person, from, until)),
        _ => Ok(Vec::new()),
    }
}

/// Touches of a person between two instants, each a hit or not.
fn touches(db: &Connection, hit: &str, only: &str, of: (i64, i64, i64)) -> Result<Vec<Case>, StoreError> {
    let sql = format!(
        "SELECT customer_id, at, {hit} FROM touch INDEXED BY touch_person
         WHERE person_id=?1 AND at>=?2 AND at<?3 AND {only}"
    );
    found(db, &sql, of)
}

fn found(db: &Connection, sql: &str, of: impl Params) -> Result<Vec<Case>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map(of, |r| {
        let side = if r.get(2)? { Side::Good } else { Side::Bad };
        Ok((r.get(0)?, r.get(1)?, side))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn name(db: &Connection, person: PersonId) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT name FROM person WHERE id=?1")?;
    Ok(query.query_row([person.0], |r| r.get(0)).optional()?)
}
