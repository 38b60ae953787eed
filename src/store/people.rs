//! People as the writing side needs them: who is behind a login, who the first person of a new store is, and how a person
//! stands to a customer today.

use rusqlite::{Connection, OptionalExtension};

use super::request::StoreError;
use super::{Store, settings, turn};
use crate::domain::act::Act;
use crate::domain::clock::{Now, Zone};
use crate::domain::people::{Actor, PersonId, Relation, Role, Verb, Via, may};

impl Store {
    /// The company's zone.
    pub fn zone(&self) -> Zone {
        settings::zone(&self.db).unwrap_or_default()
    }

    /// The active person with this login.
    pub fn actor(&self, login: &str, via: Via, session: &str) -> Result<Option<Actor>, StoreError> {
        let found = self
            .db
            .prepare_cached("SELECT id FROM person WHERE login=?1 AND state='active'")?
            .query_row([login], |r| r.get(0))
            .optional()?;
        let Some(id) = found else { return Ok(None) };
        let actor = Actor {
            id: PersonId(id),
            role: Role::Viewer,
            department: String::new(),
            session: session.to_owned(),
            via,
        };
        Ok(as_known(&self.db, &actor)?)
    }

    /// Who opens the store under the login that the system gives: as [`Store::named`], and in a demo, which knows nobody's
    /// login, its first person.
    pub fn whoever(&self, login: &str, via: Via, session: &str) -> Result<Option<Actor>, StoreError> {
        self.opener(login, self.is_demo()?, via, session)
    }

    /// Who opens the store under a login that they have chosen: the active person with this login, or the one single person
    /// who works here, whatever their machine calls them. Else nobody: whoever is named and unknown is not somebody else.
    pub fn named(&self, login: &str, via: Via, session: &str) -> Result<Option<Actor>, StoreError> {
        self.opener(login, false, via, session)
    }

    fn opener(&self, login: &str, first: bool, via: Via, session: &str) -> Result<Option<Actor>, StoreError> {
        if let Some(actor) = self.actor(login, via, session)? {
            return Ok(Some(actor));
        }
        let logins: Vec<String> = self
            .db
            .prepare_cached("SELECT login FROM person WHERE state='active' ORDER BY id LIMIT 2")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        match logins.as_slice() {
            [one, rest @ ..] if first || rest.is_empty() => self.actor(one, via, session),
            _ => Ok(None),
        }
    }

    /// The login of the one active person of this name, for whoever gave a name in its place.
    pub fn login_of(&self, name: &str) -> Result<Option<String>, StoreError> {
        let logins: Vec<String> = self
            .db
            .prepare_cached("SELECT login FROM person WHERE name=?1 AND state='active' LIMIT 2")?
            .query_map([name.trim()], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(if let [one] = logins.as_slice() { Some(one.clone()) } else { None })
    }

    /// Refuses what a person may not do at all, as the store knows them now: for work that costs something before its first
    /// change, which asks once more.
    pub fn need(&self, actor: &Actor, verb: Verb) -> Result<(), StoreError> {
        let known = as_known(&self.db, actor)?.ok_or(StoreError::Denied(verb))?;
        need_own(&known, verb)
    }

    /// Whether this is a demo company.
    pub fn is_demo(&self) -> Result<bool, StoreError> {
        Ok(settings::raw(&self.db, "demo")?.as_deref() == Some("1"))
    }

    /// Whether somebody has worked in this file: what a demo makes, and what the program does by itself, is not theirs.
    pub fn is_worked_in(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS(SELECT 1 FROM change WHERE via IN ('screen','command','import'))";
        Ok(self.db.query_row(sql, [], |r| r.get(0))?)
    }

    /// Whether nobody works here and no customer is known: a file that was only just made.
    pub fn is_blank(&self) -> Result<bool, StoreError> {
        let sql = "SELECT NOT EXISTS(SELECT 1 FROM person) AND NOT EXISTS(SELECT 1 FROM customer)";
        Ok(self.db.query_row(sql, [], |r| r.get(0))?)
    }

    /// Makes the first person of an empty store, who may do everything; one person on one machine needs no set-up.
    /// Answers the person with this login where the store has people already.
    pub fn personal(&mut self, login: &str, name: &str, now: Now) -> Result<Option<Actor>, StoreError> {
        let tx = turn::begin(&mut self.db)?;
        if !tx.prepare("SELECT 1 FROM person")?.exists([])? {
            tx.execute(
                "INSERT INTO person(login,name,role,created_at) VALUES(?1,?2,'admin',?3)",
                (login, name, now.ms()),
            )?;
        }
        tx.commit()?;
        self.actor(login, Via::Command, "")
    }
}

/// People who work here and with customers, as a condition on `person` (see [`crate::domain::people::works`]).
pub const WORKING: &str = "state='active' AND role IN ('rep','manager','admin')";

/// The actor with role and department as the store knows them; none where frozen or unknown.
pub fn as_known(db: &Connection, actor: &Actor) -> rusqlite::Result<Option<Actor>> {
    let found: Option<(String, String)> = db
        .prepare_cached("SELECT role, department FROM person WHERE id=?1 AND state='active'")?
        .query_row([actor.id.0], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(role, department)| {
        Some(Actor { role: Role::from_id(&role)?, department, ..actor.clone() })
    }))
}

