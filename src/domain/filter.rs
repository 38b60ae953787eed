//! The filter language of lists: `owner:me segment:high due:<3d tag:制造业 spend:>100000 silent:>30d`, words without a
//! key are looked for in name, contact and number. Text in, terms out; the store turns terms into bound SQL.

mod keys;

use chrono::{Months, NaiveDate};

use super::ids::Ids;
use super::money::{Fen, parse_yuan};
pub use keys::{FLAGS, KEYS, MARKED, key};

/// A value as a filter takes it, in quotes where it holds a blank.
pub fn quoted(value: &str) -> String {
    if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() }
}

/// Which way a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// Below.
    Less,
    /// At most.
    AtMost,
    /// Equal.
    Equal,
    /// At least.
    AtLeast,
    /// Above.
    More,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// Owner: `me`, a login or a name; several with `|` between.
    Owner(String),
    /// An id column equals one of these ids.
    Is(IdColumn, Vec<String>),
    /// Has this tag value.
    Tag(String),
    /// Purchases of three months: `high`, `medium`, `low` (C6).
    Activity(String),
    /// Its class in this scheme has moved this calendar month (F33).
    Moved(String),
    /// Next due within so many days from now; `<0d` is overdue.
    Due(Compare, i64),
    /// No two-way contact for so many days.
    Silent(Compare, i64),
    /// No order for so many days, or none at all.
    Bought(Compare, i64),
    /// One of these numbers.
    Code(Vec<String>),
    /// A field of the company's own compares so with one of these: its word, the values.
    Own(String, Compare, Vec<String>),
    /// One of these, whom somebody marked in the list.
    Marked(Ids),
    /// Last twelve months' spend.
    Spend(Compare, Fen),
    /// Orders a year.
    PerYear(Compare, i64),
    /// Entered from this day on and before that one.
    Created(NaiveDate, NaiveDate),
    /// Bought from this day on and before that one.
    Ordered(NaiveDate, NaiveDate),
    /// Has no tasks, no touch, do-not-disturb, complaint …
    Flag(Flag),
    /// A word in name, contact or number.
    Word(String),
}

/// Columns with ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum IdColumn {
    Segment,
    Grade,
    Lifecycle,
    Value,
    Expansion,
    Stage,
    Depth,
    Relation,
    Need,
    Category,
    Industry,
    Size,
    State,
    Source,
    Region,
}

impl IdColumn {
    /// The group of words that its ids belong to; none where people write the values themselves.
    pub const fn group(self) -> Option<&'static str> {
        Some(match self {
            Self::Segment => "segment",
            Self::Grade => "grade",
            Self::Lifecycle => "lifecycle",
            Self::Value => "value",
            Self::Expansion => "expansion",
            Self::Stage => "stage",
            Self::Depth => "depth",
            Self::Relation => "relation",
            Self::Need => "need",
            Self::Size => "size",
            Self::State => "state",
            Self::Source => "source",
            Self::Category | Self::Industry | Self::Region => return None,
        })
    }
}

/// Yes-or-no conditions, written `is:quiet`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Do not disturb.
    Quiet,
    /// An open complaint.
    Complaint,
    /// Something is overdue.
    Overdue,
    /// Never ordered.
    Prospect,
    /// No next action.
    Idle,
    /// Not checked by a second person.
    Unchecked,
    /// A buyer without a continuing order (G36, H28).
    Recall,
    /// Has tags that people set before the last quarter (C21).
    Retag,
    /// A class is set by hand otherwise than the rule says.
    Differs,
    /// The owner has another post than the class asks for since the customer moved there (G44).
    Misplaced,
    /// Somebody else has one of its phones (H8, K56).
    Duplicate,
}

/// Why a filter is not understood; carries the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterError {
    /// A quotation mark that is not closed, or between two of which nothing stands.
    Quote,
    /// No such key.
    Key(String),
    /// The value does not fit its key.
    Value {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
    },
    /// The company has no field of this name; the nearest one's.
    Field {
        /// What was written.
        value: String,
        /// The field that may have been meant.
        near: Option<String>,
    },
    /// What cannot be asked of a field of the company's own: its name, the value.
    FieldValue {
        /// The field.
        field: String,
        /// The value.
        value: String,
    },
    /// Nobody here has this name or login; the nearest name.
    Owner {
        /// What was written.
        value: String,
        /// The name of somebody who may have been meant.
        near: Option<String>,
    },
    /// The value is none of the words that its key knows.
    Word {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
    },
}

/// A filter: all terms hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The terms.
    pub terms: Vec<Term>,
}

/// Reads a filter; full-width `：＜＞` count as their narrow forms.
pub fn parse(text: &str) -> Result<Filter, FilterError> {
    let narrow: String = text
        .chars()
        .map(|c| match c {
            '：' => ':',
            '＜' => '<',
            '＞' => '>',
            '＝' => '=',
            '　' => ' ',
            c => c,
        })
        .collect();
    let terms = split(&narrow)?.into_iter().map(|w| term(&w)).collect::<Result<_, _>>()?;
    Ok(Filter { terms })
}

