//! The strategy table edited: one row, as a new version of its scheme with its reason (H20); festivals and seasons that lie
//! over it. What the kinds of a row ask of customers follows in the same transaction where they are few, else in the next
//! slices of the daily round.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::overlay::Season;
use crate::domain::people::{Relation, Verb, may};
use crate::domain::strategy::Edit;
use crate::store::people;
use crate::store::read::strategy::kept;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, int, opt_text, text, word};
use crate::store::values::{cell, invalid};

/// Who stands behind the rows that the program brings.
const OWN: &str = "own";

/// Refuses whoever may not edit the strategy of the person it is given to.
pub fn need(work: &Work<'_>, person: Option<i64>) -> Result<(), StoreError> {
    let relation = match person {
        Some(person) => people::relation(work.db, work.actor, person, work.now)?,
        None => Relation::Own,
    };
    if may(work.actor.role, Verb::Strategy, relation) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Strategy))
    }
}

/// Edits a row, or makes the row of a class that has none.
pub fn edit(work: &mut Work<'_>, edit: &Edit, reason: &str) -> Result<Receipt, StoreError> {
    let found: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM strategy WHERE scheme=?1 AND class=?2")?
        .query_row((&edit.scheme, &edit.class), |r| r.get(0))
        .optional()?;
    let before = found.map(|id| work.read(Noun::Strategy, id)).transpose()?.flatten();
    need(work, before.as_ref().and_then(|(_, row)| int(row, "person_id")))?;
    let row = Row { noun: Noun::Strategy, id: found.unwrap_or_default() };
    let now_rev = before.as_ref().map_or(0, |(rev, _)| *rev);
    unchanged(work.db, row, now_rev, edit.rev.unwrap_or_default())?;
    let why = cell(work.db, work.now, 0, Field::Reason, &Value::text(reason))?;
    if why == Cell::Null {
        return invalid(Field::Reason, Problem::Empty);
    }
    first_version(work, &edit.scheme)?;
    let mut row = Image::new();
    for (field, value) in edit.set.iter().filter(|(f, _)| *f != Field::StrategyTouches) {
        let spec = field.spec();
        if spec.noun != Noun::Strategy {
            return Err(StoreError::Defect(format!("{} is no field of a strategy", spec.column)));
        }
        let cell = cell(work.db, work.now, 0, *field, value)?;
        // these columns hold a text, be it an empty one
        let blank = cell == Cell::Null
            && matches!(
                spec.column,
                "goal" | "scene" | "content" | "script" | "channels" | "post" | "resources"
            );
        row.push((spec.column, if blank { word("") } else { cell }));
    }
    fits(&row, before.as_ref().map(|(_, row)| row))?;
    let id = match found {
        Some(id) => {
            work.update(Noun::Strategy, id, &row)?;
            id
        }
        None => make(work, edit, row)?,
    };
    kinds(work, id, edit)?;
    if work.rows() > 0 {
        version(work, &edit.scheme, Some(&edit.class), why)?;
    }
    Ok(Receipt { subject: format!("{}:{}", edit.scheme, edit.class), ..Receipt::default() })
}

/// Ranges and caps that belong together.
fn fits(row: &Image, before: Option<&Image>) -> Result<(), StoreError> {
    let given = |column: &str| row.iter().any(|(c, _)| *c == column);
    let number = |column: &str| {
        if given(column) { int(row, column) } else { before.and_then(|b| int(b, column)) }
    };
    let word = |column: &str| {
        if given(column) { text(row, column) } else { before.and_then(|b| text(b, column)) }
    };
    match (number("load_low"), number("load_high")) {
        (Some(low), Some(high)) if low > high => {
            return invalid(Field::StrategyLoadHigh, Problem::NotANumber(high.to_string()));
        }
        (Some(_), None) => return invalid(Field::StrategyLoadHigh, Problem::Empty),
        (None, Some(_)) => return invalid(Field::StrategyLoadLow, Problem::Empty),
        _ => {}
    }
    match (number("cap_count"), word("cap_window")) {
        (Some(_), None) => invalid(Field::StrategyCapWindow, Problem::Empty),
        (None, Some(_)) => invalid(Field::StrategyCap, Problem::Empty),
        _ if number("budget_fen").is_some() && word("bound").is_none() => {
            invalid(Field::StrategyBound, Problem::Empty)
        }
        _ => Ok(()),
    }
}

fn make(work: &mut Work<'_>, edit: &Edit, mut row: Image) -> Result<i64, StoreError> {
    for column in ["goal", "scene", "content", "script", "channels", "post"] {
        if !row.iter().any(|(c, _)| *c == column) {
            row.push((column, word("")));
        }
    }
    if text(&row, "goal").unwrap_or("").is_empty() {
        return invalid(Field::StrategyGoal, Problem::Empty);
    }
    let last: i64 = work
        .db
        .prepare_cached("SELECT coalesce(max(position),0) FROM strategy WHERE scheme=?1")?
        .query_row([&edit.scheme], |r| r.get(0))?;
    row.extend([
        ("scheme", word(&edit.scheme)),
        ("class", word(&edit.class)),
        ("position", Cell::Integer(last + 1)),
        ("source", word(OWN)),
    ]);
    work.insert(Noun::Strategy, &row)
}

