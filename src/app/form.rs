//! A form: fields from the table, texts as typed, one focus. Which fields it has and what it becomes when it is saved
//! stand in [`super::forms`]; drafts of it live on disk (`draft`). A form closes only when its own write has succeeded.

mod entry;
mod kind;
mod review;

use tui_input::{Input, InputRequest};

use super::key::{Code, Key};
use super::pane_id::Subject;
use crate::domain::field::{Field, Invalid, Kind, Problem};
use crate::domain::guard::Finding;
use crate::domain::text::clean_pasted;
use crate::store::request::Clash;

pub use entry::Entry;
pub use kind::{FormKind, Handing, Handling, LeakForm, Plan};
pub use review::Review;

/// Where a form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being filled in.
    Editing,
    /// Its write is on the way, under this ticket.
    Saving(u64),
    /// Somebody else changed the same fields; the person chooses field by field: who, when (UTC ms), the revision now,
    /// each clash with `true` where mine is to stand, and which one the cursor is on. Nothing is chosen beforehand: Enter
    /// pressed twice must neither overwrite a colleague nor lose what was typed.
    Clashing {
        /// Who.
        who: String,
        /// When.
        at: i64,
        /// The revision now.
        rev: i64,
        /// Field by field.
        clashes: Vec<(Clash, Option<bool>)>,
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
    /// What is wrong, if the last save was refused: each at its field, in their order.
    pub wrong: Vec<Invalid>,
    /// Why the store refused, if it did.
    pub refused: Option<String>,
    /// Whether what it is about is gone, or no longer the person's to change: the text can be kept as a note.
    pub lost: bool,
    /// What the guard has said about it last.
    pub guard: Vec<Finding>,
    /// Where it stands.
    pub state: State,
    /// Whether something was typed.
    pub dirty: bool,
    /// UTC ms of the first key that changed something not yet in the draft: typing on does not put the draft off.
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
            wrong: Vec::new(),
            refused: None,
            lost: false,
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

    /// Where a field stands; what the store knows by another name stands where it was typed.
    pub fn position(&self, field: Field) -> Option<usize> {
        let same = |field: Field| self.entries.iter().position(|e| e.field == field);
        let typed = |fields: &[Field]| {
            let filled = |f: &&Field| !self.text(**f).trim().is_empty();
            fields.iter().find(filled).or(fields.first()).and_then(|f| same(*f))
        };
        same(field).or_else(|| match field {
            Field::MethodValue | Field::MethodKind => typed(&[Field::Phone, Field::Wechat, Field::Email]),
            Field::ContactName => same(Field::Contact),
            Field::ContactTitle => same(Field::Title),
            Field::TouchClosed | Field::TaskText => same(Field::Next),
            Field::TaskDue => typed(&[Field::Next, Field::MoveTo]).or_else(|| same(Field::CallAt)),
            Field::TaskSnoozed => same(Field::Until),
            Field::TaskSnoozeReason => same(Field::Reason),
            _ => None,
        })
    }

    /// The line on which something is wrong; of several fields of the company's own the one that is named.
    pub fn place(&self, wrong: &Invalid) -> Option<usize> {
        let named = |e: &Entry| match &wrong.problem {
            Problem::Own(name, _) => e.own.as_ref().is_some_and(|own| own.name == *name),
            _ => false,
        };
        self.entries.iter().position(named).or_else(|| self.position(wrong.field))
    }

    /// Points at the field that is wrong.
    pub fn blame(&mut self, invalid: Invalid) {
        self.blame_all(vec![invalid]);
    }

    /// Points at every field that is wrong; the cursor goes to the first of them.
    pub fn blame_all(&mut self, mut wrong: Vec<Invalid>) {
        wrong.sort_by_key(|invalid| self.place(invalid).unwrap_or(usize::MAX));
        if let Some(at) = wrong.first().and_then(|invalid| self.place(invalid)) {
            self.focus = at;
        }
        self.wrong = wrong;
        self.state = State::Editing;
    }

    /// Whether something is wrong with the field on this line.
    pub fn is_wrong(&self, line: usize) -> bool {
        self.wrong.iter().any(|invalid| self.place(invalid) == Some(line))
    }

    /// What is wrong with the field that has the focus, else the first that is wrong.
    pub fn wrong_here(&self) -> Option<&Invalid> {
        let here = |invalid: &&Invalid| self.place(invalid) == Some(self.focus);
        self.wrong.iter().find(here).or(self.wrong.first())
    }

    /// Takes pasted text into the field with the focus; tells how many characters had no room.
    pub fn paste(&mut self, text: &str, now_ms: i64) -> usize {
        if self.state != State::Editing {
            return 0;
        }
        let Some(entry) = self.entries.get_mut(self.focus) else { return 0 };
        if entry.is_pick() {
            entry.narrow(text.trim());
            self.changed(now_ms);
            return 0;
        }
        let kind = entry.field.spec().kind;
        // each line of a list of promises is one of its own
        let promises = (kind == Kind::Actions).then(|| joined(text));
        let (text, cut) = clean_pasted(promises.as_deref().unwrap_or(text), kind == Kind::Block);
        entry.replace_proposal();
        entry.past.push(entry.text().to_owned());
        let (before, after) = split_at(entry.text(), entry.input.cursor());
        let room = PASTED.saturating_sub(entry.text().chars().count());
        let taken: String = text.chars().take(room).collect();
        let cursor = before.chars().count() + taken.chars().count();
        // in one step: a character at a time would copy the whole text for each
        entry.input = Input::new(format!("{before}{taken}{after}")).with_cursor(cursor);
        self.changed(now_ms);
        cut + text.chars().skip(room).count()
    }

    fn changed(&mut self, now_ms: i64) {
        self.dirty = true;
        // whoever types mends the field they are in; the others stay marked
        let focus = self.focus;
        let mut wrong = std::mem::take(&mut self.wrong);
        wrong.retain(|invalid| self.place(invalid) != Some(focus));
        self.wrong = wrong;
        self.refused = None;
        self.unsaved_since.get_or_insert(now_ms);
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
                (Code::Backspace, _) if !entry.typed.is_empty() => entry.widen(),
                (Code::Backspace | Code::Delete, _) if !entry.field.spec().needed => entry.set(String::new()),
                (Code::Char(c), false) if !key.alt => entry.narrow(&c.to_string()),
                _ => return Pressed::Pass,
            }
        } else if (key.code, key.ctrl) == (Code::Char('z'), true) {
            // undo within the field; the draft keeps the rest
            if let Some(text) = entry.past.pop() {
                entry.input = Input::new(text);
            }
        } else if let Some(request) = line_key(key) {
            match request {
                InputRequest::InsertChar(_) => entry.replace_proposal(),
                InputRequest::DeletePrevChar | InputRequest::DeleteNextChar if entry.selected => {
                    entry.replace_proposal();
                    self.changed(now_ms);
                    return Pressed::Taken;
                }
                // whoever moves in the text wants to keep it
                _ => entry.selected = false,
            }
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
        let open = |clashes: &[(Clash, Option<bool>)]| clashes.iter().position(|(_, mine)| mine.is_none());
        match key.narrow().code {
            Code::Char(side @ ('m' | 't')) => {
                if let Some(clash) = clashes.get_mut(*at_clash) {
                    clash.1 = Some(side == 'm');
                }
                *at_clash = open(clashes).unwrap_or(*at_clash);
            }
            Code::Char('j') | Code::Down | Code::Tab => *at_clash = (*at_clash + 1) % count,
            Code::Char('k') | Code::Up | Code::BackTab => *at_clash = (*at_clash + count - 1) % count,
            Code::Enter => match open(clashes) {
                Some(at) => *at_clash = at,
                None => return Pressed::Save,
            },
            Code::Char('e') | Code::Esc => self.state = State::Editing,
            _ => {}
        }
        Pressed::Taken
    }
}

/// The characters that a field takes by pasting.
const PASTED: usize = 20_000;

/// Lines as one, with a sign between them that the reader of next actions parts at.
fn joined(text: &str) -> String {
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(";")
}

/// A text before and after so many characters.
fn split_at(text: &str, characters: usize) -> (String, String) {
    (text.chars().take(characters).collect(), text.chars().skip(characters).collect())
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
