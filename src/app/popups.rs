//! What keys do in popups, what popups want to know, and what choosing in them does.

use tui_input::{Input, InputRequest};

use super::command::Command;
use super::cursor::Cursor;
use super::feed::Slot;
use super::form::{Form, FormKind, Pressed, State};
use super::forms;
use super::key::{Code, Key};
use super::panes::PaneId;
use super::popup::{self, Act, Finder, Item, Menu, Picked, Popup, Purpose, Stage, Wizard};
use super::shared::{Shared, Subject, Tone, named_contacts};
use super::{App, Effect, room};
use crate::domain::change::{Change, Edited};
use crate::domain::field::{Field, Noun};
use crate::domain::text::clean_line;
use crate::i18n::entry::show;
use crate::i18n::{fields, shell};
use crate::store::request::Query;

/// What a popup wants to know.
pub(super) fn wants(popup: &Popup, s: &Shared) -> Vec<(Slot, Query)> {
    match popup {
        Popup::Finder(finder) => {
            let text = finder.input.value().to_owned();
            let mut wants = vec![(Slot::Find, Query::Find { text, limit: 50 })];
            wants.extend(popup::found(finder, s).map(|id| (Slot::FindCard, Query::Card(id))));
            wants
        }
        Popup::Form(form) => {
            let mut wants = Vec::new();
            if let Some(subject) = &form.subject {
                wants.push((Slot::FormCard, Query::Card(subject.id)));
            }
            match form.kind {
                FormKind::Customer => {
                    let phones = vec![form.text(Field::Phone).to_owned()];
                    wants.push((
                        Slot::Alike,
                        Query::Alike { name: form.text(Field::Name).to_owned(), phones },
                    ));
                }
                FormKind::Tag => wants.push((Slot::Tags, Query::Tags)),
                _ => {}
            }
            wants
        }
        Popup::Undo { .. } => vec![(Slot::Undoable, Query::Undoable)],
        Popup::Why => s.subject.iter().map(|c| (Slot::Profile, Query::Profile(c.id))).collect(),
        _ => Vec::new(),
    }
}

/// Pastes one line into an input.
pub(super) fn paste_line(input: &mut Input, text: &str) {
    for c in clean_line(text).chars().take(400) {
        input.handle(InputRequest::InsertChar(c));
    }
}

/// Moves the cursor of a popup that is a list.
pub(super) fn wheel(popup: &mut Popup, rows: isize, s: &Shared) {
    let height = room::popup(s.size);
    let (cursor, count) = match popup {
        Popup::Finder(f) => (&mut f.cursor, s.feeds.find().map_or(0, Vec::len)),
        Popup::Menu(m) => (&mut m.cursor, m.items.len()),
        Popup::Import(w) => (&mut w.cursor, w.files.len()),
        _ => return,
    };
    let ids: Vec<i64> = (0..i64::try_from(count).unwrap_or(0)).collect();
    cursor.go(super::cursor::Move::By(rows), &ids, height);
}

/// The waiting forms as rows of a menu.
pub(super) fn form_items(s: &Shared) -> Vec<Item> {
    s.waiting
        .iter()
        .map(|form| {
            let whom = form.subject.as_ref().map_or_else(String::new, |c| c.name.clone());
            let typed = form.entries.iter().map(super::form::Entry::text).find(|t| t.chars().count() > 3);
            let label = format!("{} {whom}", title(form, s));
            Item::new(label, typed.unwrap_or_default(), Act::Resume(form.id))
        })
        .collect()
}

