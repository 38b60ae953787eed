//! Campaigns and plans as lists show them, who is in a campaign with the reason of those who were left out, and what a
//! customer's year has cost against its budget.

use chrono::NaiveDate;
use serde::Serialize;

use super::json::yuan;
use crate::domain::budget::{Spent, Standing};
use crate::domain::guard::Finding;
use crate::domain::money::Fen;

/// One campaign (A125).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CampaignRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The code that touches name it by.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub goal: Option<String>,
    /// The target group, in the filter language with ids.
    pub filter: String,
    /// Channel id.
    pub channel: String,
    /// Script code.
    pub script: Option<String>,
    /// Its title, by which people know it.
    pub script_title: Option<String>,
    /// Products offered.
    pub product: Option<String>,
    /// What every touch says; none: its name.
    pub text: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// When its evaluation is due (G25).
    pub evaluate_on: NaiveDate,
    /// Cost of the whole.
    #[serde(serialize_with = "yuan")]
    pub cost: Option<Fen>,
    /// What every customer gets of it: the face of a coupon, or what a package takes off its price.
    #[serde(skip)]
    pub each: Option<Fen>,
    /// Its owner's name.
    pub owner: String,
    /// Its owner.
    #[serde(skip)]
    pub owner_id: i64,
    /// `draft`, `running`, `done`.
    pub state: String,
    /// The run was cut on the way and goes on when it is started again.
    pub cut: bool,
    /// The evaluation (H19).
    pub result: Option<String>,
    /// Who approved its cost (D19).
    pub approved_by: Option<String>,
    /// Customers touched.
    pub touched: i64,
    /// Customers left out.
    pub left_out: i64,
    /// Touched ones who answered.
    pub answered: i64,
    /// Touched ones who ordered.
    pub ordered: i64,
}

impl CampaignRow {
    /// Whether it costs something that is to be approved (D19, H37): what it costs itself, and what it gives every customer,
    /// which runs against no customer's budget (D21) and is money all the same.
    pub fn costs(&self) -> bool {
        [self.cost, self.each].into_iter().flatten().any(|fen| fen.0 > 0)
    }
}

/// One customer of a campaign's group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberRow {
    /// Inside id.
    #[serde(skip)]
    pub customer: i64,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
    /// Owner's name.
    pub owner: String,
    /// Segment id: at the time of the touch for those who were touched (F51).
    pub segment: Option<String>,
    /// `clear`, `put_back`, `touched`, `left_out`; before the run what would become of them.
    pub state: String,
    /// What they are left out for.
    pub findings: Vec<Finding>,
    /// Why somebody put them back.
    pub reason: Option<String>,
    /// Their touch.
    #[serde(skip)]
    pub touch: Option<i64>,
    /// What became of it: `answered`, `claimed`, `ordered`, `declined`.
    pub outcome: Option<String>,
    /// The share of the cost.
    #[serde(serialize_with = "yuan")]
    pub cost: Option<Fen>,
}

/// Who is in a campaign: before the run who would be.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Members {
    /// The campaign.
    #[serde(skip)]
    pub campaign: i64,
    /// Whether this is a look ahead.
    pub preview: bool,
    /// Those shown: left out first, then put back, then the others.
    pub rows: Vec<MemberRow>,
    /// Customers that were looked at.
    pub looked: usize,
    /// Whether there are more than were looked at or are shown.
    pub more: bool,
    /// Who is touched, of those looked at.
    pub touched: usize,
    /// How many are left out for each finding, by id; one customer may stand in several.
    pub why: Vec<(String, usize)>,
    /// What blocks the whole campaign.
    pub blocked: Option<Finding>,
}

/// One plan (A133, A134).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// Version.
    pub version: i64,
    /// Name.
    pub name: String,
    /// The target group, in the filter language.
    pub filter: Option<String>,
    /// The one customer it is for: number and name.
    pub customer: Option<(String, String)>,
    /// Relationship type id.
    pub relation: Option<String>,
    /// Goal.
    pub goal: Option<String>,
    /// Service and value.
    pub content: Option<String>,
    /// Channel ids.
    pub channels: Vec<String>,
    /// How often.
    pub frequency: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Problems and measures.
    pub problems: Option<String>,
    /// Report to the superiors.
    pub report: Option<String>,
    /// Its owner's name.
    pub owner: String,
    /// `draft`, `running`, `done`.
    pub state: String,
    /// When this version was written, UTC ms, and by whom.
    #[serde(skip)]
    pub written: (i64, String),
    /// Its tasks by their days.
    pub tasks: Vec<PlanTaskRow>,
    /// What it needs.
    pub resources: Vec<PlanPart>,
    /// What it is measured by.
    pub targets: Vec<PlanPart>,
    /// Earlier versions, the newest first.
    pub earlier: Vec<PlanRow>,
}

/// One task of a plan (A135).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanTaskRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// What to do.
    pub text: String,
    /// By when.
    pub due: NaiveDate,
    /// Who.
    pub owner: String,
    /// Whether it is done.
    pub done: bool,
}

/// A resource or a target of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanPart {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// Resource kind id, or the KPI.
    pub kind: String,
    /// What, or the target value.
    pub text: String,
    /// Amount of a resource.
    #[serde(serialize_with = "yuan")]
    pub amount: Option<Fen>,
    /// Day of a training, or what has been reached of a target.
    pub note: Option<String>,
}

/// What a customer's year has cost against its budget (A123, D18–D21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetRow {
    /// The year.
    pub year: i32,
    /// The budget: the customer's own where one is approved, else the class's; none where neither says.
    #[serde(serialize_with = "yuan")]
    pub budget: Option<Fen>,
    /// Who approved the customer's own budget; none where the class's holds (D19).
    pub approved_by: Option<String>,
    /// What has been asked for and nobody has approved yet (H37).
    #[serde(serialize_with = "yuan")]
    pub pending: Option<Fen>,
    /// Whether at least so much is to be spent.
    pub floor: bool,
    /// What was spent, by kind.
    #[serde(skip)]
    pub spent: Spent,
    /// What of it runs against the budget (D21).
    #[serde(serialize_with = "yuan")]
    pub counting: Option<Fen>,
    /// How both stand to each other.
    pub standing: Standing,
    /// Why it was overspent, if somebody has said so, and who.
    pub explanation: Option<(String, String)>,
}
