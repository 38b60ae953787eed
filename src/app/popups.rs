//! What keys do in popups, what popups want to know, and what choosing in them does. What all popups share is here;
//! each kind of them has its file below.

pub mod audit;
pub mod averages;
pub mod cases;
mod columns;
pub mod dictionary;
mod export;
mod find;
mod form;
mod import;
pub mod leak;
pub mod legend;
mod menu;
mod own;
mod people;
mod report;
pub mod rules;
pub mod scheme;
pub mod settings;
mod strategy;

use tui_input::Input;

use super::command::Command;
use super::cursor::Move;
use super::feed::Slot;
use super::form::{FormKind, Handing};
use super::key::{Code, Key};
use super::msg::Effect;
use super::popup::{self, Finder, Popup, Purpose};
use super::shared::{Shared, named_contacts};
use super::{App, forms, room};
use crate::domain::field::{Field, Kind, Value};
use crate::i18n::commands::AVERAGES;
use crate::i18n::entry::show;
use crate::store::request::Query;

pub(super) use form::form_items;
pub use form::title;

/// What a popup wants to know.
fn wants(popup: &Popup, s: &Shared) -> Vec<(Slot, Query)> {
    match popup {
        Popup::Finder(finder) => {
            let mut wants = vec![(Slot::Find, finder.query())];
            wants.extend(finder.named_query().map(|query| (Slot::Named, query)));
            wants.extend(popup::found(finder, s).map(|id| (Slot::FindCard, Query::Card(id))));
            wants
        }
        Popup::Form(form) => {
            let mut wants = Vec::new();
            if let Some(subject) = &form.subject {
                wants.push((Slot::FormCard, Query::Card(subject.id)));
            }
            if form.entries.iter().any(|entry| entry.field == Field::Industry) {
                wants.push((Slot::Benchmarks, Query::Benchmarks));
            }
            match form.kind {
                FormKind::Customer => {
                    let phones = vec![form.text(Field::Phone).to_owned()];
                    wants.push((
                        Slot::Alike,
                        Query::Alike { name: form.text(Field::Name).to_owned(), phones },
                    ));
                }
                FormKind::Merge { .. } => {
                    wants.extend(forms::merge::question(form).map(|query| (Slot::Merging, query)));
                }
                FormKind::Tag => wants.push((Slot::Tags, Query::Tags)),
                FormKind::HandOver(_) => wants.push((Slot::Loads, Query::Loads)),
                _ => {}
            }
            wants.extend(forms::strategy::question(form, s).map(|query| (Slot::Preview, query)));
            wants.extend(forms::guard::question(form, s).map(|query| (Slot::Guard, query)));
            wants
        }
        Popup::Sheet(sheet) => sheet.wants(s),
        Popup::Menu(menu) if menu.title == AVERAGES => vec![(Slot::Benchmarks, Query::Benchmarks)],
        Popup::Undo { .. } => vec![(Slot::Undoable, Query::Undoable)],
        Popup::TakeBack(row) => vec![(Slot::AuditOne, Query::AuditOne(row.id))],
        Popup::Why(_) => {
            s.subject.iter().map(|c| (Slot::Why, Query::Why { customer: c.id, scheme: None })).collect()
        }
        Popup::Rules(rules) => rules.wants(),
        Popup::Audit(view) => view.wants(s),
        Popup::Dictionary(_) => vec![(Slot::Tags, Query::Tags)],
        Popup::Cases(cases) => cases.wants(),
        Popup::Leak(view) => view.wants(s),
        Popup::Settings(_) => vec![(Slot::Settings, Query::Settings)],
        _ => Vec::new(),
    }
}

/// Moves the cursor of a popup that is a list.
pub(super) fn wheel(popup: &mut Popup, rows: isize, s: &Shared) {
    let height = room::popup(s.size);
    let (cursor, count) = match popup {
        Popup::Finder(f) => {
            let count = f.rows(s);
            (&mut f.cursor, count)
        }
        Popup::Menu(m) => (&mut m.cursor, m.items.len()),
        Popup::Import(w) => {
            let count = w.rows().len();
            (&mut w.cursor, count)
        }
        _ => return,
    };
    let ids: Vec<i64> = (0..i64::try_from(count).unwrap_or(0)).collect();
    cursor.go(Move::By(rows), &ids, height);
}

impl App {
    /// What the popups want to know, the lowest first.
    pub(super) fn popup_wants(&self) -> Vec<(Slot, Query)> {
        self.popups.iter().flat_map(|popup| wants(popup, &self.shared)).collect()
    }

    /// A click on a row of the popup on top: the cursor goes there, and where it stands already the row is chosen, as in lists.
    pub(super) fn popup_click(&mut self, row: u16, fx: &mut Vec<Effect>) {
        let s = &self.shared;
        let size = s.size;
        let (first, shown, count, cursor) = match self.popups.last_mut() {
            Some(Popup::Finder(finder)) => {
                // what is offered where nobody is found stands below the sentence that says so
                let below = if finder.hits(s).is_empty() { popup::finder::SENTENCE } else { 0 };
                let count = finder.rows(s);
                (room::finder_row(size) + below, room::finder(size), count, &mut finder.cursor)
            }
            // where something is to be read first, its lines are not known here
            Some(Popup::Menu(menu)) if menu.note.is_empty() => {
                let shown = menu.items.len().min(room::popup(size)).max(1);
                (room::menu_row(size, shown), shown, menu.items.len(), &mut menu.cursor)
            }
            _ => return,
        };
        let Some(line) = row.checked_sub(first) else { return };
        let ids: Vec<i64> = (0..i64::try_from(count).unwrap_or(0)).collect();
        if cursor.click(usize::from(line), &ids, shown) {
            self.popup_key(Key::plain(Code::Enter), fx);
        }
    }

