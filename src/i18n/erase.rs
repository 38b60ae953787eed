//! The words of erasing a customer on their request.

use super::{Lang, format};
use crate::store::request::Receipt;

super::texts! {
    WARNING "This cannot be undone. Gone for good: name, contacts, numbers, addresses, tags, wishes, every text and its history. Orders, touches and costs stay as figures under the number. Older backups age out." "此操作无法撤销。将永久删除:名称、联系人、号码、地址、标签、联系意愿、全部文字及其历史;订单、互动和费用仅以编号保留作统计。旧备份按保留期自然淘汰。";
    ERASED "Erased: {} stands without a name; its figures stay." "已抹除:{} 不再含有身份信息,统计数据保留。";
    NAMED_IN "Still named, or so it looks, in other records: {}. Nothing there was changed; open each (2 Profile; a text of the company's own where it stands) and edit what has to go, then erase once more with the old name, which takes it out of the history of what you edited:" "其他记录中仍提及或疑似提及该客户,共{}条,未作改动。请逐一打开(客户见 2 档案,公司自有文本见其所在处)修改,然后用原名再抹除一次,以清除修改历史中的原文:";
    NAMED_IN_TOO "still named, or so it looks, with {}: edit it there, then erase once more with the old name" "以下记录仍提及或疑似提及:{};请先修改,再用原名抹除一次";
    CLEARED "{}: erased before; the name was taken out of {} lines of the history since." "{}:此前已抹除;已从其后的历史中清除{}行。";
    ERASED_ALREADY "They were erased already; type the name they had, to take it out of what was edited since." "该客户已抹除;请输入其原名,以清除此后修改记录中的原文。";
    NAME_DIFFERS "Type the name exactly as it stands to confirm: {}." "请准确输入客户名称以确认:{}。";
    H_ERASE "Erase who a customer is, on their request; cannot be undone" "应客户要求抹除其身份信息,无法撤销";
    A_NAME "The customer's name as it stands, to confirm" "客户名称(用于确认)";
    FORM_GONE "The customer was erased on request; what was typed about them is gone." "该客户已应要求抹除,相关未保存内容已清除。";
}

/// What an erasure has done.
pub fn done(receipt: &Receipt, lang: Lang) -> String {
    receipt.cleared.map_or_else(
        || ERASED.with(lang, &[&receipt.subject]),
        |lines| CLEARED.with(lang, &[&receipt.subject, &lines]),
    )
}

/// The same, and whose records still name the customer.
pub fn told(receipt: &Receipt, lang: Lang) -> String {
    let done = done(receipt, lang);
    let mut codes: Vec<&str> = receipt.mentions.iter().map(|mention| mention.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        return done;
    }
    format!("{done} {}", NAMED_IN_TOO.with(lang, &[&format::list(&codes, lang)]))
}
