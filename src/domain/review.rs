//! Reviewing what was done: which figures an activity is evaluated by, how a line stands to its baseline and target, and how
//! a person's month is assessed (A129, A145, F4–F9, F43, F48, K22). Pure rules; the store hands in figures and counts.

use chrono::NaiveDate;

use super::kpi::{Better, Figure, Kpi, Length, Period, Unit, Verdict, kpi, stats, target};

/// The figures by which every activity is evaluated: dimension and KPI (F43).
pub const STANDARD: &[(&str, &str)] = &[
    ("value", "high_value_growth"),
    ("value", "repurchase_amount_growth"),
    ("efficiency", "accounts_per_head_growth"),
    ("efficiency", "response_time_shortening"),
    ("satisfaction", "nps"),
    ("satisfaction", "complaint_decrease"),
];

/// The dimension of lines whose metric is in words and counted by hand.
pub const OWN: &str = "own";

/// What a campaign's own touches came to; counted over its members, and no KPI of the company.
pub const ACTIVITY: &[&str] = &["campaign_response", "campaign_conversion", "campaign_cost"];

/// What the touches of a campaign came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Customers touched.
    pub touched: i64,
    /// Those of them who answered.
    pub answered: i64,
    /// Those of them who ordered.
    pub ordered: i64,
    /// Fen in all.
    pub cost: i64,
}

impl Activity {
    /// One of its figures; none where nobody was touched (C8).
    pub fn figure(&self, metric: &str) -> Option<Figure> {
        let share = |k: i64| {
            let interval = stats::wilson(k, self.touched)?;
            Some(Figure {
                k: Some(k),
                n: Some(self.touched),
                value: Some(interval.value),
                cases: Some(self.touched),
                chance: Some((interval.low, interval.high)),
                ..Figure::empty(metric)
            })
        };
        match metric {
            "campaign_response" => share(self.answered),
            "campaign_conversion" => share(self.ordered),
            "campaign_cost" if self.touched > 0 => Some(Figure {
                value: Some(self.cost as f64 / 100.0 / self.touched as f64),
                cases: Some(self.touched),
                ..Figure::empty(metric)
            }),
            _ => None,
        }
    }
}

/// The KPI by whose unit and direction a metric is read: its own, or the one a campaign's figure is like.
pub fn like(metric: &str) -> Option<&'static Kpi> {
    kpi(match metric {
        "campaign_response" => "response",
        "campaign_conversion" => "conversion",
        "campaign_cost" => "cost_per_touch",
        other => other,
    })
}

/// The period of an activity that lasts from its first to its last day, and the one of equal length just before (F49).
pub fn periods(starts: NaiveDate, ends: NaiveDate) -> (Period, Period) {
    let until = ends.succ_opt().unwrap_or(ends);
    let during = Period { from: starts, until, length: Length::Span };
    (during, during.before())
}

/// How a line of an evaluation stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// What it was before.
    pub baseline: Option<f64>,
    /// What is aimed at.
    pub target: Option<f64>,
    /// What was reached.
    pub actual: Option<f64>,
    /// Reached less aimed at; where nothing is aimed at, less what it was before.
    pub difference: Option<f64>,
    /// How it stands to the target.
    pub verdict: Option<Verdict>,
}

impl Standing {
    /// How far what was reached is from what it was before, as a part of that; none where that was nothing.
    pub fn change(&self) -> Option<f64> {
        let before = self.baseline.filter(|v| *v != 0.0)?;
        Some((self.actual? - before) / before.abs())
    }
}

/// Judges a line by the figures of before and of now, and its target as written.
pub fn stand(
    metric: &str,
    target_text: Option<&str>,
    before: Option<&Figure>,
    now: Option<&Figure>,
) -> Standing {
    let like = like(metric);
    let target = target_text.and_then(|text| match like {
        Some(kpi) => target::read(kpi, text),
        None => target::number(text),
    });
    let (baseline, actual) = (before.and_then(|f| f.value), now.and_then(|f| f.value));
    let verdict = match (like, now) {
        (Some(kpi), Some(figure)) => kpi.verdict(figure, target, false),
        _ => None,
    };
    Standing { baseline, target, actual, difference: difference(actual, target.or(baseline)), verdict }
}

/// Judges a line whose values were written by hand or frozen.
pub fn stand_written(
    metric: &str,
    target_text: Option<&str>,
    baseline: Option<&str>,
    actual: Option<&str>,
    verdict: Option<Verdict>,
) -> Standing {
    let number = |text: Option<&str>| text.and_then(target::number);
    let (baseline, actual, target) = (number(baseline), number(actual), number(target_text));
    let verdict = verdict.or_else(|| match (like(metric), actual, target) {
        // what is counted by hand is aimed at from below
        (None, Some(actual), Some(target)) => stats::verdict(Better::More, actual, target, None, None),
        _ => None,
    });
    Standing { baseline, target, actual, difference: difference(actual, target.or(baseline)), verdict }
}

fn difference(actual: Option<f64>, from: Option<f64>) -> Option<f64> {
    Some(actual? - from?)
}

