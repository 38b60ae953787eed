//! Forms on the screen: what they are called, which keys save them, what becomes of a clash with a colleague.
//! How keys move in a form is `form`; what a form becomes is `forms`.

use super::super::command::Command;
use super::super::draft::Draft;
use super::super::feed::Slot;
use super::super::form::{Entry, Form, FormKind, Handing, Handling, Pressed, Review, State};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::pane_id::PaneId;
use super::super::popup::{Act, HelpRow, Item, Menu, Palette, Popup};
use super::super::shared::{Shared, Subject, Tone};
use super::super::{App, forms, live};
use crate::domain::cells;
use crate::domain::change::Change;
use crate::domain::field::{Field, Invalid, Kind, Noun, Problem};
use crate::domain::people::LEAVE;
use crate::i18n::{Lang, commands, fields, form_keys, group, handover, scheme, shell, words};
use crate::store::request::Record;

/// The waiting forms as rows of a menu, the newest first.
pub(in crate::app) fn form_items(s: &Shared) -> Vec<Item> {
    s.waiting
        .iter()
        .rev()
        .map(|form| {
            let whom = form.subject.as_ref().map_or_else(String::new, |c| c.name.clone());
            let label = format!("{} {whom}", title(form, s)).trim_end().to_owned();
            let remove = Some(Act::AskDiscard(form.id));
            Item { remove, ..Item::new(label, typed(form, s), Act::Resume(form.id)) }
        })
        .collect()
}

/// The first words of what was typed, by which one form of a customer is told from the other: of the longest text that is
/// the person's own, not of what the form began with.
fn typed(form: &Form, s: &Shared) -> String {
    if let FormKind::Rules { draft, at, .. } = &form.kind {
        let line = draft.spots().get(*at).and_then(|spot| draft.condition(*spot));
        return line.map_or_else(String::new, |text| scheme::condition(text, s.lang));
    }
    let longest = |own: bool| {
        // a day or an hour tells nobody which form it is
        let words = |e: &&Entry| {
            !matches!(e.field.spec().kind, Kind::Moment | Kind::Day | Kind::PastDay | Kind::When)
        };
        let lines = form.entries.iter().filter(|e| !own || e.is_touched() && !e.is_pick()).filter(words);
        lines.map(|e| e.text().trim()).filter(|text| !text.is_empty()).max_by_key(|t| cells::width(t))
    };
    let text = longest(true).or_else(|| longest(false)).unwrap_or_default().replace('\n', " ");
    cells::cut(&text, TYPED).into_owned()
}

/// Cells that the words of a waiting form take in its row.
const TYPED: usize = 28;

/// `Tab` or `→` at the end of a filter takes the first completion, which is the one that is marked; tells whether it did.
fn complete(form: &mut Form, key: Key, lang: Lang) -> bool {
    let takes = matches!((key.code, key.ctrl, key.alt), (Code::Right | Code::Tab, false, false));
    if form.kind != FormKind::Filter || !takes {
        return false;
    }
    let focus = form.entries.get_mut(form.focus);
    let Some(entry) = focus.filter(|e| e.field == Field::Filter) else { return false };
    let at_end = entry.input.cursor() >= entry.text().chars().count();
    if let Some(text) = group::complete(entry.text(), lang).into_iter().next().filter(|_| at_end) {
        entry.set(text);
        form.dirty = true;
        return true;
    }
    false
}

