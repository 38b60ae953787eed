//! Which fields each form has and how it opens; `forms/read` reads what was typed, `forms/build` says which change it
//! becomes. Adding a form is adding a row to `fields` and an arm to [`build`]; how it looks and how keys move in it is
//! the same for all.

mod build;
pub mod edit;
pub mod guard;
mod handling;
pub mod leak;
mod read;
pub mod review;
pub mod strategy;

use chrono::{Datelike, Days};

use super::form::{Entry, Form, FormKind, Handing, Plan};
use super::popups::averages;
use super::popups::settings::value;
use super::shared::{Shared, Subject};
use crate::domain::field::{Field, Kind, Noun, Row, Value, fields_of};
use crate::i18n::entry::{Context, Named, flag, show};
use crate::i18n::words;
use crate::store::request::{Gift, Record, Said, SettingTakes};

pub(in crate::app) use build::needed;
pub use build::{because, build, company, rewarded, unanswered};
pub use read::{actions, due, wrong};

use Field as F;

/// How long a campaign lasts when nobody says.
const CAMPAIGN_DAYS: u64 = 14;

/// The fields of a form, in the order in which they are filled in.
fn fields(kind: &FormKind) -> Vec<Field> {
    let of = |noun| -> Vec<Field> { fields_of(noun).map(|s| s.field).collect() };
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
            F::TouchScript,
            F::Coupon,
            F::TouchGift,
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
        FormKind::Add(noun) | FormKind::AddTo { noun, .. } => {
            let mut all: Vec<Field> = of(*noun);
            // what is only known later
            all.retain(|f| {
                !matches!(
                    f,
                    F::CampaignResult
                        | F::PlanProblems
                        | F::PlanReport
                        | F::TargetActual
                        | F::ComplaintRepair
                        | F::ComplaintRecheck
                        | F::ComplaintResult
                        | F::ComplaintEnd
                )
            });
            all
        }
        FormKind::PutBack { .. }
        | FormKind::Reveal { .. }
        | FormKind::Export { .. }
        | FormKind::TurnHandOver { .. }
        | FormKind::OpenDispute => {
            vec![F::Reason]
        }
        FormKind::NoteDispute { .. } => vec![F::CaseNote],
        FormKind::Erase => vec![F::TypedName, F::Reason],
        FormKind::DecideDispute { .. } => vec![F::HandTo, F::Reason],
        FormKind::Leak(form) => leak::fields(form),
        FormKind::Complaint { .. }
        | FormKind::Ask { .. }
        | FormKind::AnswerRequest { .. }
        | FormKind::CloseAlarm { .. }
        | FormKind::RaiseAlarm => handling::fields(kind),
        FormKind::Edit { .. } => Vec::new(),
        FormKind::Plan => vec![F::Next, F::TaskKind],
        FormKind::Nevertheless(_) => vec![F::TouchOverride],
        FormKind::Wish { .. } => vec![F::OptOutWay, F::OptOutSince],
        FormKind::Reschedule(_) | FormKind::CallBack { .. } => vec![F::Until],
        FormKind::Snooze(_) => vec![F::Until, F::Reason],
        FormKind::Tag | FormKind::Reword { .. } => vec![F::TagType, F::TagName, F::Tag],
        FormKind::Assign => vec![F::Owner],
        FormKind::HandOver(_) => vec![F::HandTo, F::AtOnce, F::Reason],
        FormKind::Setting { .. } => vec![F::SettingValue],
        FormKind::Average { .. } => vec![F::AverageIndustry, F::AverageYear, F::AverageYuan],
        FormKind::Class => vec![F::Scheme, F::ClassValue, F::Reason],
        FormKind::Filter | FormKind::Search => vec![F::Filter],
        FormKind::Strategy { .. } => of(Noun::Strategy).into_iter().chain([F::Reason]).collect(),
        FormKind::Overlay { .. } => of(Noun::Overlay),
        FormKind::Review(form) => review::fields(form),
        FormKind::View => vec![F::ViewName, F::Shared],
    }
}

