//! The settings of the company: searched by typing, each with its value, its default and its source; `Enter` changes one.

use tui_input::Input;

use super::super::App;
use super::super::cursor::Cursor;
use super::super::form::FormKind;
use super::super::key::Key;
use super::super::popup::{Picked, Popup, press};
use super::super::room;
use super::super::shared::{Shared, Tone};
use crate::domain::find::sort_key;
use crate::i18n::{settings, user};
use crate::store::request::{SettingRow, SettingTakes};

/// The list while it is looked through.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What is typed.
    pub input: Input,
    /// Which setting.
    pub cursor: Cursor,
}

impl Settings {
    /// The settings that fit what is typed: in their words, their pinyin, their key or their source.
    pub fn rows<'s>(&self, s: &'s Shared) -> Vec<&'s SettingRow> {
        let typed = self.input.value().trim().to_lowercase();
        let fits = |row: &&SettingRow| {
            let words = settings::means(row.key, s.lang);
            typed.is_empty()
                || words.to_lowercase().contains(&typed)
                || sort_key(words, false).replace(' ', "").contains(&typed)
                || row.key.contains(&typed)
                || row.source.to_lowercase().split(' ').any(|id| id.starts_with(&typed))
        };
        s.feeds.settings().into_iter().flatten().filter(fits).collect()
    }

    /// The setting under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s SettingRow> {
        self.rows(s).get(self.cursor.at).copied()
    }
}

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
