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
        /// A row about something else names the contact: it is made with that row and is no record of its own.
        aside: bool,
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
    /// A touch of a known customer.
    Touch {
        /// The touch.
        touch: NewTouch,
        /// Which row of its file it is: rows with one number say the same word for word and are one touch, any others are
        /// touches of their own.
        row: i64,
        /// The row gives the day alone; the time is none that a second reading gives again.
        day_only: bool,
    },
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

/// What stands before a file's own words of a next action that no date was found in: with the feedback, or as a task that
/// waits for its date. In every language that a file may have been read in; the words themselves are for `i18n`.
pub const LABELS: [&str; 4] = ["Next: ", "下一步:", "Set a date: ", "待定时间:"];
