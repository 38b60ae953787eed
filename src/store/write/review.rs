//! Reviews: causes of figures, baselines by key, lines and suggestions of evaluations, what is judged by hand of a person's
//! month (A129, A130, F47–F49, H19, H20). How an evaluation begins and closes stands in `evaluation`.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::evaluation::{begin_late, close, snapshot, store};
use super::{Request, one, strategy, task};
use crate::domain::change::Reviewing;
use crate::domain::clock::Now;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::kpi::{Length, Period, SEGMENTS, kpi, target};
use crate::domain::people::{Actor, PersonId, Verb, may};
use crate::domain::review::{OWN, like};
use crate::domain::strategy::Edit;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{self, Image, int, opt_text, text, word};
use crate::store::values::{cell, cells, invalid};

/// The best that a person's month can be judged.
const BEST: i64 = 100;

/// Whether records of a noun belong to a review.
pub const fn holds(noun: Noun) -> bool {
    matches!(
        noun,
        Noun::Baseline
            | Noun::CauseNote
            | Noun::Evaluation
            | Noun::EvaluationLine
            | Noun::Suggestion
            | Noun::Assessment
    )
}

/// Writes a change of a review.
pub fn write(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    review: &Reviewing,
) -> Result<Receipt, StoreError> {
    match review {
        Reviewing::Baseline { period, name } => {
            let counted = snapshot(db, now, *period, now.ms())?;
            one(db, actor, request, now, |work| {
                people::need_own(work.actor, Verb::Draft)?;
                let name = cell(work.db, work.now, 0, Field::BaselineName, &Value::text(name))?;
                let Cell::Text(name) = name else { return invalid(Field::BaselineName, Problem::Empty) };
                let id = store(work, &counted, &name)?;
                let made = Some(Row { noun: Noun::Baseline, id });
                Ok(Receipt { subject: name, made, ..Receipt::default() })
            })
        }
        Reviewing::Begin { of } => begin_late(db, actor, request, now, *of),
        Reviewing::Close { evaluation, rev } => close(db, actor, request, now, (*evaluation, *rev)),
        Reviewing::Cause { kpi, segment, period, text } => {
            one(db, actor, request, now, |work| cause(work, kpi, segment, *period, text))
        }
        Reviewing::Prepare { suggestion, edit } => {
            one(db, actor, request, now, |work| prepare(work, *suggestion, edit))
        }
        Reviewing::Apply { suggestion, edit, reason } => {
            one(db, actor, request, now, |work| apply(work, *suggestion, edit, reason))
        }
        Reviewing::Assess { person, month, score, note } => {
            one(db, actor, request, now, |work| assess(work, *person, month, *score, note.as_deref()))
        }
    }
}

fn cause(
    work: &mut Work<'_>,
    id: &str,
    segment: &str,
    period: Period,
    text: &str,
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Draft)?;
    if kpi(id).is_none() || !(segment.is_empty() || SEGMENTS.contains(&segment)) {
        return invalid(Field::CauseText, Problem::NoSuchKpi(target::key(id, segment)));
    }
    if period.until <= period.from {
        return invalid(Field::PeriodText, Problem::NotAPeriod(period.label()));
    }
    let text = cell(work.db, work.now, 0, Field::CauseText, &Value::text(text))?;
    if text == Cell::Null {
        return invalid(Field::CauseText, Problem::Empty);
    }
    let row = [
        ("kpi", word(id)),
        ("segment", word(segment)),
        ("from_on", word(period.from.to_string())),
        ("until_on", word(period.until.to_string())),
        ("text", text),
        ("at", Cell::Integer(work.now.ms())),
        ("by_id", Cell::Integer(work.actor.id.0)),
    ];
    let made = Some(Row { noun: Noun::CauseNote, id: work.insert(Noun::CauseNote, &row)? });
    // the figure it is the cause of
    Ok(Receipt { subject: target::key(id, segment), made, ..Receipt::default() })
}

