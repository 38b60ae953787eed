//! Pane 1, the customers: one table whose columns, order and filter the person chooses, with the card of the customer
//! under the cursor below. Only a window of the list is here; it moves when the cursor nears its edge.

mod campaign;
pub mod columns;
mod menus;

use super::super::columns::{Wish, allot, fill};
use super::super::command::Command;
use super::super::cursor::{Move, Windowed};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::pane_id::PaneId;
use super::super::popup::Popup;
use super::super::room;
use super::super::shared::{Shared, Subject, Tone};
use super::pane::{Pane, Step, beside};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::filter::{self, Filter};
use crate::i18n::{errors, format, group, shell};
use crate::store::request::{List, Query, Sort};

use columns::SHOWN;
pub use columns::{Column, Look, arranged, offered};

/// Fewest and most cells that a person gives a column.
const NARROWEST: u16 = 4;
const WIDEST: u16 = 80;

/// The pane's state.
#[derive(Clone, Debug)]
pub struct Customers {
    /// The filter as it is kept, with ids; [`group::shown`] has it in words.
    pub filter_text: String,
    /// The filter as read.
    pub filter: Filter,
    /// By what the list is sorted.
    pub sort: Sort,
    /// Downwards.
    pub descending: bool,
    /// The columns shown, in their order.
    pub columns: Vec<Column>,
    /// Those whose width the person chose, in cells.
    pub widths: Vec<(Column, u16)>,
    /// The cursor in the window that is here.
    pub list: Windowed,
    /// All that fit the filter are to be marked, once it is known who they are.
    pub marking: bool,
}

impl Default for Customers {
    fn default() -> Self {
        Self {
            filter_text: String::new(),
            filter: Filter::default(),
            sort: Sort::Code,
            descending: false,
            columns: SHOWN.to_vec(),
            widths: Vec::new(),
            list: Windowed::default(),
            marking: false,
        }
    }
}

impl Customers {
    /// Sets the filter from its text, or says what is wrong with it.
    pub fn set_filter(&mut self, text: &str, s: &mut Shared) -> Result<(), String> {
        let read = group::read(text).and_then(|kept| Ok((filter::parse(&kept)?, kept)));
        (self.filter, self.filter_text) = read.map_err(|e| errors::filter(&e, s.lang))?;
        self.marking = false;
        self.list.restart();
        Ok(())
    }

    /// Sorts by a column; once more turns it round.
    pub fn sort_by(&mut self, sort: Sort) {
        self.descending =
            if self.sort == sort { !self.descending } else { matches!(sort, Sort::Spend | Sort::LastOrder) };
        self.sort = sort;
        self.list.restart();
    }

    /// Sorts as a saved view says.
    pub fn sorted(&mut self, id: &str, descending: bool) {
        self.sort = Sort::of(id);
        self.descending = descending;
        self.list.restart();
    }

    /// Shows or hides a column; the name always stands.
    pub fn toggle(&mut self, column: Column, s: &Shared) {
        let shown = self.columns.contains(&column);
        let all = arranged(&self.columns, s);
        let stands =
            |c: &Column| if *c == column { !shown || *c == Column::Name } else { self.columns.contains(c) };
        self.columns = all.into_iter().filter(stands).collect();
    }

    /// Moves a column behind the next one that shows, or before the one before.
    pub fn shift(&mut self, column: Column, back: bool) {
        let Some(at) = self.columns.iter().position(|c| *c == column) else { return };
        let to = if back { at + 1 } else { at.wrapping_sub(1) };
        if to < self.columns.len() {
            self.columns.swap(at, to);
        }
    }

    /// Makes a column so much wider than it is now, or narrower; it keeps that width.
    pub fn widen(&mut self, column: Column, by: i16, s: &Shared) {
        let Some((_, now)) = self.kept(s).into_iter().find(|(shown, _)| *shown == column) else { return };
        let width = now.saturating_add_signed(by).clamp(NARROWEST, WIDEST);
        self.widths.retain(|(chosen, _)| *chosen != column);
        self.widths.push((column, width));
    }

