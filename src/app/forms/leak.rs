//! The forms of leaks: which fields each asks for, and which change it becomes. What a step means is `domain::leak`.

use super::super::form::{Form, FormKind, LeakForm};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{text_of, value_of, values};
use crate::domain::change::Change;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::leak::Leak;
use crate::domain::money::Fen;
use crate::domain::people::PersonId;
use crate::i18n::{Lang, leak as t};

pub(super) const FAMILY: Family = Family { fields, start, build };

/// The fields of a form.
fn fields(kind: &FormKind) -> Vec<Field> {
    let FormKind::Leak(form) = kind else { return Vec::new() };
    match form {
        LeakForm::Report => vec![F::LeakNote, F::LeakPerson, F::LeakSince],
        LeakForm::Name { .. } => vec![F::LeakPerson],
        LeakForm::Apologise { .. } => vec![F::TouchChannel, F::Apology, F::Compensation],
        LeakForm::Close { open, .. } if open.is_empty() => vec![F::LeakResult],
        LeakForm::Close { .. } => vec![F::LeakResult, F::LeakLeftOut],
    }
}

/// What a field holds before anything is typed.
fn start(_: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match field {
        F::LeakSince => Some(Value::Moment(s.now.ms())),
        F::TouchChannel => Some(Value::Text("phone".into())),
        _ => None,
    }
}

/// What a form is called.
pub fn title(form: &LeakForm, lang: Lang) -> String {
    match form {
        LeakForm::Report => t::REPORT.of(lang).to_owned(),
        LeakForm::Name { .. } => t::NAME.of(lang).to_owned(),
        LeakForm::Apologise { customers, name, .. } => {
            let many = || t::MANY.with(lang, &[&customers.len()]);
            t::APOLOGISE.with(lang, &[&name.clone().unwrap_or_else(many)])
        }
        LeakForm::Close { open, .. } if open.is_empty() => t::CLOSE.of(lang).to_owned(),
        LeakForm::Close { open, .. } => {
            let open: Vec<&str> = open.iter().map(String::as_str).collect();
            t::CLOSE_OPEN.with(lang, &[&t::steps(&open, lang)])
        }
    }
}

/// The change that a form becomes.
fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let FormKind::Leak(what) = &form.kind else { return Err(nobody()) };
    let values = values(form, s)?;
    let needed = |field: Field| text_of(&values, field).ok_or(Invalid { field, problem: Problem::Empty });
    let person = value_of(&values, F::LeakPerson).as_id().map(PersonId);
    Ok(Change::Leak(match what {
        LeakForm::Report => Leak::Report {
            person,
            since: match value_of(&values, F::LeakSince) {
                Value::Moment(ms) => Some(ms),
                _ => None,
            },
            note: needed(F::LeakNote)?,
        },
        LeakForm::Name { id, rev } => Leak::Name {
            id: *id,
            rev: *rev,
            person: person.ok_or(Invalid { field: F::LeakPerson, problem: Problem::Empty })?,
        },
        LeakForm::Apologise { id, customers, .. } => Leak::Apologise {
            id: *id,
            customers: customers.clone(),
            channel: needed(F::TouchChannel)?,
            said: needed(F::Apology)?,
            compensation: match value_of(&values, F::Compensation) {
                Value::Money(fen) => fen,
                _ => Fen(0),
            },
        },
        LeakForm::Close { id, rev, open } => Leak::Close {
            id: *id,
            rev: *rev,
            result: needed(F::LeakResult)?,
            left_out: if open.is_empty() { None } else { Some(needed(F::LeakLeftOut)?) },
        },
    }))
}
