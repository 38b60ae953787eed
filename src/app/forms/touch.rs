//! The forms of contact: a touch with what is to be done next, a call that reached nobody, and the same change once more with
//! the reason for which it passes the guard. What the guard itself says stands in `guard`.

use super::super::form::{Form, FormKind, Plan};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::guard;
use super::read::{actions, due, says_nothing, tasks, text_of, value_of, values};
use crate::domain::change::{Change, NewTask, NewTouch, TaskRef, answered};
use crate::domain::clock::from_ms;
use crate::domain::coupon::NewCoupon;
use crate::domain::customer::CustomerId;
use crate::domain::date;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::money::Fen;
use crate::i18n::ledger;
use crate::i18n::sides::BETWEEN;

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::CallBack { .. } => vec![F::CallAt],
        FormKind::Nevertheless(_) => vec![F::TouchOverride],
        _ => vec![
            F::TouchChannel,
            F::TouchContact,
            F::TouchSummary,
            F::TouchFeedback,
            F::TouchResponded,
            F::Next,
            F::TouchClosed,
            F::TouchProduct,
            F::TouchScript,
            F::Coupon,
            F::TouchGift,
            F::TouchCost,
            F::TouchKind,
            F::TouchAt,
            F::TouchEvent,
            F::TouchTopic,
        ],
    }
}

fn start(kind: &FormKind, field: Field, _: &Shared) -> Option<Value> {
    let FormKind::Touch { plan: Plan { channel, topic, answers, .. }, .. } = kind else { return None };
    match field {
        F::TouchChannel => Some(Value::Text(channel.clone().unwrap_or_else(|| "phone".to_owned()))),
        F::TouchTopic => topic.clone().map(Value::Text),
        F::TouchKind if *answers => Some(Value::Text("reply".into())),
        _ => None,
    }
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let customer = form.subject.as_ref().map(|c| c.id);
    match &form.kind {
        FormKind::Touch { done, .. } => touch(form, customer.ok_or_else(nobody)?, done, s),
        FormKind::CallBack { task } => call_back(form, customer.ok_or_else(nobody)?, task.as_ref(), s),
        FormKind::Nevertheless(change) => {
            let empty = Invalid { field: F::TouchOverride, problem: Problem::Empty };
            Ok(nevertheless((**change).clone(), guard::reason(form).ok_or(empty)?))
        }
        _ => Err(nobody()),
    }
}

/// The same change with the reason for which it passes the guard.
fn nevertheless(change: Change, reason: String) -> Change {
    match change {
        Change::Unanswered { mut touch, task, again } => {
            touch.override_reason = Some(reason);
            Change::Unanswered { touch, task, again }
        }
        change => change,
    }
}

/// The one of several mistakes whose field stands first.
fn first(form: &Form, wrong: impl IntoIterator<Item = Option<Invalid>>) -> Result<(), Invalid> {
    let place = |invalid: &Invalid| form.place(invalid).unwrap_or(usize::MAX);
    wrong.into_iter().flatten().min_by_key(place).map_or(Ok(()), Err)
}

