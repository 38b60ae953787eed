//! What suggests itself for a customer: contents, products, high potential, unmet needs, the way to the next level.

use super::*;
use crate::domain::change::{Each, NewCustomer};
use crate::store::request::{Advice, Answer, Next, Potential, Query, Unmet};

fn advice(rig: &Rig, customer: i64) -> Advice {
    match rig.store.ask(&rig.me, &Query::Profile(CustomerId(customer)), rig.now) {
        Ok(Answer::Profile(Some(profile))) => profile.advice,
        other => panic!("no profile: {other:?}"),
    }
}

fn industry(rig: &mut Rig, name: &str, industry: &str) -> i64 {
    let mut new = NewCustomer { ..named(name) };
    new.values.push((Field::Industry, Value::Text(industry.into())));
    rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0
}

fn tag(rig: &mut Rig, customer: i64, name: &str, value: &str) {
    let each = Each::Tag(need(name, value));
    rig.write(Change::Many { customers: vec![CustomerId(customer)], each });
}

fn product(rig: &mut Rig, name: &str, needs: &str, new_on: &str) {
    let set = vec![
        (Field::ProductName, Value::Text(name.into())),
        (Field::ProductNeeds, Value::Text(needs.into())),
        (Field::ProductNewOn, Value::Day(new_on.parse().unwrap())),
    ];
    rig.write(Change::Add { noun: Noun::Product, customer: CustomerId(0), set });
}

fn add(noun: Noun, customer: i64, set: Vec<(Field, Value)>) -> Change {
    Change::Add { noun, customer: CustomerId(customer), set }
}

fn day(text: &str) -> Value {
    Value::Day(text.parse().unwrap())
}

#[test]
fn k62_a_manufacturer_who_minds_costs_is_offered_the_case_collection_first_and_others_are_not() {
    let mut rig = rig();
    let maker = industry(&mut rig, "宏达", "制造业");
    tag(&mut rig, maker, "关注点", "关注成本控制");
    let titles: Vec<String> = advice(&rig, maker).contents.into_iter().map(|c| c.title).collect();
    assert_eq!(titles[0], "《降本增效案例集》");
    let shop = industry(&mut rig, "优品汇", "零售业");
    tag(&mut rig, shop, "关注点", "关注成本控制");
    assert!(advice(&rig, shop).contents.iter().all(|c| c.title != "《降本增效案例集》"));
    // the queue brings the same, and no bare product
    rig.write(Change::Class {
        customer: CustomerId(maker),
        scheme: "segment".into(),
        value: Some("growth".into()),
        reason: None,
    });
    rig.at("2024-08-20T02:00:00Z");
    let queue = Query::Queue { owner: None, whole: true, ahead: 14 };
    let Ok(Answer::Queue(queue)) = rig.store.ask(&rig.me, &queue, rig.now) else { panic!("no queue") };
    let item = queue.today.iter().find(|i| i.customer.0 == maker).unwrap();
    assert_eq!(item.advice.content.as_deref(), Some("《降本增效案例集》"));
}

#[test]
fn b35_an_inquiry_without_a_deal_or_a_new_product_that_fits_makes_a_high_potential() {
    let mut rig = rig();
    let customer = industry(&mut rig, "宏达", "制造业");
    assert!(advice(&rig, customer).potential.is_empty());
    let quote =
        |on: &str| vec![(Field::QuoteDay, day(on)), (Field::QuoteProduct, Value::Text("分拣机".into()))];
    rig.write(add(Noun::Quote, customer, quote("2023-11-19")));
    assert!(advice(&rig, customer).potential.is_empty(), "six months and a day ago");
    rig.write(add(Noun::Quote, customer, quote("2023-11-20")));
    let inquiry = Potential::Inquiry { on: "2023-11-20".parse().unwrap(), product: Some("分拣机".into()) };
    assert_eq!(advice(&rig, customer).potential, [inquiry]);
    rig.write(order(customer, "2023-12-01", 100));
    assert!(advice(&rig, customer).potential.is_empty(), "there was a deal since");
    // two shared need tags with a new product: a close match; one, or an old product, is none
    product(&mut rig, "新品甲", "成本敏感,关注效率", "2024-04-01");
    product(&mut rig, "旧品乙", "成本敏感,关注效率", "2023-04-01");
    tag(&mut rig, customer, "客户痛点", "成本敏感");
    let one = advice(&rig, customer);
    assert!(one.potential.is_empty() && !one.products[0].is_high());
    tag(&mut rig, customer, "关注点", "关注效率");
    let two = advice(&rig, customer);
    assert_eq!(two.potential, [Potential::Match { product: "新品甲".into() }]);
    assert_eq!(
        two.products.iter().map(|p| (p.name.as_str(), p.is_high(), p.new)).collect::<Vec<_>>(),
        [("新品甲", true, true), ("旧品乙", true, false)]
    );
    // and the product of the script is the one that fits
    assert!(
        two.scripts.iter().any(|said| said.text.contains("新品甲"))
            || two.scripts.iter().all(|s| !s.text.contains("旧品乙"))
    );
}

