//! What the help knows besides keys: every word of the filter language, every metric of the schemes, every figure, every
//! finding of the guard and the ideas behind them, each with its meaning. The meanings of metrics and figures are those of
//! their own tables; what has none elsewhere stands here.

use super::{Lang, Text, group, kpi, words};
use crate::domain::filter::{FLAGS, KEYS};
use crate::domain::scheme::metric::{METRICS, Unit};

const fn w(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// What one can look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// What it is called, with its id or its spelling in the filter language.
    pub name: String,
    /// What kind of thing it is.
    pub kind: Text,
    /// What it means, with an example.
    pub means: String,
}

impl Topic {
    /// Whether what is typed, in small letters, stands in it.
    pub fn holds(&self, typed: &str) -> bool {
        let kind = [Lang::En, Lang::Zh].map(|lang| self.kind.of(lang));
        let texts = [self.name.as_str(), self.means.as_str()];
        texts.into_iter().chain(kind).any(|text| text.to_lowercase().contains(typed))
    }
}

const FILTER: Text = w("filter", "筛选");
const METRIC: Text = w("metric", "指标");
const FIGURE: Text = w("figure", "看板指标");
const FINDING: Text = w("guard", "触达提醒");
const IDEA: Text = w("idea", "概念");

super::texts! {
    LIKE "{}; for example {}" "{},例如 {}";
    ONE_OF "one of: {}" "可选:{}";
    IN_UNIT "{} ({}): {}" "{}({}):{}";
    PER_CENT "per cent" "百分比";
    YUAN "yuan" "元";
    COUNT "number" "个数";
    MONTHS "months" "月数";
    WORD "a word" "文字";
    NO_FILTER "a word without a key" "不带筛选项的词";
    OF_WORDS "Found in name, pinyin, contact, number, tag or phone, as in the look-up box." "在名称、拼音、联系人、编号、标签、电话中查找,与查找框相同。";
}

/// What the keys of the filter language mean.
const FILTERS: &[(&str, Text)] = &[
    ("owner", w("who looks after the customer: me, a name or a login", "负责人:我、姓名或登录名")),
    (
        "segment",
        w("class of the scheme Segment, which governs how often one calls", "分层方案中的分类,决定联系节奏"),
    ),
    ("grade", w("grade by the spend of 12 months", "按近12月消费划分的等级")),
    ("lifecycle", w("prospect, new, existing or lost", "潜在、新、老、流失")),
    ("value", w("value tier", "价值档次")),
    ("expansion", w("class for winning more business", "拓展潜力分类")),
    ("stage", w("stage of the customer's life with us", "CLM 阶段")),
    ("depth", w("how closely we work together; set by hand", "合作深度,手动设置")),
    ("relation", w("kind of relationship; set by hand", "关系类型,手动设置")),
    ("need", w("kind of need; set by hand", "需求类型,手动设置")),
    ("moved", w("the class in this scheme has changed this calendar month", "本月该方案分类有变动")),
    ("industry", w("industry", "所属行业")),
    ("size", w("size of the company", "企业规模")),
    ("state", w("state of the dealings", "跟进状态")),
    ("source", w("where the customer came from", "客户来源")),
    ("region", w("region", "地区")),
    (
        "tag",
        w("has this tag, also under its alias; industries count as tags", "带有该标签(含别名);行业也算标签"),
    ),
    (
        "activity",
        w("purchases of three months: two or more, one, none", "近三个月购买:两次及以上、一次、没有"),
    ),
    ("category", w("category bought most", "购买最多的品类")),
    (
        "due",
        w(
            "the next action is due in less than so many days; <0d is overdue since yesterday or longer",
            "下一步在若干天内到期;<0天为昨天及以前逾期",
        ),
    ),
    (
        "silent",
        w(
            "no two-way contact for so many days: an answer, a call of theirs, an order. The column Touch counts every touch, also one that nobody answered, and may be younger",
            "若干天没有双向互动(有回应、来电或下单)。列表中的“互动”列含未回应的触达,因此可能更近",
        ),
    ),
    ("bought", w("no order for so many days, or none at all", "若干天没有下单,含从未下单")),
    ("code", w("customer numbers, several with | between", "客户编号,多个用 | 分隔")),
    ("spend", w("spend of the last 12 months in yuan", "近12月消费,单位元")),
    ("orders", w("orders a year", "每年下单次数")),
    ("created", w("entered in a day, month, quarter, year or span", "录入日期:日、月、季、年或区间")),
    ("ordered", w("bought in a day, month, quarter, year or span", "下单日期:日、月、季、年或区间")),
    ("is", w("one of the yes-or-no conditions", "是否类条件")),
    (
        "own",
        w(
            "a field of the company's own; shorter by its own name, as 车间数:>3",
            "公司自有字段,也可直接写字段名,如 车间数:>3",
        ),
    ),
];

