//! A target group as it is typed and shown: the filter language with words of either language, kept with ids.

use std::convert::Infallible;

use super::{Lang, campaigns, format, own, own_fields, shipped, tables, words};
use crate::domain::filter::{FLAGS, FilterError, KEYS, MARKED, key, parse};

/// Keys whose values are a closed list of words: any other value is a slip and not a filter that fits nobody.
const CLOSED: &[&str] = &[
    "segment",
    "grade",
    "lifecycle",
    "value",
    "expansion",
    "stage",
    "depth",
    "relation",
    "need",
    "moved",
    "size",
    "state",
    "source",
    "activity",
    "is",
];
/// Keys that count days, and the words of their units in either language.
const DAYS: &[&str] = &["due", "silent", "bought"];
const UNITS: &[(char, char)] = &[('d', '天'), ('w', '周'), ('m', '月'), ('y', '年')];

/// What was typed, with the ids of the store in place of words; refuses what is no filter.
pub fn read(typed: &str) -> Result<String, FilterError> {
    let narrow = typed.replace('：', ":").replace('　', " ");
    let typed = narrow.split_whitespace().map(|word| own_word(word, own_fields::kept));
    let kept = each(&typed.collect::<Vec<_>>().join(" "), |_, en, value| {
        Ok(format!("{en}:{}", words_of(value, |v| kept(en, v))?))
    })?;
    parse(&kept)?;
    Ok(kept)
}

/// A word of a filter with its own field named otherwise, where it names one and no key of every company.
fn own_word(word: &str, turn: impl Fn(&str) -> Option<String>) -> String {
    let known = word.split_once(':').is_some_and(|(name, _)| key(name).is_some_and(|(en, ..)| en != "own"));
    turn(word).filter(|_| !known).unwrap_or_else(|| word.to_owned())
}

/// One value as it is kept.
fn kept(en: &'static str, value: &str) -> Result<String, FilterError> {
    if CLOSED.contains(&en) {
        let wrong = || FilterError::Word { key: en, value: value.to_owned() };
        return id(en, value).map(str::to_owned).ok_or_else(wrong);
    }
    Ok(match en {
        "owner" if value == "我" => "me".to_owned(),
        "industry" => shipped::meant(value).to_owned(),
        en if DAYS.contains(&en) => unit(value, |(en, zh)| (zh, en)),
        _ => value.to_owned(),
    })
}

/// A number of days with its unit in the other language.
fn unit(value: &str, turn: impl Fn((char, char)) -> (char, char)) -> String {
    let known = |last: char| UNITS.iter().map(|pair| turn(*pair)).find(|(from, _)| *from == last);
    match value.chars().last().and_then(known) {
        Some((from, to)) => format!("{}{to}", value.strip_suffix(from).unwrap_or(value)),
        None => value.to_owned(),
    }
}

/// The group of words behind a key.
fn group_of(en: &str) -> &str {
    match en {
        "moved" => "scheme",
        "activity" => "amount_tier",
        en => en,
    }
}

/// The id of a word of a closed list, in either language.
fn id(en: &str, typed: &str) -> Option<&'static str> {
    if en == "is" {
        return FLAGS
            .iter()
            .find(|(id, zh, _)| id.eq_ignore_ascii_case(typed) || *zh == typed)
            .map(|(id, ..)| *id);
    }
    words::id(group_of(en), typed)
}

/// A kept filter in a person's language.
pub fn shown(kept: &str, lang: Lang) -> String {
    let text: Result<String, Infallible> = each(kept, |zh, en, value| {
        let key = if lang == Lang::En { en } else { zh };
        Ok(format!("{key}:{}", words_of(value, |v| Ok::<_, Infallible>(said(en, v, lang)))?))
    });
    let text = text.unwrap_or_else(|never| match never {});
    text.split_whitespace().map(|word| own_word(word, own_fields::shown)).collect::<Vec<_>>().join(" ")
}

/// How many customers a set of marked ones in a filter holds, in words; none for any other word of a filter.
pub fn marked(word: &str, lang: Lang) -> Option<String> {
    let (name, set) = word.split_once(':')?;
    let (count, _) = set.split_once(':').filter(|_| name == MARKED.0 || name == MARKED.1)?;
    let count = count.parse().map_or_else(|_| count.to_owned(), format::count);
    Some(campaigns::MARKED_GROUP.with(lang, &[&count]))
}

/// A kept filter as it is told where nobody edits it: of a set of marked customers only how many there are.
pub fn told(kept: &str, lang: Lang) -> String {
    let shown = shown(kept, lang);
    let words = shown.split_whitespace().map(|w| marked(w, lang).unwrap_or_else(|| w.to_owned()));
    words.collect::<Vec<_>>().join(" ")
}

/// One kept value in a person's language; a word with a blank would be two, so that its id stands.
fn said(en: &str, value: &str, lang: Lang) -> String {
    let word = match (en, lang) {
        ("owner", Lang::Zh) if value == "me" => "我",
        ("industry", lang) => shipped::said(value, lang),
        ("is", Lang::Zh) => FLAGS.iter().find(|(id, ..)| *id == value).map_or(value, |(_, zh, _)| zh),
        (en, Lang::Zh) if DAYS.contains(&en) => return unit(value, |pair| pair),
        (en, Lang::Zh) if CLOSED.contains(&en) && id(en, value) == Some(value) => {
            words::word(group_of(en), value, lang)
        }
        _ => value,
    };
    (if word.contains(' ') { value } else { word }).to_owned()
}

