//! `guanxi matrix`: the table of strategies with its live figures.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines, short};
use crate::i18n::{Lang, cli as t, format, shipped, words};
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
    let kinds: Vec<String> = row
        .touches
        .iter()
        .map(|(kind, ideal, worst)| format!("{} {ideal}–{worst}", words::word("touch", kind, lang)))
        .collect();
    let cap = row
        .cap
        .as_ref()
        .map_or_else(String::new, |(n, window)| format!("{n} {}", words::word("cap", window, lang)));
    let budget = row.budget.map_or_else(String::new, |fen| {
        format!(
            "{} ¥{}",
            words::word("bound", row.bound.as_deref().unwrap_or("plain"), lang),
            fen.yuan_grouped()
        )
    });
    let kept = format!("{} / {}", format::count(row.on_cadence), format::count(row.accounts));
    shell.line(&format!("{}  {}", words::word(scheme, &row.class, lang), shipped::said(&row.goal, lang)));
    let texts = [
        (t::M_ACCOUNTS, kept),
        (t::M_TOUCHES, kinds.join(" · ")),
        (t::M_CAP, cap),
        (t::M_CHANNELS, format::list(&channels, lang)),
        (t::M_CONTENT, shipped::said(&row.content, lang).to_owned()),
        (t::M_SCRIPT, row.script.clone()),
        (t::M_POST, shipped::said(&row.post, lang).to_owned()),
        (t::M_BUDGET, budget),
    ];
    let cells: Vec<Vec<String>> = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| vec![label.of(lang).to_owned(), short(&text, 100)])
        .collect();
    for line in lines(&[("", Side::Left), ("", Side::Left)], &cells) {
        shell.line(&format!("  {line}"));
    }
}
