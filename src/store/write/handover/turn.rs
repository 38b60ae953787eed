//! The steps of a hand-over after it was proposed (H33): both signatures, the checklist, the way back. Whoever is neither
//! side's may do none of them; a step that was cut while customers moved goes on when it is asked for once more.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::super::{BATCH, Progress, Request, many, one, subject, task};
use super::{carry, remind};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::handover::{Turn, is_open};
use crate::domain::people::{Actor, Verb};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, int, opt_int, opt_text, text, word};
use crate::store::turn::give_way;
use crate::store::values::invalid;

/// A step of a hand-over.
pub struct Step<'a> {
    /// Which.
    pub id: i64,
    /// The revision the person saw.
    pub rev: i64,
    /// What is done.
    pub turn: Turn,
    /// Why, where it ends.
    pub note: Option<&'a str>,
}

/// A hand-over as it stands, with who takes part.
struct Standing {
    rev: i64,
    row: Image,
    from: i64,
    to: i64,
    state: String,
}

fn standing(db: &Work<'_>, id: i64) -> Result<Standing, StoreError> {
    let Some((rev, row)) = db.read(Noun::Handover, id)? else { return Err(StoreError::Gone { who: None }) };
    Ok(Standing {
        rev,
        from: int(&row, "from_id").unwrap_or(0),
        to: int(&row, "to_id").unwrap_or(0),
        state: text(&row, "state").unwrap_or_default().to_owned(),
        row,
    })
}

/// Takes a hand-over one step on, or ends it; what has to move goes in batches.
pub fn turned(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    step: &Step<'_>,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let Step { id, turn, .. } = *step;
    // what has to move: who waits goes over, who has gone comes back
    let (wanted, back) = match turn {
        Turn::Accept => ("waiting", false),
        Turn::Decline | Turn::TakeBack => ("moved", true),
        Turn::Confirm => ("", false),
    };
    let members: Vec<(i64, i64)> = db
        .prepare_cached(
            "SELECT id, customer_id FROM handover_customer WHERE handover_id=?1 AND state=?2 ORDER BY customer_id",
        )?
        .query_map((id, wanted), |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // one that was cut goes on in its own job, also where it is asked for anew, so that one undo takes all of it back
    let own = many::job_of(db, request.name)?;
    let mut job = own.map_or_else(|| cut_off(db, id, request.act.id()), |own| Ok(Some(own)))?;
    let mut sum = Receipt::default();
    let batches: Vec<&[(i64, i64)]> =
        if members.is_empty() { vec![&[]] } else { members.chunks(BATCH).collect() };
    let many_of_them = batches.len() > 1 || job.is_some();
    for (i, batch) in batches.iter().enumerate() {
        // the first change bears the name of the request, by which a repeated one is known; the others that of their first
        // customer, because one that goes on begins in the middle
        let name = match batch.first() {
            Some((_, customer)) if own.is_some() || i > 0 => format!("{}#{customer}", request.name),
            _ => request.name.to_owned(),
        };
        give_way(db);
        let part = one(db, actor, Request { name: &name, always: many_of_them, ..request }, now, |work| {
            let it = standing(work, id)?;
            // with every batch: the actor's role may be another meanwhile
            may_turn(work, it.from, it.to, turn)?;
            if i == 0 {
                sign(work, step, &it, !members.is_empty())?;
            }
            let told = about(work, &it, &members)?;
            if many_of_them {
                many::enter(work, job, request.act.id(), &told, batch.len())?;
            }
            for (member, customer) in *batch {
                // somebody else may have gone on with it at the same time
                let row = work.read(Noun::HandoverCustomer, *member)?.map(|(_, row)| row).unwrap_or_default();
                if text(&row, "state") != Some(wanted) {
                    continue;
                }
                if back {
                    bring_back(work, &it, *member, *customer)?;
                } else {
                    let row = super::went(carry::hand(work, *customer, it.from, it.to)?);
                    work.update(Noun::HandoverCustomer, *member, &row)?;
                }
            }
            let customer = if let [(_, only)] = members.as_slice() { Some(CustomerId(*only)) } else { None };
            Ok(Receipt { subject: told, customer, job: work.job, ..Receipt::default() })
        })?;
        job = part.job;
        sum.rows += part.rows;
        sum.change = sum.change.or(part.change);
        sum.subject = part.subject;
        sum.customer = part.customer;
        progress((i * BATCH + batch.len()).min(members.len()), members.len());
    }
    if let Some(job) = job {
        many::turn(db, job, "running", "done")?;
    }
    Ok(Receipt { verb: request.act.id(), job, ..sum })
}

/// The job of a step of this hand-over that was cut off on its way.
fn cut_off(db: &Connection, id: i64, verb: &str) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT j.id FROM change_row r JOIN change c ON c.id=r.change_id JOIN job j ON j.id=c.job_id
             WHERE r.tbl='handover' AND r.row_id=?1 AND j.verb=?2 AND j.state='running' ORDER BY r.id DESC LIMIT 1",
        )?
        .query_row((id, verb), |r| r.get(0))
        .optional()?)
}

