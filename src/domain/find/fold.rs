//! One form for what looks alike: full-width and half-width, capitals, accents, invisible marks. Everything
//! that is compared or searched is folded here and only here; every folded character remembers which
//! character of the original it came from, so that a match can be highlighted.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::text::is_invisible;

/// A folded text and, for each of its characters, the place in the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    chars: Vec<char>,
    origins: Vec<usize>,
}

impl Folded {
    /// The folded characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The folded text, for comparing two values.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Each folded character with the index of its original character.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (usize, char)> {
        self.origins.iter().copied().zip(self.chars.iter().copied())
    }
}

/// Compatibility form, lower case, without accents and without invisible characters.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    fold_each(text, |origin, ch| {
        folded.chars.push(ch);
        folded.origins.push(origin);
    });
    folded
}

/// Calls `push` with (index of the original character, folded character); the same as [`fold`], unallocated.
pub(super) fn fold_each(text: &str, mut push: impl FnMut(usize, char)) {
    for (origin, ch) in text.chars().enumerate() {
        match ch {
            '\0'..='\u{7f}' => push(origin, ch.to_ascii_lowercase()),
            // Han and Hangul are their own folded form; Hangul would otherwise fall apart into its letters
            '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => push(origin, ch),
            'ß' | 'ẞ' => {
                push(origin, 's');
                push(origin, 's');
            }
            _ => std::iter::once(ch)
                .nfkd()
                .flat_map(char::to_lowercase)
                .nfkd()
                .filter(|&part| !is_combining_mark(part) && !is_invisible(part))
                .for_each(|part| push(origin, part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_alike_folds_alike() {
        for (raw, folded) in [
            ("ＡＢＣ１２３", "abc123"),
            ("Café ÉCOLE", "cafe ecole"),
            ("Lǚ", "lu"),
            ("Straße", "strasse"),
            ("恒\u{200b}远\u{202e}物流", "恒远物流"),
            ("ab\u{ad}c\u{feff}", "abc"),
            ("㈱", "(株)"),
            ("ｶﾞ", "カ"),
            ("豈", "豈"),
            ("한국", "한국"),
        ] {
            assert_eq!(fold(raw).text(), folded, "{raw:?}");
        }
    }

    #[test]
    fn folded_characters_know_their_original() {
        let folded = fold("Ａ\u{200b}恒①");
        assert_eq!(folded.text(), "a恒1");
        assert_eq!(folded.pairs().map(|(at, _)| at).collect::<Vec<_>>(), [0, 2, 3]);
    }
}
