//! Campaigns: made, edited, approved; customers put back whom the guard leaves out. How one runs stands in `run`.

mod run;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::campaign::{Verdict, can_be_put_back, evaluate_on, verdict};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::store::read::campaigns::{self, intent, rules};
use crate::store::read::guard;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, either, int, table, text, word};
use crate::store::values::{cell, cells, invalid};
use crate::store::{people, settings};

pub use run::run;

/// What a run has done stands as it was done.
const SENT: &[&str] = &[
    "filter",
    "channel",
    "script",
    "product",
    "text",
    "starts_on",
    "cost_fen",
    "face_fen",
    "price_fen",
    "offer_fen",
];

/// What an approval is about (D19, H37): for whom, what it costs, what every customer gets of it.
const APPROVED: &[&str] = &["filter", "cost_fen", "face_fen", "price_fen", "offer_fen"];

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
    let changed = |row: &Image, column: &str| {
        row.iter().any(|(c, new)| *c == column && new != crate::store::tables::cell(old, column))
    };
    if text(old, "state").is_some_and(|state| state != "draft")
        && let Some(column) = SENT.iter().find(|column| changed(row, column))
    {
        let field = Field::of(Noun::Campaign, column).unwrap_or(Field::CampaignFilter);
        return invalid(field, Problem::HasRun);
    }
    if let (Cell::Text(from), Cell::Text(until)) =
        (either(row, old, "starts_on"), either(row, old, "ends_on"))
        && until < from
    {
        return invalid(Field::CampaignEnds, Problem::EndsBefore);
    }
    if changed(row, "ends_on")
        && let Cell::Text(ends) = either(row, old, "ends_on")
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
    if !old.is_empty() && APPROVED.iter().any(|column| changed(row, column)) {
        // what was approved was this cost and this offer for this group (D19)
        row.push(("approved_by", Cell::Null));
    }
    if changed(row, "result") && text(old, "state").is_some_and(|state| state != "draft") {
        let state = if *either(row, old, "result") == Cell::Null { "running" } else { "done" };
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
    let Some((now_rev, image)) = work.read(row.noun, row.id)? else {
        return Err(StoreError::Gone { who: None });
    };
    // what one approves is what one has read
    unchanged(work.db, row, now_rev, rev)?;
    work.update(row.noun, row.id, &[("approved_by", Cell::Integer(work.actor.id.0))])?;
    let subject = match int(&image, "customer_id") {
        Some(customer) => super::subject(work.db, customer)?,
        None => text(&image, "name").or(text(&image, "period")).unwrap_or_default().to_owned(),
    };
    Ok(Receipt { subject, ..Receipt::default() })
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
    let receipt = Receipt {
        subject: super::subject(work.db, customer.0)?,
        customer: Some(customer),
        ..Receipt::default()
    };
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
    if let Some((member, _)) = there {
        work.update(Noun::Member, member, &[("reason", reason)])?;
        return Ok(receipt);
    }
    let row = [
        ("campaign_id", Cell::Integer(id)),
        ("customer_id", Cell::Integer(customer.0)),
        ("state", word("put_back")),
        ("reason", reason),
    ];
    work.insert(Noun::Member, &row)?;
    Ok(receipt)
}

/// The row of a customer in a campaign: its id, and the reason for which they were put back.
fn member(
    db: &Connection,
    campaign: i64,
    customer: i64,
) -> Result<Option<(i64, Option<String>)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, reason FROM campaign_member WHERE campaign_id=?1 AND customer_id=?2")?
        .query_row((campaign, customer), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}
