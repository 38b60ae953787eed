//! The run of a campaign. It first asks the guard about the whole group, because all who are touched share the cost; then it
//! writes one touch per customer in batches under one job, asking again inside each transaction, so that nobody slips past
//! whom a colleague has called meanwhile. It goes on where it was cut, and is undone as a whole (H52).

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::super::{Progress, Request, evaluation, known, many, one, touch};
use super::member;
use crate::domain::campaign::{Rules, Verdict, block, share, verdict};
use crate::domain::change::NewTouch;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::guard::{Finding, Intent};
use crate::domain::money::Fen;
use crate::domain::people::{Actor, PersonId, Verb};
use crate::store::read::campaigns::{self, intent, rules};
use crate::store::read::eyes::Eyes;
use crate::store::read::guard;
use crate::store::record::Work;
use crate::store::request::{CampaignRow, Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{int, opt_int, opt_text, text, word};
use crate::store::values::invalid;
use crate::store::{people, settings, turn};

/// Customers in one transaction of a run.
const BATCH: usize = 100;
/// Customers of a group that are asked about at once.
const SLICE: usize = 500;

/// What a run needs to know.
struct Run {
    campaign: CampaignRow,
    rules: Rules,
    /// Customers that are still to be dealt with, and how many in all are touched.
    todo: Vec<CustomerId>,
    touches: usize,
    job: Option<i64>,
}

/// Touches everybody in a campaign's group who may be touched.
pub fn run(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (id, rev): (i64, i64),
    progress: Progress<'_>,
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = many::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    let now = Now { at: now.at, zone: settings::zone(db)? };
    let mut run = prepare(db, &me, now, (id, rev), progress)?;
    let subject = run.campaign.name.clone();
    let mut sum = Receipt { verb: request.act.id(), subject: subject.clone(), ..Receipt::default() };
    let mut begun = many::job_of(db, request.name)?.is_some();
    let of = Row { noun: Noun::Campaign, id };
    let snapshot = evaluation::baseline(db, now, of)?;
    let todo = std::mem::take(&mut run.todo);
    let all = todo.len() * 2;
    let mut done = 0;
    for batch in todo.chunks(BATCH) {
        let first = batch.first().map_or(0, |c| c.0);
        let name = if begun { format!("{}#{first}", request.name) } else { request.name.to_owned() };
        begun = true;
        turn::give_way(db);
        let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
            write_batch(work, &mut run, request.act.id(), batch)?;
            evaluation::begin(work, of, snapshot.as_ref())?;
            Ok(Receipt { subject: subject.clone(), job: run.job, ..Receipt::default() })
        })?;
        sum.rows += part.rows;
        sum.change = sum.change.or(part.change);
        done += batch.len();
        progress(todo.len() + done, all);
    }
    settle(db, actor, request, now, &run)?;
    if let Some(job) = run.job {
        many::turn(db, job, "running", "done")?;
    }
    Ok(Receipt { job: run.job, ..sum })
}

/// Checks that a campaign may run, and asks the guard about everybody in its group.
fn prepare(
    db: &Connection,
    me: &Actor,
    now: Now,
    (id, rev): (i64, i64),
    progress: Progress<'_>,
) -> Result<Run, StoreError> {
    let Some(campaign) = campaigns::one(db, id)? else { return Err(StoreError::Gone { who: None }) };
    may_run(me, &campaign)?;
    if campaign.state != "draft" && !campaign.cut {
        return invalid(Field::CampaignFilter, Problem::HasRun);
    }
    if campaign.state == "draft" {
        unchanged(db, Row { noun: Noun::Campaign, id }, campaign.rev, rev)?;
    }
    approved(me, &campaign)?;
    let rules = rules(db)?;
    let intent = intent(&campaign, now.at);
    let before: Vec<(i64, String)> = db
        .prepare_cached(
            "SELECT customer_id, state FROM campaign_member WHERE campaign_id=?1 AND state<>'put_back'",
        )?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut touches = before.iter().filter(|(_, state)| state == "touched").count();
    let dealt: BTreeSet<i64> = before.into_iter().map(|(customer, _)| customer).collect();
    let mut todo = Vec::new();
    let mut after = 0;
    let mut eyes = Eyes::new(db, me, now);
    loop {
        let ids = campaigns::group(&mut eyes, &campaign, after, SLICE)?;
        let Some(last) = ids.last() else { break };
        after = last.0;
        let ids: Vec<CustomerId> = ids.into_iter().filter(|c| !dealt.contains(&c.0)).collect();
        for guarded in guard::guarded(db, &ids, &intent, now)? {
            if let Some(finding) = block(&guarded.findings) {
                return Err(StoreError::Guarded(vec![finding.clone()]));
            }
            let back = member(db, id, guarded.customer.0)?.is_some();
            touches += usize::from(matches!(verdict(guarded.findings, back, rules), Verdict::Touch(_)));
            todo.push(guarded.customer);
        }
        progress(todo.len(), todo.len() * 2);
    }
    if touches == 0 {
        return invalid(Field::CampaignFilter, Problem::NobodyLeft);
    }
    let job: Option<i64> =
        db.prepare_cached("SELECT job_id FROM campaign WHERE id=?1")?.query_row([id], |r| r.get(0))?;
    // of an earlier run that was taken back nothing goes on
    let job = job.filter(|_| campaign.cut);
    Ok(Run { campaign, rules, todo, touches, job })
}

