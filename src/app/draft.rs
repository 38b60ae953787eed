//! A form on disk: what was typed, so that a dropped line or a killed session costs nothing. Plain JSON; a draft that
//! a newer program cannot read is left where it is and not offered.

use serde::{Deserialize, Serialize};

use super::form::{Entry, Form, FormKind};
use super::forms;
use super::shared::{Shared, Subject};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Value};
use crate::domain::own::OwnField;
use crate::i18n::entry::{read, show};

/// A form as kept on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The form's id, also the draft's.
    pub id: u64,
    /// What the form is for.
    pub kind: FormKind,
    /// About whom.
    pub subject: Option<Subject>,
    /// For bulk work.
    pub many: Vec<CustomerId>,
    /// Field, text, value when the form opened.
    pub texts: Vec<(Field, String, Value)>,
    /// Which lines are fields of the company's own.
    #[serde(default)]
    pub own: Vec<(usize, OwnField)>,
    /// The line that had the focus.
    #[serde(default)]
    pub focus: usize,
}

impl Draft {
    /// What is typed in a form.
    pub fn of(form: &Form) -> Self {
        Self {
            id: form.id,
            kind: form.kind.clone(),
            subject: form.subject.clone(),
            many: form.many.clone(),
            texts: form.entries.iter().map(|e| (e.field, e.text().to_owned(), e.was.clone())).collect(),
            own: form.entries.iter().enumerate().filter_map(|(i, e)| Some((i, e.own.clone()?))).collect(),
            focus: form.focus,
        }
    }

    /// The form again, waiting.
    pub fn form(self, s: &Shared) -> Form {
        let people = s.people();
        let with = super::shared::context(s, &people, &[], &[]);
        let entries = self
            .texts
            .into_iter()
            .enumerate()
            .map(|(at, (field, text, was))| {
                if let Some((_, own)) = self.own.iter().find(|(line, _)| *line == at) {
                    let shown = was.as_text().unwrap_or_default().to_owned();
                    let mut entry = forms::edit::own_entry(own, &text, was);
                    (entry.shown, entry.selected) = (shown, false);
                    return entry;
                }
                let picks = forms::picks(field, &with, s);
                // a choice kept in the other language is still that choice
                let known = picks.is_empty() || picks.iter().any(|(_, word)| *word == text);
                let value = if known { None } else { read(field.spec(), &text, &with).ok() };
                let text = value.map_or(text, |value| show(field, &value, &with));
                let shown = show(field, &was, &with);
                let mut entry = Entry::new(field, &text, was, picks);
                entry.shown = shown;
                entry
            })
            .collect();
        let mut form = Form::new(self.id, self.kind, self.subject, entries);
        form.many = self.many;
        form.focus = self.focus.min(form.entries.len().saturating_sub(1));
        form.dirty = true;
        form
    }
}

/// Where a person was, for the next log-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Pane number from 1.
    pub pane: u8,
    /// Filter of the customer list as typed.
    pub filter: String,
    /// Its sort column id.
    pub sort: String,
    /// Downwards.
    pub descending: bool,
    /// The columns of the customer list.
    pub columns: Vec<super::panes::customers::columns::Column>,
    /// Those whose width was chosen, in cells.
    pub widths: Vec<(super::panes::customers::columns::Column, u16)>,
    /// The line of its cursor on the screen, from 0.
    pub line: usize,
    /// Which view of the ledger was shown, by its number.
    pub ledger: u8,
    /// What stood under the cursor of the day's list.
    pub queue: Option<i64>,
    /// Which view of the strategy pane.
    pub matrix: u8,
    /// Which view of the board.
    pub board_view: u8,
    /// What was searched for in the ledger.
    pub search: String,
    /// The board's months a period, and how many periods back.
    pub board: (u32, u32),
    /// The customer at hand.
    pub subject: Option<Subject>,
    /// The folder of the file that was imported last.
    pub import_folder: String,
    /// The language.
    pub lang: Option<crate::i18n::Lang>,
    /// The colours.
    pub theme: Option<super::shared::ThemeId>,
}
