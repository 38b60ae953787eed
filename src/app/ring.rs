//! What calls for the person at the screen: a promise whose time has come, an alarm that has become theirs. Both are said in
//! the bottom line; the terminal's bell is rung only where the company wants it (setting `bell`).

use super::shared::Tone;
use super::{App, Effect};
use crate::i18n::shell;

impl App {
    /// Says that the time of a promise has come, once.
    pub(super) fn promise_due(&mut self, fx: &mut Vec<Effect>) {
        if let Some((at, name, text)) = self.shared.feeds.title().and_then(|t| t.next.clone())
            && self.shared.now.ms() >= at
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

    /// Rings, where the company wants to hear it.
    pub(super) fn bell(&self, fx: &mut Vec<Effect>) {
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
}
