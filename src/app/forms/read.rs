//! What stands in a form, read by its fields: values, next actions, a due. Nothing is written here and nothing guessed;
//! what cannot be read is given back with the field it stands in.

use super::super::form::{Entry, Form, FormKind};
use super::super::shared::{Shared, context};
use super::family::F;
use crate::domain::change::NewTask;
use crate::domain::clock::from_ms;
use crate::domain::date::{self, NextAction};
use crate::domain::field::{Field, Invalid, Kind, Problem, Value};
use crate::domain::own::OwnField;
use crate::i18n::entry::read;

/// Whether «nothing to do» was written in the place of next actions.
pub(super) fn says_nothing(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "-" | "无" | "无需跟进" | "none" | "nothing" | "nothing to do"
    )
}

/// Reads the next actions of a form against the touch's own time (E13).
pub fn actions(form: &Form, s: &Shared) -> Result<Vec<NextAction>, Invalid> {
    let text = form.text(F::Next);
    if text.trim().is_empty() || says_nothing(text) {
        return Ok(Vec::new());
    }
    let blank = context(s, &[], &[], &[]);
    let moment = |field: Field| read(field.spec(), form.text(field), &blank).ok();
    let at = match moment(F::TouchAt) {
        Some(Value::Moment(ms)) => s.now.zone.local(from_ms(ms)),
        _ => s.now.local(),
    };
    let event = match moment(F::TouchEvent) {
        Some(Value::Day(day)) => Some(day),
        _ => None,
    };
    date::parse_actions(text, at, event).map_err(|e| Invalid { field: F::Next, problem: Problem::Words(e) })
}

pub(super) fn tasks(actions: Vec<NextAction>) -> Vec<NewTask> {
    actions
        .into_iter()
        .map(|a| NewTask { text: a.text, due: a.resolved.due, anchor: a.resolved.anchor })
        .collect()
}

/// Reads the one due that a form asks for, whatever it is called there.
pub fn due(form: &Form, s: &Shared) -> Result<date::Due, Invalid> {
    let field = form.entries.iter().map(|entry| entry.field).find(|field| field.spec().kind == Kind::Due);
    let field = field.unwrap_or(F::Until);
    due_in(form, field, s)?.ok_or(Invalid { field, problem: Problem::Empty })
}

/// The due in a field of the form, if one is written there.
pub(super) fn due_in(form: &Form, field: Field, s: &Shared) -> Result<Option<date::Due>, Invalid> {
    let text = form.text(field);
    if text.trim().is_empty() {
        return Ok(None);
    }
    // «call back in a quarter of an hour» has a time of its own
    if let Some(soon) = date::parse_soon(text, s.now.local()) {
        return Ok(Some(soon));
    }
    date::parse_due(text, s.now.local(), None)
        .map(|r| Some(r.due))
        .map_err(|e| Invalid { field, problem: Problem::Words(date::ActionError::Date(e)) })
}

/// All values of a form, each read by its field.
pub(super) fn values(form: &Form, s: &Shared) -> Result<Vec<(Field, Value)>, Invalid> {
    each(form, s).into_iter().collect()
}

/// Every field that cannot be read as it is typed.
pub fn wrong(form: &Form, s: &Shared) -> Vec<Invalid> {
    let mut wrong: Vec<Invalid> = each(form, s).into_iter().filter_map(Result::err).collect();
    wrong.extend(form.entry(F::Next).and_then(|_| actions(form, s).err()));
    wrong
}

fn each(form: &Form, s: &Shared) -> Vec<Result<(Field, Value), Invalid>> {
    let people = s.people();
    let with = context(s, &people, &[], &[]);
    let editing = matches!(form.kind, FormKind::Edit { .. });
    form.entries
        .iter()
        .map(|entry| {
            let value = if let Some(own) = &entry.own {
                own_value(entry, own)
            } else if editing && !entry.is_touched() {
                Ok(entry.was.clone())
            } else if entry.is_pick() {
                match entry.picked() {
                    Some(value) => Ok(value.clone()),
                    None if entry.field.spec().needed => Err(Problem::Empty),
                    None => Ok(Value::None),
                }
            } else if entry.field.spec().kind == Kind::Customer {
                // the number as it stands: who that is, the store knows, also when this form was kept and opened again
                Ok(Value::text(entry.text().trim()))
            } else if entry.field == Field::Code
                && form.kind == FormKind::Customer
                && entry.text().trim().is_empty()
            {
                // the generator makes the number of a new customer (A7)
                Ok(Value::None)
            } else {
                read(entry.field.spec(), entry.text(), &with)
            };
            value.map(|v| (entry.field, v)).map_err(|problem| Invalid { field: entry.field, problem })
        })
        .collect()
}

/// A field of the company's own.
fn own_value(entry: &Entry, field: &OwnField) -> Result<Value, Problem> {
    let read =
        field.read(entry.text()).map_err(|problem| Problem::Own(field.name.clone(), Box::new(problem)));
    Ok(read?.map_or(Value::None, Value::Text))
}

pub(super) fn value_of(values: &[(Field, Value)], field: Field) -> Value {
    values.iter().find(|(f, _)| *f == field).map_or(Value::None, |(_, v)| v.clone())
}

pub(super) fn text_of(values: &[(Field, Value)], field: Field) -> Option<String> {
    value_of(values, field).as_text().map(str::to_owned)
}
