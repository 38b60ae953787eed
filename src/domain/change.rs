//! Every legal write as a value. A [`Change`] is plain data, made by forms, commands, imports and undo alike; the store
//! applies it in one transaction (`store::write`). What is not in this file cannot happen to the data.

mod customer;
mod import;
mod many;
mod review;
mod touch;
mod verb;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::customer::CustomerId;
use super::date::Due;
use super::dispute::Dispute;
use super::field::{Field, Noun, Row, Value};
use super::handover::HandOver;
use super::leak::Leak;
use super::merge::Merge;
use super::money::Fen;
use super::own::OwnEdit;
use super::user::Staff;
use super::{alarm, complaint, requests, strategy};

pub use customer::{NewContact, NewCustomer, Opening, SentBy};
pub use import::{ImportRow, LABELS};
pub use many::{Each, TagPath};
pub use review::Reviewing;
pub use touch::{NewTask, NewTouch, TaskRef, answered};

/// A change on its way to the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Names this request: one that comes twice is written once, and answered with the same receipt's change id.
    pub request: String,
    /// What to do.
    pub change: Change,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

/// A field that a person changed: what they saw, and what it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The field.
    pub field: Field,
    /// The value the person started from.
    pub was: Value,
    /// The value they want.
    pub to: Value,
}

