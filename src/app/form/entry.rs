//! One line of a form: a field with what is typed in it, or with the choice that was made.

use tui_input::Input;

use crate::domain::field::{Field, Value};
use crate::domain::own::OwnField;
use crate::i18n::{Lang, fields};

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
    /// The field of the company's own that it is, where it is one (A4).
    pub own: Option<OwnField>,
    /// Letters typed in a field with choices, by which they are narrowed.
    pub typed: String,
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
            own: None,
            typed: String::new(),
            past: Vec::new(),
        }
    }

    /// What it is called.
    pub fn label(&self, lang: Lang) -> &str {
        if let Some(own) = &self.own {
            return &own.name;
        }
        // below its type and its name
        let text = if self.field == Field::Tag { fields::TAG_VALUE } else { fields::label(self.field) };
        text.of(lang)
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

    /// Whether its text was another one before.
    pub fn was_edited(&self) -> bool {
        !self.past.is_empty()
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
        self.typed.clear();
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

    /// Takes letters in a field with choices: they narrow the choices down to those that have them all; what no choice has
    /// stays typed and is said. A letter alone goes from one choice that begins with it to the next.
    pub(super) fn narrow(&mut self, letters: &str) {
        let typed = format!("{}{}", self.typed, letters.to_lowercase());
        if let Some(word) = self.fitting(&typed).filter(|_| typed.chars().count() > 1) {
            self.set(word);
        } else if (self.typed.is_empty() || typed.chars().all(|c| self.typed.starts_with(c)))
            && let Some(word) = self.next(letters)
        {
            self.set(word);
            letters.to_lowercase().clone_into(&mut self.typed);
            return;
        }
        self.typed = typed;
    }

    /// Takes the last of these letters back.
    pub(super) fn widen(&mut self) {
        self.typed.pop();
        if let Some(word) = self.fitting(&self.typed).filter(|_| !self.typed.is_empty()) {
            self.set(word);
        }
    }

    /// Whether letters were typed that no choice has.
    pub fn misses(&self) -> bool {
        !self.typed.is_empty() && self.fitting(&self.typed).is_none()
    }

    /// The first choice that begins with these letters, else the first that has them: in its word, its id or its pinyin.
    fn fitting(&self, letters: &str) -> Option<String> {
        let fits = |begins: bool| {
            self.picks.iter().find(|pick| {
                names(pick).iter().any(|t| if begins { t.starts_with(letters) } else { t.contains(letters) })
            })
        };
        fits(true).or_else(|| fits(false)).map(|(_, word)| word.clone())
    }

    /// The next choice that begins with a letter, from the present one on.
    fn next(&self, letter: &str) -> Option<String> {
        let letter = letter.to_lowercase();
        let begins = |pick: &&(Value, String)| names(pick).iter().any(|t| t.starts_with(&letter));
        let here = self.picks.iter().position(|(_, w)| w == self.text()).map_or(0, |i| i + 1);
        let next = self.picks.iter().skip(here).find(begins).or_else(|| self.picks.iter().find(begins));
        next.map(|(_, word)| word.clone())
    }
}

/// By what a choice is known: its word, its id, its pinyin.
fn names((value, word): &(Value, String)) -> [String; 3] {
    let id = value.as_text().unwrap_or_default().to_lowercase();
    let key = crate::domain::find::sort_key(word, false).replace(' ', "");
    [word.to_lowercase(), id, key]
}
