//! The classes of a customer by the rules of product.md, from what was generated: segment by value and activity, grade by
//! amount, lifecycle by months.

use chrono::{Months, NaiveDate};

/// Fen in 12 months from which a customer is of grade A, and of grade B.
const GRADE_A: i64 = 100_000 * 100;
const GRADE_B: i64 = 20_000 * 100;

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

/// The grade by amount or segment (product.md, Classes and rules).
pub fn grade(spend: i64, segment: Option<&str>) -> &'static str {
    if spend >= GRADE_A || segment == Some("high") {
        "A"
    } else if spend >= GRADE_B {
        "B"
    } else {
        "C"
    }
}

/// The lifecycle: six silent months are lost, three months after the first order old (B12, B43).
pub fn lifecycle(first: Option<NaiveDate>, activity: Option<NaiveDate>, today: NaiveDate) -> &'static str {
    let Some(first) = first else { return "prospect" };
    if activity.is_some_and(|day| over(day, 6, today)) {
        return "lost";
    }
    let old_from = first.checked_add_months(Months::new(3));
    if old_from.is_some_and(|day| today < day) { "new" } else { "existing" }
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
