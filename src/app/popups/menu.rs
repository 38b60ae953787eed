//! Popups in which one line is chosen: the palette and the help over commands, menus, and the question what to undo.

use super::super::command::Place;
use super::super::cursor::Cursor;
use super::super::form::FormKind;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::pane_id::PaneId;
use super::super::panes::Step;
use super::super::popup::audit::AuditView;
use super::super::popup::palette::{HelpRow, Offer, Palette, View, form};
use super::super::popup::{Act, Finder, Item, Menu, Picked, Popup, Purpose, press};
use super::super::shared::Tone;
use super::super::{App, forms, room};
use crate::domain::change::Change;
use crate::domain::field::{Field, Noun};
use crate::i18n::{audit, commands, errors, group, scripts, shell, words};

impl App {
    pub(super) fn palette_key(&mut self, mut palette: Palette, key: Key, fx: &mut Vec<Effect>) {
        let rows = palette.rows(&self.shared);
        let height = room::popup(self.shared.size);
        match press(key, Some(&mut palette.input), &mut palette.cursor, rows.len(), height) {
            Picked::Left => {}
            Picked::Chosen => {
                if let Some(offer) = rows.get(palette.cursor.at) {
                    self.take_up(*offer, fx);
                }
            }
            _ => self.popups.push(Popup::Palette(palette)),
        }
    }

    /// A key in the help: a command runs, what is only to be read stays.
    pub(super) fn help_key(&mut self, mut palette: Palette, key: Key, fx: &mut Vec<Effect>) {
        let rows = palette.help(&self.shared, self.active);
        let height = room::help(self.shared.size);
        match press(key, Some(&mut palette.input), &mut palette.cursor, rows.len(), height) {
            Picked::Left => {}
            Picked::Chosen if let Some(HelpRow::Offer(offer)) = rows.get(palette.cursor.at) => {
                self.take_up(*offer, fx);
            }
            _ => self.popups.push(Popup::Help(palette)),
        }
    }

    /// Does what was found by its name; what belongs to another place is done there.
    fn take_up(&mut self, offer: Offer, fx: &mut Vec<Effect>) {
        match offer {
            Offer::Command(command) => {
                if let Place::Pane(pane) = command.spec().place
                    && pane != self.active
                {
                    self.go_by_key(pane);
                }
                self.run(command, fx);
            }
            Offer::New(noun) => self.begin(noun),
            Offer::View(view) => {
                self.panes.show_view(view);
                self.go_by_key(view.pane());
            }
            Offer::Customers(id) => {
                self.view(&format!("is:{id}"), "code", false);
                self.go_by_key(PaneId::Customers);
            }
        }
    }

    /// Opens the form of a new record where it stands afterwards; of which customer is asked first where none is at hand.
    fn begin(&mut self, noun: Noun) {
        let kind = form(noun);
        if self.refuses_form(&kind) {
            return;
        }
        let whole = noun == Noun::Customer || forms::company(noun);
        if let Some(view) = View::of(noun) {
            self.panes.show_view(view);
            self.go_by_key(view.pane());
        }
        if whole {
            self.open_form(kind);
        } else if self.shared.subject.is_none() {
            self.popups.push(Popup::Finder(Finder::new(Purpose::Begin(kind))));
        } else {
            // whom it is about shows behind the form
            if noun != Noun::Alarm {
                self.go_by_key(PaneId::Profile);
            }
            self.open_form(kind);
        }
    }

