//! The forms of what the company sets: one setting, and what the customers of an industry spend in a year.

use chrono::Datelike;

use super::super::form::{Entry, Form, FormKind};
use super::super::shared::{Shared, context};
use super::family::{F, Family, needed, nobody};
use crate::domain::change::Change;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::i18n::entry::read;
use crate::i18n::settings::value;
use crate::i18n::shipped;
use crate::store::request::SettingTakes;

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Average { .. } => vec![F::AverageIndustry, F::AverageYear, F::AverageYuan],
        _ => vec![F::SettingValue],
    }
}

fn start(kind: &FormKind, field: Field, s: &Shared) -> Option<Value> {
    match (kind, field) {
        (FormKind::Average { industry }, F::AverageIndustry) => Some(Value::text(industry)),
        (_, F::AverageYear) => Some(Value::Int(i64::from(s.now.today().year()))),
        _ => None,
    }
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    match &form.kind {
        FormKind::Setting { key } => {
            let typed = form.entries.first().map(|entry| match entry.picked() {
                Some(value) => value.as_text().unwrap_or_default().to_owned(),
                None => entry.text().trim().to_owned(),
            });
            Ok(Change::Set { key: key.clone(), value: typed.unwrap_or_default() })
        }
        FormKind::Average { .. } => average(form, s),
        _ => Err(nobody()),
    }
}

/// What the customers of an industry spend in a year.
fn average(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let with = context(s, &[], &[], &[]);
    let value = |field: Field| {
        read(field.spec(), form.text(field), &with).map_err(|problem| Invalid { field, problem })
    };
    let industry = shipped::meant(&needed(form, F::AverageIndustry)?).to_owned();
    let Value::Int(year) = value(F::AverageYear)? else {
        return Err(Invalid { field: F::AverageYear, problem: Problem::Empty });
    };
    let wrong = || Invalid { field: F::AverageYear, problem: Problem::NotAYear(year.to_string()) };
    let year = i32::try_from(year).ok().filter(|year| (1900..=9999).contains(year)).ok_or_else(wrong)?;
    let Value::Money(average) = value(F::AverageYuan)? else {
        return Err(Invalid { field: F::AverageYuan, problem: Problem::Empty });
    };
    Ok(Change::Benchmark { industry, year, average })
}

/// A setting stands in its form as it is now, with its choices where it has some.
pub(super) fn settle(form: &mut Form, s: &Shared) {
    let FormKind::Setting { key } = &form.kind else { return };
    let row = s.feeds.settings().and_then(|rows| rows.iter().find(|row| row.key == key));
    let (Some(row), Some(entry)) = (row, form.entries.first_mut()) else { return };
    let word = |id: &str| value(row, id, s.lang);
    if let SettingTakes::OneOf(ids) = row.takes {
        entry.picks = ids.iter().map(|id| (Value::Text((*id).to_owned()), word(id))).collect();
        entry.input = tui_input::Input::new(word(&row.value));
    } else {
        *entry = Entry::new(F::SettingValue, &row.value, Value::None, Vec::new()).proposed();
    }
}
