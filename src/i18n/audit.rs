//! The words of the history, and the reading of what is typed to look for in it: `who:王敏 did:export since:2024-05-01`.

use chrono::NaiveDate;

use super::shell::NEW_OF;
use super::words::{id, word};
use super::{Lang, Text, fields, format};
use crate::domain::clock::{Now, stamped};
use crate::domain::date::parse_past;
use crate::domain::field::Noun;
use crate::store::request::audit::{AuditList, AuditRow};

super::texts! {
    TITLE "History" "操作记录";
    HINT "who:me did:export since:yesterday until:05-20 customer:C2024050001 or words" "人:我 操作:导出 自:昨天 至:05-20 客户:C2024050001 或任意文字";
    NO_KEY "“{}” is no condition of the history: who, did, since, until, on, customer." "“{}”不是操作记录的条件,可用:人、操作、自、至、日期、客户。";
    NO_VERB "“{}” is nothing that is written down; try “export”, “edit” or “reveal”." "没有名为“{}”的操作,可试“导出”“修改”“查看脱敏信息”。";
    NO_DAY "“{}” is no day that has come; write 2024-05-20, yesterday or 05-20." "“{}”不是已过的日期,请写 2024-05-20、昨天 或 05-20。";
    NOTHING "Nothing that you may look at fits." "没有您可查看的匹配记录。";
    REMOVED_OF "removed: {}" "删除{}";
    ROWS "{} {row|rows}" "{}行";
    TAKEN_BACK "taken back" "已撤销";
    LARGE "large" "大量";
    WENT_TO "{} of {} to {}" "{}:{}行,至{}";
    HEAD "{} · {} · session {}" "{} · {} · 会话 {}";
    WHY "Why: {}" "原因:{}";
    WAS_IS "{}: {} → {}" "{}:{} → {}";
    NO_LINES "No single fields to show." "没有可显示的字段明细。";
    OPEN_CUSTOMER "Open the customer" "打开客户档案";
    TAKE_BACK "Take this back" "撤销此操作";
    ITS_HISTORY "Everything of this customer" "该客户的全部记录";
    THEIR_HISTORY "Everything of this person" "该人员的全部记录";
    H_HISTORY "What people did: who, when, from where, why" "查看操作记录:何人、何时、何处、原因";
    A_CONDITIONS "Conditions: who:, did:, since:, until:, on:, customer:, or words" "条件:人:、操作:、自:、至:、日期:、客户:,或任意文字";
    WHEN "When" "时间";
    WHO "Who" "人员";
    WHAT "What" "操作";
    WHOM "Whom" "对象";
}

/// What a key of the language means.
#[derive(Clone, Copy)]
enum Key {
    Who,
    Did,
    Since,
    Until,
    On,
    Customer,
}

const KEYS: &[(Key, [&str; 2])] = &[
    (Key::Who, ["who", "人"]),
    (Key::Did, ["did", "操作"]),
    (Key::Since, ["since", "自"]),
    (Key::Until, ["until", "至"]),
    (Key::On, ["on", "日期"]),
    (Key::Customer, ["customer", "客户"]),
];

/// Words for where a change came from.
const VIAS: &[(&str, Text)] = &[
    ("screen", super::word::w("screen", "界面")),
    ("command", super::word::w("command line", "命令行")),
    ("import", super::word::w("import", "导入")),
    ("demo", super::word::w("demo", "演示")),
    ("system", super::word::w("program", "程序")),
];

/// Words for how an export ended.
const STATES: &[(&str, Text)] = &[
    ("running", super::word::w("begun", "进行中")),
    ("done", super::word::w("done", "已完成")),
    ("cut", super::word::w("cut off", "中断")),
    ("refused", super::word::w("refused", "被拒")),
];

/// Reads what was typed; the sentence says what is not understood.
pub fn parse(text: &str, now: Now, take: usize, lang: Lang) -> Result<AuditList, String> {
    let mut list = AuditList { take, ..AuditList::default() };
    for term in text.split_whitespace() {
        let Some((key, said)) = term.split_once([':', ':']) else {
            list.words.push(term.to_owned());
            continue;
        };
        let found = KEYS.iter().find(|(_, names)| names.contains(&key.to_lowercase().as_str()));
        let Some((key, _)) = found else { return Err(NO_KEY.with(lang, &[&key])) };
        if said.is_empty() {
            // still being typed
            continue;
        }
        let day = || day(said, now).ok_or_else(|| NO_DAY.with(lang, &[&said]));
        let start = |day: NaiveDate| Some(now.zone.start(day).timestamp_millis());
        let end = |day: NaiveDate| Some(now.zone.end(day).timestamp_millis());
        match key {
            Key::Who => list.who = Some(said.to_owned()),
            Key::Customer => list.customer = Some(said.to_owned()),
            Key::Did => {
                let verb = verb(said).ok_or_else(|| NO_VERB.with(lang, &[&said]))?;
                // whoever looks for exports looks for those that were refused, too
                let refused = (verb == "export").then(|| "export_refused".to_owned());
                list.verbs.push(verb);
                list.verbs.extend(refused);
            }
            Key::Since => list.since = start(day()?),
            Key::Until => list.until = end(day()?),
            Key::On => (list.since, list.until) = (start(day()?), end(day()?)),
        }
    }
    Ok(list)
}

