//! `guanxi show`: everything of one customer. For machines: the fields of the customer first, by their names in the
//! schema, then lists; nothing is left out because it is empty.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::due::name;
use super::shell::{Desk, Done, Shell, Stop};
use super::table::{Side, short};
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Kind, Noun, Value};
use crate::domain::find::MASKED;
use crate::domain::money::Fen;
use crate::i18n::entry::{Context, Named, show as shown};
use crate::i18n::{Lang, Text, cli as t, fields, forecast, format, guard, ledger, tags, words, yearly};
use crate::store::request::{Answer, Profile, Query, Record, TagRow, TaskRow, yuan};

/// Shows a customer.
pub fn show(shell: &mut Shell, code: &str) -> Done {
    let desk = shell.read()?;
    let id = desk.customer(code)?;
    let profile = profile(shell, &desk, id, code)?;
    if shell.json { shell.document(&Whole(&profile)) } else { print(shell, &desk, &profile) }
}

/// Everything of a customer.
pub fn profile(shell: &Shell, desk: &Desk, id: CustomerId, code: &str) -> Result<Profile, Stop> {
    match desk.ask(&Query::Profile(id))? {
        Answer::Profile(Some(profile)) => Ok(*profile),
        _ => Err(Stop::Nothing(t::NO_CODE.with(shell.lang, &[&code]))),
    }
}

/// A customer with everything, as one document.
struct Whole<'a>(&'a Profile);

/// A record as its fields, by the names of the schema.
struct Fields<'a>(&'a Record, &'a Profile);

/// One value as JSON has it.
struct Plain<'a>(Field, &'a Value, &'a Profile);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(field, value, profile) = self;
        match value {
            Value::None => to.serialize_none(),
            Value::Text(text) => to.serialize_str(text),
            Value::Int(n) => to.serialize_i64(*n),
            Value::Money(fen) => yuan(&Some(*fen), to),
            Value::Day(day) => to.serialize_str(&day.to_string()),
            Value::Due(due) => to.serialize_str(&due.to_string()),
            Value::Moment(ms) => crate::store::request::rfc3339(ms, to),
            Value::Flag(yes) => to.serialize_bool(*yes),
            Value::Id(id) => match field.spec().kind {
                // whose customer it is stands in `owner` already; here the name of whatever the id points at
                Kind::Contact => contact_name(profile, *id).serialize(to),
                Kind::Customer => {
                    profile.names.iter().find(|(known, _)| known == id).map(|(_, name)| name).serialize(to)
                }
                _ => Some(profile.row.owner.as_str()).filter(|_| *id == profile.row.owner_id).serialize(to),
            },
        }
    }
}

fn contact_name(profile: &Profile, id: i64) -> Option<&str> {
    let found = profile.contacts.iter().find(|(contact, _)| contact.row.id == id);
    found.and_then(|(contact, _)| contact.get(Field::ContactName).as_text())
}

/// The name of a field without the unit that the store keeps it in.
fn key(field: Field) -> &'static str {
    let column = field.spec().column;
    column.trim_end_matches("_fen").trim_end_matches("_id")
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (field, value) in &self.0.values {
            map.serialize_entry(key(*field), &Plain(*field, value, self.1))?;
        }
        map.end()
    }
}

/// A contact with their numbers and addresses by kind.
struct Contact<'a>(&'a Record, &'a [Record]);

impl Serialize for Contact<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(contact, methods) = self;
        let of = |kinds: &[&str]| -> Vec<&str> {
            let fits =
                |m: &&Record| m.get(Field::MethodKind).as_text().is_some_and(|kind| kinds.contains(&kind));
            methods.iter().filter(fits).filter_map(|m| m.get(Field::MethodValue).as_text()).collect()
        };
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("name", &contact.get(Field::ContactName).as_text())?;
        map.serialize_entry("title", &contact.get(Field::ContactTitle).as_text())?;
        map.serialize_entry("is_key", &(*contact.get(Field::ContactKey) == Value::Flag(true)))?;
        map.serialize_entry("phones", &of(&["mobile", "landline"]))?;
        map.serialize_entry("wechat", &of(&["wechat", "wecom"]))?;
        map.serialize_entry("email", &of(&["email"]))?;
        map.serialize_entry("other", &of(&["other"]))?;
        map.serialize_entry("note", &contact.get(Field::ContactNote).as_text())?;
        map.end()
    }
}

