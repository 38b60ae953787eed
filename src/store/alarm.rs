//! Raising an alarm: once per cause and period, with the figures that fired it, for the person who holds the post that the
//! rule names (G56, G57). Whoever looks for causes (`watch`, the write path) comes here; what people do with an alarm is
//! `write/alarm`.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::record::Work;
use super::request::StoreError;
use super::settings;
use super::tables::{opt_int, opt_text, text, word};
use crate::domain::alarm::{Fact, Rule, start_by};
use crate::domain::field::Noun;

const HOUR: i64 = 60 * 60 * 1000;

/// A cause for an alarm.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The rule that fires.
    pub rule: &'static Rule,
    /// What it is about: `customer:12`, `segment:growth`.
    pub subject: String,
    /// In which period; empty where there is one cause for all time.
    pub period: String,
    /// The customer.
    pub customer: Option<i64>,
    /// The class.
    pub segment: Option<String>,
    /// The person it is about.
    pub person: Option<i64>,
    /// The department that was asked.
    pub department: Option<String>,
    /// What fired it.
    pub facts: Vec<Fact>,
    /// What somebody said.
    pub note: Option<String>,
    /// The trigger, UTC ms.
    pub since: i64,
    /// Who answers for it, where that is decided already.
    pub owner: Option<i64>,
    /// Until when it is to be begun (UTC ms), where that is decided already.
    pub by: Option<i64>,
}

impl Cause {
    /// A cause of a rule about something, now.
    pub fn new(rule: &'static Rule, subject: String, period: String, since: i64) -> Self {
        Self {
            rule,
            subject,
            period,
            customer: None,
            segment: None,
            person: None,
            department: None,
            facts: Vec::new(),
            note: None,
            since,
            owner: None,
            by: None,
        }
    }

    /// The same about a customer.
    #[must_use]
    pub fn of_customer(self, customer: i64) -> Self {
        Self { customer: Some(customer), ..self }
    }

    /// The same with what fired it.
    #[must_use]
    pub fn with(self, facts: Vec<Fact>) -> Self {
        Self { facts, ..self }
    }
}

/// Whether an alarm of this cause stands, or stood in its period.
pub fn stands(db: &Connection, rule: &str, subject: &str, period: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM alarm WHERE rule=?1 AND subject=?2 AND (period=?3 OR state<>'closed') LIMIT 1",
    )?
    .exists((rule, subject, period))
}

/// Raises an alarm unless it stands; its id where it was raised.
pub fn raise(work: &mut Work<'_>, cause: &Cause) -> Result<Option<i64>, StoreError> {
    let rule = cause.rule;
    if stands(work.db, rule.id, &cause.subject, &cause.period)? {
        return Ok(None);
    }
    let review = u32::try_from(settings::number(work.db, "review_day")?).unwrap_or(5);
    let by = cause.by.unwrap_or_else(|| start_by(rule.start, cause.since, work.now.zone, review));
    let owner = cause.owner.map_or_else(|| responsible(work, cause), Ok)?;
    let figures = serde_json::to_string(&cause.facts).map_err(|e| StoreError::Defect(e.to_string()))?;
    let row = vec![
        ("rule", word(rule.id)),
        ("subject", word(cause.subject.clone())),
        ("period", word(cause.period.clone())),
        ("level", word(rule.level.id())),
        ("customer_id", opt_int(cause.customer)),
        ("segment", opt_text(cause.segment.as_deref())),
        ("person_id", opt_int(cause.person)),
        ("figures", Cell::Text(figures)),
        ("note", opt_text(cause.note.as_deref())),
        ("since", Cell::Integer(cause.since)),
        ("raised_at", Cell::Integer(work.now.ms())),
        ("start_by", Cell::Integer(by)),
        // whoever sees it first has an hour, however late it was raised
        ("climb_at", Cell::Integer(by.max(work.now.ms() + HOUR))),
        ("post", word(rule.post)),
        ("owner_id", Cell::Integer(owner)),
        ("climbed", Cell::Integer(0)),
        ("state", word("raised")),
        ("ticked", Cell::Integer(0)),
    ];
    Ok(Some(work.insert(Noun::Alarm, &row)?))
}

