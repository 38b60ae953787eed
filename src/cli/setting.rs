//! `guanxi setting`: all settings, one of them, or a new value for it.

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines};
use crate::domain::change::Change;
use crate::domain::kpi::target;
use crate::i18n::{cli as t, format};
use crate::store::request::{Answer, Query};
use crate::store::settings::{KEYS, SOURCES};

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
    let shown: Vec<&(String, String)> = all.iter().filter(|(k, _)| key.is_none_or(|key| key == k)).collect();
    if shell.json {
        let object: serde_json::Map<String, serde_json::Value> =
            shown.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
        return shell.document(&object);
    }
    if key.is_some() {
        // one value alone, for scripts; a figure without a target has none
        shell.line(shown.first().map_or("", |(_, value)| value));
        return Ok(());
    }
    let source = |key: &str| match target::parse_key(key) {
        Some((kpi, _)) => kpi.source,
        None => SOURCES.iter().find(|(k, _)| *k == key).map_or("", |(_, source)| source),
    };
    let rows: Vec<Vec<String>> =
        shown.iter().map(|(key, value)| vec![key.clone(), value.clone(), source(key).to_owned()]).collect();
    let heads = [t::KEY, t::VALUE, t::SOURCE].map(|text| (text.of(lang), Side::Left));
    for line in lines(&heads, &rows) {
        shell.line(&line);
    }
    Ok(())
}
