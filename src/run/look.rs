//! How the program looks and takes keys before a person has said anything: colours by what the terminal says of itself,
//! signs by the locale, both overruled by `config.toml`; keys from `keys.toml`.

use std::path::Path;

use anyhow::anyhow;
use serde::Deserialize;

use crate::app::keymap::{Keymap, KeymapError};
use crate::app::shared::ThemeId;
use crate::i18n::{Lang, run as t};

/// `config.toml`: settings of the screen.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    /// `dark`, `light`, `sixteen`, `mono`.
    theme: Option<ThemeId>,
    /// `unicode`, `ascii`.
    signs: Option<Signs>,
    /// Whether the mouse works here; then the terminal's own selection needs Shift.
    mouse: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { theme: None, signs: None, mouse: true }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Signs {
    Unicode,
    Ascii,
}

/// Who says which colours the screen has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The terminal, as far as it tells.
    Terminal,
    /// The person's `config.toml`.
    Config,
    /// Nobody may have others: the person wants none.
    NoColour,
}

/// How the screen looks.
pub struct Look {
    /// The colours, unless the person has chosen others in the program.
    pub theme: ThemeId,
    /// Who says so.
    pub said: Said,
    /// Only ASCII signs.
    pub plain: bool,
    /// The mouse works.
    pub mouse: bool,
    /// The keys.
    pub keymap: Keymap,
}

fn variable(name: &str) -> String {
    super::env::text(name).unwrap_or_default()
}

impl Look {
    /// The looks of a session on a server, by what the terminal says of itself alone.
    pub fn plain() -> Self {
        Self {
            theme: colours(),
            said: Said::Terminal,
            plain: !utf8(),
            mouse: true,
            keymap: Keymap::default(),
        }
    }

    /// Reads settings and environment; a mistake in a file is a sentence that names it.
    pub fn read(folder: &Path, lang: Lang) -> anyhow::Result<Self> {
        let path = folder.join("config.toml");
        let config: Config = match std::fs::read_to_string(&path) {
            Ok(text) => {
                config(&text).map_err(|mistake| anyhow!(mistake.told(&path.display().to_string(), lang)))?
            }
            Err(_) => Config::default(),
        };
        let none = !variable("NO_COLOR").is_empty();
        Ok(Self {
            theme: if none { ThemeId::Mono } else { config.theme.unwrap_or_else(colours) },
            said: match config.theme {
                _ if none => Said::NoColour,
                Some(_) => Said::Config,
                None => Said::Terminal,
            },
            plain: config.signs.map_or(!utf8(), |s| s == Signs::Ascii),
            mouse: config.mouse,
            keymap: keys(folder, lang)?,
        })
    }
}

/// What is wrong with a `config.toml`.
#[derive(Debug, PartialEq, Eq)]
enum Mistake {
    /// This is no setting.
    Unknown(String),
    /// This setting takes other values.
    Value(&'static str, &'static str),
    /// It is no TOML from this line on.
    Line(usize),
}

impl Mistake {
    fn told(&self, file: &str, lang: Lang) -> String {
        match self {
            Self::Unknown(name) => {
                let known = SETTINGS.map(|(known, _)| known).join(", ");
                t::NO_SETTING.with(lang, &[&file, name, &known])
            }
            Self::Value(name, takes) => t::NO_VALUE.with(lang, &[&file, name, takes]),
            Self::Line(line) => t::NO_TOML.with(lang, &[&file, line]),
        }
    }
}

/// The settings of `config.toml` with the values they take.
const SETTINGS: [(&str, &str); 3] = [
    ("theme", "\"dark\", \"light\", \"sixteen\", \"mono\""),
    ("signs", "\"unicode\", \"ascii\""),
    ("mouse", "true, false"),
];

/// Reads a `config.toml`.
fn config(text: &str) -> Result<Config, Mistake> {
    let table: toml::Table = toml::from_str(text).map_err(|error| Mistake::Line(line(&error, text)))?;
    for (name, value) in &table {
        let Some((known, takes)) = SETTINGS.into_iter().find(|(known, _)| known == name) else {
            return Err(Mistake::Unknown(name.clone()));
        };
        let alone = toml::Table::from_iter([(name.clone(), value.clone())]);
        alone.try_into::<Config>().map_err(|_| Mistake::Value(known, takes))?;
    }
    table.try_into().map_err(|_| Mistake::Line(1))
}