/// Who may change a record of a review: whoever wrote or owns it, else whoever approves; what is closed stands as it is,
/// but for the one who opens it again.
pub fn allowed(work: &Work<'_>, row: Row, image: &Image, closing: bool) -> Result<(), StoreError> {
    let me = Some(work.actor.id.0);
    let mine = int(image, "by_id") == me || int(image, "owner_id") == me;
    match row.noun {
        Noun::EvaluationLine => {
            let id = int(image, "evaluation_id").unwrap_or(0);
            let Some((_, evaluation)) = work.read(Noun::Evaluation, id)? else {
                return Err(StoreError::Gone { who: None });
            };
            return allowed(work, Row { noun: Noun::Evaluation, id }, &evaluation, closing);
        }
        Noun::Assessment => return may_assess(work, PersonId(int(image, "person_id").unwrap_or(0))),
        _ => people::need_own(work.actor, if mine { Verb::Draft } else { Verb::Approve })?,
    }
    if row.noun == Noun::Evaluation && !closing && text(image, "state") == Some("done") {
        return invalid(Field::EvaluationResult, Problem::Closed);
    }
    Ok(())
}

/// Columns of a record that follow from others, and what may not be changed.
pub fn follow(row: &mut Image, noun: Noun, old: &Image) -> Result<(), StoreError> {
    if noun != Noun::EvaluationLine {
        return Ok(());
    }
    if text(old, "dimension").is_some_and(|dimension| dimension != OWN) {
        // what is counted is counted, and keeps its name
        row.retain(|(column, _)| matches!(*column, "target" | "cause"));
        let metric = like(text(old, "metric").unwrap_or_default());
        if let (Some(metric), Some(written)) = (metric, text(row, "target").map(str::to_owned)) {
            let wanted = read_target(metric, Field::LineTarget, &written)?;
            row.retain(|(column, _)| *column != "target");
            row.push(("target", word(wanted)));
        }
    }
    Ok(())
}

/// A target as it is kept, or why the figure does not take it.
pub fn read_target(kpi: &crate::domain::kpi::Kpi, field: Field, written: &str) -> Result<String, StoreError> {
    if !target::takes(kpi) {
        return invalid(field, Problem::NoTarget);
    }
    if let Some(value) = target::read(kpi, written) {
        return Ok(target::written(kpi, value));
    }
    let (low, high) = target::range_written(kpi);
    invalid(field, Problem::NotATarget(written.to_owned(), low, high))
}

/// Makes a line or a suggestion of an evaluation.
pub fn add_to(
    work: &mut Work<'_>,
    parent: Row,
    noun: Noun,
    set: &[(Field, Value)],
) -> Result<Receipt, StoreError> {
    let Some((_, evaluation)) = work.read(Noun::Evaluation, parent.id)? else {
        return Err(StoreError::Gone { who: None });
    };
    if noun == Noun::Suggestion {
        return suggest(work, Some(parent.id), set);
    }
    if noun != Noun::EvaluationLine {
        return Err(StoreError::Defect("this is no part of an evaluation".into()));
    }
    allowed(work, parent, &evaluation, false)?;
    let mut row = cells(work.db, work.now, noun, 0, set)?;
    row.extend([("evaluation_id", Cell::Integer(parent.id)), ("dimension", word(OWN))]);
    let subject = text(&row, "metric").unwrap_or_default().to_owned();
    let id = work.insert(noun, &row)?;
    Ok(Receipt { subject, made: Some(Row { noun, id }), ..Receipt::default() })
}

/// Makes a suggestion, of an evaluation or of a review of the board.
pub fn suggest(
    work: &mut Work<'_>,
    evaluation: Option<i64>,
    set: &[(Field, Value)],
) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Draft)?;
    let mut row = cells(work.db, work.now, Noun::Suggestion, 0, set)?;
    row.extend([
        ("evaluation_id", tables::opt_int(evaluation)),
        ("at", Cell::Integer(work.now.ms())),
        ("by_id", Cell::Integer(work.actor.id.0)),
    ]);
    let subject = text(&row, "direction").unwrap_or_default().to_owned();
    let id = work.insert(Noun::Suggestion, &row)?;
    Ok(Receipt { subject, made: Some(Row { noun: Noun::Suggestion, id }), ..Receipt::default() })
}

