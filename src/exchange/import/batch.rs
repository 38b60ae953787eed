//! Rows on their way into the store, some thousand at a time: whose each is, the customers and contacts that have to be
//! made first, what became of each, and the file of those that did not come in.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::mend::{drop_field, known_industry};
use super::reading::{TOLD, Waiting};
use super::rows::{Parsed, Talk, What};
use super::{ImportError, Setting, write};
use crate::domain::change::{Change, Edited, ImportRow, NewContact, NewCustomer};
use crate::domain::field::{Field, Value};
use crate::domain::import::Report;
use crate::domain::industries;
use crate::exchange::columns::Noun;
use crate::exchange::fresh;
use crate::exchange::mapped::Mapped;
use crate::exchange::rejects::Rejects;
use crate::exchange::table::Row;
use crate::i18n::entry::{self, Context, Named};
use crate::i18n::{errors, exchange as t, fields};
use crate::store::Store;
use crate::store::request::{Answer, Average, Query, RowOutcome};
use crate::store::tally::Tally;
use crate::store::write::whose::{Owner, Whose};

/// Fields that are left out of one row at most.
const ROUNDS: usize = 8;
/// Brings rows into the store.
pub struct Batch<'a> {
    setting: &'a Setting<'a>,
    mapped: &'a Mapped,
    headings: Vec<String>,
    target: Option<PathBuf>,
    input: Option<&'a Path>,
    rejects: Option<Rejects<File>>,
    /// How often the file has had rows without a number that look alike; a file may have millions.
    alike: Tally,
    /// Industries that the lists do not have.
    unknown: BTreeSet<String>,
}

impl<'a> Batch<'a> {
    /// An empty batch; rejected rows go to `target`, which may not be the input itself.
    pub fn new(
        setting: &'a Setting<'a>,
        mapped: &'a Mapped,
        headings: &[String],
        target: Option<&Path>,
        input: Option<&'a Path>,
    ) -> Self {
        Self {
            setting,
            mapped,
            headings: headings.to_vec(),
            target: target.map(Path::to_path_buf),
            input,
            rejects: None,
            alike: Tally::default(),
            unknown: BTreeSet::new(),
        }
    }

    /// Writes rows and counts what became of each.
    pub fn write(
        &mut self,
        store: &mut Store,
        job: i64,
        mut waiting: Vec<Waiting>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        if self.mapped.noun != Noun::Customers {
            self.settle(store, job, &mut waiting, report)?;
        }
        let mut rows = Vec::with_capacity(waiting.len());
        let mut facts = Vec::with_capacity(waiting.len());
        for Waiting { row, gap, warnings, what } in waiting {
            let told = match what {
                Ok(mut parsed) => {
                    let told = match &mut parsed {
                        Parsed::Customer(new) => {
                            known_industry(store, new)?;
                            if self.unknown.len() < TOLD {
                                self.unknown.extend(unknown_industry(new));
                            }
                            label(new)
                        }
                        Parsed::Of { .. } => String::new(),
                    };
                    self.ready(parsed)?.map(|row| {
                        rows.push(row);
                        told
                    })
                }
                Err(reason) => Err(reason),
            };
            facts.push((row, gap, warnings, told));
        }
        let mut outcomes = self.bring(store, job, rows)?.into_iter();
        for (row, gap, mut warnings, told) in facts {
            let outcome = match told {
                Ok(told) => outcomes.next().map(|outcome| (outcome, told)).ok_or_else(String::new),
                Err(reason) => Err(reason),
            };
            match outcome {
                Ok(((RowOutcome::Refused(invalid), _), _)) => {
                    let reason = errors::invalid(&invalid, self.setting.lang);
                    self.reject(&row, reason, report)?;
                }
                Ok(((outcome, dropped), told)) => {
                    warnings.extend(dropped);
                    warn(report, row.line(), &warnings);
                    if let RowOutcome::Updated(edits) = &outcome
                        && !edits.is_empty()
                        && report.changed.len() < TOLD
                    {
                        report.changed.push((row.line(), told.clone(), self.gave_way(store, edits)?));
                    }
                    count(report, outcome, gap || !warnings.is_empty(), row.line(), told);
                }
                Err(reason) => self.reject(&row, reason, report)?,
            }
        }
        Ok(())
    }

