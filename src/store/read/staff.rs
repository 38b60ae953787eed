//! People as the board shows them (A145, F48): counts of the daily totals, of tasks and of the facts. Whose sheet one sees
//! is who one answers for: one's own, and those of whom one may take something back.

use std::collections::BTreeMap;

use super::eyes::Eyes;
use crate::domain::field::SCHEMES;
use crate::domain::kpi::{Period, place};
use crate::domain::people::{PersonId, Verb, may};
use crate::domain::staff::{METRICS, Part};
use crate::store::people;
use crate::store::request::{ClassCount, Staff, StaffRow, StoreError};
use crate::store::{late, settings};

/// What the board says of people in a period.
pub fn staff(eyes: &Eyes, period: Period) -> Result<Staff, StoreError> {
    let mut weights = [0; 4];
    for (weight, metric) in weights.iter_mut().zip(METRICS) {
        *weight = settings::number(eyes.db, &format!("weight_{metric}"))?;
    }
    let mut rows = seen(eyes)?;
    let scheme = scheme(eyes)?;
    let classes = classes(eyes, scheme)?;
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
    Ok(Staff { rows, weights, scheme })
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
        if answers_for(eyes, row.person)? {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Whether the actor sees the sheet of a person.
pub fn answers_for(eyes: &Eyes, person: PersonId) -> Result<bool, StoreError> {
    let relation = people::relation(eyes.db, eyes.actor, person.0, eyes.now)?;
    Ok(person == eyes.actor.id || may(eyes.actor.role, Verb::Supervise, relation))
}

/// The scheme that customers are counted by: the governing one where the facts keep it, else the segment.
fn scheme(eyes: &Eyes) -> Result<&'static str, StoreError> {
    let governing = settings::get(eyes.db, "governing")?;
    let kept = SCHEMES.iter().find(|s| **s == governing && matches!(**s, "segment" | "grade"));
    Ok(kept.copied().unwrap_or("segment"))
}

/// Customers of each person by class of a scheme that the facts keep, from its index alone.
fn classes(eyes: &Eyes, scheme: &str) -> Result<BTreeMap<i64, Vec<ClassCount>>, StoreError> {
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
    // as they are told everywhere: segments from the best on, grades by their letters, whoever has none last
    let order = |class: &str| (class.is_empty(), place(class), class.to_owned());
    for classes in out.values_mut() {
        classes.sort_by_cached_key(|(class, ..)| order(class));
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

/// The first instant of a period and the first one after it.
pub fn instants(eyes: &Eyes, period: Period) -> (i64, i64) {
    let at = |day| eyes.now.zone.start(day).timestamp_millis();
    (at(period.from), at(period.until))
}

/// Follow-ups that came due after `?1` and up to `?2`; what is due later can still be done in time and counts for neither.
pub const FOLLOWED: &str = "task WHERE due_at>?1 AND due_at<=?2 AND state<>'dropped'";

/// Follow-ups due after `?1` and up to `?2` about which nothing was written down within a day of their due (G17).
pub const UNRECORDED: &str = "task t JOIN facts f ON f.customer_id=t.customer_id
     WHERE t.state='open' AND t.due_at>?1 AND t.due_at<=?2 AND t.kind IN ('promise','plan')
       AND coalesce(f.last_touch,0)<t.due_at";

fn tasks(eyes: &Eyes, period: Period) -> Result<BTreeMap<i64, Part>, StoreError> {
    let (from, until) = instants(eyes, period);
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT owner_id, count(CASE WHEN done_at<=due_at THEN 1 END), count(*) FROM {FOLLOWED} GROUP BY 1"
    ))?;
    let rows = query.query_map((from, until.min(eyes.now.ms())), |r| {
        Ok((r.get(0)?, Part { k: r.get(1)?, n: r.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The instant up to which a due has to lie for its record to be late by now.
pub fn late_before(eyes: &Eyes) -> Result<i64, StoreError> {
    Ok(eyes.now.ms() - late::in_time(eyes.db)?)
}

fn unrecorded(eyes: &Eyes, period: Period) -> Result<BTreeMap<i64, i64>, StoreError> {
    let (from, until) = instants(eyes, period);
    let mut query =
        eyes.db.prepare_cached(&format!("SELECT t.owner_id, count(*) FROM {UNRECORDED} GROUP BY 1"))?;
    let rows = query.query_map((from, until.min(late_before(eyes)?)), |r| Ok((r.get(0)?, r.get(1)?)))?;
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
