//! `guanxi user`: who works on this server, with which role and which keys. Freezing ends what the person has open.

use std::io::Read;
use std::path::Path;

use super::args::{KeyWhat, UserAdd, UserSet, UserWhat};
use super::fields::value;
use super::shell::{Desk, Done, Known, Shell, Stop, called, known, nobody};
use super::table::Side;
use crate::domain::change::{Change, Edited};
use crate::domain::field::{Field, Noun, Row, Value};
use crate::domain::people::{DEPARTMENTS, PersonId, Role};
use crate::domain::user::{Key, KeyError, NewPerson, Staff};
use crate::i18n::user::absence;
use crate::i18n::{Lang, cli as t, errors, fields, format, user as u, words};
use crate::run::sessions;
use crate::store::request::{Answer, PersonRow, Query, StoreError, UserRow};

/// Runs one of its commands.
pub fn user(shell: &mut Shell, what: &UserWhat) -> Done {
    match what {
        UserWhat::Add(args) => add(shell, args),
        UserWhat::List => list(shell),
        UserWhat::Set(args) => set(shell, args),
        UserWhat::Freeze { user } => freeze(shell, user),
        UserWhat::Thaw { user } => {
            let mut desk = shell.read()?;
            let row = find(&desk, user, shell.lang)?;
            desk.give(Change::Staff(Staff::Thaw(PersonId(row.person.id))))?;
            told(shell, &desk, &u::THAWED.with(shell.lang, &[&row.person.name]), row.person.id)
        }
        UserWhat::Key { what: KeyWhat::Add { user, file } } => {
            let mut desk = shell.read()?;
            let row = find(&desk, user, shell.lang)?;
            let key = key(file, shell.lang)?;
            let line = u::KEY_ADDED.with(shell.lang, &[&row.person.name, &key.fingerprint]);
            desk.give(Change::Staff(Staff::AddKey(PersonId(row.person.id), key)))?;
            told(shell, &desk, &line, row.person.id)
        }
        UserWhat::Key { what: KeyWhat::Remove { user, key } } => remove(shell, user, key),
    }
}

fn add(shell: &mut Shell, args: &UserAdd) -> Done {
    let lang = shell.lang;
    let department = words::id("department", &args.department).ok_or_else(|| {
        let known = format::list(DEPARTMENTS, lang);
        Stop::Usage(u::NO_DEPARTMENT.with(lang, &[&args.department, &known]))
    })?;
    let key = args.key.as_deref().map(|file| key(file, lang)).transpose()?;
    let bare = key.is_none();
    let login = args.login.clone().unwrap_or_else(|| args.name.clone());
    let new = NewPerson {
        login: login.clone(),
        name: args.name.clone(),
        // the parser has let roles through only
        role: Role::from_id(&args.role).unwrap_or(Role::Viewer),
        department: department.to_owned(),
        post: args.post.clone(),
        key,
    };
    let role = words::word("role", new.role.id(), lang);
    let mut desk = shell.write()?;
    let made = desk.give(Change::Staff(Staff::Add(Box::new(new))))?;
    if bare {
        shell.say(&u::NO_KEY_YET.with(lang, &[&login]));
    }
    told(shell, &desk, &u::ADDED.with(lang, &[&args.name, &role]), made.made.map_or(0, |row| row.id))
}

/// Changes what stands in a person's row; what they have open follows at once.
fn set(shell: &mut Shell, args: &UserSet) -> Done {
    let lang = shell.lang;
    let mut desk = shell.read()?;
    let row = person(&desk, &args.user, lang)?;
    let this = Query::Record(Row { noun: Noun::Person, id: row.id });
    let Answer::Record(Some(record)) = desk.ask(&this)? else {
        return Err(shell.refused(&StoreError::Gone { who: None }));
    };
    let away = args.away.as_deref().map(|text| away(text, lang)).transpose()?;
    let (from, until) = away.unzip();
    let typed = [
        (Field::PersonName, args.name.as_deref()),
        (Field::PersonRole, args.role.as_deref()),
        (Field::PersonDepartment, args.department.as_deref()),
        (Field::PersonPost, args.post.as_deref()),
        (Field::PersonDeputy, args.deputy.as_deref()),
        (Field::AwayFrom, from),
        (Field::AwayUntil, until),
    ];
    let mut set = Vec::new();
    for (field, text) in typed {
        let Some(text) = text else { continue };
        let to = value(shell, &desk, field, text, &[])?;
        let was = record.values.iter().find(|(f, _)| *f == field).map_or(Value::None, |(_, v)| v.clone());
        let blank = |value: &Value| value.as_text().is_some_and(str::is_empty);
        if was != to && !(blank(&was) && to == Value::None) {
            set.push(Edited { field, was, to });
        }
    }
    if set.is_empty() {
        return told(shell, &desk, &u::UNCHANGED.with(lang, &[&row.name]), row.id);
    }
    let changed: Vec<&str> = set.iter().map(|edited| fields::label(edited.field).of(lang)).collect();
    let line = u::IS_SET.with(lang, &[&row.name, &format::list(&changed, lang)]);
    desk.give(Change::Edit { row: record.row, rev: record.rev, set })?;
    told(shell, &desk, &line, row.id)
}

/// `FROM..UNTIL` in two; blank for not away, an open end for nobody knows.
fn away(text: &str, lang: Lang) -> Result<(&str, &str), Stop> {
    let (from, until) = text.split_once("..").unwrap_or((text, ""));
    let (from, until) = (from.trim(), until.trim());
    if from.is_empty() && !until.is_empty() {
        return Err(Stop::Usage(u::NOT_AWAY.with(lang, &[&text])));
    }
    Ok((from, until))
}

