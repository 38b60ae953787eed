//! One record as one line: its day is the label, its amount the figure, the rest a text. The table of fields says which
//! is which, so that a new noun needs nothing here but a heading.

use super::layout::Section;
use super::line::{Ink, Maker, Pieces, Target};
use crate::domain::field::{Field, Kind, Noun, Value};
use crate::i18n::entry::{Context, Named, show};
use crate::i18n::{Lang, Text, fields, format, profile as t, words};
use crate::store::request::{Profile, Record, RewardState};

/// The heading of a section of records.
const fn heading(noun: Noun) -> Text {
    match noun {
        Noun::Order => t::ORDERS,
        Noun::Quote => t::QUOTES,
        Noun::Refund => t::REFUNDS,
        Noun::Opening => t::OPENINGS,
        Noun::Contract => t::CONTRACTS,
        Noun::ImportantDate => t::DATES,
        Noun::Consent => t::CONSENTS,
        Noun::OptOut => t::OPT_OUTS,
        Noun::Referral => t::REFERRALS,
        Noun::Coupon => t::COUPONS,
        Noun::Membership => t::MEMBERSHIP,
        Noun::Activation => t::ACTIVATIONS,
        Noun::Browse => t::VIEWS,
        Noun::Complaint => t::COMPLAINTS,
        Noun::Survey => t::SURVEYS,
        Noun::Request => crate::i18n::complaints::REQUESTS,
        Noun::Budget => t::BUDGETS,
        Noun::Expense => t::EXPENSES,
        Noun::Overspend => t::OVERSPENT,
        Noun::Share => t::SHARES,
        other => fields::noun(other),
    }
}

/// The lines of a section, at most `most` records of it; products stand below their order.
pub fn section(m: &mut Maker, noun: Noun, rows: &[Record], lines: &[(i64, Record)], most: usize) {
    let section = Section::Records(noun);
    let count = format::count(i64::try_from(rows.len()).unwrap_or(0));
    m.heading(section, heading(noun), if rows.len() > 1 { count } else { String::new() });
    let mut newest: Vec<&Record> = rows.iter().collect();
    newest.sort_by_key(|record| std::cmp::Reverse(day(record)));
    for record in newest.into_iter().take(most) {
        let line = line(record, &m.with);
        let line = match m.rewards.iter().find(|(id, _)| noun == Noun::Referral && *id == record.row.id) {
            Some((_, state)) => rewarded(line, *state, m.with.lang),
            None => line,
        };
        m.text(section, line, Target::Record(record.row, record.rev), 2);
        for (_, product) in lines.iter().filter(|(order, _)| *order == record.row.id) {
            let said = product_line(product, &m.with);
            m.text(section, said, Target::Record(product.row, product.rev), 2);
        }
    }
    if rows.len() > most {
        let line =
            Pieces::new("", t::MORE.with(m.with.lang, &[&(rows.len() - most), &"Enter"])).ink(Ink::Dim);
        m.text(section, line, Target::More(noun), 1);
    }
}

/// The line of a referral with how far its reward is.
fn rewarded(line: Pieces, state: RewardState, lang: Lang) -> Pieces {
    let ink = match state {
        RewardState::Due => Ink::Warn,
        RewardState::Given => Ink::Good,
        _ => Ink::Plain,
    };
    let said = t::reward(state).of(lang);
    let text = if line.text.is_empty() { said.to_owned() } else { format!("{} · {said}", line.text) };
    Pieces { text, ..line }.ink(ink)
}

/// The day by which a record stands in its section.
fn day(record: &Record) -> Option<chrono::NaiveDate> {
    record.values.iter().find_map(|(_, value)| match value {
        Value::Day(day) => Some(*day),
        Value::Due(due) => Some(due.day),
        Value::Moment(ms) => Some(crate::domain::clock::from_ms(*ms).date_naive()),
        _ => None,
    })
}

