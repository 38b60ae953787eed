//! What the families of forms share: what a family is, whom a form is about, and what may not stay blank.

use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Problem, Value};

pub(super) use crate::domain::field::Field as F;

/// Forms that belong together: which fields each has, what a field holds when it opens where that is not the usual, and which
/// change it becomes.
pub(super) struct Family {
    pub fields: fn(&FormKind) -> Vec<Field>,
    pub start: fn(&FormKind, Field, &Shared) -> Option<Value>,
    pub build: fn(&Form, &Shared) -> Result<Change, Invalid>,
}

/// The mistake of a form that has no customer it could be about.
pub(super) const fn nobody() -> Invalid {
    Invalid { field: F::Name, problem: Problem::Empty }
}

/// Whom a form is about: those who are marked, else the customer at hand.
pub(super) fn many(form: &Form) -> Vec<CustomerId> {
    if form.many.is_empty() { form.subject.iter().map(|c| c.id).collect() } else { form.many.clone() }
}

/// What is typed in a field that may not stay blank.
pub(in crate::app) fn needed(form: &Form, field: Field) -> Result<String, Invalid> {
    let text = form.text(field).trim().to_owned();
    if text.is_empty() { Err(Invalid { field, problem: Problem::Empty }) } else { Ok(text) }
}
