//! How a change is called in the record of changes, why it was made where the change itself asks for it, and what kind of
//! record it makes.

use super::{Change, Each, Reviewing};
use crate::domain::act::Act;
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

    /// The id of what it does.
    pub const fn verb(&self) -> &'static str {
        self.act().id()
    }

    /// What it does, which the record of changes keeps.
    pub const fn act(&self) -> Act {
        match self {
            Self::AddCustomer(_) => Act::AddCustomer,
            Self::Add { .. } | Self::AddContact { .. } | Self::AddTo { .. } => Act::Add,
            Self::Edit { .. } | Self::Own(_) | Self::All(_) => Act::Edit,
            Self::Remove { .. } => Act::Remove,
            Self::LogTouch(_) => Act::Log,
            Self::Unanswered { .. } => Act::Unanswered,
            Self::AddTask { .. } | Self::PlanTouch { .. } | Self::Many { each: Each::Plan(_), .. } => {
                Act::Plan
            }
            Self::HandOver(what) => what.act(),
            Self::Dispute(what) => what.act(),
            Self::Leak(what) => what.act(),
            Self::Merge(_) => Act::Merge,
            Self::Erase { .. } => Act::Erase,
            Self::Check(_) => Act::Check,
            Self::Reveal { .. } => Act::Reveal,
            Self::Reschedule { .. } => Act::Reschedule,
            Self::Done(_) => Act::Done,
            Self::Snooze { .. } => Act::Snooze,
            Self::Many { each: Each::Tag(_), .. } => Act::Tag,
            Self::Many { each: Each::Untag(_), .. } => Act::Untag,
            Self::Many { each: Each::Assign(_), .. } => Act::Assign,
            Self::Class { .. } => Act::Class,
            Self::ApplyScheme { .. } => Act::ApplyScheme,
            Self::ProposeScheme { .. } => Act::ProposeScheme,
            Self::Reword { .. } => Act::Reword,
            Self::Benchmark { .. } => Act::Benchmark,
            Self::Coupon { used: false, .. } => Act::Claim,
            Self::Coupon { used: true, .. } => Act::UseCoupon,
            Self::Review { approve: true, .. } => Act::Approve,
            Self::Review { approve: false, .. } => Act::Withdraw,
            Self::TurnPlan { .. } => Act::TurnPlan,
            Self::PutBack { .. } => Act::PutBack,
            Self::RunCampaign { .. } => Act::Campaign,
            Self::ApproveCost { .. } => Act::ApproveCost,
            Self::Complaint { step, .. } => match step {
                complaint::Step::Take => Act::Take,
                complaint::Step::Answer { .. } => Act::Answer,
                complaint::Step::Solve { .. } => Act::Solve,
                complaint::Step::Resolve { .. } => Act::Resolve,
                complaint::Step::End { .. } => Act::EndComplaint,
            },
            Self::Alarm { step, .. } => match step {
                alarm::Step::Acknowledge => Act::Acknowledge,
                alarm::Step::Tick(_) => Act::Tick,
                alarm::Step::Act { .. } => Act::AlarmStep,
                alarm::Step::Close(_) => Act::CloseAlarm,
            },
            Self::RaiseAlarm { .. } => Act::Alarm,
            Self::Ask { .. } => Act::Ask,
            Self::Request { step, .. } => match step {
                requests::Step::Take => Act::Take,
                requests::Step::Answer(_) => Act::Answer,
                requests::Step::Refuse(_) => Act::RefuseRequest,
                requests::Step::Close => Act::CloseRequest,
            },
            Self::Outcome { .. } => Act::Outcome,
            Self::Reviewing(review) => review.act(),
            Self::Strategy { .. } => Act::Strategy,
            Self::PutOverlay { .. } | Self::RemoveOverlay(_) | Self::OverlayReady(_) => Act::Overlay,
            Self::SaveView { .. } => Act::SaveView,
            Self::RemoveView(_) => Act::RemoveView,
            Self::Staff(staff) => staff.act(),
            Self::Set { .. } => Act::Set,
            Self::StartImport { .. } | Self::ImportRows { .. } | Self::FinishImport { .. } => Act::Import,
            Self::Undo(_) => Act::Undo,
            Self::Redo => Act::Redo,
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
