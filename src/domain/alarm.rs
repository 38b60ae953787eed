//! Alarms as data: one row a rule with its level, who answers for it, until when it is to be begun and what is done about
//! it; and the lines at which each rule fires, pure and in integers where the handbooks print one. Who looks at the records
//! and when is `store/watch`; the words stand in `i18n/alarms`. Adding an alarm is adding a row here and its words there.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clock::{Zone, from_ms};

const HOUR: i64 = 60 * 60 * 1000;

/// How grave it is (G7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The emergency team.
    High,
    /// The head of the matter.
    Medium,
    /// Whoever it is about.
    Low,
}

impl Level {
    /// The id as stored.
    pub const fn id(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// Until when the first step is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// So many hours after the trigger.
    Hours(i64),
    /// At the next monthly review.
    Review,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// How grave.
    pub level: Level,
    /// Who answers for it: a post id, `owner` the customer's owner, `asked` the head of the department that was asked.
    pub post: &'static str,
    /// Until when it is to be begun.
    pub start: Start,
    /// What is done about it, in this order.
    pub steps: &'static [&'static str],
    /// Ids of requirements.md.
    pub source: &'static str,
}

macro_rules! rules {
    ($( $id:literal $level:ident $post:literal $start:expr, [$($step:literal),*], $source:literal; )*) => {
        /// Every rule.
        pub const RULES: &[Rule] = &[ $( Rule {
            id: $id, level: Level::$level, post: $post, start: $start, steps: &[$($step),*], source: $source,
        }, )* ];
    };
}

use Start::{Hours, Review};

rules! {
    "churn" High "director" Hours(72), ["level_up", "care_gift", "deep_survey"], "G2 P30 P33 H34";
    "frequency" Low "owner" Hours(72), ["call_now", "care_plan"], "G40 J12";
    "overrun" Medium "marketing" Review, ["suspend", "channels", "reallocate"], "G3 P32 P33 H36";
    "response" Medium "marketing" Review, ["find_cause", "change_script", "change_row"], "G8 P13";
    "touch_cost" Low "marketing" Review, ["channels", "community"], "G10 G53 P12";
    "conversion_rising" Low "sales" Review, ["referral"], "G9";
    "churn_rate" High "operations" Hours(24), ["team", "recall", "find_cause"], "G6 P31 H38";
    "timeliness" Medium "operations" Review, ["late_entries", "assess"], "G5 P21 H31";
    "activation" Low "sales" Hours(168), ["more_touches", "trial"], "G12 P27";
    "complaint_answer" Medium "service" Hours(4), ["answer", "tell_owner"], "G31 P22";
    "complaint_solution" High "service" Hours(4), ["solve", "repair", "recheck"], "G31 P22";
    "request" Low "asked" Hours(2), ["take", "reply"], "G21 P23";
    "survey" Medium "owner" Hours(72), ["improve", "talk", "resurvey"], "G32 P25";
    "load" Low "sales" Review, ["hand_over", "change_row"], "G54 P17";
    "export" Medium "security" Hours(24), ["audit", "clear_up"], "I7 I16";
    "stale_tags" Low "self" Hours(168), ["refresh_tags"], "G22 C21";
    "underspent" Low "marketing" Review, ["care_plan", "reallocate"], "G55 D18";
    "cocreation" Low "sales" Review, ["group"], "G11";
    "leak" High "security" Hours(1), ["freeze", "audit", "encrypt", "apologise"], "G1 P33 H35";
    "dispute" Medium "operations" Hours(24), ["heads", "handover", "arbitrate"], "G4 P33 H32";
}

/// The rules that people raise by hand.
pub const BY_HAND: &[&str] = &["leak", "dispute"];

/// The figure of the board that a rule looks at, for alarms that are about one.
pub fn figure(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "response" => "response",
        "touch_cost" => "cost_per_touch",
        "conversion_rising" => "conversion",
        "churn_rate" => "churn",
        "timeliness" => "timeliness",
        "activation" => "activation",
        _ => return None,
    })
}

/// How a change of alarms names them where no customer does: `alarm:` and the ids of their rules, each once.
pub fn alarms_told<'r>(rules: impl IntoIterator<Item = &'r str>) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for id in rules {
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() { String::new() } else { format!("{ALARMS_TOLD}{}", ids.join(",")) }
}

/// Before the ids in what [`alarms_told`] says.
pub const ALARMS_TOLD: &str = "alarm:";

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

