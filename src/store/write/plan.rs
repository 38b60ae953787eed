//! Plans: written, carried out, changed as new versions (H41–H44). The row of a plan stays, because its tasks hang on it;
//! what it said before an edit is kept beside it as a row that names it.

use rusqlite::types::Value as Cell;

use super::task;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::domain::plan::next_state;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{self, Image, either, int, text, word};
use crate::store::values::{cells, invalid};

/// Whether records of a noun hang on a plan.
pub const fn is_part(noun: Noun) -> bool {
    matches!(noun, Noun::PlanTask | Noun::PlanResource | Noun::PlanTarget)
}

/// Makes a plan.
pub fn add(work: &mut Work<'_>, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Draft)?;
    let mut row = cells(work.db, work.now, Noun::Plan, 0, set)?;
    if int(&row, "owner_id").is_none() {
        row.push(("owner_id", Cell::Integer(work.actor.id.0)));
    }
    row.extend(writer(work));
    whole(&row, &Image::new())?;
    let id = work.insert(Noun::Plan, &row)?;
    Ok(Receipt {
        subject: text(&row, "name").unwrap_or_default().to_owned(),
        made: Some(Row { noun: Noun::Plan, id }),
        ..Receipt::default()
    })
}

fn writer(work: &Work<'_>) -> [(&'static str, Cell); 2] {
    [("written_at", Cell::Integer(work.now.ms())), ("written_by", Cell::Integer(work.actor.id.0))]
}

/// Refuses a plan that ends before it starts, or is for nobody, or for a group and one customer at once.
fn whole(row: &Image, old: &Image) -> Result<(), StoreError> {
    let will = |column: &str| either(row, old, column);
    if let (Cell::Text(from), Cell::Text(until)) = (will("starts_on"), will("ends_on"))
        && until < from
    {
        return invalid(Field::PlanEnds, Problem::EndsBefore);
    }
    if (*will("filter") == Cell::Null) == (*will("customer_id") == Cell::Null) {
        return invalid(Field::PlanFilter, Problem::GroupOrCustomer);
    }
    Ok(())
}

/// Refuses whoever neither owns a plan nor approves; earlier versions stand as they are.
pub fn allowed(work: &Work<'_>, image: &Image) -> Result<(), StoreError> {
    if int(image, "of_id").is_some() {
        return Err(StoreError::Denied(Verb::Edit));
    }
    let own = int(image, "owner_id") == Some(work.actor.id.0);
    people::need_own(work.actor, if own { Verb::Draft } else { Verb::Approve })
}

/// The same of what hangs on a plan; whoever has to do a task may correct it.
pub fn allowed_part(work: &Work<'_>, row: Row, image: &Image) -> Result<(), StoreError> {
    if row.noun == Noun::PlanTask && int(image, "owner_id") == Some(work.actor.id.0) {
        return people::need_own(work.actor, Verb::Log);
    }
    let Some((_, plan)) = work.read(Noun::Plan, int(image, "plan_id").unwrap_or(0))? else {
        return Err(StoreError::Gone { who: None });
    };
    allowed(work, &plan)
}

/// An edit: a draft changes; of a plan that is carried out a new version is made, and the old one is kept.
pub fn edit(work: &mut Work<'_>, id: i64, image: &Image, cells: &Image) -> Result<(), StoreError> {
    whole(cells, image)?;
    let changed = cells.iter().any(|(column, new)| tables::cell(image, column) != new);
    if !changed {
        return Ok(());
    }
    let mut row = cells.clone();
    if text(image, "state") != Some("draft") {
        let mut before = image.clone();
        before.retain(|(column, _)| *column != "of_id");
        before.push(("of_id", Cell::Integer(id)));
        work.insert(Noun::Plan, &before)?;
        row.push(("version", Cell::Integer(int(image, "version").unwrap_or(1) + 1)));
        row.extend(writer(work));
    }
    work.update(Noun::Plan, id, &row)?;
    Ok(())
}

/// Carries a plan out, closes it, or takes it up again.
pub fn turn(work: &mut Work<'_>, id: i64, rev: i64) -> Result<Receipt, StoreError> {
    let Some((now_rev, image)) = work.read(Noun::Plan, id)? else {
        return Err(StoreError::Gone { who: None });
    };
    allowed(work, &image)?;
    unchanged(work.db, Row { noun: Noun::Plan, id }, now_rev, rev)?;
    let state = next_state(text(&image, "state").unwrap_or("draft"));
    work.update(Noun::Plan, id, &[("state", word(state))])?;
    Ok(Receipt { subject: text(&image, "name").unwrap_or_default().to_owned(), ..Receipt::default() })
}

/// Makes a task, a resource or a target of a plan.
pub fn add_to(
    work: &mut Work<'_>,
    parent: Row,
    noun: Noun,
    set: &[(Field, Value)],
) -> Result<Receipt, StoreError> {
    if parent.noun != Noun::Plan || !is_part(noun) {
        return Err(StoreError::Defect("this is no part of a plan".into()));
    }
    let Some((_, plan)) = work.read(Noun::Plan, parent.id)? else {
        return Err(StoreError::Gone { who: None });
    };
    allowed(work, &plan)?;
    let mut row = cells(work.db, work.now, noun, 0, set)?;
    row.push(("plan_id", Cell::Integer(parent.id)));
    if noun == Noun::PlanTask && int(&row, "owner_id").is_none() {
        row.push(("owner_id", tables::cell(&plan, "owner_id").clone()));
    }
    let id = work.insert(noun, &row)?;
    Ok(Receipt {
        subject: text(&plan, "name").unwrap_or_default().to_owned(),
        made: Some(Row { noun, id }),
        ..Receipt::default()
    })
}

/// Ticks a task of a plan off; one that is done already stays as it is.
pub fn tick(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, image)) = work.read(Noun::PlanTask, id)? else { return Err(StoreError::Gone { who: None }) };
    allowed_part(work, Row { noun: Noun::PlanTask, id }, &image)?;
    if text(&image, "state") == Some("open") {
        work.update(Noun::PlanTask, id, &task::ticked(work))?;
    }
    Ok(())
}

/// Moves a task of a plan to another day.
pub fn reschedule(work: &mut Work<'_>, id: i64, day: chrono::NaiveDate) -> Result<Receipt, StoreError> {
    let Some((_, image)) = work.read(Noun::PlanTask, id)? else { return Err(StoreError::Gone { who: None }) };
    allowed_part(work, Row { noun: Noun::PlanTask, id }, &image)?;
    task::still_open(work, &image)?;
    work.update(Noun::PlanTask, id, &[("due_on", word(day.to_string()))])?;
    Ok(Receipt { subject: text(&image, "text").unwrap_or_default().to_owned(), ..Receipt::default() })
}
