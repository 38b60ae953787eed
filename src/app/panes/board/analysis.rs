//! The view *Analysis* of the board, in pages that `←` `→` go through: trends of response and conversion by class (F42),
//! channels and scripts compared (J23, J24), moves between classes (F33), cohorts, the way from inquiry to first order.
//! `Enter` opens the customers or touches behind the number under the cursor.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::room;
use super::super::super::shared::Shared;
use super::super::pane::Step;
use crate::domain::kpi::{Period, SEGMENTS};
use crate::domain::scheme::RULED;
use crate::i18n::{Text, analysis as t, own, tables, words};
use crate::store::request::{
    Analysis as Answered, AnalysisQuery, CohortRow, Listed, MoveCount, Query, STEPS, StepRow, WayRow,
};

/// The figures whose trends are drawn.
pub const TRENDS: [&str; 2] = ["response", "conversion"];

/// The pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Response and conversion by class.
    #[default]
    Trends,
    /// Channels.
    Channels,
    /// Scripts.
    Scripts,
    /// Moves between classes.
    Moves,
    /// Cohorts.
    Cohorts,
    /// From inquiry to first order.
    Funnel,
}

impl Page {
    /// All of them, in their order.
    pub const ALL: [Self; 6] =
        [Self::Trends, Self::Channels, Self::Scripts, Self::Moves, Self::Cohorts, Self::Funnel];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Trends => t::TRENDS,
            Self::Channels => t::CHANNELS,
            Self::Scripts => t::SCRIPTS,
            Self::Moves => t::MOVES,
            Self::Cohorts => t::COHORTS,
            Self::Funnel => t::FUNNEL,
        }
    }
}

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Which page.
    pub page: Page,
    /// The row under the cursor.
    pub cursor: Cursor,
    /// The column under it, on pages with cells.
    pub column: usize,
    /// The number of the scheme whose moves are shown.
    scheme: usize,
}

/// The segments as rows of a page: all customers first where `all` is asked for, and none at the end where not.
fn segments(all: bool) -> Vec<&'static str> {
    let ends = [""];
    let own = SEGMENTS.iter().copied();
    if all { ends.into_iter().chain(own).collect() } else { own.chain(ends).collect() }
}

/// The rows of the trends: figure and segment.
pub fn trend_rows() -> Vec<(&'static str, &'static str)> {
    TRENDS.into_iter().flat_map(|kpi| segments(true).into_iter().map(move |s| (kpi, s))).collect()
}

/// The classes of a scheme as rows and columns of its moves, the ones of whoever has none last.
pub fn move_classes(scheme: &str) -> Vec<&'static str> {
    if scheme == "segment" {
        return segments(false);
    }
    let shipped = tables::all().filter(|(group, ..)| *group == scheme).map(|(_, id, _)| *id);
    let mut classes: Vec<&'static str> = shipped.collect();
    let own = own::ids(scheme);
    classes.extend(own.into_iter().filter(|id| !classes.contains(id)).collect::<Vec<_>>());
    classes.push("");
    classes
}