    /// Gives a key to the popup on top.
    pub(super) fn popup_key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        // these work above any popup: the phone rings while a form is open
        match (key.code, key.ctrl) {
            (Code::Char('f'), true) if !matches!(self.popups.last(), Some(Popup::Finder(_))) => {
                // on a field that names another customer the box fills it, else it opens whom it finds
                let purpose = match self.popups.last() {
                    Some(Popup::Form(form)) => match form.focused().map(|e| e.field) {
                        Some(field) if field.spec().kind == Kind::Customer => Purpose::Fill(field),
                        _ => Purpose::Open,
                    },
                    _ => Purpose::Open,
                };
                self.popups.push(Popup::Finder(Finder::new(purpose)));
                return;
            }
            (Code::F(2), _) => return self.run(Command::Language, fx),
            (Code::F(3), _) => return self.run(Command::Theme, fx),
            (Code::Char('l'), true) => return fx.push(Effect::Redraw),
            (Code::Char('c'), true) if !matches!(self.popups.last(), Some(Popup::Leave)) => {
                return self.run(Command::Abort, fx);
            }
            _ => {}
        }
        let Some(popup) = self.popups.pop() else { return };
        match popup {
            Popup::Form(form) => self.form_key(*form, key, fx),
            Popup::Finder(finder) => self.finder_key(finder, key, fx),
            Popup::Palette(palette) => self.palette_key(palette, key, fx),
            Popup::Help(palette) => self.help_key(palette, key, fx),
            Popup::Menu(menu) => self.menu_key(menu, key, fx),
            Popup::Sheet(sheet) => self.sheet_key(sheet, key, fx),
            Popup::Undo { redo } => self.undo_key(redo, key, fx),
            Popup::TakeBack(row) => self.take_back_key(row, key, fx),
            Popup::Import(wizard) => self.import_key(wizard, key, fx),
            Popup::Why(view) => self.why_key(view, key),
            Popup::Legend(legend) => self.legend_key(legend, key),
            Popup::Rules(rules) => self.rules_key(rules, key, fx),
            Popup::Audit(view) => self.audit_key(view, key),
            Popup::Dictionary(dictionary) => self.dictionary_key(dictionary, key),
            Popup::Cases(cases) => self.cases_key(cases, key, fx),
            Popup::Leak(view) => self.leak_key(view, key, fx),
            Popup::Settings(settings) => self.settings_key(settings, key),
            Popup::Demo => match key.narrow().code {
                Code::Enter | Code::Char('y') => self.try_demo(fx),
                Code::Esc | Code::Char('n' | '-') => {}
                _ => self.popups.push(Popup::Demo),
            },
            Popup::Leave => match key.narrow().code {
                Code::Enter | Code::Char('y' | 'q' | 'c') => {
                    self.keep_all(fx);
                    fx.push(Effect::Quit);
                }
                Code::Esc | Code::Char('n' | '-') => {}
                _ => self.popups.push(Popup::Leave),
            },
        }
    }

    /// What a popup does when an answer has come.
    pub(super) fn popup_answered(&mut self, slot: Slot) {
        let s = &self.shared;
        match (slot, self.popups.last_mut()) {
            (Slot::Find | Slot::Named, Some(Popup::Finder(finder))) => {
                let count = finder.rows(s);
                finder.cursor.at = finder.cursor.at.min(count.saturating_sub(1));
                finder.cursor.top = finder.cursor.top.min(finder.cursor.at);
            }
            // it is known whom the rules would move: what asked to wait for that goes
            (Slot::Moves, Some(Popup::Rules(rules))) => rules.wrong = None,
            (Slot::Schemes, Some(Popup::Rules(rules))) => {
                rules.take(s.feeds.schemes().map_or(&[], Vec::as_slice));
            }
            (Slot::Guard, Some(Popup::Form(form))) => {
                if let Some(findings) = s.feeds.guard() {
                    forms::guard::told(form, findings.clone());
                }
            }
            (Slot::FormCard, Some(Popup::Form(form))) => {
                let Some(Some(card)) = s.feeds.form_card() else { return };
                if form.kind == FormKind::HandOver(Handing::These) && form.many.is_empty() {
                    forms::has_already(form, card.row.owner_id);
                }
                let contacts = named_contacts(&card.contacts);
                let people = s.people();
                let with = super::shared::context(s, &people, &contacts, &[]);
                for entry in form.entries.iter_mut().filter(|e| e.picks.is_empty()) {
                    entry.picks = forms::picks(entry.field, &with, s);
                    if entry.field == Field::TouchScript {
                        forms::offer_scripts(entry, &card.scripts);
                        continue;
                    }
                    if entry.field == Field::TouchGift {
                        forms::offer_gifts(entry, &card.gifts);
                        continue;
                    }
                    // unless the person has emptied it
                    let unset = entry.text().is_empty() && !entry.was_edited();
                    if entry.field == Field::TouchContact && unset && entry.was == Value::None {
                        forms::key_contact(entry);
                    }
                    if entry.text().is_empty() && !entry.picks.is_empty() && entry.was != Value::None {
                        entry.shown = show(entry.field, &entry.was, &with);
                        entry.input = Input::new(entry.shown.clone());
                    }
                }
            }
            _ => {}
        }
    }
}
