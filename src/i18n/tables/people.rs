//! The words for what is shown and taken out, as verbs of the history: beside those of [`super::company`], because they are
//! about rights and not about records. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("verb", "reveal", w("show what is masked", "查看脱敏信息")),
    ("verb", "export", w("export", "导出")),
    ("verb", "export_refused", w("export refused", "导出被拒")),
];