/// A record as the pieces of a line.
pub fn line(record: &Record, with: &Context) -> Pieces {
    if record.row.noun == Noun::ImportantDate {
        return date(record, with);
    }
    let (mut label, mut figure, mut parts) = (None, None, Vec::new());
    let mut hidden = false;
    for (field, value) in &record.values {
        let spec = field.spec();
        let masked = record.masked && spec.private;
        hidden |= masked;
        let text = if masked && *value == Value::None { "***".to_owned() } else { show(*field, value, with) };
        if text.is_empty() {
            continue;
        }
        match spec.kind {
            Kind::Day | Kind::PastDay | Kind::When if label.is_none() => label = Some(text),
            Kind::Moment if label.is_none() => label = Some(text.split(' ').next().unwrap_or("").to_owned()),
            Kind::Money if figure.is_none() => figure = Some(text),
            // a figure without its name says nothing
            Kind::Day | Kind::PastDay | Kind::When | Kind::Moment | Kind::Money | Kind::Int | Kind::Flag => {
                parts.push(format!("{} {text}", fields::label(*field).of(with.lang)));
            }
            _ => parts.push(text.replace('\n', " ")),
        }
    }
    let ink = match record.get(Field::OrderStatus).as_text().or(record.get(Field::QuoteState).as_text()) {
        Some("cancelled" | "lost") => Ink::Dim,
        _ => Ink::Plain,
    };
    let figure = if fields_has_money(record.row.noun) { Some(figure.unwrap_or_default()) } else { figure };
    Pieces::new(label.unwrap_or_default(), parts.join(" · ")).figure(figure).ink(ink).note(if hidden {
        t::MASKED.of(with.lang)
    } else {
        ""
    })
}

/// A product of an order: `扫码枪HS-1 × 3 · 单价200元`.
fn product_line(record: &Record, with: &Context) -> Pieces {
    let text = |field: Field| show(field, record.get(field), with);
    let mut parts = vec![format!("{} × {}", text(Field::LineProduct), text(Field::LineQuantity))];
    parts.extend(Some(text(Field::LineCategory)).filter(|text| !text.is_empty()));
    if record.masked {
        parts.push(t::MASKED.of(with.lang).to_owned());
    } else if *record.get(Field::LineGift) == Value::Flag(true) {
        parts.push(fields::label(Field::LineGift).of(with.lang).to_owned());
    } else if !matches!(record.get(Field::LineUnit), Value::Money(fen) if fen.0 == 0) {
        parts.push(t::EACH.with(with.lang, &[&text(Field::LineUnit)]));
    }
    Pieces::new("", format!("└ {}", parts.join(" · "))).ink(Ink::Dim)
}

/// Whether the records of a noun have an amount, so that their figures stand in one column.
fn fields_has_money(noun: Noun) -> bool {
    crate::domain::field::fields_of(noun).any(|f| f.kind == Kind::Money)
}

/// `生日 陈总 农历 5月20日 (1980) · 提前3天`.
fn date(record: &Record, with: &Context) -> Pieces {
    let lang = with.lang;
    let text = |field: Field| show(field, record.get(field), with);
    let day = t::MONTH_DAY.with(lang, &[&text(Field::DateMonth), &text(Field::DateDay)]);
    let whose = [text(Field::DateLabel), text(Field::DateContact)];
    let lunar = record.get(Field::DateCalendar).as_text() == Some("lunar");
    let calendar = if lunar { words::word("calendar", "lunar", lang) } else { "" };
    let year = text(Field::DateYear);
    let year = if year.is_empty() { year } else { t::BORN.with(lang, &[&year]) };
    let parts: Vec<&str> = [calendar, &day, &year]
        .into_iter()
        .chain(whose.iter().map(String::as_str))
        .filter(|p| !p.is_empty())
        .collect();
    let lead = text(Field::DateLead);
    let note = if lead.is_empty() { lead } else { t::LEAD.with(lang, &[&lead]) };
    Pieces::new(text(Field::DateKind), parts.join(" ")).note(note)
}

/// The contacts of a profile as fields name them.
pub fn contacts(profile: &Profile) -> Vec<Named> {
    let name = |contact: &Record| contact.get(Field::ContactName).as_text().unwrap_or_default().to_owned();
    profile.contacts.iter().map(|(c, _)| Named { id: c.row.id, names: vec![name(c)] }).collect()
}
