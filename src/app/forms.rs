//! Which fields each form has and which change it becomes when it is saved. Adding a form is adding a row to [`fields`]
//! and an arm to [`build`]; how it looks and how keys move in it is the same for all.

use super::form::{Entry, Form, FormKind};
use super::shared::{Shared, Subject};
use crate::domain::change::{
    Change, Each, Edited, NewContact, NewCustomer, NewTask, NewTouch, TagPath, TaskRef,
};
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::date::{self, NextAction};
use crate::domain::field::{Field, Invalid, Kind, Noun, Problem, Row, Value, fields_of};
use crate::domain::money::Fen;
use crate::domain::people::PersonId;
use crate::i18n::entry::{Context, Named, flag, read, show};
use crate::i18n::{Lang, words};
use crate::store::request::Record;

use Field as F;

/// The fields of a form, in the order in which they are filled in.
fn fields(kind: &FormKind) -> Vec<Field> {
    let of = |noun| fields_of(noun).map(|s| s.field).collect();
    match kind {
        FormKind::Touch { .. } => vec![
            F::TouchChannel,
            F::TouchContact,
            F::TouchSummary,
            F::TouchFeedback,
            F::TouchResponded,
            F::Next,
            F::TouchClosed,
            F::TouchProduct,
            F::TouchCost,
            F::TouchKind,
            F::TouchAt,
            F::TouchEvent,
            F::TouchTopic,
        ],
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
        FormKind::Add(noun) => of(*noun),
        FormKind::Edit { .. } | FormKind::Import => Vec::new(),
        FormKind::Plan => vec![F::Next],
        FormKind::Reschedule(_) => vec![F::Until],
        FormKind::Snooze(_) => vec![F::Until, F::Reason],
        FormKind::CallBack { .. } => vec![F::Until],
        FormKind::Tag => vec![F::TagType, F::TagName, F::Tag],
        FormKind::Assign => vec![F::Owner],
        FormKind::Class => vec![F::Scheme, F::ClassValue, F::Reason],
        FormKind::Filter => vec![F::Filter],
        FormKind::View => vec![F::ViewName, F::Shared],
    }
}

/// What a new form holds before anything is typed.
fn start(kind: &FormKind, field: Field, s: &Shared) -> Value {
    match (kind, field) {
        (FormKind::Touch { .. }, F::TouchChannel) => Value::Text("phone".into()),
        (_, F::TouchKind) => Value::Text("proactive".into()),
        (_, F::TouchAt | F::ComplaintOpened) => Value::Moment(s.now.ms()),
        (_, F::CustomerKind) => Value::Text("company".into()),
        (FormKind::Customer, F::Owner) => Value::Id(s.actor.id.0),
        (_, F::OrderDay | F::QuoteDay | F::RefundDay | F::OptOutSince | F::SurveyOn | F::ConsentOn) => {
            Value::Day(s.now.today())
        }
        (_, F::OrderStatus) => Value::Text("paid".into()),
        (_, F::QuoteState | F::ComplaintState) => Value::Text("open".into()),
        (_, F::ComplaintSeverity) => Value::Text("medium".into()),
        (_, F::DateKind) => Value::Text("birthday".into()),
        (_, F::DateCalendar) => Value::Text("solar".into()),
        (_, F::DateLead) => Value::Int(3),
        (_, F::LineQuantity) => Value::Int(1),
        (_, F::ConsentState) => Value::Text("given".into()),
        (_, F::OptOutChannel) => Value::Text("all".into()),
        (_, F::TagType) => Value::Text("need".into()),
        (_, F::Scheme) => Value::Text("segment".into()),
        (_, F::MethodKind) => Value::Text("mobile".into()),
        _ => Value::None,
    }
}

/// The choices of a field, if it has any.
pub fn picks(field: Field, with: &Context) -> Vec<(Value, String)> {
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
        Kind::Person => named(with.people),
        Kind::Contact => named(with.contacts),
        _ => Vec::new(),
    }
}

/// Opens a form with its fields.
pub fn open(id: u64, kind: FormKind, subject: Option<Subject>, s: &Shared, contacts: &[Named]) -> Form {
    let people = s.people();
    let with = super::shared::context(s, &people, contacts, &[]);
    let entries = fields(&kind)
        .into_iter()
        .map(|field| {
            let value = start(&kind, field, s);
            Entry::new(field, &show(field, &value, &with), Value::None, picks(field, &with))
        })
        .collect();
    Form::new(id, kind, subject, entries)
}

