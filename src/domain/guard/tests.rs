//! The guard's rules by requirement, both sides of each boundary.

use super::*;
use crate::domain::people::DEPARTMENTS;

const ZONE: Zone = Zone(480);

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().unwrap()
}

fn past(when: &str, department: &str) -> Past {
    let at = at(when);
    Past {
        at: at.timestamp_millis(),
        day: ZONE.day(at),
        counts: true,
        planned: false,
        channel: Some("phone".into()),
        person: "李雷".into(),
        department: department.into(),
        product: None,
        summary: "回访".into(),
        feedback: None,
        responded: true,
    }
}

fn facts(count: i64, window: Window, mut touches: Vec<Past>) -> Facts {
    touches.sort_by_key(|t| -t.at);
    Facts {
        class: Some("high".into()),
        cap: Cap { count, window },
        suspended: None,
        touches,
        opt_outs: Vec::new(),
        consent: Consent::Given,
        entered: Some("王敏".into()),
        checked: Some("李雷".into()),
        budget: Some(Fen(50_000)),
        spent: Fen(0),
        script: None,
        rules: Rules { product_days: 30, budget_percent: 120 },
    }
}

fn touch(when: &str) -> Intent {
    Intent { channel: Some("phone".into()), ..Intent::new(Deed::Touch, at(when)) }
}

fn kinds(facts: &Facts, intent: &Intent) -> Vec<&'static str> {
    facts
        .findings(intent, ZONE)
        .iter()
        .map(|f| match f {
            Finding::Quiet { .. } => "quiet",
            Finding::OptedOut { .. } => "opted_out",
            Finding::ConsentWithdrawn => "withdrawn",
            Finding::Suspended => "suspended",
            Finding::Cap { .. } => "cap",
            Finding::Script { .. } => "script",
            Finding::SameProduct { .. } => "product",
            Finding::Budget { .. } => "budget",
            Finding::ConsentUnknown => "consent",
            Finding::Unchecked { .. } => "unchecked",
        })
        .collect()
}

