//! What the demo company spends on winning and on keeping customers, month by month, and the budgets for it. The sums grow
//! with the number of customers, so that cost per customer is the same in a small and in a great company.

use chrono::{Datelike, Months, NaiveDate};

use super::calendar::Calendar;
use super::chance::lot;
use crate::store::fill::rows::{Budget, Day, Expense, Text};

/// Months of which expenses are kept.
const MONTHS: u32 = 24;

/// An expense that comes every month: category, day, fen for each customer of the company, what for.
const MONTHLY: &[(&str, u32, i64, &str)] = &[
    ("acquisition", 6, 2_600, "线上推广"),
    ("acquisition", 18, 1_900, "展会与渠道"),
    ("acquisition", 25, 900, "样品与试用"),
    ("retention", 9, 1_500, "客户活动与礼品"),
    ("retention", 22, 2_300, "客户服务人员"),
];

fn month(cal: &Calendar, back: u32) -> NaiveDate {
    let first = cal.today.with_day(1).unwrap_or(cal.today);
    first.checked_sub_months(Months::new(back)).unwrap_or(first)
}

fn of(customers: u64, fen: i64) -> i64 {
    i64::try_from(customers).unwrap_or(0) * fen
}

/// What was spent, the oldest first.
pub fn expenses(cal: &Calendar, customers: u64) -> Vec<Expense> {
    let mut all = Vec::new();
    for back in (0..MONTHS).rev() {
        let month = month(cal, back);
        for (n, (category, day, fen, note)) in (0_i64..).zip(MONTHLY) {
            let Some(day) = month.with_day(*day).filter(|day| *day <= cal.today) else { continue };
            // a month is up to an eighth dearer or cheaper than another, in whole yuan
            let percent = 88 + lot(i64::from(month.num_days_from_ce()), n) * 24 / 1_000;
            all.push(Expense {
                customer_id: None,
                spent_on: Day(day),
                category: (*category).into(),
                amount_fen: of(customers, *fen) * percent / 10_000 * 100,
                note: Some((*note).into()),
            });
        }
    }
    all
}

/// What was planned for each month.
pub fn budgets(cal: &Calendar, customers: u64) -> Vec<Budget> {
    let planned = |category: &'static str, back: u32| {
        let each: i64 = MONTHLY.iter().filter(|m| m.0 == category).map(|m| m.2).sum();
        let period: Text = month(cal, back).format("%Y-%m").to_string().into();
        let amount_fen = of(customers, each) * 104 / 10_000 * 100;
        Budget { segment: None, period, category: category.into(), amount_fen, approved_by: Some(2) }
    };
    (0..MONTHS)
        .flat_map(|back| ["acquisition", "retention"].map(|category| planned(category, back)))
        .collect()
}
