//! The list of customers behind a number of the board: which number, which side of it, how much of the list is here, and the
//! way back to where it was opened. More of it is asked for when the cursor nears the end of what is here.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::pane_id::PaneId;
use super::super::super::popup::Act;
use super::super::super::room;
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::pane::Step;
use super::{Board, View};
use crate::domain::ids::Ids;
use crate::domain::kpi::{Period, place};
use crate::domain::people::PersonId;
use crate::i18n::{board, format, models, review as t, shell, words};
use crate::store::request::{Behind, BehindQuery, KpiQuery, Listed, Query, Side};

/// Figures whose customers are those of the list itself.
const OF_ALL: &[&str] = &["customers", "accounts_per_head", "accounts_per_head_growth"];
/// Rows asked for at first, and how many times more each time the end comes near.
const FIRST: usize = 500;
const TIMES: usize = 10;
/// More than anybody reads: beyond it a side of the figure is chosen.
const MOST: usize = 200_000;

/// A figure whose customers are listed.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// The figure, or the line of a person's sheet.
    id: &'static str,
    /// Whose sheet, where it is one.
    person: Option<PersonId>,
    /// Only those who stand so to it.
    pub only: Option<Side>,
}

/// How much of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Paged {
    /// So many rows.
    most: usize,
    /// The cursor goes to the end when the rest is here.
    to_end: bool,
    /// All of them are marked when the rest is here.
    to_mark: bool,
}

impl Default for Paged {
    fn default() -> Self {
        Self { most: FIRST, to_end: false, to_mark: false }
    }
}

/// Where the board was before a figure was opened from another view.
#[derive(Clone, Copy, Debug)]
pub struct Came {
    view: View,
    own: Option<Period>,
    back: u32,
    group: usize,
}

impl Board {
    /// The question for the customers behind the number that is open.
    pub(super) fn behind_query(&self, s: &Shared) -> Option<Query> {
        if let Some(listed) = &self.listed_by {
            return Some(Query::Listed(Box::new(listed.clone()), self.paged.most));
        }
        Some(Query::Behind(self.asked(s)?))
    }

    fn asked(&self, s: &Shared) -> Option<BehindQuery> {
        let open = self.open?;
        let of = KpiQuery { period: self.period(s.now.today()), as_of: None };
        // a person's cases are those of all their customers
        let segment = if open.person.is_some() { "" } else { self.segment() };
        let (id, person, only) = (open.id, open.person, open.only);
        Some(BehindQuery { of, id, segment, person, only, most: self.paged.most })
    }

