//! The forms of a customer and what hangs on it: made with its first contact, tagged, classed by hand, given to somebody,
//! its wishes, what of it is masked, and its erasure.

use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use super::family::{F, Family, many, needed, nobody};
use super::read::{text_of, value_of, values};
use crate::domain::change::{Change, Each, NewContact, NewCustomer, TagPath};
use crate::domain::field::{Field, Invalid, Noun, Problem, Value};
use crate::domain::people::PersonId;
use crate::domain::phones;
use crate::i18n::{Lang, words};

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Customer => vec![
            F::Name,
            F::Contact,
            F::Title,
            F::Phone,
            F::Wechat,
            F::Email,
            F::Industry,
            F::Employees,
            F::Region,
            F::Source,
            F::CustomerKind,
            F::Code,
            F::Owner,
            F::CustomerNote,
        ],
        FormKind::Contact => vec![F::ContactName, F::ContactTitle, F::Phone, F::Wechat, F::Email],
        FormKind::Tag | FormKind::Reword { .. } => vec![F::TagType, F::TagName, F::Tag],
        FormKind::Class => vec![F::Scheme, F::ClassValue, F::Reason],
        FormKind::Assign => vec![F::Owner],
        FormKind::Wish { .. } => vec![F::OptOutWay, F::OptOutSince],
        FormKind::Erase => vec![F::TypedName, F::Reason],
        _ => vec![F::Reason],
    }
}

fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match (kind, field) {
        (FormKind::Customer, F::Owner) => Some(Value::Id(s.actor.id.0)),
        (FormKind::Reword { path, .. }, F::TagType) => Some(Value::Text(path.kind.clone())),
        (FormKind::Reword { path, .. }, F::TagName) => Some(Value::text(&path.name)),
        (FormKind::Reword { path, .. }, F::Tag) => Some(Value::text(&path.value)),
        (_, F::TagType) => Some(Value::Text("need".into())),
        (_, F::Scheme) => Some(Value::Text("segment".into())),
        _ => None,
    }
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let customer = || form.subject.as_ref().map(|c| c.id).ok_or_else(nobody);
    Ok(match &form.kind {
        FormKind::Customer => Change::AddCustomer(Box::new(new_customer(form, s)?)),
        FormKind::Contact => {
            let contact = contact(F::ContactName, F::ContactTitle, &values(form, s)?).ok_or_else(nobody)?;
            Change::AddContact { customer: customer()?, contact }
        }
        FormKind::Tag => Change::Many { customers: many(form), each: Each::Tag(tag_path(form, s)?) },
        FormKind::Reword { tag, .. } => Change::Reword { tag: *tag, path: tag_path(form, s)? },
        FormKind::Class => {
            let values = values(form, s)?;
            let scheme = text_of(&values, F::Scheme).unwrap_or_default();
            let known = |typed: String| words::id(&scheme, &typed).map_or(typed, str::to_owned);
            let value = text_of(&values, F::ClassValue).map(known);
            let reason = text_of(&values, F::Reason);
            Change::Class { customer: customer()?, scheme, value, reason }
        }
        FormKind::Assign => {
            let owner = value_of(&values(form, s)?, F::Owner).as_id();
            let owner = owner.ok_or(Invalid { field: F::Owner, problem: Problem::Empty })?;
            Change::Many { customers: many(form), each: Each::Assign(PersonId(owner)) }
        }
        FormKind::Wish { lift: Some((row, rev)), .. } => {
            values(form, s)?;
            Change::Remove { row: *row, rev: *rev }
        }
        FormKind::Wish { channel, lift: None } => {
            let mut set = values(form, s)?;
            set.push((F::OptOutChannel, Value::text(channel)));
            Change::Add { noun: Noun::OptOut, customer: customer()?, set }
        }
        FormKind::Reveal { row, field } => {
            Change::Reveal { row: *row, field: *field, reason: needed(form, F::Reason)? }
        }
        FormKind::Erase => {
            let values = values(form, s)?;
            let said = |field| text_of(&values, field).unwrap_or_default();
            Change::Erase { customer: customer()?, name: said(F::TypedName), reason: said(F::Reason) }
        }
        _ => return Err(nobody()),
    })
}

/// Why a change is made, where its form says so and the change itself has no place for it: how and when a wish was lifted.
pub fn because(form: &Form) -> Option<String> {
    let FormKind::Wish { lift: Some(_), .. } = form.kind else { return None };
    let said = [form.text(F::OptOutWay).trim(), form.text(F::OptOutSince).trim()];
    Some(said.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
}

fn new_customer(form: &Form, s: &Shared) -> Result<NewCustomer, Invalid> {
    let values = values(form, s)?;
    let own: Vec<(Field, Value)> = values
        .iter()
        .filter(|(f, v)| f.spec().noun == Noun::Customer && *f != F::Code && *v != Value::None)
        .cloned()
        .collect();
    Ok(NewCustomer {
        code: text_of(&values, F::Code),
        values: own,
        contacts: contact(F::Contact, F::Title, &values).into_iter().collect(),
        own: super::edit::of_new(form),
        ..NewCustomer::default()
    })
}

fn contact(name: Field, title: Field, values: &[(Field, Value)]) -> Option<NewContact> {
    let phone = text_of(values, F::Phone).map(|v| (phones::kind_of(&v).to_owned(), v));
    let others = [(F::Wechat, "wechat"), (F::Email, "email")];
    let others =
        others.into_iter().filter_map(|(field, kind)| Some((kind.to_owned(), text_of(values, field)?)));
    let methods: Vec<(String, String)> = phone.into_iter().chain(others).collect();
    let name = text_of(values, name);
    (name.is_some() || !methods.is_empty()).then(|| NewContact {
        name: name.unwrap_or_else(|| "—".to_owned()),
        title: text_of(values, title),
        methods,
    })
}

/// The tag as it stands in the form.
fn tag_path(form: &Form, s: &Shared) -> Result<TagPath, Invalid> {
    let values = values(form, s)?;
    Ok(TagPath {
        kind: text_of(&values, F::TagType).unwrap_or_default(),
        value: text_of(&values, F::Tag).unwrap_or_default(),
        name: text_of(&values, F::TagName).unwrap_or_else(|| tag_name(form, s)),
    })
}

/// The name under which the company already keeps this tag value, else the value's type stands for it.
fn tag_name(form: &Form, s: &Shared) -> String {
    let value = form.text(F::Tag).trim();
    let known = s.feeds.tags().and_then(|tags| tags.iter().find(|t| t.path.value == value));
    known.map_or_else(|| words::word("tag", "need", Lang::Zh).to_owned(), |t| t.path.name.clone())
}
