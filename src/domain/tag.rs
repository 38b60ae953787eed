//! Tags that follow from the records of a customer (C4–C9, C17, C26, C27): which there are, what they are, and why. A tag of
//! the same name that a person set stands above the derived one (C24).

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::change::TagPath;

/// The types of tags, in their order (C2, C3).
pub const TYPES: &[&str] = &["basic", "behaviour", "value", "need"];

/// The name of a tag of which a file gives the value alone.
pub const UNNAMED: &str = "标签";

/// What tags are derived from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The industry as the customer carries it.
    pub industry: Option<String>,
    /// Head count.
    pub employees: Option<i64>,
    /// Size class, where the head count is not known.
    pub size: Option<String>,
    /// Purchases of the last three calendar months.
    pub orders_3m: i64,
    /// Purchases of the last twelve months.
    pub per_year: i64,
    /// Categories with the number of orders, the most bought first; those bought as often by what was spent on them.
    pub categories: Vec<(String, i64)>,
    /// How many of them the preference names (X8).
    pub kept: usize,
    /// The segment in force.
    pub segment: Option<String>,
    /// Complaints ever.
    pub complaints: i64,
    /// Refunds ever.
    pub refunds: i64,
    /// Level of membership.
    pub level: Option<String>,
    /// Coupons that can still be used.
    pub coupons: i64,
    /// Who brought them: name and number.
    pub referrer: Option<String>,
}

/// What a derived tag rests on; `i18n` words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The field industry.
    Industry,
    /// So many employees.
    Employees(i64),
    /// The field size.
    Size,
    /// So many purchases in the last three calendar months (C6).
    Purchases(i64),
    /// The categories with how often each was bought (C7, C8).
    Categories(Vec<(String, i64)>),
    /// The rules of the segment.
    Segment,
    /// So many records.
    Count(i64),
    /// The record of membership.
    Membership,
    /// The referral.
    Referral,
}

/// A derived tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Type, name, value.
    pub path: TagPath,
    /// What it rests on.
    pub ground: Ground,
}

/// The value of the preference where no category is bought more than others (C8).
pub const NO_PREFERENCE: &str = "无";

/// Months of a quarter.
const MONTHS: u32 = 3;
/// Categories that are ranked (C7).
const RANKED: usize = 3;

/// The activity by purchases of the last three calendar months: high from two, medium at one, low at none (C6, K30).
pub const fn activity(purchases: i64) -> &'static str {
    match purchases {
        ..=0 => "低",
        1 => "中",
        _ => "高",
    }
}

/// Category preference: the one or two bought most often, or as many as the company keeps; none without orders or where all
/// are bought alike (C8, X8).
pub fn preference(categories: &[(String, i64)], kept: usize) -> Vec<&str> {
    let most = categories.first().map_or(0, |(_, n)| *n);
    let flat = categories.len() > kept && categories.iter().all(|(_, n)| *n == most);
    if flat {
        return Vec::new();
    }
    categories.iter().take(kept).map(|(name, _)| name.as_str()).collect()
}

/// The word of a segment on its tag (C9).
fn level(segment: &str) -> &str {
    match segment {
        "high" => "高价值",
        "growth" => "潜力成长",
        "ordinary" => "普通活跃",
        "cooling" => "冷却",
        "dormant" => "沉睡",
        other => other,
    }
}

