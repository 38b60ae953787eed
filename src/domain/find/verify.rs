//! The last word on an entry: does it hold what was typed, where, and how well. Walks the same units as
//! the tokens do. A Chinese character can be typed as itself, as a whole reading or as its initial, in any
//! mixture; the last syllable may be unfinished.

use std::ops::Range;

use super::Entry;
use super::mask::visible;
use super::needle::{DigitNeedle, MAX_WORD, Needle, Word};
use super::phone::{Digit, is_mobile, parse};
use super::units::{Unit, units};

/// Fewest digits found in the middle of a number; at its head and tail three are enough.
const MIN_MIDDLE: usize = 4;

/// The field a needle was found in, with its place in the entry's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The customer's name.
    Name,
    /// A number or alias.
    Code(usize),
    /// A contact's name.
    Contact(usize),
    /// A tag.
    Tag(usize),
    /// A phone.
    Phone(usize),
}

/// Where a needle was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The field; of several words, that of the first.
    pub field: Field,
    /// Characters to highlight in the field as shown: the text itself, or a phone's mask when it is masked.
    pub chars: Range<usize>,
    /// Lower is better: exact, beginning, beginning of a word, middle; then usual readings before others (张 before 长 for
    /// `zhang`); then name, code, contact, tag; then text before pinyin. 0 for a whole name or phone.
    pub score: u16,
}

/// How well a needle lies in a field, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Start,
    Word,
    Middle,
}

impl Needle {
    /// Checks one entry; `None` when it does not hold what was typed, or may not be found by it: of masked phones only what
    /// shows is found.
    pub fn verify(&self, entry: &Entry, sees_all_digits: bool) -> Option<Hit> {
        match self {
            Self::Text(needle) => {
                let mut words = needle.words.iter();
                let mut hit = find_word(words.next()?, entry)?;
                for word in words {
                    hit.score = hit.score.max(find_word(word, entry)?.score);
                }
                Some(hit)
            }
            Self::Digits(needle) => {
                let phone = find_digits(needle, entry, sees_all_digits);
                let text = find_word(&needle.typed, entry);
                phone.into_iter().chain(text).min_by_key(|hit| hit.score)
            }
        }
    }
}

impl Field {
    /// The text of this field in an entry.
    pub fn of<'a>(self, entry: &Entry<'a>) -> Option<&'a str> {
        match self {
            Self::Name => Some(entry.name),
            Self::Code(at) => entry.codes.get(at).copied(),
            Self::Contact(at) => entry.contacts.get(at).copied(),
            Self::Tag(at) => entry.tags.get(at).copied(),
            Self::Phone(at) => entry.phones.get(at).copied(),
        }
    }

    fn rank(self) -> u16 {
        match self {
            Self::Name | Self::Phone(_) => 0,
            Self::Code(_) => 1,
            Self::Contact(_) => 2,
            Self::Tag(_) => 3,
        }
    }

    fn hit(self, fit: Fit, typed: Typed, chars: Range<usize>) -> Hit {
        let (other, pinyin) = (u16::from(typed == Typed::Otherwise), u16::from(typed != Typed::Plainly));
        Hit { field: self, chars, score: fit as u16 * 16 + other * 8 + self.rank() * 2 + pinyin }
    }
}

/// The best place of a word in an entry's texts.
fn find_word(word: &Word, entry: &Entry) -> Option<Hit> {
    let codes = entry.codes.iter().enumerate().map(|(place, text)| (Field::Code(place), *text));
    let contacts = entry.contacts.iter().enumerate().map(|(place, text)| (Field::Contact(place), *text));
    let tags = entry.tags.iter().enumerate().map(|(place, text)| (Field::Tag(place), *text));
    std::iter::once((Field::Name, entry.name))
        .chain(codes)
        .chain(contacts)
        .chain(tags)
        .filter_map(|(field, text)| find_in_text(word, field, text))
        .min_by_key(|hit| hit.score)
}

/// The best place of a word in one text.
fn find_in_text(word: &Word, field: Field, text: &str) -> Option<Hit> {
    let units = units(text);
    let mut best: Option<Hit> = None;
    for (start, first) in units.iter().enumerate() {
        if word.is_one_letter() && !first.starts_word {
            continue;
        }
        let Some(tail) = units.get(start..) else { break };
        let Some(end) = match_here(word.chars(), tail, true) else { continue };
        let typed = match end.pinyin {
            false => Typed::Plainly,
            true if match_here(word.chars(), tail, false).is_some() => Typed::Usually,
            true => Typed::Otherwise,
        };
        let Some(last) = tail.get(end.units - 1) else { continue };
        let fit = match (start, first.starts_word) {
            (0, _) if end.complete && end.units == units.len() => Fit::Whole,
            (0, _) => Fit::Start,
            (_, true) => Fit::Word,
            (_, false) => Fit::Middle,
        };
        let hit = field.hit(fit, typed, first.origin..last.origin + 1);
        if best.as_ref().is_none_or(|best| hit.score < best.score) {
            best = Some(hit);
        }
    }
    best
}

