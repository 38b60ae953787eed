//! Requests of one department to another about a customer, with the clock that the handbook gives them (E17, E18, G21,
//! P23). Who may take and answer one is decided here; the store asks.

use serde::{Deserialize, Serialize};

use super::complaint::Clock;

const HOUR: i64 = 60 * 60 * 1000;

/// Until when a request is to be answered, where nobody says: UTC ms after it was asked.
pub const fn due(asked: i64, hours: i64) -> i64 {
    asked + hours * HOUR
}

/// How its clock stands: in time is what was answered by its due (K21).
pub fn clock(asked: i64, due: i64, answered: Option<i64>, now: i64) -> Clock {
    match answered {
        Some(at) => Clock::Met { took: at - asked, late: at > due },
        None => Clock::Runs { left: due - now },
    }
}

/// What somebody does with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Takes it over.
    Take,
    /// Answers it.
    Answer(String),
    /// Refuses it: it belongs elsewhere or cannot be done, and why.
    Refuse(String),
    /// Has read the answer: closed.
    Close,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k21_two_hours_to_the_minute_are_in_time() {
        const MINUTE: i64 = 60_000;
        let due = due(0, 2);
        let took = |minutes: i64| clock(0, due, Some(minutes * MINUTE), 0).is_late();
        assert_eq!([110, 120, 121].map(took), [false, false, true]);
        assert!(!clock(0, due, None, 120 * MINUTE).is_late());
        assert!(clock(0, due, None, 120 * MINUTE + 1).is_late());
    }
}
