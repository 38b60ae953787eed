//! Handing customers over (A142, H33): proposed with its checklist, accepted by the receiver, confirmed by the giver's
//! side. Up to one batch it is one change, above that a job of several that is undone as a whole. What goes with a
//! customer is the business of `carry`; here are the states, the signatures and who may.

mod carry;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use super::{BATCH, Progress, Request, cause, known, many, one, subject};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Value};
use crate::domain::filter;
use crate::domain::handover::{CHECKLIST, HandOver, Turn, Whom};
use crate::domain::people::{Actor, PersonId, Relation, Verb, may};
use crate::store::read::eyes::Eyes;
use crate::store::read::filter::conditions;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, opt_text, text, word};
use crate::store::values::{cell, invalid};
use crate::store::{people, settings};

/// Does what is asked.
pub fn write(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    what: &HandOver,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    match what {
        HandOver::Propose { whom, to, at_once, reason } => {
            let reason = reason.as_deref().filter(|r| !r.trim().is_empty());
            let new = New { to: *to, at_once: *at_once, reason };
            propose(db, actor, Request { reason, ..request }, now, whom, &new, progress)
        }
        HandOver::Turn { id, rev, turn, note } => {
            let note = note.as_deref().filter(|n| !n.trim().is_empty());
            turned(db, actor, Request { reason: note, ..request }, now, (*id, *rev, *turn), progress)
        }
        HandOver::Tick { item, rev } => one(db, actor, request, now, |work| tick(work, *item, *rev)),
    }
}

/// What a proposal says besides whom it is about.
struct New<'a> {
    to: PersonId,
    at_once: bool,
    reason: Option<&'a str>,
}

/// One giver with the customers that they give.
struct Group {
    from: i64,
    what: String,
    customers: Vec<i64>,
}

fn propose(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    whom: &Whom,
    new: &New<'_>,
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    cell(db, now, 0, Field::HandTo, &Value::Id(new.to.0))?;
    cell(db, now, 0, Field::Reason, &new.reason.map_or(Value::Text("-".into()), Value::text))?;
    let groups = groups(db, &me, now, whom, new.to)?;
    let total: usize = groups.iter().map(|g| g.customers.len()).sum();
    let told = told(db, &groups, new.to, total)?;
    let mut job = many::job_of(db, request.name)?;
    let begun = job.is_some();
    if total <= BATCH && !begun {
        return one(db, actor, request, now, |work| {
            for group in &groups {
                let id = head(work, group, new)?;
                for customer in &group.customers {
                    member(work, id, *customer, group.from, new)?;
                }
                finish_head(work, id, group, new)?;
            }
            let customer =
                if let ([group], 1) = (groups.as_slice(), total) { group.customers.first() } else { None };
            Ok(Receipt { subject: told, customer: customer.map(|c| CustomerId(*c)), ..Receipt::default() })
        });
    }
    let mut sum = Receipt::default();
    let mut done = 0;
    let mut first = true;
    for group in &groups {
        // a proposal that was cut goes on in the head it had made
        let mut id = match job {
            Some(job) if begun => head_of(db, job, group.from)?,
            _ => None,
        };
        let mut rest = group.customers.chunks(BATCH).peekable();
        while let Some(batch) = rest.next() {
            let name = match batch.first() {
                Some(customer) if begun || !first => format!("{}#{customer}", request.name),
                _ => request.name.to_owned(),
            };
            first = false;
            let last = rest.peek().is_none();
            let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
                let job = match job {
                    Some(job) => job,
                    None => many::start(work, request.verb, &told)?,
                };
                work.job = Some(job);
                let head = match id {
                    Some(id) => id,
                    None => head(work, group, new)?,
                };
                for customer in batch {
                    member(work, head, *customer, group.from, new)?;
                }
                if last {
                    finish_head(work, head, group, new)?;
                }
                many::step(work.db, job, batch.len())?;
                id = Some(head);
                Ok(Receipt { subject: told.clone(), job: Some(job), ..Receipt::default() })
            })?;
            job = part.job;
            sum.rows += part.rows;
            sum.change = sum.change.or(part.change);
            done += batch.len();
            progress(done, total);
        }
    }
    if let Some(job) = job {
        many::turn(db, job, "running", "done")?;
    }
    Ok(Receipt { verb: request.verb, subject: told, job, ..sum })
}

