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
pub(super) mod tests {
    use super::*;

    const RAW: &str = include_str!("../../../tests/data/analytics/CDNOW_sample.txt");
    const REFERENCE: &str = include_str!("../../../tests/data/analytics/cdnow_sample_cohort_retention.csv");

    /// The rows of a reference table below its headings.
    pub fn table(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
    }

    /// The cell of a row under a heading.
    pub fn column<'a>(text: &str, row: &'a [String], name: &str) -> &'a str {
        let head = text.lines().next().unwrap();
        &row[head.split(',').position(|h| h == name).unwrap()]
    }

    /// Purchase days of every customer in the raw orders, those with an amount only.
    pub fn purchases() -> BTreeMap<String, Vec<NaiveDate>> {
        let mut all: BTreeMap<String, Vec<NaiveDate>> = BTreeMap::new();
        for line in RAW.lines() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let day = NaiveDate::parse_from_str(cells[2], "%Y%m%d").unwrap();
            if cells[4].parse::<f64>().unwrap() > 0.0 {
                all.entry(cells[1].to_owned()).or_default().push(day);
            }
        }
        for days in all.values_mut() {
            days.sort_unstable();
            days.dedup();
        }
        all
    }

    #[test]
    fn retention_of_cdnow_by_month_is_the_reference_exactly() {
        let mut cohorts = Cohorts::default();
        for days in purchases().values() {
            cohorts.add(days);
        }
        let cohorts = cohorts.until("1998-06-30".parse().unwrap());
        for row in table(REFERENCE) {
            let text = |name| column(REFERENCE, &row, name);
            let month: NaiveDate = format!("{}-01", text("cohort_month")).parse().unwrap();
            let cohort = cohorts.iter().find(|c| c.month == month).unwrap();
            assert_eq!(cohort.size.to_string(), text("size"));
            let offset: usize = text("month_offset").parse().unwrap();
            assert_eq!(cohort.active[offset].to_string(), text("active"), "{row:?}");
            let rate: f64 = text("retention").parse().unwrap();
            assert!((f64::from(cohort.active[offset]) / f64::from(cohort.size) - rate).abs() <= 1e-6);
            assert!(!cohort.running);
        }
    }

    #[test]
    fn the_running_month_is_marked_and_the_future_is_not_there() {
        let mut cohorts = Cohorts::default();
        cohorts.add(&["2024-01-05", "2024-01-09", "2024-03-01"].map(|d| d.parse().unwrap()));
        cohorts.add(&[]);
        let rows = cohorts.until("2024-03-30".parse().unwrap());
        assert_eq!(rows[0].active, [1, 0, 1]);
        assert!(rows[0].running);
    }
}
