//! How the month of a person is assessed (A145, F48, K22): metrics, weights, points of a hundred; and how full their hands
//! are against the accounts per head of the strategy table. Pure; the store hands in counts.

/// The metrics of the sheet, in its order; the setting `weight_` and the id has the weight of each.
pub const METRICS: [&str; 4] = ["timeliness", "promises", "response", JUDGED];

/// The one that a manager gives by hand.
pub const JUDGED: &str = "judged";

/// The best that a person's month can be judged by hand.
pub const BEST: i64 = 100;

/// Hits of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Hits.
    pub k: i64,
    /// Cases.
    pub n: i64,
}

impl Part {
    /// The share; none without a case (C8).
    pub fn share(self) -> Option<f64> {
        (self.n > 0).then(|| self.k as f64 / self.n as f64)
    }
}

/// One line of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Id of the metric.
    pub id: &'static str,
    /// What it counts for, of a hundred.
    pub weight: i64,
    /// What was counted, or judged of [`BEST`].
    pub part: Part,
    /// Share by weight; none where there was nothing to count.
    pub points: Option<f64>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// One line a metric.
    pub lines: Vec<Line>,
    /// Points of those that could be counted.
    pub points: f64,
    /// What those count for together.
    pub of: i64,
}

/// The sheet of counts under weights, both in the order of [`METRICS`].
pub fn sheet(parts: [Part; 4], weights: [i64; 4]) -> Sheet {
    let lines: Vec<Line> = METRICS
        .into_iter()
        .zip(parts)
        .zip(weights)
        .map(|((id, part), weight)| {
            let points = part.share().map(|share| share * weight as f64);
            Line { id, weight, part, points }
        })
        .collect();
    let points = lines.iter().filter_map(|l| l.points).sum();
    let of = lines.iter().filter(|l| l.points.is_some()).map(|l| l.weight).sum();
    Sheet { lines, points, of }
}

/// How full a person's hands are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// More could be given.
    Free,
    /// Within the ranges.
    Full,
    /// More than the ranges hold.
    Over,
    /// No range holds for any of their customers.
    Unknown,
}

/// Accounts of a class with the least and the most that one person keeps (A151): a person with half the accounts of one
/// class and half of another has full hands. Gives the part of the most, in percent, too.
pub fn hands(classes: &[(i64, Option<(i64, i64)>)]) -> (Hands, i64) {
    let (mut least, mut most, mut known) = (0.0, 0.0, false);
    for (count, range) in classes {
        if let Some((low, high)) = range.filter(|(low, high)| *low > 0 && *high > 0) {
            known = true;
            least += *count as f64 / low as f64;
            most += *count as f64 / high as f64;
        }
    }
    let percent = (most * 100.0).round() as i64;
    let hands = match (known, most > 1.0, least < 1.0) {
        (false, ..) => Hands::Unknown,
        (true, true, _) => Hands::Over,
        (true, false, true) => Hands::Free,
        (true, false, false) => Hands::Full,
    };
    (hands, percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Part = Part { k: 0, n: 0 };

    #[test]
    fn k22_h31_36_of_40_entries_in_time_are_13_and_a_half_points_of_15() {
        let entries = Part { k: 36, n: 40 };
        let sheet = sheet([entries, NOTHING, NOTHING, NOTHING], [15, 30, 25, 30]);
        assert_eq!(entries.share(), Some(0.9));
        assert_eq!((sheet.points, sheet.of), (13.5, 15), "what cannot be counted weighs nothing");
        assert!(sheet.lines.iter().skip(1).all(|l| l.points.is_none()));
    }

    #[test]
    fn f48_a_whole_sheet_adds_up_to_its_weights() {
        let all = Part { k: 5, n: 5 };
        let half = Part { k: 50, n: BEST };
        let sheet = sheet([all, all, all, half], [15, 30, 25, 30]);
        // 15 + 30 + 25 + half of 30
        assert_eq!((sheet.points, sheet.of), (85.0, 100));
    }

    #[test]
    fn hands_are_full_from_the_least_to_the_most_of_the_ranges_both_included() {
        let high = |count| [(count, Some((20, 30)))];
        assert_eq!(hands(&high(19)), (Hands::Free, 63));
        assert_eq!(hands(&high(20)), (Hands::Full, 67));
        assert_eq!(hands(&high(30)), (Hands::Full, 100));
        assert_eq!(hands(&high(31)), (Hands::Over, 103));
        // half of one range and half of another
        assert_eq!(hands(&[(15, Some((20, 30))), (40, Some((50, 80)))]), (Hands::Full, 100));
        assert_eq!(hands(&[(500, None)]), (Hands::Unknown, 0));
    }
}