/// Refuses whoever neither owns a campaign nor approves.
fn may_run(me: &Actor, campaign: &CampaignRow) -> Result<(), StoreError> {
    let own = campaign.owner_id == me.id.0;
    people::need_own(me, if own { Verb::Draft } else { Verb::Approve })
}

/// Refuses a cost that nobody has approved, unless to whoever approves (D19, H37).
fn approved(me: &Actor, campaign: &CampaignRow) -> Result<(), StoreError> {
    if campaign.costs() && campaign.approved_by.is_none() && people::need_own(me, Verb::Approve).is_err() {
        return invalid(Field::CampaignCost, Problem::CostNotApproved);
    }
    Ok(())
}

/// Asks again inside a transaction what was asked before the first: asking about the group takes its time, and meanwhile
/// the campaign may be another one, or the actor's role.
fn still_may(work: &Work<'_>, run: &Run) -> Result<(), StoreError> {
    let id = run.campaign.id;
    let Some(now) = campaigns::one(work.db, id)? else { return Err(StoreError::Gone { who: None }) };
    may_run(work.actor, &now)?;
    approved(work.actor, &now)?;
    if run.job.is_some() {
        return Ok(());
    }
    if now.state != "draft" {
        return invalid(Field::CampaignFilter, Problem::HasRun);
    }
    unchanged(work.db, Row { noun: Noun::Campaign, id }, now.rev, run.campaign.rev)
}

/// Deals with some customers in one transaction.
fn write_batch(
    work: &mut Work<'_>,
    run: &mut Run,
    verb: &str,
    batch: &[CustomerId],
) -> Result<(), StoreError> {
    still_may(work, run)?;
    let id = run.campaign.id;
    let job = if let Some(job) = run.job { job } else { begin(work, id, verb, &run.campaign.code)? };
    work.job = Some(job);
    run.job = Some(job);
    let intent = intent(&run.campaign, work.now.at);
    let (mut touched, mut left_out) = (run.campaign.touched, run.campaign.left_out);
    for customer in batch {
        // somebody may be gone since
        if !work.db.prepare_cached("SELECT 1 FROM customer WHERE id=?1")?.exists([customer.0])? {
            continue;
        }
        let nth = usize::try_from(touched).unwrap_or(0);
        if one_member(work, run, *customer, &intent, nth)? {
            touched += 1;
        } else {
            left_out += 1;
        }
    }
    let counts = [("touched", Cell::Integer(touched)), ("left_out", Cell::Integer(left_out))];
    work.update(Noun::Campaign, id, &counts)?;
    (run.campaign.touched, run.campaign.left_out) = (touched, left_out);
    many::step(work.db, job, batch.len())
}

/// Begins the job of a run.
fn begin(work: &mut Work<'_>, campaign: i64, verb: &str, code: &str) -> Result<i64, StoreError> {
    let job = many::start(work, verb, code)?;
    let row = [
        ("state", word("running")),
        ("job_id", Cell::Integer(job)),
        ("ran_at", Cell::Integer(work.now.ms())),
    ];
    work.update(Noun::Campaign, campaign, &row)?;
    Ok(job)
}

