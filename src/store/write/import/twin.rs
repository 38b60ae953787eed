//! Rows of the store that say the same as a row of a file, as they are now or as they were first written down: what somebody
//! has corrected here since does not hide that the row is there. Of several touches that do, a row means the one that it fits
//! closest, the oldest of those, and none that another row of its file means.

use rusqlite::types::Value as Cell;

use super::days::{Days, Stood, number};
use super::promise::{Promise, promised, removed, says};
use super::states::{ids, states};
use crate::domain::change::NewTouch;
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Noun, Value};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, cell as column, int, text};
use crate::store::taken::Taken;
use crate::store::values::cell;

/// What tells surveys of one day and customer apart.
const OF_SURVEY: [&str; 4] = ["score", "nps", "answers", "comment"];

/// Whether an answer of the customer is a twin of this row.
pub fn survey(work: &Work<'_>, customer: i64, row: &Image) -> Result<bool, StoreError> {
    let alike = ids(
        work,
        "SELECT id FROM survey WHERE customer_id=?1 AND answered_on=?2",
        (customer, text(row, "answered_on")),
    )?;
    let same = |is: &Image| OF_SURVEY.iter().all(|c| column(is, c) == column(row, c));
    for id in alike {
        if states(work, Noun::Survey, id)?.iter().any(same) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a batch knows of touches: those that are there, and which of them rows of the file have taken.
pub struct Ledger<'a> {
    days: Days,
    taken: &'a mut Taken,
    job: i64,
}

impl<'a> Ledger<'a> {
    /// Begins a batch of a job.
    pub fn new(taken: &'a mut Taken, job: i64) -> Self {
        taken.begin();
        Self { days: Days::default(), taken, job }
    }

    /// The touch that a row means, taken by it; none where it is not there yet.
    pub fn find(&mut self, work: &Work<'_>, row: &Said<'_>) -> Result<Option<i64>, StoreError> {
        let mut best: Option<(u32, i64)> = None;
        let day = work.now.zone.day(row.new.at);
        for Stood { id, summary, changed } in self.days.on(work, row.new.customer.0, day)? {
            if !changed && *summary != row.summary() {
                continue;
            }
            let by = self.taken.by(self.job, *id)?;
            if by.is_some_and(|by| by != row.row) {
                continue;
            }
            let Some(apart) = row.apart(work, *id)? else { continue };
            if by.is_some() {
                // the row stands in its file twice, or its batch is written again
                return Ok(Some(*id));
            }
            if best.is_none_or(|(least, _)| apart < least) {
                best = Some((apart, *id));
            }
            if apart == 0 {
                break;
            }
        }
        let Some((_, id)) = best else { return Ok(None) };
        self.taken.take(id, row.row);
        Ok(Some(id))
    }

    /// A touch was made for a row.
    pub fn made(&mut self, work: &Work<'_>, row: &Said<'_>, id: i64) {
        let touch = Stood { id, summary: row.summary(), changed: false };
        self.days.made(row.new.customer.0, work.now.zone.day(row.new.at), touch);
        self.taken.take(id, row.row);
    }
}

/// What a row says of a touch, as the store has it.
pub struct Said<'n> {
    new: &'n NewTouch,
    row: i64,
    day_only: bool,
    columns: Image,
    feedback: Cell,
}

impl<'n> Said<'n> {
    /// Reads a row, or says which field of it cannot be.
    pub fn read(work: &Work<'_>, new: &'n NewTouch, row: i64, day_only: bool) -> Result<Self, StoreError> {
        let typed = |field, given: Option<&str>| {
            cell(work.db, work.now, new.customer.0, field, &given.map_or(Value::None, Value::text))
        };
        let columns = vec![
            ("summary", typed(Field::TouchSummary, Some(&new.summary))?),
            ("channel", typed(Field::TouchChannel, new.channel.as_deref())?),
            ("kind", typed(Field::TouchKind, Some(&new.kind))?),
            ("topic", typed(Field::TouchTopic, new.topic.as_deref())?),
            ("product", typed(Field::TouchProduct, new.product.as_deref())?),
            ("cost_fen", Cell::Integer(new.cost.0)),
        ];
        let feedback = typed(Field::TouchFeedback, new.feedback.as_deref())?;
        Ok(Self { new, row, day_only, columns, feedback })
    }

