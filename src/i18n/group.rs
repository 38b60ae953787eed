//! A target group as it is typed and shown: the filter language with words of either language, kept with ids.

use super::{Lang, words};
use crate::domain::filter::{FilterError, KEYS, parse};

/// What was typed, with the ids of the store in place of words; refuses what is no filter.
pub fn read(typed: &str) -> Result<String, FilterError> {
    let kept = each(&typed.replace('：', ":").replace('　', " "), |key, en, value| {
        let _ = key;
        format!("{en}:{}", words_of(value, |v| words::id(en, v).unwrap_or(v).to_owned()))
    });
    parse(&kept)?;
    Ok(kept)
}

/// A kept filter in a person's language.
pub fn shown(kept: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return kept.to_owned();
    }
    each(kept, |zh, en, value| {
        let known = |v: &str| {
            if words::id(en, v) == Some(v) { words::word(en, v, lang).to_owned() } else { v.to_owned() }
        };
        format!("{zh}:{}", words_of(value, known))
    })
}

/// Every term with its key in Chinese and in English, and its value; whatever has no key stays.
fn each(text: &str, term: impl Fn(&str, &str, &str) -> String) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            let (key, value) = word.split_once(':').unwrap_or(("", word));
            let known = KEYS.iter().find(|(en, zh, _)| key.eq_ignore_ascii_case(en) || key == *zh);
            match known {
                // what stands in quotes is somebody's own word
                Some((en, zh, _)) if !value.contains('"') => term(zh, en, value),
                _ => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}

/// The ids of a value, `high|growth`, each turned.
fn words_of(value: &str, turn: impl Fn(&str) -> String) -> String {
    value.split(['|', ',']).map(turn).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_kept_with_ids_and_shown_in_the_persons_language() {
        let kept = read("分层：高价值|潜力成长　沉默:>90天 负责:王敏 恒远").unwrap();
        assert_eq!(kept, "segment:high|growth silent:>90天 owner:王敏 恒远");
        assert_eq!(read(&kept).unwrap(), kept);
        assert_eq!(shown(&kept, Lang::Zh), "分层:高价值|潜力成长 沉默:>90天 负责:王敏 恒远");
        assert_eq!(shown(&kept, Lang::En), kept);
        assert_eq!(read("颜色:红"), Err(FilterError::Key("颜色".into())));
    }
}