/// The words of a closed list as a person writes them; none for other keys.
pub fn choices(en: &str, lang: Lang) -> Vec<String> {
    match en {
        "is" => {
            FLAGS.iter().map(|(en, zh, _)| (if lang == Lang::En { en } else { zh }).to_string()).collect()
        }
        en if CLOSED.contains(&en) => of_group(group_of(en), lang),
        _ => Vec::new(),
    }
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
        let keys = keys.map(|(en, zh, _)| (if lang == Lang::En { *en } else { *zh }).to_owned());
        let own = own_fields::keys().into_iter().filter(|key| begins(key));
        return keys.chain(own).map(|key| format!("{before}{key}:")).collect();
    };
    let own = if self::key(key).is_none() { own_fields::called(key) } else { None };
    let Some(en) = self::key(key).map(|(en, ..)| en).or(own.as_ref().map(|_| "own")) else {
        return Vec::new();
    };
    let cut = value.rfind(['|', ',']).map_or(0, |at| at + 1);
    let (first, part) = value.split_at(cut);
    let mut known: Vec<String> = match (en, lang) {
        ("owner", Lang::En) => vec!["me".to_owned()],
        ("owner", Lang::Zh) => vec!["我".to_owned()],
        _ => own.map_or_else(|| choices(en, lang), |(_, allowed)| allowed),
    };
    known.retain(|word| word.to_lowercase().starts_with(&part.to_lowercase()) && word != part);
    known.into_iter().map(|word| format!("{before}{key}:{first}{word}")).collect()
}

/// The words of a group, the company's own after those that ship, as a filter shows them: in English the ids, which are
/// English; a word with a blank stands in its id, too.
fn of_group(group: &str, lang: Lang) -> Vec<String> {
    let shipped = tables::all().filter(|(g, ..)| *g == group).map(|(_, id, _)| *id);
    let mut ids: Vec<&str> = shipped.chain(own::ids(group)).collect();
    ids.dedup();
    ids.into_iter()
        .map(|id| {
            let word = words::word(group, id, lang);
            (if lang == Lang::En || word.contains(' ') { id } else { word }).to_owned()
        })
        .collect()
}

/// Every term with its key in Chinese and in English, and its value; whatever has no key stays.
fn each<E>(
    text: &str,
    term: impl Fn(&'static str, &'static str, &str) -> Result<String, E>,
) -> Result<String, E> {
    let words = text.split_whitespace().map(|word| {
        let (name, value) = word.split_once(':').unwrap_or(("", word));
        let marked = name == MARKED.0 || name == MARKED.1;
        match if marked { Some((MARKED.0, MARKED.1, "")) } else { key(name) } {
            // what stands in quotes is somebody's own word, and where nothing stands yet nothing is wrong with it
            Some((en, zh, _)) if !value.contains('"') && !value.is_empty() => term(zh, en, value),
            _ => Ok(word.to_owned()),
        }
    });
    Ok(words.collect::<Result<Vec<_>, E>>()?.join(" "))
}

/// The ids of a value, `high|growth`, each turned.
fn words_of<E>(value: &str, turn: impl Fn(&str) -> Result<String, E>) -> Result<String, E> {
    Ok(value.split(['|', ',']).map(turn).collect::<Result<Vec<_>, E>>()?.join("|"))
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
        assert_eq!(kept, "segment:high|growth silent:>90d owner:王敏 恒远");
        assert_eq!(read(&kept).unwrap(), kept);
        assert_eq!(shown(&kept, Lang::Zh), "分层:高价值|潜力成长 沉默:>90天 负责人:王敏 恒远");
        assert_eq!(shown(&kept, Lang::En), kept);
        assert_eq!(read("颜色:红"), Err(FilterError::Key("颜色".into())));
    }

    #[test]
    fn every_word_of_a_filter_is_read_as_it_shows_in_either_language() {
        for lang in [Lang::En, Lang::Zh] {
            for (en, zh, example) in KEYS {
                assert_eq!(read(&shown(example, lang)).as_deref(), Ok(*example), "{lang:?}");
                for word in choices(en, lang) {
                    for key in [en, zh] {
                        let kept = read(&format!("{key}:{word}")).unwrap();
                        assert_eq!(read(&shown(&kept, lang)).unwrap(), kept, "{key}:{word}");
                    }
                }
            }
        }
        for (typed, kept) in [
            ("负责人:我", "owner:me"),
            ("所属行业:manufacturing", "industry:制造业"),
            ("是:逾期", "is:overdue"),
            ("变动:分层", "moved:segment"),
            ("生命周期:老客户", "lifecycle:existing"),
            ("下一步:<3天", "due:<3d"),
            ("Segment:High-Value", "segment:high"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(kept), "{typed}");
        }
        assert_eq!(shown("owner:me is:overdue due:<2w", Lang::Zh), "负责人:我 是:逾期 到期:<2周");
        assert_eq!(
            shown("industry:制造业 tag:关注性价比", Lang::En),
            "industry:manufacturing tag:关注性价比"
        );
    }

    #[test]
    fn a_word_that_a_closed_list_does_not_have_is_refused() {
        for (typed, key, value) in [
            ("segment:hihg", "segment", "hihg"),
            ("等级:D", "grade", "D"),
            ("state:won|lost", "state", "lost"),
            ("is:late", "is", "late"),
        ] {
            assert_eq!(read(typed), Err(FilterError::Word { key, value: value.into() }), "{typed}");
        }
        assert!(read("tag:whatever region:上海 category:A品类 industry:航天").is_ok());
    }
}
