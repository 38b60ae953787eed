//! The short lists: saved views, people, tags, settings.

use super::eyes::Eyes;
use super::filter::conditions;
use super::row::day;
use crate::domain::filter;
use crate::domain::people::Role;
use crate::store::request::{PersonRow, SettingRow, StoreError, ViewRow};

/// Customers of a view that are counted at the most.
const COUNTED: u64 = 10_000;

/// Saved views: everybody's and one's own.
pub fn views(eyes: &mut Eyes) -> Result<Vec<ViewRow>, StoreError> {
    let mut rows: Vec<ViewRow> = eyes
        .db
        .prepare_cached(
            "SELECT id, name, filter, sort, descending, person_id IS NULL FROM saved_view
             WHERE person_id IS NULL OR person_id=?1 ORDER BY position, id",
        )?
        .query_map([eyes.actor.id.0], |r| {
            Ok(ViewRow {
                id: r.get(0)?,
                name: r.get(1)?,
                filter: r.get(2)?,
                sort: r.get(3)?,
                descending: r.get(4)?,
                shared: r.get(5)?,
                count: 0,
                more: false,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for view in &mut rows {
        // a view that a newer program has saved may not read here; it shows without a count
        if let Ok(filter) = filter::parse(&view.filter) {
            let conditions = match conditions(eyes, &filter) {
                // it names somebody who is not here: it says so where it is opened
                Err(StoreError::Invalid(_)) => continue,
                conditions => conditions?,
            };
            (view.count, view.more) = conditions.count(eyes, Some(COUNTED))?;
        }
    }
    Ok(rows)
}

/// People who work here.
pub fn people(db: &rusqlite::Connection) -> Result<Vec<PersonRow>, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT {PERSON} WHERE p.state='active' ORDER BY p.id"))?;
    let rows = query.query_map([], person)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What every list shows of a person.
pub const PERSON: &str =
    "p.id, p.login, p.name, p.role, p.department, p.post, d.name, p.away_from, p.away_until, p.state
     FROM person p LEFT JOIN person d ON d.id=p.deputy_id";

/// A row of [`PERSON`].
pub fn person(r: &rusqlite::Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: r.get(0)?,
        login: r.get(1)?,
        name: r.get(2)?,
        role: Role::from_id(&r.get::<_, String>(3)?).unwrap_or(Role::Viewer),
        department: r.get(4)?,
        post: r.get(5)?,
        deputy: r.get(6)?,
        away_from: day(r, 7)?,
        away_until: day(r, 8)?,
    })
}

/// All settings as they stand.
pub fn settings(db: &rusqlite::Connection) -> Result<Vec<SettingRow>, StoreError> {
    use crate::store::settings::{SETTINGS, SOURCES, get};
    let source = |key: &str| SOURCES.iter().find(|(k, _)| *k == key).map_or("", |(_, source)| *source);
    let row = |s: &'static crate::store::settings::Setting| {
        let value = get(db, s.key)?;
        Ok(SettingRow { key: s.key, value, default: s.default, source: source(s.key), takes: s.takes })
    };
    SETTINGS.iter().map(row).collect()
}
