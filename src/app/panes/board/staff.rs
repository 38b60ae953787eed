//! The view *People* of the board: load per head, promises kept, and inside one person the sheet of the month (A145, F48).

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::form::Review;
use super::super::super::popup::Act;
use super::super::super::room;
use super::super::super::shared::{Shared, Tone};
use super::super::{PaneId, Step};
use super::kpis::review;
use crate::domain::kpi::{Length, Period};
use crate::domain::people::PersonId;
use crate::i18n::staff as t;
use crate::store::request::StaffRow;

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The cursor among people.
    pub cursor: Cursor,
    /// Whose sheet is open.
    pub open: Option<PersonId>,
    /// The cursor in it.
    pub inside: Cursor,
}

impl People {
    /// The people, as far as they are here.
    pub fn rows(s: &Shared) -> &[StaffRow] {
        s.feeds.staff().map(|staff| staff.rows.as_slice()).unwrap_or_default()
    }

    /// The weights of the sheet.
    pub fn weights(s: &Shared) -> [i64; 4] {
        s.feeds.staff().map(|staff| staff.weights).unwrap_or_default()
    }

    /// Whose sheet is open, or who is under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s StaffRow> {
        match self.open {
            Some(id) => Self::rows(s).iter().find(|row| row.person == id),
            None => Self::rows(s).get(self.cursor.at),
        }
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, period: Period, s: &mut Shared) -> Step {
        match command {
            Command::Back if self.open.is_some() => self.open = None,
            Command::Open if self.open.is_some() => return self.behind(period, s),
            Command::Open => {
                self.open = self.row(s).map(|row| row.person);
                self.inside = Cursor::default();
            }
            Command::Edit => return self.judge(period, s),
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// The form in which a month is judged by hand.
    fn judge(&self, period: Period, s: &mut Shared) -> Step {
        if period.length != Length::Month {
            let text = t::MONTH_ONLY.with(s.lang, &[&s.key(Command::Length)]);
            s.say(Tone::Plain, text);
            return Step::Done;
        }
        let Some(row) = self.row(s) else { return Step::Done };
        review(Review::Assess {
            person: row.person,
            name: row.name.clone(),
            month: period.label(),
            now: row.judged,
        })
    }

    /// Opens what stands behind a line of the sheet.
    fn behind(&self, period: Period, s: &mut Shared) -> Step {
        let Some(row) = self.row(s) else { return Step::Done };
        let days = format!("{}..{}", period.from, period.last());
        let touches = |also: &str| {
            let text = format!("on:{days} by:{} {also}", row.name);
            Step::Act(Box::new(Act::Touches(text.trim_end().to_owned())))
        };
        match self.inside.at {
            0 => touches("is:late"),
            1 if row.person == s.actor.id => Step::Go(PaneId::Ledger),
            1 => {
                let view = Act::View(format!("owner:{} is:overdue", row.name), "next_due".to_owned(), false);
                Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
            }
            2 => touches("is:answered"),
            _ => self.judge(period, s),
        }
    }

    fn ids(&self, s: &Shared) -> Vec<i64> {
        if self.open.is_some() {
            return (0..4).collect();
        }
        Self::rows(s).iter().map(|row| row.person.0).collect()
    }

    fn at(&mut self) -> &mut Cursor {
        if self.open.is_some() { &mut self.inside } else { &mut self.cursor }
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, s: &Shared) {
        let ids = self.ids(s);
        self.at().go(to, &ids, room::shelf(s.size));
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, s: &Shared) {
        let ids = self.ids(s);
        if !ids.is_empty() {
            self.at().follow(&ids, room::shelf(s.size));
        }
    }

    /// Where a click on a line of the list goes; none beside the list.
    pub fn clicked(&mut self, line: usize, s: &Shared) -> Option<(usize, usize)> {
        let count = self.ids(s).len();
        let cursor = *self.at();
        let to = cursor.top + line;
        (line < room::shelf(s.size) && to < count).then_some((cursor.at, to))
    }
}
