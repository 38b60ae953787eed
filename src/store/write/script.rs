//! Scripts: drafts, new versions, approval. A script keeps its code over all versions; what was approved is never edited,
//! an edit of it makes the next version, which has to be approved anew (H39, D46, A118).

use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::near::nearest;
use crate::domain::people::{Relation, Verb, Via, may};
use crate::domain::script;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, cell, int, opt_int, opt_text, table, text, word};
use crate::store::values::{cells, invalid};

/// Makes a draft.
pub fn draft(work: &mut Work<'_>, set: &[(Field, Value)]) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Draft)?;
    let mut row = cells(work.db, work.now, Noun::Script, 0, set)?;
    whole(&row)?;
    let id = table(Noun::Script).free_id(work.db, 1, i64::MAX)?;
    row.extend([("code", word(format!("S{id}"))), ("version", Cell::Integer(1))]);
    row.extend(author(work));
    work.insert_at(Noun::Script, id, 1, &row)?;
    Ok(Receipt {
        subject: text(&row, "title").unwrap_or_default().to_owned(),
        made: Some(Row { noun: Noun::Script, id }),
        ..Receipt::default()
    })
}

fn author(work: &Work<'_>) -> [(&'static str, Cell); 5] {
    [
        ("state", word("draft")),
        ("author_id", Cell::Integer(work.actor.id.0)),
        ("reviewer_id", Cell::Null),
        ("reviewed_at", Cell::Null),
        ("created_at", Cell::Integer(work.now.ms())),
    ]
}

/// Refuses a text whose braces do not pair.
fn whole(row: &Image) -> Result<(), StoreError> {
    match text(row, "text") {
        Some(text) if script::pieces(text).is_none() => invalid(Field::ScriptText, Problem::Braces),
        _ => Ok(()),
    }
}

/// Refuses to edit or remove what one may not: a draft is its author's or a reviewer's.
pub fn allowed(work: &Work<'_>, image: &Image) -> Result<(), StoreError> {
    let own = int(image, "author_id") == Some(work.actor.id.0) && text(image, "state") == Some("draft");
    let verb = if own || text(image, "state") != Some("draft") { Verb::Draft } else { Verb::Approve };
    people::need_own(work.actor, verb)
}

/// An edit of one version: a draft changes, of what has been reviewed the next version is made.
pub fn edit(work: &mut Work<'_>, id: i64, image: &Image, cells: &Image) -> Result<Option<Row>, StoreError> {
    whole(cells)?;
    let changed = |column: &str, new: &Cell| cell(image, column) != new;
    if text(image, "state") == Some("draft") {
        let mut row = cells.clone();
        // whose words they are does not approve them (H39)
        if cells.iter().any(|(column, new)| *column == "text" && changed(column, new)) {
            row.push(("author_id", Cell::Integer(work.actor.id.0)));
        }
        work.update(Noun::Script, id, &row)?;
        return Ok(None);
    }
    if !cells.iter().any(|(column, new)| changed(column, new)) {
        return Ok(None);
    }
    let code = text(image, "code").unwrap_or_default().to_owned();
    let last: i64 = work
        .db
        .prepare_cached("SELECT max(version) FROM script WHERE code=?1")?
        .query_row([&code], |r| r.get(0))?;
    let mut row: Image = image
        .iter()
        .map(|(column, old)| {
            let new = cells.iter().find(|(c, _)| c == column).map(|(_, new)| new);
            (*column, new.unwrap_or(old).clone())
        })
        .filter(|(column, _)| !matches!(*column, "version" | "source"))
        .collect();
    let author = author(work);
    row.retain(|(column, _)| author.iter().all(|(c, _)| c != column));
    row.push(("version", Cell::Integer(last + 1)));
    row.extend(author);
    let made = work.insert(Noun::Script, &row)?;
    Ok(Some(Row { noun: Noun::Script, id: made }))
}

/// Only drafts are removed: what was approved is withdrawn, because touches name it.
pub fn removable(work: &Work<'_>, image: &Image) -> Result<(), StoreError> {
    allowed(work, image)?;
    if text(image, "state") == Some("draft") { Ok(()) } else { Err(StoreError::Denied(Verb::Approve)) }
}

/// Approves a version or withdraws it. Another approved version of the same code goes; on a store where several people
/// work nobody approves their own words.
pub fn review(work: &mut Work<'_>, id: i64, rev: i64, approve: bool) -> Result<Receipt, StoreError> {
    if !may(work.actor.role, Verb::Approve, Relation::Own) {
        return Err(StoreError::Denied(Verb::Approve));
    }
    let Some((now_rev, image)) = work.read(Noun::Script, id)? else {
        return Err(StoreError::Gone { who: None });
    };
    // what one approves is what one has read
    unchanged(work.db, Row { noun: Noun::Script, id }, now_rev, rev)?;
    let own = int(&image, "author_id") == Some(work.actor.id.0);
    if approve && own && several(work)? {
        return invalid(Field::ScriptText, Problem::OwnScript);
    }
    if approve {
        let code = text(&image, "code").unwrap_or_default();
        let others: Vec<i64> = work
            .db
            .prepare_cached("SELECT id FROM script WHERE code=?1 AND state='approved' AND id<>?2")?
            .query_map((code, id), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for other in others {
            work.update(Noun::Script, other, &[("state", word("withdrawn"))])?;
        }
    }
    let state = if approve { "approved" } else { "withdrawn" };
    let row = [
        ("state", word(state)),
        ("reviewer_id", Cell::Integer(work.actor.id.0)),
        ("reviewed_at", opt_int(Some(work.now.ms()))),
    ];
    work.update(Noun::Script, id, &row)?;
    Ok(Receipt { subject: text(&image, "title").unwrap_or_default().to_owned(), ..Receipt::default() })
}

/// Whether more than one person works here.
fn several(work: &Work<'_>) -> Result<bool, StoreError> {
    let count: i64 = work
        .db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM person WHERE state='active' LIMIT 2)")?
        .query_row([], |r| r.get(0))?;
    Ok(count > 1)
}

/// The stable code of a script that a touch or campaign names by code or title. What nobody knows is refused with the
/// nearest title; of a file, which tells of talks long ago, it stays as it was written.
pub fn code(work: &Work<'_>, named: Option<&str>) -> Result<Cell, StoreError> {
    let Some(named) = named.map(str::trim).filter(|n| !n.is_empty()) else { return Ok(Cell::Null) };
    let mut query = work.db.prepare_cached(
        "SELECT code FROM script WHERE code=?1 COLLATE NOCASE OR title=?1 ORDER BY state<>'approved', version DESC LIMIT 1",
    )?;
    let known: Option<String> = query.query_map([named], |r| r.get(0))?.next().transpose()?;
    if known.is_some() || !matches!(work.actor.via, Via::Screen | Via::Command) {
        return Ok(opt_text(Some(known.as_deref().unwrap_or(named))));
    }
    let titles: Vec<String> = work
        .db
        .prepare_cached("SELECT DISTINCT title FROM script WHERE state<>'withdrawn' ORDER BY title")?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let near = nearest(named, titles.iter().map(String::as_str)).map(ToOwned::to_owned);
    invalid(Field::TouchScript, Problem::NoSuchScript(named.to_owned(), near))
}
