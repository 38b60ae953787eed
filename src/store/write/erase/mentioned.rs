//! What was said to other customers and names the erased one: looked up by the index of touches before the name is gone. It is
//! told to whoever erases and not changed, because a person has to judge it: a name may be an ordinary word, and the words
//! belong to another customer's history. Nothing of the answer is kept.

use rusqlite::Connection;

use crate::domain::find::{fold, needle};
use crate::store::request::{Mention, StoreError};

/// Touches that are told at most.
const MOST: usize = 200;
/// Candidates of the index that are looked at for each word.
const CANDIDATES: usize = 20_000;
/// Letters from which the name of a contact names one person and not many.
const TELLING: usize = 3;

/// The touches of others in which one of the words or a contact's full name stands, the newest first.
pub fn elsewhere(db: &Connection, customer: i64, words: &[String]) -> Result<Vec<Mention>, StoreError> {
    let mut names: Vec<String> = db
        .prepare_cached("SELECT name FROM contact WHERE customer_id=?1")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names.retain(|name| name.chars().count() >= TELLING);
    let mut found: Vec<Mention> = Vec::new();
    for word in words.iter().chain(&names) {
        found.extend(of(db, customer, word)?);
    }
    found.sort_unstable_by_key(|mention| (std::cmp::Reverse(mention.at), mention.touch));
    found.dedup_by_key(|mention| mention.touch);
    found.truncate(MOST);
    Ok(found)
}

/// The touches of others in which this word stands.
fn of(db: &Connection, customer: i64, word: &str) -> Result<Vec<Mention>, StoreError> {
    let Some(expression) = needle(word).and_then(|needle| needle.text_match()) else { return Ok(Vec::new()) };
    let sought = fold(word).text();
    let mut query = db.prepare_cached(&format!(
        "SELECT c.code, t.at, t.id, t.summary||' '||coalesce(t.feedback,'')||' '||coalesce(t.topic,'')
         FROM (SELECT rowid FROM find_touch WHERE find_touch MATCH ?1 LIMIT {CANDIDATES}) f
         CROSS JOIN touch t ON t.id=f.rowid CROSS JOIN customer c ON c.id=t.customer_id WHERE t.customer_id<>?2"
    ))?;
    let mut rows = query.query((expression, customer))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if fold(&row.get::<_, String>(3)?).text().contains(&sought) {
            found.push(Mention { code: row.get(0)?, at: row.get(1)?, touch: row.get(2)? });
        }
    }
    Ok(found)
}
