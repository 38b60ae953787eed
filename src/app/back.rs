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
        if self.lent.len() >= MOST {
            self.lent.remove(0);
        }
        let (subject, profile) = (self.shared.subject.clone(), self.panes.profile.from);
        self.lent.push(Lent { list, from: self.active, subject, profile });
        true
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
