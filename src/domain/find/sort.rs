//! What names are sorted by: pinyin without tones, so that Chinese and Latin names stand in one alphabet.
//! One reading per character: that of the word it stands in, of the family name, or the usual one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use super::readings::readings;

/// Words of company and place names that are not read as their characters are alone.
const WORDS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("重慶", "chong qing"),
    ("银行", "yin hang"),
    ("銀行", "yin hang"),
    ("行业", "hang ye"),
    ("行業", "hang ye"),
    ("商行", "shang hang"),
    ("车行", "che hang"),
    ("洋行", "yang hang"),
    ("厦门", "xia men"),
    ("廈門", "xia men"),
    ("六安", "lu an"),
    ("六合", "lu he"),
    ("东莞", "dong guan"),
    ("東莞", "dong guan"),
    ("番禺", "pan yu"),
    ("蚌埠", "beng bu"),
    ("丽水", "li shui"),
    ("台州", "tai zhou"),
    ("会计", "kuai ji"),
    ("會計", "kuai ji"),
    ("会稽", "kuai ji"),
    ("音乐", "yin yue"),
    ("音樂", "yin yue"),
    ("乐器", "yue qi"),
    ("乐清", "yue qing"),
    ("朝阳", "chao yang"),
    ("朝陽", "chao yang"),
    ("成都", "cheng du"),
    ("首都", "shou du"),
    ("都市", "du shi"),
    ("单县", "shan xian"),
    ("曾都", "zeng du"),
    ("校长", "xiao zhang"),
    ("董事长", "dong shi zhang"),
    ("成长", "cheng zhang"),
    ("调味", "tiao wei"),
    ("空调", "kong tiao"),
    ("传奇", "chuan qi"),
    ("大夫", "dai fu"),
    ("西藏", "xi zang"),
    ("便宜", "pian yi"),
    ("给水", "ji shui"),
    ("参茸", "shen rong"),
    ("人参", "ren shen"),
    ("尉氏", "wei shi"),
    ("尉犁", "yu li"),
];

/// Family names that are not read as their characters are elsewhere; two characters before one.
const SURNAMES: &[(&str, &str)] = &[
    ("尉迟", "yu chi"),
    ("尉遲", "yu chi"),
    ("万俟", "mo qi"),
    ("萬俟", "mo qi"),
    ("单于", "chan yu"),
    ("長孫", "zhang sun"),
    ("长孙", "zhang sun"),
    ("澹台", "tan tai"),
    ("澹臺", "tan tai"),
    ("令狐", "ling hu"),
    ("单", "shan"),
    ("單", "shan"),
    ("曾", "zeng"),
    ("仇", "qiu"),
    ("解", "xie"),
    ("查", "zha"),
    ("区", "ou"),
    ("區", "ou"),
    ("盖", "ge"),
    ("蓋", "ge"),
    ("朴", "piao"),
    ("任", "ren"),
    ("华", "hua"),
    ("翟", "zhai"),
    ("乐", "yue"),
    ("樂", "yue"),
    ("缪", "miao"),
    ("繆", "miao"),
    ("冼", "xian"),
    ("洗", "xian"),
    ("覃", "qin"),
    ("召", "shao"),
    ("折", "she"),
    ("繁", "po"),
    ("秘", "bi"),
    ("员", "yun"),
    ("种", "chong"),
    ("黑", "he"),
    ("牟", "mu"),
    ("那", "na"),
    ("乜", "nie"),
    ("宓", "mi"),
    ("逄", "pang"),
    ("祭", "zhai"),
    ("燕", "yan"),
    ("宁", "ning"),
    ("葛", "ge"),
    ("都", "du"),
    ("句", "gou"),
    ("适", "kuo"),
    ("隗", "wei"),
    ("尉", "wei"),
    ("车", "che"),
    ("車", "che"),
    ("沈", "shen"),
    ("谌", "chen"),
    ("过", "guo"),
    ("俞", "yu"),
    ("么", "yao"),
    ("相", "xiang"),
    ("重", "chong"),
    ("藏", "zang"),
    ("长", "zhang"),
    ("郗", "xi"),
];

