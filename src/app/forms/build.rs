//! Which change each form becomes when it is saved. A change made here is whole: what it lacks is laid to a field
//! before anything is sent, so that the writer refuses only for what others have done.

use super::super::form::{Form, FormKind, Handing};
use super::super::shared::Shared;
use super::read::{actions, due, says_nothing, tasks, text_of, value_of, values};
use super::{F, guard};
use crate::domain::change::{
    Change, Each, NewContact, NewCustomer, NewTask, NewTouch, TagPath, TaskRef, answered,
};
use crate::domain::clock::from_ms;
use crate::domain::coupon::NewCoupon;
use crate::domain::customer::CustomerId;
use crate::domain::date;
use crate::domain::dispute::Dispute;
use crate::domain::field::{Field, Invalid, Noun, Problem, Value};
use crate::domain::handover::{HandOver, Whom};
use crate::domain::money::Fen;
use crate::domain::people::PersonId;
use crate::i18n::{Lang, words};

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
        FormKind::Add(noun) => {
            let set = values(form, s)?;
            consent(form, &set)?;
            let customer = if company(*noun) { CustomerId(0) } else { customer? };
            Change::Add { noun: *noun, customer, set }
        }
        FormKind::AddTo { parent, noun } => {
            Change::AddTo { parent: *parent, noun: *noun, set: values(form, s)? }
        }
        FormKind::Complaint { .. }
        | FormKind::Ask { .. }
        | FormKind::AnswerRequest { .. }
        | FormKind::CloseAlarm { .. }
        | FormKind::RaiseAlarm => {
            return super::handling::build(form, s);
        }
        FormKind::PutBack { campaign, customer } => {
            let reason = text_of(&values(form, s)?, F::Reason);
            Change::PutBack { campaign: *campaign, customer: CustomerId(*customer), reason }
        }
        FormKind::Reveal { row, field } => {
            let reason = needed(form, F::Reason)?;
            Change::Reveal { row: *row, field: *field, reason }
        }
        // nothing is written: its own key is asked first
        FormKind::Export { .. } => return Err(Invalid { field: F::Reason, problem: Problem::Empty }),
        FormKind::Edit { row, rev } => {
            consent(form, &values(form, s)?)?;
            return super::edit::edit(form, *row, *rev, s);
        }
        FormKind::Plan => {
            let mut tasks = tasks(actions(form, s)?);
            let problem = if tasks.is_empty() { Problem::Empty } else { Problem::OneTask };
            let Some(task) = tasks.pop().filter(|_| tasks.is_empty()) else {
                return Err(Invalid { field: F::Next, problem });
            };
            if form.many.is_empty() && guard::is_plan(form) {
                Change::PlanTouch { customer: customer?, task, reason: guard::reason(form) }
            } else if form.many.is_empty() {
                Change::AddTask { customer: customer?, task }
            } else {
                Change::Many { customers: many(), each: Each::Plan(task) }
            }
        }
        FormKind::Reschedule(task) => Change::Reschedule { task: task.clone(), due: due(form, s)? },
        FormKind::Snooze(task) => {
            let until = due(form, s)?.day;
            if until <= s.now.today() {
                return Err(Invalid { field: F::Until, problem: Problem::NotLater });
            }
            let reason = needed(form, F::Reason)?;
            Change::Snooze { task: task.clone(), until, reason }
        }
        FormKind::Wish { lift: Some((row, rev)), .. } => {
            values(form, s)?;
            Change::Remove { row: *row, rev: *rev }
        }
        FormKind::Wish { channel, lift: None } => {
            let mut set = values(form, s)?;
            set.push((F::OptOutChannel, Value::text(channel)));
            Change::Add { noun: Noun::OptOut, customer: customer?, set }
        }
        FormKind::Nevertheless(change) => {
            let reason = guard::reason(form);
            let empty = Invalid { field: F::TouchOverride, problem: Problem::Empty };
            nevertheless((**change).clone(), reason.ok_or(empty)?)
        }
        FormKind::CallBack { task } => return call_back(form, customer?, task.as_ref(), s),
        FormKind::Reword { tag, .. } => Change::Reword { tag: *tag, path: tag_path(form, s)? },
        FormKind::Tag => {
            let path = tag_path(form, s)?;
            Change::Many { customers: many(), each: Each::Tag(path) }
        }
        FormKind::Assign => {
            let owner = value_of(&values(form, s)?, F::Owner).as_id();
            let owner = owner.ok_or(Invalid { field: F::Owner, problem: Problem::Empty })?;
            Change::Many { customers: many(), each: Each::Assign(PersonId(owner)) }
        }
        FormKind::HandOver(handing) => hand_over(form, *handing, many(), s)?,
        FormKind::OpenDispute => {
            let reason = text_of(&values(form, s)?, F::Reason).unwrap_or_default();
            Change::Dispute(Dispute::Open { customer: customer?, reason })
        }
        FormKind::Leak(what) => return super::leak::build(form, what, s),
        FormKind::Erase => {
            let values = values(form, s)?;
            let said = |field| text_of(&values, field).unwrap_or_default();
            Change::Erase { customer: customer?, name: said(F::TypedName), reason: said(F::Reason) }
        }
        FormKind::NoteDispute { id } => {
            let text = text_of(&values(form, s)?, F::CaseNote).unwrap_or_default();
            Change::Dispute(Dispute::Note { id: *id, text })
        }
        FormKind::DecideDispute { id, rev, .. } => {
            let values = values(form, s)?;
            let owner = value_of(&values, F::HandTo).as_id();
            let owner = PersonId(owner.ok_or(Invalid { field: F::HandTo, problem: Problem::Empty })?);
            let reason = text_of(&values, F::Reason).unwrap_or_default();
            Change::Dispute(Dispute::Decide { id: *id, rev: *rev, owner, reason })
        }
        FormKind::TurnHandOver { id, rev, turn } => {
            let note = text_of(&values(form, s)?, F::Reason);
            Change::HandOver(Box::new(HandOver::Turn { id: *id, rev: *rev, turn: *turn, note }))
        }
        FormKind::Setting { key } => {
            let typed = form.entries.first().map(|entry| match entry.picked() {
                Some(value) => value.as_text().unwrap_or_default().to_owned(),
                None => entry.text().trim().to_owned(),
            });
            Change::Set { key: key.clone(), value: typed.unwrap_or_default() }
        }
        FormKind::Class => {
            let values = values(form, s)?;
            let scheme = text_of(&values, F::Scheme).unwrap_or_default();
            let typed = text_of(&values, F::ClassValue);
            let value =
                typed.as_deref().map(|t| words::id(&scheme, t).map_or_else(|| t.to_owned(), str::to_owned));
            Change::Class { customer: customer?, scheme, value, reason: text_of(&values, F::Reason) }
        }
        FormKind::Average { .. } => return super::super::popups::averages::build(form, s),
        FormKind::Review(review) => return super::review::build(form, review, s),
        FormKind::Strategy { .. } | FormKind::Overlay { .. } => return super::strategy::build(form, s),
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
        // these become no change: the panes read them
        FormKind::Filter | FormKind::Search => return Err(nobody),
    })
}

