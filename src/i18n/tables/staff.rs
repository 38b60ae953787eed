//! The words for ids of the figures of people. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("sheet", "timeliness", w("written down within 24 h", "信息更新及时率")),
    ("sheet", "promises", w("follow-ups done in time", "待跟进按时完成")),
    ("sheet", "response", w("touches answered", "主动触达响应率")),
    ("sheet", "judged", w("judged by the manager", "主管评分")),
];
