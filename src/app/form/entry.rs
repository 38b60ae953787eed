//! One line of a form: a field with what is typed in it, or with the choice that was made.

use tui_input::Input;

use crate::domain::field::{Field, Value};

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
    /// Filled in by the program and not touched yet: what is typed takes its place, as with selected text.
    pub selected: bool,
    /// Texts before, for the field's own undo.
    pub(super) past: Vec<String>,
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
            selected: false,
            past: Vec::new(),
        }
    }

    /// The same, with its text as a proposal that the first key replaces.
    #[must_use]
    pub fn proposed(self) -> Self {
        Self { selected: !self.is_pick() && !self.text().is_empty(), ..self }
    }

    /// Empties a field whose text was only proposed.
    pub(super) fn replace_proposal(&mut self) {
        if std::mem::take(&mut self.selected) {
            self.set(String::new());
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
        self.selected = false;
        if text != self.text() {
            self.past.push(self.text().to_owned());
            self.input = Input::new(text);
        }
    }

    /// Shows nothing any more, without having been touched.
    pub fn forget(&mut self) {
        self.input = Input::default();
        self.shown.clear();
        self.past.clear();
    }

    /// The value picked.
    pub fn picked(&self) -> Option<&Value> {
        self.picks.iter().find(|(_, word)| word == self.text()).map(|(v, _)| v)
    }

    /// Moves to the next or previous choice; blank stands between last and first where the field may be empty.
    pub(super) fn step(&mut self, forward: bool) {
        let blank = usize::from(!self.field.spec().needed);
        let count = self.picks.len() + blank;
        if count == 0 {
            return;
        }
        let at = match self.picks.iter().position(|(_, w)| w == self.text()) {
            Some(at) if forward => (at + blank + 1) % count,
            Some(at) => (at + blank + count - 1) % count,
            // nothing is chosen yet: the first, or from behind the last
            None if forward => blank % count,
            None => count - 1,
        };
        let word = at.checked_sub(blank).and_then(|i| self.picks.get(i)).map(|(_, w)| w.clone());
        self.set(word.unwrap_or_default());
    }

    /// Jumps to the first choice that begins with what was typed: its word, its id or its pinyin initials.
    pub(super) fn jump(&mut self, c: char) {
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
