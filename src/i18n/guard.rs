//! The guard in words: what stands against a touch as sentences, and what one has to know before dialling on one line.

use chrono::NaiveDate;

use super::format::list;
use super::{Lang, Text, words};
use crate::domain::guard::{Finding, Past, ScriptState, Standing, Window, asking, barring};
use crate::store::request::LeftOut;

super::texts! {
    QUIET "Do not disturb (since {}{}): this customer is not to be touched." "客户要求免打扰(自{}起{}),不可主动触达。";
    OPTED_OUT "Opted out of {} (since {}{}): choose another channel." "客户已退订{}(自{}起{}),请改用其他方式。";
    WAY ", {}" ",{}";
    CONSENT_WITHDRAWN "Consent was withdrawn: this customer is not to be touched." "客户已撤回授权,不可主动触达。";
    SUSPENDED "Follow-up is suspended: this customer counts as invalid." "该客户已列为无效,跟进已暂停。";
    CAP "The contact cap of all departments is reached, {} of {} {}: {}." "各部门合计触达已达上限 {}/{}({}):{}。";
    SCRIPT "The script {} is {}: use an approved one." "话术{}为{}状态,请选用已审批的话术。";
    DRAFT "not approved yet" "未审批";
    WITHDRAWN "withdrawn" "已停用";
    APPROVED "approved" "已审批";
    SAME_PRODUCT "{} was offered already: {}." "{}近期已推荐过:{}。";
    BUDGET "The customer's budget of the year is used to {} % (a reason is asked for from {} % on)." "该客户本年预算已用{}%(达到{}%起需说明原因)。";
    CONSENT_UNKNOWN "No consent is on record: ask for it." "尚无授权记录,请征得客户同意。";
    UNCHECKED "The record has not been checked by a second person yet." "资料尚未经第二人核对。";
    UNCHECKED_OF "The record has not been checked by a second person yet; {} entered it." "资料尚未经第二人核对,由{}录入。";
    CHECKED "checked by {}" "已由{}核对";
    NOT_CHECKED "not yet; entered by {}" "尚未核对,由{}录入";
    NOT_SINCE "no contact since {}" "自 {} 起不再联系";
    WELCOME "welcome" "可联系";
    NO_CONSENT "not asked yet" "尚无记录";
    OFFERED "offered {}" "推荐{}";
    ANSWERED "answered" "有回应";
    UNANSWERED "no answer" "未回应";
    PLANNED "planned" "已安排";
    STOPPED "Stopped. If it has taken place already, fill in “Exception reason”: it is kept as a breach." "已拦截。如确已发生,请填写“例外原因”,将作为违规触达留存。";
    NEEDS_REASON "To go on, fill in “Exception reason”: the reason is kept and counted." "如需继续,请填写“例外原因”,原因将留存并计入统计。";
    NOT_PLANNED "It cannot be planned." "不能安排该触达。";
    ON_THE_LINE "If it has taken place nevertheless, record it with --override REASON." "如确已发生,请加 --override 原因 记录。";
    TOUCHED_WEEK "touched {} of {} this week" "本周已触达 {}/{}";
    TOUCHED_MONTH "touched {} of {} this month" "本月已触达 {}/{}";
    LAST_BY "last by {} {}: {}" "最近 {} {}: {}";
    SUSPENDED_SHORT "follow-up suspended" "跟进已暂停";
    WITHDRAWN_SHORT "consent withdrawn" "已撤回授权";
    LEFT_OUT "{} left out: {}" "{}个未安排:{}";
    LEFT_OUT_ONE "{} ({})" "{}({})";
    SHORT_QUIET "do not disturb" "免打扰";
    SHORT_OPTED_OUT "opted out" "已退订";
    SHORT_CAP "cap reached" "触达已达上限";
    SHORT_SCRIPT "script not approved" "话术未审批";
    SHORT_PRODUCT "offered already" "近期已推荐";
    SHORT_BUDGET "budget used up" "预算超支";
    SHORT_CONSENT "no consent yet" "尚无授权";
    SHORT_UNCHECKED "not checked" "未核对";
    TODAY "today" "今天";
    YESTERDAY "yesterday" "昨天";
    DAYS_AGO "{} {day|days} ago" "{}天前";
    SAME_HAND "You entered this record: another person has to check it." "该资料由您录入,须由他人核对。";
    CHECKED_ALREADY "It has been checked already, by {}." "该资料已由{}核对。";
    OF_BREACH "nevertheless: {}" "例外原因:{}";
}

