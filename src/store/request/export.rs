//! What leaves the store as a file: which rows, as which columns, and what one cell holds. Who may, how much and that it is
//! logged is the store's (`export`); how a cell is written is for `exchange`.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::clock::Now;
use crate::domain::filter::Filter;
use crate::domain::kpi::Period;
use crate::domain::money::Fen;

/// What the rows of an export are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exported {
    /// Customers, one a row.
    Customers,
    /// Their contacts.
    Contacts,
    /// Their orders.
    Orders,
    /// Their touches.
    Touches,
    /// What is due with them, and their important dates.
    Calendar,
    /// The table of strategies with its live figures; it concerns no single customer.
    Matrix,
    /// The figures of a period; it concerns no single customer.
    Board,
    /// Everything, table by table; it has no columns of its own.
    All,
}

impl Exported {
    /// All whose rows are of one kind.
    pub const ALL: [Self; 7] = [
        Self::Customers,
        Self::Contacts,
        Self::Orders,
        Self::Touches,
        Self::Calendar,
        Self::Matrix,
        Self::Board,
    ];

    /// The id as logged.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Contacts => "contacts",
            Self::Orders => "orders",
            Self::Touches => "touches",
            Self::Calendar => "calendar",
            Self::Matrix => "matrix",
            Self::Board => "board",
            Self::All => "all",
        }
    }

    /// Whether its rows are those of customers, so that a filter chooses among them.
    pub const fn of_customers(self) -> bool {
        !matches!(self, Self::Matrix | Self::Board | Self::All)
    }
}

/// What somebody asks to take out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The name of the request.
    pub request: String,
    /// Rows of what.
    pub what: Exported,
    /// Of which customers.
    pub filter: Filter,
    /// Of these of them alone; blank for all.
    pub only: Vec<i64>,
    /// The filter as it was typed.
    pub typed: String,
    /// The period of a board; none for the present month.
    pub period: Option<Period>,
    /// The format, as logged.
    pub format: String,
    /// Where to: a file, or `-`.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// How a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Text,
    /// A word for an id of this group.
    Word(&'static str),
    /// A figure.
    Count,
    /// Yuan.
    Money,
    /// A day.
    Day,
    /// A moment, in the company's zone.
    Instant,
    /// Yes or no.
    Flag,
    /// A number that is no amount: a share, a median.
    Number,
    /// The id of a class after that of its scheme: `segment:high`.
    Class,
    /// Ids of words of this group, separated by commas.
    Words(&'static str),
    /// Touch kinds with ideal and worst days: `call:30:45,visit:90:120`.
    Beats,
    /// A text that ships with the program and is told in the reader's language.
    Said,
    /// What is to be done; what brought it about stands in the cell before.
    Task,
    /// The id of a figure.
    Kpi,
    /// The id of a verdict.
    Verdict,
}

/// One column of an export.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its field name, by which an import knows it; of a field of the company's own its name.
    pub id: Cow<'static, str>,
    /// How it is written.
    pub form: Form,
    /// Where the store finds it.
    pub(in crate::store) sql: &'static str,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    None,
    /// A text, or the id of a word.
    Text(String),
    /// A figure.
    Count(i64),
    /// An amount.
    Money(Fen),
    /// A day.
    Day(NaiveDate),
    /// UTC ms.
    Instant(i64),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
}

/// An export that has begun and is in the log.
#[derive(Debug)]
pub struct Export {
    /// Its row in the log.
    pub id: i64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it will have, as counted before.
    pub planned: u64,
    /// Customers that the filter leaves and that are not this person's to take out.
    pub beyond: u64,
    /// Whether it is large enough to be told of.
    pub large: bool,
    /// How many rows have left.
    pub rows: u64,
    pub(in crate::store) what: Exported,
    /// When it began.
    pub(in crate::store) now: Now,
    /// The customers that are still to come, the next one last.
    pub(in crate::store) left: Vec<i64>,
    /// Rows that concern no single customer.
    pub(in crate::store) ready: Vec<Vec<Cell>>,
}
