//! The nouns: what a record is. Each is one table of the store, which `store/tables` names with its columns.

use serde::{Deserialize, Serialize};

/// What a record is; each noun is one table of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the nouns are the vocabulary; requirements A describes each")]
pub enum Noun {
    Person,
    Customer,
    Alias,
    Class,
    Contact,
    Method,
    Tag,
    CustomerTag,
    Order,
    OrderLine,
    Quote,
    Refund,
    Opening,
    Contract,
    Expense,
    Budget,
    Touch,
    Outcome,
    Task,
    ImportantDate,
    Consent,
    OptOut,
    Referral,
    Coupon,
    Membership,
    Activation,
    Browse,
    Complaint,
    Survey,
    Request,
    Alarm,
    SchemeVersion,
    Proposal,
    Benchmark,
    Script,
    Gift,
    Content,
    Product,
    ProductTag,
    Campaign,
    Member,
    Plan,
    PlanTask,
    PlanResource,
    PlanTarget,
    Overspend,
    Event,
    BookRef,
    Baseline,
    CauseNote,
    Evaluation,
    EvaluationLine,
    Suggestion,
    Assessment,
    Share,
    Strategy,
    StrategyTouch,
    StrategyVersion,
    Overlay,
    Dispute,
    DisputeNote,
    Handover,
    HandoverItem,
    HandoverCustomer,
    Leak,
    LeakStep,
    LeakCustomer,
    SavedView,
    PersonKey,
    Setting,
    OwnField,
    OwnValue,
    /// No table: what only forms and the command line ask for.
    Entry,
}

/// One row of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Row {
    /// In which table.
    pub noun: Noun,
    /// Its id there.
    pub id: i64,
}

impl Noun {
    /// Records of a customer in the order in which a profile tells them; contacts, tags, touches and tasks have places of
    /// their own.
    pub const OF_CUSTOMER: &[Self] = &[
        Self::Order,
        Self::Quote,
        Self::Refund,
        Self::Opening,
        Self::Contract,
        Self::ImportantDate,
        Self::Consent,
        Self::OptOut,
        Self::Referral,
        Self::Coupon,
        Self::Membership,
        Self::Activation,
        Self::Browse,
        Self::Complaint,
        Self::Survey,
        Self::Request,
        Self::Budget,
        Self::Expense,
        Self::Overspend,
        Self::Share,
    ];
}
