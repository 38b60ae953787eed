//! The view *Evaluation* of the board: what was carried out with its evaluation, and inside one its lines and suggestions
//! (A129, A130, F43, H19, H20). A suggestion is a task of its owner; it can prepare a change of the strategy table.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::{FormKind, Review};
use super::super::super::nested::Nested;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::shared::Shared;
use super::super::pane::Step;
use crate::domain::change::{Change, Reviewing, TaskRef};
use crate::domain::field::{Field, Noun, Row};
use crate::domain::kpi::{Figure, kpi};
use crate::domain::review::{OWN, Standing};
use crate::i18n::{fields, review as t, words};
use crate::store::request::{Evaluation, EvaluationRow, KpiQuery, LineRow, Query, SuggestionRow};

/// The scheme whose rows a suggestion can change.
const SCHEME: &str = "segment";

/// One line of the list.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A campaign or plan.
    Activity(EvaluationRow),
    /// A suggestion of a review.
    Suggestion(SuggestionRow),
    /// A line of an evaluation.
    Line(LineRow),
}

impl Entry {
    /// Names it among all of them.
    const fn id(&self) -> i64 {
        match self {
            Self::Activity(row) => name(row.of.noun, row.of.id),
            Self::Suggestion(row) => name(Noun::Suggestion, row.id),
            Self::Line(row) => name(Noun::EvaluationLine, row.id),
        }
    }
}

/// Names a record among those of several nouns.
const fn name(noun: Noun, id: i64) -> i64 {
    ((noun as i64) << 40) + id
}

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Evaluations {
    /// Which evaluation is open, and the cursors in the list and inside one.
    pub at: Nested,
}