/// A task with the name that `done` takes.
#[derive(serde::Serialize)]
struct Task<'a> {
    task: String,
    #[serde(flatten)]
    row: &'a TaskRow,
}

/// The sections of a profile under their names.
const SECTIONS: &[(Noun, &str)] = &[
    (Noun::Order, "orders"),
    (Noun::Quote, "quotes"),
    (Noun::Refund, "refunds"),
    (Noun::Opening, "openings"),
    (Noun::Contract, "contracts"),
    (Noun::ImportantDate, "important_dates"),
    (Noun::Consent, "consents"),
    (Noun::OptOut, "opt_outs"),
    (Noun::Referral, "referrals"),
    (Noun::Coupon, "coupons"),
    (Noun::Membership, "membership"),
    (Noun::Activation, "activations"),
    (Noun::Browse, "page_views"),
    (Noun::Complaint, "complaints_list"),
    (Noun::Survey, "surveys"),
    (Noun::Request, "requests"),
    (Noun::Budget, "budgets"),
    (Noun::Expense, "expenses"),
    (Noun::Overspend, "overspends"),
    (Noun::Share, "shares"),
];

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let profile = self.0;
        let row = &profile.row;
        let mut map = to.serialize_map(None)?;
        macro_rules! put {
            ($($name:literal: $value:expr),* $(,)?) => { $( map.serialize_entry($name, &$value)?; )* };
        }
        put! { "code": row.code, "name": row.name, "segment": row.segment, "grade": row.grade, "owner": row.owner, "lifecycle": row.lifecycle }
        let own = profile.customer.values.iter();
        for (field, value) in own.filter(|(f, _)| !matches!(f, Field::Code | Field::Name | Field::Owner)) {
            map.serialize_entry(key(*field), &Plain(*field, value, profile))?;
        }
        let ours = profile.customer.own.iter().map(|own| (own.field.name.as_str(), own.value.as_deref()));
        map.serialize_entry("own", &ours.collect::<std::collections::BTreeMap<_, _>>())?;
        let total = Value::Money(profile.total.unwrap_or_default());
        let total = profile.total.map(|_| Plain(Field::OpeningTotal, &total, profile));
        let year = Value::Money(row.spend_12m.unwrap_or_default());
        let year = row.spend_12m.map(|_| Plain(Field::OpeningYear, &year, profile));
        put! {
            "last_touch": row.last_touch, "next_due": row.next_due, "next_time": row.next_time, "next_text": row.next_text,
            "last_order": row.last_order, "orders_per_year": row.per_year, "spend_12m": year, "spend_total": total,
            "guard": profile.standing, "budget": profile.budget, "complaints": row.complaints, "do_not_disturb": row.quiet, "masked": profile.customer.masked,
            "aliases": profile.aliases, "composite": profile.composite, "tags": profile.tags, "classes": profile.classes,
            "contacts": profile.contacts.iter().map(|(c, m)| Contact(c, m)).collect::<Vec<_>>(),
            "touches": profile.touches,
            "tasks": profile.tasks.iter().map(|row| Task { task: name(&row.task), row }).collect::<Vec<_>>(),
        }
        for (noun, name) in SECTIONS {
            let records = profile.sections.iter().filter(|(n, _)| n == noun).flat_map(|(_, records)| records);
            map.serialize_entry(name, &records.map(|r| Fields(r, profile)).collect::<Vec<_>>())?;
        }
        let referred: Vec<_> = profile
            .referred
            .iter()
            .map(|(code, name)| serde_json::json!({ "code": code, "name": name }))
            .collect();
        put! { "rhythm": profile.rhythm, "chance_90d": profile.chance }
        put! { "referred": referred, "advice": profile.advice, "history": profile.history }
        map.end()
    }
}

