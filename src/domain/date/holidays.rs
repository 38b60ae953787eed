//! What a day is besides a work day, for a note beside a due. Dues are pointed out, never moved.

use chrono::{Datelike, NaiveDate, Weekday};
use tyme4rs::tyme::Culture;
use tyme4rs::tyme::holiday::LegalHoliday;

/// What to know about a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayNote {
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday: its Chinese name.
    Holiday(String),
    /// A weekend day on which people work in exchange for a holiday.
    WorkingWeekend,
}

/// The note of a day; none for a plain work day. Public holidays as published by the State Council.
pub fn day_note(day: NaiveDate) -> Option<DayNote> {
    let part = |n: u32| usize::try_from(n).ok();
    let legal = isize::try_from(day.year())
        .ok()
        .zip(part(day.month()).zip(part(day.day())))
        .and_then(|(y, (m, d))| LegalHoliday::from_ymd(y, m, d));
    match legal {
        Some(holiday) if holiday.is_work() => Some(DayNote::WorkingWeekend),
        Some(holiday) => Some(DayNote::Holiday(holiday.get_name())),
        None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => Some(DayNote::Weekend),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_holidays_and_exchanged_days_are_told_apart() {
        let note = |text: &str| day_note(text.parse().unwrap());
        assert_eq!(note("2024-05-20"), None);
        assert_eq!(note("2024-05-19"), Some(DayNote::Weekend));
        assert!(matches!(note("2024-10-01"), Some(DayNote::Holiday(name)) if name.contains("国庆")));
        assert_eq!(note("2024-10-12"), Some(DayNote::WorkingWeekend));
    }
}
