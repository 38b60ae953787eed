//! What all panes share: the present, the person, the language, the customer at hand, marks, waiting forms, answers.

use super::feed::Feeds;
use super::form::Form;
use super::key::Key;
use super::keymap::Keymap;
pub use super::pane_id::Subject;
use crate::domain::clock::Now;
use crate::domain::ids::Ids;
use crate::domain::people::Actor;
use crate::i18n::Lang;
use crate::i18n::entry::{Context, Named};
use crate::store::request::ContactRow;

/// The size of the screen in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The colours: by meaning, for a dark or light background, sixteen or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeId {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// The terminal's own sixteen colours.
    Sixteen,
    /// No colour at all.
    Mono,
}

impl ThemeId {
    /// Its id, as settings have it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "sixteen",
            Self::Mono => "mono",
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Sixteen,
            Self::Sixteen => Self::Mono,
            Self::Mono => Self::Dark,
        }
    }
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// Something to know.
    Plain,
    /// Something did not work.
    Bad,
}

/// One line that tells what just happened; goes with the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// What all panes share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The present, as of the last message.
    pub now: Now,
    /// Who works here.
    pub actor: Actor,
    /// Which language.
    pub lang: Lang,
    /// Which colours.
    pub theme: ThemeId,
    /// How large the screen is.
    pub size: Size,
    /// Keys.
    pub keymap: Keymap,
    /// Keys of a sequence that was begun.
    pub pending: Vec<Key>,
    /// The customer at hand.
    pub subject: Option<Subject>,
    /// Who was at hand before the cursor came upon what has no customer.
    pub aside: Option<Subject>,
    /// Marked customers; marks survive filters.
    pub marks: Ids,
    /// How far a count is that goes on: customers done of all.
    pub counting: Option<(u64, u64)>,
    /// Forms that wait.
    pub waiting: Vec<Form>,
    /// What just happened.
    pub notice: Option<Notice>,
    /// Grows whenever data may have changed.
    pub revision: u64,
    /// The file that is being imported just now.
    pub importing: Option<String>,
    /// Whether the backups get another key just now.
    pub rekeying: bool,
    /// The folder of the file that was imported last; blank for none yet.
    pub import_folder: String,
    /// Questions and answers.
    pub feeds: Feeds,
    /// Whether the program may open files and other programs for the person.
    pub personal: bool,
    /// Whether the database can be read only, so that nothing is saved.
    pub reads_only: bool,
}

impl Shared {
    /// Somebody is at hand from now on.
    pub fn take_in_hand(&mut self, subject: Subject) {
        (self.subject, self.aside) = (Some(subject), None);
    }

    /// The cursor is on what has no customer: nobody is at hand, a touch logged there would be somebody else's.
    pub fn set_aside(&mut self) {
        self.aside = self.subject.take().or(self.aside.take());
    }

    /// Away from what has no customer, whoever was at hand before is so again.
    pub fn give_back(&mut self) {
        let before = self.aside.take();
        if self.subject.is_none() {
            self.subject = before;
        }
    }

    /// Says something in the notice line.
    pub fn say(&mut self, tone: Tone, text: String) {
        self.notice = Some(Notice { text, tone });
    }

    /// The first key of a command, as shown.
    pub fn key(&self, command: super::command::Command) -> String {
        self.keymap.keys(command).into_iter().next().unwrap_or_default()
    }

    /// People who work here, for fields that name one.
    pub fn people(&self) -> Vec<Named> {
        let rows = self.feeds.people().map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .map(|p| Named { id: p.id, names: vec![p.name.clone(), p.login.clone(), p.post.clone()] })
            .collect()
    }
}

/// Contacts as fields name them.
pub fn named_contacts(contacts: &[ContactRow]) -> Vec<Named> {
    contacts.iter().map(|c| Named { id: c.id, names: vec![c.name.clone()] }).collect()
}

/// The reading and showing context from its parts.
pub const fn context<'a>(
    shared: &Shared,
    people: &'a [Named],
    contacts: &'a [Named],
    customers: &'a [Named],
) -> Context<'a> {
    Context { now: shared.now, lang: shared.lang, people, contacts, customers }
}
