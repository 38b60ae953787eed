//! How a Chinese character is read, without tones: every reading the dictionary knows, those of family names
//! included. Which single reading a name is sorted by is decided in `sort.rs`.

use pinyin::{PinyinMulti, ToPinyinMulti};

/// Readings of family names that the dictionary lacks.
const MISSING: &[(char, &str)] =
    &[('黑', "he"), ('俟', "qi"), ('萬', "mo"), ('俟', "si"), ('逄', "pang"), ('郇', "xun"), ('訾', "zi")];

/// Spellings of readings with ü: what keyboards type, what passports print.
const UMLAUTS: &[(&str, [&str; 2])] =
    &[("lü", ["lv", "lu"]), ("lüe", ["lve", "lue"]), ("nü", ["nv", "nu"]), ("nüe", ["nve", "nue"])];

/// All readings of one character, in the dictionary's order, the usual one first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Readings {
    known: Option<PinyinMulti>,
    missing: Option<&'static str>,
}

impl Readings {
    /// True when the character cannot be typed in pinyin.
    pub fn is_empty(self) -> bool {
        self.known.is_none() && self.missing.is_none()
    }

    /// Each reading in lower-case ASCII; one may come twice (two tones).
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        let known = self.known.into_iter().flatten().map(pinyin::Pinyin::plain);
        known.chain(self.missing).flat_map(spellings).flatten()
    }
}

/// Looks a character's readings up.
pub(super) fn readings(ch: char) -> Readings {
    let missing = MISSING.iter().find(|(known, _)| *known == ch).map(|(_, reading)| *reading);
    Readings { known: ch.to_pinyin_multi(), missing }
}

/// The ways to type one syllable; none when it has a letter no keyboard has.
fn spellings(syllable: &'static str) -> [Option<&'static str>; 2] {
    if syllable.is_ascii() {
        return [Some(syllable), None];
    }
    let found = UMLAUTS.iter().find(|(umlaut, _)| *umlaut == syllable);
    found.map_or([None, None], |(_, typed)| typed.map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_known() {
        for (ch, wanted) in [
            ('单', "dan shan chan"),
            ('曾', "zeng ceng"),
            ('重', "zhong chong"),
            ('仇', "qiu chou"),
            ('解', "xie jie"),
            ('查', "zha cha"),
            ('区', "ou qu"),
            ('盖', "ge gai"),
            ('尉', "yu wei"),
            ('万', "mo wan"),
            ('俟', "qi"),
            ('朴', "piao"),
            ('黑', "he hei"),
            ('吕', "lv lu"),
            ('略', "lve lue"),
        ] {
            for reading in wanted.split(' ') {
                assert!(readings(ch).iter().any(|known| known == reading), "{ch} {reading}");
            }
        }
        assert!(readings('a').is_empty());
    }

    #[test]
    fn readings_are_lower_case_ascii() {
        for ch in '\u{3007}'..='\u{2fa1f}' {
            for reading in readings(ch).iter() {
                assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{ch}");
            }
        }
    }
}
