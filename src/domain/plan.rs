//! Plans for a target group or one customer (H41–H44, D54): how far one has come, and what an earlier version said.
//! Pure; the store hands in its tasks.

use chrono::NaiveDate;

/// How far a plan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tasks that are done.
    pub done: usize,
    /// All tasks.
    pub all: usize,
    /// Open tasks whose day has passed.
    pub late: usize,
}

impl Progress {
    /// Counts tasks: whether each is done, and its day.
    pub fn of(tasks: impl IntoIterator<Item = (bool, NaiveDate)>, today: NaiveDate) -> Self {
        let mut progress = Self::default();
        for (done, due) in tasks {
            progress.all += 1;
            progress.done += usize::from(done);
            progress.late += usize::from(!done && due < today);
        }
        progress
    }
}

/// Where a plan may go from a state: written, carried out, closed; a closed one is taken up again.
pub fn next_state(state: &str) -> &'static str {
    if state == "running" { "done" } else { "running" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h43_progress_counts_what_is_done_and_what_is_late() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2024-05-20");
        let tasks = [(true, day("2024-05-01")), (false, day("2024-05-19")), (false, today)];
        let progress = Progress::of(tasks, today);
        assert_eq!(progress, Progress { done: 1, all: 3, late: 1 });
        assert_eq!(
            (next_state("draft"), next_state("running"), next_state("done")),
            ("running", "done", "running")
        );
    }
}
