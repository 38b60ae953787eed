//! `guanxi due` and `guanxi done`: the day's follow-ups, and ticking them off. A task is named by its number; what stands
//! there because of a date or of silence by its cause, as `due` shows it.

use serde::Serialize;

use super::shell::{Desk, Done, Shell, Stop};
use super::table::{Side, short};
use crate::domain::change::{Change, TaskRef};
use crate::domain::field::{Field, Noun, Row};
use crate::domain::people::PersonId;
use crate::domain::queue::{Item, Queue, Reason};
use crate::i18n::{Lang, cli as t, fields, format, ledger, words};
use crate::store::request::{Answer, Query};

/// One follow-up for machines.
#[derive(Serialize)]
struct Line<'a> {
    task: String,
    #[serde(flatten)]
    item: &'a Item,
    overdue: bool,
    /// How many more are due than this list holds; the same on every line, since the list itself is an array.
    more: usize,
}

/// Lists what is due.
pub fn due(shell: &mut Shell, owner: Option<&str>, all: bool) -> Done {
    let desk = shell.read()?;
    let owner = owner.map(|name| desk.person(name)).transpose()?;
    let queue = shell.patiently(t::COUNTING_FIRST, || queue(&desk, owner, all))?;
    let lang = shell.lang;
    if shell.json {
        let rows: Vec<Line<'_>> = queue
            .today
            .iter()
            .map(|item| Line {
                task: name(&item.task),
                item,
                overdue: item.is_overdue(desk.now),
                more: queue.over,
            })
            .collect();
        shell.document(&rows)?;
        more(shell, &queue);
        return Ok(());
    }
    if queue.today.is_empty() {
        shell.say(t::DUE_NONE.of(lang));
        return Ok(());
    }
    let head = [
        (t::NUMBER.of(lang), Side::Left),
        (fields::label(Field::TaskDue).of(lang), Side::Left),
        (fields::label(Field::TaskText).of(lang), Side::Left),
        (fields::label(Field::Code).of(lang), Side::Left),
        (fields::label(Field::Name).of(lang), Side::Left),
        (t::SEGMENT.of(lang), Side::Left),
        (fields::label(Field::ContactName).of(lang), Side::Left),
        (t::PHONE.of(lang), Side::Left),
    ];
    let rows: Vec<Vec<String>> = queue.today.iter().map(|item| cells(item, &desk, lang)).collect();
    shell.table(&head, &rows);
    more(shell, &queue);
    Ok(())
}

/// Says beside the list how many more are due than it holds.
fn more(shell: &Shell, queue: &Queue) {
    if queue.over > 0 {
        shell.say(&t::DUE_MORE.with(shell.lang, &[&queue.over]));
    }
}

fn cells(item: &Item, desk: &Desk, lang: Lang) -> Vec<String> {
    let today = desk.now.today();
    let mut when = format::near_day(item.due, today, lang);
    if let Some(time) = item.time {
        when = format!("{when} {}", format::time(time));
    }
    if item.is_overdue(desk.now) {
        when = format!("{when} {}", t::OVERDUE.of(lang));
    }
    let text = match &item.reason {
        Reason::Silence { days, asked } => ledger::silent(*days, *asked, lang),
        Reason::Date { kind, label, on, .. } => {
            format!("{} {label} {}", words::word("date", kind, lang), format::day(*on, today))
        }
        Reason::Promise | Reason::Plan => item.text.clone(),
        _ => format!("{} {}", ledger::what(item, lang), ledger::why(item, desk.now, lang)),
    };
    vec![
        name(&item.task),
        when,
        short(&text, 40),
        item.code.clone(),
        item.name.clone(),
        item.segment.as_deref().map_or("—", |id| words::word("segment", id, lang)).to_owned(),
        item.contact.clone().unwrap_or_default(),
        item.phone.clone().unwrap_or_default(),
    ]
}

/// Ticks a task off.
pub fn done(shell: &mut Shell, task: &str) -> Done {
    let mut desk = shell.read()?;
    let found =
        if let Ok(id) = task.parse::<i64>() { Some(TaskRef::Stored(id)) } else { cause(&desk, task)? };
    let unknown = || Stop::Nothing(t::NO_TASK.with(shell.lang, &[&task]));
    let found = found.ok_or_else(unknown)?;
    let text = match &found {
        TaskRef::Stored(id) => match desk.ask(&Query::Record(Row { noun: Noun::Task, id: *id }))? {
            Answer::Record(Some(task)) => task.get(Field::TaskText).as_text().unwrap_or_default().to_owned(),
            _ => return Err(unknown()),
        },
        TaskRef::Cause { text, .. } => text.clone(),
        TaskRef::Row(row) => match desk.ask(&Query::Record(*row))? {
            Answer::Record(Some(task)) => {
                let text = match row.noun {
                    Noun::Complaint => Field::ComplaintSummary,
                    Noun::Request => Field::RequestText,
                    Noun::Alarm => Field::AlarmNote,
                    Noun::Suggestion => Field::SuggestionMeasure,
                    _ => Field::PlanTaskText,
                };
                task.get(text).as_text().unwrap_or_default().to_owned()
            }
            _ => return Err(unknown()),
        },
    };
    let receipt = desk.give(Change::Done(vec![found]))?;
    if receipt.rows == 0 {
        return Err(unknown());
    }
    let line = t::DONE.with(shell.lang, &[&receipt.subject, &text]);
    if shell.json {
        return shell.document(&serde_json::json!({ "done": receipt.subject, "text": text }));
    }
    shell.line(&line);
    Ok(())
}

/// What stands in somebody's queue without a row of its own.
fn cause(desk: &Desk, task: &str) -> Result<Option<TaskRef>, Stop> {
    for person in desk.people()? {
        let queue = queue(desk, Some(PersonId(person.id)), true)?;
        let mut items = queue.today.into_iter().chain(queue.later);
        if let Some(item) = items.find(|item| name(&item.task) == task) {
            return Ok(Some(item.task));
        }
    }
    Ok(None)
}

fn queue(desk: &Desk, owner: Option<PersonId>, whole: bool) -> Result<Queue, Stop> {
    Ok(match desk.ask(&Query::Queue { owner, whole, ahead: 0 })? {
        Answer::Queue(queue) => queue,
        _ => Queue::default(),
    })
}

/// How a task is named on the command line: every noun has a name of its own, because their numbers are the same ones.
pub fn name(task: &TaskRef) -> String {
    match task {
        TaskRef::Stored(id) => id.to_string(),
        TaskRef::Cause { cause, .. } => cause.clone(),
        TaskRef::Row(row) => match row.noun {
            Noun::Campaign => format!("campaign:{}", row.id),
            Noun::Evaluation => format!("evaluation:{}", row.id),
            Noun::Suggestion => format!("suggestion:{}", row.id),
            Noun::Complaint => format!("complaint:{}", row.id),
            Noun::Request => format!("request:{}", row.id),
            Noun::Alarm => format!("alarm:{}", row.id),
            _ => format!("plan:{}", row.id),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_queue_without_a_task_of_its_own_is_named_by_its_noun() {
        let nouns = [
            Noun::PlanTask,
            Noun::Campaign,
            Noun::Evaluation,
            Noun::Suggestion,
            Noun::Complaint,
            Noun::Request,
            Noun::Alarm,
        ];
        let mut names: Vec<String> =
            nouns.into_iter().map(|noun| name(&TaskRef::Row(Row { noun, id: 3 }))).collect();
        assert_eq!(names[0], "plan:3");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), nouns.len(), "{names:?}");
    }
}
