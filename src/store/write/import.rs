//! An import: opened as a job, filled in batches, closed. A row comes in, changes a known record, is there already, or is
//! refused, and takes nothing down with it. Rows recognise themselves, so a file that is read twice changes nothing the
//! second time (K56, H6, H8).
//!
//! A touch or a survey has no number, and several of one day may look alike. Such a row is there already only where the store
//! has a twin of it: one that says the same in every part, as it is now or as it was first written down (a correction made
//! here since does not hide it), and that no other row of its file means. Without a twin it is made: rather is something
//! there twice than lost ([`twin`]).

mod customer;
mod days;
mod known;
mod promise;
mod states;
mod twin;

use std::time::Instant;

use rusqlite::{Connection, OptionalExtension};

use twin::{Ledger, Said};

use super::frame::Frame;
use super::{
    Progress, Request, books, deal, known as whoever, many, one, rows as records, scheme, survey, touch,
};
use crate::domain::change::ImportRow;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Noun, Problem, Value};
use crate::domain::people::{Actor, Verb};
use crate::store::facts::index;
use crate::store::record::{Header, Work};
use crate::store::request::{Receipt, RowOutcome, StoreError};
use crate::store::tables::{Image, int, text};
use crate::store::taken::Taken;
use crate::store::turn::{self, Pace};
use crate::store::{open, people, session, settings};

/// Opens an import; the receipt names its job.
pub fn start(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    what: &str,
    taken: &mut Taken,
) -> Result<Receipt, StoreError> {
    let receipt = one(db, actor, Request { always: true, ..request }, now, |work| {
        people::need_own(work.actor, Verb::Import)?;
        let job = many::start(work, request.act.id(), what)?;
        work.job = Some(job);
        open::widen(work.db, true)?;
        Ok(Receipt { subject: what.to_owned(), job: Some(job), ..Receipt::default() })
    })?;
    // a trial that was taken back may have had the same number
    receipt.job.map_or(Ok(()), |job| taken.forget(job))?;
    Ok(receipt)
}

/// Closes an import.
pub fn finish(
    db: &mut Connection,
    actor: &Actor,
    job: i64,
    taken: &mut Taken,
) -> Result<Receipt, StoreError> {
    people::need_own(&whoever(db, actor)?, Verb::Import)?;
    let what = open(db, job)?;
    let _head = turn::wait(db);
    many::turn(db, job, "running", "done")?;
    open::widen(db, false)?;
    taken.forget(job)?;
    Ok(Receipt { verb: "import", subject: what, job: Some(job), ..Receipt::default() })
}

/// The file of a job that is there.
fn open(db: &Connection, job: i64) -> Result<String, StoreError> {
    db.prepare_cached("SELECT what FROM job WHERE id=?1 AND verb='import'")?
        .query_row([job], |r| r.get(0))
        .optional()?
        .ok_or(StoreError::Gone { who: None })
}

/// Writes rows in batches and tells what became of each.
pub fn rows(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (job, rows): (i64, &[ImportRow]),
    (pace, taken): (&mut Pace, &mut Taken),
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    let what = open(db, job)?;
    let mut sum = Receipt { verb: request.act.id(), subject: what, job: Some(job), ..Receipt::default() };
    let mut rest = rows;
    while !rest.is_empty() {
        let at = sum.outcomes.len();
        let others = turn::give_way(db) || session::any(db)?;
        pace.meet(others);
        let (batch, later) = rest.split_at(pace.rows(db).min(rest.len()));
        rest = later;
        // its bounds are its name: a batch of other bounds, when a request is sent again, reads rows that know themselves
        let name = format!("{}#{at}+{}", request.name, batch.len());
        let from = Instant::now();
        let batch = Batch { actor, request: Request { name: &name, ..request }, now, job, rows: batch };
        let Done { change, written, outcomes } = batch.write(db, taken)?;
        pace.learn(batch.rows.len(), from.elapsed());
        sum.change = sum.change.or(change);
        sum.rows += written;
        sum.outcomes.extend(outcomes);
        index::merge(db, index::PILED)?;
        progress(sum.outcomes.len(), rows.len());
    }
    Ok(sum)
}

/// Rows that are written in one transaction.
struct Batch<'a> {
    actor: &'a Actor,
    request: Request<'a>,
    now: Now,
    job: i64,
    rows: &'a [ImportRow],
}

/// What a batch came to.
struct Done {
    change: Option<i64>,
    /// Rows of the store.
    written: usize,
    /// What became of each row of the file.
    outcomes: Vec<RowOutcome>,
}

impl Batch<'_> {
    /// Writes it. Most rows are refused before they have written anything, so the batch is tried without a savepoint for each
    /// row, which costs a tenth; only where a row was refused halfway is the batch written again with them.
    fn write(&self, db: &mut Connection, taken: &mut Taken) -> Result<Done, StoreError> {
        if let Some(done) = self.attempt(db, taken, false)? {
            return Ok(done);
        }
        self.attempt(db, taken, true)?.ok_or_else(|| StoreError::Defect("a savepoint did not hold".into()))
    }

    /// One try; none where a row was refused halfway without a savepoint, and nothing is written.
    fn attempt(
        &self,
        db: &mut Connection,
        taken: &mut Taken,
        savepoints: bool,
    ) -> Result<Option<Done>, StoreError> {
        let tx = Frame::open(db)?;
        let actor = whoever(&tx, self.actor)?;
        people::need_own(&actor, Verb::Import)?;
        let seen: Option<i64> = tx
            .prepare_cached("SELECT id FROM change WHERE request=?1")?
            .query_row([self.request.name], |r| r.get(0))
            .optional()?;
        let now = Now { at: self.now.at, zone: settings::zone(&tx)? };
        let mut work = Work::new(&tx, &actor, now, Some(self.job));
        let mut ledger = Ledger::new(taken, self.job);
        let Some(outcomes) = outcomes(&mut work, &mut ledger, self.rows, savepoints)? else {
            return Ok(None);
        };
        if seen.is_some() {
            // written before: the transaction goes away, the outcomes are those of a second reading
            return Ok(Some(Done { change: seen, written: 0, outcomes }));
        }
        // what orders win and raise; those of old books are told apart by their day
        deal::follow(&mut work)?;
        let written = work.rows();
        let subject = open(&tx, self.job)?;
        let header = Header {
            subject: &subject,
            reason: self.request.reason,
            job: Some(self.job),
            ..Header::own(self.request.name, self.request.act.id())
        };
        let change = work.finish(&header, false)?;
        many::step(&tx, self.job, came(self.rows, &outcomes))?;
        tx.commit()?;
        taken.keep(self.job)?;
        Ok(Some(Done { change, written, outcomes }))
    }
}