/// What the words of `is:` mean.
const CONDITIONS: &[(&str, Text)] = &[
    ("quiet", w("the customer wants no contact at all", "客户要求免打扰")),
    ("complaint", w("a complaint is open", "有未结投诉")),
    ("overdue", w("the next action is overdue", "下一步已逾期")),
    ("prospect", w("has never ordered", "从未下单")),
    ("idle", w("nothing is planned", "没有任何待办")),
    ("unchecked", w("no second person has checked the record", "资料未经第二人核对")),
    (
        "recall",
        w("bought once without a continuing order, to be recalled by now", "买过但未续购,已到召回时间"),
    ),
    (
        "retag",
        w("tags to refresh: some by hand are from before this quarter", "标签待刷新:有本季度以前的手工标签"),
    ),
    ("differs", w("a class set by hand differs from the rule", "手动分类与规则不一致")),
    ("misplaced", w("the owner has another post than the class asks for", "负责人岗位与分类要求不符")),
    (
        "duplicate",
        w(
            "possible duplicates: another customer has one of its phones; J makes them one",
            "查重:与另一客户电话相同;按J合并",
        ),
    ),
];

/// What the findings of the guard mean, and what each does to one touch and to many at once.
const FINDINGS: &[(&str, Text)] = &[
    (
        "quiet",
        w(
            "the customer wants no contact; blocks, and is left out of campaigns",
            "客户要求免打扰:拦截,活动中排除",
        ),
    ),
    (
        "opted_out",
        w("no contact through this channel; blocks, take another one", "已退订该方式:拦截,请换方式"),
    ),
    ("consent_withdrawn", w("consent was withdrawn; blocks", "已撤回授权:拦截")),
    (
        "suspended",
        w(
            "class invalid: follow-up rests; blocks, or goes on with a reason",
            "已列为无效:拦截,或填写原因后继续",
        ),
    ),
    (
        "cap",
        w(
            "all departments together have touched as often as the class allows; blocks, or goes on with a reason",
            "各部门合计触达已达分类上限:拦截,或填写原因后继续",
        ),
    ),
    ("script", w("the script is a draft or withdrawn; blocks", "话术未审批或已停用:拦截")),
    (
        "same_product",
        w(
            "a colleague offered the same product in the last 30 days; asks for a reason",
            "30天内同事已推荐过同一产品:需填写原因",
        ),
    ),
    (
        "budget",
        w(
            "the year's budget is used to 120 % or more; asks for a reason",
            "本年预算已用120%及以上:需填写原因",
        ),
    ),
    ("consent_unknown", w("no consent is on record; only a note", "尚无授权记录:仅提示")),
    ("unchecked", w("no second person has checked the record; only a note", "资料未经第二人核对:仅提示")),
];

