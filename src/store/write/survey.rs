//! An answer to a survey: the scores of its questions are read, and its own score is their mean where none was given (H22).
//! The last one that a customer gave decides what follows: under the line the grade falls, a plan is due and the owner is
//! alarmed (G32, K42). The one thing to know: one that goes takes all of that along, and the one before it is the last.

use chrono::Days;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::customer::BY_HAND as BY_SURVEY;
use super::{cause, class};
use crate::domain::alarm::{Fact, rule};
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::survey;
use crate::store::alarm::{Cause, raise, settle};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::since::wrote;
use crate::store::tables::{Image, int, text, word};
use crate::store::values::invalid;

/// Days in which an improvement plan is to stand.
const PLAN_DAYS: u64 = 3;
/// Days for which an answer to a survey is news.
const FRESH_DAYS: u64 = 90;
/// How the reason of a grade begins that a survey has set.
const SURVEY: &str = "CSAT ";

/// Reads the scores of the questions: `90 80 70`, one a question, from 0 to 100.
pub fn scores(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let Some(typed) = text(row, "answers").map(str::to_owned) else { return Ok(()) };
    let questions = settings::get(work.db, "survey_questions")?;
    let questions = survey::questions(&questions).count();
    let parts: Vec<&str> =
        typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let given: Vec<i64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    if given.len() != questions || given.iter().any(|n| !(0..=100).contains(n)) {
        return invalid(Field::SurveyAnswers, Problem::Answers(questions));
    }
    let count = i64::try_from(given.len()).unwrap_or(1).max(1);
    let sum: i64 = given.iter().sum();
    row.retain(|(column, _)| *column != "answers");
    row.push(("answers", word(given.iter().map(i64::to_string).collect::<Vec<_>>().join(" "))));
    if int(row, "score").is_none() && int(old, "score").is_none() {
        row.retain(|(column, _)| *column != "score");
        // rounded half up
        row.push(("score", Cell::Integer((2 * sum + count) / (2 * count))));
    }
    Ok(())
}

/// A survey under the line: grade A becomes B, an improvement plan is due, and its owner is alarmed (G32, K42). A later one
/// that reaches the line gives the grade back.
pub fn surveyed(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    speaks(work, id, None)
}

/// Does what follows from a survey, if it is the last one that the customer gave; `gone` is one that is about to go.
fn speaks(work: &mut Work<'_>, id: i64, gone: Option<i64>) -> Result<(), StoreError> {
    let (Some((_, row)), Some(rule)) = (work.read(Noun::Survey, id)?, rule("survey")) else { return Ok(()) };
    let (Some(score), Some(customer)) = (int(&row, "score"), int(&row, "customer_id")) else { return Ok(()) };
    let today = work.now.today();
    let on = text(&row, "answered_on").unwrap_or_default().to_owned();
    let newer = work
        .db
        .prepare_cached(
            "SELECT 1 FROM survey WHERE customer_id=?1 AND answered_on>?2 AND id<>?3 AND id IS NOT ?4",
        )?
        .exists((customer, &on, id, gone))?;
    if newer || on < fresh_from(work) {
        return Ok(());
    }
    let line = settings::number(work.db, "survey_line")?;
    let said = said_of(score);
    let held = grade(work, customer)?;
    let plan = format!("improve:{id}");
    if score >= line {
        give_back(work, customer)?;
        settle(work, rule.id, &about(id), None)?;
        return cause::keep(work, customer, &plan, None);
    }
    let ruled: Option<String> = work
        .db
        .prepare_cached("SELECT grade FROM facts WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))?;
    // one that a survey has set already says from now on by which it stands
    if held.as_ref().is_some_and(Grade::is_by_survey)
        || held.map(|g| g.value).or(ruled).as_deref() == Some("A")
    {
        class::set(work, customer, "grade", Some("B"), BY_SURVEY, Some(&said))?;
    }
    let due = today.checked_add_days(Days::new(PLAN_DAYS)).unwrap_or(today);
    cause::keep_from_today(work, customer, None, &plan, Some((&said, due)))?;
    let mut facts = vec![Fact::new("score", score as f64, "count"), Fact::new("line", line as f64, "count")];
    facts.extend(int(&row, "nps").map(|nps| Fact::new("nps", nps as f64, "count")));
    let cause = Cause::new(rule, about(id), String::new(), work.now.ms());
    raise(work, &cause.of_customer(customer).with(facts))?;
    Ok(())
}

/// What the alarm of a survey is about.
fn about(survey: i64) -> String {
    format!("survey:{survey}")
}

/// A grade that stands above the rule.
struct Grade {
    id: i64,
    value: String,
    reason: Option<String>,
}

impl Grade {
    fn is_by_survey(&self) -> bool {
        by_survey(self.reason.as_deref())
    }
}

fn by_survey(reason: Option<&str>) -> bool {
    reason.is_some_and(|reason| reason.starts_with(SURVEY))
}

/// The reason of a grade that a survey of this score has set.
fn said_of(score: i64) -> String {
    format!("{SURVEY}{score}")
}

/// The first day on which an answer to a survey is still news.
fn fresh_from(work: &Work<'_>) -> String {
    work.now.today().checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or_default().to_string()
}

fn grade(work: &Work<'_>, customer: i64) -> Result<Option<Grade>, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT id, value, reason FROM class WHERE customer_id=?1 AND scheme='grade'")?
        .query_row([customer], |r| Ok(Grade { id: r.get(0)?, value: r.get(1)?, reason: r.get(2)? }))
        .optional()?)
}

