//! What a person without the right sees of a phone, an e-mail, an address (I14). Look-up by digits asks
//! [`visible`] as well, so that searching never tells more than the mask shows.

use super::phone::normal_phone;

/// What stands for a value of which nothing is shown.
pub const MASKED: &str = "***";

/// How many digits of a number stay visible at its head and its tail; short numbers show less.
pub(super) fn visible(length: usize) -> (usize, usize) {
    match length {
        0..=4 => (0, 0),
        5..=6 => (0, 2),
        7..=9 => (0, 3),
        _ => (3, 4),
    }
}

/// A phone as the mask shows it: `138****0031`, one character per digit of the normal form.
pub fn mask_phone(raw: &str) -> String {
    let Some(phone) = normal_phone(raw) else { return MASKED.to_owned() };
    let length = phone.digits.len();
    let (head, tail) = visible(length);
    let shown = |place: usize| place < head || place + tail >= length;
    phone.digits.chars().enumerate().map(|(place, digit)| if shown(place) { digit } else { '*' }).collect()
}

/// An e-mail as the mask shows it: `a***@b.com`.
pub fn mask_email(raw: &str) -> String {
    match raw.trim().rsplit_once('@') {
        Some((person, domain)) => format!("{}@{domain}", mask_text(person)),
        None => mask_text(raw),
    }
}

/// A `WeChat` name or an address as the mask shows it: the first character, then `***`.
pub fn mask_text(raw: &str) -> String {
    let mut chars = raw.trim().chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(_)) => format!("{first}{MASKED}"),
        (Some(_), None) => MASKED.to_owned(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i14_phones_show_three_and_four_digits() {
        for (raw, shown) in [
            ("138 0013 0031", "138****0031"),
            ("+86 138-0013-0031", "138****0031"),
            ("(021) 6888-1234 转 801", "021****1234"),
            ("400-820-8820", "400***8820"),
            ("68881234", "*****234"),
            ("12345", "***45"),
            ("110", "***"),
            ("12", "***"),
            ("", "***"),
        ] {
            assert_eq!(mask_phone(raw), shown, "{raw}");
        }
    }

    #[test]
    fn i14_other_fields_show_one_character() {
        assert_eq!(mask_email("anna@b.com"), "a***@b.com");
        assert_eq!(mask_email("a@b.com"), "***@b.com");
        assert_eq!(mask_email("no address"), "n***");
        assert_eq!(mask_text("上海市浦东新区1号"), "上***");
        assert_eq!(mask_text("x"), "***");
        assert_eq!(mask_text("  "), "");
    }
}
