//! Campaigns: made, edited, approved, run. A run first asks the guard about the whole group, because all who are touched
//! share the cost; then it writes one touch per customer in batches under one job, asking again inside each transaction,
//! so that nobody slips past whom a colleague has called meanwhile. It goes on where it was cut, and is undone as a whole.

use std::collections::BTreeSet;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::{Progress, Request, known, many, one, touch, undo};
use crate::domain::campaign::{Rules, Verdict, block, can_be_put_back, evaluate_on, share, verdict};
use crate::domain::change::NewTouch;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::guard::{Finding, Intent};
use crate::domain::money::Fen;
use crate::domain::people::{Actor, PersonId, Verb};
use crate::store::read::campaigns::{self, intent, rules};
use crate::store::read::eyes::Eyes;
use crate::store::read::guard;
use crate::store::record::Work;
use crate::store::request::{CampaignRow, Receipt, StoreError};
use crate::store::tables::{Image, int, opt_int, opt_text, table, text, word};
use crate::store::values::{cell, cells, invalid};
use crate::store::{people, settings};

/// Customers in one transaction of a run.
const BATCH: usize = 100;
/// Customers of a group that are asked about at once.
const SLICE: usize = 500;
/// What a run has done stands as it was done.
const SENT: &[&str] = &[
    "filter", "channel", "script", "product", "text", "starts_on", "cost_fen", "face_fen", "price_fen", "offer_fen",
];

/// Makes a campaign.
pub fn add(work: &mut Work<'_>, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Draft)?;
    let mut row = cells(work.db, work.now, Noun::Campaign, 0, set)?;
    if int(&row, "owner_id").is_none() {
        row.push(("owner_id", Cell::Integer(work.actor.id.0)));
    }
    let id = table(Noun::Campaign).free_id(work.db, 1, i64::MAX)?;
    row.extend([
        ("code", word(format!("M{id}"))),
        ("created_by", Cell::Integer(work.actor.id.0)),
        ("created_at", Cell::Integer(work.now.ms())),
    ]);
    follow(work, &mut row, &Image::new())?;
    work.insert_at(Noun::Campaign, id, 1, &row)?;
    Ok(Receipt {
        subject: text(&row, "name").unwrap_or_default().to_owned(),
        made: Some(Row { noun: Noun::Campaign, id }),
        ..Receipt::default()
    })
}

/// Refuses whoever neither owns a campaign nor approves.
pub fn allowed(work: &Work<'_>, image: &Image) -> Result<(), StoreError> {
    let me = Some(work.actor.id.0);
    let own = int(image, "owner_id") == me || int(image, "created_by") == me;
    people::need_own(work.actor, if own { Verb::Draft } else { Verb::Approve })
}

/// Columns that follow from others, and what may not be changed.
pub fn follow(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let either = |row: &Image, column: &str| -> Cell {
        let given = row.iter().any(|(c, _)| *c == column);
        crate::store::tables::cell(if given { row } else { old }, column).clone()
    };
    let changed = |row: &Image, column: &str| {
        row.iter().any(|(c, new)| *c == column && new != crate::store::tables::cell(old, column))
    };
    if text(old, "state").is_some_and(|state| state != "draft")
        && let Some(column) = SENT.iter().find(|column| changed(row, column))
    {
        let field = Field::of(Noun::Campaign, column).unwrap_or(Field::CampaignFilter);
        return invalid(field, Problem::HasRun);
    }
    if let (Cell::Text(from), Cell::Text(until)) = (either(row, "starts_on"), either(row, "ends_on"))
        && until < from
    {
        return invalid(Field::CampaignEnds, Problem::EndsBefore);
    }
    if changed(row, "ends_on")
        && let Cell::Text(ends) = either(row, "ends_on")
    {
        let months = u32::try_from(settings::number(work.db, "evaluation_months")?).unwrap_or(1);
        let due = evaluate_on(ends.parse().unwrap_or_else(|_| work.now.today()), months);
        row.push(("evaluate_on", word(due.to_string())));
    }
    if changed(row, "script") {
        let code = super::script::code(work, text(row, "script"))?;
        row.retain(|(column, _)| *column != "script");
        row.push(("script", code));
    }
    // the cost cannot be taken away, only brought to nothing
    if row.iter().any(|(c, new)| *c == "cost_fen" && *new == Cell::Null) {
        row.retain(|(column, _)| *column != "cost_fen");
        row.push(("cost_fen", Cell::Integer(0)));
    }
    if !old.is_empty() && (changed(row, "cost_fen") || changed(row, "filter")) {
        // what was approved was this cost for this group (D19)
        row.push(("approved_by", Cell::Null));
    }
    if changed(row, "result") && text(old, "state").is_some_and(|state| state != "draft") {
        let state = if either(row, "result") == Cell::Null { "running" } else { "done" };
        row.push(("state", word(state)));
    }
    Ok(())
}

/// Only drafts are removed: touches name what has run.
pub fn removable(image: &Image) -> Result<(), StoreError> {
    if text(image, "state") == Some("draft") { Ok(()) } else { Err(StoreError::Denied(Verb::Approve)) }
}

/// Approves what a campaign or a budget costs (D19, H37).
pub fn approve(work: &mut Work<'_>, row: Row, rev: i64) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Approve)?;
    if !matches!(row.noun, Noun::Campaign | Noun::Budget) {
        return Err(StoreError::Defect("only campaigns and budgets are approved".into()));
    }
    let Some((now_rev, image)) = work.read(row.noun, row.id)? else { return Err(StoreError::Gone { who: None }) };
    if now_rev != rev {
        // what one approves is what one has read
        return Err(changed(work, now_rev));
    }
    work.update(row.noun, row.id, &[("approved_by", Cell::Integer(work.actor.id.0))])?;
    let subject = match int(&image, "customer_id") {
        Some(customer) => super::subject(work.db, customer)?,
        None => text(&image, "name").or(text(&image, "period")).unwrap_or_default().to_owned(),
    };
    Ok(Receipt { subject, ..Receipt::default() })
}

