//! Name, address, contacts with their phones, tags and consent of a customer.

use fastrand::Rng;

use super::chance::one;
use super::life::{Life, Plan};
use super::names::{PersonName, Written, abroad, landline};
use super::sample;
use super::scene::Pen;
use super::talks::polite;
use super::words::TagGroup;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{Consent, Contact, Customer, CustomerTag, Day, Method, OptOut};

/// Titles of people with whom one speaks English.
const TITLES: &[&str] = &[
    "Purchasing Manager",
    "Operations Director",
    "Warehouse Manager",
    "IT Manager",
    "Managing Director",
    "Buyer",
];

/// Writes the customer and its people; gives how one speaks of the key contact.
pub fn write(pen: &mut Pen, life: &Life, code: String, bundle: &mut Bundle) -> String {
    let mut rng = pen.rng.fork();
    let rng = &mut rng;
    let firm = if life.english {
        pen.register.english(rng).unwrap_or_default()
    } else if life.shop {
        pen.register.shop(life.trade, life.place, rng)
    } else {
        pen.register.company(life.trade, life.place, rng)
    };
    let staff = staff(life, rng);
    let entered_by = pen.scene.staff.colleague(life.owner, rng);
    let entered_by = if rng.u8(0..3) > 0 { life.owner } else { entered_by };
    let checked = life.created > 4 && rng.u8(0..100) < 72;
    let cal = &pen.scene.cal;
    let created_at = cal.at(cal.back(life.created), cal.minute_of(life.created, rng));
    let abroad = rng.choice(&pen.scene.words.names.english_places);
    bundle.customer = Customer {
        id: life.id,
        code: code.into(),
        name: firm.name.into(),
        kind: "company".into(),
        industry: Some(life.trade.main.as_str().into()),
        industry_std: (rng.u8(0..10) > 0).then(|| life.trade.standard.as_str().into()),
        employees: (rng.u8(0..10) > 0).then_some(staff),
        revenue_fen: (rng.u8(0..10) > 4).then(|| staff * rng.i64(18..70) * 1_000_000),
        size: None,
        region: Some(abroad.filter(|_| life.english).map_or(life.place.city.as_str(), |p| &p.0).into()),
        address: (!life.english).then(|| address(pen, life, rng).into()),
        website: (!life.shop && rng.u8(0..3) > 0).then(|| format!("www.{}", firm.domain).into()),
        source: Some(source(rng).into()),
        owner_id: life.owner,
        first_owner_id: Some(life.owner),
        state: Some(state(life, rng).into()),
        depth: depth(life, rng).map(Into::into),
        relation: relation(life, rng).map(Into::into),
        need: (rng.u8(0..3) == 0).then(|| pick(rng, &["standard", "standard", "custom", "demanding"]).into()),
        channel: Some(preferred(life, rng).into()),
        note: note(pen, life, rng),
        entered_by: Some(entered_by),
        checked_by: checked.then(|| pen.scene.staff.colleague(entered_by, rng)).filter(|c| *c != entered_by),
        checked_at: None,
        created_at,
        ..Customer::default()
    };
    if bundle.customer.checked_by.is_some() {
        bundle.customer.checked_at = Some(created_at + rng.i64(20..3_000) * 60_000);
    } else if entered_by != sample::WHO {
        bundle.customer.checked_at = sample::looked_through(cal, life.id, life.created);
        bundle.customer.checked_by = bundle.customer.checked_at.map(|_| sample::WHO);
    }
    let start = abroad.map_or("+44 20 7946 0", |p| &p.1);
    let named = people(pen, life, &firm.domain, start, bundle, rng);
    tags(pen, life, bundle, rng);
    consent(pen, life, bundle, rng);
    named
}

fn pick<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    rng.choice(words).copied().unwrap_or_default()
}

/// Head counts: many small firms, few big ones.
fn staff(life: &Life, rng: &mut Rng) -> i64 {
    let (low, high) = life.trade.staff;
    if life.shop {
        return rng.i64(2..12);
    }
    let spread = (high as f64 / low as f64).ln();
    // who buys much is rather a big one
    let size = rng.f64() * 0.5 + 0.5 * (life.yearly as f64 / life.trade.benchmark as f64 / 2.2).min(1.0);
    ((low as f64) * (spread * size).exp()) as i64
}

