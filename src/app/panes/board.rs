//! Pane 5, the board, in views that `Tab` moves through: KPIs against their targets by segment, the alarms, the
//! evaluation of what was done, people, analyses, the plain counts, the models. `[` and `]` step the period, `m` changes its length, `d` writes
//! one, `←` `→` go to the next segment or page; `Enter` opens what stands behind the number under the cursor.

pub mod alarms;
pub mod analysis;
pub mod behind;
mod counts;
pub mod evaluation;
pub mod kpis;
pub mod models;
mod past;
pub mod staff;
pub mod view;

use chrono::NaiveDate;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::form::Review;
use super::super::room;
use super::super::shared::{Shared, Tone};
use super::pane::{Pane, Step};
use crate::domain::field::Row;
use crate::domain::kpi::{LENGTHS, Length, SEGMENTS};
use crate::i18n::board as t;
use crate::store::request::{KpiRow, Kpis, Listed, Period, Query};
pub use view::View;

/// How many periods back the board goes.
const MOST_BACK: u32 = 600;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Which view is shown.
    pub view: View,
    /// How long a period is.
    length: Length,
    /// Periods before the present one, or before the one that was written.
    back: u32,
    /// A period that was written.
    own: Option<Period>,
    /// The baseline that the figures are compared with; none: the period before.
    pub against: Option<i64>,
    /// The group of customers: 0 is all, then the segments.
    pub group: usize,
    /// The cursor among the KPIs.
    pub kpi: Cursor,
    /// The cursor among figures, segments and people.
    pub cursor: Cursor,
    /// The KPI whose customers are listed.
    pub open: Option<behind::Opened>,
    /// Where it was opened from.
    came: Option<behind::Came>,
    /// The analysis whose customers are listed.
    listed_by: Option<Listed>,
    /// How much of the list is asked for.
    paged: behind::Paged,
    /// The cursor among them.
    pub behind: Cursor,
    /// The number of the models under the cursor.
    pub model: models::Place,
    /// The alarms.
    pub alarms: alarms::Alarms,
    /// The view of evaluations.
    pub evaluation: evaluation::Evaluations,
    /// The view of people.
    pub people: staff::People,
    /// The view of analyses.
    pub analysis: analysis::Analysis,
    past: Vec<past::Past>,
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
        let shown = self.own.unwrap_or_else(|| Period::of(self.length, today));
        (0..self.back).fold(shown, |period, _| period.before())
    }

    /// Notes which period is shown.
    pub fn remember(&self, place: &mut Place) {
        place.board = (months(self.length), self.back);
        place.board_view = View::ALL.iter().position(|v| *v == self.view).map_or(0, |at| at as u8);
    }

    /// Shows the period that was shown.
    pub fn resume(&mut self, place: &Place) {
        self.view = View::ALL.get(usize::from(place.board_view)).copied().unwrap_or_default();
        let (long, back) = place.board;
        if let Some(length) = LENGTHS.iter().find(|l| months(**l) == long) {
            (self.length, self.back) = (*length, back.min(MOST_BACK));
        }
    }

    /// The id of the group that is shown; empty for all.
    pub fn segment(&self) -> &'static str {
        self.group.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
    }

    /// The figures of the period on the screen, if they are here; until then as they were counted last.
    pub fn kpis<'s>(&self, s: &'s Shared) -> Option<&'s Kpis> {
        let before = || s.feeds.kpis_before().and_then(Option::as_deref);
        self.kpis_now(s).or_else(|| before().filter(|k| k.period == self.period(s.now.today())))
    }

    /// The same without those that were counted before.
    fn kpis_now<'s>(&self, s: &'s Shared) -> Option<&'s Kpis> {
        let period = self.period(s.now.today());
        s.feeds.kpis().map(|k| &**k).filter(|k| k.period == period)
    }

    /// The rows that are shown, each with its place in the table: what has neither value nor case nor target is left out.
    pub fn rows<'s>(&self, s: &'s Shared) -> Vec<(usize, &'s KpiRow)> {
        let Some(kpis) = self.kpis(s) else { return Vec::new() };
        let tells = |row: &KpiRow| {
            let f = &row.figure;
            f.value.is_some()
                || f.masked
                || row.target.is_some()
                || f.pending.unwrap_or(0) > 0
                || f.cases.unwrap_or(0) > 0
        };
        kpis.group(self.segment()).iter().enumerate().filter(|(_, row)| tells(row)).collect()
    }

    fn step_length(&mut self, today: NaiveDate) {
        // the day on which the period begins stays inside
        let from = self.period(today).from;
        self.own = None;
        let at = LENGTHS.iter().position(|l| *l == self.length).unwrap_or(0);
        self.length = LENGTHS.get((at + 1) % LENGTHS.len()).copied().unwrap_or_default();
        self.back = 0;
        while self.back < MOST_BACK && self.period(today).from > from {
            self.back += 1;
        }
    }

    fn numbers(count: usize) -> Vec<i64> {
        (0..i64::try_from(count).unwrap_or(0)).collect()
    }

    /// Steps to the period before or after; from one that was written by its own length.
    fn step_period(&mut self, forward: bool, s: &mut Shared) {
        self.close();
        if !forward {
            self.back = (self.back + 1).min(MOST_BACK);
            return;
        }
        let next = self.own.map(Period::next).filter(|next| self.back == 0 && next.from <= s.now.today());
        if next.is_some() {
            self.own = next;
        } else if self.back == 0 {
            s.say(Tone::Plain, t::LATEST.of(s.lang).to_owned());
        }
        self.back = self.back.saturating_sub(1);
    }

    /// Turns to the next view, or the one before.
    fn turn(&mut self, forward: bool) {
        self.show_view(self.view.next(forward));
    }

    /// Shows a view; a list that was open belongs to the one before.
    pub fn show_view(&mut self, view: View) {
        self.view = view;
        self.close();
    }

    /// An alarm of no customer has nobody at hand; beside the alarms it is again whoever was.
    fn hand_over(&self, s: &mut Shared) {
        if self.view == View::Alarms {
            self.alarms.hand_over(s);
        } else {
            s.give_back();
        }
    }

    /// A key on the analyses, or on the list behind a number of them.
    fn analysis_command(&mut self, command: Command, s: &mut Shared) -> Step {
        let period = self.period(s.now.today());
        if matches!(command, Command::Left | Command::Right) {
            self.close();
            self.analysis.sideways(command == Command::Right, period, s);
            return Step::Done;
        }
        if command == Command::Open && self.lists_customers() {
            return self.open_listed(s).unwrap_or(Step::Done);
        }
        if command == Command::Back && !self.lists_customers() && self.came.is_some() {
            self.go_back();
            return Step::Done;
        }
        let (listed, step) = self.analysis.open(command, period, s);
        if listed.is_some() {
            self.list(listed);
        }
        step
    }

    /// Opens the list behind a number of an analysis.
    fn list(&mut self, listed: Option<Listed>) {
        self.close();
        (self.listed_by, self.behind) = (listed, Cursor::default());
    }

    /// Shows an evaluation, or the suggestions of reviews.
    pub fn show_review(&mut self, row: Row) {
        self.show_view(View::Evaluation);
        self.evaluation.show(row);
    }

    /// The form in which a period is written.
    fn span(&self, s: &Shared) -> Step {
        kpis::review(Review::Span(self.period(s.now.today()).label()))
    }

    /// What it does with a command.
    fn obey(&mut self, command: Command, s: &mut Shared) -> Step {
        match (command, self.view) {
            (Command::NextView | Command::PreviousView, _) => self.turn(command == Command::NextView),
            // the cause is noted at the figure
            (Command::Act, View::Alarms) if let Some((segment, period)) = self.alarms.cause(s) => {
                self.figures_of(&segment);
                if period.is_some() {
                    (self.own, self.back) = (period, 0);
                }
            }
            (Command::Act, View::Alarms) if let Some(page) = self.alarms.analysis(s) => {
                self.turn_to(View::Analysis);
                self.analysis.page = page;
            }
            (Command::Act, View::Alarms) if let Some(period) = self.alarms.assessed(s) => {
                self.turn_to(View::People);
                (self.own, self.back) = (Some(period), 0);
            }
            (_, View::Alarms) => return self.alarms.command(command, s),
            (_, View::Evaluation) => return self.evaluation.command(command, s),
            (Command::NextRecord, _) => self.step_period(true, s),
            (Command::PreviousRecord, _) => self.step_period(false, s),
            (Command::Length, _) => {
                self.step_length(s.now.today());
                self.close();
            }
            (Command::Span, _) => return self.span(s),
            _ if self.lists_customers() && self.listed_command(command, s) => {}
            (_, View::Kpis) => return self.kpi_command(command, s),
            (Command::Open, View::People) if self.lists_customers() => {
                return self.open_listed(s).unwrap_or(Step::Done);
            }
            (Command::Open, View::People) if let Some((person, metric)) = self.people.cases(s) => {
                self.open_cases(person, metric);
            }
            (_, View::People) if self.lists_customers() => return Step::Pass,
            (Command::Back, View::People) if self.people.at.open.is_none() && self.came.is_some() => {
                self.go_back();
            }
            (_, View::People) => return self.people.command(command, self.period(s.now.today()), s),
            (_, View::Analysis) => return self.analysis_command(command, s),
            (_, View::Models) => return self.model_command(command, s),
            (Command::Open, View::Counts) => {
                return match s.feeds.board().cloned() {
                    Some(counts) => self.behind(&counts, s),
                    None => Step::Done,
                };
            }
            _ => return Step::Pass,
        }
        Step::Done
    }
}

