//! Schemes in words: conditions, faults of a text, and the account of a decision as lines that screen and command line
//! both show.

use super::{Lang, format, words};
use crate::domain::clock::Zone;
use crate::domain::find::MASKED;
use crate::domain::scheme::metric::{Unit, metric};
use crate::domain::scheme::parse::condition as read;
use crate::domain::scheme::why::Check;
use crate::domain::scheme::{Limit, Op};
use crate::store::request::{Average, ClassMove, Move, Why};

pub mod refused;
mod typed;

pub use refused::{fault, refused, refused_at, refused_in};
pub use typed::typed;

super::texts! {
    NO_CLASS "no class" "未分层";
    BY_HAND "set by hand" "手动设定";
    BY_IMPORT "as imported" "随导入";
    BY_SURVEY "by a survey" "因满意度调查";
    BY_UNDO "taking back" "撤销操作";
    UNDONE "since taken back" "后已撤销";
    BY_WHOM "{} by {}" "{},{}";
    BY_RULE "by rule" "按规则";
    WOULD_BE "the rule says: {}" "规则结果:{}";
    HOW "Decided" "判定";
    RULE "Rules" "规则";
    SHIPPED "version 1, as shipped with the program" "第1版,随程序提供";
    VERSION "version {}, applied by {} on {}" "第{}版,{}于{}启用";
    HAND_ONLY "This scheme has no rules; people set the class." "该分类没有规则,由人设定。";
    FACTS "Facts" "事实";
    RULES "Rules, in their order" "规则(按顺序)";
    BETTER "Missing for {}" "升为“{}”还差";
    SPEND_MORE "{} yuan more spend in 12 months" "近12个月再消费{}元";
    EARLIER "Earlier" "历次变化";
    NEVER_MOVED "no change on record" "没有变化记录";
    THE_REST "whoever fits no other class" "不符合其他各类者";
    OR "or" "或";
    NONE_READ "none" "无";
    NOBODY_SET "nobody has set it yet" "尚未设定";
    MISSING "is missing" "缺失";
    SINCE "since {}" "自{}";
    LAST_ORDER "last order {}" "最近下单 {}";
    LAST_DEALING "last contact or order {}" "最近往来 {}";
    FIRST_ORDER "first order {}" "首单 {}";
    INDUSTRY_AVERAGE "industry average" "行业平均";
    INDUSTRY "Industry" "行业";
    YEAR "Year" "年份";
    AVERAGE "Average" "平均";
    IMPORTED "{} yuan, imported for {}" "{}元,{}年导入";
    ENTERED "{} yuan, entered for {}" "{}元,{}年录入";
    MEAN "{} yuan, mean of {} own customers frozen in {}" "{}元,取本公司{}户均值,{}冻结";
    NO_AVERAGE "no benchmark for this industry: enter one (“Industry averages” in pane 4, or “guanxi benchmark INDUSTRY YUAN”), or wait until ten customers have orders" "该行业没有基准:在窗格4的“行业平均”或用“guanxi benchmark 行业 元”录入,或等到10户有订单";
    NEW_AVERAGE "another industry" "其他行业";
    MOVES_HEAD "{} of {} {customer|customers} would move" "{}户(共{}户)将变动";
    MOVES_NONE "Nobody would move; {} {customer|customers} tried." "没有客户变动,已试算{}户。";
    ONE_MOVE "{}: {} → {}" "{}:{} → {}";
    OTHER_SCHEME "other scheme" "另一方案";
    SCROLL "scroll" "滚动";
    EDITED "edited" "已修改";
    CONDITION "condition" "条件";
    NEW_CLASS "new class: id english chinese" "新类:编号 英文 中文";
    ADD_CLASS "class" "新类";
    REASON "reason" "原因";
    TAKE "take" "采用";
    STOP "stop" "停止";
    TRY "try" "试算";
    APPLY "apply" "启用";
    RESET "reset" "放弃修改";
    TRYING "trying on every customer …" "正在逐户试算……";
    STILL_TRYING "Still counting whom these rules move: press Enter again when it is said." "正在统计将变动的客户,显示后请再按 Enter。";
    SINCE_VERSION "Version {} has come into force since you began; applying yours replaces it ({} shows it)." "您开始修改后,第{}版已启用;启用本稿将取代它(按 {} 查看)。";
    APPLYING "coming into force: {} of {}" "正在启用:{} / {}";
    KEPT "The edited rules are kept: {} brings them back." "修改的规则已保留:{} 继续";
    FIRST_APPLY "Apply these rules, or go back to those in force (r), before editing others." "请先启用本方案,或按 r 放弃修改,再编辑其他规则。";
    REASON_NEEDED "Say why the rules change; the reason is kept with the version." "请写明修改原因,原因随版本保存。";
    NO_CONDITION "no condition yet: {} adds one" "尚无条件:{} 添加";
    EMPTY_CONDITION "Write a condition such as “share >= 150%”; Del takes one away." "请写条件,如“share >= 150%”;删除请用 Del。";
    TAKES_REST "the rest" "收下其余";
    NONE_STAYS "This is a reason for no class and takes nobody; stand on a class." "这是“不分类”的原因,不收客户;请先移到某一类上。";
    PROPOSE "propose" "提议";
    VERSIONS "versions" "版本";
    READ_ONLY "Everybody reads the rules, managers propose other ones; {} puts them in force." "规则人人可看,主管可提议修改,由{}启用。";
    NOTHING_EDITED "Nothing is changed yet: stand on a condition, Enter edits it." "尚未修改:请移到某个条件上,按 Enter 修改。";
    BORDER "The same limit stands in {} other {condition|conditions}: {} takes the new one there too." "另有{}个条件使用同一界限:按 {} 一并更改。";
    PROPOSED "{} proposes other rules ({}): {} · {} shows them" "{}提议新规则({}):{} · {} 查看";
    PROPOSED_TO "Proposed to {}, who finds it under “Rules of the classes” · {} takes it back" "已提交{},可在“分类规则”中查看 · {} 撤销";
    NO_REASON "no reason given" "未写原因";
    IN_FORCE "in force" "现行";
    ONE_PROPOSAL "proposed" "提议";
    ONE_VERSION "version {}" "第{}版";
    AS_SHIPPED "as shipped" "出厂";
    TAKE_UP "take into the editor" "取入编辑";
    CANCELLED "Stopped; the old rules are still in force. The same text goes on from here." "已停止,旧规则仍然有效;再次应用同一文本会接着进行。";
}

