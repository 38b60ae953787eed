//! Texts that the program ships as data, in English: goals, scenes, contents and posts of the handbooks' strategy table,
//! industries. The data is Chinese, as the handbooks print it; where a company
//! has not changed it, the English program shows it in English. A company's own words stay as they are.

use super::Lang;
use super::industries::INDUSTRIES;

/// Chinese as shipped, English as shown.
const SHIPPED: &[(&str, &str)] = &[
    // the strategy table (D1–D12)
    ("深度绑定,提升转介绍率", "Bind deeply, win referrals"),
    ("引导增量消费,转化为高价值客户", "Guide to more spending, turn into high value"),
    ("保持联系,发现新需求", "Stay in touch, find new needs"),
    ("找出原因,恢复往来", "Find the cause, resume business"),
    ("低成本唤醒,激活复购", "Wake up at low cost, win a repeat purchase"),
    ("价值传递+需求激发", "Convey value, raise the need"),
    ("使用指导+问题响应", "Guide the use, answer problems"),
    ("增值服务+情感联结", "Added service, personal bond"),
    ("原因分析+挽回激励", "Analyse the cause, offer to win back"),
    ("了解业务进展与新需求,提供定制化服务", "Learn of progress and new needs, serve to measure"),
    ("确认产品使用体验,推送新品信息", "Ask how the product works, tell of new ones"),
    ("激活合作意向", "Rouse interest in working together"),
    (
        "专属一对一顾问;优先发货;定制商务礼盒与体验活动",
        "own adviser; priority delivery; gift boxes and events",
    ),
    ("企业社群与短信通道;积分与限时优惠券", "community and SMS channel; points and timed coupons"),
    ("通用优惠券包;短信与邮件模板", "coupon packs; SMS and mail templates"),
    // festivals (A124)
    ("春节", "Spring Festival"),
    ("元宵", "Lantern Festival"),
    ("端午", "Dragon Boat Festival"),
    ("中秋", "Mid-Autumn Festival"),
    ("国庆", "National Day"),
    (
        "节日关怀:新春祝福与答谢礼,告知假期值班与发货安排",
        "holiday care: New Year wishes and a thank-you gift; tell of duty and delivery over the holidays",
    ),
    (
        "节日关怀:元宵祝福,开年采购计划的问候",
        "holiday care: good wishes, a word about the year's purchase plans",
    ),
    ("节日关怀:端午安康,年中备货提醒", "holiday care: good wishes, a reminder to stock up for mid-year"),
    (
        "节日关怀:中秋祝福与礼品,三季度回访邀约",
        "holiday care: good wishes and a gift, an appointment for the quarterly visit",
    ),
    (
        "节日关怀:国庆祝福,告知假期值班,节前下单优惠",
        "holiday care: good wishes, duty over the holidays, an offer for orders before them",
    ),
    ("季度回访", "quarterly visit"),
    ("月度关怀", "monthly care"),
    ("季度问候", "quarterly greeting"),
    ("月度回访", "monthly call"),
    ("沉睡唤醒", "wake-up"),
    ("潜在客户转化", "turning prospects into customers"),
    ("新客户信任建立", "building trust with new customers"),
    ("老客户深度维护", "deep care for existing customers"),
    ("流失客户挽回", "winning lost customers back"),
    ("月度深度沟通", "monthly in-depth talk"),
    ("季度电话回访", "quarterly phone call"),
    ("半年轻互动", "light touch every half-year"),
    (
        "定制化需求调研;新品优先体验;专属权益推送(一对一顾问、优先发货、定制礼遇,鼓励转介绍)",
        "survey of special needs; first to try new products; exclusive benefits (own adviser, priority delivery, gifts, \
         referrals encouraged)",
    ),
    (
        "产品组合推荐;积分与升级提醒;限时优惠券",
        "product bundles; points and upgrade reminders; timed coupons",
    ),
    ("新品简讯;使用技巧;历史品类的补货提醒", "news of products; tips; refill reminders for what was bought"),
    (
        "电话了解近况与未满足的需求;复购优惠;售后问题清零",
        "call about how things are and what is missing; repeat offer; every service case closed",
    ),
    (
        "沉睡关怀礼;历史消费复购优惠;新品试用邀请(高性价比激励+针对性需求触达)",
        "wake-up gift; repeat offer on what was bought; invitation to try new products",
    ),
    ("行业解决方案白皮书;免费试用邀请", "white paper on the industry; invitation to a free trial"),
    (
        "操作培训;7×24小时服务支持;快速响应与个性化关怀",
        "training; support around the clock; quick answers and personal care",
    ),
    ("定期回访;定制化推荐;节日关怀", "regular visits; tailored recommendations; greetings on holidays"),
    ("满意度调研;专属优惠券", "satisfaction survey; exclusive coupon"),
    (
        "拜访或视频会议;定制化服务(如免费行业报告);适时请其转介绍",
        "visit or video call; tailored service (such as a free industry report); a request for referrals in time",
    ),
    ("电话回访使用体验;新品信息", "call about how it works; news of products"),
    ("节日祝福邮件等轻互动", "light touches such as holiday greetings by e-mail"),
    ("客户成功经理", "customer success manager"),
    ("销售代表", "sales representative"),
    ("资深销售", "senior sales"),
    ("市场专员", "marketing specialist"),
    ("客服", "customer service"),
    // industries (A10, A11)
    ("制造业", "manufacturing"),
    ("服务业", "services"),
    ("零售业", "retail"),
    ("其他", "other"),
    ("互联网信息服务", "internet services"),
    ("软件和信息技术服务业", "software and IT services"),
    ("交通运输、仓储和邮政业", "transport and storage"),
    ("餐饮业", "catering"),
    ("住宿业", "accommodation"),
    ("教育", "education"),
    ("卫生", "health care"),
    ("金融业", "finance"),
    ("房地产业", "real estate"),
    ("商务服务业", "business services"),
    ("旅行社及相关服务", "travel services"),
    ("文化、体育和娱乐业", "culture and entertainment"),
    ("综合零售", "general retail"),
    ("互联网零售", "online retail"),
    ("医药及医疗器材专门零售", "pharmacies"),
    ("纺织、服装及日用品专门零售", "clothing retail"),
    ("批发业", "wholesale"),
    ("通用设备制造业", "general machinery"),
    ("计算机、通信和其他电子设备制造业", "electronics"),
    ("汽车制造业", "automotive"),
    ("化学原料和化学制品制造业", "chemicals"),
    ("医药制造业", "pharmaceuticals"),
    ("食品制造业", "food production"),
    ("纺织服装、服饰业", "textiles and clothing"),
    ("家具制造业", "furniture"),
    ("建筑业", "construction"),
    ("农、林、牧、渔业", "farming and forestry"),
    ("电力、热力、燃气及水生产和供应业", "utilities"),
    ("采矿业", "mining"),
    ("公共管理、社会保障和社会组织", "public sector"),
    // size classes in the composite tag line
    ("小型企业", "small company"),
    ("中型企业", "medium company"),
    ("大型企业", "large company"),
];

