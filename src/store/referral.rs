//! What referrals say to those who read and to those who write alike: whether somebody was asked for one lately.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

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
