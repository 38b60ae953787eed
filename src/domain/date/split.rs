//! Where one promise of a clause ends and the next begins, and whether a date belongs to the matter of a task.
//!
//! Between signs (comma, semicolon, full stop, line) a clause is one promise, but for `5月22日发送资料和5月25日拜访`: 和, 及, 并,
//! 然后, «and» or a blank before a further date begin another promise where both sides have a task. What was decided:
//!
//! - A date is matter where it is plainly the object of what stands before it: at once behind a verb or preposition that
//!   needs an object (`准备5月22日会议材料`, `约周五见面`), before 的, in brackets or quotes, in what somebody is told (`通知客户5月30日
//!   发货`); so is a festival without 前 or 后 (`国庆活动方案`), and a month alone is no date at all (`6月报价单`): where
//!   it stands in place of one, `9月回访`, the person is asked for a day in it.
//! - Matter stays in the text of its task. Where it is the only date, the task is due on it and keeps its words: the form
//!   shows both before saving.
//! - A single character is such a verb only where it stands alone: `发5月22日报价` but not `出发5月22日`.
//! - Whatever else holds a second date is refused with that date, never shortened and never swallowed (E9): two dates without
//!   a joint, a joint behind a date that is matter (`周五发5月22日和5月25日纪要`), a time of day apart from its day.
//! - A date by itself before a comma is that of the task behind it (`周五,发资料`), unless that has a date of its own.
//! - In English a blank joins nothing; «and» does where the first date stands right before it, or the second right behind.

use chrono::NaiveDate;

use super::actions::{ActionError, broken_time, join, unjoined};
use super::refused;
use super::scan::{NEAR, Scan, fold, tail};
use super::words::{Found, again, find};

/// Words right before a further date that begin another promise, the longer first.
const JOINTS: &[&str] = &[
    "以及", "并且", "然后", "接着", "随后", "同时", "另外", "还有", "和", "及", "与", "并", "且", "再", "又",
    "&", "+",
];
/// Words that join no two things but two deeds, so that a task may stand between them and its date.
const STRONG: &[&str] = &["然后", "并且", "接着", "随后", "同时", "另外"];
/// The same in English, with the blanks around them.
const ENGLISH: &[&str] = &[" and then ", " and ", " then "];

/// Verbs and prepositions that need an object, and have none before a date.
const NEEDS: &[&str] = &[
    "准备", "发送", "寄送", "寄出", "递送", "整理", "提交", "核对", "确认", "打印", "制作", "编写", "撰写",
    "起草", "更新", "讨论", "汇报", "总结", "汇总", "统计", "分析", "参加", "出席", "预订", "预约", "预定",
    "安排", "约定", "商定", "商量", "敲定", "落实", "介绍", "推荐", "审批", "审核", "复核", "检查", "查看",
    "了解", "收集", "制定", "拟定", "规划", "计划", "策划", "布置", "申请", "办理", "处理", "补充", "补发",
    "修改", "调整", "完成", "上报", "提报", "提供", "说明", "解释", "询问", "咨询", "邀请", "邀约", "交付",
    "领取", "购买", "预备", "筹备", "关于", "按照", "根据", "为了", "针对", "对于", "取消", "变更", "推迟",
    "改到", "延到", "定在", "改在", "定于", "包括", "附上", "带上", "下载", "上传", "续订", "结算",
];
/// Verbs and prepositions of one character, where they stand alone.
const SHORT: &str = "发寄送约订做带提催报取补收看查问谈讲推给找把将为按从自对改交写拟";
/// What stands before the person with whom something is done: `跟王总约周五见面`.
const WITH: &[char] = &['跟', '和', '与', '同', '向', '给', '把', '将'];
/// Nouns that a date before them belongs to.
const NOUNS: &[&str] = &[
    "报价",
    "资料",
    "材料",
    "合同",
    "会议",
    "例会",
    "纪要",
    "订单",
    "投诉",
    "发票",
    "方案",
    "计划",
    "清单",
    "活动",
    "账单",
    "对账单",
    "样品",
    "邮件",
    "促销",
    "报告",
    "报表",
    "数据",
    "展会",
    "库存",
    "业绩",
    "目标",
    "排期",
    "行程",
];
/// Verbs of telling: what is told may hold a date.
const TELL: &[&str] = &["通知", "提醒", "告知", "转告", "告诉", "催促", "督促", "请", "让", "催"];
/// What stands behind `3点` where it counts points of a talk.
const POINTS: &[&str] = &[
    "建议", "意见", "要求", "问题", "注意", "说明", "原因", "理由", "优势", "需求", "内容", "改进", "修改",
    "心得",
];
/// What stands behind a part of the day where it makes another word of it.
const MEALS: &str = "饭餐茶会班宴场课";

