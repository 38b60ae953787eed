//! The look-up box: what is typed in it, what it is open for, and what an unknown name or number is taken for.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::key::Key;
use super::super::shared::Shared;
use crate::domain::customer::CustomerId;
use crate::domain::field::Field;
use crate::domain::people::{Reach, Verb, reach};
use crate::store::request::Query;

/// Hits that are shown at most.
pub const MOST: usize = 50;

/// What the look-up box is open for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a customer.
    Open,
    /// To choose the customer to whom a new contact with this phone belongs.
    ContactWith(String),
    /// To fill a field of the form below.
    Fill(Field),
    /// To choose the customer whom a form is about that is to open then.
    Begin(FormKind),
}

/// The look-up box.
#[derive(Clone, Debug)]
pub struct Finder {
    /// What is typed.
    pub input: Input,
    /// Which hit.
    pub cursor: Cursor,
    /// What for.
    pub purpose: Purpose,
    /// `Enter` was pressed before the hits were here: the first one opens when they are.
    pub hurried: bool,
    /// Keys pressed since then: a slow line delivers several at once. They are for whatever opens.
    pub held: Vec<Key>,
}

impl Finder {
    /// An empty box.
    pub fn new(purpose: Purpose) -> Self {
        Self { input: Input::default(), cursor: Cursor::default(), purpose, hurried: false, held: Vec::new() }
    }

    /// What it asks the store.
    pub fn query(&self) -> Query {
        Query::Find { text: self.input.value().to_owned(), limit: MOST }
    }

    /// Whether the hits that are here are those of what is typed now.
    pub fn is_current(&self, s: &Shared) -> bool {
        s.feeds.current(Slot::Find, &self.query())
    }

    /// What is typed, as digits of a phone, when nothing else is typed and enough of them.
    pub fn unknown_number(&self, s: &Shared) -> Option<String> {
        if reach(s.actor.role, Verb::Create) == Reach::No {
            return None;
        }
        let typed = self.input.value().trim();
        let phone = crate::domain::find::normal_phone(typed)?;
        let only = typed.chars().all(|c| c.is_ascii_digit() || " -+()（）".contains(c));
        let none = self.is_current(s) && s.feeds.find().is_some_and(Vec::is_empty);
        (only && phone.digits.len() >= 7 && none).then(|| typed.to_owned())
    }

    /// What is typed, when nobody fits it and it could be the name of somebody new.
    pub fn unknown_name(&self, s: &Shared) -> Option<String> {
        let typed = self.input.value().trim();
        let none = self.is_current(s) && s.feeds.find().is_some_and(Vec::is_empty);
        let makes = reach(s.actor.role, Verb::Create) != Reach::No;
        let offers = makes && self.purpose == Purpose::Open && self.unknown_number(s).is_none();
        (offers && none && typed.chars().any(char::is_alphabetic)).then(|| typed.to_owned())
    }
}

/// The customer under the look-up box's cursor.
pub fn found(finder: &Finder, s: &Shared) -> Option<CustomerId> {
    s.feeds.find().and_then(|rows| rows.get(finder.cursor.at)).map(|f| CustomerId(f.row.id))
}
