//! What was typed in the look-up box, and what to ask the two indexes for it. The expressions may find too
//! much (grams lie together without being neighbours), never too little; `verify.rs` has the last word.

use super::fold::fold_each;
use super::heads::heads;
use super::phone::{is_dash, is_mobile, parse};
use super::tokens::{owner_token, triples};
use super::units::Kind;

/// Longest word that is looked for, in folded characters; one bit each in a `u64` with one to spare.
pub(super) const MAX_WORD: usize = 60;
/// Most words that are looked for.
const MAX_WORDS: usize = 8;
/// Most tokens asked for per run of letters or of Chinese characters; more make the query slower, not sharper.
const MAX_TOKENS: usize = 8;
/// Digits from which a needle is a phone fragment.
const MIN_DIGITS: usize = 3;

/// What was typed in the look-up box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needle {
    /// Words to be found in names, codes, contacts and tags.
    Text(TextNeedle),
    /// Digits to be found in phones, or in codes and names that have digits.
    Digits(DigitNeedle),
}

/// One or more words, each of which must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextNeedle {
    pub(super) words: Vec<Word>,
}

/// Three digits or more, with blanks, dashes, parentheses or an extension left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitNeedle {
    pub(super) digits: String,
    pub(super) typed: Word,
}

/// The searchable characters of one word as typed, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word(Vec<char>);

/// What an index is asked: each of these, and of each at least one of its tokens.
type Asked = Vec<Vec<String>>;

/// Reads what was typed; `None` when nothing in it can be looked for.
pub fn needle(raw: &str) -> Option<Needle> {
    if let Some(digits) = digit_needle(raw) {
        return Some(Needle::Digits(digits));
    }
    let words: Vec<Word> = raw.split_whitespace().filter_map(Word::new).take(MAX_WORDS).collect();
    (!words.is_empty()).then_some(Needle::Text(TextNeedle { words }))
}

impl Needle {
    /// What to ask the text index, as an FTS5 expression.
    pub fn text_match(&self) -> Option<String> {
        expression(&self.text_tokens())
    }

    /// What to ask the digit index, as an FTS5 expression; without the right to see all digits only the head,
    /// the tail and whole numbers are asked for.
    pub fn digit_match(&self, full_right: bool) -> Option<String> {
        expression(&self.digit_tokens(full_right))
    }

    /// The part of [`Self::digit_match`] to be read first: numbers that end so or are so. `None` when there is
    /// no sharper question than the whole one.
    pub fn digit_first(&self) -> Option<String> {
        let Self::Digits(DigitNeedle { digits, .. }) = self else { return None };
        let token = if digits.len() == 4 { format!("l_{digits}") } else { format!("w_{digits}") };
        expression(&[vec![token]])
    }

    /// Whether the indexes alone tell who is found: every word is one gram as it stands, so whoever has its token holds it.
    pub fn is_told(&self, sees_all_digits: bool) -> bool {
        match self {
            Self::Text(needle) => needle.words.iter().all(Word::is_one_gram),
            Self::Digits(needle) => {
                sees_all_digits && needle.digits.len() == MIN_DIGITS && needle.typed.is_one_gram()
            }
        }
    }

    /// The digits to offer for a new customer or contact when nobody has them, in normal form.
    pub fn phone_digits(&self) -> Option<&str> {
        match self {
            Self::Text(_) => None,
            Self::Digits(needle) => Some(&needle.digits),
        }
    }

    /// What every row has in the text index that [`Self::verify`] accepts for its text.
    pub(super) fn text_tokens(&self) -> Asked {
        let mut asked = Vec::new();
        match self {
            Self::Text(needle) => needle.words.iter().for_each(|word| word.push_tokens(&mut asked)),
            Self::Digits(needle) => needle.typed.push_tokens(&mut asked),
        }
        asked
    }