    /// The columns for which there is room, with their cells.
    pub fn kept(&self, s: &Shared) -> Vec<(Column, u16)> {
        let looks = self.columns.iter().filter_map(|column| Some((*column, column.look(s)?.wish)));
        let (columns, wishes): (Vec<Column>, Vec<Wish>) = looks
            .map(|(column, wish)| match self.widths.iter().find(|(chosen, _)| *chosen == column) {
                Some((_, width)) => (column, Wish { width: *width, grow: 0, ..wish }),
                None => (column, wish),
            })
            .unzip();
        let width = s.size.width.saturating_sub(1);
        let mut kept = allot(&wishes, width);
        // a sentence is not cut while there is room
        let last = columns.iter().rposition(|column| column.is_prose(s));
        if let Some(last) = last.filter(|last| wishes.get(*last).is_some_and(|wish| wish.grow > 0)) {
            fill(&mut kept, width, last);
        }
        kept.into_iter().filter_map(|(i, width)| Some((*columns.get(i)?, width))).collect()
    }

    /// Lets go of what belonged to own fields that are gone.
    pub fn let_go(&mut self, s: &Shared) {
        let Some(fields) = s.feeds.own_fields() else { return };
        let there = |id: i64| fields.iter().any(|field| field.id == id);
        let stands = |column: &Column| !matches!(column, Column::Own(id) if !there(*id));
        self.columns.retain(stands);
        self.widths.retain(|(column, _)| stands(column));
        if matches!(self.sort, Sort::Own(id) if !there(id)) {
            self.sorted("code", false);
        }
    }

    /// The present list as a view to be kept.
    pub fn view(&self, name: String, shared: bool) -> Change {
        Change::SaveView {
            name,
            filter: self.filter_text.clone(),
            sort: self.sort.id(),
            descending: self.descending,
            shared,
        }
    }

    /// Whether a movement waits for the next window.
    pub(super) const fn waits(&self) -> bool {
        self.list.waits()
    }

    /// Notes where the person is.
    pub fn remember(&self, place: &mut Place) {
        place.filter.clone_from(&self.filter_text);
        place.sort = self.sort.id();
        place.descending = self.descending;
        place.columns.clone_from(&self.columns);
        place.widths.clone_from(&self.widths);
        place.line = self.list.cursor.at.saturating_sub(self.list.cursor.top);
    }

    /// Goes where the person was.
    pub fn resume(&mut self, place: &Place) {
        // a company's own classes may not be known yet: what was kept then stands as it is
        let kept = group::read(&place.filter).unwrap_or_else(|_| place.filter.clone());
        if let Ok(filter) = filter::parse(&kept) {
            (self.filter, self.filter_text) = (filter, kept);
        }
        self.sorted(&place.sort, place.descending);
        if place.columns.contains(&Column::Name) {
            self.columns.clone_from(&place.columns);
            self.widths.clone_from(&place.widths);
        }
        if let Some(subject) = &place.subject {
            self.list.stand(subject.id.0);
            self.list.cursor.at = place.line;
        }
    }

    /// Marks all that fit the filter; where they are marked already, takes the marks off.
    fn mark_all(&mut self, s: &mut Shared) {
        self.marking = false;
        if let Some(error) = s.feeds.error(Slot::Marking) {
            let sentence = errors::store(error, s.lang);
            return s.say(Tone::Bad, sentence);
        }
        let Some(fitting) = s.feeds.marking().cloned() else { return };
        // the same question may be put again, and must then be answered again
        s.feeds.forget(Slot::Marking);
        let count = |n: usize| format::count(i64::try_from(n).unwrap_or(i64::MAX));
        if s.marks.covers(&fitting) {
            fitting.iter().for_each(|id| {
                s.marks.remove(id);
            });
            let text = shell::UNMARKED_ALL.with(s.lang, &[&count(fitting.len())]);
            return s.say(Tone::Plain, text);
        }
        s.marks.add(&fitting);
        let text = shell::MARKED_ALL.with(s.lang, &[&count(fitting.len())]);
        s.say(Tone::Plain, text);
    }

    fn ids(s: &Shared) -> Vec<i64> {
        s.feeds.customers().map(|w| w.rows.iter().map(|r| r.id).collect()).unwrap_or_default()
    }

    /// The customer under the cursor becomes the one at hand.
    fn hand_over(&self, s: &mut Shared) {
        let row = s.feeds.customers().and_then(|w| w.rows.get(self.list.cursor.at));
        let subject =
            row.map(|r| Subject { id: CustomerId(r.id), code: r.code.clone(), name: r.name.clone() });
        if subject.is_some() {
            s.subject = subject;
        }
    }
}

