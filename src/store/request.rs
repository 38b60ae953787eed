//! What can be asked of the store and what it answers: plain data, no SQL, no rows of a database library.
//! Screen and command line use the same questions, so that both give the same answers. What the actor may not see
//! comes masked; nothing above the store masks or unmasks.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::domain::change::{TagPath, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Noun, Row, Value};
use crate::domain::filter::Filter;
use crate::domain::money::Fen;
use crate::domain::people::{PersonId, Role, Verb};
use crate::domain::queue::Queue;

/// A question to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// A window of the customer list.
    Customers(List),
    /// How many customers a filter leaves, and how many there are.
    Count(Filter),
    /// The look-up box.
    Find {
        /// What was typed.
        text: String,
        /// How many at most.
        limit: usize,
    },
    /// The call card of one customer.
    Card(CustomerId),
    /// Everything of one customer.
    Profile(CustomerId),
    /// The customer with this number or alias.
    ByCode(String),
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
    /// The strategy table of a scheme.
    Strategy(String),
    /// The counts of a period.
    Board(Period),
    /// What the title bar shows.
    Title,
    /// Saved views with their counts.
    Views,
    /// People who work here.
    People,
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
    /// The latest changes of one customer, or of everybody.
    History {
        /// Of whom.
        customer: Option<CustomerId>,
        /// How many at most.
        limit: usize,
    },
    /// All settings.
    Settings,
    /// One record as it is now.
    Record(Row),
}

/// The answer to a [`Query`], in the same order.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each answers the query of its name")]
pub enum Answer {
    Customers(Window<CustomerRow>),
    Count(Count),
    Find(Vec<Found>),
    Card(Option<Box<Card>>),
    Profile(Option<Box<Profile>>),
    ByCode(Option<CustomerId>),
    Queue(Queue),
    Touches(Window<TouchRow>),
    Strategy(Vec<StrategyRow>),
    Board(Box<Board>),
    Title(Title),
    Views(Vec<ViewRow>),
    People(Vec<PersonRow>),
    Tags(Vec<TagCount>),
    Undoable(Undoable),
    Alike(Vec<Found>),
    History(Vec<Deed>),
    Settings(Vec<(String, String)>),
    Record(Option<Record>),
}

/// Which customers, in which order, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Which.
    pub filter: Filter,
    /// By what.
    pub sort: Sort,
    /// Downwards; customers without a value come last either way.
    pub descending: bool,
    /// From where.
    pub seek: Seek,
    /// How many at most.
    pub take: usize,
}

/// Where a window of a list lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// From the first row.
    Top,
    /// The last rows.
    End,
    /// With this row in the middle; from the top where it is gone.
    Around(i64),
}

/// The columns by which the customer list sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Hash)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sort {
    Code,
    Name,
    Industry,
    Size,
    Segment,
    Grade,
    LastTouch,
    NextDue,
    LastOrder,
    PerYear,
    Spend,
}

/// A window of a longer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether there are rows before the first.
    pub before: bool,
    /// Whether there are rows after the last.
    pub after: bool,
}

/// One line of the customer list; also the head of a profile and a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CustomerRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
    /// Segment id.
    pub segment: Option<String>,
    /// Grade id.
    pub grade: Option<String>,
    /// Lifecycle id.
    pub lifecycle: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// Size id.
    pub size: Option<String>,
    /// Key contact.
    pub contact: Option<String>,
    /// Their position.
    pub title: Option<String>,
    /// Their first phone, masked where it has to be.
    pub phone: Option<String>,
    /// Owner's name.
    pub owner: String,
    /// Owner's id.
    #[serde(skip)]
    pub owner_id: i64,
    /// Day of the last touch.
    pub last_touch: Option<NaiveDate>,
    /// Day of the next due.
    pub next_due: Option<NaiveDate>,
    /// Its time, if one was given.
    pub next_time: Option<NaiveTime>,
    /// What is due then.
    pub next_text: Option<String>,
    /// Last order.
    pub last_order: Option<NaiveDate>,
    /// Orders a year.
    pub per_year: i64,
    /// The last twelve months; none where masked.
    #[serde(serialize_with = "yuan")]
    pub spend_12m: Option<Fen>,
    /// Preferred category.
    pub category: Option<String>,
    /// Open complaints.
    pub complaints: i64,
    /// Do not disturb.
    pub quiet: bool,
}

