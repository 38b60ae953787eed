//! The timeline of a profile, the newest first: touches with what was said, answered and promised, orders, tasks done,
//! and the changes that nothing else shows.

use super::layout::Section;
use super::line::{Ink, Maker, Pieces, Target};
use super::records;
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Noun, Row, Value};
use crate::i18n::entry::show;
use crate::i18n::{audit, fields, format, guard, handover, ledger, profile as t, shell, words};
use crate::store::request::{Deed, Passage, Profile, Record, TaskRow, TouchRow};

/// What happened.
enum Event<'p> {
    Touch(&'p TouchRow),
    Order(&'p Record),
    Done(&'p TaskRow),
    Passage(&'p Passage),
    Deed(&'p Deed),
}

/// Changes that the timeline shows in another shape already.
const SHOWN_ELSEWHERE: &[&str] = &[
    "log",
    "unanswered",
    "done",
    "add",
    "plan",
    "undo",
    "redo",
    "note_dispute",
    "hand_over",
    "accept_hand_over",
    "decline_hand_over",
    "confirm_hand_over",
    "take_back",
    "tick_hand_over",
];

/// Adds the timeline.
pub fn timeline(m: &mut Maker, profile: &Profile, log_key: &str) {
    let zone = m.with.now.zone;
    let mut events: Vec<(i64, Event)> =
        profile.touches.iter().map(|touch| (touch.at, Event::Touch(touch))).collect();
    for (noun, rows) in &profile.sections {
        if *noun == Noun::Order {
            for order in rows {
                if let Value::Day(day) = order.get(Field::OrderDay) {
                    events.push((zone.start(*day).timestamp_millis(), Event::Order(order)));
                }
            }
        }
    }
    events.extend(profile.tasks.iter().filter_map(|k| Some((k.done_at?, Event::Done(k)))));
    let deeds = profile.history.iter().filter(|d| !d.undone && !SHOWN_ELSEWHERE.contains(&d.verb.as_str()));
    events.extend(deeds.map(|d| (d.at, Event::Deed(d))));
    events.extend(profile.passages.iter().map(|p| (p.at, Event::Passage(p))));
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    m.heading(Section::Timeline, t::TIMELINE, String::new());
    if profile.touches.is_empty() {
        let text = t::NO_TOUCH.with(m.with.lang, &[&log_key]);
        m.text(Section::Timeline, Pieces::new("", text).ink(Ink::Dim), Target::Words(3), 2);
    }
    for (at, event) in events {
        let when = format::day(zone.day(from_ms(at)), m.with.now.today());
        match event {
            Event::Touch(row) => touch(m, when, row),
            Event::Order(order) => {
                let line = records::line(order, &m.with);
                let word = fields::noun(Noun::Order).of(m.with.lang);
                let amount = line.figure.unwrap_or_default();
                let text = format!("{word} {amount} {}", line.text);
                let line = Pieces::new(when, text).ink(Ink::Accent);
                m.text(Section::Timeline, line, Target::Record(order.row, order.rev), 2);
            }
            Event::Done(task) => {
                let what = ledger::task(task.cause.as_deref(), &task.text, m.with.lang);
                let line = Pieces::new(when, format!("✓ {what}")).ink(Ink::Good).note(task.owner.clone());
                let row = Row { noun: Noun::Task, id: task.id };
                let target = Target::Task(row, task.rev, task.task.clone(), false);
                m.text(Section::Timeline, line, target, 2);
            }
            Event::Passage(passage) => passed(m, when, passage),
            Event::Deed(change) => deed(m, when, change),
        }
    }
}

fn touch(m: &mut Maker, when: String, touch: &TouchRow) {
    let lang = m.with.lang;
    let channel = touch.channel.as_deref().map_or("—", |id| words::word("channel", id, lang));
    let late = if touch.late { format!(" · {}", t::LATE_ENTRY.of(lang)) } else { String::new() };
    let answer = if touch.responded { "" } else { shell::UNANSWERED.of(lang) };
    let said =
        if answer.is_empty() { touch.summary.clone() } else { format!("{} ({answer})", touch.summary) };
    let who = touch.contact.as_ref().map_or(String::new(), |c| format!("{c} · "));
    let line = Pieces::new(when, format!("{channel}  {said}")).note(format!("{who}{}{late}", touch.person));
    let target = Target::Record(Row { noun: Noun::Touch, id: touch.id }, touch.rev);
    m.text(Section::Timeline, line, target, 4);
    if let Some(feedback) = &touch.feedback {
        let line = Pieces::new("", format!("「{feedback}」")).ink(Ink::Good);
        m.text(Section::Timeline, line, Target::None, 3);
    }
    for outcome in &touch.outcomes {
        let day = format::day(m.with.now.zone.day(from_ms(outcome.at)), m.with.now.today());
        let word = words::word("touch_outcome", &outcome.kind, lang);
        let note = outcome.note.as_deref().unwrap_or_default();
        let line = Pieces::new("", format!("{day} {word} {note}")).ink(Ink::Accent);
        m.text(Section::Timeline, line, Target::None, 2);
    }
    if let Some(reason) = &touch.override_reason {
        let line = Pieces::new("", guard::OF_BREACH.with(lang, &[reason])).ink(Ink::Warn);
        m.text(Section::Timeline, line, Target::None, 2);
    }
    if !touch.next.is_empty() {
        m.text(
            Section::Timeline,
            Pieces::new("", format!("→ {}", touch.next)).ink(Ink::Dim),
            Target::None,
            2,
        );
    }
}

/// The customer went from one person to another, and why.
fn passed(m: &mut Maker, when: String, passage: &Passage) {
    let lang = m.with.lang;
    let word = words::word("verb", "hand_over", lang);
    let mut text = format!("{word}  {}", handover::PASSED.with(lang, &[&passage.from, &passage.to]));
    if passage.back {
        text = format!("{text} {}", handover::GONE_BACK.of(lang));
    }
    if let Some(reason) = &passage.reason {
        text = format!("{text} · {reason}");
    }
    m.text(Section::Timeline, Pieces::new(when, text).ink(Ink::Accent), Target::None, 2);
}

fn deed(m: &mut Maker, when: String, deed: &Deed) {
    let verb = audit::done(&deed.verb, deed.noun, m.with.lang);
    let fields: Vec<String> = deed
        .fields
        .iter()
        .filter(|edited| edited.was != edited.to)
        .take(4)
        .map(|edited| {
            let (before, after) =
                (show(edited.field, &edited.was, &m.with), show(edited.field, &edited.to, &m.with));
            let label = edited.own.as_deref().unwrap_or_else(|| fields::label(edited.field).of(m.with.lang));
            if before.is_empty() {
                format!("{label} {after}")
            } else {
                format!("{label} {before} → {after}")
            }
        })
        .collect();
    let text = format!("{verb}  {}", fields.join(" · "));
    let line = Pieces::new(when, text.trim_end().to_owned()).ink(Ink::Dim).note(deed.person.clone());
    m.text(Section::Timeline, line, Target::Deed(deed.id), 2);
}