fn changed(work: &Work<'_>, rev: i64) -> StoreError {
    StoreError::Conflict { who: String::new(), at: work.now.ms(), rev, clashes: Vec::new() }
}

/// Puts a customer back whom the guard leaves out, with the reason, or takes that back.
pub fn put_back(
    work: &mut Work<'_>,
    id: i64,
    customer: CustomerId,
    reason: Option<&str>,
) -> Result<Receipt, StoreError> {
    let Some((_, image)) = work.read(Noun::Campaign, id)? else { return Err(StoreError::Gone { who: None }) };
    allowed(work, &image)?;
    if text(&image, "state") != Some("draft") {
        return invalid(Field::CampaignFilter, Problem::HasRun);
    }
    let Some(campaign) = campaigns::one(work.db, id)? else { return Err(StoreError::Gone { who: None }) };
    let there = member(work.db, id, customer.0)?;
    let receipt =
        Receipt { subject: super::subject(work.db, customer.0)?, customer: Some(customer), ..Receipt::default() };
    let Some(reason) = reason else {
        if let Some((member, _)) = there {
            work.delete(Noun::Member, member)?;
        }
        return Ok(receipt);
    };
    let reason = cell(work.db, work.now, customer.0, Field::Reason, &Value::text(reason))?;
    let found = guard::findings(work.db, customer.0, &intent(&campaign, work.now.at), work.now)?;
    let standing = match verdict(found, false, rules(work.db)?) {
        Verdict::LeftOut(standing) => standing,
        Verdict::Touch(_) => Vec::new(),
    };
    if !can_be_put_back(&standing) {
        return Err(StoreError::Guarded(standing));
    }
    match there {
        Some((member, _)) => {
            work.update(Noun::Member, member, &[("reason", reason)])?;
        }
        None => {
            let row = [
                ("campaign_id", Cell::Integer(id)),
                ("customer_id", Cell::Integer(customer.0)),
                ("state", word("put_back")),
                ("reason", reason),
            ];
            work.insert(Noun::Member, &row)?;
        }
    }
    Ok(receipt)
}

/// The row of a customer in a campaign: its id, and the reason for which they were put back.
fn member(db: &Connection, campaign: i64, customer: i64) -> Result<Option<(i64, Option<String>)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, reason FROM campaign_member WHERE campaign_id=?1 AND customer_id=?2")?
        .query_row((campaign, customer), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}

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
    if let Some(receipt) = undo::repeated(db, request, "running")? {
        return Ok(receipt);
    }
    let me = known(db, actor)?;
    let now = Now { at: now.at, zone: settings::zone(db)? };
    let mut run = prepare(db, &me, now, (id, rev), progress)?;
    let subject = run.campaign.name.clone();
    let mut sum = Receipt { verb: request.verb, subject: subject.clone(), ..Receipt::default() };
    let mut begun = many::job_of(db, request.name)?.is_some();
    let todo = std::mem::take(&mut run.todo);
    let all = todo.len() * 2;
    let mut done = 0;
    for batch in todo.chunks(BATCH) {
        let first = batch.first().map_or(0, |c| c.0);
        let name = if begun { format!("{}#{first}", request.name) } else { request.name.to_owned() };
        begun = true;
        let part = one(db, actor, Request { name: &name, always: true, ..request }, now, |work| {
            write_batch(work, &mut run, request.verb, batch)?;
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
    let own = campaign.owner_id == me.id.0;
    people::need_own(me, if own { Verb::Draft } else { Verb::Approve })?;
    if campaign.state != "draft" && !campaign.cut {
        return invalid(Field::CampaignFilter, Problem::HasRun);
    }
    if campaign.state == "draft" && campaign.rev != rev {
        return Err(StoreError::Conflict { who: String::new(), at: now.ms(), rev: campaign.rev, clashes: Vec::new() });
    }
    let costs = campaign.cost.is_some_and(|cost| cost.0 > 0);
    if costs && campaign.approved_by.is_none() && people::need_own(me, Verb::Approve).is_err() {
        return invalid(Field::CampaignCost, Problem::CostNotApproved);
    }
    let rules = rules(db)?;
    let intent = intent(&campaign, now.at);
    let before: Vec<(i64, String)> = db
        .prepare_cached("SELECT customer_id, state FROM campaign_member WHERE campaign_id=?1 AND state<>'put_back'")?
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
    let job: Option<i64> = db
        .prepare_cached("SELECT job_id FROM campaign WHERE id=?1")?
        .query_row([id], |r| r.get(0))?;
    // of an earlier run that was taken back nothing goes on
    let job = job.filter(|_| campaign.cut);
    Ok(Run { campaign, rules, todo, touches, job })
}

/// Deals with some customers in one transaction.
fn write_batch(
    work: &mut Work<'_>,
    run: &mut Run,
    verb: &str,
    batch: &[CustomerId],
) -> Result<(), StoreError> {
    let id = run.campaign.id;
    let job = match run.job {
        Some(job) => job,
        None => {
            let job = many::start(work, verb, &run.campaign.code)?;
            let row = [
                ("state", word("running")),
                ("job_id", Cell::Integer(job)),
                ("ran_at", Cell::Integer(work.now.ms())),
            ];
            work.update(Noun::Campaign, id, &row)?;
            job
        }
    };
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
            // the guard has just been asked
            let made = touch::log(work, &new, true)?.made.map(|row| row.id);
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
    work.insert(Noun::Coupon, &row)?;
    Ok(())
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