/// What a form is called.
pub fn title(form: &Form, s: &Shared) -> String {
    use crate::i18n::{alarms, commands as c};
    let lang = s.lang;
    match &form.kind {
        FormKind::Touch { .. } => c::LOG.of(lang).to_owned(),
        FormKind::Customer => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Customer).of(lang)]),
        FormKind::Contact => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Contact).of(lang)]),
        FormKind::PutBack { .. } => c::PUT_BACK.of(lang).to_owned(),
        FormKind::Complaint { step, .. } => match step {
            Handling::Answer => c::ANSWER,
            Handling::Solve => c::SOLVE,
            Handling::Resolve => c::DONE,
            Handling::End => c::END,
        }
        .of(lang)
        .to_owned(),
        FormKind::Ask { .. } => c::ASK.of(lang).to_owned(),
        FormKind::CloseAlarm { id } => {
            let row = s.feeds.alarms().and_then(|rows| rows.iter().find(|row| row.id == *id));
            row.map_or_else(|| c::CLOSE_ALARM.of(lang).to_owned(), |row| alarms::closes(row, lang))
        }
        FormKind::RaiseAlarm => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Alarm).of(lang)]),
        FormKind::AnswerRequest { refuse: false, .. } => c::ANSWER.of(lang).to_owned(),
        FormKind::AnswerRequest { refuse: true, .. } => c::END.of(lang).to_owned(),
        FormKind::Reveal { .. } => c::REVEAL.of(lang).to_owned(),
        FormKind::Export { what, format } => {
            let what = words::word("export", what, lang);
            format!("{} · {what} · {format}", c::EXPORT.of(lang))
        }
        FormKind::Add(noun) | FormKind::AddTo { noun, .. } => {
            shell::NEW_OF.with(lang, &[&fields::noun(*noun).of(lang)])
        }
        FormKind::Edit { row, .. } => shell::EDIT_OF.with(lang, &[&fields::noun(row.noun).of(lang)]),
        FormKind::Plan => c::PLAN.of(lang).to_owned(),
        FormKind::Reschedule(_) => c::RESCHEDULE.of(lang).to_owned(),
        FormKind::Wish { channel, lift } => {
            let text = if lift.is_some() { shell::WISH_LIFT } else { shell::WISH };
            text.with(lang, &[&words::word("channel", channel, lang)])
        }
        FormKind::Nevertheless(_) => c::NEVERTHELESS.of(lang).to_owned(),
        FormKind::Snooze(_) => c::SNOOZE.of(lang).to_owned(),
        FormKind::CallBack { .. } => c::CALL_BACK.of(lang).to_owned(),
        FormKind::Tag => c::TAGS.of(lang).to_owned(),
        FormKind::Reword { .. } => c::DICTIONARY.of(lang).to_owned(),
        FormKind::Assign => c::ASSIGN.of(lang).to_owned(),
        FormKind::HandOver(Handing::These) => c::HAND_OVER.of(lang).to_owned(),
        FormKind::HandOver(Handing::All(from)) => {
            let people = s.people();
            let name = people.iter().find(|p| p.id == *from).and_then(|p| p.names.first());
            let whose = handover::ALL_OF.with(lang, &[&name.map_or("", String::as_str)]);
            format!("{} · {whose}", c::HAND_OVER.of(lang))
        }
        FormKind::Leak(what) => forms::leak::title(what, lang),
        FormKind::Merge { .. } => c::MERGE.of(lang).to_owned(),
        FormKind::Erase => c::ERASE.of(lang).to_owned(),
        FormKind::OpenDispute => handover::DISPUTE.of(lang).to_owned(),
        FormKind::NoteDispute { .. } => words::word("verb", "note_dispute", lang).to_owned(),
        FormKind::DecideDispute { .. } => handover::DECIDE.of(lang).to_owned(),
        FormKind::TurnHandOver { turn, .. } => words::word("verb", turn.act().id(), lang).to_owned(),
        FormKind::Setting { key } => crate::i18n::settings::means(key, lang).to_owned(),
        FormKind::Average { .. } => c::AVERAGES.of(lang).to_owned(),
        FormKind::Class => c::CLASS.of(lang).to_owned(),
        FormKind::Filter | FormKind::Search => c::FILTER.of(lang).to_owned(),
        FormKind::Strategy { scheme, class, .. } => {
            let class = words::word(scheme, class, lang);
            shell::EDIT_OF.with(lang, &[&format!("{} · {class}", fields::noun(Noun::Strategy).of(lang))])
        }
        FormKind::Overlay { id: None } => shell::NEW_OF.with(lang, &[&fields::noun(Noun::Overlay).of(lang)]),
        FormKind::Overlay { id: Some(_) } => {
            shell::EDIT_OF.with(lang, &[&fields::noun(Noun::Overlay).of(lang)])
        }
        FormKind::Review(review) => forms::review::title(review, lang),
        FormKind::View => c::SAVE_VIEW.of(lang).to_owned(),
        FormKind::Rules { draft, .. } => {
            format!("{} · {}", c::RULES.of(lang), words::word("scheme", &draft.id, lang))
        }
    }
}

