//! The words for ids of exports: what is taken out, and in which form. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("date", "task", w("task", "待办")),
    ("unit", "share", w("share", "比率")),
    ("unit", "points", w("points", "分")),
    ("unit", "yuan", w("yuan", "元")),
    ("unit", "hours", w("hours", "小时")),
    ("unit", "ratio", w("ratio", "比值")),
    ("unit", "count", w("count", "个")),
    ("export", "customers", w("customers", "客户")),
    ("export", "contacts", w("contacts", "联系人")),
    ("export", "orders", w("orders", "订单")),
    ("export", "touches", w("touches", "互动")),
    ("export", "calendar", w("calendar", "日程")),
    ("export", "matrix", w("strategy table", "策略表")),
    ("export", "board", w("board", "看板指标")),
    ("export", "all", w("everything", "全部数据")),
];
