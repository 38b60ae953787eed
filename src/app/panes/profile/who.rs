//! Who a customer is, as lines of the profile: their own fields, contacts, tags, classes.

use super::layout::Section;
use super::line::{Body, Ink, Maker, Pieces, Target, plain};
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Kind, Value};
use crate::domain::guard::Consent;
use crate::domain::tag::NO_PREFERENCE;
use crate::i18n::entry::show;
use crate::i18n::{commands, fields, format, guard, own_fields, profile as t, scheme as s, tags as g, words};
use crate::store::request::{ClassRow, Profile, TagRow};

/// The customer's own fields: those that hold something, each where it can be edited; then the names of the rest.
pub fn basics(m: &mut Maker, profile: &Profile) {
    let lang = m.with.lang;
    m.heading(Section::Basics, t::BASICS, String::new());
    let record = &profile.customer;
    let mut empty = Vec::new();
    for (field, value) in &record.values {
        let label = fields::label(*field).of(lang);
        let hidden = record.masked && field.spec().private;
        if *value == Value::None && !hidden {
            match tagged(*field, &profile.tags) {
                Some(tag) => {
                    let said = g::value(&tag.path.name, &tag.path.value, lang).into_owned();
                    let note = if tag.ground.is_some() { g::DERIVED.of(lang) } else { "" };
                    let line = Pieces::new(label, said).ink(Ink::Dim).note(note);
                    m.text(Section::Basics, line, Target::Field(record.row, *field, false), 2);
                }
                None => empty.push(label),
            }
            continue;
        }
        let text = if *value == Value::None { "***".to_owned() } else { show(*field, value, &m.with) };
        let line = Pieces::new(label, text).ink(if hidden { Ink::Dim } else { Ink::Plain }).note(if hidden {
            t::MASKED.of(lang)
        } else {
            ""
        });
        let most = if field.spec().kind == Kind::Block { 6 } else { 2 };
        m.text(Section::Basics, line, Target::Field(record.row, *field, hidden), most);
    }
    for own in &record.own {
        let Some(text) = own.value.clone().or(own.masked.then(|| own_fields::MASKED.of(lang).to_owned()))
        else {
            empty.push(own.field.name.as_str());
            continue;
        };
        let ink = if own.masked { Ink::Dim } else { Ink::Plain };
        let note = if own.masked { t::MASKED.of(lang) } else { "" };
        let line = Pieces::new(own.field.name.clone(), text).ink(ink).note(note);
        m.text(Section::Basics, line, Target::Own(own.field.id, own.masked), 2);
    }
    if !profile.aliases.is_empty() {
        let codes: Vec<&str> = profile.aliases.iter().map(String::as_str).collect();
        let line = Pieces::new(t::OLD_NUMBERS.of(lang), format::list(&codes, lang)).ink(Ink::Dim);
        m.text(Section::Basics, line, Target::Words(0), 2);
    }
    let second = &profile.standing;
    let (text, ink) = match &second.checked {
        Some(who) => (guard::CHECKED.with(lang, &[who]), Ink::Plain),
        None => (guard::NOT_CHECKED.with(lang, &[&second.entered.as_deref().unwrap_or("?")]), Ink::Warn),
    };
    let note = if second.checked.is_none() { m.check_key.clone() } else { String::new() };
    let line = Pieces::new(commands::CHECK.of(lang), text).ink(ink).note(note);
    m.text(Section::Basics, line, Target::Words(5), 2);
    if second.consent == Consent::Unknown {
        let line = Pieces::new(t::CONSENTS.of(lang), guard::NO_CONSENT.of(lang)).ink(Ink::Warn);
        m.text(Section::Basics, line.note(m.wishes_key.clone()), Target::Words(6), 1);
    }
    if !empty.is_empty() {
        let line = Pieces::new(t::EMPTY_FIELDS.of(lang), format::list(&empty, lang)).ink(Ink::Dim);
        m.text(Section::Basics, line, Target::Record(record.row, record.rev), 4);
    }
}

/// What a tag says of a field in which nobody has entered anything: that is not missing.
fn tagged(field: Field, tags: &[TagRow]) -> Option<&TagRow> {
    let name = match field {
        Field::Size => "企业规模",
        Field::PreferredCategory => "品类偏好",
        _ => return None,
    };
    tags.iter().find(|tag| tag.until.is_none() && tag.path.name == name && tag.path.value != NO_PREFERENCE)
}

