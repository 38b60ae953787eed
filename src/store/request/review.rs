//! Baselines, causes, evaluations and suggestions as the store answers them (A129, A130, F47, F49). How a line of an
//! evaluation stands is told from plain figures, so that screen, report and the closing of it say the same.

use chrono::NaiveDate;

use crate::domain::field::Row;
use crate::domain::kpi::{Figure, Period};
use crate::domain::review::{Activity, OWN, Standing, stand, stand_written, verdict};
use crate::domain::strategy::Edit;

/// A stored baseline without its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    pub rev: i64,
    /// Name.
    pub name: String,
    /// Of which period.
    pub period: Period,
    /// When it was stored, UTC ms.
    pub at: i64,
    /// Who stored it.
    pub by: String,
}

/// Why a figure was what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    pub rev: i64,
    /// The figure's id.
    pub kpi: String,
    /// Segment id; empty for all.
    pub segment: String,
    /// Of which period.
    pub period: Period,
    /// In words.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// When, UTC ms.
    pub at: i64,
}

/// A campaign or plan with its evaluation, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationRow {
    /// Inside id of the evaluation; none where it has not begun.
    pub id: Option<i64>,
    /// Its revision.
    pub rev: i64,
    /// The campaign or plan.
    pub of: Row,
    /// Its name.
    pub name: String,
    /// Its owner's name.
    pub owner: String,
    /// From its first to its last day.
    pub period: Period,
    /// When it is due.
    pub due: NaiveDate,
    /// `none`, `open`, `done`; `concluded` where a conclusion was written at the campaign and there is no table yet.
    pub state: String,
    /// The conclusion in words.
    pub result: Option<String>,
    /// Lines that met and that missed their target, once it is closed.
    pub verdicts: (i64, i64),
    /// Suggestions that are done, and all of them.
    pub suggestions: (i64, i64),
}

impl EvaluationRow {
    /// Whether it was due before a day and nothing has been concluded.
    pub fn late(&self, today: NaiveDate) -> bool {
        matches!(self.state.as_str(), "none" | "open") && self.due < today
    }
}

/// One line of an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    pub rev: i64,
    /// Dimension id.
    pub dimension: String,
    /// Metric id, or its words.
    pub metric: String,
    /// Segment id; empty for all.
    pub segment: String,
    /// The target as written.
    pub target: Option<String>,
    /// Frozen or by hand.
    pub baseline: Option<String>,
    /// Frozen or by hand.
    pub actual: Option<String>,
    /// Frozen verdict id.
    pub verdict: Option<String>,
    /// Why it is so.
    pub cause: Option<String>,
}

/// One suggestion (A130).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    pub rev: i64,
    /// The evaluation it follows from; none: a review of the board.
    pub evaluation: Option<i64>,
    /// What it follows from, by name.
    pub of: Option<String>,
    /// Direction.
    pub direction: String,
    /// Measure.
    pub measure: String,
    /// Who.
    pub owner: String,
    /// By when.
    pub due: NaiveDate,
    /// Whether it is done.
    pub done: bool,
    /// The prepared change of the matrix.
    pub edit: Option<Edit>,
    /// When that was applied, UTC ms.
    pub applied: Option<i64>,
}

/// An evaluation with everything that stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// What the list says of it.
    pub row: EvaluationRow,
    /// What it is held against.
    pub baseline: Option<BaselineRow>,
    /// The figures of that.
    pub before: Vec<Vec<Figure>>,
    /// Its lines by dimension.
    pub lines: Vec<LineRow>,
    /// Its suggestions by their due.
    pub suggestions: Vec<SuggestionRow>,
    /// What a campaign's touches came to.
    pub activity: Option<Activity>,
}

impl Evaluation {
    /// How a line stands; `reached` gives a figure of the evaluation's period by id and segment.
    pub fn stand(&self, line: &LineRow, reached: &dyn Fn(&str, &str) -> Option<Figure>) -> Standing {
        let target = line.target.as_deref();
        if line.dimension == OWN || self.row.state == "done" {
            let frozen = line.verdict.as_deref().and_then(verdict);
            let (baseline, actual) = (line.baseline.as_deref(), line.actual.as_deref());
            return stand_written(&line.metric, target, baseline, actual, frozen);
        }
        let slot = crate::domain::kpi::place(&line.segment).map_or(0, |at| at + 1);
        let before = self.before.get(slot).and_then(|group| group.iter().find(|f| f.id == line.metric));
        let now = match self.activity {
            Some(activity) if line.dimension == "activity" => activity.figure(&line.metric),
            _ => reached(&line.metric, &line.segment),
        };
        stand(&line.metric, target, before, now.as_ref())
    }
}
