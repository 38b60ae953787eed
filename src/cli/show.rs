//! `guanxi show`: everything of one customer. For machines: the fields of the customer first, by their names in the
//! schema, then lists; nothing is left out because it is empty.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::due::name;
use super::set::profile;
use super::shell::{Desk, Done, Shell};
use super::table::{Side, lines, short};
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Kind, Noun, Value};
use crate::domain::find::MASKED;
use crate::i18n::entry::{Context, show as shown};
use crate::i18n::{Lang, Text, cli as t, fields, forecast, format, guard, ledger, shipped, tags, words};
use crate::store::request::{Profile, Record, TaskRow, yuan};

/// Shows a customer.
pub fn show(shell: &mut Shell, code: &str) -> Done {
    let desk = shell.read()?;
    let id = desk.customer(code)?;
    let profile = profile(shell, &desk, id, code)?;
    if shell.json { shell.document(&Whole(&profile)) } else { print(shell, &desk, &profile) }
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
        shell.line(&shipped::tag_line(&profile.composite, lang));
    }
    let people = super::shell::named(&desk.people()?);
    let customers: Vec<_> = profile
        .names
        .iter()
        .map(|(id, name)| crate::i18n::entry::Named { id: *id, names: vec![name.clone()] })
        .collect();
    let contacts: Vec<_> = profile
        .contacts
        .iter()
        .map(|(c, _)| crate::i18n::entry::Named {
            id: c.row.id,
            names: c.get(Field::ContactName).as_text().map(ToOwned::to_owned).into_iter().collect(),
        })
        .collect();
    let with = Context { now: desk.now, lang, people: &people, contacts: &contacts, customers: &customers };
    let mut facts: Vec<Vec<String>> = Vec::new();
    for (field, value) in &profile.customer.values {
        if matches!(field, Field::Code | Field::Name) || *value == Value::None {
            continue;
        }
        facts.push(vec![fields::label(*field).of(lang).to_owned(), one_line(&shown(*field, value, &with))]);
    }
    for own in &profile.customer.own {
        let hidden = own.masked.then(|| MASKED.to_owned());
        let text = own.value.as_deref().map(one_line).or(hidden);
        facts.extend(text.map(|text| vec![own.field.name.clone(), text]));
    }
    for class in &profile.classes {
        let label = words::word("scheme", &class.scheme, lang).to_owned();
        let how = words::word("how", &class.how, lang);
        facts.push(vec![label, format!("{} ({how})", words::word(&class.scheme, &class.value, lang))]);
    }
    let mut put = |label: Text, text: Option<String>| {
        facts.extend(text.map(|text| vec![label.of(lang).to_owned(), text]));
    };
    put(t::LAST_TOUCH, row.last_touch.map(|d| format!("{d} ({})", format::days_ago(d, today, lang))));
    put(
        t::NEXT_DUE,
        row.next_due.map(|d| {
            format!(
                "{} {}",
                format::near_day(d, today, lang),
                ledger::task(row.next_cause.as_deref(), row.next_text.as_deref().unwrap_or(""), lang)
            )
        }),
    );
    let yuan = |fen: crate::domain::money::Fen| format!("¥{}", fen.yuan_grouped());
    let masked = profile.customer.masked.then(|| MASKED.to_owned());
    put(t::GUARD, Some(guard::state(&profile.standing, today, lang)));
    for finding in &profile.standing.findings {
        put(t::MIND, Some(guard::sentence(finding, lang)));
    }
    put(t::SPEND, row.spend_12m.map(yuan).or_else(|| masked.clone()));
    put(t::TOTAL, profile.total.map(yuan).or(masked));
    put(t::HABITS, forecast::rhythm(profile, lang));
    let chance = forecast::chance(profile.chance.as_ref(), today, lang);
    put(t::OUTLOOK, (!chance.is_empty()).then(|| chance.join("; ")));
    put(t::ALIASES, (!profile.aliases.is_empty()).then(|| profile.aliases.join(" ")));
    two(shell, &facts);
    section(shell, t::CONTACTS, &people_of(profile));
    let tags: Vec<Vec<String>> = profile
        .tags
        .iter()
        .map(|tag| {
            vec![
                words::word("tag", &tag.path.kind, lang).to_owned(),
                tags::name(&tag.path.name, lang).to_owned(),
                tags::value(&tag.path.name, &tag.path.value, lang).into_owned(),
            ]
        })
        .collect();
    section(shell, t::TAGS, &tags);
    section(shell, t::TASKS, &tasks(profile, today, lang));
    section(shell, t::TOUCHES, &touches(profile, desk, lang));
    for (noun, records) in &profile.sections {
        let rows: Vec<Vec<String>> = records
            .iter()
            .map(|record| {
                let texts = record.values.iter().filter(|(_, value)| *value != Value::None);
                let words: Vec<String> = texts
                    .map(|(field, value)| {
                        format!(
                            "{} {}",
                            fields::label(*field).of(lang),
                            one_line(&shown(*field, value, &with))
                        )
                    })
                    .collect();
                vec![words.join(" · ")]
            })
            .collect();
        section(shell, fields::noun(*noun), &rows);
    }
    Ok(())
}

fn people_of(profile: &Profile) -> Vec<Vec<String>> {
    let text = |record: &Record, field: Field| record.get(field).as_text().unwrap_or_default().to_owned();
    let row = |(contact, methods): &(Record, Vec<Record>)| {
        let ways: Vec<String> = methods.iter().map(|m| text(m, Field::MethodValue)).collect();
        vec![text(contact, Field::ContactName), text(contact, Field::ContactTitle), ways.join("  ")]
    };
    profile.contacts.iter().map(row).collect()
}

fn tasks(profile: &Profile, today: chrono::NaiveDate, lang: Lang) -> Vec<Vec<String>> {
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
    for line in lines(&[("", Side::Left), ("", Side::Left)], rows) {
        shell.line(&format!("  {line}"));
    }
}

fn section(shell: &mut Shell, title: Text, rows: &[Vec<String>]) {
    let Some(first) = rows.first() else { return };
    shell.line("");
    shell.line(title.of(shell.lang));
    let head: Vec<(&str, Side)> = first.iter().map(|_| ("", Side::Left)).collect();
    for line in lines(&head, rows) {
        shell.line(&format!("  {line}"));
    }
}
