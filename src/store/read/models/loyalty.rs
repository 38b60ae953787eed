//! Who is loyal: the frequency scores of RFM beside the answers and renewals of the last 365 days. Three walks, none by
//! customer.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::models::loyalty::{likes, stays};
use crate::domain::models::rfm::Scores;
use crate::store::request::{Attitude, Loyalty, StoreError};

/// Days in which answers and renewals count.
const YEAR: u64 = 365;

/// How many customers are what, of those who were scored.
pub fn counts(
    db: &Connection,
    as_of: NaiveDate,
    customers: &[i64],
    scores: &[Scores],
) -> Result<Loyalty, StoreError> {
    let mut found = Loyalty::default();
    for (_, attitude) in each(db, as_of, customers, scores)? {
        let place = match attitude {
            Attitude::Unknown => &mut found.unknown,
            Attitude::TrueLoyal => &mut found.true_loyal,
            Attitude::Inertia => &mut found.inertia,
            Attitude::Latent => &mut found.latent,
            Attitude::None => &mut found.none,
        };
        *place += 1;
    }
    Ok(found)
}

/// What each of those who were scored is.
pub fn each<'c>(
    db: &Connection,
    as_of: NaiveDate,
    customers: &'c [i64],
    scores: &'c [Scores],
) -> Result<impl Iterator<Item = (i64, Attitude)> + use<'c>, StoreError> {
    let from = as_of.checked_sub_days(Days::new(YEAR - 1)).unwrap_or(as_of).to_string();
    let span = (from, as_of.to_string());
    // the latest vote and the latest score of each, whichever answer they stand in
    let mut answers: HashMap<i64, (Option<i64>, Option<i64>)> = HashMap::new();
    let mut query = db.prepare_cached(
        "SELECT customer_id, nps, score FROM survey WHERE answered_on>=?1 AND answered_on<=?2
         ORDER BY answered_on, coalesce(answered_at, id)",
    )?;
    let mut rows = query.query((&span.0, &span.1))?;
    while let Some(r) = rows.next()? {
        let answer = answers.entry(r.get(0)?).or_default();
        let (vote, score): (Option<i64>, Option<i64>) = (r.get(1)?, r.get(2)?);
        *answer = (vote.or(answer.0), score.or(answer.1));
    }
    let mut query =
        db.prepare_cached("SELECT customer_id FROM contract WHERE renewed_on>=?1 AND renewed_on<=?2")?;
    let renewed: HashSet<i64> =
        query.query_map((&span.0, &span.1), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(customers.iter().zip(scores).map(move |(customer, [_, frequency, _])| {
        let (vote, score) = answers.get(customer).copied().unwrap_or_default();
        let attitude = match (stays(*frequency, renewed.contains(customer)), likes(vote, score)) {
            (_, None) => Attitude::Unknown,
            (true, Some(true)) => Attitude::TrueLoyal,
            (true, Some(false)) => Attitude::Inertia,
            (false, Some(true)) => Attitude::Latent,
            (false, Some(false)) => Attitude::None,
        };
        (*customer, attitude)
    }))
}
