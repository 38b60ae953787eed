//! Taking data out: who may and how much in a day is decided here, and that it was asked for is written down and committed
//! before the first row is handed over, refused or not (A141, I5, I16). Rows leave in pages; each page's customers are in
//! the log before the page is. A broken export is one that never ended: its rows are in the log all the same.

use rusqlite::Connection;

use super::alarm::{Cause, raise};
use super::chain::{self, Entry};
pub use super::read::export::columns;
use super::read::export::{company, count, ids, rows, still_theirs, with_own};
use super::read::eyes::Eyes;
use super::record::{Header, Work};
use super::request::export::{Cell, Export, Exported, Wanted};
use super::request::{Limited, StoreError};
use super::values::invalid;
use super::{Store, people, settings, turn, whole};
use crate::domain::alarm::{Fact, rule};
use crate::domain::clock::Now;
use crate::domain::field::{Field, Problem};
use crate::domain::people::{Actor, Reach, Verb, Via, reach};

/// Customers of one page.
const PAGE: usize = 200;

/// What is written down when somebody asks.
struct Asked<'a> {
    wanted: &'a Wanted,
    reason: &'a str,
    planned: u64,
    large: bool,
    refused: Option<&'a StoreError>,
}

impl Store {
    /// Begins an export: refused or not, it is in the log and in the history when this returns.
    pub fn export(&mut self, actor: &Actor, wanted: &Wanted, now: Now) -> Result<Export, StoreError> {
        let actor = people::as_known(&self.db, actor)?.ok_or(StoreError::Denied(Verb::Export))?;
        let now = Now { at: now.at, zone: settings::zone(&self.db)? };
        let reason = wanted.reason.trim();
        if reason.is_empty() {
            return invalid(Field::Reason, Problem::Empty);
        }
        // whoever takes everything takes what people may do, too
        let all = wanted.what != Exported::All || reach(actor.role, Verb::Configure) != Reach::No;
        let may = all && reach(actor.role, Verb::Export) != Reach::No;
        let Plan { left, beyond, ready, planned } =
            if may { plan(&self.db, &actor, wanted, now)? } else { Plan::default() };
        let tx = turn::begin(&mut self.db)?;
        let refused =
            if may { over(&tx, &actor, now, planned)? } else { Some(StoreError::Denied(Verb::Export)) };
        let large = i64::try_from(planned).unwrap_or(i64::MAX) >= settings::number(&tx, "export_large")?;
        let id = log(&tx, &actor, now, &Asked { wanted, reason, planned, large, refused: refused.as_ref() })?;
        if large && refused.is_none() {
            alarm(&tx, &actor, now, (wanted, planned))?;
        }
        tx.commit()?;
        if let Some(error) = refused {
            return Err(error);
        }
        let (what, left) = (wanted.what, left.into_iter().rev().collect());
        Ok(Export {
            id,
            columns: with_own(&self.db, what)?,
            planned,
            beyond,
            large,
            rows: 0,
            what,
            now,
            left,
            ready,
        })
    }

    /// The next rows, in the log before they are handed over; none when all have been. Whoever is frozen meanwhile, or has
    /// a role that takes nothing out, gets no more; customers that are not theirs to take out any more stay.
    pub fn export_page(
        &mut self,
        actor: &Actor,
        export: &mut Export,
    ) -> Result<Option<Vec<Vec<Cell>>>, StoreError> {
        let actor = people::as_known(&self.db, actor)?.ok_or(StoreError::Denied(Verb::Export))?;
        if reach(actor.role, Verb::Export) == Reach::No {
            return Err(StoreError::Denied(Verb::Export));
        }
        if !export.ready.is_empty() {
            export.rows += export.ready.len() as u64;
            self.db
                .prepare_cached("UPDATE export_log SET rows=?2 WHERE id=?1")?
                .execute((export.id, export.rows))?;
            return Ok(Some(std::mem::take(&mut export.ready)));
        }
        if export.left.is_empty() {
            return Ok(None);
        }
        let mut page = export.left.split_off(export.left.len().saturating_sub(PAGE));
        turn::give_way(&self.db);
        let tx = turn::begin(&mut self.db)?;
        let planned = page.len();
        still_theirs(&mut Eyes::new(&tx, &actor, export.now), &mut page)?;
        export.beyond += (planned - page.len()) as u64;
        let mut out = Vec::new();
        let mut keep =
            tx.prepare_cached("INSERT OR IGNORE INTO export_customer(export_id,customer_id) VALUES(?1,?2)")?;
        for customer in page.into_iter().rev() {
            let found = rows(&tx, export.what, customer)?;
            if !found.is_empty() {
                keep.execute((export.id, customer))?;
                out.extend(found);
            }
        }
        drop(keep);
        export.rows += out.len() as u64;
        tx.prepare_cached("UPDATE export_log SET rows=?2 WHERE id=?1")?.execute((export.id, export.rows))?;
        tx.commit()?;
        Ok(Some(out))
    }

