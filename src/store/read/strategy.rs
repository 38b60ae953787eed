//! The strategy table of a scheme with its live figures, from counts that are kept (`facts/tally`): it opens at a million
//! customers without reading one of them. Also festivals and seasons.

use chrono::{Datelike, Days};
use rusqlite::Connection;

use super::budget;
use super::eyes::Eyes;
use crate::domain::cadence::Beat;
use crate::domain::money::Fen;
use crate::domain::overlay::Season;
use crate::domain::strategy::{Kept, Load, load, missing, people_needed, percent, touches_a_year};
use crate::store::facts::COLUMNS;
use crate::store::request::{OverlayRow, StoreError, StrategyRow};
use crate::store::settings;

/// The rows of a scheme as a version keeps them, in their order.
pub fn kept(db: &Connection, scheme: &str) -> Result<Vec<Kept>, StoreError> {
    Ok(table(db, scheme)?.into_iter().map(|(_, _, _, kept)| kept).collect())
}

/// Id, revision, source and content of each row.
fn table(db: &Connection, scheme: &str) -> Result<Vec<(i64, i64, String, Kept)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT s.id, s.rev, s.source, s.class, s.goal, s.scene, s.content, s.script, s.channels, s.post, p.name,
                s.budget_fen, s.bound, s.cap_count, s.cap_window, s.load_low, s.load_high, s.resources, s.touch_fen
         FROM strategy s LEFT JOIN person p ON p.id=s.person_id WHERE s.scheme=?1 ORDER BY s.position, s.id",
    )?;
    let mut rows = query.query([scheme])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let id: i64 = r.get(0)?;
        let kept = Kept {
            class: r.get(3)?,
            goal: r.get(4)?,
            scene: r.get(5)?,
            content: r.get(6)?,
            script: r.get(7)?,
            channels: r.get(8)?,
            post: r.get(9)?,
            person: r.get(10)?,
            budget_fen: r.get(11)?,
            bound: r.get(12)?,
            cap_count: r.get(13)?,
            cap_window: r.get(14)?,
            load_low: r.get(15)?,
            load_high: r.get(16)?,
            resources: r.get(17)?,
            touch_fen: r.get(18)?,
            touches: beats(db, id)?,
        };
        out.push((id, r.get(1)?, r.get(2)?, kept));
    }
    Ok(out)
}

/// The touch kinds of a row, the most frequent first.
pub fn beats(db: &Connection, row: i64) -> Result<Vec<Beat>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT kind, ideal_days, worst_days FROM strategy_touch WHERE strategy_id=?1 ORDER BY ideal_days, kind",
    )?;
    let days = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    let found = query
        .query_map([row], |r| Ok(Beat { kind: r.get(0)?, ideal: days(r.get(1)?), worst: days(r.get(2)?) }))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// The strategy table of a scheme (A149); classes that have customers and no row stand at its end.
pub fn rows(eyes: &Eyes, scheme: &str) -> Result<Vec<StrategyRow>, StoreError> {
    let db = eyes.db;
    let mut out = Vec::new();
    for (id, rev, source, kept) in table(db, scheme)? {
        let lacks = missing(&kept);
        let person_id =
            db.prepare_cached("SELECT person_id FROM strategy WHERE id=?1")?.query_row([id], |r| r.get(0))?;
        out.push(StrategyRow {
            id,
            rev,
            goal: kept.goal,
            scene: kept.scene,
            content: kept.content,
            script: kept.script,
            channels: kept.channels.split(',').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
            post: kept.post,
            person: kept.person,
            person_id,
            budget: kept.budget_fen.map(Fen),
            bound: kept.bound,
            touch_cost: kept.touch_fen.map(Fen),
            cap: kept.cap_count.zip(kept.cap_window),
            planned: touches_a_year(&kept.touches),
            touches: kept
                .touches
                .into_iter()
                .map(|b| (b.kind, i64::from(b.ideal), i64::from(b.worst)))
                .collect(),
            load: kept.load_low.zip(kept.load_high),
            resources: kept.resources,
            source,
            missing: lacks,
            class: kept.class,
            ..StrategyRow::default()
        });
    }
    for class in classes(db, scheme)? {
        if !out.iter().any(|row| row.class == class) {
            let lacks = vec!["goal", "content", "channels", "touches", "post", "person"];
            out.push(StrategyRow { class, missing: lacks, ..StrategyRow::default() });
        }
    }
    // touches and gifts are counted with the customers; whatever runs against the budget besides is looked up
    let besides = match COLUMNS.iter().find(|column| **column == scheme) {
        Some(column) if budget::all_counts(db)? => budget::besides(db, column, eyes.now.today().year())?,
        _ => Vec::new(),
    };
    for row in &mut out {
        live(eyes, scheme, row)?;
        let more = besides.iter().find(|(class, _)| *class == row.class).map_or(0, |(_, fen)| *fen);
        row.spent = row.spent.map(|spent| Fen(spent.0 + more));
        row.spent_percent =
            row.spent.and_then(|spent| percent(spent.0, row.budget.map(|b| b.0 * row.accounts)));
    }
    Ok(out)
}

/// The column of the customer in which a scheme's class stands, if it does.
fn by_hand(scheme: &str) -> Option<&'static str> {
    ["depth", "relation", "need"].into_iter().find(|s| *s == scheme)
}

