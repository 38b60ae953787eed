//! People as the administrator sees them: role and department, the keys they come in with, the sessions they have open.

use super::eyes::Eyes;
use crate::domain::people::{PersonId, Role};
use crate::domain::user::Key;
use crate::store::process;
use crate::store::request::{PersonRow, StoreError, UserRow};
use crate::store::session;

/// Everybody, in the order in which they came.
pub fn all(eyes: &Eyes) -> Result<Vec<UserRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT id, login, name, role, department, post, state='frozen' FROM person ORDER BY id",
    )?;
    let mut rows: Vec<UserRow> = query
        .query_map([], |r| {
            let person = PersonRow {
                id: r.get(0)?,
                login: r.get(1)?,
                name: r.get(2)?,
                role: Role::from_id(&r.get::<_, String>(3)?).unwrap_or(Role::Viewer),
                department: r.get(4)?,
                post: r.get(5)?,
            };
            Ok(UserRow { person, frozen: r.get(6)?, keys: Vec::new(), sessions: 0 })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for row in &mut rows {
        row.keys = eyes
            .db
            .prepare_cached(
                "SELECT fingerprint, kind, body, note FROM person_key WHERE person_id=?1 ORDER BY id",
            )?
            .query_map([row.person.id], |r| {
                Ok(Key { fingerprint: r.get(0)?, kind: r.get(1)?, body: r.get(2)?, note: r.get(3)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let open = session::all(eyes.db, Some(PersonId(row.person.id)))?;
        row.sessions = open.iter().filter(|(_, p)| process::lives(p.pid, p.began)).count();
    }
    Ok(rows)
}