impl Look {
    /// The colours for whoever has chosen none: the company's, where this terminal can show them.
    pub fn or_of_company(&self, id: Option<&str>) -> ThemeId {
        let known = [ThemeId::Dark, ThemeId::Light, ThemeId::Sixteen, ThemeId::Mono];
        let wanted = id.and_then(|id| known.into_iter().find(|theme| theme.id() == id));
        // a terminal of sixteen colours shows no others
        let shows = |theme: &ThemeId| {
            self.theme != ThemeId::Sixteen || !matches!(theme, ThemeId::Dark | ThemeId::Light)
        };
        wanted.filter(shows).filter(|_| self.said == Said::Terminal).unwrap_or(self.theme)
    }
}

/// Whether the locale has signs beyond ASCII; one that says nothing does.
fn utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable).into_iter().find(|v| !v.is_empty());
    locale.is_none_or(|l| l.to_lowercase().replace('-', "").contains("utf8"))
}

/// The colours that the terminal says it has.
fn colours() -> ThemeId {
    if !matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
        return ThemeId::Sixteen;
    }
    // some terminals tell their background: 7 and 15 are light
    match variable("COLORFGBG").rsplit(';').next() {
        Some("7" | "15") => ThemeId::Light,
        _ => ThemeId::Dark,
    }
}

/// The keys of `keys.toml`: `log = ["L"]`, or `log = "L"`.
fn keys(folder: &Path, lang: Lang) -> anyhow::Result<Keymap> {
    let path = folder.join("keys.toml");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(Keymap::default()) };
    let file = path.display().to_string();
    let changes = changes(&text, &file, lang).map_err(|sentence| anyhow!(sentence))?;
    Keymap::with(&changes).map_err(|error| {
        anyhow!(match error {
            KeymapError::Command(id) => t::NO_COMMAND.with(lang, &[&file, &id]),
            KeymapError::Key(name) => t::NO_KEY.with(lang, &[&file, &name]),
            KeymapError::Twice(key, one, other) => t::KEY_TWICE.with(lang, &[&file, &key, &one, &other]),
        })
    })
}

/// What a `keys.toml` binds anew, the id of a command with its keys; the sentence says what is wrong with it and where.
fn changes(text: &str, file: &str, lang: Lang) -> Result<Vec<(String, Vec<String>)>, String> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| t::NO_KEYS.with(lang, &[&file, &line(&error, text)]))?;
    let one = |id: String, value: toml::Value| match value {
        toml::Value::String(key) => Ok((id, vec![key])),
        several => match several.try_into() {
            Ok(keys) => Ok((id, keys)),
            Err(_) => Err(t::NO_VALUE.with(lang, &[&file, &id, &"\"L\", [\"L\", \"Z\"]"])),
        },
    };
    table.into_iter().map(|(id, value)| one(id, value)).collect()
}

/// The line of a text from which on it is no TOML.
fn line(error: &toml::de::Error, text: &str) -> usize {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    before.matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_the_settings_is_a_sentence_that_says_what_could_stand_there() {
        for (text, said) in [
            ("signs = 3", r#"f: “signs” takes "unicode", "ascii"."#),
            ("theme = \"blue\"", r#"f: “theme” takes "dark", "light", "sixteen", "mono"."#),
            ("mouse = \"no\"", "f: “mouse” takes true, false."),
            ("sings = \"ascii\"", "f: there is no setting “sings”; write theme, signs, mouse."),
            ("mouse = true\nsigns = ", "f: line 2 is not written as name = value."),
        ] {
            assert_eq!(config(text).unwrap_err().told("f", Lang::En), said);
        }
        assert_eq!(
            config("signs = 3").unwrap_err().told("f", Lang::Zh),
            "f:“signs”可取 \"unicode\", \"ascii\"。"
        );
        assert!(!config("mouse = false\nsigns = \"ascii\"\ntheme = \"dark\"").unwrap().mouse);
    }

    #[test]
    fn a_mistake_in_the_keys_is_one_sentence_with_its_line_and_what_to_write() {
        let told = |text: &str, lang| changes(text, "f", lang).unwrap_err();
        for (text, en, zh) in [
            (
                "log = \"L\"\nopen = [\"x\"",
                "f: line 2 cannot be read; write it like log = [\"L\"].",
                "f:第2行无法识别,请写成 log = [\"L\"]。",
            ),
            ("log = 3", "f: “log” takes \"L\", [\"L\", \"Z\"].", "f:“log”可取 \"L\", [\"L\", \"Z\"]。"),
        ] {
            assert_eq!([told(text, Lang::En), told(text, Lang::Zh)], [en, zh]);
        }
        let read = changes("log = \"L\"\nnew = [\"N\", \"Z\"]", "f", Lang::En).unwrap();
        assert_eq!(read, [("log".into(), vec!["L".into()]), ("new".into(), vec!["N".into(), "Z".into()])]);
    }
}
