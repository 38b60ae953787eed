//! `guanxi leak`: reports a leak of customers' data, lists them, shows one, and does its steps one by one: freeze the
//! person, note that the log was gone through, give the backups another key, apologise to all customers, close.

use std::io::Read;
use std::path::Path;

use uuid::Uuid;

use super::args::Leak as Args;
use super::fields::value;
use super::keep::broken;
use super::shell::{Desk, Done, Shell, Stop};
use super::table::{Side, lines, short};
use super::user::LONGEST;
use crate::domain::change::Change;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Value};
use crate::domain::leak::{AT_ONCE, Leak, STEPS, Secret};
use crate::domain::money::Fen;
use crate::domain::people::PersonId;
use crate::domain::user::Staff;
use crate::i18n::{cli as c, errors, format, leak as t, words};
use crate::run::sessions;
use crate::store::request::{Answer, LeakCase, LeakRow, Query};

/// Reports, lists, shows, or does a step.
pub fn leak(shell: &mut Shell, args: &Args) -> Done {
    if let Some(note) = &args.report {
        return report(shell, args, note);
    }
    let Some(id) = args.number else { return list(shell) };
    let mut desk = shell.read()?;
    let case = one(shell, &desk, id)?;
    if let (Some(name), None) = (&args.person, &args.step) {
        let person = desk.person(name)?;
        desk.give(Change::Leak(Leak::Name { id, rev: case.row.rev, person }))?;
    }
    match args.step.as_deref() {
        None => {}
        Some("freeze") => freeze(shell, &mut desk, &case)?,
        Some("audit") => {
            desk.give(Change::Leak(Leak::Tick { id, step: "audit".to_owned() }))?;
        }
        Some("key") => new_key(shell, &mut desk, args, id)?,
        Some("apologise") => apologise(shell, &mut desk, args, id)?,
        Some("close") => {
            let result = needed(shell, args.said.as_deref(), "close", "--said")?;
            desk.give(Change::Leak(Leak::Close {
                id,
                rev: case.row.rev,
                result,
                left_out: args.left_out.clone(),
            }))?;
        }
        Some(other) => return Err(Stop::Usage(t::NO_STEP.with(shell.lang, &[&other]))),
    }
    show(shell, &desk, id)
}

fn needed(shell: &Shell, given: Option<&str>, step: &str, option: &str) -> Result<String, Stop> {
    given.map(str::to_owned).ok_or_else(|| Stop::Usage(t::NEEDS.with(shell.lang, &[&step, &option])))
}

fn report(shell: &mut Shell, args: &Args, note: &str) -> Done {
    let lang = shell.lang;
    let mut desk = shell.read()?;
    let person = args.person.as_deref().map(|name| desk.person(name)).transpose()?;
    let since = match args.at.as_deref() {
        Some(typed) => match value(shell, &desk, Field::LeakSince, typed, &[])? {
            Value::Moment(ms) => Some(ms),
            _ => None,
        },
        None => None,
    };
    let made = desk.give(Change::Leak(Leak::Report { person, since, note: note.to_owned() }))?;
    let id = made.made.map_or(0, |row| row.id);
    // whoever reports may not be the one who answers, and sees no more than that it was taken down
    if let Ok(Answer::Leak(Some(case))) = desk.ask(&Query::Leak { id, whole: false }) {
        let by = moment(&desk, case.row.due, lang);
        shell.say(&t::REPORTED.with(lang, &[&id, &by]));
        return show(shell, &desk, id);
    }
    shell.line(t::TICKED.of(lang));
    Ok(())
}

fn rows(desk: &Desk) -> Result<Vec<LeakRow>, Stop> {
    Ok(match desk.ask(&Query::Leaks)? {
        Answer::Leaks(rows) => rows,
        _ => Vec::new(),
    })
}

fn one(shell: &Shell, desk: &Desk, id: i64) -> Result<LeakCase, Stop> {
    match desk.ask(&Query::Leak { id, whole: true })? {
        Answer::Leak(Some(case)) => Ok(*case),
        _ => Err(Stop::Nothing(t::NO_LEAK.with(shell.lang, &[&id]))),
    }
}

fn list(shell: &mut Shell) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let rows = rows(&desk)?;
    if shell.json {
        return shell.document(&rows);
    }
    if rows.is_empty() {
        return Err(Stop::Nothing(t::NONE_HERE.of(lang).to_owned()));
    }
    let heads = [t::NUMBER, t::SINCE, t::WHO, t::WHAT, t::STEPS, t::STATE];
    let heads: Vec<(&str, Side)> = heads.iter().map(|head| (head.of(lang), Side::Left)).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.id.to_string(),
                moment(&desk, row.since, lang),
                t::who(row.person.as_deref(), lang).to_owned(),
                short(&row.note.replace('\n', " "), 40),
                format!("{}/{}", row.done, STEPS.len()),
                t::state(&row.state, lang).to_owned(),
            ]
        })
        .collect();
    shell.table(&heads, &cells);
    Ok(())
}

fn moment(desk: &Desk, ms: i64, lang: crate::i18n::Lang) -> String {
    format::moment(desk.now.zone.local(from_ms(ms)), desk.now.today(), lang)
}

/// Shuts the person out and ends what they have open.
fn freeze(shell: &Shell, desk: &mut Desk, case: &LeakCase) -> Done {
    let lang = shell.lang;
    let Some(person) = case.person_id else {
        return Err(Stop::Usage(t::NEEDS.with(lang, &[&"freeze", &"--person"])));
    };
    if case.frozen {
        desk.give(Change::Leak(Leak::Tick { id: case.row.id, step: "freeze".to_owned() }))?;
    } else {
        desk.give(Change::Staff(Staff::Freeze(PersonId(person))))?;
        sessions::end(&desk.store, PersonId(person)).map_err(|e| shell.refused(&e))?;
    }
    shell.say(&t::SHUT_OUT.with(lang, &[&t::who(case.row.person.as_deref(), lang)]));
    Ok(())
}

