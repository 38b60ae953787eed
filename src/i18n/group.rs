//! A target group as it is typed and shown: the filter language with words of either language, kept with ids.

use super::{Lang, own, words};
use crate::domain::filter::{FLAGS, FilterError, KEYS, parse};

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

/// What may stand at the end of a filter that is being typed: keys for a word that begins like one, classes and other ids
/// in words after a key that knows them. Each completes the whole text.
pub fn complete(typed: &str, lang: Lang) -> Vec<String> {
    let narrow = typed.replace('：', ":").replace('　', " ");
    let (before, last) = narrow.rsplit_once(' ').map_or(("", narrow.as_str()), |(b, l)| (b, l));
    let before = if before.is_empty() { String::new() } else { format!("{before} ") };
    let Some((key, value)) = last.split_once(':') else {
        if last.is_empty() {
            return Vec::new();
        }
        let begins = |word: &str| word.to_lowercase().starts_with(&last.to_lowercase());
        let keys = KEYS.iter().filter(|(en, zh, _)| begins(en) || begins(zh));
        return keys
            .map(|(en, zh, _)| format!("{before}{}:", if lang == Lang::En { en } else { zh }))
            .collect();
    };
    let Some((en, ..)) = KEYS.iter().find(|(en, zh, _)| key.eq_ignore_ascii_case(en) || key == *zh) else {
        return Vec::new();
    };
    let cut = value.rfind(['|', ',']).map_or(0, |at| at + 1);
    let (first, part) = value.split_at(cut);
    let mut known: Vec<String> = match *en {
        "is" => {
            FLAGS.iter().map(|(en, zh, _)| (if lang == Lang::En { en } else { zh }).to_string()).collect()
        }
        "moved" => of_group("scheme", lang),
        "activity" => of_group("amount_tier", lang),
        group => of_group(group, lang),
    };
    known.retain(|word| word.to_lowercase().starts_with(&part.to_lowercase()) && word != part);
    known.into_iter().map(|word| format!("{before}{key}:{first}{word}")).collect()
}

/// The words of a group, the company's own after those that ship; one with a blank stands in its id.
fn of_group(group: &str, lang: Lang) -> Vec<String> {
    let shipped = words::all().filter(|(g, ..)| *g == group).map(|(_, id, _)| *id);
    let mut ids: Vec<&str> = shipped.chain(own::ids(group)).collect();
    ids.dedup();
    ids.into_iter()
        .map(|id| {
            let word = words::word(group, id, lang);
            (if word.contains(' ') { id } else { word }).to_owned()
        })
        .collect()
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
    fn what_is_typed_of_a_filter_is_completed_by_keys_and_by_words() {
        assert_eq!(complete("seg", Lang::En), ["segment:"]);
        assert_eq!(complete("负责:我 分", Lang::Zh), ["负责:我 分层:"]);
        assert_eq!(complete("segment:high|gr", Lang::En), ["segment:high|growth"]);
        assert_eq!(complete("分层:高", Lang::Zh), ["分层:高价值"]);
        assert_eq!(complete("is:ret", Lang::En), ["is:retag"]);
        assert!(complete("", Lang::En).is_empty() && complete("colour:r", Lang::En).is_empty());
        assert!(complete("stage:", Lang::En).len() >= 4);
    }

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
