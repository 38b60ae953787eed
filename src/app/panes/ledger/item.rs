//! What keys do on an item of the follow-up queue: done, put aside, moved, called again; a complaint or a request by its own
//! steps, what has no customer by its row.

use super::super::super::command::Command;
use super::super::super::cursor::Move;
use super::super::super::form::FormKind;
use super::super::super::forms;
use super::super::super::popup::Act;
use super::super::super::shared::Shared;
use super::super::pane::{Pane, Step};
use super::{Ledger, complaints, named, requests};
use crate::domain::change::{Change, NewTask, TaskRef};
use crate::domain::date::{Anchor, call_again};
use crate::domain::field::{Field, Noun, Row};
use crate::domain::queue::{Item, Reason};
use crate::i18n::ledger as t;

/// Minutes after which a busy line is tried again.
const BUSY: i64 = 15;
/// Minutes after which somebody who did not answer is called again.
const NO_ANSWER: i64 = 120;

/// Whether a key of the list does something with an item: what has steps of its own is not called and not put aside.
pub fn takes(item: &Item, command: Command) -> bool {
    let called = matches!(command, Command::NoAnswer | Command::Busy | Command::CallBack);
    match item.task {
        TaskRef::Row(_) if item.is_case() => !called && command != Command::Snooze,
        TaskRef::Row(_) => !called,
        _ => true,
    }
}

impl Ledger {
    /// A key that works on the item under the cursor of the queue.
    pub(super) fn on_item(&mut self, command: Command, s: &mut Shared) -> Step {
        // nothing is due, or it is not known yet: the keys that work everywhere still do
        let Some(item) = self.item(s).cloned() else { return Step::Pass };
        if let TaskRef::Row(row) = item.task {
            return match item.reason {
                Reason::Complaint { line, .. } => complaints::handle(command, row.id, line),
                Reason::Request { answered, .. } => requests::handle(command, row.id, answered),
                Reason::Alarm { .. } => on_alarm(command, row),
                _ => of_company(command, row),
            };
        }
        let task = named(&item, s);
        let write = |change| Step::Write(Box::new(change));
        match command {
            Command::Done if matches!(&item.reason, Reason::Cause { id } if id == "reward") => {
                write(forms::rewarded(item.customer, task, t::what(&item, s.lang), s))
            }
            Command::Done => write(Change::Done(vec![task])),
            Command::Snooze => Step::Form(FormKind::Snooze(task)),
            Command::Reschedule => Step::Form(FormKind::Reschedule(task)),
            Command::CallBack => Step::Form(FormKind::CallBack { task: Some(task) }),
            Command::NoAnswer => self.unanswered(&item, t::NOT_ANSWERED.of(s.lang), NO_ANSWER, s),
            Command::Busy => self.unanswered(&item, t::LINE_BUSY.of(s.lang), BUSY, s),
            Command::Remove => match (&item.task, item.rev) {
                (TaskRef::Stored(id), Some(rev)) => {
                    write(Change::Remove { row: Row { noun: Noun::Task, id: *id }, rev })
                }
                // a cause goes when it is dealt with
                _ => write(Change::Done(vec![task])),
            },
            Command::Edit => match item.task {
                TaskRef::Stored(id) => Step::Edit(Row { noun: Noun::Task, id }, None),
                TaskRef::Cause { .. } => Step::Form(FormKind::Reschedule(task)),
                TaskRef::Row(row) => Step::Edit(row, None),
            },
            _ => Step::Pass,
        }
    }

    /// Logs a call that reached nobody, moves its task and goes on to the next item.
    fn unanswered(&mut self, item: &Item, what: &str, minutes: i64, s: &mut Shared) -> Step {
        let Change::LogTouch(mut touch) = forms::unanswered(item.customer, what, s) else {
            return Step::Done;
        };
        // what comes next is the call that this change plans
        touch.closed = false;
        let task = match (&item.task, &item.reason) {
            // the touch ends the silence; what remains is to call again
            (TaskRef::Cause { .. }, Reason::Silence { .. }) => None,
            _ => Some(named(item, s)),
        };
        let again = NewTask {
            text: t::what(item, s.lang),
            due: call_again(s.now.local(), minutes),
            anchor: Anchor::Absolute,
        };
        self.go(Move::By(1), s);
        Step::Write(Box::new(Change::Unanswered { touch, task, again }))
    }
}

/// A key on an alarm: `x` ticks its next step, whatever else there is to do is done where it stands.
fn on_alarm(command: Command, row: Row) -> Step {
    match command {
        Command::Done => Step::Write(Box::new(Change::Done(vec![TaskRef::Row(row)]))),
        Command::Edit | Command::Snooze | Command::Reschedule | Command::Remove => {
            Step::Act(Box::new(Act::Show(row)))
        }
        _ => Step::Pass,
    }
}

/// A key on what has no customer: a task of a plan, a suggestion, a campaign or plan to be evaluated.
fn of_company(command: Command, row: Row) -> Step {
    let evaluation = matches!(row.noun, Noun::Campaign | Noun::Evaluation);
    match command {
        Command::Done | Command::Remove if !evaluation => {
            Step::Write(Box::new(Change::Done(vec![TaskRef::Row(row)])))
        }
        // its day follows from the campaign's end
        Command::Done | Command::Reschedule | Command::Snooze | Command::Edit | Command::Remove
            if evaluation =>
        {
            let result =
                if row.noun == Noun::Campaign { Field::CampaignResult } else { Field::EvaluationResult };
            Step::Edit(row, Some(result))
        }
        Command::Reschedule | Command::Snooze => Step::Form(FormKind::Reschedule(TaskRef::Row(row))),
        Command::Edit => Step::Edit(row, None),
        _ => Step::Pass,
    }
}
