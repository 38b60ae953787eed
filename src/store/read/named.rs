//! Tags and industries that what is typed names, as far as customers have them: what the look-up box offers to filter by. Read
//! are the words alone, never the customers that have them.

use super::eyes::Eyes;
use crate::domain::named::{Near, Typed};
use crate::store::request::StoreError;

/// Words that are told at most.
const FEW: usize = 10;
/// Values of the dictionary, and industries, that are looked through.
const MOST: i64 = 5_000;
const INDUSTRIES: i64 = 500;

/// The words that are typed in whole or in part, the nearest first; of `also` those that are an industry of somebody.
pub fn named(eyes: &Eyes<'_>, text: &str, also: &[String]) -> Result<Vec<String>, StoreError> {
    let Some(typed) = Typed::of(text) else { return Ok(Vec::new()) };
    let mut found: Vec<(Near, String)> = Vec::new();
    let mut add = |near: Option<Near>, word: String| {
        if let Some(near) = near
            && found.iter().all(|(_, known)| *known != word)
        {
            found.push((near, word));
        }
    };
    for industry in industries(eyes)? {
        let named = also.contains(&industry).then_some(Near::Begins);
        add(typed.near(&industry).or(named), industry);
    }
    for (id, value, standard) in values(eyes)? {
        if let Some(near) = typed.near(&value)
            && is_had(eyes, id)?
        {
            add(Some(near), standard.unwrap_or(value));
        }
    }
    found.sort_by_key(|(near, _)| *near);
    found.truncate(FEW);
    Ok(found.into_iter().map(|(_, word)| word).collect())
}

/// The industries that customers stand in, from one to the next by their index.
fn industries(eyes: &Eyes<'_>) -> Result<Vec<String>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "WITH RECURSIVE own(industry) AS (SELECT min(industry) FROM facts UNION ALL
           SELECT (SELECT min(industry) FROM facts WHERE industry>own.industry) FROM own WHERE industry IS NOT NULL)
         SELECT industry FROM own WHERE industry IS NOT NULL LIMIT ?1",
    )?;
    let rows = query.query_map([INDUSTRIES], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The values of the dictionary, each with its standard wording where it has another.
fn values(eyes: &Eyes<'_>) -> Result<Vec<(i64, String, Option<String>)>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT t.id, t.value, s.value FROM tag t LEFT JOIN tag s ON s.id=t.alias_of LIMIT ?1",
    )?;
    let rows = query.query_map([MOST], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether any customer has this value, under whatever wording.
fn is_had(eyes: &Eyes<'_>, id: i64) -> Result<bool, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT EXISTS(SELECT 1 FROM customer_tag WHERE tag_id=?1)
             OR EXISTS(SELECT 1 FROM tag a JOIN customer_tag c ON c.tag_id=a.id WHERE a.alias_of=?1)",
    )?;
    Ok(query.query_row([id], |r| r.get(0))?)
}