fn print(shell: &mut Shell, desk: &Desk, profile: &Profile) -> Done {
    let lang = shell.lang;
    let today = desk.now.today();
    let row = &profile.row;
    let head = if row.code == row.name { row.code.clone() } else { format!("{}  {}", row.code, row.name) };
    shell.line(&head);
    if !profile.composite.is_empty() {
        shell.line(&tags::line(&profile.composite, lang));
    }
    let people = super::shell::named(&desk.people()?);
    let customers: Vec<Named> = profile.names.iter().map(|(id, name)| called(*id, Some(name))).collect();
    let contacts: Vec<Named> =
        profile.contacts.iter().map(|(c, _)| called(c.row.id, c.get(Field::ContactName).as_text())).collect();
    let with = Context { now: desk.now, lang, people: &people, contacts: &contacts, customers: &customers };
    let mut facts = own(profile, &with);
    facts.extend(kept(profile, today, lang));
    two(shell, &facts);
    section(shell, t::CONTACTS, &people_of(profile));
    section(shell, t::TAGS, &tag_rows(profile, lang));
    section(shell, t::TASKS, &tasks(profile, today, lang));
    section(shell, t::TOUCHES, &touches(profile, desk, lang));
    for (noun, records) in &profile.sections {
        let rows: Vec<Vec<String>> = records.iter().map(|record| vec![in_words(record, &with)]).collect();
        section(shell, fields::noun(*noun), &rows);
    }
    Ok(())
}

fn called(id: i64, name: Option<&str>) -> Named {
    Named { id, names: name.map(ToOwned::to_owned).into_iter().collect() }
}

/// The customer's own fields that have something, and its classes.
fn own(profile: &Profile, with: &Context<'_>) -> Vec<Vec<String>> {
    let lang = with.lang;
    let told = |(field, value): &&(Field, Value)| {
        !matches!(field, Field::Code | Field::Name) && *value != Value::None
    };
    let fields = profile.customer.values.iter().filter(told).map(|(field, value)| {
        vec![fields::label(*field).of(lang).to_owned(), one_line(&shown(*field, value, with))]
    });
    let company = profile.customer.own.iter().filter_map(|own| {
        let hidden = own.masked.then(|| MASKED.to_owned());
        let text = own.value.as_deref().map(one_line).or(hidden)?;
        Some(vec![own.field.name.clone(), text])
    });
    let classes = profile.classes.iter().map(|class| {
        let how = words::word("how", &class.how, lang);
        vec![
            words::word("scheme", &class.scheme, lang).to_owned(),
            format!("{} ({how})", words::word(&class.scheme, &class.value, lang)),
        ]
    });
    fields.chain(company).chain(classes).collect()
}

/// What is kept of it: the last touch and the next due, the guard, sums, the rhythm.
fn kept(profile: &Profile, today: NaiveDate, lang: Lang) -> Vec<Vec<String>> {
    let row = &profile.row;
    let mut facts: Vec<Vec<String>> = Vec::new();
    let mut put = |label: Text, text: Option<String>| {
        facts.extend(text.map(|text| vec![label.of(lang).to_owned(), text]));
    };
    let due = |day: NaiveDate| {
        let said = row.next_text.as_deref().unwrap_or("");
        let task = ledger::task(row.next_cause.as_deref(), said, lang);
        format!("{} {task}", format::near_day(day, today, lang))
    };
    put(t::LAST_TOUCH, row.last_touch.map(|d| format!("{d} ({})", format::days_ago(d, today, lang))));
    put(t::NEXT_DUE, row.next_due.map(due));
    put(t::GUARD, Some(guard::state(&profile.standing, today, lang)));
    for finding in &profile.standing.findings {
        put(t::MIND, Some(guard::sentence(finding, lang)));
    }
    let yuan = |fen: Fen| format!("¥{}", fen.yuan_grouped());
    let masked = profile.customer.masked.then(|| MASKED.to_owned());
    put(t::SPEND, row.spend_12m.map(yuan).or_else(|| masked.clone()));
    put(t::TOTAL, profile.total.map(yuan).or(masked));
    put(t::HABITS, forecast::rhythm(profile, lang));
    let chance = forecast::chance(profile.chance.as_ref(), today, lang);
    put(t::OUTLOOK, (!chance.is_empty()).then(|| chance.join("; ")));
    put(t::ALIASES, (!profile.aliases.is_empty()).then(|| profile.aliases.join(" ")));
    facts
}

