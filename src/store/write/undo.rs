//! Taking back and bringing back. An undo is a new change that names the one it takes back and runs its lines backwards
//! through the same three primitives; a redo takes an undo back in the same way. A change stands unless an undo of it
//! stands. What others built on it since is never overwritten: then the undo is refused, naming their change.

mod hanging;

mod right;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::{BATCH, Progress, Request, known, many, one};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::Noun;
use crate::domain::people::{Actor, Verb};
use crate::store::record::{HELD, Work};
use crate::store::request::{Receipt, StoreError};
use crate::store::standing::{last, last_undo, undone};
use crate::store::tables::{self, Image, Table, from_json, int, of_record};
use crate::store::{people, settings, turn};

/// The header of a change, as far as an undo needs it.
struct Deed {
    id: i64,
    /// Whose it is; none's where the program did it of itself, whoever it worked for.
    person: Option<i64>,
    subject: String,
    customer: Option<i64>,
    job: Option<i64>,
}

/// Takes back the last change of this person that still stands, or the named one.
pub(super) fn undo(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    which: Option<i64>,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "undoing")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    writes(&me)?;
    let going = many::job_of(db, request.name)?;
    let target = match (which, going) {
        (Some(id), _) => Some(id),
        (None, Some(job)) => standing_of(db, job, false)?.first().copied(),
        (None, None) => last(db, me.id.0)?,
    };
    let Some(deed) = target.map(|id| deed(db, id)).transpose()?.flatten() else {
        return Err(StoreError::NothingToUndo);
    };
    if deed.person != Some(me.id.0) {
        match deed.customer {
            Some(customer) => people::need(db, &me, Verb::Supervise, customer, now).map(|_| ())?,
            None => people::need_own(&me, Verb::Configure)?,
        }
    }
    if deed.job.is_none() && undone(db, deed.id)? {
        return Err(StoreError::NothingToUndo);
    }
    reverse_all(db, actor, request, now, &deed, false, progress)
}

/// Brings back what this person took back last, unless they did something else since.
pub(super) fn redo(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    writes(&me)?;
    let Some(id) = last_undo(db, me.id.0)? else { return Err(StoreError::NothingToUndo) };
    let Some(deed) = deed(db, id)? else { return Err(StoreError::NothingToUndo) };
    reverse_all(db, actor, request, now, &deed, true, progress)
}

/// Whoever writes takes back: those who log, and those who answer a leak.
fn writes(actor: &Actor) -> Result<(), StoreError> {
    people::need_own(actor, Verb::Log)
        .or_else(|denied| people::need_own(actor, Verb::Freeze).map_err(|_| denied))
}

/// One change, or all changes of its job in batches.
fn reverse_all(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    deed: &Deed,
    redo: bool,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    let Some(job) = deed.job else {
        return one(db, actor, Request { undo_of: Some(deed.id), ..request }, now, |work| {
            reverse(work, deed.id, deed.customer)?;
            now_called(work.db, deed)
        });
    };
    let all = standing_of(db, job, redo)?;
    if all.is_empty() {
        return Err(StoreError::NothingToUndo);
    }
    let me = known(db, actor)?;
    let zoned = Now { at: now.at, zone: settings::zone(db)? };
    for id in &all {
        for line in lines(db, *id)? {
            overtaken(db, &line, Some(job))?;
        }
        // all of it or nothing, hence before the first batch, and in each once more
        right::still_may(&Work::new(db, &me, zoned, Some(job)), *id)?;
    }
    let (from, via, to) = if redo { ("undone", "running", "done") } else { ("done", "undoing", "undone") };
    many::turn(db, job, from, via)?;
    if !redo {
        // an import that was cut is taken back as far as it came
        many::turn(db, job, "running", via)?;
    }
    let mut sum = Receipt::default();
    let begun = many::job_of(db, request.name)?.is_some();
    for (i, id) in all.iter().enumerate() {
        let name = if i == 0 && !begun { request.name.to_owned() } else { format!("{}#{id}", request.name) };
        turn::give_way(db);
        let step = Request { name: &name, undo_of: Some(*id), job: Some(job), always: true, ..request };
        let part = one(db, actor, step, now, |work| {
            reverse(work, *id, None)?;
            Ok(told(deed))
        })?;
        sum.rows += part.rows;
        sum.change = sum.change.or(part.change);
        progress(i + 1, all.len());
    }
    many::turn(db, job, via, to)?;
    let (rows, change, records) = (sum.rows, sum.change, records(db, job)?);
    Ok(Receipt { verb: request.act.id(), job: Some(job), rows, change, records, ..told(deed) })
}

