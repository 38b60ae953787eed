//! Saved views and settings: what people arrange for themselves and for everybody, recorded and undoable like all else.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::kpi::target::{FAMILY, parse_key};
use crate::domain::people::Verb;
use crate::store::record::Work;
use crate::store::request::{Receipt, SettingTakes, StoreError};
use crate::store::tables::{Image, flag, int, opt_int, text, word};
use crate::store::values::{cell, invalid};
use crate::store::{people, settings};

/// Keeps a view; an equal name of the same person is replaced, and one of everybody's only by whoever may take it away.
pub fn save(
    work: &mut Work<'_>,
    name: &str,
    filter: &str,
    sort: &str,
    descending: bool,
    shared: bool,
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Log)?;
    let name = cell(work.db, work.now, 0, Field::ViewName, &Value::text(name))?;
    let owner = (!shared).then_some(work.actor.id.0);
    let there: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM saved_view WHERE person_id IS ?1 AND name=?2")?
        .query_row((owner, &name), |r| r.get(0))
        .optional()?;
    if shared && there.is_some() {
        keeper(work)?;
    }
    let mut row = vec![("filter", word(filter)), ("sort", word(sort)), ("descending", flag(descending))];
    let subject = if let Cell::Text(name) = &name { name.clone() } else { String::new() };
    let made = if let Some(id) = there {
        work.update(Noun::SavedView, id, &row)?;
        None
    } else {
        let last: i64 =
            work.db.query_row("SELECT coalesce(max(position),0) FROM saved_view", [], |r| r.get(0))?;
        row.extend([("name", name), ("person_id", opt_int(owner)), ("position", Cell::Integer(last + 1))]);
        Some(Row { noun: Noun::SavedView, id: work.insert(Noun::SavedView, &row)? })
    };
    Ok(Receipt { subject, made, ..Receipt::default() })
}

/// What everybody uses is not for everybody to change or take away.
fn keeper(work: &Work<'_>) -> Result<(), StoreError> {
    people::need_own(work.actor, Verb::Supervise).map_err(|_| StoreError::Denied(Verb::Edit))
}

/// Refuses to change or take away another's view, and everybody's to whoever keeps none.
pub fn may_change(work: &Work<'_>, view: &Image) -> Result<(), StoreError> {
    match int(view, "person_id") {
        Some(owner) if owner != work.actor.id.0 => Err(StoreError::Denied(Verb::Edit)),
        None => keeper(work),
        Some(_) => Ok(()),
    }
}

/// Removes a view of one's own, or a shared one.
pub fn remove(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Log)?;
    let Some((_, row)) = work.read(Noun::SavedView, id)? else { return Err(StoreError::Gone { who: None }) };
    may_change(work, &row)?;
    work.delete(Noun::SavedView, id)?;
    Ok(Receipt { subject: text(&row, "name").unwrap_or("").to_owned(), ..Receipt::default() })
}

/// Refuses whoever may not change a setting: targets and what is suspended are strategy.
pub fn may_set(work: &Work<'_>, key: &str) -> Result<(), StoreError> {
    let strategy = [FAMILY, settings::SUSPENDED].into_iter().any(|family| key.starts_with(family));
    people::need_own(work.actor, if strategy { Verb::Strategy } else { Verb::Configure })?;
    // it names a file of the server
    let place = settings::setting(key).is_some_and(|setting| setting.takes == SettingTakes::Place);
    if place && from_elsewhere(work)? { Err(StoreError::Denied(Verb::Configure)) } else { Ok(()) }
}

/// Changes a setting of the company.
pub fn set(work: &mut Work<'_>, key: &str, value: &str) -> Result<Receipt, StoreError> {
    let value = value.trim();
    may_set(work, key)?;
    if key.starts_with(FAMILY) {
        return target(work, key, value);
    }
    let Some(setting) = settings::setting(key) else {
        return invalid(Field::SettingValue, Problem::NotOneOf(key.to_owned(), settings::KEYS));
    };
    if !setting.takes(value) {
        return invalid(
            Field::SettingValue,
            match setting.takes {
                SettingTakes::OneOf(ids) => Problem::NotOneOf(value.to_owned(), ids),
                SettingTakes::PublicKey => Problem::NotAPublicKey(value.to_owned()),
                SettingTakes::Place => Problem::NotAPlace(value.to_owned()),
                SettingTakes::Levels => Problem::Levels(value.to_owned()),
                SettingTakes::Between(low, high) => {
                    Problem::NotBetween(value.to_owned(), low.to_string(), high.to_string())
                }
                SettingTakes::Line(most) => Problem::TooLong(u16::try_from(most).unwrap_or(u16::MAX)),
            },
        );
    }
    work.put(Noun::Setting, key, Some(&vec![("key", word(key)), ("value", word(value))]))?;
    Ok(Receipt { subject: key.to_owned(), ..Receipt::default() })
}

/// Whether who writes has come to the machine over SSH.
fn from_elsewhere(work: &Work<'_>) -> Result<bool, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT 1 FROM session WHERE id=?1 AND place<>''")?
        .exists([&work.actor.session])?)
}

/// Sets the target of a figure, or goes back to the handbook's (F46, F47).
fn target(work: &mut Work<'_>, key: &str, value: &str) -> Result<Receipt, StoreError> {
    let Some((kpi, _)) = parse_key(key) else {
        return invalid(Field::TargetFigure, Problem::NoSuchKpi(key.to_owned()));
    };
    let row = if value.is_empty() {
        None
    } else {
        let value = super::review::read_target(kpi, Field::TargetFigure, value)?;
        Some(vec![("key", word(key)), ("value", word(value))])
    };
    work.put(Noun::Setting, key, row.as_ref())?;
    Ok(Receipt { subject: key.to_owned(), ..Receipt::default() })
}
