//! People and their keys, as the administrator changes them: added, frozen, thawed, given a key and deprived of one; and
//! what holds when one of their fields is edited, which is an edit like any other (`rows`). Each is recorded like any
//! other change. Whoever is frozen writes nothing from that moment on (`known`), and sshd gets no
//! key of theirs any more; ending the sessions that are open is the business of whoever runs them.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::leak;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::{DEPARTMENTS, LEAVE, PersonId, Relation, Verb, may};
use crate::domain::user::{Key, NewPerson, Staff};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, int, text, word};
use crate::store::values::{cell, invalid};

/// Carries out what the administrator wants.
pub fn write(work: &mut Work<'_>, staff: &Staff) -> Result<Receipt, StoreError> {
    let verb = if matches!(staff, Staff::Freeze(_)) { Verb::Freeze } else { Verb::Configure };
    people::need_own(work.actor, verb)?;
    match staff {
        Staff::Add(new) => add(work, new),
        Staff::Freeze(person) => freeze(work, *person),
        Staff::Thaw(person) => turn(work, *person, "active"),
        Staff::AddKey(person, key) => {
            give(work, person.0, key)?;
            about(work, person.0)
        }
        Staff::RemoveKey(person, fingerprint) => take(work, *person, fingerprint),
    }
}

fn add(work: &mut Work<'_>, new: &NewPerson) -> Result<Receipt, StoreError> {
    let mut row = Vec::new();
    for (column, field, value) in [
        ("login", Field::PersonLogin, &new.login),
        ("name", Field::PersonName, &new.name),
        ("post", Field::PersonPost, &new.post),
    ] {
        let cell = cell(work.db, work.now, 0, field, &Value::text(value))?;
        row.push((column, if cell == Cell::Null { word("") } else { cell }));
    }
    if !DEPARTMENTS.contains(&new.department.as_str()) {
        return invalid(Field::PersonLogin, Problem::NotOneOf(new.department.clone(), DEPARTMENTS));
    }
    let login = text(&row, "login").unwrap_or_default().to_owned();
    let there: Option<String> = work
        .db
        .prepare_cached("SELECT name FROM person WHERE login=?1")?
        .query_row([&login], |r| r.get(0))
        .optional()?;
    if let Some(name) = there {
        return invalid(Field::PersonLogin, Problem::PersonTaken(name));
    }
    own_name(work, text(&row, "name").unwrap_or_default(), None)?;
    row.extend([
        ("role", word(new.role.id())),
        ("department", word(new.department.as_str())),
        ("state", word("active")),
        ("created_at", Cell::Integer(work.now.ms())),
    ]);
    let id = work.insert(Noun::Person, &row)?;
    if let Some(key) = &new.key {
        give(work, id, key)?;
    }
    Ok(Receipt { made: Some(Row { noun: Noun::Person, id }), ..about(work, id)? })
}

/// Refuses the name of a colleague: lists tell people apart by their names alone.
fn own_name(work: &Work<'_>, name: &str, own: Option<i64>) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM person WHERE name=?1 COLLATE NOCASE AND id IS NOT ?2";
    if work.db.prepare_cached(sql)?.exists((name, own))? {
        return invalid(Field::PersonName, Problem::PersonTaken(name.to_owned()));
    }
    Ok(())
}

/// Gives a person a key that nobody else comes in with.
fn give(work: &mut Work<'_>, person: i64, key: &Key) -> Result<(), StoreError> {
    let holder: Option<i64> = work
        .db
        .prepare_cached("SELECT person_id FROM person_key WHERE fingerprint=?1")?
        .query_row([&key.fingerprint], |r| r.get(0))
        .optional()?;
    match holder {
        Some(holder) if holder == person => return Ok(()),
        Some(holder) => {
            return invalid(Field::PersonKey, Problem::PersonTaken(people::name(work.db, holder)?));
        }
        None => {}
    }
    work.insert(
        Noun::PersonKey,
        &[
            ("person_id", Cell::Integer(person)),
            ("fingerprint", word(key.fingerprint.as_str())),
            ("kind", word(key.kind.as_str())),
            ("body", word(key.body.as_str())),
            ("note", word(key.note.as_str())),
            ("added_at", Cell::Integer(work.now.ms())),
        ],
    )?;
    Ok(())
}

fn take(work: &mut Work<'_>, person: PersonId, fingerprint: &str) -> Result<Receipt, StoreError> {
    let id: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM person_key WHERE person_id=?1 AND fingerprint=?2")?
        .query_row((person.0, fingerprint), |r| r.get(0))
        .optional()?;
    let Some(id) = id else {
        return invalid(Field::PersonKey, Problem::NoSuchKey(fingerprint.to_owned()));
    };
    let open = open_to_admins(work)?;
    work.delete(Noun::PersonKey, id)?;
    still_open(work, open)?;
    about(work, person.0)
}