/// Ticks a suggestion off; one that is done stays as it is.
pub fn tick(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let image = suggestion(work, id)?;
    if text(&image, "state") == Some("open") {
        work.update(Noun::Suggestion, id, &task::ticked(work))?;
    }
    Ok(())
}

/// Moves a suggestion to another day.
pub fn reschedule(work: &mut Work<'_>, id: i64, day: chrono::NaiveDate) -> Result<Receipt, StoreError> {
    let image = suggestion(work, id)?;
    task::still_open(work, &image)?;
    work.update(Noun::Suggestion, id, &[("due_on", word(day.to_string()))])?;
    Ok(told(&image))
}

fn suggestion(work: &Work<'_>, id: i64) -> Result<Image, StoreError> {
    let Some((_, image)) = work.read(Noun::Suggestion, id)? else {
        return Err(StoreError::Gone { who: None });
    };
    allowed(work, Row { noun: Noun::Suggestion, id }, &image, false)?;
    Ok(image)
}

fn told(image: &Image) -> Receipt {
    Receipt { subject: text(image, "direction").unwrap_or_default().to_owned(), ..Receipt::default() }
}

/// Keeps a change of the matrix with a suggestion; whether it may be made is asked when it is applied.
fn prepare(work: &mut Work<'_>, id: i64, edit: &Edit) -> Result<Receipt, StoreError> {
    let image = suggestion(work, id)?;
    let json = serde_json::to_string(edit).map_err(|e| StoreError::Defect(e.to_string()))?;
    work.update(Noun::Suggestion, id, &[("edit", word(json)), ("applied_at", Cell::Null)])?;
    Ok(told(&image))
}

/// Applies the change that a suggestion has prepared, as the strategy table takes any change, and ticks it off.
fn apply(work: &mut Work<'_>, id: i64, edit: &Edit, reason: &str) -> Result<Receipt, StoreError> {
    let image = suggestion(work, id)?;
    let receipt = strategy::edit(work, edit, reason)?;
    let mut row = vec![("applied_at", Cell::Integer(work.now.ms()))];
    if text(&image, "state") == Some("open") {
        row.extend(task::ticked(work));
    }
    work.update(Noun::Suggestion, id, &row)?;
    Ok(receipt)
}

/// Judging a person is their manager's to do, and nobody's own.
fn may_assess(work: &Work<'_>, person: PersonId) -> Result<(), StoreError> {
    let relation = people::relation(work.db, work.actor, person.0, work.now)?;
    if person != work.actor.id && may(work.actor.role, Verb::Assign, relation) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Assign))
    }
}

fn assess(
    work: &mut Work<'_>,
    person: PersonId,
    month: &str,
    score: i64,
    note: Option<&str>,
) -> Result<Receipt, StoreError> {
    may_assess(work, person)?;
    if !Period::read(month).is_some_and(|p| p.length == Length::Month) {
        return invalid(Field::PeriodText, Problem::NotAPeriod(month.to_owned()));
    }
    if !(0..=BEST).contains(&score) {
        let problem = Problem::NotBetween(score.to_string(), "0".into(), BEST.to_string());
        return invalid(Field::AssessmentScore, problem);
    }
    let score = cell(work.db, work.now, 0, Field::AssessmentScore, &Value::Int(score))?;
    let row = vec![
        ("score", score),
        ("note", opt_text(note)),
        ("at", Cell::Integer(work.now.ms())),
        ("by_id", Cell::Integer(work.actor.id.0)),
    ];
    let there: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM assessment WHERE person_id=?1 AND month=?2")?
        .query_row((person.0, month), |r| r.get(0))
        .optional()?;
    if let Some(id) = there {
        work.update(Noun::Assessment, id, &row)?;
    } else {
        let mut row = row;
        row.extend([("person_id", Cell::Integer(person.0)), ("month", word(month))]);
        work.insert(Noun::Assessment, &row)?;
    }
    Ok(Receipt { subject: people::name(work.db, person.0)?, ..Receipt::default() })
}
