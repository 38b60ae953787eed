use super::metric::{Standing, Unit};
use super::parse::{Fault, number, parse};
use super::why::account;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2024-05-20";

/// A customer with orders whose industry spends 10,000 yuan, last heard of on `heard`.
fn customer(spend_fen: i64, heard: &str) -> Standing {
    Standing {
        orders: 3,
        bought: true,
        spend_12m: spend_fen,
        spend_total: spend_fen,
        first_order: Some(day("2023-01-10")),
        last_order: Some(day("2023-11-01")),
        heard: Some(day(heard)),
        average: Some(1_000_000),
        ..Standing::default()
    }
}

fn class(standing: &Standing, scheme: &str) -> Option<String> {
    Rulebook::default().classes(standing, &Classes::new(), day(TODAY)).remove(scheme)
}

fn refused(text: &str) -> Refused {
    parse(text).unwrap_err()
}

use super::parse::Refused;

/// A scheme of the value scheme's id with these classes, each `id: conditions`.
fn scheme_of(classes: &[(&str, &str)]) -> String {
    let parts = classes
        .iter()
        .map(|(id, when)| format!("[[class]]\nid = \"{id}\"\nen = \"{id}\"\nzh = \"{id}\"\nwhen = {when}\n"));
    let text: String = parts.collect();
    format!("id = \"value\"\nen = \"V\"\nzh = \"V\"\n{text}")
}

#[test]
fn the_shipped_schemes_are_nine_total_and_without_overlap() {
    for (id, text) in SHIPPED {
        let scheme = parse(text).unwrap_or_else(|e| panic!("{id}: {e:?}"));
        assert_eq!(scheme.id, *id);
        assert!(!scheme.classes.is_empty());
    }
    assert_eq!(Rulebook::default().all().count(), 9);
}

#[test]
fn k25_an_active_customer_is_classed_at_150_and_80_per_cent_both_included() {
    let heard = "2024-04-20";
    for (fen, is) in [(1_500_000, "high"), (1_499_999, "growth"), (800_000, "growth"), (799_999, "ordinary")]
    {
        assert_eq!(class(&customer(fen, heard), "segment").as_deref(), Some(is), "{fen}");
    }
}

#[test]
fn k26_a_silent_customer_is_dormant_below_half_the_average_and_cooling_from_it_on() {
    let heard = "2024-02-19";
    for (fen, is) in [(499_999, "dormant"), (500_000, "cooling"), (2_000_000, "cooling")] {
        assert_eq!(class(&customer(fen, heard), "segment").as_deref(), Some(is), "{fen}");
    }
    // the same day three calendar months before is active yet (B10)
    assert_eq!(class(&customer(2_000_000, "2024-02-20"), "segment").as_deref(), Some("high"));
}

#[test]
fn k26_without_a_benchmark_there_is_no_segment_and_the_reason_is_named() {
    let standing = Standing { average: None, ..customer(1_500_000, "2024-04-20") };
    assert_eq!(class(&standing, "segment"), None);
    let told = account(&Rulebook::default(), "segment", &standing, &Classes::new(), day(TODAY)).unwrap();
    assert_eq!((told.by_rule, told.none.as_deref()), (None, Some("no_benchmark")));
}

#[test]
fn k65_a_prospect_is_not_dormant_it_has_no_segment() {
    let standing = Standing { heard: Some(day("2024-01-20")), average: Some(1), ..Standing::default() };
    assert_eq!(class(&standing, "segment"), None);
    assert_eq!(class(&standing, "lifecycle").as_deref(), Some("prospect"));
    assert_eq!(class(&standing, "expansion"), None);
    assert_eq!(class(&standing, "stage").as_deref(), Some("acquisition"));
}

#[test]
fn k07_twice_the_average_and_active_is_high_value() {
    let standing = Standing { average: Some(10_000_000), ..customer(21_000_000, "2024-05-01") };
    assert_eq!(class(&standing, "segment").as_deref(), Some("high"));
    assert_eq!(class(&standing, "grade").as_deref(), Some("A"));
}

#[test]
fn k13_half_a_year_without_a_purchase_at_40_per_cent_is_dormant() {
    let standing = Standing {
        spend_12m: 40_000,
        spend_total: 240_000,
        average: Some(100_000),
        heard: Some(day("2023-11-19")),
        last_order: Some(day("2023-11-19")),
        ..customer(0, TODAY)
    };
    assert_eq!(class(&standing, "segment").as_deref(), Some("dormant"));
    assert_eq!(class(&standing, "lifecycle").as_deref(), Some("lost"));
}

