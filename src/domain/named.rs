//! What somebody types to look a customer up may be the word of a tag or class instead: whether it is, and how nearly. The
//! look-up's indexes know tags that people set; those that follow from records are found by the filter alone.

use super::find::{Entry, Field, Needle, needle};

/// Fewest characters that name anything: one is the beginning of too much.
const FEWEST: usize = 2;
/// Fewest letters that are taken for pinyin: two are the initials of anybody.
const PINYIN: usize = 3;

/// How nearly a word is what was typed, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// It is the word.
    Whole,
    /// The word begins so.
    Begins,
    /// Its reading begins so.
    Reads,
    /// It stands in the word.
    Holds,
}

/// What was typed, as it is held against words.
pub struct Typed {
    text: String,
    reading: Option<Needle>,
}

impl Typed {
    /// What was typed; none where it is too short to name anything, or a number.
    pub fn of(typed: &str) -> Option<Self> {
        let text = typed.trim().to_lowercase();
        if text.chars().count() < FEWEST || !text.chars().any(char::is_alphabetic) {
            return None;
        }
        let letters = text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ' || c == '\'');
        let reading = (letters && text.len() >= PINYIN).then(|| needle(&text)).flatten();
        Some(Self { text, reading })
    }

    /// Whether a word begins with what was typed.
    pub fn begins(&self, word: &str) -> bool {
        word.to_lowercase().starts_with(&self.text)
    }

    /// How nearly a word is what was typed, if at all.
    pub fn near(&self, word: &str) -> Option<Near> {
        let lower = word.to_lowercase();
        if lower == self.text {
            return Some(Near::Whole);
        }
        if lower.starts_with(&self.text) {
            return Some(Near::Begins);
        }
        if let Some(needle) = self.reading.as_ref().filter(|_| !word.is_ascii()) {
            let hit = needle.verify(&Entry { name: word, ..Entry::default() }, true)?;
            return (hit.field == Field::Name && hit.chars.start == 0).then_some(Near::Reads);
        }
        (!self.text.is_ascii() && lower.contains(&self.text)).then_some(Near::Holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, word: &str) -> Option<Near> {
        Typed::of(typed)?.near(word)
    }

    #[test]
    fn a_word_is_named_by_itself_its_beginning_its_reading_or_a_part_of_it() {
        assert_eq!(near("制造业", "制造业"), Some(Near::Whole));
        assert_eq!(near("制造", "制造业"), Some(Near::Begins));
        assert_eq!(near("Manu", "manufacturing"), Some(Near::Begins));
        assert_eq!(near("zhizaoye", "制造业"), Some(Near::Reads));
        assert_eq!(near("zhizao", "制造业"), Some(Near::Reads));
        assert_eq!(near("零售", "综合零售"), Some(Near::Holds));
        for (typed, word) in [
            ("造业", "服务业"),
            ("制", "制造业"),
            ("zz", "制造业"),
            ("138", "138客户"),
            ("acturing", "manufacturing"),
            ("zaoye", "制造业"),
            (" ", "制造业"),
        ] {
            assert_eq!(near(typed, word), None, "{typed}");
        }
    }
}
