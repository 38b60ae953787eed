//! The controlled lists as they stand in people's spreadsheets: for each id the words that mean it, in English and
//! Chinese. A word that is not here is refused by `values`, which shows the ids of the list. Industries, an open
//! list, are in `domain::industries`.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use crate::domain::near::form;

/// Ids with the words that mean them, parted by `|`.
type Entries = &'static [(&'static str, &'static str)];

/// A controlled list.
pub struct List {
    entries: Entries,
    /// Endings that may be left off before comparing (A类客户 is A).
    endings: &'static [&'static str],
    index: OnceLock<HashMap<String, &'static str>>,
}

impl List {
    const fn new(entries: Entries, endings: &'static [&'static str]) -> Self {
        Self { entries, endings, index: OnceLock::new() }
    }

    /// Finds the id of a word; signs, blanks, case and width do not count.
    pub fn find(&self, word: &str) -> Option<&'static str> {
        let index = self.index.get_or_init(|| {
            let pairs = |(id, words): &(&'static str, &'static str)| {
                let id = *id;
                std::iter::once(id).chain(words.split('|')).map(move |word| (form(word), id))
            };
            self.entries.iter().flat_map(pairs).collect()
        });
        let form = form(word);
        let cut = || self.endings.iter().find_map(|ending| index.get(form.strip_suffix(ending)?));
        index.get(&form).or_else(cut).copied()
    }

    /// Returns a word for each id as people write it: the first Chinese one, or the id.
    pub fn shown(&self, chinese: bool) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(move |(id, words)| {
            let first = words.split('|').find(|word| !word.is_empty() && !word.is_ascii());
            first.filter(|_| chinese).unwrap_or(id)
        })
    }

    /// Returns all ids, for a message that says what is wanted.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|(id, _)| *id)
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for List {}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}

/// Channels (A22, A75).
pub static CHANNEL: List = List::new(
    &[
        (
            "phone",
            "电话|call|phone call|telephone|手机|致电|来电|去电|电话沟通|电话回访|电话联系|电话拜访|语音|呼出|呼入",
        ),
        (
            "visit",
            "拜访|上门|上门拜访|面谈|面访|meeting|in person|实地拜访|登门拜访|来访|现场|会面|见面|线下拜访|lunch",
        ),
        ("email", "邮件|电子邮件|e-mail|mail|邮箱|EDM"),
        ("sms", "短信|text|text message|手机短信|短消息|message"),
        ("wechat", "微信|weixin|微信沟通|微信聊天|WX"),
        ("wecom", "企业微信|企微|wechat work|enterprise wechat"),
        ("community", "社群|企业社群|微信群|客户群|群|community group|group"),
        (
            "video",
            "视频会议|视频|线上会议|腾讯会议|video meeting|video call|zoom|online meeting|远程会议|钉钉会议|电话会议",
        ),
        ("livestream", "直播|线上直播|live|live stream|webinar"),
        ("one_to_one", "一对一|一对一沟通|1对1|1v1|one-to-one|one on one|专属沟通"),
        ("event", "活动|品鉴会|线下活动|沙龙|展会|会议|参会|conference"),
        ("other", "其他|其它|others|task|待定"),
    ],
    &["沟通", "联系", "方式"],
);

/// Kind of a customer (A9).
pub static CUSTOMER_KIND: List = List::new(
    &[
        (
            "company",
            "企业|公司|单位|机构|organization|organisation|business|enterprise|法人|对公|B|2B|企事业单位|团体|商户",
        ),
        ("person", "个人|自然人|individual|private|consumer|对私|散客|个体|个人用户"),
    ],
    &["客户", "用户"],
);

/// Kind of a touch (A85).
pub static TOUCH_KIND: List = List::new(
    &[
        ("proactive", "主动|主动触达|主动联系|outbound|out|呼出|外呼|去电|发起|outgoing"),
        ("reply", "回复|答复|应答|被动|响应|response|回访答复|按需"),
        ("inbound", "来电|来访|呼入|in|客户来电|客户主动|客户咨询|incoming|咨询"),
    ],
    &["客户", "互动", "触达"],
);

/// Grades (B25).
pub static GRADE: List =
    List::new(&[("A", "A"), ("B", "B"), ("C", "C")], &["级客户", "类客户", "级", "类", "等", "客户"]);

/// Segments (B1).
pub static SEGMENT: List = List::new(
    &[
        ("high", "高价值|高价值活跃|高价值客户|high value|vip"),
        ("growth", "潜力成长|成长|潜力|growing|potential"),
        ("ordinary", "普通活跃|普通|一般|regular"),
        ("cooling", "冷却|降温"),
        ("dormant", "沉睡|休眠|sleeping|inactive"),
    ],
    &["客户", "型客户", "型", "类"],
);

