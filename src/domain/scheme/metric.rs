//! The metrics that schemes are written over: one table with unit and definition, which the help and `scheme show` read,
//! and how each is got from what is kept of a customer. A metric that a scheme does not know does not exist.

use chrono::{Months, NaiveDate};
use serde::Serialize;

/// What a metric is measured in; thresholds are written in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A whole number.
    Count,
    /// Yuan; kept as fen.
    Yuan,
    /// Per cent, written `150%`.
    Percent,
    /// Calendar months.
    Months,
    /// One of some words.
    Word,
}

/// One metric.
#[derive(Debug)]
pub struct Metric {
    /// Its id in a scheme.
    pub id: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// The words it can be; empty unless the unit is a word. A class metric takes the classes of its scheme.
    pub words: &'static [&'static str],
    /// Whether it can be missing, so that a scheme has to say what then.
    pub optional: bool,
    /// Its name, English and Chinese.
    pub name: [&'static str; 2],
    /// Its definition, English and Chinese.
    pub means: [&'static str; 2],
    /// Where it comes from, ids of requirements.md or kpis.md.
    pub source: &'static str,
}

const fn m(
    id: &'static str,
    unit: Unit,
    optional: bool,
    name: [&'static str; 2],
    means: [&'static str; 2],
    source: &'static str,
) -> Metric {
    Metric { id, unit, words: &[], optional, name, means, source }
}

const TIERS: &[&str] = &["low", "medium", "high"];
const MATCHES: &[&str] = &["low", "high"];

/// Every metric.
pub const METRICS: &[Metric] = &[
    m(
        "share",
        Unit::Percent,
        true,
        ["spend vs industry", "与行业平均之比"],
        [
            "net spend of the last 12 months over the industry's average: the latest entered year, else the frozen mean of own customers when ten have orders; missing without either",
            "近12个月净消费 ÷ 行业平均:取最近录入年份,否则取本公司有订单客户(至少10户)的月度冻结均值;两者都没有则缺失",
        ],
        "A57 B2–B4 J22",
    ),
    m(
        "idle_months",
        Unit::Months,
        false,
        ["months silent", "未往来月数"],
        [
            "calendar months back from today that reach the last two-way contact or order; the same day three months ago is 3",
            "从今天往回数到最近一次双向互动或订单的日历月数;三个月前的同一天为3",
        ],
        "B9 B10",
    ),
    m(
        "order_idle_months",
        Unit::Months,
        false,
        ["months without order", "未下单月数"],
        ["the same, counted from the last order alone", "同上,只看最近一次订单"],
        "B32 B33",
    ),
    m(
        "tenure_months",
        Unit::Months,
        false,
        ["months since 1st order", "首单至今月数"],
        ["whole calendar months since the first order; 0 without one", "首单以来的整日历月数;没有订单为0"],
        "A44 A55",
    ),
    m(
        "orders",
        Unit::Count,
        false,
        ["orders", "订单数"],
        [
            "orders that stand, less cancelled and fully refunded ones; an opening balance that speaks of purchases counts as one",
            "有效订单数(不含取消与全额退款);期初余额表明曾购买的计1",
        ],
        "A46 kpis.md C4",
    ),
    m(
        "spend_12m",
        Unit::Yuan,
        false,
        ["spend of 12 months", "近12个月消费"],
        ["net order amounts of the last 12 months, in yuan", "近12个月订单净额,单位元"],
        "A50 X37",
    ),
    m(
        "spend_total",
        Unit::Yuan,
        false,
        ["total spend", "历史总额"],
        [
            "net order amounts of all time, opening balance included, in yuan",
            "历史订单净额(含期初余额),单位元",
        ],
        "A47",
    ),
    m(
        "spend_change",
        Unit::Percent,
        true,
        ["change of spend", "消费变化"],
        [
            "net spend of the last 90 days against the 90 days before; missing where nothing was spent then",
            "近90天净消费与此前90天相比;此前没有消费则缺失",
        ],
        "X19 kpis.md 3.5",
    ),
    m(
        "repurchase",
        Unit::Percent,
        false,
        ["own repurchase rate", "本人复购率"],
        [
            "(n − 1) ÷ n over the days with an order of the last 365 days; 0 without any",
            "近365天有订单的天数n,取(n−1)÷n;没有为0",
        ],
        "A56 B16 kpis.md",
    ),
    m(
        "unanswered",
        Unit::Count,
        false,
        ["unanswered touches in a row", "连续未回应次数"],
        [
            "latest proactive touches without an answer, each more than 7 days ago, counted back to the last answer; at most 20",
            "最近连续未获回应的主动触达次数(已满7天),至上一次回应为止;最多20",
        ],
        "P30 kpis.md 3.5",
    ),
    m(
        "interval_spread",
        Unit::Percent,
        true,
        ["spread of order intervals", "订单间隔波动"],
        [
            "standard deviation of the days between order days of the last 365 days over their mean; below 50 % is stable; missing with fewer than three order days",
            "近365天订单日间隔的标准差 ÷ 平均间隔;低于50%为稳定;订单日少于3天则缺失",
        ],
        "A62 J14",
    ),
    Metric {
        id: "amount_tier",
        unit: Unit::Word,
        words: TIERS,
        optional: true,
        name: ["tier of total spend", "金额档"],
        means: [
            "high from the 80th, medium from the 50th percentile of the total spend of customers with orders, frozen once a month",
            "历史总额在有订单客户中达到第80百分位为high,第50百分位为medium,每月冻结一次",
        ],
        source: "B28 J15",
    },
    Metric {
        id: "need_match",
        unit: Unit::Word,
        words: MATCHES,
        optional: false,
        name: ["match of needs", "需求匹配"],
        means: [
            "high from two need tags that one product of the catalogue shares",
            "与目录中某一产品共有两个及以上需求标签为high",
        ],
        source: "A61 J13",
    },
];

/// Schemes whose class can stand in another scheme's conditions.
pub const CLASS_METRICS: &[&str] =
    &["segment", "grade", "lifecycle", "value", "expansion", "stage", "depth", "relation", "need"];

/// The metric with this id.
pub fn metric(id: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|m| m.id == id)
}

/// Whether a reading of the metric tells how much somebody spends; such readings are masked like amounts.
pub fn tells_amounts(id: &str) -> bool {
    matches!(id, "share" | "spend_change" | "amount_tier") || metric(id).is_some_and(|m| m.unit == Unit::Yuan)
}

/// A metric of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// There is none.
    Missing,
    /// A number in the metric's unit, as an exact fraction with a denominator above zero.
    Ratio(i128, i128),
    /// A word.
    Word(String),
}

/// What is kept of a customer, out of which every metric is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Orders that stand.
    pub orders: i64,
    /// Whether anything was ever bought, opening balance included.
    pub bought: bool,
    /// Fen of twelve months.
    pub spend_12m: i64,
    /// Fen of all time.
    pub spend_total: i64,
    /// Fen of the last 90 days.
    pub spend_90d: i64,
    /// Fen of the 90 days before.
    pub spend_90d_before: i64,
    /// First order.
    pub first_order: Option<NaiveDate>,
    /// Last order.
    pub last_order: Option<NaiveDate>,
    /// Last two-way contact or order (B9).
    pub heard: Option<NaiveDate>,
    /// Days with an order in the last 365 days.
    pub order_days: i64,
    /// Unanswered touches in a row.
    pub unanswered: i64,
    /// Spread of intervals in millionths.
    pub spread_ppm: Option<i64>,
    /// Need tags shared with the best fitting product.
    pub matches: i64,
    /// The industry's average in fen.
    pub average: Option<i64>,
    /// The 50th and 80th percentile of total spend in fen.
    pub tiers: Option<(i64, i64)>,
}

