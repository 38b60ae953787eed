//! The view *Complaints* of pane 3: what runs out first on top, and one key for each step of a complaint.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::{FormKind, Handling};
use super::super::super::room;
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::{PaneId, Step};
use crate::domain::change::Change;
use crate::domain::complaint::{self, Line};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::i18n::complaints as t;
use crate::store::request::{ComplaintRow, Query, Which};

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Complaints {
    /// The cursor.
    pub cursor: Cursor,
    /// Which of them are shown.
    pub which: Which,
}

/// What a step needs: a form, or nothing.
fn form(id: i64, step: Handling) -> Step {
    Step::Form(FormKind::Complaint { id, step })
}

fn write(id: i64, step: complaint::Step) -> Step {
    Step::Write(Box::new(Change::Complaint { id, step }))
}

/// The next step of a complaint that waits for this line.
pub fn next(id: i64, line: Line) -> Step {
    match line {
        Line::Answer => form(id, Handling::Answer),
        Line::Solution => form(id, Handling::Solve),
        Line::Recheck => form(id, Handling::Resolve),
        Line::Closing => write(id, complaint::Step::Resolve { found: None }),
    }
}

/// What a key does with a complaint that waits for a line.
pub fn handle(command: Command, id: i64, line: Line) -> Step {
    match command {
        Command::Done => next(id, line),
        Command::Answer => form(id, Handling::Answer),
        Command::Solve => form(id, Handling::Solve),
        Command::End => form(id, Handling::End),
        Command::Take => write(id, complaint::Step::Take),
        Command::Edit => Step::Edit(Row { noun: Noun::Complaint, id }, None),
        _ => Step::Pass,
    }
}

impl Complaints {
    /// The complaints, as far as they are here.
    pub fn rows(s: &Shared) -> &[ComplaintRow] {
        s.feeds.complaints().map(|c| c.rows.as_slice()).unwrap_or_default()
    }

    /// The complaint under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s ComplaintRow> {
        Self::rows(s).get(self.cursor.at)
    }

    /// Goes to a complaint.
    pub fn show(&mut self, id: i64) {
        self.which = Which::Open;
        self.cursor = Cursor { id: Some(id), ..Cursor::default() };
    }

    /// What the view wants to know.
    pub fn wants(&self) -> (Slot, Query) {
        (Slot::Complaints, Query::Complaints(self.which))
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
            Command::New => return new(s),
            _ => {}
        }
        let Some(row) = self.row(s).cloned() else { return Step::Pass };
        let hours = s.feeds.complaints().map(|c| c.hours).unwrap_or_default();
        match (command, row.course.next(hours)) {
            (Command::Open, _) => Step::Go(PaneId::Profile),
            (Command::Remove, _) => {
                let (row, rev) = (Row { noun: Noun::Complaint, id: row.id }, row.rev);
                Step::Write(Box::new(Change::Remove { row, rev }))
            }
            (Command::Edit, None) => Step::Edit(Row { noun: Noun::Complaint, id: row.id }, None),
            (Command::Done | Command::Answer | Command::Solve | Command::End | Command::Take, None) => {
                let text = t::CLOSED_ALREADY.of(s.lang).to_owned();
                s.say(Tone::Plain, text);
                Step::Done
            }
            (_, Some((line, _))) => handle(command, row.id, line),
            (_, None) => Step::Pass,
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

/// Takes a complaint up for the customer at hand.
fn new(s: &mut Shared) -> Step {
    if s.subject.is_some() {
        return Step::Form(FormKind::Add(Noun::Complaint));
    }
    let text = t::NO_CUSTOMER.with(s.lang, &[&s.key(Command::Find)]);
    s.say(Tone::Plain, text);
    Step::Done
}
