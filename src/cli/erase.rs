//! `guanxi erase`: takes away who a customer is, on their own request; the name has to be typed, and it cannot be undone.

use super::shell::{Done, Shell};
use crate::domain::change::Change;
use crate::domain::clock::from_ms;
use crate::i18n::{erase as t, fields, format};
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
        let named_in: Vec<_> = receipt
            .mentions
            .iter()
            .map(
                |m| serde_json::json!({ "code": m.code, "at": from_ms(m.at).to_rfc3339(), "what": m.row.noun, "id": m.row.id }),
            )
            .collect();
        let told = serde_json::json!({ "code": receipt.subject, "rows": receipt.rows, "cleared": receipt.cleared, "named_in": named_in });
        return shell.document(&told);
    }
    shell.line(&t::done(&receipt, shell.lang));
    if !receipt.mentions.is_empty() {
        shell.line("");
        shell.line(&t::NAMED_IN.with(shell.lang, &[&receipt.mentions.len()]));
        let today = desk.now.today();
        for mention in &receipt.mentions {
            let local = desk.now.zone.local(from_ms(mention.at));
            let day = format::day(local.date(), today);
            let what = fields::noun(mention.row.noun).of(shell.lang);
            shell.line(&format!("{}  {day} {}  {what}", mention.code, format::time(local.time())));
        }
    }
    Ok(())
}
