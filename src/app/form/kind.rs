//! What a form is for, with what it needs to know besides its fields.

use serde::{Deserialize, Serialize};

use super::super::pane_id::Subject;
use super::review::Review;
use crate::domain::change::{Change, TagPath, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Row};
use crate::domain::handover::Turn;
use crate::domain::scheme::draft::Draft as SchemeDraft;

/// What is suggested for a touch: the form opens with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Channel id (D30).
    pub channel: Option<String>,
    /// The kind of the touch in words, by which its clock knows it again.
    pub topic: Option<String>,
    /// Whether it answers a reaction of the customer.
    #[serde(default)]
    pub answers: bool,
}

/// Whom a hand-over is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handing {
    /// The customer at hand, or all that are marked.
    These,
    /// All customers of a person.
    All(i64),
}

/// A step of a complaint that a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// The first human reply.
    Answer,
    /// The solution.
    Solve,
    /// Closing it as resolved.
    Resolve,
    /// Closing it as one that does not count.
    End,
}

/// What a form about a leak asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeakForm {
    /// What happened.
    Report,
    /// Who it was.
    Name {
        /// Which leak.
        id: i64,
        /// Its revision.
        rev: i64,
    },
    /// What is said to customers, and what they get.
    Apologise {
        /// Which leak.
        id: i64,
        /// Whom.
        customers: Vec<CustomerId>,
        /// The name, where it is one.
        name: Option<String>,
    },
    /// What came of it.
    Close {
        /// Which leak.
        id: i64,
        /// Its revision.
        rev: i64,
        /// Ids of the steps that are not done: why is asked for.
        #[serde(default)]
        open: Vec<String>,
    },
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Logs a touch; fulfils these tasks; from the queue, the next due customer opens afterwards.
    Touch {
        /// Tasks that this touch fulfils.
        done: Vec<TaskRef>,
        /// Whether it was begun in the queue.
        from_queue: bool,
        /// What the strategy table suggests for it.
        #[serde(default)]
        plan: Plan,
    },
    /// Makes a customer.
    Customer,
    /// Makes a contact with methods.
    Contact,
    /// Makes a record of a noun.
    Add(Noun),
    /// Edits fields of one row.
    Edit {
        /// Which row.
        row: Row,
        /// Its revision when the form opened.
        rev: i64,
    },
    /// Something of a review: a target, a cause, a baseline, a judgement.
    Review(Box<Review>),
    /// Plans a task, for the customer or for all marked.
    Plan,
    /// Gives a task another due.
    Reschedule(TaskRef),
    /// Puts a task aside.
    Snooze(TaskRef),
    /// Logs an unanswered call and plans the next one.
    CallBack {
        /// The task the call was for.
        task: Option<TaskRef>,
    },
    /// A new record of another one: a task of a plan.
    AddTo {
        /// Whose.
        parent: Row,
        /// Of which kind.
        noun: Noun,
    },
    /// Asks why a customer is put back into a campaign.
    PutBack {
        /// Which campaign.
        campaign: i64,
        /// Whom.
        customer: i64,
    },
    /// Words a value of the dictionary, or makes one: which, with its revision, and what it is now.
    Reword {
        /// Which; none makes one.
        tag: Option<(i64, i64)>,
        /// What it is now.
        path: TagPath,
    },
    /// Notes that the customer does not want to be touched by a channel, or wants to again.
    Wish {
        /// Channel id; `all` is do not disturb.
        channel: String,
        /// The opt-out that is lifted, with its revision; none where one is made.
        lift: Option<(Row, i64)>,
    },
    /// A step of a complaint.
    Complaint {
        /// Which complaint.
        id: i64,
        /// Which step.
        step: Handling,
    },
    /// Asks what came of an alarm.
    CloseAlarm {
        /// Which.
        id: i64,
    },
    /// Raises an alarm that no record shows.
    RaiseAlarm,
    /// Asks another department about the customer.
    Ask {
        /// The touch it comes from.
        touch: Option<i64>,
    },
    /// Answers a request of another department.
    AnswerRequest {
        /// Which.
        id: i64,
        /// It is refused, and this asks why.
        #[serde(default)]
        refuse: bool,
    },
    /// Asks why a change that the guard holds is to be written nevertheless.
    Nevertheless(Box<Change>),
    /// Asks why something masked is to be shown.
    Reveal {
        /// Of which row.
        row: Row,
        /// Which field; all private ones where none is named.
        field: Option<Field>,
    },
    /// Asks why rows are to leave as a file.
    Export {
        /// Id of what.
        what: String,
        /// Id of the format.
        format: String,
    },
    /// Adds a tag, to the customer or to all marked.
    Tag,
    /// Gives the customer or all marked to somebody.
    Assign,
    /// Makes the customer at hand and another one the same customer (H7).
    Merge {
        /// The one that goes; none until it is chosen.
        gone: Option<Subject>,
    },
    /// Hands customers over.
    HandOver(Handing),
    /// Asks why a hand-over is declined or taken back.
    TurnHandOver {
        /// Which.
        id: i64,
        /// Its revision.
        rev: i64,
        /// What is done.
        turn: Turn,
    },
    /// Says that the customer at hand should be one's own.
    OpenDispute,
    /// Takes away who the customer at hand is.
    Erase,
    /// Says something about a dispute.
    NoteDispute {
        /// Which.
        id: i64,
    },
    /// Decides a dispute.
    DecideDispute {
        /// Which.
        id: i64,
        /// Its revision.
        rev: i64,
        /// Who touched the customer first.
        first: Option<i64>,
    },
    /// Something about a leak.
    Leak(LeakForm),
    /// Changes a setting of the company.
    Setting {
        /// Its key.
        key: String,
    },
    /// Enters what the customers of an industry spend in a year.
    Average {
        /// The industry; blank for one that is not there yet.
        industry: String,
    },
    /// Sets a class by hand.
    Class,
    /// Changes the filter of the list.
    Filter,
    /// Searches in all touches.
    Search,
    /// Keeps the present view.
    View,
    /// Edits the row of a class in the strategy table, or makes it.
    Strategy {
        /// Scheme id.
        scheme: String,
        /// Class id.
        class: String,
        /// Its revision; none where there is no row yet.
        rev: Option<i64>,
    },
    /// Rules that are being edited: not filled in as a form is, but kept, waiting and offered again as one.
    Rules {
        /// The rules as edited.
        draft: Box<SchemeDraft>,
        /// The version that was in force when the editing began.
        base: Option<i64>,
        /// Which line of them.
        at: usize,
    },
    /// Makes or edits a festival or season.
    Overlay {
        /// Which; none makes one.
        id: Option<i64>,
    },
}

impl FormKind {
    /// Whether it takes all customers that are marked.
    pub const fn takes_marked(&self) -> bool {
        matches!(self, Self::Tag | Self::Assign | Self::Plan | Self::HandOver(Handing::These))
    }

    /// Whether it is about no customer in particular.
    pub const fn is_of_nobody(&self) -> bool {
        matches!(
            self,
            Self::Customer
                | Self::Filter
                | Self::Search
                | Self::View
                | Self::Export { .. }
                | Self::Reword { .. }
                | Self::Average { .. }
                | Self::Strategy { .. }
                | Self::Overlay { .. }
                | Self::Review(_)
                | Self::HandOver(Handing::All(_))
                | Self::TurnHandOver { .. }
                | Self::NoteDispute { .. }
                | Self::DecideDispute { .. }
                | Self::Leak(_)
                | Self::Setting { .. }
                | Self::Rules { .. }
                | Self::AddTo { .. }
        )
    }
}
