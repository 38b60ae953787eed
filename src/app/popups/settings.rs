//! The settings of the company: searched by typing, each with its value, its default and its source; `Enter` changes one.

use super::super::App;
use super::super::form::FormKind;
use super::super::key::Key;
use super::super::popup::settings::Settings;
use super::super::popup::{Picked, Popup, press};
use super::super::room;
use super::super::shared::Tone;
use crate::i18n::user;
use crate::store::request::SettingTakes;

impl App {
    pub(super) fn settings_key(&mut self, mut settings: Settings, key: Key) {
        let count = settings.rows(&self.shared).len();
        let height = room::popup(self.shared.size);
        let picked = press(key, Some(&mut settings.input), &mut settings.cursor, count, height);
        let chosen = settings.row(&self.shared).cloned().filter(|_| picked == Picked::Chosen);
        if picked != Picked::Left {
            self.popups.push(Popup::Settings(settings));
        }
        let Some(row) = chosen else { return };
        if !self.shared.personal && matches!(row.takes, SettingTakes::Place) {
            // it names a file of the machine, which a session over SSH does not (F8)
            let text = user::PLACE_OVER_SSH.with(self.shared.lang, &[&row.key, &row.key]);
            self.shared.say(Tone::Bad, text);
        } else {
            self.open_form(FormKind::Setting { key: row.key.to_owned() });
        }
    }
}
