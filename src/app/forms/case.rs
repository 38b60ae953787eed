//! The forms of who looks after a customer: hand-overs and disputes. What each step means is `domain::handover` and
//! `domain::dispute`.

use super::super::form::{Form, FormKind, Handing};
use super::super::shared::Shared;
use super::family::{F, Family, many, nobody};
use super::read::{text_of, value_of, values};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::dispute::Dispute;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::handover::{HandOver, Whom};
use crate::domain::people::PersonId;

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::HandOver(_) => vec![F::HandTo, F::AtOnce, F::Reason],
        FormKind::NoteDispute { .. } => vec![F::CaseNote],
        FormKind::DecideDispute { .. } => vec![F::HandTo, F::Reason],
        _ => vec![F::Reason],
    }
}

fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match (kind, field) {
        (FormKind::DecideDispute { first: Some(first), .. }, F::HandTo) => Some(Value::Id(*first)),
        (FormKind::HandOver(Handing::These), F::HandTo) => Some(suited(s)),
        (_, F::AtOnce) => Some(Value::Flag(true)),
        _ => None,
    }
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let values = values(form, s)?;
    let said = |field| text_of(&values, field).unwrap_or_default();
    let to = || {
        let to = value_of(&values, F::HandTo).as_id();
        to.map(PersonId).ok_or(Invalid { field: F::HandTo, problem: Problem::Empty })
    };
    Ok(match &form.kind {
        FormKind::HandOver(handing) => {
            let whom = match handing {
                Handing::These => Whom::These(many(form)),
                Handing::All(from) => Whom::All(PersonId(*from)),
            };
            let at_once = value_of(&values, F::AtOnce) == Value::Flag(true);
            let reason = text_of(&values, F::Reason);
            Change::HandOver(Box::new(HandOver::Propose { whom, to: to()?, at_once, reason }))
        }
        FormKind::TurnHandOver { id, rev, turn } => {
            let note = text_of(&values, F::Reason);
            Change::HandOver(Box::new(HandOver::Turn { id: *id, rev: *rev, turn: *turn, note }))
        }
        FormKind::OpenDispute => {
            let customer: CustomerId = form.subject.as_ref().map(|c| c.id).ok_or_else(nobody)?;
            Change::Dispute(Dispute::Open { customer, reason: said(F::Reason) })
        }
        FormKind::NoteDispute { id } => Change::Dispute(Dispute::Note { id: *id, text: said(F::CaseNote) }),
        FormKind::DecideDispute { id, rev, .. } => {
            let (id, rev, owner) = (*id, *rev, to()?);
            Change::Dispute(Dispute::Decide { id, rev, owner, reason: said(F::Reason) })
        }
        _ => return Err(nobody()),
    })
}

/// Whoever has the post that the class of the customer at hand asks for, where that is suggested (G44).
fn suited(s: &Shared) -> Value {
    let profile = s.feeds.profile().and_then(Option::as_ref);
    let here = profile.filter(|p| s.subject.as_ref().is_some_and(|c| c.id.0 == p.row.id));
    let to = here.and_then(|p| p.advice.suited.as_ref()).and_then(|suited| suited.to.as_ref());
    to.map_or(Value::None, |(id, _)| Value::Id(*id))
}