/// Every derived tag of a customer.
pub fn derived(basis: &Basis) -> Vec<Derived> {
    let tag = |kind: &str, name: &str, value: &str, ground: Ground| Derived {
        path: TagPath { kind: kind.to_owned(), name: name.to_owned(), value: value.to_owned() },
        ground,
    };
    let mut out = Vec::new();
    if let Some(industry) = &basis.industry {
        out.push(tag("basic", "所属行业", industry, Ground::Industry));
    }
    let size = basis.employees.map(super::customer::size_class).map(ToOwned::to_owned).or(basis.size.clone());
    let ground = basis.employees.map_or(Ground::Size, Ground::Employees);
    let word = size.as_deref().map(|size| match size {
        "small" => "小型",
        "medium" => "中型",
        _ => "大型",
    });
    out.extend(word.map(|word| tag("basic", "企业规模", word, ground)));
    if let Some(referrer) = &basis.referrer {
        out.push(tag("basic", "转介绍人", referrer, Ground::Referral));
    }
    let ground = Ground::Purchases(basis.orders_3m);
    out.push(tag("behaviour", "消费活跃度", activity(basis.orders_3m), ground));
    let ranked: Vec<_> = basis.categories.iter().take(RANKED).cloned().collect();
    let mut preferred = preference(&basis.categories, basis.kept);
    if preferred.is_empty() {
        preferred.push(NO_PREFERENCE);
    }
    for category in preferred {
        out.push(tag("behaviour", "品类偏好", category, Ground::Categories(ranked.clone())));
    }
    if basis.per_year > 0 {
        let value = format!("每年{}次", basis.per_year);
        out.push(tag("behaviour", "购买频率", &value, Ground::Count(basis.per_year)));
    }
    if basis.complaints > 0 {
        let value = format!("历史投诉{}次", basis.complaints);
        out.push(tag("behaviour", "历史投诉", &value, Ground::Count(basis.complaints)));
    }
    if basis.refunds > 0 {
        let value = format!("退款{}次", basis.refunds);
        out.push(tag("behaviour", "退款", &value, Ground::Count(basis.refunds)));
    }
    if let Some(segment) = &basis.segment {
        out.push(tag("value", "客户等级", level(segment), Ground::Segment));
    }
    if let Some(level) = &basis.level {
        out.push(tag("value", "会员等级", level, Ground::Membership));
    }
    if basis.coupons > 0 {
        let value = format!("可用{}张", basis.coupons);
        out.push(tag("value", "优惠券", &value, Ground::Count(basis.coupons)));
    }
    out
}

/// The first day of the quarter before the present one: a tag set by hand before it waits to be looked at again (C21, P29).
pub fn refresh_before(today: NaiveDate) -> NaiveDate {
    let month = (today.month0() / 3) * 3 + 1;
    let quarter = NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today);
    quarter.checked_sub_months(chrono::Months::new(MONTHS)).unwrap_or(quarter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn k30_two_purchases_in_three_months_are_high_one_medium_none_low() {
        assert_eq!([2, 1, 0].map(activity), ["高", "中", "低"]);
    }

    #[test]
    fn c08_the_one_or_two_bought_most_are_the_preference_and_a_flat_basket_is_none() {
        let basket =
            |list: &[(&str, i64)]| list.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(preference(&basket(&[("A品类", 3), ("B品类", 2), ("C品类", 1)]), 2), ["A品类", "B品类"]);
        assert_eq!(preference(&basket(&[("A品类", 1)]), 2), ["A品类"]);
        assert!(preference(&basket(&[("A品类", 1), ("B品类", 1), ("C品类", 1)]), 2).is_empty());
        assert!(preference(&[], 2).is_empty());
    }

    #[test]
    fn k29_size_comes_from_the_head_count_and_each_tag_says_what_it_rests_on() {
        let basis = Basis {
            industry: Some("制造业".into()),
            employees: Some(200),
            size: Some("large".into()),
            complaints: 1,
            segment: Some("growth".into()),
            ..Basis::default()
        };
        let all = derived(&basis);
        let of = |name: &str| all.iter().find(|d| d.path.name == name).unwrap();
        assert_eq!(
            (of("企业规模").path.value.as_str(), &of("企业规模").ground),
            ("中型", &Ground::Employees(200))
        );
        assert_eq!(of("历史投诉").path.value, "历史投诉1次");
        assert_eq!(of("客户等级").path.value, "潜力成长");
        assert_eq!(of("品类偏好").path.value, "无");
        assert!(all.iter().all(|d| d.path.name != "优惠券"));
    }

    #[test]
    fn c21_a_hand_set_tag_is_looked_at_again_once_a_quarter() {
        assert_eq!(refresh_before(day("2024-05-20")), day("2024-01-01"));
        assert_eq!(refresh_before(day("2024-01-01")), day("2023-10-01"));
    }
}
