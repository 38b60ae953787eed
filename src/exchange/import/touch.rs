//! A row of a ledger (A148). A promise of the last three months becomes a task, with its words where its date cannot be
//! told; an older one stays with the feedback, or a file of three years would bury tomorrow's work under promises long
//! kept or broken.

use chrono::{Days, NaiveDateTime};

use super::rows::{Cells, Parsed, Talk, What, newcomer};
use crate::domain::change::{NewTask, NewTouch};
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due, parse_written_actions};
use crate::domain::money::Fen;
use crate::domain::people::PersonId;
use crate::exchange::columns::Column;
use crate::exchange::{values, words};
use crate::i18n::{errors, exchange as t};

/// Promises due longer ago than this are history.
const HISTORY: Days = Days::new(90);

/// Reads a touch.
pub fn read(cells: &mut Cells<'_>) -> Option<Parsed> {
    let (now, lang) = (cells.setting.now, cells.setting.lang);
    let whose = cells.whose();
    let moment = moment(cells);
    let summary = cells.get(Column::Summary, values::text).or_else(|| cells.get(Column::Topic, values::text));
    if summary.is_none() && cells.problems.is_empty() {
        let column = if cells.has(Column::Summary) { Column::Summary } else { Column::Topic };
        let heading = cells.heading(column);
        cells.problems.push(t::ROW_FIELD.with(lang, &[&heading]));
    }
    let feedback = cells.get(Column::Feedback, values::text);
    let responded = cells.get(Column::Responded, values::yes_no);
    let answered = |text: &String| words::YES_NO.find(text) != Some("no");
    let channel = cells.get(Column::Channel, values::channel);
    let kind = cells.get(Column::Kind, |column, cell| values::word(column, cell, &words::TOUCH_KIND));
    let event_on = cells.get(Column::Event, values::date(now.zone));
    let resolved = cells.get(Column::Resolved, values::yes_no) == Some(true);
    let by = cells.person(Column::Owner).map(PersonId);
    let stranger = cells.strangers.last().cloned();
    let cost = cells.amount(Column::Cost).unwrap_or(0);
    let note = cells.joined(Column::Note, "\n");
    let Moment { at, counted, day_only } = moment?;
    let mut touch = NewTouch {
        customer: CustomerId(0),
        contact: None,
        at: now.zone.instant(at),
        channel: channel.map(ToOwned::to_owned),
        kind: kind.unwrap_or("proactive").to_owned(),
        topic: cells.get(Column::Topic, values::name),
        summary: summary?,
        responded: responded.unwrap_or_else(|| feedback.as_ref().is_some_and(answered)),
        feedback,
        cost: Fen(cost),
        product: cells.get(Column::Product, values::name),
        script: cells.get(Column::Script, values::name),
        coupon: None,
        gift: None,
        event_on,
        next: Vec::new(),
        closed: resolved,
        done: Vec::new(),
        by,
        override_reason: None,
        // which campaign a file means nobody here knows (`rows::HOMELESS`)
        campaign: None,
    };
    promises(cells, &mut touch, counted);
    if let Some(note) = note.filter(|note| *note != touch.summary) {
        add(&mut touch.feedback, &note);
    }
    cells.gap |= touch.channel.is_none() || (touch.next.is_empty() && !touch.closed);
    let contact = cells.get(Column::Contact, values::name);
    let make = newcomer(&whose, false);
    Some(What::Touch(Box::new(Talk { touch, contact, stranger, day_only })).of(whose, make))
}

/// When a touch took place.
struct Moment {
    /// When, for all that is known.
    at: NaiveDateTime,
    /// From when its promises count: the same at every reading.
    counted: NaiveDateTime,
    /// Only the day is given.
    day_only: bool,
}

/// When it took place; noon where only the day is given.
fn moment(cells: &mut Cells<'_>) -> Option<Moment> {
    let now = cells.setting.now;
    let Some((day, time)) = cells.get(Column::At, values::instant(now.zone)) else {
        if values::is_blank(cells.text(Column::At)) {
            let heading = cells.heading(Column::At);
            cells.problems.push(t::ROW_FIELD.with(cells.setting.lang, &[&heading]));
        }
        return None;
    };
    let day_only = time.is_none();
    let counted = match time {
        Some(time) => day.and_time(time),
        None => day.and_hms_opt(12, 0, 0)?,
    };
    // a day that has no time is over at the latest now
    let at = if day_only && day == now.today() { counted.min(now.local()) } else { counted };
    if at > now.local() {
        let (heading, text) = (cells.heading(Column::At), cells.text(Column::At));
        cells.problems.push(t::ROW_FUTURE.with(cells.setting.lang, &[&heading, &text]));
        return None;
    }
    Some(Moment { at, counted, day_only })
}

/// The next actions as tasks, or where they can stay.
fn promises(cells: &mut Cells<'_>, touch: &mut NewTouch, at: NaiveDateTime) {
    const NOTHING: &[&str] = &[
        "无",
        "没有",
        "无需跟进",
        "不用跟进",
        "已完成",
        "已结束",
        "none",
        "nothing",
        "no",
        "done",
        "closed",
    ];
    let lang = cells.setting.lang;
    let today = cells.setting.now.today();
    let Some(next) = cells.get(Column::Next, values::text) else { return };
    if NOTHING.iter().any(|word| word.eq_ignore_ascii_case(&next)) {
        touch.closed = true;
        return;
    }
    let old = today.checked_sub_days(HISTORY).unwrap_or(today);
    match parse_written_actions(&next, at, touch.event_on) {
        Ok(actions) if actions.iter().any(|action| action.resolved.due.day >= old) => {
            let task = |action: crate::domain::date::NextAction| NewTask {
                text: action.text,
                due: action.resolved.due,
                anchor: action.resolved.anchor,
            };
            touch.next = actions.into_iter().map(task).collect();
        }
        // The words are kept whole as a task of today, for somebody to give them a date, and the row is told with the reason,
        // in the dry run too: nobody sees a date before it is saved here, and to reject the row would lose the talk itself.
        Err(why) if at.date() >= old => {
            cells.gap = true;
            cells.warnings.push(errors::action(&why, lang));
            let text: String = t::NEXT_OPEN.with(lang, &[&next]).chars().take(200).collect();
            touch.next =
                vec![NewTask { text, due: Due { day: today, time: None }, anchor: Anchor::Absolute }];
        }
        _ => add(&mut touch.feedback, &t::NEXT_KEPT.with(lang, &[&next])),
    }
}

fn add(to: &mut Option<String>, line: &str) {
    *to = Some(match to.take() {
        Some(text) => format!("{text}\n{line}"),
        None => line.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::LABELS;
    use crate::i18n::Lang;

    #[test]
    fn the_store_knows_the_labels_of_promises_in_every_language() {
        for text in [t::NEXT_KEPT, t::NEXT_OPEN] {
            for lang in [Lang::En, Lang::Zh] {
                assert!(LABELS.contains(&text.with(lang, &[&""]).as_str()), "{}", text.of(lang));
            }
        }
    }
}
