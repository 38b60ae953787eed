//! What a filter is refused for, as a sentence that names what may have been meant.

use super::format::list;
use super::{Lang, group, own_fields as own};
use crate::domain::filter::{self, FilterError, KEYS};
use crate::domain::near::nearest;

super::texts! {
    FILTER_QUOTE "A quotation mark is not closed, or nothing stands between two of them; write two with the words between, such as tag:\"value for money\"." "引号未成对或其中为空,请把词语写在一对引号内,如 标签:\"注重 性价比\"。";
    FILTER_KEY "There is no filter “{}:”; there are {}." "没有筛选项“{}:”,可用:{}。";
    FILTER_OWNER "Nobody here is called “{}”; write a name or a login, or “me”." "没有名为“{}”的负责人,请写姓名或登录名,或写“我”。";
    FILTER_WORD "“{}” is no value of “{}:”; there are {}." "“{}”不是“{}:”的可选值,可用:{}。";
    DID_YOU_MEAN "Did you mean “{}”?" "是否要找“{}”?";
    FILTER_MARKED "The list of marked customers is not whole; mark them again in pane 1 and begin there." "已标记客户的名单不完整,请在窗格1重新标记后再发起。";
    FILTER_VALUE "“{}” does not fit “{}:”; write it like {}." "“{}”不适用于“{}:”,请写成{}。";
}

/// A key of the filter language in a person's language, with its example.
fn named(key: &str, lang: Lang) -> (&'static str, &'static str) {
    filter::key(key).map_or(("", ""), |(en, zh, example)| (if lang == Lang::En { en } else { zh }, example))
}

/// A sentence with the word that may have been meant.
pub(super) fn meant(sentence: String, near: Option<&str>, lang: Lang) -> String {
    let Some(near) = near else { return sentence };
    let gap = if lang == Lang::En { " " } else { "" };
    format!("{}{gap}{sentence}", DID_YOU_MEAN.with(lang, &[&near]))
}

/// The sentence for a filter that is not understood.
pub fn filter(error: &FilterError, lang: Lang) -> String {
    match error {
        FilterError::Quote => FILTER_QUOTE.of(lang).to_owned(),
        FilterError::Key(key) => {
            let keys: Vec<&str> =
                KEYS.iter().map(|(en, zh, _)| if lang == Lang::En { *en } else { *zh }).collect();
            let near = nearest(key, KEYS.iter().flat_map(|(en, zh, _)| [*en, *zh]));
            let sentence = FILTER_KEY.with(lang, &[key, &list(&keys, lang)]);
            meant(
                sentence,
                near.and_then(filter::key).map(|(en, zh, _)| if lang == Lang::En { en } else { zh }),
                lang,
            )
        }
        FilterError::Value { key, .. } if *key == filter::MARKED.0 => FILTER_MARKED.of(lang).to_owned(),
        FilterError::Value { key, value } => {
            let (name, example) = named(key, lang);
            FILTER_VALUE.with(lang, &[value, &name, &group::shown(example, lang)])
        }
        FilterError::Field { value, near } => {
            meant(own::FILTER_FIELD.with(lang, &[value]), near.as_deref(), lang)
        }
        FilterError::FieldValue { field, value } => own::FILTER_FIELD_VALUE.with(lang, &[field, value]),
        FilterError::Owner { value, near } => meant(FILTER_OWNER.with(lang, &[value]), near.as_deref(), lang),
        FilterError::Word { key, value } => {
            let words = group::choices(key, lang);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let sentence = FILTER_WORD.with(lang, &[value, &named(key, lang).0, &list(&words, lang)]);
            // a slip is one in either language
            let other = group::choices(key, lang.other());
            let near = nearest(value, words.iter().copied().chain(other.iter().map(String::as_str)));
            meant(sentence, near, lang)
        }
    }
}
