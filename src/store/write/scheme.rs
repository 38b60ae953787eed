//! Rules put in force. In a small company the transaction that writes the version also moves the customers. In a large one
//! the new rules are first tried in slices, the old ones in force; who moves is put aside, and the version is written when
//! all are tried. A run that was cut off or cancelled leaves the old version in force, and the same text goes on where it
//! stopped. Then those put aside are brought up to date in batches; the daily round does it if the program ends before.

use std::sync::Arc;
use std::time::Instant;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::{Progress, Request, known, one};
use crate::domain::clock::Now;
use crate::domain::field::{Field, Noun, Problem};
use crate::domain::money::Fen;
use crate::domain::people::{Actor, Verb};
use crate::domain::scheme::Scheme;
use crate::domain::scheme::draft::Draft;
use crate::domain::scheme::parse::parse;
use crate::store::brake::Brake;
use crate::store::facts::{AT_ONCE, reclass, round};
use crate::store::record::Work;
use crate::store::request::{Receipt, RowOutcome, StoreError};
use crate::store::scheme::{Classing, proved};
use crate::store::tables::{opt_text, word};
use crate::store::turn::{self, Pace};
use crate::store::values::{self, invalid};
use crate::store::{people, settings};

/// Customers on whom rules are tried in one transaction, and brought up to date in one.
const TRIED: usize = 4_000;
const BROUGHT: usize = 200;

/// Applies a text as the new version of its scheme.
pub(super) fn apply(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    text: &str,
    brake: &Brake,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    let me = known(db, actor)?;
    people::need_own(&me, Verb::Configure)?;
    let scheme = proved(db, text)?;
    let now = Now { at: now.at, zone: settings::zone(db)? };
    let customers: i64 = db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0))?;
    if customers <= AT_ONCE {
        return one(db, actor, request, now, |work| put(work, &scheme, text, request.reason, false));
    }
    let total = usize::try_from(customers).unwrap_or(usize::MAX);
    attempt(db, &scheme, text, now, brake, total, progress)?;
    let receipt = one(db, actor, request, now, |work| put(work, &scheme, text, request.reason, true))?;
    let mut pace = Pace::up_to(BROUGHT);
    loop {
        turn::give_way(db);
        let take = i64::try_from(pace.rows(db)).unwrap_or(i64::MAX);
        let from = Instant::now();
        let tx = turn::begin(db)?;
        let some = round::put_aside(&tx, take)?;
        if some.is_empty() || brake.is_over() {
            return Ok(receipt);
        }
        round::bring(&tx, &some, now)?;
        tx.commit()?;
        pace.learn(some.len(), from.elapsed());
        progress(total, total);
    }
}

/// Tries the rules on everybody and puts aside who moves; goes on where an earlier attempt with this text stopped.
fn attempt(
    db: &mut Connection,
    scheme: &Scheme,
    text: &str,
    now: Now,
    brake: &Brake,
    total: usize,
    progress: Progress<'_>,
) -> Result<(), StoreError> {
    let run: Option<(String, i64)> =
        db.query_row("SELECT text, upto FROM scheme_run", [], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let mut upto = match run {
        Some((before, upto)) if before == text => upto,
        _ => {
            let tx = turn::begin(db)?;
            tx.execute_batch("DELETE FROM scheme_stage; DELETE FROM scheme_run")?;
            tx.execute(
                "INSERT INTO scheme_run(id,text,upto,seen) SELECT 1, ?1, 0, coalesce(max(id),0) FROM change",
                [text],
            )?;
            tx.commit()?;
            0
        }
    };
    let classing = Classing::load(db)?.with(Arc::new(scheme.clone()), 0);
    let mut done: usize = db.query_row("SELECT count(*) FROM customer WHERE id<=?1", [upto], |r| r.get(0))?;
    loop {
        if brake.is_pulled() {
            return Err(StoreError::Cancelled);
        }
        // read outside the write: nobody waits while the rules are tried
        let slice = reclass::slice(db, &classing, now, upto, TRIED)?;
        let Some(last) = slice.last else { return Ok(()) };
        turn::give_way(db);
        let tx = turn::begin(db)?;
        for mover in &slice.movers {
            tx.prepare_cached("INSERT OR IGNORE INTO scheme_stage(customer_id) VALUES(?1)")?
                .execute([mover.id])?;
        }
        tx.execute("UPDATE scheme_run SET upto=?1", [last])?;
        tx.commit()?;
        upto = last;
        done += usize::try_from(slice.seen).unwrap_or(0);
        progress(done, total);
    }
}

/// Writes the version; `staged` where everybody was tried before.
fn put(
    work: &mut Work<'_>,
    scheme: &Scheme,
    text: &str,
    reason: Option<&str>,
    staged: bool,
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Configure)?;
    let last: Option<i64> = work
        .db
        .prepare_cached("SELECT max(version) FROM scheme_version WHERE scheme=?1")?
        .query_row([&scheme.id], |r| r.get(0))?;
    work.staged = staged;
    work.insert(
        Noun::SchemeVersion,
        &[
            ("scheme", word(scheme.id.as_str())),
            ("version", Cell::Integer(last.unwrap_or(1) + 1)),
            ("text", word(text)),
            ("at", Cell::Integer(work.now.ms())),
            ("person_id", Cell::Integer(work.actor.id.0)),
            ("reason", opt_text(reason)),
        ],
    )?;
    granted(work, scheme)?;
    if staged {
        changed_meanwhile(work.db)?;
    }
    Ok(Receipt { subject: scheme.id.clone(), ..Receipt::default() })
}

