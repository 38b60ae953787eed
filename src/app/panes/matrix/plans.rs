//! The view *Plans* of pane 4: the list of plans with how far each has come, and inside one its tasks, resources, targets
//! and earlier versions, one line each.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::nested::Nested;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::shared::Shared;
use super::super::pane::Step;
use super::listed::Listed;
use crate::domain::change::{Change, TaskRef};
use crate::domain::field::{Noun, Row};
use crate::domain::plan::Progress;
use crate::i18n::{campaigns as t, fields, profile};
use crate::store::request::{PlanPart, PlanRow, PlanTaskRow, Query};

/// One line inside a plan.
#[derive(Clone, Copy, Debug)]
pub enum Line<'p> {
    /// A task.
    Task(&'p PlanTaskRow),
    /// A resource.
    Resource(&'p PlanPart),
    /// A target.
    Target(&'p PlanPart),
    /// An earlier version.
    Earlier(&'p PlanRow),
}

impl Line<'_> {
    /// The row behind it and its revision.
    pub const fn row(&self) -> (Row, i64) {
        match self {
            Self::Task(t) => (Row { noun: Noun::PlanTask, id: t.id }, t.rev),
            Self::Resource(p) => (Row { noun: Noun::PlanResource, id: p.id }, p.rev),
            Self::Target(p) => (Row { noun: Noun::PlanTarget, id: p.id }, p.rev),
            Self::Earlier(p) => (Row { noun: Noun::Plan, id: p.id }, p.rev),
        }
    }
}

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    /// Which plan is open, and the cursors among plans and inside one.
    pub at: Nested,
    /// What is to be shown as soon as the plans are here.
    wanted: Option<Row>,
}

/// How far a plan has come.
pub fn progress(plan: &PlanRow, s: &Shared) -> Progress {
    Progress::of(plan.tasks.iter().map(|t| (t.done, t.due)), s.now.today())
}

impl Plans {
    /// The plans, as far as they are here.
    pub fn rows(s: &Shared) -> &[PlanRow] {
        s.feeds.plans().map(Vec::as_slice).unwrap_or_default()
    }

    /// The plan that is open, or that the cursor stands on.
    pub fn plan<'s>(&self, s: &'s Shared) -> Option<&'s PlanRow> {
        self.at.chosen(Self::rows(s), |p| p.id)
    }

    /// The lines of the plan that is open.
    pub fn lines<'s>(&self, s: &'s Shared) -> Vec<Line<'s>> {
        let Some(plan) = self.plan(s).filter(|_| self.at.open.is_some()) else { return Vec::new() };
        let tasks = plan.tasks.iter().map(Line::Task);
        let resources = plan.resources.iter().map(Line::Resource);
        let targets = plan.targets.iter().map(Line::Target);
        tasks.chain(resources).chain(targets).chain(plan.earlier.iter().map(Line::Earlier)).collect()
    }

    /// Goes to a plan, or to the plan of a task.
    pub fn show(&mut self, row: Row, s: &Shared) {
        self.at.open = None;
        self.wanted = Some(row);
        self.find(s);
    }

    fn find(&mut self, s: &Shared) {
        let Some(row) = self.wanted else { return };
        let of = |p: &&PlanRow| match row.noun {
            Noun::PlanTask => p.tasks.iter().any(|t| t.id == row.id),
            _ => p.id == row.id,
        };
        if let Some(plan) = Self::rows(s).iter().find(of).map(|p| p.id) {
            self.wanted = None;
            self.at.open = Some(plan);
            self.at.list = Cursor { id: Some(plan), ..Cursor::default() };
            self.at.inside = Cursor { id: Some(id(row)), ..Cursor::default() };
        }
    }

    /// What the view wants to know.
    pub fn wants(_s: &Shared) -> Vec<(Slot, Query)> {
        vec![(Slot::Plans, Query::Plans)]
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        let on = self.lines(s).get(self.at.inside.at).map(Line::row);
        match (command, self.at.open) {
            (Command::NextRecord, _) => self.go(Move::By(1), s),
            (Command::PreviousRecord, _) => self.go(Move::By(-1), s),
            (Command::Back, Some(_)) => self.at.open = None,
            (Command::New, None) => return Step::Form(FormKind::Add(Noun::Plan)),
            (Command::New, Some(plan)) => return parts(plan, s),
            (Command::Open, None) => {
                let plan = self.plan(s).map(|p| p.id);
                self.at.enter(plan);
            }
            (Command::Send, _) => {
                let Some((plan, rev)) = self.plan(s).map(|p| (p.id, p.rev)) else { return Step::Done };
                return Step::Write(Box::new(Change::TurnPlan { plan, rev }));
            }
            (Command::Edit | Command::Remove, None) => {
                let Some((row, rev)) = self.plan(s).map(|p| (Row { noun: Noun::Plan, id: p.id }, p.rev))
                else {
                    return Step::Done;
                };
                return if command == Command::Edit {
                    Step::Edit(row, None)
                } else {
                    Step::Write(Box::new(Change::Remove { row, rev }))
                };
            }
            (Command::Edit | Command::Open, Some(_)) => return edit(on, s),
            (Command::Remove, Some(_)) => {
                let Some((row, rev)) = on.filter(|(row, _)| row.noun != Noun::Plan) else {
                    return Step::Done;
                };
                return Step::Write(Box::new(Change::Remove { row, rev }));
            }
            (Command::Done | Command::Reschedule, Some(_)) => {
                let Some((row, _)) = on.filter(|(row, _)| row.noun == Noun::PlanTask) else {
                    return Step::said(s, profile::NO_TASK_HERE);
                };
                let task = TaskRef::Row(row);
                return if command == Command::Done {
                    Step::Write(Box::new(Change::Done(vec![task])))
                } else {
                    Step::Form(FormKind::Reschedule(task))
                };
            }
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, slot: Slot, s: &Shared) {
        if slot == Slot::Plans {
            self.find(s);
            self.follow(s);
        }
    }
}

impl Listed for Plans {
    fn ids(&self, s: &Shared) -> Vec<i64> {
        match self.at.open {
            Some(_) => self.lines(s).iter().map(|line| id(line.row().0)).collect(),
            None => Self::rows(s).iter().map(|p| p.id).collect(),
        }
    }

    fn cursor(&mut self) -> &mut Cursor {
        self.at.shown()
    }
}

/// Names a line of a plan among all of them.
const fn id(row: Row) -> i64 {
    ((row.noun as i64) << 40) + row.id
}

/// What stands on the line is edited; an earlier version is only read.
fn edit(on: Option<(Row, i64)>, s: &mut Shared) -> Step {
    match on {
        Some((row, _)) if row.noun != Noun::Plan => Step::Edit(row, None),
        Some(_) => Step::said(s, profile::NOT_HERE),
        None => Step::Done,
    }
}

/// What can be added to a plan.
fn parts(plan: i64, s: &Shared) -> Step {
    let parent = Row { noun: Noun::Plan, id: plan };
    let items = [Noun::PlanTask, Noun::PlanResource, Noun::PlanTarget]
        .into_iter()
        .map(|noun| Item::new(fields::noun(noun).of(s.lang), "", Act::Form(FormKind::AddTo { parent, noun })))
        .collect();
    Step::Open(Box::new(Popup::Menu(Menu::new(t::ADD_PART, items))))
}
