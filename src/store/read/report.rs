//! What a report says: the figures of its period, of the one before and of the trend, the alarms, causes, evaluations and
//! suggestions that belong to it. Periods that are kept cost nothing; whoever wants to show progress asks for them one by
//! one before.

use rusqlite::Connection;

use super::eyes::Eyes;
use super::{alarms, kpi, review};
use crate::domain::clock::from_ms;
use crate::domain::kpi::{Figure, Period};
use crate::domain::review::OWN;
use crate::store::request::{
    AlarmRow, CauseRow, Evaluation, EvaluationRow, Judged, KpiQuery, Kpis, PERIODS, Past, Report, StoreError,
    SuggestionRow,
};
use crate::store::settings;

/// The report of a period.
pub fn report(eyes: &mut Eyes, query: KpiQuery) -> Result<Report, StoreError> {
    let (db, now) = (eyes.db, eyes.now);
    let kpis = shown(eyes, query)?;
    let mut trail = Vec::with_capacity(PERIODS);
    for period in query.period.trail(PERIODS) {
        let values = if period == query.period {
            values(&kpis)
        } else {
            values(&shown(eyes, KpiQuery { period, ..query })?)
        };
        trail.push(Past { period, values });
    }
    // a period that runs is compared with the same days of the one before
    let before = match kpi::span(db, now, query)?.same_days() {
        Some(at) => {
            let same = KpiQuery { period: query.period.before(), as_of: Some(at) };
            values(&shown(eyes, same)?)
        }
        None => trail.iter().rev().nth(1).map(|past| past.values.clone()).unwrap_or_default(),
    };
    let silent = trail.iter().take(PERIODS - 1).take_while(|past| silent(past)).count();
    trail.drain(..silent);
    let by = db
        .prepare_cached("SELECT name FROM person WHERE id=?1")?
        .query_row([eyes.actor.id.0], |r| r.get(0))?;
    let over = from_ms(kpis.as_of) >= now.zone.start(query.period.until);
    let (period, as_of) = (query.period, kpis.as_of);
    let evaluations = evaluations(eyes, period, as_of)?;
    Ok(Report {
        zone: now.zone,
        company: settings::get(db, "company")?,
        by,
        over,
        before,
        trail,
        alarms: raised(eyes, period, as_of)?,
        causes: causes(db, period, as_of)?,
        suggestions: suggestions(db, period, as_of, &evaluations)?,
        evaluations,
        kpis,
    })
}

fn shown(eyes: &mut Eyes, query: KpiQuery) -> Result<Kpis, StoreError> {
    // what is to be kept of them is not masked, and a report keeps nothing
    Ok(Kpis { fresh: None, ..kpi::shown(eyes, query, &kpi::Far::nobody())? })
}

fn values(kpis: &Kpis) -> Vec<Vec<Option<f64>>> {
    kpis.groups.iter().map(|g| g.rows.iter().map(|r| r.figure.value).collect()).collect()
}

/// Whether nothing at all had happened.
fn silent(past: &Past) -> bool {
    past.values.iter().flatten().flatten().all(|value| *value == 0.0)
}

/// Causes of the period and of the shorter ones inside it, in the order of the periods.
fn causes(db: &Connection, period: Period, as_of: i64) -> Result<Vec<CauseRow>, StoreError> {
    let inside = |c: &CauseRow| period.from <= c.period.from && c.period.until <= period.until;
    let mut causes: Vec<CauseRow> =
        review::causes(db)?.into_iter().filter(|c| c.at <= as_of && inside(c)).collect();
    causes.sort_by_key(|c| (c.period.from, c.at, c.id));
    Ok(causes)
}