/// The head that a job has made for a giver.
fn head_of(db: &Connection, job: i64, from: i64) -> Result<Option<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT h.id FROM change c JOIN change_row r ON r.change_id=c.id JOIN handover h ON h.id=r.row_id
         WHERE c.job_id=?1 AND r.tbl='handover' AND h.from_id=?2 LIMIT 1",
    )?;
    let mut rows = query.query((job, from))?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// The customers in question by their owners; refused as a whole where one of them is not the actor's to give.
fn groups(
    db: &Connection,
    me: &Actor,
    now: Now,
    whom: &Whom,
    to: PersonId,
) -> Result<Vec<Group>, StoreError> {
    let mut groups: Vec<Group> = Vec::new();
    match whom {
        Whom::These(customers) => {
            for customer in customers {
                let owner = people::need(db, me, Verb::Assign, customer.0, now)?;
                if owner == to.0 {
                    continue;
                }
                match groups.iter_mut().find(|g| g.from == owner) {
                    Some(group) => group.customers.push(customer.0),
                    None => {
                        groups.push(Group { from: owner, what: String::new(), customers: vec![customer.0] })
                    }
                }
            }
        }
        Whom::All(from) => {
            giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, None)?;
            groups.push(Group { from: from.0, what: "all".to_owned(), customers });
        }
        Whom::Fitting(from, filter) => {
            giver(db, me, now, from.0, to)?;
            let customers = owned(db, me, now, from.0, Some(filter))?;
            groups.push(Group { from: from.0, what: filter.trim().to_owned(), customers });
        }
    }
    groups.retain(|g| !g.customers.is_empty());
    if groups.is_empty() {
        return invalid(Field::HandTo, Problem::NothingToHandOver);
    }
    Ok(groups)
}

/// Refuses a giver whose customers are not the actor's to give, or who is the receiver.
fn giver(db: &Connection, me: &Actor, now: Now, from: i64, to: PersonId) -> Result<(), StoreError> {
    if from == to.0 {
        return invalid(Field::HandTo, Problem::NothingToHandOver);
    }
    if may(me.role, Verb::Assign, people::relation(db, me, from, now)?) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Assign))
    }
}