/// Every shipped text with its English.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED.iter().chain(INDUSTRIES).copied()
}

/// A shipped text in the language of the program; any other text as it is.
pub fn said(text: &str, lang: Lang) -> &str {
    match lang {
        Lang::Zh => text,
        Lang::En => all().find(|(zh, _)| *zh == text).map_or(text, |(_, en)| en),
    }
}

/// Names of the views that the program brings for everybody; apart from the texts, since nobody types them.
const VIEWS: &[(&str, &str)] = &[
    ("今日必联", "To contact today"),
    ("高价值", "High value"),
    ("沉默30天", "Silent for 30 days"),
    ("已逾期", "Overdue"),
    ("已报价待成交", "Quoted, not yet sold"),
    ("投诉未结", "Open complaints"),
    ("沉睡待唤醒", "Asleep, to be woken"),
    ("年购10万以上", "100,000 a year and more"),
];

/// The name of a saved view in the language of the screen; a person's own view stays as it was typed.
pub fn view(name: &str, shared: bool, lang: Lang) -> &str {
    match lang {
        Lang::En if shared => VIEWS.iter().find(|(zh, _)| *zh == name).map_or(name, |(_, en)| en),
        _ => name,
    }
}

/// Whether a source is nothing but ids of the handbooks' requirements (`D1 D13`), which tell a reader nothing.
pub fn is_ids(source: &str) -> bool {
    let id = |word: &str| {
        let digits = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    !source.trim().is_empty() && source.split_whitespace().all(id)
}

/// What was typed as it is kept: the English word of a shipped text is that text.
pub fn meant(typed: &str) -> &str {
    all().find(|(_, en)| en.eq_ignore_ascii_case(typed)).map_or(typed, |(zh, _)| zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_texts_are_english_in_english_and_own_texts_stay() {
        assert_eq!(said("制造业", Lang::En), "manufacturing");
        assert_eq!(said("制造业", Lang::Zh), "制造业");
        assert_eq!(said("橡胶和塑料制品业", Lang::En), "rubber and plastic products");
        let mut names: Vec<&str> = all().map(|(_, en)| en).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "what is typed in English means one text");
        assert_eq!(said("自己的目标", Lang::En), "自己的目标");
        assert_eq!(meant("Manufacturing"), "制造业");
        assert_eq!(meant("航天"), "航天");
    }

    #[test]
    fn every_view_that_is_shipped_has_an_english_name_and_a_persons_own_keeps_its_own() {
        let team = include_str!("../../assets/demo/team.toml");
        let blocks = team.split("[[view]]").skip(1);
        let names: Vec<&str> = blocks.filter_map(|block| block.split('"').nth(1)).collect();
        assert_eq!(names.len(), VIEWS.len(), "{names:?}");
        for name in names {
            assert_ne!(view(name, true, Lang::En), name, "{name}");
            assert_eq!(view(name, true, Lang::Zh), name);
            assert_eq!(view(name, false, Lang::En), name);
        }
    }

    #[test]
    fn what_stands_here_is_what_is_shipped_and_no_english_word_means_two_things() {
        let table = include_str!("../../assets/migrations/0002_strategy.sql");
        let columns = ["goal", "scene", "content", "post"];
        assert!(columns.iter().all(|column| table.contains(column)));
        // every goal, scene and content of the table is here: they stand in quotes and are no ids and no scripts
        for text in table.split('\'').skip(1).step_by(2) {
            let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            if chinese && !text.contains('{') {
                assert_ne!(said(text, Lang::En), text, "{text}");
            }
        }
        let mut words: Vec<&str> = SHIPPED.iter().map(|(_, en)| *en).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), SHIPPED.len());
    }
}
