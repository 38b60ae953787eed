//! The words for ids of reviews: of baselines, evaluations and suggestions. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("verb", "cause", w("cause noted", "记录原因")),
    ("verb", "baseline", w("baseline stored", "保存基线")),
    ("verb", "evaluate", w("evaluation begun", "开始评估")),
    ("verb", "close_evaluation", w("evaluation closed or opened", "结束/重开评估")),
    ("verb", "prepare", w("change of the matrix prepared", "拟定策略修改")),
    ("dimension", "value", w("customer value", "客户价值提升")),
    ("dimension", "efficiency", w("efficiency", "运营效率优化")),
    ("dimension", "satisfaction", w("satisfaction", "客户满意度")),
    ("dimension", "activity", w("the activity itself", "活动本身")),
    ("dimension", "own", w("own target", "自定目标")),
    ("metric", "campaign_response", w("answered, of those touched", "触达客户响应率")),
    ("metric", "campaign_conversion", w("ordered, of those touched", "触达客户转化率")),
    ("metric", "campaign_cost", w("cost per customer touched", "单户触达成本")),
    ("verb", "assess", w("assessment", "月度考核")),
    ("evaluation", "none", w("not begun", "未开始")),
    ("evaluation", "concluded", w("concluded, no table", "已有结论,未列表")),
    ("evaluation", "open", w("open", "进行中")),
    ("evaluation", "done", w("closed", "已结束")),
];
