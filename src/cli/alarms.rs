//! `guanxi alarms`, `complaints`, `requests`: what is to be dealt with, each with its clock. The alarms are looked for anew
//! before they are listed.

use super::shell::{Done, Shell};
use super::table::{Side, short};
use crate::i18n::{Lang, alarms as t, cli as words_of, complaints as k, words};
use crate::store::request::{Answer, Query, Which};

const fn which(all: bool) -> Which {
    if all { Which::All } else { Which::Open }
}

/// Puts a table out, or a sentence where there is nothing.
fn table(shell: &mut Shell, heads: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        shell.say(words_of::NOTHING_OPEN.of(shell.lang));
        return;
    }
    let heads: Vec<(&str, Side)> = heads.iter().map(|h| (*h, Side::Left)).collect();
    shell.table(&heads, rows);
}

/// Lists the alarms.
pub fn alarms(shell: &mut Shell, all: bool) -> Done {
    let mut desk = shell.read()?;
    let now = desk.now;
    desk.watch()?;
    let Answer::Alarms(rows) = desk.ask(&Query::Alarms(which(all)))? else { return Ok(()) };
    if shell.json {
        return shell.document(&rows);
    }
    let lang = shell.lang;
    let heads = [t::LEVEL, t::ALARM, t::ABOUT, t::FIRED, t::START, t::STEPS, t::STATE, t::OWNER];
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let (done, of) = row.ticked.count();
            vec![
                words::word("severity", &row.level, lang).to_owned(),
                t::rule(&row.rule).of(lang).to_owned(),
                short(&t::about(row, lang), 30),
                short(&t::facts(row, lang), 60),
                t::clock(row, now.ms(), lang),
                format!("{done}/{of}"),
                t::state(row, lang),
                row.climbed_to.clone().unwrap_or_else(|| row.owner.clone()),
            ]
        })
        .collect();
    table(shell, &heads.map(|h| h.of(lang)), &cells);
    Ok(())
}

/// Lists the complaints.
pub fn complaints(shell: &mut Shell, all: bool) -> Done {
    let desk = shell.read()?;
    let now = desk.now.ms();
    let Answer::Complaints(found) = desk.ask(&Query::Complaints(which(all)))? else { return Ok(()) };
    if shell.json {
        return shell.document(&found.rows);
    }
    let lang = shell.lang;
    let clock =
        |course: crate::domain::complaint::Course, line| k::clock(course.clock(line, found.hours, now), lang);
    let cells: Vec<Vec<String>> = found
        .rows
        .iter()
        .map(|row| {
            vec![
                row.code.clone(),
                row.name.clone(),
                short(&row.summary.replace('\n', " "), 40),
                words::word("severity", &row.severity, lang).to_owned(),
                clock(row.course, crate::domain::complaint::Line::Answer),
                clock(row.course, crate::domain::complaint::Line::Solution),
                words::word("complaint", &row.state, lang).to_owned(),
                row.handler.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let heads = [
        words_of::CODE,
        k::CUSTOMER,
        k::SUMMARY,
        k::SEVERITY,
        k::ANSWER_LINE,
        k::SOLUTION_LINE,
        k::STATE,
        k::HANDLER,
    ];
    table(shell, &heads.map(|h| h.of(lang)), &cells);
    Ok(())
}

/// Lists the requests between departments.
pub fn requests(shell: &mut Shell, all: bool) -> Done {
    let desk = shell.read()?;
    let now = desk.now.ms();
    let Answer::Requests(rows) = desk.ask(&Query::Requests(which(all)))? else { return Ok(()) };
    if shell.json {
        return shell.document(&rows);
    }
    let lang: Lang = shell.lang;
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let clock = crate::domain::requests::clock(row.asked_at, row.due_at, row.answered_at, now);
            vec![
                k::clock(clock, lang),
                short(&row.text.replace('\n', " "), 40),
                row.code.clone(),
                row.name.clone(),
                k::way(row, lang),
                words::word("request", &row.state, lang).to_owned(),
                row.taken_by.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let heads = [k::CLOCK, k::WHAT, words_of::CODE, k::CUSTOMER, k::WAY, k::STATE, k::TAKEN_BY];
    table(shell, &heads.map(|h| h.of(lang)), &cells);
    Ok(())
}
