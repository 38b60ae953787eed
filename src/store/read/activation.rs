//! The activations of the last half year with their running count by week (K37, G12).

use chrono::{Datelike, Days, Months, NaiveDate};

use super::eyes::Eyes;
use super::row::day;
use crate::domain::activation::{Run, tally};
use crate::store::request::{ActivationRow, Activations, StoreError};

/// Months that the list goes back.
const MONTHS: u32 = 6;
/// Weeks that are counted one by one.
const WEEKS: usize = 8;

/// All of them, the newest first.
pub fn all(eyes: &Eyes) -> Result<Activations, StoreError> {
    let today = eyes.now.today();
    let since = today.checked_sub_months(Months::new(MONTHS)).unwrap_or(today);
    let mut query = eyes.db.prepare_cached(
        "SELECT a.id, a.customer_id, c.code, c.name, p.name, a.cause, a.plan, a.outcome, a.started_on, a.due_on, a.ended_on
         FROM activation a JOIN customer c ON c.id=a.customer_id JOIN person p ON p.id=c.owner_id
         WHERE a.started_on>=?1 ORDER BY a.started_on DESC, a.id DESC LIMIT 2000",
    )?;
    let mut rows = query.query([since.to_string()])?;
    let mut out = Activations::default();
    while let Some(r) = rows.next()? {
        let (Some(started), Some(due)) = (day(r, 8)?, day(r, 9)?) else { continue };
        out.rows.push(ActivationRow {
            id: r.get(0)?,
            customer: r.get(1)?,
            code: r.get(2)?,
            name: r.get(3)?,
            owner: r.get(4)?,
            cause: r.get(5)?,
            plan: r.get(6)?,
            outcome: r.get(7)?,
            started,
            due,
            ended: day(r, 10)?,
        });
    }
    let run = |row: &ActivationRow| Run {
        started: row.started,
        due: row.due,
        deal: row.ended.filter(|_| row.outcome == "won"),
    };
    out.tally = tally(&out.rows.iter().map(run).collect::<Vec<_>>(), today);
    let monday = |on: NaiveDate| {
        on.checked_sub_days(Days::new(u64::from(on.weekday().num_days_from_monday()))).unwrap_or(on)
    };
    let mut weeks: Vec<NaiveDate> = out.rows.iter().map(|row| monday(row.started)).collect();
    weeks.dedup();
    out.weeks = weeks
        .into_iter()
        .take(WEEKS)
        .map(|week| {
            let runs: Vec<Run> = out.rows.iter().filter(|row| monday(row.started) == week).map(run).collect();
            (week, tally(&runs, today))
        })
        .collect();
    Ok(out)
}
