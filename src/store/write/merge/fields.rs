//! The customer's own fields: what the one that stays says stands, what it does not say is filled, what the person has
//! chosen is taken, and what is left over goes into the note.

use rusqlite::types::Value as Cell;

use super::Pair;
use crate::domain::field::{Field, Noun, Value};
use crate::domain::merge::{Merge, compared, fills};
use crate::domain::text::with_parts;
use crate::store::record::Work;
use crate::store::referral::sends;
use crate::store::request::{Met, StoreError};
use crate::store::tables::{Image, cell, given, int, text, word};
use crate::store::values::value;

/// The fields in which two customers differ, seen from the one that stays.
pub fn meetings(keep: (i64, &Image), gone: (i64, &Image)) -> Vec<Met> {
    let knows = int(keep.1, "employees").or(int(gone.1, "employees")).is_some();
    let mut found = Vec::new();
    for field in compared() {
        let column = field.spec().column;
        let (is, other) = (cell(keep.1, column), cell(gone.1, column));
        // nobody sends themselves
        let own = field == Field::Referrer
            && (*other == Cell::Integer(keep.0) || *is == Cell::Integer(gone.0) && *other == Cell::Null);
        if is == other || *other == Cell::Null || own {
            continue;
        }
        let (keep, gone) = (value(field, is), value(field, other));
        let fills = keep == Value::None && fills(field, &gone, knows);
        found.push(Met { field, keep, gone, fills });
    }
    found
}

/// Puts the fields of both together.
pub fn join(work: &mut Work<'_>, pair: &Pair, what: &Merge) -> Result<(), StoreError> {
    let (Some((_, keep)), Some((_, gone))) =
        (work.read(Noun::Customer, pair.keep)?, work.read(Noun::Customer, pair.gone)?)
    else {
        return Err(StoreError::Gone { who: None });
    };
    let mut cells = Image::new();
    for met in meetings((pair.keep, &keep), (pair.gone, &gone)) {
        if met.fills || what.take.contains(&met.field) {
            let column = met.field.spec().column;
            cells.push((column, cell(&gone, column).clone()));
        }
    }
    let own = text(&keep, "note").unwrap_or_default().to_owned();
    let others = [text(&gone, "note"), what.note.as_deref()].into_iter().flatten();
    let note = others.fold(own, |all, more| with_parts(&all, more, "\n"));
    if !note.is_empty() {
        cells.push(("note", word(note)));
    }
    // nobody is sent by whomever they sent: those whom the other has sent are this one's by now
    let by = int(if given(&cells, "referrer_id") { &cells } else { &keep }, "referrer_id");
    if by.map_or(Ok(false), |by| sends(work.db, pair.keep, by))? {
        cells.retain(|(column, _)| *column != "referrer_id");
        cells.push(("referrer_id", Cell::Null));
    }
    work.update(Noun::Customer, pair.keep, &cells)?;
    Ok(())
}
