//! What people type for a field, turned into its value, and values turned back into text. Forms, `--set`, the conflict
//! dialog and the profile all go through here, so that a field reads and shows the same everywhere.

use chrono::NaiveDate;

use super::{Lang, complaints, format, group, shipped, words};
use crate::domain::clock::{Now, from_ms, stamped};
use crate::domain::date::{self, Due};
use crate::domain::field::{CHANNELS, Field, Kind, Problem, SCHEMES, Spec, Value};
use crate::domain::money::{Fen, parse_yuan};
use crate::domain::phones;
use crate::domain::script::list;
use crate::domain::strategy;
use crate::domain::text::{clean_block, clean_line};

/// Somebody or something that can be named: id, the names it answers to; the first is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Inside id.
    pub id: i64,
    /// Name, login, number …
    pub names: Vec<String>,
}

/// What reading and showing need to know.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present.
    pub now: Now,
    /// The person's language.
    pub lang: Lang,
    /// People who work here.
    pub people: &'a [Named],
    /// Contacts of the customer.
    pub contacts: &'a [Named],
    /// Customers that may be named.
    pub customers: &'a [Named],
}

/// Reads what was typed for a field; blank is no value, and a needed field may not be blank.
pub fn read(spec: &Spec, typed: &str, with: &Context) -> Result<Value, Problem> {
    let text = if spec.kind == Kind::Block { clean_block(typed) } else { clean_line(typed) };
    if text.is_empty() {
        return if spec.needed { Err(Problem::Empty) } else { Ok(Value::None) };
    }
    let named = |list: &[Named]| {
        list.iter()
            .find(|n| n.names.iter().any(|name| name.eq_ignore_ascii_case(&text)))
            .map(|n| Value::Id(n.id))
    };
    match spec.kind {
        Kind::Line(most) if text.chars().count() > usize::from(most) => Err(Problem::TooLong(most)),
        // the English word of an industry that the program ships is that industry
        Kind::Line(_) if spec.field == Field::Industry || spec.field == Field::IndustryStandard => {
            Ok(Value::text(shipped::meant(&text)))
        }
        Kind::Line(_) if spec.field == Field::Phone || spec.field == Field::Email => {
            let kind = if spec.field == Field::Email { "email" } else { "mobile" };
            match phones::misfit(kind, &text) {
                Some(problem) => Err(problem),
                None => Ok(Value::Text(phones::half_width(kind, &text))),
            }
        }
        Kind::Line(_) | Kind::Block | Kind::Actions | Kind::Due => Ok(Value::Text(text)),
        Kind::Filter => group::read(&text).map(Value::Text).map_err(Problem::Filter),
        Kind::Channels => channels(&text),
        Kind::Classes => classes(&text),
        Kind::Beats => strategy::beats(&text, |name| {
            words::id("touch", name).map_or_else(|| name.to_owned(), str::to_owned)
        })
        .map(|beats| Value::Text(strategy::beats_text(&beats)))
        .map_err(Problem::NotABeat),
        Kind::Int => whole(&text).map(Value::Int).ok_or(Problem::NotANumber(text)),
        Kind::Money => parse_yuan(&text).map(Value::Money).map_err(|_| Problem::NotAnAmount(text)),
        Kind::When => due(&text, with.now).map(Value::Due).ok_or(Problem::NotADay(text)),
        Kind::Day if spec.column == "due_on" && says_a_time(&text, with.now) => Err(Problem::DayOnly(text)),
        Kind::Day => day(&text, with.now).map(Value::Day).ok_or(Problem::NotADay(text)),
        Kind::PastDay => past_day(&text, with.now),
        Kind::Moment => moment(&text, with.now),
        Kind::Flag => yes_no(&text).map(Value::Flag).ok_or(Problem::NotOneOf(text, &["yes", "no"])),
        Kind::Choice(ids) => words::id(words::group(spec.field), &text)
            .filter(|id| ids.contains(id))
            .map(|id| Value::Text(id.to_owned()))
            .ok_or(Problem::NotOneOf(text, ids)),
        Kind::Person => named(with.people).ok_or(Problem::NoSuchPerson(text)),
        Kind::Contact => named(with.contacts).ok_or(Problem::NoSuchContact(text)),
        Kind::Customer => named(with.customers).ok_or(Problem::NoSuchCustomer(text)),
    }
}

/// The text of a value as a person would type it; ids become words.
pub fn show(field: Field, value: &Value, with: &Context) -> String {
    let named = |list: &[Named], id: i64| {
        list.iter().find(|n| n.id == id).and_then(|n| n.names.first()).cloned().unwrap_or_default()
    };
    match value {
        Value::None => String::new(),
        Value::Text(t) => match field.spec().kind {
            // what the program raises stands in no choice of a form
            Kind::Choice(known) if field == Field::AlarmRule && !known.contains(&t.as_str()) => {
                super::alarms::rule(t).of(with.lang).to_owned()
            }
            Kind::Choice(_) => words::word(words::group(field), t, with.lang).to_owned(),
            Kind::Filter => group::shown(t, with.lang),
            Kind::Channels => {
                let ids = list(t);
                let ids: Vec<&str> = ids.iter().map(|id| words::word("channel", id, with.lang)).collect();
                format::list(&ids, with.lang)
            }
            Kind::Classes => {
                let classes = list(t);
                let words: Vec<String> = classes.iter().map(|class| class_word(class, with.lang)).collect();
                format::list(&words.iter().map(String::as_str).collect::<Vec<_>>(), with.lang)
            }
            Kind::Line(_)
                if matches!(field, Field::Industry | Field::IndustryStandard | Field::AverageIndustry) =>
            {
                shipped::said(t, with.lang).to_owned()
            }
            // what the handbooks call it, in the reader's language; a company's own words stay
            Kind::Line(_) if field == Field::ComplaintSubject => {
                complaints::category(t, with.lang).to_owned()
            }
            Kind::Beats => {
                let beats = strategy::beats(t, str::to_owned).unwrap_or_default();
                let each: Vec<String> = beats
                    .iter()
                    .map(|b| format!("{} {}/{}", words::word("touch", &b.kind, with.lang), b.ideal, b.worst))
                    .collect();
                each.join(", ")
            }
            _ => t.clone(),
        },
        Value::Int(n) => n.to_string(),
        Value::Money(fen) => amount(*fen),
        Value::Day(d) => d.to_string(),
        Value::Due(due) => due.to_string(),
        Value::Moment(ms) => with.now.zone.local(from_ms(*ms)).format("%Y-%m-%d %H:%M").to_string(),
        Value::Flag(yes) => flag(*yes, with.lang).to_owned(),
        Value::Id(id) => match field.spec().kind {
            Kind::Person => named(with.people, *id),
            Kind::Contact => named(with.contacts, *id),
            Kind::Customer => named(with.customers, *id),
            _ => id.to_string(),
        },
    }
}

