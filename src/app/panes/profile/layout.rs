//! Into how many columns a profile falls at a size of the screen, and how wide its parts are. `lines` breaks texts by it,
//! `ui` draws by it.

use super::super::super::shared::Size;
use crate::domain::field::Noun;
use crate::i18n::Lang;

/// The most columns.
pub const MOST_COLUMNS: usize = 3;

/// Cells before the first text of a line: the cursor's bar and blanks.
pub const GUTTER: u16 = 3;

/// A part of the profile, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the part of its name")]
pub enum Section {
    Alerts,
    Promises,
    Advice,
    Basics,
    Contacts,
    Tags,
    Classes,
    Spend,
    Budget,
    Records(Noun),
    Referred,
    Timeline,
}

/// How a profile lies on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many columns.
    pub columns: usize,
    /// The cells of one.
    pub width: u16,
    /// The cells of labels.
    pub label: u16,
    /// The cells of figures, where a line has one.
    pub figure: u16,
}

/// The layout for a screen.
pub fn layout(size: Size, lang: Lang) -> Layout {
    let columns = match size.width {
        0..130 => 1,
        130..210 => 2,
        _ => MOST_COLUMNS,
    };
    let width = size.width / u16::try_from(columns).unwrap_or(1);
    let label = match (width, lang) {
        (0..60, _) => 10,
        (_, Lang::En) => 18,
        (_, Lang::Zh) => 12,
    };
    Layout { columns, width, label, figure: if width < 60 { 10 } else { 12 } }
}

impl Layout {
    /// The cells of a line's text.
    pub fn text(self, figure: bool) -> usize {
        let taken = GUTTER + self.label + 2 + if figure { self.figure + 2 } else { 0 };
        usize::from(self.width.saturating_sub(taken + 1).max(8))
    }

    /// In which column a section stands: who they are on the left, what happened on the right, and between them, where
    /// there is room, money and dates.
    pub fn column(self, section: Section) -> usize {
        let part = match section {
            Section::Alerts | Section::Basics | Section::Contacts | Section::Tags | Section::Classes => 0,
            Section::Promises | Section::Advice | Section::Timeline => 2,
            Section::Spend | Section::Budget | Section::Records(_) | Section::Referred => 1,
        };
        match (self.columns, part) {
            (2, 2) => 1,
            (1 | 2, _) => 0,
            (_, part) => part,
        }
    }
}
