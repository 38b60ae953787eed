//! The way of a key: popup first, then the pane's command, then the commands that work everywhere.

use super::command::Command;
use super::feed::Slot;
use super::form::{Form, FormKind};
use super::key::{Code, Key};
use super::keymap::Meaning;
use super::pane_id::PaneId;
use super::panes::Step;
use super::popup::cases::Cases;
use super::popup::dictionary::Dictionary;
use super::popup::leak::LeakView;
use super::popup::press::paste_line;
use super::popup::rules::Rules;
use super::popup::settings::Settings;
use super::popup::why::WhyView;
use super::popup::{Finder, HelpRow, Menu, Offer, Palette, Popup, Purpose, Wizard};
use super::shared::{Subject, Tone};
use super::{App, Effect, bar, forms, popups, room};
use crate::domain::customer::CustomerId;
use crate::i18n::{commands as words, shell, user};
use crate::store::request::Query;

impl App {
    /// Takes pasted text, into the field that is typed in; it never runs as keys.
    pub(super) fn paste(&mut self, text: &str) {
        let now = self.shared.now.ms();
        let cut = match self.popups.last_mut() {
            Some(Popup::Form(form)) => form.paste(text, now),
            Some(Popup::Finder(finder)) => paste_line(&mut finder.input, text),
            Some(Popup::Palette(palette) | Popup::Help(palette)) => paste_line(&mut palette.input, text),
            Some(Popup::Leak(view)) => {
                if let Some(entry) = &mut view.key {
                    entry.paste(text);
                }
                0
            }
            Some(Popup::Import(wizard)) if wizard.is_choosing() => paste_line(&mut wizard.input, text),
            _ => 0,
        };
        if cut > 0 {
            let text = shell::PASTE_CUT.with(self.shared.lang, &[&cut]);
            self.shared.say(Tone::Bad, text);
        }
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        self.shared.notice = None;
        self.onward = None;
        if !room::enough(self.shared.size) {
            if matches!((key.code, key.ctrl), (Code::Char('c'), true) | (Code::Char('q'), false)) {
                self.quit(fx);
            }
            return;
        }
        if !self.popups.is_empty() {
            return self.popup_key(key, fx);
        }
        let meaning = self.shared.keymap.meaning(self.active, &self.shared.pending, key);
        let pending = std::mem::take(&mut self.shared.pending);
        match meaning {
            Meaning::Command(command) => self.run(command, fx),
            Meaning::Prefix => {
                self.shared.pending = pending;
                self.shared.pending.push(key.narrow());
            }
            // Esc and a letter that arrive together are an Alt key to the terminal library
            Meaning::Nothing if key.alt => {
                self.run(Command::Back, fx);
                self.key(Key { alt: false, ..key }, fx);
            }
            Meaning::Nothing => {}
        }
    }

    /// Runs a command: the pane first, then what works everywhere.
    pub(super) fn run(&mut self, command: Command, fx: &mut Vec<Effect>) {
        if !self.shared.personal && command.needs_the_machine() {
            let text = if command == Command::Import { user::IMPORT_BY_PIPE } else { user::NOT_ON_SERVER };
            let text = text.of(self.shared.lang).to_owned();
            return self.shared.say(Tone::Plain, text);
        }
        if self.refuses_command(command) {
            return;
        }
        if command == Command::Back && self.give_back() {
            return;
        }
        let step = self.panes.command(self.active, command, &mut self.shared);
        match step {
            Step::Pass => self.everywhere(command, fx),
            step => self.step(step, fx),
        }
    }

    /// What a command does wherever one is: it goes to a pane, opens something that needs nothing to begin with, is about the
    /// customer at hand, or concerns the program itself.
    fn everywhere(&mut self, command: Command, fx: &mut Vec<Effect>) {
        if let Some(pane) = pane_of(command) {
            self.go_by_key(pane);
        } else if command == Command::Help {
            // the keys of what shows come first
            let first = bar::own(self).into_iter().map(|key| HelpRow::Offer(Offer::Command(key))).collect();
            self.popups.push(Popup::Help(Palette::over(first, self.barred())));
        } else if let Some(popup) = popup_of(command, || self.barred()) {
            self.popups.push(popup);
        } else if !self.about_customers(command, fx) && !self.about_itself(command, fx) {
            // what moves says by itself that there is no further
            if super::panes::movement(command).is_none() {
                let text =
                    shell::NOT_HERE.with(self.shared.lang, &[&command.spec().text.of(self.shared.lang)]);
                self.shared.say(Tone::Plain, text);
            }
        }
    }

