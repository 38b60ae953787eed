//! The views of pane 4 and the lists of its view *Scripts*, in their order; what each of them does stands beside this file.

use crate::domain::field::Noun;
use crate::i18n::{Text, matrix as t, scripts};

/// The views of the pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The strategy table of a scheme.
    #[default]
    Matrix,
    /// Scripts, gifts, contents, products.
    Scripts,
    /// Campaigns with their members.
    Campaigns,
    /// Plans with their tasks.
    Plans,
}

impl View {
    /// All of them, in the order of `Tab`.
    pub const ALL: [Self; 4] = [Self::Matrix, Self::Scripts, Self::Campaigns, Self::Plans];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Matrix => t::VIEW,
            Self::Scripts => scripts::SCRIPTS,
            Self::Campaigns => crate::i18n::campaigns::CAMPAIGNS,
            Self::Plans => crate::i18n::campaigns::PLANS,
        }
    }

    /// The next one, or the one before.
    #[must_use]
    pub fn next(self, forward: bool) -> Self {
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((self as usize + step) % Self::ALL.len()).copied().unwrap_or_default()
    }
}

/// The lists of the view *Scripts*, in order.
pub const SHELVES: [Noun; 5] = [Noun::Script, Noun::Gift, Noun::Content, Noun::Product, Noun::Activation];

/// The name of a list.
pub const fn shelf(noun: Noun) -> Text {
    match noun {
        Noun::Gift => scripts::GIFTS,
        Noun::Content => scripts::CONTENTS,
        Noun::Product => scripts::PRODUCTS,
        Noun::Activation => scripts::ACTIVATIONS,
        _ => scripts::SCRIPTS,
    }
}
