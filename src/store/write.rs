//! The one write path: a [`Change`] in, a [`Receipt`] out, one transaction between. Here stand the frame of that
//! transaction and the table of who handles what; the rules live in the files by noun beside it. What touches many rows
//! comes as batches of such transactions under one job.

mod after;
mod alarm;
mod alike;
pub mod belongs;
mod books;
mod budget;
mod campaign;
mod catalogue;
mod cause;
mod class;
mod complaint;
mod coupon;
mod customer;
mod deal;
mod dispute;
mod erase;
mod evaluation;
mod follow;
mod frame;
mod gift;
mod guard;
mod handover;
mod hang;
mod import;
mod leak;
mod many;
mod membership;
pub mod merge;
mod order_line;
mod outcome;
mod own;
mod plan;
mod referral;
mod requests;
mod reveal;
mod review;
mod rows;
pub mod scheme;
mod script;
mod share;
mod strategy;
mod survey;
mod tag;
mod task;
pub mod touch;
pub mod undo;
mod user;
mod view;
pub mod whose;

#[cfg(test)]
mod tests;

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use frame::Frame;

use super::record::{Header, Work};
use super::request::{Receipt, StoreError};
use super::{Store, open, people, settings, tables};
use crate::domain::act::Act;
use crate::domain::change::{Change, Envelope};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Invalid, Noun, Problem, Row};
use crate::domain::people::{Actor, Verb};

/// Customers, rows or changes in one transaction of a job: far below the 50 ms for which others may wait.
const BATCH: usize = 100;
/// A log of this size is cut after a commit, whoever made it: it stays below the 64 MB that are promised (operations.md
/// section 9, line 9). Until then long work and sessions that rest fold it back (`open`).
const LONG_LOG: u64 = 40 << 20;

/// Told how much of a long write is done: so many of so many.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// What the record says of a transaction besides its rows.
#[derive(Clone, Copy)]
struct Request<'a> {
    name: &'a str,
    act: Act,
    /// What kind of record the change makes, if it makes one.
    makes: Option<Noun>,
    reason: Option<&'a str>,
    undo_of: Option<i64>,
    job: Option<i64>,
    /// Recorded even where no row changes, because later batches are found by it.
    always: bool,
}

impl<'a> Request<'a> {
    fn of(envelope: &'a Envelope) -> Self {
        Self {
            name: &envelope.request,
            act: envelope.change.act(),
            makes: envelope.change.makes(),
            reason: envelope.reason.as_deref().or(envelope.change.reason()),
            undo_of: None,
            job: None,
            // nothing changes by it, and yet it is history
            always: matches!(envelope.change, Change::Reveal { .. }),
        }
    }
}

impl Store {
    /// Writes a change, or says why not; a request that was written before is answered and not written again.
    pub fn write(&mut self, actor: &Actor, envelope: &Envelope, now: Now) -> Result<Receipt, StoreError> {
        self.write_with_progress(actor, envelope, now, &mut |_, _| {})
    }

    /// The same, telling how far a long one has come.
    pub fn write_with_progress(
        &mut self,
        actor: &Actor,
        envelope: &Envelope,
        now: Now,
        progress: Progress<'_>,
    ) -> Result<Receipt, StoreError> {
        self.brake.release();
        let db = &mut self.db;
        let request = Request::of(envelope);
        let receipt = match &envelope.change {
            Change::Many { customers, each } => {
                many::write(db, actor, request, now, customers, each, progress)
            }
            Change::RunCampaign { campaign, rev } => {
                campaign::run(db, actor, request, now, (*campaign, *rev), progress)
            }
            Change::TurnPlan { plan, rev } => evaluation::turn_plan(db, actor, request, now, (*plan, *rev)),
            Change::Reviewing(review) => review::write(db, actor, request, now, review),
            Change::Erase { customer, name, .. } => erase::erase(db, actor, request, now, (*customer, name)),
            Change::HandOver(what) => handover::write(db, actor, request, now, what, progress),
            Change::Merge(what) => merge::write(db, actor, request, now, what, progress),
            Change::StartImport { what } => import::start(db, actor, request, now, what, &mut self.taken),
            Change::ImportRows { job, rows } => {
                let keeps = (&mut self.pace, &mut self.taken);
                import::rows(db, actor, request, now, (*job, rows), keeps, progress)
            }
            Change::FinishImport { job } => import::finish(db, actor, *job, &mut self.taken),
            Change::ApplyScheme { text } => {
                scheme::apply(db, actor, request, now, text, &self.brake, progress)
            }
            Change::ProposeScheme { text } => {
                one(db, actor, request, now, |work| scheme::propose(work, text, request.reason))
            }
            Change::Remove { row, rev } if row.noun == Noun::OwnField => {
                own::go::remove(db, actor, request, now, (*row, *rev), progress)
            }
            Change::Undo(which) => undo::undo(db, actor, request, now, *which, progress),
            Change::Redo => undo::redo(db, actor, request, now, progress),
            change => one(db, actor, request, now, |work| single(work, change)),
        };
        if matches!(&receipt, Err(StoreError::Invalid(Invalid { problem: Problem::Taken { .. }, .. }))) {
            alike::keep_refused(&self.db, &known(&self.db, actor)?, now, &envelope.change)?;
        }
        if self.db.is_autocommit() {
            fold_log(&mut self.db);
        }
        receipt
    }
}

