//! The look-up box: a name or a number is typed, and what is chosen is opened, filled into a form, or, where a number
//! is unknown, becomes somebody new.

use super::super::command::Command;
use super::super::form::FormKind;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::pane_id::PaneId;
use super::super::popup::{Finder, Hurry, Picked, Popup, Purpose, Row, found, press};
use super::super::{App, room};
use crate::domain::customer::CustomerId;
use crate::domain::field::Field;

/// Logs a touch from the box: letters and the keys of a line of text are taken (`form::line_key`).
const LOG: (Code, bool) = (Code::Char('t'), true);

impl App {
    pub(super) fn finder_key(&mut self, mut finder: Finder, key: Key, fx: &mut Vec<Effect>) {
        if finder.hurry.is_some() && !finder.is_current(&self.shared) && key.code != Code::Esc && !key.ctrl {
            finder.held.push(key);
            return self.popups.push(Popup::Finder(finder));
        }
        if (key.code, key.ctrl) == LOG && finder.purpose == Purpose::Open {
            return self.touch_found(finder, fx);
        }
        let rows = finder.rows(&self.shared);
        let height = room::finder(self.shared.size);
        let picked = press(key, Some(&mut finder.input), &mut finder.cursor, rows, height);
        finder.hurry = None;
        finder.held.clear();
        match picked {
            Picked::Left => {}
            // typed faster than found: never open a hit of what was typed before
            Picked::Chosen if !finder.is_current(&self.shared) => {
                finder.hurry = Some(Hurry::Choose);
                self.popups.push(Popup::Finder(finder));
            }
            Picked::Chosen => match finder.row(&self.shared) {
                Some(Row::Number(phone)) => self.unknown_caller(&finder, &phone, fx),
                Some(Row::Hit(id)) => self.chosen(&finder, id, fx),
                Some(Row::Named(named)) => {
                    self.park_open(fx);
                    self.view(&named.filter, "code", false);
                    self.go(PaneId::Customers);
                }
                Some(Row::New(name)) => self.somebody_new(Field::Name, name, fx),
                None => self.popups.push(Popup::Finder(finder)),
            },
            _ => self.popups.push(Popup::Finder(finder)),
        }
    }

    /// Logs a touch of the hit under the cursor: opens the customer and the form. Where the hits are not here yet, it waits
    /// for them. A tag, somebody new or a number has no touches: there it does nothing.
    fn touch_found(&mut self, mut finder: Finder, fx: &mut Vec<Effect>) {
        if !finder.is_current(&self.shared) {
            if finder.hurry.replace(Hurry::Log) != Some(Hurry::Log) {
                finder.held.clear();
            }
            return self.popups.push(Popup::Finder(finder));
        }
        match found(&finder, &self.shared).and_then(|id| self.subject_found(id)) {
            Some(subject) => {
                self.open_customer(subject, fx);
                self.run(Command::Log, fx);
            }
            None => self.popups.push(Popup::Finder(finder)),
        }
    }

    /// The hits are here; what was pressed before is done with the first, and goes on with what was pressed since.
    pub(in crate::app) fn found_in_a_hurry(&mut self, fx: &mut Vec<Effect>) {
        let Some(Popup::Finder(finder)) = self.popups.last_mut() else { return };
        if !finder.is_current(&self.shared) {
            return;
        }
        let Some(hurry) = finder.hurry.take() else { return };
        let held = std::mem::take(&mut finder.held);
        match hurry {
            Hurry::Choose => self.popup_key(Key::plain(Code::Enter), fx),
            Hurry::Log => {
                self.popup_key(Key { code: LOG.0, ctrl: LOG.1, alt: false }, fx);
                // they were for the form of a touch and are for nothing else
                if !matches!(self.popups.last(), Some(Popup::Form(_))) {
                    return;
                }
            }
        }
        for key in held {
            self.key(key, fx);
        }
    }

    /// A customer was chosen in the look-up box.
    fn chosen(&mut self, finder: &Finder, id: CustomerId, fx: &mut Vec<Effect>) {
        let Some(subject) = self.subject_found(id) else { return };
        match &finder.purpose {
            Purpose::Open => self.open_customer(subject, fx),
            Purpose::ContactWith(phone) => {
                let phone = phone.clone();
                self.open_customer(subject, fx);
                self.open_form(FormKind::Contact);
                self.prefill(Field::Phone, phone);
            }
            Purpose::Fill(field) => self.prefill(*field, subject.code),
            // the one at hand stays, and with whom it is merged was looked for
            Purpose::Begin(FormKind::Merge { .. }) => {
                self.open_form(FormKind::Merge { gone: Some(subject) });
            }
            Purpose::Begin(kind) => {
                self.shared.subject = Some(subject);
                if matches!(kind, FormKind::Add(_) | FormKind::Contact) {
                    // the record stands on their profile
                    self.go(PaneId::Profile);
                }
                self.open_form(kind.clone());
            }
        }
    }

    /// An unknown number becomes a new customer, or a new contact of a known one.
    fn unknown_caller(&mut self, finder: &Finder, phone: &str, fx: &mut Vec<Effect>) {
        if finder.cursor.at == 0 {
            self.somebody_new(Field::Phone, phone.to_owned(), fx);
        } else {
            self.popups.push(Popup::Finder(Finder::new(Purpose::ContactWith(phone.to_owned()))));
        }
    }

    /// Opens the form of a new customer with what is known of them; forms that are open wait.
    fn somebody_new(&mut self, field: Field, known: String, fx: &mut Vec<Effect>) {
        self.park_open(fx);
        self.open_form(FormKind::Customer);
        self.prefill(field, known);
    }
}
