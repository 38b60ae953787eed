//! An answer that has come: the pane and the popup on top take note of it, and a record that was wanted opens to be edited.

use super::App;
use super::feed::{Slot, Ticket};
use super::shared::Tone;
use crate::i18n::{errors, own, own_fields};
use crate::store::request::{Answer, StoreError};

impl App {
    pub(super) fn answered(&mut self, slot: Slot, ticket: Ticket, result: Result<Answer, StoreError>) {
        if self.shared.feeds.answer(slot, ticket, result) {
            self.panes.answered(self.active, slot, &mut self.shared);
            self.popup_answered(slot);
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
            Some(Some(record)) => self.edit_record(&record, only),
            Some(None) => {
                let gone = errors::store(&StoreError::Gone { who: None }, self.shared.lang);
                self.shared.say(Tone::Bad, gone);
            }
            None => {}
        }
    }
}
