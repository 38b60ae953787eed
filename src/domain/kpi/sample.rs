//! The records that are drawn each month to be looked through again (F23): one in so many, by chance that is the same wherever
//! and whenever it is asked, so that nobody has to write the drawing down and nobody can choose what is looked at.

use chrono::{Datelike, NaiveDate};

use super::period::Period;

/// One record in so many, unless the company says otherwise.
pub const EVERY: u64 = 20;

/// Whether a customer's record is drawn in the month of this day, where one in `every` is; of none at nought.
pub fn drawn(customer: i64, month: NaiveDate, every: u64) -> bool {
    let month = i64::from(month.year()) * 12 + i64::from(month.month0());
    let seed = customer.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ month.cast_unsigned();
    mixed(seed).checked_rem(every) == Some(0)
}

/// Mixes a number so that each of its bits depends on all of them (the end of splitmix64).
const fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// The first days of the months that have a day in the period and in the time up to `last`.
pub fn months(period: Period, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = period.from.with_day(1).unwrap_or(period.from);
    let next = |day: &NaiveDate| day.checked_add_months(chrono::Months::new(1));
    std::iter::successors(Some(first), next).take_while(move |day| *day < period.until && *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn f23_one_in_twenty_is_drawn_each_month_and_not_the_same_ones() {
        let of = |month: &str| (1..=20_000).filter(|id| drawn(*id, day(month), 20)).collect::<Vec<i64>>();
        let (may, june) = (of("2024-05-01"), of("2024-06-01"));
        for month in [&may, &june] {
            // 1,000 are expected, give or take three times the square root of 950
            assert!((907..=1_093).contains(&month.len()), "{}", month.len());
        }
        let both = may.iter().filter(|id| june.contains(id)).count();
        assert!((20..=85).contains(&both), "{both} were drawn twice, 50 are expected");
        assert_eq!(may, of("2024-05-31"), "any day of the month tells the same");
        assert_eq!((1..=99).filter(|id| drawn(*id, day("2024-05-01"), 1)).count(), 99);
        assert_eq!((1..=99).filter(|id| drawn(*id, day("2024-05-01"), 0)).count(), 0);
    }

    #[test]
    fn f23_a_quarter_has_three_drawings_and_a_week_over_the_end_of_a_month_two() {
        let of = |label: &str, last: &str| {
            let months = months(Period::read(label).unwrap(), day(last));
            months.map(|month| month.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("2024-Q1", "2024-12-31"), "2024-01-01 2024-02-01 2024-03-01");
        assert_eq!(of("2024-Q1", "2024-02-01"), "2024-01-01 2024-02-01", "March is not drawn yet");
        assert_eq!(of("2024-W18", "2024-12-31"), "2024-04-01 2024-05-01");
        assert_eq!(of("2024-05", "2024-05-20"), "2024-05-01");
    }
}
