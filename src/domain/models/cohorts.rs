//! Cohort retention (kpis.md 3.7): of those whose first purchase lies in a month, how many bought again in each month
//! after. Months of the company's calendar; what has not been yet is not there, the running month is marked.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// One cohort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The first day of its month.
    pub month: NaiveDate,
    /// Customers.
    pub size: u32,
    /// Customers with a purchase in the month itself, the next one, and so on; up to the month of the as-of day.
    pub active: Vec<u32>,
    /// Whether the last of them is the month that still runs.
    pub running: bool,
}

/// Months since the year 0.
fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

/// Cohorts as they grow, customer by customer.
#[derive(Clone, Debug, Default)]
pub struct Cohorts {
    rows: BTreeMap<i32, (u32, Vec<u32>)>,
}

impl Cohorts {
    /// Adds a customer by purchase days, oldest first.
    pub fn add(&mut self, days: &[NaiveDate]) {
        let Some(first) = days.first().map(|d| month(*d)) else { return };
        let (size, active) = self.rows.entry(first).or_default();
        *size += 1;
        let mut before = None;
        for offset in days.iter().map(|d| usize::try_from(month(*d) - first).unwrap_or(0)) {
            if before == Some(offset) {
                continue;
            }
            before = Some(offset);
            if active.len() <= offset {
                active.resize(offset + 1, 0);
            }
            if let Some(count) = active.get_mut(offset) {
                *count += 1;
            }
        }
    }

    /// The cohorts up to a day.
    pub fn until(mut self, day: NaiveDate) -> Vec<Cohort> {
        let last = month(day);
        let ended = day.succ_opt().is_none_or(|next| month(next) != last);
        self.rows
            .iter_mut()
            .filter(|(first, _)| **first <= last)
            .filter_map(|(first, (size, active))| {
                active.resize(usize::try_from(last - first).unwrap_or(0) + 1, 0);
                let start = NaiveDate::from_ymd_opt(
                    first.div_euclid(12),
                    first.rem_euclid(12).cast_unsigned() + 1,
                    1,
                )?;
                Some(Cohort { month: start, size: *size, active: active.clone(), running: !ended })
            })
            .collect()
    }
}

#[cfg(test)]
pub(super) mod tests;
