//! Texts of the company's own in which an erased customer is named, though the row is about nobody or about many: a view, a
//! campaign, the reason of a hand-over, the log of exports. The number stands there instead of the name then. These tables
//! are small and read as a whole; what was said to other customers is not looked through. The one thing to know: what is
//! written over is lost for good, so a word that is part of another customer's name there, or that may mean anything, is left
//! to a person.

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

/// Letters and digits from which a word of those alone is taken for somebody's.
const SURE: usize = 4;

/// What names a customer, and how it is told from what names somebody else.
pub struct Words {
    /// What names the customer ([`words`]).
    pub all: Vec<String>,
    /// Those that name nobody else: no few digits, and nothing that another customer is called, too.
    sure: Vec<String>,
    /// The names of other customers in which a word of these stands.
    others: Vec<String>,
}

impl Words {
    /// With the names of others, for which all customers are looked through.
    pub fn of(db: &Connection, customer: i64, all: Vec<String>) -> Result<Self, StoreError> {
        let others = others(db, customer, &all)?;
        Ok(Self { all: Vec::new(), sure: Vec::new(), others }.with(all))
    }

    /// One word that a person has typed to have it looked for: it is theirs wherever it is not part of a longer name.
    pub fn typed(db: &Connection, customer: i64, word: &str) -> Result<Self, StoreError> {
        let all = vec![word.to_owned()];
        let mut others = others(db, customer, &all)?;
        others.retain(|other| other != word);
        Ok(Self { sure: all.clone(), all, others })
    }

    /// The same with other words.
    pub fn with(self, all: Vec<String>) -> Self {
        let few =
            |word: &str| word.is_ascii() && word.bytes().filter(u8::is_ascii_alphanumeric).count() < SURE;
        let sure = all.iter().filter(|word| !few(word) && !self.others.contains(word)).cloned().collect();
        Self { all, sure, ..self }
    }

    /// Those of which a person has to judge.
    pub fn unsure(&self) -> Vec<String> {
        self.all.iter().filter(|word| !self.sure.contains(word)).cloned().collect()
    }

    /// Whether a text names the customer.
    pub fn name(&self, text: &str) -> bool {
        self.replaced(text, "").is_some()
    }

    /// A text with the number in place of what names the customer; none where nothing does. The name of another customer
    /// stands, also where a word is part of it.
    fn replaced(&self, text: &str, code: &str) -> Option<String> {
        let stands = |word: &&String| text.contains(word.as_str());
        let own: Vec<&String> = self.sure.iter().filter(stands).collect();
        if own.is_empty() {
            return None;
        }
        let others: Vec<&String> = self.others.iter().filter(stands).collect();
        let (mut told, mut rest, mut found) = (String::new(), text, false);
        while let Some(next) = rest.chars().next() {
            let other = longest(&others, rest);
            let here = longest(&own, rest).filter(|own| other.is_none_or(|other| other.len() < own.len()));
            let first = next.to_string();
            let stood = here.or(other).unwrap_or(&first);
            told.push_str(if here.is_some() { code } else { stood });
            found |= here.is_some();
            rest = rest.strip_prefix(stood).unwrap_or_default();
        }
        found.then_some(told)
    }
}

/// The longest of the words with which a text begins.
fn longest<'w>(words: &[&'w String], text: &str) -> Option<&'w str> {
    words.iter().map(|word| word.as_str()).filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
}

/// The names of other customers in which one of the words stands.
fn others(db: &Connection, customer: i64, words: &[String]) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT c.name FROM customer c WHERE c.id<>?1
         AND EXISTS(SELECT 1 FROM json_each(?2) w WHERE instr(c.name,w.value)>0)",
    )?;
    let found = query.query_map((customer, serde_json::json!(words).to_string()), |r| r.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Puts the number in place of what names the customer; answers the rows in which it stood.
pub fn replace(work: &mut Work<'_>, words: &Words, code: &str) -> Result<Vec<(Noun, i64)>, StoreError> {
    let mut found = Vec::new();
    for (noun, columns) in NAMING {
        for id in naming(work.db, *noun, columns, &words.all)? {
            let Some((_, row)) = work.read(*noun, id)? else { continue };
            let cells: Image = columns
                .iter()
                .filter_map(|column| Some((*column, word(words.replaced(text(&row, column)?, code)?))))
                .collect();
            if work.update(*noun, id, &cells)? {
                found.push((*noun, id));
            }
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
pub fn blank_exports(db: &Connection, words: &Words, by: i64) -> Result<(), StoreError> {
    let mut query =
        db.prepare_cached("SELECT id, change_id, filter, place, reason, refusal FROM export_log")?;
    let logged: Vec<(i64, i64, [Option<String>; 4])> = query
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, [r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?])))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, change, said) in logged {
        let named = said.each_ref().map(|text| text.as_ref().is_some_and(|text| words.name(text)));
        if !named.contains(&true) {
            continue;
        }
        let [filter, place, reason, refusal] = named;
        db.prepare_cached(
            "UPDATE export_log SET filter=iif(?2,?6,filter), place=iif(?3,?6,place), reason=iif(?4,?6,reason),
               refusal=iif(?5,?6,refusal) WHERE id=?1",
        )?
        .execute((id, filter, place, reason, refusal, BLANK))?;
        chain::blank_header(db, change, by)?;
    }
    Ok(())
}
