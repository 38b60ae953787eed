//! What a day is besides a work day, for a note beside a due. Dues are pointed out, never moved.

use chrono::{Datelike, NaiveDate, Weekday};
use tyme4rs::tyme::holiday::{LEGAL_HOLIDAY_DATA, LEGAL_HOLIDAY_NAMES};

/// Bytes of one entry of the published table: `YYYYMMDD`, `0` for a day of work, the holiday, the way to the holiday.
const ENTRY: usize = 13;

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
    match published(day) {
        Some((true, _)) => Some(DayNote::WorkingWeekend),
        Some((false, name)) => Some(DayNote::Holiday(name.to_owned())),
        None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => Some(DayNote::Weekend),
        None => None,
    }
}

/// What was published about a day: whether people work on it, and the holiday's name. Looked up in the sorted table by
/// halving, because the table's own search builds a pattern of text for every day that it is asked about.
fn published(day: NaiveDate) -> Option<(bool, &'static str)> {
    let asked = day.format("%Y%m%d").to_string();
    let entry = |n: usize| LEGAL_HOLIDAY_DATA.get(n * ENTRY..(n + 1) * ENTRY);
    let (mut low, mut high) = (0, LEGAL_HOLIDAY_DATA.len() / ENTRY);
    while low < high {
        let middle = low.midpoint(high);
        let (date, rest) = entry(middle)?.split_at_checked(8)?;
        match date.cmp(asked.as_str()) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let name = LEGAL_HOLIDAY_NAMES.get(rest.get(1..2)?.parse::<usize>().ok()?)?;
                return Some((rest.starts_with('0'), name));
            }
        }
    }
    None
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
    #[test]
    fn a_day_is_found_in_the_table_as_the_table_itself_finds_it() {
        use tyme4rs::tyme::Culture;
        use tyme4rs::tyme::holiday::LegalHoliday;

        let entries: Vec<&str> =
            LEGAL_HOLIDAY_DATA.as_bytes().chunks(ENTRY).map(|e| std::str::from_utf8(e).unwrap()).collect();
        assert!(entries.is_sorted_by_key(|entry| &entry[..8]), "halving needs order");
        for entry in entries.iter().rev().step_by(37) {
            let day = NaiveDate::parse_from_str(&entry[..8], "%Y%m%d").unwrap();
            for day in [day.pred_opt().unwrap(), day, day.succ_opt().unwrap()] {
                let right = LegalHoliday::from_ymd(
                    isize::try_from(day.year()).unwrap(),
                    day.month() as usize,
                    day.day() as usize,
                );
                let right = right.map(|h| (h.is_work(), h.get_name()));
                assert_eq!(published(day).map(|(work, name)| (work, name.to_owned())), right, "{day}");
            }
        }
    }
}
