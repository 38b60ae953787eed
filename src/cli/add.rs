//! `guanxi add`: a new customer; its number stands alone on one line, so that a script can go on with it.

use serde_json::json;

use super::fields::{self, Given};
use super::shell::{Done, Shell};
use crate::domain::change::{Change, NewCustomer};
use crate::domain::field::{Field, Noun, Value};
use crate::exchange::import::birthday;
use crate::i18n::cli as t;

/// Makes a customer.
pub fn add(shell: &mut Shell, name: &str, assignments: &[String]) -> Done {
    let mut desk = shell.write()?;
    let mut given = fields::read(shell, &desk, assignments)?;
    if given.iter().all(|one| !matches!(one, Given::Own(Field::Name, _))) {
        let name = fields::value(shell, &desk, Field::Name, name, &[])?;
        given.insert(0, Given::Own(Field::Name, name));
    }
    fields::note_industry(shell, &desk, &given)?;
    let mut new =
        NewCustomer { contacts: fields::contact(&given).into_iter().collect(), ..NewCustomer::default() };
    for one in given {
        match one {
            Given::Own(Field::Code, Value::Text(code)) => new.code = Some(code),
            Given::Own(field, value) => new.values.push((field, value)),
            Given::Ours(field, Some(value)) => new.own.push((field.name, value)),
            Given::Class(scheme, Some(class)) => new.classes.push((scheme.to_owned(), class)),
            Given::Birthday(yearly, year) => new.records.push((Noun::ImportantDate, birthday(yearly, year))),
            Given::Tag(tag) => new.tags.push(tag),
            Given::Ours(_, None)
            | Given::Class(_, None)
            | Given::Contact(_)
            | Given::Title(_)
            | Given::Method(..) => {}
        }
    }
    let receipt = desk.give(Change::AddCustomer(Box::new(new)))?;
    let code = receipt.code.unwrap_or_default();
    if shell.json {
        let alike = receipt.alike.as_ref().map(|(code, name)| json!({ "code": code, "name": name }));
        shell.document(&json!({ "code": code, "alike": alike }))?;
    } else {
        shell.line(&code);
    }
    if let Some((code, name)) = receipt.alike {
        shell.say(&t::LOOKS_ALIKE.with(shell.lang, &[&code, &name]));
    }
    Ok(())
}
