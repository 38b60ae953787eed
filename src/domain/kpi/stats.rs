//! The arithmetic of figures: rates with their 95 % interval, the promoter score, medians with open ends, growth, and how
//! a figure stands to its target (kpis.md C8–C12). Pure functions on counts; what is counted stands in `tally`.

use super::Better;

/// The quantile of the normal distribution for 95 %.
pub const Z: f64 = 1.959_963_984_540_054;

/// A rate and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The point value.
    pub value: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
}

/// `k` of `n` with the Wilson score interval, without continuity correction (C9); none of none is no rate (C8).
pub fn wilson(k: i64, n: i64) -> Option<Interval> {
    if n <= 0 {
        return None;
    }
    let (count, part) = (n as f64, k as f64 / n as f64);
    let square = Z * Z;
    let centre = part + square / (2.0 * count);
    let half = Z * (part * (1.0 - part) / count + square / (4.0 * count * count)).sqrt();
    let whole = 1.0 + square / count;
    let low = if k <= 0 { 0.0 } else { (centre - half) / whole };
    let high = if k >= n { 1.0 } else { (centre + half) / whole };
    Some(Interval { value: part, low, high })
}

/// The net promoter score in points with its adjusted Wald interval (kpis.md, nps; Rocks 2016).
pub fn nps(promoters: i64, passives: i64, detractors: i64) -> Option<Interval> {
    let n = promoters + passives + detractors;
    if n <= 0 {
        return None;
    }
    let value = 100.0 * (promoters - detractors) as f64 / n as f64;
    let count = (n + 3) as f64;
    let up = (promoters as f64 + 0.75) / count;
    let down = (detractors as f64 + 0.75) / count;
    let centre = up - down;
    let half = Z * ((up + down - centre * centre) / count).sqrt();
    let low = (100.0 * (centre - half)).max(-100.0);
    let high = (100.0 * (centre + half)).min(100.0);
    Some(Interval { value, low, high })
}

/// `(current − previous) ÷ previous`; none where the previous value is not above zero (C8).
pub fn growth(previous: Option<f64>, current: Option<f64>) -> Option<f64> {
    let (previous, current) = (previous?, current?);
    (previous > 0.0).then(|| (current - previous) / previous)
}

/// `(previous − current) ÷ previous`: how far something fell.
pub fn fall(previous: Option<f64>, current: Option<f64>) -> Option<f64> {
    growth(previous, current).map(|g| if g == 0.0 { 0.0 } else { -g })
}

/// The middle value; open cases are infinite and cannot improve it. None where there is none, or where it is infinite.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let value = if values.len() % 2 == 1 { upper } else { f64::midpoint(*values.get(middle - 1)?, upper) };
    value.is_finite().then_some(value)
}

/// Rounds half away from zero to so many decimals, for the screen only (C10).
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    // what binary fractions lose of a written half is given back: 0.285 × 100 is 28.499…96
    let scaled = value * scale;
    let up = (scaled.abs() + 1e-9).round().copysign(scaled) / scale;
    if up == 0.0 { 0.0 } else { up }
}

/// How a figure stands to its target, told in words and with a sign (C11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Meets the target.
    Met,
    /// Misses it, and that is no chance.
    Missed,
    /// Misses it, but could be chance, or by a tenth at most.
    Unclear,
    /// Fewer than five cases: no verdict.
    TooFew,
    /// The period is not over and the figure still adds up: no verdict yet.
    Running,
}

impl Verdict {
    /// The verdict of an id.
    pub fn of(id: &str) -> Option<Self> {
        [Self::Met, Self::Missed, Self::Unclear, Self::TooFew, Self::Running]
            .into_iter()
            .find(|verdict| verdict.id() == id)
    }

    /// The id in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Unclear => "unclear",
            Self::TooFew => "too_few",
            Self::Running => "running",
        }
    }

    /// The sign on the screen.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Met => "✓",
            Self::Missed => "✗",
            Self::Unclear => "▲",
            Self::TooFew => "○",
            Self::Running => "…",
        }
    }
}

/// Cases below which there is no verdict.
pub const FEW: i64 = 5;
/// Cases below which a percentage bears the mark «few».
pub const SMALL: i64 = 30;
/// A miss of at most this part of the target is told apart, where a figure has no interval.
const NEAR: f64 = 0.1;