/// Touches one customer or leaves them out; answers which.
fn one_member(
    work: &mut Work<'_>,
    run: &Run,
    customer: CustomerId,
    intent: &Intent,
    nth: usize,
) -> Result<bool, StoreError> {
    let campaign = &run.campaign;
    let there = member(work.db, campaign.id, customer.0)?;
    let reason = there.as_ref().and_then(|(_, reason)| reason.clone());
    let found = guard::findings(work.db, customer.0, intent, work.now)?;
    let (state, touch, findings) = match verdict(found, reason.is_some(), run.rules) {
        Verdict::Touch(over) => {
            let cost = share(campaign.cost.unwrap_or(Fen(0)), run.touches, nth);
            let new = NewTouch {
                channel: intent.channel.clone(),
                topic: Some(campaign.name.clone()),
                product: campaign.product.clone(),
                script: campaign.script.clone(),
                cost,
                by: Some(PersonId(campaign.owner_id)),
                override_reason: reason.clone().filter(|_| !over.is_empty()),
                campaign: Some(campaign.code.clone()),
                ..NewTouch::plain(customer, work.now.at, campaign.text.as_ref().unwrap_or(&campaign.name))
            };
            let made = touch::log(work, &new, touch::Origin::Campaign)?.made.map(|row| row.id);
            if let Some(made) = made {
                coupon(work, campaign.id, customer, made)?;
            }
            ("touched", made, over)
        }
        Verdict::LeftOut(findings) => ("left_out", None, findings),
    };
    let row = [
        ("campaign_id", Cell::Integer(campaign.id)),
        ("customer_id", Cell::Integer(customer.0)),
        ("state", word(state)),
        ("touch_id", opt_int(touch)),
        ("findings", opt_text(kept(&findings)?.as_deref())),
        ("reason", opt_text(reason.as_deref())),
    ];
    match there {
        Some((member, _)) => {
            work.update(Noun::Member, member, &row)?;
        }
        None => {
            work.insert(Noun::Member, &row)?;
        }
    }
    Ok(state == "touched")
}

/// Findings as they are kept.
fn kept(findings: &[Finding]) -> Result<Option<String>, StoreError> {
    if findings.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(findings).map(Some).map_err(|e| StoreError::Defect(e.to_string()))
}

/// The coupon or package that comes with a touch, if the campaign brings one (A65, K14).
fn coupon(work: &mut Work<'_>, campaign: i64, customer: CustomerId, touch: i64) -> Result<(), StoreError> {
    let Some((_, image)) = work.read(Noun::Campaign, campaign)? else { return Ok(()) };
    let (face, offer) = (int(&image, "face_fen"), int(&image, "offer_fen"));
    if face.is_none() && offer.is_none() {
        return Ok(());
    }
    let today = work.now.today();
    let days = settings::number(work.db, "coupon_days")?.unsigned_abs();
    let until = today.checked_add_days(chrono::Days::new(days)).unwrap_or(today);
    let row = [
        ("customer_id", Cell::Integer(customer.0)),
        ("touch_id", Cell::Integer(touch)),
        ("kind", word(if offer.is_some() { "package" } else { "cash" })),
        ("face_fen", opt_int(face)),
        ("price_fen", opt_int(int(&image, "price_fen"))),
        ("offer_fen", opt_int(offer)),
        ("issued_on", word(today.to_string())),
        ("valid_to", word(until.to_string())),
        ("note", opt_text(text(&image, "name"))),
    ];
    let id = work.insert(Noun::Coupon, &row)?;
    super::super::coupon::tasks(work, id)
}

/// Shares the cost anew where fewer were touched than were asked about, so that the shares are the cost again.
fn settle(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    run: &Run,
) -> Result<(), StoreError> {
    let cost = run.campaign.cost.unwrap_or(Fen(0));
    let given: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(t.cost_fen),0) FROM campaign_member m JOIN touch t ON t.id=m.touch_id
             WHERE m.campaign_id=?1 AND m.state='touched'",
        )?
        .query_row([run.campaign.id], |r| r.get(0))?;
    if given == cost.0 || run.campaign.touched == 0 {
        return Ok(());
    }
    let touches: Vec<i64> = db
        .prepare_cached(
            "SELECT touch_id FROM campaign_member WHERE campaign_id=?1 AND state='touched' AND touch_id IS NOT NULL
             ORDER BY customer_id",
        )?
        .query_map([run.campaign.id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for (i, batch) in touches.chunks(BATCH).enumerate() {
        let name = format!("{}#cost{i}", request.name);
        turn::give_way(db);
        one(db, actor, Request { name: &name, always: true, job: run.job, ..request }, now, |work| {
            for (n, touch) in batch.iter().enumerate() {
                let share = share(cost, touches.len(), i * BATCH + n);
                work.update(Noun::Touch, *touch, &[("cost_fen", Cell::Integer(share.0))])?;
            }
            Ok(Receipt { subject: run.campaign.name.clone(), ..Receipt::default() })
        })?;
    }
    Ok(())
}
