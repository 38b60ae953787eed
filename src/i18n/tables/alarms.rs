//! The words for ids of alarms: their rules, states and steps. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("cause", "improve", w("improvement plan", "制定改进计划")),
    ("because", "improve", w("not satisfied", "满意度偏低")),
    ("alarm", "leak", w("information leak", "客户信息泄露")),
    ("alarm", "dispute", w("ownership dispute", "客户归属争议")),
    ("alarm_state", "raised", w("raised", "待确认")),
    ("alarm_state", "acknowledged", w("taken on", "处理中")),
    ("alarm_state", "closed", w("closed", "已关闭")),
    ("alarm_state", "gone", w("over by itself", "已自行解除")),
    ("verb", "alarm", w("alarm", "预警")),
    ("verb", "acknowledge", w("alarm taken on", "确认预警")),
    ("verb", "tick", w("alarm step done", "预警步骤完成")),
    ("verb", "alarm_step", w("alarm step", "执行预警步骤")),
    ("verb", "close_alarm", w("alarm closed", "关闭预警")),
];
