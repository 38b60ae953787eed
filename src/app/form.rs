//! A form: fields from the table, texts as typed, one focus. Which fields it has and what it becomes when it is saved
//! stand in [`super::forms`]; drafts of it live on disk (`draft`). A form closes only when its own write has succeeded.

use serde::{Deserialize, Serialize};
use tui_input::{Input, InputRequest};

use super::key::{Code, Key};
use super::shared::Subject;
use crate::domain::change::{Change, TaskRef};
use crate::domain::field::{Field, Invalid, Kind, Noun, Row, Value};
use crate::domain::guard::Finding;
use crate::domain::text::{clean_block, clean_line};
use crate::store::request::Clash;

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Logs a touch; fulfils these tasks; from the queue, the next due customer opens afterwards.
    Touch {
        /// Tasks that this touch fulfils.
        done: Vec<TaskRef>,
        /// Whether it was begun in the queue.
        from_queue: bool,
    },
    /// Makes a customer.
    Customer,
    /// Makes a contact with methods.
    Contact,
    /// Makes a record of a noun.
    Add(Noun),
    /// Edits fields of one row.
    Edit {
        /// Which row.
        row: Row,
        /// Its revision when the form opened.
        rev: i64,
    },
    /// Plans a task, for the customer or for all marked.
    Plan,
    /// Gives a task another due.
    Reschedule(TaskRef),
    /// Puts a task aside.
    Snooze(TaskRef),
    /// Logs an unanswered call and plans the next one.
    CallBack {
        /// The task the call was for.
        task: Option<TaskRef>,
    },
    /// Asks why a change that the guard holds is to be written nevertheless.
    Nevertheless(Box<Change>),
    /// Adds a tag, to the customer or to all marked.
    Tag,
    /// Gives the customer or all marked to somebody.
    Assign,
    /// Sets a class by hand.
    Class,
    /// Changes the filter of the list.
    Filter,
    /// Searches in all touches.
    Search,
    /// Keeps the present view.
    View,
    /// Imports a file.
    Import,
}

/// One line of a form.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which field.
    pub field: Field,
    /// What is typed; for picks the word of the choice.
    pub input: Input,
    /// For fields with choices: the values and their words; the text above is one of the words or blank.
    pub picks: Vec<(Value, String)>,
    /// The value when the form opened, for edits.
    pub was: Value,
    /// The text when the form opened: what was not touched stays as it was, even if it could not be shown.
    pub shown: String,
    /// Texts before, for the field's own undo.
    past: Vec<String>,
}

impl Entry {
    /// A field with a text in it.
    pub fn new(field: Field, text: &str, was: Value, picks: Vec<(Value, String)>) -> Self {
        Self {
            field,
            input: Input::new(text.to_owned()),
            picks,
            was,
            shown: text.to_owned(),
            past: Vec::new(),
        }
    }

    /// Whether the person has changed it.
    pub fn is_touched(&self) -> bool {
        self.text() != self.shown
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether it is chosen from a list and not typed.
    pub fn is_pick(&self) -> bool {
        !self.picks.is_empty()
    }

    /// Sets the text and keeps the old one for undo.
    pub fn set(&mut self, text: String) {
        if text != self.text() {
            self.past.push(self.text().to_owned());
            self.input = Input::new(text);
        }
    }

    /// The value picked.
    pub fn picked(&self) -> Option<&Value> {
        self.picks.iter().find(|(_, word)| word == self.text()).map(|(v, _)| v)
    }

    /// Moves to the next or previous choice; blank stands between last and first where the field may be empty.
    fn step(&mut self, forward: bool) {
        let blank = usize::from(!self.field.spec().needed);
        let count = self.picks.len() + blank;
        if count == 0 {
            return;
        }
        let at = self.picks.iter().position(|(_, w)| w == self.text()).map_or(0, |i| i + blank);
        let at = if forward { (at + 1) % count } else { (at + count - 1) % count };
        let word = at.checked_sub(blank).and_then(|i| self.picks.get(i)).map(|(_, w)| w.clone());
        self.set(word.unwrap_or_default());
    }

    /// Jumps to the first choice that begins with what was typed: its word, its id or its pinyin initials.
    fn jump(&mut self, c: char) {
        let c = c.to_lowercase().next().unwrap_or(c);
        let begins = |(value, word): &&(Value, String)| {
            let id = value.as_text().unwrap_or_default();
            let key = crate::domain::find::sort_key(word, false);
            [word.to_lowercase().as_str(), id, key.as_str()].iter().any(|t| t.starts_with(c))
        };
        let here = self.picks.iter().position(|(_, w)| w == self.text()).map_or(0, |i| i + 1);
        let next = self.picks.iter().skip(here).find(begins).or_else(|| self.picks.iter().find(begins));
        if let Some(word) = next.map(|(_, w)| w.clone()) {
            self.set(word);
        }
    }
}

/// Where a form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being filled in.
    Editing,
    /// Its write is on the way, under this ticket.
    Saving(u64),
    /// Somebody else changed the same fields; the person chooses field by field: who, when (UTC ms), the revision now,
    /// each clash with `true` where mine is to stand, and which one the cursor is on.
    Clashing {
        /// Who.
        who: String,
        /// When.
        at: i64,
        /// The revision now.
        rev: i64,
        /// Field by field.
        clashes: Vec<(Clash, bool)>,
        /// The cursor.
        at_clash: usize,
    },
}

