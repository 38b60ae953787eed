//! Touches: of one customer, and of everybody as a list, newest first. A search for words that are common walks the
//! time index and checks each touch; for rare ones the index of words names the few candidates.

use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::eyes::Eyes;
use crate::domain::find::{fold, needle};
use crate::domain::money::Fen;
use crate::store::request::{OutcomeRow, StoreError, TouchList, TouchRow, Window};

/// How far a search looks.
pub(super) struct Reach {
    /// Touches that it walks through by time before it asks the index of words.
    pub walk: usize,
    /// Hits of the index of words that are put in order of time: it has them in the order of customers.
    pub hits: usize,
    /// Candidates that are looked at of them.
    pub most: usize,
    /// Touches that it walks through by time where there are more hits.
    pub far: usize,
}

const REACH: Reach = Reach { walk: 20_000, hits: 100_000, most: 5_000, far: 200_000 };

const COLUMNS: &str = "t.id, t.rev, t.customer_id, c.code, c.name, t.at, t.recorded_at, t.late, t.channel, t.kind,
    (SELECT k.name FROM contact k WHERE k.id=t.contact_id), t.topic, t.summary, t.feedback, t.responded, t.converted,
    t.cost_fen, t.product, t.segment_then, p.name, p.post, t.department, t.closed, t.override, t.script";
/// What a search looks at: when, which, all its words, by whom, how.
const SEARCHED: &str = "t.at, t.id,
    t.summary||' '||coalesce(t.feedback,'')||' '||coalesce(t.topic,'')||' '||coalesce(t.product,''), t.person_id, t.channel,
    coalesce(t.segment_then,''), t.responded, t.late, t.override IS NOT NULL,
    coalesce(t.script,'')";
/// Touches first, always: the planner, which does not see bound values, took the few people first and read all their
/// touches (200 ms instead of 0.2 at 100,000 customers).
const FROM: &str =
    "touch t CROSS JOIN customer c ON c.id=t.customer_id CROSS JOIN person p ON p.id=t.person_id";

fn touch(r: &Row<'_>) -> rusqlite::Result<TouchRow> {
    Ok(TouchRow {
        id: r.get(0)?,
        rev: r.get(1)?,
        customer: r.get(2)?,
        code: r.get(3)?,
        name: r.get(4)?,
        at: r.get(5)?,
        recorded_at: r.get(6)?,
        late: r.get(7)?,
        channel: r.get(8)?,
        kind: r.get(9)?,
        contact: r.get(10)?,
        topic: r.get(11)?,
        summary: r.get(12)?,
        feedback: r.get(13)?,
        responded: r.get(14)?,
        converted: r.get(15)?,
        cost: Some(Fen(r.get(16)?)),
        product: r.get(17)?,
        segment_then: r.get(18)?,
        person: r.get(19)?,
        post: r.get(20)?,
        department: r.get(21)?,
        next: String::new(),
        closed: r.get(22)?,
        override_reason: r.get(23)?,
        script: r.get(24)?,
        outcomes: Vec::new(),
    })
}

/// Fills in the next actions of touches, as one line each (A148), and what became of them later (E24).
fn with_next(eyes: &Eyes, mut rows: Vec<TouchRow>) -> Result<Vec<TouchRow>, StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT due_on, text FROM task WHERE touch_id=?1 ORDER BY due_at, id")?;
    let mut became = eyes
        .db
        .prepare_cached("SELECT at, kind, note FROM touch_outcome WHERE touch_id=?1 ORDER BY at, id")?;
    for row in &mut rows {
        let tasks = query.query_map([row.id], |r| {
            let (day, text): (String, String) = (r.get(0)?, r.get(1)?);
            Ok(format!("{} {text}", day.get(5..).unwrap_or(&day)))
        })?;
        row.next = tasks.collect::<rusqlite::Result<Vec<_>>>()?.join("; ");
        let outcomes = became
            .query_map([row.id], |r| Ok(OutcomeRow { at: r.get(0)?, kind: r.get(1)?, note: r.get(2)? }))?;
        row.outcomes = outcomes.collect::<rusqlite::Result<_>>()?;
    }
    Ok(rows)
}

