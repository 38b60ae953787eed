//! The words for ids of the analyses. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("step", "entered", w("entered", "建档")),
    ("step", "touched", w("touched", "已触达")),
    ("step", "answered", w("answered", "有响应")),
    ("step", "quoted", w("quoted", "已报价")),
    ("step", "ordered", w("first order", "首单")),
];
