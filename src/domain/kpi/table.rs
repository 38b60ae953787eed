//! The table of figures: one row a KPI, in the order of the board. What is counted, over which time, which direction is
//! good, what the handbooks aim at and how it is counted stand in `rows`, the words of each in `i18n::kpi`, the sums in
//! `tally`. Adding a KPI is adding a row there and its words here; a row without its counting does not compile.

use serde::{Deserialize, Serialize};

use super::figures::{Figure, Seen};
pub use super::rows::KPIS;

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
}

/// The row with this id.
pub fn kpi(id: &str) -> Option<&'static Kpi> {
    KPIS.iter().find(|k| k.id == id)
}

impl Kpi {
    /// Whether it is a change from the period before, so that its parts are what is now and what was then.
    pub fn changes(&self) -> bool {
        self.over == Over::Growth && self.id != "rebuy"
    }

    /// Whether it is a total, or a change over the whole period, so that it is not told before the period is over.
    pub fn adds_up(&self) -> bool {
        match self.over {
            Over::Both | Over::Growth => true,
            Over::Period => self.unit == Unit::Count || self.id == "revenue",
            Over::Waits(_) | Over::Year | Over::End => false,
        }
    }

    /// The default target of a segment: its own, else the one of all; `""` asks for all.
    pub fn target(&self, segment: &str) -> Option<f64> {
        let of = |segment: &str| self.targets.iter().find(|(s, _)| *s == segment).map(|(_, t)| *t);
        of(segment).or_else(|| of(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_of_a_kind_and_targets_those_of_the_handbooks() {
        for (i, row) in KPIS.iter().enumerate() {
            assert!(KPIS.iter().skip(i + 1).all(|k| k.id != row.id), "{}", row.id);
        }
        let target = |id: &str, segment: &str| kpi(id).unwrap().target(segment);
        assert_eq!(target("response", "high"), Some(0.8));
        assert_eq!(target("response", "dormant"), Some(0.3));
        assert_eq!(target("response", ""), None);
        assert_eq!(target("response", "ordinary"), None);
        assert_eq!(target("conversion", "growth"), Some(0.1));
        assert_eq!(target("cost_per_touch", "dormant"), Some(10.0));
        assert_eq!(target("nps", "high"), Some(40.0));
        assert!(kpi("profit").is_none());
    }
}