#[test]
fn k48_two_touches_of_two_departments_in_seven_days_stop_the_third_and_are_named() {
    let facts = facts(
        2,
        Window::SevenDays,
        vec![past("2024-05-15 10:00", "sales"), past("2024-05-18 10:00", "marketing")],
    );
    let found = facts.findings(&touch("2024-05-20 10:00"), ZONE);
    let [finding @ Finding::Cap { touches, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(touches.iter().map(|t| t.department.as_str()).collect::<Vec<_>>(), ["sales", "marketing"]);
    assert_eq!((finding.one(), finding.many()), (One::BlockOrReason, Many::LeftOut));
    assert_eq!(facts.standing(at("2024-05-20 10:00"), ZONE).touched, 2);
}

#[test]
fn d31_a_rolling_window_lets_a_touch_go_after_seven_times_twenty_four_hours() {
    let two = vec![past("2024-05-13 10:00", "sales"), past("2024-05-18 10:00", "sales")];
    let facts = facts(2, Window::SevenDays, two);
    assert_eq!(kinds(&facts, &touch("2024-05-20 09:59")), ["cap"]);
    assert!(kinds(&facts, &touch("2024-05-20 10:00")).is_empty());
    assert_eq!(facts.standing(at("2024-05-20 09:59"), ZONE).touched, 2);
    assert_eq!(facts.standing(at("2024-05-20 10:00"), ZONE).touched, 1);
}

#[test]
fn d31_a_touch_written_down_afterwards_may_not_fill_the_window_of_a_later_one() {
    let two = vec![past("2024-05-14 10:00", "sales"), past("2024-05-18 10:00", "sales")];
    let facts = facts(2, Window::SevenDays, two);
    assert_eq!(kinds(&facts, &touch("2024-05-16 10:00")), ["cap"]);
    assert_eq!(kinds(&facts, &touch("2024-05-11 10:00")), Vec::<&str>::new());
    // between two touches that lie further apart than a window there is room for one
    let apart = facts_of(vec![past("2024-05-10 10:00", "sales"), past("2024-05-18 10:00", "sales")]);
    assert!(kinds(&apart, &touch("2024-05-14 10:00")).is_empty());
}

fn facts_of(touches: Vec<Past>) -> Facts {
    facts(2, Window::SevenDays, touches)
}

#[test]
fn d32_k48_a_month_ends_at_midnight_in_the_companys_zone() {
    let facts = facts(1, Window::Month, vec![past("2024-05-01 00:00", "marketing")]);
    assert_eq!(kinds(&facts, &touch("2024-05-31 23:59")), ["cap"]);
    assert!(kinds(&facts, &touch("2024-06-01 00:00")).is_empty());
    assert!(kinds(&facts, &touch("2024-04-30 23:59")).is_empty());
}

#[test]
fn d33_a_week_goes_from_monday_to_sunday() {
    let facts = facts(1, Window::Week, vec![past("2024-05-19 23:59", "sales")]);
    assert_eq!(kinds(&facts, &touch("2024-05-13 00:00")), ["cap"]);
    assert!(kinds(&facts, &touch("2024-05-20 00:00")).is_empty());
    assert!(kinds(&facts, &touch("2024-05-12 23:59")).is_empty());
}

#[test]
fn d36_k10_replies_and_deliveries_neither_count_nor_are_they_stopped() {
    let reply = Past { counts: false, ..past("2024-05-19 10:00", "sales") };
    let one = facts_of(vec![past("2024-05-18 10:00", "sales"), reply]);
    assert!(kinds(&one, &touch("2024-05-20 10:00")).is_empty());
    let mut all = facts_of(vec![past("2024-05-18 10:00", "sales"), past("2024-05-19 10:00", "sales")]);
    all.opt_outs =
        vec![OptOut { channel: "all".into(), since: at("2024-01-01 10:00").date_naive(), way: None }];
    all.suspended = Some(0);
    let answer = Intent { deed: Deed::Answer, ..touch("2024-05-20 10:00") };
    assert!(kinds(&all, &answer).is_empty());
    assert_eq!(DEPARTMENTS.len(), 5);
    assert_eq!(
        ["reply", "inbound", "proactive"].map(Deed::of_kind),
        [Deed::Answer, Deed::Answer, Deed::Touch]
    );
}

#[test]
fn k16_what_answers_a_reaction_passes_where_a_touch_of_our_own_accord_would_not() {
    let facts = facts(1, Window::Month, vec![past("2024-05-10 10:00", "marketing")]);
    let sent = touch("2024-05-13 10:00");
    assert_eq!(kinds(&facts, &sent), ["cap"]);
    assert!(kinds(&facts, &Intent { deed: Deed::Answer, ..sent }).is_empty());
}

#[test]
fn a_call_that_nobody_took_is_held_by_no_cap_but_by_the_customers_wish() {
    let mut facts = facts(1, Window::Week, vec![past("2024-05-20 09:00", "sales")]);
    let attempt = Intent { deed: Deed::Attempt, ..touch("2024-05-20 10:00") };
    assert!(kinds(&facts, &attempt).is_empty());
    facts.opt_outs =
        vec![OptOut { channel: "phone".into(), since: at("2024-05-20 00:00").date_naive(), way: None }];
    assert_eq!(kinds(&facts, &attempt), ["opted_out"]);
}

#[test]
fn k49_an_opt_out_of_one_channel_stops_that_channel_and_do_not_disturb_all_of_them() {
    let mut facts = facts_of(Vec::new());
    let since: NaiveDate = "2024-05-20".parse().unwrap();
    facts.opt_outs = vec![OptOut { channel: "sms".into(), since, way: Some("短信".into()) }];
    let by = |channel: &str, when: &str| Intent { channel: Some(channel.into()), ..touch(when) };
    assert_eq!(kinds(&facts, &by("sms", "2024-05-20 10:00")), ["opted_out"]);
    assert!(kinds(&facts, &by("email", "2024-05-20 10:00")).is_empty());
    // what took place before they said so was no breach
    assert!(kinds(&facts, &by("sms", "2024-05-19 23:59")).is_empty());
    facts.opt_outs = vec![OptOut { channel: "all".into(), since, way: None }];
    for channel in ["sms", "email", "phone", "visit"] {
        assert_eq!(kinds(&facts, &by(channel, "2024-05-20 10:00")), ["quiet"]);
    }
    let found = facts.findings(&Intent::new(Deed::Plan, at("2024-05-21 10:00")), ZONE);
    assert_eq!(found.first().map(|f| (f.one(), f.many())), Some((One::Block, Many::LeftOut)));
}

#[test]
fn k19_a_product_offered_by_another_department_is_found_with_who_when_and_how_they_took_it() {
    let offer = Past {
        product: Some("A品类、P".into()),
        feedback: Some("反应冷淡".into()),
        ..past("2024-05-01 10:00", "sales")
    };
    let facts = facts_of(vec![offer]);
    let offering = |product: &str, when: &str| Intent { product: Some(product.into()), ..touch(when) };
    let found = facts.findings(&offering("p", "2024-05-20 10:00"), ZONE);
    let [finding @ Finding::SameProduct { product, past }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((product.as_str(), past.department.as_str()), ("p", "sales"));
    assert_eq!(past.feedback.as_deref(), Some("反应冷淡"));
    assert_eq!((finding.one(), finding.many()), (One::Reason, Many::PutBack));
    assert!(kinds(&facts, &offering("B品类", "2024-05-20 10:00")).is_empty());
    assert_eq!(kinds(&facts, &offering("P,A品类,P", "2024-05-31 10:00")), ["product", "product"]);
    assert!(kinds(&facts, &offering("P", "2024-06-01 00:00")).is_empty());
}

#[test]
fn d20_the_budget_asks_for_a_reason_from_one_hundred_and_twenty_percent_on() {
    let mut facts = facts_of(Vec::new());
    for (budget, spent, over) in
        [(50_000, 59_999, false), (50_000, 60_000, true), (5_000, 6_000, true), (20_000, 23_999, false)]
    {
        (facts.budget, facts.spent) = (Some(Fen(budget)), Fen(spent));
        assert_eq!(!kinds(&facts, &touch("2024-05-20 10:00")).is_empty(), over, "{budget} {spent}");
    }
    facts.budget = None;
    assert!(kinds(&facts, &touch("2024-05-20 10:00")).is_empty());
}

#[test]
fn g41_g49_g50_g51_suspension_script_consent_and_second_check() {
    let mut facts = facts_of(Vec::new());
    facts.suspended = Some(at("2024-05-20 10:00").timestamp_millis());
    assert!(kinds(&facts, &touch("2024-05-20 09:59")).is_empty());
    assert_eq!(kinds(&facts, &touch("2024-05-20 10:00")), ["suspended"]);
    facts.suspended = None;
    let scripted = Intent { script: Some("D55".into()), ..touch("2024-05-20 10:00") };
    for (state, held) in [
        (Some(ScriptState::Draft), true),
        (Some(ScriptState::Withdrawn), true),
        (Some(ScriptState::Approved), false),
        (None, false),
    ] {
        facts.script = state;
        let found = facts.findings(&scripted, ZONE);
        assert_eq!(!found.is_empty(), held, "{state:?}");
        assert!(found.iter().all(|f| (f.one(), f.many()) == (One::Block, Many::Blocked)));
    }
    facts.consent = Consent::Unknown;
    facts.checked = None;
    let found = facts.findings(&touch("2024-05-20 10:00"), ZONE);
    assert_eq!(kinds(&facts, &touch("2024-05-20 10:00")), ["consent", "unchecked"]);
    assert!(found.iter().all(|f| (f.one(), f.many()) == (One::Note, Many::LeftOut)));
    assert_eq!(asking(&found).count(), 0);
    facts.consent = Consent::Withdrawn;
    assert_eq!(kinds(&facts, &touch("2024-05-20 10:00")), ["withdrawn", "unchecked"]);
    assert_eq!(barring(&facts.findings(&touch("2024-05-20 10:00"), ZONE)).count(), 1);
}

#[test]
fn a_plan_counts_other_plans_and_a_touch_does_not() {
    let planned = Past { planned: true, ..past("2024-05-22 23:59", "sales") };
    let facts = facts(1, Window::Week, vec![planned]);
    let plan = Intent::new(Deed::Plan, at("2024-05-24 09:00"));
    assert_eq!(kinds(&facts, &plan), ["cap"]);
    assert!(kinds(&facts, &touch("2024-05-24 09:00")).is_empty());
    let standing = facts.standing(at("2024-05-24 09:00"), ZONE);
    assert_eq!((standing.touched, standing.last), (0, None));
}