fn address(pen: &Pen, life: &Life, rng: &mut Rng) -> String {
    let district = one(rng, &life.place.districts);
    let street = one(rng, &pen.scene.words.names.streets);
    let number = rng.u32(1..1_900);
    let tail = match rng.u8(0..6) {
        0 if !life.shop => format!("{}号楼", rng.u8(1..19)),
        1 if !life.shop => format!("{}栋{}层", rng.u8(1..19), rng.u8(1..9)),
        _ => String::new(),
    };
    format!(
        "{}{district}{street}{number}号{tail}",
        if life.place.city == district { "" } else { &life.place.city }
    )
}

fn source(rng: &mut Rng) -> &'static str {
    match rng.u8(0..100) {
        0..=21 => "advertising",
        22..=35 => "promotion",
        36..=60 => "event",
        61..=82 => "referral",
        _ => "other",
    }
}

fn state(life: &Life, rng: &mut Rng) -> &'static str {
    match life.plan {
        Plan::Prospect if life.created < 12 => "to_contact",
        Plan::Prospect => {
            pick(rng, &["to_contact", "talking", "talking", "talking", "quoted", "quoted", "waiting"])
        }
        Plan::Active => pick(rng, &["won", "won", "won", "won", "won", "talking", "quoted"]),
        Plan::Quiet(days) if days > 370 => "closed",
        Plan::Quiet(_) => "waiting",
    }
}

fn depth(life: &Life, rng: &mut Rng) -> Option<&'static str> {
    match life.plan {
        Plan::Active if life.yearly > life.trade.benchmark * 5 / 2 => Some("strategic"),
        Plan::Active if rng.bool() => Some("cooperative"),
        Plan::Active if life.created < 120 => Some("trial"),
        _ => None,
    }
}

fn relation(life: &Life, rng: &mut Rng) -> Option<&'static str> {
    match life.plan {
        Plan::Active if life.yearly > life.trade.benchmark * 3 / 2 => Some("relational"),
        Plan::Active | Plan::Quiet(_) if rng.u8(0..5) < 2 => Some("transactional"),
        _ => None,
    }
}

fn preferred(life: &Life, rng: &mut Rng) -> &'static str {
    if life.english {
        pick(rng, &["email", "email", "phone", "video"])
    } else if life.shop {
        pick(rng, &["wechat", "wechat", "wechat", "phone", "sms"])
    } else {
        pick(rng, &["phone", "phone", "wechat", "wechat", "wecom", "visit", "email"])
    }
}

fn note(pen: &Pen, life: &Life, rng: &mut Rng) -> Option<crate::store::fill::rows::Text> {
    let words = pen.scene.words;
    let talks = if life.english { &words.english } else { &words.chinese };
    (!life.shop && rng.u8(0..5) == 0).then(|| one(rng, &talks.notes.customer).into())
}

fn people(
    pen: &mut Pen,
    life: &Life,
    domain: &str,
    start: &str,
    bundle: &mut Bundle,
    rng: &mut Rng,
) -> String {
    let count = if life.shop { 1 } else { rng.usize(1..4).min(rng.usize(1..4)) };
    let mut spoken = String::new();
    let mut titles: Vec<&'static str> = Vec::new();
    for n in 0..count {
        let name = if life.english { pen.register.foreigner(rng) } else { pen.register.person(rng) };
        let mut title = if life.english { pick(rng, TITLES) } else { one(rng, &life.trade.titles) };
        if life.shop {
            title = pick(rng, &["店长", "店长", "老板", "老板", "采购"]);
        }
        if titles.contains(&title) {
            continue;
        }
        titles.push(title);
        if n == 0 {
            spoken = if life.english { name.name.clone() } else { polite(&name.name, title) };
        }
        let id = pen.contact_id();
        let confirmed = rng.u8(0..3) > 0 && life.plan != Plan::Prospect;
        let cal = &pen.scene.cal;
        let when = rng.i32(0..300).min(life.created);
        let confirmed_at = cal.at(cal.back(cal.working(when)), 17 * 60).min(cal.now);
        bundle.contacts.push(Contact {
            id,
            customer_id: life.id,
            name: name.name.clone().into(),
            title: Some(title.into()),
            is_key: n == 0,
            note: None,
            confirmed_by: confirmed.then_some(life.owner),
            confirmed_at: confirmed.then_some(confirmed_at),
        });
        methods(pen, life, id, n == 0, &name, (domain, start), bundle, rng);
    }
    spoken
}