impl Evaluations {
    /// The evaluation that is open, once it is here.
    pub fn shown<'s>(&self, s: &'s Shared) -> Option<&'s Evaluation> {
        let id = self.at.open?;
        let here = s.feeds.current(Slot::Evaluation, &Query::Evaluation(id));
        s.feeds.evaluation().filter(|_| here).and_then(|e| e.as_deref())
    }

    /// What stands on the screen, line by line.
    pub fn entries(&self, s: &Shared) -> Vec<Entry> {
        if self.at.open.is_some() {
            let Some(shown) = self.shown(s) else { return Vec::new() };
            let lines = shown.lines.iter().cloned().map(Entry::Line);
            return lines.chain(shown.suggestions.iter().cloned().map(Entry::Suggestion)).collect();
        }
        let activities = s.feeds.evaluations().map(Vec::as_slice).unwrap_or_default();
        let suggestions = s.feeds.suggestions().map(Vec::as_slice).unwrap_or_default();
        let own = suggestions.iter().filter(|row| row.evaluation.is_none()).cloned();
        activities.iter().cloned().map(Entry::Activity).chain(own.map(Entry::Suggestion)).collect()
    }

    /// The line under the cursor.
    pub fn on(&self, s: &Shared) -> Option<Entry> {
        self.entries(s).into_iter().nth(self.at.cursor().at)
    }

    /// How a line stands, as far as its figures are counted.
    pub fn standing(&self, line: &LineRow, s: &Shared) -> Standing {
        let Some(shown) = self.shown(s) else { return Standing::default() };
        let query = Query::Kpis(KpiQuery { period: shown.row.period, as_of: None });
        let kpis = s.feeds.kpis().filter(|_| s.feeds.current(Slot::Kpis, &query));
        let figure = |metric: &str, segment: &str| -> Option<Figure> {
            kpis?.row(segment, metric).map(|row| row.figure.clone())
        };
        shown.stand(line, &figure)
    }

    /// What the view wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let mut wants = vec![
            (Slot::Evaluations, Query::Evaluations),
            (Slot::Suggestions, Query::Suggestions),
            (Slot::Strategy, Query::Strategy(SCHEME.to_owned())),
        ];
        wants.extend(self.at.open.map(|id| (Slot::Evaluation, Query::Evaluation(id))));
        if let Some(shown) = self.shown(s).filter(|e| e.row.state == "open") {
            let query = KpiQuery { period: shown.row.period, as_of: None };
            wants.push((Slot::Kpis, Query::Kpis(query)));
        }
        wants
    }

    /// Goes to an evaluation, or to a suggestion in the list.
    pub fn show(&mut self, row: Row) {
        self.at.enter((row.noun == Noun::Evaluation).then_some(row.id));
        self.at.list = Cursor { id: Some(name(row.noun, row.id)), ..Cursor::default() };
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match (command, self.on(s)) {
            (Command::NextRecord, _) => self.go(Move::By(1), s),
            (Command::PreviousRecord, _) => self.go(Move::By(-1), s),
            (Command::Back, _) if self.at.open.is_some() => self.at.open = None,
            (Command::New, _) => return self.add(s),
            (Command::Open, Some(Entry::Activity(row))) => match row.id {
                Some(id) => self.at.enter(Some(id)),
                None => return reviewing(Reviewing::Begin { of: row.of }),
            },
            (Command::Edit, Some(Entry::Activity(row))) => {
                return match row.id {
                    Some(id) => Step::Edit(Row { noun: Noun::Evaluation, id }, None),
                    None => begin_first(s),
                };
            }
            (Command::Done, Some(Entry::Activity(row))) => return close(&row, s),
            (Command::Done, Some(Entry::Line(_))) => {
                let row = self.shown(s).map(|e| e.row.clone());
                return row.map_or(Step::Done, |row| close(&row, s));
            }
            (Command::Edit, Some(Entry::Line(line))) => {
                let only = (line.dimension != OWN).then_some(Field::LineTarget);
                return Step::Edit(Row { noun: Noun::EvaluationLine, id: line.id }, only);
            }
            (Command::Why, Some(Entry::Line(line))) => {
                return Step::Edit(Row { noun: Noun::EvaluationLine, id: line.id }, Some(Field::LineCause));
            }
            (Command::Open, Some(Entry::Line(line))) => return self.open_line(&line, s),
            (Command::Remove, Some(Entry::Line(line))) if line.dimension == OWN => {
                let row = Row { noun: Noun::EvaluationLine, id: line.id };
                return Step::Write(Box::new(Change::Remove { row, rev: line.rev }));
            }
            (command, Some(Entry::Suggestion(row))) => return of_suggestion(command, &row, s),
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// A new suggestion of a review; inside an evaluation a suggestion or a line of one's own.
    fn add(&self, s: &Shared) -> Step {
        let Some(id) = self.at.open else { return Step::Form(FormKind::Add(Noun::Suggestion)) };
        let parent = Row { noun: Noun::Evaluation, id };
        let items = [Noun::Suggestion, Noun::EvaluationLine].map(|noun| {
            Item::new(fields::noun(noun).of(s.lang), "", Act::Form(FormKind::AddTo { parent, noun }))
        });
        Step::Open(Box::new(Popup::Menu(Menu::new(t::ADD_TO, items.to_vec()))))
    }

    /// Opens the customers behind a line.
    fn open_line(&self, line: &LineRow, s: &mut Shared) -> Step {
        let Some((period, of)) = self.shown(s).map(|e| (e.row.period, e.row.of)) else { return Step::Done };
        match kpi(&line.metric) {
            Some(kpi) => Step::Act(Box::new(Act::Figure(period, kpi.id, line.segment.clone()))),
            // a campaign's own figures are counted over its members
            None if line.dimension == "activity" => Step::Act(Box::new(Act::Show(of))),
            None => Step::said(s, t::NOT_COUNTED),
        }
    }

    fn ids(&self, s: &Shared) -> Vec<i64> {
        self.entries(s).iter().map(Entry::id).collect()
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, s: &Shared) {
        self.at.go(to, &self.ids(s), s.size);
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, slot: Slot, s: &Shared) {
        if matches!(slot, Slot::Evaluations | Slot::Evaluation | Slot::Suggestions) {
            self.at.follow(&self.ids(s), s.size);
        }
    }

    /// Where a click on a line of the list goes; none beside the list.
    pub fn clicked(&self, line: usize, s: &Shared) -> Option<(usize, usize)> {
        self.at.clicked(line, self.ids(s).len(), s.size)
    }
}

fn begin_first(s: &mut Shared) -> Step {
    Step::with_key(s, t::NOT_BEGUN, Command::Open)
}

fn reviewing(review: Reviewing) -> Step {
    Step::Write(Box::new(Change::Reviewing(Box::new(review))))
}

/// Closes an evaluation, once there is a conclusion; opens a closed one again.
fn close(row: &EvaluationRow, s: &mut Shared) -> Step {
    match row.id {
        Some(id) if row.state == "open" && row.result.is_none() => {
            Step::Edit(Row { noun: Noun::Evaluation, id }, Some(Field::EvaluationResult))
        }
        Some(evaluation) => reviewing(Reviewing::Close { evaluation, rev: row.rev }),
        None => begin_first(s),
    }
}

/// A key on a suggestion.
fn of_suggestion(command: Command, suggestion: &SuggestionRow, s: &Shared) -> Step {
    let row = Row { noun: Noun::Suggestion, id: suggestion.id };
    match command {
        Command::Open => Step::Open(Box::new(Popup::Menu(menu(suggestion, s)))),
        Command::Edit => Step::Edit(row, None),
        Command::Done => Step::Write(Box::new(Change::Done(vec![TaskRef::Row(row)]))),
        Command::Reschedule | Command::Snooze => Step::Form(FormKind::Reschedule(TaskRef::Row(row))),
        Command::Remove => Step::Write(Box::new(Change::Remove { row, rev: suggestion.rev })),
        _ => Step::Pass,
    }
}

/// What can be done with a suggestion: it is done, or it changes a row of the strategy table (H20).
fn menu(suggestion: &SuggestionRow, s: &Shared) -> Menu {
    let row = Row { noun: Noun::Suggestion, id: suggestion.id };
    let mut items = Vec::new();
    if let Some(edit) = suggestion.edit.clone().filter(|_| suggestion.applied.is_none()) {
        let label = t::APPLY.with(s.lang, &[&words::word(&edit.scheme, &edit.class, s.lang)]);
        let form = Review::Apply { suggestion: suggestion.id, edit };
        items.push(Item::new(label, "", Act::Form(FormKind::Review(Box::new(form)))));
    }
    if !suggestion.done {
        let done = Change::Done(vec![TaskRef::Row(row)]);
        items.push(Item::new(t::DONE.of(s.lang), "", Act::Write(done)));
    }
    let rows = s.feeds.strategy().map(Vec::as_slice).unwrap_or_default();
    items.extend(rows.iter().map(|strategy| {
        let form = Review::Prepare {
            suggestion: suggestion.id,
            scheme: SCHEME.to_owned(),
            class: strategy.class.clone(),
            rev: (strategy.id > 0).then_some(strategy.rev),
        };
        let label = t::PREPARE.with(s.lang, &[&words::word(SCHEME, &strategy.class, s.lang)]);
        Item::new(label, "", Act::Form(FormKind::Review(Box::new(form))))
    }));
    Menu::new(t::SUGGESTIONS, items)
}
