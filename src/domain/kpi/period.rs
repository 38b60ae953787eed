//! Periods of figures: a month, an ISO week, a quarter, a year, or from a day to a day; how one is read and written, and
//! which is the one before (kpis.md C1, C12). Half-open: the first day is in, the last one is the day before `until`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// An ISO week.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// Three of them.
    Quarter,
    /// A calendar year.
    Year,
    /// From a day to a day.
    Span,
}

/// The lengths one steps through on the board.
pub const LENGTHS: &[Length] = &[Length::Week, Length::Month, Length::Quarter, Length::Year];

/// A period of the company's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub until: NaiveDate,
    /// How far a step goes.
    pub length: Length,
}

impl Period {
    /// The period of this length in which a day lies.
    pub fn of(length: Length, day: NaiveDate) -> Self {
        let first = |months: u32| {
            let month = day.month0() / months * months + 1;
            NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
        };
        let from = match length {
            Length::Week => day
                .checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
                .unwrap_or(day),
            Length::Month => first(1),
            Length::Quarter => first(3),
            Length::Year => first(12),
            Length::Span => day,
        };
        Self { from, until: after(length, from), length }
    }

    /// Reads `2024-05`, `2024-W21`, `2024-Q2`, `2024` or `2024-05-01..2024-06-15`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((from, last)) = text.split_once("..") {
            let (from, last): (NaiveDate, NaiveDate) = (day(from)?, day(last)?);
            let until = last.succ_opt()?;
            return (from <= last).then_some(Self { from, until, length: Length::Span });
        }
        let digits = |part: &str, most: usize| {
            let plain = !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten()
        };
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        let year =
            i32::try_from(digits(year, 4)?).ok().filter(|y| year.len() == 4 && (1900..=9998).contains(y))?;
        let (length, from) = match rest {
            None => (Length::Year, NaiveDate::from_ymd_opt(year, 1, 1)?),
            Some(rest) => {
                if let Some(week) = rest.strip_prefix(['W', 'w']) {
                    (Length::Week, NaiveDate::from_isoywd_opt(year, digits(week, 2)?, Weekday::Mon)?)
                } else if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
                    let quarter = digits(quarter, 1).filter(|q| (1..=4).contains(q))?;
                    (Length::Quarter, NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)?)
                } else {
                    (Length::Month, NaiveDate::from_ymd_opt(year, digits(rest, 2)?, 1)?)
                }
            }
        };
        Some(Self { from, until: after(length, from), length })
    }

    /// As it is read.
    pub fn label(self) -> String {
        let from = self.from;
        match self.length {
            Length::Week => {
                let week = from.iso_week();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Length::Month => from.format("%Y-%m").to_string(),
            Length::Quarter => format!("{:04}-Q{}", from.year(), from.month0() / 3 + 1),
            Length::Year => format!("{:04}", from.year()),
            Length::Span => format!("{from}..{}", self.last()),
        }
    }

    /// The same days as a week, month, quarter or year, where they are one.
    #[must_use]
    pub fn named(self) -> Self {
        let known = LENGTHS.iter().map(|length| Self::of(*length, self.from));
        known.into_iter().find(|p| p.until == self.until && p.from == self.from).unwrap_or(self)
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.until.pred_opt().unwrap_or(self.until)
    }

    /// The period of the same length just before.
    #[must_use]
    pub fn before(self) -> Self {
        let months = |n| self.from.checked_sub_months(Months::new(n)).unwrap_or(self.from);
        let from = match self.length {
            Length::Week => self.from.checked_sub_days(Days::new(7)).unwrap_or(self.from),
            Length::Month => months(1),
            Length::Quarter => months(3),
            Length::Year => months(12),
            Length::Span => {
                let days = u64::try_from((self.until - self.from).num_days()).unwrap_or(1);
                self.from.checked_sub_days(Days::new(days)).unwrap_or(self.from)
            }
        };
        Self { from, until: self.from, length: self.length }
    }

    /// The period just after.
    #[must_use]
    pub fn next(self) -> Self {
        let until = match self.length {
            Length::Span => {
                let days = u64::try_from((self.until - self.from).num_days()).unwrap_or(1);
                self.until.checked_add_days(Days::new(days)).unwrap_or(self.until)
            }
            length => after(length, self.until),
        };
        Self { from: self.until, until, length: self.length }
    }

    /// This period and the ones before it, oldest first.
    pub fn trail(self, count: usize) -> Vec<Self> {
        let mut trail: Vec<Self> =
            std::iter::successors(Some(self), |p| Some(p.before())).take(count).collect();
        trail.reverse();
        trail
    }

    /// The months inside it, where it is made of whole ones.
    pub fn months(self) -> Vec<String> {
        if !matches!(self.length, Length::Month | Length::Quarter | Length::Year) {
            return Vec::new();
        }
        let first = Self::of(Length::Month, self.from);
        std::iter::successors(Some(first), |p| Some(p.next()))
            .take_while(|p| p.from < self.until)
            .map(Self::label)
            .collect()
    }
}

