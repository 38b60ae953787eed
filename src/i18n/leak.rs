//! The words of leaks: the case with its steps, exports and customers, the entry of another key, what became of backups.

use super::word::w;
use super::{Lang, Text, alarms, audit, backup, format, words};
use crate::store::request::{LeakCase, LeakExport, LeakStep, Rekeyed};

super::texts! {
    NONE_HERE "No leak was reported. “guanxi leak --report TEXT” reports one: its clock runs for one hour." "没有泄露事件。用“guanxi leak --report 情况”上报,须在1小时内处理。";
    NONE "No leak was reported. n reports one: its clock runs for one hour." "没有泄露事件。按 n 上报,须在1小时内处理。";
    REPORT "Report a leak" "上报信息泄露";
    NAME "Who took the data" "确认涉事人员";
    APOLOGISE "Apologise and compensate: {}" "致歉与补偿:{}";
    MANY "{} {customer|customers}" "{}户";
    CLOSE "Close the leak" "关闭泄露事件";
    CASE "Leak no. {} · {}" "泄露事件{}号 · {}";
    NOBODY "person not known yet" "涉事人员待查";
    HEARD "{} reported it at {}: {}" "{} 于 {} 上报:{}";
    CLOCK "first step by {} · {} · {} answers" "{} 前启动 · {} · 责任人 {}";
    CLOSE_OPEN "Close the leak; not done: {}" "关闭泄露事件,未完成:{}";
    LEFT_OUT "{} (left out: {})" "{}(未做步骤的原因:{})";
    A_LEFT_OUT "Why steps that are not done are left out" "未完成步骤的原因";
    OVER "closed by {} at {}: {}" "{} 于 {} 关闭:{}";
    DONE_BY "{} {}" "{} {}";
    IS_FROZEN "already shut out" "已冻结";
    OF_EXPORTS "exports: {}" "{}次导出";
    OF_TOLD "customers: {} of {}" "已完成 {}/{} 户";
    NEW_ONLY_NOTE "new backups only" "仅新备份";
    FILES_NOTE "{} changed, {} shut, {} plain" "已更换{}份,未能打开{}份,未加密{}份";
    EXPORTS "Exports since {}: {}" "{} 以来的导出 {}";
    PART_EXPORTS "Exports" "导出";
    CUSTOMERS "Customers in them: {}" "涉及客户 {}";
    PART_CUSTOMERS "Customers" "客户";
    NO_EXPORT "No export since then: nothing left by this way." "此后没有导出记录。";
    NO_CUSTOMER "No customer's data left by an export." "没有客户数据经导出流出。";
    FIRST_OF "{} of {}" "{}/{}";
    HELD_IN "in {}" "{}次";
    UNTOLD "no apology yet" "尚未致歉";
    EVERYTHING "all" "全部";
    STDOUT "standard output" "标准输出";
    LARGE "large" "大量";
    KEY_ALL "to all shown" "全部致歉";
    KEY_WHO "who it was" "涉事人员";
    KEY_CLOSE "close" "关闭";
    FREEZE_NOW "Shut {} out now" "立即冻结 {}";
    NO_PERSON_YET "Say first who it was: e." "请先按 e 确认涉事人员。";
    NOBODY_LEFT "Everybody shown has had an apology." "所列客户均已致歉。";
    KEY_TITLE "Another key for the backups" "更换备份密钥";
    KEY_HINT "Make a pair on your own machine: guanxi backup-key new FILE. Its public half goes here, its secret half never." "请在自己的电脑上生成密钥对:guanxi backup-key new 文件。此处只填公钥,切勿填写新私钥。";
    NEW_KEY "New public key" "新公钥";
    OLD_KEY "Old secret key" "旧私钥";
    OLD_HINT "Paste it to change the backups that are there; it is used once, never kept and never shown. Without it new backups only get the new key: those made before still open with the old one." "粘贴旧私钥可更换已有备份的密钥;仅使用一次,不保存、不显示。留空则仅新备份使用新密钥,此前的备份仍可用旧密钥打开。";
    NO_FOLDER_HINT "Where the backups stand is not known here, so those that are there cannot be changed from this screen." "此处不知道备份所在目录,无法在此更换已有备份的密钥。";
    PASTED "{} {character|characters}, hidden" "已粘贴{}个字符(已隐藏)";
    WORKING "The backups are being encrypted anew…" "正在重新加密备份……";
    START "Change the key" "更换密钥";
    NEXT_FIELD "next field" "下一项";
    H_LEAK "Report a leak of customers' data, or answer one step by step" "上报客户信息泄露,并逐步处理";
    A_LEAK "The number of the leak; without it the list" "泄露事件编号,缺省为列表";
    A_LEAK_STEP "What is done: freeze, audit, key, apologise, close" "操作:freeze冻结、audit审计、key换密钥、apologise致歉、close关闭";
    A_REPORT "Report a leak: what happened" "上报泄露:情况说明";
    A_LEAK_PERSON "Who is said to have taken the data" "涉事人员";
    A_LEAK_AT "When it was complained of or noticed (else now)" "投诉或发现时间(默认现在)";
    A_OLD_KEY "The file with the old secret key; “-” reads it from the pipe" "旧私钥文件,“-”表示从管道读取";
    A_NEW_KEY "The new public key (age1…)" "新公钥(age1…)";
    A_SAID "What is said to the customers, or what came of it" "致歉内容或处理结果";
    A_PAYS "What each customer gets, in yuan" "每户补偿金额(元)";
    A_VIA "By which channel one apologises" "致歉渠道";
    REPORTED "Leak no. {} is reported; the first step is due by {}." "已上报泄露事件{}号,须在 {} 前启动处理。";
    NO_LEAK "There is no leak no. {}; “guanxi leak” lists them." "没有泄露事件{}号,可用“guanxi leak”查看列表。";
    SHUT_OUT "{} is shut out." "{}已冻结。";
    SAID_TO "Customers apologised to: {}; left: {}." "已向{}户致歉,剩余{}户。";
    NEEDS "“{}” needs {}." "“{}”需要 {}。";
    NO_STEP "“{}” is no step of a leak; write freeze, audit, key, apologise or close." "没有步骤“{}”,可用 freeze、audit、key、apologise、close。";
    TICKED "Noted." "已记录。";
    WHO "Person" "涉事人员";
    SINCE "Since" "起始";
    STATE "State" "状态";
    STEPS "Steps" "步骤";
    NUMBER "No." "编号";
    WHAT "What was said" "说明";
}

