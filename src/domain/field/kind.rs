//! What a row of the table of fields says: whose a field is, and how it is read, shown and stored.

use super::{Field, Noun};

/// How a field is read, shown and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text, at most so many characters.
    Line(u16),
    /// Text of several lines.
    Block,
    /// A whole number, not below zero.
    Int,
    /// An amount, fen inside, yuan outside.
    Money,
    /// A business day.
    Day,
    /// A business day that has been: what happened on it is a fact, and one that is to come would falsify every figure.
    PastDay,
    /// An instant that has passed.
    Moment,
    /// Yes or no.
    Flag,
    /// One of these ids, `i18n::words` has the words.
    Choice(&'static [&'static str]),
    /// Classes, `segment:high,grade:A`: for whom something is.
    Classes,
    /// Ids of channels, separated by commas.
    Channels,
    /// A target group, in the filter language with ids.
    Filter,
    /// A person who works here.
    Person,
    /// Another customer.
    Customer,
    /// A contact of the same customer.
    Contact,
    /// A business day with a time of day where one was given, which has a column of its own: when a task is due.
    When,
    /// A due in words (product.md, Dates in words).
    Due,
    /// Next actions with their dates in words.
    Actions,
    /// Touch kinds with ideal and worst days, `care 30/37, promotion 91/105`.
    Beats,
}

/// One row of the field table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The field.
    pub field: Field,
    /// Whose it is.
    pub noun: Noun,
    /// Its column, which is also its name on the command line and in JSON.
    pub column: &'static str,
    /// How it is read and stored.
    pub kind: Kind,
    /// Whether it may not be empty (A6).
    pub needed: bool,
    /// Whether people without the right see it masked (product.md, People and access).
    pub private: bool,
}

impl Field {
    /// The greatest number it takes, where there is one; the least is 0.
    pub const fn most(self) -> Option<i64> {
        match self {
            Self::SurveyScore => Some(100),
            Self::SurveyNps => Some(10),
            Self::DateLead => Some(60),
            _ => None,
        }
    }
}
