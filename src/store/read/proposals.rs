//! What the program itself proposes to a person, customer by customer: clocks of the strategy table that ring, buyers to
//! recall, surveys and invalid customers to look at again, silence. One customer stands in a queue once: the strongest reason
//! shows, the others are named beside it, and what is promised or planned within two weeks does for all of them. Read as a
//! stream: somebody may have a hundred thousand customers, and a day holds twenty-five.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Row;

use super::cadence::{Intervals, intervals, soon};
use super::eyes::Eyes;
use super::item::{CUSTOMER, HEARD, TRIED, days_since, handled, item};
use super::row::day;
use crate::domain::change::TaskRef;
use crate::domain::customer::CustomerId;
use crate::domain::queue::{Item, Reason};
use crate::store::request::StoreError;
use crate::store::settings;

/// A reason with its cause and the first day on which it stands.
type Cause = (Reason, String, NaiveDate);

/// Whether the strategy table asks something today (`?2`) of the customer in `f`: a season may suspend a segment (H51).
const ASKED: &str = "f.ask_on IS NOT NULL AND f.ask_on<=?2
    AND NOT EXISTS(SELECT 1 FROM setting WHERE key='suspended.'||f.segment AND value>?2)";

/// Hands `take` each item that is proposed for the customers of an owner and stands for itself; the reasons of customers
/// who are `here` already are put beside what is there. Where only `most` are wanted, it reads no further.
pub fn propose(
    eyes: &Eyes,
    owner: i64,
    here: &mut [Item],
    most: Option<usize>,
    mut take: impl FnMut(Item),
) -> Result<(), StoreError> {
    let (soon, until) = soon(eyes);
    let reading = Reading {
        eyes,
        today: eyes.now.today(),
        intervals: intervals(eyes)?,
        again: settings::number(eyes.db, "silence_days")?.max(1),
    };
    let places: HashMap<i64, usize> =
        here.iter().enumerate().rev().map(|(at, item)| (item.customer.0, at)).collect();
    let mut taken = 0;
    let silent = "f.silent_on IS NOT NULL AND f.silent_on<=?2";
    for (asked, whom) in [(true, ASKED.to_owned()), (false, format!("{silent} AND NOT ({ASKED})"))] {
        let mut query = eyes.db.prepare_cached(&format!(
            "SELECT {CUSTOMER}, f.strategy_id, f.cadence_kind, f.cadence_from, f.cadence_on, f.recall_on,
                    f.last_order, f.survey_on, f.review_on,
                    (SELECT max(answered_on) FROM survey WHERE customer_id=f.customer_id),
                    coalesce(f.next_due<=?3,0) AND f.open_tasks>0,
                    f.silent_on, CASE WHEN f.silent_on<=?2 THEN {HEARD} END,
                    coalesce(f.silent_on<=?2,0) AND {TRIED}
             FROM facts f JOIN customer c ON c.id=f.customer_id WHERE f.owner_id=?1 AND {whom}"
        ))?;
        let mut rows = query.query((owner, reading.today.to_string(), until))?;
        while let Some(r) = rows.next()? {
            let causes = reading.causes(r, asked)?;
            let there = places.get(&r.get(0)?).and_then(|at| here.get_mut(*at)).filter(|i| i.due <= soon);
            if let Some(there) = there {
                there.also.extend(causes.into_iter().map(|(reason, ..)| reason));
                continue;
            }
            if let Some(item) = reading.alone(r, causes)? {
                take(item);
                taken += 1;
            }
            if most.is_some_and(|most| taken >= most) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What is the same for every customer of one reading.
struct Reading<'a, 'e> {
    eyes: &'a Eyes<'e>,
    today: NaiveDate,
    intervals: Intervals,
    /// Silence that was ticked off without a talk is asked for again after so many days.
    again: i64,
}

impl Reading<'_, '_> {
    /// The day in a column, if it has come.
    fn came(&self, r: &Row<'_>, column: usize) -> Result<Option<NaiveDate>, StoreError> {
        Ok(day(r, column)?.filter(|on| *on <= self.today))
    }

    /// What speaks for a customer today and nobody has dealt with, the strongest first; what the table asks only if it may.
    fn causes(&self, r: &Row<'_>, asked: bool) -> Result<Vec<Cause>, StoreError> {
        let mut causes = Vec::new();
        if asked {
            self.table(r, &mut causes)?;
        }
        causes.extend(self.silence(r)?);
        let mut open = Vec::with_capacity(causes.len());
        for cause in causes {
            if !handled(self.eyes, &cause.1)? {
                open.push(cause);
            }
        }
        open.sort_by_key(|(reason, ..)| reason.strength());
        Ok(open)
    }

    /// What the strategy table asks.
    fn table(&self, r: &Row<'_>, causes: &mut Vec<Cause>) -> Result<(), StoreError> {
        let customer: i64 = r.get(0)?;
        if let (Some(on), Some(from), Some(kind)) =
            (self.came(r, 9)?, day(r, 8)?, r.get::<_, Option<String>>(7)?)
        {
            let (ideal, worst) = self.intervals.get(&(r.get(6)?, kind.clone())).copied().unwrap_or((0, 0));
            let cause = format!("cadence:{customer}:{kind}:{on}");
            let days = (self.today - from).num_days();
            causes.push((Reason::Cadence { kind, days, ideal, worst }, cause, on));
        }
        if let (Some(on), Some(last)) = (self.came(r, 10)?, day(r, 11)?) {
            let days = (self.today - last).num_days();
            causes.push((Reason::Recall { days }, format!("recall:{customer}:{on}"), on));
        }
        if let Some(on) = self.came(r, 12)? {
            let days = day(r, 14)?.map(|last| (self.today - last).num_days());
            causes.push((Reason::Survey { days }, format!("survey:{customer}:{on}"), on));
        }
        if let Some(on) = self.came(r, 13)? {
            causes.push((Reason::Review, format!("review:{customer}:{on}"), on));
        }
        Ok(())
    }

    /// That nobody has talked with them for too long (E14, X11).
    fn silence(&self, r: &Row<'_>) -> Result<Option<Cause>, StoreError> {
        let Some(since) = self.came(r, 16)? else { return Ok(None) };
        let customer: i64 = r.get(0)?;
        if self.worked(customer)? {
            return Ok(None);
        }
        // each round of the same silence is a cause of its own
        let round = (self.today - since).num_days() / self.again * self.again;
        let begun = since + chrono::TimeDelta::days(round);
        let days = days_since(self.eyes, r.get(17)?);
        Ok(Some((Reason::Silence { days, asked: r.get(18)? }, format!("silence:{customer}:{begun}"), since)))
    }

    /// Whether a customer's silence is being dealt with: its task waits, or was ticked off a short while ago. What was
    /// ticked off without a talk comes back, or a customer would be forgotten for good.
    fn worked(&self, customer: i64) -> Result<bool, StoreError> {
        let since = self.eyes.now.ms() - self.again * 24 * 60 * 60 * 1000;
        Ok(self
            .eyes
            .db
            .prepare_cached(
                "SELECT 1 FROM task WHERE customer_id=?1 AND kind='silence' AND (state='open' OR done_at>?2)",
            )?
            .exists((customer, since))?)
    }

    /// The one item of a customer who does not stand in the queue yet; none where a talk is planned soon.
    fn alone(&self, r: &Row<'_>, mut causes: Vec<Cause>) -> Result<Option<Item>, StoreError> {
        if r.get(15)? {
            return Ok(None);
        }
        // where a clock runs, silence is named beside it and never asked for alone: its limit is at least the clock's (X11)
        let clocked = day(r, 9)?.is_some();
        let stands = |reason: &Reason| !(clocked && matches!(reason, Reason::Silence { .. }));
        let Some(first) = causes.iter().position(|(reason, ..)| stands(reason)) else { return Ok(None) };
        let (reason, cause, on) = causes.remove(first);
        // the screen and the command line put words in its place before they write
        let text = cause.split(':').next().unwrap_or_default().to_owned();
        let task = TaskRef::Cause { customer: CustomerId(r.get(0)?), text, cause, due: on };
        let at = self.eyes.now.zone.end(on).timestamp_millis();
        let also = causes.into_iter().map(|(reason, ..)| reason).collect();
        Ok(Some(Item { also, ..item(r, task, String::new(), on, reason, at)? }))
    }
}
