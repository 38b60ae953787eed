//! A row about a customer: its own fields, one contact, classes, figures without records behind them, tags of its needs.
//! What has a column and no field of its own becomes a line of the note, which a known customer gets in addition to its own;
//! nothing is lost.

use super::rows::{Cells, Parsed};
use crate::domain::change::{NewCustomer, Opening, SentBy, TagPath};
use crate::domain::date::{Yearly, parse_yearly};
use crate::domain::field::{Field, Noun, Value};
use crate::domain::money::Fen;
use crate::exchange::columns::Column;
use crate::exchange::headings::normal;
use crate::exchange::{values, words};
use crate::i18n::{exchange as t, words as said};

/// Headings under which persons and no companies stand.
const PERSONS: &[&str] = &["姓名", "客户姓名", "会员姓名", "full name"];
/// Needs as tags: column, name of the tag (A67–A72).
const NEEDS: &[(Column, &str)] = &[
    (Column::Pain, "痛点"),
    (Column::Goal, "期望目标"),
    (Column::Interest, "关注产品"),
    (Column::Product, "产品偏好"),
    (Column::DecisionCycle, "决策周期"),
    (Column::PurchaseCycle, "采购周期"),
    (Column::Concern, "关注点"),
];
/// Words for where a customer came from (A24).
const SOURCES: &[(&str, &str)] = &[
    ("广告", "advertising"),
    ("advert", "advertising"),
    ("sem", "advertising"),
    ("百度", "advertising"),
    ("促销", "promotion"),
    ("promotion", "promotion"),
    ("活动", "event"),
    ("展会", "event"),
    ("会展", "event"),
    ("event", "event"),
    ("trade show", "event"),
    ("介绍", "referral"),
    ("推荐", "referral"),
    ("referral", "referral"),
    ("word of mouth", "referral"),
];

/// Reads a customer.
pub fn read(cells: &mut Cells<'_>) -> Parsed {
    let code = cells.get(Column::Code, values::code).or_else(|| cells.get(Column::External, values::code));
    let mut new = NewCustomer { code, ..NewCustomer::default() };
    let mut notes = Vec::new();
    own_fields(cells, &mut new, &mut notes);
    size(cells, &mut new);
    classes(cells, &mut new);
    new.contacts = cells.contact().into_iter().collect();
    new.tags = tags(cells);
    new.own = cells.own();
    new.opening = opening(cells);
    records(cells, &mut new, &mut notes);
    notes.extend(cells.joined(Column::Note, "\n"));
    if !notes.is_empty() {
        new.values.push((Field::CustomerNote, Value::Text(notes.join("\n"))));
    }
    Parsed::Customer(Box::new(new))
}

fn own_fields(cells: &mut Cells<'_>, new: &mut NewCustomer, notes: &mut Vec<String>) {
    if cells.has(Column::Name) {
        let name = cells.get(Column::Name, values::whole_name).unwrap_or_default();
        new.values.push((Field::Name, Value::Text(name)));
    } else {
        cells.gap = true;
    }
    let kind = cells.get(Column::Kind, |column, cell| values::word(column, cell, &words::CUSTOMER_KIND));
    let person = || {
        let heading = normal(cells.heading(Column::Name));
        PERSONS.iter().any(|word| normal(word) == heading).then_some("person")
    };
    let mut put =
        |field: Field, text: Option<String>| new.values.extend(text.map(|text| (field, Value::Text(text))));
    put(Field::CustomerKind, kind.or_else(person).map(ToOwned::to_owned));
    if let Some(industry) = cells.get(Column::Industry, values::industry) {
        put(Field::IndustryStandard, industry.standard.then(|| industry.term.clone()));
        put(Field::Industry, Some(industry.term));
    }
    put(Field::Region, cells.joined(Column::Region, " "));
    put(Field::Address, cells.joined(Column::Address, " "));
    put(Field::Website, cells.get(Column::Website, values::name));
    put(Field::PreferredChannel, cells.get(Column::Channel, values::channel).map(ToOwned::to_owned));
    put(Field::PreferredCategory, cells.get(Column::Category, values::name));
    if let Some(source) = cells.get(Column::Source, values::name) {
        let lower = source.to_lowercase();
        let told = || SOURCES.iter().find(|(word, _)| lower.contains(word)).map(|(_, id)| *id);
        let known = said::id("source", &lower).or_else(told);
        put(Field::Source, Some(known.unwrap_or("other").to_owned()));
        if known.is_none() && lower != "其它" {
            notes.push(t::NOTED.with(cells.setting.lang, &[&cells.heading(Column::Source), &source]));
        }
    }
    if let Some(referrer) = cells.get(Column::Referrer, values::name) {
        let line = t::NOTED.with(cells.setting.lang, &[&cells.heading(Column::Referrer), &referrer]);
        new.sent_by = Some(SentBy { named: referrer, line });
    }
    if let Some(fen) = cells.amount(Column::Revenue) {
        new.values.push((Field::Revenue, Value::Money(Fen(fen))));
    }
    if let Some(owner) = cells.person(Column::Owner) {
        new.values.push((Field::Owner, Value::Id(owner)));
    }
}