/// Months that stand for «never»: no contact and no order has a date.
const NEVER: i64 = 9_999;

/// Calendar months back from `today` that reach `day`: 0 on the day itself, 3 on the same day three months later.
pub fn months_back(day: NaiveDate, today: NaiveDate) -> i64 {
    let mut months: u32 = 0;
    while let Some(reach) = today.checked_sub_months(Months::new(months)) {
        if reach <= day {
            return i64::from(months);
        }
        // whole years first, then month by month
        let years = u32::try_from((reach - day).num_days() / 366).unwrap_or(0);
        months += (years * 12).max(1);
    }
    NEVER
}

/// Whole calendar months from `day` to `today`: 3 from the third monthly return on, 0 before the first.
pub fn months_since(day: NaiveDate, today: NaiveDate) -> i64 {
    let mut months: u32 = 0;
    loop {
        let years = u32::try_from((today - day).num_days() / 366).unwrap_or(0) * 12;
        months = months.max(years);
        match day.checked_add_months(Months::new(months + 1)) {
            Some(next) if next <= today => months += 1,
            _ => return i64::from(months),
        }
    }
}

impl Standing {
    /// The reading of a metric on a day; class metrics are not among them.
    pub fn read(&self, id: &str, today: NaiveDate) -> Reading {
        let whole = |n: i64| Reading::Ratio(i128::from(n), 1);
        let yuan = |fen: i64| Reading::Ratio(i128::from(fen), 100);
        let back = |day: Option<NaiveDate>| whole(day.map_or(NEVER, |day| months_back(day, today)));
        let share = |part: i64, of: i64| match of {
            of if of > 0 => Reading::Ratio(i128::from(part), i128::from(of)),
            _ => Reading::Missing,
        };
        match id {
            "share" => self.average.map_or(Reading::Missing, |average| share(self.spend_12m, average)),
            "idle_months" => back(self.heard),
            "order_idle_months" => back(self.last_order),
            "tenure_months" => whole(self.first_order.map_or(0, |day| months_since(day, today))),
            "orders" => whole(self.orders.max(i64::from(self.bought))),
            "spend_12m" => yuan(self.spend_12m),
            "spend_total" => yuan(self.spend_total),
            "spend_change" => share(self.spend_90d - self.spend_90d_before, self.spend_90d_before),
            "repurchase" if self.order_days > 0 => share(self.order_days - 1, self.order_days),
            "repurchase" => whole(0),
            "unanswered" => whole(self.unanswered),
            "interval_spread" => {
                self.spread_ppm.map_or(Reading::Missing, |ppm| Reading::Ratio(i128::from(ppm), 1_000_000))
            }
            "amount_tier" => self.tiers.map_or(Reading::Missing, |(middle, top)| {
                let tier = match self.spend_total {
                    total if total >= top => "high",
                    total if total >= middle => "medium",
                    _ => "low",
                };
                Reading::Word(tier.to_owned())
            }),
            "need_match" => Reading::Word(if self.matches >= 2 { "high" } else { "low" }.to_owned()),
            _ => Reading::Missing,
        }
    }

