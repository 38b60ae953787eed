//! Industries: the words people write, the standard term they stand for (A3, A11; after the national classification
//! of economic activities) and the main industry it rolls up to (A10). The list is open: a term outside it is kept
//! as it is and marked, since the standard has hundreds.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::near::{form, nearest};

/// (what people write, standard term, main industry) after the national classification (A3, A11).
const INDUSTRY_ALIASES: &[(&str, &str, &str)] = &[
    (
        "互联网|互联网公司|网络公司|IT互联网|互联网行业|互联网企业|internet|互联网信息服务",
        "互联网信息服务",
        "services",
    ),
    (
        "软件公司|软件|IT|软件开发|信息技术|SaaS|软件和信息技术服务业|科技公司|computer software|software|information technology and services|technology",
        "软件和信息技术服务业",
        "services",
    ),
    (
        "物流|物流公司|快递|货运|运输|logistics|transportation|交通运输|物流业|运输公司",
        "交通运输、仓储和邮政业",
        "services",
    ),
    ("餐饮|饭店|餐馆|餐厅|餐饮业|restaurants|food service", "餐饮业", "services"),
    ("酒店|宾馆|旅馆|住宿业|hospitality|hotels", "住宿业", "services"),
    ("教育|培训|培训机构|学校|education|教培", "教育", "services"),
    ("医疗|医院|诊所|医疗机构|healthcare|卫生", "卫生", "services"),
    ("银行|保险|证券|金融|金融公司|finance|financial services|banking", "金融业", "services"),
    ("房地产|地产|物业|地产公司|real estate", "房地产业", "services"),
    (
        "咨询|广告|律所|会计师事务所|商务服务|广告公司|咨询公司|consulting|人力资源|中介",
        "商务服务业",
        "services",
    ),
    ("旅游|旅行社|travel|文旅", "旅行社及相关服务", "services"),
    ("媒体|传媒|影视|media|entertainment", "文化、体育和娱乐业", "services"),
    ("超市|便利店|百货|商场|supermarket", "综合零售", "retail"),
    ("电商|网店|电子商务|淘宝店|e-commerce|ecommerce|跨境电商", "互联网零售", "retail"),
    ("药店|药房|pharmacy", "医药及医疗器材专门零售", "retail"),
    ("服装店|鞋店", "纺织、服装及日用品专门零售", "retail"),
    ("批发|贸易|贸易公司|外贸|经销商|wholesale|trading", "批发业", "retail"),
    ("机械|机械厂|机械制造|machinery|设备制造", "通用设备制造业", "manufacturing"),
    ("电子|电子厂|电子制造|electronics|半导体", "计算机、通信和其他电子设备制造业", "manufacturing"),
    ("汽车|汽配|汽车制造|automotive|整车厂", "汽车制造业", "manufacturing"),
    ("化工|化工厂|chemicals", "化学原料和化学制品制造业", "manufacturing"),
    ("医药|制药|药厂|pharmaceuticals", "医药制造业", "manufacturing"),
    ("食品厂|食品|食品加工|food production", "食品制造业", "manufacturing"),
    ("服装厂|制衣厂|纺织|服装|textiles|apparel", "纺织服装、服饰业", "manufacturing"),
    ("家具厂|家具|furniture", "家具制造业", "manufacturing"),
    ("建筑|建筑公司|工程|施工|construction|装修公司|装修", "建筑业", "other"),
    ("农业|农场|种植|养殖|agriculture|farming", "农、林、牧、渔业", "other"),
    ("电力|能源|新能源|energy|utilities|燃气", "电力、热力、燃气及水生产和供应业", "other"),
    ("矿业|矿山|采矿|mining", "采矿业", "other"),
    ("政府|机关|事业单位|government", "公共管理、社会保障和社会组织", "other"),
];

/// Ids of the four main industries with the words that mean them (A10).
const MAIN: &[(&str, &str)] = &[
    ("manufacturing", "制造业|制造|生产制造|加工制造业|工业|生产型企业"),
    ("services", "服务业|服务|service|第三产业"),
    ("retail", "零售业|零售|商贸|批发和零售业|批发零售|批发零售业|商超"),
    ("other", "其他|其它|其他行业|others"),
];

/// Endings that may be left off a word for a main industry.
const MAIN_ENDINGS: &[&str] = &["企业", "公司", "行业"];

static MAIN_INDEX: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let pairs = |(id, words): &(&'static str, &'static str)| {
        let id = *id;
        std::iter::once(id).chain(words.split('|')).map(move |word| (form(word), id))
    };
    MAIN.iter().flat_map(pairs).collect()
});

/// The main industry that a word means by itself.
fn main(word: &str) -> Option<&'static str> {
    let form = form(word);
    let cut = || MAIN_ENDINGS.iter().find_map(|ending| MAIN_INDEX.get(form.strip_suffix(ending)?));
    MAIN_INDEX.get(&form).or_else(cut).copied()
}

