//! Pane 5, the board, in views that `Tab` moves through: KPIs against their targets by segment, the alarms (in a file of their
//! own), the plain counts, and the models. `[` and `]` step the period, `m` changes its length, `←` `→` the segment; `Enter` opens what stands behind
//! the number under the cursor.

pub mod alarms;
mod counts;

use chrono::NaiveDate;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::popup::Act;
use super::super::room;
use super::super::shared::{Shared, Subject, Tone};
use super::{Pane, PaneId, Step};
use crate::domain::kpi::{LENGTHS, Length, SEGMENTS};
use crate::i18n::{Text, board as t};
use crate::store::request::{Behind, BehindQuery, KpiQuery, KpiRow, Kpis, Period, Query};

/// How many periods back the board goes.
const MOST_BACK: u32 = 600;
/// Periods of a trend, the present one included.
const TRAIL: usize = 12;

/// The views of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// KPIs against their targets.
    #[default]
    Kpis,
    /// What was raised and is to be dealt with.
    Alarms,
    /// Plain counts.
    Counts,
    /// What the models say.
    Models,
}

impl View {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Kpis, Self::Alarms, Self::Counts, Self::Models];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Kpis => t::VIEW_KPIS,
            Self::Alarms => crate::i18n::alarms::VIEW,
            Self::Counts => t::VIEW_COUNTS,
            Self::Models => t::VIEW_MODELS,
        }
    }
}

/// The values of an earlier period, by group and row.
#[derive(Clone, Debug, PartialEq)]
struct Past {
    period: Period,
    revision: u64,
    values: Vec<Vec<Option<f64>>>,
}

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Which view is shown.
    pub view: View,
    /// The alarms.
    pub alarms: alarms::Alarms,
    /// How long a period is.
    length: Length,
    /// Periods before the present one.
    back: u32,
    /// The group of customers: 0 is all, then the segments.
    pub group: usize,
    /// The cursor among the KPIs.
    pub kpi: Cursor,
    /// The cursor among figures, segments and people.
    pub cursor: Cursor,
    /// The KPI whose customers are listed.
    open: Option<&'static str>,
    /// The cursor among them.
    pub behind: Cursor,
    /// The first line of the models.
    pub line: usize,
    past: Vec<Past>,
}

/// A length as it is remembered.
const fn months(length: Length) -> u32 {
    match length {
        Length::Week => 7,
        Length::Quarter => 3,
        Length::Year => 12,
        Length::Month | Length::Span => 1,
    }
}

impl Board {
    /// The period that is shown.
    pub fn period(&self, today: NaiveDate) -> Period {
        (0..self.back).fold(Period::of(self.length, today), |period, _| period.before())
    }

    /// Notes which period is shown.
    pub fn remember(&self, place: &mut Place) {
        place.board = (months(self.length), self.back);
    }

    /// Shows the period that was shown.
    pub fn resume(&mut self, place: &Place) {
        let (long, back) = place.board;
        if let Some(length) = LENGTHS.iter().find(|l| months(**l) == long) {
            (self.length, self.back) = (*length, back.min(MOST_BACK));
        }
    }

