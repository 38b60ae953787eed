//! The forms of plain records: one of a noun, one that belongs to another record, an edit of one. What a field usually holds
//! when a form opens stands here too ([`usual`]), for forms of other families that have the same fields.

use chrono::{Datelike, Days};

use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{text_of, value_of, values};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Noun, Problem, Value, fields_of};

pub(super) const FAMILY: Family = Family { fields, start, build };

/// How long a campaign lasts when nobody says.
const CAMPAIGN_DAYS: u64 = 14;

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Add(noun) | FormKind::AddTo { noun, .. } => {
            fields_of(*noun).map(|spec| spec.field).filter(|field| !is_known_later(*field)).collect()
        }
        // an edit has the fields of its record
        _ => Vec::new(),
    }
}

const fn is_known_later(field: Field) -> bool {
    matches!(
        field,
        F::CampaignResult
            | F::PlanProblems
            | F::PlanReport
            | F::TargetActual
            | F::ComplaintRepair
            | F::ComplaintRecheck
            | F::ComplaintResult
            | F::ComplaintEnd
    )
}

const fn start(_: &FormKind, _: Field, _: &Shared) -> Option<Value> {
    None
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let set = values(form, s)?;
    match &form.kind {
        FormKind::Add(noun) => {
            consent(form, &set)?;
            let customer = form.subject.as_ref().map(|c| c.id);
            let customer = if company(*noun) { CustomerId(0) } else { customer.ok_or_else(nobody)? };
            Ok(Change::Add { noun: *noun, customer, set })
        }
        FormKind::AddTo { parent, noun } => Ok(Change::AddTo { parent: *parent, noun: *noun, set }),
        FormKind::Edit { row, rev } => {
            consent(form, &set)?;
            super::edit::edit(form, *row, *rev, s)
        }
        _ => Err(nobody()),
    }
}

/// Whether records of a noun belong to the company and to no customer.
pub const fn company(noun: Noun) -> bool {
    matches!(
        noun,
        Noun::Script
            | Noun::Gift
            | Noun::Content
            | Noun::Product
            | Noun::Campaign
            | Noun::Plan
            | Noun::PlanTask
            | Noun::PlanResource
            | Noun::PlanTarget
            | Noun::Suggestion
            | Noun::Baseline
            | Noun::CauseNote
            | Noun::Evaluation
            | Noun::EvaluationLine
            | Noun::OwnField
    )
}

/// Consent was given for something and in some way: without both nobody can show that it was (A25).
fn consent(form: &Form, values: &[(Field, Value)]) -> Result<(), Invalid> {
    if text_of(values, F::ConsentState).as_deref() != Some("given") {
        return Ok(());
    }
    let missing = [F::ConsentPurpose, F::ConsentWay, F::ConsentOn]
        .into_iter()
        .find(|f| form.entry(*f).is_some() && value_of(values, *f) == Value::None);
    missing.map_or(Ok(()), |field| Err(Invalid { field, problem: Problem::Empty }))
}

/// What a field holds before anything is typed, in whatever form it stands.
pub(super) fn usual(field: Field, s: &Shared) -> Value {
    match field {
        F::TouchKind => Value::Text("proactive".into()),
        F::TaskKind => Value::Text("promise".into()),
        F::TouchAt | F::ComplaintOpened => Value::Moment(s.now.ms()),
        F::CustomerKind => Value::Text("company".into()),
        F::CampaignOwner | F::PlanOwner | F::PlanTaskOwner | F::SuggestionOwner => Value::Id(s.actor.id.0),
        F::OrderDay
        | F::QuoteDay
        | F::RefundDay
        | F::OptOutSince
        | F::SurveyOn
        | F::ConsentOn
        | F::CouponIssued
        | F::ActivationStarted
        | F::CampaignStarts
        | F::PlanStarts
        | F::ExpenseDay
        | F::BrowseDay
        | F::MemberSince => Value::Day(s.now.today()),
        F::OrderStatus => Value::Text("paid".into()),
        F::CampaignEnds => {
            let today = s.now.today();
            Value::Day(today.checked_add_days(Days::new(CAMPAIGN_DAYS)).unwrap_or(today))
        }
        F::CampaignChannel => Value::Text("sms".into()),
        F::ResourceKind => Value::Text("people".into()),
        F::ExpenseKind => Value::Text("gift".into()),
        F::BudgetPeriod | F::OverspendPeriod => Value::Text(s.now.today().year().to_string()),
        F::ScriptScene => Value::Text("other".into()),
        F::ProductState => Value::Text("sold".into()),
        F::CouponKind => Value::Text("cash".into()),
        F::ActivationCause => Value::Text("inquiry".into()),
        F::OwnKind => Value::Text("text".into()),
        F::QuoteState | F::ComplaintState | F::ActivationOutcome => Value::Text("open".into()),
        F::ComplaintSeverity => Value::Text("medium".into()),
        F::DateKind => Value::Text("birthday".into()),
        F::DateCalendar => Value::Text("solar".into()),
        F::DateLead => Value::Int(3),
        F::LineQuantity => Value::Int(1),
        F::OptOutChannel => Value::Text("all".into()),
        F::MethodKind => Value::Text("mobile".into()),
        _ => Value::None,
    }
}
