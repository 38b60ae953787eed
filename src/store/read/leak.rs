//! Leaks as whoever answers them sees them: the list, and one case with its exports and affected customers. Names are what
//! the directory shows to everybody who works here; nothing private of a customer is read.

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use crate::domain::leak::{AT_ONCE, STEPS, counts};
use crate::domain::money::Fen;
use crate::store::leak::{OF_CASE, from, left_with};
use crate::store::request::{LeakCase, LeakCustomer, LeakExport, LeakRow, LeakStep, StoreError};
use crate::store::settings;

/// Cases that a list holds; open ones come first.
const LISTED: i64 = 200;
/// Exports of a case that are named.
const NAMED: i64 = 200;

const ROW: &str = "SELECT l.id, l.rev, p.name, l.note, r.name, l.since, a.start_by, l.state,
        (SELECT count(*) FROM leak_step s WHERE s.leak_id=l.id), coalesce(u.name,o.name), l.person_id, p.state='frozen',
        l.result, c.name, l.closed_at, l.alarm_id, l.left_out
     FROM leak l JOIN alarm a ON a.id=l.alarm_id JOIN person r ON r.id=l.reported_by JOIN person o ON o.id=a.owner_id
     LEFT JOIN person u ON u.id=a.climbed_to LEFT JOIN person p ON p.id=l.person_id
     LEFT JOIN person c ON c.id=l.closed_by";

fn row(r: &rusqlite::Row<'_>) -> rusqlite::Result<LeakRow> {
    Ok(LeakRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        alarm: r.get(15)?,
        person: r.get(2)?,
        note: r.get(3)?,
        reporter: r.get(4)?,
        since: r.get(5)?,
        due: r.get(6)?,
        state: r.get(7)?,
        done: r.get(8)?,
        owner: r.get(9)?,
    })
}

/// The cases, open ones first, the newest first.
pub fn list(eyes: &Eyes) -> Result<Vec<LeakRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!("{ROW} ORDER BY l.state<>'open', l.id DESC LIMIT ?1"))?;
    Ok(query.query_map([LISTED], row)?.collect::<rusqlite::Result<_>>()?)
}

/// One case, with the first of its customers or with all of them; none where there is no such.
pub fn one(eyes: &Eyes, id: i64, whole: bool) -> Result<Option<LeakCase>, StoreError> {
    let found = eyes
        .db
        .prepare_cached(&format!("{ROW} WHERE l.id=?1"))?
        .query_row([id], |r| {
            Ok(LeakCase {
                row: row(r)?,
                person_id: r.get(10)?,
                frozen: r.get::<_, Option<bool>>(11)?.unwrap_or(false),
                steps: Vec::new(),
                from: 0,
                exports: Vec::new(),
                affected: 0,
                told: 0,
                customers: Vec::new(),
                backups: false,
                result: r.get(12)?,
                left_out: r.get(16)?,
                closed_by: r.get(13)?,
                closed_at: r.get(14)?,
            })
        })
        .optional()?;
    let Some(mut case) = found else { return Ok(None) };
    case.from = from(eyes.db, case.row.since)?;
    case.steps = steps(eyes, id)?;
    case.exports = exports(eyes, case.person_id, case.from)?;
    case.affected = affected(eyes, case.person_id, case.from)?;
    case.told = eyes
        .db
        .prepare_cached("SELECT count(*) FROM leak_customer WHERE leak_id=?1")?
        .query_row([id], |r| r.get(0))?;
    let most = if whole { i64::MAX } else { i64::try_from(AT_ONCE).unwrap_or(i64::MAX) };
    case.customers = customers(eyes, id, (case.person_id, case.from), most)?;
    case.backups = settings::raw(eyes.db, settings::BACKUPS_IN)?.is_some();
    Ok(Some(case))
}

fn steps(eyes: &Eyes, id: i64) -> Result<Vec<LeakStep>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT s.step, p.name, s.at, s.found FROM leak_step s JOIN person p ON p.id=s.by_id WHERE s.leak_id=?1",
    )?;
    let found = query.query_map([id], |r| {
        let kept: Option<String> = r.get(3)?;
        let backups = kept.as_deref().and_then(counts);
        Ok(LeakStep { step: r.get(0)?, by: r.get(1)?, at: r.get(2)?, backups })
    })?;
    let mut steps: Vec<LeakStep> = found.collect::<rusqlite::Result<_>>()?;
    steps.sort_by_key(|step| STEPS.iter().position(|id| *id == step.step));
    Ok(steps)
}

/// The exports since then, those that were refused too: they say something of the person as well.
fn exports(eyes: &Eyes, person: Option<i64>, from: i64) -> Result<Vec<LeakExport>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT e.id, p.name, e.at, e.what, e.filter, e.rows, e.place, e.reason, e.state, e.large
         FROM export_log e JOIN person p ON p.id=e.person_id
         WHERE e.at>=?2 AND e.person_id=coalesce(?1,e.person_id) ORDER BY e.id DESC LIMIT ?3",
    )?;
    let found = query.query_map((person, from, NAMED), |r| {
        Ok(LeakExport {
            id: r.get(0)?,
            person: r.get(1)?,
            at: r.get(2)?,
            what: r.get(3)?,
            filter: r.get(4)?,
            rows: r.get(5)?,
            place: r.get(6)?,
            reason: r.get(7)?,
            state: r.get(8)?,
            large: r.get(9)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn affected(eyes: &Eyes, person: Option<i64>, from: i64) -> Result<i64, StoreError> {
    let sql = format!("SELECT count(DISTINCT x.customer_id) FROM {} WHERE {OF_CASE}", left_with());
    Ok(eyes.db.prepare_cached(&sql)?.query_row((person, from), |r| r.get(0))?)
}

/// Whose data left, those first to whom nobody has apologised yet.
fn customers(
    eyes: &Eyes,
    leak: i64,
    (person, from): (Option<i64>, i64),
    most: i64,
) -> Result<Vec<LeakCustomer>, StoreError> {
    let sql = format!(
        "SELECT x.customer_id, c.code, c.name, o.name, count(DISTINCT e.id), b.name, l.at, m.amount_fen
         FROM {} JOIN customer c ON c.id=x.customer_id JOIN person o ON o.id=c.owner_id
         LEFT JOIN leak_customer l ON l.leak_id=?3 AND l.customer_id=x.customer_id
         LEFT JOIN person b ON b.id=l.by_id LEFT JOIN expense m ON m.id=l.expense_id
         WHERE {OF_CASE}
         GROUP BY x.customer_id ORDER BY l.id IS NOT NULL, x.customer_id LIMIT ?4",
        left_with()
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let found = query.query_map((person, from, leak, most), |r| {
        Ok(LeakCustomer {
            id: r.get(0)?,
            code: r.get(1)?,
            name: r.get(2)?,
            owner: r.get(3)?,
            exports: r.get(4)?,
            told_by: r.get(5)?,
            told_at: r.get(6)?,
            compensation: r.get::<_, Option<i64>>(7)?.map(Fen),
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