    /// Notes that an export has ended: whole, or cut off.
    pub fn export_ended(&mut self, export: &Export, whole: bool, now: Now) -> Result<(), StoreError> {
        let state = if whole { "done" } else { "cut" };
        let _head = turn::wait(&self.db);
        self.db
            .prepare_cached("UPDATE export_log SET state=?2, ended_at=?3 WHERE id=?1 AND state='running'")?
            .execute((export.id, state, now.ms()))?;
        Ok(())
    }
}

/// What an export will hold.
#[derive(Default)]
struct Plan {
    /// The customers.
    left: Vec<i64>,
    /// How many the filter leaves besides.
    beyond: u64,
    /// Rows that concern no single customer.
    ready: Vec<Vec<Cell>>,
    /// How many rows in all.
    planned: u64,
}

fn plan(db: &Connection, actor: &Actor, wanted: &Wanted, now: Now) -> Result<Plan, StoreError> {
    let mut eyes = Eyes::new(db, actor, now);
    let ready = match wanted.what {
        Exported::Matrix => company::matrix(&eyes)?,
        Exported::Board => company::board(&mut eyes, wanted.period)?,
        Exported::All => return Ok(Plan { planned: whole::count(db)?, ..Plan::default() }),
        what => {
            let (left, beyond) = ids(&mut eyes, &wanted.filter, &wanted.only)?;
            let planned = count(&eyes, what, &left)?;
            return Ok(Plan { left, beyond, ready: Vec::new(), planned });
        }
    };
    Ok(Plan { planned: ready.len() as u64, ready, ..Plan::default() })
}

/// The refusal of more rows than a day holds, for whoever has a limit.
fn over(db: &Connection, actor: &Actor, now: Now, planned: u64) -> Result<Option<StoreError>, StoreError> {
    if reach(actor.role, Verb::ExportFreely) != Reach::No {
        return Ok(None);
    }
    let from = now.zone.start(now.today()).timestamp_millis();
    let today: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(iif(state='running',planned,rows)),0) FROM export_log
             WHERE person_id=?1 AND at>=?2 AND state<>'refused'",
        )?
        .query_row((actor.id.0, from), |r| r.get(0))?;
    let most = settings::number(db, "export_rows")?;
    let sum = today.saturating_add(i64::try_from(planned).unwrap_or(i64::MAX));
    Ok((sum > most).then_some(StoreError::Limit { what: Limited::Rows, most }))
}

/// Tells whoever answers for the safety of data that much has left at once (I7, I16); where one person works alone there
/// is nobody to tell. One alarm a person and day: how often they export says the log.
fn alarm(
    db: &Connection,
    actor: &Actor,
    now: Now,
    (wanted, planned): (&Wanted, u64),
) -> Result<(), StoreError> {
    let others = "SELECT 1 FROM person WHERE state='active' AND id<>?1";
    let Some(rule) = rule("export") else { return Ok(()) };
    if !db.prepare_cached(others)?.exists([actor.id.0])? {
        return Ok(());
    }
    let system = Actor { via: Via::System, ..actor.clone() };
    let mut work = Work::new(db, &system, now, None);
    let line = settings::number(db, "export_large")?;
    let subject = format!("person:{}", actor.id.0);
    let cause = Cause {
        person: Some(actor.id.0),
        note: Some(format!("{} {}", wanted.what.id(), wanted.typed.trim()).trim_end().to_owned()),
        ..Cause::new(rule, subject, now.today().to_string(), now.ms())
            .with(vec![Fact::new("rows", planned as f64, "count"), Fact::new("line", line as f64, "count")])
    };
    raise(&mut work, &cause)?;
    work.finish(&Header::own(&format!("alarm-{}", wanted.request), "alarm"), false)?;
    Ok(())
}

/// Writes down who asked for what: in the history, and in the log of exports.
fn log(db: &Connection, actor: &Actor, now: Now, asked: &Asked<'_>) -> Result<i64, StoreError> {
    let wanted = asked.wanted;
    let subject = format!("{} {}", wanted.what.id(), wanted.typed.trim());
    let entry = Entry {
        request: &wanted.request,
        at: now.ms(),
        person: actor.id.0,
        session: &actor.session,
        via: actor.via.id(),
        verb: if asked.refused.is_some() { "export_refused" } else { "export" },
        subject: subject.trim_end(),
        customer: None,
        reason: Some(asked.reason),
        undo_of: None,
        job: None,
    };
    let change = chain::header(db, &entry)?;
    let (state, refusal) = match asked.refused {
        None => ("running", None),
        Some(StoreError::Limit { .. }) => ("refused", Some("limit")),
        Some(_) => ("refused", Some("right")),
    };
    db.prepare_cached(
        "INSERT INTO export_log(change_id,person_id,at,what,filter,format,place,reason,planned,state,refusal,large)
         VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    )?
    .execute((
        change,
        actor.id.0,
        now.ms(),
        wanted.what.id(),
        wanted.typed.trim(),
        &wanted.format,
        &wanted.place,
        asked.reason,
        asked.planned,
        state,
        refusal,
        asked.large,
    ))?;
    Ok(db.last_insert_rowid())
}