/// How many records came in or were changed, as whoever imports is told: what is made beside a row is none of its own. An undo
/// of the whole job tells the same number.
fn came(rows: &[ImportRow], outcomes: &[RowOutcome]) -> usize {
    let came = |(row, outcome): &(&ImportRow, &RowOutcome)| {
        matches!(outcome, RowOutcome::Made | RowOutcome::Alike(..) | RowOutcome::Updated(_))
            && !matches!(row, ImportRow::Contact { aside: true, .. })
    };
    rows.iter().zip(outcomes).filter(came).count()
}

/// What becomes of each row; none where one was refused halfway without a savepoint.
fn outcomes(
    work: &mut Work<'_>,
    ledger: &mut Ledger<'_>,
    rows: &[ImportRow],
    savepoints: bool,
) -> Result<Option<Vec<RowOutcome>>, StoreError> {
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        let before = work.writes();
        let result = if savepoints {
            work.attempt(|work| import(work, ledger, row))
        } else {
            import(work, ledger, row)
        };
        let halfway = !savepoints && work.writes() != before;
        outcomes.push(match result {
            Ok(outcome) => outcome,
            Err(StoreError::Invalid(_) | StoreError::Gone { .. }) if halfway => return Ok(None),
            Err(StoreError::Invalid(invalid)) => RowOutcome::Refused(invalid),
            Err(StoreError::Gone { .. }) => RowOutcome::Refused(Invalid {
                field: Field::Code,
                problem: Problem::NoSuchCustomer(String::new()),
            }),
            Err(other) => return Err(other),
        });
    }
    Ok(Some(outcomes))
}

fn import(work: &mut Work<'_>, ledger: &mut Ledger<'_>, row: &ImportRow) -> Result<RowOutcome, StoreError> {
    match row {
        ImportRow::Customer(new) => customer::row(work, new),
        ImportRow::Contact { customer, contact, .. } => {
            people::need(work.db, work.actor, Verb::Edit, customer.0, work.now)?;
            let before = work.writes();
            customer::contact(work, customer.0, contact)?;
            Ok(if work.writes() == before { RowOutcome::Same } else { RowOutcome::Made })
        }
        ImportRow::Order { customer, values, nth } => one_order(work, *customer, values, *nth),
        ImportRow::Survey { customer, values } => one_survey(work, *customer, values),
        ImportRow::Touch { touch, row, day_only } => {
            let said = Said::read(work, touch, *row, *day_only)?;
            if ledger.find(work, &said)?.is_some() {
                return Ok(RowOutcome::Same);
            }
            let made = touch::log(work, touch, touch::Origin::Imported)?.made;
            if let Some(made) = made {
                ledger.made(work, &said, made.id);
            }
            Ok(RowOutcome::Made)
        }
        ImportRow::Benchmark { industry, year, average } => {
            scheme::imported_benchmark(work, industry, *year, *average)
        }
        ImportRow::Book(row) => books::write(work, row),
    }
}

/// An order is there already when its number is, or, without one, when there are as many with its day and amount as the
/// file has had so far.
fn one_order(
    work: &mut Work<'_>,
    customer: CustomerId,
    values: &[(Field, Value)],
    nth: u32,
) -> Result<RowOutcome, StoreError> {
    let row = crate::store::values::cells(work.db, work.now, Noun::Order, customer.0, values)?;
    let there = match text(&row, "code") {
        Some(code) => work
            .db
            .prepare_cached("SELECT 1 FROM orders WHERE code=?1 AND customer_id=?2")?
            .exists((code, customer.0))?,
        None => work
            .db
            .prepare_cached(
                "SELECT count(*)>=?4 FROM orders WHERE customer_id=?1 AND ordered_on=?2 AND amount_fen=?3",
            )?
            .query_row((customer.0, text(&row, "ordered_on"), int(&row, "amount_fen"), nth), |r| r.get(0))?,
    };
    if there {
        return Ok(RowOutcome::Same);
    }
    records::add(work, Noun::Order, customer, values)?;
    Ok(RowOutcome::Made)
}

/// An answer is there already when it has a twin.
fn one_survey(
    work: &mut Work<'_>,
    customer: CustomerId,
    values: &[(Field, Value)],
) -> Result<RowOutcome, StoreError> {
    let mut row = crate::store::values::cells(work.db, work.now, Noun::Survey, customer.0, values)?;
    survey::scores(work, &mut row, &Image::new())?;
    if twin::survey(work, customer.0, &row)? {
        return Ok(RowOutcome::Same);
    }
    records::add(work, Noun::Survey, customer, values)?;
    Ok(RowOutcome::Made)
}
