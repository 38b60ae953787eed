//! What is kept of a session: where the person is, and what was typed. Leaving writes both at once; what sessions left that
//! died comes back among the waiting forms.

use super::App;
use super::command::Command;
use super::draft::{Draft, Place};
use super::form::Form;
use super::msg::{Effect, RESERVED};
use super::pane_id::PaneId;
use super::shared::Tone;
use crate::i18n::shell;

impl App {
    /// Takes what earlier sessions left among the waiting forms.
    pub(super) fn left(&mut self, drafts: Vec<Draft>) {
        if drafts.is_empty() {
            return;
        }
        let key = self.shared.key(Command::Forms);
        let text = shell::DRAFTS_LEFT.with(self.shared.lang, &[&drafts.len(), &key]);
        self.shared.say(Tone::Plain, text);
        let forms: Vec<Form> = drafts.into_iter().map(|d| d.form(&self.shared)).collect();
        self.shared.waiting.extend(forms);
    }

    /// Asks for what sessions of this person left that have died since: a cut line is noticed late.
    pub(super) fn seek(&mut self, asked: bool, fx: &mut Vec<Effect>) {
        fx.push(Effect::Seek(self.forms + 1, asked));
        self.forms += RESERVED;
    }

    /// Opens where the person was.
    pub(super) fn resume(&mut self, place: &Place) {
        self.active =
            PaneId::ALL.get(usize::from(place.pane).wrapping_sub(1)).copied().unwrap_or(PaneId::Customers);
        self.shared.subject.clone_from(&place.subject);
        self.shared.import_folder.clone_from(&place.import_folder);
        self.chosen = (place.lang, place.theme);
        self.panes.resume(place);
        self.here.begun(place);
    }

    /// Where the person is now.
    pub fn place(&self) -> Place {
        let mut place = Place {
            pane: self.active as u8 + 1,
            subject: self.shared.subject.clone(),
            import_folder: self.shared.import_folder.clone(),
            lang: self.chosen.0,
            theme: self.chosen.1,
            ..Place::default()
        };
        self.panes.remember(&mut place);
        place
    }

    /// Keeps where the person is, so that a killed session opens there again.
    pub(super) fn keep_place(&mut self, fx: &mut Vec<Effect>) {
        let mut here = std::mem::take(&mut self.here);
        let place = here.due(self.shared.now, || self.place());
        self.here = here;
        fx.extend(place.map(|place| Effect::Remember(Box::new(place))));
    }

    /// Leaves for good; nothing that was typed is lost.
    pub(super) fn quit(&self, fx: &mut Vec<Effect>) {
        self.keep_all(fx);
        fx.push(Effect::Quit);
    }

    /// Keeps every form that has something typed in it, and the place.
    pub(super) fn keep_all(&self, fx: &mut Vec<Effect>) {
        fx.extend(self.forms_at_hand().filter(|f| f.dirty).map(|f| Effect::Keep(Draft::of(f))));
        fx.push(Effect::Remember(Box::new(self.place())));
    }
}
