//! The lines of a profile: a pure function of what the store has answered, the language and the size of the screen. Each
//! line says in which section and column it stands, what it shows, and what it stands for.

use super::super::super::command::Command;
use super::super::super::shared::{Shared, context};
use super::layout::{Section, layout};
use super::line::{Body, Ink, Line, Maker, Pieces, Target};
use super::{advice, history, records, who};
use crate::domain::budget::{Spent, Standing};
use crate::domain::field::{Field, Noun, Row};
use crate::i18n::entry::{Named, show};
use crate::i18n::{campaigns, forecast, format, guard, ledger, profile as t, shell, words};
use crate::store::request::{Profile, Record, TaskRow};

/// Rows of the chart of spend; its axis is one more.
pub const CHART_ROWS: usize = 3;
/// Records of a section that are shown before the rest is asked for.
const FEW: usize = 12;

/// The lines of a profile; `whole` is the section whose records all show.
pub fn lines(profile: &Profile, whole: Option<Noun>, s: &Shared) -> Vec<Line> {
    let people = s.people();
    let contacts = records::contacts(profile);
    let customers: Vec<Named> =
        profile.names.iter().map(|(id, name)| Named { id: *id, names: vec![name.clone()] }).collect();
    let with = context(s, &people, &contacts, &customers);
    // a key without its word is a riddle
    let named = |command: Command| match s.key(command) {
        key if key.is_empty() => key,
        key => format!("{key} {}", command.spec().text.of(s.lang)),
    };
    let (check_key, wishes_key) = (named(Command::Check), named(Command::Wishes));
    let mut m = Maker {
        lines: Vec::new(),
        layout: layout(s.size, s.lang),
        with,
        check_key,
        wishes_key,
        rewards: &profile.rewards,
    };
    alerts(&mut m, profile);
    promises(&mut m, profile);
    who::basics(&mut m, profile);
    who::contacts(&mut m, profile);
    advice::lines(&mut m, profile);
    who::tags(&mut m, &profile.tags);
    who::classes(&mut m, &profile.classes);
    spend(&mut m, profile);
    budget(&mut m, profile);
    for (noun, rows) in &profile.sections {
        let products = if *noun == Noun::Order { profile.order_lines.as_slice() } else { &[] };
        records::section(&mut m, *noun, rows, products, if whole == Some(*noun) { usize::MAX } else { FEW });
    }
    if !profile.referred.is_empty() {
        m.heading(Section::Referred, t::REFERRED, String::new());
        for (code, name) in &profile.referred {
            let line = Pieces::new(code.clone(), name.clone());
            m.text(Section::Referred, line, Target::Customer(code.clone()), 1);
        }
    }
    history::timeline(&mut m, profile, &s.key(Command::Log));
    // columns stand one after another in the list; within one the order stays
    m.lines.sort_by_key(|l| l.column);
    m.lines
}

/// The records of a noun.
pub(super) fn of(profile: &Profile, noun: Noun) -> &[Record] {
    profile.sections.iter().find(|(n, _)| *n == noun).map(|(_, r)| r.as_slice()).unwrap_or_default()
}

/// What one has to know before a word is said: complaints, opt-outs, withdrawn consent.
fn alerts(m: &mut Maker, profile: &Profile) {
    let lang = m.with.lang;
    let mut rows: Vec<(Pieces, Target)> = Vec::new();
    for record in of(profile, Noun::Complaint) {
        if record.get(Field::ComplaintState).as_text() != Some("resolved") {
            let text = show(Field::ComplaintSummary, record.get(Field::ComplaintSummary), &m.with);
            let state = show(Field::ComplaintState, record.get(Field::ComplaintState), &m.with);
            let line = Pieces::new(t::OPEN_COMPLAINT.of(lang), text).ink(Ink::Bad).note(state);
            rows.push((line, Target::Record(record.row, record.rev)));
        }
    }
    for record in of(profile, Noun::OptOut) {
        let channel = record.get(Field::OptOutChannel).as_text().unwrap_or("all");
        let word = words::word("channel", channel, lang);
        let text = if channel == "all" {
            shell::QUIET.of(lang).to_owned()
        } else {
            shell::OPTED_OUT.with(lang, &[&word])
        };
        let since = show(Field::OptOutSince, record.get(Field::OptOutSince), &m.with);
        let line = Pieces::new("", text).ink(Ink::Bad).note(t::SINCE.with(lang, &[&since]));
        rows.push((line, Target::Record(record.row, record.rev)));
    }
    for record in of(profile, Noun::Consent).iter().take(1) {
        if record.get(Field::ConsentState).as_text() == Some("withdrawn") {
            let line = Pieces::new("", t::CONSENT_WITHDRAWN.of(lang)).ink(Ink::Bad);
            rows.push((line, Target::Record(record.row, record.rev)));
        }
    }
    if profile.standing.suspended {
        rows.push((Pieces::new("", guard::SUSPENDED.of(lang)).ink(Ink::Bad), Target::Words(4)));
    }
    rows.extend(advice::hands(m, profile).map(|line| (line, Target::Words(9))));
    if rows.is_empty() {
        return;
    }
    m.heading(Section::Alerts, t::ALERTS, String::new());
    for (line, target) in rows {
        m.text(Section::Alerts, line, target, 3);
    }
}

