//! The forms of reviews: their fields, what they hold when they open, which change they become.

use super::super::form::{Form, FormKind, Review};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{text_of, value_of, values};
use super::strategy::changed;
use crate::domain::change::{Change, Reviewing};
use crate::domain::field::{Field, Invalid, Noun, Problem, Value, fields_of};
use crate::domain::kpi::target;
use crate::domain::strategy::Edit;
use crate::i18n::{Lang, review as t, words};

pub(super) const FAMILY: Family = Family { fields, start, build };

/// The fields of a form.
fn fields(kind: &FormKind) -> Vec<Field> {
    let FormKind::Review(review) = kind else { return Vec::new() };
    match &**review {
        Review::Target { .. } => vec![F::TargetFigure],
        Review::Cause { .. } => vec![F::CauseText],
        Review::Baseline { .. } => vec![F::BaselineName],
        Review::Span(_) => vec![F::PeriodText],
        Review::Prepare { .. } => fields_of(Noun::Strategy).map(|s| s.field).collect(),
        Review::Apply { .. } => vec![F::Reason],
        Review::Assess { .. } => vec![F::AssessmentScore, F::AssessmentNote],
    }
}

/// What a field holds when its form opens.
fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    let FormKind::Review(review) = kind else { return None };
    match (&**review, field) {
        (Review::Target { now, .. }, F::TargetFigure) => Some(Value::text(now)),
        (Review::Span(text), F::PeriodText) => Some(Value::text(text)),
        (Review::Baseline { period }, F::BaselineName) => Some(Value::text(&period.label())),
        (Review::Assess { now: Some(score), .. }, F::AssessmentScore) => Some(Value::Int(*score)),
        (Review::Prepare { class, .. }, _) => Some(super::strategy::of_class(class, field, s)),
        _ => None,
    }
}

/// The change a form becomes.
fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let FormKind::Review(review) = &form.kind else { return Err(nobody()) };
    let needed = |field: Field| -> Result<String, Invalid> {
        text_of(&values(form, s)?, field).ok_or(Invalid { field, problem: Problem::Empty })
    };
    let reviewing = match &**review {
        Review::Target { kpi, segment, .. } => {
            let value = text_of(&values(form, s)?, F::TargetFigure).unwrap_or_default();
            return Ok(Change::Set { key: target::key(kpi, segment), value });
        }
        Review::Cause { kpi, segment, period } => Reviewing::Cause {
            kpi: kpi.clone(),
            segment: segment.clone(),
            period: *period,
            text: needed(F::CauseText)?,
        },
        Review::Baseline { period } => {
            Reviewing::Baseline { period: *period, name: needed(F::BaselineName)? }
        }
        // it becomes no change: the board reads it
        Review::Span(_) => return Err(Invalid { field: F::PeriodText, problem: Problem::Empty }),
        Review::Prepare { suggestion, scheme, class, rev } => {
            let set = changed(form, s, Noun::Strategy, rev.is_none())?;
            if set.is_empty() {
                return Err(Invalid { field: F::StrategyGoal, problem: Problem::Empty });
            }
            let edit = Edit { scheme: scheme.clone(), class: class.clone(), rev: *rev, set };
            Reviewing::Prepare { suggestion: *suggestion, edit }
        }
        Review::Apply { suggestion, edit } => {
            Reviewing::Apply { suggestion: *suggestion, edit: edit.clone(), reason: needed(F::Reason)? }
        }
        Review::Assess { person, month, .. } => {
            let values = values(form, s)?;
            let Value::Int(score) = value_of(&values, F::AssessmentScore) else {
                return Err(Invalid { field: F::AssessmentScore, problem: Problem::Empty });
            };
            let note = text_of(&values, F::AssessmentNote);
            Reviewing::Assess { person: *person, month: month.clone(), score, note }
        }
    };
    Ok(Change::Reviewing(Box::new(reviewing)))
}

/// What a form is called.
pub fn title(review: &Review, lang: Lang) -> String {
    match review {
        Review::Target { kpi, segment, .. } => t::TARGET_OF.with(lang, &[&t::metric(kpi, segment, lang)]),
        Review::Cause { kpi, segment, period } => {
            t::CAUSE_FOR.with(lang, &[&t::metric(kpi, segment, lang), &period.label()])
        }
        Review::Baseline { period } => t::BASELINE_FOR.with(lang, &[&period.label()]),
        Review::Span(_) => t::PERIOD.of(lang).to_owned(),
        Review::Prepare { scheme, class, .. } => t::PREPARE.with(lang, &[&words::word(scheme, class, lang)]),
        Review::Apply { edit, .. } => t::APPLY.with(lang, &[&words::word(&edit.scheme, &edit.class, lang)]),
        Review::Assess { name, month, .. } => t::ASSESS.with(lang, &[name, month]),
    }
}