/// What a step does by itself when it is begun from the alarm; all others are done elsewhere and ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The customer goes to whoever answers for the alarm.
    Assign,
    /// A task for the customer's owner.
    Task,
    /// What is not essential is suspended for the class until the next review.
    Suspend,
}

/// What a step does by itself.
pub fn act(step: &str) -> Option<Act> {
    match step {
        "level_up" => Some(Act::Assign),
        "suspend" => Some(Act::Suspend),
        "care_gift" | "deep_survey" | "call_now" | "improve" | "talk" | "resurvey" | "tell_owner"
        | "repair" | "recheck" => Some(Act::Task),
        _ => None,
    }
}

/// The day of the monthly review after a day: the `day`-th of the next month.
pub fn review_after(today: NaiveDate, day: u32) -> NaiveDate {
    let next = today.with_day(1).and_then(|d| d.checked_add_months(Months::new(1))).unwrap_or(today);
    next.with_day(day.clamp(1, 28)).unwrap_or(next)
}

/// The instant until which the first step is to be done, counted from the trigger.
pub fn start_by(start: Start, since: i64, zone: Zone, review_day: u32) -> i64 {
    match start {
        Hours(hours) => since + hours * HOUR,
        Review => zone.end(review_after(zone.day(from_ms(since)), review_day)).timestamp_millis(),
    }
}

/// What somebody does with an alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Has seen it and takes it on.
    Acknowledge,
    /// The step at this place is done.
    Tick(u8),
    /// Does the step at this place; the task it makes is worded so.
    Act {
        /// Which step.
        at: u8,
        /// The words of the task.
        text: String,
    },
    /// It is over; what came of it.
    Close(String),
}

/// One figure that fired an alarm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// In its unit.
    pub value: f64,
    /// `count`, `share` (1 is 100 %), `yuan`, `points`, `hours`.
    pub unit: String,
}

impl Fact {
    /// A figure.
    pub fn new(name: &str, value: f64, unit: &str) -> Self {
        Self { name: name.to_owned(), value, unit: unit.to_owned() }
    }
}

/// The lines of the churn alarm (P30, X19).
#[derive(Clone, Copy, Debug)]
pub struct Churn {
    /// Unanswered touches running.
    pub unanswered: i64,
    /// Percent by which spending fell.
    pub drop: i64,
}

/// Whether a high-value customer is about to leave: both signs, the lines included (G2, X19: and).
pub const fn leaves(unanswered: i64, spent: i64, before: i64, lines: Churn) -> bool {
    unanswered >= lines.unanswered && before > 0 && (before - spent) * 100 >= before * lines.drop
}

/// The earlier sign: fewer purchase days than in as many days before, where there were at least two (G40).
pub const fn slows(recent: i64, before: i64) -> bool {
    before >= 2 && recent < before
}

/// Whether hits of cases fall short of a target by so many percent of it, or percentage points; the line included (G8, X18).
pub fn falls_short(hits: i64, cases: i64, target: f64, gap: i64, relative: bool) -> bool {
    // a target has at most two decimals of a percent
    let target = (target * 10_000.0).round() as i64;
    if cases <= 0 || target <= 0 {
        return false;
    }
    let line = if relative { target * (100 - gap) } else { (target - gap * 100) * 100 };
    hits * 1_000_000 <= cases * line
}

/// Whether a share is above so many percent; the line itself is not (G6, X18: 超过 does not include it).
pub const fn above(hits: i64, cases: i64, percent: i64) -> bool {
    cases > 0 && hits * 100 > cases * percent
}

/// Whether a share is below so many percent (G5, G12).
pub const fn below(hits: i64, cases: i64, percent: i64) -> bool {
    cases > 0 && hits * 100 < cases * percent
}

/// Whether a touch cost more than its target allows, which itself is still allowed (G10, G53).
pub fn is_dear(cost: f64, target: f64) -> bool {
    cost > target
}

