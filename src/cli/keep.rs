//! `guanxi backup`, `restore` and `check`: keeping the database safe.

use std::path::Path;

use serde_json::json;

use super::args::Backup;
use super::shell::{Done, Shell, Stop};
use crate::domain::backup as names;
use crate::domain::field::{Field, Noun, Row};
use crate::i18n::{Lang, backup as w, cli as t, errors, format};
use crate::store::chain::Broken;
use crate::store::check::Fault;
use crate::store::request::{Answer, Query, StoreError, VaultError};
use crate::store::{Mode, vault};

/// Copies the live database: to a file that does not exist yet, or into a folder under a dated name. Whoever may read the
/// file may copy it, so nobody is asked who they are: a timer is nobody.
pub fn backup(shell: &mut Shell, args: &Backup) -> Done {
    let lang = shell.lang;
    if !shell.db.exists() {
        return Err(Stop::Failed(t::NO_STORE.with(lang, &[&shell.db.display()])));
    }
    let store = shell.open(Mode::Existing).map_err(|e| shell.refused(&e))?;
    let key = match &args.recipient {
        Some(text) => vault::recipient(text).map(Some),
        None => store.backup_key(),
    };
    let key = key.map_err(|e| broken(shell, &e))?;
    let file = match (&args.file, &args.into) {
        (Some(file), _) => file.clone(),
        (None, Some(folder)) => {
            let at = shell.now(store.zone())?.local();
            folder.join(names::name(at, key.is_some()))
        }
        // the parser lets one of the two through
        (None, None) => return Ok(()),
    };
    if file.exists() {
        return Err(Stop::Failed(t::EXISTS.with(lang, &[&file.display()])));
    }
    store.back_up_to(&file, key.as_ref()).map_err(|e| broken(shell, &e))?;
    let pruned = match &args.into {
        Some(folder) => {
            store.note_backups(folder).map_err(|e| shell.refused(&e))?;
            let keep = store.backups_kept().map_err(|e| broken(shell, &e))?;
            vault::prune(folder, keep).map_err(|e| broken(shell, &e))?
        }
        None => Vec::new(),
    };
    let text = if key.is_some() { w::LOCKED } else { t::BACKED_UP };
    let mut line = text.with(lang, &[&file.display()]);
    if !pruned.is_empty() {
        line = format!("{line} {}", w::PRUNED.with(lang, &[&pruned.len()]));
    }
    said(shell, &line, &json!({ "file": file, "encrypted": key.is_some(), "removed": pruned }))
}

/// Puts a backup in place of the database, which is kept beside under a dated name.
pub fn restore(shell: &mut Shell, file: &Path, identity: Option<&Path>) -> Done {
    let lang = shell.lang;
    let now = shell.now(crate::domain::clock::Zone::default())?;
    let stamp = now.local().format("%Y%m%d-%H%M%S").to_string();
    let keys = identity.map(|file| identities(shell, file)).transpose()?;
    let kept = vault::restore(file, keys.as_deref(), &shell.db, &stamp).map_err(|e| match e {
        VaultError::Store(StoreError::Busy) => Stop::Failed(t::IN_USE.with(lang, &[&shell.db.display()])),
        e => broken(shell, &e),
    })?;
    let line = match &kept {
        Some(kept) => t::RESTORED.with(lang, &[&file.display(), &kept.display()]),
        None => t::RESTORED_NEW.with(lang, &[&file.display()]),
    };
    said(shell, &line, &json!({ "file": file, "kept": kept }))
}

/// The secret keys in a file.
pub fn identities(shell: &Shell, file: &Path) -> Result<Vec<vault::Identity>, Stop> {
    let lang = shell.lang;
    let text = std::fs::read_to_string(file)
        .map_err(|e| Stop::Failed(t::CANNOT_READ.with(lang, &[&file.display(), &errors::io(&e, lang)])))?;
    let named = |_| VaultError::Identity(file.display().to_string());
    vault::identities(&text).map_err(|e| broken(shell, &named(e)))
}

