//! Pane 5, the board: the true counts of a month, a quarter or a year. `[` and `]` step the period, `Tab` changes its
//! length, `Enter` opens what stands behind the number under the cursor, as far as lists can show it.

use chrono::NaiveDate;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::popup::Act;
use super::super::room;
use super::super::shared::{Shared, Tone};
use super::{Pane, PaneId, Step};
use crate::domain::kpi::Length;
use crate::i18n::board as t;
use crate::store::request::{Board as Counts, Period, Query};

/// The lengths of a period in months.
const LENGTHS: [u32; 3] = [1, 3, 12];
/// The length of a period of so many months.
const fn length(months: u32) -> Length {
    match months {
        3 => Length::Quarter,
        12 => Length::Year,
        _ => Length::Month,
    }
}

/// How many periods back the board goes.
const MOST_BACK: u32 = 600;

/// The pane's state.
#[derive(Clone, Debug)]
pub struct Board {
    /// Months of a period.
    months: u32,
    /// Periods before the present one.
    back: u32,
    /// The cursor among figures, segments and people.
    pub cursor: Cursor,
}

impl Default for Board {
    fn default() -> Self {
        Self { months: 1, back: 0, cursor: Cursor::default() }
    }
}

impl Board {
    /// The period that is shown.
    pub fn period(&self, today: NaiveDate) -> Period {
        let this = Period::of(length(self.months), today);
        (0..self.back).fold(this, |period, _| period.before())
    }

    /// Notes which period is shown.
    pub fn remember(&self, place: &mut Place) {
        place.board = (self.months, self.back);
    }

    /// Shows the period that was shown.
    pub fn resume(&mut self, place: &Place) {
        let (months, back) = place.board;
        if LENGTHS.contains(&months) {
            (self.months, self.back) = (months, back.min(MOST_BACK));
        }
    }

    fn ids(s: &Shared) -> Vec<i64> {
        let count = s.feeds.board().map_or(0, |b| b.figures.len() + b.segments.len() + b.people.len());
        (0..i64::try_from(count).unwrap_or(0)).collect()
    }

    /// What stands behind the number under the cursor.
    fn behind(&self, counts: &Counts, s: &mut Shared) -> Step {
        let at = self.cursor.at;
        let customers = |filter: &str, sort: &str, descending| {
            let view = Act::View(filter.to_owned(), sort.to_owned(), descending);
            Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
        };
        let Period { from, until, .. } = self.period(s.now.today());
        let days = format!("{from}..{}", until.pred_opt().unwrap_or(from));
        let touches = |also: &str| {
            let text = format!("on:{days} {also}");
            Step::Act(Box::new(Act::Touches(text.trim_end().to_owned())))
        };
        if let Some(figure) = counts.figures.get(at) {
            return match figure.id {
                "customers" => customers("", "code", false),
                "new" => customers(&format!("created:{days}"), "code", true),
                "orders" | "revenue" => customers(&format!("ordered:{days}"), "last_order", true),
                "due" | "done" => Step::Go(PaneId::Ledger),
                "overdue" => customers("is:overdue", "next_due", false),
                "touches" | "cost" => touches(""),
                "answered" => touches("is:answered"),
                "late" => touches("is:late"),
                "breaches" => touches("is:override"),
                _ => {
                    s.say(Tone::Plain, t::NOTHING_BEHIND.of(s.lang).to_owned());
                    Step::Done
                }
            };
        }
        let at = at - counts.figures.len();
        if let Some((segment, ..)) = counts.segments.get(at) {
            let segment = if segment.is_empty() { "none" } else { segment };
            return touches(&format!("segment:{segment}"));
        }
        match counts.people.get(at - counts.segments.len().min(at)) {
            Some((name, ..)) => touches(&format!("by:{name}")),
            None => Step::Done,
        }
    }
}

impl Pane for Board {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        vec![(Slot::Board, Query::Board(self.period(s.now.today())))]
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::NextRecord => {
                if self.back == 0 {
                    s.say(Tone::Plain, t::LATEST.of(s.lang).to_owned());
                }
                self.back = self.back.saturating_sub(1);
            }
            Command::PreviousRecord => self.back = (self.back + 1).min(MOST_BACK),
            Command::NextView | Command::PreviousView => {
                // the day on which the period begins stays inside
                let from = self.period(s.now.today()).from;
                let at = LENGTHS.iter().position(|m| *m == self.months).unwrap_or(0);
                let by = if command == Command::NextView { 1 } else { 2 };
                self.months = LENGTHS.get((at + by) % LENGTHS.len()).copied().unwrap_or(1);
                self.back = 0;
                while self.back < MOST_BACK && self.period(s.now.today()).from > from {
                    self.back += 1;
                }
            }
            Command::Open => {
                let Some(counts) = s.feeds.board().cloned() else { return Step::Done };
                return self.behind(&counts, s);
            }
            _ => return Step::Pass,
        }
        Step::Done
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        if slot == Slot::Board {
            self.cursor.follow(&Self::ids(s), room::list(s.size));
        }
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        self.cursor.go(to, &Self::ids(s), room::list(s.size));
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let figures = s.feeds.board().map_or(0, |b| b.figures.len());
        if line >= figures {
            return false;
        }
        let again = line == self.cursor.at;
        self.go(Move::By(line.cast_signed() - self.cursor.at.cast_signed()), s);
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_with_their_month_quarter_and_year_and_step_back() {
        let today: NaiveDate = "2024-05-20".parse().unwrap();
        let span = |months, back| {
            let p = Board { months, back, ..Board::default() }.period(today);
            format!("{}..{}", p.from, p.until)
        };
        assert_eq!(span(1, 0), "2024-05-01..2024-06-01");
        assert_eq!(span(1, 5), "2023-12-01..2024-01-01");
        assert_eq!(span(3, 0), "2024-04-01..2024-07-01");
        assert_eq!(span(3, 2), "2023-10-01..2024-01-01");
        assert_eq!(span(12, 1), "2023-01-01..2024-01-01");
    }
}
