//! The editor of the rules of a classification: the draft, what is typed and tried, the versions and proposals beside it, and
//! who may do what with them.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::{Slot, Ticket};
use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use crate::domain::people::{Relation, Role, Verb, may};
use crate::domain::scheme::draft::{Draft, Spot};
use crate::domain::scheme::parse::parse;
use crate::i18n::{Lang, errors, format, scheme as t};
use crate::store::request::{Proposal, Query, SchemeRow, SchemeVersion, StoreError};

/// What is being typed in the editor.
#[derive(Clone, Debug)]
pub enum Typing {
    /// A condition in place of the one at the spot, or after it.
    Condition {
        /// The line.
        input: Input,
        /// After it.
        after: bool,
    },
    /// The words of a new class.
    Class(Input),
    /// The reason with which the rules come into force, or are proposed.
    Reason(Input),
}

impl Typing {
    /// The line.
    pub const fn input(&self) -> &Input {
        match self {
            Self::Condition { input, .. } | Self::Class(input) | Self::Reason(input) => input,
        }
    }

    pub(in crate::app) const fn input_mut(&mut self) -> &mut Input {
        match self {
            Self::Condition { input, .. } | Self::Class(input) | Self::Reason(input) => input,
        }
    }
}

/// The editor of the rules. What was changed in it is kept as forms are ([`Rules::waiting`]), so that nothing is lost.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The scheme as edited, once the one in force has come.
    pub draft: Option<Draft>,
    /// Which scheme is edited.
    pub scheme: String,
    /// Whether anything was changed.
    pub dirty: bool,
    /// The id under which the changes are kept; 0 before the first.
    pub form: u64,
    /// The version that was in force when the editing began.
    pub base: Option<i64>,
    /// Which line.
    pub cursor: Cursor,
    /// What is being typed.
    pub typing: Option<Typing>,
    /// The text that is being tried on everybody, or was.
    pub tried: Option<String>,
    /// What is wrong with what was typed.
    pub wrong: Option<String>,
    /// The condition that was changed last, as it was and as it is: other conditions may draw the same border.
    pub border: Option<(String, String)>,
    /// Which of the versions and proposals, where they are shown instead of the conditions.
    pub versions: Option<Cursor>,
    /// The rules are coming into force under this ticket: so many of so many.
    pub applying: Option<(Ticket, u64, u64)>,
}

impl Rules {
    /// The editor of a scheme.
    pub fn new(scheme: &str) -> Self {
        Self { scheme: scheme.to_owned(), ..Self::default() }
    }

    /// The line under the cursor.
    pub fn spot(&self) -> Option<Spot> {
        self.draft.as_ref()?.spots().get(self.cursor.at).copied()
    }

    /// What it asks the store.
    pub fn wants(&self) -> Vec<(Slot, Query)> {
        let mut wants = vec![(Slot::Schemes, Query::Schemes)];
        if self.applying.is_none()
            && let Some(text) = &self.tried
        {
            wants.push((Slot::Moves, Query::SchemePreview(text.clone())));
        }
        wants
    }

    /// Takes the scheme in force for editing, where nothing is edited yet.
    pub fn take(&mut self, rows: &[SchemeRow]) {
        if self.draft.is_some() {
            return;
        }
        let version = rows.iter().find(|r| r.scheme == self.scheme).and_then(|r| r.versions.first());
        self.draft = version.and_then(|v| parse(&v.text).ok()).map(|scheme| Draft::of(&scheme));
        self.base = version.map(|v| v.version);
        self.stand();
    }

    /// Stands on the first condition: a heading has nothing to be edited.
    pub(in crate::app) fn stand(&mut self) {
        let spots = self.draft.as_ref().map(Draft::spots).unwrap_or_default();
        let first = spots.iter().position(|spot| matches!(spot, Spot::Condition(..)));
        self.cursor = Cursor { at: first.unwrap_or(0), ..Cursor::default() };
    }

    /// What was changed as a form that waits; none where nothing was.
    pub(in crate::app) fn waiting(&self) -> Option<Form> {
        let draft = self.draft.clone().filter(|_| self.dirty)?;
        let kind = FormKind::Rules { draft: Box::new(draft), base: self.base, at: self.cursor.at };
        Some(Form { dirty: true, ..Form::new(self.form, kind, None, Vec::new()) })
    }

