//! The published figures of the CDNOW sample (models.md, section 1) by the road a company takes: its customers and orders as
//! files, the models of the store's answer. Among the orders are equal ones of one day, which are orders of their own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::field::Noun;
use guanxi::domain::import::Report;
use guanxi::domain::people::Actor;
use guanxi::exchange::import::{Job, Source, import};
use guanxi::exchange::mapping::Mapping;
use guanxi::i18n::Lang;
use guanxi::store::Store;
use guanxi::store::request::{Answer, Query};

const RAW: &str = include_str!("data/analytics/CDNOW_sample.txt");

fn bring(store: &mut Store, me: &Actor, now: Now, noun: Noun, text: &str) -> Report {
    let source = Source::Reader("a.csv", Box::new(std::io::Cursor::new(text.to_owned().into_bytes())));
    let job =
        Job { source, sheet: None, noun: Some(noun), mapping: Mapping::default(), dry: false, rejects: None };
    import(store, me, now, Lang::En, job, &mut |_, _, _| {}).unwrap()
}

fn near(ours: Option<f64>, theirs: f64, relative: f64) {
    let ours = ours.unwrap();
    assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
}

#[test]
fn imported_orders_of_cdnow_give_the_published_figures_and_come_in_once() {
    let mut store = Store::memory().unwrap();
    let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    let (mut codes, mut orders) = (BTreeSet::new(), "客户编号,订单日期,金额\n".to_owned());
    for line in RAW.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let day = format!("{}-{}-{}", &cells[2][..4], &cells[2][4..6], &cells[2][6..]);
        writeln!(orders, "N{},{day},{}", cells[1], cells[4]).unwrap();
        codes.insert(cells[1]);
    }
    let mut customers = "客户编号,客户名称\n".to_owned();
    for code in &codes {
        writeln!(customers, "N{code},CDNOW {code}").unwrap();
    }
    let report = bring(&mut store, &me, now, Noun::Customer, &customers);
    assert_eq!((report.made, report.rejects), (2_357, 0), "{:?}", report.rejected);
    let report = bring(&mut store, &me, now, Noun::Order, &orders);
    assert_eq!((report.made, report.same, report.rejects), (6_919, 0, 0), "{:?}", report.rejected);
    let again = bring(&mut store, &me, now, Noun::Order, &orders);
    assert_eq!((again.made, again.same), (0, 6_919));
    let Answer::Models(found) = store.ask(&me, &Query::Models("1997-09-30".parse().unwrap()), now).unwrap()
    else {
        panic!("models");
    };
    // .243, 4.414, .793, 2.426, −9582.4 and 6.25, 3.74, 15.44
    assert_eq!((found.customers, found.repeaters, found.gate), (2_357, 946, "ready"));
    near(found.r, 0.242_594_5, 2e-3);
    near(found.alpha, 4.413_602, 2e-3);
    near(found.a, 0.792_922, 5e-3);
    near(found.b, 2.425_907, 5e-3);
    near(found.ll, -9_582.429_2, 1e-6);
    near(found.p, 6.249_57, 1e-3);
    near(found.q, 3.744_22, 1e-3);
    near(found.v, 15.443_52, 1e-3);
}
