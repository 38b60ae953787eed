//! Baselines, causes, evaluations and suggestions (A129, A130, F47, F49, H19). They belong to the company: figures of all
//! customers, no customer's own; whoever may not see all amounts is not told those of a few ([`shown`]).

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow};

use super::eyes::Eyes;
use super::kpi::few;
use super::row::day;
use crate::domain::campaign::evaluate_on;
use crate::domain::field::{Noun, Row};
use crate::domain::kpi::{Figure, Kpi, Length, Period, SEGMENTS, group, kpi};
use crate::domain::review::{Activity, OWN, periods};
use crate::store::request::{
    BaselineRow, CauseRow, Evaluation, EvaluationRow, KpiGroup, KpiQuery, KpiRow, Kpis, LineRow, StoreError,
    SuggestionRow,
};
use crate::store::settings;
use crate::store::touch_sum::{self, Of};
use crate::store::watch::is_small;

/// Rows of a list.
const MOST: usize = 500;

fn period(r: &SqlRow<'_>, from: usize, length: &str) -> rusqlite::Result<Period> {
    let length = match length {
        "week" => Length::Week,
        "month" => Length::Month,
        "quarter" => Length::Quarter,
        "year" => Length::Year,
        _ => Length::Span,
    };
    Ok(Period {
        from: day(r, from)?.unwrap_or_default(),
        until: day(r, from + 1)?.unwrap_or_default(),
        length,
    })
}

fn baseline(r: &SqlRow<'_>) -> rusqlite::Result<BaselineRow> {
    Ok(BaselineRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        name: r.get(2)?,
        period: period(r, 3, &r.get::<_, String>(5)?)?,
        at: r.get(6)?,
        by: r.get(7)?,
    })
}

const BASELINE: &str =
    "SELECT b.id, b.rev, b.name, b.from_on, b.until_on, b.length, b.at, p.name FROM baseline b
    JOIN person p ON p.id=b.by_id";