fn promises(m: &mut Maker, profile: &Profile) {
    let open: Vec<&TaskRow> = profile.tasks.iter().filter(|k| k.state == "open").collect();
    if open.is_empty() {
        return;
    }
    m.heading(Section::Promises, t::PROMISES, String::new());
    let (today, lang) = (m.with.now.today(), m.with.lang);
    for task in open {
        let time = task.time.map_or(String::new(), |t| format!(" {}", format::time(t)));
        let late = if task.overdue && task.due != today {
            format!("{} ", shell::LATE_WORD.of(lang))
        } else {
            String::new()
        };
        let label = if late.is_empty() {
            format!("{}{time}", format::near_day(task.due, today, lang))
        } else {
            format!("{late}{}{time}", format::day(task.due, today))
        };
        let ink = match (task.overdue, task.due <= today) {
            (true, _) => Ink::Bad,
            (false, true) => Ink::Warn,
            _ => Ink::Plain,
        };
        let note = match (task.snoozed_until, &task.snooze_reason) {
            (Some(day), why) if day > today => {
                t::PUT_ASIDE.with(lang, &[&format::day(day, today), &why.as_deref().unwrap_or("")])
            }
            _ => task.owner.clone(),
        };
        let row = Row { noun: Noun::Task, id: task.id };
        let target = Target::Task(row, task.rev, task.task.clone(), true);
        m.text(
            Section::Promises,
            Pieces::new(label, ledger::task(task.cause.as_deref(), &task.text, lang)).ink(ink).note(note),
            target,
            3,
        );
    }
}

/// What the year has cost against its budget, once anything was spent, asked for or approved, or is missing (A123).
fn budget(m: &mut Maker, profile: &Profile) {
    let Some(row) = &profile.budget else { return };
    let asked = row.pending.is_some() || row.approved_by.is_some();
    let nothing = row.spent == Spent::default() && !asked && row.explanation.is_none();
    if nothing && row.standing == Standing::Within {
        return;
    }
    let lang = m.with.lang;
    let ink = match row.standing {
        Standing::Overrun => Ink::Bad,
        Standing::Under => Ink::Warn,
        Standing::Within => Ink::Plain,
    };
    let heading = campaigns::BUDGET_OF.with(lang, &[&row.year]);
    m.titled(Section::Budget, heading, String::new());
    let line = Pieces::new("", campaigns::budget(row, lang)).ink(ink);
    m.text(Section::Budget, line, Target::Words(3), 3);
}

fn spend(m: &mut Maker, profile: &Profile) {
    let lang = m.with.lang;
    let row = &profile.row;
    let Some(months) = &profile.months else {
        m.heading(Section::Spend, t::SPEND, String::new());
        m.text(Section::Spend, Pieces::new("", t::HIDDEN_AMOUNTS.of(lang)).ink(Ink::Dim), Target::None, 2);
        return;
    };
    let drawn = months.iter().any(|(_, fen)| fen.0 > 0);
    let year = row.spend_12m.unwrap_or_default();
    if !drawn && year.0 == 0 && profile.total.is_none_or(|total| total.0 == 0) {
        return;
    }
    let mut sums = vec![t::TWELVE_MONTHS.with(lang, &[&format::yuan(year)])];
    sums.extend(profile.total.map(|total| t::ALL_TOGETHER.with(lang, &[&format::yuan(total)])));
    let mut rhythm = Vec::new();
    if row.per_year > 0 {
        rhythm.push(t::ORDERS_A_YEAR.with(lang, &[&row.per_year]));
    }
    let today = m.with.now.today();
    rhythm.extend(row.last_order.map(|day| t::LAST_ORDER.with(lang, &[&format::day(day, today)])));
    m.heading(Section::Spend, t::SPEND, String::new());
    rhythm.extend(forecast::rhythm(profile, lang));
    let chance = forecast::chance(profile.chance.as_ref(), today, lang);
    let lines = [sums, rhythm].map(|words| words.join(" · ")).into_iter().chain(chance);
    for (n, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let target = Target::Words(u8::try_from(n + 1).unwrap_or(u8::MAX));
        m.text(Section::Spend, Pieces::new("", line), target, 2);
    }
    if drawn {
        for line in 0..=CHART_ROWS {
            m.parts(Section::Spend, Body::Chart(line), Target::None);
        }
    }
}