/// Shuts a person out, ends what they have open, and says how much that was.
fn freeze(shell: &mut Shell, user: &str) -> Done {
    let mut desk = shell.read()?;
    let row = find(&desk, user, shell.lang)?;
    let person = PersonId(row.person.id);
    desk.give(Change::Staff(Staff::Freeze(person)))?;
    let ended = sessions::end(&desk.store, person).map_err(|e| shell.refused(&e))?;
    let mut line = u::FROZEN.with(shell.lang, &[&row.person.name]);
    if ended > 0 {
        line = format!("{line} {}", u::SESSIONS_ENDED.with(shell.lang, &[&ended]));
    }
    told(shell, &desk, line.trim(), row.person.id)
}

/// Takes a key away, named by its fingerprint or by its file.
fn remove(shell: &mut Shell, user: &str, named: &str) -> Done {
    let mut desk = shell.read()?;
    let row = find(&desk, user, shell.lang)?;
    let fingerprint = if named.starts_with("SHA256:") {
        named.to_owned()
    } else {
        key(Path::new(named), shell.lang)?.fingerprint
    };
    let line = u::KEY_REMOVED.with(shell.lang, &[&row.person.name, &fingerprint]);
    desk.give(Change::Staff(Staff::RemoveKey(PersonId(row.person.id), fingerprint)))?;
    told(shell, &desk, &line, row.person.id)
}

fn list(shell: &mut Shell) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let asked = desk.store.ask(&desk.actor, &Query::Users, desk.now);
    let users = match asked {
        Ok(Answer::Users(users)) => users,
        Err(StoreError::Denied(verb)) => {
            return Err(Stop::Failed(errors::refused_to(t::USERS_WHO, verb, lang)));
        }
        Err(error) => return Err(shell.refused(&error)),
        Ok(_) => Vec::new(),
    };
    if shell.json {
        return shell.document(&users);
    }
    let heads =
        [u::LOGIN, u::NAME, u::ROLE, u::DEPARTMENT, u::POST, u::STATE, u::ABSENCE, u::SESSIONS, u::KEYS];
    let heads: Vec<_> = heads
        .iter()
        .map(|head| (head.of(lang), if *head == u::SESSIONS { Side::Right } else { Side::Left }))
        .collect();
    let rows: Vec<Vec<String>> = users
        .iter()
        .map(|row| {
            let p = &row.person;
            let state = if row.frozen { u::IS_FROZEN } else { u::ACTIVE };
            let keys: Vec<String> =
                row.keys.iter().map(|k| format!("{} {}", k.fingerprint, k.note)).collect();
            vec![
                p.login.clone(),
                p.name.clone(),
                words::word("role", p.role.id(), lang).to_owned(),
                words::word("department", &p.department, lang).to_owned(),
                p.post.clone(),
                state.of(lang).to_owned(),
                absence(p, lang),
                row.sessions.to_string(),
                keys.join(" · "),
            ]
        })
        .collect();
    shell.table(&heads, &rows);
    Ok(())
}

fn all(desk: &Desk) -> Result<Vec<UserRow>, Stop> {
    Ok(match desk.ask(&Query::Users)? {
        Answer::Users(users) => users,
        _ => Vec::new(),
    })
}

/// The person with this login or name, the frozen ones too.
fn find(desk: &Desk, name: &str, lang: Lang) -> Result<UserRow, Stop> {
    let users = all(desk)?;
    let people: Vec<Known> = users.iter().map(|row| known(&row.person)).collect();
    let found = called(&people, name).and_then(|id| users.iter().find(|row| row.person.id == id));
    found.cloned().ok_or_else(|| nobody(&people, name, lang))
}

/// A colleague with this login or name; whoever may see the frozen ones finds them, too.
fn person(desk: &Desk, name: &str, lang: Lang) -> Result<PersonRow, Stop> {
    if let Ok(row) = find(desk, name, lang) {
        return Ok(row.person);
    }
    let rows = desk.people()?;
    let people: Vec<Known> = rows.iter().map(known).collect();
    let found = called(&people, name).and_then(|id| rows.iter().find(|row| row.id == id));
    found.cloned().ok_or_else(|| nobody(&people, name, lang))
}

/// What was done, or the person as they are now.
fn told(shell: &mut Shell, desk: &Desk, line: &str, person: i64) -> Done {
    if shell.json {
        // who may not see keys and sessions sees what every list of people shows
        return match desk.ask(&Query::Users) {
            Ok(Answer::Users(users)) => shell.document(&users.iter().find(|row| row.person.id == person)),
            _ => shell.document(&desk.people()?.iter().find(|row| row.id == person)),
        };
    }
    shell.line(line);
    Ok(())
}

/// The public key in a file; `-` is what is piped in.
pub fn key(file: &Path, lang: Lang) -> Result<Key, Stop> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LONGEST).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|f| f.take(LONGEST).read_to_string(&mut text))
    };
    let name = file.display();
    match read {
        // what is no text is no key
        Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {}
        Err(e) => return Err(Stop::Failed(t::CANNOT_READ.with(lang, &[&name, &errors::io(&e, lang)]))),
        Ok(_) => {}
    }
    let sentence = |error| match error {
        KeyError::NotAKey => u::NOT_A_KEY,
        KeyError::Secret => u::SECRET_KEY,
        KeyError::Several => u::SEVERAL_KEYS,
        KeyError::Options => u::KEY_OPTIONS,
        KeyError::Weak => u::WEAK_KEY,
    };
    Key::parse(&text).map_err(|error| Stop::Failed(sentence(error).with(lang, &[&name])))
}

/// Bytes of a file of a key that are read.
pub const LONGEST: u64 = 64 << 10;
