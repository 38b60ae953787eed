//! Where both customers have what only one can have: the same tag, a consent, a membership, a budget of the same year. What
//! the one that stays has stands, sums are added, the stricter wish of the customer wins, and what is said is put together.

use rusqlite::OptionalExtension;
use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;

use super::Pair;
use super::moving::{HOW, How, same_contacts};
use crate::domain::field::Noun;
use crate::domain::membership::levels;
use crate::domain::merge::stricter;
use crate::domain::text::with_parts;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::tables::{Image, cell, flag, int, opt_int, table, text, word};
use crate::store::write::belongs::rows_of;

/// Moves every row that meets its like, or puts it together with that.
pub fn rows(work: &mut Work<'_>, pair: &Pair, take_own: &[i64]) -> Result<(), StoreError> {
    for (noun, how) in HOW {
        let How::Meets(columns) = how else { continue };
        for id in rows_of(work.db, table(*noun), pair.gone, usize::MAX)? {
            meet(work, pair, *noun, columns, (id, take_own))?;
        }
    }
    Ok(())
}

fn meet(
    work: &mut Work<'_>,
    pair: &Pair,
    noun: Noun,
    columns: &[&str],
    (id, take_own): (i64, &[i64]),
) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(noun, id)? else { return Ok(()) };
    if noun == Noun::Share && owns(work, pair.keep, int(&row, "person_id"))? {
        // who owns a customer needs no leave to work on it
        return work.delete(noun, id);
    }
    let Some(other) = like(work, pair.keep, noun, columns, &row)? else {
        work.update(noun, id, &[("customer_id", Cell::Integer(pair.keep))])?;
        return Ok(());
    };
    let Some((_, stands)) = work.read(noun, other)? else { return Ok(()) };
    let taken =
        noun == Noun::OwnValue && int(&row, "field_id").is_some_and(|field| take_own.contains(&field));
    let cells =
        if taken { vec![("value", cell(&row, "value").clone())] } else { joined(work, noun, &stands, &row)? };
    work.update(noun, other, &cells)?;
    if noun == Noun::ImportantDate {
        dated(work, id, other)?;
    }
    pair.became(work, noun, id, other)?;
    work.delete(noun, id)
}

/// Whether a person owns a customer.
fn owns(work: &Work<'_>, customer: i64, person: Option<i64>) -> Result<bool, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT 1 FROM customer WHERE id=?1 AND owner_id=?2")?
        .exists((customer, person))?)
}

/// The row of a customer that is the same by these columns.
fn like(
    work: &Work<'_>,
    customer: i64,
    noun: Noun,
    columns: &[&str],
    row: &Image,
) -> Result<Option<i64>, StoreError> {
    let same: Vec<String> = columns.iter().map(|column| format!(" AND {column} IS ?")).collect();
    let (name, same) = (table(noun).name, same.concat());
    let sql = format!("SELECT id FROM {name} WHERE customer_id=?{same} ORDER BY id LIMIT 1");
    let bound = std::iter::once(Cell::Integer(customer)).chain(columns.iter().map(|c| cell(row, c).clone()));
    Ok(work.db.prepare_cached(&sql)?.query_row(params_from_iter(bound), |r| r.get(0)).optional()?)
}

/// What the row that stands becomes where its like goes.
fn joined(work: &Work<'_>, noun: Noun, stands: &Image, goes: &Image) -> Result<Image, StoreError> {
    let mut cells = Image::new();
    match noun {
        Noun::Consent => {
            let (keep, gone) = (text(stands, "state").unwrap_or(""), text(goes, "state").unwrap_or(""));
            if stricter(keep, gone) == gone && keep != gone {
                for column in ["state", "purpose", "way", "given_on", "by_id"] {
                    cells.push((column, cell(goes, column).clone()));
                }
            }
        }
        Noun::OptOut => cells.push(earlier("since", stands, goes)),
        Noun::Opening => {
            for column in ["per_year", "total_fen", "year_fen"] {
                cells.push(sum(column, stands, goes));
            }
            cells.extend([later("as_of", stands, goes), later("last_on", stands, goes)]);
            cells.push(earlier("first_on", stands, goes));
        }
        Noun::Membership => {
            let levels = levels(&settings::get(work.db, "levels")?).unwrap_or_default();
            let rank = |row: &Image| {
                let level = text(row, "level");
                (levels.iter().position(|l| Some(l.name.as_str()) == level), level.is_some())
            };
            if rank(goes) > rank(stands) {
                cells.extend(["level", "since"].map(|column| (column, cell(goes, column).clone())));
            }
            cells.push(sum("points", stands, goes));
            cells.extend(said("note", stands, goes));
        }
        Noun::Budget => {
            cells.push(sum("amount_fen", stands, goes));
            if int(goes, "approved_by").is_none() {
                cells.push(("approved_by", Cell::Null));
            }
            cells.extend(said("note", stands, goes));
        }
        Noun::Overspend => cells.extend(said("explanation", stands, goes)),
        // whoever was touched by it was touched
        Noun::Member if int(stands, "touch_id").is_none() && int(goes, "touch_id").is_some() => {
            cells.extend(["state", "touch_id", "findings", "reason"].map(|c| (c, cell(goes, c).clone())));
        }
        Noun::LeakCustomer if int(stands, "touch_id").is_none() => {
            cells.extend(["touch_id", "expense_id", "by_id", "at"].map(|c| (c, cell(goes, c).clone())));
        }
        _ => {}
    }
    // half of one and half of the other would be a third that nobody has said: these are taken whole or not at all
    if matches!(noun, Noun::Consent | Noun::Class | Noun::Member) {
        return Ok(cells);
    }
    // what is empty is filled
    for (column, value) in goes {
        let empty = *cell(stands, column) == Cell::Null && *value != Cell::Null;
        if empty && cells.iter().all(|(c, _)| c != column) && *column != "approved_by" {
            cells.push((column, value.clone()));
        }
    }
    Ok(cells)
}

