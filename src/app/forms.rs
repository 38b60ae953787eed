//! How forms open and which change each becomes; `forms/read` reads what was typed. Forms that belong together are one
//! [`Family`] in a file of its own: adding a form is adding it to [`family`] and to that file. How a form looks and how keys
//! move in it is the same for all.

mod case;
mod customer;
pub mod edit;
mod family;
pub mod guard;
mod handling;
pub mod leak;
mod list;
pub mod merge;
mod read;
mod record;
pub mod review;
mod setting;
pub mod strategy;
mod task;
mod touch;

use super::form::{Entry, Form, FormKind, Handing};
use super::shared::{Shared, Subject};
use crate::domain::change::Change;
use crate::domain::field::{Field, Invalid, Kind, Row, Value};
use crate::domain::people::works;
use crate::i18n::entry::{Context, Named, flag, show};
use crate::i18n::words;
use crate::store::request::{Gift, Record, Said};

use family::{F, Family};

pub use customer::because;
pub(in crate::app) use family::needed;
pub use read::{actions, due, wrong};
pub use record::company;
pub use touch::{called, rewarded, unanswered};

/// The family of a form.
const fn family(kind: &FormKind) -> Family {
    match kind {
        FormKind::Touch { .. } | FormKind::CallBack { .. } | FormKind::Nevertheless(_) => touch::FAMILY,
        FormKind::Plan | FormKind::Reschedule(_) | FormKind::Snooze(_) => task::FAMILY,
        FormKind::Customer
        | FormKind::Contact
        | FormKind::Tag
        | FormKind::Reword { .. }
        | FormKind::Class
        | FormKind::Assign
        | FormKind::Wish { .. }
        | FormKind::Reveal { .. }
        | FormKind::Erase => customer::FAMILY,
        FormKind::Add(_) | FormKind::AddTo { .. } | FormKind::Edit { .. } => record::FAMILY,
        FormKind::Merge { .. } => merge::FAMILY,
        FormKind::HandOver(_)
        | FormKind::TurnHandOver { .. }
        | FormKind::OpenDispute
        | FormKind::NoteDispute { .. }
        | FormKind::DecideDispute { .. } => case::FAMILY,
        FormKind::Complaint { .. }
        | FormKind::Ask { .. }
        | FormKind::AnswerRequest { .. }
        | FormKind::CloseAlarm { .. }
        | FormKind::RaiseAlarm => handling::FAMILY,
        FormKind::Leak(_) => leak::FAMILY,
        FormKind::Review(_) => review::FAMILY,
        FormKind::Strategy { .. } | FormKind::Overlay { .. } => strategy::FAMILY,
        FormKind::Setting { .. } | FormKind::Average { .. } => setting::FAMILY,
        FormKind::Filter
        | FormKind::Search
        | FormKind::View
        | FormKind::Export { .. }
        | FormKind::PutBack { .. }
        | FormKind::Rules { .. } => list::FAMILY,
    }
}

/// The change a form stands for, or the field that does not fit. A change made here is whole: what it lacks is laid to a field
/// before anything is sent, so that the writer refuses only for what others have done.
pub fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    (family(&form.kind).build)(form, s)
}

/// The choices of a field, if it has any. Of colleagues those who work with customers; in a leak anybody may be meant.
pub fn picks(field: Field, with: &Context, s: &Shared) -> Vec<(Value, String)> {
    let named = |list: &[Named]| {
        list.iter().map(|n| (Value::Id(n.id), n.names.first().cloned().unwrap_or_default())).collect()
    };
    match field.spec().kind {
        Kind::Choice(ids) => ids
            .iter()
            .map(|id| {
                (Value::Text((*id).to_owned()), words::word(words::group(field), id, with.lang).to_owned())
            })
            .collect(),
        Kind::Flag => vec![
            (Value::Flag(true), flag(true, with.lang).to_owned()),
            (Value::Flag(false), flag(false, with.lang).to_owned()),
        ],
        Kind::Person if field == F::LeakPerson => named(with.people),
        Kind::Person => {
            let rows = s.feeds.people().map(Vec::as_slice).unwrap_or_default();
            rows.iter()
                .filter(|person| works(person.role))
                .map(|person| (Value::Id(person.id), person.name.clone()))
                .collect()
        }
        Kind::Contact => named(with.contacts),
        _ => Vec::new(),
    }
}

/// Fills the choices of a script with those that fit the customer, by title; what was typed before they came, or what an
/// old touch names, is found again by code or title, and stays as text where nobody offers it.
pub fn offer_scripts(entry: &mut Entry, offered: &[Said]) {
    let named = entry.text().trim().to_owned();
    let known = offered.iter().find(|said| said.code.eq_ignore_ascii_case(&named) || said.title == named);
    if !named.is_empty() && known.is_none() {
        return;
    }
    entry.picks = offered.iter().map(|said| (Value::Text(said.code.clone()), said.title.clone())).collect();
    if let Some(said) = known {
        let untouched = !entry.is_touched();
        entry.input = tui_input::Input::new(said.title.clone());
        if untouched {
            entry.shown.clone_from(&said.title);
        }
    }
}