/// What a form is called.
pub fn title(form: &Form, s: &Shared) -> String {
    use crate::i18n::commands as c;
    let lang = s.lang;
    match &form.kind {
        FormKind::Touch { .. } => c::LOG.of(lang).to_owned(),
        FormKind::Customer => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Customer).of(lang)]),
        FormKind::Contact => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Contact).of(lang)]),
        FormKind::Add(noun) => shell::NEW_OF.with(lang, &[&fields::noun(*noun).of(lang)]),
        FormKind::Edit { row, .. } => shell::EDIT_OF.with(lang, &[&fields::noun(row.noun).of(lang)]),
        FormKind::Plan => c::PLAN.of(lang).to_owned(),
        FormKind::Reschedule(_) => c::RESCHEDULE.of(lang).to_owned(),
        FormKind::Snooze(_) => c::SNOOZE.of(lang).to_owned(),
        FormKind::CallBack { .. } => c::CALL_BACK.of(lang).to_owned(),
        FormKind::Tag => c::TAGS.of(lang).to_owned(),
        FormKind::Assign => c::ASSIGN.of(lang).to_owned(),
        FormKind::Class => c::CLASS.of(lang).to_owned(),
        FormKind::Filter => c::FILTER.of(lang).to_owned(),
        FormKind::View => c::SAVE_VIEW.of(lang).to_owned(),
        FormKind::Import => c::IMPORT.of(lang).to_owned(),
    }
}

