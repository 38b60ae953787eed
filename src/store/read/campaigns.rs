//! Campaigns: the list of all, who is in one, and whom a run would reach. The group is walked by the customers' ids in
//! slices, so that a group of any size is never held as rows; the look ahead stops after as many as a person can look at
//! and says so.

use std::collections::BTreeMap;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::eyes::Eyes;
use super::filter::conditions;
use super::guard;
use super::row::day;
use crate::domain::campaign::{Rules, Verdict, block, verdict};
use crate::domain::customer::CustomerId;
use crate::domain::filter::{self, Term};
use crate::domain::guard::{Deed, Finding, Intent};
use crate::domain::money::Fen;
use crate::store::request::{CampaignRow, MemberRow, Members, StoreError};
use crate::store::settings;
use crate::store::touch_sum::{self, Of};

/// Customers of a group at which a look ahead stops.
const LOOK: usize = 1_000;
/// Members that a list shows.
const SHOWN: usize = 2_000;
/// The columns of a campaign that its list needs.
const COLUMNS: &str = "c.id, c.rev, c.code, c.name, c.goal, c.filter, c.channel, c.script, c.product, c.text, c.starts_on,
    c.ends_on, c.evaluate_on, c.cost_fen, p.name, c.owner_id, c.state, c.result, a.name, c.touched, c.left_out, j.state,
    CASE WHEN c.offer_fen IS NULL THEN c.face_fen ELSE max(coalesce(c.price_fen,0)-c.offer_fen,0) END,
    (SELECT s.title FROM script s WHERE s.code=c.script AND s.state='approved')";

fn row(r: &rusqlite::Row<'_>) -> rusqlite::Result<CampaignRow> {
    let job: Option<String> = r.get(21)?;
    Ok(CampaignRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        code: r.get(2)?,
        name: r.get(3)?,
        goal: r.get(4)?,
        filter: r.get(5)?,
        channel: r.get(6)?,
        script: r.get(7)?,
        product: r.get(8)?,
        text: r.get(9)?,
        starts_on: day(r, 10)?.unwrap_or_default(),
        ends_on: day(r, 11)?.unwrap_or_default(),
        evaluate_on: day(r, 12)?.unwrap_or_default(),
        cost: Some(Fen(r.get(13)?)),
        each: r.get::<_, Option<i64>>(22)?.map(Fen),
        owner: r.get(14)?,
        owner_id: r.get(15)?,
        state: r.get(16)?,
        cut: job.as_deref() == Some("running"),
        result: r.get(17)?,
        approved_by: r.get(18)?,
        touched: r.get(19)?,
        left_out: r.get(20)?,
        answered: 0,
        ordered: 0,
        script_title: r.get(23)?,
    })
}

/// Every campaign: those that go on, then drafts, then those that are done, the newest first.
pub fn all(eyes: &Eyes) -> Result<Vec<CampaignRow>, StoreError> {
    let sums = touch_sum::all(eyes.db, Of::Campaign)?;
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM campaign c JOIN person p ON p.id=c.owner_id LEFT JOIN person a ON a.id=c.approved_by
         LEFT JOIN job j ON j.id=c.job_id
         ORDER BY CASE c.state WHEN 'running' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, c.starts_on DESC, c.id DESC LIMIT 1000"
    ))?;
    let found = query.query_map([], row)?;
    let mut all: Vec<CampaignRow> = found.collect::<rusqlite::Result<_>>()?;
    for campaign in &mut all {
        if let Some(sum) = sums.get(&campaign.code) {
            (campaign.answered, campaign.ordered) = (sum.answered, sum.converted);
        }
    }
    Ok(all)
}

/// One campaign, without its figures.
pub fn one(db: &Connection, id: i64) -> Result<Option<CampaignRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM campaign c JOIN person p ON p.id=c.owner_id LEFT JOIN person a ON a.id=c.approved_by
             LEFT JOIN job j ON j.id=c.job_id WHERE c.id=?1"
        ))?
        .query_row([id], row)
        .optional()?)
}

