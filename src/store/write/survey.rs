//! An answer to a survey: the scores of its questions are read, and its own score is their mean where none was given (H22).

use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Problem};
use crate::domain::survey;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::settings;
use crate::store::tables::{Image, int, text, word};
use crate::store::values::invalid;

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