impl App {
    /// Asks whether a waiting form is to go with what was typed in it.
    pub(in crate::app) fn ask_discard(&mut self, id: u64) {
        let lang = self.shared.lang;
        let Some(form) = self.shared.waiting.iter().find(|form| form.id == id) else { return };
        let whom = form.subject.as_ref().map_or_else(String::new, |c| c.name.clone());
        let note = vec![format!("{} {whom}", title(form, &self.shared)).trim_end().to_owned()];
        let items = vec![
            Item::new(shell::KEEP_IT.of(lang), "", Act::Resume(id)),
            Item::new(shell::DISCARD.of(lang), "", Act::Discard(id)),
        ];
        self.popups.push(Popup::Menu(Menu { note, ..Menu::new(shell::DISCARD_WHAT, items) }));
    }

    /// Lets a waiting form go, on disk too.
    pub(in crate::app) fn discard(&mut self, id: u64, fx: &mut Vec<Effect>) {
        self.shared.waiting.retain(|form| form.id != id);
        self.popups.retain(|popup| !matches!(popup, Popup::Menu(menu) if menu.title == commands::FORMS));
        fx.push(Effect::Drop(id));
        let text = shell::DISCARDED.of(self.shared.lang).to_owned();
        self.shared.say(Tone::Plain, text);
    }

    pub(super) fn form_key(&mut self, mut form: Form, key: Key, fx: &mut Vec<Effect>) {
        let choosing = matches!(form.state, State::Clashing { .. });
        if (key.code, key.ctrl) == (Code::Char('t'), true) && live::can_be_noted(&self.shared, &form) {
            return self.note_of(&form, fx);
        }
        if (key.code, key.ctrl) == (Code::Char('x'), true) && !matches!(form.state, State::Saving(_)) {
            let id = form.id;
            self.park(form, fx);
            return self.ask_discard(id);
        }
        if complete(&mut form, key, self.shared.lang) {
            form.unsaved_since.get_or_insert(self.shared.now.ms());
            return self.popups.push(Popup::Form(Box::new(form)));
        }
        match form.press(key, self.shared.now.ms()) {
            Pressed::Leave => self.park(form, fx),
            Pressed::Save if choosing => self.settle_clash(form, fx),
            Pressed::Save => self.save(form, fx),
            Pressed::Taken => self.popups.push(Popup::Form(Box::new(form))),
            Pressed::Pass => {
                self.popups.push(Popup::Form(Box::new(form)));
                if key.code == Code::F(1) {
                    let keys = form_keys::topics(&self.shared.key(Command::Forms), self.shared.lang);
                    let first = keys.into_iter().map(HelpRow::Topic).collect();
                    self.popups.push(Popup::Help(Palette::over(first, self.barred())));
                }
            }
        }
    }

    /// What becomes no change: a filter, a search, another period, a file. Gives every other form back.
    fn saved_here(&mut self, mut form: Form, fx: &mut Vec<Effect>) -> Option<Form> {
        let shown = match &form.kind {
            FormKind::Filter => {
                let text = form.text(Field::Filter).to_owned();
                self.panes.customers.set_filter(&text, &mut self.shared).map(|()| Some(PaneId::Customers))
            }
            FormKind::Search => {
                self.panes.ledger.search(form.text(Field::Filter));
                Ok(Some(PaneId::Ledger))
            }
            FormKind::Review(review) if matches!(**review, Review::Span(_)) => {
                self.panes.board.set_span(form.text(Field::PeriodText), &self.shared).map(|()| None)
            }
            FormKind::Export { .. } => {
                self.write_export(form, fx);
                return None;
            }
            _ => return Some(form),
        };
        match shown {
            Ok(pane) => {
                fx.push(Effect::Drop(form.id));
                if let Some(pane) = pane {
                    self.go(pane);
                }
            }
            Err(sentence) => {
                form.refused = Some(sentence);
                self.popups.push(Popup::Form(Box::new(form)));
            }
        }
        None
    }

