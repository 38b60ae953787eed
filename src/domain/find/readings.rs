//! How a Chinese character is read, without tones: every living reading the dictionary knows, those of family
//! names included. Which single reading a name is sorted by is decided in `sort.rs`.

use std::sync::LazyLock;

use pinyin::{PinyinMulti, ToPinyinMulti};

/// Readings of family names that the dictionary lacks.
const MISSING: &[(char, &str)] = &[('黑', "he"), ('萬', "mo")];

/// Characters whose usual reading in a company's name is not the dictionary's first.
const USUAL: &[(char, &str)] =
    &[('长', "chang"), ('長', "chang"), ('都', "du"), ('莞', "guan"), ('厦', "sha")];

/// The commonest characters of names of which only the dictionary's first reading is alive.
///
/// The dictionary also knows how they were read in old books (有 wei, 限 wen, 司 ci); nobody types that, and it
/// would make every set of tokens half as long again.
const ONE_LIVING: &str = "\
    圳广杭南宁波青无肥甘内古港澳台市沙合达信鑫明方百石众强和机造技食术化汽零部件餐育有限司份团厂任投服络硬房地告印包胶革\
    家居能半体精游数控划派税事券典担款研容身超王吴朱冯于董邓许彭蔡丁叶余潘杜夏汪姚陆郝白汤尹洋平英红浩俊女助售客价失年度";

/// The same in order: every character of every name that is looked at asks for them.
static ONE_LIVING_SORTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut all: Vec<char> = ONE_LIVING.chars().collect();
    all.sort_unstable();
    all
});

/// Spellings of readings with ü: what keyboards type, what passports print.
const UMLAUTS: &[(&str, [&str; 2])] =
    &[("lü", ["lv", "lu"]), ("lüe", ["lve", "lue"]), ("nü", ["nv", "nu"]), ("nüe", ["nve", "nue"])];

/// All readings of one character, the usual one first, then in the dictionary's order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Readings {
    known: Option<PinyinMulti>,
    /// How many of the known ones count.
    living: usize,
    missing: Option<&'static str>,
    /// The usual one, where it is not the first known.
    usual: Option<&'static str>,
}

impl Readings {
    /// Each reading in lower-case ASCII; one may come twice (two tones).
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        let known = self.known.into_iter().flatten().take(self.living).map(pinyin::Pinyin::plain);
        self.usual.into_iter().chain(known).chain(self.missing).flat_map(spellings).flatten()
    }

    /// The usual one alone.
    pub fn usual(self) -> Self {
        Self { living: usize::from(self.usual.is_none()), missing: None, ..self }
    }
}

/// Looks a character's readings up.
pub(super) fn readings(ch: char) -> Readings {
    let missing = MISSING.iter().find(|(known, _)| *known == ch).map(|(_, reading)| *reading);
    let living = if ONE_LIVING_SORTED.binary_search(&ch).is_ok() { 1 } else { usize::MAX };
    let usual = USUAL.iter().find(|(known, _)| *known == ch).map(|(_, reading)| *reading);
    Readings { known: ch.to_pinyin_multi(), living, missing, usual }
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
        assert_eq!(readings('a').iter().next(), None);
        assert_eq!(readings('有').iter().collect::<Vec<_>>(), ["you"]);
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