    /// What every row has in the digit index that [`Self::verify`] accepts for its phones.
    pub(super) fn digit_tokens(&self, full_right: bool) -> Asked {
        let Self::Digits(DigitNeedle { digits, .. }) = self else { return Vec::new() };
        let whole = format!("w_{digits}");
        if is_mobile(digits) {
            return vec![vec![whole]];
        }
        match (digits.len(), full_right) {
            (3, _) => vec![vec![whole, format!("h_{digits}"), format!("t_{digits}")]],
            (_, true) => spread(triples(digits)).map(|triple| vec![triple.to_owned()]).collect(),
            (4, false) => vec![vec![whole, format!("l_{digits}")]],
            (_, false) => vec![vec![whole]],
        }
    }
}

/// Narrows an expression of the text index to the customers of one owner.
pub fn owned(expression: &str, owner: i64) -> String {
    format!("({expression}) AND \"{}\"", owner_token(owner))
}

/// Digits when there is nothing else but what phones are written with.
fn digit_needle(raw: &str) -> Option<DigitNeedle> {
    let parsed = parse(raw)?;
    let mut plain = true;
    let mut in_extension = false;
    let mut typed = Vec::new();
    fold_each(raw, |_, ch| {
        if ch.is_ascii_digit() {
            if !in_extension {
                typed.push(ch);
            }
        } else if parsed.extension.is_some()
            && typed.len() >= MIN_DIGITS
            && matches!(ch, '转' | '轉' | '分' | '机' | '機' | 'e' | 'x' | 't')
        {
            in_extension = true;
        } else {
            plain &=
                ch.is_whitespace() || is_dash(ch) || matches!(ch, '+' | '(' | ')' | '.' | '/' | '#' | ',');
        }
    });
    typed.truncate(MAX_WORD);
    let digits: String = parsed.digits.iter().map(|digit| digit.value).take(MAX_WORD).collect();
    (plain && typed.len() >= MIN_DIGITS && digits.len() >= MIN_DIGITS)
        .then_some(DigitNeedle { digits, typed: Word(typed) })
}

impl Word {
    /// The searchable characters of a word; `None` when it has none.
    fn new(raw: &str) -> Option<Self> {
        let mut chars = Vec::new();
        fold_each(raw, |_, ch| {
            if Kind::of(ch) != Kind::Gap && chars.len() < MAX_WORD {
                chars.push(ch);
            }
        });
        (!chars.is_empty()).then_some(Self(chars))
    }

    /// The folded characters, at least one, at most [`MAX_WORD`].
    pub fn chars(&self) -> &[char] {
        &self.0
    }

    /// True when a single letter was typed, which is looked for at the beginning of words only.
    pub fn is_one_letter(&self) -> bool {
        matches!(self.0.as_slice(), [only] if Kind::of(*only) == Kind::Letter)
    }

    /// True when the word is one run no longer than a gram.
    fn is_one_gram(&self) -> bool {
        let mut runs = self.0.chunk_by(|left, right| Kind::of(*left) == Kind::of(*right));
        runs.next().is_some_and(|run| run.len() <= gram(run)) && runs.next().is_none()
    }

    /// Adds the tokens that every text in which this word is found has.
    fn push_tokens(&self, asked: &mut Asked) {
        for run in self.0.chunk_by(|left, right| Kind::of(*left) == Kind::of(*right)) {
            let letters = gram(run) == 3;
            // a letter alone beside Chinese characters: only letters that begin a word have a token
            if letters && run.len() == 1 && self.0.len() > 1 {
                continue;
            }
            let size = run.len().min(gram(run));
            for gram in spread(run.windows(size)) {
                let token = vec![gram.iter().collect()];
                if !asked.contains(&token) {
                    asked.push(token);
                }
            }
            asked.extend(heads(run));
        }
    }
}

/// Characters of a gram: three of letters, two of others.
fn gram(run: &[char]) -> usize {
    if run.first().is_some_and(|first| Kind::of(*first) == Kind::Letter) { 3 } else { 2 }
}

/// At most [`MAX_TOKENS`] of the grams, evenly spread.
fn spread<T>(grams: impl Iterator<Item = T> + Clone) -> impl Iterator<Item = T> {
    let step = grams.clone().count().div_ceil(MAX_TOKENS).max(1);
    grams.step_by(step)
}