/// How a person stands to the customers of `owner` today: own ones, or those of an absent colleague they stand in for.
pub fn relation(db: &Connection, actor: &Actor, owner: i64, now: Now) -> rusqlite::Result<Relation> {
    if owner == actor.id.0 {
        return Ok(Relation::Own);
    }
    let today = now.today().to_string();
    let (department, deputy): (String, bool) = db
        .prepare_cached(
            "SELECT department, coalesce(deputy_id=?2 AND away_from<=?3 AND coalesce(away_until,'9999')>=?3, 0)
             FROM person WHERE id=?1",
        )?
        .query_row((owner, actor.id.0, today), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(match (deputy, department == actor.department) {
        (true, _) => Relation::Own,
        (false, true) => Relation::Department,
        (false, false) => Relation::Other,
    })
}

/// A person and those they stand in for today.
pub fn in_place_of(db: &Connection, person: i64, now: Now) -> rusqlite::Result<Vec<i64>> {
    let mut query = db.prepare_cached(
        "SELECT id FROM person WHERE deputy_id=?1 AND away_from<=?2 AND coalesce(away_until,'9999')>=?2 AND id<>?1",
    )?;
    let mut out: Vec<i64> =
        query.query_map((person, now.today().to_string()), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    out.insert(0, person);
    Ok(out)
}

/// Whether the actor is one of these people, or stands in for one today.
pub fn acts_for(db: &Connection, actor: &Actor, people: &[Option<i64>], now: Now) -> rusqlite::Result<bool> {
    let mine = in_place_of(db, actor.id.0, now)?;
    Ok(people.iter().flatten().any(|person| mine.contains(person)))
}

/// Whether the actor may act on the work of one of these people, as the head of their department; what is nobody's is asked
/// for as one's own.
pub fn heads(db: &Connection, actor: &Actor, people: &[Option<i64>], now: Now) -> rusqlite::Result<bool> {
    if people.iter().flatten().next().is_none() {
        return Ok(may(actor.role, Verb::Supervise, Relation::Own));
    }
    for person in people.iter().flatten() {
        if may(actor.role, Verb::Supervise, relation(db, actor, *person, now)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same of a department.
pub fn heads_department(actor: &Actor, department: &str) -> bool {
    let own = department == actor.department;
    may(actor.role, Verb::Supervise, if own { Relation::Department } else { Relation::Other })
}

/// How a person stands to one customer of `owner` today: working on it together counts where it is no own one (A27).
pub fn relation_to(
    db: &Connection,
    actor: &Actor,
    customer: i64,
    owner: i64,
    now: Now,
) -> rusqlite::Result<Relation> {
    let relation = relation(db, actor, owner, now)?;
    Ok(if relation != Relation::Own && shared(db, actor, customer)? { Relation::Shared } else { relation })
}

/// Whether the owner of a customer has let this person work on it.
pub fn shared(db: &Connection, actor: &Actor, customer: i64) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM customer_share WHERE customer_id=?1 AND person_id=?2")?
        .exists((customer, actor.id.0))
}

/// Whether the actor speaks for the receiver of customers, and for their giver: the person, their stand-in, for the giver
/// also who may give away what is theirs; an administrator for either.
pub fn sides(db: &Connection, actor: &Actor, from: i64, to: i64, now: Now) -> rusqlite::Result<(bool, bool)> {
    let admin = may(actor.role, Verb::Configure, Relation::Own);
    let (from, to) = (relation(db, actor, from, now)?, relation(db, actor, to, now)?);
    let gives = admin || from == Relation::Own || may(actor.role, Verb::Assign, from);
    Ok((admin || to == Relation::Own, gives))
}

/// Who owns a customer, if it is there.
pub fn owner(db: &Connection, customer: i64) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
        .query_row([customer], |r| r.get(0))
        .optional()
}

/// Refuses what the actor may not do with this customer; answers the customer's owner.
pub fn need(db: &Connection, actor: &Actor, verb: Verb, customer: i64, now: Now) -> Result<i64, StoreError> {
    let Some(owner) = owner(db, customer)? else { return Err(StoreError::Gone { who: None }) };
    if may(actor.role, verb, relation_to(db, actor, customer, owner, now)?) {
        Ok(owner)
    } else {
        Err(StoreError::Denied(verb))
    }
}

/// Refuses what the actor may not do at all.
pub fn need_own(actor: &Actor, verb: Verb) -> Result<(), StoreError> {
    if may(actor.role, verb, Relation::Own) { Ok(()) } else { Err(StoreError::Denied(verb)) }
}

/// Refuses an act to whoever has not the right that it asks at the least.
pub fn need_act(actor: &Actor, act: Act) -> Result<(), StoreError> {
    match act.least() {
        Some((verb, Some(other))) if need_own(actor, other).is_err() => need_own(actor, verb),
        Some((verb, None)) => need_own(actor, verb),
        _ => Ok(()),
    }
}

/// The name of a person.
pub fn name(db: &Connection, id: i64) -> rusqlite::Result<String> {
    Ok(db
        .prepare_cached("SELECT name FROM person WHERE id=?1")?
        .query_row([id], |r| r.get(0))
        .optional()?
        .unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(people: &[&str]) -> (Store, Now) {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: Zone::default() };
        for login in people {
            store
                .db
                .execute("INSERT INTO person(login,name,role,created_at) VALUES(?1,?1,'rep',0)", [login])
                .unwrap();
        }
        assert_eq!(store.is_blank().unwrap(), people.is_empty());
        store.personal("first", "first", now).unwrap();
        (store, now)
    }

    #[test]
    fn whoever_opens_the_file_of_one_person_is_that_person_and_a_stranger_among_several_is_nobody() {
        let who =
            |store: &Store, login: &str| store.whoever(login, Via::Command, "").unwrap().map(|a| a.id.0);
        let (alone, _) = store(&[]);
        assert_eq!((who(&alone, "first"), who(&alone, "other")), (Some(1), Some(1)));
        let (shared, _) = store(&["wang", "li"]);
        assert_eq!((who(&shared, "li"), who(&shared, "other")), (Some(2), None));
        settings::keep(&shared.db, "demo", Some("1")).unwrap();
        assert_eq!((who(&shared, "li"), who(&shared, "other")), (Some(2), Some(1)));
    }

    #[test]
    fn a_login_that_was_chosen_and_is_unknown_is_nobody_even_in_a_demo() {
        let who = |store: &Store, login: &str| store.named(login, Via::Command, "").unwrap().map(|a| a.id.0);
        let (alone, _) = store(&[]);
        assert_eq!(who(&alone, "other"), Some(1), "one's own file is one's own");
        let (shared, _) = store(&["wang", "li"]);
        settings::keep(&shared.db, "demo", Some("1")).unwrap();
        assert_eq!((who(&shared, "li"), who(&shared, "nosuch")), (Some(2), None));
        shared.db.execute("UPDATE person SET name='张磊', rev=rev+1 WHERE login='li'", []).unwrap();
        assert_eq!(who(&shared, "张磊"), None);
        assert_eq!(shared.login_of("张磊").unwrap().as_deref(), Some("li"));
        shared.db.execute("UPDATE person SET name='张磊', rev=rev+1", []).unwrap();
        assert_eq!(shared.login_of("张磊").unwrap(), None, "a name that two have tells nothing");
    }

    #[test]
    fn whoever_works_with_customers_is_the_same_to_a_query_and_to_the_table_of_rights() {
        for role in [Role::Rep, Role::Manager, Role::Security, Role::Admin, Role::Viewer] {
            let named = WORKING.contains(&format!("'{}'", role.id()));
            assert_eq!(named, crate::domain::people::works(role), "{role:?}");
        }
    }

    #[test]
    fn a_rehearsal_leaves_nothing_behind() {
        let (mut store, now) = store(&[]);
        let me = store.whoever("first", Via::Command, "").unwrap().unwrap();
        let made = store.rehearse(|store| {
            let change = crate::domain::change::Change::Set { key: "capacity".into(), value: "30".into() };
            let envelope = crate::domain::change::Envelope { request: "r".into(), change, reason: None };
            store.write(&me, &envelope, now).unwrap().rows
        });
        assert_eq!(made.unwrap(), 1);
        assert_eq!(settings::raw(&store.db, "capacity").unwrap(), None);
        assert!(store.db.is_autocommit());
    }
}