/// How the characters that are found were typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    /// As they stand.
    Plainly,
    /// By the usual reading of each.
    Usually,
    /// By another one.
    Otherwise,
}

/// How a match ended.
struct End {
    /// Units it took, at least one.
    units: usize,
    /// False when the last syllable was left unfinished.
    complete: bool,
    /// True when a character was typed by its reading.
    pinyin: bool,
}

/// Matches a word from the first unit on, by all readings of each character or by the usual one; the set of places reached in
/// the word is one bit each.
fn match_here(word: &[char], units: &[Unit], all: bool) -> Option<End> {
    let plain = word.iter().zip(units).take_while(|(typed, unit)| **typed == unit.ch).count();
    if plain == word.len() {
        return Some(End { units: plain, complete: true, pinyin: false });
    }
    debug_assert!(word.len() <= MAX_WORD, "words are cut when they are read");
    let mut reached = 1_u64;
    for (place, unit) in units.iter().enumerate() {
        let mut next = 0_u64;
        let mut unfinished = false;
        let mut readings = None;
        while reached != 0 {
            let from = reached.trailing_zeros() as usize;
            reached &= reached - 1;
            let Some((&typed, _)) = word.get(from..).and_then(<[char]>::split_first) else { continue };
            if typed == unit.ch {
                next |= 1 << (from + 1);
            }
            // no pinyin has other letters
            if !typed.is_ascii_lowercase() {
                continue;
            }
            let readings = readings.get_or_insert_with(|| unit.readings());
            for reading in if all { *readings } else { readings.usual() }.iter() {
                let rest = word.iter().skip(from).copied();
                let same = reading.chars().zip(rest).take_while(|(read, typed)| read == typed).count();
                if same == 0 {
                    continue;
                }
                next |= 1 << (from + 1);
                if same == reading.len() {
                    next |= 1 << (from + same);
                }
                unfinished |= from + same == word.len();
            }
        }
        let complete = next >> word.len() & 1 == 1;
        if complete || unfinished {
            return Some(End { units: place + 1, complete, pinyin: true });
        }
        if next == 0 {
            return None;
        }
        reached = next;
    }
    None
}

/// The best place of digits in an entry's phones.
fn find_digits(needle: &DigitNeedle, entry: &Entry, sees_all: bool) -> Option<Hit> {
    let phones = entry.phones.iter().enumerate();
    phones
        .filter_map(|(place, raw)| {
            if !may_hold(raw, &needle.digits) {
                return None;
            }
            let digits = parse(raw)?.digits;
            let (fit, found) = find_in_digits(&needle.digits, &digits, sees_all)?;
            let shown = if sees_all {
                digits.get(found.start)?.origin..digits.get(found.end.checked_sub(1)?)?.origin + 1
            } else {
                found
            };
            Some(Field::Phone(place).hit(fit, Typed::Plainly, shown))
        })
        .min_by_key(|hit| hit.score)
}

/// Whether digits may stand in a number as it is written: most are passed over by it. The normal form begins later than the
/// digits that are written, or with a zero before them.
fn may_hold(raw: &str, typed: &str) -> bool {
    if !raw.is_ascii() {
        return true;
    }
    let typed = typed.strip_prefix('0').unwrap_or(typed);
    let mut written = raw.bytes().filter(u8::is_ascii_digit);
    loop {
        let mut from = written.clone();
        if typed.bytes().all(|digit| from.next() == Some(digit)) {
            return true;
        }
        if written.next().is_none() {
            return false;
        }
    }
}

/// Where typed digits lie in a number: whole, head, tail, or middle; only where the person may look.
fn find_in_digits(typed: &str, number: &[Digit], see_all: bool) -> Option<(Fit, Range<usize>)> {
    let number: String = number.iter().map(|digit| digit.value).collect();
    let (wanted, length) = (typed.len(), number.len());
    if number == typed {
        return Some((Fit::Whole, 0..length));
    }
    if is_mobile(typed) {
        return None;
    }
    let (head, tail) = if see_all { (length, length) } else { visible(length) };
    if number.ends_with(typed) && wanted <= tail {
        return Some((Fit::Start, length - wanted..length));
    }
    if number.starts_with(typed) && wanted <= head {
        return Some((Fit::Start, 0..wanted));
    }
    let start = number.find(typed).filter(|_| see_all && wanted >= MIN_MIDDLE)?;
    Some((Fit::Middle, start..start + wanted))
}