impl Pane for Customers {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let list = List {
            filter: self.filter.clone(),
            sort: self.sort,
            descending: self.descending,
            seek: self.list.seek,
            take: (room::customers(s.size) * 5).max(100),
            own: self
                .columns
                .iter()
                .filter_map(|c| if let Column::Own(id) = c { Some(*id) } else { None })
                .collect(),
        };
        let mut wants = vec![
            (Slot::Customers, Query::Customers(list)),
            (Slot::Count, Query::Count(self.filter.clone())),
            (Slot::Views, Query::Views),
        ];
        if self.marking {
            wants.push((Slot::Marking, Query::Fitting(self.filter.clone())));
        }
        if room::card(s.size) > 0
            && let Some(id) = self.list.cursor.id
        {
            wants.push((Slot::Card, Query::Card(CustomerId(id))));
        }
        wants
    }

    fn ahead(&self, s: &Shared) -> Vec<(Slot, Query)> {
        if room::card(s.size) == 0 {
            return Vec::new();
        }
        let rows: Vec<CustomerId> = Self::ids(s).into_iter().map(CustomerId).collect();
        beside(&rows, self.list.cursor.at)
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        let open = |popup| Step::Open(Box::new(popup));
        match command {
            Command::Open if self.list.cursor.id.is_some() => {
                self.hand_over(s);
                Step::Go(PaneId::Profile)
            }
            Command::Filter => Step::Form(FormKind::Filter),
            Command::Views => open(Popup::Menu(self.view_menu(s))),
            Command::SaveView => Step::Form(FormKind::View),
            Command::Sort => open(Popup::Menu(self.sort_menu(s))),
            Command::Columns => open(Popup::Menu(self.column_menu(s))),
            Command::Copy => Self::copy_menu(s).map_or(Step::Done, |menu| open(Popup::Menu(menu))),
            Command::Edit => self
                .list
                .cursor
                .id
                .map_or(Step::Done, |id| Step::Edit(Row { noun: Noun::Customer, id }, None)),
            Command::Reveal => self.reveal(s),
            Command::Mark => {
                if let Some(id) = self.list.cursor.id.map(CustomerId)
                    && !s.marks.remove(id)
                {
                    s.marks.insert(id);
                }
                self.go(Move::By(1), s);
                Step::Done
            }
            // all that fit, of whom only some are here: the store says who they are
            Command::MarkAll => {
                self.marking = true;
                Step::Done
            }
            Command::Campaign => self.campaign(s),
            Command::Assign if !s.marks.is_empty() || s.subject.is_some() => Step::Form(FormKind::Assign),
            // one step out: marks first, then the filter
            Command::Back => {
                if !s.marks.is_empty() {
                    s.marks.clear();
                } else if !self.filter_text.is_empty() {
                    self.filter_text.clear();
                    self.marking = false;
                    self.filter = Filter::default();
                    let at = self.list.cursor.id;
                    self.list.restart();
                    if let Some(id) = at {
                        self.list.stand(id);
                    }
                }
                Step::Done
            }
            _ => Step::Pass,
        }
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        if slot == Slot::Marking && self.marking {
            self.mark_all(s);
        }
        if slot != Slot::Customers {
            return;
        }
        let ids = Self::ids(s);
        let height = room::customers(s.size);
        self.list.answered(&ids, height);
        self.hand_over(s);
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        let ids = Self::ids(s);
        let Some((before, after)) = s.feeds.customers().map(|w| (w.before, w.after)) else { return };
        if self.list.go(to, &ids, room::customers(s.size), (before, after)) {
            self.hand_over(s);
        }
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let at = self.list.cursor.top + line;
        if at >= Self::ids(s).len() || line >= room::customers(s.size) {
            return false;
        }
        let again = at == self.list.cursor.at;
        self.go(Move::By(at.cast_signed() - self.list.cursor.at.cast_signed()), s);
        again
    }

    fn entered(&mut self, s: &mut Shared) {
        // back from another pane: stand on the customer at hand, for the one that is highlighted is the one that keys act on
        let Some(subject) = &s.subject else { return };
        let id = subject.id.0;
        if let Some(at) = Self::ids(s).iter().position(|row| *row == id) {
            self.go(Move::By(at.cast_signed() - self.list.cursor.at.cast_signed()), s);
        } else if !Self::ids(s).is_empty() {
            self.list.stand(id);
        }
    }

    fn resized(&mut self, s: &Shared) {
        self.list.cursor.resized(&Self::ids(s), room::customers(s.size));
    }
}
