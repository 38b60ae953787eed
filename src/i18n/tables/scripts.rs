//! The places of scripts by name, as they are written between the braces. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("place", "contact", w("contact", "联系人")),
    ("place", "customer", w("customer", "客户")),
    ("place", "owner", w("owner", "负责人")),
    ("place", "industry", w("industry", "行业")),
    ("place", "product", w("product", "产品")),
    ("place", "feature", w("feature", "功能")),
    ("place", "value", w("value", "客户价值")),
    ("place", "slots", w("slots", "名额")),
    ("place", "accumulated", w("spent so far", "累计消费")),
    ("place", "gap", w("gap", "差额")),
    ("place", "level", w("level", "会员等级")),
    ("place", "discount", w("discount", "折扣")),
    ("place", "coupon", w("coupon", "券面值")),
    ("place", "days", w("days", "天数")),
    ("place", "years", w("years", "年数")),
    ("place", "problem", w("problem", "问题")),
    ("place", "category", w("category", "品类")),
    ("place", "price", w("price", "原价")),
    ("place", "offer", w("offer", "优惠价")),
    ("place", "step", w("step", "环节")),
    ("place", "link", w("link", "链接")),
];
