//! What a report says, as plain data that every kind of file is written from: the figures of a period with their targets
//! and causes, the period before, the trend, alarms, evaluations and suggestions. Figures of the company only; what stands in them of customers was masked by the store.

use super::{AlarmRow, CauseRow, Evaluation, KpiRow, Kpis, SuggestionRow};
use crate::domain::clock::Zone;
use crate::domain::kpi::{Kpi, Period, Verdict, kpi};
use crate::domain::review::Standing;

/// Periods of a trend, the one of the report included.
pub const PERIODS: usize = 12;

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The company's calendar.
    pub zone: Zone,
    /// The company's name; blank where nobody has set it.
    pub company: String,
    /// Who asked for it.
    pub by: String,
    /// Whether the period was over at the instant of knowledge.
    pub over: bool,
    /// The figures of the period.
    pub kpis: Kpis,
    /// The values of the period before: by group and row.
    pub before: Vec<Vec<Option<f64>>>,
    /// The periods up to this one, oldest first; those before anything happened are left out.
    pub trail: Vec<Past>,
    /// Alarms that were raised in the period or open in it, the first raised first.
    pub alarms: Vec<AlarmRow>,
    /// Why figures of the period, and of the shorter ones inside it, were what they were.
    pub causes: Vec<CauseRow>,
    /// What ended in the period or was to be evaluated in it.
    pub evaluations: Vec<Judged>,
    /// What is to be done better, by its due.
    pub suggestions: Vec<SuggestionRow>,
}

/// An evaluation with how each of its lines stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The evaluation; without lines where it has not begun.
    pub evaluation: Evaluation,
    /// One for each line.
    pub standings: Vec<Standing>,
}

/// The values of one period of the trend.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Which period.
    pub period: Period,
    /// By group and row.
    pub values: Vec<Vec<Option<f64>>>,
}

/// One figure of the report, with where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its row in the table of KPIs.
    pub kpi: &'static Kpi,
    /// The number of its group: 0 is all customers.
    pub group: usize,
    /// Segment id; empty for all.
    pub segment: &'static str,
    /// The number of its row.
    pub at: usize,
    /// The figure.
    pub row: &'a KpiRow,
}

/// How many figures stand how to their targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    /// Figures with a target.
    pub all: usize,
    /// Met.
    pub met: usize,
    /// Missed.
    pub missed: usize,
    /// Missed, but could be chance or by a tenth at most.
    pub unclear: usize,
    /// Too few cases, no value at all, or a period that is not over.
    pub open: usize,
}

impl Entry<'_> {
    /// Whether there is something to say: a value, a case, or a target that nobody can hold it against.
    pub fn tells(&self) -> bool {
        let f = &self.row.figure;
        f.value.is_some() || f.pending.unwrap_or(0) > 0 || f.cases.unwrap_or(0) > 0
    }
}

impl Report {
    /// Every figure of a group.
    pub fn group(&self, group: usize) -> impl Iterator<Item = Entry<'_>> {
        self.kpis.groups.get(group).into_iter().flat_map(move |g| {
            g.rows.iter().enumerate().filter_map(move |(at, row)| {
                Some(Entry { kpi: kpi(&row.figure.id)?, group, segment: g.segment, at, row })
            })
        })
    }

    /// The figures of the main table: each for all customers; where only its classes have targets, those below it.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        for entry in self.group(0) {
            if entry.tells() || entry.row.target.is_some() {
                entries.push(entry);
            }
            if entry.row.target.is_none() {
                let classes = (1..self.kpis.groups.len()).filter_map(|g| self.group(g).nth(entry.at));
                entries.extend(classes.filter(|e| e.row.target.is_some() && e.tells()));
            }
        }
        entries
    }

    /// How the figures of the main table stand to their targets.
    pub fn standings(&self) -> Standings {
        let mut s = Standings::default();
        for entry in self.entries().iter().filter(|e| e.row.target.is_some()) {
            s.all += 1;
            match entry.row.verdict {
                Some(Verdict::Met) => s.met += 1,
                Some(Verdict::Missed) => s.missed += 1,
                Some(Verdict::Unclear) => s.unclear += 1,
                Some(Verdict::TooFew | Verdict::Running) | None => s.open += 1,
            }
        }
        s
    }

    /// The causes that were written down for a figure.
    pub fn causes_of(&self, entry: &Entry<'_>) -> impl Iterator<Item = &CauseRow> {
        let (id, segment) = (entry.kpi.id, entry.segment);
        self.causes.iter().filter(move |c| c.kpi == id && c.segment == segment)
    }

    /// The value of the period before.
    pub fn value_before(&self, entry: &Entry<'_>) -> Option<f64> {
        self.before.get(entry.group)?.get(entry.at).copied().flatten()
    }

    /// The values of the trend, oldest first.
    pub fn values(&self, entry: &Entry<'_>) -> Vec<Option<f64>> {
        let of = |past: &Past| past.values.get(entry.group)?.get(entry.at).copied().flatten();
        self.trail.iter().map(of).collect()
    }
}
