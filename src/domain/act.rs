//! What a change does, by the id that the record of changes keeps, and what that asks of whoever does it: one table, which
//! the writing of a change and its undo both read. Nobody takes back, or brings back, what they may not do.

use super::people::Verb;

/// What an act asks of whoever does it, takes it back or brings it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A right, whatever it is about.
    Right(Verb),
    /// One of two rights; a refusal speaks of the first.
    Either(Verb, Verb),
    /// A right over every customer whose records it changes.
    Over(Verb),
    /// What each of its records asks of whoever makes, edits or removes it by hand.
    Each,
    /// A part in what it is about.
    Part(Of),
}
use Asks::{Each, Either, Over, Part, Right};

/// Which part somebody has in what an act is about; the rule stands with the noun in `store/write`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Who makes a customer: for themselves, or for whom they may give one.
    Maker,
    /// Who may merge both customers.
    Merger,
    /// Who has had a talk, or acts on that person's work.
    Speaker,
    /// Whose task it is.
    Doer,
    /// The side that gives customers away.
    Giver,
    /// The side that receives them.
    Receiver,
    /// Either of the two.
    Sides,
    /// Who decides a dispute.
    Arbiter,
    /// Who began it.
    Claimant,
    /// Who handles a complaint, or is of the department that a request asks.
    Answerer,
    /// Who has asked.
    Asker,
    /// Whose alarm it is, to take note of it.
    Notified,
    /// Whose alarm it is, to do something about it.
    Responsible,
    /// Who owns a campaign whose member it is.
    Campaigner,
    /// Who owns or wrote it, else whoever approves.
    Owner,
    /// Who owns what is evaluated, else whoever approves.
    Evaluator,
    /// Who edits the strategy of the person whom a row is given to.
    Strategist,
    /// Who keeps a setting.
    Keeper,
    /// Whose view it is.
    Viewer,
}

macro_rules! acts {
    ($( $act:ident $id:literal $asks:expr; )*) => {
        /// What a change does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the ids are told in words by `i18n`")]
        pub enum Act { $( $act, )* }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$act, )* ];

            /// The id as the record of changes keeps it.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$act => $id, )* }
            }

            /// What it asks.
            pub const fn asks(self) -> Asks {
                match self { $( Self::$act => $asks, )* }
            }
        }
    };
}

acts! {
    AddCustomer "add_customer" Part(Of::Maker);
    Add "add" Each;
    Edit "edit" Each;
    Remove "remove" Each;
    Log "log" Part(Of::Speaker);
    Unanswered "unanswered" Part(Of::Speaker);
    Outcome "outcome" Over(Verb::Log);
    Plan "plan" Over(Verb::Log);
    Done "done" Part(Of::Doer);
    Reschedule "reschedule" Part(Of::Doer);
    Snooze "snooze" Part(Of::Doer);
    Check "check" Over(Verb::Check);
    Reveal "reveal" Over(Verb::Reveal);
    Erase "erase" Over(Verb::Erase);
    Merge "merge" Part(Of::Merger);
    Tag "tag" Over(Verb::Edit);
    Untag "untag" Over(Verb::Edit);
    Class "class" Over(Verb::Edit);
    Assign "assign" Over(Verb::Assign);
    HandOver "hand_over" Part(Of::Giver);
    AcceptHandOver "accept_hand_over" Part(Of::Receiver);
    DeclineHandOver "decline_hand_over" Part(Of::Receiver);
    ConfirmHandOver "confirm_hand_over" Part(Of::Giver);
    TakeBack "take_back" Part(Of::Giver);
    TickHandOver "tick_hand_over" Part(Of::Sides);
    Dispute "dispute" Right(Verb::Dispute);
    NoteDispute "note_dispute" Over(Verb::Log);
    DecideDispute "decide_dispute" Part(Of::Arbiter);
    WithdrawDispute "withdraw_dispute" Part(Of::Claimant);
    ReportLeak "report_leak" Either(Verb::Log, Verb::Freeze);
    NameLeak "name_leak" Right(Verb::Freeze);
    TickLeak "tick_leak" Right(Verb::Freeze);
    LeakKey "leak_key" Right(Verb::Freeze);
    LeakRekeyed "leak_rekeyed" Right(Verb::Freeze);
    Apologise "apologise" Right(Verb::Freeze);
    CloseLeak "close_leak" Right(Verb::Freeze);
    Claim "claim" Over(Verb::Log);
    UseCoupon "use_coupon" Over(Verb::Log);
    // of a complaint and of a request between departments
    Take "take" Part(Of::Answerer);
    Answer "answer" Part(Of::Answerer);
    Solve "solve" Over(Verb::Log);
    Resolve "resolve" Over(Verb::Log);
    EndComplaint "end_complaint" Over(Verb::Log);
    Ask "ask" Over(Verb::Log);
    RefuseRequest "refuse_request" Part(Of::Answerer);
    CloseRequest "close_request" Part(Of::Asker);
    Alarm "alarm" Right(Verb::Log);
    Acknowledge "acknowledge" Part(Of::Notified);
    Tick "tick" Part(Of::Responsible);
    AlarmStep "alarm_step" Part(Of::Responsible);
    CloseAlarm "close_alarm" Part(Of::Responsible);
    Approve "approve" Right(Verb::Approve);
    Withdraw "withdraw" Right(Verb::Approve);
    ApproveCost "approve_cost" Right(Verb::Approve);
    PutBack "put_back" Part(Of::Campaigner);
    Campaign "campaign" Part(Of::Owner);
    TurnPlan "turn_plan" Part(Of::Owner);
    Cause "cause" Right(Verb::Draft);
    Baseline "baseline" Right(Verb::Draft);
    Evaluate "evaluate" Part(Of::Evaluator);
    CloseEvaluation "close_evaluation" Part(Of::Evaluator);
    Prepare "prepare" Part(Of::Owner);
    Assess "assess" Part(Of::Owner);
    Strategy "strategy" Part(Of::Strategist);
    Overlay "overlay" Right(Verb::Strategy);
    ApplyScheme "apply_scheme" Right(Verb::Configure);
    ProposeScheme "propose_scheme" Right(Verb::Strategy);
    Reword "reword" Right(Verb::Configure);
    Benchmark "benchmark" Right(Verb::Configure);
    Set "set" Part(Of::Keeper);
    SaveView "save_view" Part(Of::Viewer);
    RemoveView "remove_view" Part(Of::Viewer);
    AddPerson "add_person" Right(Verb::Configure);
    Freeze "freeze" Right(Verb::Freeze);
    Thaw "thaw" Right(Verb::Configure);
    AddKey "add_key" Right(Verb::Configure);
    RemoveKey "remove_key" Right(Verb::Configure);
    Import "import" Right(Verb::Import);
    // these ask for what they take back or bring back
    Undo "undo" Each;
    Redo "redo" Each;
}

impl Act {
    /// The act with this id; none for what an older or newer program has written.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.id() == id)
    }

    /// The right without which nobody does it, whosever customer and whichever record it is; none where that is for the
    /// record to say.
    pub const fn least(self) -> Option<(Verb, Option<Verb>)> {
        match self.asks() {
            Right(verb) | Over(verb) => Some((verb, None)),
            Either(verb, other) => Some((verb, Some(other))),
            Each | Part(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_found_by_its_id() {
        for act in Act::ALL {
            assert_eq!(Act::from_id(act.id()), Some(*act));
        }
        assert_eq!(Act::from_id("dance"), None);
    }
}
