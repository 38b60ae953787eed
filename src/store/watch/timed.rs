//! What a clock alone brings: complaints and requests over their lines, alarms that nobody has begun in time, and alarms
//! whose cause is over. Open ones are few among very many and are read through the indexes that hold the open ones only.

use rusqlite::Connection;

use crate::domain::alarm::{Fact, rule};
use crate::domain::clock::Now;
use crate::store::alarm::Cause;
use crate::store::request::StoreError;
use crate::store::settings;

const HOUR: i64 = 60 * 60 * 1000;

/// Complaints and requests whose line has passed; the line itself is in time (K21, K41).
pub fn causes(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    let mut out = Vec::new();
    for (id, hours, done) in [
        ("complaint_answer", "complaint_answer_hours", "responded_at IS NULL AND solved_at IS NULL"),
        ("complaint_solution", "complaint_solve_hours", "solved_at IS NULL"),
    ] {
        let Some(rule) = rule(id) else { continue };
        let span = settings::number(db, hours)? * HOUR;
        let mut query = db.prepare_cached(&format!(
            "SELECT k.id, k.customer_id, k.opened_at FROM complaint k
             WHERE k.state<>'resolved' AND k.opened_at<?1 AND {done}
               AND NOT EXISTS(SELECT 1 FROM alarm a WHERE a.rule=?2 AND a.subject='complaint:'||k.id AND a.period='')"
        ))?;
        let rows = query.query_map((now.ms() - span, id), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        for row in rows {
            let (complaint, customer, opened): (i64, i64, i64) = row?;
            let waits = (now.ms() - opened) / HOUR;
            let cause = Cause::new(rule, format!("complaint:{complaint}"), String::new(), opened + span);
            out.push(cause.of_customer(customer).with(vec![
                Fact::new("waits", waits as f64, "hours"),
                Fact::new("line", (span / HOUR) as f64, "hours"),
            ]));
        }
    }
    if let Some(rule) = rule("request") {
        let mut query = db.prepare_cached(
            "SELECT q.id, q.customer_id, q.asked_at, q.due_at, q.department FROM request q
             WHERE q.state IN ('open','taken') AND q.department IN ('sales','service','marketing','operations','other')
               AND q.due_at<?1
               AND NOT EXISTS(SELECT 1 FROM alarm a WHERE a.rule='request' AND a.subject='request:'||q.id AND a.period='')",
        )?;
        let rows =
            query.query_map([now.ms()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?;
        for row in rows {
            let (request, customer, asked, due, department): (i64, i64, i64, i64, String) = row?;
            let cause = Cause::new(rule, format!("request:{request}"), String::new(), due);
            let facts = vec![
                Fact::new("waits", (now.ms() - asked) as f64 / HOUR as f64, "hours"),
                Fact::new("line", (due - asked) as f64 / HOUR as f64, "hours"),
            ];
            out.push(Cause { department: Some(department), ..cause.of_customer(customer).with(facts) });
        }
    }
    Ok(out)
}

/// Open alarms about a complaint or a request that has got what it waited for.
pub fn gone(db: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut out = Vec::new();
    for sql in [
        "SELECT a.id FROM alarm a JOIN complaint k ON k.id=CAST(substr(a.subject,11) AS INTEGER)
         WHERE a.state<>'closed' AND a.rule='complaint_answer'
           AND (k.responded_at IS NOT NULL OR k.solved_at IS NOT NULL OR k.state='resolved')",
        "SELECT a.id FROM alarm a JOIN complaint k ON k.id=CAST(substr(a.subject,11) AS INTEGER)
         WHERE a.state<>'closed' AND a.rule='complaint_solution' AND (k.solved_at IS NOT NULL OR k.state='resolved')",
        "SELECT a.id FROM alarm a JOIN request q ON q.id=CAST(substr(a.subject,9) AS INTEGER)
         WHERE a.state<>'closed' AND a.rule='request' AND q.state NOT IN ('open','taken')",
    ] {
        let mut query = db.prepare_cached(sql)?;
        for id in query.query_map([], |r| r.get(0))? {
            out.push(id?);
        }
    }
    Ok(out)
}

/// Alarms that nobody has begun in time.
pub fn climbing(db: &Connection, now: Now) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id FROM alarm WHERE state<>'closed' AND climb_at IS NOT NULL AND climb_at<?1",
    )?;
    let ids = query.query_map([now.ms()], |r| r.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}
