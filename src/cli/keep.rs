//! `guanxi backup`, `restore` and `check`: keeping the database safe.

use std::path::Path;

use serde_json::json;

use super::shell::{Done, Shell, Stop};
use crate::domain::field::{Field, Noun, Row};
use crate::i18n::{Lang, cli as t, format};
use crate::store::chain::Broken;
use crate::store::check::Fault;
use crate::store::request::{Answer, Query, StoreError};
use crate::store::{Store, backup};

/// Copies the live database to a file that does not exist yet.
pub fn backup(shell: &mut Shell, file: &Path) -> Done {
    let desk = shell.read()?;
    if file.exists() {
        return Err(Stop::Failed(t::EXISTS.with(shell.lang, &[&file.display()])));
    }
    desk.store.back_up(file).map_err(|e| shell.refused(&e))?;
    said(shell, &t::BACKED_UP.with(shell.lang, &[&file.display()]), &json!({ "file": file }))
}

/// Puts a backup in place of the database, which is kept beside under a dated name.
pub fn restore(shell: &mut Shell, file: &Path) -> Done {
    let now = shell.now(crate::domain::clock::Zone::default())?;
    let stamp = now.local().format("%Y%m%d-%H%M%S").to_string();
    let kept = backup::restore(file, &shell.db, &stamp).map_err(|e| match e {
        StoreError::Busy => Stop::Failed(t::IN_USE.with(shell.lang, &[&shell.db.display()])),
        e => shell.refused(&e),
    })?;
    let line = match &kept {
        Some(kept) => t::RESTORED.with(shell.lang, &[&file.display(), &kept.display()]),
        None => t::RESTORED_NEW.with(shell.lang, &[&file.display()]),
    };
    said(shell, &line, &json!({ "file": file, "kept": kept }))
}

fn said(shell: &mut Shell, line: &str, document: &serde_json::Value) -> Done {
    if shell.json {
        return shell.document(document);
    }
    shell.line(line);
    Ok(())
}

/// Checks everything and words each fault.
pub fn check(shell: &mut Shell) -> Done {
    if !shell.db.exists() {
        return Err(Stop::Failed(t::NO_STORE.with(shell.lang, &[&shell.db.display()])));
    }
    let store = Store::open(&shell.db, crate::store::Mode::Existing).map_err(|e| shell.refused(&e))?;
    let now = shell.now(store.zone())?;
    let faults = store.check(now).map_err(|e| shell.refused(&e))?;
    let lang = shell.lang;
    let desk = shell.desk(Ok(store))?;
    let code = |id: i64| match desk.ask(&Query::Record(Row { noun: Noun::Customer, id })) {
        Ok(Answer::Record(Some(record))) => record.get(Field::Code).as_text().unwrap_or_default().to_owned(),
        _ => id.to_string(),
    };
    let sentences: Vec<String> = faults.iter().map(|fault| sentence(fault, lang, &code)).collect();
    if shell.json {
        let list: Vec<serde_json::Value> = faults
            .iter()
            .zip(&sentences)
            .map(|(fault, text)| json!({ "fault": kind(fault), "text": text }))
            .collect();
        shell.document(&list)?;
    } else if sentences.is_empty() {
        shell.line(t::SOUND.of(lang));
    }
    if sentences.is_empty() { Ok(()) } else { Err(Stop::Failed(sentences.join("\n"))) }
}

fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Damaged(_) => "damaged",
        Fault::Dangling { .. } => "dangling",
        Fault::Facts { .. } => "facts",
        Fault::Lookup { .. } => "lookup",
        Fault::Daily { .. } => "daily",
        Fault::Tally(_) => "tally",
        Fault::Figures { .. } => "figures",
        Fault::NextDay(_) => "next_day",
        Fault::History(_) => "history",
        Fault::Noted(_) => "noted",
        Fault::Place(_) => "place",
        Fault::Unfinished { .. } => "unfinished",
    }
}

fn sentence(fault: &Fault, lang: Lang, code: &dyn Fn(i64) -> String) -> String {
    match fault {
        Fault::Damaged(what) => t::FAULT_DAMAGED.with(lang, &[what]),
        Fault::Dangling { table, row } => t::FAULT_DANGLING.with(lang, &[table, row]),
        Fault::Facts { customer, columns } => {
            t::FAULT_FACTS.with(lang, &[&code(*customer), &format::list(columns, lang)])
        }
        Fault::Lookup { index, row } => t::FAULT_LOOKUP.with(lang, &[index, row]),
        Fault::Tally(count) => t::FAULT_TALLY.with(lang, &[count]),
        Fault::Daily { count, day } => t::FAULT_DAILY.with(lang, &[count, day]),
        Fault::Figures { from, until } => t::FAULT_FIGURES.with(lang, &[from, until]),
        Fault::NextDay(id) => t::FAULT_NEXT_DAY.with(lang, &[id]),
        Fault::History(Broken { change, line: None }) => t::FAULT_HISTORY.with(lang, &[change]),
        Fault::History(Broken { change, line: Some(line) }) => {
            t::FAULT_HISTORY_LINE.with(lang, &[line, change])
        }
        Fault::Noted(change) => t::FAULT_NOTED.with(lang, &[change]),
        Fault::Place(place) => t::FAULT_PLACE.with(lang, &[place]),
        Fault::Unfinished { job, what, state } => t::FAULT_UNFINISHED.with(lang, &[job, what, state]),
    }
}
