//! The way back: a list that is opened from another pane is lent to it, and `Esc` gives it back as it was (filter, order,
//! cursor) and returns to where it was opened. Whoever goes to a pane by its number stays there and keeps the list.

use super::App;
use super::lent::{Lent, List, MOST};
use super::pane_id::PaneId;

impl App {
    /// Notes where the person is before a list of another pane is opened, and whether that was needed: a list that is on
    /// the screen already is its own.
    pub(super) fn lend(&mut self, pane: PaneId) -> bool {
        if self.active == pane {
            return false;
        }
        let list = match pane {
            PaneId::Customers => List::Customers(Box::new(self.panes.customers.clone())),
            PaneId::Ledger => List::Ledger(Box::new(self.panes.ledger.clone())),
            PaneId::Profile | PaneId::Matrix | PaneId::Board => return false,
        };
        self.put_by(list);
        true
    }

    /// Notes where the person is before another customer takes the profile. From one such customer to the next it stays with
    /// the first: `Esc` leads back to where they came from, and not through all that was done meanwhile.
    pub(super) fn lend_profile(&mut self) {
        let again = matches!(self.lent.last(), Some(Lent { list: List::Profile(_), .. }));
        if self.active != PaneId::Profile || !again {
            self.put_by(List::Profile(Box::new(self.panes.profile.clone())));
        }
    }

    fn put_by(&mut self, list: List) {
        if self.lent.len() >= MOST {
            self.lent.remove(0);
        }
        let (subject, profile) = (self.shared.subject.clone(), self.panes.profile.from);
        self.lent.push(Lent { list, from: self.active, subject, profile });
    }

    /// Gives the list on the screen back and returns to where it was opened; false where it was not lent.
    pub(super) fn give_back(&mut self) -> bool {
        // marks are one step further in
        let marked = self.active == PaneId::Customers && !self.shared.marks.is_empty();
        if marked || self.lent.last().is_none_or(|lent| lent.pane() != self.active) {
            return false;
        }
        let Some(lent) = self.lent.pop() else { return false };
        match lent.list {
            List::Customers(list) => {
                self.panes.customers = *list;
                if let Some(id) = self.panes.customers.list.cursor.id {
                    self.panes.customers.list.stand(id);
                }
            }
            List::Ledger(ledger) => self.panes.ledger = *ledger,
            List::Profile(profile) => self.panes.profile = *profile,
        }
        self.shared.subject = lent.subject;
        self.go(lent.from);
        self.panes.profile.from = lent.profile;
        true
    }

    /// Goes to a pane by its own key: what was lent is kept there.
    pub(super) fn go_by_key(&mut self, pane: PaneId) {
        self.lent.clear();
        self.go(pane);
    }
}
