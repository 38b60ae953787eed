//! The reading half: a question in, an answer out, for one actor. Every query is collected at once and no read
//! transaction stays open. What the actor may not see is masked here (`eyes`) and nowhere else.

mod activation;
mod advice;
mod alarms;
mod analysis;
mod audit;
mod board;
pub mod budget;
mod cadence;
pub mod campaigns;
mod card;
mod cases;
mod complaints;
mod conditions;
mod customers;
pub mod export;
pub mod eyes;
pub mod filter;
mod find;
pub mod guard;
mod history;
mod item;
pub mod kpi;
mod leak;
mod lists;
mod merge;
pub mod models;
mod named;
pub mod own;
mod plans;
mod preview;
mod profile;
mod proposals;
mod queue;
mod records;
mod report;
pub mod review;
mod rights;
mod row;
mod scheme;
mod scripts;
mod situation;
mod staff;
pub mod strategy;
mod suited;
mod tags;
pub mod texts;
mod touches;
mod users;
mod versions;

#[cfg(test)]
mod tests;

use super::Store;
use super::look_up::Noted;
use super::request::{Answer, Query, StoreError};
use super::values::by_code;
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::people::{Actor, Verb};
use eyes::Eyes;

impl Store {
    /// Answers a question as far as the actor may know the answer, and keeps what it shows beyond the mask.
    pub fn ask(&self, actor: &Actor, query: &Query, now: Now) -> Result<Answer, StoreError> {
        let mut noted = Vec::new();
        let answer = self.answer(actor, query, now, &mut noted)?;
        self.note(actor, now, &noted)?;
        Ok(answer)
    }

    /// The same on a connection that only reads: what was shown beyond the mask is handed over to be kept.
    pub fn answer(
        &self,
        actor: &Actor,
        query: &Query,
        now: Now,
        noted: &mut Vec<Noted>,
    ) -> Result<Answer, StoreError> {
        let db = &self.db;
        // an answer speaks of one moment, and its many small questions take the lock once
        let moment = (!query.counts_months() && db.is_autocommit()).then(|| db.unchecked_transaction());
        let moment = moment.transpose()?;
        let actor = super::people::as_known(db, actor)?.ok_or(StoreError::Denied(Verb::SeeDirectory))?;
        let now = Now { at: now.at, zone: super::settings::zone(db)? };
        super::people::need_own(&actor, rights::needs(query))?;
        let mut eyes = Eyes::new(db, &actor, now);
        let answer = self.answered(&mut eyes, query)?;
        noted.append(&mut eyes.noted);
        drop(moment);
        Ok(answer)
    }