/// `短信, email` as ids.
fn channels(text: &str) -> Result<Value, Problem> {
    let mut ids = Vec::new();
    for typed in list(text) {
        let id = words::id("channel", &typed).filter(|id| CHANNELS.contains(id));
        ids.push(id.ok_or(Problem::NotOneOf(typed, CHANNELS))?);
    }
    Ok(Value::Text(ids.join(",")))
}

/// `分层:高价值, grade:A` as ids; a scheme's class that is none of the printed ones stays as it was typed.
fn classes(text: &str) -> Result<Value, Problem> {
    let mut ids = Vec::new();
    for typed in list(text) {
        let (scheme, class) = typed.split_once([':', '：']).unwrap_or(("", &typed));
        let known = words::id("scheme", scheme);
        // a class alone is enough where only one scheme has it
        let own = || SCHEMES.iter().copied().find(|s| words::id(s, class).is_some());
        let scheme = if scheme.is_empty() { own() } else { known };
        let scheme = scheme.ok_or_else(|| Problem::NotOneOf(typed.clone(), SCHEMES))?;
        let class = class.trim();
        ids.push(format!("{scheme}:{}", words::id(scheme, class).unwrap_or(class)));
    }
    Ok(Value::Text(ids.join(",")))
}

/// `segment:high` as `分层:高价值`.
fn class_word(class: &str, lang: Lang) -> String {
    class.split_once(':').map_or_else(
        || class.to_owned(),
        |(scheme, id)| format!("{}:{}", words::word("scheme", scheme, lang), words::word(scheme, id, lang)),
    )
}

/// `yes`, `是`.
pub const fn flag(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
    }
}

/// Whether a word says yes or no.
pub fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" | "对" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "无" | "不" => Some(false),
        _ => None,
    }
}

/// Grouped yuan; fen only where there are any.
fn amount(fen: Fen) -> String {
    let rest = fen.0.unsigned_abs() % 100;
    let sign = if fen.0 < 0 { "-" } else { "" };
    let whole = format::count(i64::try_from(fen.0.unsigned_abs() / 100).unwrap_or(i64::MAX));
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

fn whole(text: &str) -> Option<i64> {
    text.replace([',', '\u{ff0c}'], "").parse().ok().filter(|n| *n >= 0)
}

fn day(text: &str, now: Now) -> Option<NaiveDate> {
    stamped(text)
        .map(|at| now.zone.day(at))
        .or_else(|| date::parse_calendar(text).map(|(day, _)| day))
        .or_else(|| date::parse_due(text, now.local(), None).ok().map(|r| r.due.day))
}

/// A day with its time, as it is written or in words.
fn due(text: &str, now: Now) -> Option<Due> {
    Due::written(text)
        .or_else(|| date::parse_soon(text, now.local()))
        .or_else(|| date::parse_due(text, now.local(), None).ok().map(|r| r.due))
        .or_else(|| day(text, now).map(|day| Due { day, time: None }))
}

/// Whether a time of day is said that a day alone would lose.
fn says_a_time(text: &str, now: Now) -> bool {
    stamped(text).is_none() && due(text, now).is_some_and(|due| due.time.is_some())
}

/// A day that has been: `5-10` is the last such day and not the next.
fn past_day(text: &str, now: Now) -> Result<Value, Problem> {
    let past =
        date::parse_past(text, now.local()).ok().filter(|_| stamped(text).is_none()).map(|(day, _)| day);
    match past.or_else(|| day(text, now)) {
        Some(day) if day > now.today() => Err(Problem::Future),
        Some(day) => Ok(Value::Day(day)),
        None => Err(Problem::NotADay(text.to_owned())),
    }
}

fn moment(text: &str, now: Now) -> Result<Value, Problem> {
    if let Some(at) = stamped(text) {
        return if at > now.at { Err(Problem::Future) } else { Ok(Value::Moment(at.timestamp_millis())) };
    }
    let (day, time) =
        date::parse_past(text, now.local()).map_err(|_| Problem::NotAMoment(text.to_owned()))?;
    let local = match time {
        Some(time) => day.and_time(time),
        // a day without a time: now, if it is today, else the middle of the day
        None if day == now.today() => now.local(),
        None => day.and_hms_opt(12, 0, 0).unwrap_or_else(|| now.local()),
    };
    let at = now.zone.instant(local);
    if at > now.at { Err(Problem::Future) } else { Ok(Value::Moment(at.timestamp_millis())) }
}
