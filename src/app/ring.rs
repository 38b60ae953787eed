//! What makes itself heard: an alarm that has become mine, a promise whose time has come. The bell rings where the company
//! wants to hear it; the sentence shows in any case.

use super::shared::Tone;
use super::{App, Effect};
use crate::i18n::shell;

impl App {
    /// Rings, where the company wants to hear it.
    fn bell(&self, fx: &mut Vec<Effect>) {
        if self.shared.feeds.title().is_some_and(|title| title.bell) {
            fx.push(Effect::Bell);
        }
    }

    /// Tells of an alarm that has become mine since the last look.
    pub(super) fn ring(&mut self, fx: &mut Vec<Effect>) {
        let Some(newest) = self.shared.feeds.title().map(|title| title.newest_alarm) else { return };
        let new = self.alarmed.is_some_and(|known| newest > known);
        self.alarmed = Some(self.alarmed.map_or(newest, |known| known.max(newest)));
        if new {
            let text = shell::NEW_ALARM.of(self.shared.lang).to_owned();
            self.shared.say(Tone::Bad, text);
            self.bell(fx);
        }
    }

    pub(super) fn next_promise(&self) -> Option<i64> {
        self.shared.feeds.title().and_then(|t| t.next.as_ref()).map(|(at, ..)| *at)
    }

    /// Tells of a promise whose time has come, once.
    pub(super) fn promise_due(&mut self, fx: &mut Vec<Effect>) {
        let now = self.shared.now.ms();
        if let Some((at, name, text)) = self.shared.feeds.title().and_then(|t| t.next.clone())
            && now >= at
            && self.rung != Some(at)
        {
            self.rung = Some(at);
            let sentence = shell::PROMISE_NOW.with(self.shared.lang, &[&name, &text]);
            self.shared.say(Tone::Bad, sentence);
            self.bell(fx);
            // the next one of the day is not known yet
            self.shared.revision += 1;
        }
    }
}