/// Writes an amount as yuan with two decimals, as `--json` has it.
#[expect(clippy::ref_option, reason = "the shape serde asks for")]
pub fn yuan<S: serde::Serializer>(amount: &Option<Fen>, to: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(fen) => to.serialize_some(&(fen.0 as f64 / 100.0)),
        None => to.serialize_none(),
    }
}

/// A count that may have stopped early.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Customers that the filter leaves.
    pub shown: u64,
    /// All customers.
    pub total: u64,
}

/// One hit of the look-up box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The customer.
    #[serde(flatten)]
    pub row: CustomerRow,
    /// Which field matched: `name`, `code`, `contact`, `tag`, `phone`.
    pub matched: &'static str,
    /// The text of that field, masked where it has to be.
    pub text: String,
    /// The characters of it that matched.
    #[serde(skip)]
    pub chars: (usize, usize),
    /// Whether the actor owns it.
    pub mine: bool,
}

/// What one needs to see before saying a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Who it is.
    pub row: CustomerRow,
    /// Contacts with their phones.
    pub contacts: Vec<ContactRow>,
    /// The last touch.
    pub last: Option<TouchRow>,
    /// Open promises, the next first.
    pub tasks: Vec<TaskRow>,
    /// The open complaint.
    pub complaint: Option<String>,
    /// Channels opted out of (ids; `all` is do not disturb).
    pub opt_outs: Vec<String>,
    /// Proactive touches of the last seven days by anybody, and the cap of the class.
    pub touched: (i64, Option<i64>),
    /// What to say: the class's script with its placeholders filled.
    pub script: Option<String>,
    /// The composite tag line (C18).
    pub tags: String,
}

/// A contact with their methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Position.
    pub title: Option<String>,
    /// The key contact.
    pub key: bool,
    /// Phones, masked where they have to be.
    pub phones: Vec<String>,
    /// WeChat ids.
    pub wechat: Vec<String>,
    /// E-mail addresses.
    pub email: Vec<String>,
}

/// One touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TouchRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The customer inside.
    #[serde(skip)]
    pub customer: i64,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// When it was written down.
    #[serde(serialize_with = "rfc3339")]
    pub recorded_at: i64,
    /// Late for good (E28).
    pub late: bool,
    /// Channel id; none is a gap to fill (E23).
    pub channel: Option<String>,
    /// Kind id.
    pub kind: String,
    /// With whom.
    pub contact: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// What was said.
    pub summary: String,
    /// What the customer said.
    pub feedback: Option<String>,
    /// Answered.
    pub responded: bool,
    /// Followed by an order.
    pub converted: bool,
    /// What it cost.
    #[serde(serialize_with = "yuan")]
    pub cost: Option<Fen>,
    /// Products offered.
    pub product: Option<String>,
    /// The segment at the time (F51).
    pub segment_then: Option<String>,
    /// Who had the talk.
    pub person: String,
    /// Their post.
    pub post: String,
    /// Their department id.
    pub department: String,
    /// Its next actions as one line (A148).
    pub next: String,
    /// «Nothing to do» was chosen.
    pub closed: bool,
}

/// Writes UTC milliseconds as RFC 3339.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
pub fn rfc3339<S: serde::Serializer>(ms: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&crate::domain::clock::from_ms(*ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// Which touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TouchList {
    /// Words in summary, feedback, topic; blank for all.
    pub text: String,
    /// Only this person's.
    pub person: Option<PersonId>,
    /// Only those without a channel, or closed by nobody: gaps to fill.
    pub gaps: bool,
    /// Around this touch; from the newest where none.
    pub around: Option<i64>,
    /// From the oldest end.
    pub end: bool,
    /// How many at most.
    pub take: usize,
}

/// One task of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// What to do.
    pub text: String,
    /// The day.
    pub due: NaiveDate,
    /// The time.
    pub time: Option<NaiveTime>,
    /// `open`, `done`, `dropped`.
    pub state: String,
    /// Whether it is overdue now.
    pub overdue: bool,
    /// Who has to.
    pub owner: String,
    /// What the due was counted from.
    pub anchor: String,
    /// Put aside until.
    pub snoozed_until: Option<NaiveDate>,
    /// Why.
    pub snooze_reason: Option<String>,
    /// Done when, UTC ms.
    #[serde(skip)]
    pub done_at: Option<i64>,
    /// The touch it was promised in.
    #[serde(skip)]
    pub touch: Option<i64>,
    /// How to name it in a change.
    #[serde(skip)]
    pub task: TaskRef,
}

