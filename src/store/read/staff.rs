//! People as the board shows them (A145, F48): counts of the daily totals, of tasks and of the facts. Whose sheet one sees
//! is who one answers for: one's own, and those of whom one may take something back.

use std::collections::BTreeMap;

use super::eyes::Eyes;
use crate::domain::field::SCHEMES;
use crate::domain::kpi::Period;
use crate::domain::people::{PersonId, Verb, may};
use crate::domain::staff::{METRICS, Part};
use crate::store::people;
use crate::store::request::{ClassCount, Staff, StaffRow, StoreError};
use crate::store::settings;
use crate::store::write::touch;

/// What the board says of people in a period.
pub fn staff(eyes: &Eyes, period: Period) -> Result<Staff, StoreError> {
    let mut weights = [0; 4];
    for (weight, metric) in weights.iter_mut().zip(METRICS) {
        *weight = settings::number(eyes.db, &format!("weight_{metric}"))?;
    }
    let mut rows = seen(eyes)?;
    let classes = classes(eyes)?;
    let daily = daily(eyes, period)?;
    let tasks = tasks(eyes, period)?;
    let missing = unrecorded(eyes, period)?;
    for row in &mut rows {
        let id = row.person.0;
        row.classes = classes.get(&id).cloned().unwrap_or_default();
        if let Some((entries, response)) = daily.get(&id) {
            (row.entries, row.response) = (*entries, *response);
        }
        // an entry that was never made was due as well
        row.entries.n += missing.get(&id).copied().unwrap_or_default();
        row.promises = tasks.get(&id).copied().unwrap_or_default();
        (row.judged, row.note) = judged(eyes, id, period)?;
    }
    Ok(Staff { rows, weights })
}

/// Those whom the actor may see: whoever keeps customers or writes touches.
fn seen(eyes: &Eyes) -> Result<Vec<StaffRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT id, name, role, department FROM person WHERE {} ORDER BY id<>?1, name, id",
        people::WORKING
    ))?;
    let found = query.query_map([eyes.actor.id.0], |r| {
        Ok(StaffRow {
            person: PersonId(r.get(0)?),
            name: r.get(1)?,
            role: r.get(2)?,
            department: r.get(3)?,
            classes: Vec::new(),
            entries: Part::default(),
            promises: Part::default(),
            response: Part::default(),
            judged: None,
            note: None,
        })
    })?;
    let mut rows = Vec::new();
    for row in found {
        let row = row?;
        let relation = people::relation(eyes.db, eyes.actor, row.person.0, eyes.now)?;
        if row.person == eyes.actor.id || may(eyes.actor.role, Verb::Supervise, relation) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Customers of each person by class of the governing scheme, from its index alone.
fn classes(eyes: &Eyes) -> Result<BTreeMap<i64, Vec<ClassCount>>, StoreError> {
    let governing = settings::get(eyes.db, "governing")?;
    // the facts keep these two; another scheme is counted by segment
    let scheme = SCHEMES.iter().find(|s| **s == governing && matches!(**s, "segment" | "grade"));
    let scheme = scheme.copied().unwrap_or("segment");
    let mut ranges: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let mut query =
        eyes.db.prepare_cached("SELECT class, load_low, load_high FROM strategy WHERE scheme=?1")?;
    let mut rows = query.query([scheme])?;
    while let Some(r) = rows.next()? {
        if let (Some(low), Some(high)) = (r.get(1)?, r.get(2)?) {
            ranges.insert(r.get(0)?, (low, high));
        }
    }
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT owner_id, coalesce({scheme},''), count(*) FROM facts INDEXED BY facts_owner_{scheme} GROUP BY 1, 2"
    ))?;
    let mut out: BTreeMap<i64, Vec<ClassCount>> = BTreeMap::new();
    let mut rows = query.query([])?;
    while let Some(r) = rows.next()? {
        let class: String = r.get(1)?;
        let range = ranges.get(&class).copied();
        out.entry(r.get(0)?).or_default().push((class, r.get(2)?, range));
    }
    Ok(out)
}

/// Touches written down within a day, and answers to those of our own accord.
fn daily(eyes: &Eyes, period: Period) -> Result<BTreeMap<i64, (Part, Part)>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT person_id, sum(touches), sum(late), sum(proactive), sum(answered) FROM daily
         WHERE day>=?1 AND day<?2 GROUP BY 1",
    )?;
    let rows = query.query_map((period.from.to_string(), period.until.to_string()), |r| {
        let (touches, late): (i64, i64) = (r.get(1)?, r.get(2)?);
        let entries = Part { k: touches - late, n: touches };
        Ok((r.get(0)?, (entries, Part { k: r.get(4)?, n: r.get(3)? })))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Follow-ups that came due; what is due later can still be done in time and counts for neither.
fn tasks(eyes: &Eyes, period: Period) -> Result<BTreeMap<i64, Part>, StoreError> {
    let zone = eyes.now.zone;
    let [from, until] = [period.from, period.until].map(|day| zone.start(day).timestamp_millis());
    let mut query = eyes.db.prepare_cached(
        "SELECT owner_id, count(CASE WHEN done_at<=due_at THEN 1 END), count(*) FROM task
         WHERE due_at>?1 AND due_at<=?2 AND state<>'dropped' GROUP BY 1",
    )?;
    let rows = query.query_map((from, until.min(eyes.now.ms())), |r| {
        Ok((r.get(0)?, Part { k: r.get(1)?, n: r.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Follow-ups of a period about which nothing was written down within a day of their due (G17).
fn unrecorded(eyes: &Eyes, period: Period) -> Result<BTreeMap<i64, i64>, StoreError> {
    let zone = eyes.now.zone;
    let [from, until] = [period.from, period.until].map(|day| zone.start(day).timestamp_millis());
    let mut query = eyes.db.prepare_cached(
        "SELECT t.owner_id, count(*) FROM task t JOIN facts f ON f.customer_id=t.customer_id
         WHERE t.state='open' AND t.due_at>?1 AND t.due_at<=?2 AND t.kind IN ('promise','plan')
           AND coalesce(f.last_touch,0)<t.due_at GROUP BY 1",
    )?;
    let late = eyes.now.ms() - touch::in_time(eyes.db)?;
    let rows = query.query_map((from, until.min(late)), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What was judged by hand of the months inside a period: the mean, and the latest note.
fn judged(eyes: &Eyes, person: i64, period: Period) -> Result<(Option<i64>, Option<String>), StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT score, note FROM assessment WHERE person_id=?1 AND month=?2")?;
    let (mut sum, mut count, mut note) = (0, 0, None);
    for month in period.months() {
        let mut rows = query.query((person, month))?;
        if let Some(r) = rows.next()? {
            sum += r.get::<_, i64>(0)?;
            count += 1;
            note = r.get(1)?;
        }
    }
    Ok(((count > 0).then(|| (sum + count / 2) / count), note))
}