/// A verb by its id or its word in either language; blanks of words are written as `_`.
fn verb(said: &str) -> Option<String> {
    id("verb", said).or_else(|| id("verb", &said.replace('_', " "))).map(ToOwned::to_owned)
}

fn day(said: &str, now: Now) -> Option<NaiveDate> {
    let stamped = stamped(said).map(|at| now.zone.day(at));
    stamped.or_else(|| parse_past(said, now.local()).ok().map(|(day, _)| day))
}

/// What was done: of a record that was written or removed, what that is.
pub fn done(verb: &str, noun: Option<Noun>, lang: Lang) -> String {
    match (verb, noun) {
        ("add", Some(noun)) => NEW_OF.with(lang, &[&fields::noun(noun).of(lang)]),
        ("remove", Some(noun)) => REMOVED_OF.with(lang, &[&fields::noun(noun).of(lang)]),
        _ => word("verb", verb, lang).to_owned(),
    }
}

/// What a change is called; a batch with the number of its rows, an export with what became of it.
pub fn deed(row: &AuditRow, lang: Lang) -> String {
    let mut parts = vec![word("verb", &row.verb, lang).to_owned()];
    match &row.export {
        Some(export) => {
            parts.push(ROWS.with(lang, &[&format::count(export.rows)]));
            parts.extend(export.large.then(|| LARGE.of(lang).to_owned()));
            parts.extend((export.state == "cut").then(|| named(STATES, "cut", lang).to_owned()));
        }
        None if row.rows > 1 => parts.push(ROWS.with(lang, &[&format::count(row.rows)])),
        None => {}
    }
    parts.extend(row.undone.then(|| TAKEN_BACK.of(lang).to_owned()));
    parts.join(" · ")
}

/// Who did it: what the program raises is its own deed, whoever's session it ran in.
pub fn who(row: &AuditRow, lang: Lang) -> &str {
    if row.via == "system" { named(VIAS, "system", lang) } else { &row.person }
}

/// What is said of a change above its fields.
pub fn about(row: &AuditRow, lang: Lang) -> Vec<String> {
    let department = word("department", &row.department, lang);
    let session: String = row.session.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let mut out = vec![HEAD.with(lang, &[&department, &named(VIAS, &row.via, lang), &session])];
    out.extend(row.reason.as_ref().map(|reason| WHY.with(lang, &[reason])));
    out.extend(row.export.as_ref().map(|export| {
        WENT_TO.with(lang, &[&named(STATES, &export.state, lang), &format::count(export.rows), &export.place])
    }));
    out
}

/// How an export ended, in words.
pub fn export_state(id: &str, lang: Lang) -> &str {
    named(STATES, id, lang)
}

fn named<'t>(table: &'t [(&str, Text)], id: &'t str, lang: Lang) -> &'t str {
    table.iter().find(|(i, _)| *i == id).map_or(id, |(_, text)| text.of(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Zone;

    fn read(text: &str) -> Result<AuditList, String> {
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        parse(text, now, 9, Lang::En)
    }

    #[test]
    fn conditions_read_in_both_languages_and_what_is_none_is_named() {
        let list = read("who:me did:export since:2024-05-01 until:yesterday 恒远").unwrap();
        assert_eq!(
            (list.who.as_deref(), list.verbs.as_slice()),
            (Some("me"), ["export".to_owned(), "export_refused".to_owned()].as_slice())
        );
        let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        assert_eq!(
            (list.since, list.until),
            (Some(at("2024-04-30T16:00:00Z")), Some(at("2024-05-19T16:00:00Z")))
        );
        assert_eq!(list.words, ["恒远"]);
        let same = read("人:me 操作:导出 自:2024-05-01 至:昨天 恒远").unwrap();
        assert_eq!(same, list);
        assert_eq!(read("did:new_customer").unwrap().verbs, ["add_customer"]);
        let day = read("on:2024-05-20 客户:C1 did:").unwrap();
        assert_eq!(
            (day.since, day.until),
            (Some(at("2024-05-19T16:00:00Z")), Some(at("2024-05-20T16:00:00Z")))
        );
        assert_eq!((day.customer.as_deref(), day.verbs.len()), (Some("C1"), 0));
        for (bad, said) in [("owner:me", "“owner”"), ("did:dance", "“dance”"), ("on:soon", "“soon”")]
        {
            assert!(read(bad).unwrap_err().contains(said), "{bad}");
        }
    }
}
