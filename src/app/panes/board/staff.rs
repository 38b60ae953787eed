//! The view *People* of the board: load per head, promises kept, and inside one person the sheet of the month (A145, F48).

use super::super::super::command::Command;
use super::super::super::cursor::Move;
use super::super::super::form::Review;
use super::super::super::nested::Nested;
use super::super::super::pane_id::PaneId;
use super::super::super::popup::Act;
use super::super::super::shared::Shared;
use super::super::pane::Step;
use super::kpis::review;
use crate::domain::filter::quoted;
use crate::domain::kpi::{Length, Period};
use crate::domain::people::PersonId;
use crate::domain::staff::{JUDGED, METRICS};
use crate::i18n::staff as t;
use crate::store::request::StaffRow;

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Whose sheet is open, and the cursors among people and in it.
    pub at: Nested,
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
        self.at.chosen(Self::rows(s), |row| row.person.0)
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, period: Period, s: &mut Shared) -> Step {
        match command {
            Command::Back if self.at.open.is_some() => self.at.open = None,
            Command::Open if self.at.open.is_some() => {
                return self.of_class(s).unwrap_or_else(|| self.judge(period, s));
            }
            Command::Open => {
                let person = self.row(s).map(|row| row.person.0);
                self.at.enter(person);
            }
            Command::Edit => return self.judge(period, s),
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// The form in which a month is judged by hand.
    fn judge(&self, period: Period, s: &mut Shared) -> Step {
        if period.length != Length::Month {
            return Step::with_key(s, t::MONTH_ONLY, Command::Length);
        }
        let Some(row) = self.row(s) else { return Step::Done };
        review(Review::Assess {
            person: row.person,
            name: row.name.clone(),
            month: period.label(),
            now: row.judged,
        })
    }

    /// The customers of a class under the cursor of the sheet, as a list.
    fn of_class(&self, s: &Shared) -> Option<Step> {
        let row = self.row(s)?;
        let (class, ..) = row.classes.get(self.at.inside.at.checked_sub(METRICS.len())?)?;
        let scheme = s.feeds.staff()?.scheme;
        let class = if class.is_empty() { "none" } else { class };
        let filter = format!("owner:{} {scheme}:{class}", quoted(&row.name));
        let view = Act::View(filter, "code".to_owned(), false);
        Some(Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)]))
    }

    /// The line of the sheet under the cursor whose cases can be listed, and whose it is.
    pub fn cases(&self, s: &Shared) -> Option<(PersonId, &'static str)> {
        self.at.open?;
        let metric = METRICS.get(self.at.inside.at).filter(|metric| **metric != JUDGED)?;
        Some((self.row(s)?.person, metric))
    }

    fn ids(&self, s: &Shared) -> Vec<i64> {
        if self.at.open.is_some() {
            let lines = METRICS.len() + self.row(s).map_or(0, |row| row.classes.len());
            return (0..i64::try_from(lines).unwrap_or(0)).collect();
        }
        Self::rows(s).iter().map(|row| row.person.0).collect()
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, s: &Shared) {
        self.at.go(to, &self.ids(s), s.size);
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, s: &Shared) {
        self.at.follow(&self.ids(s), s.size);
    }

    /// Where a click on a line of the list goes; none beside the list.
    pub fn clicked(&self, line: usize, s: &Shared) -> Option<(usize, usize)> {
        self.at.clicked(line, self.ids(s).len(), s.size)
    }
}