/// Ideas that are behind more than one screen.
const IDEAS: &[(Text, Text)] = &[
    (
        w("cause of a figure", "指标原因"),
        w(
            "n on a figure of the board notes why it is what it is in that period; it stands below the figure and in the report",
            "在看板的指标上按 n,记录该期间指标变化的原因;显示在指标下方,并写入报表",
        ),
    ),
    (
        w("cadence", "联系节奏"),
        w(
            "each class plans touches: the ideal interval passed is yellow, the worst is red; any two-way touch resets the clock of its kind",
            "每个分类规定联系间隔:超过理想间隔为黄,超过最长间隔为红;任何双向互动重新计时",
        ),
    ),
    (
        w("queue", "待办队列"),
        w(
            "promises, cadence, dates, complaints and alarms in one list, ranked with the reason, cut to what a day holds; the rest is counted",
            "承诺、节奏、日期、投诉、预警合成一张清单,按原因排序,按每日容量截取,其余计数",
        ),
    ),
    (
        w("two-way contact", "双向互动"),
        w(
            "a touch that was answered, a reply or call of the customer's, or an order; only this ends silence",
            "有回应的触达、客户来电或回复、或订单;只有它才算打破沉默",
        ),
    ),
    (
        w("scheme and class", "分类方案"),
        w(
            "rules over metrics that give every customer one class or a named reason for none; w explains any class",
            "按指标规则给每个客户一个分类,或说明为何没有;按 w 查看原因",
        ),
    ),
    (
        w("threshold of a class", "分类阈值"),
        w(
            "4, then R: Enter on a condition writes another limit, = moves it on the other side of the border too, p says whom it would move; a puts it in force, or proposes it to an administrator; v shows earlier versions",
            "4 再按 R:在条件上按 Enter 改门槛,= 同步改另一侧,p 试算谁会变动,a 启用(主管为提议,由管理员启用),v 查看历次版本",
        ),
    ),
    (
        w("contact cap", "触达上限"),
        w(
            "how often all departments together may touch one customer: 4, then e on the row of its class; for classes without one it is the setting cap",
            "各部门合计对一户的触达次数上限:4 再在该分类行按 e;没有单独上限的分类用设置项 cap",
        ),
    ),
    (
        w("mark", "标记"),
        w(
            "Space marks one, V all that fit the filter; marks outlast filters, and one action goes to all of them with one undo",
            "空格标记一个,V 标记全部符合筛选的;标记不随筛选消失,一次操作作用于全部,一次可撤销",
        ),
    ),
    (
        w("late, over and since", "逾期、超时与“自”"),
        w(
            "in the list of follow-ups: late is a promise whose due has passed, over a request or complaint whose clock ran out, since a rhythm that calls from that day on",
            "待跟进清单中:承诺过期为逾期,请求与投诉过时限为超时,“自”为按节奏自该日起应联系",
        ),
    ),
    (
        w("not updated, no entry", "信息未更新、未更新"),
        w(
            "a follow-up that was due more than 24 hours ago and of which nothing has been written down since; log the talk, or move its day",
            "到期超过24小时仍未录入任何记录的跟进;请补记互动,或改期",
        ),
    ),
    (
        w("masked", "脱敏"),
        w(
            "phones, mail and amounts of customers that are not yours show in part; M reveals one with a reason that is logged",
            "非本人客户的电话、邮箱、金额部分显示;M 可说明原因后查看,并留日志",
        ),
    ),
    (
        w("counted at", "统计于"),
        w(
            "the KPIs of a running period follow whatever is written, customer by customer; where thousands have changed at once they are counted anew, in a company of over 100,000 customers after a while (1 minute for every 60,000 customers), and the head says of which moment they are; the view Counts is always of this moment",
            "进行中期间的指标按变动客户即时更新;一次变动数千户时重新统计,客户超过10万户则先保持一段时间(每6万户约1分钟),标题注明统计时刻;“统计”视图始终为当前数据",
        ),
    ),
    (
        w("undo", "撤销"),
        w(
            "u says what it will take back, also bulk work, imports and hand-overs as a whole; refused where a colleague has changed the same since",
            "u 先说明将撤销什么;批量、导入、移交整体撤销;同事之后改过同一处则拒绝",
        ),
    ),
];

const fn unit(unit: Unit) -> Text {
    match unit {
        Unit::Percent => PER_CENT,
        Unit::Yuan => YUAN,
        Unit::Count => COUNT,
        Unit::Months => MONTHS,
        Unit::Word => WORD,
    }
}

/// The text of a row of a table.
fn of(table: &[(&str, Text)], id: &str, lang: Lang) -> &'static str {
    table.iter().find(|(known, _)| *known == id).map_or("", |(_, text)| text.of(lang))
}

/// What a word of `is:` means.
pub fn condition(id: &str, lang: Lang) -> &'static str {
    of(CONDITIONS, id, lang)
}

