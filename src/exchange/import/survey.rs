//! A row of answers to a survey (H22): when, which score, by question where the file has them, whether they would recommend.

use super::rows::{Cells, Parsed, What, newcomer};
use crate::domain::clock::Now;
use crate::domain::field::{Field, Value};
use crate::domain::people::Actor;
use crate::domain::survey;
use crate::exchange::columns::{Column, Noun};
use crate::exchange::headings::normal;
use crate::exchange::mapped::Mapped;
use crate::exchange::mapping::Mapping;
use crate::exchange::values;
use crate::i18n::exchange as t;
use crate::store::Store;
use crate::store::request::{Answer, Query, StoreError};

/// The questions that the company asks.
pub fn questions(store: &Store, actor: &Actor, now: Now) -> Result<Vec<String>, StoreError> {
    let Answer::Settings(rows) = store.ask(actor, &Query::Settings, now)? else { return Ok(Vec::new()) };
    let asked = rows.iter().find(|row| row.key == "survey_questions");
    Ok(asked.map_or_else(Vec::new, |row| survey::questions(&row.value).map(str::to_owned).collect()))
}

/// Takes headings that are the questions themselves for their scores, where nobody says otherwise.
pub fn take_questions(mapped: &mut Mapped, headings: &[String], fixed: &Mapping, questions: &[String]) {
    if mapped.noun != Noun::Surveys {
        return;
    }
    for (slot, heading) in mapped.columns.iter_mut().zip(headings) {
        if slot.is_none() && fixed.get(heading).is_none() && questions.iter().any(|q| is(q, heading)) {
            *slot = Some(Column::Answers);
            mapped.unknown.retain(|unknown| unknown != heading);
            // a survey with the scores of its questions needs no other
            mapped.missing.retain(|column| *column != Column::Score);
        }
    }
}

fn is(question: &str, heading: &str) -> bool {
    normal(question) == normal(heading)
}

/// The scores of questions that have a column each, in the order of the questions; none where no such column has one. Whether
/// there is one for each of them, the store says.
fn by_question(cells: &mut Cells<'_>) -> Option<String> {
    let place = |question: &String| {
        let at = cells.headings.iter().position(|heading| is(question, heading))?;
        (cells.mapped.columns.get(at) == Some(&Some(Column::Answers))).then_some(at)
    };
    let at: Vec<usize> = cells.setting.questions.iter().filter_map(place).collect();
    let scores: Vec<&str> = at.into_iter().map(|at| cells.row.cell(at).trim()).collect();
    scores.iter().any(|score| !score.is_empty()).then(|| scores.join(" "))
}

/// Reads an answer.
pub fn read(cells: &mut Cells<'_>) -> Parsed {
    let lang = cells.setting.lang;
    let whose = cells.whose();
    let mut fields = Vec::new();
    match cells.been(Column::Date) {
        Some(day) => fields.push((Field::SurveyOn, Value::Day(day))),
        None if values::is_blank(cells.text(Column::Date)) => {
            let heading = cells.heading(Column::Date);
            cells.problems.push(t::ROW_FIELD.with(lang, &[&heading]));
        }
        None => {}
    }
    let score = cells.get(Column::Score, values::integer);
    let nps = cells.get(Column::Nps, values::integer);
    let answers = by_question(cells).or_else(|| cells.get(Column::Answers, values::text));
    if score.is_none() && nps.is_none() && answers.is_none() && cells.problems.is_empty() {
        let heading = cells.heading(Column::Score);
        cells.problems.push(t::ROW_FIELD.with(lang, &[&heading]));
    }
    fields.extend(score.map(|n| (Field::SurveyScore, Value::Int(n))));
    fields.extend(nps.map(|n| (Field::SurveyNps, Value::Int(n))));
    fields.extend(answers.map(|text| (Field::SurveyAnswers, Value::Text(text))));
    let note = cells.joined(Column::Note, "\n");
    fields.extend(note.map(|text| (Field::SurveyComment, Value::Text(text))));
    let make = newcomer(&whose, false);
    What::Survey(fields).of(whose, make)
}
