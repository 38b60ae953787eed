//! The dictionary of tags (C25): a new value, a better wording, two values that mean the same. A value that is reworded to
//! one that is there already becomes an alias of it: whoever has it keeps it, and it counts, shows and is found as the
//! standard wording.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::class;
use crate::domain::change::TagPath;
use crate::domain::field::{Noun, Row};
use crate::domain::people::Verb;
use crate::domain::text::clean_line;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{opt_int, word};

/// Makes a value, or gives one another wording.
pub fn reword(work: &mut Work<'_>, tag: Option<(i64, i64)>, path: &TagPath) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Configure)?;
    let clean = |text: &str| clean_line(text).trim().to_owned();
    let path = TagPath { kind: path.kind.clone(), name: clean(&path.name), value: clean(&path.value) };
    class::fits(work, &path)?;
    let there: Option<(i64, Option<i64>)> = work
        .db
        .prepare_cached("SELECT id, alias_of FROM tag WHERE type=?1 AND name=?2 AND value=?3")?
        .query_row((&path.kind, &path.name, &path.value), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let subject = format!("{} · {}", path.name, path.value);
    let made = match (tag, there) {
        (None, Some((id, _))) => id,
        (None, None) => class::make(work, &path)?,
        (Some((id, rev)), there) => {
            match work.read(Noun::Tag, id)? {
                Some((now, _)) if now == rev => {}
                _ => return Err(StoreError::Gone { who: None }),
            }
            if let Some((other, alias)) = there.filter(|(other, _)| *other != id) {
                let standard = alias.filter(|standard| *standard != id).unwrap_or(other);
                same_as(work, id, standard)?;
            } else {
                let wording =
                    [("name", word(path.name)), ("value", word(path.value)), ("alias_of", Cell::Null)];
                work.update(Noun::Tag, id, &wording)?;
            }
            id
        }
    };
    Ok(Receipt { subject, made: Some(Row { noun: Noun::Tag, id: made }), ..Receipt::default() })
}

/// Makes a value an alias of another, and its own aliases too: there is never an alias of an alias.
fn same_as(work: &mut Work<'_>, id: i64, standard: i64) -> Result<(), StoreError> {
    let aliases: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM tag WHERE alias_of=?1")?
        .query_map([id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if work.read(Noun::Tag, standard)?.is_some() {
        work.update(Noun::Tag, standard, &[("alias_of", Cell::Null)])?;
    }
    for alias in aliases.into_iter().chain([id]).filter(|a| *a != standard) {
        work.update(Noun::Tag, alias, &[("alias_of", opt_int(Some(standard)))])?;
    }
    Ok(())
}