/// The customers of a person, all or those that a filter leaves.
fn owned(
    db: &Connection,
    me: &Actor,
    now: Now,
    from: i64,
    filter: Option<&str>,
) -> Result<Vec<i64>, StoreError> {
    let mut eyes = Eyes::new(db, me, now);
    let mut found = match filter {
        Some(text) => match filter::parse(text) {
            Ok(filter) => conditions(&mut eyes, &filter)?,
            Err(error) => return invalid(Field::Filter, Problem::Filter(error)),
        },
        None => conditions(&mut eyes, &filter::Filter::default())?,
    };
    found.sql.push("f.owner_id=?".to_owned());
    found.bound.push(Cell::Integer(from));
    let sql = format!("SELECT f.customer_id FROM facts f {} ORDER BY f.customer_id", found.clause());
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params_from_iter(found.bound), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// By what a hand-over is told: one customer's name, else who gives how many to whom.
fn told(db: &Connection, groups: &[Group], to: PersonId, total: usize) -> Result<String, StoreError> {
    let receiver = people::name(db, to.0)?;
    Ok(match groups {
        [Group { customers, .. }] if total == 1 => match customers.first() {
            Some(customer) => subject(db, *customer)?,
            None => receiver,
        },
        [group] => format!("{} → {receiver} · {total}", people::name(db, group.from)?),
        _ => format!("→ {receiver} · {total}"),
    })
}

/// Makes the head of a hand-over with its checklist.
fn head(work: &mut Work<'_>, group: &Group, new: &New<'_>) -> Result<i64, StoreError> {
    let me = work.actor.id.0;
    let now = work.now.ms();
    // whoever takes customers over for themselves has signed with it
    let signed = new.to.0 == me;
    let moved = new.at_once || signed;
    let row = [
        ("from_id", Cell::Integer(group.from)),
        ("to_id", Cell::Integer(new.to.0)),
        ("what", word(&group.what)),
        ("reason", opt_text(new.reason)),
        ("state", word(if signed { "accepted" } else { "proposed" })),
        ("customers", Cell::Integer(i64::try_from(group.customers.len()).unwrap_or(i64::MAX))),
        ("proposed_by", Cell::Integer(me)),
        ("proposed_at", Cell::Integer(now)),
        ("moved_at", opt_int(moved.then_some(now))),
        ("accepted_by", opt_int(signed.then_some(me))),
        ("accepted_at", opt_int(signed.then_some(now))),
    ];
    let id = work.insert(Noun::Handover, &row)?;
    for item in CHECKLIST {
        work.insert(Noun::HandoverItem, &[("handover_id", Cell::Integer(id)), ("item", word(*item))])?;
    }
    Ok(id)
}

/// Puts a customer on the list of a hand-over, and moves it where it goes at once.
fn member(work: &mut Work<'_>, id: i64, customer: i64, from: i64, new: &New<'_>) -> Result<(), StoreError> {
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM handover_customer WHERE handover_id=?1 AND customer_id=?2")?
        .exists((id, customer))?;
    if known {
        return Ok(());
    }
    let state = if new.at_once || new.to.0 == work.actor.id.0 {
        if carry::over(work, customer, from, new.to.0)? { "moved" } else { "kept" }
    } else {
        "waiting"
    };
    let row = [
        ("handover_id", Cell::Integer(id)),
        ("customer_id", Cell::Integer(customer)),
        ("state", word(state)),
    ];
    work.insert(Noun::HandoverCustomer, &row)?;
    Ok(())
}

/// The receiver is told by a task: to sign, or to work through the list.
fn finish_head(work: &mut Work<'_>, id: i64, group: &Group, new: &New<'_>) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Handover, id)? else { return Ok(()) };
    let Some(first) = group.customers.first() else { return Ok(()) };
    remind(work, id, &row, *first, Some(new.to.0))
}

