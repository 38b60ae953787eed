//! The figures of the board: their targets, the causes pinned to them, what they are compared with, and the period
//! shown. The customers behind one are next door, in `behind`.

use super::super::super::command::Command;
use super::super::super::feed::Slot;
use super::super::super::form::{FormKind, Review};
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::room;
use super::super::super::shared::{Shared, Size};
use super::super::pane::Step;
use super::Board;
use crate::domain::field::{Field, Invalid, Noun, Problem, Row};
use crate::domain::kpi::stats::rounded;
use crate::domain::kpi::{Group, Length, Period, SEGMENTS, kpi, target};
use crate::i18n::{board, errors, explain, kpi as words, review as t};
use crate::store::request::{CauseRow, KpiQuery, KpiRow, Query};

/// Lines that the names of the groups may take of the list: one for each of them.
const HEADS: usize = 3;

/// A line of the list of figures: maintenance and expansion stand apart (F45), and so does the work itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The name of a group.
    Head(Group),
    /// The figure at this place of the rows.
    Row(usize),
}

/// Whether a screen has room for the names of the groups.
const fn has_heads(size: Size) -> bool {
    size.height >= 18
}

/// How many figures the list holds in any case, whatever names of groups stand between them.
pub(super) fn figures_shown(size: Size) -> usize {
    let heads = if has_heads(size) { HEADS } else { 0 };
    room::board(size).saturating_sub(heads).max(1)
}

impl Board {
    /// The lines of the list from its first visible row on, as many as there is room for.
    pub fn kpi_lines(&self, s: &Shared) -> Vec<Line> {
        let most = room::board(s.size);
        let mut lines = Vec::new();
        let mut last = None;
        for (at, (_, row)) in self.rows(s).into_iter().enumerate().skip(self.kpi.top) {
            let group = kpi(&row.figure.id).map(|kpi| kpi.group);
            if let Some(group) = group.filter(|group| has_heads(s.size) && last != Some(*group)) {
                lines.push(Line::Head(group));
            }
            last = group;
            lines.push(Line::Row(at));
            if lines.len() >= most {
                break;
            }
        }
        // a name without a figure below it says nothing
        lines.truncate(most);
        if matches!(lines.last(), Some(Line::Head(_))) {
            lines.pop();
        }
        lines
    }

    /// The figure on a line of the list.
    pub(super) fn kpi_at(&self, line: usize, s: &Shared) -> Option<usize> {
        match self.kpi_lines(s).get(line)? {
            Line::Row(at) => Some(*at),
            Line::Head(_) => None,
        }
    }

    /// The cursor stays on its figure when the figures have changed.
    pub(super) fn follow_kpis(&mut self, s: &Shared) {
        let count = self.rows(s).len();
        self.kpi.follow(&Self::numbers(count), figures_shown(s.size));
    }

    /// What stands beside a figure: the same of a year before (C12), and of a budget how far it is ahead of the year.
    pub fn beside(&self, place: usize, row: &KpiRow, s: &Shared) -> Vec<String> {
        let (Some(kpi), Some(now)) = (kpi(&row.figure.id), row.figure.value) else { return Vec::new() };
        let mut said = Vec::new();
        if let Some(before) = self.year_before(place, s).filter(|before| *before != 0.0) {
            let (arrow, by) = t::change(kpi, now, before, s.lang);
            let before = words::value(kpi, before, s.lang);
            said.push(t::YEAR_BEFORE.with(s.lang, &[&arrow, &by, &before]));
        }
        let (period, today) = (self.period(s.now.today()), s.now.today());
        if kpi.id.starts_with("budget_")
            && period.length == Length::Year
            && let Some((gone, days)) = board::days_gone(period, today)
        {
            let gone = gone as f64 / days as f64;
            let points = format!("{:+.1}", rounded((now - gone) * 100.0, 1));
            said.push(t::BUDGET_AHEAD.with(s.lang, &[&points, &format!("{:.1}", rounded(gone * 100.0, 1))]));
        }
        said
    }

