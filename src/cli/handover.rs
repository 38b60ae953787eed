//! `guanxi handover`: customers go from one person to another; without people it lists hand-overs, with a number it shows
//! one, signs it, ticks its checklist or takes it back.

use serde_json::json;

use super::args::Handover;
use super::shell::{Desk, Done, Known, Shell, Stop, called};
use super::table::Side;
use crate::domain::change::Change;
use crate::domain::clock::from_ms;
use crate::domain::handover::{CHECKLIST, HandOver, Turn, Whom};
use crate::domain::people::PersonId;
use crate::i18n::{cli as c, errors, format, group, handover as t, words};
use crate::store::request::{Answer, Case, CaseKind, CaseRow, HandOverCase, LoadRow, Query};

/// The steps, as they are typed.
const STEPS: [&str; 4] = ["accept", "decline", "confirm", "take-back"];

/// Lists, shows, begins or takes on.
pub fn handover(shell: &mut Shell, args: &Handover) -> Done {
    let Some(from) = &args.from else { return list(shell) };
    match (from.parse(), &args.to) {
        (Ok(id), step) => about(shell, args, id, step.as_deref()),
        // the step said first is meant all the same
        (Err(_), Some(number)) if STEPS.contains(&from.as_str()) && number.parse::<i64>().is_ok() => {
            about(shell, args, number.parse().unwrap_or(0), Some(from))
        }
        (Err(_), Some(to)) => propose(shell, args, from, to),
        (Err(_), None) => Err(Stop::Usage(c::HAND_OVER_TO.with(shell.lang, &[from]))),
    }
}

fn propose(shell: &mut Shell, args: &Handover, from: &str, to: &str) -> Done {
    let lang = shell.lang;
    let mut desk = shell.read()?;
    let (from, to) = (giver(&desk, from)?, desk.person(to)?);
    let whom = match &args.filter {
        Some(filter) => {
            let kept = group::read(filter).map_err(|e| Stop::Usage(errors::filter(&e, lang)))?;
            Whom::Fitting(from, kept)
        }
        None => Whom::All(from),
    };
    let what = HandOver::Propose { whom, to, at_once: !args.wait, reason: args.reason.clone() };
    let receipt = desk.give_with(Change::HandOver(Box::new(what)), None, &mut |done, of| {
        shell.progress(&c::SCHEME_PROGRESS.with(lang, &[&done, &of]));
    })?;
    shell.progress("");
    let made =
        cases(&desk)?.into_iter().filter(|row| row.kind == CaseKind::HandOver).max_by_key(|row| row.id);
    match made {
        Some(row) => show(shell, &desk, row.id),
        None => Err(Stop::Failed(c::UNCHANGED.with(lang, &[&receipt.subject]))),
    }
}

/// Whose customers: frozen people, who are no longer among those who work here, give too.
fn giver(desk: &Desk, name: &str) -> Result<PersonId, Stop> {
    let loads: Vec<LoadRow> = match desk.ask(&Query::Loads)? {
        Answer::Loads(loads) => loads,
        _ => Vec::new(),
    };
    let known: Vec<Known> = loads.iter().map(|p| (p.person.0, p.login.as_str(), p.name.as_str())).collect();
    called(&known, name).map_or_else(|| desk.person(name), |id| Ok(PersonId(id)))
}

fn cases(desk: &Desk) -> Result<Vec<CaseRow>, Stop> {
    Ok(match desk.ask(&Query::Cases)? {
        Answer::Cases(rows) => rows,
        _ => Vec::new(),
    })
}

fn list(shell: &mut Shell) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let rows = cases(&desk)?;
    if shell.json {
        return shell.document(&rows);
    }
    if rows.is_empty() {
        return Err(Stop::Nothing(t::NONE.of(lang).to_owned()));
    }
    let head = [("", Side::Left), ("", Side::Left), ("", Side::Left)];
    let table: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let state = words::word(t::states(row.kind), &row.state, lang);
            let mine = if row.mine { t::WAITS_FOR_YOU.of(lang) } else { "" };
            vec![t::line(row, lang), state.to_owned(), mine.to_owned()]
        })
        .collect();
    shell.table(&head, &table);
    Ok(())
}

fn one(shell: &Shell, desk: &Desk, id: i64) -> Result<HandOverCase, Stop> {
    match desk.ask(&Query::Case(CaseKind::HandOver, id))? {
        Answer::Case(Some(Case::HandOver(case))) => Ok(*case),
        _ => Err(Stop::Nothing(c::NO_HAND_OVER.with(shell.lang, &[&id]))),
    }
}

/// Signs, ticks or takes back, then shows it as it stands.
fn about(shell: &mut Shell, args: &Handover, id: i64, step: Option<&str>) -> Done {
    let turn = match step {
        None => None,
        Some("accept") => Some(Turn::Accept),
        Some("decline") => Some(Turn::Decline),
        Some("confirm") => Some(Turn::Confirm),
        Some("take-back") => Some(Turn::TakeBack),
        Some(other) => return Err(Stop::Usage(c::NO_STEP.with(shell.lang, &[&other]))),
    };
    let mut desk = shell.read()?;
    let case = one(shell, &desk, id)?;
    for item in &args.tick {
        let known = words::id("handover_item", item);
        let open = |i: &&crate::store::request::ItemRow| {
            i.done_by.is_none() && (item == "all" || known == Some(i.item.as_str()))
        };
        if known.is_none() && item != "all" {
            let ids = format::list(CHECKLIST, shell.lang);
            return Err(Stop::Usage(c::NO_ITEM.with(shell.lang, &[item, &ids])));
        }
        for i in case.items.iter().filter(open) {
            let tick = HandOver::Tick { item: i.id, rev: i.rev };
            desk.give(Change::HandOver(Box::new(tick)))?;
        }
    }
    if let Some(turn) = turn {
        let rev = one(shell, &desk, id)?.rev;
        let change = HandOver::Turn { id, rev, turn, note: args.reason.clone() };
        let lang = shell.lang;
        desk.give_with(Change::HandOver(Box::new(change)), None, &mut |done, of| {
            shell.progress(&c::SCHEME_PROGRESS.with(lang, &[&done, &of]));
        })?;
        shell.progress("");
    }
    show(shell, &desk, id)
}

fn show(shell: &mut Shell, desk: &Desk, id: i64) -> Done {
    let lang = shell.lang;
    let case = one(shell, desk, id)?;
    if shell.json {
        return shell.document(&json!(case));
    }
    let today = desk.now.today();
    let day = |ms: i64| format::day(desk.now.zone.day(from_ms(ms)), today);
    let about = t::COUNTED.with(lang, &[&format::count(case.customers)]);
    shell.line(&t::LINE.with(lang, &[&case.id, &case.from, &case.to, &about]));
    for line in t::head(&case, day, lang) {
        shell.line(&line);
    }
    let table: Vec<Vec<String>> = case
        .items
        .iter()
        .map(|item| {
            let sign = if item.done_by.is_some() { "[x]" } else { "[ ]" };
            let word = words::word("handover_item", &item.item, lang);
            vec![
                sign.to_owned(),
                item.item.clone(),
                word.to_owned(),
                t::figure(item, lang),
                item.done_by.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let head = [("", Side::Left); 5];
    shell.table(&head, &table);
    Ok(())
}