    /// What is done with the customer at hand, those that are marked, or the whole company; false for every other command.
    fn about_customers(&mut self, command: Command, fx: &mut Vec<Effect>) -> bool {
        let one = self.shared.subject.is_some();
        let some = one || !self.shared.marks.is_empty();
        match command {
            Command::Log => self.log(),
            Command::New => self.open_form(FormKind::Customer),
            Command::Tags if some => self.open_form(FormKind::Tag),
            Command::Plan if some => self.open_form(FormKind::Plan),
            Command::Ask if one => self.open_form(FormKind::Ask { touch: None }),
            Command::Merge if one && (self.active == PaneId::Profile || self.lists_customers()) => {
                let purpose = Purpose::Begin(FormKind::Merge { gone: None });
                self.popups.push(Popup::Finder(Finder::new(purpose)));
            }
            Command::Erase if one && self.active == PaneId::Profile => self.open_form(FormKind::Erase),
            Command::HandOver if self.active == PaneId::Profile || self.lists_customers() => {
                self.hand_over();
            }
            Command::Why if self.explains_classes() => self.popups.push(Popup::Why(WhyView::default())),
            // where nothing is classed, the question is what the figures are
            Command::Why | Command::Legend => self.open_legend(),
            Command::History => self.open_history(),
            Command::Rules => self.open_rules(self.panes.matrix.scheme()),
            Command::Averages => self.open_averages(),
            Command::OwnFields => self.open_own_fields(),
            Command::People => self.choose_person(fx),
            Command::Report => self.choose_report(fx),
            Command::Export => self.choose_export(fx),
            Command::Import => {
                let wizard = Wizard::starting(&self.shared.import_folder);
                self.open(Popup::Import(wizard), fx);
            }
            _ => return false,
        }
        true
    }

    /// What concerns the program itself: undo, waiting forms, language and colours, the screen, leaving; false for every other
    /// command.
    fn about_itself(&mut self, command: Command, fx: &mut Vec<Effect>) -> bool {
        match command {
            Command::Undo => self.ask_undo(false),
            Command::Redo => self.ask_undo(true),
            Command::Forms if self.shared.waiting.is_empty() => self.seek(true, fx),
            Command::Forms => self.waiting_forms(fx),
            Command::Demo => self.ask_demo(fx),
            Command::Language => {
                self.shared.lang = self.shared.lang.other();
                self.chosen.0 = Some(self.shared.lang);
            }
            Command::Theme => {
                self.shared.theme = self.shared.theme.next();
                self.chosen.1 = Some(self.shared.theme);
            }
            Command::Redraw => fx.push(Effect::Redraw),
            Command::Suspend => fx.push(Effect::Suspend),
            Command::Quit | Command::Abort => self.leave(command, fx),
            _ => return false,
        }
        true
    }

    /// The demo company: at once for whoever has no customers yet, after a question for all others.
    fn ask_demo(&mut self, fx: &mut Vec<Effect>) {
        match self.shared.feeds.title() {
            Some(title) if title.demo => {
                let text = shell::IN_DEMO.of(self.shared.lang).to_owned();
                self.shared.say(Tone::Plain, text);
            }
            Some(title) if title.customers == 0 => self.try_demo(fx),
            _ => self.popups.push(Popup::Demo),
        }
    }

    /// Leaves for the demo company; what is typed waits for the next time.
    pub(super) fn try_demo(&mut self, fx: &mut Vec<Effect>) {
        self.keep_all(fx);
        fx.push(Effect::Demo);
    }

    /// Asks before something is taken back; what that is, is asked of the store anew.
    fn ask_undo(&mut self, redo: bool) {
        self.shared.feeds.forget(Slot::Undoable);
        self.popups.push(Popup::Undo { redo });
    }

    pub(super) fn go(&mut self, pane: PaneId) {
        self.panes.entered(pane, self.active, &mut self.shared);
        self.active = pane;
    }

    fn log(&mut self) {
        if self.shared.subject.is_some() {
            let kind = self.panes.touch(self.active, &self.shared);
            self.open_form(kind);
        } else {
            // nobody is at hand: find them first
            self.popups.push(Popup::Finder(Finder::new(Purpose::Open)));
        }
    }

    /// Leaves; asks first if an import is running, or if a form that is open or waiting holds something (its draft is on disk all the same).
    fn leave(&mut self, command: Command, fx: &mut Vec<Effect>) {
        if self.shared.importing.is_some() || command == Command::Abort && self.has_unsaved() {
            self.popups.push(Popup::Leave);
            return;
        }
        self.quit(fx);
    }

    pub(super) fn waiting_forms(&mut self, fx: &mut Vec<Effect>) {
        match self.shared.waiting.len() {
            0 => {
                let text = shell::NO_FORMS.of(self.shared.lang).to_owned();
                self.shared.say(Tone::Plain, text);
            }
            1 => {
                let id = self.shared.waiting.first().map_or(0, |f| f.id);
                self.resume_form(id);
            }
            _ => {
                let items = popups::form_items(&self.shared);
                self.open(Popup::Menu(Menu::new(words::FORMS, items)), fx);
            }
        }
    }

