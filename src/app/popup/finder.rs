//! The look-up box: what is typed in it, what it is open for, and what an unknown name or number is taken for.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::key::Key;
use super::super::shared::Shared;
use crate::domain::customer::CustomerId;
use crate::domain::field::Field;
use crate::domain::find::needle;
use crate::domain::named::Typed;
use crate::domain::people::{Reach, Verb, reach};
use crate::i18n::named::{self, Named};
use crate::store::request::{Found, Query};

/// Lines above what is offered where nobody is found: the sentence that says so.
pub const SENTENCE: u16 = 2;

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

/// What can be chosen in the look-up box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A customer that is found.
    Hit(CustomerId),
    /// The customers with a tag or class.
    Named(Named),
    /// Somebody new of this name.
    New(String),
    /// What can be done with a number that nobody has: the first or the second of both.
    Number(String),
}

/// What is to be done as soon as the hits are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hurry {
    /// `Enter`: what stands under the cursor is chosen.
    Choose,
    /// A touch of the hit under the cursor is logged; of anything else there is none.
    Log,
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
    /// What was pressed before the hits were here: it is done with the first one when they are.
    pub hurry: Option<Hurry>,
    /// Keys pressed since then: a slow line delivers several at once. They are for whatever opens.
    pub held: Vec<Key>,
}

impl Finder {
    /// An empty box.
    pub fn new(purpose: Purpose) -> Self {
        Self { input: Input::default(), cursor: Cursor::default(), purpose, hurry: None, held: Vec::new() }
    }

    /// What it asks the store.
    pub fn query(&self) -> Query {
        Query::Find { text: self.input.value().to_owned(), limit: MOST }
    }

    /// The question which tags are named by what is typed; none where the box is not open to open anything.
    pub fn named_query(&self) -> Option<Query> {
        let typed = self.input.value().trim();
        let asks = self.purpose == Purpose::Open && Typed::of(typed).is_some();
        asks.then(|| Query::Named(typed.to_owned(), named::industries(typed)))
    }

    /// Whether the hits that are here are those of what is typed now; where there are none, what is offered besides, too. Where
    /// nobody can tell which tags are named, none is offered.
    pub fn is_current(&self, s: &Shared) -> bool {
        let settled = |query| s.feeds.current(Slot::Named, &query) || s.feeds.failed(Slot::Named, &query);
        let named = || self.named_query().is_none_or(settled);
        s.feeds.current(Slot::Find, &self.query()) && (self.cursor.at < self.hits(s).len() || named())
    }

    /// Whether what is typed has nothing in it that could be looked for: signs alone.
    pub fn is_idle(&self) -> bool {
        let typed = self.input.value().trim();
        !typed.is_empty() && needle(typed).is_none()
    }

    /// The customers that are found.
    pub fn hits<'s>(&self, s: &'s Shared) -> &'s [Found] {
        if self.is_idle() { &[] } else { s.feeds.find().map_or(&[], Vec::as_slice) }
    }

    /// Whether it is known that nobody is found.
    fn is_nobody(&self, s: &Shared) -> bool {
        s.feeds.current(Slot::Find, &self.query()) && s.feeds.find().is_some() && self.hits(s).is_empty()
    }

    /// The tags and classes that what is typed names, to be filtered by.
    pub fn named(&self, s: &Shared) -> Vec<Named> {
        let tags = self.named_query().filter(|query| s.feeds.current(Slot::Named, query));
        match tags.and(s.feeds.named()) {
            Some(tags) => named::named(self.input.value(), tags, s.lang),
            None => Vec::new(),
        }
    }

    /// What stands under the cursor.
    pub fn row(&self, s: &Shared) -> Option<Row> {
        if let Some(phone) = self.unknown_number(s) {
            return Some(Row::Number(phone));
        }
        let hits = self.hits(s);
        if let Some(hit) = hits.get(self.cursor.at) {
            return Some(Row::Hit(CustomerId(hit.row.id)));
        }
        let named = self.named(s);
        let below = self.cursor.at - hits.len();
        match named.get(below) {
            Some(named) => Some(Row::Named(named.clone())),
            None => self.unknown_name(s).filter(|_| below == named.len()).map(Row::New),
        }
    }

    /// How many rows there are to choose from.
    pub fn rows(&self, s: &Shared) -> usize {
        if self.unknown_number(s).is_some() {
            return 2;
        }
        self.hits(s).len() + self.named(s).len() + usize::from(self.unknown_name(s).is_some())
    }

    /// What is typed, as digits of a phone, when nothing else is typed and enough of them.
    pub fn unknown_number(&self, s: &Shared) -> Option<String> {
        if reach(s.actor.role, Verb::Create) == Reach::No {
            return None;
        }
        let typed = self.input.value().trim();
        let phone = crate::domain::find::normal_phone(typed)?;
        let only = typed.chars().all(|c| c.is_ascii_digit() || " -+()（）".contains(c));
        let none = self.is_nobody(s);
        (only && phone.digits.len() >= 7 && none).then(|| typed.to_owned())
    }

    /// What is typed, when nobody fits it and it could be the name of somebody new.
    pub fn unknown_name(&self, s: &Shared) -> Option<String> {
        let typed = self.input.value().trim();
        let none = self.is_nobody(s);
        let makes = reach(s.actor.role, Verb::Create) != Reach::No;
        let offers = makes && self.purpose == Purpose::Open && self.unknown_number(s).is_none();
        (offers && none && typed.chars().any(char::is_alphabetic)).then(|| typed.to_owned())
    }
}

/// The customer under the look-up box's cursor.
pub fn found(finder: &Finder, s: &Shared) -> Option<CustomerId> {
    finder.hits(s).get(finder.cursor.at).map(|f| CustomerId(f.row.id))
}
