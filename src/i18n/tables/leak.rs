//! The words for ids of leaks: the steps of the response, and their states. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("leak", "open", w("open", "处理中")),
    ("leak", "closed", w("closed", "已关闭")),
    ("exported", "customers", w("customers", "客户")),
    ("exported", "contacts", w("contacts", "联系人")),
    ("exported", "orders", w("orders", "订单")),
    ("exported", "touches", w("touches", "互动")),
    ("verb", "report_leak", w("leak reported", "上报信息泄露")),
    ("verb", "name_leak", w("person of a leak named", "确认泄露涉事人员")),
    ("verb", "tick_leak", w("step of a leak done", "泄露处理步骤完成")),
    ("verb", "leak_key", w("backup key changed after a leak", "泄露后更换备份密钥")),
    ("verb", "leak_rekeyed", w("backups encrypted anew", "备份重新加密")),
    ("verb", "apologise", w("apology after a leak", "泄露致歉补偿")),
    ("verb", "close_leak", w("leak closed", "关闭泄露事件")),
];
