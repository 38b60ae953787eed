//! The dictionary of tags: searched by typing; of a value one sees who has it, words it better, or makes two of them one.

use super::super::form::FormKind;
use super::super::key::Key;
use super::super::popup::dictionary::Dictionary;
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::{App, room};
use crate::domain::change::TagPath;
use crate::domain::filter::quoted;
use crate::i18n::{commands, tags as t};
use crate::store::request::TagCount;

impl App {
    pub(super) fn dictionary_key(&mut self, mut dictionary: Dictionary, key: Key) {
        let rows: Vec<TagCount> = dictionary.rows(&self.shared).into_iter().cloned().collect();
        let height = room::popup(self.shared.size);
        match press(key, Some(&mut dictionary.input), &mut dictionary.cursor, rows.len(), height) {
            Picked::Left => {}
            Picked::Chosen => {
                let chosen = rows.get(dictionary.cursor.at).cloned();
                self.popups.push(Popup::Dictionary(dictionary));
                self.offer(self.about_tag(chosen.as_ref()));
            }
            _ => self.popups.push(Popup::Dictionary(dictionary)),
        }
    }

    /// What can be done with a value.
    fn about_tag(&self, tag: Option<&TagCount>) -> Menu {
        let lang = self.shared.lang;
        let mut items = Vec::new();
        if let Some(tag) = tag {
            let value = tag.standard.as_deref().unwrap_or(&tag.path.value);
            let act = Act::View(format!("tag:{}", quoted(value)), "code".to_owned(), false);
            items.push(Item::new(t::ITS_CUSTOMERS.of(lang), t::COUNTED.with(lang, &[&tag.count]), act));
            let kind = FormKind::Reword { tag: Some((tag.id, tag.rev)), path: tag.path.clone() };
            items.push(Item::new(t::REWORD.of(lang), "", Act::Form(kind)));
        }
        let near = tag.map(|t| t.path.clone());
        let path = near.unwrap_or(TagPath { kind: "need".into(), name: String::new(), value: String::new() });
        let kind = FormKind::Reword { tag: None, path: TagPath { value: String::new(), ..path } };
        items.push(Item::new(t::NEW_TAG.of(lang), "", Act::Form(kind)));
        Menu::new(commands::DICTIONARY, items)
    }
}
