//! What is a phone number or an e-mail address, on every road: forms, command line, import. Several in one cell are taken
//! apart: separators, labels, extensions, and the digits a spreadsheet has destroyed. The form in which numbers are compared
//! and searched belongs to `domain::find`.

use unicode_normalization::UnicodeNormalization;

use super::field::Problem;
use super::find::normal_phone;

/// A phone number as it is to be kept: digits with the signs people group them by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The number, half-width, without label and extension.
    pub number: String,
    /// Digits to dial after it (分机).
    pub extension: Option<String>,
}

/// Why a cell holds no phone numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    /// `1.38E+10`: the spreadsheet has rounded the number and the file no longer has its digits.
    LostDigits,
    /// Something in it is no number of 5 to 15 digits.
    NotANumber,
}

/// Fewest digits of a number that nobody shares: area code and line, or a mobile one.
const WHOLE: usize = 10;
/// Fewest digits of a number by itself (95588).
const DIGITS_MIN: usize = 5;
/// Most digits of a number (E.164).
const DIGITS_MAX: usize = 15;

/// What is wrong with a contact's method of this kind; other kinds than phones and addresses are anybody's.
pub fn misfit(kind: &str, value: &str) -> Option<Problem> {
    let one = match kind {
        "mobile" | "landline" => phones(value).is_ok_and(|found| found.len() == 1),
        "email" => emails(value).is_ok_and(|found| found.len() == 1),
        _ => return None,
    };
    match kind {
        _ if one => None,
        "email" => Some(Problem::NotAnEmail(value.trim().to_owned())),
        _ => Some(Problem::NotAPhone(value.trim().to_owned())),
    }
}

/// A number or address as it is kept: as it was typed, with digits and signs of half width.
pub fn half_width(kind: &str, value: &str) -> String {
    if matches!(kind, "mobile" | "landline" | "email") { value.nfkc().collect() } else { value.to_owned() }
}

/// The kind of a number as a contact's method has it: a mobile number of this country, or any other.
pub fn kind_of(number: &str) -> &'static str {
    let mobile =
        normal_phone(number).is_some_and(|phone| phone.digits.len() == 11 && begins_mobile(&phone.digits));
    if mobile { "mobile" } else { "landline" }
}

/// Whether digits begin as those of a mobile number.
fn begins_mobile(digits: &str) -> bool {
    let mut first = digits.chars();
    first.next() == Some('1') && first.next().is_some_and(|second| second >= '3')
}

/// Takes the numbers of a cell apart, ` ::: ` of Google too; none at all for a blank one.
pub fn phones(cell: &str) -> Result<Vec<Phone>, PhoneFault> {
    let text = cell.nfkc().collect::<String>().replace(":::", ";");
    let mut found: Vec<Phone> = Vec::new();
    for (separator, piece) in pieces(&text) {
        let piece = without_label(piece);
        let short = digits(piece);
        if let Some(last) = found.last_mut().filter(|_| short > 0 && short < DIGITS_MIN && is_figures(piece))
        {
            match separator {
                // 021-68881234/5678: the same number with another tail, as switchboards are printed.
                '/' | '、' => {
                    let another = Phone { number: with_tail(&last.number, piece.trim()), extension: None };
                    found.push(another);
                }
                _ if last.extension.is_none() => last.extension = Some(piece.trim().to_owned()),
                _ => return Err(PhoneFault::NotANumber),
            }
            continue;
        }
        if piece.is_empty() {
            continue;
        }
        let phone = phone(piece)?;
        if !found.contains(&phone) {
            found.push(phone);
        }
    }
    Ok(found)
}