#[test]
fn k17_398_yuan_more_stays_ordinary_at_an_average_of_1000_and_grows_at_900() {
    let standing = Standing { average: Some(100_000), ..customer(79_800, "2024-05-18") };
    assert_eq!(class(&standing, "segment").as_deref(), Some("ordinary"));
    let standing = Standing { average: Some(90_000), ..standing };
    assert_eq!(class(&standing, "segment").as_deref(), Some("growth"));
}

#[test]
fn k28_the_value_tier_is_high_only_when_all_three_tests_hold() {
    let good = Standing {
        spend_12m: 10_000_000,
        first_order: Some(day("2023-05-20")),
        order_days: 5,
        ..customer(0, "2024-05-01")
    };
    assert_eq!(class(&good, "value").as_deref(), Some("high"));
    let poor = [
        Standing { spend_12m: 9_999_999, ..good.clone() },
        Standing { first_order: Some(day("2023-05-21")), ..good.clone() },
        Standing { order_days: 4, ..good.clone() },
    ];
    for standing in poor {
        assert_eq!(class(&standing, "value").as_deref(), Some("medium"));
    }
    assert_eq!(class(&Standing::default(), "value").as_deref(), Some("low"));
}

#[test]
fn k31_two_months_and_29_days_are_new_three_months_are_old() {
    let of = |first: &str| Standing { first_order: Some(day(first)), ..customer(0, "2024-05-01") };
    assert_eq!(class(&of("2024-02-21"), "lifecycle").as_deref(), Some("new"));
    assert_eq!(class(&of("2024-02-20"), "lifecycle").as_deref(), Some("existing"));
}

#[test]
fn k32_three_combinations_are_named_invalid_goes_first_and_the_rest_is_to_be_reviewed() {
    let of = |total: i64, matches: i64, spread: Option<i64>| Standing {
        spend_total: total,
        matches,
        spread_ppm: spread,
        tiers: Some((100, 200)),
        last_order: Some(day("2024-03-01")),
        ..customer(0, "2024-05-01")
    };
    let (stable, shaky) = (Some(499_999), Some(500_000));
    let cases = [
        (of(200, 2, stable), "core"),
        (of(199, 2, shaky), "potential"),
        (of(199, 2, None), "potential"),
        (of(99, 1, shaky), "idle"),
        (of(200, 1, stable), "review"),
        (of(99, 1, stable), "review"),
        (Standing { last_order: Some(day("2023-05-19")), ..of(200, 2, stable) }, "invalid"),
        (Standing { last_order: Some(day("2023-05-20")), ..of(200, 2, stable) }, "core"),
    ];
    for (standing, is) in cases {
        assert_eq!(class(&standing, "expansion").as_deref(), Some(is), "{standing:?}");
    }
}

#[test]
fn a_class_set_by_hand_stands_in_the_conditions_of_other_schemes() {
    let fixed = Classes::from([("segment".to_owned(), "high".to_owned())]);
    let classes = Rulebook::default().classes(&customer(0, TODAY), &fixed, day(TODAY));
    assert_eq!(classes.get("grade").map(String::as_str), Some("A"));
    assert_eq!(classes.get("segment").map(String::as_str), Some("ordinary"));
}