/// Fills the choices of a gift with those that fit the customer; what was typed before they came is kept.
pub fn offer_gifts(entry: &mut Entry, offered: &[Gift]) {
    let typed = entry.text().trim();
    if typed.is_empty() || offered.iter().any(|gift| gift.name == typed) {
        entry.picks =
            offered.iter().map(|gift| (Value::Text(gift.name.clone()), gift.name.clone())).collect();
    }
}

/// Opens a form with its fields.
pub fn open(id: u64, kind: FormKind, subject: Option<Subject>, s: &Shared, contacts: &[Named]) -> Form {
    let people = s.people();
    let with = super::shared::context(s, &people, contacts, &[]);
    let family = family(&kind);
    let entries = (family.fields)(&kind)
        .into_iter()
        .map(|field| {
            let value = (family.start)(&kind, field, s).unwrap_or_else(|| record::usual(field, s));
            Entry::new(field, &show(field, &value, &with), Value::None, picks(field, &with, s)).proposed()
        })
        .collect();
    let mut form = Form::new(id, kind, subject, entries);
    for entry in form.entries.iter_mut().filter(|entry| entry.field == F::TouchContact) {
        key_contact(entry);
    }
    if form.kind == FormKind::Customer {
        form.entries.extend(edit::blank_entries(s.feeds.own_fields().map_or(&[], Vec::as_slice)));
    }
    setting::settle(&mut form, s);
    if let FormKind::HandOver(Handing::All(from)) = form.kind {
        has_already(&mut form, from);
    }
    // what one types straight away is what was said, or the tag: the choices before it have defaults
    let first = [F::TouchSummary, F::Tag, F::RequestText, F::AlarmNote, F::Apology]
        .into_iter()
        .find_map(|f| form.entries.iter().position(|e| e.field == f));
    if !matches!(form.kind, FormKind::Add(_) | FormKind::AddTo { .. }) {
        form.focus = first.unwrap_or(0);
    }
    form
}

/// A touch is with the key contact, who stands first, unless somebody else is chosen.
pub fn key_contact(entry: &mut Entry) {
    if let Some((_, word)) = entry.picks.first() {
        entry.input = tui_input::Input::new(word.clone());
    }
}

/// Whoever has the customers already is not offered as the one who gets them.
pub fn has_already(form: &mut Form, owner: i64) {
    for entry in form.entries.iter_mut().filter(|entry| entry.field == F::HandTo) {
        entry.picks.retain(|(value, _)| *value != Value::Id(owner));
    }
}

/// Opens a form on a record: all its fields, or one where it stands.
pub fn on_record(
    id: u64,
    record: &Record,
    only: Option<Field>,
    subject: Option<Subject>,
    s: &Shared,
    named: (&[Named], &[Named]),
) -> Form {
    let people = s.people();
    let (contacts, customers) = named;
    let with = super::shared::context(s, &people, contacts, customers);
    let mut entries: Vec<Entry> = record
        .values
        .iter()
        .filter(|(field, _)| only.is_none_or(|f| f == *field))
        // why the guard was passed is asked for only where it was
        .filter(|(field, value)| {
            !matches!(field, F::TouchOverride | F::ComplaintEnd | F::RequestAnswer) || *value != Value::None
        })
        .map(|(field, value)| {
            let text = match field.spec().kind {
                // another customer is named by its number
                Kind::Customer => value
                    .as_id()
                    .and_then(|id| customers.iter().find(|n| n.id == id))
                    .and_then(|n| n.names.get(1).or(n.names.first()).cloned())
                    .unwrap_or_default(),
                _ => show(*field, value, &with),
            };
            let entry = Entry::new(*field, &text, value.clone(), picks(*field, &with, s));
            // figures and days are typed anew, words are mended
            let anew = matches!(
                field.spec().kind,
                Kind::Int | Kind::Money | Kind::Day | Kind::PastDay | Kind::When | Kind::Moment
            );
            if anew { entry.proposed() } else { entry }
        })
        .collect();
    if only.is_none() {
        entries.extend(edit::own_entries(&record.own));
    }
    Form::new(id, FormKind::Edit { row: record.row, rev: record.rev }, subject, entries)
}

/// The row a form edits, if it edits one.
pub const fn row(kind: &FormKind) -> Option<Row> {
    if let FormKind::Edit { row, .. } = kind { Some(*row) } else { None }
}