/// Words and their readings by the first character of the word.
type Entries = HashMap<char, Vec<(&'static str, &'static str)>>;

/// [`WORDS`], by first character: every character of every name asks.
static IN_NAMES: LazyLock<Entries> = LazyLock::new(|| by_first(WORDS));
/// [`SURNAMES`], by first character.
static FAMILIES: LazyLock<Entries> = LazyLock::new(|| by_first(SURNAMES));

fn by_first(table: &[(&'static str, &'static str)]) -> Entries {
    let mut entries = Entries::new();
    for entry in table {
        if let Some(first) = entry.0.chars().next() {
            entries.entry(first).or_default().push(*entry);
        }
    }
    entries
}

/// The key a name is sorted by: lower-case ASCII, a blank between syllables and between words.
///
/// Of a person's name the family name is read as such. A character without a reading sorts after all letters.
pub fn sort_key(name: &str, person: bool) -> String {
    let folded = fold(name);
    let mut rest = folded.chars();
    let mut key = Key::default();
    if person {
        rest = key.push_entry(&FAMILIES, rest).unwrap_or(rest);
    }
    while let Some((&ch, after)) = rest.split_first() {
        if let Some(after) = key.push_entry(&IN_NAMES, rest) {
            rest = after;
            continue;
        }
        rest = after;
        match readings(ch).usual().iter().next() {
            Some(reading) => key.push_word(reading),
            None if ch.is_ascii_alphanumeric() => key.push_letter(ch),
            None if ch.is_alphanumeric() => key.push_word(&format!("~{:06x}", u32::from(ch))),
            None => key.open = false,
        }
    }
    key.text
}

/// A key being written.
#[derive(Default)]
struct Key {
    text: String,
    /// True while a Latin word goes on.
    open: bool,
}

impl Key {
    fn push_word(&mut self, word: &str) {
        self.gap();
        self.text.push_str(word);
        self.open = false;
    }

    fn push_letter(&mut self, letter: char) {
        if !self.open {
            self.gap();
        }
        self.text.push(letter);
        self.open = true;
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    /// Writes the table's reading of the characters at the beginning of `rest`; answers what follows them.
    fn push_entry<'a>(&mut self, table: &Entries, rest: &'a [char]) -> Option<&'a [char]> {
        let begins = |word: &str| word.chars().eq(rest.iter().copied().take(word.chars().count()));
        let (word, reading) = table.get(rest.first()?)?.iter().find(|(word, _)| begins(word))?;
        self.push_word(reading);
        rest.get(word.chars().count()..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_their_pinyin() {
        for (name, person, key) in [
            ("重庆银行", false, "chong qing yin hang"),
            ("上海科技", false, "shang hai ke ji"),
            ("长城汽车", false, "chang cheng qi che"),
            ("单雄信", true, "shan xiong xin"),
            ("单雄信", false, "dan xiong xin"),
            ("曾国藩", true, "zeng guo fan"),
            ("万俟卨", true, "mo qi xie"),
            ("尉迟恭", true, "yu chi gong"),
            ("吕布", true, "lv bu"),
            ("ABC Co., Ltd.", false, "abc co ltd"),
            ("A4纸业", false, "a4 zhi ye"),
            ("３Ｍ中国", false, "3m zhong guo"),
            ("", false, ""),
        ] {
            assert_eq!(sort_key(name, person), key, "{name}");
        }
    }

    #[test]
    fn keys_are_ascii_and_strange_letters_come_last() {
        for name in ["кириллица", "日本の会社", "한국", "𠀀𠀀", "emoji 🙂"] {
            let key = sort_key(name, false);
            assert!(key.is_ascii(), "{key}");
        }
        assert!(sort_key("한국", false) > sort_key("zzz", false));
        assert!(sort_key("西安", false) < sort_key("先锋", false));
    }

    #[test]
    fn every_table_reading_can_be_typed() {
        for (word, reading) in WORDS.iter().chain(SURNAMES) {
            assert_eq!(word.chars().count(), reading.split(' ').count(), "{word}");
            for (ch, syllable) in word.chars().zip(reading.split(' ')) {
                assert!(readings(ch).iter().any(|known| known == syllable), "{word} {syllable}");
            }
        }
    }
}