fn phone(piece: &str) -> Result<Phone, PhoneFault> {
    if is_rounded(piece) {
        return Err(PhoneFault::LostDigits);
    }
    let piece = piece.strip_suffix(".0").unwrap_or(piece);
    let (number, extension) = split_extension(piece);
    let number = without_remark(number).trim();
    let wanted = DIGITS_MIN..=DIGITS_MAX;
    let good = wanted.contains(&digits(number))
        && is_figures(number)
        && plus_leads(number)
        && !is_cut_mobile(number);
    if !good || extension.is_some_and(|extension| extension.len() > 6) {
        return Err(PhoneFault::NotANumber);
    }
    Ok(Phone { number: number.to_owned(), extension: extension.map(ToOwned::to_owned) })
}

/// Whether digits in normal form are a whole number, so that to type them tells whose it is or that it is nobody's: a
/// mobile one that is still being typed is none.
pub fn is_whole(digits: &str) -> bool {
    digits.len() >= WHOLE && !is_cut_mobile(digits)
}

/// Whether digits of a mobile number are missing or too many: no other number of nine to twelve begins like one.
fn is_cut_mobile(number: &str) -> bool {
    let Some(phone) = normal_phone(number).filter(|_| !number.contains('+')) else { return false };
    begins_mobile(&phone.digits) && (9..=12).contains(&phone.digits.len()) && phone.digits.len() != 11
}

/// Whether a plus stands before all digits, if there is one (`(+86)138…`).
fn plus_leads(number: &str) -> bool {
    number.rsplit_once('+').is_none_or(|(before, _)| matches!(before, "" | "("))
}

/// Cuts at `;` `,` `/` `、` `|`, line breaks, and at blanks between two whole numbers; gives each piece with
/// the separator before it.
fn pieces(text: &str) -> Vec<(char, &str)> {
    let mut pieces = Vec::new();
    let mut separator = ';';
    let mut rest = text;
    loop {
        let cut = rest.char_indices().find(|(_, c)| is_separator(*c));
        let (piece, further) = match cut {
            Some((at, c)) => {
                (rest.get(..at).unwrap_or_default(), rest.get(at + c.len_utf8()..).map(|rest| (c, rest)))
            }
            None => (rest, None),
        };
        let words: Vec<&str> = piece.split_whitespace().collect();
        if words.len() > 1 && words.iter().all(|word| digits(word) >= 7 && is_figures(word)) {
            pieces.extend(words.into_iter().map(|word| (separator, word)));
        } else {
            pieces.push((separator, piece.trim()));
        }
        let Some((c, further)) = further else { return pieces };
        separator = c;
        rest = further;
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ';' | ',' | '/' | '、' | '|' | '\n' | '\r' | '\\' | '。')
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_figures(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '–' | '—' | '*'))
        && !text.contains("**")
}

/// Whether a spreadsheet has written a long number in scientific form.
pub fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    figures(exponent) && exponent.len() <= 2 && mantissa.split('.').all(figures)
}

/// Words before a number that say only which phone it is.
const LABELS: [&str; 16] = [
    "手机",
    "手机号",
    "电话",
    "座机",
    "固话",
    "办公",
    "公司",
    "联系电话",
    "tel",
    "mobile",
    "mob",
    "phone",
    "cell",
    "office",
    "m",
    "t",
];