/// A record as its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which row.
    pub row: Row,
    /// Its revision.
    pub rev: i64,
    /// Its fields in the order of the table; private ones masked or none where they have to be.
    pub values: Vec<(Field, Value)>,
    /// Whether private fields came masked.
    pub masked: bool,
}

impl Record {
    /// The value of a field.
    pub fn get(&self, field: Field) -> &Value {
        self.values.iter().find(|(f, _)| *f == field).map_or(&Value::None, |(_, v)| v)
    }
}

/// Everything of one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The head.
    pub row: CustomerRow,
    /// The fields of the customer itself.
    pub customer: Record,
    /// Aliases, the old numbers.
    pub aliases: Vec<String>,
    /// The composite tag line (C18).
    pub composite: String,
    /// Tags.
    pub tags: Vec<TagRow>,
    /// One class per scheme.
    pub classes: Vec<ClassRow>,
    /// Contacts with their methods as records: contact, then its methods.
    pub contacts: Vec<(Record, Vec<Record>)>,
    /// Other records by noun, newest first; only nouns that have any.
    pub sections: Vec<(Noun, Vec<Record>)>,
    /// Tasks, open ones first.
    pub tasks: Vec<TaskRow>,
    /// The latest touches, at most 200.
    pub touches: Vec<TouchRow>,
    /// Spend by month, the last 24, oldest first; none where masked.
    pub months: Option<Vec<(NaiveDate, Fen)>>,
    /// All orders and the opening balance.
    pub total: Option<Fen>,
    /// How many customers this one has referred (A23).
    pub referred: Vec<(String, String)>,
    /// Customers that other records name: id → number and name.
    pub names: Vec<(i64, String)>,
    /// What may be done with it: edit.
    pub may_edit: bool,
    /// The latest changes.
    pub history: Vec<Deed>,
}

/// A tag of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagRow {
    /// Type, name, value.
    #[serde(flatten)]
    pub path: TagPath,
    /// `hand`, `derived`, `import`.
    pub how: String,
    /// Who set it.
    pub by: Option<String>,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// For derived ones, what they were derived from.
    pub why: Option<String>,
}

/// The class of a customer in one scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassRow {
    /// Scheme id.
    pub scheme: String,
    /// Class id.
    pub value: String,
    /// `hand`, `rule`, `import`.
    pub how: String,
    /// Why.
    pub reason: Option<String>,
    /// Since when, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub since: i64,
}

/// One row of the strategy table (A149, A151).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StrategyRow {
    /// Class id.
    pub class: String,
    /// Management goal.
    pub goal: String,
    /// Scene.
    pub scene: String,
    /// Content.
    pub content: String,
    /// Example script.
    pub script: String,
    /// Channel ids in order of preference.
    pub channels: Vec<String>,
    /// Responsible post.
    pub post: String,
    /// Responsible person.
    pub person: Option<String>,
    /// Budget per account and year.
    #[serde(serialize_with = "yuan")]
    pub budget: Option<Fen>,
    /// `floor`, `cap`, `plain`.
    pub bound: Option<String>,
    /// Contact cap: how many in which window id.
    pub cap: Option<(i64, String)>,
    /// Touch kind id, ideal and worst days.
    pub touches: Vec<(String, i64, i64)>,
    /// Accounts per head.
    pub load: Option<(i64, i64)>,
    /// Where it comes from.
    pub source: String,
    /// Accounts in the class now.
    pub accounts: i64,
    /// Of them, touched within the worst interval.
    pub on_cadence: i64,
}

/// A period of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub until: NaiveDate,
    /// Month, quarter or year: how far a step goes.
    pub months: u32,
}

/// True counts of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    /// One row a figure.
    pub figures: Vec<Figure>,
    /// Touches and answers by segment id, in the order of the segments.
    pub segments: Vec<(String, i64, i64)>,
    /// Touches and answers by person.
    pub people: Vec<(String, i64, i64)>,
}

/// One figure of the board with the same figure of the periods before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Id: `customers`, `new`, `touches`, `answered`, `due`, `overdue`, `late`, `orders`, `revenue`, `cost`.
    pub id: &'static str,
    /// The value; fen for money.
    pub value: i64,
    /// Of how many, where it is a share.
    pub of: Option<i64>,
    /// The twelve periods up to this one, oldest first.
    pub trend: Vec<i64>,
}