/// The name of a metric, or of the scheme whose class it is.
pub fn metric_name(id: &str, lang: Lang) -> &str {
    match (metric(id), lang) {
        (Some(m), Lang::En) => m.name[0],
        (Some(m), Lang::Zh) => m.name[1],
        (None, _) => words::word("scheme", id, lang),
    }
}

/// A condition in words: `与行业平均之比 ≥ 150%`.
pub fn condition(text: &str, lang: Lang) -> String {
    // written by a scheme that was read: an own id is no matter here
    let Ok(read) = read(text, "") else { return text.to_owned() };
    let sign = match read.op {
        Op::AtLeast => "≥",
        Op::AtMost => "≤",
        Op::IsNot => "≠",
        Op::Missing => MISSING.of(lang),
        op => op.sign(),
    };
    let limit = match &read.limit {
        Limit::Word(word) => words::word(&read.metric, word, lang).to_owned(),
        Limit::Number(_) => text.rsplit(read.op.sign()).next().unwrap_or_default().trim().to_owned(),
        Limit::Nothing => String::new(),
    };
    format!("{} {sign} {limit}", metric_name(&read.metric, lang)).trim_end().to_owned()
}

/// The word for a class of a scheme, `no class` where there is none.
pub fn class<'a>(scheme: &str, id: Option<&'a str>, lang: Lang) -> &'a str {
    id.map_or_else(|| NO_CLASS.of(lang), |id| words::word(scheme, id, lang))
}

/// What stands at the head of a line of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A heading.
    Head,
    /// Plain text.
    Plain,
    /// It holds.
    Holds,
    /// It does not.
    Fails,
}

/// A line of an account: its mark, a label and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its mark.
    pub mark: Mark,
    /// What it is about; blank for none.
    pub label: String,
    /// What is said.
    pub text: String,
}

fn line(mark: Mark, label: impl Into<String>, text: impl Into<String>) -> Line {
    Line { mark, label: label.into(), text: text.into() }
}