/// The verdict with this id.
pub fn verdict(id: &str) -> Option<Verdict> {
    [Verdict::Met, Verdict::Missed, Verdict::Unclear, Verdict::TooFew].into_iter().find(|v| v.id() == id)
}

/// Whether a metric is a share, whose difference is told in points.
pub fn is_share(metric: &str) -> bool {
    like(metric).is_some_and(|k| k.unit == Unit::Share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(id: &str, value: f64) -> Figure {
        Figure { value: Some(value), ..Figure::empty(id) }
    }

    #[test]
    fn f43_every_figure_of_an_evaluation_is_a_kpi_with_a_target_of_the_handbook() {
        // F4–F9: +10 %, +15 %, +20 %, 30 %, 40 points, 25 %
        let targets: Vec<f64> = STANDARD.iter().map(|(_, id)| kpi(id).unwrap().target("").unwrap()).collect();
        assert_eq!(targets, [0.1, 0.15, 0.2, 0.3, 40.0, 0.25]);
        assert!(ACTIVITY.iter().all(|id| kpi(id).is_none() && like(id).is_some()));
    }

    #[test]
    fn f49_an_activity_is_held_against_as_many_days_just_before_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (during, before) = periods(day("2024-05-01"), day("2024-05-14"));
        assert_eq!(
            (during.label(), before.label()),
            ("2024-05-01..2024-05-14".into(), "2024-04-17..2024-04-30".into())
        );
        // one day is held against the day before, across a leap day
        let (_, before) = periods(day("2024-03-01"), day("2024-03-01"));
        assert_eq!(before.label(), "2024-02-29..2024-02-29");
    }

    #[test]
    fn k36_a_line_is_judged_by_its_target_and_told_with_its_difference() {
        // 115,000 yuan after 100,000 is +15 %: reached exactly
        let line = |actual: f64, target: &str| {
            let (before, now) =
                (figure("repurchase_amount_growth", 0.02), figure("repurchase_amount_growth", actual));
            stand("repurchase_amount_growth", Some(target), Some(&before), Some(&now))
        };
        let met = line(0.15, "15%");
        assert_eq!((met.verdict, met.difference, met.baseline), (Some(Verdict::Met), Some(0.0), Some(0.02)));
        // 14 % misses 15 % by less than a tenth of it, 13 % by more
        assert_eq!(line(0.14, "15%").verdict, Some(Verdict::Unclear));
        assert_eq!(line(0.13, "15%").verdict, Some(Verdict::Missed));
        // without a target it is told how far it came from before
        let before = figure("nps", 30.0);
        let free = stand("nps", None, Some(&before), Some(&figure("nps", 42.0)));
        assert_eq!((free.difference, free.verdict), (Some(12.0), None));
        assert_eq!(
            stand("nps", Some("40"), None, None),
            Standing { target: Some(40.0), ..Standing::default() }
        );
    }

    #[test]
    fn k23_ten_hours_that_became_two_are_eighty_percent_less() {
        let hand = stand_written("信息同步时长(小时)", None, Some("10"), Some("2"), None);
        assert_eq!((hand.difference, hand.change()), (Some(-8.0), Some(-0.8)));
        // ten repeated complaints and then one
        assert_eq!(stand_written("重复联系投诉", None, Some("10"), Some("1"), None).change(), Some(-0.9));
        assert_eq!(stand_written("新渠道", None, Some("0"), Some("1"), None).change(), None);
    }

    #[test]
    fn a_campaign_is_judged_by_its_own_touches() {
        // 46 touched, 36 answered: 78.3 % misses 80 %, but its interval reaches from 64.4 % to 87.7 %
        let activity = Activity { touched: 46, answered: 36, ordered: 4, cost: 92_000 };
        let stand = |metric: &str, target: &str| {
            let now = activity.figure(metric);
            super::stand(metric, Some(target), None, now.as_ref())
        };
        assert_eq!(stand("campaign_response", "80%").verdict, Some(Verdict::Unclear));
        assert_eq!(stand("campaign_response", "60%").verdict, Some(Verdict::Met));
        // 920 yuan over 46 touches are 20 yuan each
        assert_eq!(stand("campaign_cost", "20").verdict, Some(Verdict::Met));
        assert_eq!(stand("campaign_cost", "19").actual, Some(20.0));
        assert!(Activity::default().figure("campaign_cost").is_none(), "nobody touched, no cost each");
    }

    #[test]
    fn what_was_written_by_hand_or_frozen_is_told_as_it_stands() {
        let hand = stand_written("新增社群成员", Some("100"), None, Some("120"), None);
        assert_eq!((hand.verdict, hand.difference), (Some(Verdict::Met), Some(20.0)));
        assert_eq!(stand_written("words", Some("a lot"), None, Some("more"), None), Standing::default());
        let frozen = stand_written("nps", Some("40"), Some("30"), Some("35"), verdict("missed"));
        assert_eq!((frozen.verdict, frozen.difference), (Some(Verdict::Missed), Some(-5.0)));
        assert!(is_share("campaign_response") && !is_share("nps"));
    }
}
