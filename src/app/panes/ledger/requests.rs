//! The view *Requests* of pane 3: what other departments ask of mine on top, then what I have asked.

use super::super::super::command::Command;
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::shared::Shared;
use super::super::pane::Step;
use super::cases::{Case, Cases, about_customer};
use crate::domain::change::Change;
use crate::domain::field::{Noun, Row};
use crate::domain::requests;
use crate::store::request::{Query, RequestRow, Which};

/// The view's state.
pub type Requests = Cases<RequestRow>;

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
    about_customer(FormKind::Ask { touch }, s)
}

impl Case for RequestRow {
    const NOUN: Noun = Noun::Request;
    const SLOT: Slot = Slot::Requests;

    fn query(which: Which) -> Query {
        Query::Requests(which)
    }

    fn all(s: &Shared) -> &[Self] {
        s.feeds.requests().map(Vec::as_slice).unwrap_or_default()
    }

    fn place(&self) -> (i64, i64) {
        (self.id, self.rev)
    }

    fn whose(&self) -> (i64, &str, &str) {
        (self.customer, &self.code, &self.name)
    }
}

impl Requests {
    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        if command == Command::New {
            return ask(None, s);
        }
        if let Some(step) = self.common(command, s) {
            return step;
        }
        match self.row(s) {
            Some(row) => handle(command, row.id, matches!(row.state.as_str(), "answered" | "refused")),
            None => Step::Pass,
        }
    }
}
