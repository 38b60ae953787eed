//! The words of the strategy matrix, and its figures as both the screen and the command line tell them.

use super::{Lang, fields, format, words};
use crate::domain::field::{Field, Noun};
use crate::domain::money::Fen;
use crate::domain::strategy::{is_overrun, people_needed};
use crate::store::request::{Compared, Preview, StrategyRow, Term};

/// The touch kinds with ideal and worst days.
pub fn rhythm(row: &StrategyRow, lang: Lang) -> String {
    let parts: Vec<String> = row
        .touches
        .iter()
        .map(|(kind, ideal, worst)| format!("{} {ideal}/{worst}", words::word("touch", kind, lang)))
        .collect();
    parts.join(" · ")
}

/// The contact cap.
pub fn cap(row: &StrategyRow, lang: Lang) -> String {
    row.cap
        .as_ref()
        .map_or_else(String::new, |(n, window)| format!("{n} {}", words::word("cap", window, lang)))
}

/// Where a row comes from: ids of requirements stand for the handbooks.
pub fn source(source: &str, lang: Lang) -> String {
    if super::shipped::is_ids(source) { HANDBOOK.of(lang).to_owned() } else { source.to_owned() }
}

/// The budget with its bound.
pub fn budget(row: &StrategyRow, lang: Lang) -> String {
    let bound = row.bound.as_deref().map_or("", |b| words::word("bound", b, lang));
    // a word needs a blank, a sign none
    let gap = if bound.is_ascii() && !bound.is_empty() { " " } else { "" };
    row.budget.map_or_else(String::new, |fen| format!("{bound}{gap}{}", format::yuan(fen)))
}

/// What was spent this year against the budget of all accounts, with a sign where it is an overrun (D20).
pub fn spent(row: &StrategyRow, lang: Lang) -> String {
    let Some(spent) = row.spent else { return String::new() };
    let Some((percent, budget)) = row.spent_percent.zip(row.budget) else { return format::yuan(spent) };
    let sign = if is_overrun(spent.0, budget.0 * row.accounts) { "✗ " } else { "" };
    SPENT_OF.with(lang, &[&sign, &format::yuan(spent), &percent])
}

/// Planned touches against the budget (X13): a warning and no more.
pub fn feasible(row: &StrategyRow, lang: Lang) -> String {
    let Some((percent, cost)) = row.feasible_percent.zip(row.feasible_cost) else { return String::new() };
    let sign = if percent > row.feasible_line { "▲" } else { "✓" };
    FEASIBLE_OF.with(lang, &[&sign, &percent, &row.planned, &format::yuan(cost)])
}

/// One number where both ends are the same.
fn from_to(few: i64, many: i64) -> String {
    if few == many { few.to_string() } else { format!("{few}–{many}") }
}

/// Load per head against the range, with people needed (D17, K55).
pub fn load(row: &StrategyRow, lang: Lang) -> String {
    let Some((low, high)) = row.load else { return String::new() };
    let (few, many) = row.needed.unwrap_or_else(|| people_needed(row.accounts, low, high));
    let per_head = if row.heads > 0 { row.accounts / row.heads } else { 0 };
    let mut text = LOAD_OF.with(lang, &[&per_head, &low, &high, &row.heads, &from_to(few, many)]);
    for (said, people) in [(LOAD_OVER, &row.over), (LOAD_UNDER, &row.under)] {
        if let Some((name, n)) = people.first() {
            let more = people.len() - 1;
            let more = if more > 0 { LOAD_MORE.with(lang, &[&more]) } else { String::new() };
            text = format!("{text} · {}", said.with(lang, &[name, n, &more]));
        }
    }
    text
}

/// What the row lacks (X23, D5).
pub fn lacks(row: &StrategyRow, lang: Lang) -> String {
    let names: Vec<&str> = row
        .missing
        .iter()
        .map(|id| {
            let column = if *id == "person" { "person_id" } else { id };
            Field::of(Noun::Strategy, column).map_or(*id, |field| fields::label(field).of(lang))
        })
        .collect();
    format::list(&names, lang)
}