/// The promises of a clause.
pub(super) fn promises(clause: &str, today: NaiveDate) -> Result<Vec<String>, ActionError> {
    let folded = fold(clause);
    let original: Vec<char> = clause.chars().collect();
    let text = |from: usize, until: usize| -> String {
        original.get(from..until).unwrap_or_default().iter().collect::<String>().trim().to_owned()
    };
    // they seldom stand anywhere, and are looked for once, whatever is cut
    let repeats: Vec<usize> =
        (0..folded.len()).filter(|at| refused::is_again(Scan::new(&folded, *at))).collect();
    let mut out = Vec::new();
    let mut from = 0;
    loop {
        let chars = folded.get(from..).unwrap_or_default();
        let repeats = repeats.iter().filter_map(|at| at.checked_sub(from));
        // what is wrong with the first date is said where it is read
        let first = find(chars, today).ok().flatten().filter(|first| !broken_time(chars, first.until));
        match first.map_or(Next::None, |first| next(chars, first, repeats)) {
            Next::None => {
                out.push(text(from, original.len()));
                return Ok(out);
            }
            Next::Stray(found) => {
                let words = text(from + found.from, from + found.until);
                return Err(ActionError::TwoDates { clause: clause.to_owned(), second: words });
            }
            Next::Again => return Err(ActionError::Repeats(clause.to_owned())),
            Next::At { left, right } => {
                out.push(text(from, from + left));
                from += right;
            }
        }
    }
}

/// What comes behind the first date of a promise.
enum Next {
    /// Nothing but its own matter.
    None,
    /// Another promise: where this one ends and that one begins.
    At { left: usize, right: usize },
    /// A date of which nobody knows what it belongs to.
    Stray(Found),
    /// Something that comes again and again.
    Again,
}

/// What comes behind the first date of `chars`, in which `repeats` are the places where words stand that say that something
/// comes again and again. An import may have a cell of twenty thousand characters: nothing here copies what stands before a
/// place but the few last of them.
fn next(chars: &[char], first: Found, mut repeats: impl Iterator<Item = usize>) -> Next {
    let mut matter = is_matter(chars, 0, &first);
    let (mut at, mut from) = (first.until, first.until);
    let begins = |place: &usize| {
        let before = chars.get(first.until..*place).unwrap_or_default();
        joint(before).is_some() || (before.len() <= NEAR && is_unjoined(before))
    };
    if repeats.any(|place| place >= first.until && begins(&place)) {
        return Next::Again;
    }
    let mut quotes = Quotes::default();
    while let Some(found) = again(chars, from) {
        from = found.until;
        if is_other_word(chars, &found) {
            continue;
        }
        let between = chars.get(at..found.from).unwrap_or_default();
        let joined = joint(between);
        // the day of the event is a word of its own: `元旦当天`, but `和当天协调座位`
        quotes.read(chars, found.from);
        if quotes.are_open() || is_named(chars, &found) || (found.is_event_day() && joined.is_none()) {
            (matter, at) = (true, found.until);
            continue;
        }
        let noun = is_before_noun(chars, found.until);
        let apart = between.last().is_some_and(|c| c.is_whitespace());
        let object = joined.is_none() && (is_matter(chars, at, &found) || (noun && !apart));
        if object {
            (matter, at) = (true, found.until);
            continue;
        }
        // `发资料和5月22日会议材料` may be one promise of two things
        let things = noun && joined.is_some() && ("和与及".contains(joint_sign(between)));
        let cut = if matter || things || found.is_time() { None } else { cut(chars, &first, &found, joined) };
        return cut.map_or(Next::Stray(found), |(left, right)| Next::At { left, right });
    }
    Next::None
}