    /// Turns a form into a change and sends it; what does not fit is shown at its field.
    fn save(&mut self, form: Form, fx: &mut Vec<Effect>) {
        let Some(mut form) = self.saved_here(form, fx) else { return };
        let known = forms::guard::question(&form, &self.shared)
            .is_some_and(|query| self.shared.feeds.current(Slot::Guard, &query));
        if known && forms::guard::bars(&form) {
            // the form says why, and no reason would help
            return self.popups.push(Popup::Form(Box::new(form)));
        }
        let built = match forms::build(&form, &self.shared) {
            // a reason is asked for before anything is sent
            Ok(_) if known && forms::guard::holds(&form) && forms::guard::reason(&form).is_none() => {
                Err(Invalid { field: Field::TouchOverride, problem: Problem::Empty })
            }
            built => built,
        };
        match built {
            Ok(Change::Edit { set, .. }) if set.is_empty() => {
                fx.push(Effect::Drop(form.id));
                let text = shell::NOTHING_CHANGED.of(self.shared.lang).to_owned();
                self.shared.say(Tone::Plain, text);
            }
            Ok(change) => {
                let change = self.panes.complete(change);
                // on disk before it is on its way: a crash in between loses nothing
                if form.dirty {
                    fx.push(Effect::Keep(Draft::of(&form)));
                }
                let ticket = self.write_because(change, forms::because(&form), fx);
                form.state = State::Saving(ticket.0);
                form.unsaved_since = None;
                self.popups.push(Popup::Form(Box::new(form)));
            }
            Err(invalid) => {
                // all that is wrong is shown at once, not one thing after the other
                let mut wrong = forms::wrong(&form, &self.shared);
                if wrong.iter().all(|other| other.field != invalid.field) {
                    wrong.push(invalid);
                }
                form.blame_all(wrong);
                self.popups.push(Popup::Form(Box::new(form)));
            }
        }
    }

    /// Writes what the person chose field by field.
    fn settle_clash(&mut self, mut form: Form, fx: &mut Vec<Effect>) {
        let State::Clashing { rev, clashes, .. } = form.state.clone() else { return };
        let chosen: Option<Vec<_>> = clashes.into_iter().map(|(clash, mine)| Some((clash, mine?))).collect();
        let Some(clashes) = chosen else { return self.popups.push(Popup::Form(Box::new(form))) };
        let Some(row) = forms::row(&form.kind) else { return self.popups.push(Popup::Form(Box::new(form))) };
        let change = match forms::build(&form, &self.shared) {
            Ok(change) => change,
            Err(invalid) => {
                form.blame(invalid);
                return self.popups.push(Popup::Form(Box::new(form)));
            }
        };
        let FormKind::Edit { rev: opened, .. } = form.kind else { return };
        let Some(change) = forms::edit::settled(change, row, (opened, rev), &clashes) else {
            fx.push(Effect::Drop(form.id));
            let text = shell::THEIRS_STAND.of(self.shared.lang).to_owned();
            self.shared.say(Tone::Plain, text);
            return;
        };
        let ticket = self.write(change, fx);
        form.state = State::Saving(ticket.0);
        self.popups.push(Popup::Form(Box::new(form)));
    }

    /// Puts a text into a field of the form on top.
    pub(super) fn prefill(&mut self, field: Field, text: String) {
        let now = self.shared.now.ms();
        if let Some(Popup::Form(form)) = self.popups.last_mut()
            && let Some(entry) = form.entries.iter_mut().find(|e| e.field == field)
        {
            entry.set(text);
            form.dirty = true;
            form.unsaved_since.get_or_insert(now);
        }
    }

    /// Opens a form on a record, with the names it may need.
    pub(in crate::app) fn edit_record(&mut self, record: &Record, only: Option<Field>) {
        self.forms += 1;
        // a colleague is no customer's, and neither is what belongs to the company
        let noun = record.row.noun;
        let subject: Option<Subject> =
            self.shared.subject.clone().filter(|_| noun != Noun::Person && !forms::company(noun));
        let contacts = self.panes.contacts(self.active, subject.as_ref(), &self.shared);
        let customers = self.panes.names(&self.shared);
        let named = (contacts.as_slice(), customers.as_slice());
        let mut form = forms::on_record(self.forms, record, only, subject, &self.shared, named);
        if record.row.noun == Noun::Person && !self.administers() {
            form.entries.retain(|entry| LEAVE.contains(&entry.field));
        }
        // the number stands first and is the last thing one wants to type over
        form.focus = form.entries.iter().position(|e| e.field != Field::Code).unwrap_or(0);
        self.popups.push(Popup::Form(Box::new(form)));
    }
}