/// Alarms that were raised in the period or open in it, as they stood.
fn raised(eyes: &mut Eyes, period: Period, as_of: i64) -> Result<Vec<AlarmRow>, StoreError> {
    let zone = eyes.now.zone;
    let [from, until] = [period.from, period.until].map(|day| zone.start(day).timestamp_millis());
    let mut rows = alarms::between(eyes, from, until)?;
    rows.retain(|row| row.raised_at <= as_of);
    for row in rows.iter_mut().filter(|row| row.closed_at.is_some_and(|at| at > as_of)) {
        // what ended later was open then
        let state = if row.acknowledged_by.is_some() { "acknowledged" } else { "raised" };
        state.clone_into(&mut row.state);
        (row.ended, row.result, row.closed_by, row.closed_at) = (None, None, None, None);
    }
    Ok(rows)
}

/// Activities that ended in the period or were to be evaluated in it, with their evaluation as it stood.
fn evaluations(eyes: &mut Eyes, period: Period, as_of: i64) -> Result<Vec<Judged>, StoreError> {
    let db = eyes.db;
    let within = |day| period.from <= day && day < period.until;
    let belongs = |row: &EvaluationRow| within(row.period.last()) || within(row.due);
    let mut judged = Vec::new();
    for row in review::evaluations(db)?.into_iter().filter(belongs) {
        let found = row.id.map(|id| review::shown(eyes, id)).transpose()?.flatten();
        let mut evaluation = found.unwrap_or_else(|| Evaluation {
            row,
            baseline: None,
            before: Vec::new(),
            lines: Vec::new(),
            suggestions: Vec::new(),
            activity: None,
        });
        if closed_after(db, evaluation.row.id, as_of)? {
            // what was concluded later was open then
            "open".clone_into(&mut evaluation.row.state);
            evaluation.row.result = None;
        }
        let figures = reached(eyes, &evaluation, as_of)?;
        let of = |id: &str, segment: &str| -> Option<Figure> {
            figures.as_ref()?.row(segment, id).map(|row| row.figure.clone())
        };
        let standings = evaluation.lines.iter().map(|line| evaluation.stand(line, &of)).collect();
        judged.push(Judged { evaluation, standings });
    }
    judged.sort_by_key(|j| (j.evaluation.row.period.until, j.evaluation.row.name.clone()));
    Ok(judged)
}

fn closed_after(db: &Connection, id: Option<i64>, as_of: i64) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(closed_at)>?2, 0) FROM evaluation WHERE id=?1")?
        .query_row((id, as_of), |r| r.get(0))?)
}

/// The figures of the time of an activity, where an open evaluation has lines about them.
fn reached(eyes: &mut Eyes, evaluation: &Evaluation, as_of: i64) -> Result<Option<Kpis>, StoreError> {
    let asks = evaluation.lines.iter().any(|l| l.dimension != OWN && l.dimension != "activity");
    if evaluation.row.state == "done" || !asks {
        return Ok(None);
    }
    shown(eyes, KpiQuery { period: evaluation.row.period, as_of: Some(as_of) }).map(Some)
}

/// Suggestions that were open, that were due in the period, or that follow from what was evaluated; as they stood.
fn suggestions(
    db: &Connection,
    period: Period,
    as_of: i64,
    evaluations: &[Judged],
) -> Result<Vec<SuggestionRow>, StoreError> {
    let mut times = db.prepare_cached("SELECT at, done_at FROM suggestion WHERE id=?1")?;
    let mut found = Vec::new();
    for mut row in review::suggestions(db, None)? {
        let (at, done_at): (i64, Option<i64>) = times.query_row([row.id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        row.done = row.done && done_at.is_none_or(|at| at <= as_of);
        row.applied = row.applied.filter(|at| *at <= as_of);
        let of_these =
            evaluations.iter().any(|j| j.evaluation.row.id.is_some_and(|id| row.evaluation == Some(id)));
        let belongs = !row.done || of_these || (period.from <= row.due && row.due < period.until);
        if at <= as_of && belongs {
            found.push(row);
        }
    }
    found.sort_by_key(|row| (row.due, row.id));
    Ok(found)
}
