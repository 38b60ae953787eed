//! A row of the tables of words: what an id of the store is called. The tables stand in [`super::tables`], what reads them in
//! [`super::words`].

use super::Text;

/// Group, id, word.
pub type Word = (&'static str, &'static str, Text);

/// A word in both languages.
pub(super) const fn w(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}
