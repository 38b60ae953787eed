//! What a row of the table of figures says: what is counted, over which time, which direction is good, what the handbooks aim
//! at, how it stands to a target. The rows themselves stand in `rows`, the words of each in `i18n::kpi`, the sums in `tally`.

use serde::{Deserialize, Serialize};

use super::figure::{Covers, Figure};
use super::seen::Seen;
use super::stats::{self, Verdict};

/// What a value is measured in (kpis.md section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share or a growth, 1 is 100 %.
    Share,
    /// Points, from −100 to 100 or from 0 to 100.
    Points,
    /// Yuan, unrounded.
    Yuan,
    /// Hours.
    Hours,
    /// So many of one for one of another.
    Ratio,
    /// A number of cases.
    Count,
}

impl Unit {
    /// The id in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Points => "points",
            Self::Yuan => "yuan",
            Self::Hours => "hours",
            Self::Ratio => "ratio",
            Self::Count => "count",
        }
    }
}

/// Which direction is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Higher is better.
    More,
    /// Lower is better.
    Less,
    /// Lower is better, and the target itself is already too much.
    Below,
    /// Neither.
    Neither,
}

/// The two groups that the handbooks show apart (F45), and how the work itself goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Maintenance of those who are customers.
    Maintenance,
    /// Expansion: new customers and more business.
    Expansion,
    /// The work itself: touches, records, deadlines.
    Work,
}

/// The time a figure is counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// What happened in the period.
    Period,
    /// What happened in the period, each case with so many days to wait for its outcome.
    Waits(u16),
    /// The period against the one of equal length before.
    Growth,
    /// The 365 days that end with the period.
    Year,
    /// How things stand when the period ends.
    End,
    /// Who was active when it began and when it ended.
    Both,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Kpi {
    /// Its id, in English everywhere.
    pub id: &'static str,
    /// Measured in.
    pub unit: Unit,
    /// Which direction is good.
    pub better: Better,
    /// Where it is shown.
    pub group: Group,
    /// The time it is counted over.
    pub over: Over,
    /// Default targets by segment; `""` holds where a segment has none of its own. In the figure's own unit.
    pub targets: &'static [(&'static str, f64)],
    /// Where its rows come from: table ids.
    pub rows: &'static [&'static str],
    /// Ids of requirements.md and what kpis.md adds.
    pub source: &'static str,
    /// How its figure of one group comes of what was counted.
    pub(super) count: fn(&Seen<'_>) -> Figure,
    /// How many customers' amounts it is made of; none where it tells no amounts.
    pub(super) covers: Option<fn(&Seen<'_>) -> Covers>,
}

impl Kpi {
    /// Whether it is a change from the period before, so that its parts are what is now and what was then.
    pub fn changes(&self) -> bool {
        self.over == Over::Growth && self.id != "rebuy"
    }

    /// Whether it is made of customers' amounts, so that few customers would tell them.
    pub const fn tells_amounts(&self) -> bool {
        self.covers.is_some()
    }

    /// Whether cases of it may be open: their window is not over or, of the monthly sample, nobody has checked them yet.
    pub fn waits(&self) -> bool {
        matches!(self.over, Over::Waits(_)) || self.id == "accuracy"
    }

    /// Whether it is a total, or a change over the whole period, so that it is not told before the period is over.
    pub fn adds_up(&self) -> bool {
        match self.over {
            Over::Both | Over::Growth => true,
            Over::Period => self.unit == Unit::Count || self.id == "revenue",
            Over::Waits(_) | Over::Year | Over::End => false,
        }
    }

    /// How a figure of it stands to a target. Of what adds up until the period is over there is nothing to say before, but that a
    /// count has gone past what was allowed.
    pub fn verdict(&self, figure: &Figure, target: Option<f64>, runs: bool) -> Option<Verdict> {
        let verdict = stats::verdict(self.better, figure.value?, target?, figure.chance, figure.cases)?;
        let final_already =
            self.over == Over::Period && self.better == Better::Less && verdict == Verdict::Missed;
        Some(if runs && self.adds_up() && !final_already { Verdict::Running } else { verdict })
    }

    /// The default target of a segment: its own, else the one of all; `""` asks for all.
    pub fn target(&self, segment: &str) -> Option<f64> {
        let of = |segment: &str| self.targets.iter().find(|(s, _)| *s == segment).map(|(_, t)| *t);
        of(segment).or_else(|| of(""))
    }
}
