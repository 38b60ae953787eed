//! The words for ids of complaints and requests, and of the departments that ask each other. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("department", "sales", w("sales", "销售部")),
    ("department", "service", w("service", "客服部")),
    ("department", "marketing", w("marketing", "市场部")),
    ("department", "operations", w("operations", "运营部")),
    ("department", "other", w("other", "其他")),
    ("severity", "low", w("low", "低")),
    ("severity", "medium", w("medium", "中")),
    ("severity", "high", w("high", "高")),
    ("complaint", "open", w("open", "待响应")),
    ("complaint", "responded", w("answered", "已响应")),
    ("complaint", "solved", w("solution given", "已给方案")),
    ("complaint", "resolved", w("resolved", "已解决")),
    ("ended", "withdrawn", w("withdrawn", "已撤诉")),
    ("ended", "invalid", w("no complaint", "无效投诉")),
    ("request", "open", w("open", "待受理")),
    ("request", "taken", w("taken", "处理中")),
    ("request", "answered", w("answered", "已回复")),
    ("request", "refused", w("refused", "已拒绝")),
    ("request", "closed", w("closed", "已关闭")),
    ("verb", "take", w("taken over", "接手")),
    ("verb", "answer", w("answer", "响应")),
    ("verb", "solve", w("solution", "解决方案")),
    ("verb", "resolve", w("complaint resolved", "投诉已解决")),
    ("verb", "end_complaint", w("complaint closed", "投诉关闭")),
    ("verb", "ask", w("request", "部门请求")),
    ("verb", "refuse_request", w("request refused", "拒绝请求")),
    ("verb", "close_request", w("request closed", "请求关闭")),
];
