//! A field cut into the units a match is made of: one letter, one digit or one Chinese character each, with
//! everything else (blanks, hyphens, points) left out. Tokens and verification walk the same units; that is
//! why they agree.

use super::fold::fold_each;
use super::readings::{Readings, readings};

/// Units of one field that are searched; what lies beyond is neither indexed nor matched.
const MAX_UNITS: usize = 160;

/// One searchable character of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The folded character.
    pub ch: char,
    /// Index of the character it came from.
    pub origin: usize,
    /// True at the first character of a word.
    pub starts_word: bool,
    /// True for characters that are words of their own: Han, kana, Hangul.
    pub ideograph: bool,
}

impl Unit {
    /// Pinyin of a Han character; empty for everything else. Looked up where letters are asked for, which is not everywhere.
    pub fn readings(&self) -> Readings {
        if self.ideograph { readings(self.ch) } else { Readings::default() }
    }
}

/// Cuts a field into its units.
pub(super) fn units(field: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(field.len().min(MAX_UNITS));
    let mut before = Kind::Gap;
    fold_each(field, |origin, ch| {
        let kind = Kind::of(ch);
        if kind != Kind::Gap && units.len() < MAX_UNITS {
            let ideograph = kind == Kind::Ideograph;
            units.push(Unit { ch, origin, starts_word: kind != before, ideograph });
        }
        before = kind;
    });
    units
}

/// What a folded character is to the search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Not searched: blanks and punctuation.
    Gap,
    /// A letter or digit of an alphabet.
    Letter,
    /// A character that carries meaning alone.
    Ideograph,
}

impl Kind {
    /// Tells the kind of a folded character.
    pub fn of(ch: char) -> Self {
        match ch {
            'a'..='z' | '0'..='9' => Self::Letter,
            '\0'..='\u{7f}' => Self::Gap,
            '\u{4e00}'..='\u{9fff}' => Self::Ideograph,
            _ if !ch.is_alphanumeric() => Self::Gap,
            '\u{2e80}'..='\u{4dbf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Ideograph,
            _ => Self::Letter,
        }
    }
}
