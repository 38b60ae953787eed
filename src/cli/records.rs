//! `guanxi order`, `survey`, `complaint`: records of a customer, each entered with one command.

use super::fields::{blank, value};
use super::shell::{Done, Shell, Stop};
use crate::domain::change::Change;
use crate::domain::field::{Field, Noun, Value};
use crate::i18n::{Text, cli as t};

/// Enters an order.
pub fn order(shell: &mut Shell, code: &str, amount: &str, on: Option<&str>, category: Option<&str>) -> Done {
    let typed = [(Field::OrderAmount, Some(amount)), (Field::OrderDay, on), (Field::OrderCategory, category)];
    let (name, values) = record(shell, Noun::Order, code, &typed)?;
    let find = |field: Field| values.iter().find(|(f, _)| *f == field).map(|(_, value)| value);
    let amount = match find(Field::OrderAmount) {
        Some(Value::Money(fen)) => fen.yuan_grouped(),
        _ => String::new(),
    };
    let day = match find(Field::OrderDay) {
        Some(Value::Day(day)) => *day,
        _ => shell.now(shell.read()?.store.zone())?.today(),
    };
    say(shell, t::ORDERED, &[&name, &amount, &day])
}

/// Enters the answer to a survey.
pub fn survey(shell: &mut Shell, code: &str, score: &str, nps: Option<&str>) -> Done {
    let (name, _) =
        record(shell, Noun::Survey, code, &[(Field::SurveyScore, Some(score)), (Field::SurveyNps, nps)])?;
    say(shell, t::SURVEYED, &[&name])
}

/// Takes up a complaint.
pub fn complaint(shell: &mut Shell, code: &str, summary: &str, at: Option<&str>) -> Done {
    let typed = [(Field::ComplaintSummary, Some(summary)), (Field::ComplaintOpened, at)];
    let (name, _) = record(shell, Noun::Complaint, code, &typed)?;
    say(shell, t::COMPLAINED, &[&name])
}

/// Writes a record of the fields that were typed; gives the customer's name and the values.
fn record(
    shell: &Shell,
    noun: Noun,
    code: &str,
    typed: &[(Field, Option<&str>)],
) -> Result<(String, Vec<(Field, Value)>), Stop> {
    let mut desk = shell.read()?;
    let customer = desk.customer(code)?;
    let mut set = Vec::new();
    for (field, text) in typed {
        if let Some(text) = text {
            let read = value(shell, &desk, *field, text, &[])?;
            if read == Value::None {
                return Err(blank(shell, *field));
            }
            set.push((*field, read));
        }
    }
    let receipt = desk.give(Change::Add { noun, customer, set: set.clone() })?;
    Ok((format!("{code} {}", receipt.subject), set))
}

fn say(shell: &mut Shell, text: Text, args: &[&dyn std::fmt::Display]) -> Done {
    let line = text.with(shell.lang, args);
    if shell.json {
        return shell.document(&serde_json::json!({ "done": line }));
    }
    shell.line(&line);
    Ok(())
}
