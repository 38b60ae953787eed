//! The words of the two indexes. A gram is one to three characters packed into a number, so that a million
//! customers are tokenised without a string per gram; a Chinese character stands in the grams of letters
//! with each of its readings in full and with its initial, in every mixture with its neighbours.

use super::Entry;
use super::phone::normal_phone;
use super::units::{Unit, units};

/// Bits of one character in a packed gram.
const CHAR_BITS: u32 = 21;
/// The packed place where the owner's token stands in order; no gram has `_`.
const OWNER: u64 = pack(['o', '_', '\0']);

/// Tokens of the text index, unique, in order, with blanks between.
///
/// Every Chinese character and pair of neighbours; of letters the triples, the pairs that begin a letter or
/// a syllable, and the first letter of each word; the same over pinyin; the owner as `o_17`.
pub fn text_tokens(entry: &Entry) -> String {
    let mut grams = Vec::with_capacity(512);
    grams.push(OWNER);
    push_grams(entry.name, &mut grams);
    for field in [&entry.codes, &entry.contacts, &entry.tags].into_iter().flatten() {
        push_grams(field, &mut grams);
    }
    joined(grams, &owner_token(entry.owner))
}

/// The grams as text, unique, in order, with blanks between; the owner's token where its gram is one of them.
pub(super) fn joined(mut grams: Vec<u64>, owner: &str) -> String {
    grams.sort_unstable();
    grams.dedup();
    let mut text = String::with_capacity(grams.len() * 8);
    for gram in grams {
        if !text.is_empty() {
            text.push(' ');
        }
        if gram == OWNER {
            text.push_str(owner);
        } else {
            text.extend(unpack(gram));
        }
    }
    text
}

/// The token of an owner in the text index.
pub(super) fn owner_token(owner: i64) -> String {
    // a minus would split the token
    if owner < 0 { format!("o_n{}", owner.unsigned_abs()) } else { format!("o_{owner}") }
}

/// Tokens of the digit index for all phones of a customer, as they are stored, unique and in order.
///
/// Digit triples, `w_` the whole number, `h_` its first three, `t_` its last three, `l_` its last four.
pub fn digit_tokens(phones: &[&str]) -> String {
    let mut tokens = Vec::new();
    for digits in phones.iter().filter_map(|raw| normal_phone(raw)).map(|phone| phone.digits) {
        tokens.extend(triples(&digits).map(str::to_owned));
        tokens.extend(digits.get(..3).map(|head| format!("h_{head}")));
        tokens.extend(tail(&digits, 3).map(|tail| format!("t_{tail}")));
        tokens.extend(tail(&digits, 4).map(|tail| format!("l_{tail}")));
        tokens.push(format!("w_{digits}"));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens.join(" ")
}

/// Every three neighbouring digits of an ASCII text.
pub(super) fn triples(digits: &str) -> impl Iterator<Item = &str> + Clone {
    (0..digits.len()).map_while(|start| digits.get(start..start + 3))
}

/// The last `count` digits of an ASCII text.
fn tail(digits: &str, count: usize) -> Option<&str> {
    digits.get(digits.len().checked_sub(count)?..)
}

/// What can be typed from one unit on: its first letters, and its first two.
#[derive(Default)]
struct Heads {
    one: Vec<char>,
    two: Vec<(char, char)>,
}

/// Adds the grams of one field, from its last unit to its first, so that each unit knows what follows it.
fn push_grams(field: &str, grams: &mut Vec<u64>) {
    let units = units(field);
    let (mut here, mut next) = (Heads::default(), Heads::default());
    let mut right = None;
    for unit in units.iter().rev() {
        here.one.clear();
        here.two.clear();
        if unit.ideograph {
            grams.push(pack([unit.ch, '\0', '\0']));
            grams.extend(right.map(|right| pack([unit.ch, right, '\0'])));
            syllable_grams(unit, &next, &mut here, grams);
        } else {
            here.one.push(unit.ch);
        }
        for &first in &here.one {
            here.two.extend(next.one.iter().map(|&second| (first, second)));
            grams.extend(next.two.iter().map(|&(second, third)| pack([first, second, third])));
            if unit.starts_word {
                grams.push(pack([first, '\0', '\0']));
            }
        }
        grams.extend(here.two.iter().map(|&(first, second)| pack([first, second, '\0'])));
        right = unit.ideograph.then_some(unit.ch);
        std::mem::swap(&mut here, &mut next);
    }
}

/// Adds the triples that begin inside a full syllable and notes its heads; its initial alone is the caller's.
fn syllable_grams(unit: &Unit, next: &Heads, here: &mut Heads, grams: &mut Vec<u64>) {
    for reading in unit.readings().iter() {
        let (mut before, mut last) = (None, None);
        for (place, letter) in reading.bytes().map(char::from).enumerate() {
            match place {
                0 => push_new(&mut here.one, letter),
                1 => here.two.extend(last.map(|first| (first, letter))),
                _ => {
                    grams.extend(before.zip(last).map(|(first, second)| pack([first, second, letter])));
                }
            }
            (before, last) = (last, Some(letter));
        }
        let (Some(before), Some(last)) = (before, last) else { continue };
        grams.extend(next.one.iter().map(|&third| pack([before, last, third])));
        grams.extend(next.two.iter().map(|&(second, third)| pack([last, second, third])));
    }
}

/// Adds a value that is not there yet to a short list.
fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// Three characters as one number that sorts as their text does; NUL fills up a shorter gram.
pub(super) const fn pack(chars: [char; 3]) -> u64 {
    let [first, second, third] = chars;
    (first as u64) << (2 * CHAR_BITS) | (second as u64) << CHAR_BITS | third as u64
}

/// The characters of a packed gram.
fn unpack(gram: u64) -> impl Iterator<Item = char> {
    let mask = (1_u64 << CHAR_BITS) - 1;
    [gram >> (2 * CHAR_BITS), gram >> CHAR_BITS, gram]
        .into_iter()
        .filter_map(move |bits| char::from_u32((bits & mask) as u32))
        .filter(|&ch| ch != '\0')
}
