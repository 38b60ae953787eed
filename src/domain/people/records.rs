//! Which right a record of each kind needs, at the least, to be made and to be changed. The store asks for more where it
//! knows whose record it is; here is what somebody needs for it to go through in some case, so that nothing is offered in vain.

use super::Verb;
use crate::domain::field::Noun;

/// The right without which nobody makes such a record.
pub const fn adds(noun: Noun) -> Verb {
    match noun {
        Noun::Script
        | Noun::Campaign
        | Noun::Plan
        | Noun::PlanTask
        | Noun::PlanResource
        | Noun::PlanTarget
        | Noun::Baseline
        | Noun::CauseNote
        | Noun::Evaluation
        | Noun::EvaluationLine
        | Noun::Suggestion => Verb::Draft,
        Noun::Gift | Noun::Content | Noun::Product | Noun::ProductTag => Verb::Approve,
        Noun::OwnField | Noun::Person | Noun::PersonKey | Noun::Tag => Verb::Configure,
        Noun::Share => Verb::Share,
        Noun::Assessment => Verb::Assign,
        Noun::Strategy | Noun::StrategyTouch | Noun::Overlay | Noun::Proposal => Verb::Strategy,
        // whoever hears of it writes it down
        Noun::Touch | Noun::Task | Noun::Complaint | Noun::OptOut | Noun::Request | Noun::Outcome => {
            Verb::Log
        }
        Noun::Customer => Verb::Create,
        _ => Verb::Edit,
    }
}

/// The rights of which one is needed to change such a record: the first where it is one's own, the second where it is not.
pub const fn edits(noun: Noun) -> &'static [Verb] {
    match noun {
        Noun::Touch | Noun::Task | Noun::Complaint | Noun::Request => &[Verb::Log, Verb::Edit],
        Noun::PlanTask => &[Verb::Log, Verb::Draft, Verb::Approve],
        // an absence is said by whoever shares out that person's customers
        Noun::Person => &[Verb::Share, Verb::Configure],
        Noun::Proposal => &[Verb::Strategy, Verb::Configure],
        Noun::OptOut => &[Verb::Edit],
        other => match adds(other) {
            Verb::Draft => &[Verb::Draft, Verb::Approve],
            Verb::Approve => &[Verb::Approve],
            Verb::Configure => &[Verb::Configure],
            Verb::Share => &[Verb::Share],
            Verb::Assign => &[Verb::Assign],
            Verb::Strategy => &[Verb::Strategy],
            _ => &[Verb::Edit],
        },
    }
}
