//! `guanxi find`: the look-up box.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, short};
use crate::domain::clock::Now;
use crate::domain::field::Field;
use crate::domain::find::needle;
use crate::i18n::{Lang, cli as t, fields, format, group, ledger, named, words};
use crate::store::request::{Answer, Found, Query};

/// Finds customers.
pub fn find(shell: &mut Shell, text: &str, limit: usize) -> Done {
    if limit == 0 {
        return Err(Stop::Usage(t::NO_LIMIT.of(shell.lang).to_owned()));
    }
    if needle(text).is_none() {
        return Err(Stop::Usage(t::NOTHING_TO_FIND.of(shell.lang).to_owned()));
    }
    let desk = shell.read()?;
    let found = match desk.ask(&Query::Find { text: text.to_owned(), limit })? {
        Answer::Find(found) => found,
        _ => Vec::new(),
    };
    let lang = shell.lang;
    if shell.json {
        shell.document(&found)?;
    } else if !found.is_empty() {
        let head = [
            (fields::label(Field::Code).of(lang), Side::Left),
            (fields::label(Field::Name).of(lang), Side::Left),
            (t::SEGMENT.of(lang), Side::Left),
            (fields::label(Field::ContactName).of(lang), Side::Left),
            (t::PHONE.of(lang), Side::Left),
            (fields::label(Field::Owner).of(lang), Side::Left),
            (t::LAST_TOUCH.of(lang), Side::Right),
            (t::NEXT_DUE.of(lang), Side::Left),
        ];
        let rows: Vec<Vec<String>> = found.iter().map(|hit| line(hit, desk.now, lang)).collect();
        shell.table(&head, &rows);
    }
    if !found.is_empty() {
        return Ok(());
    }
    // a tag or class is no name, but the filter finds who has it
    let tags = match desk.ask(&Query::Named(text.to_owned(), named::industries(text)))? {
        Answer::Named(tags) => tags,
        _ => Vec::new(),
    };
    Err(Stop::Nothing(match named::named(text, &tags, lang).first() {
        Some(named) => {
            let filter = group::shown(&named.filter, lang);
            named::BY_FILTER.with(lang, &[&text, &named.kind, &named.word, &filter])
        }
        None => t::NOT_FOUND.with(lang, &[&text]),
    }))
}

/// What a hit tells of its customer.
fn line(hit: &Found, now: Now, lang: Lang) -> Vec<String> {
    let (row, today) = (&hit.row, now.today());
    let contact = match (&row.contact, &row.title) {
        (Some(name), Some(title)) => format!("{name} {title}"),
        (name, title) => name.clone().or_else(|| title.clone()).unwrap_or_default(),
    };
    // the phone that was typed, where it was another one
    let phone = if hit.matched == "phone" { Some(hit.text.clone()) } else { row.phone.clone() };
    let next = row.next_due.map(|due| {
        let task = ledger::task(row.next_cause.as_deref(), row.next_text.as_deref().unwrap_or(""), lang);
        format!("{} {task}", format::near_day(due, today, lang))
    });
    vec![
        row.code.clone(),
        row.name.clone(),
        row.segment.as_deref().map_or("—", |id| words::word("segment", id, lang)).to_owned(),
        short(&contact, 24),
        phone.unwrap_or_default(),
        row.owner.clone(),
        row.last_touch.map_or_else(|| "—".to_owned(), |day| format::days_ago(day, today, lang)),
        next.map_or_else(|| "—".to_owned(), |next| short(next.trim(), 40)),
    ]
}