/// What an edit would do, a sentence a line; `true` where it is a warning.
pub fn preview(p: &Preview, lang: Lang) -> Vec<(String, bool)> {
    let sampled = if p.looked_at < p.accounts {
        PREVIEW_SAMPLE.with(lang, &[&p.looked_at, &format::count(p.accounts)])
    } else {
        String::new()
    };
    let n = format::count;
    let mut out = vec![(
        PREVIEW_DUE.with(lang, &[&n(p.due.0), &n(p.due.1), &n(p.late.0), &n(p.late.1), &sampled]),
        p.due.1 > p.due.0,
    )];
    if !p.governs {
        out = vec![(PREVIEW_ASIDE.of(lang).to_owned(), false)];
    }
    let mut year = match p.cost {
        Some((was, is)) => {
            PREVIEW_COST.with(lang, &[&p.planned.0, &p.planned.1, &format::yuan(was), &format::yuan(is)])
        }
        None => PREVIEW_TOUCHES.with(lang, &[&p.planned.0, &p.planned.1]),
    };
    let above = p.feasible_percent.is_some_and(|percent| percent > 100);
    if let Some(percent) = p.feasible_percent {
        let sign = if above { "▲ " } else { "" };
        year = format!("{year} · {sign}{}", PREVIEW_BUDGET.with(lang, &[&percent]));
    }
    if let Some((few, many)) = p.needed {
        year = format!("{year} · {}", PREVIEW_PEOPLE.with(lang, &[&from_to(few, many)]));
    }
    out.push((year, above));
    let names =
        |people: Vec<String>| format::list(&people.iter().map(String::as_str).collect::<Vec<_>>(), lang);
    if !p.over.is_empty() {
        let people = p.over.iter().take(3).map(|(name, n)| format!("{name} {n}")).collect();
        out.push((format!("✗ {}", PREVIEW_OVER.with(lang, &[&names(people)])), true));
    }
    if !p.swamped.is_empty() {
        let people = p.swamped.iter().take(3).map(|(name, n, most)| format!("{name} {n}/{most}")).collect();
        out.push((format!("✗ {}", PREVIEW_SWAMPED.with(lang, &[&names(people)])), true));
    }
    out
}

/// What came of a version: the same length of time before and after (H20).
pub fn compared(c: &Compared, lang: Lang) -> Vec<String> {
    if c.days == 0 {
        return vec![COMPARED_NOT_YET.of(lang).to_owned()];
    }
    let head = if c.class.is_some() { COMPARED } else { COMPARED_ALL };
    let (b, a) = (&c.before, &c.after);
    let share = |part: i64, of: i64| {
        (part * 100).checked_div(of).map_or("–".to_owned(), |p| format!("{p}% ({part}/{of})"))
    };
    let each = |t: &Term| {
        let cost = t.cost.map_or(0, |c| c.0).checked_div(t.touches);
        cost.map_or("–".to_owned(), |fen| format::yuan(Fen(fen)))
    };
    vec![
        head.with(lang, &[&c.days]),
        RESULT_TOUCHES.with(lang, &[&b.touches, &a.touches]),
        RESULT_ANSWERED.with(lang, &[&share(b.answered, b.touches), &share(a.answered, a.touches)]),
        RESULT_CONVERTED.with(lang, &[&share(b.converted, b.touches), &share(a.converted, a.touches)]),
        RESULT_COST.with(lang, &[&each(b), &each(a)]),
    ]
}

/// What a version changed: label, before, after.
pub fn change(column: &str, was: &str, is: &str, lang: Lang) -> String {
    let field = Field::of(Noun::Strategy, column);
    let label = field.map_or(column, |field| fields::label(field).of(lang));
    let word = |text: &str| match field {
        _ if text.is_empty() => "–".to_owned(),
        Some(Field::StrategyTouches) => text
            .split(", ")
            .map(|beat| {
                beat.rsplit_once(' ').map_or_else(
                    || beat.to_owned(),
                    |(kind, days)| format!("{} {days}", words::word("touch", kind, lang)),
                )
            })
            .collect::<Vec<_>>()
            .join(", "),
        Some(Field::StrategyChannels) => {
            let ids: Vec<&str> = text.split(',').map(|id| words::word("channel", id, lang)).collect();
            format::list(&ids, lang)
        }
        Some(field @ (Field::StrategyBound | Field::StrategyCapWindow)) => {
            words::word(words::group(field), text, lang).to_owned()
        }
        _ => text.to_owned(),
    };
    format!("{label}: {} → {}", word(was), word(is))
}

