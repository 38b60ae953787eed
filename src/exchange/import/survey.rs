//! A row of answers to a survey (H22): when, which score, by question where the file has them, whether they would recommend.

use super::rows::{Cells, Parsed, What, newcomer};
use crate::domain::field::{Field, Value};
use crate::exchange::columns::Column;
use crate::exchange::values;
use crate::i18n::exchange as t;

/// Reads an answer.
pub fn read(cells: &mut Cells<'_>) -> Parsed {
    let lang = cells.setting.lang;
    let whose = cells.whose();
    let mut fields = Vec::new();
    match cells.get(Column::Date, values::date) {
        Some(day) if day > cells.setting.now.today() => {
            cells.problems.push(t::ROW_FUTURE.with(lang, &[&cells.heading(Column::Date), &day]));
        }
        Some(day) => fields.push((Field::SurveyOn, Value::Day(day))),
        None if values::is_blank(cells.text(Column::Date)) => {
            let heading = cells.heading(Column::Date);
            cells.problems.push(t::ROW_FIELD.with(lang, &[&heading]));
        }
        None => {}
    }
    let score = cells.get(Column::Score, values::integer);
    let nps = cells.get(Column::Nps, values::integer);
    let answers = cells.get(Column::Answers, values::text);
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
    Parsed::Of { whose, make, what: What::Survey(fields) }
}