    /// The editor again from a form that waited.
    pub(in crate::app) fn again(form: Form) -> Option<Self> {
        let FormKind::Rules { draft, base, at } = form.kind else { return None };
        let cursor = Cursor { at: at.min(draft.spots().len().saturating_sub(1)), ..Cursor::default() };
        let scheme = draft.id.clone();
        Some(Self { draft: Some(*draft), base, cursor, form: form.id, dirty: true, ..Self::new(&scheme) })
    }

    /// The version that has come into force since the editing began, where one has.
    pub fn since<'s>(&self, s: &'s Shared) -> Option<&'s SchemeVersion> {
        let rows = s.feeds.schemes().map(Vec::as_slice).unwrap_or_default();
        let newest = rows.iter().find(|row| row.scheme == self.scheme)?.versions.first()?;
        (self.dirty && self.base.is_some_and(|base| base < newest.version)).then_some(newest)
    }

    /// How many conditions draw the border that the last change has moved, on its other sides.
    pub fn beside(&self) -> usize {
        let was = self.border.as_ref().zip(self.draft.as_ref());
        was.map_or(0, |((was, _), draft)| draft.beside(was).len())
    }

    /// So many customers of so many have been brought under rules that come into force.
    pub fn come(&mut self, done: u64, all: u64) {
        if let Some((_, so_far, total)) = &mut self.applying {
            (*so_far, *total) = (done, all);
        }
    }

    pub(in crate::app) fn edited(&mut self) {
        self.dirty = true;
        self.tried = None;
        let count = self.draft.as_ref().map_or(0, |d| d.spots().len());
        self.cursor.at = self.cursor.at.min(count.saturating_sub(1));
        self.wrong = None;
        self.border = None;
    }
}

/// Whether the person may edit the rules and try them, and not only read them.
pub fn edits_rules(s: &Shared) -> bool {
    may(s.actor.role, Verb::Strategy, Relation::Own)
}

/// Whether the person puts rules in force; whoever else edits them proposes them.
pub fn applies_rules(s: &Shared) -> bool {
    may(s.actor.role, Verb::Configure, Relation::Own)
}

/// The scheme in whose place others are proposed, for whoever can put them in force.
pub fn proposed(s: &Shared) -> Option<&SchemeRow> {
    let rows = s.feeds.schemes().map(Vec::as_slice).filter(|_| applies_rules(s))?;
    rows.iter().find(|row| !row.proposals.is_empty())
}

/// Who puts rules in force, by their names.
pub fn who_applies(s: &Shared) -> String {
    let people = s.feeds.people().map(Vec::as_slice).unwrap_or_default();
    let names: Vec<&str> = people.iter().filter(|p| p.role == Role::Admin).map(|p| p.name.as_str()).collect();
    format::list(&names, s.lang)
}

/// A text of a scheme that is kept.
#[derive(Clone, Copy, Debug)]
pub enum Kept<'s> {
    /// What somebody proposes.
    Proposal(&'s Proposal),
    /// What is in force.
    InForce(&'s SchemeVersion),
    /// What was.
    Before(&'s SchemeVersion),
}

impl Kept<'_> {
    pub(in crate::app) const fn text(&self) -> &String {
        match self {
            Self::Proposal(p) => &p.text,
            Self::InForce(v) | Self::Before(v) => &v.text,
        }
    }
}

/// The texts that are kept of a scheme, in the order in which they are shown.
pub fn kept<'s>(scheme: &str, s: &'s Shared) -> Vec<Kept<'s>> {
    let rows = s.feeds.schemes().map(Vec::as_slice).unwrap_or_default();
    let Some(row) = rows.iter().find(|r| r.scheme == scheme) else { return Vec::new() };
    let SchemeRow { proposals, versions, .. } = row;
    let versions = versions.iter().enumerate();
    let versions = versions.map(|(at, v)| if at == 0 { Kept::InForce(v) } else { Kept::Before(v) });
    proposals.iter().map(Kept::Proposal).chain(versions).collect()
}

/// Why the rules are refused: by the class that is wrong, where it is one of the draft.
pub fn said_of(error: &StoreError, draft: Option<&Draft>, lang: Lang) -> String {
    match (error, draft) {
        (StoreError::Scheme(refused), Some(draft)) => t::refused_at(refused, draft, lang),
        _ => errors::store(error, lang),
    }
}
