//! Other people at work at the same time: what colleagues are told of the form that is open here, what they have done to the
//! row it is about, and when the person here has to go. Nothing here touches what is being typed.

use super::feed::Slot;
use super::form::{Form, FormKind};
use super::popup::Popup;
use super::{App, Effect, Msg, Why};
use crate::domain::clock::Now;
use crate::domain::field::Row;
use crate::store::request::Query;

/// How often it is asked again who else edits a row: a session that was killed says nothing when it goes.
const AGAIN: i64 = 10_000;

/// What is known of others, and how long nothing was typed.
#[derive(Clone, Copy, Debug)]
pub struct Company {
    /// After so many milliseconds without a key the session ends.
    idle: Option<i64>,
    /// The last key, UTC ms.
    typed: i64,
    /// When the editors were asked for last, UTC ms.
    asked: i64,
    /// What colleagues were told last.
    told: Option<Row>,
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

impl App {
    /// The form on top that edits a row, and the row with the revision the person has seen.
    fn editor(&self) -> Option<(&Form, Row, i64)> {
        match self.popups.last()? {
            Popup::Form(form) => match form.kind {
                FormKind::Edit { row, rev } => Some((form, row, rev)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The row that is edited here.
    pub(super) fn edited(&self) -> Option<Row> {
        self.editor().map(|(_, row, _)| row)
    }

    /// What a form on a row wants to know of others.
    pub(super) fn live_wants(&self) -> Vec<(Slot, Query)> {
        let Some((_, row, rev)) = self.editor() else { return Vec::new() };
        vec![(Slot::Editors, Query::Editors(row)), (Slot::Since, Query::Since { row, rev })]
    }

    /// Tells colleagues which row is edited here, when that has changed.
    pub(super) fn tell_editing(&mut self, fx: &mut Vec<Effect>) {
        let row = self.edited();
        if row != self.company.told {
            self.company.told = row;
            fx.push(Effect::Editing(row));
        }
    }

    /// What time alone brings: nobody is there any more, or others have to be asked for again.
    pub(super) fn company_due(&mut self, fx: &mut Vec<Effect>) {
        let now = self.shared.now.ms();
        if self.company.idle.is_some_and(|idle| now >= self.company.typed + idle) {
            return self.depart(Why::Idle, fx);
        }
        if now >= self.company.asked + AGAIN {
            self.company.asked = now;
            self.shared.feeds.again(Slot::Editors);
        }
    }

    /// Ends the session with everything kept.
    pub(super) fn depart(&self, why: Why, fx: &mut Vec<Effect>) {
        self.keep_all(fx);
        fx.push(Effect::Leave(why));
    }
}
