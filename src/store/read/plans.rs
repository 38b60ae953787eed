//! Plans with their tasks, resources, targets and earlier versions (H41–H44).

use super::eyes::Eyes;
use super::row::day;
use crate::domain::money::Fen;
use crate::domain::script::list;
use crate::store::request::{PlanPart, PlanRow, PlanTaskRow, StoreError};

const COLUMNS: &str =
    "p.id, p.rev, p.version, p.name, p.filter, c.code, c.name, p.relation, p.goal, p.content, p.channels,
    p.frequency, p.starts_on, p.ends_on, p.problems, p.report, o.name, p.state, p.written_at, w.name";
const JOINS: &str = "plan p JOIN person o ON o.id=p.owner_id JOIN person w ON w.id=p.written_by
    LEFT JOIN customer c ON c.id=p.customer_id";

fn row(r: &rusqlite::Row<'_>) -> rusqlite::Result<PlanRow> {
    let code: Option<String> = r.get(5)?;
    let name: Option<String> = r.get(6)?;
    Ok(PlanRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        version: r.get(2)?,
        name: r.get(3)?,
        filter: r.get(4)?,
        customer: code.zip(name),
        relation: r.get(7)?,
        goal: r.get(8)?,
        content: r.get(9)?,
        channels: list(r.get::<_, Option<String>>(10)?.as_deref().unwrap_or_default()),
        frequency: r.get(11)?,
        starts_on: day(r, 12)?.unwrap_or_default(),
        ends_on: day(r, 13)?.unwrap_or_default(),
        problems: r.get(14)?,
        report: r.get(15)?,
        owner: r.get(16)?,
        state: r.get(17)?,
        written: (r.get(18)?, r.get(19)?),
        tasks: Vec::new(),
        resources: Vec::new(),
        targets: Vec::new(),
        earlier: Vec::new(),
    })
}

/// Every plan: those that go on, then drafts, then those that are closed.
pub fn all(eyes: &Eyes) -> Result<Vec<PlanRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {JOINS} WHERE p.of_id IS NULL
         ORDER BY CASE p.state WHEN 'running' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, p.starts_on DESC, p.id DESC LIMIT 500"
    ))?;
    let mut plans: Vec<PlanRow> = query.query_map([], row)?.collect::<rusqlite::Result<_>>()?;
    for plan in &mut plans {
        plan.tasks = tasks(eyes, plan.id)?;
        plan.resources = parts(
            eyes,
            "SELECT id, rev, kind, text, amount_fen, on_day FROM plan_resource WHERE plan_id=?1 ORDER BY id",
            plan.id,
        )?;
        plan.targets = parts(
            eyes,
            "SELECT id, rev, kpi, target, NULL, actual FROM plan_target WHERE plan_id=?1 ORDER BY id",
            plan.id,
        )?;
        let mut query = eyes.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {JOINS} WHERE p.of_id=?1 ORDER BY p.version DESC"
        ))?;
        plan.earlier = query.query_map([plan.id], row)?.collect::<rusqlite::Result<_>>()?;
    }
    Ok(plans)
}

fn tasks(eyes: &Eyes, plan: i64) -> Result<Vec<PlanTaskRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT t.id, t.rev, t.text, t.due_on, p.name, t.state='done' FROM plan_task t JOIN person p ON p.id=t.owner_id
         WHERE t.plan_id=?1 ORDER BY t.due_on, t.id",
    )?;
    let rows = query.query_map([plan], |r| {
        Ok(PlanTaskRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            text: r.get(2)?,
            due: day(r, 3)?.unwrap_or_default(),
            owner: r.get(4)?,
            done: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn parts(eyes: &Eyes, sql: &str, plan: i64) -> Result<Vec<PlanPart>, StoreError> {
    let mut query = eyes.db.prepare_cached(sql)?;
    let rows = query.query_map([plan], |r| {
        Ok(PlanPart {
            id: r.get(0)?,
            rev: r.get(1)?,
            kind: r.get(2)?,
            text: r.get(3)?,
            amount: r.get::<_, Option<i64>>(4)?.map(Fen),
            note: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
