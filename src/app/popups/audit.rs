//! The history: looked through by typing conditions, newest first; of the change under the cursor one sees from where, why,
//! and what it did field by field, as far as one may. `Enter` opens what can be done with it.

use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::popup::audit::{AuditView, STEP};
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::shared::Subject;
use super::super::{App, room};
use crate::domain::change::Change;
use crate::i18n::audit as t;
use crate::i18n::words::word;
use crate::store::request::audit::AuditRow;

impl App {
    /// Opens the history: of the customer at hand from the profile, else of everybody.
    pub(in crate::app) fn open_history(&mut self) {
        let here =
            self.shared.subject.as_ref().filter(|_| self.active == super::super::panes::PaneId::Profile);
        let conditions = here.map_or_else(String::new, |subject| format!("customer:{} ", subject.code));
        self.popups.push(Popup::Audit(Box::new(AuditView::of(conditions))));
    }

    pub(super) fn audit_key(&mut self, mut view: Box<AuditView>, key: Key) {
        let count = view.rows(&self.shared).len();
        match press(key, Some(&mut view.input), &mut view.cursor, count, room::audit(self.shared.size)) {
            Picked::Left => return,
            Picked::Chosen => {
                let menu = view.row(&self.shared).map(|row| self.about_change(row));
                self.popups.push(Popup::Audit(view));
                self.popups.extend(menu.map(Popup::Menu));
                return;
            }
            Picked::Typed => view.take = STEP,
            _ => {}
        }
        // the end is near and there is more
        if view.cursor.at + 20 >= view.take && count == view.take {
            view.take += STEP;
        }
        self.popups.push(Popup::Audit(view));
    }

    /// What can be done with a change.
    fn about_change(&self, row: &AuditRow) -> Menu {
        let lang = self.shared.lang;
        let mut items = Vec::new();
        if let (Some(id), Some(code)) = (row.customer, &row.code) {
            let subject = Subject { id, code: code.clone(), name: row.subject.clone() };
            items.push(Item::new(t::OPEN_CUSTOMER.of(lang), code.clone(), Act::Open(subject)));
            let act = Act::History(format!("customer:{code} "));
            items.push(Item::new(t::ITS_HISTORY.of(lang), code.clone(), act));
        }
        let act = Act::History(format!("who:{} ", row.person));
        items.push(Item::new(t::THEIR_HISTORY.of(lang), row.person.clone(), act));
        if row.rows > 0 && !row.undone {
            items.push(Item::new(t::TAKE_BACK.of(lang), "", Act::TakeBack(Box::new(row.clone()))));
        }
        Menu::new(t::TITLE, items)
    }

    /// A key while it is asked whether a change is to be taken back.
    pub(super) fn take_back_key(&mut self, row: Box<AuditRow>, key: Key, fx: &mut Vec<Effect>) {
        match key.narrow().code {
            Code::Enter | Code::Char('u') => {
                let ticket = self.write(Change::Undo(Some(row.id)), fx);
                self.undoing = Some((ticket, word("verb", &row.verb, self.shared.lang).to_owned()));
            }
            Code::Esc | Code::Char('n' | 'q' | '-') => {}
            _ => self.popups.push(Popup::TakeBack(row)),
        }
    }
}