/// Opens a form on a record: all its fields, or one where it stands.
pub fn edit(
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
    let entries = record
        .values
        .iter()
        .filter(|(field, _)| only.is_none_or(|f| f == *field))
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
            Entry::new(*field, &text, value.clone(), picks(*field, &with))
        })
        .collect();
    Form::new(id, FormKind::Edit { row: record.row, rev: record.rev }, subject, entries)
}

/// Whether «nothing to do» was written in the place of next actions.
fn says_nothing(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "-" | "无" | "无需跟进" | "none" | "nothing" | "nothing to do"
    )
}

/// Reads the next actions of a form against the touch's own time (E13).
pub fn actions(form: &Form, s: &Shared) -> Result<Vec<NextAction>, Invalid> {
    let text = form.text(F::Next);
    if text.trim().is_empty() || says_nothing(text) {
        return Ok(Vec::new());
    }
    let blank = super::shared::context(s, &[], &[], &[]);
    let moment = |field: Field| read(field.spec(), form.text(field), &blank).ok();
    let at = match moment(F::TouchAt) {
        Some(Value::Moment(ms)) => s.now.zone.local(from_ms(ms)),
        _ => s.now.local(),
    };
    let event = match moment(F::TouchEvent) {
        Some(Value::Day(day)) => Some(day),
        _ => None,
    };
    date::parse_actions(text, at, event).map_err(|e| Invalid { field: F::Next, problem: Problem::Words(e) })
}

fn tasks(actions: Vec<NextAction>) -> Vec<NewTask> {
    actions
        .into_iter()
        .map(|a| NewTask { text: a.text, due: a.resolved.due, anchor: a.resolved.anchor })
        .collect()
}

/// Reads one due of a form.
pub fn due(form: &Form, s: &Shared) -> Result<date::Due, Invalid> {
    let text = form.text(F::Until);
    if text.trim().is_empty() {
        return Err(Invalid { field: F::Until, problem: Problem::Empty });
    }
    date::parse_due(text, s.now.local(), None)
        .map(|r| r.due)
        .map_err(|e| Invalid { field: F::Until, problem: Problem::Words(date::ActionError::Date(e)) })
}

/// All values of a form, each read by its field.
fn values(form: &Form, s: &Shared) -> Result<Vec<(Field, Value)>, Invalid> {
    let people = s.people();
    let with = super::shared::context(s, &people, &[], &[]);
    form.entries
        .iter()
        .map(|entry| {
            let value = if entry.is_pick() {
                match entry.picked() {
                    Some(value) => Ok(value.clone()),
                    None if entry.field.spec().needed => Err(Problem::Empty),
                    None => Ok(Value::None),
                }
            } else if matches!(entry.field.spec().kind, Kind::Customer | Kind::Contact) {
                reference(entry, s)
            } else {
                read(entry.field.spec(), entry.text(), &with)
            };
            value.map(|v| (entry.field, v)).map_err(|problem| Invalid { field: entry.field, problem })
        })
        .collect()
}

/// A field that names another customer: unchanged, blank, or one that the look-up box has put in.
fn reference(entry: &Entry, s: &Shared) -> Result<Value, Problem> {
    let text = entry.text().trim();
    if text.is_empty() {
        return Ok(Value::None);
    }
    let subject = s.subject.iter().find(|c| c.code.eq_ignore_ascii_case(text));
    if let Some(subject) = subject {
        return Ok(Value::Id(subject.id.0));
    }
    let found = s.feeds.find().map(Vec::as_slice).unwrap_or_default();
    if let Some(hit) = found.iter().find(|f| f.row.code.eq_ignore_ascii_case(text)) {
        return Ok(Value::Id(hit.row.id));
    }
    Err(Problem::NoSuchCustomer(text.to_owned()))
}

fn value_of(values: &[(Field, Value)], field: Field) -> Value {
    values.iter().find(|(f, _)| *f == field).map_or(Value::None, |(_, v)| v.clone())
}

fn text_of(values: &[(Field, Value)], field: Field) -> Option<String> {
    value_of(values, field).as_text().map(str::to_owned)
}

