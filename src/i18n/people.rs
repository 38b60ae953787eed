//! The words about people and what they may see: masks, hand-overs, disputes, the history of everything, exports.

use super::Lang;
use super::format::count;

super::texts! {
    NOT_MASKED "Nothing here is masked for you." "这里没有对您脱敏的内容。";
    SHOWN "Shown and noted in the history." "已显示,并记入操作记录。";
    SHOWN_OF "Shown and noted in the history: {} of {} today." "已显示,并记入操作记录:今日第{}次,上限{}次。";
}

/// What is said of a masked field that was shown.
pub fn shown(counted: Option<(i64, i64)>, lang: Lang) -> String {
    match counted {
        Some((n, most)) => SHOWN_OF.with(lang, &[&count(n), &count(most)]),
        None => SHOWN.of(lang).to_owned(),
    }
}
