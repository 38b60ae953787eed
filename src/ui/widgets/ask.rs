//! Popups of a few lines: what undo takes back, why a class, whether to leave.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::audit::changed;
use super::popup;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::domain::clock::from_ms;
use crate::i18n::{about, audit, commands, entry, errors, fields, format, shell};
use crate::store::request::audit::AuditRow;
use crate::store::request::{Deed, Query, StoreError};

/// Asks before something is taken back or brought back, and says what.
pub fn undo(c: &mut Canvas, area: Rect, redo: bool) {
    let command = if redo { Command::Redo } else { Command::Undo };
    let title = command.spec().text.of(c.lang());
    let theme = c.theme;
    let known = c.shared.feeds.undoable();
    let deed = known.and_then(|u| if redo { u.redo.as_ref() } else { u.undo.as_ref() });
    let mut lines = Vec::new();
    let mut keys = Vec::new();
    if let Some(deed) = deed {
        let text = if redo { shell::BRING_BACK } else { shell::TAKE_BACK };
        lines.push((text.with(c.lang(), &[&"Enter"]), theme.dim));
        lines.push((told(c, deed, redo), theme.strong));
        lines.extend(changes(c, deed, redo).into_iter().map(|l| (l, theme.text)));
        keys.push(("Enter".to_owned(), title));
    } else if known.is_some() {
        let none = if redo {
            c.say(shell::NOTHING_TO_REDO).to_owned()
        } else {
            errors::store(&StoreError::NothingToUndo, c.lang())
        };
        lines.push((none, theme.text));
    } else {
        lines.push((c.say(shell::LOADING).to_owned(), theme.dim));
    }
    keys.push(("Esc".to_owned(), c.say(commands::BACK)));
    popup::lines(c, area, title, &lines, &keys);
}

/// `记录互动 · 恒远物流 · 14:02`; of what was taken back, when that was.
fn told(c: &Canvas, deed: &Deed, redo: bool) -> String {
    let verb = audit::done(&deed.verb, deed.noun, c.lang());
    let when = when(c, deed.at);
    let subject = about::said(&deed.subject, c.lang());
    if redo && !subject.is_empty() {
        return shell::TAKEN_BACK_AT.with(c.lang(), &[&subject, &when]);
    }
    shell::DEED.with(c.lang(), &[&verb, &subject, &when])
}

/// `14:02`, on another day `05-19 14:02`.
fn when(c: &Canvas, at: i64) -> String {
    let local = c.shared.now.zone.local(from_ms(at));
    let today = c.shared.now.today();
    let time = format::time(local.time());
    if local.date() == today { time } else { format!("{} {time}", format::day(local.date(), today)) }
}

/// Asks before a change of the history is taken back, and says what as `undo` does.
pub fn take_back(c: &mut Canvas, area: Rect, row: &AuditRow) {
    let (theme, lang) = (c.theme, c.lang());
    let title = Command::Undo.spec().text.of(lang);
    let subject = match &row.code {
        Some(code) => format!("{code} {}", row.subject),
        None => about::said(&row.subject, lang),
    };
    let told = shell::DEED.with(lang, &[&audit::deed(row, lang), &subject, &when(c, row.at)]);
    let mut lines = vec![(shell::TAKE_BACK.with(lang, &[&"Enter"]), theme.dim), (told, theme.strong)];
    if c.shared.feeds.current(Slot::AuditOne, &Query::AuditOne(row.id)) {
        let fields = c.shared.feeds.audit_one().into_iter().flatten();
        // of what has no name here, such as a contact, nothing shows
        let did = fields.map(|field| changed(c, field)).filter(|line| !line.ends_with("— → —"));
        lines.extend(did.take(MOST).map(|line| (format!("  {line}"), theme.text)));
    }
    let keys = [("Enter".to_owned(), title), ("Esc".to_owned(), c.say(commands::BACK))];
    popup::lines(c, area, title, &lines, &keys);
}

/// Fields that are told of a change at most.
const MOST: usize = 8;

/// What the change did, field by field; doing it again turns round what taking it back did.
fn changes(c: &Canvas, deed: &Deed, redo: bool) -> Vec<String> {
    let people = c.shared.people();
    let with = crate::app::shared::context(c.shared, &people, &[], &[]);
    // of many rows the same is told once; how many they are, the line above says
    let mut lines: Vec<String> = Vec::new();
    for edited in deed.fields.iter().filter(|edited| edited.was != edited.to) {
        let field = edited.field;
        let label = edited.own.as_deref().unwrap_or_else(|| fields::label(field).of(c.lang()));
        let (before, after) = if redo { (&edited.to, &edited.was) } else { (&edited.was, &edited.to) };
        let (before, after) = (entry::show(field, before, &with), entry::show(field, after, &with));
        let line = if before.is_empty() {
            format!("  {label}: {after}")
        } else {
            format!("  {label}: {before} → {after}")
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.truncate(MOST);
    lines
}

/// Asks before leaving with forms that hold something, or while an import is running.
pub fn leave(c: &mut Canvas, area: Rect) {
    let mut lines = Vec::new();
    if c.shared.importing.is_some() {
        lines.push((c.say(shell::LEAVE_IMPORT).to_owned(), c.theme.warn));
    }
    if c.shared.importing.is_none() || !c.shared.waiting.is_empty() {
        lines.push((c.say(shell::LEAVE_ASK).to_owned(), c.theme.text));
    }
    let keys = [("Enter".to_owned(), c.say(commands::QUIT)), ("Esc".to_owned(), c.say(shell::STAY))];
    popup::lines(c, area, c.say(shell::LEAVE_TITLE), &lines, &keys);
}

/// Asks before the demo company takes the place of a company with customers.
pub fn demo(c: &mut Canvas, area: Rect) {
    let title = Command::Demo.spec().text.of(c.lang());
    let lines = [(c.say(shell::DEMO_ASK).to_owned(), c.theme.text)];
    let keys = [("Enter".to_owned(), title), ("Esc".to_owned(), c.say(shell::STAY))];
    popup::lines(c, area, title, &lines, &keys);
}
