//! Dates that come back every year, in the sun's or the moon's calendar, and festivals. 29 February in a common year is
//! the 28th (K40); the 30th of a lunar month of 29 days is its 29th.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use tyme4rs::tyme::lunar::{LunarDay, LunarMonth};
use tyme4rs::tyme::solar::SolarDay;
use tyme4rs::tyme::solar::SolarTerm;

use super::scan::{Scan, fold};

/// A date that comes back every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Yearly {
    /// By the sun.
    Solar {
        /// 1–12.
        month: u32,
        /// 1–31.
        day: u32,
    },
    /// By the moon; leap months are not celebrated twice.
    Lunar {
        /// 1–12.
        month: u32,
        /// 1–30.
        day: u32,
    },
}

impl Yearly {
    /// The day on which it falls in a year: of the sun's calendar, or in the lunar year that begins in it.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Solar { month, day } => NaiveDate::from_ymd_opt(year, month, day)
                .or_else(|| (month == 2 && day == 29).then(|| NaiveDate::from_ymd_opt(year, 2, 28))?),
            Self::Lunar { month, day } => lunar(year, month, day),
        }
    }

    /// The next day on which it falls, from `from` on.
    pub fn next_on_or_after(self, from: NaiveDate) -> Option<NaiveDate> {
        (-1..=2).filter_map(|y| self.in_year(from.year() + y)).find(|d| *d >= from)
    }

    /// The next day on which a date as it is kept falls, today included, and the day on which it is pointed out, so many
    /// days before; none where no calendar has such a day.
    pub fn reminded(
        lunar: bool,
        month: i64,
        day: i64,
        lead_days: i64,
        today: NaiveDate,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
        let yearly = if lunar { Self::Lunar { month, day } } else { Self::Solar { month, day } };
        let next = yearly.next_on_or_after(today)?;
        Some((next, next.checked_sub_days(Days::new(lead_days.unsigned_abs()))?))
    }
}

fn lunar(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let (y, m) = (isize::try_from(year).ok()?, isize::try_from(month).ok()?);
    if !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let days = LunarMonth::new(y, m).ok()?.get_day_count();
    let day = usize::try_from(day).ok()?.min(days);
    naive(&LunarDay::new(y, m, day).ok()?.get_solar_day())
}

fn naive(day: &SolarDay) -> Option<NaiveDate> {
    let part = |n: usize| u32::try_from(n).ok();
    NaiveDate::from_ymd_opt(i32::try_from(day.get_year()).ok()?, part(day.get_month())?, part(day.get_day())?)
}

/// Festivals that people name as dues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Festival {
    /// On a day of the year.
    On(Yearly),
    /// 清明, a solar term.
    Qingming,
}

/// Their names.
pub(super) const FESTIVALS: &[(&str, Festival)] = &[
    ("元旦", Festival::On(Yearly::Solar { month: 1, day: 1 })),
    ("春节", Festival::On(Yearly::Lunar { month: 1, day: 1 })),
    ("元宵节", Festival::On(Yearly::Lunar { month: 1, day: 15 })),
    ("元宵", Festival::On(Yearly::Lunar { month: 1, day: 15 })),
    ("清明节", Festival::Qingming),
    ("清明", Festival::Qingming),
    ("五一", Festival::On(Yearly::Solar { month: 5, day: 1 })),
    ("劳动节", Festival::On(Yearly::Solar { month: 5, day: 1 })),
    ("端午节", Festival::On(Yearly::Lunar { month: 5, day: 5 })),
    ("端午", Festival::On(Yearly::Lunar { month: 5, day: 5 })),
    ("七夕", Festival::On(Yearly::Lunar { month: 7, day: 7 })),
    ("中秋节", Festival::On(Yearly::Lunar { month: 8, day: 15 })),
    ("中秋", Festival::On(Yearly::Lunar { month: 8, day: 15 })),
    ("国庆节", Festival::On(Yearly::Solar { month: 10, day: 1 })),
    ("国庆", Festival::On(Yearly::Solar { month: 10, day: 1 })),
    ("圣诞节", Festival::On(Yearly::Solar { month: 12, day: 25 })),
    ("圣诞", Festival::On(Yearly::Solar { month: 12, day: 25 })),
    ("christmas", Festival::On(Yearly::Solar { month: 12, day: 25 })),
    ("spring festival", Festival::On(Yearly::Lunar { month: 1, day: 1 })),
    ("chinese new year", Festival::On(Yearly::Lunar { month: 1, day: 1 })),
    ("national day", Festival::On(Yearly::Solar { month: 10, day: 1 })),
];

impl Festival {
    /// Days off that it has where nothing is published, from its own day on.
    pub(super) const fn days_off(self) -> u64 {
        match self {
            Self::On(Yearly::Lunar { month: 1, day: 1 } | Yearly::Solar { month: 10, day: 1 }) => 7,
            Self::On(Yearly::Solar { month: 5, day: 1 }) => 5,
            Self::On(_) | Self::Qingming => 1,
        }
    }

    /// The next day on which it falls, from `from` on.
    pub(super) fn on_or_after(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::On(yearly) => yearly.next_on_or_after(from),
            Self::Qingming => (0..=1)
                .filter_map(|y| {
                    let term = SolarTerm::from_name(isize::try_from(from.year() + y).ok()?, "清明");
                    naive(&term.get_julian_day().get_solar_day())
                })
                .find(|d| *d >= from),
        }
    }
}