/// Who it is about, in words.
pub fn who(person: Option<&str>, lang: Lang) -> &str {
    person.unwrap_or(NOBODY.of(lang))
}

/// What a step says of itself: what to do, and its figures while it is open.
pub fn step(case: &LeakCase, id: &str, lang: Lang) -> String {
    let what = alarms::step(id).of(lang);
    let figure = match id {
        "freeze" if case.frozen => IS_FROZEN.of(lang).to_owned(),
        "audit" => OF_EXPORTS.with(lang, &[&case.exports.len()]),
        "apologise" => OF_TOLD.with(lang, &[&format::count(case.told), &format::count(case.affected)]),
        _ => return what.to_owned(),
    };
    format!("{what} · {figure}")
}

/// The steps in words: `freeze the person's access, go through the log of exports`.
pub fn steps(open: &[&str], lang: Lang) -> String {
    let words: Vec<&str> = open.iter().map(|id| alarms::step(id).of(lang)).collect();
    format::list(&words, lang)
}

/// What came of a case, and why steps of it were left out.
pub fn result(case: &LeakCase, lang: Lang) -> String {
    let result = case.result.as_deref().unwrap_or_default();
    match &case.left_out {
        Some(why) => LEFT_OUT.with(lang, &[&result, why]),
        None => result.to_owned(),
    }
}

/// What came of a step besides that it is done.
pub fn found(step: &LeakStep, lang: Lang) -> Option<String> {
    match (step.step.as_str(), step.backups) {
        ("encrypt", Some([changed, shut, plain])) => Some(FILES_NOTE.with(lang, &[&changed, &shut, &plain])),
        ("encrypt", None) => Some(NEW_ONLY_NOTE.of(lang).to_owned()),
        _ => None,
    }
}

/// What an export took, where to, and why.
pub fn export(row: &LeakExport, lang: Lang) -> String {
    let what = words::word("exported", &row.what, lang);
    let filter = if row.filter.is_empty() { EVERYTHING.of(lang) } else { row.filter.as_str() };
    let place = if row.place == "-" { STDOUT.of(lang) } else { row.place.as_str() };
    format!("{what} {filter} → {place} · {}", row.reason)
}

/// How an export ended, with its rows.
pub fn ended(row: &LeakExport, lang: Lang) -> String {
    let rows = audit::ROWS.with(lang, &[&format::count(row.rows)]);
    let state = match row.state.as_str() {
        "done" if row.large => LARGE.of(lang),
        "done" => return rows,
        state => audit::export_state(state, lang),
    };
    format!("{rows} {state}")
}

/// What became of the backups, in sentences.
pub fn rekeyed(told: Option<&Rekeyed>, lang: Lang) -> String {
    let Some(told) = told else { return NEW_ONLY.of(lang).to_owned() };
    let mut out = vec![backup::REKEYED.with(lang, &[&told.changed.len()])];
    for (text, names) in [(backup::STILL_SHUT, &told.shut), (backup::STILL_PLAIN, &told.plain)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            out.push(text.with(lang, &[&format::list(&names, lang)]));
        }
    }
    out.join(" ")
}

/// What is said where no old key was given.
const NEW_ONLY: Text = w(
    "Only new backups get the new key; those before still open with the old one.",
    "此后的备份将用新密钥加密。未提供旧私钥,此前的备份仍可用旧密钥打开。",
);

/// How a case stands.
pub fn state(id: &str, lang: Lang) -> &str {
    words::word("leak", id, lang)
}
