//! The settings of the company while they are looked through.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::shared::Shared;
use crate::domain::find::sort_key;
use crate::i18n::settings;
use crate::store::request::SettingRow;

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