/// The standard terms.
pub fn terms() -> impl Iterator<Item = &'static str> {
    ["制造业", "服务业", "零售业"].into_iter().chain(INDUSTRY_ALIASES.iter().map(|(_, term, _)| *term))
}

static INDUSTRY_INDEX: LazyLock<HashMap<String, (&'static str, &'static str)>> = LazyLock::new(|| {
    let pairs = |(words, term, main): &(&'static str, &'static str, &'static str)| {
        let (term, main) = (*term, *main);
        std::iter::once(term).chain(words.split('|')).map(move |word| (form(word), (term, main)))
    };
    INDUSTRY_ALIASES.iter().flat_map(pairs).collect()
});

/// Endings that show the main industry of a term that is in no list.
const INDUSTRY_ENDINGS: &[(&str, &str)] = &[
    ("制造业", "manufacturing"),
    ("制造", "manufacturing"),
    ("加工业", "manufacturing"),
    ("零售业", "retail"),
    ("零售", "retail"),
    ("批发业", "retail"),
    ("服务业", "services"),
    ("服务", "services"),
];

/// An industry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Industry {
    /// Standard wording, or what was written when the lists do not have it.
    pub term: String,
    /// Id of the main industry; none when it does not show.
    pub main: Option<&'static str>,
    /// Whether the term is standard wording; else it belongs on the list of words to settle (A3).
    pub standard: bool,
}

impl Industry {
    /// Whether it is one of the four main industries itself (C4), which say least.
    pub fn is_main(&self) -> bool {
        main(&self.term).is_some()
    }
}

/// Brings an industry to its standard wording (互联网公司 → 互联网信息服务, K56).
pub fn industry(word: &str) -> Industry {
    let form = form(word);
    if let Some(main) = main(word) {
        let term = match main {
            "manufacturing" => "制造业",
            "services" => "服务业",
            "retail" => "零售业",
            _ => "其他",
        };
        return Industry { term: term.to_owned(), main: Some(main), standard: true };
    }
    if let Some((term, main)) = INDUSTRY_INDEX.get(&form) {
        return Industry { term: (*term).to_owned(), main: Some(main), standard: true };
    }
    let main = INDUSTRY_ENDINGS.iter().find(|(ending, _)| form.ends_with(ending)).map(|(_, main)| *main);
    Industry { term: word.trim().to_owned(), main, standard: false }
}

/// What is to be said of an industry that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It has no average and is no standard term: a customer of it gets no class by it.
    Unknown,
    /// The same, and this one may have been meant.
    Meant(String),
}

/// Whether an industry is in doubt, by the names of those that have an average; none of one that has, and of a standard term.
pub fn doubt(typed: &str, averaged: &[&str]) -> Option<Doubt> {
    let standard = industry(typed);
    if typed.is_empty() || averaged.contains(&typed) || (standard.standard && standard.term == typed) {
        return None;
    }
    if standard.standard {
        return Some(Doubt::Meant(standard.term));
    }
    let near = nearest(typed, averaged.iter().copied().chain(terms().map(|term| -> &str { term })));
    Some(near.map_or(Doubt::Unknown, |near| Doubt::Meant(near.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_industry_without_an_average_is_in_doubt_unless_it_is_standard_wording() {
        let averaged = ["养老服务"];
        assert_eq!(doubt("养老服务", &averaged), None);
        assert_eq!(doubt("制造业", &averaged), None);
        assert_eq!(doubt("", &averaged), None);
        assert_eq!(doubt("互联网公司", &averaged), Some(Doubt::Meant("互联网信息服务".into())));
        assert_eq!(doubt("养老服物", &averaged), Some(Doubt::Meant("养老服务".into())));
        assert_eq!(doubt("星际探矿与深海采风", &averaged), Some(Doubt::Unknown));
    }

    #[test]
    fn no_word_means_two_main_industries() {
        for (id, words) in MAIN {
            for word in words.split('|').chain([*id]) {
                assert_eq!(main(word), Some(*id), "{word}");
            }
        }
    }

    #[test]
    fn k56_colloquial_industries_get_their_standard_wording() {
        let internet = industry("互联网公司");
        assert_eq!(
            (internet.term.as_str(), internet.main, internet.standard),
            ("互联网信息服务", Some("services"), true)
        );
        for (word, term, main) in [
            ("制造业", "制造业", "manufacturing"),
            ("服务业", "服务业", "services"),
            ("零售", "零售业", "retail"),
            ("其他", "其他", "other"),
        ] {
            assert_eq!(industry(word), Industry { term: term.to_owned(), main: Some(main), standard: true });
        }
        assert_eq!(industry("航天器制造").main, Some("manufacturing"));
        assert_eq!(industry("养老"), Industry { term: "养老".to_owned(), main: None, standard: false });
    }
}
