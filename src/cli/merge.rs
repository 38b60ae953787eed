//! `guanxi merge`: two records of one customer become one. What they say otherwise stands as the first one has it, unless a
//! field is taken from the other; the rest goes into the note.

use serde_json::json;

use super::shell::{Desk, Done, Shell, Stop};
use super::table::Side;
use crate::domain::change::Change;
use crate::domain::field::{Field, Value};
use crate::domain::merge::Merge;
use crate::i18n::entry::{Context, show};
use crate::i18n::{fields, format, merge as t};
use crate::store::request::{Answer, Merging, Query};

/// Merges, or tells what a merge would do.
pub fn merge(shell: &mut Shell, (kept, gone): (&str, &str), take: &[String], dry_run: bool) -> Done {
    let lang = shell.lang;
    let mut desk = if dry_run { shell.read()? } else { shell.write()? };
    let (keep, gone) = (desk.customer(kept)?, desk.customer(gone)?);
    let Answer::Merging(look) = desk.ask(&Query::Merging { keep, gone })? else {
        return Err(Stop::Failed(t::SAME.of(lang).to_owned()));
    };
    if let Some(why) = look.hindrance {
        return Err(Stop::Failed(t::hindrance(why).of(lang).to_owned()));
    }
    let (fields, own) = taken(&look, take, shell)?;
    let people = super::shell::named(&desk.people()?);
    let with = Context { now: desk.now, lang, people: &people, contacts: &[], customers: &[] };
    let note = t::note(&look, &fields, &with);
    let rows = if dry_run {
        0
    } else {
        let seen = Some((look.keep.rev, look.gone.rev));
        let what = Merge { keep, gone, seen, take: fields.clone(), take_own: own.clone(), note };
        give(shell, &mut desk, what)?
    };
    if shell.json {
        return shell.document(&document(&look, &fields, &own, (dry_run, rows)));
    }
    told(shell, &look, (&fields, &own), &with);
    let said = if dry_run { t::WOULD } else { t::MERGED };
    let rows = format::count(i64::try_from(rows).unwrap_or(i64::MAX));
    let (keep, gone) = (&look.keep, &look.gone);
    shell.line(&said.with(lang, &[&gone.code, &gone.name, &keep.code, &keep.name, &rows]));
    Ok(())
}

fn give(shell: &Shell, desk: &mut Desk, what: Merge) -> Result<usize, Stop> {
    let lang = shell.lang;
    let receipt = desk.give_with(Change::Merge(Box::new(what)), None, &mut |done, of| {
        shell.progress(&crate::i18n::cli::SCHEME_PROGRESS.with(lang, &[&done, &of]));
    })?;
    shell.progress("");
    Ok(receipt.rows)
}

/// The fields that are taken from the one that goes: by the name of a column or its label, or a field of the company's own.
fn taken(look: &Merging, take: &[String], shell: &Shell) -> Result<(Vec<Field>, Vec<i64>), Stop> {
    let (mut known, mut own) = (Vec::new(), Vec::new());
    for name in take {
        let called = |field: Field| {
            let label = fields::label(field);
            let names = [field.spec().column, label.en, label.zh];
            names.iter().any(|known| known.eq_ignore_ascii_case(name.trim()))
        };
        let differing = || look.met.iter().filter(|met| !met.fills);
        if let Some(met) = differing().find(|met| called(met.field)) {
            known.push(met.field);
        } else if let Some(met) = look.own.iter().find(|met| met.name == name.trim()) {
            own.push(met.field);
        } else {
            let all: Vec<&str> = differing()
                .map(|met| met.field.spec().column)
                .chain(look.own.iter().map(|met| met.name.as_str()))
                .collect();
            let all = format::list(&all, shell.lang);
            return Err(Stop::Usage(t::NO_SUCH_DIFFERENCE.with(shell.lang, &[name, &all])));
        }
    }
    Ok((known, own))
}

/// Both side by side, and what moves along.
fn told(shell: &mut Shell, look: &Merging, (take, own): (&[Field], &[i64]), with: &Context) {
    let lang = shell.lang;
    let becomes = |fills: bool, taken: bool, private: bool| {
        let word = match (fills, taken) {
            (true, _) => t::FILLED,
            (_, true) => t::TAKEN,
            _ if private => t::KEPT_PRIVATE,
            _ => t::KEPT,
        };
        word.of(lang).to_owned()
    };
    let mut rows: Vec<Vec<String>> = look
        .met
        .iter()
        .map(|met| {
            let text = |value| show(met.field, value, with).replace('\n', " ");
            let label = fields::label(met.field).of(lang).to_owned();
            let becomes = becomes(met.fills, take.contains(&met.field), met.field.spec().private);
            vec![label, text(&met.keep), text(&met.gone), becomes]
        })
        .collect();
    rows.extend(look.own.iter().map(|met| {
        vec![
            met.name.clone(),
            met.keep.clone(),
            met.gone.clone(),
            becomes(false, own.contains(&met.field), true),
        ]
    }));
    if !rows.is_empty() {
        let head =
            [t::COL_FIELD, t::COL_KEPT, t::COL_OTHER, t::COL_BECOMES].map(|text| (text.of(lang), Side::Left));
        shell.table(&head, &rows);
        shell.line("");
    }
    for sentence in t::sentences(look, lang) {
        shell.line(&sentence);
    }
}

fn document(
    look: &Merging,
    take: &[Field],
    own: &[i64],
    (dry_run, rows): (bool, usize),
) -> serde_json::Value {
    let met: Vec<_> = look
        .met
        .iter()
        .map(|met| {
            json!({ "field": met.field.spec().column, "kept": plain(&met.keep), "other": plain(&met.gone),
                "filled": met.fills, "taken": take.contains(&met.field) })
        })
        .chain(look.own.iter().map(|met| {
            json!({ "field": met.name, "kept": met.keep, "other": met.gone, "filled": false,
                "taken": own.contains(&met.field) })
        }))
        .collect();
    let moves: serde_json::Map<String, serde_json::Value> = look
        .moves
        .iter()
        .map(|(noun, n)| (json!(noun).as_str().unwrap_or_default().to_owned(), json!(n)))
        .collect();
    json!({ "kept": look.keep, "gone": look.gone, "fields": met, "moves": moves, "dry_run": dry_run, "rows": rows })
}

/// A value as `--json` has it: ids as ids, yuan as a number, a day as it is written.
fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => json!(text),
        Value::Int(n) | Value::Id(n) | Value::Moment(n) => json!(n),
        Value::Money(fen) => {
            fen.yuan_plain().parse().map_or_else(|_| json!(fen.yuan_plain()), serde_json::Value::Number)
        }
        Value::Day(day) => json!(day.to_string()),
        Value::Due(due) => json!(due.to_string()),
        Value::Flag(yes) => json!(yes),
        Value::None => serde_json::Value::Null,
    }
}
