//! An answer that has come: the pane and the popup on top take note of it, and a record that was wanted opens to be edited.

use super::feed::{Slot, Ticket};
use super::popup::Popup;
use super::shared::Tone;
use super::{App, Effect, forms};
use crate::i18n::{errors, own, own_fields, shell};
use crate::store::request::{Answer, Record, StoreError};

impl App {
    /// Takes an answer in, and what follows from it at once.
    pub(super) fn answered(
        &mut self,
        slot: Slot,
        ticket: Ticket,
        result: Result<Answer, StoreError>,
        fx: &mut Vec<Effect>,
    ) {
        if matches!(slot, Slot::Kpis | Slot::KpiPast | Slot::Models) {
            self.shared.counting = None;
        }
        self.noted(slot, ticket, result);
        if slot == Slot::Title {
            self.ring(fx);
        }
        self.drop_erased(slot, fx);
        self.found_in_a_hurry(fx);
    }

    /// How far a long change has come.
    pub(super) fn writing(&mut self, done: u64, total: u64) {
        if let Some(Popup::Rules(rules)) = self.popups.last_mut() {
            rules.come(done, total);
        }
        let text = shell::WORKING.with(self.shared.lang, &[&done, &total]);
        self.shared.say(Tone::Plain, text);
    }

    /// How far a file has been read: the popup shows it, or the bottom line while the import goes on behind other work.
    pub(super) fn reading(&mut self, rows: u64, bytes: u64, total: u64) {
        if let Some(Popup::Import(wizard)) = self.popups.last_mut() {
            wizard.progress = (rows, bytes, total);
        } else if let Some(percent) = (bytes.min(total) * 100).checked_div(total) {
            let text = shell::WORKING.with(self.shared.lang, &[&rows, &format!("{percent} %")]);
            self.shared.say(Tone::Plain, text);
        }
    }

    /// The pane and the popup on top take note of an answer, unless it has come too late.
    fn noted(&mut self, slot: Slot, ticket: Ticket, result: Result<Answer, StoreError>) {
        if self.shared.feeds.answer(slot, ticket, result) {
            self.merging_answered(slot);
            self.panes.answered(self.active, slot, &mut self.shared);
            self.popup_answered(slot);
            self.onward_answered(slot);
            if slot == Slot::Profile {
                self.follow_name();
            }
            if slot == Slot::Classes {
                own::learn(self.shared.feeds.classes().map_or(&[], Vec::as_slice));
            }
            if slot == Slot::OwnFields {
                own_fields::learn(self.shared.feeds.own_fields().map_or(&[], Vec::as_slice));
                self.own_fields_answered();
            }
            if slot == Slot::Benchmarks {
                self.averages_answered();
            }
            if slot == Slot::Title {
                self.follow_role();
            }
            self.record_answered(slot);
        }
    }

    /// Two customers are compared: the form that makes them one learns of it, also under another popup.
    fn merging_answered(&mut self, slot: Slot) {
        if slot != Slot::Merging {
            return;
        }
        for popup in &mut self.popups {
            if let Popup::Form(form) = popup {
                forms::merge::answered(form, &self.shared);
            }
        }
    }

    /// A colleague may have renamed the customer at hand: what opens from now on bears the new name.
    fn follow_name(&mut self) {
        if let Some(Some(profile)) = self.shared.feeds.profile()
            && let Some(subject) = &mut self.shared.subject
            && subject.id.0 == profile.row.id
        {
            subject.name.clone_from(&profile.row.name);
            subject.code.clone_from(&profile.row.code);
        }
    }

    /// The record to edit is here: open the form on it.
    fn record_answered(&mut self, slot: Slot) {
        if slot != Slot::Record {
            return;
        }
        let Some((_, only)) = self.editing else { return };
        let answer = self.shared.feeds.record().cloned();
        if answer.is_some() || self.shared.feeds.error(slot).is_some() {
            self.editing = None;
        }
        if let Some(error) = self.shared.feeds.error(slot) {
            let sentence = errors::store(error, self.shared.lang);
            return self.shared.say(Tone::Bad, sentence);
        }
        match answer {
            // refused before anything is typed, and not on saving
            Some(Some(Record { locked: Some(verb), .. })) => {
                let refused = errors::told(&StoreError::Denied(verb), self.shared.lang);
                self.shared.say(Tone::Bad, refused);
            }
            Some(Some(record)) => self.edit_record(&record, only),
            Some(None) => {
                let gone = errors::store(&StoreError::Gone { who: None }, self.shared.lang);
                self.shared.say(Tone::Bad, gone);
            }
            None => {}
        }
    }
}