/// Everything that can be looked up, in one language: filter words first, then metrics, figures, findings, ideas.
pub fn topics(lang: Lang) -> Vec<Topic> {
    let between = if lang == Lang::En { ", " } else { "、" };
    let keys = KEYS.iter().map(|(en, zh, example)| {
        let key = if lang == Lang::En { en } else { zh };
        let means = LIKE.with(lang, &[&of(FILTERS, en, lang), &group::shown(example, lang)]);
        let choices = if *en == "is" { Vec::new() } else { group::choices(en, lang) };
        let more = if choices.is_empty() {
            String::new()
        } else {
            format!(" · {}", ONE_OF.with(lang, &[&choices.join(between)]))
        };
        Topic { name: format!("{key}:"), kind: FILTER, means: means + &more }
    });
    let flags = FLAGS.iter().map(|(en, ..)| Topic {
        name: group::shown(&format!("is:{en}"), lang),
        kind: FILTER,
        means: condition(en, lang).to_owned(),
    });
    let word =
        Topic { name: NO_FILTER.of(lang).to_owned(), kind: FILTER, means: OF_WORDS.of(lang).to_owned() };
    let side = usize::from(lang == Lang::Zh);
    let metrics = METRICS.iter().map(|m| {
        let [name, means] = [m.name, m.means].map(|both| both.get(side).copied().unwrap_or_default());
        let means = IN_UNIT.with(lang, &[&m.id, &unit(m.unit).of(lang), &means]);
        Topic { name: name.to_owned(), kind: METRIC, means }
    });
    let figures = kpi::WORDS.iter().map(|k| Topic {
        name: k.name.of(lang).to_owned(),
        kind: FIGURE,
        means: format!("{}: {}", k.id, k.formula.of(lang)),
    });
    let findings = FINDINGS.iter().map(|(id, text)| Topic {
        name: words::word("finding", id, lang).to_owned(),
        kind: FINDING,
        means: text.of(lang).to_owned(),
    });
    let ideas = IDEAS.iter().map(|(name, text)| Topic {
        name: name.of(lang).to_owned(),
        kind: IDEA,
        means: text.of(lang).to_owned(),
    });
    keys.chain(flags).chain([word]).chain(metrics).chain(figures).chain(findings).chain(ideas).collect()
}

/// The topics in which something typed is found, in either language.
pub fn found(typed: &str, lang: Lang) -> Vec<Topic> {
    let typed = typed.trim().to_lowercase();
    let other = topics(lang.other());
    topics(lang)
        .into_iter()
        .zip(other)
        .filter(|(one, two)| one.holds(&typed) || two.holds(&typed))
        .map(|(one, _)| one)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::*;
    use crate::domain::kpi::KPIS;

    #[test]
    fn everything_a_person_may_ask_for_has_a_meaning_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let all = topics(lang);
            let own = FLAGS.len() + FINDINGS.len() + IDEAS.len() + 1;
            assert_eq!(all.len(), KEYS.len() + METRICS.len() + KPIS.len() + own);
            for topic in &all {
                let empty = topic.name.trim_matches(':').is_empty() || topic.means.starts_with([';', ',']);
                assert!(!empty && topic.means.chars().count() > 3, "{topic:?}");
            }
        }
        let known = tables::all().filter(|(group, ..)| *group == "finding").count();
        assert_eq!(FINDINGS.len(), known);
    }

    #[test]
    fn a_word_of_either_language_finds_its_topic_in_the_language_of_the_screen() {
        for (typed, lang, name) in [
            ("silent", Lang::Zh, "沉默:"),
            ("沉默", Lang::En, "silent:"),
            ("threshold", Lang::Zh, "分类阈值"),
            ("阈值", Lang::En, "threshold of a class"),
            ("response", Lang::Zh, "响应率"),
            ("免打扰", Lang::En, "do not disturb"),
            ("spend vs industry", Lang::Zh, "与行业平均之比"),
            ("misplaced", Lang::En, "is:misplaced"),
        ] {
            assert!(found(typed, lang).iter().any(|t| t.name == name), "{typed}");
        }
        assert!(found("qqqq", Lang::En).is_empty());
    }
}
