//! `guanxi history`: what people did, with the same conditions as on the screen; whoever may see less sees less here too.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, short};
use crate::domain::clock::from_ms;
use crate::i18n::{about, audit as t, cli as c};
use crate::store::request::{Answer, Query};

/// Shows changes, the newest first.
pub fn history(shell: &mut Shell, conditions: &str, limit: usize) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    if limit == 0 {
        return Err(Stop::Usage(c::NO_LIMIT.of(lang).to_owned()));
    }
    let list = t::parse(conditions, desk.now, limit, lang).map_err(Stop::Usage)?;
    let rows = match desk.ask(&Query::Audit(Box::new(list)))? {
        Answer::Audit(rows) => rows,
        _ => Vec::new(),
    };
    if shell.json {
        return shell.document(&rows);
    }
    if rows.is_empty() {
        return Err(Stop::Nothing(t::NOTHING.of(lang).to_owned()));
    }
    let head = [t::WHEN, t::WHO, t::WHAT, t::WHOM].map(|text| (text.of(lang), Side::Left));
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let at = desk.now.zone.local(from_ms(row.at)).format("%Y-%m-%d %H:%M").to_string();
            let code = row.code.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
            let why =
                row.reason.as_ref().map(|why| format!("  {}", t::WHY.with(lang, &[why]))).unwrap_or_default();
            vec![
                at,
                t::who(row, lang).to_owned(),
                t::deed(row, lang),
                short(&format!("{code}{}{why}", about::said(&row.subject, lang)), 80),
            ]
        })
        .collect();
    shell.table(&head, &cells);
    Ok(())
}
