//! The rhythm of one customer (kpis.md 3.5): how many days usually lie between purchases, and how the present silence
//! compares. Always on, also where no model may be used.

use chrono::NaiveDate;
use serde::Serialize;

/// No usual interval is shorter than a week.
const LEAST: f64 = 7.0;

/// How long a silence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Within the usual.
    Usual,
    /// Twice the usual or more.
    Longer,
    /// Three times or more.
    Far,
}

/// A customer's rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rhythm {
    /// Days that usually lie between two purchases.
    pub usual: f64,
    /// Whether that is the customer's own, not the segment's.
    pub own: bool,
    /// Days since the last purchase.
    pub since: i64,
    /// What that is.
    pub silence: Silence,
}

impl Rhythm {
    /// The silence in usual intervals.
    pub fn times(&self) -> f64 {
        self.since as f64 / self.usual
    }
}

/// The days between purchase days, sorted by time and each once.
pub fn gaps(days: &[NaiveDate]) -> Vec<i64> {
    days.windows(2).filter_map(|w| Some((*w.get(1)? - *w.first()?).num_days())).collect()
}

/// The middle of some gaps; none without any.
pub fn median(gaps: &mut [i64]) -> Option<f64> {
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    let upper = *gaps.get(middle)?;
    Some(if gaps.len() % 2 == 1 {
        upper as f64
    } else {
        f64::midpoint(*gaps.get(middle - 1)? as f64, upper as f64)
    })
}

/// The rhythm of a customer with these purchase days; the segment's median stands in below three purchases.
pub fn rhythm(days: &[NaiveDate], today: NaiveDate, segment: Option<f64>) -> Option<Rhythm> {
    let since = (today - *days.last()?).num_days();
    let own = if days.len() >= 3 { median(&mut gaps(days)) } else { None };
    let usual = own.or(segment)?.max(LEAST);
    let silence = match since as f64 / usual {
        t if t >= 3.0 => Silence::Far,
        t if t >= 2.0 => Silence::Longer,
        _ => Silence::Usual,
    };
    Some(Rhythm { usual, own: own.is_some(), since, silence })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(list: &[&str]) -> Vec<NaiveDate> {
        list.iter().map(|d| d.parse().unwrap()).collect()
    }

    #[test]
    fn a_silence_is_measured_in_usual_intervals() {
        let bought = days(&["2024-01-01", "2024-02-01", "2024-03-01"]);
        let on = |day: &str| rhythm(&bought, day.parse().unwrap(), None).unwrap();
        // gaps 31 and 29: the usual is 30
        assert!((on("2024-03-31").usual - 30.0).abs() < 1e-9);
        assert_eq!(on("2024-04-29").silence, Silence::Usual);
        assert_eq!(on("2024-04-30").silence, Silence::Longer);
        assert_eq!(on("2024-05-29").silence, Silence::Longer);
        assert_eq!(on("2024-05-30").silence, Silence::Far);
    }

    #[test]
    fn two_purchases_take_the_segments_interval_and_none_is_shorter_than_a_week() {
        let two = days(&["2024-01-01", "2024-01-02"]);
        let today = "2024-01-16".parse().unwrap();
        assert_eq!(rhythm(&two, today, None), None);
        let found = rhythm(&two, today, Some(20.0)).unwrap();
        assert!(!found.own && (found.usual - 20.0).abs() < 1e-9 && found.silence == Silence::Usual);
        let daily = days(&["2024-01-01", "2024-01-02", "2024-01-03"]);
        let found = rhythm(&daily, "2024-01-17".parse().unwrap(), None).unwrap();
        assert!((found.usual - 7.0).abs() < 1e-9 && found.silence == Silence::Longer);
        assert_eq!(rhythm(&[], today, Some(20.0)), None);
    }
}