/// Drops a label (`手机:138…`, `Tel. 010-…`); other words stay and make the number invalid.
fn without_label(piece: &str) -> &str {
    let Some(at) = piece.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(') else { return piece };
    let (label, number) = piece.split_at_checked(at).unwrap_or(("", piece));
    let word = label.trim_end().trim_end_matches([':', '.']);
    let short = word.chars().count() <= 8 && word.chars().all(char::is_alphabetic);
    let named = label.contains(':') && short;
    if named || LABELS.iter().any(|known| known.eq_ignore_ascii_case(word)) { number } else { piece }
}

/// Drops a remark in brackets that has no digits (`138…(张经理)`).
fn without_remark(number: &str) -> &str {
    let number = number.trim();
    match number.rsplit_once('(') {
        Some((before, remark)) if remark.ends_with(')') && digits(remark) == 0 => before,
        _ => number,
    }
}

/// Splits off an extension: 转8001, 分机8001, ext. 8001, x8001, #8001, and the third group of 021-68881234-8001.
fn split_extension(piece: &str) -> (&str, Option<&str>) {
    let is_extension = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let lower = piece.to_ascii_lowercase();
    for mark in ["转分机", "分机号", "分机", "转", "extension", "ext", "x", "#"] {
        let Some(at) = lower.find(mark) else { continue };
        // Lowering ASCII keeps every byte offset.
        let (before, after) = (piece.get(..at), piece.get(at + mark.len()..));
        let after = after.map(|after| after.trim_matches(|c: char| ".::) ".contains(c))).filter(is_extension);
        if let (Some(before), Some(after)) = (before, after) {
            return (before.trim_end_matches(['(', ' ', '-', ',']), Some(after));
        }
    }
    if let Some((before, after)) = piece.rsplit_once(['-', '–', '—'])
        && let Some((area, number)) = before.split_once(['-', '–', '—'])
        && area.starts_with('0')
        && (3..=4).contains(&digits(area))
        && (7..=8).contains(&digits(number))
        && is_extension(&after)
    {
        return (before, Some(after));
    }
    (piece, None)
}

/// Puts another tail on a number, in place of as many of its last digits.
fn with_tail(number: &str, tail: &str) -> String {
    let keep = number.chars().count().saturating_sub(tail.chars().count());
    number.chars().take(keep).chain(tail.chars()).collect()
}

/// Something in a cell is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAddress;

/// Takes the addresses of a cell apart; an error when one of them is no address.
pub fn emails(cell: &str) -> Result<Vec<String>, NotAnAddress> {
    let text: String = cell.nfkc().collect();
    let mut found: Vec<String> = Vec::new();
    let cut = |c: char| matches!(c, ';' | ',' | '/' | '、' | '|' | '<' | '>') || c.is_whitespace();
    let pieces: Vec<&str> = text.split(cut).filter(|piece| !piece.is_empty() && *piece != ":::").collect();
    // `Zhang San <zhang@example.com>`: words beside an address are a display name, alone they are a mistake.
    let named = text.contains('<') && text.contains('>');
    for piece in pieces {
        let piece = piece.trim_start_matches("mailto:").trim_matches(['"', '\'', '.']);
        match address(piece) {
            Some(address) if !found.contains(&address) => found.push(address),
            Some(_) => {}
            None if named && !piece.contains('@') => {}
            None => return Err(NotAnAddress),
        }
    }
    Ok(found)
}

/// Checks one address; the domain, which has no case, comes back in lower case.
fn address(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let labels = domain.split('.');
    let good = !local.is_empty()
        && local.len() <= 64
        && domain.contains('.')
        && labels
            .clone()
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
    good.then(|| format!("{local}@{}", domain.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Vec<String> {
        let show = |phone: Phone| match phone.extension {
            Some(extension) => format!("{} ext {extension}", phone.number),
            None => phone.number,
        };
        phones(cell).unwrap_or_else(|fault| panic!("{cell}: {fault:?}")).into_iter().map(show).collect()
    }

    #[test]
    fn a20_a_mobile_has_eleven_digits_from_13_on_and_whatever_else_can_be_dialled_is_a_landline() {
        for number in ["13800138000", "+86 139-1234-5678", "0 13912345678", "19900001111"] {
            assert_eq!(kind_of(number), "mobile", "{number}");
        }
        for number in ["021-68881234", "10010", "12345678901", "11012345678", "4008001234"] {
            assert_eq!(kind_of(number), "landline", "{number}");
        }
    }

    #[test]
    fn one_cell_may_hold_several_numbers() {
        for (cell, wanted) in [
            ("13800138000", &["13800138000"][..]),
            ("13800138000;010-68881234", &["13800138000", "010-68881234"]),
            ("13800138000,13900139000", &["13800138000", "13900139000"]),
            ("13800138000 / 13900139000", &["13800138000", "13900139000"]),
            ("13800138000、13900139000\n13700137000", &["13800138000", "13900139000", "13700137000"]),
            ("13800138000 13900139000", &["13800138000", "13900139000"]),
            ("+86 138 0013 8000", &["+86 138 0013 8000"]),
            ("(010) 6888 1234", &["(010) 6888 1234"]),
            ("(+86)13800138000", &["(+86)13800138000"]),
            ("+1 555-0100 22 ::: +44 20 7946 0958", &["+1 555-0100 22", "+44 20 7946 0958"]),
            ("13800138000", &["13800138000"]),
            ("13800138000;13800138000", &["13800138000"]),
            ("95588", &["95588"]),
            ("13800138000.0", &["13800138000"]),
            ("手机:13800138000,电话:010-68881234", &["13800138000", "010-68881234"]),
            ("13800138000(张经理)", &["13800138000"]),
            ("", &[]),
        ] {
            assert_eq!(read(cell), wanted, "{cell}");
        }
    }

    #[test]
    fn extensions_stay_with_their_number() {
        for cell in [
            "021-68881234转8001",
            "021-68881234 分机8001",
            "021-68881234 ext. 8001",
            "021-68881234x8001",
            "021-68881234#8001",
            "021-68881234-8001",
            "021-68881234,8001",
            "021-68881234(转8001)",
        ] {
            assert_eq!(read(cell), ["021-68881234 ext 8001"], "{cell}");
        }
        assert_eq!(read("400-800-1234"), ["400-800-1234"]);
        assert_eq!(read("021-68881234/5678"), ["021-68881234", "021-68885678"]);
    }

    #[test]
    fn digits_lost_by_the_spreadsheet_are_said() {
        assert_eq!(phones("1.38E+10"), Err(PhoneFault::LostDigits));
        assert_eq!(phones("1.3800138E+10"), Err(PhoneFault::LostDigits));
        assert_eq!(phones("1e10"), Err(PhoneFault::LostDigits));
        for cell in ["张经理", "1234", "1234567890123456", "138001380xx", "无此人123456", "1+3800138000"]
        {
            assert_eq!(phones(cell), Err(PhoneFault::NotANumber), "{cell}");
        }
        assert!(phones("12345").is_ok() && phones("123456789012345").is_ok());
    }

    #[test]
    fn one_number_or_address_is_what_a_method_holds() {
        let phone = |text: &str| misfit("mobile", text);
        for good in [
            "13800138000",
            "+86 138-0013-8000",
            "021-68881234转801",
            "95588",
            "+1 415 555 0100",
            "400-820-8820",
        ] {
            assert_eq!(phone(good), None, "{good}");
        }
        // the last two: a mobile number with a digit too few or too many
        for bad in ["abc", "139", "138****8000", "13800138000 13900139000", "1380013800", "138001380001"] {
            assert_eq!(phone(bad), Some(Problem::NotAPhone(bad.into())), "{bad}");
        }
        assert_eq!(misfit("email", "a@b.cn"), None);
        assert_eq!(misfit("email", "notmail"), Some(Problem::NotAnEmail("notmail".into())));
        assert_eq!(misfit("wechat", "abc"), None);
    }

    #[test]
    fn addresses_are_taken_apart_and_checked() {
        assert_eq!(
            emails("a@b.cn; C@D.COM、e@f.org"),
            Ok(vec!["a@b.cn".into(), "C@d.com".into(), "e@f.org".into()])
        );
        assert_eq!(emails("Zhang San <zhang@example.com>"), Ok(vec!["zhang@example.com".into()]));
        assert_eq!(emails("a@b.cn ::: a@b.cn"), Ok(vec!["a@b.cn".into()]));
        assert_eq!(emails(""), Ok(vec![]));
        for cell in ["张三", "a@b", "@b.cn", "a@b..cn", "a@b@c.cn"] {
            assert_eq!(emails(cell), Err(NotAnAddress), "{cell}");
        }
    }
}
