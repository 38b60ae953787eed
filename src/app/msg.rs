//! What comes in and what goes out: two closed sets of plain data, and what the program knows when it starts.
//! A message says what has arrived, never what the person means by it; that is a command.

use super::draft::{Draft, Place};
use super::feed::{Slot, Ticket};
use super::key::Key;
use super::keymap::Keymap;
use super::shared::{Size, ThemeId, Tone};
use crate::domain::change::Envelope;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::filter::Filter;
use crate::domain::import::{Report, Sheets};
use crate::domain::kpi::Period;
use crate::domain::leak::Secret;
use crate::domain::people::{Actor, PersonId};
use crate::domain::report::Format;
use crate::i18n::Lang;
use crate::store::request::export::Exported;
use crate::store::request::{Answer, Query, Receipt, Rekeyed, StoreError, VaultError};

/// How many numbers of forms are kept free for what is found by one [`Effect::Seek`].
pub const RESERVED: u64 = 1_000;

/// What arrived.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// Pasted text; it never runs as keys.
    Paste(String),
    /// A click on a cell: column, row.
    Click(u16, u16),
    /// The wheel: so many rows, downwards positive.
    Wheel(isize),
    /// The screen has another size.
    Resize(Size),
    /// The time that [`App::deadline`](super::App::deadline) named has come.
    Deadline,
    /// The reader's answer.
    Answer {
        /// For which place.
        slot: Slot,
        /// To which question.
        ticket: Ticket,
        /// What it says.
        result: Result<Answer, StoreError>,
    },
    /// The writer is done.
    Written {
        /// With which change.
        ticket: Ticket,
        /// What came of it.
        result: Result<Receipt, StoreError>,
    },
    /// Bulk work goes on: done of total.
    Progress(u64, u64),
    /// A long count goes on: customers done of all.
    Counting(u64, u64),
    /// An import goes on: rows so far, bytes read, bytes in all.
    Read(u64, u64, u64),
    /// Another session has written.
    Elsewhere,
    /// Something about other sessions may have changed, but no data.
    Stirred,
    /// The person was shut out.
    Frozen,
    /// Whether the database can be read only.
    ReadsOnly(bool),
    /// What is in a folder: as it was asked for, its whole path, what is in it; none where there is no such folder.
    Files(String, Option<(String, Vec<FileRow>)>),
    /// Drafts that sessions of this person left which have died since; whether the person asked for them.
    Left(Vec<Draft>, bool),
    /// How the import of a file went.
    Imported(String, Result<Box<Report>, Failure>),
    /// The backups have got another key, as far as the old one opened them; none where it was not given.
    Reencrypted(Result<Option<Rekeyed>, VaultError>),
    /// Something that an effect has to say.
    Told(Tone, String),
    /// The system asks the program to stop for a while.
    Stop,
    /// It goes on after a stop.
    Woken,
    /// The terminal is gone, or the program is asked to end.
    HangUp,
}

/// Why an import did not go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The sentence.
    pub sentence: String,
    /// What had come in before it stopped, if anything had.
    pub report: Option<Box<Report>>,
    /// Which sheet of a workbook it was, where there are others.
    pub sheets: Option<Sheets>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the reader.
    Ask {
        /// For which place.
        slot: Slot,
        /// Under which ticket.
        ticket: Ticket,
        /// What.
        query: Query,
    },
    /// Give it to the writer.
    Write {
        /// Under which ticket.
        ticket: Ticket,
        /// What.
        envelope: Envelope,
    },
    /// Keep a draft.
    Keep(Draft),
    /// Forget a draft.
    Drop(u64),
    /// Remember where the person is.
    Remember(Box<Place>),
    /// Look for drafts of sessions that have died since: the first of [`RESERVED`] free numbers, whether it was asked for.
    Seek(u64, bool),
    /// Put a text on the person's own clipboard.
    Copy(String),
    /// Look into a folder, `~` and a relative path from the person's home; blank for the home itself.
    Files(String),
    /// Import a file, or only try.
    Import {
        /// Which.
        path: String,
        /// Which sheet of a workbook, if the person said.
        sheet: Option<String>,
        /// As what, if the person said.
        noun: Option<Noun>,
        /// Headings that the person takes for another column, or for none.
        fixes: Vec<(String, Option<String>)>,
        /// Only try.
        dry: bool,
    },
    /// Write a text to a file of this name in the person's folder.
    Print {
        /// The name.
        name: String,
        /// The text.
        text: String,
    },
    /// Write the report of a period to a file in the person's folder, beside the screen.
    Report {
        /// Of which period.
        period: Period,
        /// As what.
        format: Format,
    },
    /// Take rows out into a file in the person's folder, beside the screen.
    Export {
        /// Rows of what.
        what: Exported,
        /// Id of the format.
        format: String,
        /// Of which customers.
        filter: Filter,
        /// The same as it was typed.
        typed: String,
        /// Of these alone; blank for all.
        only: Vec<i64>,
        /// Why.
        reason: String,
    },
    /// Give the backups another key after a leak.
    Reencrypt {
        /// Which leak.
        leak: i64,
        /// The public key.
        key: String,
        /// The old secret key, where it was given.
        old: Option<Secret>,
    },
    /// Remove what is on the disk about a customer who was erased, whoever wrote it.
    Scrub(CustomerId),
    /// End what somebody has open who was frozen.
    ShutOut(PersonId),
    /// Stop a long write that can go on later.
    Cancel,
    /// Ring the terminal's bell.
    Bell,
    /// Open the demo company instead of this store.
    Demo,
    /// Draw everything anew.
    Redraw,
    /// Go to the background.
    Suspend,
    /// Take the terminal again: a shell had it meanwhile.
    Retake,
    /// Tell colleagues which row is being edited here; none for none.
    Editing(Option<Row>),
    /// End.
    Quit,
    /// End, and say why.
    Leave(Why),
}

/// Why a session ends that the person has not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They were shut out.
    Frozen,
    /// Nothing was typed for as long as the company allows.
    Idle,
}

/// What the program knows when it starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// The present.
    pub now: Now,
    /// Who works.
    pub actor: Actor,
    /// Which language.
    pub lang: Lang,
    /// Which colours.
    pub theme: ThemeId,
    /// How large the screen is.
    pub size: Size,
    /// Keys.
    pub keymap: Keymap,
    /// Whether the program may open files for the person.
    pub personal: bool,
    /// After how many milliseconds without a key the session ends; none for never.
    pub idle: Option<i64>,
    /// Drafts that were left.
    pub drafts: Vec<Draft>,
    /// Where the person was.
    pub place: Option<Place>,
}

/// One file or folder offered by the import wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its name as shown.
    pub name: String,
    /// Its whole path.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size in bytes.
    pub size: u64,
}
