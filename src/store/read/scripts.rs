//! Scripts: the list of all with their use, and the approved ones that fit a customer, filled from what is known of them.
//! Nothing that the actor may not see gets into a text (G49, J24, D45).

use super::eyes::Eyes;
use super::situation::{self, Known};
use crate::domain::money::Fen;
use crate::domain::script::{Offer, fit, list, render};
use crate::store::request::{CustomerRow, Gift, Said, ScriptRow, StoreError};
use crate::store::touch_sum::{self, Of, Sum};

/// Scripts that a card offers at most.
const OFFERED: usize = 24;

/// Every version that still says something: the newest of each code, and the approved one.
pub fn all(eyes: &Eyes) -> Result<Vec<ScriptRow>, StoreError> {
    let sums = touch_sum::all(eyes.db, Of::Script)?;
    let mut query = eyes.db.prepare_cached(
        "SELECT s.id, s.rev, s.code, s.version, s.title, s.target, s.scene, s.channels, s.needs, s.text, s.state, a.name,
                v.name, s.reviewed_at, s.source
         FROM script s LEFT JOIN person a ON a.id=s.author_id LEFT JOIN person v ON v.id=s.reviewer_id
         WHERE s.state='approved' OR s.version=(SELECT max(n.version) FROM script n WHERE n.code=s.code)
         ORDER BY s.state='withdrawn', length(s.code), s.code, s.version DESC LIMIT 1000",
    )?;
    let words = |text: Option<String>| list(text.as_deref().unwrap_or_default());
    let rows = query.query_map([], |r| {
        let code: String = r.get(2)?;
        let Sum { touches, answered, converted } = sums.get(&code).copied().unwrap_or_default();
        Ok(ScriptRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            code,
            version: r.get(3)?,
            title: r.get(4)?,
            target: words(r.get(5)?),
            scene: r.get(6)?,
            channels: words(r.get(7)?),
            needs: words(r.get(8)?),
            text: r.get(9)?,
            state: r.get(10)?,
            author: r.get(11)?,
            reviewer: r.get(12)?,
            reviewed_at: r.get(13)?,
            source: r.get(14)?,
            uses: touches,
            answered,
            converted,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What to say to a customer, the best first: approved scripts only (G49). One with a place that nothing fills comes after
/// all that can be spoken, however well it fits.
pub fn offered(eyes: &Eyes, row: &CustomerRow, seen: bool) -> Result<Vec<Said>, StoreError> {
    let Known { situation, facts } = situation::of(eyes, row, seen)?;
    let mut query = eyes.db.prepare_cached(
        "SELECT code, title, target, scene, channels, needs, text FROM script WHERE state='approved' ORDER BY code LIMIT 1000",
    )?;
    let mut rows = query.query([])?;
    let mut found: Vec<(i32, Said)> = Vec::new();
    while let Some(r) = rows.next()? {
        let words = |text: Option<String>| list(text.as_deref().unwrap_or_default());
        let text: String = r.get(6)?;
        let filled = render(&text, |name| facts.get(name).cloned());
        let offer = Offer {
            code: r.get(0)?,
            target: words(r.get(2)?),
            scene: r.get(3)?,
            channels: words(r.get(4)?),
            needs: words(r.get(5)?),
            missing: filled.missing.clone(),
        };
        if let Some(score) = fit(&offer, &situation) {
            let said = Said {
                code: offer.code,
                title: r.get(1)?,
                scene: offer.scene,
                text: filled.text,
                missing: filled.missing,
            };
            found.push((score, said));
        }
    }
    // the sort keeps the order of the codes among equals
    found.sort_by_key(|(score, said)| (!said.is_whole(), std::cmp::Reverse(*score)));
    Ok(found.into_iter().map(|(_, said)| said).take(OFFERED).collect())
}

/// Gifts that can go to a customer: meant for a class of theirs, or for everybody; what is left first (A119, D23).
pub fn gifts(eyes: &Eyes, row: &CustomerRow) -> Result<Vec<Gift>, StoreError> {
    let classes = situation::classes(eyes, row)?;
    let mut query = eyes
        .db
        .prepare_cached("SELECT name, target, unit_fen, stock FROM gift ORDER BY stock IS 0, id LIMIT 100")?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let target: Option<String> = r.get(1)?;
        let target = list(target.as_deref().unwrap_or_default());
        if target.is_empty() || target.iter().any(|class| classes.contains(class)) {
            out.push(Gift { name: r.get(0)?, unit: r.get::<_, Option<i64>>(2)?.map(Fen), stock: r.get(3)? });
        }
    }
    Ok(out)
}
