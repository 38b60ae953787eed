//! The sessions that are open: which process each is, from where it came, what is being edited in it. Kept beside the record
//! of changes and not in it, because coming and going is nothing to take back. A row whose process is gone counts for
//! nothing and is swept away by the next session that begins.

use rusqlite::{Connection, OptionalExtension};

use super::request::StoreError;
use super::{Store, people, process, settings, tables, turn};
use crate::domain::clock::Now;
use crate::domain::field::Row;
use crate::domain::people::{Actor, PersonId, Role, Via};
use crate::domain::user::Key;

/// A session's process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// When it began, in the system's ticks.
    pub began: u64,
}

impl Store {
    /// The active person who comes in with the key of this fingerprint, as an actor.
    pub fn actor_with_key(
        &self,
        fingerprint: &str,
        via: Via,
        session: &str,
    ) -> Result<Option<(Actor, String)>, StoreError> {
        let login: Option<String> = self
            .db
            .prepare_cached(
                "SELECT p.login FROM person_key k JOIN person p ON p.id=k.person_id
                 WHERE k.fingerprint=?1 AND p.state='active'",
            )?
            .query_row([fingerprint], |r| r.get(0))
            .optional()?;
        let Some(login) = login else { return Ok(None) };
        Ok(self.actor(&login, via, session)?.map(|actor| (actor, login)))
    }

    /// Notes that a session of this process has begun, and forgets those whose process is gone.
    pub fn begin_session(&mut self, actor: &Actor, place: &str, now: Now) -> Result<(), StoreError> {
        let pid = std::process::id();
        let began = process::began(pid).unwrap_or(0);
        let tx = turn::begin(&mut self.db)?;
        let gone: Vec<String> = all(&tx, None)?
            .into_iter()
            .filter(|(_, process)| !process::lives(process.pid, process.began))
            .map(|(id, _)| id)
            .collect();
        for id in gone {
            tx.prepare_cached("DELETE FROM session WHERE id=?1")?.execute([id])?;
        }
        tx.prepare_cached(
            "INSERT OR REPLACE INTO session(id,person_id,pid,began,place,started_at) VALUES(?1,?2,?3,?4,?5,?6)",
        )?
        .execute((&actor.session, actor.id.0, pid, began, place, now.ms()))?;
        Ok(tx.commit()?)
    }

    /// After how many milliseconds without a key a session on a server ends; none for never.
    pub fn idle(&self) -> Result<Option<i64>, StoreError> {
        let minutes = settings::number(&self.db, "idle_minutes")?;
        Ok((minutes > 0).then_some(minutes * 60_000))
    }

    /// The company's language and colours, where it has set them: for whoever has chosen nothing.
    pub fn looks(&self) -> Result<(Option<String>, Option<String>), StoreError> {
        let set = |value: String| Some(value).filter(|value| !matches!(value.as_str(), "" | "auto"));
        Ok((set(settings::get(&self.db, "lang")?), set(settings::get(&self.db, "theme")?)))
    }

    /// Notes that a session is over.
    pub fn end_session(&self, session: &str) -> Result<(), StoreError> {
        let _head = turn::wait(&self.db);
        self.db.prepare_cached("DELETE FROM session WHERE id=?1")?.execute([session])?;
        Ok(())
    }

    /// Notes which row is being edited in a session, for colleagues to see.
    pub fn edits(&self, session: &str, row: Option<Row>) -> Result<(), StoreError> {
        let tbl = row.map(|row| tables::table(row.noun).name);
        let _head = turn::wait(&self.db);
        self.db.prepare_cached("UPDATE session SET tbl=?2, row_id=?3 WHERE id=?1")?.execute((
            session,
            tbl,
            row.map(|row| row.id),
        ))?;
        Ok(())
    }

    /// The processes of a person's open sessions.
    pub fn sessions_of(&self, person: PersonId) -> Result<Vec<Process>, StoreError> {
        let all = all(&self.db, Some(person))?;
        Ok(all.into_iter().map(|(_, p)| p).filter(|p| process::lives(p.pid, p.began)).collect())
    }

    /// Makes the first administrator of a server, who comes in with a key; refused where people work here already.
    pub fn first_administrator(
        &mut self,
        login: &str,
        name: &str,
        key: &Key,
        now: Now,
    ) -> Result<bool, StoreError> {
        let tx = turn::begin(&mut self.db)?;
        if tx.prepare("SELECT 1 FROM person")?.exists([])? {
            return Ok(false);
        }
        tx.execute(
            "INSERT INTO person(login,name,role,created_at) VALUES(?1,?2,?3,?4)",
            (login, name, Role::Admin.id(), now.ms()),
        )?;
        let person = tx.last_insert_rowid();
        tx.execute(
            "INSERT INTO person_key(person_id,fingerprint,kind,body,note,added_at) VALUES(?1,?2,?3,?4,?5,?6)",
            (person, &key.fingerprint, &key.kind, &key.body, &key.note, now.ms()),
        )?;
        tx.commit()?;
        Ok(true)
    }
}

