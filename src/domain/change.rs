//! Every legal write as a value. A [`Change`] is plain data, made by forms, commands, imports and undo alike; the store
//! applies it in one transaction (`store::write`). What is not in this file cannot happen to the data.

mod customer;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::customer::CustomerId;
use super::date::{Anchor, Due};
use super::field::{Field, Noun, Row, Value};
use super::money::Fen;
use super::people::PersonId;

pub use customer::{NewContact, NewCustomer, Opening};

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

/// A tag as written: type → name → value (C1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPath {
    /// `basic`, `behaviour`, `value` or `need`.
    pub kind: String,
    /// The name, such as 关注点.
    pub name: String,
    /// The value, such as 关注性价比.
    pub value: String,
}

/// A task to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// What to do.
    pub text: String,
    /// When.
    pub due: Due,
    /// What the due was counted from.
    pub anchor: Anchor,
}

/// A touch to be logged (A74–A94).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTouch {
    /// With whom.
    pub customer: CustomerId,
    /// Which contact.
    pub contact: Option<i64>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Channel id; empty on import only (E23).
    pub channel: Option<String>,
    /// Kind id.
    pub kind: String,
    /// Topic.
    pub topic: Option<String>,
    /// What was said.
    pub summary: String,
    /// What the customer said to it.
    pub feedback: Option<String>,
    /// Whether the customer answered or took part.
    pub responded: bool,
    /// What it cost.
    pub cost: Fen,
    /// Products offered, separated by commas.
    pub product: Option<String>,
    /// The script used.
    pub script: Option<String>,
    /// The day of the event its next actions count from.
    pub event_on: Option<NaiveDate>,
    /// Next actions; each becomes a task (E10).
    pub next: Vec<NewTask>,
    /// «Nothing to do» was chosen (E12).
    pub closed: bool,
    /// Tasks that this touch fulfils.
    pub done: Vec<TaskRef>,
    /// The person who had the talk, if it is not the actor.
    pub by: Option<PersonId>,
    /// Why the guard was passed.
    pub override_reason: Option<String>,
}

impl NewTouch {
    /// A call by ourselves of which nothing is known but what was said: unanswered, free, with nothing left to do.
    pub fn plain(customer: CustomerId, at: DateTime<Utc>, summary: impl Into<String>) -> Self {
        Self {
            customer,
            contact: None,
            at,
            channel: Some("phone".to_owned()),
            kind: "proactive".to_owned(),
            topic: None,
            summary: summary.into(),
            feedback: None,
            responded: false,
            cost: Fen(0),
            product: None,
            script: None,
            event_on: None,
            next: Vec::new(),
            closed: true,
            done: Vec::new(),
            by: None,
            override_reason: None,
        }
    }
}

/// A task in the queue: stored, or standing there because of a date or of silence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskRef {
    /// A row of the task table.
    Stored(i64),
    /// A cause that has no row yet: `date:17:2024-06-18`, `silence:4:2024-05-11`.
    Cause {
        /// The customer.
        customer: CustomerId,
        /// The cause.
        cause: String,
        /// What to do, in the words the person saw.
        text: String,
        /// The day it stands for.
        due: NaiveDate,
    },
}

/// What happens to each of many customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Adds a tag.
    Tag(TagPath),
    /// Takes a tag away.
    Untag(TagPath),
    /// Gives the customer to a person.
    Assign(PersonId),
    /// Plans a touch.
    Plan(NewTask),
}

/// One row of an import, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportRow {
    /// A customer: made, or its empty fields filled and given ones updated when the number is known (K56).
    Customer(NewCustomer),
    /// A contact of a known customer.
    Contact {
        /// Whose.
        customer: CustomerId,
        /// Who.
        contact: NewContact,
    },
    /// An order of a known customer: values of [`Noun::Order`].
    Order {
        /// Whose.
        customer: CustomerId,
        /// The fields.
        values: Vec<(Field, Value)>,
    },
    /// A touch of a known customer.
    Touch(NewTouch),
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
    /// Logs a call that reached nobody and says when to call again, as one step: a task keeps its words and moves, else a
    /// new one is made.
    Unanswered {
        /// The call; it has no next actions of its own.
        touch: Box<NewTouch>,
        /// The task the call was for.
        task: Option<TaskRef>,
        /// When to call again, and the words of the task where there was none.
        again: NewTask,
    },
    /// Plans a task.
    AddTask {
        /// For whom.
        customer: CustomerId,
        /// What and when.
        task: NewTask,
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
    /// Does one thing to many customers, in batches under one id.
    Many {
        /// Whom.
        customers: Vec<CustomerId>,
        /// What.
        each: Each,
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
    /// Approves a version of a script, or withdraws it (H39).
    Review {
        /// Which version.
        script: i64,
        /// The revision the person saw.
        rev: i64,
        /// Approves it; else withdraws it.
        approve: bool,
    },
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

impl Change {
    /// The id of what it does, kept in the record of changes.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::AddCustomer(_) => "add_customer",
            Self::Add { .. } | Self::AddContact { .. } => "add",
            Self::Edit { .. } => "edit",
            Self::Remove { .. } => "remove",
            Self::LogTouch(_) => "log",
            Self::Unanswered { .. } => "unanswered",
            Self::AddTask { .. } | Self::Many { each: Each::Plan(_), .. } => "plan",
            Self::Reschedule { .. } => "reschedule",
            Self::Done(_) => "done",
            Self::Snooze { .. } => "snooze",
            Self::Many { each: Each::Tag(_), .. } => "tag",
            Self::Many { each: Each::Untag(_), .. } => "untag",
            Self::Many { each: Each::Assign(_), .. } => "assign",
            Self::Class { .. } => "class",
            Self::Review { approve: true, .. } => "approve",
            Self::Review { approve: false, .. } => "withdraw",
            Self::SaveView { .. } => "save_view",
            Self::RemoveView(_) => "remove_view",
            Self::Set { .. } => "set",
            Self::StartImport { .. } | Self::ImportRows { .. } | Self::FinishImport { .. } => "import",
            Self::Undo(_) => "undo",
            Self::Redo => "redo",
        }
    }
}
