//! The one place where the store asks `domain/find` how words are found: tokens for the look-up indexes, the order of
//! names, phones in normal form, names as they are compared.

use crate::domain::date::Yearly;
use crate::domain::find::{self, Entry};

/// Forms of companies that say nothing about which company it is (H8).
const FORMS: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "公司",
    "集团",
    "co.,ltd.",
    "co.,ltd",
    "coltd",
    "limited",
    "ltd.",
    "ltd",
    "inc.",
    "inc",
    "llc",
    "gmbh",
];

/// Tokens of everything a customer is found by; the owner is one of them.
pub fn customer(codes: &[String], name: &str, contacts: &[String], tags: &[String], owner: i64) -> String {
    let entry = Entry { name, codes: &refs(codes), contacts: &refs(contacts), tags: &refs(tags), owner };
    find::text_tokens(&entry)
}

/// What to ask the index for a customer of this owner.
pub fn owned_by(owner: i64, code: &str) -> Option<String> {
    Some(find::owned(&find::needle(code)?.text_match()?, owner))
}

/// Tokens of phones as they are stored.
pub fn phones(values: &[String]) -> String {
    find::digit_tokens(&refs(values))
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Tokens of what was said in a touch.
pub fn touch(texts: &[String]) -> String {
    find::talk_tokens(&refs(texts))
}

/// By what names sort.
pub fn sort_key(name: &str, person: bool) -> String {
    find::sort_key(name, person)
}

/// A phone in normal form, if it is one.
pub fn phone(text: &str) -> Option<String> {
    find::normal_phone(text).map(|phone| phone.digits)
}

/// A name as it is compared with others: folded, without blanks and without the form of the company.
pub fn stem(name: &str) -> String {
    let folded: String = find::fold(name).chars().iter().filter(|c| !c.is_whitespace()).collect();
    let mut stem = folded.as_str();
    while let Some(shorter) = FORMS
        .iter()
        .find_map(|form| stem.strip_suffix(form))
        .map(|s| s.trim_end_matches([',', '.']))
        .filter(|s| !s.is_empty())
    {
        stem = shorter;
    }
    stem.to_owned()
}

/// The next day a yearly date falls on, today included, and the day on which it is pointed out; none where no calendar
/// has such a day.
pub fn next_on(
    lunar: bool,
    month: i64,
    day: i64,
    lead: i64,
    today: chrono::NaiveDate,
) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let yearly = if lunar { Yearly::Lunar { month, day } } else { Yearly::Solar { month, day } };
    let next = yearly.next_on_or_after(today)?;
    Some((next, next.checked_sub_days(chrono::Days::new(lead.unsigned_abs()))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_the_form_of_the_company() {
        for name in
            ["恒远物流有限公司", "恒远物流公司", "恒远物流股份有限公司", " 恒远物流 ", "恒远物流 Co., Ltd."]
        {
            assert_eq!(stem(name), "恒远物流", "{name}");
        }
        assert_eq!(stem("Acme Inc."), "acme");
        assert_eq!(stem("公司"), "公司");
    }
}