    /// The id of the group that is shown; empty for all.
    pub fn segment(&self) -> &'static str {
        self.group.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
    }

    /// The figures of the period on the screen, if they are here.
    pub fn kpis<'s>(&self, s: &'s Shared) -> Option<&'s Kpis> {
        let period = self.period(s.now.today());
        s.feeds.kpis().map(|k| &**k).filter(|k| k.period == period)
    }

    /// The rows that are shown, each with its place in the table: what has neither value nor case nor target is left out.
    pub fn rows<'s>(&self, s: &'s Shared) -> Vec<(usize, &'s KpiRow)> {
        let Some(kpis) = self.kpis(s) else { return Vec::new() };
        let tells = |row: &KpiRow| {
            let f = &row.figure;
            f.value.is_some()
                || row.target.is_some()
                || f.pending.unwrap_or(0) > 0
                || f.cases.unwrap_or(0) > 0
        };
        kpis.group(self.segment()).iter().enumerate().filter(|(_, row)| tells(row)).collect()
    }

    /// The values of a row in the twelve periods up to the one shown, oldest first; what is not known yet is missing.
    pub fn trail(&self, row: usize, s: &Shared) -> Vec<Option<f64>> {
        let shown = self.period(s.now.today());
        shown
            .trail(TRAIL)
            .into_iter()
            .map(|period| {
                if period == shown {
                    let kpis = self.kpis(s)?;
                    return kpis.group(self.segment()).get(row)?.figure.value;
                }
                let past = self.past.iter().find(|p| p.period == period)?;
                past.values.get(self.group)?.get(row).copied().flatten()
            })
            .collect()
    }

    /// The latest earlier period that is missing or may have changed.
    fn missing(&self, s: &Shared) -> Option<Period> {
        let mut trail = self.period(s.now.today()).trail(TRAIL);
        trail.pop();
        let known =
            |period: &Period| self.past.iter().any(|p| p.period == *period && p.revision == s.revision);
        trail.into_iter().rev().find(|period| !known(period))
    }

    /// Takes an earlier period in.
    fn learn(&mut self, s: &Shared) {
        let Some(kpis) = s.feeds.kpi_past() else { return };
        let values = kpis.groups.iter().map(|g| g.rows.iter().map(|r| r.figure.value).collect()).collect();
        self.past.retain(|p| p.period != kpis.period);
        self.past.push(Past { period: kpis.period, revision: s.revision, values });
        // of periods stepped past long ago, nobody asks any more
        let surplus = self.past.len().saturating_sub(6 * TRAIL);
        self.past.drain(..surplus);
    }

    /// The question for the customers behind the open KPI.
    fn behind_query(&self, s: &Shared) -> Option<BehindQuery> {
        let of = KpiQuery { period: self.period(s.now.today()), as_of: None };
        Some(BehindQuery { of, id: self.open?, segment: self.segment() })
    }

    /// The customers behind the open KPI, once they are here; none where no KPI is open.
    pub fn listed<'s>(&self, s: &'s Shared) -> Option<Option<&'s Behind>> {
        let query = self.behind_query(s)?;
        let here = s.feeds.current(Slot::Behind, &Query::Behind(query));
        Some(s.feeds.behind().map(|b| &**b).filter(|_| here))
    }

    fn step_length(&mut self, today: NaiveDate) {
        // the day on which the period begins stays inside
        let from = self.period(today).from;
        let at = LENGTHS.iter().position(|l| *l == self.length).unwrap_or(0);
        self.length = LENGTHS.get((at + 1) % LENGTHS.len()).copied().unwrap_or_default();
        self.back = 0;
        while self.back < MOST_BACK && self.period(today).from > from {
            self.back += 1;
        }
    }

    /// Opens the customers behind the KPI under the cursor, or the customer under the cursor among them.
    fn open(&mut self, s: &mut Shared) -> Step {
        if let Some(listed) = self.listed(s) {
            let Some(row) = listed.and_then(|b| b.rows.get(self.behind.at)) else { return Step::Done };
            s.subject = Some(Subject { id: row.customer, code: row.code.clone(), name: row.name.clone() });
            return Step::Go(PaneId::Profile);
        }
        let id = self.rows(s).get(self.kpi.at).map(|(_, row)| row.figure.id.clone());
        let Some(kpi) = id.and_then(|id| crate::domain::kpi::kpi(&id)) else { return Step::Done };
        if matches!(
            kpi.id,
            "customers"
                | "accounts_per_head"
                | "accounts_per_head_growth"
                | "completeness"
                | "checked"
                | "tasks_in_time"
        ) {
            if kpi.id == "tasks_in_time" {
                return Step::Go(PaneId::Ledger);
            }
            let segment = self.segment();
            let filter = if segment.is_empty() { String::new() } else { format!("segment:{segment}") };
            let view = Act::View(filter, "code".to_owned(), false);
            return Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)]);
        }
        self.open = Some(kpi.id);
        self.behind = Cursor::default();
        Step::Done
    }

    fn numbers(count: usize) -> Vec<i64> {
        (0..i64::try_from(count).unwrap_or(0)).collect()
    }

    fn ids(s: &Shared) -> Vec<i64> {
        let count = s.feeds.board().map_or(0, |b| b.figures.len() + b.segments.len() + b.people.len());
        (0..i64::try_from(count).unwrap_or(0)).collect()
    }
}

