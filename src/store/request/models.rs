//! Customer analytics as the store answers them: what the models say of the whole base, each with what it rests on.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::models::forecast::Band;

/// What the models say of all customers on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Models {
    /// The day of knowledge.
    pub as_of: NaiveDate,
    /// Customers with a purchase.
    pub customers: usize,
    /// Of them with a second purchase day.
    pub repeaters: usize,
    /// Weeks from the first purchase of all to the day.
    pub weeks: f64,
    /// Whether the repeat-purchase model may be used: `too_few`, `ready`, `no_drop_out`, `no_difference`.
    pub gate: &'static str,
    /// BG/NBD.
    pub r: Option<f64>,
    /// BG/NBD, weeks.
    pub alpha: Option<f64>,
    /// BG/NBD.
    pub a: Option<f64>,
    /// BG/NBD.
    pub b: Option<f64>,
    /// Log-likelihood of the fit.
    pub ll: Option<f64>,
    /// Gamma-Gamma.
    pub p: Option<f64>,
    /// Gamma-Gamma.
    pub q: Option<f64>,
    /// Gamma-Gamma, yuan.
    pub v: Option<f64>,
    /// Correlation of how often and how much.
    pub correlation: Option<f64>,
    /// Whether amounts may be forecast (q above 1, correlation below 0.3).
    pub amounts: bool,
    /// Whether the fit of amounts ran to its edge, so that its parameters mean nothing.
    pub amounts_alike: bool,
    /// What is to be expected.
    pub outlook: Option<Outlook>,
    /// How good the last forecast was.
    pub backtest: Option<Backtest>,
    /// RFM: how many customers have score 1 to 5, for recency, frequency, monetary.
    pub rfm: [[usize; 5]; 3],
    /// Customers by behaviour and attitude.
    pub loyalty: Loyalty,
    /// How many customers groups and tree were learnt from before everybody was put where they belong; none where it was all.
    pub learnt_from: Option<usize>,
    /// Three groups by K-means, richest first.
    pub clusters: Vec<Cluster>,
    /// Months of first purchase, the newest last.
    pub cohorts: Vec<CohortRow>,
    /// What parts lost customers from kept ones.
    pub tree: Vec<Leaf>,
}

/// Expectations for the whole base.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// Customers expected to buy within 90 days.
    pub buyers_90d: f64,
    /// Purchase days expected within twelve months.
    pub purchases_12m: f64,
    /// Their value in yuan, discounted, before margin; where amounts may be forecast.
    pub value_12m: Option<f64>,
    /// Customers by their chance to buy within 90 days: below 10 %, below 20 %, …
    pub chances: [usize; 10],
}

/// A forecast of 90 days ago against what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// The day it was made for.
    pub made_on: NaiveDate,
    /// Customers known then.
    pub customers: usize,
    /// Buyers it expected in the 90 days after.
    pub said: f64,
    /// Buyers there were.
    pub actual: usize,
    /// The same by what was said of each.
    pub bands: Vec<Band>,
}

/// Behaviour and attitude as a two-by-two, of customers who bought in the history that RFM looks at (kpis.md, loyalty;
/// Dick & Basu 1994). Behaviour is strong with a frequency score of 4 or a contract renewed within the year; attitude with
/// a latest vote of 9 or, without a vote, a latest score of 80.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loyalty {
    /// Both strong: truly loyal.
    pub true_loyal: usize,
    /// Behaviour alone: they buy from habit.
    pub inertia: usize,
    /// Attitude alone: loyal one day.
    pub latent: usize,
    /// Neither.
    pub none: usize,
    /// No answer within the year.
    pub unknown: usize,
}

/// One group of customers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cluster {
    /// Customers.
    pub customers: usize,
    /// Share of the customers.
    pub share: f64,
    /// Mean days since the last purchase.
    pub recency: f64,
    /// Mean purchase days.
    pub frequency: f64,
    /// Mean net amount in yuan; none where it would tell those of too few customers.
    pub monetary: Option<f64>,
}

/// One month of first purchases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CohortRow {
    /// Its first day.
    pub month: NaiveDate,
    /// Customers.
    pub size: u32,
    /// Customers with a purchase in the month itself, the next, and so on.
    pub active: Vec<u32>,
    /// Whether the last month still runs.
    pub running: bool,
}

/// One leaf of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaf {
    /// Questions: fact id, bound, whether it is at most that.
    pub path: Vec<(&'static str, f64, bool)>,
    /// Customers.
    pub n: usize,
    /// Of them lost.
    pub lost: usize,
}
