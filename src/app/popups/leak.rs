//! Leaks as a list and one by one: each step of the response is one key. A new key for the backups is entered in a box of
//! its own and not in a form, because a form keeps drafts: the old key goes straight to whoever uses it and is kept nowhere.

use super::super::cursor::Cursor;
use super::super::form::{FormKind, LeakForm};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::popup::leak::{LeakView, NewKey, Open, Part};
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::shared::{Subject, Tone};
use super::super::{App, room};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::leak::{Leak, STEPS};
use crate::domain::people::PersonId;
use crate::domain::user::Staff;
use crate::i18n::{backup, commands, errors, leak as t};
use crate::store::request::{LeakCase, Rekeyed, VaultError};

impl App {
    pub(super) fn leak_key(&mut self, mut view: LeakView, key: Key, fx: &mut Vec<Effect>) {
        if view.key.is_some() {
            return self.new_key_key(view, key, fx);
        }
        if view.open.is_some() {
            return self.leak_case_key(view, key, fx);
        }
        let rows = LeakView::rows(&self.shared);
        let here = rows.get(view.cursor.at).map(|row| row.id);
        let height = room::popup(self.shared.size);
        match (press(key, None, &mut view.cursor, rows.len(), height), key.narrow().code) {
            (Picked::Left, _) => return,
            (Picked::Chosen, _) => {
                view.open = here.map(Open::Case);
                view.line = Cursor::default();
            }
            (_, Code::Char('n')) => {
                self.popups.push(Popup::Leak(view));
                return self.open_form(FormKind::Leak(LeakForm::Report));
            }
            _ => {}
        }
        self.popups.push(Popup::Leak(view));
    }

    fn leak_case_key(&mut self, mut view: LeakView, key: Key, fx: &mut Vec<Effect>) {
        let case = view.case(&self.shared).cloned();
        let count = case.as_ref().map_or(0, |case| view.count(case));
        let code = key.narrow().code;
        if matches!(code, Code::Tab | Code::BackTab) {
            view.part = if view.part == Part::Exports { Part::Customers } else { Part::Exports };
            view.line = Cursor::default();
            return self.popups.push(Popup::Leak(view));
        }
        let picked = press(key, None, &mut view.line, count, room::leak(self.shared.size));
        if picked == Picked::Left {
            view.open = None;
        }
        let here = case.as_ref().filter(|_| view.part == Part::Customers).and_then(|case| {
            let row = case.customers.get(view.line.at)?;
            Some(Subject { id: CustomerId(row.id), code: row.code.clone(), name: row.name.clone() })
        });
        if picked == Picked::Chosen
            && let Some(subject) = here
        {
            return self.open_customer(subject, fx);
        }
        let part = view.part;
        let at = view.line.at;
        self.popups.push(Popup::Leak(view));
        let Some(case) = case.filter(|case| picked == Picked::Moved && case.row.state == "open") else {
            return;
        };
        match code {
            Code::Char('f') => self.freeze_of(&case, fx),
            Code::Char('x') => self.tick_leak(&case, "audit", fx),
            Code::Char('c') if !key.ctrl => {
                let (id, rev) = (case.row.id, case.row.rev);
                let done = |step: &&&str| case.steps.iter().any(|done| done.step == **step);
                let open = STEPS.iter().filter(|step| !done(step)).map(|step| (*step).to_owned()).collect();
                self.open_form(FormKind::Leak(LeakForm::Close { id, rev, open }));
            }
            Code::Char('e') => {
                let (id, rev) = (case.row.id, case.row.rev);
                self.open_form(FormKind::Leak(LeakForm::Name { id, rev }));
            }
            Code::Char('K') => {
                if let Some(Popup::Leak(view)) = self.popups.last_mut() {
                    view.key = Some(NewKey { running: self.shared.rekeying, ..NewKey::default() });
                }
            }
            Code::Char('a') => {
                let one = (part == Part::Customers).then_some(at);
                self.apologise(&case, one, fx);
            }
            Code::Char('A') => self.apologise(&case, None, fx),
            _ => {}
        }
    }