/// Keeps the task of a hand-over in step with its state.
fn remind(
    work: &mut Work<'_>,
    id: i64,
    row: &Image,
    customer: i64,
    owner: Option<i64>,
) -> Result<(), StoreError> {
    let days = settings::number(work.db, "handover_days")?;
    let by = super::coupon::after(work.now.today(), days);
    let said = format!(
        "{} → {} · {}",
        people::name(work.db, int(row, "from_id").unwrap_or(0))?,
        people::name(work.db, int(row, "to_id").unwrap_or(0))?,
        int(row, "customers").unwrap_or(0)
    );
    let open = crate::domain::handover::is_open(text(row, "state").unwrap_or_default());
    let wanted = open.then_some((said.as_str(), by));
    cause::keep_for(work, customer, owner, &format!("handover:{id}"), wanted)
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

/// Whether the actor speaks for the receiver, and for the giver's side: the person, their stand-in, who may give away
/// what is theirs; an administrator for either.
fn sides(work: &Work<'_>, from: i64, to: i64) -> Result<(bool, bool), StoreError> {
    let me = work.actor;
    let stands = |person: i64| people::relation(work.db, me, person, work.now);
    let admin = may(me.role, Verb::Configure, Relation::Own);
    let takes = admin || stands(to)? == Relation::Own;
    let gives = admin || stands(from)? == Relation::Own || may(me.role, Verb::Assign, stands(from)?);
    Ok((takes, gives))
}

fn turned(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (id, rev, turn): (i64, i64, Turn),
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
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
    let mut job = None;
    let mut sum = Receipt::default();
    let batches: Vec<&[(i64, i64)]> =
        if members.is_empty() { vec![&[]] } else { members.chunks(BATCH).collect() };
    let many_of_them = batches.len() > 1;
    for (i, batch) in batches.iter().enumerate() {
        let name = many::batch_name(request.name, i);
        let part = one(db, actor, Request { name: &name, always: many_of_them, ..request }, now, |work| {
            let it = standing(work, id)?;
            if i == 0 {
                sign(work, id, rev, turn, &it, !members.is_empty())?;
            }
            let told = about(work, &it, &members)?;
            if many_of_them {
                let id = match job {
                    Some(id) => id,
                    None => many::start(work, request.verb, &told)?,
                };
                work.job = Some(id);
                many::step(work.db, id, batch.len())?;
            }
            let (from, to) = if back { (it.to, it.from) } else { (it.from, it.to) };
            for (member, customer) in *batch {
                let went = carry::over(work, *customer, from, to)?;
                let state = match (went, back) {
                    (false, _) => "kept",
                    (true, true) => "back",
                    (true, false) => "moved",
                };
                work.update(Noun::HandoverCustomer, *member, &[("state", word(state))])?;
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
    Ok(Receipt { verb: request.verb, job, ..sum })
}

fn about(work: &Work<'_>, it: &Standing, members: &[(i64, i64)]) -> Result<String, StoreError> {
    if let [(_, only)] = members {
        return subject(work.db, *only);
    }
    let (from, to) = (people::name(work.db, it.from)?, people::name(work.db, it.to)?);
    Ok(format!("{from} → {to} · {}", int(&it.row, "customers").unwrap_or(0)))
}

/// Takes a hand-over to its next state; one that was cut on its way goes on without.
fn sign(
    work: &mut Work<'_>,
    id: i64,
    rev: i64,
    turn: Turn,
    it: &Standing,
    moves: bool,
) -> Result<(), StoreError> {
    let (takes, gives) = sides(work, it.from, it.to)?;
    if !(if turn.is_receivers() { takes } else { gives }) {
        return Err(StoreError::Denied(Verb::Assign));
    }
    let Some(state) = turn.leads(&it.state) else {
        let cut = moves
            && matches!(
                (turn, it.state.as_str()),
                (Turn::Accept, "accepted") | (Turn::Decline, "declined") | (Turn::TakeBack, "withdrawn")
            );
        return if cut { Ok(()) } else { invalid(Field::HandTo, Problem::HandOverState(it.state.clone())) };
    };
    if it.rev != rev {
        return Err(StoreError::Conflict {
            who: String::new(),
            at: work.now.ms(),
            rev: it.rev,
            clashes: Vec::new(),
        });
    }
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
        Turn::Decline | Turn::TakeBack => {}
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
    for task in open {
        let row = [
            ("state", word("done")),
            ("done_at", Cell::Integer(work.now.ms())),
            ("done_by", Cell::Integer(work.actor.id.0)),
        ];
        work.update(Noun::Task, task, &row)?;
    }
    Ok(())
}

fn open_items(work: &Work<'_>, id: i64) -> Result<Vec<String>, StoreError> {
    let mut query = work.db.prepare_cached(
        "SELECT item FROM handover_item WHERE handover_id=?1 AND done_at IS NULL ORDER BY id",
    )?;
    Ok(query.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Ticks an entry of the checklist; both sides may.
fn tick(work: &mut Work<'_>, item: i64, rev: i64) -> Result<Receipt, StoreError> {
    let Some((now_rev, row)) = work.read(Noun::HandoverItem, item)? else {
        return Err(StoreError::Gone { who: None });
    };
    let id = int(&row, "handover_id").unwrap_or(0);
    let it = standing(work, id)?;
    let (takes, gives) = sides(work, it.from, it.to)?;
    if !takes && !gives {
        return Err(StoreError::Denied(Verb::Assign));
    }
    if !crate::domain::handover::is_open(&it.state) {
        return invalid(Field::HandTo, Problem::HandOverState(it.state));
    }
    if now_rev != rev {
        return Err(StoreError::Conflict {
            who: String::new(),
            at: work.now.ms(),
            rev: now_rev,
            clashes: Vec::new(),
        });
    }
    let ticked = int(&row, "done_at").is_some();
    let by = (!ticked).then_some(work.actor.id.0);
    let at = (!ticked).then_some(work.now.ms());
    work.update(Noun::HandoverItem, item, &[("done_by", opt_int(by)), ("done_at", opt_int(at))])?;
    Ok(Receipt { subject: about(work, &it, &[])?, ..Receipt::default() })
}
