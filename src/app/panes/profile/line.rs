//! What a line of the profile is: its section, what it shows, what it stands for; and how lines are collected. Which lines a
//! profile has stands in `lines` and in the files of its sections.

use super::layout::{Layout, Section};
use crate::domain::cells;
use crate::domain::change::{TagPath, TaskRef};
use crate::domain::field::{Field, Noun, Row};
use crate::i18n::Text;
use crate::i18n::entry::Context;
use crate::store::request::RewardState;

/// How a part of a text is meant; the theme has the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the meanings of the theme")]
pub enum Ink {
    Plain,
    Strong,
    Dim,
    Accent,
    Good,
    Warn,
    Bad,
}

/// What a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Blank,
    /// The heading of a section, with something to its right.
    Heading(String, String),
    /// A label, a figure to the right of its cells, a text in parts, a remark at the right edge.
    Text {
        /// The label.
        label: String,
        /// The figure; none where the section has no figures.
        figure: Option<String>,
        /// The text.
        parts: Vec<(String, Ink)>,
        /// The remark.
        note: String,
    },
    /// A row of the chart of spend, from the top; the last is its axis.
    Chart(usize),
}

/// What a line stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing: the cursor does not stand there.
    None,
    /// A field of a record; `true` where it is masked.
    Field(Row, Field, bool),
    /// A field of the company's own, by its id; `true` where it is masked.
    Own(i64, bool),
    /// A record with its revision.
    Record(Row, i64),
    /// A task.
    Task(Row, i64, TaskRef, bool),
    /// A tag, and whether somebody set it by hand.
    Tag(TagPath, bool),
    /// A class: scheme, and whether it was set by hand.
    Class(String, bool),
    /// A customer of this number.
    Customer(String),
    /// A change in the record of changes.
    Deed(i64),
    /// The rest of a section.
    More(Noun),
    /// Something to read only.
    Words(u8),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// In which section.
    pub section: Section,
    /// In which column.
    pub column: usize,
    /// What it shows.
    pub body: Body,
    /// What it stands for.
    pub target: Target,
}

impl Line {
    /// Whether the cursor stands on it.
    pub fn stands(&self) -> bool {
        self.target != Target::None
    }
}

/// Collects lines.
pub(super) struct Maker<'a> {
    pub lines: Vec<Line>,
    pub layout: Layout,
    pub with: Context<'a>,
    /// The keys of the second check and of the wishes.
    pub check_key: String,
    pub wishes_key: String,
    /// How far the rewards of referrals are, by the referral.
    pub rewards: &'a [(i64, RewardState)],
}

impl Maker<'_> {
    pub fn push(&mut self, section: Section, body: Body, target: Target) {
        let column = self.layout.column(section);
        self.lines.push(Line { section, column, body, target });
    }

    /// Begins a section.
    pub fn heading(&mut self, section: Section, text: Text, note: String) {
        self.titled(section, text.of(self.with.lang).to_owned(), note);
    }

    /// The same with a heading that was made.
    pub fn titled(&mut self, section: Section, text: String, note: String) {
        let column = self.layout.column(section);
        if self.lines.iter().any(|l| l.column == column) {
            self.push(section, Body::Blank, Target::None);
        }
        self.push(section, Body::Heading(text, note), Target::None);
    }

    /// A line whose text breaks into at most `most` lines.
    pub fn text(&mut self, section: Section, line: Pieces, target: Target, most: usize) {
        let Pieces { label, figure, text, ink, note } = line;
        let room = self.layout.text(figure.is_some());
        let aside = cells::width(&note);
        // the remark stands on the first line; where it would leave no room it goes
        let (first, note) =
            if aside > 0 && aside + 12 <= room { (room - aside - 2, note) } else { (room, String::new()) };
        let said: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let mut rows = cells::wrap(&said.join("\n"), first, most).into_iter();
        let parts = rows.next().map(|t| vec![(t, ink)]).unwrap_or_default();
        self.push(section, Body::Text { label, figure, parts, note }, target);
        for row in rows {
            self.push(section, plain(String::new(), vec![(row, ink)]), Target::None);
        }
    }

    /// A line of several parts that is cut where it is too long.
    pub fn parts(&mut self, section: Section, body: Body, target: Target) {
        self.push(section, body, target);
    }
}

/// The pieces of a line of text.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    pub label: String,
    pub figure: Option<String>,
    pub text: String,
    pub ink: Ink,
    pub note: String,
}

impl Pieces {
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), figure: None, text: text.into(), ink: Ink::Plain, note: String::new() }
    }
    pub fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
    pub fn figure(self, figure: Option<String>) -> Self {
        Self { figure, ..self }
    }
}

/// A line without figure and remark.
pub(super) const fn plain(label: String, parts: Vec<(String, Ink)>) -> Body {
    Body::Text { label, figure: None, parts, note: String::new() }
}
