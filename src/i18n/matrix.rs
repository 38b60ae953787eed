//! The words of the strategy matrix, and its figures as both the screen and the command line tell them.

use super::{Lang, fields, format, words};
use crate::domain::field::{Field, Noun};
use crate::domain::strategy::{is_overrun, people_needed};
use crate::store::request::StrategyRow;

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
    let sign = if percent > 100 { "▲" } else { "✓" };
    FEASIBLE_OF.with(lang, &[&sign, &percent, &row.planned, &format::yuan(cost)])
}

/// Load per head against the range, with people needed (D17, K55).
pub fn load(row: &StrategyRow, lang: Lang) -> String {
    let Some((low, high)) = row.load else { return String::new() };
    let (few, many) = row.needed.unwrap_or_else(|| people_needed(row.accounts, low, high));
    let per_head = if row.heads > 0 { row.accounts / row.heads } else { 0 };
    let mut text = LOAD_OF.with(lang, &[&per_head, &low, &high, &row.heads, &few, &many]);
    for (sign, people) in [("✗", &row.over), ("▽", &row.under)] {
        if let Some((name, n)) = people.first() {
            let more = if people.len() > 1 { format!(" +{}", people.len() - 1) } else { String::new() };
            text = format!("{text} · {sign} {name} {n}{more}");
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
    DUE_WEEK "Due this week" "本周应联系";
    SPENT "Spent this year" "今年已用";
    SPENT_OF "{}{} ({} %)" "{}{}({}%)";
    FEASIBLE "Feasible" "预算可行";
    FEASIBLE_OF "{} {} % ({} touches × {})" "{} {}%({}次×{})";
    LOAD_OF "{} in {}–{}, {} people, {}–{} needed" "{}(标准{}–{}),现{}人,需{}–{}人";
    RESOURCES "Resource support" "资源支持";
    LACKS "Lacks" "缺少";
    SCENE "Scene" "场景";
    SCRIPT "Script" "话术";
    SOURCE "Source" "出处";
    NO_ROWS "This scheme has no strategy yet." "该分类体系尚无策略。";
}
