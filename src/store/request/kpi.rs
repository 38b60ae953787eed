//! Figures of a period as the store answers them: for all customers and for each segment, with target and verdict.

use serde::{Serialize, Serializer};

use super::analysis::Listed;
use crate::domain::customer::CustomerId;
use crate::domain::kpi::{Figure, Period, Verdict};
use crate::domain::people::PersonId;

/// Which figures: of a period, as they were known at an instant; now where none is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KpiQuery {
    /// The period.
    pub period: Period,
    /// The instant of knowledge in UTC milliseconds.
    pub as_of: Option<i64>,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpis {
    /// Of which period.
    pub period: Period,
    /// Known when, in UTC milliseconds.
    pub as_of: i64,
    /// All customers first, under the name `""`, then the segments.
    pub groups: Vec<KpiGroup>,
    /// What the store may keep of them, where they were computed anew.
    pub fresh: Option<Box<Kept>>,
}

/// The figures of all customers or of one segment.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiGroup {
    /// Segment id; empty for all.
    pub segment: &'static str,
    /// One row a KPI, in the order of the table.
    pub rows: Vec<KpiRow>,
}

/// One figure with what it is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiRow {
    /// The figure.
    pub figure: Figure,
    /// The target, in the figure's own unit.
    pub target: Option<f64>,
    /// How it stands to it.
    pub verdict: Option<Verdict>,
}

/// Who stands behind which figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BehindQuery {
    /// Of which period and knowledge.
    pub of: KpiQuery,
    /// The figure's id.
    pub id: &'static str,
    /// The segment; empty for all.
    pub segment: &'static str,
    /// A line of this person's sheet, case by case, instead of the company's figure: then [`Self::id`] is one of
    /// [`METRICS`](crate::domain::staff::METRICS).
    pub person: Option<PersonId>,
    /// Only those who stand so to the figure; none for all.
    pub only: Option<Side>,
    /// As many as are wanted at most.
    pub most: usize,
}

/// How a customer stands to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Makes it worse: lost, unanswered, late.
    Bad,
    /// Makes it better, or just counts.
    Good,
    /// Its waiting time is not over: counts neither for nor against.
    Open,
}

impl Side {
    /// All of them, in the order of lists: what there is something to do about comes first.
    pub const ALL: [Self; 3] = [Self::Bad, Self::Good, Self::Open];
}

/// The customers behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The figure's id.
    pub id: &'static str,
    /// The segment; empty for all.
    pub segment: &'static str,
    /// As many as were wanted at most.
    pub rows: Vec<BehindRow>,
    /// How many there are in all, of the side that was asked for.
    pub all: usize,
    /// How many stand on each side, in the order of [`Side::ALL`]; none where a figure has no sides.
    pub sides: Option<[usize; 3]>,
    /// What was asked; none for the lists of analyses.
    pub of: Option<BehindQuery>,
    /// Whose cases they are, by name, where a person's were asked for.
    pub person: Option<String>,
    /// The number of an analysis that was asked for.
    pub by: Option<Box<Listed>>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct BehindRow {
    /// The customer.
    pub customer: CustomerId,
    /// Its number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its owner.
    pub owner: String,
    /// How it stands to the figure.
    pub side: Side,
    /// Its part of the figure; none where it does not show.
    pub amount: Option<f64>,
    /// The instant of the case in UTC ms, where each row is a case of its own: when it came due or happened.
    pub at: Option<i64>,
}

/// Figures on their way into the store's own keeping.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// First day.
    pub from: String,
    /// First day after.
    pub until: String,
    /// The instant of knowledge.
    pub as_of: i64,
    /// From here on time alone changes them.
    pub until_at: Option<i64>,
    /// The last change they have seen.
    pub seen: i64,
    /// Version of the formulas, zone and windows.
    pub rules: String,
    /// The figures as JSON.
    pub figures: String,
    /// What they were added up of, as JSON.
    pub sums: String,
}

impl Kpis {
    /// The rows of a segment; empty for all.
    pub fn group(&self, segment: &str) -> &[KpiRow] {
        self.groups.iter().find(|g| g.segment == segment).map_or(&[], |g| g.rows.as_slice())
    }

    /// One row.
    pub fn row(&self, segment: &str, id: &str) -> Option<&KpiRow> {
        self.group(segment).iter().find(|r| r.figure.id == id)
    }
}

/// A row as kpis.md section 4 has it: what a figure does not have is `null`.
impl Serialize for KpiRow {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            id: &'a str,
            unit: Option<&'static str>,
            k: Option<i64>,
            n: Option<i64>,
            value: Option<f64>,
            low: Option<f64>,
            high: Option<f64>,
            pending: Option<i64>,
            target: Option<f64>,
            verdict: Option<&'static str>,
            /// Said of a figure that is masked alone.
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            masked: bool,
        }
        let f = &self.figure;
        let unit = crate::domain::kpi::kpi(&f.id).map(|k| k.unit.id());
        Shown {
            id: &f.id,
            unit,
            k: f.k,
            n: f.n,
            value: f.value,
            low: f.low,
            high: f.high,
            pending: f.pending,
            target: self.target,
            verdict: self.verdict.filter(|v| *v != Verdict::Running).map(Verdict::id),
            masked: f.masked,
        }
        .serialize(to)
    }
}
