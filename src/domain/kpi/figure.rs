//! A figure and the ways in which one is made of what was counted: hits of cases, one for each of another, growth, a value by
//! itself. What has no denominator has no value (C8); the parts stay, so that the screen can show the amounts. Of KPIs and
//! groups nothing is known here.

use serde::{Deserialize, Serialize};

use super::bag::Bag;
use super::book::HOUR;
use super::stats::{self, Interval, fall, growth};
use super::sums::Rate;

/// One KPI of one group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The id of its row in the table.
    pub id: String,
    /// Hits.
    pub k: Option<i64>,
    /// Cases.
    pub n: Option<i64>,
    /// The value, unrounded.
    pub value: Option<f64>,
    /// The low end of its interval.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
    /// Cases whose window is open; none where the figure waits for nothing.
    pub pending: Option<i64>,
    /// How many cases the value rests on, where they can be counted.
    pub cases: Option<i64>,
    /// The interval a verdict is made by, where the value is a proportion.
    pub chance: Option<(f64, f64)>,
    /// The two figures that make the value: part and whole, or now and before.
    pub parts: Option<(f64, f64)>,
    /// How many customers' amounts it is made of: those of the period and, of a change, those of the period before; none
    /// where it is made of no amounts.
    #[serde(default)]
    pub covers: Option<Covers>,
    /// It was taken out because it would tell whoever asks the amounts of too few customers.
    #[serde(default)]
    pub masked: bool,
}

/// Customers on the two sides of a figure; both sides the same where it has one.
pub type Covers = [i64; 2];

impl Figure {
    /// A figure of which nothing is known.
    pub fn empty(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            k: None,
            n: None,
            value: None,
            low: None,
            high: None,
            pending: None,
            cases: None,
            chance: None,
            parts: None,
            covers: None,
            masked: false,
        }
    }

    /// The same without anything that tells an amount: cases and open ones are still counted.
    #[must_use]
    pub fn masked(&self) -> Self {
        let (n, pending, cases) = (self.n, self.pending, self.cases);
        Self { n, pending, cases, masked: true, ..Self::empty(&self.id) }
    }
}

/// Fen in yuan.
pub fn yuan(fen: i64) -> f64 {
    fen as f64 / 100.0
}

/// Fen of so many, in yuan each.
pub fn mean(fen: i64, n: i64) -> Option<f64> {
    (n > 0).then(|| yuan(fen) / n as f64)
}

/// Milliseconds of so many, in hours each.
pub fn mean_hours((ms, n): (i64, i64)) -> Option<f64> {
    (n > 0).then(|| ms as f64 / HOUR as f64 / n as f64)
}

/// The middle of what was waited, in hours; none where the middle one waits still.
pub fn middle(waits: &Bag<i64>) -> Option<f64> {
    let hours = |ms: i64| if ms == i64::MAX { f64::INFINITY } else { ms as f64 / HOUR as f64 };
    let each = waits.iter().flat_map(|(ms, times)| (0..times).map(move |_| hours(*ms)));
    stats::median(&mut each.collect::<Vec<_>>())
}

/// Hits of cases with the interval shown.
pub fn counted(rate: Rate) -> Figure {
    let made = share(rate);
    let ends = made.chance;
    Figure { low: ends.map(|(low, _)| low), high: ends.map(|(_, high)| high), ..made }
}

/// Hits of cases, the interval kept for the verdict.
pub fn share(rate: Rate) -> Figure {
    let interval = stats::wilson(rate.k, rate.n);
    Figure {
        k: Some(rate.k),
        n: Some(rate.n),
        value: interval.map(|i| i.value),
        chance: interval.map(|i| (i.low, i.high)),
        cases: Some(rate.n),
        pending: Some(rate.pending),
        parts: Some((rate.k as f64, rate.n as f64)),
        ..Figure::empty("")
    }
}

/// The share that is left.
pub fn rest(rate: Rate) -> Figure {
    let made = share(rate);
    Figure {
        k: None,
        n: None,
        value: made.value.map(|v| 1.0 - v),
        chance: made.chance.map(|(low, high)| (1.0 - high, 1.0 - low)),
        parts: Some(((rate.n - rate.k) as f64, rate.n as f64)),
        ..made
    }
}

/// A value by its parts: one for each of another, in units of the first.
pub fn each(part: f64, whole: f64, cases: Option<i64>) -> Figure {
    let value = (whole > 0.0).then(|| part / whole);
    Figure { value, parts: Some((part, whole)), cases, ..Figure::empty("") }
}

/// Growth from before to now.
pub fn grown(before: Option<f64>, now: Option<f64>) -> Figure {
    Figure { value: growth(before, now), parts: now.zip(before), ..Figure::empty("") }
}

/// How far something fell from before to now.
pub fn fallen(before: Option<f64>, now: Option<f64>) -> Figure {
    Figure { value: fall(before, now), ..grown(before, now) }
}

/// A value by itself.
pub fn alone(value: Option<f64>, cases: Option<i64>) -> Figure {
    Figure { value, cases, ..Figure::empty("") }
}

/// A value with its interval.
pub fn told(interval: Option<Interval>, cases: i64) -> Figure {
    let ends = interval.map(|i| (i.low, i.high));
    Figure {
        value: interval.map(|i| i.value),
        low: ends.map(|(low, _)| low),
        high: ends.map(|(_, high)| high),
        chance: ends,
        cases: Some(cases),
        ..Figure::empty("")
    }
}