super::texts! {
    VIEW "Matrix" "策略矩阵";
    SCHEMES_HINT "← → other schemes" "← → 切换分类方案";
    TITLE "Strategy by {}" "{}策略";
    CLASS "Class" "分类";
    ACCOUNTS "Accounts" "客户数";
    ON_CADENCE "On cadence" "按节奏";
    GOAL "Goal" "维系目标";
    RHYTHM "Touches, every … days" "互动频率(天)";
    CONTENT "Content" "互动内容";
    CHANNELS "Channels" "渠道";
    POST "Responsible" "责任岗位";
    BUDGET "Budget a year" "年预算 元";
    CAP "Cap" "触达上限";
    LOAD "Accounts a head" "人均客户";
    HEAD_LOAD "Per head" "人均/标准";
    RULES_PROPOSED "▲ proposed by {}: other rules of {} · {} shows them" "▲ {}提议修改“{}”规则 · {} 查看";
    SEASON_CARE "▲ {} from {}: prepare its content, {} opens it" "▲ {}(自{}):请准备内容,按 {} 打开";
    SEASON_NOW "{} until {}: {}" "{}(至{}):{}";
    PREVIEW_DUE "Due today {} → {}, late {} → {}{}" "今日应联系 {} → {},超期 {} → {}{}";
    PREVIEW_SAMPLE " (counted up from {} of {})" "(由{}户推算,共{}户)";
    PREVIEW_COST "A year {} → {} {touch|touches} each, {} → {} yuan in all" "全年每户 {} → {} 次,合计 {} → {} 元";
    PREVIEW_TOUCHES "A year {} → {} {touch|touches} each" "全年每户 {} → {} 次";
    PREVIEW_BUDGET "{} % of the budget" "占预算 {}%";
    PREVIEW_PEOPLE "{} {person|people} needed" "需 {} 人";
    PREVIEW_OVER "over the range: {}" "超出人均标准:{}";
    PREVIEW_SWAMPED "more than a day holds: {}" "超出每日容量:{}";
    PREVIEW_ASIDE "Another scheme governs the cadence: the queue does not change." "节奏由其他分类方案决定,待跟进不变。";
    VERSIONS "Versions · {}" "版本 · {}";
    VERSION_LINE "{} {}" "第{}版 {}";
    VERSION_FIRST "as it came" "初始版本";
    NO_VERSIONS "This table has not been edited yet." "该策略表尚未修改过。";
    COMPARED "{} {day|days} before → after" "前后各 {} 天";
    COMPARED_ALL "{} {day|days} before → after, touches of all classes" "前后各 {} 天(全部分类的互动)";
    COMPARED_NOT_YET "The comparison begins tomorrow." "明天起可对比。";
    RESULT_TOUCHES "touches {} → {}" "触达 {} → {}";
    RESULT_ANSWERED "answered {} → {}" "响应率 {} → {}";
    RESULT_CONVERTED "orders after {} → {}" "转化率 {} → {}";
    RESULT_COST "a touch {} → {} yuan" "单次费用 {} → {} 元";
    FESTIVALS "Festivals and seasons" "节日与旺季";
    FESTIVAL_WHEN "{}–{}" "{}~{}";
    FESTIVAL_ACTIVE "now" "进行中";
    FESTIVAL_CARE "▲ prepare" "▲ 待准备";
    FESTIVAL_KEYS_NEW "new" "新增";
    FESTIVAL_KEYS_READY "in order" "已备妥";
    DUE_WEEK "Due this week" "本周应联系";
    SPENT "Spent this year" "今年已用";
    SPENT_OF "{}{} ({} %)" "{}{}({}%)";
    FEASIBLE "Feasible" "预算可行";
    FEASIBLE_OF "{} {} % of the budget: {} {touch|touches} a year, {} yuan each" "{} 占预算{}%:全年{}次,每次{}元";
    LOAD_OF "{} each, {}–{} is right · {} {person|people}, {} needed" "人均{}(标准{}–{}) · 现{}人,需{}人";
    LOAD_OVER "✗ above it: {} {}{}" "✗ 超出:{} {}{}";
    LOAD_UNDER "▽ below it: {} {}{}" "▽ 不足:{} {}{}";
    LOAD_MORE " and {} more" ",另{}人";
    RESOURCES "Resource support" "资源支持";
    LACKS "Lacks" "缺少";
    SCENE "Scene" "场景";
    SCRIPT "Script" "话术";
    SOURCE "Source" "出处";
    HANDBOOK "the handbooks' table of strategies" "手册维系策略表";
    NO_ROWS "This scheme has no strategy yet." "该分类体系尚无策略。";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_needed_are_one_number_where_both_ends_are_the_same() {
        let needed = |few: i64, many: i64| {
            let load = |lang| LOAD_OF.with(lang, &[&60, &50, &80, &4, &from_to(few, many)]);
            let preview = |lang| PREVIEW_PEOPLE.with(lang, &[&from_to(few, many)]);
            [load(Lang::En), load(Lang::Zh), preview(Lang::En), preview(Lang::Zh)]
        };
        assert_eq!(
            needed(1, 1),
            [
                "60 each, 50–80 is right · 4 people, 1 needed",
                "人均60(标准50–80) · 现4人,需1人",
                "1 person needed",
                "需 1 人"
            ]
        );
        assert_eq!(
            needed(2, 3),
            [
                "60 each, 50–80 is right · 4 people, 2–3 needed",
                "人均60(标准50–80) · 现4人,需2–3人",
                "2–3 people needed",
                "需 2–3 人"
            ]
        );
    }
}