/// Whether nothing stands there but signs that join a date with its task.
fn is_unjoined(between: &[char]) -> bool {
    unjoined(copied(between).trim_start_matches('起')).is_empty()
}

/// A piece of the text by itself; tests count how much is copied in all.
fn copied(chars: &[char]) -> String {
    #[cfg(test)]
    tests::COPIED.with(|sum| sum.set(sum.get() + chars.len()));
    chars.iter().collect()
}

/// Where the clause is cut before a further date: the end of the left side and the beginning of the right one.
fn cut(chars: &[char], first: &Found, found: &Found, joined: Option<usize>) -> Option<(usize, usize)> {
    let between = copied(chars.get(first.until..found.from)?);
    let blank = between.ends_with(char::is_whitespace);
    let latin = between.trim_end().ends_with(|c: char| c.is_ascii());
    let end = chars.len();
    let near = joined.or_else(|| (blank && !latin && !between.trim().is_empty()).then_some(0));
    let cut = if let Some(length) = near {
        (found.from - length, found.from)
    } else {
        far(&between).map(|(left, right)| (first.until + left, first.until + right))?
    };
    let task = |from: usize, date: &Found, until: usize| {
        // two characters of it are enough
        let part = |a: usize, b: usize| copied(chars.get(a..b.min(a + NEAR)).unwrap_or_default());
        join(&part(from, date.from), &part(date.until.min(until), until)).chars().count() > 1
    };
    (task(0, first, cut.0) && task(cut.1, found, end)).then_some(cut)
}

/// Whether a text is nothing but a joint, such as the beginning of `然后下周一拜访`.
pub(super) fn is_joint(text: &str) -> bool {
    let text = text.to_lowercase();
    JOINTS.contains(&text.as_str()) || ENGLISH.iter().any(|word| word.trim() == text)
}

/// The length of the joint at the end of what stands between two dates, with its blanks.
fn joint(between: &[char]) -> Option<usize> {
    let near = tail(between);
    let text = copied(near);
    let trimmed = text.trim_end();
    let count = |rest: &str| near.len() - rest.chars().count();
    let chinese = JOINTS.iter().find_map(|word| trimmed.strip_suffix(word)).map(count);
    chinese.or_else(|| {
        let padded = format!("{trimmed} ");
        ENGLISH.iter().find_map(|word| padded.strip_suffix(word).map(count))
    })
}

/// A joint of deeds with the task of the further date behind it, in characters of what stands between the dates.
fn far(between: &str) -> Option<(usize, usize)> {
    let chars = |bytes: usize| between.get(..bytes).map(|text| text.chars().count());
    let strong = STRONG.iter().find_map(|word| between.rfind(word).map(|at| (at, at + word.len())));
    let english = || ENGLISH.iter().find(|word| between.starts_with(**word)).map(|word| (0, word.len()));
    let (left, right) = strong.or_else(english)?;
    Some((chars(left)?, chars(right)?))
}

/// Whether a date is plainly the object of what stands between `from` and it.
pub(super) fn is_matter(chars: &[char], from: usize, found: &Found) -> bool {
    if !found.is_of_calendar() && from == 0 {
        return false;
    }
    let behind = chars.get(found.until..).unwrap_or_default();
    if behind.iter().all(|c| c.is_whitespace() || "前内之以".contains(*c)) {
        return false;
    }
    let before = copied(chars.get(from..found.from).unwrap_or_default());
    let last = ENGLISH_NEEDS.iter().any(|word| {
        before
            .trim_end()
            .strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    });
    if from > 0 && last {
        return true;
    }
    if before.ends_with(char::is_whitespace) {
        return false;
    }
    let deed = |c: char| c.is_whitespace() || matches!(c, '并' | '再');
    let alone = unjoined(before.rsplit(deed).next().unwrap_or(&before));
    let alone = alone.trim_start_matches([',', '再', '去', '并', '要']);
    let told = |word: &str| alone.strip_prefix(word).is_some_and(|whom| !whom.is_empty());
    NEEDS.iter().any(|word| before.ends_with(word))
        || alone.ends_with(|c| SHORT.contains(c)) && (alone.chars().count() == 1 || alone.starts_with(WITH))
        || TELL.iter().any(|word| told(word))
}