    pub(super) fn menu_key(&mut self, mut menu: Menu, key: Key, fx: &mut Vec<Effect>) {
        if self.column_key(&mut menu, key) {
            return self.popups.push(Popup::Menu(menu));
        }
        let height = room::popup(self.shared.size);
        let away = |item: &Item| matches!(item.remove, Some(Act::AskDiscard(_) | Act::AskFreeze(..)));
        let goes = matches!(key.narrow().code, Code::Char('x' | 'd') | Code::Delete);
        let lets_go = goes && menu.item().is_some_and(away);
        if goes && !lets_go && menu.title == commands::PEOPLE && menu.items.iter().any(away) {
            self.shared.say(Tone::Plain, errors::ONESELF.of(self.shared.lang).to_owned());
        }
        if lets_go {
            let act = menu.item().and_then(|item| item.remove.clone());
            self.popups.push(Popup::Menu(menu));
            return act.into_iter().for_each(|act| self.act(act, fx));
        }
        match press(key, None, &mut menu.cursor, menu.items.len(), height) {
            Picked::Left => {}
            Picked::Chosen => {
                let act = menu.item().map(|i| i.act.clone());
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
    pub(in crate::app) fn act(&mut self, act: Act, fx: &mut Vec<Effect>) {
        match act {
            Act::Sort(sort) => self.panes.customers.sort_by(sort),
            Act::View(filter, sort, descending) => self.view(&filter, &sort, descending),
            Act::RemoveView(id) => {
                self.write(Change::RemoveView(id), fx);
            }
            Act::Column(column) => self.panes.customers.toggle(column, &self.shared),
            Act::Copy(text) => self.copy(text, fx),
            Act::Form(kind) => self.open_form(kind),
            Act::Suggest(entry) => {
                self.open_form(FormKind::Add(Noun::Suggestion));
                if !entry.is_empty() {
                    self.prefill(Field::SuggestionMeasure, entry);
                }
            }
            Act::EditRecord(record, field) => self.edit_record(&record, field),
            Act::EditOwn(id) => self.edit_own(id),
            Act::Resume(id) => self.resume_form(id),
            Act::AskDiscard(id) => self.ask_discard(id),
            Act::AskFreeze(person, name) => self.ask_freeze(person, &name),
            Act::Discard(id) => self.discard(id, fx),
            Act::Write(change) => {
                self.write(change, fx);
            }
            Act::Open(subject) => self.open_customer(subject, fx),
            Act::TakeBack(row) => self.popups.push(Popup::TakeBack(row)),
            Act::History(conditions) => {
                self.popups.retain(|p| !matches!(p, Popup::Audit(_)));
                self.popups.push(Popup::Audit(Box::new(AuditView::of(conditions))));
            }
            Act::Campaign(name, filter, channel, script) => {
                self.open_form(FormKind::Add(Noun::Campaign));
                let lang = self.shared.lang;
                self.prefill(Field::CampaignName, name);
                self.prefill(Field::CampaignFilter, group::shown(&filter, lang));
                self.prefill(Field::CampaignChannel, words::word("channel", channel, lang).to_owned());
                if let Some(script) = script {
                    self.prefill(Field::CampaignScript, script.to_owned());
                }
            }
            Act::Show(row) if row.noun == Noun::Alarm => {
                self.panes.board.show_alarm(row.id);
                self.go(PaneId::Board);
            }
            Act::Edit(row) => self.step(Step::Edit(row, None), fx),
            Act::TakeFor(heading, column) => self.take_for(heading, column, fx),
            Act::MovesOf(scheme) => self.panes.board.analysis.show_scheme(scheme),
            Act::Against(baseline) => self.panes.board.against = baseline,
            Act::Figure(period, id, segment) => {
                let step = self.panes.board.show(period, id, &segment);
                self.go(PaneId::Board);
                self.step(step, fx);
            }
            Act::Show(row) if matches!(row.noun, Noun::Evaluation | Noun::Suggestion) => {
                self.panes.board.show_review(row);
                self.go(PaneId::Board);
            }
            Act::Show(row) => {
                self.panes.matrix.show(row, &self.shared);
                self.go(PaneId::Matrix);
            }
            Act::Report(period, format) => self.write_report(period, format, fx),
            Act::Touches(text) => {
                self.lend(PaneId::Ledger);
                self.panes.ledger.search(&text);
                self.go(PaneId::Ledger);
            }
        }
    }

    /// Shows the customers of a filter in an order.
    pub(super) fn view(&mut self, filter: &str, sort: &str, descending: bool) {
        let lent = self.lend(PaneId::Customers);
        if let Err(sentence) = self.panes.customers.set_filter(filter, &mut self.shared) {
            if lent {
                self.lent.pop();
            }
            return self.shared.say(Tone::Bad, sentence);
        }
        self.panes.customers.sorted(sort, descending);
        if self.popups.iter().any(|p| matches!(p, Popup::Dictionary(_))) {
            // whoever has the tag is what was looked for
            self.popups.retain(|p| !matches!(p, Popup::Dictionary(_)));
            self.go(PaneId::Customers);
        }
    }

    /// Copies a text; a script that still has open places is not ready to be sent, and that is said.
    fn copy(&mut self, text: String, fx: &mut Vec<Effect>) {
        let (lang, open) = (self.shared.lang, scripts::open_places(&text));
        let (tone, said) = if open.is_empty() {
            (Tone::Good, shell::COPIED.with(lang, &[&text]))
        } else {
            (Tone::Bad, scripts::COPIED_OPEN.with(lang, &[&scripts::places(&open, lang)]))
        };
        fx.push(Effect::Copy(text));
        self.shared.say(tone, said);
    }

    pub(super) fn undo_key(&mut self, redo: bool, key: Key, fx: &mut Vec<Effect>) {
        let again = if redo { Code::Char('r') } else { Code::Char('u') };
        let code = key.narrow().code;
        if code == Code::Enter || code == again {
            let Some(undoable) = self.shared.feeds.undoable() else {
                return self.popups.push(Popup::Undo { redo });
            };
            let (change, what) = match (redo, &undoable.undo, &undoable.redo) {
                (false, Some(deed), _) => {
                    let what = audit::done(&deed.verb, deed.noun, self.shared.lang);
                    (Change::Undo(Some(deed.id)), Some(what))
                }
                (true, _, Some(_)) => (Change::Redo, None),
                _ => return,
            };
            let ticket = self.write(change, fx);
            self.undoing = what.map(|what| (ticket, what));
        } else if !matches!(code, Code::Esc | Code::Char('n' | 'q' | '-')) {
            self.popups.push(Popup::Undo { redo });
        }
    }
}