/// Takes the grade away that surveys have set: what somebody had set by hand before them stands again, else the rule decides.
fn give_back(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    let Some(grade) = grade(work, customer)?.filter(Grade::is_by_survey) else { return Ok(()) };
    let mut was = Some(Image::new());
    for wrote in wrote(work.db, Row { noun: Noun::Class, id: grade.id }, "reason")? {
        if !by_survey(text(&wrote.after, "reason")) {
            break;
        }
        was = wrote.before.zip(was).map(|(before, mut was)| {
            was.retain(|(column, _)| before.iter().all(|(c, _)| c != column));
            was.extend(before);
            was
        });
    }
    match was.filter(|was| text(was, "value").is_some()) {
        Some(was) => work.update(Noun::Class, grade.id, &was).map(|_| ()),
        None => class::set(work, customer, "grade", None, BY_SURVEY, None),
    }
}

/// A survey that is about to go takes along what it has brought: its plan, its alarm, its grade. Then the one before it is
/// the last one the customer gave, and what follows from that stands.
pub fn unsurveyed(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Survey, id)? else { return Ok(()) };
    let customer = int(&row, "customer_id").unwrap_or(0);
    cause::keep(work, customer, &format!("improve:{id}"), None)?;
    settle(work, "survey", &about(id), None)?;
    let before: Option<(i64, i64, String)> = work
        .db
        .prepare_cached(
            "SELECT id, score, answered_on FROM survey WHERE customer_id=?1 AND id<>?2 AND score IS NOT NULL
             ORDER BY answered_on DESC, id DESC LIMIT 1",
        )?
        .query_row((customer, id), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let said = int(&row, "score").map(said_of);
    let brought = grade(work, customer)?.filter(|grade| said.is_some() && grade.reason == said);
    let line = settings::number(work.db, "survey_line")?;
    let (spoke, before) = match before {
        Some((before, score, on)) => {
            // under the line as well, and it would have said the same: the grade stays, by that one
            let stays = match &brought {
                Some(grade) => {
                    score < line && (on >= fresh_from(work) || stood_by_survey(work, grade, said.as_deref())?)
                }
                None => false,
            };
            if stays {
                let said = said_of(score);
                class::set(work, customer, "grade", Some("B"), BY_SURVEY, Some(&said))?;
            }
            let last = (text(&row, "answered_on").unwrap_or_default(), id) > (on.as_str(), before);
            (stays, last.then_some(before))
        }
        None => (false, None),
    };
    if brought.is_some() && !spoke {
        give_back(work, customer)?;
    }
    // where this one had given the grade back, the one before it speaks again
    match before {
        Some(before) if brought.is_none() || spoke => speaks(work, before, Some(id)),
        _ => Ok(()),
    }
}

/// Whether the grade stood by another survey before this one said it.
fn stood_by_survey(work: &Work<'_>, grade: &Grade, said: Option<&str>) -> Result<bool, StoreError> {
    let all = wrote(work.db, Row { noun: Noun::Class, id: grade.id }, "reason")?;
    let came = all.iter().take_while(|wrote| text(&wrote.after, "reason") == said).last();
    Ok(came.and_then(|wrote| wrote.before.as_ref()).is_some_and(|was| by_survey(text(was, "reason"))))
}