/// Whoever proposed these very rules, however they were written, has got them.
fn granted(work: &mut Work<'_>, scheme: &Scheme) -> Result<(), StoreError> {
    let proposed: Vec<(i64, String)> = work
        .db
        .prepare_cached("SELECT id, text FROM scheme_proposal WHERE scheme=?1")?
        .query_map([&scheme.id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let same = |text: &str| parse(text).is_ok_and(|theirs| Draft::of(&theirs) == Draft::of(scheme));
    for (id, _) in proposed.iter().filter(|(_, text)| same(text)) {
        work.delete(Noun::Proposal, *id)?;
    }
    Ok(())
}

/// Hands a text to whoever may apply it: proved like one that is applied; in place of an earlier one of this person.
pub(super) fn propose(work: &mut Work<'_>, text: &str, reason: Option<&str>) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Strategy)?;
    let scheme = proved(work.db, text)?;
    let me = work.actor.id.0;
    let before: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM scheme_proposal WHERE scheme=?1 AND person_id=?2")?
        .query_row((&scheme.id, me), |r| r.get(0))
        .optional()?;
    let cells = [
        ("scheme", word(scheme.id.as_str())),
        ("text", word(text)),
        ("at", Cell::Integer(work.now.ms())),
        ("person_id", Cell::Integer(me)),
        ("reason", opt_text(reason)),
    ];
    match before {
        Some(id) => work.update(Noun::Proposal, id, &cells).map(|_| ()),
        None => work.insert(Noun::Proposal, &cells).map(|_| ()),
    }?;
    Ok(Receipt { subject: scheme.id, ..Receipt::default() })
}

/// Whoever was written while the rules were tried is brought up to date too; after an import that means everybody.
fn changed_meanwhile(db: &Connection) -> Result<(), StoreError> {
    // by the number of the change, which the engine would not choose: there are many customers and few changes since
    db.execute_batch(
        "INSERT OR IGNORE INTO scheme_stage(customer_id) SELECT customer_id FROM change NOT INDEXED
           WHERE id>(SELECT seen FROM scheme_run) AND customer_id IN (SELECT id FROM customer)",
    )?;
    let jobs: bool = db.query_row(
        "SELECT EXISTS(SELECT 1 FROM change NOT INDEXED
           WHERE id>(SELECT seen FROM scheme_run) AND job_id IS NOT NULL)",
        [],
        |r| r.get(0),
    )?;
    if jobs {
        settings::keep(db, settings::RECLASS_FROM, Some("0"))?;
    }
    db.execute("DELETE FROM scheme_run", [])?;
    Ok(())
}

/// Enters the average of an industry in a year.
pub fn benchmark(
    work: &mut Work<'_>,
    industry: &str,
    year: i32,
    average: Fen,
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Configure)?;
    average_of(work, industry, year, average, "entered")?;
    Ok(Receipt { subject: format!("{} {year}", industry.trim()), ..Receipt::default() })
}

/// The same from a file; what stood so already stays as it was, whoever had entered it.
pub fn imported_benchmark(
    work: &mut Work<'_>,
    industry: &str,
    year: i32,
    average: Fen,
) -> Result<RowOutcome, StoreError> {
    people::need_own(work.actor, Verb::Configure)?;
    average_of(work, industry, year, average, "imported")
}

/// Writes an average and how it came in.
fn average_of(
    work: &mut Work<'_>,
    industry: &str,
    year: i32,
    average: Fen,
    how: &str,
) -> Result<RowOutcome, StoreError> {
    let industry = crate::domain::text::clean_line(industry);
    let industry = industry.trim();
    if industry.is_empty() {
        return invalid(Field::Industry, Problem::Empty);
    }
    if average.0 <= 0 {
        return invalid(Field::AverageYuan, Problem::NotPositive(average.yuan_grouped()));
    }
    values::amount(Field::AverageYuan, average.0)?;
    let there: Option<(i64, i64)> = work
        .db
        .prepare_cached("SELECT id, average_fen FROM benchmark WHERE industry=?1 AND year=?2")?
        .query_row((industry, year), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let cells = [("average_fen", Cell::Integer(average.0)), ("how", word(how))];
    match there {
        Some((_, fen)) if fen == average.0 => Ok(RowOutcome::Same),
        Some((id, _)) => work.update(Noun::Benchmark, id, &cells).map(|_| RowOutcome::Updated(Vec::new())),
        None => {
            let head = [("industry", word(industry)), ("year", Cell::Integer(i64::from(year)))];
            let cells: Vec<_> = head.into_iter().chain(cells).collect();
            work.insert(Noun::Benchmark, &cells)?;
            Ok(RowOutcome::Made)
        }
    }
}
