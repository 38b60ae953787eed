//! The tag or class that somebody means who looks for it as for a customer: which filter it is, and how that is said. The
//! look-up box and `guanxi find` offer it beside what they find.

use super::tables::all;
use super::{Lang, fields, own, shipped, words};
use crate::domain::field::{Field, SCHEMES};
use crate::domain::filter::quoted;
use crate::domain::named::{Near, Typed};

super::texts! {
    OFFER "Customers with {} “{}”" "{}“{}”的客户";
    TAG "tag" "标签";
    BUT_A_FILTER "No name, contact, number or phone has this; the filter finds:" "名称、联系人、编号、电话中无匹配,可按以下条件筛选:";
    BY_FILTER "No customer is found for “{}”, but there is the {} “{}”: guanxi export customers --where '{}' --reason TEXT lists them." "没有找到“{}”,但有{}“{}”:可用 guanxi export customers --where '{}' --reason 原因 列出。";
}

/// What is offered at most.
const MOST: usize = 3;

/// A tag or class as a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is: a tag, or of which scheme.
    pub kind: String,
    /// Its word.
    pub word: String,
    /// The filter, with ids.
    pub filter: String,
}

impl Named {
    /// `标签“制造业”的客户`.
    pub fn said(&self, lang: Lang) -> String {
        OFFER.with(lang, &[&self.kind, &self.word])
    }
}

/// What is typed names: classes by their words in either language, and of these tags and industries, which the store has
/// found; the nearest first.
pub fn named(text: &str, tags: &[String], lang: Lang) -> Vec<Named> {
    let Some(typed) = Typed::of(text) else { return Vec::new() };
    let mut found: Vec<(Near, Named)> = Vec::new();
    for tag in tags {
        let near = [tag, shipped::said(tag, Lang::En)].into_iter().filter_map(|word| typed.near(word)).min();
        let named = Named {
            kind: TAG.of(lang).to_owned(),
            word: shipped::said(tag, lang).to_owned(),
            filter: format!("tag:{}", quoted(tag)),
        };
        // of an alias the standard wording is another word
        found.push((near.unwrap_or(Near::Begins), named));
    }
    for (group, id) in classes() {
        let near = said(group, id).iter().filter_map(|word| typed.near(word)).min();
        let word = words::word(group, id, lang).to_owned();
        let kind = kind(group, lang);
        // a word inside a class is half the customers: 客户 of 新客户
        let near = near.filter(|near| *near != Near::Holds);
        found.extend(near.map(|near| (near, Named { kind, word, filter: format!("{group}:{id}") })));
    }
    found.sort_by_key(|(near, _)| *near);
    found.truncate(MOST);
    found.into_iter().map(|(_, named)| named).collect()
}

/// The industries, as they are kept, whose English name begins with what was typed.
pub fn industries(text: &str) -> Vec<String> {
    let Some(typed) = Typed::of(text) else { return Vec::new() };
    shipped::all().filter(|(_, en)| typed.begins(en)).map(|(zh, _)| zh.to_owned()).collect()
}

/// The classes that the filter knows: those of the schemes, the company's own too, and the sizes.
fn classes() -> Vec<(&'static str, &'static str)> {
    let mut classes: Vec<(&str, &str)> = Vec::new();
    for group in SCHEMES.iter().copied().chain(["size"]) {
        classes.extend(all().filter(|(g, ..)| *g == group).map(|(_, id, _)| (group, *id)));
        for id in own::ids(group) {
            if !classes.contains(&(group, id)) {
                classes.push((group, id));
            }
        }
    }
    classes
}

/// The words of a class in both languages; sizes are written with and without the company.
fn said(group: &str, id: &str) -> Vec<String> {
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| words::word(group, id, lang).to_owned());
    if group == "size" { vec![format!("{en} company"), format!("{zh}企业")] } else { vec![en, zh] }
}

fn kind(group: &str, lang: Lang) -> String {
    if group == "size" {
        return fields::label(Field::Size).of(lang).to_lowercase();
    }
    words::word("scheme", group, lang).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::group;
    use super::*;

    fn filters(typed: &str, tags: &[&str]) -> Vec<String> {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        named(typed, &tags, Lang::Zh).into_iter().map(|named| named.filter).collect()
    }

    #[test]
    fn a_tag_or_class_is_named_by_its_word_in_either_language_or_its_reading() {
        for (typed, filter) in [
            ("高价值", "segment:high"),
            ("gaojiazhi", "segment:high"),
            ("high-value", "segment:high"),
            ("潜力成", "segment:growth"),
            ("小型企业", "size:small"),
            ("小型", "size:small"),
            ("老客户", "lifecycle:existing"),
        ] {
            assert_eq!(filters(typed, &[]), [filter], "{typed}");
        }
        assert_eq!(filters("流失", &[]), ["lifecycle:lost", "stage:churn"]);
        assert_eq!(filters("制造", &["制造业", "value for money"]).first().unwrap(), "tag:制造业");
        assert_eq!(filters("value for", &["value for money"]), ["tag:\"value for money\""]);
        assert!(filters("恒远物流", &[]).is_empty() && filters("13800138000", &[]).is_empty());
        let said = |lang| named("制造业", &["制造业".to_owned()], lang).first().map(|named| named.said(lang));
        assert_eq!(said(Lang::Zh).as_deref(), Some("标签“制造业”的客户"));
        assert_eq!(said(Lang::En).as_deref(), Some("Customers with tag “manufacturing”"));
        assert_eq!(industries("manufac"), ["制造业"]);
    }

    #[test]
    fn every_filter_that_is_offered_is_one() {
        for (group, id) in classes().into_iter().filter(|(_, id)| !id.starts_with("own")) {
            let filter = format!("{group}:{id}");
            assert_eq!(group::read(&filter), Ok(filter));
        }
    }
}