    /// The days after `today` on which a metric of months takes the value `months` or leaves it.
    pub fn turns(&self, id: &str, months: i64, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let from = match id {
            "idle_months" => self.heard,
            "order_idle_months" => self.last_order,
            "tenure_months" => self.first_order,
            _ => None,
        };
        let back = id != "tenure_months";
        [months, months + 1].into_iter().filter_map(move |n| {
            let near = from?.checked_add_months(Months::new(u32::try_from(n.max(0)).ok()?))?;
            // counted back, a month is left at most three days later, where months have different lengths
            let day = if back {
                near.iter_days().take(5).find(|day| from.is_some_and(|from| months_back(from, *day) > n))?
            } else {
                near
            };
            (day > today).then_some(day)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn b10_the_same_day_three_months_ago_is_three_months_back_and_the_day_before_is_four() {
        let today = day("2024-05-20");
        assert_eq!(months_back(day("2024-05-20"), today), 0);
        assert_eq!(months_back(day("2024-05-19"), today), 1);
        assert_eq!(months_back(day("2024-02-20"), today), 3);
        assert_eq!(months_back(day("2024-02-19"), today), 4);
        assert_eq!(months_back(day("2024-02-29"), day("2024-05-31")), 3);
        assert_eq!(months_back(day("2024-02-28"), day("2024-05-31")), 4);
        assert_eq!(months_back(day("2010-05-20"), today), 168);
        assert_eq!(months_back(day("2024-06-01"), today), 0);
    }

    #[test]
    fn k31_two_months_and_29_days_are_two_months_and_the_third_return_is_three() {
        assert_eq!(months_since(day("2024-02-15"), day("2024-05-14")), 2);
        assert_eq!(months_since(day("2024-02-15"), day("2024-05-15")), 3);
        assert_eq!(months_since(day("2004-02-15"), day("2024-05-15")), 243);
        assert_eq!(months_since(day("2024-06-15"), day("2024-05-15")), 0);
    }

    #[test]
    fn the_days_on_which_time_alone_moves_a_metric_are_known_before() {
        let standing = Standing {
            heard: Some(day("2024-02-20")),
            first_order: Some(day("2024-03-31")),
            ..Standing::default()
        };
        let turns: Vec<_> = standing.turns("idle_months", 3, day("2024-05-01")).collect();
        assert_eq!(turns, [day("2024-05-21"), day("2024-06-21")]);
        let turns: Vec<_> = standing.turns("tenure_months", 3, day("2024-05-01")).collect();
        assert_eq!(turns, [day("2024-06-30"), day("2024-07-31")]);
    }

    #[test]
    fn every_metric_reads_and_is_documented_in_both_languages() {
        let standing = Standing { bought: true, ..Standing::default() };
        for metric in METRICS {
            assert!(metric.name.iter().chain(&metric.means).all(|t| !t.is_empty()), "{}", metric.id);
            let reading = standing.read(metric.id, day("2024-05-20"));
            assert!(metric.optional || reading != Reading::Missing, "{}", metric.id);
        }
        assert_eq!(standing.read("orders", day("2024-05-20")), Reading::Ratio(1, 1));
    }
}
