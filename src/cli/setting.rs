//! `guanxi setting`: all settings, one of them, or a new value for it.

use super::shell::{Desk, Done, Shell, Stop};
use super::table::Side;
use crate::domain::change::Change;
use crate::domain::kpi::target;
use crate::domain::near::nearest;
use crate::i18n::{Lang, cli as t, review, settings};
use crate::store::request::{Answer, Query};
use crate::store::settings::KEYS;

/// A line of the list.
struct Shown {
    key: String,
    value: String,
    default: String,
    source: &'static str,
    means: String,
}

/// Shows or changes settings.
pub fn setting(shell: &mut Shell, key: Option<&str>, value: Option<&str>) -> Done {
    let lang = shell.lang;
    if let Some(key) = key {
        known(key, lang)?;
    }
    let mut desk = shell.read()?;
    if let (Some(key), Some(value)) = (key, value) {
        desk.give(Change::Set { key: key.to_owned(), value: value.to_owned() })?;
    }
    let mut shown = all(&desk, lang)?;
    shown.retain(|row| key.is_none_or(|key| key == row.key));
    if shell.json {
        let object: serde_json::Map<String, serde_json::Value> =
            shown.into_iter().map(|row| (row.key, row.value.into())).collect();
        return shell.document(&object);
    }
    if key.is_some() {
        // one value alone, for scripts; a figure without a target has none
        shell.line(shown.first().map_or("", |row| &row.value));
        return Ok(());
    }
    let cells = |mut row: Shown| {
        let said = settings::choice(&row.key, &row.value, lang);
        // the id is what is typed; the word says what it means
        let word = (said != row.value).then(|| format!("{} {said}", row.value));
        let default = if row.value == row.default { String::new() } else { row.default };
        row.value = word.unwrap_or(row.value);
        vec![row.key, row.value, default, row.source.to_owned(), row.means]
    };
    let rows: Vec<Vec<String>> = shown.into_iter().map(cells).collect();
    let heads = [t::KEY, t::VALUE, t::SET_FROM, t::SOURCE, t::MEANS].map(|text| (text.of(lang), Side::Left));
    shell.table(&heads, &rows);
    Ok(())
}

/// Refuses what is neither a setting nor a target, with the nearest name.
fn known(key: &str, lang: Lang) -> Done {
    if KEYS.contains(&key) || target::parse_key(key).is_some() {
        return Ok(());
    }
    if key.starts_with(target::FAMILY) {
        return Err(Stop::Usage(t::NO_TARGET.with(lang, &[&key])));
    }
    Err(Stop::Usage(match nearest(key, KEYS.iter().copied()) {
        Some(near) => t::NO_SETTING_NEAR.with(lang, &[&key, &near]),
        None => t::NO_SETTING.with(lang, &[&key]),
    }))
}

/// All settings, then all targets.
fn all(desk: &Desk, lang: Lang) -> Result<Vec<Shown>, Stop> {
    let (settings, targets) = match (desk.ask(&Query::Settings)?, desk.ask(&Query::Targets)?) {
        (Answer::Settings(settings), Answer::Targets(targets)) => (settings, targets),
        _ => (Vec::new(), Vec::new()),
    };
    let settings = settings.into_iter().map(|row| Shown {
        means: settings::means(row.key, lang).to_owned(),
        key: row.key.to_owned(),
        value: row.value,
        default: row.default.to_owned(),
        source: row.source,
    });
    let targets = targets.into_iter().map(|row| Shown {
        means: target::parse_key(&row.key)
            .map_or_else(String::new, |(kpi, segment)| review::metric(kpi.id, segment, lang)),
        key: row.key,
        value: row.value,
        default: row.default,
        source: row.source,
    });
    Ok(settings.chain(targets).collect())
}
