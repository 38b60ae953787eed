//! The view *Scripts* of pane 4: scripts with their state and use, and beside them the company's gifts, contents and
//! products. `←` `→` go from list to list; what is approved is withdrawn and never just removed.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::pane_id::PaneId;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::pane::Step;
use super::listed::Listed;
use super::view::SHELVES;
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::i18n::{commands, scripts as t};
use crate::store::request::{ActivationRow, Query, Record, Said, ScriptRow};

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Scripts {
    /// The number of the list among [`SHELVES`].
    shelf: usize,
    /// The cursor of the list.
    pub cursor: Cursor,
}

impl Scripts {
    /// What the list that is shown holds.
    pub fn shelf(&self) -> Noun {
        SHELVES.get(self.shelf).copied().unwrap_or(Noun::Script)
    }

    /// The scripts, as far as they are here.
    pub fn rows(s: &Shared) -> &[ScriptRow] {
        s.feeds.scripts().map(Vec::as_slice).unwrap_or_default()
    }

    /// The records of the list that is shown, where it is not the scripts.
    pub fn records<'s>(&self, s: &'s Shared) -> &'s [Record] {
        let here = s.feeds.current(Slot::Company, &Query::Company(self.shelf()));
        s.feeds.company().filter(|_| here).map(Vec::as_slice).unwrap_or_default()
    }

    /// The activations, as far as they are here.
    pub fn activations(s: &Shared) -> &[ActivationRow] {
        s.feeds.activations().map(|a| a.rows.as_slice()).unwrap_or_default()
    }

    /// The activation under the cursor.
    pub fn activation<'s>(&self, s: &'s Shared) -> Option<&'s ActivationRow> {
        Self::activations(s).get(self.cursor.at).filter(|_| self.shelf() == Noun::Activation)
    }

    /// The script under the cursor.
    pub fn script<'s>(&self, s: &'s Shared) -> Option<&'s ScriptRow> {
        Self::rows(s).get(self.cursor.at).filter(|_| self.shelf() == Noun::Script)
    }

    /// The record under the cursor.
    pub fn record<'s>(&self, s: &'s Shared) -> Option<&'s Record> {
        self.records(s).get(self.cursor.at)
    }

    /// A script as it reads for the customer at hand, if it is offered to them.
    pub fn said<'s>(script: &ScriptRow, s: &'s Shared) -> Option<(&'s str, &'s Said)> {
        let card = s.feeds.card()?.as_ref()?;
        s.subject.as_ref().filter(|c| c.id.0 == card.row.id)?;
        let approved = script.state == "approved";
        let said = card.scripts.iter().find(|said| approved && said.code == script.code)?;
        Some((card.row.name.as_str(), said))
    }

    fn row(&self, s: &Shared) -> Option<(Row, i64)> {
        if self.shelf() == Noun::Script {
            let script = self.script(s)?;
            return Some((Row { noun: Noun::Script, id: script.id }, script.rev));
        }
        if let Some(activation) = self.activation(s) {
            // its revision is asked for when it is edited; it is removed on the profile
            return Some((Row { noun: Noun::Activation, id: activation.id }, 0));
        }
        self.record(s).map(|record| (record.row, record.rev))
    }

    /// What the view wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let mut wants = vec![match self.shelf() {
            Noun::Script => (Slot::Scripts, Query::Scripts),
            Noun::Activation => (Slot::Activations, Query::Activations),
            noun => (Slot::Company, Query::Company(noun)),
        }];
        // what a script says to the customer at hand
        wants.extend(s.subject.iter().map(|c| (Slot::Card, Query::Card(c.id))));
        wants
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::Right => self.turn(1),
            Command::Left => self.turn(SHELVES.len() - 1),
            Command::NextRecord => self.go(Move::By(1), s),
            Command::PreviousRecord => self.go(Move::By(-1), s),
            Command::New | Command::Remove if self.shelf() == Noun::Activation => {
                let text = t::ON_PROFILE.of(s.lang).to_owned();
                s.say(Tone::Plain, text);
            }
            Command::Open if self.activation(s).is_some() => return self.profile(s),
            Command::New => return Step::Form(FormKind::Add(self.shelf())),
            Command::Edit | Command::Open => {
                return self.row(s).map_or(Step::Done, |(row, _)| Step::Edit(row, None));
            }
            Command::Approve | Command::Withdraw => return self.review(command == Command::Approve, s),
            Command::Remove => return self.remove(s),
            Command::Copy => return self.copy(s),
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// The profile of the customer whose activation it is.
    fn profile(&self, s: &mut Shared) -> Step {
        let subject = self.activation(s).map(|row| Subject {
            id: CustomerId(row.customer),
            code: row.code.clone(),
            name: row.name.clone(),
        });
        s.subject = subject;
        Step::Go(PaneId::Profile)
    }

    /// Goes to a record that was just written, as soon as it is here.
    pub fn seek(&mut self, row: Row) {
        if row.noun == self.shelf() {
            self.cursor.id = Some(row.id);
        }
    }

    /// Shows one of the lists.
    pub fn show(&mut self, noun: Noun) {
        let at = SHELVES.iter().position(|shelf| *shelf == noun).unwrap_or(0);
        self.turn(at + SHELVES.len() - self.shelf);
    }

    fn turn(&mut self, by: usize) {
        self.shelf = (self.shelf + by) % SHELVES.len();
        self.cursor = Cursor::default();
    }

    fn review(&self, approve: bool, s: &mut Shared) -> Step {
        let Some(script) = self.script(s) else {
            return Step::said(s, t::SCRIPTS_ONLY);
        };
        let wanted = if approve { "approved" } else { "withdrawn" };
        if script.state == wanted {
            let text = t::IS_SO.with(s.lang, &[&crate::i18n::words::word("script", wanted, s.lang)]);
            s.say(Tone::Plain, text);
            return Step::Done;
        }
        Step::Write(Box::new(Change::Review { script: script.id, rev: script.rev, approve }))
    }

    fn remove(&self, s: &mut Shared) -> Step {
        match (self.script(s), self.row(s)) {
            (Some(script), _) if script.state == "withdrawn" => Step::Done,
            (Some(script), _) if script.state == "approved" => self.review(false, s),
            (_, Some((row, rev))) => Step::Write(Box::new(Change::Remove { row, rev })),
            _ => Step::Done,
        }
    }

    /// The text for the customer at hand, and the text with its places.
    fn copy(&self, s: &Shared) -> Step {
        let mut items = Vec::new();
        if let Some(script) = self.script(s) {
            if let Some((name, said)) = Self::said(script, s) {
                let text = t::shown(&said.text, s.lang);
                let hint = t::offered(&text, name, s.lang);
                items.push(Item::new(text.clone(), hint, Act::Copy(text)));
            }
            let hint = t::TEMPLATE.of(s.lang);
            items.push(Item::new(script.text.clone(), hint, Act::Copy(script.text.clone())));
        } else if let Some(record) = self.record(s) {
            let texts = record.values.iter().filter_map(|(_, value)| value.as_text());
            items.extend(texts.map(|text| Item::new(text, "", Act::Copy(text.to_owned()))));
        }
        if items.is_empty() {
            return Step::Done;
        }
        Step::Open(Box::new(Popup::Menu(Menu::new(commands::COPY, items))))
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, slot: Slot, s: &Shared) {
        if matches!(slot, Slot::Scripts | Slot::Company | Slot::Activations) {
            self.follow(s);
        }
    }
}

impl Listed for Scripts {
    fn ids(&self, s: &Shared) -> Vec<i64> {
        match self.shelf() {
            Noun::Script => Self::rows(s).iter().map(|r| r.id).collect(),
            Noun::Activation => Self::activations(s).iter().map(|r| r.id).collect(),
            _ => self.records(s).iter().map(|r| r.row.id).collect(),
        }
    }

    fn cursor(&mut self) -> &mut Cursor {
        &mut self.cursor
    }
}
