//! Leaks as a list and one by one: each step of the response is one key. A new key for the backups is entered in a box of
//! its own and not in a form, because a form keeps drafts: the old key goes straight to whoever uses it and is kept nowhere.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::form::{FormKind, LeakForm, line_key};
use super::super::key::{Code, Key};
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::shared::{Shared, Subject, Tone};
use super::super::{App, Effect, room};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::leak::{Leak, STEPS, Secret};
use crate::domain::people::PersonId;
use crate::domain::text::clean_pasted;
use crate::domain::user::Staff;
use crate::i18n::{backup, commands, errors, leak as t};
use crate::store::request::{LeakCase, LeakRow, Query, Rekeyed, VaultError};

/// Characters of a key that are taken; a key has 74, a file of them may have comments.
const LONGEST: usize = 4_000;

/// Which leak is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The one with this number.
    Case(i64),
    /// The one of this alarm.
    Alarm(i64),
}

/// What of a case the cursor is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The exports.
    #[default]
    Exports,
    /// The customers in them.
    Customers,
}

/// The popup's state.
#[derive(Clone, Debug, Default)]
pub struct LeakView {
    /// Which line of the list.
    pub cursor: Cursor,
    /// The case that is open, if one is.
    pub open: Option<Open>,
    /// Which list of it.
    pub part: Part,
    /// Which line of that.
    pub line: Cursor,
    /// The entry of another key, while it is open.
    pub key: Option<NewKey>,
}

/// Another key on its way.
#[derive(Clone, Debug, Default)]
pub struct NewKey {
    /// The public key as typed.
    pub public: Input,
    /// The old secret key; shown to nobody.
    pub old: Secret,
    /// Whether the old one has the focus.
    pub at_old: bool,
    /// Why it did not go through.
    pub fault: Option<String>,
    /// It is on its way.
    pub running: bool,
}

impl NewKey {
    /// Takes pasted text into the field with the focus.
    pub fn paste(&mut self, text: &str) {
        if self.running {
            return;
        }
        let (text, _) = clean_pasted(text, self.at_old);
        self.fault = None;
        if self.at_old {
            self.old = Secret::new(text.chars().take(LONGEST).collect::<String>());
        } else {
            super::paste_line(&mut self.public, text.trim());
        }
    }

    fn typed(&mut self, key: Key) {
        if self.running {
            return;
        }
        match (self.at_old, key.code, key.ctrl) {
            (true, Code::Backspace | Code::Delete, _) | (true, Code::Char('u'), true) => {
                self.old = Secret::default();
            }
            (true, Code::Char(c), false) if self.old.length() < LONGEST => {
                self.old = Secret::new(format!("{}{c}", self.old.tell()));
            }
            (true, ..) => {}
            (false, ..) => {
                if let Some(request) = line_key(key) {
                    self.public.handle(request);
                }
            }
        }
        self.fault = None;
    }
}

impl LeakView {
    /// The case of an alarm.
    pub fn of_alarm(alarm: i64) -> Self {
        Self { open: Some(Open::Alarm(alarm)), ..Self::default() }
    }

    /// The list, as far as it is here.
    pub fn rows(s: &Shared) -> &[LeakRow] {
        s.feeds.leaks().map(Vec::as_slice).unwrap_or_default()
    }

    /// The number of the open case, as soon as it is known.
    fn number(&self, s: &Shared) -> Option<i64> {
        match self.open? {
            Open::Case(id) => Some(id),
            Open::Alarm(alarm) => Self::rows(s).iter().find(|row| row.alarm == alarm).map(|row| row.id),
        }
    }

    /// The open case, as far as it is here.
    pub fn case<'s>(&self, s: &'s Shared) -> Option<&'s LeakCase> {
        let id = self.number(s)?;
        s.feeds.leak()?.as_deref().filter(|case| case.row.id == id)
    }

    /// What it wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let mut wants = vec![(Slot::Leaks, Query::Leaks)];
        wants.extend(self.number(s).map(|id| (Slot::Leak, Query::Leak { id, whole: false })));
        wants
    }

    /// How many lines the list of the open case has.
    fn count(&self, case: &LeakCase) -> usize {
        match self.part {
            Part::Exports => case.exports.len(),
            Part::Customers => case.customers.len(),
        }
    }
}

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