fn contact(name: Field, title: Field, values: &[(Field, Value)]) -> Option<NewContact> {
    let methods: Vec<(String, String)> = [(F::Phone, "mobile"), (F::Wechat, "wechat"), (F::Email, "email")]
        .into_iter()
        .filter_map(|(field, kind)| text_of(values, field).map(|v| (method_kind(kind, &v).to_owned(), v)))
        .collect();
    let name = text_of(values, name);
    (name.is_some() || !methods.is_empty()).then(|| NewContact {
        name: name.unwrap_or_else(|| "—".to_owned()),
        title: text_of(values, title),
        methods,
    })
}

/// A phone is a mobile where it has eleven digits and begins with 1, else a landline.
fn method_kind(kind: &'static str, value: &str) -> &'static str {
    let mobile = crate::domain::find::normal_phone(value)
        .is_some_and(|p| p.digits.len() == 11 && p.digits.starts_with('1'));
    if kind == "mobile" && !mobile { "landline" } else { kind }
}

/// The change a form stands for, or the field that does not fit.
pub fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let subject = form.subject.as_ref().map(|c| c.id);
    let nobody = Invalid { field: F::Name, problem: Problem::Empty };
    let customer = subject.ok_or_else(|| nobody.clone());
    let many = || if form.many.is_empty() { subject.into_iter().collect() } else { form.many.clone() };
    Ok(match &form.kind {
        FormKind::Touch { done, .. } => return touch(form, customer?, done, s),
        FormKind::Customer => Change::AddCustomer(Box::new(new_customer(form, s)?)),
        FormKind::Contact => {
            let values = values(form, s)?;
            let contact = contact(F::ContactName, F::ContactTitle, &values).ok_or(nobody)?;
            Change::AddContact { customer: customer?, contact }
        }
        FormKind::Add(noun) => Change::Add { noun: *noun, customer: customer?, set: values(form, s)? },
        FormKind::Edit { row, rev } => Change::Edit { row: *row, rev: *rev, set: edited(form, s)? },
        FormKind::Plan => {
            let mut tasks = tasks(actions(form, s)?);
            let Some(task) = tasks.pop() else {
                return Err(Invalid { field: F::Next, problem: Problem::Empty });
            };
            if form.many.is_empty() {
                Change::AddTask { customer: customer?, task }
            } else {
                Change::Many { customers: many(), each: Each::Plan(task) }
            }
        }
        FormKind::Reschedule(task) => Change::Reschedule { task: task.clone(), due: due(form, s)? },
        FormKind::Snooze(task) => {
            let until = due(form, s)?.day;
            let reason = form.text(F::Reason).trim().to_owned();
            if reason.is_empty() {
                return Err(Invalid { field: F::Reason, problem: Problem::Empty });
            }
            Change::Snooze { task: task.clone(), until, reason }
        }
        FormKind::CallBack { task } => return call_back(form, customer?, task.as_ref(), s),
        FormKind::Tag => {
            let values = values(form, s)?;
            let path = TagPath {
                kind: text_of(&values, F::TagType).unwrap_or_default(),
                value: text_of(&values, F::Tag).unwrap_or_default(),
                name: text_of(&values, F::TagName).unwrap_or_else(|| tag_name(form, s)),
            };
            Change::Many { customers: many(), each: Each::Tag(path) }
        }
        FormKind::Assign => {
            let owner = value_of(&values(form, s)?, F::Owner).as_id();
            let owner = owner.ok_or(Invalid { field: F::Owner, problem: Problem::Empty })?;
            Change::Many { customers: many(), each: Each::Assign(PersonId(owner)) }
        }
        FormKind::Class => {
            let values = values(form, s)?;
            let scheme = text_of(&values, F::Scheme).unwrap_or_default();
            let typed = text_of(&values, F::ClassValue);
            let value =
                typed.as_deref().map(|t| words::id(&scheme, t).map_or_else(|| t.to_owned(), str::to_owned));
            Change::Class { customer: customer?, scheme, value, reason: text_of(&values, F::Reason) }
        }
        FormKind::View => {
            let values = values(form, s)?;
            Change::SaveView {
                name: text_of(&values, F::ViewName).unwrap_or_default(),
                // the pane fills in what it shows when it takes the form's change over
                filter: String::new(),
                sort: String::new(),
                descending: false,
                shared: value_of(&values, F::Shared) == Value::Flag(true),
            }
        }
        // these two become no change: the pane and the import wizard read them
        FormKind::Filter | FormKind::Import => return Err(nobody),
    })
}

