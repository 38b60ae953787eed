//! Pane 3, the ledger: follow-ups and touches.
use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::shared::{Shared, Subject};
use super::{Pane, Step};
use crate::domain::customer::CustomerId;
use crate::store::request::Query;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The cursor in the queue.
    pub queue: Cursor,
    /// All that is due, not only what the day holds.
    pub whole: bool,
}

impl Ledger {
    /// What `a` opens: a touch that fulfils the task under the cursor.
    pub fn touch(&self, s: &Shared) -> FormKind {
        let item = s.feeds.queue().and_then(|q| q.today.iter().chain(&q.later).nth(self.queue.at));
        FormKind::Touch { done: item.iter().map(|i| i.task.clone()).collect(), from_queue: item.is_some() }
    }

    /// The next due customer after one that is done.
    pub fn next_due(&self, done: Option<CustomerId>, s: &Shared) -> Option<Subject> {
        let queue = s.feeds.queue()?;
        let next = queue.today.iter().find(|i| Some(i.customer) != done)?;
        Some(Subject { id: next.customer, code: next.code.clone(), name: next.name.clone() })
    }
}

impl Pane for Ledger {
    fn wants(&self, _s: &Shared) -> Vec<(Slot, Query)> {
        vec![(Slot::Queue, Query::Queue { owner: None, whole: self.whole, ahead: 14 })]
    }
    fn command(&mut self, _command: Command, _s: &mut Shared) -> Step {
        Step::Pass
    }
    fn answered(&mut self, _slot: Slot, _s: &mut Shared) {}
    fn go(&mut self, _to: Move, _s: &mut Shared) {}
    fn click(&mut self, _line: usize, _s: &mut Shared) -> bool {
        false
    }
}