#[test]
fn why_names_each_condition_and_what_lacks_for_the_next_better_class() {
    let told = account(
        &Rulebook::default(),
        "segment",
        &customer(1_200_000, "2024-05-01"),
        &Classes::new(),
        day(TODAY),
    )
    .unwrap();
    assert_eq!(told.by_rule.as_deref(), Some("growth"));
    let better = told.better.unwrap();
    assert_eq!((better.class.as_str(), better.spend_lacking), ("high", Some(300_000)));
    assert_eq!(better.lacks.len(), 1);
    assert_eq!(better.lacks[0].condition, "share >= 150%");
    assert_eq!(better.lacks[0].reading.as_deref(), Some("120%"));
    let high = told.tried.iter().find(|t| t.id == "high").unwrap();
    assert_eq!(high.alternatives[0].iter().map(|c| c.holds).collect::<Vec<_>>(), [Some(false), Some(true)]);
    // a good customer who has gone silent lacks a talk, not a smaller spend
    let silent = customer(1_100_000, "2024-01-01");
    let told = account(&Rulebook::default(), "segment", &silent, &Classes::new(), day(TODAY)).unwrap();
    assert_eq!(told.by_rule.as_deref(), Some("cooling"));
    let better = told.better.unwrap();
    assert_eq!((better.class.as_str(), better.lacks[0].condition.as_str()), ("growth", "idle_months <= 3"));
    // 149.9999 per cent is shown as missing the line
    let told = account(
        &Rulebook::default(),
        "segment",
        &customer(1_499_999, "2024-05-01"),
        &Classes::new(),
        day(TODAY),
    );
    assert_eq!(told.unwrap().better.unwrap().lacks[0].reading.as_deref(), Some("149.99%"));
}

#[test]
fn a_gap_is_refused_with_an_example() {
    let text = scheme_of(&[("a", "[\"spend_12m > 100\"]"), ("b", "[\"spend_12m < 100\"]")]);
    assert_eq!(refused(&text).fault, Fault::Gap(vec!["spend_12m = 100".into()]));
    let text = scheme_of(&[("a", "[\"share > 1%\"]"), ("b", "[\"share <= 1%\"]")]);
    assert_eq!(refused(&text).fault, Fault::Gap(vec!["share is missing".into()]));
}

#[test]
fn an_overlap_is_refused_with_both_classes_and_the_line_of_the_second() {
    let text = scheme_of(&[("a", "[\"orders >= 4\"]"), ("b", "[\"orders <= 4\"]")]);
    let told = refused(&text);
    assert_eq!(told.fault, Fault::Overlap("a".into(), "b".into(), vec!["orders = 4".into()]));
    assert_eq!(told.line, 9);
}

#[test]
fn what_a_scheme_cannot_say_is_refused_with_its_line() {
    let cases = [
        ("id = \"value\"\nen = ", Fault::Toml(String::new())),
        ("id = \"mine\"\nen = \"a\"\nzh = \"a\"", Fault::Scheme("mine".into())),
        (&scheme_of(&[("a", "[\"wealth > 1\"]")]), Fault::Metric("wealth".into())),
        (&scheme_of(&[("a", "[\"spend_12m ~ 1\"]")]), Fault::Condition("spend_12m ~ 1".into())),
        (&scheme_of(&[("a", "[\"share > 80\"]")]), Fault::Limit("80".into(), Unit::Percent)),
        (&scheme_of(&[("a", "[\"orders > 1.5\"]")]), Fault::Limit("1.5".into(), Unit::Count)),
        (&scheme_of(&[("a", "[\"stage = churn\"]")]), Fault::Circle("stage".into())),
        (&scheme_of(&[("a", "[\"value = high\"]")]), Fault::Circle("value".into())),
        (&scheme_of(&[("a", "[]")]), Fault::NoRule("a".into())),
        (
            &scheme_of(&[("a", "[\"need_match = some\"]")]),
            Fault::Word("some".into(), vec!["low".into(), "high".into()]),
        ),
    ];
    for (text, fault) in cases {
        let told = refused(text);
        let same = std::mem::discriminant(&told.fault) == std::mem::discriminant(&fault);
        assert!(same && (matches!(fault, Fault::Toml(_)) || told.fault == fault), "{told:?}");
        assert!(told.line > 0, "{told:?}");
    }
    let twice = scheme_of(&[("a", "[\"orders > 1\"]"), ("a", "[\"orders <= 1\"]")]);
    assert_eq!(refused(&twice), Refused { line: 9, fault: Fault::Twice("a".into()) });
}

#[test]
fn numbers_are_exact_and_per_cents_carry_their_sign() {
    assert_eq!(number("150%", Unit::Percent), Some(1_500_000));
    assert_eq!(number("79.9%", Unit::Percent), Some(799_000));
    assert_eq!(number("-30%", Unit::Percent), Some(-300_000));
    assert_eq!(number("99999.99", Unit::Yuan), Some(99_999_990_000));
    for (text, unit) in [("80", Unit::Percent), ("1e3", Unit::Yuan), ("", Unit::Count), ("3.", Unit::Yuan)] {
        assert_eq!(number(text, unit), None, "{text}");
    }
}
