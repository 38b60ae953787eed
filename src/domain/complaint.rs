//! The course of a complaint: received, answered by a human, solved, resolved; each with a line until which it has to
//! come (A95–A100, G31, P22). Hours run round the clock and not by business hours (X35). What a clock shows is computed
//! here from the instants alone, so that list, queue, alarm and command line agree.

use serde::{Deserialize, Serialize};

/// The states, in the order in which a complaint passes them.
pub const STATES: &[&str] = &["open", "responded", "solved", "resolved"];
const HOUR: i64 = 60 * 60 * 1000;
/// How the subject is written of a complaint about having been contacted again and again (A99, F25).
const REPEATS: &[&str] = &["重复触达", "重复联系", "repeat contact", "repeated contact"];

/// Whether a subject says that the customer was contacted again and again; spaces around it and case do not matter.
pub fn is_about_repeats(subject: &str) -> bool {
    let subject = subject.trim();
    REPEATS.iter().any(|name| name.eq_ignore_ascii_case(subject))
}

/// The hours within which a complaint is to be answered and solved (P22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// To the first human reply.
    pub answer: i64,
    /// To the solution.
    pub solution: i64,
}

impl Default for Hours {
    fn default() -> Self {
        Self { answer: 24, solution: 48 }
    }
}

/// What a complaint waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The first human reply.
    Answer,
    /// The solution.
    Solution,
    /// The look afterwards whether all is well again.
    Recheck,
    /// Nothing but its closing.
    Closing,
}

/// The instants of a complaint, UTC ms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Received.
    pub opened: i64,
    /// First answered by a human.
    pub answered: Option<i64>,
    /// A solution given.
    pub solved: Option<i64>,
    /// Closed, however it ended.
    pub closed: bool,
    /// The end of the day on which the repair is to be looked at again.
    pub recheck: Option<i64>,
}

impl Course {
    /// The line until which the first reply has to come.
    pub const fn answer_line(&self, hours: Hours) -> i64 {
        self.opened + hours.answer * HOUR
    }

    /// The line until which a solution has to come.
    pub const fn solution_line(&self, hours: Hours) -> i64 {
        self.opened + hours.solution * HOUR
    }

    /// What it waits for next and until when; a closed one waits for nothing.
    pub const fn next(&self, hours: Hours) -> Option<(Line, Option<i64>)> {
        if self.closed {
            return None;
        }
        Some(match (self.answered, self.solved, self.recheck) {
            (None, None, _) => (Line::Answer, Some(self.answer_line(hours))),
            (Some(_), None, _) => (Line::Solution, Some(self.solution_line(hours))),
            (_, Some(_), Some(day)) => (Line::Recheck, Some(day)),
            (_, Some(_), None) => (Line::Closing, None),
        })
    }

    /// How one of the two clocks stands now.
    pub fn clock(&self, line: Line, hours: Hours, now: i64) -> Clock {
        let (due, done) = match line {
            Line::Answer => (self.answer_line(hours), self.answered.or(self.solved)),
            _ => (self.solution_line(hours), self.solved),
        };
        match done {
            Some(at) => Clock::Met { took: at - self.opened, late: at > due },
            None if self.closed => Clock::Stopped,
            None => Clock::Runs { left: due - now },
        }
    }
}

/// How a clock stands; lengths in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It was stopped by what it waited for.
    Met {
        /// How long it took.
        took: i64,
        /// Whether that was too long.
        late: bool,
    },
    /// It runs; below zero it is overdue. The line itself is still in time.
    Runs {
        /// What is left.
        left: i64,
    },
    /// The case was closed before.
    Stopped,
}

impl Clock {
    /// Whether the line was passed.
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Met { late: true, .. } | Self::Runs { left: i64::MIN..0 })
    }
}

/// What somebody does with a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Takes it over.
    Take,
    /// Answers the customer: by which channel, with which words.
    Answer {
        /// Channel id.
        channel: String,
        /// What was said.
        said: String,
    },
    /// Gives a solution, with what repairs the relation and when that is looked at again.
    Solve {
        /// The solution.
        solution: String,
        /// Apology, compensation.
        repair: Option<String>,
        /// When to look again.
        recheck: Option<chrono::NaiveDate>,
    },
    /// Closes it as resolved; what the look afterwards found.
    Resolve {
        /// In words.
        found: Option<String>,
    },
    /// Closes it as one that does not count: `withdrawn` or `invalid`.
    End {
        /// Which.
        how: String,
        /// Why.
        reason: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Received 2024-05-10 09:00; the lines are a day and two days later at the same minute (K41).
    const OPENED: i64 = 1_715_302_800_000;

    fn course(answered: Option<i64>, solved: Option<i64>) -> Course {
        let hours = |h: i64| OPENED + h * HOUR;
        Course {
            opened: OPENED,
            answered: answered.map(hours),
            solved: solved.map(hours),
            ..Course::default()
        }
    }

    #[test]
    fn k41_the_lines_stand_a_day_and_two_days_after_the_receipt() {
        let hours = Hours::default();
        assert_eq!(course(None, None).next(hours), Some((Line::Answer, Some(OPENED + 24 * HOUR))));
        assert_eq!(course(Some(3), None).next(hours), Some((Line::Solution, Some(OPENED + 48 * HOUR))));
        assert_eq!(course(Some(3), Some(30)).next(hours), Some((Line::Closing, None)));
        let closed = Course { closed: true, ..course(Some(3), Some(30)) };
        assert_eq!(closed.next(hours), None);
    }

    #[test]
    fn k41_the_line_itself_is_in_time_and_a_millisecond_later_is_not() {
        let (hours, course) = (Hours::default(), course(None, None));
        let at = |now: i64| course.clock(Line::Answer, hours, now);
        assert_eq!(at(OPENED + 24 * HOUR), Clock::Runs { left: 0 });
        assert!(!at(OPENED + 24 * HOUR).is_late());
        assert!(at(OPENED + 24 * HOUR + 1).is_late());
        let answered = |ms: i64| Course { answered: Some(OPENED + ms), ..course };
        assert!(!answered(24 * HOUR).clock(Line::Answer, hours, 0).is_late());
        assert!(answered(24 * HOUR + 1).clock(Line::Answer, hours, 0).is_late());
    }

    #[test]
    fn a_solution_given_at_once_is_the_first_answer_too_and_a_withdrawn_case_stops_its_clocks() {
        let hours = Hours::default();
        let solved = course(None, Some(2)).clock(Line::Answer, hours, 0);
        assert_eq!(solved, Clock::Met { took: 2 * HOUR, late: false });
        let withdrawn = Course { closed: true, ..course(None, None) };
        assert_eq!(withdrawn.clock(Line::Solution, hours, i64::MAX), Clock::Stopped);
    }
}
