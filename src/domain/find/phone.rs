//! Phone numbers as people write them, brought to one row of digits. Masking is in `mask.rs`; the tokens of
//! the digit index in `tokens.rs`.

use super::fold::fold;

/// Fewest digits that make a number.
const MIN_DIGITS: usize = 3;
/// Fewest digits after `0086`; with fewer it is a piece of a number that happens to have these digits.
const MIN_ABROAD: usize = 7;
/// Most digits of an extension.
const MAX_EXTENSION: usize = 6;
/// What stands before an extension, folded.
const EXTENSION_MARKS: &[&str] = &["转", "轉", "分机", "分機", "ext", "x", "#", ",", ";"];

/// A phone number in normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Digits only, without the country code of a Chinese number, at least three.
    pub digits: String,
    /// Digits of the extension.
    pub extension: Option<String>,
}

/// Brings a phone number to its normal form; `None` with fewer than three digits.
///
/// Full-width digits are folded; `+86`, `0086`, and `86` before a mobile number are dropped, as is a zero
/// before a mobile number; the extension is split off (`转801`, `ext 12`, `#12`, `-8001` after a whole number).
pub fn normal_phone(raw: &str) -> Option<Phone> {
    let parsed = parse(raw)?;
    let digits = parsed.digits.iter().map(|digit| digit.value).collect();
    Some(Phone { digits, extension: parsed.extension })
}

/// True for a Chinese mobile number in normal form.
pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.chars().nth(1).is_some_and(|second| second >= '3')
}

/// One digit and the index of the character it was written with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub value: char,
    pub origin: usize,
}

/// A number in normal form that remembers where its digits stood.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    pub digits: Vec<Digit>,
    pub extension: Option<String>,
}

/// The same as [`normal_phone`], with the places of the digits.
pub(super) fn parse(raw: &str) -> Option<Parsed> {
    let folded = fold(raw);
    let chars: Vec<Digit> = folded.pairs().map(|(origin, value)| Digit { value, origin }).collect();
    let (number, extension) = split_mark(&chars).or_else(|| split_dash(&chars)).unwrap_or((&chars, None));
    let digits = national(number);
    (digits.len() >= MIN_DIGITS).then_some(Parsed { digits, extension })
}

/// Number and extension where a word or sign stands between them.
fn split_mark(chars: &[Digit]) -> Option<(&[Digit], Option<String>)> {
    let text: String = chars.iter().map(|ch| ch.value).collect();
    EXTENSION_MARKS.iter().find_map(|mark| {
        let (head, rest) = text.split_once(mark)?;
        let extension: String = rest.chars().filter(char::is_ascii_digit).collect();
        let number = chars.get(..head.chars().count())?;
        let split = !extension.is_empty()
            && extension.len() <= MAX_EXTENSION
            && count_digits(number) >= MIN_DIGITS
            && !rest.contains(['@', '+']);
        split.then_some((number, Some(extension)))
    })
}

/// Number and extension where the last group follows a number that is whole without it.
fn split_dash(chars: &[Digit]) -> Option<(&[Digit], Option<String>)> {
    let dash = chars.iter().rposition(|ch| is_dash(ch.value))?;
    let (number, rest) = chars.split_at_checked(dash)?;
    let extension: String = rest.iter().map(|ch| ch.value).filter(char::is_ascii_digit).collect();
    let split = !extension.is_empty() && extension.len() <= MAX_EXTENSION && is_whole(&national(number));
    split.then_some((number, Some(extension)))
}

/// True when nothing can be missing: a mobile, a service number, a landline with its area code.
fn is_whole(digits: &[Digit]) -> bool {
    let text: String = digits.iter().map(|digit| digit.value).collect();
    is_mobile(&text) || is_service(&text) || (text.starts_with('0') && (10..=12).contains(&text.len()))
}

