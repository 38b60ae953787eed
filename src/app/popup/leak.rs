//! Leaks as a list and one by one, and a new key for the backups while it is entered: the old key is kept nowhere else.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::form::line_key;
use super::super::key::{Code, Key};
use super::super::shared::Shared;
use super::press::paste_line;
use crate::domain::leak::Secret;
use crate::domain::text::clean_pasted;
use crate::store::request::{LeakCase, LeakRow, Query};

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
            paste_line(&mut self.public, text.trim());
        }
    }

    pub(in crate::app) fn typed(&mut self, key: Key) {
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
    pub(in crate::app) fn number(&self, s: &Shared) -> Option<i64> {
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
    pub(in crate::app) fn count(&self, case: &LeakCase) -> usize {
        match self.part {
            Part::Exports => case.exports.len(),
            Part::Customers => case.customers.len(),
        }
    }
}
