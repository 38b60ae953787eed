//! What lies behind the board's figures: ways of touching compared, moves between classes, the way from inquiry to first
//! order; and the customers behind any of these numbers.

use chrono::NaiveDate;

use crate::domain::kpi::Period;

/// What is to be analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnalysisQuery {
    /// Channels against each other (J23).
    Channels(Period),
    /// Scripts against each other (J24).
    Scripts(Period),
    /// Who went from which class of this scheme into which (F33).
    Moves(Period, &'static str),
    /// From inquiry to first order.
    Funnel(Period),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Analysis {
    /// Channels or scripts.
    Ways(Vec<WayRow>),
    /// Moves between classes.
    Moves(Vec<MoveCount>),
    /// Steps.
    Funnel(Vec<StepRow>),
}

/// One channel or script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayRow {
    /// Id, or the script's code; empty where none was written down.
    pub id: String,
    /// The script's title; empty for a channel.
    pub name: String,
    /// Touches of our own accord.
    pub touches: i64,
    /// Of them those answered.
    pub answered: i64,
    /// Of them those followed by an order or upgrade.
    pub converted: i64,
    /// What they cost, fen.
    pub cost: i64,
}

/// Customers who went from one class into another: as it was before the first move of the period, and after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveCount {
    /// Class id; empty for none.
    pub was: String,
    /// Class id; empty for none.
    pub became: String,
    /// How many.
    pub count: i64,
}

/// One step on the way to the first order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// Its id: one of [`STEPS`].
    pub id: &'static str,
    /// Customers who reached it, or a later one.
    pub reached: i64,
}

/// The steps, in their order: entered in the period, touched, answered, quoted, ordered.
pub const STEPS: [&str; 5] = ["entered", "touched", "answered", "quoted", "ordered"];

/// Which customers are to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Who went from one class into another.
    Moved {
        /// When.
        period: Period,
        /// Of which scheme.
        scheme: &'static str,
        /// Class id; empty for none.
        was: String,
        /// Class id; empty for none.
        became: String,
    },
    /// Whose first purchase lies in a month; a hit is who bought again so many months later.
    Cohort {
        /// Its first day.
        month: NaiveDate,
        /// Months later.
        later: u32,
    },
    /// Who stands behind a number of the models.
    Model {
        /// The day of knowledge.
        as_of: NaiveDate,
        /// The number.
        part: ModelPart,
    },
    /// Who reached a step; a hit is who went on to the next.
    Step {
        /// When they were entered.
        period: Period,
        /// Place in [`STEPS`].
        step: usize,
    },
}

/// A number of the models that customers stand behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelPart {
    /// Their chance to buy within 90 days lies in this tenth.
    Chance(usize),
    /// A score of RFM: of recency, frequency or amount; from 1 to 5.
    Score(usize, usize),
    /// By behaviour and attitude.
    Loyalty(Attitude),
    /// A group of K-means, the richest first.
    Cluster(usize),
    /// A leaf of the tree that parts the lost from the kept.
    Leaf(usize),
}

/// Behaviour and attitude together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attitude {
    /// Both strong.
    TrueLoyal,
    /// Behaviour alone.
    Inertia,
    /// Attitude alone.
    Latent,
    /// Neither.
    None,
    /// No answer within the year.
    Unknown,
}
