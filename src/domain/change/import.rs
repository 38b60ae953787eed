//! One row of an import, as the store takes it: what it is of is known by then.

use serde::{Deserialize, Serialize};

use super::{NewContact, NewCustomer, NewTouch};
use crate::domain::books::BookRow;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Value};
use crate::domain::money::Fen;

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
    /// An order of a known customer.
    Order {
        /// Whose.
        customer: CustomerId,
        /// The fields.
        values: Vec<(Field, Value)>,
        /// The how manyth row of its file it is with the same customer, day and amount, from 1: rows without a number that
        /// look alike are orders of their own.
        nth: u32,
    },
    /// An answer to a survey of a known customer.
    Survey {
        /// Whose.
        customer: CustomerId,
        /// The fields.
        values: Vec<(Field, Value)>,
    },
    /// A touch of a known customer, and the how manyth different row of its file it is that says the same of the same
    /// moment, from 1.
    Touch(NewTouch, u32),
    /// The average spend of an industry in a year (A57).
    Benchmark {
        /// The industry as customers carry it.
        industry: String,
        /// The year.
        year: i32,
        /// The average.
        average: Fen,
    },
    /// A row of a company's books.
    Book(BookRow),
}