impl Pane for Board {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let period = self.period(s.now.today());
        match self.view {
            View::Alarms => self.alarms.wants(),
            View::Counts => vec![(Slot::Board, Query::Board(period))],
            View::Models => vec![(Slot::Models, Query::Models(s.now.today()))],
            View::Kpis => {
                let shown = Query::Kpis(KpiQuery { period, as_of: None });
                let here = s.feeds.current(Slot::Kpis, &shown);
                let mut wants = vec![(Slot::Kpis, shown)];
                if let Some(query) = self.behind_query(s) {
                    wants.push((Slot::Behind, Query::Behind(query)));
                } else if let Some(period) = self.missing(s).filter(|_| here) {
                    wants.push((Slot::KpiPast, Query::Kpis(KpiQuery { period, as_of: None })));
                }
                wants
            }
        }
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        let today = s.now.today();
        if self.view == View::Alarms && !matches!(command, Command::NextView | Command::PreviousView) {
            if command == Command::Act
                && let Some(segment) = self.alarms.cause(s)
            {
                // the cause is noted at the figure
                self.view = View::Kpis;
                self.group = SEGMENTS.iter().position(|id| *id == segment).map_or(0, |at| at + 1);
                return Step::Done;
            }
            return self.alarms.command(command, s);
        }
        match command {
            Command::NextRecord | Command::PreviousRecord => {
                self.open = None;
                if command == Command::PreviousRecord {
                    self.back = (self.back + 1).min(MOST_BACK);
                } else {
                    if self.back == 0 {
                        s.say(Tone::Plain, t::LATEST.of(s.lang).to_owned());
                    }
                    self.back = self.back.saturating_sub(1);
                }
            }
            Command::NextView | Command::PreviousView => {
                let at = View::ALL.iter().position(|v| *v == self.view).unwrap_or(0);
                let by = if command == Command::NextView { 1 } else { View::ALL.len() - 1 };
                self.view = View::ALL.get((at + by) % View::ALL.len()).copied().unwrap_or_default();
                self.open = None;
            }
            Command::Length => {
                self.step_length(today);
                self.open = None;
            }
            Command::Left | Command::Right if self.view == View::Kpis => {
                let groups = SEGMENTS.len() + 1;
                let by = if command == Command::Right { 1 } else { groups - 1 };
                self.group = (self.group + by) % groups;
                self.open = None;
                let count = self.rows(s).len();
                self.kpi.follow(&Self::numbers(count), room::board(s.size));
            }
            Command::Back if self.open.is_some() => self.open = None,
            Command::Open => {
                return match self.view {
                    View::Kpis => self.open(s),
                    View::Counts => match s.feeds.board().cloned() {
                        Some(counts) => self.behind(&counts, s),
                        None => Step::Done,
                    },
                    View::Models | View::Alarms => Step::Done,
                };
            }
            _ => return Step::Pass,
        }
        Step::Done
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        match slot {
            Slot::Board => self.cursor.follow(&Self::ids(s), room::list(s.size)),
            Slot::Kpis => {
                let count = self.rows(s).len();
                self.kpi.follow(&Self::numbers(count), room::board(s.size));
            }
            Slot::Alarms => self.alarms.answered(s),
            Slot::KpiPast => self.learn(s),
            _ => {}
        }
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        match self.view {
            View::Alarms => self.alarms.go(to, s),
            View::Counts => {
                self.cursor.go(to, &Self::ids(s), room::list(s.size));
            }
            View::Models => {
                let page = isize::try_from(room::list(s.size)).unwrap_or(1);
                self.line = match to {
                    Move::By(n) => self.line.saturating_add_signed(n),
                    Move::Page(n) => self.line.saturating_add_signed(n * page),
                    Move::First => 0,
                    Move::Last => usize::MAX / 2,
                };
            }
            View::Kpis => {
                let listed = self.listed(s).map(|b| b.map_or(0, |b| b.rows.len()));
                let count = listed.unwrap_or_else(|| self.rows(s).len());
                let cursor = if listed.is_some() { &mut self.behind } else { &mut self.kpi };
                cursor.go(to, &Self::numbers(count), room::board(s.size));
            }
        }
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let counts = s.feeds.board().map_or(0, |b| b.figures.len());
        let (at, rows) = match (self.view, self.listed(s)) {
            (View::Counts, _) => (self.cursor.at, counts),
            (View::Models, _) => return false,
            (View::Alarms, _) => (self.alarms.cursor.at, alarms::Alarms::rows(s).len()),
            (View::Kpis, Some(listed)) => (self.behind.at, listed.map_or(0, |b| b.rows.len())),
            (View::Kpis, None) => (self.kpi.at, self.rows(s).len()),
        };
        let tops = [self.kpi.top, self.behind.top];
        let line = line
            + match self.view {
                View::Kpis => tops[usize::from(self.open.is_some())],
                View::Alarms => self.alarms.cursor.top,
                _ => 0,
            };
        if line >= rows {
            return false;
        }
        self.go(Move::By(line.cast_signed() - at.cast_signed()), s);
        line == at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_with_their_month_quarter_and_year_and_step_back() {
        let today: NaiveDate = "2024-05-20".parse().unwrap();
        let span = |length, back| {
            let p = Board { length, back, ..Board::default() }.period(today);
            format!("{}..{}", p.from, p.until)
        };
        assert_eq!(span(Length::Month, 0), "2024-05-01..2024-06-01");
        assert_eq!(span(Length::Month, 5), "2023-12-01..2024-01-01");
        assert_eq!(span(Length::Quarter, 0), "2024-04-01..2024-07-01");
        assert_eq!(span(Length::Quarter, 2), "2023-10-01..2024-01-01");
        assert_eq!(span(Length::Year, 1), "2023-01-01..2024-01-01");
    }
}
