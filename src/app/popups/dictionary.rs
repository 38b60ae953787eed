//! The dictionary of tags: searched by typing; of a value one sees who has it, words it better, or makes two of them one.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::form::FormKind;
use super::super::key::Key;
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::shared::Shared;
use super::super::{App, room};
use crate::domain::change::TagPath;
use crate::domain::filter::quoted;
use crate::domain::find::sort_key;
use crate::i18n::{commands, tags as t, words};
use crate::store::request::TagCount;

/// The dictionary while it is looked through.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// What is typed.
    pub input: Input,
    /// Which value.
    pub cursor: Cursor,
}

impl Dictionary {
    /// The values that fit what is typed: in type, name or value, or by pinyin.
    pub fn rows<'s>(&self, s: &'s Shared) -> Vec<&'s TagCount> {
        let typed = self.input.value().trim().to_lowercase();
        let fits = |tag: &TagCount| {
            let words = [
                words::word("tag", &tag.path.kind, s.lang),
                t::name(&tag.path.name, s.lang),
                tag.path.name.as_str(),
                tag.path.value.as_str(),
            ];
            typed.is_empty()
                || words.iter().any(|w| w.to_lowercase().contains(&typed))
                || words.iter().any(|w| {
                    let pinyin = sort_key(w, false);
                    let initials: String = pinyin.split(' ').filter_map(|word| word.chars().next()).collect();
                    pinyin.replace(' ', "").contains(&typed) || initials.contains(&typed)
                })
        };
        s.feeds.tags().into_iter().flatten().filter(|tag| fits(tag)).collect()
    }
}

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