/// A finding as a sentence.
pub fn sentence(finding: &Finding, lang: Lang) -> String {
    let way = |way: &Option<String>| way.as_ref().map_or_else(String::new, |way| WAY.with(lang, &[way]));
    match finding {
        Finding::Quiet { since, way: said } => QUIET.with(lang, &[since, &way(said)]),
        Finding::OptedOut { channel, since, way: said } => {
            OPTED_OUT.with(lang, &[&words::word("channel", channel, lang), since, &way(said)])
        }
        Finding::ConsentWithdrawn => CONSENT_WITHDRAWN.of(lang).to_owned(),
        Finding::Suspended => SUSPENDED.of(lang).to_owned(),
        Finding::Cap { cap, touches } => {
            let named: Vec<String> = touches.iter().map(|t| past(t, lang)).collect();
            let named = named.join(if lang == Lang::En { "; " } else { ";" });
            CAP.with(lang, &[&touches.len(), &cap.count, &window(cap.window, lang), &named])
        }
        Finding::Script { script, state } => {
            let state = match state {
                ScriptState::Draft => DRAFT,
                ScriptState::Approved => APPROVED,
                ScriptState::Withdrawn => WITHDRAWN,
            };
            SCRIPT.with(lang, &[script, &state.of(lang)])
        }
        Finding::SameProduct { product, past: offer } => {
            SAME_PRODUCT.with(lang, &[product, &format!("{}, {}", past(offer, lang), taken(offer, lang))])
        }
        Finding::Budget { percent, limit } => BUDGET.with(lang, &[percent, limit]),
        Finding::ConsentUnknown => CONSENT_UNKNOWN.of(lang).to_owned(),
        Finding::Unchecked { entered: Some(who) } => UNCHECKED_OF.with(lang, &[who]),
        Finding::Unchecked { entered: None } => UNCHECKED.of(lang).to_owned(),
    }
}

/// A finding in a word or two, for lists.
pub const fn short(finding: &Finding) -> Text {
    match finding {
        Finding::Quiet { .. } => SHORT_QUIET,
        Finding::OptedOut { .. } => SHORT_OPTED_OUT,
        Finding::ConsentWithdrawn => WITHDRAWN_SHORT,
        Finding::Suspended => SUSPENDED_SHORT,
        Finding::Cap { .. } => SHORT_CAP,
        Finding::Script { .. } => SHORT_SCRIPT,
        Finding::SameProduct { .. } => SHORT_PRODUCT,
        Finding::Budget { .. } => SHORT_BUDGET,
        Finding::ConsentUnknown => SHORT_CONSENT,
        Finding::Unchecked { .. } => SHORT_UNCHECKED,
    }
}

/// Whom a change for many left out, the first three by name with the reason.
pub fn left_out(all: &[LeftOut], lang: Lang) -> String {
    let mut named: Vec<String> = all
        .iter()
        .take(3)
        .map(|l| LEFT_OUT_ONE.with(lang, &[&l.name, &short(&l.finding).of(lang)]))
        .collect();
    if all.len() > named.len() {
        named.push("…".to_owned());
    }
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    LEFT_OUT.with(lang, &[&all.len(), &list(&named, lang)])
}

/// What has to be passed over, one sentence after another; notes apart.
pub fn sentences(findings: &[Finding], lang: Lang) -> Vec<String> {
    asking(findings).map(|f| sentence(f, lang)).collect()
}

/// What can be done about findings that hold a touch which is written down; none where nothing does.
pub fn way_on(findings: &[Finding], lang: Lang) -> Option<&'static str> {
    asking(findings).next()?;
    let text = if barring(findings).next().is_some() { STOPPED } else { NEEDS_REASON };
    Some(text.of(lang))
}