/// The ids of a target group after one of them, in order; `me` in its filter is the campaign's owner.
pub fn group(
    eyes: &mut Eyes,
    campaign: &CampaignRow,
    after: i64,
    take: usize,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut filter = filter::parse(&campaign.filter)
        .map_err(|_| StoreError::Defect(format!("the filter of {}", campaign.code)))?;
    let login: String = eyes
        .db
        .prepare_cached("SELECT login FROM person WHERE id=?1")?
        .query_row([campaign.owner_id], |r| r.get(0))?;
    for term in &mut filter.terms {
        if let Term::Owner(who) = term {
            let mine = |name| if matches!(name, "me" | "我") { login.as_str() } else { name };
            *who = who.split(['|', ',']).map(mine).collect::<Vec<_>>().join("|");
        }
    }
    let mut conditions = conditions(eyes, &filter)?.whole(eyes)?;
    conditions.sql.push("f.customer_id>?".to_owned());
    conditions.bound.push(Cell::Integer(after));
    let sql = format!(
        "SELECT f.customer_id FROM facts f {} ORDER BY f.customer_id LIMIT {take}",
        conditions.clause()
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let ids = query.query_map(params_from_iter(conditions.bound), |r| Ok(CustomerId(r.get(0)?)))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// What a campaign is about to do to each of its customers.
pub fn intent(campaign: &CampaignRow, at: chrono::DateTime<chrono::Utc>) -> Intent {
    Intent {
        channel: Some(campaign.channel.clone()),
        product: campaign.product.clone(),
        script: campaign.script.clone(),
        ..Intent::new(Deed::Touch, at)
    }
}

/// What the company lets pass. Where one person works alone there is no second one who could check a record.
pub fn rules(db: &Connection) -> Result<Rules, StoreError> {
    let people: i64 = db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM person WHERE state='active' LIMIT 2)")?
        .query_row([], |r| r.get(0))?;
    Ok(Rules {
        consent: settings::get(db, "mass_consent")? == "left_out",
        checked: people > 1 && settings::get(db, "mass_unchecked")? == "left_out",
    })
}

/// Who is in a campaign.
pub fn members(eyes: &mut Eyes, id: i64) -> Result<Members, StoreError> {
    let Some(campaign) = one(eyes.db, id)? else { return Err(StoreError::Gone { who: None }) };
    if campaign.state == "draft" { preview(eyes, &campaign) } else { reached(eyes, &campaign) }
}

/// A customer as the list of members names them.
fn named(eyes: &Eyes, customer: i64) -> Result<Option<MemberRow>, StoreError> {
    Ok(eyes
        .db
        .prepare_cached(
            "SELECT f.code, c.name, p.name, f.segment FROM facts f JOIN customer c ON c.id=f.customer_id
             JOIN person p ON p.id=f.owner_id WHERE f.customer_id=?1",
        )?
        .query_row([customer], |r| {
            Ok(MemberRow {
                customer,
                code: r.get(0)?,
                name: r.get(1)?,
                owner: r.get(2)?,
                segment: r.get(3)?,
                state: String::new(),
                findings: Vec::new(),
                reason: None,
                touch: None,
                outcome: None,
                cost: None,
            })
        })
        .optional()?)
}

/// Counts a customer for each thing they are left out for.
fn count(why: &mut BTreeMap<&'static str, usize>, findings: &[Finding]) {
    for finding in findings {
        *why.entry(finding.id()).or_default() += 1;
    }
}

/// Counts as a list, the greatest first.
fn counted(why: BTreeMap<&'static str, usize>) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = why.into_iter().map(|(id, n)| (id.to_owned(), n)).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all
}

/// Who would be touched, who would not, and why.
fn preview(eyes: &mut Eyes, campaign: &CampaignRow) -> Result<Members, StoreError> {
    let mut ids = group(eyes, campaign, 0, LOOK + 1)?;
    let more = ids.len() > LOOK;
    ids.truncate(LOOK);
    let rules = rules(eyes.db)?;
    let mut why = BTreeMap::new();
    let mut blocked = None;
    let mut rows = Vec::with_capacity(ids.len());
    let looked = ids.len();
    for guarded in guard::guarded(eyes.db, &ids, &intent(campaign, eyes.now.at), eyes.now)? {
        let customer = guarded.customer.0;
        let reason: Option<String> = eyes
            .db
            .prepare_cached("SELECT reason FROM campaign_member WHERE campaign_id=?1 AND customer_id=?2")?
            .query_row((campaign.id, customer), |r| r.get(0))
            .optional()?
            .flatten();
        blocked = blocked.or_else(|| block(&guarded.findings).cloned());
        let Some(mut row) = named(eyes, customer)? else { continue };
        match verdict(guarded.findings, reason.is_some(), rules) {
            Verdict::Touch(findings) => {
                // a reason that is not needed any more says nothing
                let back = !findings.is_empty();
                if back { "put_back" } else { "clear" }.clone_into(&mut row.state);
                row.reason = reason.filter(|_| back);
                row.findings = findings;
            }
            Verdict::LeftOut(findings) => {
                count(&mut why, &findings);
                "left_out".clone_into(&mut row.state);
                row.findings = findings;
            }
        }
        rows.push(row);
    }
    let touched = rows.iter().filter(|r| r.state != "left_out").count();
    rows.sort_by_key(|r| match r.state.as_str() {
        "left_out" => 0,
        "put_back" => 1,
        _ => 2,
    });
    Ok(Members {
        campaign: campaign.id,
        preview: true,
        rows,
        looked,
        more,
        touched,
        why: counted(why),
        blocked,
    })
}

/// Who was touched, who was not, and why; what became of it.
fn reached(eyes: &Eyes, campaign: &CampaignRow) -> Result<Members, StoreError> {
    let mut rows = Vec::new();
    let mut why = BTreeMap::new();
    for state in ["left_out", "touched"] {
        let mut query = eyes.db.prepare_cached(
            "SELECT m.customer_id, m.touch_id, m.findings, m.reason, t.segment_then, t.responded, t.converted, t.cost_fen
             FROM campaign_member m LEFT JOIN touch t ON t.id=m.touch_id
             WHERE m.campaign_id=?1 AND m.state=?2 ORDER BY m.customer_id LIMIT ?3",
        )?;
        let mut found = query.query((campaign.id, state, i64::try_from(SHOWN).unwrap_or(i64::MAX)))?;
        while let Some(r) = found.next()? {
            let Some(mut row) = named(eyes, r.get(0)?)? else { continue };
            state.clone_into(&mut row.state);
            row.touch = r.get(1)?;
            row.findings = findings(r.get::<_, Option<String>>(2)?.as_deref());
            row.reason = r.get(3)?;
            if let Some(touch) = row.touch {
                row.segment = r.get(4)?;
                row.outcome = outcome(eyes.db, touch, r.get(5)?, r.get(6)?)?;
                row.cost = r.get::<_, Option<i64>>(7)?.map(Fen);
            } else {
                count(&mut why, &row.findings);
            }
            rows.push(row);
        }
    }
    let all = usize::try_from(campaign.touched + campaign.left_out).unwrap_or(0);
    Ok(Members {
        campaign: campaign.id,
        preview: false,
        looked: rows.len(),
        more: rows.len() < all,
        touched: usize::try_from(campaign.touched).unwrap_or(0),
        rows,
        why: counted(why),
        blocked: None,
    })
}

/// What the guard has found, as it is kept.
fn findings(json: Option<&str>) -> Vec<Finding> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// What became of a touch: the furthest that was noted, else whether it was answered.
fn outcome(
    db: &Connection,
    touch: i64,
    responded: bool,
    converted: bool,
) -> Result<Option<String>, StoreError> {
    if converted {
        return Ok(Some("ordered".to_owned()));
    }
    let noted: Option<String> = db
        .prepare_cached("SELECT kind FROM touch_outcome WHERE touch_id=?1 ORDER BY at DESC, id DESC LIMIT 1")?
        .query_row([touch], |r| r.get(0))
        .optional()?;
    Ok(noted.or_else(|| responded.then(|| "answered".to_owned())))
}