/// How many records an import brought; none of any other job.
fn records(db: &Connection, job: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT done FROM job WHERE id=?1 AND verb='import'")?
        .query_row([job], |r| r.get(0))
        .optional()?)
}

/// The receipt with the customer's name as it is after the change: an undone renaming gives the old name back.
fn now_called(db: &Connection, deed: &Deed) -> Result<Receipt, StoreError> {
    let name = deed.customer.map(|customer| super::subject(db, customer)).transpose()?;
    let told = told(deed);
    Ok(match name.filter(|name| !name.is_empty()) {
        Some(subject) => Receipt { subject, ..told },
        None => told,
    })
}

fn told(deed: &Deed) -> Receipt {
    Receipt {
        subject: deed.subject.clone(),
        customer: deed.customer.map(CustomerId),
        job: deed.job,
        ..Receipt::default()
    }
}

fn deed(db: &Connection, id: i64) -> Result<Option<Deed>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, iif(via='system',NULL,person_id), subject, customer_id, job_id FROM change WHERE id=?1")?
        .query_row([id], |r| {
            Ok(Deed {
                id: r.get(0)?,
                person: r.get(1)?,
                subject: r.get(2)?,
                customer: r.get(3)?,
                job: r.get(4)?,
            })
        })
        .optional()?)
}