impl Analysis {
    /// The scheme whose moves are shown.
    pub fn scheme(&self) -> &'static str {
        RULED.get(self.scheme).copied().unwrap_or("segment")
    }

    /// Shows the moves of another scheme.
    pub fn show_scheme(&mut self, scheme: &str) {
        self.scheme = RULED.iter().position(|id| *id == scheme).unwrap_or(0);
        (self.cursor, self.column) = (Cursor::default(), 0);
    }

    /// The schemes to choose from.
    fn schemes(&self, s: &Shared) -> Menu {
        let item = |scheme: &&'static str| Item {
            on: *scheme == self.scheme(),
            ..Item::new(words::word("scheme", scheme, s.lang), "", Act::MovesOf(scheme))
        };
        Menu::new(t::MOVES, RULED.iter().map(item).collect())
    }

    /// What the page asks the store.
    pub fn query(&self, period: Period) -> Option<AnalysisQuery> {
        match self.page {
            Page::Channels => Some(AnalysisQuery::Channels(period)),
            Page::Scripts => Some(AnalysisQuery::Scripts(period)),
            Page::Moves => Some(AnalysisQuery::Moves(period, self.scheme())),
            Page::Funnel => Some(AnalysisQuery::Funnel(period)),
            Page::Trends | Page::Cohorts => None,
        }
    }

    /// The answer to it, once it is here.
    pub fn answer<'s>(&self, period: Period, s: &'s Shared) -> Option<&'s Answered> {
        let query = Query::Analysis(self.query(period)?);
        let here = s.feeds.current(Slot::Analysis, &query);
        s.feeds.analysis().filter(|_| here).map(|a| &**a)
    }

    /// Channels or scripts.
    pub fn ways<'s>(&self, period: Period, s: &'s Shared) -> &'s [WayRow] {
        match self.answer(period, s) {
            Some(Answered::Ways(rows)) => rows,
            _ => &[],
        }
    }

    /// Moves.
    pub fn moves<'s>(&self, period: Period, s: &'s Shared) -> &'s [MoveCount] {
        match self.answer(period, s) {
            Some(Answered::Moves(rows)) => rows,
            _ => &[],
        }
    }

    /// Steps.
    pub fn steps<'s>(&self, period: Period, s: &'s Shared) -> &'s [StepRow] {
        match self.answer(period, s) {
            Some(Answered::Funnel(rows)) => rows,
            _ => &[],
        }
    }

    /// Cohorts, of the models.
    pub fn cohorts(s: &Shared) -> &[CohortRow] {
        s.feeds.models().map(|m| m.cohorts.as_slice()).unwrap_or_default()
    }

    /// How many rows and columns the page has.
    fn cells(&self, period: Period, s: &Shared) -> (usize, usize) {
        match self.page {
            Page::Trends => (trend_rows().len(), 1),
            Page::Channels | Page::Scripts => (self.ways(period, s).len(), 1),
            Page::Moves => {
                // without a move there is no cell to stand on
                let classes = move_classes(self.scheme()).len();
                (classes, if self.moves(period, s).is_empty() { 1 } else { classes })
            }
            Page::Cohorts => {
                let columns = Self::cohorts(s).iter().map(|c| c.active.len()).max().unwrap_or(1);
                (Self::cohorts(s).len(), columns)
            }
            Page::Funnel => (self.steps(period, s).len(), 1),
        }
    }

    /// Goes to the next page, or to the one before; on pages with cells, to the next column first.
    pub fn sideways(&mut self, forward: bool, period: Period, s: &Shared) {
        let (_, columns) = self.cells(period, s);
        if forward && self.column + 1 < columns {
            self.column += 1;
            return;
        }
        if !forward && self.column > 0 && columns > 1 {
            self.column -= 1;
            return;
        }
        let at = Page::ALL.iter().position(|p| *p == self.page).unwrap_or(0);
        let by = if forward { 1 } else { Page::ALL.len() - 1 };
        self.page = Page::ALL.get((at + by) % Page::ALL.len()).copied().unwrap_or_default();
        (self.cursor, self.column) = (Cursor::default(), 0);
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, period: Period, s: &Shared) {
        let (rows, _) = self.cells(period, s);
        let ids: Vec<i64> = (0..i64::try_from(rows).unwrap_or(0)).collect();
        self.cursor.go(to, &ids, room::list(s.size).saturating_sub(2));
    }

    /// What stands behind the number under the cursor: a list of customers by the second, else a step.
    pub fn open(&self, command: Command, period: Period, s: &mut Shared) -> (Option<Listed>, Step) {
        if command == Command::Filter && self.page == Page::Moves {
            return (None, Step::Open(Box::new(Popup::Menu(self.schemes(s)))));
        }
        if command != Command::Open {
            return (None, Step::Pass);
        }
        let at = self.cursor.at;
        let days = format!("on:{}..{}", period.from, period.last());
        match self.page {
            Page::Trends => {
                let rows = trend_rows();
                let Some((id, segment)) = rows.get(at) else { return (None, Step::Done) };
                let figure = Act::Figure(period, id, (*segment).to_owned());
                (None, Step::Act(Box::new(figure)))
            }
            Page::Channels | Page::Scripts => {
                let Some(way) = self.ways(period, s).get(at) else { return (None, Step::Done) };
                let key = if self.page == Page::Channels { "channel" } else { "script" };
                let id = if way.id.is_empty() { "none" } else { &way.id };
                (None, Step::Act(Box::new(Act::Touches(format!("{days} {key}:{id}")))))
            }
            Page::Moves => {
                let scheme = self.scheme();
                let classes = move_classes(scheme);
                let class = |at: usize| classes.get(at).map_or_else(String::new, |c| (*c).to_owned());
                let (was, became) = (class(at), class(self.column));
                if self.moves(period, s).iter().any(|m| m.was == was && m.became == became) {
                    return (Some(Listed::Moved { period, scheme, was, became }), Step::Done);
                }
                (None, nobody(s))
            }
            Page::Cohorts => {
                let Some(cohort) = Self::cohorts(s).get(at) else { return (None, Step::Done) };
                if self.column >= cohort.active.len() {
                    return (None, nobody(s));
                }
                let later = u32::try_from(self.column).unwrap_or(0);
                (Some(Listed::Cohort { month: cohort.month, later }), Step::Done)
            }
            Page::Funnel if at < STEPS.len() && !self.steps(period, s).is_empty() => {
                (Some(Listed::Step { period, step: at }), Step::Done)
            }
            Page::Funnel => (None, Step::Done),
        }
    }
}

fn nobody(s: &mut Shared) -> Step {
    Step::said(s, t::NOBODY)
}
