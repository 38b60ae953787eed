//! A customer who was erased on request (I18): what is open or waits here about them goes too, whoever erased them, and the
//! place that is remembered names them no more. Files of those who are not at work the erasing session removes (`run`).

use super::feed::Slot;
use super::form::Form;
use super::popup::Popup;
use super::shared::Tone;
use super::{App, Effect};
use crate::domain::customer::CustomerId;
use crate::i18n::erase as t;
use crate::store::request::{Query, Receipt};

impl App {
    /// Asks whether anybody about whom something is at hand was erased.
    pub(super) fn erased_wants(&self) -> Option<(Slot, Query)> {
        let forms = self.forms_at_hand().filter_map(|form| form.subject.as_ref());
        let mut ids: Vec<CustomerId> = forms.chain(&self.shared.subject).map(|subject| subject.id).collect();
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then_some((Slot::Erased, Query::Erased(ids)))
    }

    /// Drops what is about those who were.
    pub(super) fn drop_erased(&mut self, slot: Slot, fx: &mut Vec<Effect>) {
        let gone = match self.shared.feeds.erased() {
            Some(gone) if slot == Slot::Erased && !gone.is_empty() => gone.clone(),
            _ => return,
        };
        let about = |form: &Form| form.subject.as_ref().is_some_and(|subject| gone.contains(&subject.id));
        let mut dropped = Vec::new();
        self.popups.retain(|popup| match popup {
            Popup::Form(form) if about(form) => {
                dropped.push(form.id);
                false
            }
            _ => true,
        });
        self.shared.waiting.retain(|form| {
            let goes = about(form);
            dropped.extend(goes.then_some(form.id));
            !goes
        });
        if let Some(subject) = self.shared.subject.as_mut().filter(|subject| gone.contains(&subject.id)) {
            subject.name.clone_from(&subject.code);
        }
        if !dropped.is_empty() {
            self.shared.say(Tone::Plain, t::FORM_GONE.of(self.shared.lang).to_owned());
        }
        fx.extend(dropped.into_iter().map(Effect::Drop));
    }
}

/// Somebody was erased here: what others left about them on the disk goes, too.
pub(super) fn here(receipt: &Receipt, fx: &mut Vec<Effect>) {
    if receipt.verb == "erase" {
        fx.extend(receipt.customer.map(Effect::Scrub));
    }
}
