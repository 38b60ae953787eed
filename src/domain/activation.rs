//! Activation of high-potential customers: how many of those whose days are over have become customers (K37, G12, kpis.md
//! `activation`). What is still running is counted apart, so that a fresh month is not judged before its time.

use chrono::NaiveDate;

/// What a company wants to reach, in percent (P27).
pub const TARGET: i64 = 20;

/// One activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// When it began.
    pub started: NaiveDate,
    /// The last day on which a deal counts.
    pub due: NaiveDate,
    /// The day of the deal, if there was one.
    pub deal: Option<NaiveDate>,
}

/// The count of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// With a deal in time, of those whose days are over.
    pub won: i64,
    /// Those whose days are over.
    pub of: i64,
    /// Those that are still running.
    pub running: i64,
    /// Deals among the running ones so far.
    pub early: i64,
}

impl Tally {
    /// Whether the target is reached, the line itself included; none where nothing can be judged yet.
    pub const fn reached(self) -> Option<bool> {
        if self.of == 0 { None } else { Some(self.won * 100 >= TARGET * self.of) }
    }
}

/// Counts activations as of a day: a deal after the last day does not count.
pub fn tally(runs: &[Run], today: NaiveDate) -> Tally {
    let mut out = Tally::default();
    for run in runs.iter().filter(|run| run.started <= today) {
        let won = i64::from(run.deal.is_some_and(|on| on >= run.started && on <= run.due && on <= today));
        if run.due < today {
            out.of += 1;
            out.won += won;
        } else {
            out.running += 1;
            out.early += won;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn runs(all: usize, deals: usize, on: &str) -> Vec<Run> {
        (0..all)
            .map(|n| Run {
                started: day("2024-05-01"),
                due: day("2024-05-31"),
                deal: (n < deals).then(|| day(on)),
            })
            .collect()
    }

    #[test]
    fn k37_five_of_twenty_five_are_on_target_four_are_not_and_day_31_does_not_count() {
        let on = |deals, at: &str| tally(&runs(25, deals, at), day("2024-06-02"));
        assert_eq!(on(5, "2024-05-31"), Tally { won: 5, of: 25, running: 0, early: 0 });
        assert_eq!(on(5, "2024-05-31").reached(), Some(true));
        assert_eq!(on(4, "2024-05-31").reached(), Some(false));
        assert_eq!(on(5, "2024-06-01").won, 0);
    }

    #[test]
    fn what_is_still_running_is_not_judged() {
        let running = tally(&runs(3, 1, "2024-05-10"), day("2024-05-31"));
        assert_eq!(running, Tally { won: 0, of: 0, running: 3, early: 1 });
        assert_eq!(running.reached(), None);
        assert_eq!(tally(&runs(3, 1, "2024-05-10"), day("2024-04-30")), Tally::default());
    }
}