/// Customers that go to somebody else.
fn hand_over(form: &Form, handing: Handing, these: Vec<CustomerId>, s: &Shared) -> Result<Change, Invalid> {
    let values = values(form, s)?;
    let to = value_of(&values, F::HandTo).as_id();
    let to = PersonId(to.ok_or(Invalid { field: F::HandTo, problem: Problem::Empty })?);
    let whom = match handing {
        Handing::These => Whom::These(these),
        Handing::All(from) => Whom::All(PersonId(from)),
    };
    let at_once = value_of(&values, F::AtOnce) == Value::Flag(true);
    let reason = text_of(&values, F::Reason);
    Ok(Change::HandOver(Box::new(HandOver::Propose { whom, to, at_once, reason })))
}

/// Why a change is made, where its form says so and the change itself has no place for it: how and when a wish was lifted.
pub fn because(form: &Form) -> Option<String> {
    let FormKind::Wish { lift: Some(_), .. } = form.kind else { return None };
    let said = [form.text(F::OptOutWay).trim(), form.text(F::OptOutSince).trim()];
    Some(said.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
}

/// What is typed in a field that may not stay blank.
pub(in crate::app) fn needed(form: &Form, field: Field) -> Result<String, Invalid> {
    let text = form.text(field).trim().to_owned();
    if text.is_empty() { Err(Invalid { field, problem: Problem::Empty }) } else { Ok(text) }
}

/// The same change with the reason for which it passes the guard.
fn nevertheless(change: Change, reason: String) -> Change {
    match change {
        Change::Unanswered { mut touch, task, again } => {
            touch.override_reason = Some(reason);
            Change::Unanswered { touch, task, again }
        }
        change => change,
    }
}

/// Whether records of a noun belong to the company and to no customer.
pub const fn company(noun: Noun) -> bool {
    matches!(
        noun,
        Noun::Script
            | Noun::Gift
            | Noun::Content
            | Noun::Product
            | Noun::Campaign
            | Noun::Plan
            | Noun::PlanTask
            | Noun::PlanResource
            | Noun::PlanTarget
            | Noun::Suggestion
            | Noun::OwnField
    )
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

/// Consent was given for something and in some way: without both nobody can show that it was (A25).
fn consent(form: &Form, values: &[(Field, Value)]) -> Result<(), Invalid> {
    if text_of(values, F::ConsentState).as_deref() != Some("given") {
        return Ok(());
    }
    let missing = [F::ConsentPurpose, F::ConsentWay, F::ConsentOn]
        .into_iter()
        .find(|f| form.entry(*f).is_some() && value_of(values, *f) == Value::None);
    missing.map_or(Ok(()), |field| Err(Invalid { field, problem: Problem::Empty }))
}

/// The one of several mistakes whose field stands first.
fn first(form: &Form, wrong: impl IntoIterator<Item = Option<Invalid>>) -> Result<(), Invalid> {
    let place = |invalid: &Invalid| form.place(invalid).unwrap_or(usize::MAX);
    wrong.into_iter().flatten().min_by_key(place).map_or(Ok(()), Err)
}

fn touch(form: &Form, customer: CustomerId, done: &[TaskRef], s: &Shared) -> Result<Change, Invalid> {
    let (next, values) = (actions(form, s), values(form, s));
    let nothing = form.entry(F::TouchClosed).and_then(|e| e.picked()) == Some(&Value::Flag(true))
        || says_nothing(form.text(F::Next));
    let open = (!nothing && next.as_ref().is_ok_and(Vec::is_empty))
        .then_some(Invalid { field: F::Next, problem: Problem::NextOrClosed });
    first(form, [next.as_ref().err().cloned(), values.as_ref().err().cloned(), open])?;
    let (next, values) = (tasks(next?), values?);
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
    let summary = text_of(&values, F::TouchSummary).unwrap_or_default();
    let feedback = text_of(&values, F::TouchFeedback);
    let said = value_of(&values, F::TouchResponded).as_flag();
    Ok(Change::LogTouch(Box::new(NewTouch {
        contact: value_of(&values, F::TouchContact).as_id(),
        channel: text_of(&values, F::TouchChannel),
        responded: answered(said, &kind, feedback.as_deref()),
        kind,
        topic: text_of(&values, F::TouchTopic),
        feedback,
        cost,
        product: text_of(&values, F::TouchProduct),
        script: text_of(&values, F::TouchScript),
        coupon: coupon(form)?,
        gift: text_of(&values, F::TouchGift),
        event_on,
        next,
        closed: nothing,
        done: done.to_vec(),
        override_reason: guard::reason(form),
        ..NewTouch::plain(customer, at, summary)
    })))
}

/// The coupon that a touch brings, if one was written.
fn coupon(form: &Form) -> Result<Option<NewCoupon>, Invalid> {
    let text = form.text(F::Coupon).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let problem = || Invalid { field: F::Coupon, problem: Problem::NotACoupon(text.to_owned()) };
    crate::domain::coupon::parse(text).map(Some).ok_or_else(problem)
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

/// A reward that was given: its task is done, and the history of the referrer says so (E20, K45).
pub fn rewarded(customer: CustomerId, task: TaskRef, what: String, s: &Shared) -> Change {
    Change::LogTouch(Box::new(NewTouch {
        channel: Some("other".to_owned()),
        // it keeps a promise and asks for nothing
        kind: "reply".to_owned(),
        closed: true,
        done: vec![task],
        ..NewTouch::plain(customer, s.now.at, what)
    }))
}

/// A call that reached nobody: a touch without an answer and without new words; the task stays.
pub fn unanswered(customer: CustomerId, what: &str, s: &Shared) -> Change {
    Change::LogTouch(Box::new(NewTouch::plain(customer, s.now.at, what)))
}
