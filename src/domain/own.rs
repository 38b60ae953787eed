//! Fields of the company's own (A4): a name, what it takes, and for a choice the values there are. Pure rules: what may be
//! a field, how a value is read and kept. Values are kept as text in one form, so that equal values are equal texts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::customer::CustomerId;
use super::date::parse_calendar;
use super::field::Problem;
pub use super::field::{OWN_KINDS as KINDS, OWN_LONGEST as LONGEST};
use super::filter::{self, Compare};
use super::text::clean_line;

/// Decimals of a number.
const DECIMALS: usize = 4;

/// A field of the company's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnField {
    /// Inside id.
    pub id: i64,
    /// Its revision.
    pub rev: i64,
    /// Its name.
    pub name: String,
    /// Its name as a word of a filter ([`key`]).
    pub key: String,
    /// Id of [`KINDS`].
    pub kind: String,
    /// The values of a choice.
    pub allowed: Vec<String>,
}

/// What becomes of a field of one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEdit {
    /// Whose.
    pub customer: CustomerId,
    /// Which field.
    pub field: i64,
    /// What the person saw there.
    pub was: Option<String>,
    /// What it shall be.
    pub to: Option<String>,
}

/// A name as a word of a filter: small letters, `_` for whatever is neither letter nor digit.
pub fn key(name: &str) -> String {
    let folded = name.trim().to_lowercase();
    folded.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// The values of a choice as they are written in one line: `A车间, B车间`.
pub fn choices(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split([',', '\u{ff0c}', '、', ';', '\u{ff1b}']).map(str::trim) {
        if !word.is_empty() && !out.iter().any(|known| known == word) {
            out.push(word.to_owned());
        }
    }
    out
}

/// Whether a name can be a field of the company's own: it has a letter, and no field of every company is called so.
pub fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && filter::key(&key(name)).is_none()
        && filter::key(name.trim()).is_none()
}

impl OwnField {
    /// Whether a name is this field's: its name or its word, in whatever case.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim();
        self.name.to_lowercase() == name.to_lowercase() || self.key == key(name)
    }

    /// A value as it is kept; none where nothing is written.
    pub fn read(&self, typed: &str) -> Result<Option<String>, Problem> {
        let text = clean_line(typed);
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > usize::from(LONGEST) {
            return Err(Problem::TooLong(LONGEST));
        }
        match self.kind.as_str() {
            "number" => number(text).ok_or_else(|| Problem::NotAFigure(text.to_owned())),
            "date" => day(text).map(|day| day.to_string()).ok_or_else(|| Problem::NotADay(text.to_owned())),
            "choice" => {
                let same = |word: &&String| word.to_lowercase() == text.to_lowercase();
                let found = self.allowed.iter().find(same).cloned();
                found.ok_or_else(|| Problem::NotAmong(text.to_owned(), self.allowed.clone()))
            }
            _ => Ok(text.to_owned()),
        }
        .map(Some)
    }

    /// Whether what a filter asks for can be asked of this field: only numbers and days are greater or less.
    pub fn compares(&self, compare: Compare, value: &str) -> bool {
        match self.kind.as_str() {
            "number" => number(value).is_some(),
            "date" if compare == Compare::Equal => filter::span(value).is_some(),
            "date" => day(value).is_some(),
            _ => compare == Compare::Equal,
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    parse_calendar(text).map(|(day, _)| day)
}

/// A number in its one form: no grouping, no noughts at the end.
fn number(text: &str) -> Option<String> {
    let bare = text.replace([',', '\u{ff0c}', ' '], "");
    let (sign, digits) = bare.strip_prefix('-').map_or(("", bare.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let fits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || !fits(whole) || !fits(part) || part.len() > DECIMALS {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && part.is_empty() { "" } else { sign };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: &str, allowed: &str) -> OwnField {
        let name = "Plant size".to_owned();
        OwnField { id: 1, rev: 1, key: key(&name), name, kind: kind.to_owned(), allowed: choices(allowed) }
    }

    #[test]
    fn a4_a_value_is_kept_in_one_form_by_the_kind_of_its_field() {
        let kept = |kind, typed: &str| field(kind, "A车间, B车间").read(typed);
        assert_eq!(kept("number", " 1,200.50 "), Ok(Some("1200.5".into())));
        assert_eq!(kept("number", "-0"), Ok(Some("0".into())));
        assert_eq!(kept("number", "007"), Ok(Some("7".into())));
        assert_eq!(kept("date", "2024/5/3"), Ok(Some("2024-05-03".into())));
        assert_eq!(kept("choice", "a车间"), Ok(Some("A车间".into())));
        assert_eq!(kept("text", "  每周三  "), Ok(Some("每周三".into())));
        assert_eq!(kept("number", "  "), Ok(None));
        assert_eq!(kept("number", "many"), Err(Problem::NotAFigure("many".into())));
        assert_eq!(kept("number", "1.23456"), Err(Problem::NotAFigure("1.23456".into())));
        assert_eq!(kept("date", "soonish"), Err(Problem::NotADay("soonish".into())));
        let both = vec!["A车间".to_owned(), "B车间".to_owned()];
        assert_eq!(kept("choice", "C车间"), Err(Problem::NotAmong("C车间".into(), both)));
        assert_eq!(kept("text", &"长".repeat(200)), Ok(Some("长".repeat(200))));
        assert_eq!(kept("text", &"长".repeat(201)), Err(Problem::TooLong(200)));
    }

    #[test]
    fn a4_a_field_answers_to_its_name_and_its_word_and_takes_no_name_that_is_taken() {
        let plant = field("number", "");
        assert_eq!(plant.key, "plant_size");
        assert!(plant.is_called("plant size") && plant.is_called("PLANT_SIZE") && !plant.is_called("plant"));
        assert!(is_name("Plant size") && is_name("车间数"));
        for taken in ["industry", "Owner", "行业", "负责人", "2024", "--", ""] {
            assert!(!is_name(taken), "{taken}");
        }
    }

    #[test]
    fn only_numbers_and_days_are_greater_or_less() {
        for (kind, compare, value, yes) in [
            ("number", Compare::More, "3", true),
            ("number", Compare::Equal, "many", false),
            ("date", Compare::Equal, "2024-05", true),
            ("date", Compare::Less, "2024-05", false),
            ("date", Compare::Less, "2024-05-01", true),
            ("text", Compare::Equal, "x", true),
            ("choice", Compare::More, "x", false),
        ] {
            assert_eq!(field(kind, "").compares(compare, value), yes, "{kind} {compare:?} {value}");
        }
    }
}