/// Judges an unrounded value; `cases` where the figure rests on countable ones, `interval` where it has one.
pub fn verdict(
    better: Better,
    value: f64,
    target: f64,
    interval: Option<(f64, f64)>,
    cases: Option<i64>,
) -> Option<Verdict> {
    let met = match better {
        Better::More => value >= target,
        Better::Less => value <= target,
        Better::Below => value < target,
        Better::Neither => return None,
    };
    if cases.is_some_and(|n| n < FEW) {
        return Some(Verdict::TooFew);
    }
    if met {
        return Some(Verdict::Met);
    }
    let near = match interval {
        Some((low, high)) => low <= target && target <= high,
        None => (value - target).abs() <= NEAR * target.abs(),
    };
    Some(if near { Verdict::Unclear } else { Verdict::Missed })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &str = include_str!("../../../tests/data/analytics/kpi_cases.json");

    fn cases(part: &str) -> Vec<serde_json::Value> {
        let all: serde_json::Value = serde_json::from_str(CASES).unwrap();
        all[part].as_array().unwrap().clone()
    }

    fn near(ours: Option<f64>, theirs: &serde_json::Value, tolerance: f64) {
        match (ours, theirs.as_f64()) {
            (None, None) => {}
            (Some(a), Some(b)) => assert!((a - b).abs() <= tolerance, "{a} is not {b}"),
            (a, b) => panic!("{a:?} is not {b:?}"),
        }
    }

    #[test]
    fn c9_wilson_intervals_are_those_of_the_reference() {
        for case in cases("wilson95") {
            let ours = wilson(case["k"].as_i64().unwrap(), case["n"].as_i64().unwrap());
            near(ours.map(|i| i.value), &case["rate"], 1e-9);
            near(ours.map(|i| i.low), &case["lo"], 1e-9);
            near(ours.map(|i| i.high), &case["hi"], 1e-9);
        }
        assert_eq!(wilson(0, 10).unwrap().low.to_bits(), 0f64.to_bits());
        assert_eq!(wilson(10, 10).unwrap().high.to_bits(), 1f64.to_bits());
    }

    #[test]
    fn f8_promoter_scores_are_those_of_the_reference() {
        for case in cases("nps") {
            let count = |what: &str| case[what].as_i64().unwrap();
            let ours = nps(count("promoters"), count("passives"), count("detractors"));
            near(ours.map(|i| i.value), &case["nps"], 1e-7);
            near(ours.map(|i| i.low), &case["lo"], 1e-7);
            near(ours.map(|i| i.high), &case["hi"], 1e-7);
        }
    }

    #[test]
    fn c12_growth_needs_something_to_grow_from() {
        for case in cases("growth") {
            near(growth(case["previous"].as_f64(), case["current"].as_f64()), &case["change"], 1e-9);
        }
        assert_eq!(growth(None, Some(1.0)), None);
        assert_eq!(fall(Some(10.0), Some(7.0)), Some(0.3));
    }

    #[test]
    fn f7_open_cases_cannot_improve_a_median() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [2.0]), Some(2.0));
        assert_eq!(median(&mut [4.0, 1.0]), Some(2.5));
        assert_eq!(median(&mut [f64::INFINITY, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&mut [f64::INFINITY, 1.0]), None);
    }

    #[test]
    fn c10_halves_go_away_from_zero() {
        assert_eq!(rounded(0.25, 1).to_string(), "0.3");
        assert_eq!(rounded(-0.25, 1).to_string(), "-0.3");
        assert_eq!(rounded(0.285, 2).to_string(), "0.29");
        assert_eq!(rounded(0.284_9, 2).to_string(), "0.28");
        assert_eq!(rounded(-0.000_1, 1).to_string(), "0");
    }

    #[test]
    fn c11_a_miss_is_one_only_if_it_is_no_chance() {
        let judge = |k, n, target| {
            let i = wilson(k, n).unwrap();
            verdict(Better::More, i.value, target, Some((i.low, i.high)), Some(n)).unwrap()
        };
        // 36 of 46 misses 80 %, but 64–88 % contains it
        assert_eq!(judge(36, 46, 0.8), Verdict::Unclear);
        assert_eq!(judge(16, 84, 0.3), Verdict::Missed);
        assert_eq!(judge(40, 50, 0.8), Verdict::Met);
        assert_eq!(judge(3, 4, 0.8), Verdict::TooFew);
        assert_eq!(judge(4, 5, 0.8), Verdict::Met);
        let plain = |value| verdict(Better::Less, value, 10.0, None, None).unwrap();
        assert_eq!(plain(10.0), Verdict::Met);
        assert_eq!(plain(11.0), Verdict::Unclear);
        assert_eq!(plain(11.01), Verdict::Missed);
        assert_eq!(verdict(Better::Neither, 1.0, 1.0, None, None), None);
        // below 120 %: the line itself is passed already (F37, K50)
        let below = |value| verdict(Better::Below, value, 1.2, None, None).unwrap();
        assert_eq!(
            (below(1.199), below(1.2), below(1.33)),
            (Verdict::Met, Verdict::Unclear, Verdict::Missed)
        );
    }
}
