//! Days as people say them: dues in words, lines of next actions, dates that come back every year, holidays.
//! Everything is counted from a time that is handed in; nothing here reads a clock. What is not understood is a typed
//! error that carries the words, and the layer of texts makes the sentence.

mod actions;
mod around;
mod calendar;
mod holidays;
mod past;
mod refused;
mod scan;
mod soon;
mod split;
mod words;
mod yearly;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use actions::{ActionError, NextAction, parse_actions, parse_written_actions};
pub use calendar::parse_calendar;
pub use holidays::{DayNote, day_note};
pub use past::parse_past;
pub use soon::{call_again, parse_soon};
pub use words::parse_due;
pub use yearly::{Yearly, parse_yearly, years_between};

/// A due: a business day, with a time of day when one was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub day: NaiveDate,
    /// The time.
    pub time: Option<NaiveTime>,
}

impl std::fmt::Display for Due {
    /// `2024-05-20 17:00`, or the day alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.time {
            Some(time) => write!(f, "{} {}", self.day, time.format("%H:%M")),
            None => self.day.fmt(f),
        }
    }
}

impl Due {
    /// Reads what [`Display`](std::fmt::Display) writes, and nothing else.
    pub fn written(text: &str) -> Option<Self> {
        let (day, time) = match text.split_once(' ') {
            Some((day, time)) => (day, Some(NaiveTime::parse_from_str(time, "%H:%M").ok()?)),
            None => (text, None),
        };
        Some(Self { day: day.parse().ok()?, time })
    }
}

/// So many days after a day; the day itself where that is no day of the calendar or the number is below nought.
pub fn after(day: NaiveDate, days: i64) -> NaiveDate {
    u64::try_from(days).ok().and_then(|days| day.checked_add_days(Days::new(days))).unwrap_or(day)
}

/// What a due was counted from (A82).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// A day of the calendar.
    Absolute,
    /// The touch's own time: `2日内`.
    AfterTouch,
    /// An event: `提前3天`; 0 is the day of the event itself.
    BeforeEvent {
        /// So many days before.
        days: u16,
    },
}

/// A due with what it was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// When.
    pub due: Due,
    /// Counted from what.
    pub anchor: Anchor,
}

/// Why words are no due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was written.
    Empty,
    /// Not understood: the words.
    NotADate(String),
    /// A month without a day in it: `9月`.
    Month(String),
    /// No calendar has this day, such as 02-30.
    NoSuchDay(String),
    /// No clock has this hour or minute, such as 25:00.
    NoSuchTime(String),
    /// It counts from an event, and no day of the event is given.
    EventNeeded(String),
    /// More than fifty years away.
    TooFar(String),
}
