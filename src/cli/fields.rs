//! `FIELD=VALUE` as `add` and `set` take it: field names in English or Chinese, values read exactly as forms read them.

use super::shell::{Desk, Shell, Stop, named};
use crate::domain::change::{NewContact, TagPath};
use crate::domain::date::{Yearly, parse_yearly};
use crate::domain::field::{Field, Invalid, Kind, Noun, Problem, Spec, Value, fields_of};
use crate::domain::own::OwnField;
use crate::domain::phones;
use crate::exchange::columns::{Column, Noun as Rows};
use crate::exchange::headings;
use crate::i18n::entry::{self, Context, Named};
use crate::i18n::{cli as t, errors, fields, format, import, words};
use crate::store::request::{Answer, Query, averaged};

/// The names that are offered when one is not known.
const NAMES: &[&str] = &[
    "code",
    "name",
    "kind",
    "industry",
    "employees",
    "size",
    "revenue",
    "region",
    "address",
    "website",
    "source",
    "referrer",
    "owner",
    "state",
    "grade",
    "depth",
    "relation",
    "need",
    "phone",
    "contact",
    "title",
    "email",
    "wechat",
    "birthday",
    "channel",
    "category",
    "tag",
    "note",
];

/// One assignment, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A field of the customer itself.
    Own(Field, Value),
    /// A field of the company's own: name and value.
    Ours(OwnField, Option<String>),
    /// The name of the key contact.
    Contact(String),
    /// Their position.
    Title(String),
    /// A phone, WeChat id or e-mail of theirs: kind and value.
    Method(&'static str, String),
    /// A class by hand; none takes it away.
    Class(&'static str, Option<String>),
    /// A birthday.
    Birthday(Yearly, Option<i32>),
    /// A tag.
    Tag(TagPath),
}

/// What a name of a field stands for.
enum Target {
    Own(&'static Spec),
    Entry(Field),
    Grade,
    Segment,
}

/// Reads `FIELD=VALUE`.
pub fn read(shell: &Shell, desk: &Desk, assignments: &[String]) -> Result<Vec<Given>, Stop> {
    let people = named(&desk.people()?);
    let mut given = Vec::new();
    for assignment in assignments {
        let Some((name, value)) = assignment.split_once(['=', '=']) else {
            return Err(Stop::Usage(t::NO_ASSIGNMENT.with(shell.lang, &[assignment])));
        };
        given.push(one(shell, desk, &people, name.trim(), value.trim())?);
    }
    Ok(given)
}

fn one(shell: &Shell, desk: &Desk, people: &[Named], name: &str, value: &str) -> Result<Given, Stop> {
    let lang = shell.lang;
    let refused =
        |field: Field, problem: Problem| Stop::Failed(errors::invalid(&Invalid { field, problem }, lang));
    let Some(target) = target(name) else {
        let ours = own_fields(desk)?;
        if let Some(own) = ours.iter().find(|own| own.is_called(name)) {
            let own_problem = |problem| Problem::Own(own.name.clone(), Box::new(problem));
            let value = own.read(value).map_err(|problem| refused(Field::OwnText, own_problem(problem)))?;
            return Ok(Given::Ours(own.clone(), value));
        }
        let names: Vec<&str> =
            NAMES.iter().copied().chain(ours.iter().map(|own| own.name.as_str())).collect();
        return Err(Stop::Usage(t::NO_FIELD.with(lang, &[&name, &format::list(&names, lang)])));
    };
    // which classes there are, the rules in force say: the store refuses others
    let class = |scheme: &'static str| {
        let id = words::id(scheme, value).unwrap_or(value);
        Given::Class(scheme, (!value.is_empty()).then(|| id.to_owned()))
    };
    let field = match target {
        Target::Grade => return Ok(class("grade")),
        Target::Segment => return Ok(class("segment")),
        Target::Own(spec) => spec.field,
        Target::Entry(field) => field,
    };
    let customers = if field.spec().kind == Kind::Customer { known(desk, value)? } else { Vec::new() };
    let with = Context { now: desk.now, lang, people, contacts: &[], customers: &customers };
    let read = entry::read(field.spec(), value, &with).map_err(|problem| refused(field, problem))?;
    let text = || match &read {
        Value::Text(text) => Ok(text.clone()),
        _ => Err(refused(field, Problem::Empty)),
    };
    Ok(match field {
        Field::Contact => Given::Contact(text()?),
        Field::Title => Given::Title(text()?),
        Field::Phone => Given::Method(phones::kind_of(value), text()?),
        Field::Wechat => Given::Method("wechat", text()?),
        Field::Email => Given::Method("email", text()?),
        Field::Birthday => {
            let (yearly, year) =
                parse_yearly(value).ok_or_else(|| refused(field, Problem::NotADay(value.to_owned())))?;
            Given::Birthday(yearly, year)
        }
        Field::Tag => Given::Tag(TagPath::read(&text()?)),
        own => Given::Own(own, read),
    })
}

/// Says of an industry that has no average and is no standard term what that costs, and what may have been meant.
pub fn note_industry(shell: &Shell, desk: &Desk, given: &[Given]) -> Result<(), Stop> {
    let typed = given.iter().find_map(|one| match one {
        Given::Own(Field::Industry, Value::Text(text)) => Some(text),
        _ => None,
    });
    let Some(typed) = typed else { return Ok(()) };
    let known = match desk.ask(&Query::Benchmarks)? {
        Answer::Benchmarks(known) => known,
        _ => Vec::new(),
    };
    if let Some(sentence) = import::unaveraged(typed, &averaged(&known), shell.lang) {
        shell.say(&sentence);
    }
    Ok(())
}

/// The fields of the company's own.
pub fn own_fields(desk: &Desk) -> Result<Vec<OwnField>, Stop> {
    Ok(match desk.ask(&Query::OwnFields)? {
        Answer::OwnFields(fields) => fields,
        _ => Vec::new(),
    })
}

/// What a name stands for: a column, its label in either language, or any heading an import would know.
fn target(name: &str) -> Option<Target> {
    let entries: &[(&[&str], Field)] = &[
        (&["contact", "联系人", "关键联系人"], Field::Contact),
        (&["title", "职位"], Field::Title),
        (&["phone", "电话", "手机"], Field::Phone),
        (&["wechat", "微信"], Field::Wechat),
        (&["email", "e-mail", "邮箱"], Field::Email),
        (&["birthday", "生日"], Field::Birthday),
        (&["tag", "标签"], Field::Tag),
    ];
    let same = |word: &str| word.eq_ignore_ascii_case(name);
    if let Some((_, field)) = entries.iter().find(|(words, _)| words.iter().any(|w| same(w))) {
        return Some(Target::Entry(*field));
    }
    match name.to_lowercase().as_str() {
        "grade" | "等级" => return Some(Target::Grade),
        "segment" | "分层" => return Some(Target::Segment),
        _ => {}
    }
    let own = fields_of(Noun::Customer).find(|spec| {
        let label = fields::label(spec.field);
        let bare = label.zh.split(['(', '\u{ff08}']).next().unwrap_or_default();
        let column = spec.column.trim_end_matches("_fen").trim_end_matches("_id");
        same(column) || same(spec.column) || same(label.en) || name == label.zh || name == bare
    });
    if let Some(spec) = own {
        return Some(Target::Own(spec));
    }
    let field = match headings::column(name, Rows::Customers)? {
        Column::Contact => Field::Contact,
        Column::Title => Field::Title,
        Column::Phone => Field::Phone,
        Column::Wechat => Field::Wechat,
        Column::Email => Field::Email,
        Column::Birthday => Field::Birthday,
        Column::Tags => Field::Tag,
        Column::Grade | Column::Level => return Some(Target::Grade),
        Column::Segment => return Some(Target::Segment),
        column => {
            let same = |spec: &&Spec| {
                spec.column.trim_end_matches("_fen").trim_end_matches("_id") == column.spec().id
            };
            return fields_of(Noun::Customer).find(same).map(Target::Own);
        }
    };
    Some(Target::Entry(field))
}

/// The customer that a value names by number or exact name.
fn known(desk: &Desk, value: &str) -> Result<Vec<Named>, Stop> {
    let names = vec![value.to_owned()];
    if let Answer::ByCode(Some(id)) = desk.ask(&Query::ByCode(value.to_owned()))? {
        return Ok(vec![Named { id: id.0, names }]);
    }
    let found = match desk.ask(&Query::Find { text: value.to_owned(), limit: 20 })? {
        Answer::Find(found) => found,
        _ => Vec::new(),
    };
    Ok(found
        .into_iter()
        .filter(|f| f.row.name == value)
        .map(|f| Named { id: f.row.id, names: names.clone() })
        .collect())
}

/// The contact that assignments make; none where they say nothing of one.
pub fn contact(given: &[Given]) -> Option<NewContact> {
    let mut contact = NewContact::default();
    for one in given {
        match one {
            Given::Contact(name) => contact.name.clone_from(name),
            Given::Title(title) => contact.title = Some(title.clone()),
            Given::Method(kind, value) => contact.methods.push(((*kind).to_owned(), value.clone())),
            _ => {}
        }
    }
    let said = !contact.name.is_empty() || contact.title.is_some() || !contact.methods.is_empty();
    if contact.name.is_empty() {
        // somebody whose name nobody has written down yet
        "—".clone_into(&mut contact.name);
    }
    said.then_some(contact)
}

/// The refusal of a field that was named and left blank.
pub fn blank(shell: &Shell, field: Field) -> Stop {
    Stop::Failed(errors::invalid(&Invalid { field, problem: Problem::Empty }, shell.lang))
}

/// Reads one value as a form would.
pub fn value(
    shell: &Shell,
    desk: &Desk,
    field: Field,
    typed: &str,
    contacts: &[Named],
) -> Result<Value, Stop> {
    let people = named(&desk.people()?);
    let with = Context { now: desk.now, lang: shell.lang, people: &people, contacts, customers: &[] };
    entry::read(field.spec(), typed, &with)
        .map_err(|problem| Stop::Failed(errors::invalid(&Invalid { field, problem }, shell.lang)))
}