    /// The customers behind the number that is open, once they are here; none where no number is open. While more of
    /// them are on their way, those that are here stay.
    pub fn listed<'s>(&self, s: &'s Shared) -> Option<Option<&'s Behind>> {
        self.behind_query(s)?;
        let asked = self.asked(s).filter(|_| self.listed_by.is_none());
        let same = |b: &Behind| match (asked, b.of) {
            (Some(asked), Some(of)) => BehindQuery { most: of.most, ..asked } == of,
            _ => b.by.is_some() && b.by.as_deref() == self.listed_by.as_ref(),
        };
        Some(s.feeds.behind().map(|b| &**b).filter(|b| same(b)))
    }

    /// Opens the customer under the cursor of the list behind a number; none where no list is open.
    pub(super) fn open_listed(&self, s: &mut Shared) -> Option<Step> {
        let listed = self.listed(s)?;
        let Some(row) = listed.and_then(|b| b.rows.get(self.behind.at)) else { return Some(Step::Done) };
        s.subject = Some(Subject { id: row.customer, code: row.code.clone(), name: row.name.clone() });
        Some(Step::Go(PaneId::Profile))
    }

    /// Opens the customers behind a figure of the segment that is shown.
    pub(super) fn open_figure(&mut self, id: &'static str) -> Step {
        if OF_ALL.contains(&id) {
            let segment = self.segment();
            let filter = if segment.is_empty() { String::new() } else { format!("segment:{segment}") };
            let view = Act::View(filter, "code".to_owned(), false);
            return Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)]);
        }
        self.close_list();
        self.open = Some(Opened { id, person: None, only: None });
        self.behind = Cursor::default();
        Step::Done
    }

    /// Opens the cases behind a line of a person's sheet.
    pub(super) fn open_cases(&mut self, person: PersonId, metric: &'static str) {
        self.close_list();
        self.open = Some(Opened { id: metric, person: Some(person), only: None });
        self.behind = Cursor::default();
    }

    /// The list behind a number is closed.
    pub(super) fn close(&mut self) {
        self.close_list();
        self.came = None;
    }

    fn close_list(&mut self) {
        (self.open, self.listed_by, self.paged) = (None, None, Paged::default());
    }

    /// Closes the list by its own key: back to where it was opened.
    pub(super) fn go_back(&mut self) {
        let came = self.came;
        self.close();
        if let Some(came) = came {
            (self.view, self.own, self.back, self.group) = (came.view, came.own, came.back, came.group);
        }
    }

    /// Shows the figures of a segment; `Esc` leads back.
    pub(super) fn figures_of(&mut self, segment: &str) {
        self.turn_to(View::Kpis);
        self.group = place(segment).map_or(0, |at| at + 1);
    }

    /// Shows another view; `Esc` leads back.
    pub(super) fn turn_to(&mut self, view: View) {
        let came = Came { view: self.view, own: self.own, back: self.back, group: self.group };
        self.close();
        (self.view, self.came) = (view, Some(came));
    }

    /// Shows the figure of a period and segment with the customers behind it.
    pub fn show(&mut self, period: Period, id: &'static str, segment: &str) -> Step {
        self.figures_of(segment);
        (self.own, self.back) = (Some(period), 0);
        self.open_figure(id)
    }

    /// Whether the customers of the list stand on sides of a figure, of which one can be seen alone.
    pub fn has_sides(&self, s: &Shared) -> bool {
        self.open.is_some() && self.listed(s).flatten().is_some_and(|b| b.sides.is_some())
    }

    /// The next side of the figure: all, those who make it bad, the others, what is not yet due.
    pub(super) fn next_side(&mut self, s: &Shared) {
        let sides = self.listed(s).flatten().and_then(|b| b.sides);
        let (Some(open), Some(sides)) = (&mut self.open, sides) else { return };
        let at = open.only.map_or(0, |only| only as usize + 1);
        let next = Side::ALL.into_iter().zip(sides).skip(at).find(|(_, count)| *count > 0);
        open.only = next.map(|(side, _)| side);
        self.paged = Paged::default();
        self.behind = Cursor::default();
    }

    fn numbers_listed(&self, s: &Shared) -> (Vec<i64>, bool) {
        let listed = self.listed(s).flatten();
        let count = listed.map_or(0, |b| b.rows.len());
        (Self::numbers(count), listed.is_some_and(|b| b.rows.len() < b.all))
    }

    /// Whether a list of customers is open, which can be worked in as the list of all can.
    pub const fn lists_customers(&self) -> bool {
        self.open.is_some() || self.listed_by.is_some()
    }

    /// The customer under the cursor becomes the one at hand, so that every key is about whom one sees.
    fn at_hand(&self, s: &mut Shared) {
        let row = self.listed(s).flatten().and_then(|b| b.rows.get(self.behind.at));
        let subject = row.map(|r| Subject { id: r.customer, code: r.code.clone(), name: r.name.clone() });
        if subject.is_some() {
            s.subject = subject;
        }
    }

    /// Marks the customer under the cursor, or takes the mark off.
    fn mark(&mut self, s: &mut Shared) {
        let row = self.listed(s).flatten().and_then(|b| b.rows.get(self.behind.at)).map(|row| row.customer);
        if let Some(id) = row
            && !s.marks.remove(id)
        {
            s.marks.insert(id);
        }
        self.go_listed(Move::By(1), s);
    }

    /// Marks all of the list, those that are not here yet once they are; where all are marked, takes the marks off.
    fn mark_all(&mut self, s: &mut Shared) {
        let Some(listed) = self.listed(s).flatten() else { return };
        if listed.rows.len() < listed.all.min(MOST) {
            self.paged = Paged { most: MOST, to_mark: true, ..self.paged };
            return;
        }
        let mut all = Ids::default();
        for row in &listed.rows {
            all.insert(row.customer);
        }
        let count = format::count(i64::try_from(all.len()).unwrap_or(i64::MAX));
        if s.marks.covers(&all) {
            all.iter().for_each(|id| {
                s.marks.remove(id);
            });
            return s.say(Tone::Plain, shell::UNMARKED_ALL.with(s.lang, &[&count]));
        }
        s.marks.add(&all);
        let keys = [Command::Tags, Command::Plan, Command::HandOver, Command::Export, Command::Customers];
        let keys = keys.map(|command| s.key(command));
        let [tags, plan, over, export, list] = &keys;
        s.say(Tone::Good, board::MARKED.with(s.lang, &[&count, tags, plan, over, export, list]));
    }

    /// Moves the cursor in the list; near the end of what is here, more is asked for.
    pub(super) fn go_listed(&mut self, to: Move, s: &mut Shared) {
        let (numbers, more) = self.numbers_listed(s);
        let height = room::list(s.size);
        self.behind.go(to, &numbers, height);
        let paged = &mut self.paged;
        paged.to_end = more && to == Move::Last;
        if paged.to_end {
            paged.most = MOST;
        } else if more && self.behind.at + 2 * height >= numbers.len() && paged.most <= numbers.len() {
            paged.most = (paged.most * TIMES).min(MOST);
        }
        self.at_hand(s);
    }

    /// Takes note of more of the list.
    pub(super) fn answered_listed(&mut self, s: &mut Shared) {
        let (numbers, _) = self.numbers_listed(s);
        if std::mem::take(&mut self.paged.to_end) {
            self.behind.go(Move::Last, &numbers, room::list(s.size));
        } else {
            self.behind.follow(&numbers, room::list(s.size));
        }
        self.at_hand(s);
        if std::mem::take(&mut self.paged.to_mark) {
            self.mark_all(s);
        }
    }

    /// A key on the list behind a number of the figures.
    pub(super) fn listed_command(&mut self, command: Command, s: &mut Shared) -> bool {
        match command {
            Command::Mark => self.mark(s),
            Command::MarkAll => self.mark_all(s),
            // a sheet stays where it was opened from
            Command::Back if self.view == View::People => self.close_list(),
            Command::Back => self.go_back(),
            Command::Filter if self.open.is_some() => self.next_side(s),
            _ => return false,
        }
        true
    }

    /// The name of the list behind a number of an analysis.
    pub fn listed_name(&self, s: &Shared) -> Option<String> {
        let class = |scheme: &str, id: &str| match id {
            "" => t::NO_CLASS.of(s.lang).to_owned(),
            id => words::word(scheme, id, s.lang).to_owned(),
        };
        Some(match self.listed_by.as_ref()? {
            Listed::Moved { scheme, was, became, .. } => {
                format!("{} → {}", class(scheme, was), class(scheme, became))
            }
            Listed::Model { part, .. } => models::part(*part, s.lang),
            Listed::Cohort { month, later } => t::COHORT_OF.with(s.lang, &[&month.format("%Y-%m"), later]),
            Listed::Step { step, .. } => {
                let id = crate::store::request::STEPS.get(*step).copied().unwrap_or_default();
                words::word("step", id, s.lang).to_owned()
            }
        })
    }
}