/// Ends an alarm: with what came of it, by whoever dealt with it; else by itself. Answers whether it was open.
pub fn end(work: &mut Work<'_>, id: i64, result: Option<&Cell>) -> Result<bool, StoreError> {
    let open = work.read(Noun::Alarm, id)?.is_some_and(|(_, row)| text(&row, "state") != Some("closed"));
    if !open {
        return Ok(false);
    }
    let mut row = vec![
        ("state", word("closed")),
        ("ended", word(if result.is_some() { "done" } else { "gone" })),
        ("closed_at", Cell::Integer(work.now.ms())),
        ("climb_at", Cell::Null),
    ];
    if let Some(result) = result {
        row.extend([("result", result.clone()), ("closed_by", Cell::Integer(work.actor.id.0))]);
    }
    work.update(Noun::Alarm, id, &row)
}

/// Ends the open alarm of a cause that is over.
pub fn settle(
    work: &mut Work<'_>,
    rule: &str,
    subject: &str,
    result: Option<&Cell>,
) -> Result<(), StoreError> {
    let found: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM alarm WHERE rule=?1 AND subject=?2 AND state<>'closed'")?
        .query_row((rule, subject), |r| r.get(0))
        .optional()?;
    if let Some(id) = found {
        end(work, id, result)?;
    }
    Ok(())
}

/// Who answers for it: whoever holds the post, else the head of its department, else an administrator.
fn responsible(work: &Work<'_>, cause: &Cause) -> Result<i64, StoreError> {
    let department = match cause.rule.post {
        "security" => return Ok(security(work.db, cause.person)?.unwrap_or(work.actor.id.0)),
        "owner" => {
            if let Some(customer) = cause.customer
                && let Some((_, row)) = work.read(Noun::Customer, customer)?
                && let Some(owner) = super::tables::int(&row, "owner_id")
            {
                return Ok(owner);
            }
            "sales"
        }
        "self" => match cause.person {
            Some(person) => return Ok(person),
            None => "operations",
        },
        "asked" => cause.department.as_deref().unwrap_or("operations"),
        "director" | "sales" => "sales",
        "marketing" => "marketing",
        "service" => "service",
        _ => "operations",
    };
    let held = holder(work.db, cause.rule.post)?;
    let found = match held {
        Some(held) => Some(held),
        None => head(work.db, department)?,
    };
    Ok(found.unwrap_or(work.actor.id.0))
}

/// Who holds the post that a rule names.
pub fn holder(db: &Connection, post: &str) -> rusqlite::Result<Option<i64>> {
    let key = match post {
        "director" => "post_director",
        "marketing" => "post_marketing",
        "operations" => "post_operations",
        "service" => "post_service",
        "sales" => "post_sales",
        "security" => "post_security",
        _ => return Ok(None),
    };
    let title = settings::get(db, key)?;
    db.prepare_cached("SELECT id FROM person WHERE post=?1 AND state='active' ORDER BY id LIMIT 1")?
        .query_row([title], |r| r.get(0))
        .optional()
}

/// Who answers for the safety of data: whoever holds the post, else a security officer, else an administrator; never the
/// one it is about, as long as there is anybody else.
fn security(db: &Connection, about: Option<i64>) -> rusqlite::Result<Option<i64>> {
    let title = settings::get(db, "post_security")?;
    db.prepare_cached(
        "SELECT id FROM person WHERE state='active' AND (post=?1 OR role IN ('security','admin'))
         ORDER BY id IS ?2, post=?1 DESC, role='security' DESC, id LIMIT 1",
    )?
    .query_row((title, about), |r| r.get(0))
    .optional()
}

/// The head of a department, else an administrator.
pub fn head(db: &Connection, department: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT id FROM person WHERE state='active' AND (role='admin' OR (role='manager' AND department=?1))
         ORDER BY role='manager' DESC, id LIMIT 1",
    )?
    .query_row([department], |r| r.get(0))
    .optional()
}

/// The next one up from whoever has it: the head of their department, then the operations director, then an administrator.
pub fn above(db: &Connection, person: i64, climbed: i64) -> rusqlite::Result<Option<i64>> {
    let department: String = db
        .prepare_cached("SELECT department FROM person WHERE id=?1")?
        .query_row([person], |r| r.get(0))
        .optional()?
        .unwrap_or_default();
    let first = if climbed == 0 { head(db, &department)? } else { None };
    if let Some(first) = first.filter(|id| *id != person) {
        return Ok(Some(first));
    }
    if let Some(director) = holder(db, "operations")?.filter(|id| *id != person) {
        return Ok(Some(director));
    }
    db.prepare_cached("SELECT id FROM person WHERE state='active' AND role='admin' ORDER BY id LIMIT 1")?
        .query_row([], |r| r.get(0))
        .optional()
}
