//! Alarms: the list, and how many are mine. Open ones are read through the indexes that hold the open ones only.

use super::eyes::Eyes;
use crate::domain::alarm::Fact;
use crate::store::request::{AlarmRow, Steps, StoreError, Which};
use crate::store::settings;

/// Rows that a list shows at most.
const MOST: usize = 500;

/// Alarms, the gravest and the most urgent first; closed ones last, the newest first.
pub fn list(eyes: &mut Eyes, which: Which) -> Result<Vec<AlarmRow>, StoreError> {
    let mine = eyes.mine()?;
    let condition = match which {
        Which::Open => "a.state<>'closed'".to_owned(),
        Which::Mine => format!("a.state<>'closed' AND (a.owner_id IN ({mine}) OR a.climbed_to IN ({mine}))"),
        Which::All => "1".to_owned(),
    };
    rows(eyes, &condition, (0, 0))
}

/// Alarms that were raised before `until` and not closed before `from` (UTC ms), the first raised first.
pub fn between(eyes: &mut Eyes, from: i64, until: i64) -> Result<Vec<AlarmRow>, StoreError> {
    let mut rows = rows(eyes, "a.raised_at<?2 AND coalesce(a.closed_at>=?1,1)", (from, until))?;
    rows.sort_by_key(|row| (row.raised_at, row.id));
    Ok(rows)
}

fn rows(eyes: &mut Eyes, condition: &str, (from, until): (i64, i64)) -> Result<Vec<AlarmRow>, StoreError> {
    let mine = eyes.mine()?;
    let sql = format!(
        "SELECT a.id, a.rev, a.rule, a.level, a.customer_id, c.code, c.name, a.segment, p.name, a.subject, a.period,
                a.figures, a.note, a.since, a.raised_at, a.start_by, a.post, o.name, a.climbed, u.name, a.state, k.name,
                a.ticked, a.ended, a.result, d.name, a.closed_at, a.owner_id IN ({mine}) OR coalesce(a.climbed_to IN ({mine}),0), c.owner_id
         FROM alarm a JOIN person o ON o.id=a.owner_id LEFT JOIN customer c ON c.id=a.customer_id
         LEFT JOIN person p ON p.id=a.person_id LEFT JOIN person u ON u.id=a.climbed_to
         LEFT JOIN person k ON k.id=a.acknowledged_by LEFT JOIN person d ON d.id=a.closed_by
         WHERE {condition} AND ?1+?2 IS NOT NULL ORDER BY a.raised_at DESC, a.id DESC LIMIT {MOST}"
    );
    let now = eyes.now.ms();
    let mut rows: Vec<(AlarmRow, Option<i64>)> = {
        let mut query = eyes.db.prepare_cached(&sql)?;
        let found = query.query_map((from, until), |r| {
            let (rule, figures, state): (String, String, String) = (r.get(2)?, r.get(11)?, r.get(20)?);
            let (start_by, ticked): (i64, i64) = (r.get(15)?, r.get(22)?);
            let row = AlarmRow {
                id: r.get(0)?,
                rev: r.get(1)?,
                level: r.get(3)?,
                customer: r.get(4)?,
                code: r.get(5)?,
                name: r.get(6)?,
                segment: r.get(7)?,
                person: r.get(8)?,
                subject: r.get(9)?,
                period: r.get(10)?,
                figures: serde_json::from_str(&figures).unwrap_or_default(),
                note: r.get(12)?,
                since: r.get(13)?,
                raised_at: r.get(14)?,
                start_by,
                overdue: state != "closed" && ticked == 0 && now > start_by,
                post: r.get(16)?,
                owner: r.get(17)?,
                climbed: r.get(18)?,
                climbed_to: r.get(19)?,
                acknowledged_by: r.get(21)?,
                ticked: Steps::of(&rule, ticked),
                ended: r.get(23)?,
                result: r.get(24)?,
                closed_by: r.get(25)?,
                closed_at: r.get(26)?,
                mine: r.get(27)?,
                rule,
                state,
            };
            Ok((row, r.get(28)?))
        })?;
        found.collect::<rusqlite::Result<_>>()?
    };
    let team = settings::get(eyes.db, "emergency_team")?;
    for (row, owner) in &mut rows {
        if row.rule == "churn_rate" && !team.is_empty() {
            row.note = Some(team.clone());
        }
        if let (Some(customer), Some(owner)) = (row.customer, *owner)
            && !eyes.sees(customer, owner)?
        {
            row.figures.retain(|fact: &Fact| fact.unit != "yuan");
        }
    }
    let mut rows: Vec<AlarmRow> = rows.into_iter().map(|(row, _)| row).collect();
    let level = |row: &AlarmRow| ["high", "medium", "low"].iter().position(|l| *l == row.level);
    rows.sort_by_key(|row| match row.state.as_str() {
        "closed" => (1, None, -row.closed_at.unwrap_or(0)),
        _ => (0, level(row), row.start_by),
    });
    Ok(rows)
}

/// Open alarms that are mine or those of whom I stand in for, those that have climbed too: how many, and the newest's
/// number, 0 where there is none.
pub fn mine(eyes: &Eyes) -> Result<(usize, i64), StoreError> {
    let mine = eyes.mine()?;
    let sql = format!(
        "SELECT count(*), coalesce(max(id),0) FROM
           (SELECT id FROM alarm WHERE state<>'closed' AND owner_id IN ({mine})
            UNION SELECT id FROM alarm WHERE state<>'closed' AND climbed_to IS NOT NULL AND climbed_to IN ({mine}))"
    );
    Ok(eyes.db.prepare_cached(&sql)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?)))?)
}