/// The classes of a scheme that customers have.
fn classes(db: &Connection, scheme: &str) -> Result<Vec<String>, StoreError> {
    if COLUMNS.contains(&scheme) {
        let mut query = db.prepare_cached(
            "SELECT class FROM tally WHERE scheme=?1 GROUP BY class HAVING sum(accounts)>0 ORDER BY class",
        )?;
        return Ok(query.query_map([scheme], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?);
    }
    // by steps from one value to the next, so that no class is read more than once
    let next = match by_hand(scheme) {
        Some(column) => format!("SELECT min({column}) FROM customer WHERE {column}>?2 AND ?1=?1"),
        None => "SELECT min(value) FROM class WHERE scheme=?1 AND value>?2".to_owned(),
    };
    let mut out: Vec<String> = Vec::new();
    loop {
        let last = out.last().cloned().unwrap_or_default();
        let found: Option<String> = db.prepare_cached(&next)?.query_row((scheme, last), |r| r.get(0))?;
        match found {
            Some(class) if out.len() < 50 => out.push(class),
            _ => return Ok(out),
        }
    }
}

/// People with their number of accounts.
pub type Heads = Vec<(String, i64)>;

/// Who has how many accounts of a class, the most first.
pub fn heads(db: &Connection, scheme: &str, class: &str) -> Result<Heads, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT p.name, t.accounts FROM tally t JOIN person p ON p.id=t.owner_id
         WHERE t.scheme=?1 AND t.class=?2 AND t.accounts>0 ORDER BY t.accounts DESC, p.name",
    )?;
    Ok(query.query_map([scheme, class], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// Puts the live figures of a class beside its row.
fn live(eyes: &Eyes, scheme: &str, row: &mut StrategyRow) -> Result<(), StoreError> {
    let db = eyes.db;
    if !COLUMNS.contains(&scheme) {
        let sql = match by_hand(scheme) {
            Some(column) => format!("SELECT count(*) FROM customer WHERE {column}=?2 AND ?1=?1"),
            None => "SELECT count(*) FROM class WHERE scheme=?1 AND value=?2".to_owned(),
        };
        row.accounts = db.prepare_cached(&sql)?.query_row([scheme, &row.class], |r| r.get(0))?;
        return Ok(());
    }
    let today = eyes.now.today();
    let sunday = today
        .checked_add_days(Days::new(6 - u64::from(today.weekday().num_days_from_monday())))
        .unwrap_or(today);
    let (accounts, spent, touches): (i64, i64, i64) = db
        .prepare_cached(
            "SELECT coalesce(sum(accounts),0), coalesce(sum(cost_fen),0), coalesce(sum(touches),0)
             FROM tally WHERE scheme=?1 AND class=?2",
        )?
        .query_row([scheme, &row.class], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let mut clock = db.prepare_cached(
        "SELECT coalesce(sum(accounts),0), coalesce(sum(CASE WHEN day<=?4 THEN accounts END),0)
         FROM tally_day WHERE scheme=?1 AND class=?2 AND what=?3",
    )?;
    let mut clock = |what: &str, until: chrono::NaiveDate| {
        clock.query_row((scheme, &row.class, what, until.to_string()), |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?))
        })
    };
    let (clocked, late) = clock("late", today)?;
    let (_, due_week) = clock("on", sunday)?;
    let people = heads(db, scheme, &row.class)?;
    row.accounts = accounts;
    row.clocked = clocked;
    row.on_cadence = clocked - late;
    row.due_week = due_week;
    row.heads = i64::try_from(people.len()).unwrap_or(0);
    row.spent = Some(Fen(spent));
    row.feasible_cost = row.touch_cost.or_else(|| (touches > 0).then(|| Fen(spent / touches)));
    let planned = row.feasible_cost.map(|cost| cost.0 * row.planned);
    row.feasible_line = settings::number(db, "feasible_percent")?;
    row.feasible_percent = planned.and_then(|fen| percent(fen, row.budget.map(|b| b.0)));
    if let Some((low, high)) = row.load {
        row.needed = Some(people_needed(accounts, low, high));
        let is = |n: i64, wanted: Load| load(n, low, high) == wanted;
        row.over = people.iter().filter(|(_, n)| is(*n, Load::Over)).cloned().collect();
        row.under = people.iter().rev().filter(|(_, n)| is(*n, Load::Under)).cloned().collect();
    }
    Ok(())
}

/// The festivals and seasons that lie over the table today for customers of an industry: name and content (D48).
pub fn seasons(eyes: &Eyes, industry: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
    let fits = |row: &OverlayRow| row.industry.is_none() || row.industry.as_deref() == industry;
    let active = overlays(eyes)?.into_iter().filter(|row| row.active && fits(row) && !row.content.is_empty());
    Ok(active.map(|row| (row.name, row.content)).collect())
}

/// Festivals and seasons, the next first (A124).
pub fn overlays(eyes: &Eyes) -> Result<Vec<OverlayRow>, StoreError> {
    let today = eyes.now.today();
    let mut query = eyes.db.prepare_cached(
        "SELECT id, name, calendar, month, day, lead_days, length_days, industry, content, channel, ready_for FROM overlay",
    )?;
    let mut rows: Vec<OverlayRow> = query
        .query_map([], |r| {
            let calendar: String = r.get(2)?;
            let (month, day, lead, length) = (r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?);
            let span = Season::of(calendar == "lunar", month, day, lead, length).next(today);
            let ready: Option<String> = r.get(10)?;
            let is_ready = span.is_some_and(|s| ready.as_deref() == Some(s.day.to_string().as_str()));
            Ok(OverlayRow {
                id: r.get(0)?,
                name: r.get(1)?,
                calendar,
                month,
                day,
                lead,
                length,
                industry: r.get(7)?,
                content: r.get(8)?,
                channel: r.get(9)?,
                active: span.is_some_and(|s| s.is_active(today)),
                wants_care: !is_ready && span.is_some_and(|s| s.wants_care(today)),
                span,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    rows.sort_by_key(|row| (row.span.map(|s| s.from), row.id));
    Ok(rows)
}
