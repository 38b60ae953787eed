//! What a session knows of other people at work at the same time: what they were told, when they are asked for again, and when
//! the person here has to go. What is made of it stands in `live`.

use super::msg::Msg;
use crate::domain::clock::Now;
use crate::domain::field::Row;

/// How often it is asked again who else edits a row: a session that was killed says nothing when it goes.
pub(super) const AGAIN: i64 = 10_000;

/// What is known of others, and how long nothing was typed.
#[derive(Clone, Copy, Debug)]
pub struct Company {
    /// After so many milliseconds without a key the session ends.
    pub(super) idle: Option<i64>,
    /// The last key, UTC ms.
    pub(super) typed: i64,
    /// When the editors were asked for last, UTC ms.
    pub(super) asked: i64,
    /// What colleagues were told last.
    pub(super) told: Option<Row>,
}

impl Company {
    /// At the start of a session.
    pub fn new(idle: Option<i64>, now: Now) -> Self {
        Self { idle, typed: now.ms(), asked: now.ms(), told: None }
    }

    /// Notes that the person is there.
    pub fn heard(&mut self, msg: &Msg, now: Now) {
        if matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Click(..) | Msg::Wheel(_)) {
            self.typed = now.ms();
        }
    }

    /// The instant at which something is due here.
    pub fn deadline(&self, editing: bool) -> Option<i64> {
        let idle = self.idle.map(|idle| self.typed + idle);
        let again = editing.then_some(self.asked + AGAIN);
        [idle, again].into_iter().flatten().min()
    }
}