/// Shuts a person out, unless nobody could let anybody in any more.
fn freeze(work: &mut Work<'_>, person: PersonId) -> Result<Receipt, StoreError> {
    if person == work.actor.id {
        return invalid(Field::PersonLogin, Problem::Oneself);
    }
    let open = open_to_admins(work)?;
    let told = turn(work, person, "frozen")?;
    administered(work)?;
    still_open(work, open)?;
    leak::frozen(work, person)?;
    Ok(told)
}

/// Refuses what leaves nobody who could let anybody in any more.
pub fn administered(work: &Work<'_>) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM person WHERE role='admin' AND state='active'";
    if work.db.prepare_cached(sql)?.exists([])? {
        return Ok(());
    }
    invalid(Field::PersonRole, Problem::LastAdmin)
}

/// Whether an administrator comes in with a key: on a server keys alone let in.
pub fn open_to_admins(work: &Work<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM person p JOIN person_key k ON k.person_id=p.id
        WHERE p.role='admin' AND p.state='active'";
    Ok(work.db.prepare_cached(sql)?.exists([])?)
}

/// Refuses what shuts a door that was open to an administrator before.
pub fn still_open(work: &Work<'_>, before: bool) -> Result<(), StoreError> {
    if !before || open_to_admins(work)? {
        return Ok(());
    }
    invalid(Field::PersonKey, Problem::LastKey)
}

fn turn(work: &mut Work<'_>, person: PersonId, state: &str) -> Result<Receipt, StoreError> {
    work.update(Noun::Person, person.0, &[("state", word(state))])?;
    about(work, person.0)
}

/// The receipt names the person.
fn about(work: &Work<'_>, person: i64) -> Result<Receipt, StoreError> {
    Ok(Receipt { subject: people::name(work.db, person)?, ..Receipt::default() })
}

/// Refuses what the actor may not change of a person: an administrator everything; absence and deputy whoever may share
/// that person's customers, because the deputy sees them.
pub fn allowed(
    work: &Work<'_>,
    person: i64,
    image: &Image,
    fields: impl IntoIterator<Item = Field>,
) -> Result<(), StoreError> {
    let denied = match people::need_own(work.actor, Verb::Configure) {
        Ok(()) => return Ok(()),
        Err(denied) => denied,
    };
    let relation = match text(image, "department") {
        _ if person == work.actor.id.0 => Relation::Own,
        Some(department) if department == work.actor.department => Relation::Department,
        _ => Relation::Other,
    };
    let leave = fields.into_iter().all(|field| LEAVE.contains(&field));
    if leave && may(work.actor.role, Verb::Share, relation) { Ok(()) } else { Err(denied) }
}

/// A post that is left blank is one without words.
pub fn follow(row: &mut Image) {
    for (column, cell) in row {
        if *column == "post" && *cell == Cell::Null {
            *cell = word("");
        }
    }
}

/// What has to be so of a person who was changed: somebody administers, nobody stands in for themselves or for a time that
/// ends before it begins.
pub fn edited(work: &mut Work<'_>, person: i64, before: &Image) -> Result<(), StoreError> {
    let Some((_, now)) = work.read(Noun::Person, person)? else { return Ok(()) };
    if text(before, "role") != text(&now, "role") {
        administered(work)?;
        let sql = "SELECT 1 FROM person_key WHERE person_id=?1";
        let keyed = work.db.prepare_cached(sql)?.exists([person])?;
        still_open(work, keyed && text(before, "role") == Some("admin"))?;
    }
    if text(before, "name") != text(&now, "name") {
        own_name(work, text(&now, "name").unwrap_or_default(), Some(person))?;
    }
    if int(&now, "deputy_id") == Some(person) {
        return invalid(Field::PersonDeputy, Problem::OwnDeputy);
    }
    match (text(&now, "away_from"), text(&now, "away_until")) {
        (None, Some(_)) => invalid(Field::AwayFrom, Problem::Empty),
        (Some(from), Some(until)) if until < from => invalid(Field::AwayUntil, Problem::EndsBefore),
        _ => Ok(()),
    }
}

/// Refuses to take back what somebody did to people or keys to whoever may not do it themselves; the images hold the
/// columns that differ.
pub fn may_take_back(
    work: &Work<'_>,
    noun: Noun,
    row: i64,
    images: &[Option<Image>; 2],
) -> Result<(), StoreError> {
    let [Some(was), Some(_)] = images else {
        return if matches!(noun, Noun::Person | Noun::PersonKey) {
            people::need_own(work.actor, Verb::Configure)
        } else {
            Ok(())
        };
    };
    match noun {
        Noun::Person => {
            let Some((_, image)) = work.read(noun, row)? else { return Err(StoreError::Gone { who: None }) };
            // a column without a field, as that of being frozen, is nobody's leave
            let fields = was.iter().map(|(column, _)| Field::of(noun, column).unwrap_or(Field::PersonRole));
            allowed(work, row, &image, fields)
        }
        Noun::PersonKey => people::need_own(work.actor, Verb::Configure),
        _ => Ok(()),
    }
}
