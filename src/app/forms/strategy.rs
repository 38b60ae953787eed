//! The forms of the strategy table: a row of a class with its touch kinds, and a festival or season. While a row is being
//! edited the store is asked what it would do, and the answer stands below the fields before anything is saved.

use super::super::form::{Form, FormKind, Review};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{text_of, values};
use crate::domain::change::Change;
use crate::domain::field::{Field, Invalid, Noun, Problem, Value, fields_of};
use crate::domain::strategy::Edit;
use crate::store::request::{OverlayRow, Query, StrategyRow};

/// The fields on which a preview depends.
const LIVE: &[Field] =
    &[F::StrategyTouches, F::StrategyBudget, F::StrategyTouchCost, F::StrategyLoadLow, F::StrategyLoadHigh];

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Overlay { .. } => fields_of(Noun::Overlay).map(|spec| spec.field).collect(),
        _ => fields_of(Noun::Strategy).map(|spec| spec.field).chain([F::Reason]).collect(),
    }
}

/// What a field of these forms holds when it opens.
fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match kind {
        FormKind::Strategy { class, .. } => Some(of_class(class, field, s)),
        FormKind::Overlay { id } => {
            let row = s.feeds.overlays().and_then(|rows| rows.iter().find(|r| Some(r.id) == *id));
            Some(row.map_or_else(|| of_new(field), |row| of_overlay(row, field)))
        }
        _ => None,
    }
}

/// What a field of the row of a class holds.
pub(super) fn of_class(class: &str, field: Field, s: &Shared) -> Value {
    let row = s.feeds.strategy().and_then(|rows| rows.iter().find(|r| r.class == class));
    row.map_or(Value::None, |row| of_row(row, field))
}

fn of_row(row: &StrategyRow, field: Field) -> Value {
    let text = |text: &str| if text.is_empty() { Value::None } else { Value::Text(text.to_owned()) };
    let number = |n: Option<i64>| n.map_or(Value::None, Value::Int);
    match field {
        F::StrategyGoal => text(&row.goal),
        F::StrategyTouches => {
            let kinds: Vec<String> =
                row.touches.iter().map(|(kind, ideal, worst)| format!("{kind} {ideal}/{worst}")).collect();
            text(&kinds.join(", "))
        }
        F::StrategyContent => text(&row.content),
        F::StrategyChannels => text(&row.channels.join(",")),
        F::StrategyScene => text(&row.scene),
        F::StrategyScript => text(&row.script),
        F::StrategyPost => text(&row.post),
        F::StrategyPerson => row.person_id.map_or(Value::None, Value::Id),
        F::StrategyBudget => row.budget.map_or(Value::None, Value::Money),
        F::StrategyBound => row.bound.as_deref().map_or(Value::None, text),
        F::StrategyTouchCost => row.touch_cost.map_or(Value::None, Value::Money),
        F::StrategyCap => number(row.cap.as_ref().map(|c| c.0)),
        F::StrategyCapWindow => row.cap.as_ref().map_or(Value::None, |c| text(&c.1)),
        F::StrategyLoadLow => number(row.load.map(|l| l.0)),
        F::StrategyLoadHigh => number(row.load.map(|l| l.1)),
        F::StrategyResources => text(&row.resources),
        _ => Value::None,
    }
}

fn of_overlay(row: &OverlayRow, field: Field) -> Value {
    match field {
        F::OverlayName => Value::Text(row.name.clone()),
        F::OverlayCalendar => Value::Text(row.calendar.clone()),
        F::OverlayMonth => Value::Int(row.month),
        F::OverlayDay => Value::Int(row.day),
        F::OverlayLead => Value::Int(row.lead),
        F::OverlayLength => Value::Int(row.length),
        F::OverlayIndustry => row.industry.clone().map_or(Value::None, Value::Text),
        F::OverlayContent => Value::Text(row.content.clone()),
        F::OverlayChannel => row.channel.clone().map_or(Value::None, Value::Text),
        _ => Value::None,
    }
}

fn of_new(field: Field) -> Value {
    match field {
        F::OverlayCalendar => Value::Text("solar".to_owned()),
        F::OverlayLead => Value::Int(7),
        F::OverlayLength => Value::Int(30),
        _ => Value::None,
    }
}

/// The fields that were changed; of a new row or festival all that are filled in.
pub(super) fn changed(
    form: &Form,
    s: &Shared,
    noun: Noun,
    all: bool,
) -> Result<Vec<(Field, Value)>, Invalid> {
    let values = values(form, s)?;
    Ok(form
        .entries
        .iter()
        .zip(values)
        .filter(|(entry, (field, value))| {
            field.spec().noun == noun && (entry.is_touched() || (all && *value != Value::None))
        })
        .map(|(_, given)| given)
        .collect())
}

/// The change these forms stand for.
fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    match &form.kind {
        FormKind::Strategy { scheme, class, rev } => {
            let set = changed(form, s, Noun::Strategy, rev.is_none())?;
            let reason = text_of(&values(form, s)?, F::Reason)
                .ok_or(Invalid { field: F::Reason, problem: Problem::Empty })?;
            let edit = Edit { scheme: scheme.clone(), class: class.clone(), rev: *rev, set };
            Ok(Change::Strategy { edit: Box::new(edit), reason })
        }
        FormKind::Overlay { id } => {
            Ok(Change::PutOverlay { id: *id, set: changed(form, s, Noun::Overlay, id.is_none())? })
        }
        _ => Err(nobody()),
    }
}

/// What the store is asked while a row is edited; nothing while a field of it cannot be read.
pub fn question(form: &Form, s: &Shared) -> Option<Query> {
    let (scheme, class, rev) = match &form.kind {
        FormKind::Strategy { scheme, class, rev } => (scheme, class, rev),
        FormKind::Review(review) => match &**review {
            Review::Prepare { scheme, class, rev, .. } => (scheme, class, rev),
            _ => return None,
        },
        _ => return None,
    };
    let people = s.people();
    let with = super::super::shared::context(s, &people, &[], &[]);
    let mut set = Vec::new();
    for field in LIVE {
        let entry = form.entry(*field)?;
        if entry.is_touched() {
            set.push((*field, crate::i18n::entry::read(field.spec(), entry.text(), &with).ok()?));
        }
    }
    let edit = Edit { scheme: scheme.clone(), class: class.clone(), rev: *rev, set };
    Some(Query::StrategyPreview(Box::new(edit)))
}