/// Every baseline, the newest first.
pub fn baselines(db: &Connection) -> Result<Vec<BaselineRow>, StoreError> {
    let mut query = db.prepare_cached(&format!("{BASELINE} ORDER BY b.at DESC, b.id DESC LIMIT {MOST}"))?;
    let rows = query.query_map([], baseline)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The figures of a baseline as a board of its period; targets and verdicts belong to the present and are left out.
pub fn figures(db: &Connection, id: i64) -> Result<Option<Kpis>, StoreError> {
    let found =
        db.prepare_cached(&format!("{BASELINE} WHERE b.id=?1"))?.query_row([id], baseline).optional()?;
    let Some(row) = found else { return Ok(None) };
    let groups = stored(db, id)?
        .into_iter()
        .enumerate()
        .take(SEGMENTS.len() + 1)
        .map(|(slot, figures)| KpiGroup {
            segment: group(slot),
            rows: figures.into_iter().map(|figure| KpiRow { figure, target: None, verdict: None }).collect(),
        })
        .collect();
    Ok(Some(Kpis { period: row.period, as_of: row.at, groups, fresh: None }))
}

fn stored(db: &Connection, id: i64) -> Result<Vec<Vec<Figure>>, StoreError> {
    let json: String =
        db.prepare_cached("SELECT figures FROM baseline WHERE id=?1")?.query_row([id], |r| r.get(0))?;
    serde_json::from_str(&json).map_err(|e| StoreError::Defect(e.to_string()))
}

/// Every cause that was written down, the newest period first.
pub fn causes(db: &Connection) -> Result<Vec<CauseRow>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT c.id, c.rev, c.kpi, c.segment, c.from_on, c.until_on, c.text, p.name, c.at FROM cause_note c
         JOIN person p ON p.id=c.by_id ORDER BY c.until_on DESC, c.id DESC LIMIT {MOST}"
    ))?;
    let rows = query.query_map([], |r| {
        Ok(CauseRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            kpi: r.get(2)?,
            segment: r.get(3)?,
            period: period(r, 4, "span")?,
            text: r.get(6)?,
            by: r.get(7)?,
            at: r.get(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The evaluation of a campaign or plan, if it has begun.
pub fn of(db: &Connection, of: Row) -> Result<Option<i64>, StoreError> {
    let sql = if of.noun == Noun::Campaign {
        "SELECT id FROM evaluation WHERE campaign_id=?1"
    } else {
        "SELECT id FROM evaluation WHERE plan_id=?1"
    };
    Ok(db.prepare_cached(sql)?.query_row([of.id], |r| r.get(0)).optional()?)
}

/// The targets of a plan: KPI, target, what was reached.
pub fn plan_targets(db: &Connection, plan: i64) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT kpi, target, actual FROM plan_target WHERE plan_id=?1 ORDER BY id")?;
    let rows = query.query_map([plan], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is evaluated, with its evaluation where that has begun.
const ACTIVITIES: &str = "SELECT e.id, coalesce(e.rev,0), a.noun, a.id, a.name, p.name, a.starts_on, a.ends_on,
      coalesce(e.due_on, a.evaluate_on), 
      coalesce(e.state, CASE WHEN a.result IS NULL THEN 'none' ELSE 'concluded' END), coalesce(e.result, a.result),
      (SELECT count(*) FROM evaluation_line l WHERE l.evaluation_id=e.id AND l.verdict='met'),
      (SELECT count(*) FROM evaluation_line l WHERE l.evaluation_id=e.id AND l.verdict IN ('missed','unclear')),
      (SELECT count(*) FROM suggestion s WHERE s.evaluation_id=e.id AND s.state='done'),
      (SELECT count(*) FROM suggestion s WHERE s.evaluation_id=e.id)
    FROM (SELECT 'campaign' AS noun, id, name, owner_id, starts_on, ends_on, evaluate_on, result, state FROM campaign
          UNION ALL SELECT 'plan', id, name, owner_id, starts_on, ends_on, NULL, NULL, state FROM plan WHERE of_id IS NULL) a
    LEFT JOIN evaluation e ON (a.noun='campaign' AND e.campaign_id=a.id) OR (a.noun='plan' AND e.plan_id=a.id)
    JOIN person p ON p.id=coalesce(e.owner_id, a.owner_id)";

fn row(r: &SqlRow<'_>, months: u32) -> rusqlite::Result<EvaluationRow> {
    let noun = if r.get_ref(2)?.as_str()? == "campaign" { Noun::Campaign } else { Noun::Plan };
    let starts = day(r, 6)?.unwrap_or_default();
    let ends = day(r, 7)?.unwrap_or_default();
    Ok(EvaluationRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        of: Row { noun, id: r.get(3)? },
        name: r.get(4)?,
        owner: r.get(5)?,
        period: periods(starts, ends).0,
        due: day(r, 8)?.unwrap_or_else(|| evaluate_on(ends, months)),
        state: r.get(9)?,
        result: r.get(10)?,
        verdicts: (r.get(11)?, r.get(12)?),
        suggestions: (r.get(13)?, r.get(14)?),
    })
}

fn months(db: &Connection) -> Result<u32, StoreError> {
    Ok(u32::try_from(settings::number(db, "evaluation_months")?).unwrap_or(1))
}

/// What was carried out: open evaluations first by their due, then those that are closed, the newest first.
pub fn evaluations(db: &Connection) -> Result<Vec<EvaluationRow>, StoreError> {
    let months = months(db)?;
    let mut query = db.prepare_cached(&format!(
        "{ACTIVITIES} WHERE a.state<>'draft' ORDER BY a.ends_on DESC LIMIT {MOST}"
    ))?;
    let rows = query.query_map([], |r| row(r, months))?;
    let mut rows: Vec<EvaluationRow> = rows.collect::<rusqlite::Result<_>>()?;
    let key = |row: &EvaluationRow| {
        let closed = matches!(row.state.as_str(), "done" | "concluded");
        (closed, if closed { NaiveDate::default() } else { row.due })
    };
    rows.sort_by_key(key);
    Ok(rows)
}

/// One evaluation with all that stands in it.
pub fn one(db: &Connection, id: i64) -> Result<Option<Evaluation>, StoreError> {
    let months = months(db)?;
    let found = db
        .prepare_cached(&format!("{ACTIVITIES} WHERE e.id=?1"))?
        .query_row([id], |r| row(r, months))
        .optional()?;
    let Some(row) = found else { return Ok(None) };
    let stands_on: Option<i64> =
        db.prepare_cached("SELECT baseline_id FROM evaluation WHERE id=?1")?.query_row([id], |r| r.get(0))?;
    let (base, before) = match stands_on {
        Some(base) => (
            db.prepare_cached(&format!("{BASELINE} WHERE b.id=?1"))?
                .query_row([base], baseline)
                .optional()?,
            stored(db, base)?,
        ),
        None => (None, Vec::new()),
    };
    let activity = if row.of.noun == Noun::Campaign { Some(activity(db, row.of.id)?) } else { None };
    Ok(Some(Evaluation {
        lines: lines(db, id)?,
        suggestions: suggestions(db, Some(id))?,
        row,
        baseline: base,
        before,
        activity,
    }))
}

/// One evaluation as it shows to whoever asks: what would tell the amounts of too few customers is taken out, of its baseline
/// and of the figures that were frozen when it was closed (I14).
pub fn shown(eyes: &mut Eyes, id: i64) -> Result<Option<Evaluation>, StoreError> {
    let Some(mut found) = one(eyes.db, id)? else { return Ok(None) };
    if eyes.sees_all() {
        return Ok(Some(found));
    }
    let base = found.baseline.as_ref().map(|row| row.id);
    let mut before = base.map(|base| figures(eyes.db, base)).transpose()?.flatten();
    if let Some(kpis) = &mut before {
        few::mask(eyes, kpis)?;
        let figures = |group: &KpiGroup| group.rows.iter().map(|row| row.figure.clone()).collect();
        found.before = kpis.groups.iter().map(figures).collect();
    }
    let told = |line: &LineRow| line.dimension != OWN && kpi(&line.metric).is_some_and(Kpi::tells_amounts);
    let frozen = found.lines.iter().any(|line| told(line) && line.actual.is_some());
    let mut during = if frozen { counted(eyes, found.row.period)? } else { None };
    if let Some(kpis) = &mut during {
        few::mask(eyes, kpis)?;
    }
    for line in found.lines.iter_mut().filter(|line| told(line)) {
        if hides(before.as_ref(), line) {
            line.baseline = None;
        }
        if hides(during.as_ref(), line) {
            (line.actual, line.verdict) = (None, None);
        }
    }
    Ok(Some(found))
}

/// Whether figures do not show that of a line; where they are not at hand nothing shows.
fn hides(kpis: Option<&Kpis>, line: &LineRow) -> bool {
    kpis.and_then(|kpis| kpis.row(&line.segment, &line.metric)).is_none_or(|row| row.figure.masked)
}

/// The figures of a period; of a large company those that are kept alone.
fn counted(eyes: &Eyes, period: Period) -> Result<Option<Kpis>, StoreError> {
    let query = KpiQuery { period, as_of: None };
    if is_small(eyes.db)? {
        return super::kpi::kpis(eyes.db, eyes.now, query).map(Some);
    }
    super::kpi::at_hand(eyes.db, eyes.now, query)
}

fn lines(db: &Connection, evaluation: i64) -> Result<Vec<LineRow>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, rev, dimension, metric, segment, target, baseline, actual, verdict, cause FROM evaluation_line
         WHERE evaluation_id=?1
         ORDER BY CASE dimension WHEN 'activity' THEN 0 WHEN 'value' THEN 1 WHEN 'efficiency' THEN 2
                  WHEN 'satisfaction' THEN 3 ELSE 4 END, id",
    )?;
    let rows = query.query_map([evaluation], |r| {
        Ok(LineRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            dimension: r.get(2)?,
            metric: r.get(3)?,
            segment: r.get(4)?,
            target: r.get(5)?,
            baseline: r.get(6)?,
            actual: r.get(7)?,
            verdict: r.get(8)?,
            cause: r.get(9)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Suggestions of an evaluation; all of the company where none is named, open ones first.
pub fn suggestions(db: &Connection, evaluation: Option<i64>) -> Result<Vec<SuggestionRow>, StoreError> {
    let which = if evaluation.is_some() { "s.evaluation_id=?1" } else { "?1 IS NULL" };
    let mut query = db.prepare_cached(&format!(
        "SELECT s.id, s.rev, s.evaluation_id, coalesce(c.name, l.name), s.direction, s.measure, p.name, s.due_on,
                s.state='done', s.edit, s.applied_at
         FROM suggestion s JOIN person p ON p.id=s.owner_id LEFT JOIN evaluation e ON e.id=s.evaluation_id
         LEFT JOIN campaign c ON c.id=e.campaign_id LEFT JOIN plan l ON l.id=e.plan_id
         WHERE {which} ORDER BY s.state DESC, s.due_on, s.id LIMIT {MOST}"
    ))?;
    let rows = query.query_map([evaluation], |r| {
        let edit: Option<String> = r.get(9)?;
        Ok(SuggestionRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            evaluation: r.get(2)?,
            of: r.get(3)?,
            direction: r.get(4)?,
            measure: r.get(5)?,
            owner: r.get(6)?,
            due: day(r, 7)?.unwrap_or_default(),
            done: r.get(8)?,
            // what a newer program has prepared is not offered here
            edit: edit.and_then(|json| serde_json::from_str(&json).ok()),
            applied: r.get(10)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the touches of a campaign came to.
fn activity(db: &Connection, campaign: i64) -> Result<Activity, StoreError> {
    let (code, touched, cost): (String, i64, i64) = db
        .prepare_cached("SELECT code, touched, cost_fen FROM campaign WHERE id=?1")?
        .query_row([campaign], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let sum = touch_sum::one(db, Of::Campaign, &code)?;
    Ok(Activity { touched, answered: sum.answered, ordered: sum.converted, cost })
}