fn touch(form: &Form, customer: CustomerId, done: &[TaskRef], s: &Shared) -> Result<Change, Invalid> {
    let (next, values) = (actions(form, s), values(form, s));
    let nothing = form.entry(F::TouchClosed).and_then(|e| e.picked()) == Some(&Value::Flag(true))
        || says_nothing(form.text(F::Next));
    let open = (!nothing && next.as_ref().is_ok_and(Vec::is_empty))
        .then_some(Invalid { field: F::Next, problem: Problem::NextOrClosed });
    first(form, [next.as_ref().err().cloned(), values.as_ref().err().cloned(), open])?;
    let (next, values) = (tasks(next?), values?);
    let at = match value_of(&values, F::TouchAt) {
        Value::Moment(ms) => from_ms(ms),
        _ => s.now.at,
    };
    let event_on = match value_of(&values, F::TouchEvent) {
        Value::Day(day) => Some(day),
        _ => None,
    };
    let cost = match value_of(&values, F::TouchCost) {
        Value::Money(fen) => fen,
        _ => Fen(0),
    };
    let kind = text_of(&values, F::TouchKind).unwrap_or_else(|| "proactive".to_owned());
    let summary = text_of(&values, F::TouchSummary).unwrap_or_default();
    let feedback = text_of(&values, F::TouchFeedback);
    let said = value_of(&values, F::TouchResponded).as_flag();
    Ok(Change::LogTouch(Box::new(NewTouch {
        contact: value_of(&values, F::TouchContact).as_id(),
        channel: text_of(&values, F::TouchChannel),
        responded: answered(said, &kind, feedback.as_deref()),
        kind,
        topic: text_of(&values, F::TouchTopic),
        feedback,
        cost,
        product: text_of(&values, F::TouchProduct),
        script: text_of(&values, F::TouchScript),
        coupon: coupon(form)?,
        gift: text_of(&values, F::TouchGift),
        event_on,
        next,
        closed: nothing,
        done: done.to_vec(),
        override_reason: guard::reason(form),
        ..NewTouch::plain(customer, at, summary)
    })))
}

/// The coupon that a touch brings, if one was written.
fn coupon(form: &Form) -> Result<Option<NewCoupon>, Invalid> {
    let text = form.text(F::Coupon).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let problem = || Invalid { field: F::Coupon, problem: Problem::NotACoupon(text.to_owned()) };
    crate::domain::coupon::parse(text).map(Some).ok_or_else(problem)
}

/// An unanswered call: a touch without an answer, and the next call planned.
fn call_back(
    form: &Form,
    customer: CustomerId,
    task: Option<&TaskRef>,
    s: &Shared,
) -> Result<Change, Invalid> {
    let due = due(form, s)?;
    let task = task.cloned();
    Ok(match task {
        // the promise stands; only its time moves
        Some(task) => Change::Reschedule { task, due },
        None => Change::AddTask {
            customer,
            task: NewTask {
                text: crate::i18n::commands::CALL_BACK.of(s.lang).trim_end_matches([' ', '…']).to_owned(),
                due,
                anchor: date::Anchor::Absolute,
            },
        },
    })
}

/// What these tasks are called, as far as that is known here: what a touch ticks off when it is saved.
pub fn called(done: &[TaskRef], s: &Shared) -> Option<String> {
    let name = |task: &TaskRef| {
        let mut items = s.feeds.queue().into_iter().flat_map(|queue| queue.today.iter().chain(&queue.later));
        if let Some(item) = items.find(|item| item.task == *task) {
            return Some(ledger::what(item, s.lang));
        }
        match task {
            TaskRef::Cause { text, .. } => Some(text.clone()),
            // it was begun on the profile, and the day's list has no room for it
            TaskRef::Stored(id) => {
                let profile = s.feeds.profile().and_then(Option::as_ref).map(|profile| &profile.tasks);
                let card = s.feeds.form_card().and_then(Option::as_ref).map(|card| &card.tasks);
                let mut tasks = profile.into_iter().chain(card).flatten();
                let task = tasks.find(|task| task.id == *id)?;
                Some(ledger::task(task.cause.as_deref(), &task.text, s.lang))
            }
            TaskRef::Row(_) => None,
        }
    };
    let names: Vec<String> = done.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(BETWEEN.of(s.lang)))
}

/// A reward that was given: its task is done, and the history of the referrer says so (E20, K45).
pub fn rewarded(customer: CustomerId, task: TaskRef, what: String, s: &Shared) -> Change {
    Change::LogTouch(Box::new(NewTouch {
        channel: Some("other".to_owned()),
        // it keeps a promise and asks for nothing
        kind: "reply".to_owned(),
        closed: true,
        done: vec![task],
        ..NewTouch::plain(customer, s.now.at, what)
    }))
}

/// A call that reached nobody: a touch without an answer and without new words; the task stays.
pub fn unanswered(customer: CustomerId, what: &str, s: &Shared) -> Change {
    Change::LogTouch(Box::new(NewTouch::plain(customer, s.now.at, what)))
}
