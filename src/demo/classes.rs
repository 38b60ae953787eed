//! The segment of a customer while its story is made up: talks and promises follow it. What it is in the end, the rules in
//! force say; a test holds both together.

use chrono::{Months, NaiveDate};

/// Whether more than so many calendar months have passed; the same day still counts as within (B10).
pub fn over(from: NaiveDate, months: u32, today: NaiveDate) -> bool {
    from.checked_add_months(Months::new(months)).is_some_and(|last| today > last)
}

/// The segment of a customer who has ever ordered (B1–B10, B50).
pub fn segment(spend: i64, benchmark: i64, active: bool) -> &'static str {
    let percent = spend * 100;
    match (active, benchmark) {
        (true, b) if percent >= b * 150 => "high",
        (true, b) if percent >= b * 80 => "growth",
        (true, _) => "ordinary",
        (false, b) if percent >= b * 50 => "cooling",
        (false, _) => "dormant",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k25_k26_the_lines_are_where_the_handbook_draws_them() {
        assert_eq!(segment(15_000, 10_000, true), "high");
        assert_eq!(segment(14_999, 10_000, true), "growth");
        assert_eq!(segment(8_000, 10_000, true), "growth");
        assert_eq!(segment(7_999, 10_000, true), "ordinary");
        assert_eq!(segment(4_999, 10_000, false), "dormant");
        assert_eq!(segment(5_000, 10_000, false), "cooling");
        assert_eq!(segment(20_000, 10_000, false), "cooling");
    }
}
