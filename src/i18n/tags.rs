//! Tags in words: their names, the values that follow from records, what a derived one rests on, and the dictionary. Tags are
//! kept in Chinese, as the handbooks print them; the English program shows the names and derived values in English, and
//! values that people wrote as they wrote them.

use std::borrow::Cow;

use super::{Lang, format, shipped, words};
use crate::domain::tag::Ground;

super::texts! {
    REST_INDUSTRY "from the field industry" "取自行业字段";
    REST_EMPLOYEES "{} {employee|employees}" "{}人";
    REST_SIZE "from the field size" "取自规模字段";
    REST_PURCHASES "{} {purchase|purchases} in 3 months" "近3个月{}次消费";
    REST_NO_CATEGORY "no clear preference" "没有明显偏好";
    REST_COUNT "{} on record" "共{}条记录";
    REST_MEMBERSHIP "from the membership" "取自会员记录";
    REST_REFERRAL "from the referral" "取自转介绍";
    DERIVED "derived" "自动";
    UNTIL "until {}" "至{}";
    COUNTED "{} {customer|customers}" "{}户";
    ALIAS "→ {}" "→ {}";
    ITS_CUSTOMERS "Customers with this tag" "有此标签的客户";
    REWORD "Reword, or make it one with another …" "改措辞,或与另一个合并……";
    NEW_TAG "New value …" "新增标签值……";
    HINT "type to search · Enter opens" "输入可查找,Enter打开";
}

/// Names of tags that the program derives or reads, in English.
const NAMES: &[(&str, &str)] = &[
    ("所属行业", "industry"),
    ("企业规模", "company size"),
    ("企业性质", "ownership"),
    ("转介绍人", "referred by"),
    ("消费活跃度", "buying activity"),
    ("品类偏好", "preferred category"),
    ("购买频率", "purchases"),
    ("采购周期", "purchase cycle"),
    ("历史投诉", "complaints"),
    ("退款", "refunds"),
    ("客户等级", "segment"),
    ("会员等级", "membership"),
    ("优惠券", "coupons"),
    ("账期", "payment terms"),
    ("关注点", "concern"),
    ("客户痛点", "pain point"),
    ("关注产品类别", "products of interest"),
    ("决策周期", "time to decide"),
    ("期望目标", "goal"),
];

/// Values by the name of their tag, in English.
const VALUES: &[(&str, &[(&str, &str)])] = &[
    ("企业规模", &[("小型", "small"), ("中型", "medium"), ("大型", "large")]),
    ("消费活跃度", &[("低", "low"), ("中", "medium"), ("高", "high")]),
    ("品类偏好", &[("无", "none")]),
    (
        "客户等级",
        &[
            ("高价值", "high-value"),
            ("潜力成长", "growth"),
            ("普通活跃", "ordinary"),
            ("冷却", "cooling"),
            ("沉睡", "dormant"),
        ],
    ),
    ("采购周期", &[("月度", "month"), ("季度", "quarter"), ("半年", "half-year"), ("年度", "year")]),
];

/// Values with a number in them: name of the tag, before and behind the number, English with its place.
const COUNTED_VALUES: &[(&str, &str, &str, &str)] = &[
    ("购买频率", "每年", "次", "{} a year"),
    ("历史投诉", "历史投诉", "次", "{}"),
    ("退款", "退款", "次", "{}"),
    ("优惠券", "可用", "张", "{} to use"),
    ("采购周期", "", "个月", "{} months"),
    ("采购周期", "", "天", "{} days"),
];

/// Words in the composite tag line with something before or behind them: before, behind, English with its place.
const PHRASES: &[(&str, &str, &str)] =
    &[("联系人", "", "contact {}"), ("采购周期", "", "buys every {}"), ("历史投诉", "次", "complaints: {}")];

/// The name of a tag.
pub fn name(name: &str, lang: Lang) -> &str {
    match lang {
        Lang::Zh => name,
        Lang::En => NAMES.iter().find(|(zh, _)| *zh == name).map_or(name, |(_, en)| en),
    }
}

/// A value of a tag; what people wrote stays as it is.
pub fn value<'a>(name: &str, value: &'a str, lang: Lang) -> Cow<'a, str> {
    if lang == Lang::Zh {
        return Cow::Borrowed(value);
    }
    let words = VALUES.iter().find(|(tag, _)| *tag == name).map_or(&[] as &[_], |(_, words)| words);
    if let Some((_, en)) = words.iter().find(|(zh, _)| *zh == value) {
        return Cow::Borrowed(en);
    }
    let counted =
        COUNTED_VALUES.iter().filter(|(tag, ..)| *tag == name).find_map(|(_, before, behind, en)| {
            let number = value.strip_prefix(before)?.strip_suffix(behind)?;
            number.parse::<u32>().ok().map(|_| en.replace("{}", number))
        });
    match counted {
        Some(said) => Cow::Owned(said),
        None if name == "所属行业" => Cow::Borrowed(shipped::said(value, lang)),
        None => Cow::Borrowed(value),
    }
}

/// The composite tag line (C18) in the language of the program.
pub fn line(line: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::Zh {
        return Cow::Borrowed(line);
    }
    let part = |part: &str| {
        let phrase = PHRASES.iter().find_map(|(before, behind, en)| {
            let inner = part.strip_prefix(before)?.strip_suffix(behind)?;
            Some(en.replace("{}", &value(before, inner, lang)))
        });
        phrase.unwrap_or_else(|| shipped::said(part, lang).to_owned())
    };
    Cow::Owned(line.split('-').map(part).collect::<Vec<_>>().join(" - "))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tag::{Basis, derived};

    #[test]
    fn every_derived_tag_reads_in_english_and_what_people_wrote_stays() {
        let basis = Basis {
            industry: Some("制造业".into()),
            employees: Some(200),
            orders_3m: 1,
            per_year: 4,
            segment: Some("growth".into()),
            complaints: 2,
            refunds: 1,
            coupons: 3,
            ..Basis::default()
        };
        let said: Vec<String> = derived(&basis)
            .iter()
            .map(|tag| {
                let path = &tag.path;
                format!("{} {}", name(&path.name, Lang::En), value(&path.name, &path.value, Lang::En))
            })
            .collect();
        assert_eq!(
            said,
            [
                "industry manufacturing",
                "company size medium",
                "buying activity medium",
                "preferred category none",
                "purchases 4 a year",
                "complaints 2",
                "refunds 1",
                "segment growth",
                "coupons 3 to use",
            ]
        );
        assert_eq!(value("采购周期", "3个月", Lang::En), "3 months");
        assert_eq!(value("关注点", "关注性价比", Lang::En), "关注性价比");
        assert_eq!(
            (name("消费活跃度", Lang::Zh), value("消费活跃度", "中", Lang::Zh).as_ref()),
            ("消费活跃度", "中")
        );
    }

    #[test]
    fn k58_the_composite_tag_line_reads_in_english() {
        let whole = "制造业-中型企业-联系人李经理-关注性价比-采购周期3个月-历史投诉1次";
        assert_eq!(line(whole, Lang::Zh), whole);
        assert_eq!(
            line(whole, Lang::En),
            "manufacturing - medium company - contact 李经理 - 关注性价比 - buys every 3 months - complaints: 1"
        );
    }
}