fn new_key(shell: &Shell, desk: &mut Desk, args: &Args, id: i64) -> Done {
    let key = needed(shell, args.new_key.as_deref(), "key", "--new-key")?;
    let old = args.old_key.as_deref().map(|file| secret(shell, file)).transpose()?;
    let request = Uuid::now_v7().to_string();
    let (actor, now) = (desk.actor.clone(), desk.now);
    let told = desk.store.reencrypt(&actor, now, (id, &request), &key, old.as_ref());
    shell.say(&t::rekeyed(told.map_err(|e| broken(shell, &e))?.as_ref(), shell.lang));
    Ok(())
}

/// The old key in a file, or what is piped in.
fn secret(shell: &Shell, file: &Path) -> Result<Secret, Stop> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LONGEST).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|f| f.take(LONGEST).read_to_string(&mut text))
    };
    let lang = shell.lang;
    read.map_err(|e| Stop::Failed(c::CANNOT_READ.with(lang, &[&file.display(), &errors::io(&e, lang)])))?;
    Ok(Secret::new(text))
}

/// Apologises to all who are affected and have had no apology, batch by batch.
fn apologise(shell: &Shell, desk: &mut Desk, args: &Args, id: i64) -> Done {
    let lang = shell.lang;
    let said = needed(shell, args.said.as_deref(), "apologise", "--said")?;
    let known = || {
        let words = crate::domain::field::CHANNELS.iter().map(|id| words::word("channel", id, lang));
        format::list(&words.collect::<Vec<_>>(), lang)
    };
    let channel = words::id("channel", &args.via)
        .ok_or_else(|| Stop::Usage(errors::NOT_ONE_OF.with(lang, &[&"--via", &args.via, &known()])))?;
    let compensation = match args.pays.as_deref() {
        Some(typed) => match value(shell, desk, Field::Compensation, typed, &[])? {
            Value::Money(fen) => fen,
            _ => Fen(0),
        },
        None => Fen(0),
    };
    let before = one(shell, desk, id)?;
    let mut case = before.clone();
    loop {
        let customers: Vec<CustomerId> = case
            .customers
            .iter()
            .filter(|row| row.told_at.is_none())
            .take(AT_ONCE)
            .map(|row| CustomerId(row.id))
            .collect();
        if customers.is_empty() {
            break;
        }
        let (channel, said) = (channel.to_owned(), said.clone());
        desk.give(Change::Leak(Leak::Apologise { id, customers, channel, said, compensation }))?;
        let after = one(shell, desk, id)?;
        if after.told == case.told {
            break;
        }
        case = after;
        shell.progress(&format!("{}/{}", case.told, case.affected));
    }
    shell.progress("");
    if case.affected == 0 {
        desk.give(Change::Leak(Leak::Tick { id, step: "apologise".to_owned() }))?;
    }
    let left = case.affected - case.told;
    shell.say(&t::SAID_TO.with(lang, &[&(case.told - before.told), &left]));
    Ok(())
}

fn show(shell: &mut Shell, desk: &Desk, id: i64) -> Done {
    let lang = shell.lang;
    let case = one(shell, desk, id)?;
    if shell.json {
        return shell.document(&case);
    }
    let at = |ms: i64| moment(desk, ms, lang);
    shell.line(&t::CASE.with(lang, &[&case.row.id, &t::who(case.row.person.as_deref(), lang)]));
    let (reporter, note) = (&case.row.reporter, case.row.note.replace('\n', " "));
    shell.line(&t::HEARD.with(lang, &[reporter, &at(case.row.since), &note]));
    let state = t::state(&case.row.state, lang);
    shell.line(&t::CLOCK.with(lang, &[&at(case.row.due), &state, &case.row.owner]));
    for step in STEPS {
        let done = case.steps.iter().find(|done| done.step == *step);
        let by = done.map(|step| {
            let found = t::found(step, lang).map(|found| format!(" · {found}")).unwrap_or_default();
            format!("  {}{found}", t::DONE_BY.with(lang, &[&step.by, &at(step.at)]))
        });
        let sign = if done.is_some() { "[x]" } else { "[ ]" };
        shell.line(&format!("{sign} {}{}", t::step(&case, step, lang), by.unwrap_or_default()));
    }
    if case.result.is_some() {
        shell.line(&t::result(&case, shell.lang));
    }
    let exports = case
        .exports
        .iter()
        .map(|row| vec![at(row.at), row.person.clone(), t::export(row, lang), t::ended(row, lang)]);
    let customers = case.customers.iter().map(|row| {
        let told = match (&row.told_by, row.told_at) {
            (Some(by), Some(when)) => {
                let pays = row.compensation.map(|fen| format!("¥{} · ", format::yuan(fen)));
                format!("{}{}", pays.unwrap_or_default(), t::DONE_BY.with(lang, &[by, &at(when)]))
            }
            _ => t::UNTOLD.of(lang).to_owned(),
        };
        vec![row.code.clone(), row.name.clone(), row.owner.clone(), told]
    });
    for table in [exports.collect::<Vec<_>>(), customers.collect()] {
        for line in lines(&[("", Side::Left); 4], &table).iter().skip_while(|line| line.trim().is_empty()) {
            shell.line(line);
        }
    }
    Ok(())
}
