//! The guard inside the writing transaction: whatever a form or a command line has seen before, here it is asked again,
//! over the rows as they are now, so that no second session and no other way in slips past it (E22, G46–G52). What has
//! taken place passes with a reason, which is kept; what is planned passes only where the table says «or reason».
//! Imports of the past, the demo company and the program's own rounds are not asked.

use rusqlite::types::Value as Cell;

use crate::domain::change::{NewTask, NewTouch, TaskRef};
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Value};
use crate::domain::guard::{Deed, Finding, Intent, asking, barring};
use crate::domain::people::Via;
use crate::store::read::guard;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{self, Image, int, text};
use crate::store::values::cell;

/// Asks about a touch that is written down, if it is no import of the past; the reason to be kept with it, where one was
/// needed, and what was found.
pub fn touch(
    work: &Work<'_>,
    new: &NewTouch,
    deed: Option<Deed>,
) -> Result<(Cell, Vec<Finding>), StoreError> {
    let reason = cell(
        work.db,
        work.now,
        new.customer.0,
        Field::TouchOverride,
        &Value::text(new.override_reason.as_deref().unwrap_or_default()),
    )?;
    let Some(deed) = deed.filter(|_| asked(work)) else { return Ok((reason, Vec::new())) };
    let intent = Intent {
        deed,
        at: new.at,
        channel: new.channel.clone(),
        product: new.product.clone(),
        script: new.script.clone(),
        besides: None,
    };
    let found = guard::findings(work.db, new.customer.0, &intent, work.now)?;
    if asking(&found).next().is_none() {
        // nothing was passed over: a reason without a cause would count as a breach
        return Ok((Cell::Null, found));
    }
    if reason == Cell::Null { Err(StoreError::Guarded(found)) } else { Ok((reason, found)) }
}

/// What an unanswered call was: on our word to the customer an answer, else an attempt of our own accord.
pub fn attempt(work: &Work<'_>, task: Option<&TaskRef>) -> Result<Deed, StoreError> {
    let Some(TaskRef::Stored(id)) = task else { return Ok(Deed::Attempt) };
    let promised =
        work.db.prepare_cached("SELECT 1 FROM task WHERE id=?1 AND kind='promise'")?.exists([id])?;
    Ok(if promised { Deed::Answer } else { Deed::Attempt })
}

/// Asks about a touch that is planned; the reason to be kept with it, where one was needed.
pub fn plan(work: &Work<'_>, customer: i64, new: &NewTask, reason: Option<&str>) -> Result<Cell, StoreError> {
    let reason =
        cell(work.db, work.now, customer, Field::TouchOverride, &Value::text(reason.unwrap_or_default()))?;
    let found = planned(work, customer, new)?;
    if asking(&found).next().is_none() {
        return Ok(Cell::Null);
    }
    if reason == Cell::Null || barring(&found).next().is_some() {
        return Err(StoreError::Guarded(found));
    }
    Ok(reason)
}

/// What stands against a planned touch.
pub fn planned(work: &Work<'_>, customer: i64, new: &NewTask) -> Result<Vec<Finding>, StoreError> {
    if !asked(work) {
        return Ok(Vec::new());
    }
    // on its day, at any hour: the last one it may be done at
    let due = work.now.zone.overdue_after(new.due.day, new.due.time) - chrono::Duration::milliseconds(1);
    guard::findings(work.db, customer, &Intent::new(Deed::Plan, due), work.now)
}

/// Asks again about a touch that is corrected: only what stands against it now and did not before needs a reason, and that is
/// given with the correction: an older one was the reason of something else.
pub fn corrected(
    work: &Work<'_>,
    id: i64,
    customer: i64,
    new: &Image,
    old: &Image,
) -> Result<(), StoreError> {
    let moved = ["kind", "channel", "at", "product", "script"]
        .iter()
        .any(|c| new.iter().any(|(column, cell)| column == c && cell != tables::cell(old, column)));
    if !moved || !asked(work) || int(old, "reached") == Some(0) {
        return Ok(());
    }
    let intent = |image: &dyn Fn(&str) -> Option<String>, at: Option<i64>| Intent {
        deed: Deed::of_kind(image("kind").as_deref().unwrap_or_default()),
        at: at.map_or(work.now.at, from_ms),
        channel: image("channel"),
        product: image("product"),
        script: image("script"),
        besides: Some(id),
    };
    let given = |column: &str| new.iter().any(|(c, _)| *c == column);
    let before = |column: &str| text(old, column).map(str::to_owned);
    let after =
        |column: &str| if given(column) { text(new, column) } else { text(old, column) }.map(str::to_owned);
    let was = guard::findings(work.db, customer, &intent(&before, int(old, "at")), work.now)?;
    let at = if given("at") { int(new, "at") } else { int(old, "at") };
    let found = guard::findings(work.db, customer, &intent(&after, at), work.now)?;
    let fresh: Vec<Finding> = found.into_iter().filter(|f| !was.contains(f)).collect();
    if asking(&fresh).next().is_some() && text(new, "override").is_none() {
        return Err(StoreError::Guarded(fresh));
    }
    Ok(())
}

/// Whether the guard is asked at all: of what people do, not of what the demo company and the program's rounds bring.
const fn asked(work: &Work<'_>) -> bool {
    matches!(work.actor.via, Via::Screen | Via::Command)
}
