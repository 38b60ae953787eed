//! The guard beside a form: what is asked while it is being filled in, and the line for a reason, which is there only as
//! long as something asks for one. The write path asks again when the form is saved.

use super::super::form::{Entry, Form, FormKind};
use super::super::shared::{Shared, context};
use super::family::F;
use super::read::actions;
use crate::domain::clock::from_ms;
use crate::domain::field::Value;
use crate::domain::guard::{Deed, Finding, Intent, asking, barring};
use crate::i18n::entry::read;
use crate::store::request::Query;

/// What the guard is to be asked about a form, if it is about a touch of one customer.
pub fn question(form: &Form, s: &Shared) -> Option<Query> {
    let customer = form.subject.as_ref().filter(|_| form.many.is_empty())?.id;
    let intent = match form.kind {
        FormKind::Touch { .. } => touch(form, s),
        FormKind::Plan => plan(form, s),
        _ => return None,
    };
    Some(Query::Guard { customer, intent })
}

fn touch(form: &Form, s: &Shared) -> Intent {
    let picked =
        |field: F| form.entry(field).and_then(Entry::picked).and_then(Value::as_text).map(str::to_owned);
    let at = match read(F::TouchAt.spec(), form.text(F::TouchAt), &context(s, &[], &[], &[])) {
        Ok(Value::Moment(ms)) => from_ms(ms),
        _ => s.now.at,
    };
    let typed = |field: F| Some(form.text(field).trim().to_owned()).filter(|text| !text.is_empty());
    Intent {
        channel: picked(F::TouchChannel),
        product: typed(F::TouchProduct),
        script: typed(F::TouchScript),
        ..Intent::new(Deed::of_kind(picked(F::TouchKind).as_deref().unwrap_or("proactive")), at)
    }
}

/// A plan is asked about on its day; before it has one, today stands for it.
fn plan(form: &Form, s: &Shared) -> Intent {
    let due = actions(form, s).ok().and_then(|a| a.first().map(|a| a.resolved.due));
    let day = due.map_or_else(|| s.now.today(), |due| due.day);
    let last = s.now.zone.overdue_after(day, due.and_then(|d| d.time)) - chrono::Duration::milliseconds(1);
    Intent::new(Deed::Plan, last)
}

/// Whether a plan is one of our own accord, which the guard may hold, or a word given to the customer, which it may not.
pub fn is_plan(form: &Form) -> bool {
    form.kind == FormKind::Plan
        && form.entry(F::TaskKind).and_then(Entry::picked).and_then(Value::as_text) == Some("plan")
}

/// Whether what was found holds this form until it gives a reason.
pub fn holds(form: &Form) -> bool {
    (form.kind != FormKind::Plan || is_plan(form)) && asking(&form.guard).next().is_some()
}

/// Whether no reason helps: a plan against the customer's own wish.
pub fn bars(form: &Form) -> bool {
    is_plan(form) && barring(&form.guard).next().is_some()
}

/// Takes in what the guard says: the line for a reason comes and, while it is empty, goes again.
pub fn told(form: &mut Form, findings: Vec<Finding>) {
    form.guard = findings;
    let at = form.entries.iter().position(|e| e.field == F::TouchOverride);
    match (at, holds(form)) {
        (None, true) if !bars(form) => {
            // above what is rarely filled in, so that it shows on a small screen too
            let closed = form.entries.iter().position(|e| e.field == F::TouchClosed);
            let at = closed.map_or(form.entries.len(), |at| at + 1);
            form.entries.insert(at, Entry::new(F::TouchOverride, "", Value::None, Vec::new()));
            form.focus += usize::from(form.focus >= at);
        }
        (Some(at), false) if form.entries.get(at).is_some_and(|e| e.text().trim().is_empty()) => {
            form.entries.remove(at);
            form.focus -= usize::from(form.focus > at);
        }
        _ => {}
    }
}

/// The reason that was given, if one was.
pub fn reason(form: &Form) -> Option<String> {
    Some(form.text(F::TouchOverride).trim().to_owned()).filter(|r| !r.is_empty())
}