    /// Gives rows to the store. A field that it refuses and that the row can do without is left out, and the row is given
    /// again; what was left out is told with the outcome.
    fn bring(
        &self,
        store: &mut Store,
        job: i64,
        rows: Vec<ImportRow>,
    ) -> Result<Vec<(RowOutcome, Vec<String>)>, ImportError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut kept = rows.clone();
        let outcomes = write(store, self.setting, Change::ImportRows { job, rows })?.outcomes;
        let mut told: Vec<(RowOutcome, Vec<String>)> =
            outcomes.into_iter().map(|outcome| (outcome, Vec::new())).collect();
        for _ in 0..ROUNDS {
            let mut again = Vec::new();
            for (at, (outcome, dropped)) in told.iter_mut().enumerate() {
                let RowOutcome::Refused(invalid) = outcome else { continue };
                if let Some(row) = kept.get_mut(at)
                    && drop_field(row, invalid.field)
                {
                    dropped.push(errors::invalid(invalid, self.setting.lang));
                    again.push(at);
                }
            }
            if again.is_empty() {
                break;
            }
            let rows = again.iter().filter_map(|at| kept.get(*at).cloned()).collect();
            let outcomes = write(store, self.setting, Change::ImportRows { job, rows })?.outcomes;
            for (at, outcome) in again.into_iter().zip(outcomes) {
                if let Some(one) = told.get_mut(at) {
                    one.0 = outcome;
                }
            }
        }
        Ok(told)
    }

    /// Finds whose the rows are, and makes the customers and contacts that they name and nobody knows.
    fn settle(
        &self,
        store: &mut Store,
        job: i64,
        waiting: &mut [Waiting],
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let mut unknown: Vec<NewCustomer> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for one in waiting.iter() {
            if let Ok(Parsed::Of { whose, make: Some(new), .. }) = &one.what
                && store.whose(whose)? == Owner::Nobody
            {
                let key = whose.code.clone().or_else(|| whose.name.clone()).unwrap_or_default();
                places.entry(key).or_insert_with(|| {
                    unknown.push((**new).clone());
                    unknown.len() - 1
                });
            }
        }
        let mut refused: Vec<Option<String>> = Vec::new();
        if !unknown.is_empty() {
            let rows = unknown.into_iter().map(ImportRow::Customer).collect();
            for outcome in write(store, self.setting, Change::ImportRows { job, rows })?.outcomes {
                refused.push(match outcome {
                    RowOutcome::Refused(invalid) => Some(errors::invalid(&invalid, self.setting.lang)),
                    RowOutcome::Made | RowOutcome::Alike(..) => {
                        report.customers += 1;
                        None
                    }
                    RowOutcome::Updated(_) | RowOutcome::Same => None,
                });
            }
        }
        let mut contacts: Vec<ImportRow> = Vec::new();
        for one in waiting.iter_mut() {
            let Ok(Parsed::Of { whose, customer, what, .. }) = &mut one.what else { continue };
            let id = match store.whose(whose)? {
                Owner::One(id) => id,
                owner => {
                    let place = whose.code.as_ref().or(whose.name.as_ref()).and_then(|key| places.get(key));
                    let reason = place.and_then(|at| refused.get(*at).cloned().flatten());
                    one.what = Err(reason.unwrap_or_else(|| self.nobody(owner, whose)));
                    continue;
                }
            };
            *customer = Some(id);
            let What::Touch(talk) = what else { continue };
            talk.touch.customer = id;
            if let Some(name) = &talk.contact
                && store.contact_named(id, name)?.is_none()
            {
                let contact = NewContact { name: name.clone(), ..NewContact::default() };
                contacts.push(ImportRow::Contact { customer: id, contact, aside: true });
            }
        }
        if !contacts.is_empty() {
            // a name that does not fit is told with its touch
            write(store, self.setting, Change::ImportRows { job, rows: contacts })?;
        }
        for one in waiting.iter_mut() {
            if let Ok(Parsed::Of { what: What::Touch(talk), .. }) = &mut one.what
                && let Some(name) = &talk.contact
            {
                talk.touch.contact = store.contact_named(talk.touch.customer, name)?;
            }
        }
        Ok(())
    }

    /// A row with its customer known, as the store takes it; the reason where nobody knows whose it is.
    fn ready(&mut self, parsed: Parsed) -> Result<Result<ImportRow, String>, ImportError> {
        let (customer, what) = match parsed {
            Parsed::Customer(new) => return Ok(Ok(ImportRow::Customer(*new))),
            Parsed::Of { customer: Some(customer), what, .. } => (customer, what),
            Parsed::Of { whose, .. } => return Ok(Err(self.nobody(Owner::Nobody, &whose))),
        };
        Ok(Ok(match what {
            What::Contact(contact) => ImportRow::Contact { customer, contact, aside: false },
            What::Order(values) => {
                let value = |field| values.iter().find(|(own, _)| *own == field).map(|(_, value)| value);
                let nth = match value(Field::OrderCode) {
                    Some(_) => 1,
                    None => self.alike.nth(customer, &(value(Field::OrderDay), value(Field::OrderAmount)))?,
                };
                ImportRow::Order { customer, values, nth }
            }
            What::Survey(values) => ImportRow::Survey { customer, values },
            What::Touch(talk) => {
                let row = said(&talk);
                let Talk { touch, day_only, .. } = *talk;
                ImportRow::Touch { touch, row, day_only }
            }
        }))
    }

    fn nobody(&self, owner: Owner, whose: &Whose) -> String {
        let name = whose.name.as_ref().or(whose.phones.first()).cloned().unwrap_or_default();
        match (&whose.code, owner) {
            (_, Owner::Several) => t::ROW_SEVERAL.with(self.setting.lang, &[&name]),
            (Some(code), _) => t::ROW_WHOSE.with(self.setting.lang, &[code]),
            (None, _) => t::ROW_NAME.with(self.setting.lang, &[&name]),
        }
    }

    fn reject(&mut self, row: &Row, reason: String, report: &mut Report) -> Result<(), ImportError> {
        report.rejects += 1;
        if let Some(target) = &self.target {
            let failed = |why: String| ImportError::Rejects { file: target.display().to_string(), why };
            if self.rejects.is_none() {
                let same = |input: &Path| input.canonicalize().ok() == target.canonicalize().ok();
                if target.exists() && self.input.is_some_and(same) {
                    return Err(failed("input".into()));
                }
                // for the person's own eyes (the rows hold phones as they stand in the file), and never over one that may
                // hold what they have corrected since
                let (file, named) = fresh::create(target).map_err(|e| failed(e.to_string()))?;
                let (why, line) =
                    (t::REASON_HEADING.of(self.setting.lang), t::LINE_HEADING.of(self.setting.lang));
                let rejects = Rejects::new(file, &self.headings, why, line);
                self.rejects = Some(rejects.map_err(|e| failed(e.to_string()))?);
                report.rejects_file = Some(named.display().to_string());
            }
            if let Some(rejects) = &mut self.rejects {
                rejects.write(row.raw_cells(), &reason, row.line()).map_err(|e| failed(e.to_string()))?;
            }
        }
        if report.rejected.len() < TOLD {
            report.rejected.push((row.line(), reason));
        }
        Ok(())
    }

    /// Fields with what stood there and what does now, as the screens show them.
    fn gave_way(&self, store: &Store, edits: &[Edited]) -> Result<String, ImportError> {
        let people = self.setting.people.iter();
        let people: Vec<Named> =
            people.map(|p| Named { id: p.id, names: vec![p.name.clone(), p.login.clone()] }).collect();
        let lang = self.setting.lang;
        let mut customers = Vec::new();
        let others = edits.iter().filter(|edit| edit.field == Field::Referrer);
        for id in others.flat_map(|edit| [&edit.was, &edit.to]).filter_map(Value::as_id) {
            customers.extend(store.called(id)?.map(|name| Named { id, names: vec![name] }));
        }
        let with =
            Context { now: self.setting.now, lang, people: &people, contacts: &[], customers: &customers };
        let shown = |field, value: &Value| {
            let text = entry::show(field, value, &with);
            if text.is_empty() { "—".to_owned() } else { text }
        };
        let each = edits.iter().map(|Edited { field, was, to }| {
            format!("{} {} → {}", fields::label(*field).of(lang), shown(*field, was), shown(*field, to))
        });
        Ok(each.collect::<Vec<_>>().join(" · "))
    }

    /// Industries of the file that neither the lists know nor an average: their customers get no class by it.
    pub fn without_average(&mut self, store: &Store) -> Result<Vec<String>, ImportError> {
        if self.unknown.is_empty() {
            return Ok(Vec::new());
        }
        let known = match store.ask(&self.setting.actor, &Query::Benchmarks, self.setting.now)? {
            Answer::Benchmarks(known) => known,
            _ => Vec::new(),
        };
        let unknown = std::mem::take(&mut self.unknown).into_iter();
        Ok(unknown
            .filter(|name| {
                !known.iter().any(|(industry, average)| industry == name && *average != Average::None)
            })
            .collect())
    }

    /// Closes the file of rejected rows.
    pub fn finish(&mut self) -> Result<(), ImportError> {
        if let (Some(rejects), Some(target)) = (self.rejects.take(), &self.target) {
            rejects.finish().map_err(|e| ImportError::Rejects {
                file: target.display().to_string(),
                why: e.to_string(),
            })?;
        }
        Ok(())
    }
}

