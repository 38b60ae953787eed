//! The forms of complaints, of requests between departments and of alarms: which fields each step asks for, and which change it
//! becomes. What a step means is `domain::complaint` and `domain::requests`.

use super::super::form::{Form, FormKind, Handling};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{due_in, text_of, value_of, values};
use crate::domain::alarm;
use crate::domain::change::Change;
use crate::domain::complaint;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::requests;

pub(super) const FAMILY: Family = Family { fields, start, build };

/// The fields of a step.
fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Complaint { step: Handling::Answer, .. } => vec![F::TouchChannel, F::TouchSummary],
        FormKind::Complaint { step: Handling::Solve, .. } => {
            vec![F::ComplaintSolution, F::ComplaintRepair, F::ComplaintRecheck]
        }
        FormKind::Complaint { step: Handling::Resolve, .. } => vec![F::ComplaintResult],
        FormKind::Complaint { step: Handling::End, .. } => vec![F::ComplaintEnd, F::ComplaintResult],
        FormKind::Ask { .. } => vec![F::RequestDepartment, F::RequestText, F::ByWhen],
        FormKind::AnswerRequest { .. } => vec![F::RequestAnswer],
        FormKind::CloseAlarm { .. } => vec![F::AlarmResult],
        FormKind::RaiseAlarm => vec![F::AlarmRule, F::AlarmNote],
        _ => Vec::new(),
    }
}

/// What a field of a step holds before anything is typed.
fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match (kind, field) {
        (FormKind::Complaint { .. }, F::TouchChannel) => Some(Value::Text("phone".into())),
        (FormKind::RaiseAlarm, F::AlarmRule) => Some(Value::Text("dispute".into())),
        (FormKind::Complaint { .. }, F::ComplaintEnd) => Some(Value::Text("withdrawn".into())),
        (FormKind::Ask { .. }, F::RequestDepartment) => {
            // the first department that is not one's own
            let other = ["marketing", "service"].into_iter().find(|d| *d != s.actor.department);
            other.map(|d| Value::Text(d.into()))
        }
        _ => None,
    }
}

/// The change of a step.
fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let values = values(form, s)?;
    let text = |field: Field| text_of(&values, field);
    let needed = |field: Field| text(field).ok_or(Invalid { field, problem: Problem::Empty });
    Ok(match &form.kind {
        FormKind::Complaint { id, step } => {
            let step = match step {
                Handling::Answer => complaint::Step::Answer {
                    channel: needed(F::TouchChannel)?,
                    said: needed(F::TouchSummary)?,
                },
                Handling::Solve => complaint::Step::Solve {
                    solution: needed(F::ComplaintSolution)?,
                    repair: text(F::ComplaintRepair),
                    recheck: match value_of(&values, F::ComplaintRecheck) {
                        Value::Day(day) => Some(day),
                        _ => None,
                    },
                },
                Handling::Resolve => complaint::Step::Resolve { found: text(F::ComplaintResult) },
                Handling::End => {
                    complaint::Step::End { how: needed(F::ComplaintEnd)?, reason: text(F::ComplaintResult) }
                }
            };
            Change::Complaint { id: *id, step }
        }
        FormKind::CloseAlarm { id } => {
            Change::Alarm { id: *id, step: alarm::Step::Close(needed(F::AlarmResult)?) }
        }
        FormKind::RaiseAlarm => Change::RaiseAlarm {
            rule: needed(F::AlarmRule)?,
            customer: form.subject.as_ref().map(|c| c.id),
            note: needed(F::AlarmNote)?,
        },
        FormKind::AnswerRequest { id, refuse } => {
            let said = needed(F::RequestAnswer)?;
            let step = if *refuse { requests::Step::Refuse(said) } else { requests::Step::Answer(said) };
            Change::Request { id: *id, step }
        }
        FormKind::Ask { touch } => {
            let customer = form.subject.as_ref().map(|c| c.id);
            let customer = customer.ok_or_else(nobody)?;
            let by = due_in(form, F::ByWhen, s)?;
            let set = values
                .iter()
                .filter(|(field, _)| matches!(field, F::RequestDepartment | F::RequestText))
                .cloned()
                .collect();
            Change::Ask { customer, touch: *touch, set, by }
        }
        _ => return Err(nobody()),
    })
}
