//! The words of the filter language: its keys in both languages with an example each, and the words of `is:`. A new key is a
//! row here and an arm where it is read.

use super::Flag;

/// The keys with their Chinese spelling and an example, for completion and help.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("owner", "负责人", "owner:me"),
    ("segment", "分层", "segment:high"),
    ("grade", "等级", "grade:A"),
    ("lifecycle", "周期", "lifecycle:prospect"),
    ("value", "价值", "value:high"),
    ("expansion", "拓展", "expansion:core"),
    ("stage", "阶段", "stage:churn"),
    ("depth", "深度", "depth:strategic"),
    ("relation", "关系", "relation:relational"),
    ("need", "需求", "need:custom"),
    ("moved", "变动", "moved:segment"),
    ("industry", "行业", "industry:制造业"),
    ("size", "规模", "size:large"),
    ("state", "状态", "state:quoted"),
    ("source", "来源", "source:referral"),
    ("region", "地区", "region:上海"),
    ("tag", "标签", "tag:关注性价比"),
    ("activity", "活跃", "activity:high"),
    ("category", "品类", "category:A品类"),
    ("due", "到期", "due:<3d"),
    ("silent", "沉默", "silent:>30d"),
    ("bought", "未购", "bought:>90d"),
    ("code", "编号", "code:C202405001"),
    ("spend", "金额", "spend:>100000"),
    ("orders", "频次", "orders:>=3"),
    ("created", "新增", "created:2024-05"),
    ("ordered", "下单", "ordered:2024-Q2"),
    ("is", "是", "is:overdue"),
    ("own", "自有", "own:车间数>3"),
];

/// Further Chinese names of keys: as lists and forms have them, or shorter.
const ALSO: &[(&str, &str)] = &[
    ("负责", "owner"),
    ("责任人", "owner"),
    ("客户分层", "segment"),
    ("客户等级", "grade"),
    ("生命周期", "lifecycle"),
    ("客户价值", "value"),
    ("拓展类", "expansion"),
    ("CLM阶段", "stage"),
    ("合作深度", "depth"),
    ("关系类型", "relation"),
    ("所属行业", "industry"),
    ("企业规模", "size"),
    ("客户状态", "state"),
    ("跟进状态", "state"),
    ("客户来源", "source"),
    ("区域", "region"),
    ("购买活跃度", "activity"),
    ("活跃度", "activity"),
    ("品类偏好", "category"),
    ("下一步", "due"),
    ("未互动", "silent"),
    ("未下单", "bought"),
    ("客户编号", "code"),
    ("近12月", "spend"),
    ("消费", "spend"),
    ("频次/年", "orders"),
    ("录入", "created"),
];

/// The key of a set of marked customers in either language. Nobody types it: the list writes it (`marked:3:1-2|9`).
pub const MARKED: (&str, &str) = ("marked", "已标记");

/// A key by its name in either language: English, Chinese, an example.
pub fn key(name: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let also = ALSO.iter().find(|(zh, _)| zh.eq_ignore_ascii_case(name)).map(|(_, en)| *en);
    KEYS.iter().find(|(en, zh, _)| en.eq_ignore_ascii_case(also.unwrap_or(name)) || *zh == name).copied()
}

/// The words of `is:`.
pub const FLAGS: &[(&str, &str, Flag)] = &[
    ("quiet", "免扰", Flag::Quiet),
    ("complaint", "投诉", Flag::Complaint),
    ("overdue", "逾期", Flag::Overdue),
    ("prospect", "潜客", Flag::Prospect),
    ("idle", "无计划", Flag::Idle),
    ("unchecked", "未复核", Flag::Unchecked),
    ("recall", "待召回", Flag::Recall),
    ("retag", "标签待刷新", Flag::Retag),
    ("differs", "手动分类", Flag::Differs),
    ("misplaced", "岗位不符", Flag::Misplaced),
    ("duplicate", "疑似重复", Flag::Duplicate),
];
