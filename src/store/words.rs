//! The one place where the store asks `domain/find` how words are found: tokens for the look-up indexes, the order of
//! names, phones in normal form, names as they are compared.

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
pub fn customer(
    codes: &[String],
    name: &str,
    person: bool,
    contacts: &[String],
    tags: &[String],
    owner: i64,
) -> String {
    let _ = person;
    let mut out = format!("_o{owner}");
    for text in codes.iter().map(String::as_str).chain([name]).chain(contacts.iter().map(String::as_str)) {
        grams(text, &mut out);
    }
    for text in tags {
        grams(text, &mut out);
    }
    out
}

/// The token of an owner.
pub fn owner(person: i64) -> String {
    format!("_o{person}")
}

/// Tokens of phones in normal form.
pub fn phones(digits: &[String]) -> String {
    let mut out = String::new();
    for phone in digits {
        grams(phone, &mut out);
    }
    out
}

/// Tokens of what was said in a touch.
pub fn touch(texts: &[String]) -> String {
    let mut out = String::new();
    for text in texts {
        grams(text, &mut out);
    }
    out
}

/// By what names sort.
pub fn sort_key(name: &str, person: bool) -> String {
    let _ = person;
    fold(name)
}

/// A phone in normal form, if it is one.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 5).then_some(digits)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A name as it is compared with others: folded, without blanks and without the form of the company.
pub fn stem(name: &str) -> String {
    let folded: String = fold(name).chars().filter(|c| !c.is_whitespace()).collect();
    let mut stem = folded.as_str();
    while let Some(shorter) =
        FORMS.iter().find_map(|form| stem.strip_suffix(form)).map(|s| s.trim_end_matches([',', '.'])).filter(|s| !s.is_empty())
    {
        stem = shorter;
    }
    stem.to_owned()
}

fn grams(text: &str, out: &mut String) {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    for pair in chars.windows(2) {
        out.push(' ');
        out.extend(pair);
    }
}

/// The next day a yearly date falls on, today included, and the day on which it is pointed out; none where no calendar
/// has such a day.
pub fn next_on(lunar: bool, month: i64, day: i64, lead: i64, today: chrono::NaiveDate) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    use chrono::Datelike;
    let _ = lunar;
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let on = |year: i32| {
        chrono::NaiveDate::from_ymd_opt(year, month, day)
            .or_else(|| (month == 2 && day == 29).then(|| chrono::NaiveDate::from_ymd_opt(year, 2, 28)).flatten())
    };
    let next = on(today.year()).filter(|d| *d >= today).or_else(|| on(today.year() + 1))?;
    Some((next, next.checked_sub_days(chrono::Days::new(lead.unsigned_abs()))?))
}
