//! Cohorts against the reference, and how the models' tests read their reference tables.

use super::*;

const RAW: &str = include_str!("../../../../tests/data/analytics/CDNOW_sample.txt");
const REFERENCE: &str = include_str!("../../../../tests/data/analytics/cdnow_sample_cohort_retention.csv");

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
