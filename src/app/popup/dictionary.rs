//! The dictionary of tags while it is looked through.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::shared::Shared;
use crate::domain::find::sort_key;
use crate::i18n::{tags as t, words};
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