/// True for the numbers of companies that have no area code.
fn is_service(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

/// The digits without the country's code, and without a zero before a mobile.
fn national(chars: &[Digit]) -> Vec<Digit> {
    let plus = chars
        .iter()
        .find(|ch| !ch.value.is_whitespace() && ch.value != '(')
        .is_some_and(|ch| ch.value == '+');
    let digits: Vec<Digit> = chars.iter().copied().filter(|ch| ch.value.is_ascii_digit()).collect();
    let text: String = digits.iter().map(|digit| digit.value).collect();
    let abroad = text
        .strip_prefix("0086")
        .filter(|rest| plus || rest.len() >= MIN_ABROAD)
        .or_else(|| text.strip_prefix("86").filter(|_| plus));
    if let Some(rest) = abroad {
        let mut kept: Vec<Digit> = digits.iter().copied().skip(text.len() - rest.len()).collect();
        // "+86 21 6888 1234" leaves out the zero that everyone in the country dials
        let area =
            !rest.starts_with('0') && !is_mobile(rest) && !is_service(rest) && (9..=11).contains(&rest.len());
        if let Some(first) = kept.first().copied().filter(|_| area) {
            kept.insert(0, Digit { value: '0', origin: first.origin });
        }
        return without_zero(kept);
    }
    match text.strip_prefix("86") {
        Some(rest) if is_mobile(rest) => digits.into_iter().skip(2).collect(),
        _ => without_zero(digits),
    }
}

/// Drops the zero people dial before a mobile number of another city.
fn without_zero(digits: Vec<Digit>) -> Vec<Digit> {
    let text: String = digits.iter().map(|digit| digit.value).collect();
    if text.strip_prefix('0').is_some_and(is_mobile) { digits.into_iter().skip(1).collect() } else { digits }
}

fn count_digits(chars: &[Digit]) -> usize {
    chars.iter().filter(|ch| ch.value.is_ascii_digit()).count()
}

/// The hyphens and dashes people write between groups.
pub(super) fn is_dash(ch: char) -> bool {
    matches!(ch, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_in_any_format_have_one_form() {
        for (raw, digits, extension) in [
            ("138 0013 8000", "13800138000", None),
            ("+86 138-0013-8000", "13800138000", None),
            ("(+86)13800138000", "13800138000", None),
            ("＋８６ １３８００１３８０００", "13800138000", None),
            ("008613800138000", "13800138000", None),
            ("8613800138000", "13800138000", None),
            ("013800138000", "13800138000", None),
            ("138-0013-8000", "13800138000", None),
            ("(021) 6888-1234 转 801", "02168881234", Some("801")),
            ("021-68881234转8001", "02168881234", Some("8001")),
            ("021-68881234-8001", "02168881234", Some("8001")),
            ("+86 21 6888 1234", "02168881234", None),
            ("+86 (0)21 6888 1234 ext. 12", "02168881234", Some("12")),
            ("0755-8322-1234", "075583221234", None),
            ("0571-88881234#12", "057188881234", Some("12")),
            ("400-820-8820", "4008208820", None),
            ("400-820-8820-1", "4008208820", Some("1")),
            ("68881234", "68881234", None),
            ("6888-1234 x801", "68881234", Some("801")),
            ("86-21", "8621", None),
            ("0086138", "0086138", None),
            ("00862168881234", "02168881234", None),
            ("010-12345678", "01012345678", None),
            ("+1 (415) 555-0100", "14155550100", None),
            ("Tel: 110", "110", None),
            ("+852 2123 4567", "85221234567", None),
        ] {
            let phone = normal_phone(raw).unwrap();
            assert_eq!(phone.digits, digits, "{raw}");
            assert_eq!(phone.extension.as_deref(), extension, "{raw}");
            assert_eq!(normal_phone(&phone.digits).unwrap().digits, digits, "{raw}");
        }
    }

    #[test]
    fn fewer_than_three_digits_are_no_phone() {
        for raw in ["", "12", "转 801", "+86", "abc", "-"] {
            assert!(normal_phone(raw).is_none_or(|phone| phone.digits == "801"), "{raw}");
        }
        assert_eq!(normal_phone("12"), None);
        assert!(normal_phone("123").is_some());
    }

    #[test]
    fn digits_remember_where_they_stood() {
        let parsed = parse("+86 138-0013-8000").unwrap();
        let origins: Vec<usize> = parsed.digits.iter().map(|digit| digit.origin).collect();
        assert_eq!(origins, [4, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16]);
    }
}
