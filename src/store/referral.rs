//! What referrals say to those who read and to those who write alike: whether somebody was asked for one lately, and who has
//! sent whom.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension};

use super::request::StoreError;

/// Days between two requests for a referral.
const ASKED_DAYS: u64 = 180;

/// Whether a customer was asked for a referral so lately that nobody asks again.
pub fn asked_lately(db: &Connection, customer: i64, today: NaiveDate) -> Result<bool, StoreError> {
    let since = today.checked_sub_days(Days::new(ASKED_DAYS)).unwrap_or(today).to_string();
    Ok(db
        .prepare_cached("SELECT 1 FROM referral WHERE customer_id=?1 AND asked_on>=?2")?
        .exists((customer, since))?)
}

/// Whether a customer has sent another one, by itself or through those it has sent: nobody is sent by whomever they sent.
pub fn sends(db: &Connection, customer: i64, other: i64) -> rusqlite::Result<bool> {
    let mut query = db.prepare_cached("SELECT referrer_id FROM customer WHERE id=?1")?;
    let mut way = vec![other];
    while let Some(last) = way.last().copied() {
        let by: Option<i64> = query.query_row([last], |r| r.get(0)).optional()?.flatten();
        match by {
            Some(by) if by == customer => return Ok(true),
            // an old ring that does not name the customer ends here
            Some(by) if !way.contains(&by) => way.push(by),
            _ => return Ok(false),
        }
    }
    Ok(false)
}