/// A customer that has gone over comes back with what went along; it stays where somebody has worked with it since.
fn bring_back(work: &mut Work<'_>, it: &Standing, member: i64, customer: i64) -> Result<(), StoreError> {
    let row = work.read(Noun::HandoverCustomer, member)?.map(|(_, row)| row).unwrap_or_default();
    let kept = text(&row, "kept").unwrap_or_default();
    let came = carry::back(work, customer, it.from, it.to, kept)?;
    work.update(Noun::HandoverCustomer, member, &[("state", word(if came { "back" } else { "kept" }))])?;
    Ok(())
}

/// By what a step is told: the one customer's name, else who gives how many to whom.
fn about(work: &Work<'_>, it: &Standing, members: &[(i64, i64)]) -> Result<String, StoreError> {
    if let [(_, only)] = members {
        return subject(work.db, *only);
    }
    let (from, to) = (people::name(work.db, it.from)?, people::name(work.db, it.to)?);
    Ok(format!("{from} → {to} · {}", int(&it.row, "customers").unwrap_or(0)))
}

/// Refuses whoever does not speak for the side whose step it is.
pub fn may_turn(work: &Work<'_>, from: i64, to: i64, turn: Turn) -> Result<(), StoreError> {
    let (takes, gives) = people::sides(work.db, work.actor, from, to, work.now)?;
    if if turn.is_receivers() { takes } else { gives } {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Assign))
    }
}

/// Takes a hand-over to its next state; one that was cut on its way goes on without.
fn sign(work: &mut Work<'_>, step: &Step<'_>, it: &Standing, moves: bool) -> Result<(), StoreError> {
    let Step { id, rev, turn, note } = *step;
    let Some(state) = turn.leads(&it.state) else {
        let cut = moves
            && matches!(
                (turn, it.state.as_str()),
                (Turn::Accept, "accepted") | (Turn::Decline, "declined") | (Turn::TakeBack, "withdrawn")
            );
        return if cut { Ok(()) } else { invalid(Field::HandTo, Problem::HandOverState(it.state.clone())) };
    };
    unchanged(work.db, Row { noun: Noun::Handover, id }, it.rev, rev)?;
    let (me, now) = (Cell::Integer(work.actor.id.0), Cell::Integer(work.now.ms()));
    let mut row = vec![("state", word(state))];
    match turn {
        Turn::Accept => {
            row.extend([("accepted_by", me), ("accepted_at", now.clone())]);
            if int(&it.row, "moved_at").is_none() {
                row.push(("moved_at", now));
            }
        }
        Turn::Confirm => {
            let open = open_items(work, id)?;
            if !open.is_empty() {
                return invalid(Field::HandTo, Problem::ChecklistOpen(open));
            }
            row.extend([("confirmed_by", me), ("confirmed_at", now)]);
        }
        Turn::Decline | Turn::TakeBack => row.push(("note", opt_text(note))),
    }
    work.update(Noun::Handover, id, &row)?;
    let Some((_, row)) = work.read(Noun::Handover, id)? else { return Ok(()) };
    let first: Option<i64> = {
        let mut query = work.db.prepare_cached(
            "SELECT customer_id FROM handover_customer WHERE handover_id=?1 ORDER BY customer_id LIMIT 1",
        )?;
        let mut rows = query.query([id])?;
        rows.next()?.map(|row| row.get(0)).transpose()?
    };
    match first {
        Some(_) if turn == Turn::Confirm => done(work, id),
        Some(customer) => remind(work, id, &row, customer, Some(it.to)),
        None => Ok(()),
    }
}

/// The receiver's task is done with the last signature.
fn done(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let open: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM task WHERE cause=?1 AND state='open'")?
        .query_map([format!("handover:{id}")], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    task::met(work, &open)
}

fn open_items(work: &Work<'_>, id: i64) -> Result<Vec<String>, StoreError> {
    let mut query = work.db.prepare_cached(
        "SELECT item FROM handover_item WHERE handover_id=?1 AND done_at IS NULL ORDER BY id",
    )?;
    Ok(query.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Ticks an entry of the checklist; both sides may.
pub fn tick(work: &mut Work<'_>, item: i64, rev: i64) -> Result<Receipt, StoreError> {
    let Some((now_rev, row)) = work.read(Noun::HandoverItem, item)? else {
        return Err(StoreError::Gone { who: None });
    };
    let id = int(&row, "handover_id").unwrap_or(0);
    let it = standing(work, id)?;
    let (takes, gives) = people::sides(work.db, work.actor, it.from, it.to, work.now)?;
    if !takes && !gives {
        return Err(StoreError::Denied(Verb::Assign));
    }
    if !is_open(&it.state) {
        return invalid(Field::HandTo, Problem::HandOverState(it.state));
    }
    unchanged(work.db, Row { noun: Noun::HandoverItem, id: item }, now_rev, rev)?;
    let ticked = int(&row, "done_at").is_some();
    let by = (!ticked).then_some(work.actor.id.0);
    let at = (!ticked).then_some(work.now.ms());
    work.update(Noun::HandoverItem, item, &[("done_by", opt_int(by)), ("done_at", opt_int(at))])?;
    Ok(Receipt { subject: about(work, &it, &[])?, ..Receipt::default() })
}