/// All that a row says of a touch, as a number, before the store refuses a part of it: rows that are one only without that
/// part are two.
fn said(talk: &Talk) -> i64 {
    let mut hash = DefaultHasher::new();
    let Talk { touch, contact, stranger, day_only } = talk;
    format!("{touch:?}{contact:?}{stranger:?}{day_only}").hash(&mut hash);
    hash.finish().cast_signed()
}

/// The industry of a row that is no standard term and means none.
fn unknown_industry(new: &NewCustomer) -> Option<String> {
    let (_, value) = new.values.iter().find(|(field, _)| *field == Field::Industry)?;
    let industry = industries::industry(value.as_text()?);
    (!industry.standard).then_some(industry.term)
}

fn label(new: &NewCustomer) -> String {
    let name = new.values.iter().find_map(|(field, value)| value.as_text().filter(|_| *field == Field::Name));
    new.code.clone().or_else(|| name.map(ToOwned::to_owned)).unwrap_or_default()
}

fn warn(report: &mut Report, line: u64, warnings: &[String]) {
    report.warnings += u64::from(!warnings.is_empty());
    if !warnings.is_empty() && report.warned.len() < TOLD {
        report.warned.push((line, warnings.join(" ")));
    }
}

fn count(report: &mut Report, outcome: RowOutcome, gap: bool, line: u64, told: String) {
    match outcome {
        RowOutcome::Made => report.made += 1,
        RowOutcome::Updated(_) => report.updated += 1,
        RowOutcome::Same => report.same += 1,
        RowOutcome::Alike(code, name) => {
            report.made += 1;
            if report.alike.len() < TOLD {
                report.alike.push((line, told, format!("{code} {name}")));
            }
        }
        RowOutcome::Refused(_) => return,
    }
    report.gaps += u64::from(gap);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Now, Zone};
    use crate::exchange::mapped::map;
    use crate::exchange::mapping::Mapping;
    use crate::i18n::Lang;

    #[test]
    fn a_row_whose_customer_nobody_has_found_out_is_refused_with_a_reason_and_never_left_out_unsaid() {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        let actor = store.personal("wang", "王敏", now).unwrap().unwrap();
        let (people, own, questions) = (Vec::new(), Vec::new(), Vec::new());
        let setting = Setting { actor, now, lang: Lang::Zh, file: "a.csv", people, own, questions };
        let headings = ["客户编号".to_owned(), "联系人".to_owned()];
        let mapped = map(&headings, Noun::Contacts, &Mapping::default());
        let mut batch = Batch::new(&setting, &mapped, &headings, None, None);
        let whose = Whose { code: Some("C9".into()), ..Whose::default() };
        let row = What::Contact(NewContact::default()).of(whose, None);
        let refused = batch.ready(row).unwrap().unwrap_err();
        assert!(refused.contains("C9"), "{refused}");
    }
}