/// What the title bar shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Title {
    /// Mine that are due today or before.
    pub due: usize,
    /// Of them overdue.
    pub overdue: usize,
    /// My next promise with a time today: UTC ms after which it rings, customer and words.
    pub next: Option<(i64, String, String)>,
    /// The actor's name.
    pub person: String,
    /// All customers: none means an empty store.
    pub customers: u64,
    /// Whether this is the demo company.
    pub demo: bool,
}

/// A saved view with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ViewRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Filter language.
    pub filter: String,
    /// Column id.
    pub sort: String,
    /// Downwards.
    pub descending: bool,
    /// Everybody's.
    pub shared: bool,
    /// How many customers, at most 10,000 counted.
    pub count: u64,
}

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Department id.
    pub department: String,
    /// Post.
    pub post: String,
}

/// A tag with the number of customers that have it (C20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagCount {
    /// Type, name, value.
    #[serde(flatten)]
    pub path: TagPath,
    /// Customers.
    pub count: u64,
}

/// One change, told in words by the layer above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// Its id.
    pub id: i64,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// By whom.
    pub person: String,
    /// Verb id of the change.
    pub verb: String,
    /// Whom it concerns.
    pub subject: String,
    /// What changed: noun, field, before, after; empty for bulk work.
    #[serde(skip)]
    pub fields: Vec<(Field, Value, Value)>,
    /// Whether it has been taken back.
    pub undone: bool,
}

/// What can be taken back and what brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoable {
    /// `u` takes this back.
    pub undo: Option<Deed>,
    /// `Ctrl-R` brings this back.
    pub redo: Option<Deed>,
}

/// What a successful change leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The change's id; none for what is not recorded.
    pub change: Option<i64>,
    /// Its verb id.
    pub verb: &'static str,
    /// Whom it concerns.
    pub subject: String,
    /// The row that was made.
    pub made: Option<Row>,
    /// The number of the customer that was made.
    pub code: Option<String>,
    /// The customer it concerns.
    pub customer: Option<CustomerId>,
    /// How many rows it wrote.
    pub rows: usize,
    /// Fields that a colleague changed meanwhile and that were kept.
    pub merged: Vec<(Field, Value, String)>,
    /// A customer that looks alike (a warning, K56).
    pub alike: Option<(String, String)>,
    /// The job it belongs to: the import that was started, the bulk edit that ran.
    pub job: Option<i64>,
    /// Of an import batch, per row: whether it came in, and if not why.
    pub outcomes: Vec<RowOutcome>,
}

/// What became of one imported row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// A new record.
    Made,
    /// A known one was updated or filled.
    Updated,
    /// It was there already.
    Same,
    /// It looks like another customer: number and name; it came in.
    Alike(String, String),
    /// It did not come in.
    Refused(Invalid),
}

/// One field on which two people disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which field.
    pub field: Field,
    /// What it was when both began.
    pub was: Value,
    /// What the other person made of it.
    pub theirs: Value,
    /// What this person wants.
    pub mine: Value,
}

/// Why the store did not do what it was asked. A closed set; `i18n` words each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Another session holds the database.
    Busy,
    /// Somebody else changed the same fields since.
    Conflict {
        /// Who.
        who: String,
        /// When, UTC ms.
        at: i64,
        /// The revision now.
        rev: i64,
        /// Field by field.
        clashes: Vec<Clash>,
    },
    /// The row is gone: who removed it.
    Gone {
        /// Who, if known.
        who: Option<String>,
    },
    /// The actor may not.
    Denied(Verb),
    /// A value does not fit.
    Invalid(Invalid),
    /// The change cannot be taken back: somebody changed the same thing since.
    Overtaken {
        /// Who.
        who: String,
        /// When, UTC ms.
        at: i64,
        /// Which verb.
        verb: String,
    },
    /// There is nothing to take back or bring back.
    NothingToUndo,
    /// The file cannot be written: which.
    ReadOnly(String),
    /// The disk is full.
    Full,
    /// The file is not there, or cannot be opened: which and why.
    Unavailable(String),
    /// Made by a newer guanxi; nothing was changed.
    Newer,
    /// No database of guanxi's.
    NotOurs(String),
    /// Damaged: what the engine says.
    Corrupt(String),
    /// The reader was interrupted by a newer question; never shown.
    Interrupted,
    /// A defect: what the engine says.
    Defect(String),
}

impl From<Invalid> for StoreError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