/// Prepositions and verbs in English behind which a date is matter.
const ENGLISH_NEEDS: &[&str] = &[
    "about",
    "for",
    "of",
    "from",
    "the",
    "re",
    "regarding",
    "prepare",
    "confirm",
    "review",
    "discuss",
    "arrange",
    "his",
    "her",
    "our",
    "their",
];

/// Whether the signs around a date make it part of the words beside it: `周五的会议`, `(5月22日)`, a festival by its name.
pub(super) fn is_attribute(chars: &[char], found: &Found) -> bool {
    let mut quotes = Quotes::default();
    quotes.read(chars, found.from);
    quotes.are_open() || is_named(chars, found)
}

/// The same by what stands behind it and by what it is.
fn is_named(chars: &[char], found: &Found) -> bool {
    let mut behind = Scan::new(chars, found.until);
    behind.blanks();
    behind.next() == Some('的') || behind.take("'s ") || found.is_festival_day()
}

/// Brackets and quotes that are open at a place.
#[derive(Default)]
struct Quotes {
    at: usize,
    /// Those that open against those that close.
    open: isize,
    /// Those that do both.
    straight: usize,
}

impl Quotes {
    /// Reads on to a place.
    fn read(&mut self, chars: &[char], until: usize) {
        for c in chars.get(self.at..until).unwrap_or_default() {
            match c {
                '"' => self.straight += 1,
                c if "(（[【《〈“‘「".contains(*c) => self.open += 1,
                c if ")）]】》〉”’」".contains(*c) => self.open -= 1,
                _ => {}
            }
        }
        self.at = self.at.max(until);
    }

    /// Whether one is open.
    const fn are_open(&self) -> bool {
        self.open > 0 || self.straight % 2 == 1
    }
}

/// Whether a noun stands right behind a date: `5月20日报价`.
pub(super) fn is_before_noun(chars: &[char], until: usize) -> bool {
    let behind = chars.get(until..).unwrap_or_default();
    let starts = |word: &&str| word.chars().enumerate().all(|(i, c)| behind.get(i) == Some(&c));
    NOUNS.iter().any(starts)
}

/// The last sign of what stands between two dates.
fn joint_sign(between: &[char]) -> char {
    between.iter().rev().copied().find(|c| !c.is_whitespace()).unwrap_or(' ')
}