/// `05-15 市场部 李雷 电话`: a touch by when, who, how.
fn past(touch: &Past, lang: Lang) -> String {
    let department = words::word("department", &touch.department, lang);
    let channel = touch.channel.as_deref().map(|id| words::word("channel", id, lang));
    let how = if touch.planned { Some(PLANNED.of(lang)) } else { channel };
    let parts = [department, &touch.person, how.unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    format!("{} {}", touch.day.format("%m-%d"), parts.join(" "))
}

/// How the customer took it: in their words, else whether they answered.
fn taken(touch: &Past, lang: Lang) -> &str {
    let silent = if touch.responded { ANSWERED } else { UNANSWERED };
    touch.feedback.as_deref().unwrap_or(silent.of(lang))
}

const fn window(window: Window, lang: Lang) -> &'static str {
    match (window, lang) {
        (Window::SevenDays, Lang::En) => "in 7 days",
        (Window::SevenDays, Lang::Zh) => "7天内",
        (Window::Week, Lang::En) => "in the week",
        (Window::Week, Lang::Zh) => "当周",
        (Window::Month, Lang::En) => "in the month",
        (Window::Month, Lang::Zh) => "当月",
    }
}

/// `touched 1 of 2 this week`.
pub fn touched(standing: &Standing, lang: Lang) -> String {
    let text = if standing.cap.window == Window::Month { TOUCHED_MONTH } else { TOUCHED_WEEK };
    text.with(lang, &[&standing.touched, &standing.cap.count])
}

/// `last by marketing 2 days ago: offered B, lukewarm`: the last touch of our own accord, if it can still matter.
pub fn last(standing: &Standing, today: NaiveDate, lang: Lang) -> Option<String> {
    let touch = standing.last.as_ref()?;
    let department = words::word("department", &touch.department, lang);
    let when = match (today - touch.day).num_days() {
        0 => TODAY.of(lang).to_owned(),
        1 => YESTERDAY.of(lang).to_owned(),
        days => DAYS_AGO.with(lang, &[&days]),
    };
    let what = touch
        .product
        .as_ref()
        .map_or_else(|| touch.summary.replace('\n', " "), |product| OFFERED.with(lang, &[product]));
    let said = format!("{what}, {}", taken(touch, lang).replace('\n', " "));
    Some(LAST_BY.with(lang, &[&department, &when, &said]))
}

/// What one has to know before dialling: how often touched, and what the last one was.
pub fn state(standing: &Standing, today: NaiveDate, lang: Lang) -> String {
    let parts = [Some(touched(standing, lang)), last(standing, today, lang)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guard::{Cap, Consent};

    fn offer() -> Past {
        Past {
            at: 0,
            day: "2024-05-18".parse().unwrap(),
            counts: true,
            planned: false,
            channel: Some("sms".into()),
            person: "李雷".into(),
            department: "marketing".into(),
            product: Some("B品类".into()),
            summary: "新品短信".into(),
            feedback: Some("反应冷淡".into()),
            responded: true,
        }
    }

    #[test]
    fn the_state_before_dialling_is_one_line() {
        let mut standing = Standing {
            touched: 1,
            cap: Cap { count: 2, window: Window::SevenDays },
            last: Some(offer()),
            opt_outs: Vec::new(),
            suspended: false,
            consent: Consent::Given,
            entered: None,
            checked: None,
            findings: Vec::new(),
        };
        let today = "2024-05-20".parse().unwrap();
        assert_eq!(
            state(&standing, today, Lang::Zh),
            "本周已触达 1/2 · 最近 市场部 2天前: 推荐B品类, 反应冷淡"
        );
        assert_eq!(
            state(&standing, today, Lang::En),
            "touched 1 of 2 this week · last by marketing 2 days ago: offered B品类, 反应冷淡"
        );
        standing.last = None;
        standing.cap.window = Window::Month;
        assert_eq!(state(&standing, today, Lang::Zh), "本月已触达 1/2");
    }

    #[test]
    fn a_full_cap_names_the_touches_that_fill_it() {
        let found = Finding::Cap { cap: Cap { count: 1, window: Window::Month }, touches: vec![offer()] };
        assert_eq!(sentence(&found, Lang::Zh), "各部门合计触达已达上限 1/1(当月):05-18 市场部 李雷 短信。");
        assert_eq!(way_on(&[found], Lang::En), Some(NEEDS_REASON.en));
        let same = Finding::SameProduct { product: "B品类".into(), past: offer() };
        assert_eq!(
            sentence(&same, Lang::En),
            "B品类 was offered already: 05-18 marketing 李雷 SMS, 反应冷淡."
        );
    }
}
