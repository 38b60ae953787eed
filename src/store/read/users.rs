//! People as the administrator sees them: role and department, the keys they come in with, the sessions they have open.

use super::eyes::Eyes;
use super::lists::{PERSON, person};
use crate::domain::people::PersonId;
use crate::domain::user::Key;
use crate::store::process;
use crate::store::request::{StoreError, UserRow};
use crate::store::session;

/// Everybody, in the order in which they came.
pub fn all(eyes: &Eyes) -> Result<Vec<UserRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!("SELECT {PERSON} ORDER BY p.id"))?;
    let mut rows: Vec<UserRow> = query
        .query_map([], |r| {
            let frozen = r.get::<_, String>(9)? == "frozen";
            Ok(UserRow { person: person(r)?, frozen, keys: Vec::new(), sessions: 0 })
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