/// The account of a decision, line by line.
pub fn account(why: &Why, zone: Zone, lang: Lang) -> Vec<Line> {
    let scheme = why.account.scheme.as_str();
    let day = |ms: i64| zone.day(crate::domain::clock::from_ms(ms)).to_string();
    let mut out = vec![line(
        Mark::Head,
        words::word("scheme", scheme, lang),
        class(scheme, why.class.as_deref(), lang),
    )];
    out.push(line(Mark::Plain, HOW.of(lang), how(why, &day, lang)));
    let by_rule = why.account.by_rule.as_deref();
    if why.how.as_deref().is_some_and(|how| how != "rule")
        && by_rule.is_some()
        && by_rule != why.class.as_deref()
    {
        out.push(line(Mark::Fails, "", WOULD_BE.with(lang, &[&class(scheme, by_rule, lang)])));
    }
    let ruled = !why.account.tried.iter().all(|t| t.alternatives.is_empty() && !t.otherwise);
    if ruled {
        let version = match (&why.version_by, why.version_at) {
            (Some(by), Some(at)) => VERSION.with(lang, &[&why.account.version, by, &day(at)]),
            _ => SHIPPED.of(lang).to_owned(),
        };
        out.push(line(Mark::Plain, RULE.of(lang), version));
        facts(why, &mut out, lang);
        rules(why, &mut out, lang);
        better(why, &mut out, lang);
    } else {
        out.push(line(Mark::Plain, "", HAND_ONLY.of(lang)));
    }
    out.push(line(Mark::Head, EARLIER.of(lang), ""));
    if why.earlier.is_empty() {
        out.push(line(Mark::Plain, "", NEVER_MOVED.of(lang)));
    }
    out.extend(why.earlier.iter().map(|m| line(Mark::Plain, day(m.at), one_move(scheme, m, lang))));
    out
}

fn how(why: &Why, day: &dyn Fn(i64) -> String, lang: Lang) -> String {
    let mut said = match why.how.as_deref() {
        Some("hand") => BY_HAND.of(lang).to_owned(),
        Some("import") => BY_IMPORT.of(lang).to_owned(),
        Some(_) => BY_RULE.of(lang).to_owned(),
        None => {
            let none = why.account.none.as_deref();
            none.map_or_else(|| NOBODY_SET.of(lang), |id| none_word(why, id, lang)).to_owned()
        }
    };
    if let Some(by) = &why.by {
        said = BY_WHOM.with(lang, &[&said, by]);
    }
    if let Some(since) = why.since {
        said = format!("{said} · {}", SINCE.with(lang, &[&day(since)]));
    }
    if let Some(reason) = &why.reason {
        said = format!("{said} · {reason}");
    }
    said
}

fn none_word<'a>(why: &'a Why, id: &'a str, lang: Lang) -> &'a str {
    let tried = why.account.tried.iter().find(|t| t.none && t.id == id);
    tried.map_or(id, |t| if lang == Lang::En { &t.en } else { &t.zh })
}

fn one_move(scheme: &str, m: &ClassMove, lang: Lang) -> String {
    let (was, is) = (class(scheme, m.was.as_deref(), lang), class(scheme, m.became.as_deref(), lang));
    let how = match m.how.as_str() {
        "hand" => Some(BY_HAND),
        "import" => Some(BY_IMPORT),
        "survey" => Some(BY_SURVEY),
        "undo" => Some(BY_UNDO),
        _ => None,
    };
    let since = m.undone.then_some(UNDONE);
    how.into_iter()
        .chain(since)
        .fold(format!("{was} → {is}"), |said, text| format!("{said} · {}", text.of(lang)))
}

fn reading(check: &Check, lang: Lang) -> String {
    if check.holds.is_none() {
        return MASKED.to_owned();
    }
    check.reading.as_ref().map_or_else(
        || NONE_READ.of(lang).to_owned(),
        |r| match metric(&check.metric).map(|m| m.unit) {
            Some(Unit::Yuan) => r.parse::<f64>().map_or_else(|_| r.clone(), |_| grouped(r)),
            None | Some(Unit::Word) => words::word(&check.metric, r, lang).to_owned(),
            _ => r.clone(),
        },
    )
}

/// `86400.50` as `86,400.50`.
fn grouped(text: &str) -> String {
    let (whole, part) = text.split_once('.').map_or((text, String::new()), |(w, p)| (w, format!(".{p}")));
    let number = whole.parse::<i64>().unwrap_or(0);
    format!("{}{part}", format::count(number))
}

