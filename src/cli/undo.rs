//! `guanxi undo`: takes back the last change and says which.

use super::shell::{Done, Shell};
use crate::domain::change::Change;
use crate::i18n::{about, audit, cli as t, format};
use crate::store::request::{Answer, Query};

/// Takes back the last change.
pub fn undo(shell: &mut Shell) -> Done {
    let mut desk = shell.read()?;
    let last = match desk.ask(&Query::Undoable)? {
        Answer::Undoable(undoable) => undoable.undo,
        _ => None,
    };
    let receipt = desk.give(Change::Undo(last.as_ref().map(|deed| deed.id)))?;
    let (verb, noun) = last.map(|deed| (deed.verb, deed.noun)).unwrap_or_default();
    if shell.json {
        let mut told = serde_json::json!({ "verb": verb, "subject": receipt.subject, "rows": receipt.rows });
        if let Some(records) = receipt.records {
            told["records"] = records.into();
        }
        return shell.document(&told);
    }
    // an import was told by its records, and what undo says of it is the same number
    let (text, count) = match receipt.records {
        Some(records) => (t::UNDONE_IMPORT, records),
        None => (t::UNDONE, i64::try_from(receipt.rows).unwrap_or(i64::MAX)),
    };
    let (done, subject) = (audit::done(&verb, noun, shell.lang), about::said(&receipt.subject, shell.lang));
    let line = text.with(shell.lang, &[&done, &subject, &format::count(count)]);
    shell.line(&line);
    Ok(())
}
