//! The view *Complaints* of pane 3: what runs out first on top, and one key for each step of a complaint.

use super::super::super::command::Command;
use super::super::super::feed::Slot;
use super::super::super::form::{FormKind, Handling};
use super::super::super::shared::Shared;
use super::super::pane::Step;
use super::cases::{Case, Cases, about_customer};
use crate::domain::change::Change;
use crate::domain::complaint::{self, Line};
use crate::domain::field::{Noun, Row};
use crate::i18n::complaints as t;
use crate::store::request::{ComplaintRow, Query, Which};

/// The view's state.
pub type Complaints = Cases<ComplaintRow>;

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

impl Case for ComplaintRow {
    const NOUN: Noun = Noun::Complaint;
    const SLOT: Slot = Slot::Complaints;

    fn query(which: Which) -> Query {
        Query::Complaints(which)
    }

    fn all(s: &Shared) -> &[Self] {
        s.feeds.complaints().map(|c| c.rows.as_slice()).unwrap_or_default()
    }

    fn place(&self) -> (i64, i64) {
        (self.id, self.rev)
    }

    fn whose(&self) -> (i64, &str, &str) {
        (self.customer, &self.code, &self.name)
    }
}

impl Complaints {
    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        if command == Command::New {
            return about_customer(FormKind::Add(Noun::Complaint), s);
        }
        if let Some(step) = self.common(command, s) {
            return step;
        }
        let Some(row) = self.row(s) else { return Step::Pass };
        let hours = s.feeds.complaints().map(|c| c.hours).unwrap_or_default();
        match (command, row.course.next(hours)) {
            (_, Some((line, _))) => handle(command, row.id, line),
            (Command::Edit, None) => Step::Edit(Row { noun: Noun::Complaint, id: row.id }, None),
            (Command::Done | Command::Answer | Command::Solve | Command::End | Command::Take, None) => {
                Step::said(s, t::CLOSED_ALREADY)
            }
            (_, None) => Step::Pass,
        }
    }
}