/// Whether the values rose in each of the last periods; oldest first, a period without a value ends the run (G9).
pub fn rises(values: &[Option<f64>], periods: usize) -> bool {
    let last = values.len().saturating_sub(periods + 1);
    let run = values.get(last..).unwrap_or_default();
    run.len() == periods + 1
        && periods > 0
        && run.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if a < b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: Churn = Churn { unanswered: 2, drop: 30 };

    #[test]
    fn every_rule_has_steps_and_an_id_of_its_own() {
        for (i, rule) in RULES.iter().enumerate() {
            assert!(!rule.steps.is_empty() && rule.steps.len() < 8, "{}", rule.id);
            assert!(RULES.iter().skip(i + 1).all(|other| other.id != rule.id));
        }
        assert!(BY_HAND.iter().all(|id| rule(id).is_some()));
        assert_eq!(rule("churn").map(|r| r.steps.len()), Some(3));
    }

    #[test]
    fn k51_two_unanswered_and_thirty_percent_less_fire_and_one_or_twenty_nine_do_not() {
        // 10,000 before, 7,000 now: −30 %
        assert!(leaves(2, 700_000, 1_000_000, LINES));
        assert!(!leaves(1, 700_000, 1_000_000, LINES));
        // −29 %
        assert!(!leaves(2, 710_000, 1_000_000, LINES));
        // nothing before: no fall
        assert!(!leaves(3, 0, 0, LINES));
    }

    #[test]
    fn g40_fewer_purchases_than_before_warn_and_one_before_does_not() {
        assert!(slows(1, 2) && slows(0, 3));
        assert!(!slows(2, 2) && !slows(0, 1) && !slows(3, 2));
    }

    #[test]
    fn k33_thirty_two_of_fifty_alarm_and_thirty_three_are_only_red() {
        // 80 % of the target of 80 % is 64 %: 32 of 50, the line included
        assert!(falls_short(32, 50, 0.8, 20, true));
        assert!(!falls_short(33, 50, 0.8, 20, true));
        assert!(!falls_short(40, 50, 0.8, 20, true));
        // as percentage points the line is 60 %: 30 of 50
        assert!(falls_short(30, 50, 0.8, 20, false) && !falls_short(31, 50, 0.8, 20, false));
    }

    #[test]
    fn k34_forty_eight_percent_of_sixty_and_twenty_four_of_thirty_are_the_lines() {
        assert!(falls_short(480, 1_000, 0.6, 20, true) && !falls_short(481, 1_000, 0.6, 20, true));
        assert!(falls_short(240, 1_000, 0.3, 20, true) && !falls_short(241, 1_000, 0.3, 20, true));
    }

    #[test]
    fn k35_eleven_yuan_are_over_ten_and_thirty_are_on_the_target_of_thirty() {
        // dormant: 220 yuan for 20 touches; growth: 600 for 20
        assert!(is_dear(220.0 / 20.0, 10.0) && !is_dear(600.0 / 20.0, 30.0));
    }

    #[test]
    fn k38_no_case_fires_nothing() {
        assert!(!falls_short(0, 0, 0.8, 20, true) && !above(0, 0, 15) && !below(0, 0, 20));
    }

    #[test]
    fn k54_sixteen_of_a_hundred_lost_fire_and_fifteen_do_not() {
        assert!(above(16, 100, 15) && !above(15, 100, 15));
    }

    #[test]
    fn k37_four_of_twenty_five_are_too_few_and_five_reach_the_goal() {
        assert!(below(4, 25, 20) && !below(5, 25, 20));
    }

    #[test]
    fn g9_three_rises_in_a_row_are_a_run_and_a_gap_or_a_standstill_ends_it() {
        let run = |values: &[f64]| rises(&values.iter().copied().map(Some).collect::<Vec<_>>(), 3);
        assert!(run(&[0.10, 0.11, 0.12, 0.13]));
        assert!(!run(&[0.10, 0.11, 0.11, 0.13]) && !run(&[0.11, 0.12, 0.13]));
        assert!(!rises(&[Some(0.1), None, Some(0.12), Some(0.13)], 3));
    }

    #[test]
    fn k50_k51_k52_k53_the_clocks_run_from_the_trigger() {
        let zone = Zone::default();
        // 2024-05-10 09:00 in Shanghai
        let since = 1_715_302_800_000;
        let by = |id: &str| start_by(rule(id).unwrap().start, since, zone, 5) - since;
        assert_eq!([by("churn"), by("leak"), by("dispute")].map(|ms| ms / HOUR), [72, 1, 24]);
        // the review of May is on 5 June, and the day counts to its end
        let review = from_ms(since + by("overrun"));
        assert_eq!(zone.day(review).to_string(), "2024-06-06");
        assert_eq!(review_after("2024-12-31".parse().unwrap(), 5).to_string(), "2025-01-05");
    }
}