    /// Shuts the person out after one more key; whoever is out already is only ticked off.
    fn freeze_of(&mut self, case: &LeakCase, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        let Some(person) = case.person_id else {
            return self.shared.say(Tone::Plain, t::NO_PERSON_YET.of(lang).to_owned());
        };
        if case.frozen {
            return self.tick_leak(case, "freeze", fx);
        }
        let name = t::who(case.row.person.as_deref(), lang);
        let freeze = Change::Staff(Staff::Freeze(PersonId(person)));
        let item = Item::new(t::FREEZE_NOW.with(lang, &[&name]), "", Act::Write(freeze));
        self.popups.push(Popup::Menu(Menu::new(commands::LEAKS, vec![item])));
    }

    fn tick_leak(&mut self, case: &LeakCase, step: &str, fx: &mut Vec<Effect>) {
        if case.steps.iter().all(|done| done.step != step) {
            self.write(Change::Leak(Leak::Tick { id: case.row.id, step: step.to_owned() }), fx);
        }
    }

    /// Apologises to one customer, or to all that are shown and have had none.
    fn apologise(&mut self, case: &LeakCase, one: Option<usize>, fx: &mut Vec<Effect>) {
        if case.affected == 0 {
            // nobody is left to apologise to
            return self.tick_leak(case, "apologise", fx);
        }
        let untold = case.customers.iter().enumerate().filter(|(_, row)| row.told_at.is_none());
        let customers: Vec<CustomerId> = untold
            .filter(|(at, _)| one.is_none_or(|one| one == *at))
            .map(|(_, row)| CustomerId(row.id))
            .collect();
        if customers.is_empty() {
            let text = t::NOBODY_LEFT.of(self.shared.lang).to_owned();
            return self.shared.say(Tone::Plain, text);
        }
        let name = match customers.as_slice() {
            [only] => case.customers.iter().find(|row| row.id == only.0).map(|row| row.name.clone()),
            _ => None,
        };
        let kind = LeakForm::Apologise { id: case.row.id, customers, name };
        self.open_form(FormKind::Leak(kind));
    }

    fn new_key_key(&mut self, mut view: LeakView, key: Key, fx: &mut Vec<Effect>) {
        let number = view.number(&self.shared);
        let Some(entry) = &mut view.key else { return };
        match key.code {
            // what runs goes on, and is told of when it is done
            Code::Esc => view.key = None,
            Code::Tab | Code::BackTab | Code::Down | Code::Up => entry.at_old = !entry.at_old,
            Code::Enter if !entry.running => {
                let public = entry.public.value().trim().to_owned();
                if public.is_empty() {
                    entry.at_old = false;
                    entry.fault = Some(errors::NOT_A_RECIPIENT.with(self.shared.lang, &[&public]));
                } else if let Some(leak) = number {
                    entry.running = true;
                    self.shared.rekeying = true;
                    entry.fault = None;
                    // it goes to whoever uses it and is not kept here
                    let old = std::mem::take(&mut entry.old);
                    let old = (old.length() > 0).then_some(old);
                    fx.push(Effect::Reencrypt { leak, key: public, old });
                }
            }
            _ => entry.typed(key),
        }
        self.popups.push(Popup::Leak(view));
    }

    /// The backups have got another key, or why not.
    pub(in crate::app) fn reencrypted(&mut self, result: Result<Option<Rekeyed>, VaultError>) {
        let lang = self.shared.lang;
        // even where the files could not be changed the key may stand already
        self.shared.revision += 1;
        self.shared.rekeying = false;
        let open = self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Leak(view) => Some(view),
            _ => None,
        });
        match result {
            Ok(told) => {
                if let Some(view) = open {
                    view.key = None;
                }
                self.shared.say(Tone::Good, t::rekeyed(told.as_ref(), lang));
            }
            Err(error) => {
                let sentence = backup::fault(&error, lang);
                match open.and_then(|view| view.key.as_mut()) {
                    Some(entry) => {
                        entry.running = false;
                        entry.at_old = matches!(error, VaultError::Identity(_));
                        entry.fault = Some(sentence);
                    }
                    None => self.shared.say(Tone::Bad, sentence),
                }
            }
        }
    }
}
