//! The one place that reads the clock. `GUANXI_NOW` (RFC 3339) sets it, for tests and for reports that must come out the
//! same twice: a command then sees that instant, a session starts at it and goes on.

use std::time::Instant;

use chrono::{DateTime, Utc};

use crate::domain::clock::{Now, Zone};

/// Where the present comes from.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The instant that was set, and when the program started.
    set: Option<(DateTime<Utc>, Instant)>,
}

/// `GUANXI_NOW` is no RFC 3339 instant: what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoInstant(pub String);

impl Clock {
    /// The clock that the environment asks for.
    pub fn from_env() -> Result<Self, NoInstant> {
        let Some(text) = super::env::text("GUANXI_NOW") else { return Ok(Self { set: None }) };
        if text.trim().is_empty() {
            return Ok(Self { set: None });
        }
        let at = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| NoInstant(text))?;
        Ok(Self { set: Some((at.with_timezone(&Utc), Instant::now())) })
    }

    /// The present; a clock that was set goes on from there.
    pub fn now(&self, zone: Zone) -> Now {
        let at = self.set.map_or_else(Utc::now, |(at, started)| {
            at + chrono::Duration::from_std(started.elapsed()).unwrap_or_default()
        });
        Now { at, zone }
    }

    /// The present of a command: a clock that was set stands still.
    pub fn once(&self, zone: Zone) -> Now {
        Now { at: self.set.map_or_else(Utc::now, |(at, _)| at), zone }
    }
}
