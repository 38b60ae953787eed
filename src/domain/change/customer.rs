//! A customer that is to be made, with all that comes with it: contacts, tags, classes, figures without records.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::TagPath;
use crate::domain::field::{Field, Noun, Value};
use crate::domain::money::Fen;

/// A contact of a new customer with their methods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewContact {
    /// Name.
    pub name: String,
    /// Position.
    pub title: Option<String>,
    /// Kind (id of `METHOD_KINDS`) and value.
    pub methods: Vec<(String, String)>,
}

/// Figures that came without records behind them (design.md, The store).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The day they were true.
    pub as_of: Option<NaiveDate>,
    /// First order.
    pub first_on: Option<NaiveDate>,
    /// Last order.
    pub last_on: Option<NaiveDate>,
    /// Orders a year.
    pub per_year: Option<i64>,
    /// Total so far.
    pub total: Option<Fen>,
    /// The last twelve months.
    pub year: Option<Fen>,
    /// Preferred category.
    pub category: Option<String>,
    /// Where they came from.
    pub source: Option<String>,
}

/// Who sent a customer, as a file names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBy {
    /// The number or the name of another customer.
    pub named: String,
    /// The line of the note that says it where the name is nobody's.
    pub line: String,
}

/// A customer to be made, with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCustomer {
    /// The number; the generator makes one where there is none (A7).
    pub code: Option<String>,
    /// Fields of [`Noun::Customer`] without the number.
    pub values: Vec<(Field, Value)>,
    /// The first contact is the key contact.
    pub contacts: Vec<NewContact>,
    /// Tags.
    pub tags: Vec<TagPath>,
    /// Scheme and class, as given by hand or by a file.
    pub classes: Vec<(String, String)>,
    /// Fields of the company's own: name and value as typed (A4).
    #[serde(default)]
    pub own: Vec<(String, String)>,
    /// An opening balance.
    pub opening: Option<Opening>,
    /// Who sent it, where a file says so.
    #[serde(default)]
    pub sent_by: Option<SentBy>,
    /// Further records that belong to it: a birthday, an opt-out, a consent.
    #[serde(default)]
    pub records: Vec<(Noun, Vec<(Field, Value)>)>,
}
