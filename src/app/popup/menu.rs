//! A choice among rows, and what choosing one does. What each of them does when it is chosen stands in `popups/menu`.

use super::super::cursor::Cursor;
use super::super::form::FormKind;
use super::super::panes::customers::columns::Column;
use super::super::shared::Subject;
use crate::domain::change::Change;
use crate::domain::field::{Field, Row};
use crate::domain::kpi::Period;
use crate::domain::people::PersonId;
use crate::domain::report::Format;
use crate::i18n::Text;
use crate::store::request::audit::AuditRow;
use crate::store::request::{Record, Sort};

/// What choosing a row of a menu does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Sorts the customer list; once more turns it round.
    Sort(Sort),
    /// Shows a saved view: filter, column id, downwards.
    View(String, String, bool),
    /// Removes a saved view.
    RemoveView(i64),
    /// Shows or hides a column of the customer list.
    Column(Column),
    /// Copies a text.
    Copy(String),
    /// Opens a form.
    Form(FormKind),
    /// Opens a form on a record.
    EditRecord(Box<Record>, Option<Field>),
    /// Goes back to a waiting form.
    Resume(u64),
    /// Asks whether a waiting form is to go.
    AskDiscard(u64),
    /// Asks before a person is shut out: who, and their name.
    AskFreeze(PersonId, String),
    /// Lets it go.
    Discard(u64),
    /// Writes.
    Write(Change),
    /// Opens a customer.
    Open(Subject),
    /// Asks before a change of the history is taken back.
    TakeBack(Box<AuditRow>),
    /// Looks through the history under these conditions.
    History(String),
    /// Shows the touches that fit a search.
    Touches(String),
    /// Opens the form of a new campaign: its name as a proposal, target group, channel, script.
    Campaign(String, String, &'static str, Option<&'static str>),
    /// Shows a campaign, the plan of a task, an evaluation or a suggestion.
    Show(Row),
    /// Writes the report of a period.
    Report(Period, Format),
    /// Edits a record.
    Edit(Row),
    /// Edits a field of the company's own of the customer on the profile.
    EditOwn(i64),
    /// Compares the board with a baseline; none: with the period before.
    Against(Option<i64>),
    /// Opens the form of a suggestion with what it is made from; blank for nothing.
    Suggest(String),
    /// Takes a heading of the file that is tried for another column, or for none.
    TakeFor(String, Option<String>),
    /// Shows the class moves of a scheme.
    MovesOf(&'static str),
    /// Shows a figure of a period and segment with the customers behind it.
    Figure(Period, &'static str, String),
}

/// One row of a menu.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it says.
    pub label: String,
    /// A figure or a key to its right.
    pub hint: String,
    /// Whether it is the present one.
    pub on: bool,
    /// What it does.
    pub act: Act,
    /// What `Del` does with it, if anything.
    pub remove: Option<Act>,
}

/// A choice.
#[derive(Clone, Debug)]
pub struct Menu {
    /// What is chosen.
    pub title: Text,
    /// What is to be read before.
    pub note: Vec<String>,
    /// Among these.
    pub items: Vec<Item>,
    /// Which row.
    pub cursor: Cursor,
}

impl Menu {
    /// A menu that closes after a choice.
    pub fn new(title: Text, items: Vec<Item>) -> Self {
        let at = items.iter().position(|i| i.on).unwrap_or(0);
        let cursor = Cursor { id: i64::try_from(at).ok(), at, top: 0 };
        Self { title, note: Vec::new(), items, cursor }
    }

    /// A menu of texts to copy, each with what it is; blanks are left out.
    pub fn copying(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let items = texts.into_iter().filter(|(text, _)| !text.is_empty());
        let item = |(text, hint): (String, String)| Item::new(text.clone(), hint, Act::Copy(text));
        Self::new(crate::i18n::commands::COPY, items.map(item).collect())
    }

    /// The row under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.cursor.at)
    }
}

impl Item {
    /// A plain row.
    pub fn new(label: impl Into<String>, hint: impl Into<String>, act: Act) -> Self {
        Self { label: label.into(), hint: hint.into(), on: false, act, remove: None }
    }
}
