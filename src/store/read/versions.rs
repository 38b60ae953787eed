//! The versions of the strategy table: what each changed and why, and what touches came to before and after it, the same
//! length of time on either side (H20).

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use crate::domain::clock::from_ms;
use crate::domain::money::Fen;
use crate::domain::strategy::{Kept, beats_text};
use crate::store::request::{Compared, StoreError, Term, VersionRow};

/// Days on either side at the most: a quarter.
const LONGEST: i64 = 92;

/// The versions of a scheme, the newest first.
pub fn list(eyes: &Eyes, scheme: &str) -> Result<Vec<VersionRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT v.version, v.class, v.at, p.name, v.reason, v.rows FROM strategy_version v
         LEFT JOIN person p ON p.id=v.person_id WHERE v.scheme=?1 ORDER BY v.version",
    )?;
    let mut rows = query.query([scheme])?;
    let mut before: Vec<Kept> = Vec::new();
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        // a version that a newer program has written may not read here; it shows without its changes
        let kept: Vec<Kept> = serde_json::from_str(&r.get::<_, String>(5)?).unwrap_or_default();
        let class: Option<String> = r.get(1)?;
        let changes = class.as_deref().map_or_else(Vec::new, |class| {
            let of = |rows: &[Kept]| rows.iter().find(|k| k.class == class).map(cells).unwrap_or_default();
            let (was, is) = (of(&before), of(&kept));
            is.into_iter()
                .enumerate()
                .map(|(i, (column, is))| {
                    (column.to_owned(), was.get(i).map_or_else(String::new, |w| w.1.clone()), is)
                })
                .filter(|(_, was, is)| was != is)
                .collect()
        });
        out.push(VersionRow {
            version: r.get(0)?,
            class,
            at: r.get(2)?,
            person: r.get(3)?,
            reason: r.get(4)?,
            changes,
        });
        before = kept;
    }
    out.reverse();
    Ok(out)
}

/// The cells of a row by column, as texts.
fn cells(row: &Kept) -> Vec<(&'static str, String)> {
    let money = |fen: Option<i64>| fen.map_or_else(String::new, |fen| Fen(fen).yuan_plain());
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    vec![
        ("goal", row.goal.clone()),
        ("touches", beats_text(&row.touches)),
        ("content", row.content.clone()),
        ("channels", row.channels.clone()),
        ("scene", row.scene.clone()),
        ("script", row.script.clone()),
        ("post", row.post.clone()),
        ("person_id", text(&row.person)),
        ("budget_fen", money(row.budget_fen)),
        ("bound", text(&row.bound)),
        ("touch_fen", money(row.touch_fen)),
        ("cap_count", number(row.cap_count)),
        ("cap_window", text(&row.cap_window)),
        ("load_low", number(row.load_low)),
        ("load_high", number(row.load_high)),
        ("resources", row.resources.clone()),
    ]
}

/// What came of a version; none for the first, which has no before.
pub fn result(eyes: &Eyes, scheme: &str, version: i64) -> Result<Option<Compared>, StoreError> {
    let found: Option<(Option<String>, i64)> = eyes
        .db
        .prepare_cached(
            "SELECT class, at FROM strategy_version WHERE scheme=?1 AND version=?2 AND class IS NOT NULL",
        )?
        .query_row((scheme, version), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((class, at)) = found else { return Ok(None) };
    // the next version of the same row ends this one
    let next: Option<i64> = eyes
        .db
        .prepare_cached(
            "SELECT min(at) FROM strategy_version WHERE scheme=?1 AND version>?2 AND class IS ?3",
        )?
        .query_row((scheme, version, &class), |r| r.get(0))?;
    let day = |ms: i64| eyes.now.zone.day(from_ms(ms));
    let (from, today) = (day(at), eyes.now.today());
    let until = next.map_or(today, day);
    let days = (until - from).num_days().clamp(0, LONGEST);
    // a touch knows the segment of its time and no other class (F51)
    let class = class.filter(|_| scheme == "segment");
    let span = Days::new(days.unsigned_abs());
    let before = (from.checked_sub_days(span).unwrap_or(from), from);
    let after = (from, from.checked_add_days(span).unwrap_or(from));
    Ok(Some(Compared {
        version,
        days,
        before: term(eyes, class.as_deref(), before)?,
        after: term(eyes, class.as_deref(), after)?,
        class,
    }))
}

fn term(eyes: &Eyes, class: Option<&str>, (from, until): (NaiveDate, NaiveDate)) -> Result<Term, StoreError> {
    let (touches, answered, cost): (i64, i64, i64) = eyes
        .db
        .prepare_cached(
            "SELECT coalesce(sum(proactive),0), coalesce(sum(answered),0), coalesce(sum(cost_fen),0)
             FROM daily WHERE day>=?1 AND day<?2 AND (?3 IS NULL OR segment=?3)",
        )?
        .query_row((from.to_string(), until.to_string(), class), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let zone = eyes.now.zone;
    let (start, end) = (zone.start(from).timestamp_millis(), zone.start(until).timestamp_millis());
    let converted = eyes
        .db
        .prepare_cached(
            "SELECT count(*) FROM touch WHERE converted=1 AND at>=?1 AND at<?2 AND (?3 IS NULL OR segment_then=?3)",
        )?
        .query_row((start, end, class), |r| r.get(0))?;
    Ok(Term { from: Some(from), until: Some(until), touches, answered, converted, cost: Some(Fen(cost)) })
}
