//! Pane 2, the profile: everything of one customer as one list of lines, in one to three columns. What each line is and
//! what can be done with it is made by [`lines()`] from the store's answer; here are the cursor and the columns' scrolling.

pub mod acts;
mod advice;
mod history;
mod layout;
mod line;
pub mod lines;
mod records;
mod who;
mod wishes;

use super::super::command::Command;
use super::super::cursor::Move;
use super::super::feed::Slot;
use super::super::pane_id::PaneId;
use super::super::room;
use super::super::shared::Shared;
use super::pane::{Pane, Step};
use crate::domain::change::TaskRef;
use crate::domain::field::{Noun, Row};
use crate::store::request::{self, Query};

pub use layout::{Layout, MOST_COLUMNS, Section, layout};
pub use line::{Body, Ink, Line, Target};
pub use lines::lines;
pub use records::contacts;

/// The pane's state.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The line of the cursor.
    pub at: usize,
    /// The first line on the screen of each column.
    pub tops: [usize; MOST_COLUMNS],
    /// The pane from which the profile was opened; `Esc` leads back there.
    pub from: PaneId,
    /// The section that shows all its records.
    pub whole: Option<Noun>,
    /// Whose lines the cursor stands in.
    whom: Option<i64>,
    /// What stands under the cursor, to find it again in a new answer.
    on: Target,
    /// The record that was just written: the cursor goes to it as soon as it is here.
    sought: Option<Row>,
    /// Whether the person put the cursor where it stands; else it stands where a profile opens.
    chosen: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            at: 0,
            tops: [0; MOST_COLUMNS],
            from: PaneId::Customers,
            whole: None,
            whom: None,
            on: Target::None,
            sought: None,
            chosen: false,
        }
    }
}

impl Profile {
    /// The profile of the customer at hand, if it is here.
    pub fn shown<'s>(&self, s: &'s Shared) -> Option<&'s request::Profile> {
        let profile = s.feeds.profile()?.as_ref()?;
        s.subject.as_ref().filter(|c| c.id.0 == profile.row.id).map(|_| &**profile)
    }

    /// What stands under the cursor.
    pub const fn on(&self) -> &Target {
        &self.on
    }

    /// The open task on which the cursor stands: what is logged there fulfils it. One that is not due is fulfilled only where
    /// the person went to it: a profile opens on its first promise, and a greeting keeps none of next month.
    pub fn promise(&self, s: &Shared) -> Option<&TaskRef> {
        let profile = self.shown(s).filter(|profile| self.whom == Some(profile.row.id))?;
        let Target::Task(row, _, task, true) = &self.on else { return None };
        let today = s.now.today();
        let due = || profile.tasks.iter().any(|t| t.id == row.id && t.due <= today);
        (!matches!(task, TaskRef::Row(_)) && (self.chosen || due())).then_some(task)
    }

    /// Its lines.
    pub fn lines(&self, s: &Shared) -> Vec<Line> {
        self.shown(s).map(|p| lines(p, self.whole, s)).unwrap_or_default()
    }

    /// Goes to a record that was just written.
    pub const fn seek(&mut self, row: Row) {
        self.sought = Some(row);
    }

    /// The line on which the cursor stands in an answer: what was just written, else what it stood on.
    fn found(&mut self, lines: &[Line]) -> usize {
        let written = |line: &Line| match &line.target {
            Target::Record(row, _) | Target::Task(row, ..) => line.stands() && Some(*row) == self.sought,
            _ => false,
        };
        if let Some(at) = lines.iter().position(written) {
            self.sought = None;
            return at;
        }
        let same = |l: &Line| self.on != Target::None && l.stands() && l.target == self.on;
        lines.iter().position(same).unwrap_or_else(|| self.walk(lines, 0))
    }

    /// Puts the cursor on a line and brings it onto the screen.
    fn stand(&mut self, at: usize, lines: &[Line], s: &Shared) {
        let Some(line) = lines.get(at) else { return };
        self.at = at;
        self.on = line.target.clone();
        let column = line.column;
        let own: Vec<usize> =
            (0..lines.len()).filter(|i| lines.get(*i).is_some_and(|l| l.column == column)).collect();
        let place = own.iter().position(|i| *i == at).unwrap_or(0);
        // the heading above an entry shows with it
        let above = own.get(..place).unwrap_or_default().iter().rev();
        let plain = above.take_while(|i| lines.get(**i).is_some_and(|l| !l.stands())).count();
        let height = room::profile(s.size).max(1);
        let Some(top) = self.tops.get_mut(column) else { return };
        let half = height.div_ceil(2);
        if place < *top + plain.min(height - 1) {
            let first = place.saturating_sub(plain);
            *top = if first + half <= *top { first } else { first.saturating_sub(half.saturating_sub(1)) };
        } else if place >= *top + height {
            *top = if place >= *top + 2 * height { place + 1 - height } else { place + half - height };
        }
        *top = (*top).min(own.len().saturating_sub(height));
    }

    /// The next place to stand after `at` in a direction, at most `steps` of them.
    fn walk(&self, lines: &[Line], steps: isize) -> usize {
        let places: Vec<usize> =
            lines.iter().enumerate().filter(|(_, l)| l.stands()).map(|(i, _)| i).collect();
        let here = places.iter().position(|i| *i >= self.at).unwrap_or(0);
        let wanted = here.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        places.get(wanted).copied().unwrap_or(0)
    }

    /// To the next or previous section's first line.
    fn section(&mut self, forward: bool, s: &Shared) {
        let lines = self.lines(s);
        let here = lines.get(self.at).map(|l| l.section);
        let starts: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(i, l)| {
                l.stands()
                    && !lines
                        .get(..*i)
                        .unwrap_or_default()
                        .iter()
                        .any(|b| b.stands() && b.section == l.section)
            })
            .map(|(i, _)| i)
            .collect();
        let now = starts.iter().position(|i| lines.get(*i).map(|l| l.section) == here).unwrap_or(0);
        let count = starts.len().max(1);
        let next = if forward { (now + 1) % count } else { (now + count - 1) % count };
        if let Some(at) = starts.get(next) {
            self.chosen = true;
            self.stand(*at, &lines, s);
        }
    }

    /// To the column on the left or right, on about the same line of the screen.
    fn across(&mut self, right: bool, s: &Shared) {
        let lines = self.lines(s);
        let Some(column) = lines.get(self.at).map(|l| l.column) else { return };
        let Some(to) = (if right { column.checked_add(1) } else { column.checked_sub(1) }) else { return };
        let place = |at: usize, column: usize| {
            lines.get(..at).unwrap_or_default().iter().filter(|l| l.column == column).count()
        };
        let top = |column: usize| self.tops.get(column).copied().unwrap_or(0);
        let row = place(self.at, column).saturating_sub(top(column)) + top(to);
        let nearest = lines
            .iter()
            .enumerate()
            .filter(|(_, l)| l.column == to && l.stands())
            .min_by_key(|(i, _)| place(*i, to).abs_diff(row))
            .map(|(i, _)| i);
        if let Some(at) = nearest {
            self.chosen = true;
            self.stand(at, &lines, s);
        }
    }
}

