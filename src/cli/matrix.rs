//! `guanxi matrix`: the table of strategies with its live figures.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, short};
use crate::i18n::{Lang, cli as t, format, matrix as m, shipped, words};
use crate::store::request::{Answer, Query, StrategyRow};

/// Shows the table of a scheme.
pub fn matrix(shell: &mut Shell, scheme: &str) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let scheme = words::id("scheme", scheme).unwrap_or(scheme).to_owned();
    let rows = match desk.ask(&Query::Strategy(scheme.clone()))? {
        Answer::Strategy(rows) => rows,
        _ => Vec::new(),
    };
    if shell.json {
        shell.document(&rows)?;
    } else {
        for row in &rows {
            one(shell, &scheme, row, lang);
        }
    }
    if rows.is_empty() { Err(Stop::Nothing(t::NO_SCHEME.with(lang, &[&scheme]))) } else { Ok(()) }
}

fn one(shell: &mut Shell, scheme: &str, row: &StrategyRow, lang: Lang) {
    let channels: Vec<&str> = row.channels.iter().map(|id| words::word("channel", id, lang)).collect();
    let kept = format!("{} / {}", format::count(row.on_cadence), format::count(row.clocked));
    let post = shipped::said(&row.post, lang);
    let who = row.person.as_ref().map_or_else(|| post.to_owned(), |person| format!("{post} {person}"));
    shell.line(&format!("{}  {}", words::word(scheme, &row.class, lang), shipped::said(&row.goal, lang)));
    let texts = [
        (m::ACCOUNTS, format::count(row.accounts)),
        (t::M_ACCOUNTS, if row.clocked > 0 { kept } else { String::new() }),
        (m::DUE_WEEK, if row.clocked > 0 { format::count(row.due_week) } else { String::new() }),
        (t::M_TOUCHES, m::rhythm(row, lang)),
        (t::M_CAP, m::cap(row, lang)),
        (t::M_CHANNELS, format::list(&channels, lang)),
        (t::M_CONTENT, shipped::said(&row.content, lang).to_owned()),
        (t::M_SCRIPT, row.script.clone()),
        (t::M_POST, who),
        (t::M_BUDGET, m::budget(row, lang)),
        (m::SPENT, m::spent(row, lang)),
        (m::FEASIBLE, m::feasible(row, lang)),
        (m::LOAD, m::load(row, lang)),
        (m::RESOURCES, row.resources.clone()),
        (m::LACKS, m::lacks(row, lang)),
    ];
    let cells: Vec<Vec<String>> = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| vec![label.of(lang).to_owned(), short(&text, 100)])
        .collect();
    shell.table_under(&[("", Side::Left); 2], &cells);
}
