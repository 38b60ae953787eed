//! The words of erasing a customer on their request.

use super::{Lang, format};
use crate::store::request::Receipt;

super::texts! {
    WARNING "This cannot be undone. Gone for good: name, contacts, numbers, addresses, tags, wishes, every text and its history. Orders, touches and costs stay as figures under the number. Older backups age out." "此操作无法撤销。将永久删除:名称、联系人、号码、地址、标签、联系意愿、全部文字及其历史;订单、互动和费用仅以编号保留作统计。旧备份按保留期自然淘汰。";
    ERASED "Erased: {} stands without a name; its figures stay." "已抹除:{} 不再含有身份信息,统计数据保留。";
    NAMED_IN "Touches of other customers that still name them: {}. Nothing there was changed; open each (2 Profile) and edit what has to go:" "其他客户的互动中仍提及该客户,共{}条,未作改动。请逐一打开(2 档案)并修改:";
    NAMED_IN_TOO "still named in touches of {}" "以下客户的互动仍提及:{}";
    NAME_DIFFERS "Type the name exactly as it stands to confirm: {}." "请准确输入客户名称以确认:{}。";
    H_ERASE "Erase who a customer is, on their request; cannot be undone" "应客户要求抹除其身份信息,无法撤销";
    A_NAME "The customer's name as it stands, to confirm" "客户名称(用于确认)";
    FORM_GONE "The customer was erased on request; what was typed about them is gone." "该客户已应要求抹除,相关未保存内容已清除。";
}

/// What an erasure has done, and whose touches still name the customer.
pub fn told(receipt: &Receipt, lang: Lang) -> String {
    let done = ERASED.with(lang, &[&receipt.subject]);
    let mut codes: Vec<&str> = receipt.mentions.iter().map(|mention| mention.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        return done;
    }
    format!("{done} {}", NAMED_IN_TOO.with(lang, &[&format::list(&codes, lang)]))
}
