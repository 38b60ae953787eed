//! The words for people, in both languages on one line, so that a missing translation does not compile.
//! One table per place of the program; ids of the store become words in [`words`], errors become sentences in
//! [`errors`], figures and dates in [`mod@format`]. Nothing here decides anything.

pub mod about;
pub mod alarms;
pub mod analysis;
pub mod audit;
pub mod backup;
pub mod board;
pub mod books;
pub mod campaigns;
pub mod cli;
pub mod commands;
pub mod complaints;
pub mod entry;
pub mod erase;
pub mod errors;
pub mod exchange;
pub mod explain;
pub mod exports;
pub mod fields;
pub mod filters;
pub mod forecast;
pub mod form_keys;
pub mod format;
pub mod group;
pub mod guard;
pub mod handover;
pub mod import;
pub mod industries;
pub mod kpi;
pub mod leak;
pub mod ledger;
pub mod legend;
pub mod matrix;
pub mod merge;
pub mod models;
pub mod named;
pub mod own;
pub mod own_fields;
pub mod people;
pub mod profile;
pub mod report;
pub mod review;
pub mod run;
pub mod scheme;
pub mod scripts;
pub mod server;
pub mod settings;
pub mod shell;
pub mod shipped;
pub mod sides;
pub mod slips;
pub mod staff;
pub mod tables;
pub mod tags;
pub mod topics;
pub mod user;
mod word;
pub mod words;
pub mod yearly;

use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 中文.
    Zh,
}

impl Lang {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }

    /// The language with this id.
    pub fn of(id: &str) -> Option<Self> {
        [Self::En, Self::Zh].into_iter().find(|lang| lang.id() == id)
    }

    /// `en` or `zh`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// A text in both languages; `{}` marks the places to fill, in the same number and order in both. After a place
/// `{row|rows}` is the word for one or for many of what has just been filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// 中文.
    pub zh: &'static str,
}

impl Text {
    /// The text in a language.
    pub const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// The text with its places filled, and its words as many as they count.
    pub fn with(self, lang: Lang, args: &[&dyn Display]) -> String {
        let mut out = String::new();
        let mut args = args.iter();
        let mut one = false;
        let mut rest = self.of(lang);
        while let Some((before, (marked, after))) =
            rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            out.push_str(before);
            rest = after;
            match marked.split_once('|') {
                Some((single, many)) => out.push_str(if one { single } else { many }),
                None if marked.is_empty() => {
                    let word = args.next().map_or_else(String::new, ToString::to_string);
                    one = word == "1";
                    out.push_str(&word);
                }
                // braces that a sentence speaks of
                None => out.extend(["{", marked, "}"]),
            }
        }
        out + rest
    }
}

/// Makes a table of texts: `NAME "English" "中文";`, and `ALL` for the tests.
macro_rules! texts {
    ($( $(#[$meta:meta])* $name:ident $en:literal $zh:literal; )*) => {
        $( $(#[$meta])* #[doc = concat!("`", $en, "`")] pub const $name: $crate::i18n::Text = $crate::i18n::Text { en: $en, zh: $zh }; )*
        /// Every text of this table.
        pub const ALL: &[$crate::i18n::Text] = &[$($name),*];
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_places_to_fill() {
        let tables = [
            shell::ALL,
            errors::ALL,
            commands::ALL,
            exchange::ALL,
            import::ALL,
            report::ALL,
            review::ALL,
            analysis::ALL,
            staff::ALL,
            run::ALL,
            scheme::ALL,
            scheme::refused::ALL,
            tags::ALL,
            own_fields::ALL,
            kpi::ALL,
            kpi::VERDICTS,
            ledger::ALL,
            matrix::ALL,
            models::ALL,
            people::ALL,
            exports::ALL,
            forecast::ALL,
            audit::ALL,
            scripts::ALL,
            campaigns::ALL,
            complaints::ALL,
            board::ALL,
            books::ALL,
            guard::ALL,
            handover::ALL,
            erase::ALL,
            profile::ALL,
            cli::ALL,
            user::ALL,
            server::ALL,
            backup::ALL,
        ];
        for text in tables.into_iter().flatten() {
            assert_eq!(text.en.matches("{}").count(), text.zh.matches("{}").count(), "{}", text.en);
            assert!(!text.en.is_empty() && !text.zh.is_empty());
            // only English has words for one and for many, and only after what they count
            assert!(!text.zh.contains('|') || !text.zh.contains("{}"), "{}", text.zh);
            for (at, _) in text.en.match_indices('|').filter(|_| text.en.contains("{}")) {
                let before = &text.en[..at];
                assert!(before.rfind("{}") < before.rfind('{') && before.contains("{}"), "{}", text.en);
            }
        }
    }

    #[test]
    fn words_are_as_many_as_they_count() {
        let text = Text {
            en: "{} {row has|rows have} left for {}; write {name}",
            zh: "{}行已导出到{},请写{名称}",
        };
        assert_eq!(text.with(Lang::En, &[&1, &"a.csv"]), "1 row has left for a.csv; write {name}");
        assert_eq!(text.with(Lang::En, &[&0, &"a.csv"]), "0 rows have left for a.csv; write {name}");
        assert_eq!(text.with(Lang::En, &[&"1,001", &"-"]), "1,001 rows have left for -; write {name}");
        assert_eq!(text.with(Lang::Zh, &[&1, &"a.csv"]), "1行已导出到a.csv,请写{名称}");
        assert_eq!(Text { en: "{} of {", zh: "{" }.with(Lang::En, &[&2]), "2 of {");
    }

    #[test]
    fn places_are_filled_in_order() {
        let text = Text { en: "{} of {}", zh: "{} / {}" };
        assert_eq!(text.with(Lang::En, &[&38, &"12,480"]), "38 of 12,480");
        assert_eq!(text.with(Lang::Zh, &[&38, &"12,480"]), "38 / 12,480");
    }
}
