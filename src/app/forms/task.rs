//! The forms of tasks: planned for one customer or for all that are marked, given another day, put aside with a reason.

use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use super::family::{F, Family, many, needed, nobody};
use super::guard;
use super::read::{actions, due, tasks};
use crate::domain::change::{Change, Each, TaskRef};
use crate::domain::field::{Field, Invalid, Problem, Value};

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Reschedule(_) => vec![F::MoveTo],
        FormKind::Snooze(_) => vec![F::Until, F::Reason],
        _ => vec![F::Next, F::TaskKind],
    }
}

const fn start(_: &FormKind, _: Field, _: &Shared) -> Option<Value> {
    None
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    match &form.kind {
        FormKind::Reschedule(task) => {
            let due = due(form, s)?;
            // what belongs to no customer is due on a day: an hour would be lost
            if matches!(task, TaskRef::Row(_)) && due.time.is_some() {
                let typed = form.text(F::MoveTo).trim().to_owned();
                return Err(Invalid { field: F::MoveTo, problem: Problem::DayOnly(typed) });
            }
            Ok(Change::Reschedule { task: task.clone(), due })
        }
        FormKind::Snooze(task) => {
            let until = due(form, s)?.day;
            if until <= s.now.today() {
                return Err(Invalid { field: F::Until, problem: Problem::NotLater });
            }
            let reason = needed(form, F::Reason)?;
            Ok(Change::Snooze { task: task.clone(), until, reason })
        }
        _ => plan(form, s),
    }
}

/// One task, for the customer at hand or for all that are marked; what is a touch of our own accord asks the guard.
fn plan(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let mut tasks = tasks(actions(form, s)?);
    let problem = if tasks.is_empty() { Problem::Empty } else { Problem::OneTask };
    let Some(task) = tasks.pop().filter(|_| tasks.is_empty()) else {
        return Err(Invalid { field: F::Next, problem });
    };
    if !form.many.is_empty() {
        return Ok(Change::Many { customers: many(form), each: Each::Plan(task) });
    }
    let customer = form.subject.as_ref().map(|c| c.id).ok_or_else(nobody)?;
    Ok(if guard::is_plan(form) {
        Change::PlanTouch { customer, task, reason: guard::reason(form) }
    } else {
        Change::AddTask { customer, task }
    })
}