/// What fits one transaction, by kind.
fn single(work: &mut Work<'_>, change: &Change) -> Result<Receipt, StoreError> {
    match change {
        Change::AddCustomer(new) => customer::add(work, new),
        Change::All(changes) => all(work, changes),
        Change::Many { customers, each } => many::within(work, customers, each),
        Change::Add { noun, customer, set } => rows::add(work, *noun, *customer, set),
        Change::AddContact { customer, contact } => customer::add_contact(work, *customer, contact),
        Change::Edit { row, rev, set } => rows::edit(work, *row, *rev, set),
        Change::Remove { row, rev } => rows::remove(work, *row, *rev),
        Change::LogTouch(new) => touch::log(work, new, touch::Origin::Typed),
        Change::Unanswered { touch, task, again } => touch::unanswered(work, touch, task.as_ref(), again),
        Change::AddTask { customer, task } => task::add(work, *customer, task),
        Change::PlanTouch { customer, task, reason } => task::plan(work, *customer, task, reason.as_deref()),
        Change::Reschedule { task, due } => task::reschedule(work, task, *due),
        Change::Done(tasks) => task::done(work, tasks),
        Change::Snooze { task, until, reason } => task::snooze(work, task, *until, reason),
        Change::Dispute(what) => dispute::write(work, what),
        Change::Leak(what) => leak::write(work, what),
        Change::Check(customer) => customer::check(work, *customer),
        Change::Reveal { row, field, reason } => reveal::reveal(work, *row, *field, reason),
        Change::Class { customer, scheme, value, reason } => {
            class::by_hand(work, *customer, scheme, value.as_deref(), reason.as_deref())
        }
        Change::Own(edit) => own::set(work, edit),
        Change::Reword { tag, path } => tag::reword(work, *tag, path),
        Change::Benchmark { industry, year, average } => scheme::benchmark(work, industry, *year, *average),
        Change::Coupon { coupon, used: false } => coupon::claim(work, *coupon),
        Change::Coupon { coupon, used: true } => coupon::spend(work, *coupon),
        Change::Review { script, rev, approve } => script::review(work, *script, *rev, *approve),
        Change::AddTo { parent, noun, set } if parent.noun == Noun::Evaluation => {
            review::add_to(work, *parent, *noun, set)
        }
        Change::AddTo { parent, noun: Noun::OrderLine, set } if parent.noun == Noun::Order => {
            order_line::add(work, parent.id, set)
        }
        Change::AddTo { parent, noun, set } => plan::add_to(work, *parent, *noun, set),
        Change::PutBack { campaign, customer, reason } => {
            campaign::put_back(work, *campaign, *customer, reason.as_deref())
        }
        Change::ApproveCost { row, rev } => campaign::approve(work, *row, *rev),
        Change::Complaint { id, step } => complaint::step(work, *id, step),
        Change::Alarm { id, step } => alarm::step(work, *id, step),
        Change::RaiseAlarm { rule, customer, note } => alarm::by_hand(work, rule, *customer, note),
        Change::Ask { customer, touch, set, by } => requests::ask(work, *customer, *touch, set, *by),
        Change::Request { id, step } => requests::step(work, *id, step),
        Change::Outcome { touch, kind, note, next } => {
            outcome::note(work, *touch, kind, note.as_deref(), next.as_ref())
        }
        Change::Strategy { edit, reason } => strategy::edit(work, edit, reason),
        Change::PutOverlay { id, set } => strategy::put_overlay(work, *id, set),
        Change::RemoveOverlay(id) => strategy::remove_overlay(work, *id),
        Change::OverlayReady(id) => strategy::overlay_ready(work, *id),
        Change::SaveView { name, filter, sort, descending, shared } => {
            view::save(work, name, filter, sort, *descending, *shared)
        }
        Change::RemoveView(id) => view::remove(work, *id),
        Change::Staff(staff) => user::write(work, staff),
        Change::Set { key, value } => view::set(work, key, value),
        // these come in batches or count beforehand, see `write_with_progress`
        Change::TurnPlan { .. }
        | Change::Reviewing(_)
        | Change::RunCampaign { .. }
        | Change::HandOver(_)
        | Change::Merge(_)
        | Change::Erase { .. }
        | Change::StartImport { .. }
        | Change::ImportRows { .. }
        | Change::FinishImport { .. }
        | Change::ApplyScheme { .. }
        | Change::ProposeScheme { .. }
        | Change::Undo(_)
        | Change::Redo => Err(StoreError::Defect("a job inside a transaction".into())),
    }
}