#[expect(clippy::too_many_arguments, reason = "one contact in one place")]
fn methods(
    pen: &mut Pen,
    life: &Life,
    contact: i64,
    key: bool,
    name: &PersonName,
    (domain, start): (&str, &str),
    bundle: &mut Bundle,
    rng: &mut Rng,
) {
    let mut add = |kind: &'static str, value: String, digits: Option<String>| {
        bundle.methods.push(Method {
            customer_id: life.id,
            contact_id: contact,
            kind: kind.into(),
            value: value.into(),
            digits: digits.map(Into::into),
        });
    };
    if life.english {
        let Written { value, digits } = abroad(start, rng);
        add("landline", value, Some(digits));
        add("email", format!("{}@{domain}", name.letters), None);
        return;
    }
    let mobile = pen.register.mobile(rng);
    if key && !life.shop && rng.u8(0..100) < 45 || rng.u8(0..100) < 8 {
        let Written { value, digits } = landline(life.place, rng);
        add("landline", value, Some(digits));
    }
    let wechat = match rng.u8(0..5) {
        0 | 1 => Some(mobile.digits.clone()),
        2 => Some(format!("{}_{:03}", name.letters, rng.u16(0..1_000))),
        _ => None,
    };
    add("mobile", mobile.value, Some(mobile.digits));
    if let Some(wechat) = wechat {
        add("wechat", wechat, None);
    }
    if !life.shop && rng.u8(0..100) < 38 {
        add("email", format!("{}@{domain}", name.letters), None);
    }
}

/// Two to four tags, of different kinds, as colleagues put them on.
fn tags(pen: &Pen, life: &Life, bundle: &mut Bundle, rng: &mut Rng) {
    let groups: &'static [TagGroup] = &pen.scene.words.tags;
    let mut first = 1;
    for group in groups {
        let count = i64::try_from(group.values.len()).unwrap_or(1).max(1);
        let bought = group.by.is_none() || life.plan != Plan::Prospect;
        let office = group.name != "企业性质" || (!life.shop && !life.english);
        if life.has(&group.places) && bought && office && rng.u8(0..100) < 36 {
            let cal = &pen.scene.cal;
            let when = rng.i32(0..400).min(life.created);
            let at = cal.at(cal.back(cal.working(when)), 16 * 60).min(cal.now);
            // the first values of a list are the common ones
            let value =
                if group.by.is_some() { often(life.rate) } else { rng.i64(0..count).min(rng.i64(0..count)) };
            bundle.tags.push(CustomerTag {
                customer_id: life.id,
                tag_id: first + value.min(count - 1),
                how: "hand".into(),
                by_id: Some(life.owner),
                at,
            });
        }
        first += count;
    }
}

/// The place of a rate of orders among month, quarter, half-year and year.
fn often(rate: f64) -> i64 {
    match rate {
        8.0.. => 0,
        3.0.. => 1,
        1.6.. => 2,
        _ => 3,
    }
}

fn consent(pen: &Pen, life: &Life, bundle: &mut Bundle, rng: &mut Rng) {
    let cal = &pen.scene.cal;
    let talks = if life.english { &pen.scene.words.english } else { &pen.scene.words.chinese };
    let given = rng.u8(0..100);
    let on = Day(cal.back(life.created - rng.i32(0..20).min(life.created)));
    if given < 64 {
        bundle.consents.push(Consent {
            customer_id: life.id,
            state: if given < 2 { "withdrawn" } else { "given" }.into(),
            purpose: Some(one(rng, &talks.notes.consent_purpose).into()),
            way: Some(one(rng, &talks.notes.consent_way).into()),
            given_on: Some(on),
            by_id: Some(life.owner),
        });
    }
    let out = match rng.u16(0..1_000) {
        0..=5 if life.plan != Plan::Active => "all",
        6..=35 => "sms",
        36..=43 => "email",
        44..=49 => "phone",
        _ => return,
    };
    // what was sent before the wish came is no breach: it came yesterday or today
    let since = Day(cal.back(rng.i32(0..2)));
    let way = Some(if life.english { "by mail" } else { "短信退订" }.into());
    bundle.opt_outs.push(OptOut { customer_id: life.id, channel: out.into(), since, way });
}