    fn summary(&self) -> u64 {
        number(text(&self.columns, "summary").unwrap_or_default())
    }

    /// How far a touch is from the row, by what the row leaves open: 0 is what it would make itself. None where it is another.
    fn apart(&self, work: &Work<'_>, touch: i64) -> Result<Option<u32>, StoreError> {
        let states = states(work, Noun::Touch, touch)?;
        let mut came: Option<Vec<Promise>> = None;
        // as it was first written down comes first, where that is another thing
        for (later, is) in (0..).zip(&states) {
            let Some(at) = self.at(work, is) else { continue };
            if self.columns.iter().any(|(name, cell)| column(is, name) != cell)
                || !self.by_whom(work, is)?
                || !with_whom(work, int(is, "contact_id"), self.new.contact)?
            {
                continue;
            }
            let there = text(is, "feedback").unwrap_or_default();
            let feedback = if let Cell::Text(said) = &self.feedback { said.as_str() } else { "" };
            let came = match &mut came {
                Some(came) => came,
                none => none.insert(promised(work, touch, int(is, "recorded_at"))?),
            };
            let mut same = says(there, came, feedback, &self.new.next);
            if same.is_none() {
                let gone = removed(work, touch)?;
                if !gone.is_empty() {
                    let all: Vec<_> = came.iter().cloned().chain(gone).collect();
                    same = says(there, &all, feedback, &self.new.next);
                }
            }
            if let Some(promises) = same {
                return Ok(Some(promises + at + later));
            }
        }
        Ok(None)
    }

    /// How far the time is from the row's: where that gives the day alone, any time of it will do.
    fn at(&self, work: &Work<'_>, is: &Image) -> Option<u32> {
        let at = int(is, "at")?;
        if !self.day_only {
            return (at == self.new.at.timestamp_millis()).then_some(0);
        }
        let zone = work.now.zone;
        let day = zone.day(self.new.at);
        let made_up = day.and_hms_opt(12, 0, 0).map(|noon| zone.instant(noon).timestamp_millis());
        let own = Some(at) == made_up || Some(at) == int(is, "recorded_at");
        (zone.day(from_ms(at)) == day).then_some(u32::from(!own))
    }

    /// Whose it is tells only where the row names somebody: a ledger without names is no other for being read by somebody
    /// else. What was done by somebody whom nobody knew stands under whoever brought it; who was entered or renamed since is
    /// that somebody.
    fn by_whom(&self, work: &Work<'_>, is: &Image) -> Result<bool, StoreError> {
        let Some(by) = self.new.by else { return Ok(true) };
        let person = int(is, "person_id");
        if person == Some(by.0) {
            return Ok(true);
        }
        let (Some(job), Some(recorded)) = (int(is, "job_id"), int(is, "recorded_at")) else {
            return Ok(false);
        };
        let mut query = work.db.prepare_cached(
            "SELECT 1 FROM job j, person p WHERE j.id=?1 AND j.person_id=?2 AND p.id=?3 AND (p.created_at>?4 OR EXISTS
               (SELECT 1 FROM change_row r JOIN change c ON c.id=r.change_id
                WHERE r.tbl='person' AND r.row_id=p.id AND c.at>?4))",
        )?;
        Ok(query.exists((job, person, by.0, recorded))?)
    }
}

/// Whether two contacts are one person: the same, or one who was called so when first written down.
fn with_whom(work: &Work<'_>, there: Option<i64>, new: Option<i64>) -> Result<bool, StoreError> {
    let (Some(there), Some(new)) = (there, new) else { return Ok(there == new) };
    if there == new {
        return Ok(true);
    }
    let Some((_, named)) = work.read(Noun::Contact, new)? else { return Ok(false) };
    let called = states(work, Noun::Contact, there)?;
    Ok(called.iter().any(|is| text(is, "name") == text(&named, "name")))
}
