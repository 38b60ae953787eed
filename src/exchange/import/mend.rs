//! Rows that come in without a part of them: a field that the store refuses is left out where the row says enough without
//! it, and a known customer keeps what it has where the file says less.

use super::ImportError;
use crate::domain::change::{ImportRow, NewContact, NewCustomer};
use crate::domain::field::{Field, Noun, Value};
use crate::domain::industries;
use crate::domain::money::Fen;
use crate::store::Store;
use crate::store::write::whose::{Owner, Whose};

/// Leaves a field out of a row; false where the row is nothing without it, or does not have it.
pub fn drop_field(row: &mut ImportRow, field: Field) -> bool {
    let values = |values: &mut Vec<(Field, Value)>, keys: &[Field]| {
        let before = values.len();
        if !keys.contains(&field) {
            values.retain(|(own, _)| *own != field);
        }
        values.len() != before
    };
    let title = |contact: &mut NewContact| field == Field::ContactTitle && contact.title.take().is_some();
    match row {
        ImportRow::Customer(new) => {
            if values(&mut new.values, &[Field::Code, Field::Name]) || new.contacts.iter_mut().any(title) {
                return true;
            }
            let noun = field.spec().noun;
            if noun == Noun::Opening {
                return new.opening.take().is_some();
            }
            let before = (new.records.len(), new.classes.len(), new.tags.len());
            new.records.retain(|(own, _)| *own != noun);
            match field {
                Field::ClassValue => new.classes.clear(),
                Field::Tag | Field::TagName | Field::TagType => new.tags.clear(),
                _ => {}
            }
            before != (new.records.len(), new.classes.len(), new.tags.len())
        }
        ImportRow::Contact { contact, .. } => title(contact),
        ImportRow::Order { values: of_order, .. } => {
            values(of_order, &[Field::OrderDay, Field::OrderAmount, Field::OrderCode, Field::OrderStatus])
        }
        ImportRow::Survey { values: of_survey, .. } => {
            values(of_survey, &[Field::SurveyOn, Field::SurveyScore, Field::SurveyNps])
        }
        ImportRow::Touch { touch, .. } => match field {
            Field::TouchTopic => touch.topic.take().is_some(),
            Field::TouchFeedback => touch.feedback.take().is_some(),
            Field::TouchProduct => touch.product.take().is_some(),
            Field::TouchChannel => touch.channel.take().is_some(),
            Field::TouchContact => touch.contact.take().is_some(),
            Field::TouchCost => std::mem::take(&mut touch.cost) != Fen::default(),
            Field::TaskText if !touch.next.is_empty() => {
                touch.next.clear();
                true
            }
            _ => false,
        },
        // a company's books come in as they are, or a row of them is told
        ImportRow::Book(_) | ImportRow::Benchmark { .. } => false,
    }
}

/// A known customer keeps the standard term of its industry where that belongs to the main industry of the file: 制造业 says
/// less than 通用设备制造业 and nothing against it.
pub fn known_industry(store: &Store, new: &mut NewCustomer) -> Result<(), ImportError> {
    let standard = |(field, value): &(Field, Value)| {
        value.as_text().filter(|_| *field == Field::IndustryStandard).map(industries::industry)
    };
    let Some(given) = new.values.iter().find_map(standard).filter(industries::Industry::is_main) else {
        return Ok(());
    };
    let name =
        new.values.iter().find(|(field, _)| *field == Field::Name).and_then(|(_, name)| name.as_text());
    let phones = new.contacts.iter().flat_map(|c| &c.methods).map(|(_, value)| value.clone()).collect();
    let whose = Whose { code: new.code.clone(), name: name.map(ToOwned::to_owned), phones };
    if let Owner::One(id) = store.whose(&whose)?
        && let Some(there) = store.industry_standard(id)?
        && industries::industry(&there).main == given.main
    {
        new.values.retain(|(field, _)| *field != Field::IndustryStandard);
    }
    Ok(())
}