/// Whether the figures or the part of a day belong to another word: `3点建议`, `晚宴`, `周一鸣`.
fn is_other_word(chars: &[char], found: &Found) -> bool {
    let behind = chars.get(found.until..).unwrap_or_default();
    let starts = |word: &&str| word.chars().enumerate().all(|(i, c)| behind.get(i) == Some(&c));
    let sign = behind.first().copied();
    if found.is_time() {
        return found.until - found.from == 1
            || POINTS.iter().any(starts)
            || sign.is_some_and(|c| MEALS.contains(c));
    }
    let name = chars.get(found.from) == Some(&'周') && found.until - found.from == 2;
    // one character behind it is no task: a name of three
    name && behind.len() == 1 && sign.is_some_and(|c| !"前内后起".contains(c) && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::parse_actions;

    thread_local! {
        /// Characters copied so far.
        pub static COPIED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }

    /// Monday, half past three.
    const NOW: &str = "2024-05-20T15:30:00";

    fn read(text: &str) -> Result<Vec<(String, String)>, ActionError> {
        let actions = parse_actions(text, NOW.parse().unwrap(), Some("2024-06-20".parse().unwrap()))?;
        Ok(actions.into_iter().map(|a| (a.text, a.resolved.due.day.format("%m-%d").to_string())).collect())
    }

    #[test]
    fn k03_a_joint_before_a_further_date_begins_another_promise() {
        let mut wrong = Vec::new();
        for (text, wanted) in [
            ("5月22日发送资料和5月25日拜访", [("发送资料", "05-22"), ("拜访", "05-25")]),
            ("2日内发资料 周五拜访", [("发资料", "05-22"), ("拜访", "05-24")]),
            ("2日内发资料\n周五拜访", [("发资料", "05-22"), ("拜访", "05-24")]),
            ("2日内发送资料,3天内跟进意向", [("发送资料", "05-22"), ("跟进意向", "05-23")]),
            ("周五发资料及下周三拜访", [("发资料", "05-24"), ("拜访", "05-29")]),
            ("周五发资料,然后下周一拜访", [("发资料", "05-24"), ("拜访", "05-27")]),
            ("周五发资料然后下周一拜访", [("发资料", "05-24"), ("拜访", "05-27")]),
            ("周五发资料并3天内跟进意向", [("发资料", "05-24"), ("跟进意向", "05-23")]),
            ("周五发资料然后联系李总下周一回电", [("发资料", "05-24"), ("联系李总回电", "05-27")]),
            ("明天回电和国庆前寄礼品", [("回电", "05-21"), ("寄礼品", "09-30")]),
            ("明天发5月22日会议材料,周五拜访", [("发5月22日会议材料", "05-21"), ("拜访", "05-24")]),
            ("提前3天发送提醒和当天协调座位", [("发送提醒", "06-17"), ("协调座位", "06-20")]),
            ("send the deck tomorrow and call on friday", [("send the deck", "05-21"), ("call", "05-24")]),
            ("tomorrow send the deck and on friday call", [("send the deck", "05-21"), ("call", "05-24")]),
            ("call tomorrow and then friday visit", [("call", "05-21"), ("visit", "05-24")]),
        ] {
            let wanted = wanted.map(|(text, day)| (text.to_owned(), day.to_owned()));
            let read = read(text);
            if read.as_deref() != Ok(&wanted) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(read("明天回电 周五拜访 下周三签约").unwrap().len(), 3);
    }

    #[test]
    fn e9_a_date_that_is_matter_stays_in_its_task() {
        let mut wrong = Vec::new();
        for (text, task, day) in [
            ("周五发送6月报价单", "发送6月报价单", "05-24"),
            ("准备5月22日会议材料", "准备5月22日会议材料", "05-22"),
            ("准备5月22日的会议材料", "准备5月22日的会议材料", "05-22"),
            ("准备明天的会议材料", "准备会议材料", "05-21"),
            ("约周五见面", "约周五见面", "05-24"),
            ("准备国庆活动方案", "准备国庆活动方案", "10-01"),
            ("通知客户5月30日发货", "通知客户5月30日发货", "05-30"),
            ("准备5月22日", "准备", "05-22"),
            ("5月25日前准备5月22日会议材料", "准备5月22日会议材料", "05-25"),
            ("明天通知客户5月30日发货", "通知客户5月30日发货", "05-21"),
            ("明天提醒客户周五付款", "提醒客户周五付款", "05-21"),
            ("明天约周五见面", "约周五见面", "05-21"),
            ("明天发5月20日的报价单", "发5月20日的报价单", "05-21"),
            ("明天跟进周五的会议", "跟进周五的会议", "05-21"),
            ("明天跟王总约周五见面", "跟王总约周五见面", "05-21"),
            ("周五回电王总并约6月5日参观", "回电王总并约6月5日参观", "05-24"),
            ("3天内跟进5月20日报价", "跟进5月20日报价", "05-23"),
            ("周五沟通月底促销", "沟通月底促销", "05-24"),
            ("周五拜访 带5月22日合同", "拜访 带5月22日合同", "05-24"),
            ("周五发5月22日和5月25日的纪要", "发5月22日和5月25日的纪要", "05-24"),
            ("周五回访(5月22日到店)客户", "回访(5月22日到店)客户", "05-24"),
            ("6月1日前发送端午礼品方案", "发送端午礼品方案", "06-01"),
            ("明天发资料和国庆活动方案", "发资料和国庆活动方案", "05-21"),
            ("明天确认每周例会", "确认每周例会", "05-21"),
            ("明天梳理3点建议", "梳理3点建议", "05-21"),
            ("明天预订晚宴", "预订晚宴", "05-21"),
            ("明天参加下午会议", "参加下午会议", "05-21"),
            ("明天联系周一鸣", "联系周一鸣", "05-21"),
            ("明天发资料和样品", "发资料和样品", "05-21"),
            ("明天联系张三和李四", "联系张三和李四", "05-21"),
            ("tomorrow prepare friday meeting", "prepare friday meeting", "05-21"),
            ("tomorrow call about the june 5 report", "call about the june 5 report", "05-21"),
        ] {
            let read = read(text);
            if read.as_deref() != Ok(&[(task.to_owned(), day.to_owned())]) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn e9_a_second_date_that_belongs_to_nothing_plainly_is_refused_and_named() {
        let mut wrong = Vec::new();
        for (text, second) in [
            ("5月22日发送资料5月25日拜访", "5月25日"),
            ("明天回电后天拜访", "后天"),
            ("周五发5月22日和5月25日纪要", "5月25日"),
            ("明天发资料周五前", "周五"),
            ("周五发资料和5月22日会议材料", "5月22日"),
            ("明天签约周五交付", "周五"),
            ("明天联系张三下周一回电", "下周一"),
            ("周五发资料和样品下周一拜访", "下周一"),
            ("周五上午10点拜访并下午3点回电", "下午3点"),
            ("周五拜访 10点", "10点"),
            ("明天联系张三和5月25日", "5月25日"),
            ("send the deck tomorrow call friday", "friday"),
            ("中秋国庆后联系", "国庆后"),
        ] {
            let read = read(text);
            if !matches!(&read, Err(ActionError::TwoDates { second: found, .. }) if found == second) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        for text in ["明天起每天回访", "明天发资料和每周五回访"] {
            assert_eq!(read(text), Err(ActionError::Repeats(text.into())), "{text}");
        }
    }

    #[test]
    fn e9_a_cell_as_long_as_an_import_takes_is_read_without_copying_it_again_and_again() {
        const LONG: usize = 20_000;
        for (lead, part, tasks) in [
            ("周五回电", "再发资料", 1),
            ("周五发资料", "(5月22日到店)", 1),
            ("周五发资料", "并约6月5日参观", 1),
            ("周五发资料", " 明天回电", 1 + LONG / 5),
            ("周五", "每家都看看", 1),
            ("周五梳理", "3点建议", 1),
            ("周五 ", "a", 1),
        ] {
            let part_length = part.chars().count();
            let text = format!("{lead}{}", part.repeat(LONG / part_length));
            COPIED.with(|sum| sum.set(0));
            let read = read(&text).unwrap();
            assert_eq!(read.len(), tasks, "{lead}{part}");
            if tasks == 1 {
                let matter = text.trim_start_matches("周五").trim();
                assert_eq!(read[0], (matter.to_owned(), "05-24".to_owned()));
            }
            let copied = COPIED.with(std::cell::Cell::get);
            assert!(copied < 40 * LONG, "{lead}{part}: {copied} characters for {LONG}");
        }
        let again = format!("周五发资料{}和每周五回访", "看看".repeat(LONG / 2));
        assert_eq!(read(&again), Err(ActionError::Repeats(again.clone())));
    }

    proptest::proptest! {
        #[test]
        fn e9_no_promise_is_swallowed_by_another(
            first in "明天|周五|5月22日|2日内|下周三|月底前|6月1日上午9点",
            deed in "回电|拜访客户|发送资料|联系李总",
            joint in "和|及|以及|并|然后| |  |,|;|\n| 和 |,然后|",
            second in "后天|下周一|5月25日前|3天内|国庆前|6月5日下午3点",
            other in "签约|寄礼品|跟进意向",
        ) {
            let text = format!("{first}{deed}{joint}{second}{other}");
            match read(&text) {
                Ok(tasks) => {
                    let texts: Vec<String> = tasks.into_iter().map(|(text, _)| text).collect();
                    proptest::prop_assert_eq!(texts, [deed, other], "{}", text);
                }
                Err(why) => {
                    let told = matches!(why, ActionError::TwoDates { .. });
                    proptest::prop_assert!(told && joint.is_empty(), "{} {:?}", text, why);
                }
            }
        }
    }
}