/// Several changes as one, told by the first.
fn all(work: &mut Work<'_>, changes: &[Change]) -> Result<Receipt, StoreError> {
    let mut sum: Option<Receipt> = None;
    for change in changes {
        let part = single(work, change)?;
        match sum.as_mut() {
            Some(sum) => sum.merged.extend(part.merged),
            None => sum = Some(Receipt { made: None, ..part }),
        }
    }
    Ok(sum.unwrap_or_default())
}

/// One transaction: seen before, who may, what, record, facts, commit.
fn one(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    what: impl FnOnce(&mut Work<'_>) -> Result<Receipt, StoreError>,
) -> Result<Receipt, StoreError> {
    let tx = Frame::open(db)?;
    if let Some(receipt) = answered(&tx, request)? {
        return Ok(receipt);
    }
    let actor = known(&tx, actor)?;
    // as an undo asks (`undo/right`): long work asks with every transaction, for a role changes in the middle of it
    people::need_act(&actor, request.act)?;
    let now = Now { at: now.at, zone: settings::zone(&tx)? };
    let mut work = Work::new(&tx, &actor, now, request.job);
    let mut receipt = what(&mut work)?;
    // an undo brings back what was, consequences included
    if request.undo_of.is_none() {
        deal::follow(&mut work)?;
        alarm::follow(&mut work)?;
    }
    receipt.verb = request.act.id();
    receipt.rows = work.rows();
    let header = Header {
        request: request.name,
        verb: request.act.id(),
        subject: &receipt.subject,
        customer: receipt.customer.map(|c| c.0),
        reason: request.reason,
        undo_of: request.undo_of,
        job: work.job,
    };
    receipt.change = work.finish(&header, request.always)?;
    tx.commit()?;
    Ok(receipt)
}

/// The actor as the store knows them; whoever was frozen meanwhile writes nothing.
fn known(db: &Connection, actor: &Actor) -> Result<Actor, StoreError> {
    people::as_known(db, actor)?.ok_or(StoreError::Denied(Verb::Log))
}

/// The receipt of a request that was written before.
fn answered(db: &Connection, request: Request<'_>) -> Result<Option<Receipt>, StoreError> {
    type Found = (i64, String, Option<i64>, Option<i64>);
    let found: Option<Found> = db
        .prepare_cached("SELECT id, subject, customer_id, job_id FROM change WHERE request=?1")?
        .query_row([request.name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let Some((change, subject, customer, job)) = found else { return Ok(None) };
    let rows: i64 =
        db.query_row("SELECT count(*) FROM change_row WHERE change_id=?1", [change], |r| r.get(0))?;
    let made = match request.makes {
        Some(noun) => db
            .prepare_cached(
                "SELECT row_id FROM change_row WHERE change_id=?1 AND tbl=?2 AND before IS NULL ORDER BY id LIMIT 1",
            )?
            .query_row((change, tables::table(noun).name), |r| r.get(0))
            .optional()?
            .map(|id| Row { noun, id }),
        None => None,
    };
    let code = match made {
        Some(Row { noun: Noun::Customer, id }) => super::values::code_and_name(db, id)?.map(|(code, _)| code),
        _ => None,
    };
    Ok(Some(Receipt {
        change: Some(change),
        verb: request.act.id(),
        subject,
        made,
        code,
        customer: customer.map(CustomerId),
        rows: usize::try_from(rows).unwrap_or(0),
        job,
        ..Receipt::default()
    }))
}

/// The name of a customer, by which a change is told.
fn subject(db: &Connection, customer: i64) -> Result<String, StoreError> {
    Ok(super::values::code_and_name(db, customer)?.map(|(_, name)| name).unwrap_or_default())
}

/// Folds a long log back into the file, if nobody reads just now; whoever can, does.
fn fold_log(db: &mut Connection) {
    if open::log_size(db) > LONG_LOG {
        // best effort: the next writer tries again
        let _ = db.busy_timeout(Duration::from_millis(100));
        let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let _ = db.busy_handler(Some(open::wait));
    }
}