/// A form on the screen or waiting.
#[derive(Clone, Debug)]
pub struct Form {
    /// Names its draft.
    pub id: u64,
    /// What it is for.
    pub kind: FormKind,
    /// About whom.
    pub subject: Option<Subject>,
    /// For bulk work: how many customers.
    pub many: Vec<crate::domain::customer::CustomerId>,
    /// Its lines.
    pub entries: Vec<Entry>,
    /// Which line has the focus.
    pub focus: usize,
    /// What is wrong, if the last save was refused.
    pub invalid: Option<Invalid>,
    /// Why the store refused, if it did.
    pub refused: Option<String>,
    /// What the guard has said about it last.
    pub guard: Vec<Finding>,
    /// Where it stands.
    pub state: State,
    /// Whether something was typed.
    pub dirty: bool,
    /// UTC ms of the last key that changed something not yet in the draft.
    pub unsaved_since: Option<i64>,
}

/// What a key did to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The form took it.
    Taken,
    /// The person wants to save.
    Save,
    /// The person wants out.
    Leave,
    /// It is not for the form.
    Pass,
}

impl Form {
    /// A form with nothing typed yet.
    pub const fn new(id: u64, kind: FormKind, subject: Option<Subject>, entries: Vec<Entry>) -> Self {
        Self {
            id,
            kind,
            subject,
            many: Vec::new(),
            entries,
            focus: 0,
            invalid: None,
            refused: None,
            guard: Vec::new(),
            state: State::Editing,
            dirty: false,
            unsaved_since: None,
        }
    }

