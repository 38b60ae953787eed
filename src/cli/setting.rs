//! `guanxi setting`: all settings, one of them, or a new value for it.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines};
use crate::domain::change::Change;
use crate::i18n::{cli as t, format};
use crate::store::request::{Answer, Query};
use crate::store::settings::{KEYS, SOURCES};

/// Shows or changes settings.
pub fn setting(shell: &mut Shell, key: Option<&str>, value: Option<&str>) -> Done {
    let lang = shell.lang;
    if let Some(key) = key
        && !KEYS.contains(&key)
    {
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
    let shown: Vec<&(String, String)> = all.iter().filter(|(k, _)| key.is_none_or(|key| key == k)).collect();
    if shell.json {
        let object: serde_json::Map<String, serde_json::Value> =
            shown.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
        return shell.document(&object);
    }
    if let (Some(_), [(_, value)]) = (key, shown.as_slice()) {
        // one value alone, for scripts
        shell.line(value);
        return Ok(());
    }
    let source = |key: &str| SOURCES.iter().find(|(k, _)| *k == key).map_or("", |(_, source)| source);
    let rows: Vec<Vec<String>> =
        shown.iter().map(|(key, value)| vec![key.clone(), value.clone(), source(key).to_owned()]).collect();
    let heads = [t::KEY, t::VALUE, t::SOURCE].map(|text| (text.of(lang), Side::Left));
    for line in lines(&heads, &rows) {
        shell.line(&line);
    }
    Ok(())
}
