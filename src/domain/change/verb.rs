//! How a change is called in the record of changes, why it was made where the change itself asks for it, and what kind of
//! record it makes.

use super::{Change, Each, Reviewing};
use crate::domain::dispute::Dispute;
use crate::domain::field::{Noun, Row};
use crate::domain::leak::Leak;
use crate::domain::user::Staff;
use crate::domain::{alarm, complaint, requests};

impl Change {
    /// Why, where the change itself asks for it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Reveal { reason, .. } | Self::Erase { reason, .. } => Some(reason),
            Self::HandOver(what) => what.reason(),
            Self::Dispute(what) => what.reason(),
            _ => None,
        }
    }

    /// The id of what it does, kept in the record of changes.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::AddCustomer(_) => "add_customer",
            Self::Add { .. } | Self::AddContact { .. } | Self::AddTo { .. } => "add",
            Self::Edit { .. } | Self::Own(_) | Self::All(_) => "edit",
            Self::Remove { .. } => "remove",
            Self::LogTouch(_) => "log",
            Self::Unanswered { .. } => "unanswered",
            Self::AddTask { .. } | Self::PlanTouch { .. } | Self::Many { each: Each::Plan(_), .. } => "plan",
            Self::HandOver(what) => what.verb(),
            Self::Dispute(what) => what.verb(),
            Self::Leak(what) => what.verb(),
            Self::Erase { .. } => "erase",
            Self::Check(_) => "check",
            Self::Reveal { .. } => "reveal",
            Self::Reschedule { .. } => "reschedule",
            Self::Done(_) => "done",
            Self::Snooze { .. } => "snooze",
            Self::Many { each: Each::Tag(_), .. } => "tag",
            Self::Many { each: Each::Untag(_), .. } => "untag",
            Self::Many { each: Each::Assign(_), .. } => "assign",
            Self::Class { .. } => "class",
            Self::ApplyScheme { .. } => "apply_scheme",
            Self::ProposeScheme { .. } => "propose_scheme",
            Self::Reword { .. } => "reword",
            Self::Benchmark { .. } => "benchmark",
            Self::Coupon { used: false, .. } => "claim",
            Self::Coupon { used: true, .. } => "use_coupon",
            Self::Review { approve: true, .. } => "approve",
            Self::Review { approve: false, .. } => "withdraw",
            Self::TurnPlan { .. } => "turn_plan",
            Self::PutBack { .. } => "put_back",
            Self::RunCampaign { .. } => "campaign",
            Self::ApproveCost { .. } => "approve_cost",
            Self::Complaint { step, .. } => match step {
                complaint::Step::Take => "take",
                complaint::Step::Answer { .. } => "answer",
                complaint::Step::Solve { .. } => "solve",
                complaint::Step::Resolve { .. } => "resolve",
                complaint::Step::End { .. } => "end_complaint",
            },
            Self::Alarm { step, .. } => match step {
                alarm::Step::Acknowledge => "acknowledge",
                alarm::Step::Tick(_) => "tick",
                alarm::Step::Act { .. } => "alarm_step",
                alarm::Step::Close(_) => "close_alarm",
            },
            Self::RaiseAlarm { .. } => "alarm",
            Self::Ask { .. } => "ask",
            Self::Request { step, .. } => match step {
                requests::Step::Take => "take",
                requests::Step::Answer(_) => "answer",
                requests::Step::Refuse(_) => "refuse_request",
                requests::Step::Close => "close_request",
            },
            Self::Outcome { .. } => "outcome",
            Self::Reviewing(review) => review.verb(),
            Self::Strategy { .. } => "strategy",
            Self::PutOverlay { .. } | Self::RemoveOverlay(_) | Self::OverlayReady(_) => "overlay",
            Self::SaveView { .. } => "save_view",
            Self::RemoveView(_) => "remove_view",
            Self::Staff(staff) => staff.verb(),
            Self::Set { .. } => "set",
            Self::StartImport { .. } | Self::ImportRows { .. } | Self::FinishImport { .. } => "import",
            Self::Undo(_) => "undo",
            Self::Redo => "redo",
        }
    }

    /// What kind of record its receipt names as made, where it makes one: a change that is answered once more finds it in the
    /// record of changes by this.
    pub fn makes(&self) -> Option<Noun> {
        match self {
            Self::AddCustomer(_) => Some(Noun::Customer),
            Self::Add { noun, .. } | Self::AddTo { noun, .. } => Some(*noun),
            Self::AddContact { .. } => Some(Noun::Contact),
            Self::LogTouch(_) | Self::Unanswered { .. } => Some(Noun::Touch),
            Self::AddTask { .. } | Self::PlanTouch { .. } => Some(Noun::Task),
            // a leak is a case of its own, with its alarm
            Self::RaiseAlarm { rule, .. } if rule == "leak" => Some(Noun::Leak),
            Self::RaiseAlarm { .. } => Some(Noun::Alarm),
            Self::Ask { .. } => Some(Noun::Request),
            Self::SaveView { .. } => Some(Noun::SavedView),
            Self::Reword { .. } => Some(Noun::Tag),
            Self::Dispute(Dispute::Open { .. }) => Some(Noun::Dispute),
            Self::Leak(Leak::Report { .. }) => Some(Noun::Leak),
            Self::Staff(Staff::Add(_)) => Some(Noun::Person),
            Self::Reviewing(review) => match **review {
                Reviewing::Cause { .. } => Some(Noun::CauseNote),
                Reviewing::Baseline { .. } => Some(Noun::Baseline),
                _ => None,
            },
            // what was approved stays, and an edit of it is a new version
            Self::Edit { row: Row { noun: Noun::Script, .. }, .. } => Some(Noun::Script),
            _ => None,
        }
    }
}
