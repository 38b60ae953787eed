//! Contact caps: so many touches in a window that rolls with the touch or lies in the company's calendar.

use chrono::{DateTime, Datelike, Days, Duration, Months, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::clock::Zone;

/// The time over which a cap counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    /// The seven times twenty-four hours up to the touch.
    #[serde(rename = "7_days")]
    SevenDays,
    /// Monday to Sunday.
    #[serde(rename = "week")]
    Week,
    /// The calendar month.
    #[serde(rename = "month")]
    Month,
}

impl Window {
    /// All of them, by id.
    pub const IDS: &'static [&'static str] = &["7_days", "week", "month"];

    /// The id as stored.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SevenDays => "7_days",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The window with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::SevenDays, Self::Week, Self::Month].into_iter().find(|w| w.id() == id)
    }

    /// The window that ends with a touch at `at`, or in which it lies: UTC ms of its first instant and of the first one
    /// after it. A touch exactly seven days earlier lies before a rolling window.
    pub fn around(self, at: DateTime<Utc>, zone: Zone) -> (i64, i64) {
        let day = zone.day(at);
        let (from, until) = match self {
            Self::SevenDays => {
                let ms = at.timestamp_millis();
                return (ms - Duration::days(7).num_milliseconds() + 1, ms + 1);
            }
            Self::Week => {
                let back = u64::from(day.weekday().num_days_from_monday());
                let monday = day.checked_sub_days(Days::new(back)).unwrap_or(day);
                (monday, monday.checked_add_days(Days::new(7)))
            }
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                (first, first.checked_add_months(Months::new(1)))
            }
        };
        (zone.start(from).timestamp_millis(), zone.start(until.unwrap_or(from)).timestamp_millis())
    }
}

/// How many touches of our own accord a customer gets in a window, all departments together (D31–D33, D35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// How many.
    pub count: i64,
    /// In which window.
    pub window: Window,
}