/// The changes of a job that stand, the last first; of its undos for a redo.
fn standing_of(db: &Connection, job: i64, redo: bool) -> Result<Vec<i64>, StoreError> {
    let sql = if redo {
        "SELECT id FROM change WHERE job_id=?1 AND verb='undo' ORDER BY id DESC"
    } else {
        "SELECT id FROM change WHERE job_id=?1 AND undo_of IS NULL ORDER BY id DESC"
    };
    let all: Vec<i64> =
        db.prepare_cached(sql)?.query_map([job], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut standing = Vec::with_capacity(all.len().min(BATCH));
    for id in all {
        if !undone(db, id)? {
            standing.push(id);
        }
    }
    Ok(standing)
}

/// One line of the record.
struct Line {
    id: i64,
    change: i64,
    tbl: String,
    row: i64,
    before: Option<String>,
    after: Option<String>,
}

/// The lines of a change, the last first.
fn lines(db: &Connection, change: i64) -> Result<Vec<Line>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT id, change_id, tbl, row_id, before, after FROM change_row WHERE change_id=?1 ORDER BY id DESC",
        )?
        .query_map([change], |r| {
            Ok(Line {
                id: r.get(0)?,
                change: r.get(1)?,
                tbl: r.get(2)?,
                row: r.get(3)?,
                before: r.get(4)?,
                after: r.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// Refuses when somebody changed the row since: later lines must take each other back, pair by pair. Changes of `job`
/// itself do not count, they are taken back before this one.
fn overtaken(db: &Connection, line: &Line, job: Option<i64>) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(
        "SELECT c.id, c.undo_of, c.job_id FROM change_row r JOIN change c ON c.id=r.change_id
         WHERE r.tbl=?1 AND r.row_id=?2 AND r.id>?3 ORDER BY r.id",
    )?;
    let mut rows = query.query((&line.tbl, line.row, line.id))?;
    // what was done and has not been taken back, and what was taken back and has not been done again
    let mut open: Vec<(i64, bool, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (change, undo_of, of_job): (i64, Option<i64>, Option<i64>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        if job.is_some() && of_job == job {
            continue;
        }
        let (root, done) = root(db, change, undo_of)?;
        if open.last().is_some_and(|(other, before, _)| *other == root && *before != done) {
            open.pop();
        } else {
            open.push((root, done, change));
        }
    }
    match open.last() {
        Some((_, _, other)) => Err(by(db, *other)?),
        None => Ok(()),
    }
}

/// The change that a chain of undos and redos began with, and whether it stands done at this link of the chain.
fn root(db: &Connection, change: i64, undo_of: Option<i64>) -> Result<(i64, bool), StoreError> {
    let (mut root, mut done, mut of) = (change, true, undo_of);
    while let Some(earlier) = of {
        (root, done) = (earlier, !done);
        of = db
            .prepare_cached("SELECT undo_of FROM change WHERE id=?1")?
            .query_row([earlier], |r| r.get(0))?;
    }
    Ok((root, done))
}

/// The refusal that names a change.
fn by(db: &Connection, change: i64) -> Result<StoreError, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT p.name, c.at, c.verb FROM change c JOIN person p ON p.id=c.person_id WHERE c.id=?1",
        )?
        .query_row([change], |r| {
            Ok(StoreError::Overtaken { who: r.get(0)?, at: r.get(1)?, verb: r.get(2)? })
        })?)
}

/// The change that has erased what a line said, if one has: it can never be brought back.
fn erased_by(db: &Connection, line: i64) -> Result<Option<i64>, StoreError> {
    Ok(db.prepare_cached("SELECT erased_by FROM change_row WHERE id=?1")?.query_row([line], |r| r.get(0))?)
}

/// Runs the lines of a change backwards.
fn reverse(work: &mut Work<'_>, change: i64, customer: Option<i64>) -> Result<(), StoreError> {
    right::still_may(work, change)?;
    let open = super::user::open_to_admins(work)?;
    for line in lines(work.db, change)? {
        overtaken(work.db, &line, None)?;
        let Some((table, key)) = of_record(&line.tbl) else {
            return Err(StoreError::Defect(format!("the record names a table {}", line.tbl)));
        };
        let images = [&line.before, &line.after];
        let images = images.map(|json| json.as_deref().map(|json| from_json(table.noun, json)));
        super::user::may_take_back(work, table.noun, line.row, &images)?;
        if let Some(eraser) = erased_by(work.db, line.id)? {
            return Err(by(work.db, eraser)?);
        }
        let result = match key {
            Some(key) => reverse_word(work, table, key, &line),
            None => reverse_row(work, table, &line),
        };
        match result {
            // something else hangs on the row: whoever put it there has overtaken this change
            Err(StoreError::Defect(text)) if text.contains(HELD) => {
                return Err(hanging::by_whom(work, &line, customer)?);
            }
            other => other?,
        }
        if table.noun == Noun::Person {
            super::user::administered(work)?;
        }
    }
    super::user::still_open(work, open)
}

fn reverse_row(work: &mut Work<'_>, table: &Table, line: &Line) -> Result<(), StoreError> {
    let before = line.before.as_deref().map(|json| from_json(table.noun, json));
    match (before, &line.after) {
        (Some(mut before), None) => {
            if table.noun == Noun::Touch {
                as_now_kept(work, &mut before)?;
            }
            // its revision goes on where it stopped: a form that still shows the old row is told
            let rev: i64 = work
                .db
                .prepare_cached(
                    "SELECT coalesce(max(rev_after),1)+1 FROM change_row WHERE tbl=?1 AND row_id=?2",
                )?
                .query_row((&line.tbl, line.row), |r| r.get(0))?;
            work.insert_at(table.noun, line.row, rev, &before)
        }
        (Some(before), Some(_)) => work.update(table.noun, line.row, &before).map(|_| ()),
        (None, _) => work.delete(table.noun, line.row),
    }
}

/// A touch that was removed before the schema told where touches come from comes back as it would stand now: `job_id` names
/// the import that brought it and nothing else, and what a file brought is never late (kpis.md C2).
fn as_now_kept(work: &Work<'_>, touch: &mut Image) -> Result<(), StoreError> {
    let Some(job) = int(touch, "job_id") else { return Ok(()) };
    let imported =
        work.db.prepare_cached("SELECT 1 FROM job WHERE id=?1 AND verb='import'")?.exists([job])?;
    for (column, cell) in touch {
        match *column {
            "late" if imported => *cell = Cell::Integer(0),
            "job_id" if !imported => *cell = Cell::Null,
            _ => {}
        }
    }
    Ok(())
}

fn reverse_word(work: &mut Work<'_>, table: &Table, key: &str, line: &Line) -> Result<(), StoreError> {
    let Some(before) = line.before.as_deref().map(|json| from_json(table.noun, json)) else {
        return work.put(table.noun, key, None).map(|_| ());
    };
    let mut image = table
        .read(work.db, &Cell::Text(key.to_owned()))?
        .map_or_else(|| table.columns.iter().map(|c| (*c, Cell::Null)).collect(), |(_, image)| image);
    for (column, cell) in &mut image {
        if before.iter().any(|(c, _)| c == column) {
            *cell = tables::cell(&before, column).clone();
        }
    }
    work.put(table.noun, key, Some(&image)).map(|_| ())
}