/// What a new form holds before anything is typed.
fn start(kind: &FormKind, field: Field, s: &Shared) -> Value {
    if let Some(value) = strategy::start(kind, field, s).or_else(|| handling::start(kind, field, s)) {
        return value;
    }
    match (kind, field) {
        (FormKind::Review(form), field) => review::start(form, field, s),
        (FormKind::Leak(_), field) => leak::start(field, s),
        (FormKind::Average { industry }, field) => averages::start(industry, field, s),
        (FormKind::Touch { plan, .. }, F::TouchChannel) => {
            Value::Text(plan.channel.clone().unwrap_or_else(|| "phone".to_owned()))
        }
        (FormKind::Touch { plan: Plan { topic: Some(topic), .. }, .. }, F::TouchTopic) => {
            Value::Text(topic.clone())
        }
        (FormKind::Touch { plan: Plan { answers: true, .. }, .. }, F::TouchKind) => {
            Value::Text("reply".into())
        }
        (_, F::TouchKind) => Value::Text("proactive".into()),
        (_, F::TaskKind) => Value::Text("promise".into()),
        (_, F::TouchAt | F::ComplaintOpened) => Value::Moment(s.now.ms()),
        (_, F::CustomerKind) => Value::Text("company".into()),
        (FormKind::Customer, F::Owner)
        | (_, F::CampaignOwner | F::PlanOwner | F::PlanTaskOwner | F::SuggestionOwner) => {
            Value::Id(s.actor.id.0)
        }
        (
            _,
            F::OrderDay
            | F::QuoteDay
            | F::RefundDay
            | F::OptOutSince
            | F::SurveyOn
            | F::ConsentOn
            | F::CouponIssued
            | F::ActivationStarted
            | F::CampaignStarts
            | F::PlanStarts
            | F::ExpenseDay
            | F::BrowseDay
            | F::MemberSince,
        ) => Value::Day(s.now.today()),
        (_, F::OrderStatus) => Value::Text("paid".into()),
        (_, F::CampaignEnds) => {
            let today = s.now.today();
            Value::Day(today.checked_add_days(Days::new(CAMPAIGN_DAYS)).unwrap_or(today))
        }
        (_, F::CampaignChannel) => Value::Text("sms".into()),
        (_, F::ResourceKind) => Value::Text("people".into()),
        (_, F::ExpenseKind) => Value::Text("gift".into()),
        (_, F::BudgetPeriod | F::OverspendPeriod) => Value::Text(s.now.today().year().to_string()),
        (_, F::ScriptScene) => Value::Text("other".into()),
        (_, F::ProductState) => Value::Text("sold".into()),
        (_, F::CouponKind) => Value::Text("cash".into()),
        (_, F::ActivationCause) => Value::Text("inquiry".into()),
        (_, F::OwnKind) => Value::Text("text".into()),
        (_, F::QuoteState | F::ComplaintState | F::ActivationOutcome) => Value::Text("open".into()),
        (_, F::ComplaintSeverity) => Value::Text("medium".into()),
        (_, F::DateKind) => Value::Text("birthday".into()),
        (_, F::DateCalendar) => Value::Text("solar".into()),
        (_, F::DateLead) => Value::Int(3),
        (_, F::LineQuantity) => Value::Int(1),
        (_, F::OptOutChannel) => Value::Text("all".into()),
        (FormKind::Reword { path, .. }, F::TagType) => Value::Text(path.kind.clone()),
        (FormKind::Reword { path, .. }, F::TagName) => Value::text(&path.name),
        (FormKind::Reword { path, .. }, F::Tag) => Value::text(&path.value),
        (FormKind::DecideDispute { first: Some(first), .. }, F::HandTo) => Value::Id(*first),
        (FormKind::HandOver(Handing::These), F::HandTo) => suited(s),
        (_, F::AtOnce) => Value::Flag(true),
        (_, F::TagType) => Value::Text("need".into()),
        (_, F::Scheme) => Value::Text("segment".into()),
        (_, F::MethodKind) => Value::Text("mobile".into()),
        _ => Value::None,
    }
}

/// Whoever has the post that the class of the customer at hand asks for, where that is suggested (G44).
fn suited(s: &Shared) -> Value {
    let profile = s.feeds.profile().and_then(Option::as_ref);
    let here = profile.filter(|p| s.subject.as_ref().is_some_and(|c| c.id.0 == p.row.id));
    let to = here.and_then(|p| p.advice.suited.as_ref()).and_then(|suited| suited.to.as_ref());
    to.map_or(Value::None, |(id, _)| Value::Id(*id))
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
    let entries = fields(&kind)
        .into_iter()
        .map(|field| {
            let value = start(&kind, field, s);
            Entry::new(field, &show(field, &value, &with), Value::None, picks(field, &with)).proposed()
        })
        .collect();
    let mut form = Form::new(id, kind, subject, entries);
    if form.kind == FormKind::Customer {
        form.entries.extend(edit::blank_entries(s.feeds.own_fields().map_or(&[], Vec::as_slice)));
    }
    setting(&mut form, s);
    // what one types straight away is what was said, or the tag: the choices before it have defaults
    let first = [F::TouchSummary, F::Tag, F::RequestText, F::AlarmNote, F::Apology]
        .into_iter()
        .find_map(|f| form.entries.iter().position(|e| e.field == f));
    if !matches!(form.kind, FormKind::Add(_) | FormKind::AddTo { .. }) {
        form.focus = first.unwrap_or(0);
    }
    form
}

/// A setting stands in its form as it is now, with its choices where it has some.
fn setting(form: &mut Form, s: &Shared) {
    let FormKind::Setting { key } = &form.kind else { return };
    let row = s.feeds.settings().and_then(|rows| rows.iter().find(|row| row.key == key));
    let (Some(row), Some(entry)) = (row, form.entries.first_mut()) else { return };
    let word = |id: &str| value(row, id, s.lang);
    if let SettingTakes::OneOf(ids) = row.takes {
        entry.picks = ids.iter().map(|id| (Value::Text((*id).to_owned()), word(id))).collect();
        entry.input = tui_input::Input::new(word(&row.value));
    } else {
        *entry = Entry::new(Field::SettingValue, &row.value, Value::None, Vec::new()).proposed();
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
            let entry = Entry::new(*field, &text, value.clone(), picks(*field, &with));
            // figures and days are typed anew, words are mended
            let anew = matches!(field.spec().kind, Kind::Int | Kind::Money | Kind::Day | Kind::Moment);
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