    /// Which room answers which question.
    fn answered(&self, eyes: &mut Eyes<'_>, query: &Query) -> Result<Answer, StoreError> {
        let (db, now) = (eyes.db, eyes.now);
        Ok(match query {
            Query::Customers(list) => Answer::Customers(customers::list(eyes, list)?),
            Query::Count(filter) => Answer::Count(customers::count(eyes, filter)?),
            Query::Fitting(filter) => Answer::Fitting(customers::fitting(eyes, filter)?),
            Query::Find { text, limit } => Answer::Find(find::find(eyes, text, *limit)?),
            Query::Named(text, also) => Answer::Named(named::named(eyes, text, also)?),
            Query::Alike { name, phones } => Answer::Alike(find::alike(eyes, name, phones)?),
            Query::ByCode(code) => Answer::ByCode(by_code(db, code)?.map(CustomerId)),
            Query::Merging { keep, gone } => Answer::Merging(Box::new(merge::merging(eyes, *keep, *gone)?)),
            Query::Card(id) => Answer::Card(card::card(eyes, id.0)?.map(Box::new)),
            Query::Profile(id) => Answer::Profile(profile::profile(eyes, id.0)?.map(Box::new)),
            Query::Guard { customer, intent } => Answer::Guard(guard::findings(db, customer.0, intent, now)?),
            Query::Queue { owner, whole, ahead } => {
                Answer::Queue(queue::queue(eyes, *owner, *whole, *ahead)?)
            }
            Query::Touches(list) => Answer::Touches(touches::list(eyes, list)?),
            Query::Complaints(which) => Answer::Complaints(complaints::list(eyes, *which)?),
            Query::Alarms(which) => Answer::Alarms(alarms::list(eyes, *which)?),
            Query::Requests(which) => Answer::Requests(complaints::requests(eyes, *which)?),
            Query::Scripts => Answer::Scripts(scripts::all(eyes)?),
            Query::Campaigns => Answer::Campaigns(campaigns::all(eyes)?),
            Query::Members(id) => Answer::Members(Box::new(campaigns::members(eyes, *id)?)),
            Query::Texts { campaign, customer } => {
                Answer::Texts(texts::texts(eyes, *campaign, customer.map(|c| c.0))?)
            }
            Query::Plans => Answer::Plans(plans::all(eyes)?),
            Query::Activations => Answer::Activations(activation::all(eyes)?),
            Query::Company(noun) => Answer::Company(records::company(eyes, *noun)?),
            Query::Classes => Answer::Classes(scheme::classes(eyes)?),
            Query::OwnFields => Answer::OwnFields(own::fields(db)?),
            Query::Schemes => Answer::Schemes(scheme::schemes(eyes)?),
            Query::SchemePreview(text) => Answer::SchemePreview(Box::new(scheme::preview(eyes, text)?)),
            Query::Why { customer, scheme } => Answer::Why(scheme::why(eyes, customer.0, scheme.as_deref())?),
            Query::Benchmarks => Answer::Benchmarks(scheme::benchmarks(eyes)?),
            Query::Strategy(scheme) => Answer::Strategy(strategy::rows(eyes, scheme)?),
            Query::StrategyPreview(edit) => {
                Answer::StrategyPreview(preview::preview(eyes, edit)?.map(Box::new))
            }
            Query::StrategyVersions(scheme) => Answer::StrategyVersions(versions::list(eyes, scheme)?),
            Query::StrategyResult { scheme, version } => {
                Answer::StrategyResult(versions::result(eyes, scheme, *version)?.map(Box::new))
            }
            Query::Overlays => Answer::Overlays(strategy::overlays(eyes)?),
            Query::Board(period) => Answer::Board(Box::new(board::board(eyes, *period)?)),
            Query::Kpis(query) => {
                let far = kpi::Far::of(db, self.far.as_deref())?;
                Answer::Kpis(Box::new(kpi::shown(eyes, *query, &far)?))
            }
            Query::KpisBefore(query) => Answer::KpisBefore(kpi::before(eyes, *query)?.map(Box::new)),
            Query::Report(query) => Answer::Report(Box::new(report::report(eyes, *query)?)),
            Query::Behind(query) => Answer::Behind(Box::new(kpi::behind::behind(eyes, query)?)),
            Query::Models(day) => {
                let far = kpi::Far::of(db, self.far.as_deref())?.and_more();
                Answer::Models(Box::new(models::shown(eyes, *day, &far)?))
            }
            Query::Title => Answer::Title(queue::title(eyes)?),
            Query::Views => Answer::Views(lists::views(eyes)?),
            Query::People => Answer::People(lists::people(db)?),
            Query::Users => Answer::Users(users::all(eyes)?),
            Query::Editors(row) => Answer::Editors(super::session::editors(db, *row, &eyes.actor.session)?),
            Query::Since { row, rev } => Answer::Since(history::since(eyes, *row, *rev)?),
            Query::Tags => Answer::Tags(tags::dictionary(eyes)?),
            Query::Baselines => Answer::Baselines(review::baselines(db)?),
            Query::Baseline(id) => {
                let mut figures = review::figures(db, *id)?;
                figures.iter_mut().try_for_each(|kpis| kpi::few::mask(eyes, kpis))?;
                Answer::Baseline(figures.map(Box::new))
            }
            Query::Causes => Answer::Causes(review::causes(db)?),
            Query::Evaluations => Answer::Evaluations(review::evaluations(db)?),
            Query::Evaluation(id) => Answer::Evaluation(review::shown(eyes, *id)?.map(Box::new)),
            Query::Analysis(query) => Answer::Analysis(Box::new(analysis::analysis(eyes, *query)?)),
            Query::Listed(query, most) => Answer::Behind(Box::new(analysis::listed(eyes, query, *most)?)),
            Query::Staff(period) => Answer::Staff(Box::new(staff::staff(eyes, *period)?)),
            Query::Suggestions => Answer::Suggestions(review::suggestions(db, None)?),
            Query::Settings => Answer::Settings(lists::settings(db)?),
            Query::Targets => Answer::Targets(super::targets::all(db)?),
            Query::Undoable => Answer::Undoable(Box::new(history::undoable(eyes)?)),
            Query::Audit(list) => Answer::Audit(audit::list(eyes, list)?),
            Query::AuditOne(id) => Answer::AuditOne(audit::one(eyes, *id)?),
            Query::Cases => Answer::Cases(cases::list(eyes)?),
            Query::Case(kind, id) => Answer::Case(cases::one(eyes, *kind, *id)?),
            Query::Leaks => Answer::Leaks(leak::list(eyes)?),
            Query::Leak { id, whole } => Answer::Leak(leak::one(eyes, *id, *whole)?.map(Box::new)),
            Query::Erased(ids) => Answer::Erased(history::erased(db, ids)?),
            Query::Loads => Answer::Loads(cases::loads(eyes)?),
            Query::Record(row) => Answer::Record(records::one(eyes, *row)?),
        })
    }
}