fn tag_rows(profile: &Profile, lang: Lang) -> Vec<Vec<String>> {
    let row = |tag: &TagRow| {
        vec![
            words::word("tag", &tag.path.kind, lang).to_owned(),
            tags::name(&tag.path.name, lang).to_owned(),
            tags::value(&tag.path.name, &tag.path.value, lang).into_owned(),
        ]
    };
    profile.tags.iter().map(row).collect()
}

/// A record on one line: each field that has something, with its label.
fn in_words(record: &Record, with: &Context<'_>) -> String {
    let said =
        record.values.iter().filter(|(_, value)| *value != Value::None).filter_map(|(field, value)| {
            let (label, text) = match field {
                Field::DateCalendar => (yearly::DATE, date(record, with.lang)),
                // these stand in the date
                Field::DateMonth | Field::DateDay | Field::DateYear => return None,
                _ => (fields::label(*field), one_line(&shown(*field, value, with))),
            };
            Some(format!("{} {text}", label.of(with.lang)))
        });
    said.collect::<Vec<_>>().join(" · ")
}

/// The date of a birthday or another important day.
fn date(record: &Record, lang: Lang) -> String {
    let number = |field: Field| if let Value::Int(n) = record.get(field) { Some(*n) } else { None };
    let calendar = record.get(Field::DateCalendar).as_text().unwrap_or("solar");
    let day = (number(Field::DateMonth).unwrap_or(0), number(Field::DateDay).unwrap_or(0));
    yearly::said(calendar, day, number(Field::DateYear), lang)
}

fn people_of(profile: &Profile) -> Vec<Vec<String>> {
    let text = |record: &Record, field: Field| record.get(field).as_text().unwrap_or_default().to_owned();
    let row = |(contact, methods): &(Record, Vec<Record>)| {
        let ways: Vec<String> = methods.iter().map(|m| text(m, Field::MethodValue)).collect();
        vec![text(contact, Field::ContactName), text(contact, Field::ContactTitle), ways.join("  ")]
    };
    profile.contacts.iter().map(row).collect()
}

fn tasks(profile: &Profile, today: NaiveDate, lang: Lang) -> Vec<Vec<String>> {
    let row = |task: &TaskRow| {
        let mut due = format::near_day(task.due, today, lang);
        if let Some(time) = task.time {
            due = format!("{due} {}", format::time(time));
        }
        let state = if task.overdue { t::OVERDUE.of(lang) } else { words::word("task", &task.state, lang) };
        vec![
            name(&task.task),
            due,
            ledger::task(task.cause.as_deref(), &task.text, lang),
            state.to_owned(),
            task.owner.clone(),
        ]
    };
    profile.tasks.iter().map(row).collect()
}

fn touches(profile: &Profile, desk: &Desk, lang: Lang) -> Vec<Vec<String>> {
    let today = desk.now.today();
    let row = |touch: &crate::store::request::TouchRow| {
        let at = desk.now.zone.local(from_ms(touch.at));
        let said = match &touch.feedback {
            Some(feedback) => format!("{} — {feedback}", touch.summary),
            None => touch.summary.clone(),
        };
        vec![
            format!("{} {}", format::day(at.date(), today), format::time(at.time())),
            touch.channel.as_deref().map_or("—", |id| words::word("channel", id, lang)).to_owned(),
            touch.person.clone(),
            short(&said, 70),
            short(&touch.next, 40),
        ]
    };
    profile.touches.iter().take(10).map(row).collect()
}

fn one_line(text: &str) -> String {
    short(text, 100)
}

fn two(shell: &mut Shell, rows: &[Vec<String>]) {
    shell.table_under(&[("", Side::Left); 2], rows);
}

fn section(shell: &mut Shell, title: Text, rows: &[Vec<String>]) {
    let Some(first) = rows.first() else { return };
    shell.line("");
    shell.line(title.of(shell.lang));
    let head: Vec<(&str, Side)> = first.iter().map(|_| ("", Side::Left)).collect();
    shell.table_under(&head, rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_every_record_that_a_profile_shows() {
        let told: Vec<Noun> = SECTIONS.iter().map(|(noun, _)| *noun).collect();
        assert_eq!(told, Noun::OF_CUSTOMER);
    }
}