fn facts(why: &Why, out: &mut Vec<Line>, lang: Lang) {
    if why.facts.is_empty() {
        return;
    }
    out.push(line(Mark::Head, FACTS.of(lang), ""));
    let checks: Vec<&Check> =
        why.account.tried.iter().flat_map(|t| t.alternatives.iter().flatten()).collect();
    for (id, rests) in &why.facts {
        let Some(check) = checks.iter().find(|c| c.metric == *id) else { continue };
        let mut text = reading(check, lang);
        if let Some(day) = rests {
            let words = match id.as_str() {
                "tenure_months" => FIRST_ORDER,
                "idle_months" => LAST_DEALING,
                _ => LAST_ORDER,
            };
            text = format!("{text} · {}", words.with(lang, &[day]));
        }
        out.push(line(Mark::Plain, metric_name(id, lang), text));
    }
    if let Some(average) = &why.average {
        out.push(line(Mark::Plain, INDUSTRY_AVERAGE.of(lang), average_words(average, lang)));
    }
}

/// Where the average of an industry comes from, in words.
pub fn average_words(average: &Average, lang: Lang) -> String {
    match average {
        Average::Entered { year, fen } => ENTERED.with(lang, &[&fen.yuan_grouped(), year]),
        Average::Imported { year, fen } => IMPORTED.with(lang, &[&fen.yuan_grouped(), year]),
        Average::Mean { month, fen, customers } => MEAN.with(lang, &[&fen.yuan_grouped(), customers, month]),
        Average::None => NO_AVERAGE.of(lang).to_owned(),
    }
}

/// Whether a condition holds, as a sign; of what is masked that is not told.
const fn sign(check: &Check) -> &'static str {
    match check.holds {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "·",
    }
}

fn rules(why: &Why, out: &mut Vec<Line>, lang: Lang) {
    out.push(line(Mark::Head, RULES.of(lang), ""));
    let taken = why.account.by_rule.as_deref().or(why.account.none.as_deref());
    for tried in &why.account.tried {
        let word = if lang == Lang::En { &tried.en } else { &tried.zh };
        let mark = if taken == Some(tried.id.as_str()) { Mark::Holds } else { Mark::Fails };
        if tried.otherwise {
            out.push(line(mark, word, THE_REST.of(lang)));
        }
        for (n, all) in tried.alternatives.iter().enumerate() {
            let checks: Vec<String> =
                all.iter().map(|c| format!("{} {}", sign(c), condition(&c.condition, lang))).collect();
            let label = if n == 0 { word.clone() } else { OR.of(lang).to_owned() };
            out.push(line(if n == 0 { mark } else { Mark::Plain }, label, checks.join("  ")));
        }
    }
}

fn better(why: &Why, out: &mut Vec<Line>, lang: Lang) {
    let Some(better) = &why.account.better else { return };
    let scheme = why.account.scheme.as_str();
    out.push(line(Mark::Head, BETTER.with(lang, &[&words::word(scheme, &better.class, lang)]), ""));
    for check in &better.lacks {
        let is = reading(check, lang);
        out.push(line(Mark::Fails, condition(&check.condition, lang), is));
    }
    if let Some(fen) = better.spend_lacking {
        let more = crate::domain::money::Fen(fen).yuan_grouped();
        out.push(line(Mark::Plain, "", SPEND_MORE.with(lang, &[&more])));
    }
}

/// One kind of move in words: `分层:潜力成长 → 高价值`.
pub fn move_words(m: &Move, lang: Lang) -> String {
    let (was, is) = (class(&m.scheme, m.was.as_deref(), lang), class(&m.scheme, m.became.as_deref(), lang));
    ONE_MOVE.with(lang, &[&words::word("scheme", &m.scheme, lang), &was, &is])
}

/// A few of those who move, `…` where there are more.
pub fn some(m: &Move, lang: Lang) -> String {
    let names: Vec<&str> = m.some.iter().map(String::as_str).collect();
    let more = usize::try_from(m.customers).is_ok_and(|all| all > names.len()) && !names.is_empty();
    format!("{}{}", format::list(&names, lang), if more { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_read_as_words_in_both_languages() {
        assert_eq!(condition("share >= 150%", Lang::Zh), "与行业平均之比 ≥ 150%");
        assert_eq!(condition("share >= 150%", Lang::En), "spend vs industry ≥ 150%");
        assert_eq!(condition("idle_months <= 3", Lang::Zh), "未往来月数 ≤ 3");
        assert_eq!(condition("segment != high", Lang::En), "Segment ≠ high-value");
        assert_eq!(condition("share is missing", Lang::Zh), "与行业平均之比 缺失");
        assert_eq!(condition("spend_12m >= 100000", Lang::En), "spend of 12 months ≥ 100000");
    }
}
