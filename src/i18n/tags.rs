//! Tags in words: what a derived one rests on, and the dictionary.

use super::{Lang, format, words};
use crate::domain::tag::Ground;

super::texts! {
    REST_INDUSTRY "from the field industry" "取自行业字段";
    REST_EMPLOYEES "{} employees" "{}人";
    REST_SIZE "from the field size" "取自规模字段";
    REST_PURCHASES "{} purchases in 3 months" "近3个月{}次消费";
    REST_NO_CATEGORY "no clear preference" "没有明显偏好";
    REST_COUNT "{} on record" "共{}条记录";
    REST_MEMBERSHIP "from the membership" "取自会员记录";
    REST_REFERRAL "from the referral" "取自转介绍";
    DERIVED "derived" "自动";
    UNTIL "until {}" "至{}";
    COUNTED "{} customers" "{}户";
    ALIAS "→ {}" "→ {}";
    ITS_CUSTOMERS "Customers with this tag" "有此标签的客户";
    REWORD "Reword, or make it one with another …" "改措辞,或与另一个合并……";
    NEW_TAG "New value …" "新增标签值……";
    HINT "type to search · Enter opens" "输入可查找,Enter打开";
}

/// What a derived tag rests on.
pub fn ground(ground: &Ground, lang: Lang) -> String {
    match ground {
        Ground::Industry => REST_INDUSTRY.of(lang).to_owned(),
        Ground::Employees(n) => REST_EMPLOYEES.with(lang, &[n]),
        Ground::Size => REST_SIZE.of(lang).to_owned(),
        Ground::Purchases(n) => REST_PURCHASES.with(lang, &[n]),
        Ground::Categories(list) if list.is_empty() => REST_NO_CATEGORY.of(lang).to_owned(),
        Ground::Categories(list) => {
            let all: Vec<String> = list.iter().map(|(name, n)| format!("{name} ×{n}")).collect();
            format::list(&all.iter().map(String::as_str).collect::<Vec<_>>(), lang)
        }
        Ground::Segment => words::word("scheme", "segment", lang).to_owned(),
        Ground::Count(n) => REST_COUNT.with(lang, &[n]),
        Ground::Membership => REST_MEMBERSHIP.of(lang).to_owned(),
        Ground::Referral => REST_REFERRAL.of(lang).to_owned(),
    }
}