/// Splits at blanks outside quotes. A quote without an end, or with nothing in it, is a slip and not everybody.
fn split(text: &str) -> Result<Vec<String>, FilterError> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    let mut last = ' ';
    for c in text.chars() {
        let before = std::mem::replace(&mut last, c);
        match c {
            '"' if quoted && before == '"' => return Err(FilterError::Quote),
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.last_mut().map_or((), |w| w.push(c)),
        }
    }
    words.retain(|w| !w.is_empty());
    if quoted { Err(FilterError::Quote) } else { Ok(words) }
}

fn term(word: &str) -> Result<Term, FilterError> {
    let Some((key, value)) = word.split_once(':') else {
        return Ok(Term::Word(word.to_owned()));
    };
    if key == MARKED.0 || key == MARKED.1 {
        let wrong = || FilterError::Value { key: MARKED.0, value: value.chars().take(20).collect() };
        return Ids::from_text(value).map(Term::Marked).ok_or_else(wrong);
    }
    let Some((key, ..)) = self::key(key) else {
        return Err(FilterError::Key(key.to_owned()));
    };
    let wrong = || FilterError::Value { key, value: value.to_owned() };
    if value.is_empty() {
        return Err(wrong());
    }
    let ids = || value.split(['|', ',']).map(str::to_owned).collect::<Vec<_>>();
    Ok(match key {
        "owner" => Term::Owner(value.to_owned()),
        "segment" => Term::Is(IdColumn::Segment, ids()),
        "grade" => Term::Is(IdColumn::Grade, ids().into_iter().map(|g| g.to_uppercase()).collect()),
        "lifecycle" => Term::Is(IdColumn::Lifecycle, ids()),
        "value" => Term::Is(IdColumn::Value, ids()),
        "expansion" => Term::Is(IdColumn::Expansion, ids()),
        "stage" => Term::Is(IdColumn::Stage, ids()),
        "depth" => Term::Is(IdColumn::Depth, ids()),
        "relation" => Term::Is(IdColumn::Relation, ids()),
        "need" => Term::Is(IdColumn::Need, ids()),
        "moved" => Term::Moved(value.to_owned()),
        "industry" => Term::Is(IdColumn::Industry, ids()),
        "size" => Term::Is(IdColumn::Size, ids()),
        "state" => Term::Is(IdColumn::State, ids()),
        "source" => Term::Is(IdColumn::Source, ids()),
        "region" => Term::Is(IdColumn::Region, ids()),
        "tag" => Term::Tag(value.to_owned()),
        "activity" => Term::Activity(value.to_owned()),
        "category" => Term::Is(IdColumn::Category, ids()),
        "due" => compared(value, days).map(|(c, d)| Term::Due(c, d)).ok_or_else(wrong)?,
        // what has passed is no less than nothing; a due may lie back, `due:<-3d`
        "silent" => compared(value, passed).map(|(c, d)| Term::Silent(c, d)).ok_or_else(wrong)?,
        "bought" => compared(value, passed).map(|(c, d)| Term::Bought(c, d)).ok_or_else(wrong)?,
        "code" => Term::Code(ids()),
        "spend" => {
            compared(value, |v| parse_yuan(v).ok()).map(|(c, y)| Term::Spend(c, y)).ok_or_else(wrong)?
        }
        "orders" => {
            let count = |v: &str| v.parse().ok().filter(|n| *n >= 0);
            compared(value, count).map(|(c, n)| Term::PerYear(c, n)).ok_or_else(wrong)?
        }
        "created" => span(value).map(|(from, until)| Term::Created(from, until)).ok_or_else(wrong)?,
        "ordered" => span(value).map(|(from, until)| Term::Ordered(from, until)).ok_or_else(wrong)?,
        "own" => own(value).ok_or_else(wrong)?,
        _ => FLAGS
            .iter()
            .find(|(en, zh, _)| value.eq_ignore_ascii_case(en) || value == *zh)
            .map(|(.., flag)| Term::Flag(*flag))
            .ok_or_else(wrong)?,
    })
}

/// A condition on a field of the company's own, `车间数>3`, `车间=A|B`.
fn own(value: &str) -> Option<Term> {
    let at = value.find(['<', '>', '=']).filter(|at| *at > 0)?;
    let (name, rest) = value.split_at_checked(at)?;
    let (compare, rest) = compared(rest, |v| Some(v.to_owned()))?;
    (!rest.is_empty())
        .then(|| Term::Own(name.to_owned(), compare, rest.split('|').map(str::to_owned).collect()))
}

