//! The table of figures: one row a KPI, in the order of the board. What is counted, over which time, which direction is
//! good and what the handbooks aim at; the words of each stand in `i18n::kpi`, the counting in `tally`. Adding a KPI is
//! adding a row here, its words there, and its line in `figures`.

use serde::{Deserialize, Serialize};

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
}

macro_rules! kpis {
    ($( $id:literal $unit:ident $better:ident $group:ident $over:expr, [$($segment:literal $target:literal),*], [$($rows:literal),*], $source:literal; )*) => {
        /// Every KPI, in the order of the board.
        pub const KPIS: &[Kpi] = &[ $( Kpi {
            id: $id,
            unit: Unit::$unit,
            better: Better::$better,
            group: Group::$group,
            over: $over,
            targets: &[$(($segment, $target)),*],
            rows: &[$($rows),*],
            source: $source,
        }, )* ];
    };
}

use Over::{Both, End, Growth, Period, Waits, Year};

kpis! {
    // maintenance (F45)
    "response" Share More Maintenance Waits(7), ["high" 0.8, "growth" 0.6, "dormant" 0.3], ["touch"], "F1 P10 K33 K34";
    "conversion" Share More Maintenance Waits(30), ["high" 0.15, "growth" 0.1, "dormant" 0.05], ["touch", "orders"], "F2 P11";
    "repurchase" Share More Maintenance Year, [], ["orders"], "F11";
    "rebuy" Share More Maintenance Growth, [], ["orders"], "F11";
    "churn" Share Less Maintenance Both, ["" 0.15], ["orders"], "F12 P31 K54";
    "retention" Share More Maintenance Both, [], ["orders"], "F17";
    "grr" Share More Maintenance Both, [], ["orders"], "kpis.md";
    "nrr" Share More Maintenance Both, [], ["orders"], "kpis.md";
    "renewal" Share More Maintenance Waits(30), [], ["contract"], "kpis.md";
    "renewal_value" Share More Maintenance Waits(30), [], ["contract"], "kpis.md";
    "csat" Share More Maintenance Period, [], ["survey"], "F10";
    "csat_points" Points More Maintenance Period, ["" 80.0], ["survey"], "F10 P25";
    "nps" Points More Maintenance Period, ["" 40.0], ["survey"], "F8 P14";
    "complaint_rate" Share Less Maintenance Period, [], ["complaint"], "F9";
    "complaint_decrease" Share More Maintenance Growth, ["" 0.25], ["complaint"], "F9 P14";
    "loyalty" Share More Maintenance Year, [], ["survey", "orders"], "kpis.md";
    "reactivation" Share More Maintenance Waits(30), [], ["touch", "orders"], "F32";
    "retention_cost" Yuan Less Maintenance Period, [], ["expense"], "F28";
    "customer_value" Yuan More Maintenance Year, [], ["orders", "expense"], "F27";
    // expansion
    "revenue" Yuan More Expansion Period, [], ["orders"], "kpis.md";
    "orders" Count More Expansion Period, [], ["orders"], "kpis.md";
    "buyers" Count More Expansion Period, [], ["orders"], "kpis.md";
    "new_customers" Count More Expansion Period, [], ["orders"], "kpis.md";
    "aov" Yuan More Expansion Period, [], ["orders"], "F13";
    "aov_growth" Share More Expansion Growth, [], ["orders"], "F13";
    "revenue_per_buyer" Yuan More Expansion Period, [], ["orders"], "kpis.md";
    "repurchase_amount_growth" Share More Expansion Growth, ["" 0.15], ["orders"], "F5 P14 K36";
    "high_value_growth" Share More Expansion Growth, ["" 0.1], ["class"], "F4 P14 K36";
    "high_value_share" Share More Expansion Year, ["" 0.3], ["orders"], "F26 P9";
    "prospect_conversion" Share More Expansion Waits(30), [], ["touch", "orders"], "F14";
    "first_order" Share More Expansion Waits(30), [], ["touch", "orders"], "F29";
    "sales_conversion" Share More Expansion Period, [], ["quote"], "F39";
    "activation" Share More Expansion Waits(30), ["" 0.2], ["activation"], "F21 P27 K37";
    "referral" Share More Expansion Period, [], ["customer"], "F18";
    "referral_share" Share More Expansion Period, [], ["customer", "orders"], "F18";
    "cac" Yuan Less Expansion Period, [], ["expense", "orders"], "F15";
    "cac_rolling" Yuan Less Expansion Period, [], ["expense", "orders"], "F15 kpis.md";
    "ltv" Yuan More Expansion Year, [], ["orders"], "F16";
    "ltv_cac" Ratio More Expansion Year, [], ["orders", "expense"], "kpis.md";
    "ltv_realised" Yuan More Expansion End, [], ["orders"], "F16";
    // the work itself
    "cost_per_touch" Yuan Less Work Period, ["growth" 30.0, "dormant" 10.0], ["touch"], "F3 P12 K35";
    "budget_acquisition" Share Neither Work Period, [], ["expense", "budget"], "F20";
    "budget_retention" Share Neither Work Period, [], ["expense", "budget"], "F20";
    "response_time" Hours Less Work Period, [], ["complaint"], "F7";
    "response_time_shortening" Share More Work Growth, ["" 0.3], ["complaint"], "F7 P14 K36";
    "answered_24h" Share More Work Waits(1), ["" 1.0], ["complaint"], "F30 P22";
    "solved_48h" Share More Work Waits(2), ["" 1.0], ["complaint"], "F30 P22";
    "timeliness" Share More Work Waits(1), [], ["touch", "orders", "customer_event"], "F19 K22";
    "tasks_in_time" Share More Work Period, [], ["task"], "F34";
    "breaches" Count Less Work Period, ["" 0.0], ["touch"], "F35";
    "wakeup_cost" Yuan Less Work Waits(30), [], ["touch", "orders"], "F31";
    "customers" Count More Work End, [], ["customer"], "kpis.md";
    "accounts_per_head" Ratio More Work End, [], ["customer", "person"], "F6";
    "accounts_per_head_growth" Share More Work Growth, ["" 0.2], ["customer", "person"], "F6 P14 K36";
    "completeness" Share More Work End, [], ["customer"], "F38";
    "checked" Share More Work End, [], ["customer"], "F38";
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