    /// The row under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s KpiRow> {
        self.rows(s).get(self.kpi.at).map(|(_, row)| *row)
    }

    /// The figure it is compared with: of the baseline where one is chosen, else of the period before.
    pub fn before(&self, place: usize, id: &str, s: &Shared) -> Option<f64> {
        if self.against.is_some() {
            return self.baseline(s)?.row(self.segment(), id)?.figure.value;
        }
        self.earlier(place, s)
    }

    /// The figures of the baseline that is chosen, once they are here.
    pub fn baseline<'s>(&self, s: &'s Shared) -> Option<&'s crate::store::request::Kpis> {
        let query = Query::Baseline(self.against?);
        let here = s.feeds.current(Slot::Baseline, &query);
        s.feeds.baseline().filter(|_| here).and_then(|kpis| kpis.as_deref())
    }

    /// What the figures are compared with, by name.
    pub fn against_name(&self, s: &Shared) -> Option<String> {
        let id = self.against?;
        let rows = s.feeds.baselines().map(Vec::as_slice).unwrap_or_default();
        rows.iter().find(|b| b.id == id).map(|b| b.name.clone())
    }

    /// The causes of the figure under the cursor, the newest period first; those of the segment that is shown.
    pub fn causes<'s>(&self, id: &str, s: &'s Shared) -> Vec<&'s CauseRow> {
        let segment = self.segment();
        let all = s.feeds.causes().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|c| c.kpi == id && (c.segment == segment || segment.is_empty())).collect()
    }

    /// What the view wants to know.
    pub(super) fn kpi_wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let period = self.period(s.now.today());
        let query = KpiQuery { period, as_of: None };
        let shown = Query::Kpis(query);
        let here = s.feeds.current(Slot::Kpis, &shown);
        let mut wants = Vec::new();
        if self.kpis_now(s).is_none() {
            wants.push((Slot::KpisBefore, Query::KpisBefore(query)));
        }
        wants.extend([
            (Slot::Kpis, shown),
            (Slot::Causes, Query::Causes),
            (Slot::Baselines, Query::Baselines),
        ]);
        wants.extend(self.against.map(|id| (Slot::Baseline, Query::Baseline(id))));
        if let Some(query) = self.behind_query(s) {
            wants.push((Slot::Behind, query));
        } else if let Some(query) = self.missing(s).filter(|_| here) {
            wants.push((Slot::KpiPast, Query::Kpis(query)));
        }
        wants
    }

    /// A key that works on the figure under the cursor.
    pub(super) fn kpi_command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::Back if self.came.is_some() => {
                self.go_back();
                Step::Done
            }
            Command::Left | Command::Right => {
                self.next_group(command == Command::Right);
                self.follow_kpis(s);
                Step::Done
            }
            Command::Open => self.open_kpi(s),
            Command::Edit => self.target(s),
            Command::New => self.cause(s),
            Command::Why => self.why(s),
            Command::Compare => Step::Open(Box::new(Popup::Menu(self.compare(s)))),
            _ => Step::Pass,
        }
    }

    /// Shows the next group of customers, or the one before.
    fn next_group(&mut self, forward: bool) {
        let groups = SEGMENTS.len() + 1;
        let by = if forward { 1 } else { groups - 1 };
        self.group = (self.group + by) % groups;
        self.close();
    }

    /// Opens the customers behind the figure under the cursor, or the customer under the cursor among them.
    pub(super) fn open_kpi(&mut self, s: &mut Shared) -> Step {
        if let Some(step) = self.open_listed(s) {
            return step;
        }
        let Some(kpi) = self.row(s).and_then(|row| kpi(&row.figure.id)) else { return Step::Done };
        self.open_figure(kpi.id)
    }

    /// The form for the target of the figure under the cursor.
    fn target(&self, s: &mut Shared) -> Step {
        let Some(row) = self.row(s) else { return Step::Done };
        let Some(kpi) = kpi(&row.figure.id) else { return Step::Done };
        if !target::takes(kpi) {
            return Step::said(s, t::NOTHING_TO_TARGET);
        }
        let now = row.target.map_or_else(String::new, |value| target::written(kpi, value));
        let segment = self.segment().to_owned();
        review(Review::Target { kpi: kpi.id.to_owned(), segment, now })
    }

    /// The form for a cause of the figure under the cursor.
    fn cause(&self, s: &Shared) -> Step {
        let Some(row) = self.row(s) else { return Step::Done };
        let kpi = row.figure.id.clone();
        let (segment, period) = (self.segment().to_owned(), self.period(s.now.today()));
        review(Review::Cause { kpi, segment, period })
    }

    /// The figure under the cursor explained, and its causes as a list: they are read, edited, removed, and one is added.
    fn why(&self, s: &Shared) -> Step {
        let Some(row) = self.row(s) else { return Step::Done };
        let mut items: Vec<Item> = self
            .causes(&row.figure.id, s)
            .into_iter()
            .map(|cause| {
                let row = Row { noun: Noun::CauseNote, id: cause.id };
                let label = t::cause(cause, s.lang);
                let remove = crate::domain::change::Change::Remove { row, rev: cause.rev };
                Item {
                    remove: Some(Act::Write(remove)),
                    ..Item::new(label, cause.by.clone(), Act::Edit(row))
                }
            })
            .collect();
        let (segment, period) = (self.segment().to_owned(), self.period(s.now.today()));
        let new = Review::Cause { kpi: row.figure.id.clone(), segment, period };
        items.push(Item::new(t::NEW_CAUSE.of(s.lang), "", Act::Form(FormKind::Review(Box::new(new)))));
        // first what the figure is, then what was written of it
        let today = s.now.today();
        let period = board::period_so_far(self.period(today), today, s.lang);
        let mut note = explain::lines(row, self.segment(), &period, s.lang);
        let place = self.rows(s).get(self.kpi.at).map_or(0, |(place, _)| *place);
        note.extend(self.beside(place, row, s));
        note.extend([String::new(), t::CAUSES.of(s.lang).to_owned()]);
        let title = words::words(&row.figure.id).map_or(t::CAUSES, |named| named.name);
        Step::Open(Box::new(Popup::Menu(Menu { note, ..Menu::new(title, items) })))
    }

    /// What the figures can be compared with; the present ones can be stored to be compared with later (F49).
    fn compare(&self, s: &Shared) -> Menu {
        let mut items = vec![Item {
            on: self.against.is_none(),
            ..Item::new(t::BEFORE.of(s.lang), "", Act::Against(None))
        }];
        let rows = s.feeds.baselines().map(Vec::as_slice).unwrap_or_default();
        items.extend(rows.iter().map(|b| {
            let row = Row { noun: Noun::Baseline, id: b.id };
            let remove = crate::domain::change::Change::Remove { row, rev: b.rev };
            let hint = t::STORED_BY.with(s.lang, &[&b.period.label(), &b.by]);
            Item {
                on: self.against == Some(b.id),
                remove: Some(Act::Write(remove)),
                ..Item::new(b.name.clone(), hint, Act::Against(Some(b.id)))
            }
        }));
        let period = self.period(s.now.today());
        let store = FormKind::Review(Box::new(Review::Baseline { period }));
        items.push(Item::new(t::STORE.of(s.lang), period.label(), Act::Form(store)));
        Menu::new(t::COMPARE, items)
    }

    /// Shows another period; a sentence where it is none.
    pub fn set_span(&mut self, text: &str, s: &Shared) -> Result<(), String> {
        let Some(period) = Period::read(text) else {
            let problem = Problem::NotAPeriod(text.trim().to_owned());
            return Err(errors::invalid(&Invalid { field: Field::PeriodText, problem }, s.lang));
        };
        if period.from > s.now.today() {
            return Err(t::NOT_YET.with(s.lang, &[&period.label()]));
        }
        (self.own, self.back) = (Some(period), 0);
        self.close();
        Ok(())
    }

    /// Whether the page on the screen takes the moves of one scheme or another.
    pub fn chooses_scheme(&self) -> bool {
        self.view == super::View::Analysis && self.analysis.page == super::analysis::Page::Moves
    }
}

/// A form of a review as a step.
pub(super) fn review(review: Review) -> Step {
    Step::Form(FormKind::Review(Box::new(review)))
}