/// Every session, or those of one person, with their processes.
pub(super) fn all(db: &Connection, person: Option<PersonId>) -> rusqlite::Result<Vec<(String, Process)>> {
    db.prepare_cached("SELECT id, pid, began FROM session WHERE ?1 IS NULL OR person_id=?1")?
        .query_map([person.map(|p| p.0)], |r| Ok((r.get(0)?, Process { pid: r.get(1)?, began: r.get(2)? })))?
        .collect()
}

/// Whether anybody is at work in a session, this process's own included.
pub(super) fn any(db: &Connection) -> rusqlite::Result<bool> {
    Ok(all(db, None)?.into_iter().any(|(_, process)| process::lives(process.pid, process.began)))
}

/// Who edits a row just now besides this session; a session whose process is gone edits nothing.
pub(super) fn editors(db: &Connection, row: Row, but: &str) -> rusqlite::Result<Vec<String>> {
    let found: Vec<(String, Process)> = db
        .prepare_cached(
            "SELECT p.name, s.pid, s.began FROM session s JOIN person p ON p.id=s.person_id
             WHERE s.row_id=?1 AND s.tbl=?2 AND s.id<>?3 ORDER BY p.name",
        )?
        .query_map((row.id, tables::table(row.noun).name, but), |r| {
            Ok((r.get(0)?, Process { pid: r.get(1)?, began: r.get(2)? }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut names: Vec<String> =
        found.into_iter().filter(|(_, p)| process::lives(p.pid, p.began)).map(|(name, _)| name).collect();
    names.dedup();
    Ok(names)
}

/// What sshd asks: the line of the key with this fingerprint, where its person is active. Opened to read only and asked
/// once, because sshd waits.
pub fn authorized(path: &std::path::Path, fingerprint: &str) -> Result<Option<String>, StoreError> {
    let db = super::open::glance(path)?;
    let found = db
        .query_row(
            "SELECT k.kind, k.body FROM person_key k JOIN person p ON p.id=k.person_id
             WHERE k.fingerprint=?1 AND p.state='active'",
            [fingerprint],
            |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)),
        )
        .optional()?;
    Ok(found.map(|(kind, body)| format!("restrict,pty {kind} {body}")))
}

/// Whether the actor still may work; asked after every commit of others.
pub(crate) fn active(db: &Connection, actor: &Actor) -> bool {
    // a fault of the look is looked at again next time
    people::as_known(db, actor).map_or(true, |known| known.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Zone;
    use crate::domain::field::Noun;

    fn store() -> (Store, Actor, Now) {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: Zone::default() };
        let me = store.personal("wang", "王敏", now).unwrap().unwrap();
        store
            .db
            .execute("INSERT INTO person(login,name,role,created_at) VALUES('li','李雷','rep',0)", [])
            .unwrap();
        (store, Actor { session: "one".into(), ..me }, now)
    }

    #[test]
    fn who_edits_a_row_shows_to_the_others_and_not_to_themselves_until_they_leave() {
        let (mut store, me, now) = store();
        let li = store.actor("li", Via::Screen, "two").unwrap().unwrap();
        store.begin_session(&me, "", now).unwrap();
        store.begin_session(&li, "10.0.0.7", now).unwrap();
        let row = Row { noun: Noun::Customer, id: 7 };
        store.edits("two", Some(row)).unwrap();
        assert_eq!(editors(&store.db, row, "one").unwrap(), ["李雷"]);
        assert!(editors(&store.db, row, "two").unwrap().is_empty());
        assert!(editors(&store.db, Row { noun: Noun::Contact, id: 7 }, "one").unwrap().is_empty());
        store.edits("two", None).unwrap();
        assert!(editors(&store.db, row, "one").unwrap().is_empty());
        assert_eq!(store.sessions_of(li.id).unwrap().len(), 1);
        store.end_session("two").unwrap();
        assert!(store.sessions_of(li.id).unwrap().is_empty());
    }

    #[test]
    fn a_session_whose_process_is_gone_edits_nothing_and_is_swept_away() {
        let (mut store, me, now) = store();
        store
            .db
            .execute(
                "INSERT INTO session(id,person_id,pid,began,started_at,tbl,row_id) VALUES('x',2,1,1,0,'customer',7)",
                [],
            )
            .unwrap();
        let row = Row { noun: Noun::Customer, id: 7 };
        assert!(editors(&store.db, row, "one").unwrap().is_empty());
        store.begin_session(&me, "", now).unwrap();
        let left: i64 = store.db.query_row("SELECT count(*) FROM session", [], |r| r.get(0)).unwrap();
        assert_eq!(left, 1);
    }
}