/// What is asked in the language of FTS5; `None` when there is nothing to ask.
fn expression(asked: &[Vec<String>]) -> Option<String> {
    let one = |tokens: &Vec<String>| {
        let any = tokens.iter().map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" OR ");
        if tokens.len() > 1 && asked.len() > 1 { format!("({any})") } else { any }
    };
    Some(asked.iter().map(one).collect::<Vec<_>>().join(" AND ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needles_ask_in_the_language_of_the_index() {
        for (raw, text, digits, masked) in [
            ("科技", r#""科技""#, None, None),
            ("恒", r#""恒""#, None, None),
            ("恒远物", r#""恒远" AND "远物""#, None, None),
            ("sh", r#""sh""#, None, None),
            ("s", r#""s""#, None, None),
            ("ShKJ", r#""shk" AND "hkj""#, None, None),
            ("kejix", r#""kej" AND "eji" AND "jix" AND ("ej" OR "ix" OR "kjx")"#, None, None),
            ("恒yuan", r#""恒" AND "yua" AND "uan""#, None, None),
            ("恒y", r#""恒""#, None, None),
            ("恒远 li", r#""恒远" AND "li""#, None, None),
            ("C2024", r#""c20" AND "202" AND "024""#, None, None),
            ("88", r#""88""#, None, None),
            (
                "138",
                r#""138""#,
                Some(r#""w_138" OR "h_138" OR "t_138""#),
                Some(r#""w_138" OR "h_138" OR "t_138""#),
            ),
            ("8812", r#""881" AND "812""#, Some(r#""881" AND "812""#), Some(r#""w_8812" OR "l_8812""#)),
            (
                "88 12 3",
                r#""881" AND "812" AND "123""#,
                Some(r#""881" AND "812" AND "123""#),
                Some(r#""w_88123""#),
            ),
        ] {
            let needle = needle(raw).unwrap();
            assert_eq!(needle.text_match().as_deref(), Some(text), "{raw}");
            assert_eq!(needle.digit_match(true).as_deref(), digits, "{raw}");
            assert_eq!(needle.digit_match(false).as_deref(), masked, "{raw}");
        }
    }

    #[test]
    fn whole_numbers_are_asked_for_whole() {
        for raw in ["138 0013 8000", "+86 138-0013-8000", "(0086)13800138000", "013800138000"] {
            let needle = needle(raw).unwrap();
            assert_eq!(needle.digit_match(true).as_deref(), Some(r#""w_13800138000""#), "{raw}");
            assert_eq!(needle.digit_match(false), needle.digit_match(true));
            assert_eq!(needle.phone_digits(), Some("13800138000"));
        }
        let needle = needle("(021) 6888-1234 转 801").unwrap();
        assert_eq!(needle.phone_digits(), Some("02168881234"));
        assert_eq!(needle.digit_first().as_deref(), Some(r#""w_02168881234""#));
        assert_eq!(needle.digit_match(false).as_deref(), Some(r#""w_02168881234""#));
    }

    #[test]
    fn nothing_to_look_for_is_no_needle() {
        for raw in ["", "  ", "\u{3000}", "---", "\u{200b}", "\"*\"", "()"] {
            assert_eq!(needle(raw), None, "{raw:?}");
        }
    }

    #[test]
    fn words_with_digits_are_text() {
        for raw in ["C2024", "12", "138物流", "A4", "90后", "138 物流"] {
            assert!(matches!(needle(raw), Some(Needle::Text(_))), "{raw}");
        }
    }

    #[test]
    fn an_expression_stays_short_and_quoted() {
        let long = needle(&"abcdefgh\"OR\"*恒远物流有限公司".repeat(40)).unwrap().text_match().unwrap();
        assert!(long.split(" AND ").all(|token| token.starts_with('"') && token.ends_with('"')));
        assert!(long.split(" AND ").count() <= 60);
        assert_eq!(owned("\"ab\"", 17), "(\"ab\") AND \"o_17\"");
    }
}