#[test]
fn k63_frequent_views_of_a_category_without_an_order_are_an_unmet_need() {
    let mut rig = rig();
    let customer = rig.customer("宏达");
    let views = |on: &str, n: i64| {
        vec![
            (Field::BrowseDay, day(on)),
            (Field::BrowseCategory, Value::Text("A品类".into())),
            (Field::BrowseViews, Value::Int(n)),
        ]
    };
    rig.write(add(Noun::Browse, customer, views("2024-05-10", 2)));
    assert!(advice(&rig, customer).unmet.is_empty(), "twice is not often");
    rig.write(add(Noun::Browse, customer, views("2024-01-10", 5)));
    assert!(advice(&rig, customer).unmet.is_empty(), "long ago does not count");
    rig.write(add(Noun::Browse, customer, views("2024-05-18", 1)));
    let need = Unmet { category: "A品类".into(), views: 3 };
    assert_eq!(advice(&rig, customer).unmet, [need]);
    let mut bought = vec![
        (Field::OrderDay, day("2024-05-19")),
        (Field::OrderAmount, Value::Money(Fen(100))),
        (Field::OrderCategory, Value::Text("B品类".into())),
    ];
    rig.write(add(Noun::Order, customer, bought.clone()));
    assert_eq!(advice(&rig, customer).unmet.len(), 1, "another category");
    bought[2].1 = Value::Text("A品类".into());
    rig.write(add(Noun::Order, customer, bought));
    assert!(advice(&rig, customer).unmet.is_empty());
}

#[test]
fn k47_the_way_to_the_next_level_is_masked_with_the_amounts() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(order(customer, "2024-05-10", 2_000));
    let member = advice(&rig, customer).member.unwrap();
    assert_eq!(
        (member.gap, member.next),
        (Some(Fen(50_000)), Some(Next { level: "VIP".into(), brings: "9折+生日礼".into() }))
    );
    rig.me = rig.person("li", "rep", "service");
    let hidden = advice(&rig, customer);
    let member = hidden.member.unwrap();
    assert_eq!((member.gap, member.accumulated), (None, None));
    assert!(hidden.scripts.iter().all(|said| !said.text.contains("2000") && !said.text.contains("500元")));
}

#[test]
fn c25_j13_a_need_under_an_old_wording_is_met_by_the_product_of_the_standard_one_wherever_it_shows() {
    let mut rig = rig();
    let customer = industry(&mut rig, "宏达", "制造业");
    let other = industry(&mut rig, "恒远", "制造业");
    tag(&mut rig, customer, "关注点", "省钱");
    tag(&mut rig, customer, "关注点", "成本敏感");
    tag(&mut rig, other, "关注点", "省钱");
    product(&mut rig, "A产品", "成本敏感", "2024-05-01");
    assert_eq!(advice(&rig, other).products.len(), 0);
    let id = rig.count("SELECT id FROM tag WHERE value='省钱'");
    let rev = rig.count("SELECT rev FROM tag WHERE value='省钱'");
    rig.write(Change::Reword { tag: Some((id, rev)), path: need("关注点", "成本敏感") });
    for customer in [customer, other] {
        let found = advice(&rig, customer).products;
        let told: Vec<_> = found.iter().map(|fit| (fit.name.as_str(), fit.needs.clone())).collect();
        assert_eq!(told, [("A产品", vec!["成本敏感".to_owned()])]);
        let Answer::Card(Some(card)) =
            rig.store.ask(&rig.me, &Query::Card(CustomerId(customer)), rig.now).unwrap()
        else {
            panic!()
        };
        assert!(card.tags.contains("成本敏感") && !card.tags.contains("省钱"), "{}", card.tags);
    }
    let out = super::export::all(&mut rig, crate::store::request::export::Exported::Customers, "宏达");
    let texts: Vec<String> = out.iter().flatten().map(|cell| format!("{cell:?}")).collect();
    assert!(
        texts.iter().any(|t| t.contains("\"成本敏感\"")),
        "one value under two wordings is one tag: {texts:?}"
    );
    rig.sound();
}