/// A day as written everywhere: `2024-05-01`.
fn day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok().filter(|d: &NaiveDate| (1900..=9998).contains(&d.year()))
}

fn after(length: Length, from: NaiveDate) -> NaiveDate {
    let months = |n| from.checked_add_months(Months::new(n)).unwrap_or(from);
    match length {
        Length::Week => from.checked_add_days(Days::new(7)).unwrap_or(from),
        Length::Month => months(1),
        Length::Quarter => months(3),
        Length::Year => months(12),
        Length::Span => from.succ_opt().unwrap_or(from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_periods_of_every_kind_are_read_and_written_alike_and_end_on_the_day_after() {
        for (text, from, until) in [
            ("2024-05", "2024-05-01", "2024-06-01"),
            ("2024-02", "2024-02-01", "2024-03-01"),
            ("2024-W21", "2024-05-20", "2024-05-27"),
            ("2020-W53", "2020-12-28", "2021-01-04"),
            ("2024-Q2", "2024-04-01", "2024-07-01"),
            ("2024", "2024-01-01", "2025-01-01"),
            ("2024-05-01..2024-06-15", "2024-05-01", "2024-06-16"),
        ] {
            let period = Period::read(text).unwrap();
            assert_eq!((period.from.to_string(), period.until.to_string()), (from.into(), until.into()));
            assert_eq!(period.label(), text);
            assert_eq!(period.next().before(), period);
            if period.length != Length::Span {
                assert_eq!(Period::of(period.length, period.last()), period);
            }
        }
        for text in
            ["", "2024-13", "2024-00", "2024-Q5", "24", "2024-06-01..2024-05-01", "May", "2024-W54", "+024"]
        {
            assert_eq!(Period::read(text), None, "{text}");
        }
    }

    #[test]
    fn days_that_are_a_month_or_a_quarter_are_named_so() {
        let named = |text: &str| Period::read(text).unwrap().named().label();
        assert_eq!(named("2024-05-01..2024-05-31"), "2024-05");
        assert_eq!(named("2024-01-01..2024-03-31"), "2024-Q1");
        assert_eq!(named("2024-05-20..2024-05-26"), "2024-W21");
        assert_eq!(named("2024-05-01..2024-05-30"), "2024-05-01..2024-05-30");
    }

    #[test]
    fn c12_the_period_before_is_of_equal_length() {
        let before = |text: &str| Period::read(text).unwrap().before().label();
        assert_eq!(before("2024-03"), "2024-02");
        assert_eq!(before("2024-Q1"), "2023-Q4");
        assert_eq!(before("2024"), "2023");
        assert_eq!(before("2024-W01"), "2023-W52");
        assert_eq!(before("2024-05-11..2024-05-20"), "2024-05-01..2024-05-10");
        let trail = Period::read("2024-02").unwrap().trail(3);
        assert_eq!(trail.iter().map(|p| p.label()).collect::<Vec<_>>(), ["2023-12", "2024-01", "2024-02"]);
        assert_eq!(Period::read("2024-Q1").unwrap().months(), ["2024-01", "2024-02", "2024-03"]);
        assert!(Period::read("2024-W21").unwrap().months().is_empty());
    }
}
