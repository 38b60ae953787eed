//! Festivals and seasons that lie over the strategy table while they last (A124, D48): when one begins and ends, in the
//! sun's or the moon's calendar, and from when on it wants to be prepared (H51).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::date::Yearly;

/// Days before an overlay becomes active in which managers are asked to prepare it.
const PREPARE: u64 = 7;

/// When a festival or season is, year by year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// Its day.
    pub day: Yearly,
    /// So many days before it the overlay becomes active.
    pub lead: u16,
    /// And stays for so many days from it on; 1 is the day itself.
    pub length: u16,
}

/// One occurrence of a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day on which the overlay is active.
    pub from: NaiveDate,
    /// The day of the festival, or the first of the season.
    pub day: NaiveDate,
    /// The last day on which it is active.
    pub until: NaiveDate,
}

impl Season {
    /// The season of its parts as they are stored: the moon's calendar, month, day, days before and days from it on.
    pub fn of(lunar: bool, month: i64, day: i64, lead: i64, length: i64) -> Self {
        let part = |n: i64| u32::try_from(n).unwrap_or(0);
        let (month, day) = (part(month), part(day));
        let day = if lunar { Yearly::Lunar { month, day } } else { Yearly::Solar { month, day } };
        Self { day, lead: u16::try_from(lead).unwrap_or(0), length: u16::try_from(length).unwrap_or(1) }
    }

    /// The occurrence that is active today, or the next one.
    pub fn next(&self, today: NaiveDate) -> Option<Span> {
        // one that began is still active `length` days later
        let since = today.checked_sub_days(Days::new(u64::from(self.length.max(1)) - 1))?;
        let day = self.day.next_on_or_after(since)?;
        Some(Span {
            from: day.checked_sub_days(Days::new(u64::from(self.lead)))?,
            day,
            until: day.checked_add_days(Days::new(u64::from(self.length.max(1)) - 1))?,
        })
    }
}

impl Span {
    /// Whether the overlay lies over the table on this day.
    pub fn is_active(&self, today: NaiveDate) -> bool {
        (self.from..=self.until).contains(&today)
    }

    /// Whether it wants to be prepared, or should have been: from a week before it becomes active.
    pub fn wants_care(&self, today: NaiveDate) -> bool {
        let from = self.from.checked_sub_days(Days::new(PREPARE)).unwrap_or(self.from);
        (from..=self.until).contains(&today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn d48_spring_festival_moves_with_the_moon_and_is_active_from_its_lead_to_its_last_day() {
        let spring = Season { day: Yearly::Lunar { month: 1, day: 1 }, lead: 15, length: 7 };
        let next = spring.next(day("2024-12-01")).unwrap();
        assert_eq!(
            (next.from, next.day, next.until),
            (day("2025-01-14"), day("2025-01-29"), day("2025-02-04"))
        );
        assert!(!next.is_active(day("2025-01-13")) && next.is_active(day("2025-01-14")));
        assert_eq!(
            spring.next(day("2025-02-04")).unwrap().day,
            day("2025-01-29"),
            "the last day still counts"
        );
        assert_eq!(spring.next(day("2025-02-05")).unwrap().day, day("2026-02-17"));
    }

    #[test]
    fn h51_it_wants_to_be_prepared_a_week_before_it_becomes_active() {
        let national = Season { day: Yearly::Solar { month: 10, day: 1 }, lead: 7, length: 7 };
        let next = national.next(day("2024-09-01")).unwrap();
        assert_eq!((next.from, next.until), (day("2024-09-24"), day("2024-10-07")));
        assert!(!next.wants_care(day("2024-09-16")) && next.wants_care(day("2024-09-17")));
    }
}
