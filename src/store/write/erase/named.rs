//! Texts of the company's own in which an erased customer is named, though the row is about nobody or about many: a view, a
//! campaign, the reason of a hand-over, the log of exports. The number stands there instead of the name then. These tables
//! are small and read as a whole; what was said to other customers is not looked through.

use rusqlite::Connection;

use super::BLANK;
use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, table, text, word};
use crate::store::{chain, merged};

/// Where the company writes as it likes, but not about one customer.
pub const NAMING: &[(Noun, &[&str])] = &[
    (Noun::Tag, &["name", "value"]),
    (Noun::SavedView, &["name", "filter"]),
    (Noun::Handover, &["what", "reason", "note"]),
    (Noun::Leak, &["note", "result", "left_out"]),
    (Noun::Campaign, &["name", "goal", "filter", "text", "result"]),
    (Noun::Plan, &["name", "filter", "goal", "content", "frequency", "problems", "report"]),
    (Noun::PlanTask, &["text"]),
    (Noun::PlanResource, &["text"]),
    (Noun::PlanTarget, &["kpi", "target", "actual"]),
    (Noun::Baseline, &["name"]),
    (Noun::CauseNote, &["text"]),
    (Noun::Evaluation, &["result"]),
    (Noun::EvaluationLine, &["metric", "target", "baseline", "actual", "cause"]),
    (Noun::Suggestion, &["direction", "measure"]),
    (Noun::Assessment, &["note"]),
    (Noun::Script, &["title", "text", "source"]),
    (Noun::Gift, &["name", "note"]),
    (Noun::Content, &["title", "place", "note"]),
];

/// What names a customer and nobody else: the name, numbers and addresses of contacts. A single character is no name, and
/// where a colleague has the same one it says nothing.
pub fn words(db: &Connection, customer: i64, name: &str) -> Result<Vec<String>, StoreError> {
    let mut words: Vec<String> = db
        .prepare_cached(
            "SELECT value FROM method WHERE customer_id=?1 UNION SELECT digits FROM method WHERE customer_id=?1 AND digits<>''",
        )?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut colleague = db.prepare_cached("SELECT 1 FROM person WHERE name=?1 OR login=?1")?;
    let merged = merged::names(db, &merged::into(db, customer)?)?;
    for name in std::iter::once(name.to_owned()).chain(merged) {
        if !colleague.exists([&name])? {
            words.push(name);
        }
    }
    words.retain(|word| word.chars().count() > 1);
    // the longer first: a number is not to be torn by a piece of it
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    Ok(words)
}

/// Puts the number in place of each of the words; answers the rows in which one stood.
pub fn replace(work: &mut Work<'_>, words: &[String], code: &str) -> Result<Vec<(Noun, i64)>, StoreError> {
    let mut found = Vec::new();
    for (noun, columns) in NAMING {
        for id in naming(work.db, *noun, columns, words)? {
            let Some((_, row)) = work.read(*noun, id)? else { continue };
            let cells: Image = columns
                .iter()
                .filter_map(|column| {
                    let mut told = text(&row, column)?.to_owned();
                    for word in words {
                        told = told.replace(word.as_str(), code);
                    }
                    Some((*column, word(told)))
                })
                .collect();
            work.update(*noun, id, &cells)?;
            found.push((*noun, id));
        }
    }
    Ok(found)
}

/// The rows of a table in which one of the words stands.
fn naming(db: &Connection, noun: Noun, columns: &[&str], words: &[String]) -> Result<Vec<i64>, StoreError> {
    let any: Vec<String> = columns.iter().map(|column| format!("instr({column},?1)>0")).collect();
    let sql = format!("SELECT id FROM {} WHERE {}", table(noun).name, any.join(" OR "));
    let mut ids = Vec::new();
    for word in words {
        let mut query = db.prepare_cached(&sql)?;
        ids.extend(query.query_map([word], |r| r.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Blanks whatever names the customer in the log of exports: that something left, what, when and with whom stays.
pub fn blank_exports(db: &Connection, words: &[String], by: i64) -> Result<(), StoreError> {
    for word in words {
        let changes: Vec<i64> = db
            .prepare_cached(
                "UPDATE export_log SET filter=iif(instr(filter,?1)>0,?2,filter), place=iif(instr(place,?1)>0,?2,place),
                   reason=iif(instr(reason,?1)>0,?2,reason), refusal=iif(instr(refusal,?1)>0,?2,refusal)
                 WHERE instr(filter,?1)>0 OR instr(place,?1)>0 OR instr(reason,?1)>0 OR instr(refusal,?1)>0
                 RETURNING change_id",
            )?
            .query_map((word, BLANK), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for change in changes {
            chain::blank_header(db, change, by)?;
        }
    }
    Ok(())
}
