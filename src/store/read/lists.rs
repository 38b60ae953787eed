//! The short lists: strategy table, saved views, people, tags, settings.

use rusqlite::params_from_iter;

use super::eyes::Eyes;
use super::filter::conditions;
use crate::domain::filter;
use crate::domain::money::Fen;
use crate::domain::people::Role;
use crate::store::request::{PersonRow, StoreError, StrategyRow, ViewRow};

/// Customers of a view that are counted at the most.
const COUNTED: u64 = 10_000;

/// The strategy table of a scheme with its live figures (A149).
pub fn strategy(eyes: &Eyes, scheme: &str) -> Result<Vec<StrategyRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT s.id, s.class, s.goal, s.scene, s.content, s.script, s.channels, s.post, p.name, s.budget_fen, s.bound,
                s.cap_count, s.cap_window, s.load_low, s.load_high, s.source
         FROM strategy s LEFT JOIN person p ON p.id=s.person_id WHERE s.scheme=?1 ORDER BY s.position",
    )?;
    let mut rows = query.query([scheme])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let class: String = r.get(1)?;
        let touches: Vec<(String, i64, i64)> = eyes
            .db
            .prepare_cached("SELECT kind, ideal_days, worst_days FROM strategy_touch WHERE strategy_id=?1 ORDER BY ideal_days")?
            .query_map([r.get::<_, i64>(0)?], |t| Ok((t.get(0)?, t.get(1)?, t.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let worst = touches.iter().map(|t| t.2).min();
        let (accounts, on_cadence) = live(eyes, scheme, &class, worst)?;
        let channels: String = r.get(6)?;
        let cap: Option<i64> = r.get(11)?;
        let window: Option<String> = r.get(12)?;
        let low: Option<i64> = r.get(13)?;
        out.push(StrategyRow {
            class,
            goal: r.get(2)?,
            scene: r.get(3)?,
            content: r.get(4)?,
            script: r.get(5)?,
            channels: channels.split(',').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
            post: r.get(7)?,
            person: r.get(8)?,
            budget: r.get::<_, Option<i64>>(9)?.map(Fen),
            bound: r.get(10)?,
            cap: cap.zip(window),
            touches,
            load: low.zip(r.get(14)?),
            source: r.get(15)?,
            accounts,
            on_cadence,
        });
    }
    Ok(out)
}

/// Customers of a class now, and those of them touched within the worst interval of its shortest touch.
fn live(eyes: &Eyes, scheme: &str, class: &str, worst: Option<i64>) -> Result<(i64, i64), StoreError> {
    let sql = match scheme {
        "segment" => {
            "SELECT count(*), count(CASE WHEN last_touch>=?2 THEN 1 END) FROM facts WHERE segment=?1"
        }
        "grade" => "SELECT count(*), count(CASE WHEN last_touch>=?2 THEN 1 END) FROM facts WHERE grade=?1",
        "lifecycle" => {
            "SELECT count(*), count(CASE WHEN last_touch>=?2 THEN 1 END) FROM facts WHERE lifecycle=?1"
        }
        _ => {
            "SELECT count(*), count(CASE WHEN f.last_touch>=?2 THEN 1 END) FROM class c JOIN facts f
              ON f.customer_id=c.customer_id WHERE c.value=?1"
        }
    };
    let since = eyes.now.at - chrono::Duration::days(worst.unwrap_or(36_500));
    Ok(eyes
        .db
        .prepare_cached(sql)?
        .query_row((class, since.timestamp_millis()), |r| Ok((r.get(0)?, r.get(1)?)))?)
}

/// Saved views: everybody's and one's own.
pub fn views(eyes: &mut Eyes) -> Result<Vec<ViewRow>, StoreError> {
    let mut rows: Vec<ViewRow> = eyes
        .db
        .prepare_cached(
            "SELECT id, name, filter, sort, descending, person_id IS NULL FROM saved_view
             WHERE person_id IS NULL OR person_id=?1 ORDER BY position, id",
        )?
        .query_map([eyes.actor.id.0], |r| {
            Ok(ViewRow {
                id: r.get(0)?,
                name: r.get(1)?,
                filter: r.get(2)?,
                sort: r.get(3)?,
                descending: r.get(4)?,
                shared: r.get(5)?,
                count: 0,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for view in &mut rows {
        // a view that a newer program has saved may not read here; it shows without a count
        if let Ok(filter) = filter::parse(&view.filter) {
            let conditions = conditions(eyes, &filter)?;
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM facts f {} LIMIT {COUNTED})",
                conditions.clause()
            );
            view.count =
                eyes.db.prepare_cached(&sql)?.query_row(params_from_iter(conditions.bound), |r| r.get(0))?;
        }
    }
    Ok(rows)
}

/// People who work here.
pub fn people(db: &rusqlite::Connection) -> Result<Vec<PersonRow>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, login, name, role, department, post FROM person WHERE state='active' ORDER BY id",
    )?;
    let rows = query.query_map([], |r| {
        Ok(PersonRow {
            id: r.get(0)?,
            login: r.get(1)?,
            name: r.get(2)?,
            role: Role::from_id(&r.get::<_, String>(3)?).unwrap_or(Role::Viewer),
            department: r.get(4)?,
            post: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All settings as they stand.
pub fn settings(db: &rusqlite::Connection) -> Result<Vec<(String, String)>, StoreError> {
    use crate::store::settings::{KEYS, get};
    KEYS.iter().map(|key| Ok(((*key).to_owned(), get(db, key)?))).collect()
}
