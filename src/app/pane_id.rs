//! The names of the five panes and the customer at hand, apart from the panes themselves: commands, keys, forms and the title
//! bar know them by name and need to know no more.

use crate::domain::customer::CustomerId;
use crate::i18n::{Text, commands as words};

/// Names a pane; its number on the screen is one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the five panes")]
pub enum PaneId {
    Customers,
    Profile,
    Ledger,
    Matrix,
    Board,
}

impl PaneId {
    /// All five, in order.
    pub const ALL: [Self; 5] = [Self::Customers, Self::Profile, Self::Ledger, Self::Matrix, Self::Board];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Customers => words::PANE_1,
            Self::Profile => words::PANE_2,
            Self::Ledger => words::PANE_3,
            Self::Matrix => words::PANE_4,
            Self::Board => words::PANE_5,
        }
    }
}

/// The customer at hand: whom `a`, `t` and `w` concern.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Subject {
    /// Inside id.
    pub id: CustomerId,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
}