/// Writes the touch kinds of a row: some go, some come, some change their days.
fn kinds(work: &mut Work<'_>, row: i64, edit: &Edit) -> Result<(), StoreError> {
    let Some(read) = edit.beats() else { return Ok(()) };
    let Ok(wanted) = read else {
        let text = edit.get(Field::StrategyTouches).and_then(Value::as_text).unwrap_or_default();
        return invalid(Field::StrategyTouches, Problem::NotABeat(text.to_owned()));
    };
    let there: Vec<(i64, String)> = work
        .db
        .prepare_cached("SELECT id, kind FROM strategy_touch WHERE strategy_id=?1 ORDER BY id")?
        .query_map([row], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, _) in there.iter().filter(|(_, kind)| !wanted.iter().any(|b| b.kind == *kind)) {
        work.delete(Noun::StrategyTouch, *id)?;
    }
    for beat in &wanted {
        let mut cells = vec![
            ("ideal_days", Cell::Integer(i64::from(beat.ideal))),
            ("worst_days", Cell::Integer(i64::from(beat.worst))),
        ];
        if let Some((id, _)) = there.iter().find(|(_, kind)| *kind == beat.kind) {
            work.update(Noun::StrategyTouch, *id, &cells)?;
        } else {
            cells.extend([("strategy_id", Cell::Integer(row)), ("kind", word(&beat.kind))]);
            work.insert(Noun::StrategyTouch, &cells)?;
        }
    }
    Ok(())
}

/// Keeps what the scheme began with, before its first edit.
fn first_version(work: &mut Work<'_>, scheme: &str) -> Result<(), StoreError> {
    let known = work.db.prepare_cached("SELECT 1 FROM strategy_version WHERE scheme=?1")?.exists([scheme])?;
    if known { Ok(()) } else { version(work, scheme, None, Cell::Null) }
}

/// Keeps the whole table of a scheme as its next version.
fn version(work: &mut Work<'_>, scheme: &str, class: Option<&str>, why: Cell) -> Result<(), StoreError> {
    let last: i64 = work
        .db
        .prepare_cached("SELECT coalesce(max(version),0) FROM strategy_version WHERE scheme=?1")?
        .query_row([scheme], |r| r.get(0))?;
    let rows =
        serde_json::to_string(&kept(work.db, scheme)?).map_err(|e| StoreError::Defect(e.to_string()))?;
    let (at, person) = match class {
        Some(_) => (work.now.ms(), Cell::Integer(work.actor.id.0)),
        None => (0, Cell::Null),
    };
    work.insert(
        Noun::StrategyVersion,
        &[
            ("scheme", word(scheme)),
            ("version", Cell::Integer(last + 1)),
            ("class", opt_text(class)),
            ("at", Cell::Integer(at)),
            ("person_id", person),
            ("reason", why),
            ("rows", word(rows)),
        ],
    )?;
    Ok(())
}

/// Makes or edits a festival or season.
pub fn put_overlay(
    work: &mut Work<'_>,
    id: Option<i64>,
    set: &[(Field, Value)],
) -> Result<Receipt, StoreError> {
    need(work, None)?;
    let mut row = Image::new();
    for (field, value) in set.iter().filter(|(f, _)| f.spec().noun == Noun::Overlay) {
        let cell = cell(work.db, work.now, 0, *field, value)?;
        let cell = if *field == Field::OverlayContent && cell == Cell::Null { word("") } else { cell };
        row.push((field.spec().column, cell));
    }
    let before = id.map(|id| work.read(Noun::Overlay, id)).transpose()?.flatten();
    if id.is_some() && before.is_none() {
        return Err(StoreError::Gone { who: None });
    }
    let value = |column: &str| {
        row.iter()
            .chain(before.iter().flat_map(|(_, row)| row))
            .find(|(c, _)| *c == column)
            .map_or(Cell::Null, |(_, cell)| cell.clone())
    };
    let number = |column: &str| if let Cell::Integer(n) = value(column) { n } else { 0 };
    if Season::of(value("calendar") == word("lunar"), number("month"), number("day"), 0, 1)
        .next(work.now.today())
        .is_none()
    {
        return invalid(Field::OverlayDay, Problem::NoSuchDay);
    }
    for (field, most) in [(Field::OverlayLead, 120), (Field::OverlayLength, 366)] {
        let n = number(field.spec().column);
        if n > most || (field == Field::OverlayLength && n < 1) {
            return invalid(field, Problem::NotANumber(n.to_string()));
        }
    }
    let Cell::Text(name) = value("name") else { return invalid(Field::OverlayName, Problem::Empty) };
    let taken: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM overlay WHERE name=?1")?
        .query_row([&name], |r| r.get(0))
        .optional()?;
    if taken.is_some_and(|other| Some(other) != id) {
        return invalid(Field::OverlayName, Problem::Taken { code: String::new(), name });
    }
    match id {
        Some(id) => {
            work.update(Noun::Overlay, id, &row)?;
        }
        None => {
            work.insert(Noun::Overlay, &row)?;
        }
    }
    Ok(Receipt { subject: name, ..Receipt::default() })
}

/// Removes a festival or season.
pub fn remove_overlay(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    need(work, None)?;
    let Some((_, row)) = work.read(Noun::Overlay, id)? else { return Err(StoreError::Gone { who: None }) };
    work.delete(Noun::Overlay, id)?;
    Ok(Receipt { subject: text(&row, "name").unwrap_or("").to_owned(), ..Receipt::default() })
}

/// Notes that the content is in order for the coming occurrence.
pub fn overlay_ready(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    need(work, None)?;
    let Some((_, row)) = work.read(Noun::Overlay, id)? else { return Err(StoreError::Gone { who: None }) };
    let number = |column: &str| int(&row, column).unwrap_or(0);
    let lunar = text(&row, "calendar") == Some("lunar");
    let season =
        Season::of(lunar, number("month"), number("day"), number("lead_days"), number("length_days"));
    let day: Option<NaiveDate> = season.next(work.now.today()).map(|span| span.day);
    work.update(Noun::Overlay, id, &[("ready_for", opt_text(day.map(|d| d.to_string()).as_deref()))])?;
    Ok(Receipt { subject: text(&row, "name").unwrap_or("").to_owned(), ..Receipt::default() })
}
