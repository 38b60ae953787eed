//! The three ways a row can change, and what each leaves behind: a line in the record of changes, a customer whose facts
//! are to be refreshed, and its share of the daily figures. Every write goes through [`Work`]; [`Work::finish`] puts the
//! header and the lines down, so one change is one header and one line per changed row, however often it was touched.

mod attempt;
mod held;
mod line;
mod touched;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::beside;
use super::chain::{self, Entry};
use super::daily::{self, Delta};
use super::facts::{self, Cause, Ranks};
use super::merged;
use super::request::StoreError;
use super::settings;
use super::tables::{self, Image, int, table};
use crate::domain::clock::Now;
use crate::domain::field::Noun;
use crate::domain::people::Actor;

pub use held::HELD;
use held::held;
pub use line::Key;
use line::{Line, State};

/// Header of a change in the record.
pub struct Header<'a> {
    /// The name of the request.
    pub request: &'a str,
    /// Verb id.
    pub verb: &'a str,
    /// Whom it concerns.
    pub subject: &'a str,
    /// The customer, where it is one.
    pub customer: Option<i64>,
    /// Why.
    pub reason: Option<&'a str>,
    /// The change that this one takes back.
    pub undo_of: Option<i64>,
    /// The job it is a batch of.
    pub job: Option<i64>,
}

impl<'a> Header<'a> {
    /// The header of a change that the program makes of itself and that concerns nobody in particular.
    pub const fn own(request: &'a str, verb: &'a str) -> Self {
        Self { request, verb, subject: "", customer: None, reason: None, undo_of: None, job: None }
    }
}

/// One change while it is being written.
pub struct Work<'t> {
    /// The transaction's connection.
    pub db: &'t Connection,
    /// Who writes, with role and department as the store knows them.
    pub actor: &'t Actor,
    /// The present.
    pub now: Now,
    /// The import or bulk edit that rows are made by.
    pub job: Option<i64>,
    lines: Vec<Line>,
    places: HashMap<(Noun, Key), usize>,
    trail: Vec<(usize, State)>,
    daily: Vec<Delta>,
    dirty: BTreeMap<i64, Cause>,
    /// Touches whose words have changed; `true` where the look-up knows them already.
    touches: BTreeMap<i64, bool>,
    ordered: BTreeMap<i64, bool>,
    spent: BTreeSet<i64>,
    ids: HashMap<(Noun, i64), i64>,
    writes: usize,
    /// Who moves under new rules is known and put aside already.
    pub staged: bool,
}

impl<'t> Work<'t> {
    /// Begins a change inside a transaction.
    pub fn new(db: &'t Connection, actor: &'t Actor, now: Now, job: Option<i64>) -> Self {
        Self {
            db,
            actor,
            now,
            job,
            lines: Vec::new(),
            places: HashMap::new(),
            trail: Vec::new(),
            daily: Vec::new(),
            dirty: BTreeMap::new(),
            touches: BTreeMap::new(),
            ordered: BTreeMap::new(),
            spent: BTreeSet::new(),
            ids: HashMap::new(),
            writes: 0,
            staged: false,
        }
    }

    /// Reads a row as it is now: revision and every column.
    pub fn read(&self, noun: Noun, id: i64) -> Result<State, StoreError> {
        Ok(table(noun).read(self.db, &Cell::Integer(id))?)
    }