/// The sum of both, nothing where neither has it.
fn sum(column: &'static str, one: &Image, other: &Image) -> (&'static str, Cell) {
    let values = [int(one, column), int(other, column)];
    let some = values.iter().any(Option::is_some);
    (column, opt_int(some.then(|| values.into_iter().flatten().fold(0_i64, i64::saturating_add))))
}

fn earlier(column: &'static str, one: &Image, other: &Image) -> (&'static str, Cell) {
    let both = [text(one, column), text(other, column)];
    (column, both.into_iter().flatten().min().map_or(Cell::Null, word))
}

fn later(column: &'static str, one: &Image, other: &Image) -> (&'static str, Cell) {
    (column, text(one, column).max(text(other, column)).map_or(Cell::Null, word))
}

/// What both say, one after the other, where they say something else.
pub fn said(column: &'static str, stands: &Image, goes: &Image) -> Option<(&'static str, Cell)> {
    let (stands, goes) = (text(stands, column).unwrap_or(""), text(goes, column)?);
    let both = with_parts(stands, goes, "; ");
    (both != stands).then(|| (column, word(both)))
}

/// What was done about a day that both have stays done: its tasks are the other one's.
fn dated(work: &mut Work<'_>, old: i64, new: i64) -> Result<(), StoreError> {
    let tasks: Vec<(i64, String)> = work
        .db
        .prepare_cached("SELECT id, cause FROM task WHERE cause>=?1 AND cause<?1||'~'")?
        .query_map([format!("date:{old}:")], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, cause) in tasks {
        let other = cause.replacen(&format!("date:{old}:"), &format!("date:{new}:"), 1);
        if !work.db.prepare_cached("SELECT 1 FROM task WHERE cause=?1")?.exists([&other])? {
            work.update(Noun::Task, id, &[("cause", word(other))])?;
        }
    }
    Ok(())
}

/// Contacts: one whom both have is one person, with the numbers of both; the others come along. There is one key contact.
pub fn contacts(work: &mut Work<'_>, pair: &Pair) -> Result<(), StoreError> {
    let same = same_contacts(work.db, pair)?;
    let mut has_key = work
        .db
        .prepare_cached("SELECT 1 FROM contact WHERE customer_id=?1 AND is_key=1")?
        .exists([pair.keep])?;
    for id in rows_of(work.db, table(Noun::Contact), pair.gone, usize::MAX)? {
        let Some((_, row)) = work.read(Noun::Contact, id)? else { continue };
        let into = same.get(&id).copied();
        for method in pointing(work, "SELECT id FROM method WHERE contact_id=?1", id)? {
            moved_method(work, pair, method, into)?;
        }
        let Some(other) = into else {
            let mut cells = vec![("customer_id", Cell::Integer(pair.keep))];
            if has_key {
                cells.push(("is_key", flag(false)));
            }
            has_key |= int(&row, "is_key") == Some(1);
            work.update(Noun::Contact, id, &cells)?;
            continue;
        };
        for date in pointing(work, "SELECT id FROM important_date WHERE contact_id=?1", id)? {
            work.update(Noun::ImportantDate, date, &[("contact_id", Cell::Integer(other))])?;
        }
        let Some((_, stands)) = work.read(Noun::Contact, other)? else { continue };
        let mut cells: Image = ["title", "confirmed_by", "confirmed_at"]
            .into_iter()
            .filter(|column| *cell(&stands, column) == Cell::Null)
            .map(|column| (column, cell(&row, column).clone()))
            .collect();
        if !has_key && int(&row, "is_key") == Some(1) {
            cells.push(("is_key", flag(true)));
            has_key = true;
        }
        cells.extend(said("note", &stands, &row));
        if text(&stands, "title") != text(&row, "title") && text(&stands, "title").is_some() {
            let note = vec![("note", cell(&cells, "note").clone())];
            let base = if *cell(&cells, "note") == Cell::Null { &stands } else { &note };
            let title = vec![("note", cell(&row, "title").clone())];
            let all = said("note", base, &title);
            cells.retain(|(column, _)| *column != "note" || all.is_none());
            cells.extend(all);
        }
        work.update(Noun::Contact, other, &cells)?;
        pair.became(work, Noun::Contact, id, other)?;
        work.delete(Noun::Contact, id)?;
    }
    Ok(())
}

fn pointing(work: &Work<'_>, sql: &str, id: i64) -> Result<Vec<i64>, StoreError> {
    Ok(work.db.prepare_cached(sql)?.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// A number or address goes with its contact; one that the contact of the same name has already goes.
fn moved_method(work: &mut Work<'_>, pair: &Pair, id: i64, into: Option<i64>) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Method, id)? else { return Ok(()) };
    let mut cells = vec![("customer_id", Cell::Integer(pair.keep))];
    if let Some(other) = into {
        let there: Option<i64> = work
            .db
            .prepare_cached(
                "SELECT id FROM method WHERE contact_id=?1 AND (value=?2 AND kind=?3 OR digits=?4) ORDER BY id LIMIT 1",
            )?
            .query_row((other, text(&row, "value"), text(&row, "kind"), text(&row, "digits")), |r| r.get(0))
            .optional()?;
        if let Some(there) = there {
            pair.became(work, Noun::Method, id, there)?;
            return work.delete(Noun::Method, id);
        }
        cells.push(("contact_id", Cell::Integer(other)));
    }
    work.update(Noun::Method, id, &cells)?;
    Ok(())
}
