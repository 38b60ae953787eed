//! What the touches of one customer come to: the first, the last, the last in both directions, and how many tries in a row
//! found no answer (B9, P30).

use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::Connection;

use super::habits::Habits;
use crate::domain::clock::{Now, from_ms};
use crate::store::request::StoreError;

/// Days that an answer may take (kpis.md, response).
const ANSWER: i64 = 7;
/// Tries in a row that are counted at most; the table of metrics says so.
const TRIES: i64 = 20;

/// What touches come to.
pub struct Talk {
    now: Now,
    first: Option<i64>,
    /// UTC ms of the last touch.
    pub last: Option<i64>,
    /// UTC ms of the last touch in both directions.
    pub two_way: Option<i64>,
    /// Tries in a row without an answer, each older than the time an answer may take.
    pub unanswered: i64,
    /// The days on which time alone changes this.
    pub stale: Vec<NaiveDate>,
}

impl Talk {
    /// Nobody has talked yet.
    pub const fn none(now: Now) -> Self {
        Self { now, first: None, last: None, two_way: None, unanswered: 0, stale: Vec::new() }
    }

    fn day(&self, ms: Option<i64>) -> Option<NaiveDate> {
        ms.map(from_ms).map(|at: DateTime<Utc>| self.now.zone.day(at))
    }

    /// The day of the first touch.
    pub fn first_on(&self) -> Option<NaiveDate> {
        self.day(self.first)
    }

    /// The day of the last touch.
    pub fn last_on(&self) -> Option<NaiveDate> {
        self.day(self.last)
    }

    /// The day of the last touch in both directions.
    pub fn two_way_on(&self) -> Option<NaiveDate> {
        self.day(self.two_way)
    }
}

/// Reads them.
pub fn talk(db: &Connection, id: i64, now: Now, habits: Habits) -> Result<Talk, StoreError> {
    let range = (id << 20, ((id + 1) << 20) - 1);
    let (first, last, two_way): (Option<i64>, Option<i64>, Option<i64>) = db
        .prepare_cached(
            "SELECT min(at), max(at), max(CASE WHEN responded=1 OR kind='inbound' OR (?3 AND reached=1) THEN at END)
             FROM touch WHERE id BETWEEN ?1 AND ?2",
        )?
        .query_row((range.0, range.1, !habits.two_way_only), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    // a claim is an answer, on the day of the claim and not on that of the touch that brought the coupon (K15)
    let claimed: Option<String> = db
        .prepare_cached("SELECT max(claimed_on) FROM coupon WHERE customer_id=?1")?
        .query_row([id], |r| r.get(0))?;
    let claimed = claimed.and_then(|day| day.parse().ok()).map(|day| now.zone.start(day).timestamp_millis());
    let two_way: Option<i64> = Option::max(two_way, claimed);
    let mut talk = Talk { first, last, two_way, ..Talk::none(now) };
    if last == two_way {
        return Ok(talk);
    }
    let mut query = db.prepare_cached(
        "SELECT at FROM touch WHERE id BETWEEN ?1 AND ?2 AND kind='proactive' AND at>?3 ORDER BY at DESC LIMIT ?4",
    )?;
    let mut rows = query.query((range.0, range.1, two_way.unwrap_or(i64::MIN), TRIES))?;
    while let Some(row) = rows.next()? {
        let day = now.zone.day(from_ms(row.get(0)?));
        if (now.today() - day).num_days() > ANSWER {
            talk.unanswered += 1;
        } else {
            talk.stale.extend(day.checked_add_days(Days::new(ANSWER.unsigned_abs() + 1)));
        }
    }
    Ok(talk)
}
