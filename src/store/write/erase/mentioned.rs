//! What is written about other customers and names the erased one: touches by their index, everything else that has free
//! text as a whole, before the transaction begins, because that takes its time. It is told to whoever erases and not
//! changed, because a person has to judge it: a name may be an ordinary word, and the words belong to another customer's
//! history. Nothing of the answer is kept.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};

use super::{NAMING, OWN_TEXTS, free};
use crate::domain::contact::is_telling;
use crate::domain::field::{Noun, Row};
use crate::domain::find::{fold, needle};
use crate::store::request::{Mention, StoreError};
use crate::store::tables::{TABLES, table};

/// Records that are told at most.
const MOST: usize = 200;
/// Letters by which a text of the company's own is told.
const SHOWN: usize = 20;
/// Candidates of the index that are looked at for each word.
const CANDIDATES: usize = 20_000;
/// What names a customer or one of its contacts and nobody else.
pub fn names(db: &Connection, customer: i64, words: &[String]) -> Result<Vec<String>, StoreError> {
    let contacts: Vec<String> = db
        .prepare_cached("SELECT name FROM contact WHERE customer_id=?1")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut names = words.to_vec();
    names.extend(contacts.into_iter().filter(|name| is_telling(name)));
    Ok(names)
}

/// The records of others in which one of the names stands, and the company's own texts in which one of the words does of which
/// a person has to judge, the newest first.
pub fn elsewhere(
    db: &Connection,
    customer: i64,
    names: &[String],
    unsure: &[String],
) -> Result<Vec<Mention>, StoreError> {
    let mut found: Vec<Mention> = Vec::new();
    for (noun, columns) in NAMING.iter().filter(|_| !unsure.is_empty()) {
        found.extend(records(db, customer, (*noun, None, columns), unsure)?);
    }
    for name in names {
        found.extend(touches(db, customer, name)?);
    }
    if !names.is_empty() {
        for table in TABLES.iter().filter(|t| t.numbered && t.noun != Noun::Touch) {
            let whose = if table.noun == Noun::Customer { "id" } else { "customer_id" };
            let columns = if table.noun == Noun::Customer { OWN_TEXTS.to_vec() } else { free(table) };
            if (table.noun == Noun::Customer || table.columns.contains(&whose)) && !columns.is_empty() {
                found.extend(records(db, customer, (table.noun, Some(whose), &columns), names)?);
            }
        }
    }
    found.sort_unstable_by_key(|mention| {
        (std::cmp::Reverse(mention.at), mention.row.noun as usize, mention.row.id)
    });
    found.dedup_by_key(|mention| mention.row);
    found.truncate(MOST);
    Ok(found)
}

/// The touches of others in which this word stands.
fn touches(db: &Connection, customer: i64, word: &str) -> Result<Vec<Mention>, StoreError> {
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
            let touch = Row { noun: Noun::Touch, id: row.get(2)? };
            found.push(Mention { code: row.get(0)?, at: row.get(1)?, row: touch });
        }
    }
    Ok(found)
}

/// The rows of a table of others', or of nobody's, in whose free text one of the names stands, as it is written. What is
/// nobody's is called by how it begins.
fn records(
    db: &Connection,
    customer: i64,
    (noun, whose, columns): (Noun, Option<&str>, &[&'static str]),
    names: &[String],
) -> Result<Vec<Mention>, StoreError> {
    let any: Vec<String> = columns
        .iter()
        .flat_map(|column| (0..names.len()).map(move |n| format!("instr(t.{column},?{})>0", n + 2)))
        .collect();
    let name = table(noun).name;
    let (code, of) = match whose {
        Some(whose) => {
            ("c.code".to_owned(), format!("JOIN customer c ON c.id=t.{whose} WHERE t.{whose}<>?1"))
        }
        None => {
            (format!("substr(concat_ws(' ',t.{}),1,{SHOWN})", columns.join(",t.")), "WHERE ?1=?1".to_owned())
        }
    };
    let sql = format!(
        "SELECT {code}, t.id, (SELECT max(h.at) FROM change_row l JOIN change h ON h.id=l.change_id
           WHERE l.tbl='{name}' AND l.row_id=t.id)
         FROM {name} t {of} AND ({}) LIMIT {MOST}",
        any.join(" OR ")
    );
    let bound = std::iter::once(Cell::Integer(customer)).chain(names.iter().map(|n| Cell::Text(n.clone())));
    let mut query = db.prepare_cached(&sql)?;
    let found = query.query_map(params_from_iter(bound), |r| {
        let at = r.get::<_, Option<i64>>(2)?.unwrap_or(0);
        Ok(Mention { code: r.get(0)?, at, row: Row { noun, id: r.get(1)? } })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