/// Everybody there with how to reach them; the key contact first.
pub fn contacts(m: &mut Maker, profile: &Profile) {
    if profile.contacts.is_empty() {
        return;
    }
    let lang = m.with.lang;
    m.heading(Section::Contacts, t::CONTACTS, String::new());
    for (contact, methods) in &profile.contacts {
        let name = show(Field::ContactName, contact.get(Field::ContactName), &m.with);
        let title = show(Field::ContactTitle, contact.get(Field::ContactTitle), &m.with);
        let note = show(Field::ContactNote, contact.get(Field::ContactNote), &m.with).replace('\n', " ");
        let key = *contact.get(Field::ContactKey) == Value::Flag(true);
        let parts =
            vec![(name, Ink::Strong), (format!("  {title}"), Ink::Plain), (format!("  {note}"), Ink::Dim)];
        let label = if key { t::KEY_CONTACT.of(lang) } else { "" };
        m.parts(Section::Contacts, plain(label.to_owned(), parts), Target::Record(contact.row, contact.rev));
        for method in methods {
            let kind = show(Field::MethodKind, method.get(Field::MethodKind), &m.with);
            let value = show(Field::MethodValue, method.get(Field::MethodValue), &m.with);
            let line = Pieces::new(kind, value)
                .ink(if method.masked { Ink::Dim } else { Ink::Accent })
                .note(if method.masked { t::MASKED.of(lang) } else { "" });
            let target = Target::Field(method.row, Field::MethodValue, method.masked);
            m.text(Section::Contacts, line, target, 1);
        }
    }
}

/// The tags: type → name → value, with who or what set them (C1).
pub fn tags(m: &mut Maker, tags: &[TagRow]) {
    if tags.is_empty() {
        return;
    }
    let (lang, today) = (m.with.lang, m.with.now.today());
    m.heading(Section::Tags, t::TAGS, String::new());
    let mut kind = "";
    let mut name = "";
    for tag in tags {
        let label = if tag.path.kind == kind { "" } else { words::word("tag", &tag.path.kind, lang) };
        // type → name → value: what does not change is not said again
        let group = if label.is_empty() && tag.path.name == name {
            String::new()
        } else {
            format!("{}  ", g::name(&tag.path.name, lang))
        };
        (kind, name) = (&tag.path.kind, &tag.path.name);
        let hand = tag.ground.is_none() && tag.until.is_none();
        let on = |ms: i64| format::day(m.with.now.zone.day(from_ms(ms)), today);
        let note = match (&tag.ground, tag.until) {
            (Some(ground), _) => format!("{} · {}", g::DERIVED.of(lang), g::ground(ground, lang)),
            (None, Some(until)) => g::UNTIL.with(lang, &[&on(until)]),
            (None, None) => {
                let how = words::word("how", &tag.how, lang);
                let by = tag.by.as_deref().unwrap_or("");
                format!("{how} {by} {}", tag.at.map_or(String::new(), on)).replace("  ", " ")
            }
        };
        let value = g::value(&tag.path.name, &tag.path.value, lang).into_owned();
        let parts = vec![(group, Ink::Dim), (value, if hand { Ink::Plain } else { Ink::Accent })];
        let body = Body::Text { label: label.to_owned(), figure: None, parts, note };
        m.parts(Section::Tags, body, Target::Tag(tag.path.clone(), hand));
    }
}

/// One class per scheme, with how and since when.
pub fn classes(m: &mut Maker, classes: &[ClassRow]) {
    if classes.is_empty() {
        return;
    }
    let (lang, today) = (m.with.lang, m.with.now.today());
    m.heading(Section::Classes, t::CLASSES, String::new());
    for class in classes {
        let hand = class.how == "hand";
        let how = words::word("how", &class.how, lang);
        let value = words::word(&class.scheme, &class.value, lang);
        let reason = class.reason.as_deref().map_or(String::new(), |r| format!("  {r}"));
        let parts = vec![(value.to_owned(), Ink::Plain), (reason, Ink::Dim)];
        let mut note = how.to_owned();
        if let Some(since) = class.since {
            let since = format::day(m.with.now.zone.day(from_ms(since)), today);
            note = format!("{note} · {}", t::SINCE.with(lang, &[&since]));
        }
        if let Some(rule) = &class.by_rule {
            // set by hand against the rule: both are shown
            let rule = words::word(&class.scheme, rule, lang);
            note = format!("{note} · ≠ {}", s::WOULD_BE.with(lang, &[&rule]));
        }
        let label = words::word("scheme", &class.scheme, lang).to_owned();
        let body = Body::Text { label, figure: None, parts, note };
        m.parts(Section::Classes, body, Target::Class(class.scheme.clone(), hand));
    }
}
