//! `guanxi set`: edits a customer: its own fields, its key contact, a class, a tag, a birthday.

use super::fields::{self, Given};
use super::shell::{Desk, Done, Shell, Stop, named};
use super::show::{profile, show};
use crate::domain::change::{Change, Each, Edited, NewContact};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Value};
use crate::domain::own::OwnEdit;
use crate::exchange::import::birthday;
use crate::i18n::cli as t;
use crate::i18n::entry::{self, Context};
use crate::i18n::fields::label as label_of;
use crate::store::request::{Profile, Record};

/// Edits a customer.
pub fn set(shell: &mut Shell, code: &str, assignments: &[String]) -> Done {
    let mut desk = shell.read()?;
    let id = desk.customer(code)?;
    let given = fields::read(shell, &desk, assignments)?;
    fields::note_industry(shell, &desk, &given)?;
    let before = profile(shell, &desk, id, code)?;
    let name = before.row.name.clone();
    let mut changes = changes(&before, id, given);
    // all of it or nothing, and one undo takes it back
    let told = told(shell, &desk, &changes)?;
    let change = if changes.len() > 1 { Some(Change::All(changes)) } else { changes.pop() };
    let rows = change.map(|change| desk.give(change)).transpose()?.map_or(0, |receipt| receipt.rows);
    if shell.json {
        return show(shell, code);
    }
    let lang = shell.lang;
    shell.line(&match told.is_empty() {
        _ if rows == 0 => t::UNCHANGED.with(lang, &[&name]),
        true => t::CHANGED.with(lang, &[&name]),
        false => t::CHANGED_FROM.with(lang, &[&name, &told.join(" · ")]),
    });
    Ok(())
}

/// What gives way to what, field by field: an old number that was not meant to go is seen at once.
fn told(shell: &Shell, desk: &Desk, changes: &[Change]) -> Result<Vec<String>, Stop> {
    let people = named(&desk.people()?);
    let with = Context { now: desk.now, lang: shell.lang, people: &people, contacts: &[], customers: &[] };
    let mut told = Vec::new();
    for change in changes {
        let Change::Edit { set, .. } = change else { continue };
        // a phone that becomes a landline stays a phone; whom a number names nobody has looked up
        let shown = |e: &&Edited| e.was != e.to && !matches!(e.field, Field::MethodKind | Field::Referrer);
        let method = set.iter().find(|e| e.field == Field::MethodKind).and_then(|e| e.to.as_text());
        for Edited { field, was, to } in set.iter().filter(shown) {
            let label = match (field, method) {
                (Field::MethodValue, Some("email")) => Field::Email,
                (Field::MethodValue, Some("wechat")) => Field::Wechat,
                (Field::MethodValue, _) => Field::Phone,
                _ => *field,
            };
            let was = entry::show(*field, was, &with);
            let was = if was.is_empty() { t::NOTHING_THERE.of(shell.lang) } else { &was };
            let to = entry::show(*field, to, &with);
            let to = if to.is_empty() { t::NOTHING_THERE.of(shell.lang) } else { &to };
            told.push(format!("{} {was} → {to}", label_of(label).of(shell.lang)));
        }
    }
    Ok(told)
}

fn changes(before: &Profile, id: CustomerId, given: Vec<Given>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut own = Vec::new();
    let mut person = Vec::new();
    for one in given {
        match one {
            Given::Own(field, to) => own.push((field, to)),
            Given::Ours(field, to) => {
                let there = before.customer.own.iter().find(|own| own.field.id == field.id);
                let was = there.and_then(|own| own.value.clone());
                if was != to {
                    changes.push(Change::Own(OwnEdit { customer: id, field: field.id, was, to }));
                }
            }
            Given::Class(scheme, value) => {
                changes.push(Change::Class { customer: id, scheme: scheme.to_owned(), value, reason: None });
            }
            Given::Tag(tag) => changes.push(Change::Many { customers: vec![id], each: Each::Tag(tag) }),
            Given::Birthday(yearly, year) => changes.push(important(before, id, birthday(yearly, year))),
            Given::Contact(_) | Given::Title(_) | Given::Method(..) => person.push(one),
        }
    }
    if let Some(change) = edit(&before.customer, own) {
        changes.insert(0, change);
    }
    let Some((contact, methods)) = before.contacts.first() else {
        let contact: Option<NewContact> = fields::contact(&person);
        changes.extend(contact.map(|contact| Change::AddContact { customer: id, contact }));
        return changes;
    };
    let mut fields = Vec::new();
    for one in person {
        match one {
            Given::Contact(name) => fields.push((Field::ContactName, Value::Text(name))),
            Given::Title(title) => fields.push((Field::ContactTitle, Value::Text(title))),
            Given::Method(kind, value) => changes.extend(method(id, contact, methods, kind, value)),
            _ => {}
        }
    }
    changes.extend(edit(contact, fields));
    changes
}

fn edit(record: &Record, fields: Vec<(Field, Value)>) -> Option<Change> {
    let set: Vec<Edited> = fields
        .into_iter()
        .map(|(field, to)| Edited { field, was: record.get(field).clone(), to })
        .filter(|edited| edited.was != edited.to)
        .collect();
    (!set.is_empty()).then_some(Change::Edit { row: record.row, rev: record.rev, set })
}

/// The first phone, id or address of the kind gives way to the new one; without one it is added.
fn method(id: CustomerId, contact: &Record, methods: &[Record], kind: &str, value: String) -> Option<Change> {
    let phone = |kind: &str| matches!(kind, "mobile" | "landline");
    let there = methods.iter().find(|method| {
        let theirs = method.get(Field::MethodKind).as_text().unwrap_or_default();
        theirs == kind || (phone(theirs) && phone(kind))
    });
    let kind = Value::Text(kind.to_owned());
    match there {
        Some(method) => {
            edit(method, vec![(Field::MethodKind, kind), (Field::MethodValue, Value::Text(value))])
        }
        None => Some(Change::Add {
            noun: Noun::Method,
            customer: id,
            set: vec![
                (Field::MethodContact, Value::Id(contact.row.id)),
                (Field::MethodKind, kind),
                (Field::MethodValue, Value::Text(value)),
            ],
        }),
    }
}

fn important(before: &Profile, id: CustomerId, set: Vec<(Field, Value)>) -> Change {
    let dates =
        before.sections.iter().filter(|(noun, _)| *noun == Noun::ImportantDate).flat_map(|(_, list)| list);
    let mut birthdays = dates.filter(|date| date.get(Field::DateKind).as_text() == Some("birthday"));
    match birthdays.next() {
        Some(there) => {
            let set = set
                .into_iter()
                .map(|(field, to)| Edited { field, was: there.get(field).clone(), to })
                .collect();
            Change::Edit { row: there.row, rev: there.rev, set }
        }
        None => Change::Add { noun: Noun::ImportantDate, customer: id, set },
    }
}