/// The name under which the company already keeps this tag value, else the value's type stands for it.
fn tag_name(form: &Form, s: &Shared) -> String {
    let value = form.text(F::Tag).trim();
    let known = s.feeds.tags().and_then(|tags| tags.iter().find(|t| t.path.value == value));
    known.map_or_else(|| words::word("tag", "need", Lang::Zh).to_owned(), |t| t.path.name.clone())
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
        ..NewCustomer::default()
    })
}

fn edited(form: &Form, s: &Shared) -> Result<Vec<Edited>, Invalid> {
    // the number of a new customer may stay blank, the number of a known one may not; the table says so for both
    let values = values(form, s)?;
    Ok(form
        .entries
        .iter()
        .zip(values)
        .filter(|(entry, (_, to))| entry.was != *to)
        .map(|(entry, (field, to))| Edited { field, was: entry.was.clone(), to })
        .collect())
}

fn touch(form: &Form, customer: CustomerId, done: &[TaskRef], s: &Shared) -> Result<Change, Invalid> {
    let next = tasks(actions(form, s)?);
    let values = values(form, s)?;
    let closed = value_of(&values, F::TouchClosed) == Value::Flag(true) || says_nothing(form.text(F::Next));
    if next.is_empty() && !closed {
        return Err(Invalid { field: F::Next, problem: Problem::NextOrClosed });
    }
    let at = match value_of(&values, F::TouchAt) {
        Value::Moment(ms) => from_ms(ms),
        _ => s.now.at,
    };
    let event_on = match value_of(&values, F::TouchEvent) {
        Value::Day(day) => Some(day),
        _ => None,
    };
    let cost = match value_of(&values, F::TouchCost) {
        Value::Money(fen) => fen,
        _ => Fen(0),
    };
    let kind = text_of(&values, F::TouchKind).unwrap_or_else(|| "proactive".to_owned());
    Ok(Change::LogTouch(Box::new(NewTouch {
        customer,
        contact: value_of(&values, F::TouchContact).as_id(),
        at,
        channel: text_of(&values, F::TouchChannel),
        // somebody who came in has answered by coming in
        responded: value_of(&values, F::TouchResponded) == Value::Flag(true) || kind == "inbound",
        kind,
        topic: text_of(&values, F::TouchTopic),
        summary: text_of(&values, F::TouchSummary).unwrap_or_default(),
        feedback: text_of(&values, F::TouchFeedback),
        cost,
        product: text_of(&values, F::TouchProduct),
        script: None,
        event_on,
        next,
        closed,
        done: done.to_vec(),
        by: None,
        override_reason: None,
    })))
}

/// An unanswered call: a touch without an answer, and the next call planned.
fn call_back(
    form: &Form,
    customer: CustomerId,
    task: Option<&TaskRef>,
    s: &Shared,
) -> Result<Change, Invalid> {
    let due = due(form, s)?;
    let task = task.cloned();
    Ok(match task {
        // the promise stands; only its time moves
        Some(task) => Change::Reschedule { task, due },
        None => Change::AddTask {
            customer,
            task: NewTask {
                text: crate::i18n::commands::CALL_BACK.of(s.lang).trim_end_matches([' ', '…']).to_owned(),
                due,
                anchor: date::Anchor::Absolute,
            },
        },
    })
}

/// A call that reached nobody: a touch without an answer and without new words; the task stays.
pub fn unanswered(customer: CustomerId, what: &str, s: &Shared) -> Change {
    Change::LogTouch(Box::new(NewTouch {
        customer,
        contact: None,
        at: s.now.at,
        channel: Some("phone".to_owned()),
        kind: "proactive".to_owned(),
        topic: None,
        summary: what.to_owned(),
        feedback: None,
        responded: false,
        cost: Fen(0),
        product: None,
        script: None,
        event_on: None,
        next: Vec::new(),
        closed: true,
        done: Vec::new(),
        by: None,
        override_reason: None,
    }))
}

/// The row a form edits, if it edits one.
pub const fn row(kind: &FormKind) -> Option<Row> {
    if let FormKind::Edit { row, .. } = kind { Some(*row) } else { None }
}