impl Pane for Profile {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        s.subject.iter().map(|c| (Slot::Profile, Query::Profile(c.id))).collect()
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::Back => return Step::Go(self.from),
            Command::NextView => self.section(true, s),
            Command::PreviousView => self.section(false, s),
            Command::Right => self.across(true, s),
            Command::Left => self.across(false, s),
            _ => {
                let lines = self.lines(s);
                if let (Command::Open, Some(Target::More(noun))) =
                    (command, lines.get(self.at).map(|l| l.target.clone()))
                {
                    self.whole = Some(noun);
                    self.resized(s);
                    return Step::Done;
                }
                let Some(profile) = self.shown(s).cloned() else { return Step::Pass };
                return acts::command(command, &profile, lines.get(self.at), s);
            }
        }
        Step::Done
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        if slot != Slot::Profile {
            return;
        }
        let Some(profile) = self.shown(s) else { return };
        let whom = Some(profile.row.id);
        let lines = self.lines(s);
        if self.whom == whom {
            let at = self.found(&lines);
            self.stand(at, &lines, s);
        } else {
            *self = Self { whom, from: self.from, ..Self::default() };
            let first = self.walk(&lines, 0);
            self.stand(first, &lines, s);
        }
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        (self.sought, self.chosen) = (None, true);
        let lines = self.lines(s);
        let height = isize::try_from(room::profile(s.size)).unwrap_or(1);
        let at = match to {
            Move::By(n) => self.walk(&lines, n),
            // a page is a screen of lines, of which some cannot be stood on
            Move::Page(n) => {
                let wanted = self.at.saturating_add_signed(n.saturating_mul(height));
                let near = |(i, l): &(usize, &Line)| l.stands().then(|| i.abs_diff(wanted));
                lines.iter().enumerate().filter(|e| near(e).is_some()).min_by_key(near).map_or(0, |(i, _)| i)
            }
            Move::First => self.walk(&lines, isize::MIN),
            Move::Last => self.walk(&lines, isize::MAX),
        };
        self.stand(at, &lines, s);
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        // its head is a line longer than that of a list; where it is clicked in columns, the cursor's column counts
        let Some(line) = line.checked_sub(1).filter(|l| *l < room::profile(s.size)) else { return false };
        let lines = self.lines(s);
        let Some(column) = lines.get(self.at).map(|l| l.column) else { return false };
        let top = self.tops.get(column).copied().unwrap_or(0);
        let found = lines.iter().enumerate().filter(|(_, l)| l.column == column).nth(top + line);
        let Some((at, _)) = found.filter(|(_, l)| l.stands()) else { return false };
        let again = at == self.at;
        self.chosen = true;
        self.stand(at, &lines, s);
        again
    }

    fn resized(&mut self, s: &Shared) {
        let lines = self.lines(s);
        let at = self.found(&lines);
        self.stand(at, &lines, s);
    }
}
