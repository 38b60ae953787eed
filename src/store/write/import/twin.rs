//! Rows of the store that say the same as a row of a file, as they are now or as they were first written down: the record of
//! changes keeps a row whole where it was made. The promise of a touch is a task while it is young and stands with the
//! feedback once it is old, so a file that is read again months later says it in another place.

use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, Params};

use crate::domain::change::{NewTask, NewTouch};
use crate::domain::field::{Field, Noun, Value};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, cell as column, from_json, int, table, text};
use crate::store::values::cell;

/// What tells surveys of one day and customer apart.
const OF_SURVEY: [&str; 4] = ["score", "nps", "answers", "comment"];

/// Whether an answer of the customer is a twin of this row.
pub fn survey(work: &Work<'_>, customer: i64, row: &Image) -> Result<bool, StoreError> {
    let alike = ids(
        work,
        "SELECT id FROM survey WHERE customer_id=?1 AND answered_on=?2",
        (customer, text(row, "answered_on")),
    )?;
    let same = |is: &Image| OF_SURVEY.iter().all(|c| column(is, c) == column(row, c));
    for id in alike {
        if states(work, Noun::Survey, id)?.iter().any(same) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many touches of the customer are twins of this row. Whose it is tells only where the row names somebody: a ledger
/// without names is no other for being read by somebody else.
pub fn touches(work: &Work<'_>, new: &NewTouch) -> Result<u32, StoreError> {
    let (db, now, customer) = (work.db, work.now, new.customer.0);
    let typed =
        |field, given: Option<&str>| cell(db, now, customer, field, &given.map_or(Value::None, Value::text));
    let alike = ids(
        work,
        "SELECT id FROM touch WHERE id BETWEEN ?1 AND ?2 AND at=?3 AND summary=?4
           AND (?5 IS NULL OR person_id=?5)",
        (
            customer << 20,
            ((customer + 1) << 20) - 1,
            new.at.timestamp_millis(),
            typed(Field::TouchSummary, Some(&new.summary))?,
            new.by.map(|by| by.0),
        ),
    )?;
    if alike.is_empty() {
        return Ok(0);
    }
    let row: Image = vec![
        ("channel", typed(Field::TouchChannel, new.channel.as_deref())?),
        ("kind", typed(Field::TouchKind, Some(&new.kind))?),
        ("topic", typed(Field::TouchTopic, new.topic.as_deref())?),
        ("product", typed(Field::TouchProduct, new.product.as_deref())?),
        ("cost_fen", Cell::Integer(new.cost.0)),
        ("campaign", new.campaign.clone().map_or(Cell::Null, Cell::Text)),
    ];
    let feedback = typed(Field::TouchFeedback, new.feedback.as_deref())?;
    let feedback = if let Cell::Text(said) = &feedback { said.as_str() } else { "" };
    let mut twins = 0;
    for id in alike {
        let states = states(work, Noun::Touch, id)?;
        let promised = promised(work, id)?;
        let mut found = false;
        for is in &states {
            found = found
                || row.iter().all(|(name, cell)| column(is, name) == cell)
                    && says(text(is, "feedback").unwrap_or_default(), &promised, feedback, &new.next, work)
                    && with_whom(work, int(is, "contact_id"), new.contact)?;
        }
        twins += u32::from(found);
    }
    Ok(twins)
}

fn ids(work: &Work<'_>, sql: &str, of: impl Params) -> Result<Vec<i64>, StoreError> {
    let mut query = work.db.prepare_cached(sql)?;
    let rows = query.query_map(of, |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A row as it is, and as it was first written down where that has been recorded.
fn states(work: &Work<'_>, noun: Noun, id: i64) -> Result<Vec<Image>, StoreError> {
    let first: Option<String> = work
        .db
        .prepare_cached(
            "SELECT after FROM change_row WHERE tbl=?1 AND row_id=?2 AND before IS NULL ORDER BY id LIMIT 1",
        )?
        .query_row((table(noun).name, id), |r| r.get(0))
        .optional()?
        .flatten();
    let first = first.map(|json| from_json(noun, &json));
    Ok(work.read(noun, id)?.map(|(_, image)| image).into_iter().chain(first).collect())
}

/// The next actions that a touch brought, each as it is and as it first was.
fn promised(work: &Work<'_>, touch: i64) -> Result<Vec<Vec<Image>>, StoreError> {
    let made = ids(work, "SELECT id FROM task WHERE touch_id=?1 AND kind='promise' ORDER BY id", [touch])?;
    made.into_iter().map(|id| states(work, Noun::Task, id)).collect()
}

/// Whether what is written of an answer and of the next actions is the same.
fn says(there: &str, promised: &[Vec<Image>], feedback: &str, next: &[NewTask], work: &Work<'_>) -> bool {
    if next.is_empty() {
        // who says nothing of a promise says nothing else
        let told = |task: &Vec<Image>| {
            task.iter().filter_map(|is| text(is, "text")).any(|said| kept(there, feedback, said))
        };
        return there == feedback || !promised.is_empty() && promised.iter().all(told);
    }
    let today = work.now.today();
    let one = |new: &NewTask, is: &Image| {
        // words without a date are due on the day on which they are read
        let due = new.due.day == today || text(is, "due_on") == Some(new.due.day.to_string().as_str());
        due && text(is, "text") == Some(new.text.trim())
    };
    there == feedback
        && next.len() == promised.len()
        && next.iter().all(|new| promised.iter().flatten().any(|is| one(new, is)))
}

/// Whether a feedback is another one with lines put in that tell a promise.
fn kept(there: &str, feedback: &str, promise: &str) -> bool {
    let (old, new): (Vec<&str>, Vec<&str>) = (there.lines().collect(), feedback.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    if new.len() <= old.len() || head + tail < old.len() {
        return false;
    }
    let put_in = new.get(head..new.len() - (old.len() - head)).unwrap_or_default().join("\n");
    let told = put_in.split_once([':', '\u{ff1a}']).map_or(put_in.as_str(), |(_, told)| told.trim());
    put_in.contains(promise) || !told.is_empty() && promise.contains(told)
}

/// Whether two contacts are one person: the same, or one who was called so when first written down.
fn with_whom(work: &Work<'_>, there: Option<i64>, new: Option<i64>) -> Result<bool, StoreError> {
    let (Some(there), Some(new)) = (there, new) else { return Ok(there == new) };
    if there == new {
        return Ok(true);
    }
    let Some((_, named)) = work.read(Noun::Contact, new)? else { return Ok(false) };
    let called = states(work, Noun::Contact, there)?;
    Ok(called.iter().any(|is| text(is, "name") == text(&named, "name")))
}