/// Days as a span with its first day and the first day after: `2024-05`, `2024-Q2`, `2024`, `2024-05-20`, or from one of
/// these to another with `..` between.
pub fn span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((from, last)) = text.split_once("..") {
        let (from, until) = (span(from)?.0, span(last)?.1);
        return (from < until).then_some((from, until));
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some((day, day.succ_opt()?));
    }
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let year: i32 = year.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    let (first, months): (u32, u32) = match (rest, rest.strip_prefix(['Q', 'q'])) {
        ("", _) => (1, 12),
        (_, Some(quarter)) => (quarter.parse::<u32>().ok().filter(|q| (1..=4).contains(q))? * 3 - 2, 3),
        (month, None) => (month.parse().ok()?, 1),
    };
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    Some((from, from.checked_add_months(Months::new(months))?))
}

fn compared<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(Compare, T)> {
    const SIGNS: &[(&str, Compare)] = &[
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<", Compare::Less),
        (">", Compare::More),
        ("=", Compare::Equal),
    ];
    let (compare, rest) = SIGNS
        .iter()
        .find_map(|(sign, compare)| text.strip_prefix(sign).map(|rest| (*compare, rest)))
        .unwrap_or((Compare::Equal, text));
    read(rest).map(|v| (compare, v))
}

/// `3d`, `3天`, `2w`, `1m`, or a bare number of days; a year at the most a hundred.
fn days(text: &str) -> Option<i64> {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    let unit = match text.strip_prefix(digits.as_str())? {
        "" | "d" | "天" => 1,
        "w" | "周" => 7,
        "m" | "月" => 30,
        "y" | "年" => 365,
        _ => return None,
    };
    digits.parse::<i64>().ok().filter(|n| n.abs() <= 36_500)?.checked_mul(unit)
}

/// Days that have passed: none are less than nothing.
fn passed(text: &str) -> Option<i64> {
    days(text).filter(|days| *days >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_refused_and_never_means_everybody() {
        for typed in ["\"", "恒远 \"", "tag:\"value for money", "\"\"", "owner:me \"\"", "tag:\"\""] {
            assert_eq!(parse(typed), Err(FilterError::Quote), "{typed}");
        }
        for (typed, key, value) in [
            ("silent:>-5d", "silent", ">-5d"),
            ("bought:>-1d", "bought", ">-1d"),
            ("orders:>-1", "orders", ">-1"),
        ] {
            assert_eq!(parse(typed), Err(FilterError::Value { key, value: value.into() }), "{typed}");
        }
        assert_eq!(parse("due:<-3d").unwrap().terms, [Term::Due(Compare::Less, -3)]);
    }

    #[test]
    fn spans_are_days_months_quarters_years_and_from_to() {
        let read = |text: &str| span(text).map(|(from, until)| format!("{from}..{until}"));
        for (text, days) in [
            ("2024-05", "2024-05-01..2024-06-01"),
            ("2024-Q4", "2024-10-01..2025-01-01"),
            ("2024", "2024-01-01..2025-01-01"),
            ("2024-05-20", "2024-05-20..2024-05-21"),
            ("2024-05-01..2024-06-15", "2024-05-01..2024-06-16"),
            ("2024-05..2024-06", "2024-05-01..2024-07-01"),
        ] {
            assert_eq!(read(text).as_deref(), Some(days), "{text}");
        }
        for text in ["", "2024-13", "2024-Q5", "24", "2024-06..2024-05", "May"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_example_of_the_handbook_reads_as_six_terms() {
        let filter = parse("owner:me segment:high due:<3d tag:制造业 spend:>100000 silent:>30d").unwrap();
        assert_eq!(
            filter.terms,
            [
                Term::Owner("me".into()),
                Term::Is(IdColumn::Segment, vec!["high".into()]),
                Term::Due(Compare::Less, 3),
                Term::Tag("制造业".into()),
                Term::Spend(Compare::More, Fen(10_000_000)),
                Term::Silent(Compare::More, 30),
            ]
        );
    }

    #[test]
    fn full_width_signs_and_chinese_keys_are_read() {
        let filter = parse("负责：me　金额：＞10万元 是:逾期 恒远").unwrap();
        assert_eq!(
            filter.terms,
            [
                Term::Owner("me".into()),
                Term::Spend(Compare::More, Fen(10_000_000)),
                Term::Flag(Flag::Overdue),
                Term::Word("恒远".into()),
            ]
        );
    }

    #[test]
    fn an_unknown_key_and_a_wrong_value_are_named() {
        assert_eq!(parse("colour:red"), Err(FilterError::Key("colour".into())));
        assert_eq!(parse("due:soon"), Err(FilterError::Value { key: "due", value: "soon".into() }));
        assert_eq!(
            parse("due:<99999999999999999999d").unwrap_err(),
            FilterError::Value { key: "due", value: "<99999999999999999999d".into() }
        );
    }

    #[test]
    fn quotes_hold_blanks_together_and_nothing_is_no_filter() {
        assert_eq!(parse("tag:\"value for money\"").unwrap().terms, [Term::Tag("value for money".into())]);
        assert_eq!(parse("  ").unwrap(), Filter::default());
    }
}