const LUNAR_MONTHS: &[(&str, u32)] = &[
    ("正月", 1),
    ("冬月", 11),
    ("腊月", 12),
    ("十二月", 12),
    ("十一月", 11),
    ("十月", 10),
    ("九月", 9),
    ("八月", 8),
    ("七月", 7),
    ("六月", 6),
    ("五月", 5),
    ("四月", 4),
    ("三月", 3),
    ("二月", 2),
    ("一月", 1),
];

/// Reads a yearly date, with the year it began where one is written: `1985-06-18`, `6月18日`, `农历八月十五`, `腊月廿三`.
pub fn parse_yearly(text: &str) -> Option<(Yearly, Option<i32>)> {
    if let Some((day, _)) = super::parse_calendar(text) {
        return Some((Yearly::Solar { month: day.month(), day: day.day() }, Some(day.year())));
    }
    let chars = fold(text.trim());
    let mut scan = Scan::new(&chars, 0);
    let lunar = scan.word(&[("农历", ()), ("阴历", ()), ("lunar", ())]).is_some();
    scan.blanks();
    let written = scan.word(LUNAR_MONTHS);
    let always = matches!(chars.get(scan.at.saturating_sub(2)), Some('正' | '腊' | '冬'));
    let month = if let Some(month) = written {
        month
    } else {
        let month = scan.digits()?;
        scan.word(&[("月", ()), ("-", ()), ("/", ())])?;
        month
    };
    let first = scan.take("初");
    let twenty = scan.take("廿");
    let day = scan.number().map(|d| if twenty { d + 20 } else { d })?;
    let suffix = scan.word(&[("日", ()), ("号", ())]).is_some();
    scan.blanks();
    let moon = lunar || always || first || twenty || (written.is_some() && !suffix);
    let yearly = if moon { Yearly::Lunar { month, day } } else { Yearly::Solar { month, day } };
    (scan.at == chars.len() && yearly.in_year(2024).is_some()).then_some((yearly, None))
}

/// Whole years from `from` to `to` (D61).
pub fn years_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let before = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i32::from(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn k40_the_leap_day_of_a_common_year_is_the_28th_and_new_years_birthdays_are_near_in_december() {
        let leap = Yearly::Solar { month: 2, day: 29 };
        assert_eq!(leap.in_year(2023), Some(day("2023-02-28")));
        assert_eq!(leap.in_year(2024), Some(day("2024-02-29")));
        let january = Yearly::Solar { month: 1, day: 2 };
        assert_eq!(january.next_on_or_after(day("2023-12-30")), Some(day("2024-01-02")));
        assert_eq!(years_between(day("2021-06-18"), day("2024-06-18")), 3);
        assert_eq!(years_between(day("2021-06-18"), day("2024-06-17")), 2);
    }

    #[test]
    fn a_date_is_pointed_out_before_it_falls_and_a_day_that_is_none_never() {
        let told = |lunar, month, day| Yearly::reminded(lunar, month, day, 3, self::day("2024-06-18"));
        assert_eq!(told(false, 6, 18), Some((day("2024-06-18"), day("2024-06-15"))), "today included");
        assert_eq!(told(false, 6, 17), Some((day("2025-06-17"), day("2025-06-14"))));
        assert_eq!(told(true, 8, 15), Some((day("2024-09-17"), day("2024-09-14"))));
        assert_eq!((told(false, 13, 1), told(false, 2, 30), told(false, -1, 1)), (None, None, None));
    }

    #[test]
    fn lunar_days_fall_where_the_moon_has_them() {
        let mid_autumn = Yearly::Lunar { month: 8, day: 15 };
        assert_eq!(mid_autumn.next_on_or_after(day("2024-05-20")), Some(day("2024-09-17")));
        let new_year = Yearly::Lunar { month: 1, day: 1 };
        assert_eq!(new_year.next_on_or_after(day("2026-11-23")), Some(day("2027-02-06")));
        let kitchen = Yearly::Lunar { month: 12, day: 23 };
        assert_eq!(kitchen.next_on_or_after(day("2024-01-01")), Some(day("2024-02-02")));
        assert_eq!(Yearly::Lunar { month: 13, day: 1 }.in_year(2024), None);
        assert_eq!(Festival::Qingming.on_or_after(day("2024-01-01")), Some(day("2024-04-04")));
    }

    #[test]
    fn yearly_dates_as_people_write_them() {
        let solar = |month, day| Yearly::Solar { month, day };
        let lunar = |month, day| Yearly::Lunar { month, day };
        assert_eq!(parse_yearly("1985-06-18"), Some((solar(6, 18), Some(1985))));
        assert_eq!(parse_yearly("06-18"), Some((solar(6, 18), None)));
        assert_eq!(parse_yearly("6月18日"), Some((solar(6, 18), None)));
        assert_eq!(parse_yearly("农历八月十五"), Some((lunar(8, 15), None)));
        assert_eq!(parse_yearly("腊月廿三"), Some((lunar(12, 23), None)));
        assert_eq!(parse_yearly("lunar 8-15"), Some((lunar(8, 15), None)));
        assert_eq!(parse_yearly("13-40"), None);
        assert_eq!(parse_yearly("soon"), None);
    }
}