/// The latest touches of a customer.
pub fn of(eyes: &Eyes, customer: i64, most: usize) -> Result<Vec<TouchRow>, StoreError> {
    // the plus keeps the planner from walking everybody's touches by time: it does not know how narrow the range is
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE t.id BETWEEN ?1 AND ?2 ORDER BY +t.at DESC, t.id DESC LIMIT {most}"
    );
    let rows = eyes
        .db
        .prepare_cached(&sql)?
        .query_map((customer << 20, ((customer + 1) << 20) - 1), touch)?
        .collect::<rusqlite::Result<_>>()?;
    with_next(eyes, rows)
}

/// A window of everybody's touches.
pub fn list(eyes: &mut Eyes, list: &TouchList) -> Result<Window<TouchRow>, StoreError> {
    if !list.text.trim().is_empty() {
        return search(eyes, list, &REACH);
    }
    let take = list.take.clamp(1, 2_000);
    let around: Option<(i64, i64)> = match list.around {
        Some(id) => eyes
            .db
            .prepare_cached("SELECT at, id FROM touch WHERE id=?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?,
        None => None,
    };
    // `older` walks towards the past, which is down the screen
    let (ids, before, after) = if let Some(key) = around {
        let half = take / 2;
        let mut newer = ids(eyes, list, Some(key), false, half + 1)?;
        let before = newer.len() > half;
        newer.truncate(half);
        newer.reverse();
        newer.push(key.1);
        let mut older = ids(eyes, list, Some(key), true, take - half + 1)?;
        let after = older.len() > take - half;
        older.truncate(take - half);
        newer.extend(older);
        (newer, before, after)
    } else {
        let mut found = ids(eyes, list, None, !list.end, take + 1)?;
        let more = found.len() > take;
        found.truncate(take);
        if list.end {
            found.reverse();
            (found, more, false)
        } else {
            (found, false, more)
        }
    };
    Ok(Window { rows: by_id(eyes, &ids)?, before, after })
}

fn ids(
    eyes: &Eyes,
    list: &TouchList,
    from: Option<(i64, i64)>,
    older: bool,
    take: usize,
) -> Result<Vec<i64>, StoreError> {
    let (sign, way) = if older { ("<", "DESC") } else { (">", "ASC") };
    let mut sql = Vec::new();
    let mut bound = Vec::new();
    if let Some((at, id)) = from {
        sql.push(format!("(t.at,t.id){sign}(?,?)"));
        bound.extend([Cell::Integer(at), Cell::Integer(id)]);
    }
    if let Some(person) = list.person {
        sql.push("t.person_id=?".to_owned());
        bound.push(Cell::Integer(person.0));
    }
    if let Some((from, until)) = list.span {
        sql.push("t.at>=? AND t.at<?".to_owned());
        bound.extend([Cell::Integer(from), Cell::Integer(until)]);
    }
    if let Some(segment) = &list.segment {
        // the plus: one segment is no narrow range
        sql.push("coalesce(+t.segment_then,'')=?".to_owned());
        bound.push(Cell::Text(segment.clone()));
    }
    for (column, wanted) in [("channel", &list.channel), ("script", &list.script)] {
        if let Some(wanted) = wanted {
            sql.push(format!("coalesce(+t.{column},'')=?"));
            bound.push(Cell::Text(wanted.clone()));
        }
    }
    for (wanted, condition) in
        [(list.gaps, "t.channel IS NULL"), (list.answered, "t.responded=1"), (list.late, "t.late=1")]
    {
        if wanted {
            sql.push(condition.to_owned());
        }
    }
    if list.breaches {
        sql.push("t.override IS NOT NULL".to_owned());
    }
    let clause = if sql.is_empty() { String::new() } else { format!("WHERE {}", sql.join(" AND ")) };
    // breaches are few: their own index is read, and not all touches of the days
    let index = if list.breaches { "INDEXED BY touch_override" } else { "" };
    let sql =
        format!("SELECT t.id FROM touch t {index} {clause} ORDER BY t.at {way}, t.id {way} LIMIT {take}");
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map(params_from_iter(bound), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn by_id(eyes: &Eyes, ids: &[i64]) -> Result<Vec<TouchRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE t.id=?1");
    let mut query = eyes.db.prepare_cached(&sql)?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(query.query_row([id], touch).optional()?);
    }
    with_next(eyes, rows)
}

/// Touches in which all words occur, the newest first; at most one window of them. Where a walk by time finds too few, the
/// words are rare and the index of words is asked for the newest; where they are not, the walk goes on.
pub(super) fn search(eyes: &Eyes, list: &TouchList, reach: &Reach) -> Result<Window<TouchRow>, StoreError> {
    let take = list.take.clamp(1, 2_000);
    let words: Vec<String> =
        list.text.split_whitespace().map(|w| fold(w).text()).filter(|w| !w.is_empty()).collect();
    let person = list.person.map(|p| p.0);
    // all of it is looked at row by row: an index of one of them would walk past the rows of the others
    let holds = |row: &Row<'_>| -> rusqlite::Result<bool> {
        if person.is_some_and(|p| row.get(3).is_ok_and(|by: i64| by != p))
            || (list.gaps && row.get::<_, Option<String>>(4)?.is_some())
            || list.span.is_some_and(|(from, until)| row.get(0).is_ok_and(|at: i64| at < from || at >= until))
            || list.segment.as_ref().is_some_and(|s| row.get(5).is_ok_and(|own: String| own != *s))
            || (list.answered && !row.get::<_, bool>(6)?)
            || (list.late && !row.get::<_, bool>(7)?)
            || (list.breaches && !row.get::<_, bool>(8)?)
            || (list.channel.is_some()
                && row.get::<_, Option<String>>(4)?.or(Some(String::new())) != list.channel)
            || list.script.as_ref().is_some_and(|s| row.get(9).is_ok_and(|own: String| own != *s))
        {
            return Ok(false);
        }
        let text = fold(&row.get::<_, String>(2)?).text();
        Ok(words.iter().all(|w| text.contains(w.as_str())))
    };
    let by_time = |most: usize| -> Result<(Vec<(i64, i64)>, bool), StoreError> {
        let mut query = eyes.db.prepare_cached(&format!(
            "SELECT {SEARCHED}
             FROM touch t ORDER BY t.at DESC, t.id DESC LIMIT {most}"
        ))?;
        let (mut rows, mut found, mut walked) = (query.query([])?, Vec::new(), 0);
        while let Some(row) = rows.next()? {
            walked += 1;
            if holds(row)? {
                found.push((row.get(0)?, row.get(1)?));
                if found.len() > take {
                    break;
                }
            }
        }
        Ok((found, walked == most))
    };
    let (mut found, mut cut) = by_time(reach.walk)?;
    // the walk did not reach the beginning
    if cut
        && found.len() <= take
        && let Some(expression) = needle(&list.text).and_then(|n| n.text_match())
    {
        let Reach { hits, most, far, .. } = reach;
        let common: bool = eyes
            .db
            .prepare_cached(&format!(
                "SELECT count(*)={hits} FROM (SELECT 1 FROM find_touch WHERE find_touch MATCH ?1 LIMIT {hits})"
            ))?
            .query_row([&expression], |r| r.get(0))?;
        if common {
            (found, cut) = by_time(*far)?;
        } else {
            let mut looked_at = 0;
            found.clear();
            let mut query = eyes.db.prepare_cached(&format!(
                "SELECT {SEARCHED}
                 FROM (SELECT h.at, h.id FROM (SELECT rowid FROM find_touch WHERE find_touch MATCH ?1) f
                       CROSS JOIN touch h ON h.id=f.rowid ORDER BY h.at DESC, h.id DESC LIMIT {most}) n
                 CROSS JOIN touch t ON t.id=n.id"
            ))?;
            let mut rows = query.query([expression])?;
            while let Some(row) = rows.next()? {
                looked_at += 1;
                if holds(row)? {
                    found.push((row.get(0)?, row.get(1)?));
                }
            }
            cut = looked_at == *most;
            found.sort_unstable_by(|a, b| b.cmp(a));
        }
    }
    let after = cut || found.len() > take;
    found.truncate(take);
    let ids: Vec<i64> = found.into_iter().map(|(_, id)| id).collect();
    Ok(Window { rows: by_id(eyes, &ids)?, before: false, after })
}