/// The size class and the number of employees, from either column.
fn size(cells: &mut Cells<'_>, new: &mut NewCustomer) {
    let by_class = cells.get(Column::Size, values::size);
    let by_number = cells.get(Column::Employees, values::size);
    match by_class.or(by_number) {
        Some(size) => new.values.push((Field::Size, Value::Text(size.class().to_owned()))),
        None => cells.gap = true,
    }
    let number =
        by_number.and_then(values::Size::employees).or_else(|| by_class.and_then(values::Size::employees));
    new.values.extend(number.map(|n| (Field::Employees, Value::Int(i64::from(n)))));
}

/// Classes as the file gives them; 客户等级 names two scales, and its words tell which (B46).
fn classes(cells: &mut Cells<'_>, new: &mut NewCustomer) {
    let mut put = |scheme: &str, class: Option<&str>| {
        new.classes.extend(class.map(|class| (scheme.to_owned(), class.to_owned())));
    };
    let grade = words::GRADE.find(cells.text(Column::Level));
    if grade.is_some() {
        put("grade", grade);
    } else {
        put("segment", cells.get(Column::Level, |column, cell| values::word(column, cell, &words::SEGMENT)));
    }
    put("grade", cells.get(Column::Grade, |column, cell| values::word(column, cell, &words::GRADE)));
    put("segment", cells.get(Column::Segment, |column, cell| values::word(column, cell, &words::SEGMENT)));
    put("depth", cells.get(Column::Depth, |column, cell| values::word(column, cell, &words::DEPTH)));
    put("relation", cells.get(Column::Relation, |column, cell| values::word(column, cell, &words::RELATION)));
    put("need", cells.get(Column::Need, |column, cell| values::word(column, cell, &words::NEED)));
}

/// Tags: words of the tag column (`名称:值` names its tag), and the needs.
fn tags(cells: &mut Cells<'_>) -> Vec<TagPath> {
    let mut tags = Vec::new();
    for word in cells.all(Column::Tags, values::several) {
        tags.push(TagPath::read(&word));
    }
    tags.retain(|tag| !tag.name.is_empty() && !tag.value.is_empty());
    for (column, name) in NEEDS {
        for value in cells.all(*column, values::several) {
            tags.push(TagPath { kind: "need".into(), name: (*name).to_owned(), value });
        }
    }
    tags
}

/// Figures that came without records behind them.
fn opening(cells: &mut Cells<'_>) -> Option<Opening> {
    let figures = Opening {
        as_of: None,
        first_on: cells.been(Column::FirstOrder),
        last_on: cells.been(Column::LastOrder),
        per_year: cells.get(Column::Frequency, values::integer),
        total: cells.amount(Column::Total).map(Fen),
        year: cells.amount(Column::Spend12m).map(Fen),
        category: None,
        source: None,
    };
    if figures == Opening::default() {
        return None;
    }
    let category = cells.get(Column::Category, values::name);
    Some(Opening { category, source: Some(cells.setting.file.to_owned()), ..figures })
}

/// A birthday, a consent, an opt-out.
fn records(cells: &mut Cells<'_>, new: &mut NewCustomer, notes: &mut Vec<String>) {
    if let Some(text) = cells.get(Column::Birthday, values::name) {
        match parse_yearly(&text) {
            Some((yearly, year)) => new.records.push((Noun::ImportantDate, birthday(yearly, year))),
            None => notes.push(t::NOTED.with(cells.setting.lang, &[&cells.heading(Column::Birthday), &text])),
        }
    }
    let today = cells.setting.now.today();
    if let Some(given) = cells.get(Column::Consent, values::yes_no) {
        let state = if given { "given" } else { "withdrawn" };
        new.records.push((Noun::Consent, vec![(Field::ConsentState, Value::Text(state.into()))]));
    }
    if cells.get(Column::OptOut, values::yes_no) == Some(true) {
        let fields =
            vec![(Field::OptOutChannel, Value::Text("all".into())), (Field::OptOutSince, Value::Day(today))];
        new.records.push((Noun::OptOut, fields));
    }
}

/// The fields of a birthday.
pub fn birthday(yearly: Yearly, year: Option<i32>) -> Vec<(Field, Value)> {
    let (calendar, month, day) = match yearly {
        Yearly::Solar { month, day } => ("solar", month, day),
        Yearly::Lunar { month, day } => ("lunar", month, day),
    };
    let mut fields = vec![
        (Field::DateKind, Value::Text("birthday".into())),
        (Field::DateCalendar, Value::Text(calendar.into())),
        (Field::DateMonth, Value::Int(i64::from(month))),
        (Field::DateDay, Value::Int(i64::from(day))),
        (Field::DateLead, Value::Int(3)),
    ];
    fields.extend(year.map(|year| (Field::DateYear, Value::Int(i64::from(year)))));
    fields
}
