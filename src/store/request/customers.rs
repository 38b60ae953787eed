//! The customer list and the look-up box: which customers, in which order, and what one line of them shows.
//! A list is answered as a [`Window`] of a longer one; it never comes whole.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::json::yuan;
use crate::domain::filter::Filter;
use crate::domain::money::Fen;

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
    /// The fields of the company's own that show, by their ids.
    pub own: Vec<i64>,
}

/// Where a window of a list lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seek {
    /// From the first row.
    #[default]
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
    /// A field of the company's own, by its id.
    Own(i64),
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
    /// For what it stands, where that is more than somebody's word: the id of the cause.
    pub next_cause: Option<String>,
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
    /// What is in the own fields that were asked for and are filled.
    #[serde(skip)]
    pub own: Vec<OwnCell>,
}

/// What one customer has in a field of the company's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCell {
    /// The field.
    pub field: i64,
    /// What is in it; none where it is masked.
    pub value: Option<String>,
}

/// A count that may have stopped early.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Customers that the filter leaves.
    pub shown: u64,
    /// There may be more of them: counting ended there.
    pub more: bool,
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
