//! What a row of a ledger and a touch say of next actions, and whether that is the same. A promise is a task while it is young
//! and stands with the feedback once it is old, so a file that is read again months later says it in another place; and where
//! no date was found in it, it stands behind a label in the language of whoever read the file.

use super::states::{ids, states};
use crate::domain::change::{LABELS, NewTask};
use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, from_json, int, text};

/// A next action as it first was and as it is.
pub type Promise = Vec<Image>;
/// Longest text of a task; a label and long words are cut there.
const LONGEST: usize = 200;

/// The next actions that came with a touch and are still there. What somebody has promised since, with an answer of the
/// customer, hangs on the touch as well and is none of them: it was made at another time.
pub fn promised(work: &Work<'_>, touch: i64, recorded_at: Option<i64>) -> Result<Vec<Promise>, StoreError> {
    let sql = "SELECT id FROM task WHERE touch_id=?1 AND kind='promise' AND created_at=?2 ORDER BY id";
    let made = ids(work, sql, (touch, recorded_at))?;
    made.into_iter().map(|id| states(work, Noun::Task, id)).collect()
}

/// Those that came with it and were removed since. The record of what came has them next to their touch.
pub fn removed(work: &Work<'_>, touch: i64) -> Result<Vec<Promise>, StoreError> {
    let mut query = work.db.prepare_cached(
        "SELECT r.tbl, r.row_id, r.before IS NULL, r.after FROM change_row r,
           (SELECT id, change_id FROM change_row WHERE tbl='touch' AND row_id=?1 AND before IS NULL ORDER BY id LIMIT 1) made
         WHERE r.change_id=made.change_id AND r.id>made.id ORDER BY r.id",
    )?;
    let mut rows = query.query([touch])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (tbl, id, new, after): (String, i64, bool, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let task = after.filter(|_| new && tbl == "task").map(|json| from_json(Noun::Task, &json));
        let Some(task) = task.filter(|task| int(task, "touch_id") == Some(touch)) else {
            break;
        };
        if work.read(Noun::Task, id)?.is_none() {
            found.push(vec![task]);
        }
    }
    Ok(found)
}

/// Whether what is written of an answer and of the next actions is the same: exactly (0), or but for promises of which the
/// row says nothing (1), as where somebody has cleared that cell of a ledger once they were kept.
pub fn says(there: &str, promised: &[Promise], feedback: &str, next: &[NewTask]) -> Option<u32> {
    let (there, feedback) = (lines(there), lines(feedback));
    if !next.is_empty() {
        let each = |new: &NewTask| promised.iter().flatten().any(|is| one(new, is));
        return (there == feedback && next.len() == promised.len() && next.iter().all(each)).then_some(0);
    }
    if there == feedback {
        return Some(u32::from(!promised.is_empty()));
    }
    // who says nothing of a promise says nothing else
    let told = |task: &Promise| {
        task.iter().filter_map(|is| text(is, "text")).any(|said| kept(&there, &feedback, bare(said)))
    };
    (!promised.is_empty() && promised.iter().all(told)).then_some(0)
}

/// Whether a promise is this one. Words without a date are due on the day on which they are read.
fn one(new: &NewTask, is: &Image) -> bool {
    let (new_text, text_is) = (new.text.trim(), text(is, "text").unwrap_or_default());
    let words = bare(new_text);
    if words == new_text {
        return new_text == text_is && text(is, "due_on") == Some(new.due.day.to_string().as_str());
    }
    let there = bare(text_is);
    let cut = || [new_text, text_is].iter().any(|text| text.chars().count() >= LONGEST);
    words == there || (words.starts_with(there) || there.starts_with(words)) && cut()
}

/// What is said without the label before it.
fn bare(said: &str) -> &str {
    LABELS.iter().find_map(|label| said.strip_prefix(label)).map_or(said, str::trim)
}

fn lines(said: &str) -> Vec<&str> {
    said.lines().map(bare).collect()
}

/// Whether a feedback is another one with lines put in that tell a promise.
fn kept(old: &[&str], new: &[&str], promise: &str) -> bool {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    if new.len() <= old.len() || head + tail < old.len() {
        return false;
    }
    let put_in = new.get(head..new.len() - (old.len() - head)).unwrap_or_default().join("\n");
    let told = put_in.trim();
    put_in.contains(promise) || !told.is_empty() && promise.contains(told)
}
