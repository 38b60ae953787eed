//! Where a person goes on after a touch that was logged outside the day's list (product.md, five things 2: on saving, the next
//! due customer opens). Whoever logs a call that came in wants to stay where they are: they are told who is next, and with
//! which key. But where the touch did what stood on the day's list, the day has gone on, and the next due customer opens;
//! `Esc` leads back to where the touch was logged. Which of the two it is nobody knows but the store: a visit may have met a
//! clock, a message not. So the list is asked for anew, and whoever presses a key before it is here goes their own way.

use super::App;
use super::command::Command;
use super::feed::Slot;
use super::form::{Form, FormKind};
use super::pane_id::PaneId;
use super::panes::ledger;
use super::popup::Popup;
use crate::domain::customer::CustomerId;
use crate::i18n::shell;
use crate::store::request::Query;

/// What is to be found out about the day's list.
#[derive(Clone, Debug)]
pub struct Onward {
    /// Of whom a touch was logged.
    customer: CustomerId,
    /// What of theirs stood on the list before.
    stood: Vec<i64>,
}

impl App {
    /// What the form of such a touch and the wait after it ask for: the day's list, as it is now.
    pub(super) fn onward_wants(&self) -> Option<(Slot, Query)> {
        let outside = |form: &Form| matches!(form.kind, FormKind::Touch { from_queue: false, .. });
        let logging = matches!(self.popups.last(), Some(Popup::Form(form)) if outside(form));
        (self.onward.is_some() || logging).then(|| self.panes.ledger.day())
    }

    /// Such a touch was logged: the list is looked at before and after it.
    pub(super) fn go_onward(&mut self, customer: Option<CustomerId>) {
        self.onward = customer.map(|customer| Onward { customer, stood: self.standing(customer) });
    }

    /// What of a customer stands on the day's list.
    fn standing(&self, customer: CustomerId) -> Vec<i64> {
        let today = self.shared.feeds.queue().into_iter().flat_map(|queue| &queue.today);
        today.filter(|item| item.customer == customer).map(ledger::id).collect()
    }

    /// The list is here: who is next is opened, or told.
    pub(super) fn onward_answered(&mut self, slot: Slot) {
        if slot != Slot::Queue {
            return;
        }
        let Some(Onward { customer, stood }) = self.onward.take() else { return };
        if self.shared.feeds.error(Slot::Queue).is_some() {
            return;
        }
        let stands = self.standing(customer);
        let opens = stood.iter().any(|id| !stands.contains(id)) && self.popups.is_empty();
        let (ledger, done) = (&mut self.panes.ledger, Some(customer));
        // whoever stays finds the list as they left it
        let next =
            if opens { ledger.next_due(done, &self.shared) } else { ledger.who_is_next(done, &self.shared) };
        let Some(next) = next else { return };
        let (lang, name) = (self.shared.lang, next.name.clone());
        let said = if opens {
            self.lend_profile();
            self.shared.take_in_hand(next);
            self.go(PaneId::Profile);
            // it is worked from there as from the list
            if self.panes.ledger.view == ledger::View::FollowUps {
                self.panes.profile.from = PaneId::Ledger;
            }
            shell::NEXT_OPEN.with(lang, &[&name, &self.shared.key(Command::Back)])
        } else {
            shell::NEXT_DUE.with(lang, &[&name, &self.shared.key(Command::Ledger)])
        };
        if let Some(notice) = &mut self.shared.notice {
            // where the screen shows somebody else all at once, that comes first
            let (first, then) = if opens { (&said, &notice.text) } else { (&notice.text, &said) };
            notice.text = format!("{first} · {then}");
        }
    }
}
