//! What can be asked of the store and what it answers: plain data, no SQL, no rows of a database library.
//! Screen and command line use the same questions, so that both give the same answers. What the actor may not see
//! comes masked; nothing above the store masks or unmasks.

mod activation;
mod advice;
mod alarms;
mod analysis;
pub mod audit;
mod board;
mod campaigns;
mod cases;
mod complaints;
mod customers;
mod error;
pub mod export;
mod guard;
mod json;
mod kpi;
mod leak;
mod lists;
mod merge;
mod models;
mod opening;
mod own;
mod profile;
mod receipt;
mod report;
mod review;
mod scheme;
mod scripts;
mod staff;
mod strategy;
mod texts;
mod touches;
mod vault;
pub mod whole;

use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::filter::Filter;
use crate::domain::guard::{Finding, Intent};
use crate::domain::ids::Ids;
use crate::domain::own::OwnField;
use crate::domain::people::PersonId;
use crate::domain::queue::Queue;
use crate::domain::scheme::ClassWord;
use crate::domain::strategy::Edit;

pub use crate::domain::kpi::Period;
pub use activation::{ActivationRow, Activations};
pub use advice::{Advice, Brought, Fit, Member, Next, Potential, Suited, Unmet};
pub use alarms::{AlarmRow, Steps};
pub use analysis::{Analysis, AnalysisQuery, Attitude, Listed, ModelPart, MoveCount, STEPS, StepRow, WayRow};
pub use board::{Board, Figure, Title};
pub use campaigns::{BudgetRow, CampaignRow, MemberRow, Members, PlanPart, PlanRow, PlanTaskRow};
pub use cases::{Case, CaseKind, CaseRow, DisputeCase, HandOverCase, ItemRow, LoadRow, Passage};
pub use complaints::{ComplaintRow, Complaints, RequestRow, Which};
pub use customers::{Count, CustomerRow, Found, List, OwnCell, Seek, Sort, Window};
pub use error::{Clash, Limited, StoreError};
pub use guard::{Guarded, LeftOut};
pub use json::{all_yuan, opt_rfc3339, rfc3339, yuan};
pub use kpi::{Behind, BehindQuery, BehindRow, Kept, KpiGroup, KpiQuery, KpiRow, Kpis, Side};
pub use leak::{LeakCase, LeakCustomer, LeakExport, LeakRow, LeakStep};
pub use lists::{PersonRow, SettingRow, SettingTakes, TagCount, TargetRow, UserRow, ViewRow};
pub use merge::{MergeSide, Merging, Met, OwnMet};
pub use models::{Backtest, Cluster, CohortRow, Leaf, Loyalty, Models, Outlook};
pub use opening::Opening;
pub use own::OwnValue;
pub use profile::{Card, ClassRow, ContactRow, Profile, Record, RewardState, TagRow};
pub use receipt::{Altered, Deed, Mention, Receipt, Revealed, RowOutcome, Since, Undoable};
pub use report::{Entry, Judged, PERIODS, Past, Report, Standings};
pub use review::{BaselineRow, CauseRow, Evaluation, EvaluationRow, LineRow, SuggestionRow};
pub use scheme::{Average, ClassMove, Move, Moves, Proposal, SchemeRow, SchemeVersion, Why, averaged};
pub use scripts::{Gift, Said, ScriptRow, spoken};
pub use staff::{ClassCount, Staff, StaffRow};
pub use strategy::{Compared, OverlayRow, Preview, StrategyRow, Term, VersionRow};
pub use texts::TextRow;
pub use touches::{OutcomeRow, TaskRow, TouchList, TouchRow};
pub use vault::{Rekeyed, VaultError};

