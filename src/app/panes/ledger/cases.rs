//! What the views *Requests* and *Complaints* have in common: a list of cases, open ones, mine or all, with a cursor that
//! follows its case. What a key does with one stands in the view's own file.

use std::marker::PhantomData;

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::pane_id::PaneId;
use super::super::super::popup::{Finder, Popup, Purpose};
use super::super::super::room;
use super::super::super::shared::{Shared, Subject};
use super::super::pane::Step;
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::store::request::{Query, Which};

/// A row of such a list.
pub trait Case: Sized {
    /// What it is.
    const NOUN: Noun;
    /// Where the answer with its list lies.
    const SLOT: Slot;

    /// The question for its list.
    fn query(which: Which) -> Query;
    /// The rows, as far as they are here.
    fn all(s: &Shared) -> &[Self];
    /// Its id and revision.
    fn place(&self) -> (i64, i64);
    /// Id, number and name of its customer.
    fn whose(&self) -> (i64, &str, &str);
}

/// The state of such a view.
#[derive(Clone, Debug)]
pub struct Cases<C> {
    /// The cursor.
    pub cursor: Cursor,
    /// Which of them are shown.
    pub which: Which,
    of: PhantomData<C>,
}

impl<C> Default for Cases<C> {
    fn default() -> Self {
        Self { cursor: Cursor::default(), which: Which::default(), of: PhantomData }
    }
}

impl<C: Case> Cases<C> {
    /// The cases, as far as they are here.
    pub fn rows(s: &Shared) -> &[C] {
        C::all(s)
    }

    /// The case under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s C> {
        Self::rows(s).get(self.cursor.at)
    }

    /// Goes to a case.
    pub fn show(&mut self, id: i64) {
        self.which = Which::Open;
        self.cursor = Cursor { id: Some(id), ..Cursor::default() };
    }

    /// What the view wants to know.
    pub fn wants(&self) -> (Slot, Query) {
        (C::SLOT, C::query(self.which))
    }

    /// The customer under the cursor.
    pub fn subject(&self, s: &Shared) -> Option<Subject> {
        let (id, code, name) = self.row(s)?.whose();
        Some(Subject { id: CustomerId(id), code: code.to_owned(), name: name.to_owned() })
    }

    /// What a command does whatever the case is; nothing where that depends on it.
    pub(super) fn common(&mut self, command: Command, s: &Shared) -> Option<Step> {
        let place = self.row(s).map(Case::place);
        match (command, place) {
            (Command::Whole, _) => {
                self.which = self.which.next();
                self.cursor = Cursor::default();
                Some(Step::Done)
            }
            (Command::Open, Some(_)) => Some(Step::Go(PaneId::Profile)),
            (Command::Remove, Some((id, rev))) => {
                let row = Row { noun: C::NOUN, id };
                Some(Step::Write(Box::new(Change::Remove { row, rev })))
            }
            _ => None,
        }
    }

    fn ids(s: &Shared) -> Vec<i64> {
        Self::rows(s).iter().map(|row| row.place().0).collect()
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, s: &Shared) {
        self.cursor.follow(&Self::ids(s), room::shelf(s.size));
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, s: &Shared) {
        self.cursor.go(to, &Self::ids(s), room::shelf(s.size));
    }
}

/// A form about the customer at hand; without one it is said how to find one.
pub(super) fn about_customer(form: FormKind, s: &Shared) -> Step {
    if s.subject.is_some() {
        return Step::Form(form);
    }
    // nobody is at hand: whom it is about is chosen first
    Step::Open(Box::new(Popup::Finder(Finder::new(Purpose::Begin(form)))))
}
