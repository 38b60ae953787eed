//! Pane 4. `Tab` goes from view to view: the strategy matrix, the scripts with all that belongs to them. In the matrix `→`
//! goes to the next scheme that has rows, `Enter` opens the customers of the class under the cursor.

pub mod campaigns;
mod listed;
pub mod plans;
pub mod scripts;
mod texts;
pub mod view;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::pane_id::PaneId;
use super::super::popup::Sheet;
use super::super::popup::rules::applies_rules;
use super::super::popup::{Act, Popup};
use super::super::room;
use super::super::shared::Shared;
use super::pane::{Pane, Step};
use crate::domain::field::{Noun, Row, SCHEMES};
use crate::store::request::{Query, StrategyRow};

use listed::Listed;
pub use view::View;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The view that is shown.
    pub view: View,
    /// The scripts and what belongs to them.
    pub scripts: scripts::Scripts,
    /// The campaigns.
    pub campaigns: campaigns::Campaigns,
    /// The plans.
    pub plans: plans::Plans,
    /// The number of the scheme among all.
    scheme: usize,
    /// The cursor among its rows.
    pub cursor: Cursor,
    /// On the way to the next scheme that has rows: forwards or backwards, and how many are left to try.
    way: Option<(bool, usize)>,
}

impl Matrix {
    /// The scheme that is shown.
    pub fn scheme(&self) -> &'static str {
        SCHEMES.get(self.scheme).copied().unwrap_or("segment")
    }

    /// The rows of the scheme, as far as they are here.
    pub fn rows<'s>(&self, s: &'s Shared) -> &'s [StrategyRow] {
        let here = s.feeds.asked(Slot::Strategy) == Some(&Query::Strategy(self.scheme().to_owned()));
        s.feeds.strategy().filter(|_| here).map(Vec::as_slice).unwrap_or_default()
    }

    /// Shows one of the lists of the view *Scripts*.
    pub fn show_shelf(&mut self, noun: Noun) {
        self.view = View::Scripts;
        self.scripts.show(noun);
    }

    /// Goes to a campaign, or to a plan or the plan of a task.
    pub fn show(&mut self, row: Row, s: &Shared) {
        if row.noun == Noun::Campaign {
            self.view = View::Campaigns;
            self.campaigns.show(row.id);
        } else {
            self.view = View::Plans;
            self.plans.show(row, s);
        }
    }

    fn step(&mut self, forward: bool) {
        let count = SCHEMES.len();
        self.scheme = (self.scheme + if forward { 1 } else { count - 1 }) % count;
        self.cursor = Cursor::default();
    }

    fn ids(&self, s: &Shared) -> Vec<i64> {
        (0..i64::try_from(self.rows(s).len()).unwrap_or(0)).collect()
    }
}

impl Pane for Matrix {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        match self.view {
            View::Matrix => {}
            View::Scripts => return self.scripts.wants(s),
            View::Campaigns => return self.campaigns.wants(s),
            View::Plans => return plans::Plans::wants(s),
        }
        let mut wants = vec![
            (Slot::Strategy, Query::Strategy(self.scheme().to_owned())),
            (Slot::Overlays, Query::Overlays),
        ];
        // whoever puts rules in force hears of those that are proposed
        wants.extend(applies_rules(s).then_some((Slot::Schemes, Query::Schemes)));
        wants
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::NextView | Command::PreviousView => {
                self.view = self.view.next(command == Command::NextView);
                Step::Done
            }
            _ if self.view == View::Scripts => self.scripts.command(command, s),
            _ if self.view == View::Campaigns => self.campaigns.command(command, s),
            _ if self.view == View::Plans => self.plans.command(command, s),
            Command::Right | Command::Left => {
                let forward = command == Command::Right;
                self.step(forward);
                self.way = Some((forward, SCHEMES.len()));
                Step::Done
            }
            Command::Edit => {
                let Some(row) = self.rows(s).get(self.cursor.at) else { return Step::Done };
                let (class, rev) = (row.class.clone(), (row.id > 0).then_some(row.rev));
                Step::Form(FormKind::Strategy { scheme: self.scheme().to_owned(), class, rev })
            }
            Command::Versions => {
                let sheet = Sheet::Versions { scheme: self.scheme().to_owned(), cursor: Cursor::default() };
                Step::Open(Box::new(Popup::Sheet(sheet)))
            }
            Command::Festivals => {
                let sheet = Sheet::Festivals { cursor: Cursor::default() };
                Step::Open(Box::new(Popup::Sheet(sheet)))
            }
            Command::NextRecord => {
                self.go(Move::By(1), s);
                Step::Done
            }
            Command::PreviousRecord => {
                self.go(Move::By(-1), s);
                Step::Done
            }
            Command::Open => {
                let Some(row) = self.rows(s).get(self.cursor.at) else { return Step::Done };
                let scheme = self.scheme();
                let filter = format!("{scheme}:{}", row.class);
                let view = Act::View(filter, "next_due".to_owned(), false);
                Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
            }
            _ => Step::Pass,
        }
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        self.scripts.answered(slot, s);
        self.campaigns.answered(slot, s);
        self.plans.answered(slot, s);
        if slot != Slot::Strategy {
            return;
        }
        // a scheme without a strategy is passed over
        match self.way.take() {
            Some((forward, left)) if self.rows(s).is_empty() && left > 0 => {
                self.step(forward);
                self.way = Some((forward, left - 1));
            }
            _ => self.cursor.follow(&self.ids(s), room::list(s.size)),
        }
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        match self.view {
            View::Matrix => {}
            View::Scripts => return self.scripts.go(to, s),
            View::Campaigns => return self.campaigns.go(to, s),
            View::Plans => return self.plans.go(to, s),
        }
        let ids = self.ids(s);
        self.cursor.go(to, &ids, room::list(s.size));
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        // the names of the views, or of the lists, stand above the list
        let Some(line) = line.checked_sub(1) else { return false };
        match self.view {
            View::Matrix => {}
            View::Scripts => return self.scripts.click(line, s),
            View::Campaigns => return self.campaigns.click(line, s),
            View::Plans => return self.plans.click(line, s),
        }
        if line >= self.rows(s).len() {
            return false;
        }
        let again = line == self.cursor.at;
        self.go(Move::By(line.cast_signed() - self.cursor.at.cast_signed()), s);
        again
    }

    fn resized(&mut self, s: &Shared) {
        self.scripts.follow(s);
        self.campaigns.follow(s);
        self.plans.follow(s);
    }
}