impl Pane for Board {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let period = self.period(s.now.today());
        match self.view {
            View::Alarms => self.alarms.wants(),
            View::Counts => vec![(Slot::Board, Query::Board(period))],
            View::Evaluation => self.evaluation.wants(s),
            View::Kpis => self.kpi_wants(s),
            _ if self.lists_customers() => {
                self.behind_query(s).map(|query| (Slot::Behind, query)).into_iter().collect()
            }
            View::People => vec![(Slot::Staff, Query::Staff(period))],
            View::Models => vec![(Slot::Models, Query::Models(s.now.today()))],
            View::Analysis => match (self.analysis.page, self.analysis.query(period)) {
                (analysis::Page::Trends, _) => self.kpi_wants(s),
                (analysis::Page::Cohorts, _) => vec![(Slot::Models, Query::Models(s.now.today()))],
                (_, Some(query)) => vec![(Slot::Analysis, Query::Analysis(query))],
                (_, None) => Vec::new(),
            },
        }
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        let step = self.obey(command, s);
        self.hand_over(s);
        step
    }

    fn entered(&mut self, s: &mut Shared) {
        self.hand_over(s);
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        match slot {
            Slot::Board => self.cursor.follow(&Self::ids(s), room::list(s.size)),
            Slot::Kpis | Slot::KpisBefore => self.follow_kpis(s),
            Slot::Alarms => {
                self.alarms.answered(s);
                self.hand_over(s);
            }
            Slot::KpiPast => self.learn(s),
            Slot::Behind => self.answered_listed(s),
            Slot::Staff => self.people.answered(s),
            // a baseline that was removed is no longer there to be compared with
            Slot::Baselines => {
                let rows = s.feeds.baselines().map(Vec::as_slice).unwrap_or_default();
                self.against = self.against.filter(|id| rows.iter().any(|b| b.id == *id));
            }
            other => self.evaluation.answered(other, s),
        }
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        let listed = self.listed(s).map(|b| b.map_or(0, |b| b.rows.len()));
        match (self.view, listed) {
            (_, Some(_)) => self.go_listed(to, s),
            (View::Counts, _) => {
                self.cursor.go(to, &Self::ids(s), room::list(s.size));
            }
            (View::Models, _) => {
                self.model.go(to, room::list(s.size), s.feeds.models().map(|m| &**m));
            }
            (View::Alarms, _) => self.alarms.go(to, s),
            (View::Evaluation, _) => self.evaluation.go(to, s),
            (View::People, _) => self.people.go(to, s),
            (View::Analysis, _) => self.analysis.go(to, self.period(s.now.today()), s),
            (View::Kpis, _) => {
                let count = self.rows(s).len();
                self.kpi.go(to, &Self::numbers(count), kpis::figures_shown(s.size));
            }
        }
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let counts = s.feeds.board().map_or(0, |b| b.figures.len());
        let listed = self.listed(s).map(|b| b.map_or(0, |b| b.rows.len()));
        let within = |line: usize, rows: usize| (line < rows).then_some(line);
        // the name of what is open stands above the lists of evaluations and people
        let below = line.checked_sub(1);
        let places = match (self.view, listed) {
            (_, Some(rows)) => within(line + self.behind.top, rows).map(|to| (self.behind.at, to)),
            (View::Kpis, _) => self.kpi_at(line, s).map(|to| (self.kpi.at, to)),
            (View::Counts, _) => within(line, counts).map(|to| (self.cursor.at, to)),
            (View::Alarms, _) => within(line + self.alarms.cursor.top, alarms::Alarms::rows(s).len())
                .map(|to| (self.alarms.cursor.at, to)),
            (View::Evaluation, _) => below.and_then(|line| self.evaluation.clicked(line, s)),
            (View::People, _) => below.and_then(|line| self.people.clicked(line, s)),
            (View::Models | View::Analysis, _) => None,
        };
        let Some((at, to)) = places else { return false };
        self.go(Move::By(to.cast_signed() - at.cast_signed()), s);
        at == to
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