/// A question to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// A window of the customer list.
    Customers(List),
    /// How many customers a filter leaves, and how many there are.
    Count(Filter),
    /// Everybody whom a filter leaves.
    Fitting(Filter),
    /// Who is found by a text: those found at first sight, then the others.
    Find {
        /// What was typed.
        text: String,
        /// How many at most.
        limit: usize,
    },
    /// The tags and industries that a text names, and of those that it names in another language which there are.
    Named(String, Vec<String>),
    /// The call card of one customer.
    Card(CustomerId),
    /// Everything of one customer.
    Profile(CustomerId),
    /// The customer with this number or alias.
    ByCode(String),
    /// What two customers would be if they became one (H7).
    Merging {
        /// The one that stays.
        keep: CustomerId,
        /// The one that goes.
        gone: CustomerId,
    },
    /// What stands against a touch of a customer that is about to be made.
    Guard {
        /// Whom.
        customer: CustomerId,
        /// What, when, how.
        intent: Intent,
    },
    /// A person's follow-ups.
    Queue {
        /// Whose; the actor's colleagues too.
        owner: Option<PersonId>,
        /// All that is due, not only what the day holds.
        whole: bool,
        /// How many days ahead `later` reaches.
        ahead: u16,
    },
    /// Touches of everybody, newest first.
    Touches(TouchList),
    /// Complaints with their clocks, what runs out first on top.
    Complaints(Which),
    /// Alarms, the gravest first.
    Alarms(Which),
    /// Requests between departments, those to my own first.
    Requests(Which),
    /// Every script with its state and use.
    Scripts,
    /// Every campaign with its figures.
    Campaigns,
    /// Who is in a campaign; before the run, who would be.
    Members(i64),
    /// What a campaign says to a customer, or to each of those it touches.
    Texts {
        /// Which campaign.
        campaign: i64,
        /// To whom; none means all.
        customer: Option<CustomerId>,
    },
    /// Every plan with its tasks and earlier versions.
    Plans,
    /// Activations of the last half year with their count.
    Activations,
    /// Records of the company's own: gifts, content, products.
    Company(Noun),
    /// The strategy table of a scheme with its live figures.
    Strategy(String),
    /// The classes of the schemes in force with their words.
    Classes,
    /// The fields of the company's own.
    OwnFields,
    /// Every scheme in force, with its versions.
    Schemes,
    /// What a text would change if it were applied as the new version of its scheme.
    SchemePreview(String),
    /// Why a customer stands where it stands in a scheme; all schemes where none is named.
    Why {
        /// The customer.
        customer: CustomerId,
        /// The scheme.
        scheme: Option<String>,
    },
    /// The averages of the industries of own customers, and of those that were entered.
    Benchmarks,
    /// What an edit of the strategy table would do.
    StrategyPreview(Box<Edit>),
    /// The versions of the strategy table of a scheme, the newest first.
    StrategyVersions(String),
    /// What came of a version: the same length of time before and after (H20).
    StrategyResult {
        /// Scheme id.
        scheme: String,
        /// Its version.
        version: i64,
    },
    /// Festivals and seasons, the next first.
    Overlays,
    /// The counts of a period.
    Board(Period),
    /// The KPIs of a period, for all and by segment.
    Kpis(KpiQuery),
    /// The same of a running period as they were counted last, with the time of that: what shows until they are brought up to
    /// date.
    KpisBefore(KpiQuery),
    /// The customers behind a figure.
    Behind(BehindQuery),
    /// What a report of a period says.
    Report(KpiQuery),
    /// What the models say of all customers on a day.
    Models(chrono::NaiveDate),
    /// What the title bar shows.
    Title,
    /// Saved views with their counts.
    Views,
    /// People who work here.
    People,
    /// People with their keys and sessions, the frozen ones too.
    Users,
    /// Who edits a row just now, besides the one who asks.
    Editors(Row),
    /// What was done to a row since a revision.
    Since {
        /// Which.
        row: Row,
        /// The revision somebody has seen.
        rev: i64,
    },
    /// Tags with the number of customers, for completion and browsing.
    Tags,
    /// What `undo` would take back, and what `redo` would bring back.
    Undoable,
    /// Customers that look like the one being made (H8).
    Alike {
        /// The name as typed.
        name: String,
        /// Phones as typed.
        phones: Vec<String>,
    },
    /// What people did, as far as the actor may look back.
    Audit(Box<audit::AuditList>),
    /// What one change did, field by field.
    AuditOne(i64),
    /// Hand-overs that concern whoever asks.
    Cases,
    /// One of them.
    Case(CaseKind, i64),
    /// Leaks of customers' data.
    Leaks,
    /// One of them.
    Leak {
        /// Which.
        id: i64,
        /// With all customers that are affected, not only the first.
        whole: bool,
    },
    /// Who of these was erased on request.
    Erased(Vec<CustomerId>),
    /// How much everybody has to do.
    Loads,
    /// All settings.
    Settings,
    /// All targets that hold, the handbooks' and the company's own.
    Targets,
    /// Every baseline (F49).
    Baselines,
    /// The figures of one.
    Baseline(i64),
    /// Every cause that was written down (F47).
    Causes,
    /// What was carried out, with its evaluation (A129).
    Evaluations,
    /// One evaluation with all that stands in it.
    Evaluation(i64),
    /// Every suggestion (A130).
    Suggestions,
    /// Channels, scripts, moves between classes, the way to the first order.
    Analysis(AnalysisQuery),
    /// The customers behind a number of an analysis.
    Listed(Box<Listed>, usize),
    /// People with load and sheet (F48).
    Staff(Period),
    /// One record as it is now.
    Record(Row),
}