    /// The line of a field.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|e| e.field == field)
    }

    /// What is typed in a field; blank where the form has none.
    pub fn text(&self, field: Field) -> &str {
        self.entry(field).map_or("", Entry::text)
    }

    /// The line with the focus.
    pub fn focused(&self) -> Option<&Entry> {
        self.entries.get(self.focus)
    }

    /// Points at the field that is wrong.
    pub fn blame(&mut self, invalid: Invalid) {
        if let Some(at) = self.entries.iter().position(|e| e.field == invalid.field) {
            self.focus = at;
        }
        self.invalid = Some(invalid);
        self.state = State::Editing;
    }

    /// Takes pasted text into the field with the focus.
    pub fn paste(&mut self, text: &str, now_ms: i64) {
        if self.state != State::Editing {
            return;
        }
        let Some(entry) = self.entries.get_mut(self.focus) else { return };
        if entry.is_pick() {
            return;
        }
        let text = if entry.field.spec().kind == Kind::Block { clean_block(text) } else { clean_line(text) };
        entry.past.push(entry.text().to_owned());
        for c in text.chars().take(20_000) {
            entry.input.handle(InputRequest::InsertChar(c));
        }
        self.changed(now_ms);
    }

    fn changed(&mut self, now_ms: i64) {
        self.dirty = true;
        self.invalid = None;
        self.refused = None;
        self.unsaved_since = Some(now_ms);
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, now_ms: i64) -> Pressed {
        if let State::Saving(_) = self.state {
            return Pressed::Taken;
        }
        if let State::Clashing { .. } = self.state {
            return self.choose(key);
        }
        let count = self.entries.len();
        match (key.code, key.ctrl, key.alt) {
            (Code::Esc, ..) => return Pressed::Leave,
            (Code::Enter, false, true) | (Code::Char('j' | 'o'), true, false) => return self.newline(now_ms),
            (Code::Enter, ..) => return Pressed::Save,
            (Code::Tab, ..) | (Code::Down, false, false) if count > 0 => {
                self.focus = (self.focus + 1) % count;
            }
            (Code::BackTab, ..) | (Code::Up, false, false) if count > 0 => {
                self.focus = (self.focus + count - 1) % count;
            }
            _ => return self.type_key(key, now_ms),
        }
        Pressed::Taken
    }

    fn newline(&mut self, now_ms: i64) -> Pressed {
        let Some(entry) = self.entries.get_mut(self.focus) else { return Pressed::Pass };
        if entry.field.spec().kind != Kind::Block {
            return Pressed::Taken;
        }
        entry.input.handle(InputRequest::InsertChar('\n'));
        self.changed(now_ms);
        Pressed::Taken
    }

    fn type_key(&mut self, key: Key, now_ms: i64) -> Pressed {
        let Some(entry) = self.entries.get_mut(self.focus) else { return Pressed::Pass };
        let before = entry.text().to_owned();
        if entry.is_pick() {
            match (key.code, key.ctrl) {
                (Code::Right | Code::Char(' '), false) => entry.step(true),
                (Code::Left, false) => entry.step(false),
                (Code::Backspace | Code::Delete, _) if !entry.field.spec().needed => entry.set(String::new()),
                (Code::Char(c), false) if !key.alt => entry.jump(c),
                _ => return Pressed::Pass,
            }
        } else if (key.code, key.ctrl) == (Code::Char('z'), true) {
            // undo within the field; the draft keeps the rest
            if let Some(text) = entry.past.pop() {
                entry.input = Input::new(text);
            }
        } else if let Some(request) = line_key(key) {
            if entry.input.handle(request).is_some_and(|c| c.value) {
                entry.past.push(before.clone());
            }
        } else {
            return Pressed::Pass;
        }
        if entry.text() != before {
            self.changed(now_ms);
        }
        Pressed::Taken
    }

    /// Chooses between theirs and mine, field by field.
    fn choose(&mut self, key: Key) -> Pressed {
        let State::Clashing { clashes, at_clash, .. } = &mut self.state else { return Pressed::Pass };
        let count = clashes.len().max(1);
        match key.narrow().code {
            Code::Char('m') => clashes.get_mut(*at_clash).map_or((), |c| c.1 = true),
            Code::Char('t') => clashes.get_mut(*at_clash).map_or((), |c| c.1 = false),
            Code::Char('j') | Code::Down | Code::Tab => *at_clash = (*at_clash + 1) % count,
            Code::Char('k') | Code::Up | Code::BackTab => *at_clash = (*at_clash + count - 1) % count,
            Code::Enter => return Pressed::Save,
            Code::Char('e') | Code::Esc => self.state = State::Editing,
            _ => {}
        }
        Pressed::Taken
    }
}

/// The usual line editing of text fields, as requests to the input line.
pub fn line_key(key: Key) -> Option<InputRequest> {
    use InputRequest as R;
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) => R::InsertChar(c),
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => R::DeletePrevChar,
        (Code::Delete, false, false) | (Code::Char('d'), true, false) => R::DeleteNextChar,
        (Code::Left, false, false) | (Code::Char('b'), true, false) => R::GoToPrevChar,
        (Code::Right, false, false) => R::GoToNextChar,
        (Code::Left, true, _) | (Code::Char('b') | Code::Left, false, true) => R::GoToPrevWord,
        (Code::Right, true, _) | (Code::Char('f') | Code::Right, false, true) => R::GoToNextWord,
        (Code::Home, ..) | (Code::Char('a'), true, false) => R::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, false) => R::GoToEnd,
        (Code::Char('u'), true, false) => R::DeleteFromStart,
        (Code::Char('k'), true, false) => R::DeleteTillEnd,
        (Code::Char('w'), true, false) | (Code::Backspace, false, true) => R::DeletePrevWord,
        (Code::Char('d'), false, true) => R::DeleteNextWord,
        (Code::Char('y'), true, false) => R::Yank,
        _ => return None,
    })
}
