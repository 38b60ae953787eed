//! `guanxi setting`: all settings, one of them, or a new value for it.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines};
use crate::domain::change::Change;
use crate::domain::kpi::target;
use crate::i18n::{cli as t, format, settings};
use crate::store::request::{Answer, Query, SettingRow};
use crate::store::settings::KEYS;

/// Shows or changes settings.
pub fn setting(shell: &mut Shell, key: Option<&str>, value: Option<&str>) -> Done {
    let lang = shell.lang;
    if let Some(key) = key
        && !KEYS.contains(&key)
        && target::parse_key(key).is_none()
    {
        if key.starts_with(target::FAMILY) {
            return Err(Stop::Usage(t::NO_TARGET.with(lang, &[&key])));
        }
        return Err(Stop::Usage(t::NO_SETTING.with(lang, &[&key, &format::list(KEYS, lang)])));
    }
    let mut desk = shell.read()?;
    if let (Some(key), Some(value)) = (key, value) {
        desk.give(Change::Set { key: key.to_owned(), value: value.to_owned() })?;
    }
    let all = match desk.ask(&Query::Settings)? {
        Answer::Settings(all) => all,
        _ => Vec::new(),
    };
    let shown: Vec<&SettingRow> = all.iter().filter(|row| key.is_none_or(|key| key == row.key)).collect();
    if shell.json {
        let object: serde_json::Map<String, serde_json::Value> =
            shown.iter().map(|row| (row.key.to_owned(), row.value.clone().into())).collect();
        return shell.document(&object);
    }
    if let (Some(_), [row]) = (key, shown.as_slice()) {
        // one value alone, for scripts
        shell.line(&row.value);
        return Ok(());
    }
    let cells = |row: &&SettingRow| {
        let default = if row.value == row.default { String::new() } else { row.default.to_owned() };
        let means = settings::means(row.key, lang).to_owned();
        vec![row.key.to_owned(), row.value.clone(), default, row.source.to_owned(), means]
    };
    let rows: Vec<Vec<String>> = shown.iter().map(cells).collect();
    let heads = [t::KEY, t::VALUE, t::SET_FROM, t::SOURCE, t::MEANS].map(|text| (text.of(lang), Side::Left));
    for line in lines(&heads, &rows) {
        shell.line(&line);
    }
    Ok(())
}