/// A legal write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Makes a customer.
    AddCustomer(Box<NewCustomer>),
    /// Makes a record that belongs to a customer.
    Add {
        /// Of which kind.
        noun: Noun,
        /// Whose.
        customer: CustomerId,
        /// Its fields.
        set: Vec<(Field, Value)>,
    },
    /// Makes a contact with methods.
    AddContact {
        /// Whose.
        customer: CustomerId,
        /// Who.
        contact: NewContact,
    },
    /// Edits fields of one row; refused with both values where somebody else changed the same field since.
    Edit {
        /// Which row.
        row: Row,
        /// The revision the person saw.
        rev: i64,
        /// The fields.
        set: Vec<Edited>,
    },
    /// Removes one row and what hangs on it.
    Remove {
        /// Which row.
        row: Row,
        /// The revision the person saw.
        rev: i64,
    },
    /// Logs a touch with its next actions.
    LogTouch(Box<NewTouch>),
    /// Logs a call that reached nobody and says when to call again, as one step.
    Unanswered {
        /// The call; it has no next actions of its own.
        touch: Box<NewTouch>,
        /// The task the call was for: it keeps its words and moves.
        task: Option<TaskRef>,
        /// When to call again, and the words of a new task where there was none.
        again: NewTask,
    },
    /// Plans a task.
    AddTask {
        /// For whom.
        customer: CustomerId,
        /// What and when.
        task: NewTask,
    },
    /// Plans a touch of our own accord: the guard is asked about its day.
    PlanTouch {
        /// For whom.
        customer: CustomerId,
        /// What and when.
        task: NewTask,
        /// Why the guard was passed.
        reason: Option<String>,
    },
    /// Moves a task to another due.
    Reschedule {
        /// Which.
        task: TaskRef,
        /// When.
        due: Due,
    },
    /// Ticks tasks off.
    Done(Vec<TaskRef>),
    /// Puts a task aside until a day, with a reason.
    Snooze {
        /// Which.
        task: TaskRef,
        /// Until when.
        until: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Several changes of one customer's: all of them or none.
    All(Vec<Self>),
    /// Does one thing to many customers, in batches under one id.
    Many {
        /// Whom.
        customers: Vec<CustomerId>,
        /// What.
        each: Each,
    },
    /// Hands customers over, or takes a hand-over on (H33).
    HandOver(Box<HandOver>),
    /// Makes two records of one customer one (H7).
    Merge(Box<Merge>),
    /// Takes away who a customer is, for good (I18).
    Erase {
        /// Whom.
        customer: CustomerId,
        /// The name as typed, to confirm it.
        name: String,
        /// Why.
        reason: String,
    },
    /// Says who should own a customer, or decides it (A143).
    Dispute(Dispute),
    /// Customers' data has got out: what is done about it (K52).
    Leak(Leak),
    /// Ticks the check of a record by a second person (H10); refused for whoever entered it (K57).
    Check(CustomerId),
    /// Shows what is masked, once and for a reason.
    Reveal {
        /// Of which row.
        row: Row,
        /// Which field; all private ones where none is named.
        field: Option<Field>,
        /// Why.
        reason: String,
    },
    /// Sets a class by hand, or takes the hand-set one away.
    Class {
        /// Whose.
        customer: CustomerId,
        /// In which scheme.
        scheme: String,
        /// The class.
        value: Option<String>,
        /// Why.
        reason: Option<String>,
    },
    /// Fills, changes or empties a field of the company's own (A4).
    Own(OwnEdit),
    /// Applies a text as the new version of its scheme, and moves whoever it moves.
    ApplyScheme {
        /// The TOML.
        text: String,
    },
    /// Hands a text to whoever may apply it, with a reason; the rules in force stay.
    ProposeScheme {
        /// The TOML.
        text: String,
    },
    /// Makes a value of the dictionary of tags, or gives one another wording: id and revision seen.
    Reword {
        /// Which; none makes it.
        tag: Option<(i64, i64)>,
        /// What it shall be; where that is there already, the two become one.
        path: TagPath,
    },
    /// Enters the average spend of an industry's customers in a year (A57).
    Benchmark {
        /// The industry as customers carry it.
        industry: String,
        /// The year.
        year: i32,
        /// The average.
        average: Fen,
    },
    /// The customer has claimed a coupon, or used it with an order (K15, K17).
    Coupon {
        /// Which.
        coupon: i64,
        /// Used; else claimed.
        used: bool,
    },
    /// Approves a version of a script, or withdraws it (H39).
    Review {
        /// Which version.
        script: i64,
        /// The revision the person saw.
        rev: i64,
        /// Approves it; else withdraws it.
        approve: bool,
    },
    /// Makes a record that belongs to another one and to no customer: a task of a plan.
    AddTo {
        /// Whose.
        parent: Row,
        /// Of which kind.
        noun: Noun,
        /// Its fields.
        set: Vec<(Field, Value)>,
    },
    /// Carries a plan out, closes it, or takes it up again.
    TurnPlan {
        /// Which.
        plan: i64,
        /// The revision the person saw.
        rev: i64,
    },
    /// Puts a customer whom the guard leaves out of a campaign back, with a reason, or takes that back.
    PutBack {
        /// Which campaign.
        campaign: i64,
        /// Whom.
        customer: CustomerId,
        /// Why; none takes it back.
        reason: Option<String>,
    },
    /// Touches everybody in a campaign's target group who may be touched, in batches under one job (H52).
    RunCampaign {
        /// Which.
        campaign: i64,
        /// The revision the person saw.
        rev: i64,
    },
    /// Approves what a campaign or a budget costs (D19, H37).
    ApproveCost {
        /// Which.
        row: Row,
        /// The revision the person saw.
        rev: i64,
    },
    /// A step of a complaint: taken over, answered, solved, resolved, closed.
    Complaint {
        /// Which.
        id: i64,
        /// What is done.
        step: complaint::Step,
    },
    /// Somebody does something with an alarm.
    Alarm {
        /// Which.
        id: i64,
        /// What.
        step: alarm::Step,
    },
    /// Raises an alarm that no record shows: `leak`, `dispute`.
    RaiseAlarm {
        /// Which rule.
        rule: String,
        /// About whom.
        customer: Option<CustomerId>,
        /// What happened.
        note: String,
    },
    /// Asks another department (E18).
    Ask {
        /// About whom.
        customer: CustomerId,
        /// The touch it comes from.
        touch: Option<i64>,
        /// Fields of [`Noun::Request`].
        set: Vec<(Field, Value)>,
        /// By when; the rule's hours where nobody says.
        by: Option<Due>,
    },
    /// A step of a request between departments.
    Request {
        /// Which.
        id: i64,
        /// What is done.
        step: requests::Step,
    },
    /// Notes what became of a touch later (E24, K15).
    Outcome {
        /// Which touch.
        touch: i64,
        /// Id of the outcome: `answered`, `claimed`, `ordered`, `declined`.
        kind: String,
        /// In words.
        note: Option<String>,
        /// What is to be done about it.
        next: Option<NewTask>,
    },
    /// Reviews what was done: causes, baselines, evaluations, suggestions.
    Reviewing(Box<Reviewing>),
    /// Edits a row of the strategy table, as a new version of its scheme (H20).
    Strategy {
        /// The row as it is to be.
        edit: Box<strategy::Edit>,
        /// Why.
        reason: String,
    },
    /// Makes or edits a festival or season.
    PutOverlay {
        /// Which; none makes one.
        id: Option<i64>,
        /// Fields of [`Noun::Overlay`].
        set: Vec<(Field, Value)>,
    },
    /// Removes a festival or season.
    RemoveOverlay(i64),
    /// Says that the content of a festival is in order for its coming occurrence (H51).
    OverlayReady(i64),
    /// Keeps a view of the customer list.
    SaveView {
        /// Its name; an equal name of the same person is replaced.
        name: String,
        /// The filter language.
        filter: String,
        /// Column id.
        sort: String,
        /// Downwards.
        descending: bool,
        /// For everybody.
        shared: bool,
    },
    /// Removes a view.
    RemoveView(i64),
    /// Lets somebody work here, shuts them out, changes their keys.
    Staff(Staff),
    /// Changes a setting.
    Set {
        /// Which.
        key: String,
        /// To what.
        value: String,
    },
    /// Opens an import; its rows follow under the job's id.
    StartImport {
        /// The file.
        what: String,
    },
    /// Writes a batch of an import.
    ImportRows {
        /// The job.
        job: i64,
        /// The rows.
        rows: Vec<ImportRow>,
    },
    /// Closes an import.
    FinishImport {
        /// The job.
        job: i64,
    },
    /// Takes back the last change of this person that still stands, or the named one.
    Undo(Option<i64>),
    /// Brings back what was taken back last.
    Redo,
}