/// Depth of cooperation.
pub static DEPTH: List = List::new(
    &[("strategic", "战略级|战略"), ("cooperative", "合作级|合作"), ("trial", "试用级|试用")],
    &["客户"],
);

/// Kind of relation.
pub static RELATION: List = List::new(
    &[("transactional", "交易型|交易"), ("relational", "关系型|关系"), ("strategic", "战略型|战略")],
    &["客户"],
);

/// How demanding the needs are.
pub static NEED: List = List::new(
    &[
        ("standard", "标准化|标准"),
        ("custom", "定制化|定制|customised|customized"),
        ("demanding", "高需求|高要求"),
    ],
    &["需求", "客户"],
);

/// Size classes (A14).
pub static SIZE: List = List::new(
    &[
        ("small", "小型|小|小微|微型|小规模|S"),
        ("medium", "中型|中|中等|M|mid|midsize"),
        ("large", "大型|大|特大型|集团|L|enterprise"),
    ],
    &["企业", "公司"],
);

/// States of an order.
pub static ORDER_STATUS: List = List::new(
    &[
        (
            "closed",
            "won|closed won|completed|complete|paid|fulfilled|delivered|已成交|成交|赢单|已完成|完成|交易成功|已付款|已支付|支付成功|已发货|已签约|已签收|已收款|生效",
        ),
        (
            "open",
            "pending|processing|draft|quote|in progress|进行中|待付款|待支付|未成交|跟进中|处理中|报价|待签约|询价|未付款|谈判",
        ),
        (
            "lost",
            "closed lost|cancelled|canceled|voided|已取消|取消|输单|丢单|失败|交易关闭|已关闭|作废|已作废|流失",
        ),
        ("refunded", "refund|returned|已退款|退款|全额退款|退款成功|退货|已退货"),
    ],
    &[],
);

/// Yes and no.
pub static YES_NO: List = List::new(
    &[
        (
            "yes",
            "是|有|y|true|t|1|✓|√|对|on|已|已回复|回复|已响应|已接通|接通|已解决|已同意|同意|已授权|已参与|参与|已确认|已完成|已退订|replied|answered|done|connected|completed",
        ),
        (
            "no",
            "否|无|n|false|f|0|×|x|不|没有|off|未|未回复|未响应|未接通|未接|未解决|未同意|不同意|未授权|未参与|未确认|未完成|未退订|no answer|unanswered|拒接|无人接听|no response",
        ),
    ],
    &[],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a75_every_printed_channel_is_known() {
        for (word, id) in [
            ("电话", "phone"),
            ("拜访", "visit"),
            ("邮件", "email"),
            ("短信", "sms"),
            ("微信", "wechat"),
            ("企业微信", "wecom"),
            ("企业社群", "community"),
            ("视频会议", "video"),
            ("线上直播", "livestream"),
            ("一对一沟通", "one_to_one"),
            ("活动", "event"),
            ("E-Mail", "email"),
            ("Call", "phone"),
            ("微信联系", "wechat"),
            ("other", "other"),
        ] {
            assert_eq!(CHANNEL.find(word), Some(id), "{word}");
        }
        assert_eq!(CHANNEL.find("飞鸽"), None);
    }

    #[test]
    fn b46_words_of_both_scales_are_told_apart() {
        assert_eq!(GRADE.find("A类客户"), Some("A"));
        assert_eq!(GRADE.find("b级"), Some("B"));
        assert_eq!(GRADE.find("潜力成长"), None);
        assert_eq!(SEGMENT.find("潜力成长客户"), Some("growth"));
        assert_eq!(SEGMENT.find("高价值"), Some("high"));
        assert_eq!(SEGMENT.find("A"), None);
    }

    #[test]
    fn no_word_means_two_ids_of_one_list() {
        for list in [
            &CHANNEL,
            &CUSTOMER_KIND,
            &TOUCH_KIND,
            &GRADE,
            &SEGMENT,
            &DEPTH,
            &RELATION,
            &NEED,
            &SIZE,
            &ORDER_STATUS,
            &YES_NO,
        ] {
            for (id, words) in list.entries {
                assert_eq!(list.find(id), Some(*id));
                for word in words.split('|').filter(|word| !word.is_empty()) {
                    assert_eq!(list.find(word), Some(*id), "{word}");
                }
            }
        }
    }
}
