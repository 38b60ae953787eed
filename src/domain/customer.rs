//! Customers as they are made and counted: ids, numbers by the generator, size classes, the silence rule.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The id of a customer inside the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CustomerId(pub i64);

/// What the numbers of one month begin with: `C` + year + month (A7, X1).
pub fn code_prefix(day: NaiveDate) -> String {
    format!("C{:04}{:02}", day.year(), day.month())
}

/// The number after `last`, the greatest serial of the month so far; `width` digits at least (X1).
pub fn next_code(prefix: &str, last: u32, width: usize) -> String {
    format!("{prefix}{:0width$}", last + 1)
}

/// The serial of a number of this month, if it is one of the generator's.
pub fn serial(prefix: &str, code: &str) -> Option<u32> {
    let tail = code.strip_prefix(prefix)?;
    if tail.is_empty() || !tail.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    tail.parse().ok()
}

/// The size class of a head count: small below 50, medium to 200, large above (A14, P5).
pub const fn size_class(employees: i64) -> &'static str {
    if employees < 50 {
        "small"
    } else if employees <= 200 {
        "medium"
    } else {
        "large"
    }
}

/// The day on which the task of silence begins to stand: more than `limit` days after the last communication (E14).
pub fn silent_on(last: NaiveDate, limit: u16) -> Option<NaiveDate> {
    last.checked_add_days(Days::new(u64::from(limit) + 1))
}

/// The days of silence that are too many: the setting, or the class's own rhythm where that is longer (X11).
pub fn silence_limit(setting: u16, shortest_cadence: Option<u16>) -> u16 {
    setting.max(shortest_cadence.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn k05_the_series_of_a_month_starts_with_its_prefix_and_anew_each_month() {
        assert_eq!(code_prefix(day("2024-05-20")), "C202405");
        assert_eq!(code_prefix(day("2024-06-01")), "C202406");
        assert_eq!(next_code("C202405", 4, 4), "C2024050005");
        assert_eq!(next_code("C202406", 0, 4), "C2024060001");
        assert_eq!(next_code("C202405", 4, 3), "C202405005");
    }

    #[test]
    fn k05_serials_of_any_width_count_and_foreign_numbers_do_not() {
        assert_eq!(serial("C202405", "C202405004"), Some(4));
        assert_eq!(serial("C202405", "C2024050012"), Some(12));
        assert_eq!(serial("C202405", "CUST001"), None);
        assert_eq!(serial("C202405", "C202405"), None);
        assert_eq!(serial("C202405", "C202405-1"), None);
    }

    #[test]
    fn k29_fifty_and_two_hundred_are_medium() {
        assert_eq!([49, 50, 200, 201].map(size_class), ["small", "medium", "medium", "large"]);
    }

    #[test]
    fn k39_thirty_days_are_not_yet_silence_and_thirty_one_are() {
        assert_eq!(silent_on(day("2024-04-10"), 30), Some(day("2024-05-11")));
        assert_eq!(silence_limit(30, Some(182)), 182);
        assert_eq!(silence_limit(30, Some(7)), 30);
        assert_eq!(silence_limit(30, None), 30);
    }
}
