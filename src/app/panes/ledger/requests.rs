//! The view *Requests* of pane 3: what other departments ask of mine on top, then what I have asked.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::room;
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::{PaneId, Step};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::requests;
use crate::i18n::complaints as t;
use crate::store::request::{Query, RequestRow, Which};

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    /// The cursor.
    pub cursor: Cursor,
    /// Which of them are shown.
    pub which: Which,
}

/// What a key does with a request; `answered` where its answer waits to be read.
pub fn handle(command: Command, id: i64, answered: bool) -> Step {
    let write = |step| Step::Write(Box::new(Change::Request { id, step }));
    match command {
        Command::Done if answered => write(requests::Step::Close),
        Command::Done | Command::Answer => Step::Form(FormKind::AnswerRequest { id, refuse: false }),
        Command::End => Step::Form(FormKind::AnswerRequest { id, refuse: true }),
        Command::Take => write(requests::Step::Take),
        Command::Edit => Step::Edit(Row { noun: Noun::Request, id }, None),
        _ => Step::Pass,
    }
}

/// Asks another department about the customer at hand.
pub fn ask(touch: Option<i64>, s: &mut Shared) -> Step {
    if s.subject.is_some() {
        return Step::Form(FormKind::Ask { touch });
    }
    let text = t::NO_CUSTOMER.with(s.lang, &[&s.key(Command::Find)]);
    s.say(Tone::Plain, text);
    Step::Done
}

impl Requests {
    /// The requests, as far as they are here.
    pub fn rows(s: &Shared) -> &[RequestRow] {
        s.feeds.requests().map(Vec::as_slice).unwrap_or_default()
    }

    /// The request under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s RequestRow> {
        Self::rows(s).get(self.cursor.at)
    }

    /// Goes to a request.
    pub fn show(&mut self, id: i64) {
        self.which = Which::Open;
        self.cursor = Cursor { id: Some(id), ..Cursor::default() };
    }

    /// What the view wants to know.
    pub fn wants(&self) -> (Slot, Query) {
        (Slot::Requests, Query::Requests(self.which))
    }

    /// The customer under the cursor.
    pub fn subject(&self, s: &Shared) -> Option<Subject> {
        let row = self.row(s)?;
        Some(Subject { id: CustomerId(row.customer), code: row.code.clone(), name: row.name.clone() })
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::Whole => {
                self.which = self.which.next();
                self.cursor = Cursor::default();
                return Step::Done;
            }
            Command::New => return ask(None, s),
            _ => {}
        }
        let Some(row) = self.row(s) else { return Step::Pass };
        match command {
            Command::Open => Step::Go(PaneId::Profile),
            Command::Remove => {
                let (row, rev) = (Row { noun: Noun::Request, id: row.id }, row.rev);
                Step::Write(Box::new(Change::Remove { row, rev }))
            }
            _ => handle(command, row.id, matches!(row.state.as_str(), "answered" | "refused")),
        }
    }

    fn ids(s: &Shared) -> Vec<i64> {
        Self::rows(s).iter().map(|row| row.id).collect()
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
