//! `guanxi erase`: takes away who a customer is, on their own request; the name has to be typed, and it cannot be undone.

use super::shell::{Done, Shell};
use crate::domain::change::Change;
use crate::i18n::erase as t;
use crate::run::drafts::Drafts;

/// Erases a customer.
pub fn erase(shell: &mut Shell, code: &str, name: &str, reason: &str) -> Done {
    let mut desk = shell.read()?;
    let customer = desk.customer(code)?;
    let what = Change::Erase { customer, name: name.to_owned(), reason: reason.to_owned() };
    let receipt = desk.give(what)?;
    // what anybody has typed about them and not saved yet
    Drafts::of(&shell.db, "").scrub(customer);
    if shell.json {
        return shell.document(&serde_json::json!({ "code": receipt.subject, "rows": receipt.rows }));
    }
    shell.line(&t::ERASED.with(shell.lang, &[&receipt.subject]));
    Ok(())
}