impl App {
    /// Gives a key to the popup on top.
    pub(super) fn popup_key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        // these work above any popup: the phone rings while a form is open
        match (key.code, key.ctrl) {
            (Code::Char('f'), true) if !matches!(self.popups.last(), Some(Popup::Finder(_))) => {
                self.popups.push(Popup::Finder(Finder::new(Purpose::Open)));
                return;
            }
            (Code::F(2), _) => return self.run(Command::Language, fx),
            (Code::F(3), _) => return self.run(Command::Theme, fx),
            (Code::Char('l'), true) => return fx.push(Effect::Redraw),
            (Code::Char('c'), true) => return self.run(Command::Abort, fx),
            _ => {}
        }
        let Some(popup) = self.popups.pop() else { return };
        match popup {
            Popup::Form(form) => self.form_key(*form, key, fx),
            Popup::Finder(finder) => self.finder_key(finder, key, fx),
            Popup::Palette(palette) => self.palette_key(palette, None, key, fx),
            Popup::Help(palette) => self.palette_key(palette, Some(self.active), key, fx),
            Popup::Menu(menu) => self.menu_key(menu, key, fx),
            Popup::Undo { redo } => self.undo_key(redo, key, fx),
            Popup::Import(wizard) => self.import_key(wizard, key, fx),
            Popup::Why => {
                if !matches!(key.code, Code::Esc | Code::Enter | Code::Char('q' | 'w' | '-')) {
                    self.popups.push(Popup::Why);
                }
            }
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
            (Slot::Find, Some(Popup::Finder(finder))) => {
                let count = s.feeds.find().map_or(0, Vec::len);
                finder.cursor.at = finder.cursor.at.min(count.saturating_sub(1));
                finder.cursor.top = finder.cursor.top.min(finder.cursor.at);
            }
            (Slot::FormCard, Some(Popup::Form(form))) => {
                let Some(Some(card)) = s.feeds.form_card() else { return };
                let contacts = named_contacts(&card.contacts);
                let people = s.people();
                let with = super::shared::context(s, &people, &contacts, &[]);
                for entry in form.entries.iter_mut().filter(|e| e.picks.is_empty()) {
                    entry.picks = forms::picks(entry.field, &with);
                    if entry.text().is_empty()
                        && !entry.picks.is_empty()
                        && entry.was != crate::domain::field::Value::None
                    {
                        entry.input = Input::new(show(entry.field, &entry.was, &with));
                    }
                }
            }
            _ => {}
        }
    }

    fn form_key(&mut self, mut form: Form, key: Key, fx: &mut Vec<Effect>) {
        let choosing = matches!(form.state, State::Clashing { .. });
        match form.press(key, self.shared.now.ms()) {
            Pressed::Leave => self.park(form, fx),
            Pressed::Save if choosing => self.settle_clash(form, fx),
            Pressed::Save => self.save(form, fx),
            Pressed::Taken => self.popups.push(Popup::Form(Box::new(form))),
            Pressed::Pass => {
                self.popups.push(Popup::Form(Box::new(form)));
                if key.code == Code::F(1) {
                    self.popups.push(Popup::Help(popup::Palette::default()));
                }
            }
        }
    }

    /// Turns a form into a change and sends it; what does not fit is shown at its field.
    fn save(&mut self, mut form: Form, fx: &mut Vec<Effect>) {
        if form.kind == FormKind::Filter {
            let text = form.text(Field::Filter).to_owned();
            match self.panes.customers.set_filter(&text, &mut self.shared) {
                Ok(()) => self.go(PaneId::Customers),
                Err(sentence) => {
                    form.refused = Some(sentence);
                    self.popups.push(Popup::Form(Box::new(form)));
                }
            }
            return;
        }
        match forms::build(&form, &self.shared) {
            Ok(Change::Edit { set, .. }) if set.is_empty() => {
                fx.push(Effect::Drop(form.id));
                let text = shell::NOTHING_CHANGED.of(self.shared.lang).to_owned();
                self.shared.say(Tone::Plain, text);
            }
            Ok(change) => {
                let change = self.panes.complete(change);
                // on disk before it is on its way: a crash in between loses nothing
                if form.dirty {
                    fx.push(Effect::Keep(super::draft::Draft::of(&form)));
                }
                let ticket = self.write(change, fx);
                form.state = State::Saving(ticket.0);
                form.unsaved_since = None;
                self.popups.push(Popup::Form(Box::new(form)));
            }
            Err(invalid) => {
                form.blame(invalid);
                self.popups.push(Popup::Form(Box::new(form)));
            }
        }
    }

    /// Writes what the person chose field by field.
    fn settle_clash(&mut self, mut form: Form, fx: &mut Vec<Effect>) {
        let State::Clashing { rev, clashes, .. } = form.state.clone() else { return };
        let Some(row) = forms::row(&form.kind) else { return };
        let clashed: Vec<Field> = clashes.iter().map(|(c, _)| c.field).collect();
        let Ok(Change::Edit { set, .. }) = forms::build(&form, &self.shared) else { return };
        let mut set: Vec<Edited> = set.into_iter().filter(|e| !clashed.contains(&e.field)).collect();
        set.extend(clashes.into_iter().filter(|(_, mine)| *mine).map(|(c, _)| Edited {
            field: c.field,
            was: c.theirs,
            to: c.mine,
        }));
        if set.is_empty() {
            fx.push(Effect::Drop(form.id));
            let text = shell::THEIRS_STAND.of(self.shared.lang).to_owned();
            self.shared.say(Tone::Plain, text);
            return;
        }
        let ticket = self.write(Change::Edit { row, rev, set }, fx);
        form.state = State::Saving(ticket.0);
        self.popups.push(Popup::Form(Box::new(form)));
    }

    fn finder_key(&mut self, mut finder: Finder, key: Key, fx: &mut Vec<Effect>) {
        let count = self.shared.feeds.find().map_or(0, Vec::len);
        let unknown = finder.unknown_number(&self.shared);
        let rows = if unknown.is_some() { 2 } else { count };
        let height = room::finder(self.shared.size);
        let picked = popup::press(key, Some(&mut finder.input), &mut finder.cursor, rows, height);
        match picked {
            Picked::Left => {}
            Picked::Chosen => match (unknown, popup::found(&finder, &self.shared)) {
                (Some(phone), _) => self.unknown_caller(&finder, &phone, fx),
                (None, Some(id)) => self.chosen(&finder, id, fx),
                (None, None) => self.popups.push(Popup::Finder(finder)),
            },
            _ => self.popups.push(Popup::Finder(finder)),
        }
    }

    /// A customer was chosen in the look-up box.
    fn chosen(&mut self, finder: &Finder, id: crate::domain::customer::CustomerId, fx: &mut Vec<Effect>) {
        let Some(subject) = self.subject_found(id) else { return };
        match &finder.purpose {
            Purpose::Open => self.open_customer(subject, fx),
            Purpose::ContactWith(phone) => {
                let phone = phone.clone();
                self.open_customer(subject, fx);
                self.open_form(FormKind::Contact);
                self.prefill(Field::Phone, phone);
            }
            Purpose::Fill(field) => self.prefill(*field, subject.code),
        }
    }

    /// An unknown number becomes a new customer, or a new contact of a known one.
    fn unknown_caller(&mut self, finder: &Finder, phone: &str, fx: &mut Vec<Effect>) {
        if finder.cursor.at == 0 {
            for popup in std::mem::take(&mut self.popups) {
                if let Popup::Form(form) = popup {
                    self.park(*form, fx);
                }
            }
            self.open_form(FormKind::Customer);
            self.prefill(Field::Phone, phone.to_owned());
        } else {
            self.popups.push(Popup::Finder(Finder::new(Purpose::ContactWith(phone.to_owned()))));
        }
    }

    /// Puts a text into a field of the form on top.
    fn prefill(&mut self, field: Field, text: String) {
        let now = self.shared.now.ms();
        if let Some(Popup::Form(form)) = self.popups.last_mut()
            && let Some(entry) = form.entries.iter_mut().find(|e| e.field == field)
        {
            entry.set(text);
            form.dirty = true;
            form.unsaved_since = Some(now);
        }
    }

    fn palette_key(
        &mut self,
        mut palette: popup::Palette,
        pane: Option<PaneId>,
        key: Key,
        fx: &mut Vec<Effect>,
    ) {
        let rows = palette.rows(&self.shared, pane);
        let height = room::popup(self.shared.size);
        match popup::press(key, Some(&mut palette.input), &mut palette.cursor, rows.len(), height) {
            Picked::Left => {}
            Picked::Chosen => {
                if let Some(command) = rows.get(palette.cursor.at) {
                    self.run(*command, fx);
                }
            }
            _ if pane.is_some() => self.popups.push(Popup::Help(palette)),
            _ => self.popups.push(Popup::Palette(palette)),
        }
    }

    fn menu_key(&mut self, mut menu: Menu, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        match popup::press(key, None, &mut menu.cursor, menu.items.len(), height) {
            Picked::Left => {}
            Picked::Chosen => {
                let act = menu.item().map(|i| i.act.clone());
                if menu.stays {
                    if let Some(item) = menu.items.get_mut(menu.cursor.at) {
                        item.on = !item.on;
                    }
                    self.popups.push(Popup::Menu(menu));
                }
                if let Some(act) = act {
                    self.act(act, fx);
                }
            }
            Picked::Removed => {
                let act = menu.item().and_then(|i| i.remove.clone());
                if let Some(act) = act {
                    menu.items.remove(menu.cursor.at);
                    menu.cursor =
                        Cursor { at: menu.cursor.at.min(menu.items.len().saturating_sub(1)), ..menu.cursor };
                    self.popups.push(Popup::Menu(menu));
                    self.act(act, fx);
                } else {
                    self.popups.push(Popup::Menu(menu));
                }
            }
            _ => self.popups.push(Popup::Menu(menu)),
        }
    }

    /// Does what was chosen.
    pub(super) fn act(&mut self, act: Act, fx: &mut Vec<Effect>) {
        match act {
            Act::Sort(sort) => self.panes.customers.sort_by(sort),
            Act::View(filter, sort, descending) => {
                if let Err(sentence) = self.panes.customers.set_filter(&filter, &mut self.shared) {
                    return self.shared.say(Tone::Bad, sentence);
                }
                self.panes.customers.sorted(&sort, descending);
            }
            Act::RemoveView(id) => {
                self.write(Change::RemoveView(id), fx);
            }
            Act::Column(column) => self.panes.customers.toggle(column),
            Act::Copy(text) => {
                let said = shell::COPIED.with(self.shared.lang, &[&text]);
                fx.push(Effect::Copy(text));
                self.shared.say(Tone::Good, said);
            }
            Act::Form(kind) => self.open_form(kind),
            Act::EditRecord(record, field) => self.edit_record(&record, field),
            Act::Resume(id) => self.resume_form(id),
            Act::Write(change) => {
                self.write(change, fx);
            }
            Act::Run(command) => self.run(command, fx),
        }
    }

    /// Opens a form on a record, with the names it may need.
    pub(super) fn edit_record(&mut self, record: &crate::store::request::Record, only: Option<Field>) {
        self.forms += 1;
        let subject: Option<Subject> = self.shared.subject.clone();
        let contacts = self.panes.contacts(self.active, subject.as_ref(), &self.shared);
        let customers = self.panes.names(&self.shared);
        let named = (contacts.as_slice(), customers.as_slice());
        let form = forms::edit(self.forms, record, only, subject, &self.shared, named);
        self.popups.push(Popup::Form(Box::new(form)));
    }

    fn undo_key(&mut self, redo: bool, key: Key, fx: &mut Vec<Effect>) {
        let again = if redo { Code::Char('r') } else { Code::Char('u') };
        let code = key.narrow().code;
        if code == Code::Enter || code == again {
            let Some(undoable) = self.shared.feeds.undoable() else {
                return self.popups.push(Popup::Undo { redo });
            };
            let change = match (redo, &undoable.undo, &undoable.redo) {
                (false, Some(deed), _) => Change::Undo(Some(deed.id)),
                (true, _, Some(_)) => Change::Redo,
                _ => return,
            };
            self.write(change, fx);
        } else if !matches!(code, Code::Esc | Code::Char('n' | 'q' | '-')) {
            self.popups.push(Popup::Undo { redo });
        }
    }

    fn import_key(&mut self, mut wizard: Wizard, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        match &wizard.stage {
            Stage::Choosing | Stage::Failed(_) => {
                match popup::press(key, None, &mut wizard.cursor, wizard.files.len(), height) {
                    Picked::Left => return,
                    Picked::Chosen => {
                        if let Some(file) = wizard.files.get(wizard.cursor.at).cloned() {
                            if file.folder {
                                wizard.stage = Stage::Choosing;
                                fx.push(Effect::Files(file.path));
                            } else {
                                wizard.path = file.path.clone();
                                wizard.stage = Stage::Trying;
                                fx.push(Effect::Import { path: file.path, noun: None, dry: true });
                            }
                        }
                    }
                    _ => {}
                }
            }
            Stage::Shown(report) => match key.narrow().code {
                Code::Enter => {
                    let (path, noun) = (wizard.path.clone(), Some(report.noun));
                    wizard.stage = Stage::Running;
                    fx.push(Effect::Import { path, noun, dry: false });
                }
                // the file was taken for the wrong thing: try the next
                Code::Tab | Code::Char('t') => {
                    let noun = match report.noun {
                        Noun::Customer => Noun::Contact,
                        Noun::Contact => Noun::Order,
                        Noun::Order => Noun::Touch,
                        _ => Noun::Customer,
                    };
                    fx.push(Effect::Import { path: wizard.path.clone(), noun: Some(noun), dry: true });
                    wizard.stage = Stage::Trying;
                }
                Code::Esc => {
                    wizard.stage = Stage::Choosing;
                    fx.push(Effect::Files(String::new()));
                }
                _ => {}
            },
            // the import goes on by itself; its end is told
            Stage::Trying | Stage::Running if key.code == Code::Esc => return,
            Stage::Trying | Stage::Running => {}
            Stage::Finished(_) => {
                if matches!(key.code, Code::Esc | Code::Enter) {
                    return;
                }
            }
        }
        self.popups.push(Popup::Import(wizard));
    }
}