impl Query {
    /// Whether it may count the figures of months: it is no one moment's, since a read that lasts keeps the log from being
    /// folded (operations.md section 2).
    pub const fn counts_months(&self) -> bool {
        matches!(
            self,
            Self::Board(_)
                | Self::Kpis(_)
                | Self::Report(_)
                | Self::Evaluation(_)
                | Self::Analysis(_)
                | Self::Models(_)
        )
    }

    /// Whether a question about what is at hand goes first, since it counts so much, or nothing of it shows.
    pub const fn can_wait(&self) -> bool {
        matches!(
            self,
            Self::Count(_)
                | Self::Find { .. }
                | Self::Named(..)
                | Self::Queue { .. }
                | Self::Fitting(_)
                | Self::Strategy(_)
                | Self::Board(_)
                | Self::Title
                | Self::Views
                | Self::Tags
                | Self::Audit(_)
                | Self::Kpis(_)
                | Self::Behind(_)
                | Self::Report(_)
                | Self::Evaluation(_)
                | Self::Analysis(_)
                | Self::Listed(..)
                | Self::Staff(_)
                | Self::Models(_)
                | Self::Texts { customer: None, .. }
                | Self::Leak { .. }
                | Self::Loads
                | Self::Erased(_)
        )
    }
}

/// The answer to a [`Query`], in the same order.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each answers the query of its name")]
pub enum Answer {
    Customers(Window<CustomerRow>),
    Count(Count),
    /// The ids.
    Fitting(Ids),
    Find(Vec<Found>),
    Named(Vec<String>),
    Card(Option<Box<Card>>),
    Profile(Option<Box<Profile>>),
    ByCode(Option<CustomerId>),
    Merging(Box<Merging>),
    Guard(Vec<Finding>),
    Queue(Queue),
    Touches(Window<TouchRow>),
    Complaints(Complaints),
    Requests(Vec<RequestRow>),
    Alarms(Vec<AlarmRow>),
    Scripts(Vec<ScriptRow>),
    Campaigns(Vec<CampaignRow>),
    Members(Box<Members>),
    Texts(Vec<TextRow>),
    Plans(Vec<PlanRow>),
    Activations(Activations),
    Company(Vec<Record>),
    Strategy(Vec<StrategyRow>),
    Classes(Vec<ClassWord>),
    OwnFields(Vec<OwnField>),
    Schemes(Vec<SchemeRow>),
    SchemePreview(Box<Moves>),
    Why(Vec<Why>),
    Benchmarks(Vec<(String, Average)>),
    StrategyPreview(Option<Box<Preview>>),
    StrategyVersions(Vec<VersionRow>),
    StrategyResult(Option<Box<Compared>>),
    Overlays(Vec<OverlayRow>),
    Board(Box<Board>),
    Kpis(Box<Kpis>),
    KpisBefore(Option<Box<Kpis>>),
    Behind(Box<Behind>),
    Report(Box<Report>),
    Models(Box<Models>),
    Title(Title),
    Views(Vec<ViewRow>),
    People(Vec<PersonRow>),
    Users(Vec<UserRow>),
    Editors(Vec<String>),
    Since(Vec<Since>),
    Tags(Vec<TagCount>),
    Undoable(Box<Undoable>),
    Alike(Vec<Found>),
    Audit(Vec<audit::AuditRow>),
    AuditOne(Vec<audit::AuditField>),
    Cases(Vec<CaseRow>),
    Case(Option<Case>),
    Leaks(Vec<LeakRow>),
    Leak(Option<Box<LeakCase>>),
    Erased(Vec<CustomerId>),
    Loads(Vec<LoadRow>),
    Settings(Vec<SettingRow>),
    /// Targets of figures.
    Targets(Vec<TargetRow>),
    Baselines(Vec<BaselineRow>),
    Baseline(Option<Box<Kpis>>),
    Causes(Vec<CauseRow>),
    Evaluations(Vec<EvaluationRow>),
    Evaluation(Option<Box<Evaluation>>),
    Suggestions(Vec<SuggestionRow>),
    Analysis(Box<Analysis>),
    Staff(Box<Staff>),
    Record(Option<Record>),
}