    /// Brings a waiting form back to where it was.
    pub(super) fn resume_form(&mut self, id: u64) {
        if let Some(at) = self.shared.waiting.iter().position(|f| f.id == id) {
            let form = self.shared.waiting.remove(at);
            if matches!(form.kind, FormKind::Rules { .. }) {
                // there is one editor
                self.popups.retain(|popup| !matches!(popup, Popup::Rules(_)));
                return self.popups.extend(Rules::again(form).map(|rules| Popup::Rules(Box::new(rules))));
            }
            if let Some(subject) = &form.subject {
                self.shared.subject = Some(subject.clone());
            }
            self.shared.feeds.forget(Slot::Guard);
            self.show_form(form);
        }
    }

    /// Puts a form on top, with the choices of its customer where their card is here already: nobody asks for it again then.
    pub(super) fn show_form(&mut self, mut form: Form) {
        if self.shared.feeds.error(Slot::Merging).is_some() {
            // what could not be answered is asked once more
            self.shared.feeds.forget(Slot::Merging);
        }
        forms::merge::answered(&mut form, &self.shared);
        let whose = form.subject.as_ref().map(|subject| subject.id);
        let question = whose.map(Query::Card);
        self.popups.push(Popup::Form(Box::new(form)));
        if question.is_some_and(|question| self.shared.feeds.current(Slot::FormCard, &question)) {
            self.popup_answered(Slot::FormCard);
        }
    }

    /// Sets a form aside; one in which nothing was typed is closed.
    pub(super) fn park(&mut self, form: Form, fx: &mut Vec<Effect>) {
        if form.dirty {
            fx.push(Effect::Keep(super::draft::Draft::of(&form)));
            let key = self.shared.key(Command::Forms);
            let text = shell::PARKED.with(self.shared.lang, &[&key]);
            self.shared.waiting.push(Form { unsaved_since: None, ..form });
            self.shared.say(Tone::Plain, text);
        } else {
            fx.push(Effect::Drop(form.id));
        }
    }

    /// Opens a customer's profile; forms that are open wait.
    pub(super) fn open_customer(&mut self, subject: Subject, fx: &mut Vec<Effect>) {
        self.park_open(fx);
        self.shared.subject = Some(subject);
        self.go(PaneId::Profile);
    }

    /// Closes what is open; forms wait.
    pub(super) fn park_open(&mut self, fx: &mut Vec<Effect>) {
        for popup in std::mem::take(&mut self.popups) {
            match popup {
                Popup::Form(form) => self.park(*form, fx),
                Popup::Rules(rules) => self.park_rules(&rules, fx),
                _ => {}
            }
        }
    }

    /// The customer with this id among the hits of the look-up box.
    pub(super) fn subject_found(&self, id: CustomerId) -> Option<Subject> {
        let hit = self.shared.feeds.find()?.iter().find(|f| f.row.id == id.0)?;
        Some(Subject { id, code: hit.row.code.clone(), name: hit.row.name.clone() })
    }

    /// A click: on the title bar it goes to a pane, on a list it chooses the row, in what is open the row of that.
    pub(super) fn click(&mut self, column: u16, row: u16, fx: &mut Vec<Effect>) {
        self.onward = None;
        if !room::enough(self.shared.size) {
            return;
        }
        if !self.popups.is_empty() {
            return self.popup_click(row, fx);
        }
        if row == 0 {
            if let Some(pane) = room::pane_at(column, self.shared.lang, self.shared.size, self.active) {
                self.go_by_key(pane);
            }
        } else if let Some(line) = usize::from(row).checked_sub(room::FIRST_ROW) {
            let again = self.panes.click(self.active, line, &mut self.shared);
            if again {
                self.run(Command::Open, fx);
            }
        }
    }

    /// The wheel moves the cursor of the pane or the popup.
    pub(super) fn wheel(&mut self, rows: isize) {
        if let Some(popup) = self.popups.last_mut() {
            popups::wheel(popup, rows, &self.shared);
        } else {
            self.panes.wheel(self.active, rows, &mut self.shared);
        }
    }
}

/// The pane a command goes to.
const fn pane_of(command: Command) -> Option<PaneId> {
    Some(match command {
        Command::Customers | Command::Back => PaneId::Customers,
        Command::Profile => PaneId::Profile,
        Command::Ledger => PaneId::Ledger,
        Command::Matrix => PaneId::Matrix,
        Command::Board => PaneId::Board,
        _ => return None,
    })
}

/// The popup a command opens, where it opens the same everywhere; lists of what is found by name are without what is barred.
fn popup_of(command: Command, barred: impl FnOnce() -> Vec<Offer>) -> Option<Popup> {
    Some(match command {
        Command::Find => Popup::Finder(Finder::new(Purpose::Open)),
        Command::Palette => Popup::Palette(Palette::without(barred())),
        Command::Cases => Popup::Cases(Cases::default()),
        Command::Dictionary => Popup::Dictionary(Dictionary::default()),
        Command::Leaks => Popup::Leak(LeakView::default()),
        Command::Settings => Popup::Settings(Settings::default()),
        _ => return None,
    })
}
