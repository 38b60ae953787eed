//! What lies above the pane: one stack. A popup takes keys first; `Esc` takes the top one away and nothing is lost.

pub mod palette;
mod wizard;

use tui_input::Input;

use super::cursor::{Cursor, Move};
use super::feed::Slot;
use super::form::{Form, FormKind, line_key};
use super::key::{Code, Key};
use super::popups::Sheet;
use super::popups::audit::AuditView;
use super::popups::cases::Cases;
use super::popups::dictionary::Dictionary;
use super::popups::leak::LeakView;
use super::popups::legend::Legend;
use super::popups::rules::Rules;
use super::popups::scheme::WhyView;
use super::popups::settings::Settings;
use super::shared::{Shared, Subject};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Row};
use crate::domain::kpi::Period;
use crate::domain::people::{PersonId, Reach, Verb, reach};
use crate::i18n::Text;
use crate::store::request::{Query, Record, Sort};

pub use palette::{HelpRow, Offer, Palette};
pub use wizard::{FileRow, Stage, Wizard};

/// One popup.
#[derive(Clone, Debug)]
pub enum Popup {
    /// A form.
    Form(Box<Form>),
    /// The look-up box.
    Finder(Finder),
    /// Every command.
    Palette(Palette),
    /// Help of this place.
    Help(Palette),
    /// A choice.
    Menu(Menu),
    /// Asks before something is taken back or brought back, and says what.
    Undo {
        /// Brings back instead.
        redo: bool,
    },
    /// The import wizard.
    Import(Wizard),
    /// Versions of the strategy table, or its festivals.
    Sheet(Sheet),
    /// Why a customer is in its classes.
    Why(WhyView),
    /// What a view is for and what its columns mean.
    Legend(Legend),
    /// Hand-overs.
    Cases(Cases),
    /// Leaks of customers' data.
    Leak(LeakView),
    /// The dictionary of tags.
    Dictionary(Dictionary),
    /// What people did.
    Audit(Box<AuditView>),
    /// The settings of the company.
    Settings(Settings),
    /// The editor of the rules.
    Rules(Box<Rules>),
    /// Asks before leaving with unsaved forms.
    Leave,
}

/// What the look-up box is open for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a customer.
    Open,
    /// To choose the customer to whom a new contact with this phone belongs.
    ContactWith(String),
    /// To fill a field of the form below.
    Fill(Field),
    /// To choose the customer whom a form is about that is to open then.
    Begin(FormKind),
}

/// The look-up box.
#[derive(Clone, Debug)]
pub struct Finder {
    /// What is typed.
    pub input: Input,
    /// Which hit.
    pub cursor: Cursor,
    /// What for.
    pub purpose: Purpose,
    /// `Enter` was pressed before the hits were here: the first one opens when they are.
    pub hurried: bool,
}

impl Finder {
    /// An empty box.
    pub fn new(purpose: Purpose) -> Self {
        Self { input: Input::default(), cursor: Cursor::default(), purpose, hurried: false }
    }

    /// What it asks the store.
    pub fn query(&self) -> Query {
        Query::Find { text: self.input.value().to_owned(), limit: 50 }
    }

    /// Whether the hits that are here are those of what is typed now.
    pub fn is_current(&self, s: &Shared) -> bool {
        s.feeds.current(Slot::Find, &self.query())
    }

    /// What is typed, as digits of a phone, when nothing else is typed and enough of them.
    pub fn unknown_number(&self, s: &Shared) -> Option<String> {
        if reach(s.actor.role, Verb::Create) == Reach::No {
            return None;
        }
        let typed = self.input.value().trim();
        let phone = crate::domain::find::normal_phone(typed)?;
        let only = typed.chars().all(|c| c.is_ascii_digit() || " -+()（）".contains(c));
        let none = self.is_current(s) && s.feeds.find().is_some_and(Vec::is_empty);
        (only && phone.digits.len() >= 7 && none).then(|| typed.to_owned())
    }

    /// What is typed, when nobody fits it and it could be the name of somebody new.
    pub fn unknown_name(&self, s: &Shared) -> Option<String> {
        let typed = self.input.value().trim();
        let none = self.is_current(s) && s.feeds.find().is_some_and(Vec::is_empty);
        let makes = reach(s.actor.role, Verb::Create) != Reach::No;
        let offers = makes && self.purpose == Purpose::Open && self.unknown_number(s).is_none();
        (offers && none && typed.chars().any(char::is_alphabetic)).then(|| typed.to_owned())
    }
}

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
    Column(super::panes::customers::Column),
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
    /// Looks through the history under these conditions.
    History(String),
    /// Shows the touches that fit a search.
    Touches(String),
    /// Opens the form of a new campaign: its name as a proposal, target group, channel, script.
    Campaign(String, String, &'static str, Option<&'static str>),
    /// Shows a campaign, the plan of a task, an evaluation or a suggestion.
    Show(Row),
    /// Writes the report of a period.
    Report(crate::domain::kpi::Period, crate::domain::report::Format),
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

/// What a key did to a popup that is a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The row under the cursor was chosen.
    Chosen,
    /// It was to be removed.
    Removed,
    /// The popup is to close.
    Left,
    /// The cursor moved, or nothing happened.
    Moved,
    /// Text was typed.
    Typed,
}

/// Keys of a list popup: with an input line letters are typed, without one they move.
pub fn press(
    key: Key,
    input: Option<&mut Input>,
    cursor: &mut Cursor,
    count: usize,
    height: usize,
) -> Picked {
    let ids: Vec<i64> = (0..i64::try_from(count).unwrap_or(0)).collect();
    let typing = input.is_some();
    let go = match (key.narrow().code, key.ctrl) {
        (Code::Esc, _) => return Picked::Left,
        (Code::Enter, _) => return Picked::Chosen,
        (Code::Down, _) | (Code::Char('n'), true) => Move::By(1),
        (Code::Up, _) | (Code::Char('p'), true) => Move::By(-1),
        (Code::PageDown, _) => Move::Page(1),
        (Code::PageUp, _) => Move::Page(-1),
        (Code::Char('j'), false) if !typing => Move::By(1),
        (Code::Char('k'), false) if !typing => Move::By(-1),
        (Code::Char('q' | '-'), false) if !typing => return Picked::Left,
        (Code::Home, _) if !typing => Move::First,
        (Code::End, _) if !typing => Move::Last,
        (Code::Delete, _) if !typing => return Picked::Removed,
        _ => {
            let changed = input
                .zip(line_key(key))
                .and_then(|(input, request)| input.handle(request))
                .is_some_and(|change| change.value);
            if changed {
                *cursor = Cursor::default();
                return Picked::Typed;
            }
            return Picked::Moved;
        }
    };
    cursor.go(go, &ids, height);
    Picked::Moved
}

/// The customer under the look-up box's cursor.
pub fn found(finder: &Finder, s: &Shared) -> Option<CustomerId> {
    s.feeds.find().and_then(|rows| rows.get(finder.cursor.at)).map(|f| CustomerId(f.row.id))
}
