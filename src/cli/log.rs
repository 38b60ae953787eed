//! `guanxi log`: a touch with its next actions in words. Without a next action it is closed; a vague one is refused (E9).

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Serialize;

use super::args::Log;
use super::fields::value;
use super::shell::{Desk, Done, Shell, Stop};
use super::table::Side;
use crate::domain::change::{Change, NewTask, NewTouch, answered};
use crate::domain::clock::from_ms;
use crate::domain::date::{day_note, parse_actions};
use crate::domain::field::{Field, Value};
use crate::domain::guard::{Finding, One};
use crate::domain::money::Fen;
use crate::i18n::entry::Named;
use crate::i18n::{Lang, cli as t, errors, format, guard};
use crate::store::request::{Answer, Query, Receipt, StoreError};

/// What was logged, for machines.
#[derive(Serialize)]
struct Logged {
    code: String,
    name: String,
    at: String,
    closed: bool,
    tasks: Vec<Task>,
    /// What the guard found and did not hold the touch for.
    findings: Vec<Found>,
}

/// One finding of the guard: its kind and facts, what it means for one touch, and the sentence for people.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    finding: Finding,
    consequence: One,
    sentence: String,
}

impl Found {
    fn new(finding: &Finding, lang: Lang) -> Self {
        let sentence = guard::sentence(finding, lang);
        Self { finding: finding.clone(), consequence: finding.one(), sentence }
    }
}

/// The guard holds the touch: a sentence for each finding, and how a touch that took place is recorded.
fn stopped(shell: &mut Shell, code: &str, findings: &[Finding]) -> Done {
    let lang = shell.lang;
    if shell.json {
        let findings: Vec<Found> = findings.iter().map(|f| Found::new(f, lang)).collect();
        shell.document(&serde_json::json!({ "code": code, "logged": false, "findings": findings }))?;
    }
    let mut told = guard::sentences(findings, lang);
    told.push(guard::ON_THE_LINE.of(lang).to_owned());
    Err(Stop::Failed(told.join("\n")))
}

/// One task of it.
#[derive(Serialize)]
struct Task {
    text: String,
    due: String,
    time: Option<String>,
}

/// Logs a touch.
pub fn log(shell: &mut Shell, args: &Log) -> Done {
    let mut desk = shell.read()?;
    let touch = touch(shell, &desk, args)?;
    let (at, next) = (touch.at, touch.next.clone());
    let receipt = match desk.attempt(Change::LogTouch(Box::new(touch))) {
        Err(StoreError::Guarded(findings)) => return stopped(shell, &args.code, &findings),
        written => written.map_err(|error| shell.refused(&error))?,
    };
    logged(shell, &args.code, at, &receipt, &next)?;
    for task in &next {
        if let Some(note) = day_note(task.due.day) {
            shell.say(&format!("{} {}: {}", task.due.day, task.text, format::note(&note, shell.lang)));
        }
    }
    Ok(())
}

/// The touch as it was typed.
fn touch(shell: &Shell, desk: &Desk, args: &Log) -> Result<NewTouch, Stop> {
    let customer = desk.customer(&args.code)?;
    let contacts: Vec<Named> = match desk.ask(&Query::Card(customer))? {
        Answer::Card(Some(card)) => {
            card.contacts.iter().map(|c| Named { id: c.id, names: vec![c.name.clone()] }).collect()
        }
        _ => Vec::new(),
    };
    let one = |field: Field, typed: Option<&str>| match typed {
        Some(typed) => value(shell, desk, field, typed, &contacts),
        None => Ok(Value::None),
    };
    let text = |field: Field, typed: Option<&str>| -> Result<Option<String>, Stop> {
        Ok(one(field, typed)?.as_text().map(ToOwned::to_owned))
    };
    let at = match one(Field::TouchAt, args.at.as_deref())? {
        Value::Moment(ms) => from_ms(ms),
        _ => desk.now.at,
    };
    let event_on = match one(Field::TouchEvent, args.event.as_deref())? {
        Value::Day(day) => Some(day),
        _ => None,
    };
    let next = promised(&args.next, desk.now.zone.local(at), event_on, shell.lang)?;
    let summary = text(Field::TouchSummary, Some(&args.summary))?.unwrap_or_default();
    let kind = text(Field::TouchKind, args.kind.as_deref())?.unwrap_or_else(|| "proactive".to_owned());
    let feedback = text(Field::TouchFeedback, args.feedback.as_deref())?;
    let said = one(Field::TouchResponded, args.responded.as_deref())?.as_flag();
    Ok(NewTouch {
        responded: answered(said, &kind, feedback.as_deref()),
        contact: one(Field::TouchContact, args.contact.as_deref())?.as_id(),
        channel: text(Field::TouchChannel, Some(&args.channel))?,
        kind,
        feedback,
        cost: match one(Field::TouchCost, args.cost.as_deref())? {
            Value::Money(fen) => fen,
            _ => Fen::ZERO,
        },
        product: text(Field::TouchProduct, args.product.as_deref())?,
        script: args.script.clone(),
        gift: text(Field::TouchGift, args.gift.as_deref())?,
        event_on,
        closed: next.is_empty(),
        next,
        by: args.by.as_deref().map(|name| desk.person(name)).transpose()?,
        override_reason: args.override_reason.clone(),
        ..NewTouch::plain(customer, at, summary)
    })
}

/// The next actions as they were said.
fn promised(
    said: &[String],
    at: NaiveDateTime,
    event_on: Option<NaiveDate>,
    lang: Lang,
) -> Result<Vec<NewTask>, Stop> {
    let mut next = Vec::new();
    for words in said {
        let actions =
            parse_actions(words, at, event_on).map_err(|e| Stop::Failed(errors::action(&e, lang)))?;
        next.extend(actions.into_iter().map(|action| NewTask {
            text: action.text,
            due: action.resolved.due,
            anchor: action.resolved.anchor,
        }));
    }
    Ok(next)
}

/// Says what was written, with its tasks.
fn logged(shell: &mut Shell, code: &str, at: DateTime<Utc>, receipt: &Receipt, next: &[NewTask]) -> Done {
    let lang = shell.lang;
    let tasks: Vec<Task> = next
        .iter()
        .map(|task| Task {
            text: task.text.clone(),
            due: task.due.day.to_string(),
            time: task.due.time.map(format::time),
        })
        .collect();
    if shell.json {
        let at = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let closed = tasks.is_empty();
        let findings = receipt.findings.iter().map(|f| Found::new(f, lang)).collect();
        let (code, name) = (code.to_owned(), receipt.subject.clone());
        return shell.document(&Logged { code, name, at, closed, tasks, findings });
    }
    shell.line(&t::LOGGED.with(lang, &[&code, &receipt.subject]));
    let rows: Vec<Vec<String>> = tasks
        .into_iter()
        .map(|task| vec![format!("{} {}", task.due, task.time.unwrap_or_default()), task.text])
        .collect();
    shell.table(&[("", Side::Left), ("", Side::Left)], &rows);
    Ok(())
}