/// Why a backup did not come about, as a sentence.
pub fn broken(shell: &Shell, error: &VaultError) -> Stop {
    Stop::Failed(w::fault(error, shell.lang))
}

fn said(shell: &mut Shell, line: &str, document: &serde_json::Value) -> Done {
    if shell.json {
        return shell.document(document);
    }
    shell.line(line);
    Ok(())
}

/// Checks everything and words each fault; with `repair` what is kept beside the records is computed anew before.
pub fn check(shell: &mut Shell, repair: bool) -> Done {
    if !shell.db.exists() {
        return Err(Stop::Failed(t::NO_STORE.with(shell.lang, &[&shell.db.display()])));
    }
    let store = match shell.open(Mode::Existing) {
        Err(error) if !repair => shell.look_despite(error),
        store => store,
    };
    let mut store = store.map_err(|e| shell.refused(&e))?;
    let now = shell.now(store.zone())?;
    if repair {
        let lang = shell.lang;
        let done =
            store.repair(now, &mut |done, of| shell.progress(&t::SCHEME_PROGRESS.with(lang, &[&done, &of])));
        shell.progress("");
        let put_back = done.map_err(|e| shell.refused(&e))?;
        if !shell.json && !put_back.is_empty() {
            shell.line(&t::PUT_BACK.with(lang, &[&put_back.join(", ")]));
        }
    }
    let faults = store.check(now).map_err(|e| shell.refused(&e))?;
    let lang = shell.lang;
    // the account of a server is nobody who may see a customer: it is told their number in the file
    let desk = shell.desk(Ok(store)).ok();
    let record = |row| desk.as_ref().and_then(|desk| desk.ask(&Query::Record(row)).ok());
    let code = |id: i64| match record(Row { noun: Noun::Customer, id }) {
        Some(Answer::Record(Some(record))) => {
            record.get(Field::Code).as_text().unwrap_or_default().to_owned()
        }
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
    if sentences.is_empty() { Ok(()) } else { Err(Stop::Failed(told(&faults, &sentences, lang).join("\n"))) }
}

/// The sentences for people: of a damaged file one, which says what to do; where in it the engine found what is for machines.
fn told(faults: &[Fault], sentences: &[String], lang: Lang) -> Vec<String> {
    let is_damage = |fault: &Fault| matches!(fault, Fault::Damaged(_));
    let places = faults.iter().filter(|fault| is_damage(fault)).count();
    let damage = (places > 0).then(|| t::FAULT_DAMAGED_AT.with(lang, &[&places]));
    let others = faults.iter().zip(sentences).filter(|(fault, _)| !is_damage(fault));
    damage.into_iter().chain(others.map(|(_, text)| text.clone())).collect()
}

fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Damaged(_) => "damaged",
        Fault::Schema(_) => "schema",
        Fault::Dangling { .. } => "dangling",
        Fault::Facts { .. } => "facts",
        Fault::Lookup { .. } => "lookup",
        Fault::Daily { .. } => "daily",
        Fault::Tokens => "tokens",
        Fault::Tally(_) => "tally",
        Fault::TouchSum(_) => "touch_sum",
        Fault::OwnBlocks(_) => "own_fields",
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
        Fault::Schema(name) => t::FAULT_SCHEMA.with(lang, &[name]),
        Fault::Dangling { table, row } => t::FAULT_DANGLING.with(lang, &[table, row]),
        Fault::Facts { customer, columns } => {
            t::FAULT_FACTS.with(lang, &[&code(*customer), &format::list(columns, lang)])
        }
        Fault::Lookup { index, row } => t::FAULT_LOOKUP.with(lang, &[index, row]),
        Fault::Tokens => t::FAULT_TOKENS.of(lang).to_owned(),
        Fault::Tally(count) => t::FAULT_TALLY.with(lang, &[count]),
        Fault::TouchSum(count) => t::FAULT_TOUCH_SUM.with(lang, &[count]),
        Fault::OwnBlocks(count) => t::FAULT_OWN_FIELDS.with(lang, &[count]),
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