    /// Makes a row and answers its id.
    pub fn insert(&mut self, noun: Noun, cells: &[(&'static str, Cell)]) -> Result<i64, StoreError> {
        let (first, last) = match (noun, int(cells, "customer_id")) {
            (Noun::Touch, Some(customer)) => ((customer << 20) + 1, ((customer + 1) << 20) - 1),
            _ => (1, i64::MAX),
        };
        // nobody else makes rows while this transaction lasts
        let id = match self.ids.get(&(noun, first)) {
            Some(last) => last + 1,
            None => table(noun).free_id(self.db, first, last)?,
        };
        self.ids.insert((noun, first), id);
        self.insert_at(noun, id, 1, cells)?;
        Ok(id)
    }

    /// Makes a row with this id and revision.
    pub fn insert_at(
        &mut self,
        noun: Noun,
        id: i64,
        rev: i64,
        cells: &[(&'static str, Cell)],
    ) -> Result<(), StoreError> {
        self.change(noun, Key::Id(id), None, cells, |db| table(noun).insert(db, id, rev, cells))?;
        if noun == Noun::Customer {
            merged::comes(self.db, id)?;
        }
        Ok(())
    }

    /// Writes those columns of a row that differ; answers whether any did.
    pub fn update(
        &mut self,
        noun: Noun,
        id: i64,
        cells: &[(&'static str, Cell)],
    ) -> Result<bool, StoreError> {
        let Some(before) = self.read(noun, id)? else { return Err(StoreError::Gone { who: None }) };
        let other: Vec<_> =
            cells.iter().filter(|(column, cell)| tables::cell(&before.1, column) != cell).cloned().collect();
        if other.is_empty() {
            return Ok(false);
        }
        self.change(noun, Key::Id(id), Some(before), &other, |db| {
            table(noun).update(db, &Cell::Integer(id), &other)
        })?;
        Ok(true)
    }

    /// Removes a row.
    pub fn delete(&mut self, noun: Noun, id: i64) -> Result<(), StoreError> {
        let Some(before) = self.read(noun, id)? else { return Err(StoreError::Gone { who: None }) };
        held(self.db, noun, id, &before.1)?;
        if noun == Noun::Customer {
            merged::goes(self.db, id, tables::text(&before.1, "code").unwrap_or_default())?;
            facts::forget(self.db, id)?;
            self.dirty.remove(&id);
        }
        self.change(noun, Key::Id(id), Some(before), &[], |db| table(noun).delete(db, &Cell::Integer(id)))
    }

    /// Makes, changes or removes a row with a key of text; `after` is the whole row.
    pub fn put(&mut self, noun: Noun, key: &str, after: Option<&Image>) -> Result<bool, StoreError> {
        let row = Cell::Text(key.to_owned());
        let before = table(noun).read(self.db, &row)?;
        if before.as_ref().map(|(_, image)| image) == after {
            return Ok(false);
        }
        let had = before.is_some();
        self.change(noun, Key::Word(key.to_owned()), before, &[], |db| match after {
            Some(image) if had => table(noun).update(db, &row, image),
            Some(image) => table(noun).insert(db, 0, 0, image),
            None => table(noun).delete(db, &row),
        })?;
        if noun == Noun::Setting {
            self.setting_changed(key)?;
        }
        Ok(true)
    }

    /// What all of them have in common: the write itself, between what was and what is then.
    fn change(
        &mut self,
        noun: Noun,
        key: Key,
        before: State,
        wanted: &[(&'static str, Cell)],
        write: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let was = before.as_ref().map(|(_, image)| image.as_slice());
        let left = daily::order_of(noun, key.id(), was.unwrap_or_default());
        let joined = daily::order_of(noun, key.id(), wanted).filter(|o| left != Some(*o));
        for order in left.into_iter().chain(joined) {
            daily::order(self.db, order, -1, &mut self.daily)?;
        }
        self.daily.extend(was.and_then(|image| daily::share(self.now.zone, noun, image, -1)));
        write(self.db)?;
        let after = table(noun).read(self.db, &key.cell())?;
        let is = after.as_ref().map(|(_, image)| image.as_slice());
        self.daily.extend(is.and_then(|image| daily::share(self.now.zone, noun, image, 1)));
        for order in left.into_iter().chain(joined) {
            daily::order(self.db, order, 1, &mut self.daily)?;
        }
        self.writes += 1;
        self.mark_dirty(noun, &key, &before, &after);
        self.company_changed(noun, &key, before.is_some() && after.is_some())?;
        self.record(noun, key, before, after);
        Ok(())
    }

    /// What the company changes for all: rules, averages, the catalogue that needs are matched with, the wording of tags.
    fn company_changed(&mut self, noun: Noun, key: &Key, edited: bool) -> Result<(), StoreError> {
        match (noun, key) {
            (Noun::SchemeVersion | Noun::Benchmark, _) if !self.staged => {
                self.all_dirty(settings::RECLASS_FROM)
            }
            (Noun::ProductTag | Noun::StrategyTouch, _) => self.all_dirty(settings::FACTS_FROM),
            // which row governs a customer, and what its kinds ask for
            (Noun::Strategy, _) if !edited => self.all_dirty(settings::FACTS_FROM),
            (Noun::Tag, Key::Id(id)) if edited => {
                let found = facts::found_by(self.db, *id)?;
                for customer in found {
                    self.dirty.entry(customer).or_default().finds = true;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Facts follow the settings at once where that is quick; in a large company the next daily round brings them up to
    /// date in slices.
    fn setting_changed(&mut self, key: &str) -> Result<(), StoreError> {
        if !settings::FACTS_DEPEND_ON.contains(&key) {
            return Ok(());
        }
        if key == "zone_minutes" {
            // every day of every record is another one: what is kept by day is counted anew
            settings::keep(self.db, settings::REBUILD, Some(""))?;
        }
        self.all_dirty(settings::FACTS_FROM)
    }

    /// Every customer at once in a small company; in a large one the writer goes through them in slices, beginning at
    /// once, by the mark under `key`.
    fn all_dirty(&mut self, key: &str) -> Result<(), StoreError> {
        let ids: Vec<i64> = self
            .db
            .prepare_cached("SELECT id FROM customer LIMIT ?1")?
            .query_map([facts::AT_ONCE + 1], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if i64::try_from(ids.len()).is_ok_and(|n| n <= facts::AT_ONCE) {
            for id in ids {
                self.dirty.entry(id).or_default();
            }
        } else {
            settings::keep(self.db, key, Some("0"))?;
        }
        Ok(())
    }

    fn mark_dirty(&mut self, noun: Noun, key: &Key, before: &State, after: &State) {
        let images = [before, after].map(|s| s.as_ref().map(|(_, image)| image.as_slice()));
        let differs = |columns: &[&str]| match images {
            [Some(b), Some(a)] => columns.iter().any(|c| tables::cell(b, c) != tables::cell(a, c)),
            _ => true,
        };
        let finds = match noun {
            Noun::Customer => differs(&["code", "name", "owner_id", "kind"]),
            Noun::Alias | Noun::Contact | Noun::Method | Noun::CustomerTag => true,
            _ => false,
        };
        let fell = before.is_some() && differs(&["amount_fen", "status", "customer_id"]);
        if let (Noun::Touch, Key::Id(id)) = (noun, key)
            && differs(&["summary", "feedback", "topic"])
        {
            self.touches.entry(*id).or_insert(before.is_some());
        }
        match (noun, key) {
            // nothing that is kept of a customer is computed from the company's own fields
            (Noun::OwnValue, _) => {}
            (Noun::Customer, Key::Id(id)) => {
                if after.is_some() {
                    let new = Cause { finds, fresh: before.is_none() };
                    self.dirty.entry(*id).and_modify(|cause| cause.finds |= finds).or_insert(new);
                }
            }
            _ => {
                for customer in images.iter().flatten().filter_map(|image| int(image, "customer_id")) {
                    match noun {
                        Noun::Order => *self.ordered.entry(customer).or_default() |= fell,
                        // whatever happens to it, less or more is left of an order
                        Noun::Refund => *self.ordered.entry(customer).or_default() = true,
                        Noun::Touch | Noun::Expense => {
                            self.spent.insert(customer);
                        }
                        _ => {}
                    }
                    let cause = self.dirty.entry(customer).or_default();
                    cause.finds |= finds;
                    cause.fresh &= matches!(noun, Noun::Contact | Noun::Method | Noun::CustomerTag);
                }
            }
        }
    }

    fn record(&mut self, noun: Noun, key: Key, before: State, after: State) {
        let place = (noun, key.clone());
        if let Some(at) = self.places.get(&place).copied()
            && let Some(line) = self.lines.get_mut(at)
        {
            self.trail.push((at, std::mem::replace(&mut line.after, after)));
            return;
        }
        self.places.insert(place, self.lines.len());
        self.lines.push(Line { noun, key, before, after });
    }

    /// How many single writes there have been.
    pub const fn writes(&self) -> usize {
        self.writes
    }

    /// How many rows have changed so far.
    pub fn rows(&self) -> usize {
        self.lines.iter().filter(|l| l.before.is_some() || l.after.is_some()).count()
    }

    /// Puts header and lines down and brings what is kept up to date. Without a changed row nothing is recorded, unless
    /// `always`; answers the change's id.
    pub fn finish(self, header: &Header<'_>, always: bool) -> Result<Option<i64>, StoreError> {
        let now = self.now;
        let db = self.db;
        // a row that came and went inside one change never was
        let lines: Vec<_> = self.lines.iter().filter(|l| l.before.is_some() || l.after.is_some()).collect();
        if lines.is_empty() && !always {
            return Ok(None);
        }
        let entry = Entry {
            request: header.request,
            at: now.ms(),
            person: self.actor.id.0,
            session: &self.actor.session,
            via: self.actor.via.id(),
            verb: header.verb,
            subject: header.subject,
            customer: header.customer,
            reason: header.reason,
            undo_of: header.undo_of,
            job: header.job,
        };
        let salts = chain::Salts::new();
        let ranks = if self.job.is_some() { Ranks::Later } else { Ranks::Now };
        let numbered: Vec<_> = (1..).zip(lines).collect();
        let (sealed, kept) = beside::all(
            &numbered,
            |(n, line)| line.put().seal(&salts, *n),
            || -> Result<bool, StoreError> {
                daily::add(db, &self.daily)?;
                facts::keep(db, &self.dirty, now, ranks)
            },
        );
        if kept? {
            settings::keep(db, settings::ROUND_ON, None)?;
        }
        let change = chain::put(db, &entry, &salts, &sealed)?;
        if self.places.keys().any(|(noun, _)| matches!(noun, Noun::Order | Noun::Opening | Noun::Customer)) {
            facts::freeze(db, now)?;
        }
        facts::keep_touches(db, &self.touches)?;
        Ok(Some(change))
    }
}
