//! The words of hand-overs: the form with everybody's load, the list, one hand-over with its checklist.

use super::{Lang, format, words};
use crate::domain::money::Fen;
use crate::domain::strategy::{Load, load};
use crate::store::request::{CaseKind, CaseRow, DisputeCase, HandOverCase, ItemRow, LoadRow};

super::texts! {
    ALL_OF "All customers of {}" "{} 的全部客户";
    THESE "The {} marked {customer|customers}" "已标记的 {} 个客户";
    FROM_WHOM "Whose customers?" "交接谁的客户?";
    NONE "There is no hand-over or dispute that concerns you." "没有与您有关的交接或争议。";
    NOBODY_AT_HAND "Choose a customer or mark some first." "请先选择或标记客户。";
    CUSTOMERS "customers" "客户";
    TASKS "tasks" "待办";
    LATE "late" "逾期";
    COMPLAINTS "complaints" "投诉";
    RANGE "post is meant for" "编制(岗位户数)";
    NO_RANGE "– none set" "– 未设编制";
    WITHIN "within" "正常";
    UNDER "below" "不足";
    OVER "above" "超负荷";
    LINE "No. {}  {} → {}  {}" "{}号  {} → {}  {}";
    COUNTED "{} {customer|customers}" "{}个客户";
    BEGAN "{} began it on {}" "{} 于 {} 发起";
    WENT_OVER "the customers went over on {}" "客户已于 {} 移交";
    NOT_YET "the customers go over when {} accepts" "{} 签收后客户移交";
    BECAUSE "because: {}" "原因:{}";
    SIGNED "signed: {}" "已签字:{}";
    ENDED_WITH "note: {}" "说明:{}";
    ACCEPT "Accept" "签收";
    DECLINE "Decline…" "拒绝…";
    CONFIRM "Confirm" "确认完成";
    TAKE_BACK "Take back…" "收回…";
    TICK "Tick" "勾选";
    FIG_BARE "{} incomplete" "{}个不完整";
    FIG_OPEN "{} open" "{}项未完成";
    FIG_COST "{} yuan spent this year" "本年已用 {} 元";
    FIG_QUIET "{} {customer|customers}" "{}个客户";
    PASSED "{} → {}" "{} → {}";
    GONE_BACK "(went back)" "(已退回)";
    DISPUTE "It should be mine: have it decided…" "应归我负责:申请裁决…";
    DECIDE "Decide who owns it" "裁决归属";
    DISPUTE_LINE "No. {}  {} ↔ {}  {}" "{}号  {} ↔ {}  {}";
    CLAIMS "{} wants the customer, {} has it · {} decides by {}" "{} 主张归属,现由 {} 负责 · {} 须于 {} 前裁决";
    FIRST_TOUCH "first touch: {}, {} (the first touch owns, the other works along)" "首次触达:{},{}(首触归属,另一方协作)";
    NO_FIRST "nobody has touched the customer yet" "尚无互动记录";
    DECIDED_FOR "decided for {}: {}" "裁决归 {}:{}";
    KEY_NOTE "Add a note…" "补充说明…";
    KEY_DECIDE "Decide…" "裁决…";
    KEY_WITHDRAW "Withdraw" "撤回";
    WAITS_FOR_YOU "for you" "待您处理";
}

/// A line of the list: which, from whom to whom, whom it is about.
pub fn line(row: &CaseRow, lang: Lang) -> String {
    let about = match &row.customer {
        Some(name) => name.clone(),
        None => COUNTED.with(lang, &[&format::count(row.customers)]),
    };
    let text = if row.kind == CaseKind::Dispute { DISPUTE_LINE } else { LINE };
    text.with(lang, &[&row.id, &row.from, &row.to, &about])
}

/// The group of words of a case's states.
pub const fn states(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::HandOver => "handover",
        CaseKind::Dispute => "dispute",
    }
}

/// A dispute in sentences, the first the most important.
pub fn dispute(case: &DisputeCase, when: impl Fn(i64) -> String, lang: Lang) -> Vec<String> {
    let mut out = vec![
        words::word("dispute", &case.state, lang).to_owned(),
        CLAIMS.with(lang, &[&case.claimant, &case.holder, &case.arbiter, &when(case.due_at)]),
        BECAUSE.with(lang, &[&case.reason]),
    ];
    out.push(match &case.first {
        Some((who, at, _)) => FIRST_TOUCH.with(lang, &[who, &when(*at)]),
        None => NO_FIRST.of(lang).to_owned(),
    });
    if let (Some(owner), Some(decision)) = (&case.owner, &case.decision) {
        out.push(DECIDED_FOR.with(lang, &[owner, decision]));
    }
    out
}

/// What stands to the right of an entry of the checklist.
pub fn figure(item: &ItemRow, lang: Lang) -> String {
    let Some(n) = item.figure else { return String::new() };
    let count = format::count(n);
    match item.item.as_str() {
        "profile" => FIG_BARE.with(lang, &[&count]),
        "budget" => FIG_COST.with(lang, &[&format::yuan(Fen(n))]),
        "quiet" => FIG_QUIET.with(lang, &[&count]),
        _ => FIG_OPEN.with(lang, &[&count]),
    }
}

/// The sentences above the checklist.
pub fn head(case: &HandOverCase, day: impl Fn(i64) -> String, lang: Lang) -> Vec<String> {
    let mut first = vec![
        words::word("handover", &case.state, lang).to_owned(),
        BEGAN.with(lang, &[&case.proposed_by, &day(case.proposed_at)]),
    ];
    match (case.moved_at, case.state.as_str()) {
        (Some(at), _) => first.push(WENT_OVER.with(lang, &[&day(at)])),
        (None, "proposed") => first.push(NOT_YET.with(lang, &[&case.to])),
        (None, _) => {}
    }
    let mut out = vec![first.join(" · ")];
    let signed: Vec<&str> =
        [&case.accepted_by, &case.confirmed_by].into_iter().filter_map(|name| name.as_deref()).collect();
    let more: Vec<String> = [
        case.reason.as_ref().map(|r| BECAUSE.with(lang, &[r])),
        (!signed.is_empty()).then(|| SIGNED.with(lang, &[&format::list(&signed, lang)])),
        case.note.as_ref().map(|n| ENDED_WITH.with(lang, &[n])),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !more.is_empty() {
        out.push(more.join(" · "));
    }
    out
}

/// A person's load against what their post is meant for, in words.
pub fn against(row: &LoadRow, lang: Lang) -> String {
    let Some((low, high)) = row.range else { return NO_RANGE.of(lang).to_owned() };
    let word = match load(row.customers, low, high) {
        Load::Under => UNDER,
        Load::Within => WITHIN,
        Load::Over => OVER,
    };
    format!("{low}–{high} {}", word.of(lang))
}
