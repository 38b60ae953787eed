//! Tags: needs that change, the dictionary, what follows from records.

use super::*;
use crate::domain::tag::Ground;
use crate::store::request::{Answer, Query, TagCount, TagRow};

impl Rig {
    fn tags(&self, id: i64) -> Vec<TagRow> {
        match self.store.ask(&self.me, &Query::Profile(CustomerId(id)), self.now).unwrap() {
            Answer::Profile(Some(profile)) => profile.tags,
            _ => unreachable!(),
        }
    }

    fn dictionary(&self) -> Vec<TagCount> {
        match self.store.ask(&self.me, &Query::Tags, self.now).unwrap() {
            Answer::Tags(tags) => tags,
            _ => unreachable!(),
        }
    }

    fn give(&mut self, id: i64, value: &str) {
        let each = Each::Tag(need("关注产品类别", value));
        self.write(Change::Many { customers: vec![CustomerId(id)], each });
    }

    fn hits(&self, text: &str) -> usize {
        match self.store.ask(&self.me, &Query::Find { text: text.into(), limit: 9 }, self.now).unwrap() {
            Answer::Find(found) => found.len(),
            _ => unreachable!(),
        }
    }
}

fn reword(tag: &TagCount, value: &str) -> Change {
    let path = TagPath { value: value.into(), ..tag.path.clone() };
    Change::Reword { tag: Some((tag.id, tag.rev)), path }
}

#[test]
fn k44_a_need_that_changed_shows_the_new_value_and_the_old_one_with_its_day() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.give(id, "基础款");
    rig.at("2024-05-22T02:00:00Z");
    let each = Each::Untag(need("关注产品类别", "基础款"));
    rig.write(Change::Many { customers: vec![CustomerId(id)], each });
    rig.give(id, "定制化");
    let needs: Vec<_> = rig.tags(id).into_iter().filter(|t| t.path.kind == "need").collect();
    let shown: Vec<_> = needs.iter().map(|t| (t.path.value.as_str(), t.until)).collect();
    assert_eq!(shown, [("定制化", None), ("基础款", Some(rig.now.ms()))]);
}

#[test]
fn c24_derived_tags_say_what_they_rest_on_and_a_hand_set_one_of_the_name_stands_above() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let set = vec![Edited { field: Field::Employees, was: Value::None, to: Value::Int(120) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set });
    let size = |rig: &Rig| rig.tags(id).into_iter().find(|t| t.path.name == "企业规模").unwrap();
    assert_eq!((size(&rig).path.value.as_str(), size(&rig).ground), ("中型", Some(Ground::Employees(120))));
    let path = TagPath { kind: "basic".into(), name: "企业规模".into(), value: "大型".into() };
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Tag(path) });
    assert_eq!((size(&rig).path.value.as_str(), size(&rig).ground), ("大型", None));
}

#[test]
fn c25_a_reworded_value_is_found_by_its_new_wording_and_undo_brings_the_old_one_back() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.give(id, "基础款");
    let tag = rig.dictionary().remove(0);
    rig.write(reword(&tag, "入门款"));
    assert_eq!((rig.hits("入门款"), rig.hits("基础款")), (1, 0));
    rig.write(Change::Undo(None));
    assert_eq!((rig.hits("入门款"), rig.hits("基础款")), (0, 1));
    rig.sound();
}

#[test]
fn c25_two_values_become_one_by_wording_one_as_the_other() {
    let mut rig = rig();
    let (one, two) = (rig.customer("宏达"), rig.customer("恒远"));
    rig.give(one, "基础款");
    rig.give(two, "基本款");
    let tag = rig.dictionary().into_iter().find(|t| t.path.value == "基本款").unwrap();
    rig.write(reword(&tag, "基础款"));
    let alias = rig.dictionary().into_iter().find(|t| t.path.value == "基本款").unwrap();
    assert_eq!((alias.standard.as_deref(), alias.count), (Some("基础款"), 1));
    assert!(rig.tags(two).iter().any(|t| t.path.value == "基础款"));
    assert_eq!(rig.hits("基础款"), 2);
    // whoever is given the old wording gets the standard one
    let three = rig.customer("优品汇");
    rig.give(three, "基本款");
    assert!(rig.tags(three).iter().any(|t| t.path.value == "基础款"));
    rig.sound();
}

#[test]
fn what_is_typed_names_a_value_in_its_standard_wording_and_only_one_that_somebody_has() {
    let mut rig = rig();
    let (one, two) = (rig.customer("宏达"), rig.customer("恒远"));
    rig.give(one, "基础款");
    rig.give(two, "基本款");
    let tag = rig.dictionary().into_iter().find(|t| t.path.value == "基本款").unwrap();
    rig.write(reword(&tag, "基础款"));
    let set = vec![Edited { field: Field::Industry, was: Value::None, to: Value::text("零售业") }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id: two }, rev: 1, set });
    let named = |rig: &Rig, text: &str, also: &[&str]| {
        let also = also.iter().map(|word| (*word).to_owned()).collect();
        match rig.store.ask(&rig.me, &Query::Named(text.into(), also), rig.now).unwrap() {
            Answer::Named(words) => words,
            _ => unreachable!(),
        }
    };
    for (text, also, words) in [
        ("基本", &[][..], &["基础款"][..]),
        ("jichu", &[], &["基础款"]),
        ("零售", &[], &["零售业"]),
        // an English word names industries by their own, those that somebody stands in
        ("re", &["零售业", "房地产业"], &["零售业"]),
        ("款式", &[], &[]),
    ] {
        assert_eq!(named(&rig, text, also), words, "{text}");
    }
    rig.give(one, "旗舰款");
    assert_eq!(named(&rig, "旗舰", &[]), ["旗舰款"]);
    let each = Each::Untag(need("关注产品类别", "旗舰款"));
    rig.write(Change::Many { customers: vec![CustomerId(one)], each });
    assert!(named(&rig, "旗舰", &[]).is_empty());
}

#[test]
fn a_reworded_value_of_many_customers_reaches_the_look_up_in_the_round() {
    let mut rig = rig();
    let all = crate::store::facts::AT_ONCE + 1;
    let ids: Vec<CustomerId> = (0..all).map(|n| CustomerId(rig.customer(&format!("客户{n}")))).collect();
    let each = Each::Tag(need("关注产品类别", "基础款"));
    rig.write(Change::Many { customers: ids, each });
    let tag = rig.dictionary().remove(0);
    rig.write(reword(&tag, "入门款"));
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert_eq!((rig.hits("入门款"), rig.hits("基础款")), (9, 0));
    rig.sound();
}
