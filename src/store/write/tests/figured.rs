//! Figures that stand for F22–F25, F36 and F37, worked by hand in the comments; and the proof that none of F1–F39 is left
//! out of the table.

use super::*;
use crate::domain::kpi::{KPIS, Period, Verdict, sample};
use crate::domain::requests;
use crate::store::request::{Answer, Behind, BehindQuery, KpiQuery, KpiRow, Kpis, Query, Side};

/// Where each of F1–F39 stands: rows of the table, or the view that shows what is no single figure.
const PLACES: [(&str, &[&str]); 39] = [
    ("F1", &["response"]),
    ("F2", &["conversion"]),
    ("F3", &["cost_per_touch"]),
    ("F4", &["high_value_growth"]),
    ("F5", &["repurchase_amount_growth"]),
    ("F6", &["accounts_per_head", "accounts_per_head_growth"]),
    ("F7", &["response_time", "response_time_shortening"]),
    ("F8", &["nps"]),
    ("F9", &["complaint_rate", "complaint_decrease"]),
    ("F10", &["csat", "csat_points"]),
    ("F11", &["repurchase", "rebuy"]),
    ("F12", &["churn"]),
    ("F13", &["aov", "aov_growth"]),
    ("F14", &["prospect_conversion"]),
    ("F15", &["cac", "cac_rolling"]),
    ("F16", &["ltv", "ltv_realised"]),
    ("F17", &["retention"]),
    ("F18", &["referral", "referral_share"]),
    ("F19", &["timeliness"]),
    ("F20", &["budget_acquisition", "budget_retention"]),
    ("F21", &["activation"]),
    ("F22", &["score_service", "score_product"]),
    ("F23", &["accuracy"]),
    ("F24", &["sync_time", "sync_shortening"]),
    ("F25", &["repeat_contacts", "repeat_contact_decrease"]),
    ("F26", &["high_value_share"]),
    ("F27", &["customer_value"]),
    ("F28", &["retention_cost"]),
    ("F29", &["first_order"]),
    ("F30", &["answered_24h", "solved_48h"]),
    ("F31", &["wakeup_cost"]),
    ("F32", &["reactivation"]),
    // a matrix of counts between two dates: the view of moves on the board
    ("F33", &[]),
    ("F34", &["tasks_in_time"]),
    ("F35", &["breaches"]),
    ("F36", &["cadence"]),
    ("F37", &["customer_cost"]),
    ("F38", &["completeness", "checked"]),
    ("F39", &["sales_conversion"]),
];

fn kpis(rig: &Rig, period: &str) -> Kpis {
    let query = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
    match rig.store.ask(&rig.me, &Query::Kpis(query), rig.now).unwrap() {
        Answer::Kpis(kpis) => *kpis,
        other => panic!("{other:?}"),
    }
}

fn row(rig: &Rig, period: &str, segment: &str, id: &str) -> KpiRow {
    kpis(rig, period).row(segment, id).unwrap().clone()
}

fn value(rig: &Rig, period: &str, id: &str) -> Option<f64> {
    row(rig, period, "", id).figure.value
}

fn behind(rig: &Rig, period: &str, id: &'static str, segment: &'static str) -> Behind {
    let of = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
    let query = BehindQuery { of, id, segment, person: None, only: None, most: 50 };
    match rig.store.ask(&rig.me, &Query::Behind(query), rig.now).unwrap() {
        Answer::Behind(behind) => *behind,
        other => panic!("{other:?}"),
    }
}

fn sides(behind: &Behind) -> Vec<(i64, Side)> {
    behind.rows.iter().map(|row| (row.customer.0, row.side)).collect()
}

fn near(value: Option<f64>, right: f64) {
    assert!(value.is_some_and(|value| (value - right).abs() < 1e-9), "{value:?} is not {right}");
}

fn class(customer: i64, value: &str) -> Change {
    let value = Some(value.into());
    Change::Class { customer: CustomerId(customer), scheme: "segment".into(), value, reason: None }
}

fn touch(customer: i64, at: &str, yuan: i64) -> Change {
    let touch = NewTouch::plain(CustomerId(customer), at.parse().unwrap(), "回访");
    let touch = NewTouch { cost: Fen(yuan * 100), override_reason: Some("试".into()), ..touch };
    Change::LogTouch(Box::new(NewTouch { kind: "proactive".into(), ..touch }))
}

#[test]
fn every_one_of_f1_to_f39_has_its_row_in_the_table_or_its_view() {
    for (n, (source, rows)) in PLACES.iter().enumerate() {
        assert_eq!(*source, format!("F{}", n + 1));
        let stand: Vec<&str> =
            KPIS.iter().filter(|kpi| kpi.source.split(' ').any(|s| s == *source)).map(|kpi| kpi.id).collect();
        assert_eq!(stand, *rows, "{source}");
    }
    // and each of them is there for every group that the board, its JSON and the report show
    let kpis = kpis(&rig(), "2024-05");
    for group in &kpis.groups {
        assert!(KPIS.iter().map(|kpi| kpi.id).eq(group.rows.iter().map(|row| row.figure.id.as_str())));
    }
}

#[test]
fn f22_scores_are_told_by_what_the_question_is_about_and_the_company_says_which_is_which() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    // product, service, delivery, price, talk
    for answers in ["90 80 70 10 60", "70 90 80 20 100"] {
        let set = vec![
            (Field::SurveyOn, Value::Day("2024-05-10".parse().unwrap())),
            (Field::SurveyAnswers, Value::text(answers)),
        ];
        rig.write(Change::Add { noun: Noun::Survey, customer: CustomerId(id), set });
    }
    // service: (80+70+60 + 90+80+100)/6 = 80, on the line; product: (90+70)/2 = 80
    let service = row(&rig, "2024-05", "", "score_service");
    assert_eq!((service.figure.value, service.figure.cases), (Some(80.0), Some(6)));
    assert_eq!((service.target, service.verdict), (Some(80.0), Some(Verdict::Met)));
    near(value(&rig, "2024-05", "score_product"), 80.0);
    assert_eq!(sides(&behind(&rig, "2024-05", "score_service", "")), [(id, Side::Good)]);
    // the price belongs to neither until the company says so: (10+20)/2
    rig.write_setting("survey_product", "价格合理");
    near(value(&rig, "2024-05", "score_product"), 15.0);
    // nobody was asked in April
    assert_eq!(value(&rig, "2024-04", "score_service"), None);
    rig.sound();
}

#[test]
fn f23_whoever_checks_a_record_and_mends_it_says_that_it_was_wrong() {
    let mut rig = rig();
    rig.write_setting("accuracy_every", "1");
    let (right, wrong, undone, later) =
        (rig.customer("甲公司"), rig.customer("乙公司"), rig.customer("丙公司"), rig.customer("丁公司"));
    assert_eq!(value(&rig, "2024-05", "accuracy"), None, "nothing was checked");
    rig.me = rig.person("zhao", "admin", "operations");
    rig.at("2024-05-20T04:00:00Z");
    rig.write(edit(Noun::Customer, wrong, 1, Field::Region, "", "华东"));
    rig.write(edit(Noun::Customer, undone, 1, Field::Region, "", "华东"));
    rig.write(Change::Undo(None));
    rig.at("2024-05-20T05:00:00Z");
    for id in [right, wrong, undone, later] {
        rig.write(Change::Check(CustomerId(id)));
    }
    // what is edited after the tick is news, not a mistake that was found
    rig.at("2024-05-21T05:00:00Z");
    rig.write(edit(Noun::Customer, later, 2, Field::Region, "", "华南"));
    let figure = row(&rig, "2024-05", "", "accuracy").figure;
    assert_eq!((figure.k, figure.n, figure.value), (Some(3), Some(4), Some(0.75)));
    assert_eq!(value(&rig, "2024-04", "accuracy"), None);
    let rows = sides(&behind(&rig, "2024-05", "accuracy", ""));
    assert_eq!(rows.first(), Some(&(wrong, Side::Bad)));
    assert!(rows.contains(&(right, Side::Good)) && rows.len() == 4);
    rig.sound();
}

#[test]
fn f23_of_the_records_drawn_for_the_month_those_count_that_were_checked_and_the_others_are_still_to_check() {
    let mut rig = rig();
    rig.at("2024-03-04T02:00:00Z");
    let all: Vec<i64> = (0..60).map(|n| rig.customer(&format!("客户{n:02}"))).collect();
    rig.write_setting("accuracy_every", "4");
    let month = "2024-05-01".parse().unwrap();
    let drawn: Vec<i64> = all.iter().copied().filter(|id| sample::drawn(*id, month, 4)).collect();
    let others: Vec<i64> = all.iter().copied().filter(|id| !drawn.contains(id)).collect();
    assert!(drawn.len() > 4 && others.len() > 4, "{drawn:?}");
    rig.me = rig.person("zhao", "admin", "operations");
    let check = |rig: &mut Rig, id: i64| rig.write(Change::Check(CustomerId(id)));
    // checked before the month began: it was not there to be drawn
    rig.at("2024-04-30T15:59:59.999Z");
    check(&mut rig, drawn[0]);
    // in the first instant of the month; what was not drawn does not count, however often it is looked at
    rig.at("2024-04-30T16:00:00Z");
    check(&mut rig, drawn[1]);
    for id in &others[..3] {
        check(&mut rig, *id);
    }
    rig.at("2024-05-20T04:00:00Z");
    let figure = row(&rig, "2024-05", "", "accuracy").figure;
    let open = i64::try_from(drawn.len()).unwrap() - 2;
    assert_eq!((figure.k, figure.n, figure.pending), (Some(1), Some(1), Some(open)));
    // the list behind the figure is the list to work through
    let rows = sides(&behind(&rig, "2024-05", "accuracy", ""));
    let expected: Vec<(i64, Side)> = std::iter::once((drawn[1], Side::Good))
        .chain(drawn[2..].iter().map(|id| (*id, Side::Open)))
        .collect();
    assert_eq!(rows, expected);
    // what is checked after the month leaves it as it was
    rig.at("2024-06-02T04:00:00Z");
    check(&mut rig, drawn[2]);
    let after = row(&rig, "2024-05", "", "accuracy").figure;
    assert_eq!((after.k, after.n, after.pending), (figure.k, figure.n, figure.pending));
    rig.sound();
}

#[test]
fn f34_f38_whose_records_lack_something_or_wait_for_a_second_person_and_whose_promises_were_late() {
    let mut rig = rig();
    let (bare, full) = (rig.customer("甲公司"), rig.customer("乙公司"));
    rig.write(edit(Noun::Customer, full, 1, Field::Industry, "", "制造业"));
    for id in [bare, full] {
        let task = next("回访", "2024-05-18");
        rig.at("2024-05-17T02:00:00Z");
        rig.write(Change::AddTask { customer: CustomerId(id), task });
    }
    let task = rig.count(&format!("SELECT id FROM task WHERE customer_id={full} AND text='回访'"));
    rig.write(Change::Done(vec![crate::domain::change::TaskRef::Stored(task)]));
    rig.me = rig.person("zhao", "admin", "operations");
    rig.at("2024-05-20T02:00:00Z");
    rig.write(Change::Check(CustomerId(full)));
    let rows = |rig: &Rig, id: &'static str| sides(&behind(rig, "2024-05", id, ""));
    for (id, k, n) in [("checked", 1, 2), ("tasks_in_time", 1, 2)] {
        let figure = row(&rig, "2024-05", "", id).figure;
        assert_eq!((figure.k, figure.n), (Some(k), Some(n)), "{id}");
        assert_eq!(rows(&rig, id), [(bare, Side::Bad), (full, Side::Good)], "{id}");
    }
    // filled fields add up to those of the figure, and whoever lacks most comes first
    let listed = behind(&rig, "2024-05", "completeness", "");
    let filled: f64 = listed.rows.iter().filter_map(|row| row.amount).sum();
    let figure = row(&rig, "2024-05", "", "completeness").figure;
    assert_eq!((figure.k.map(|k| k as f64), figure.n), (Some(filled), Some(8)));
    assert_eq!(listed.rows.first().map(|row| row.customer.0), Some(bare));
    // of a month that is over nobody wrote down how complete records were
    assert!(
        rows(&rig, "completeness").len() == 2
            && sides(&behind(&rig, "2024-04", "completeness", "")).is_empty()
    );
}

#[test]
fn k23_f24_from_ten_hours_to_two_is_eighty_percent_quicker_and_open_requests_wait() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let mut ask = |at: &str, answered: Option<&str>| {
        rig.at(at);
        let set = vec![
            (Field::RequestDepartment, Value::text("sales")),
            (Field::RequestText, Value::text("补充案例")),
        ];
        rig.write(Change::Ask { customer: CustomerId(id), touch: None, set, by: None });
        let request = rig.count("SELECT max(id) FROM request");
        if let Some(at) = answered {
            rig.at(at);
            rig.write(Change::Request { id: request, step: requests::Step::Answer("已发".into()) });
        }
    };
    // April: 12 h and 8 h, 10 in the mean; May: 2 h, and one that nobody has handled
    ask("2024-04-02T01:00:00Z", Some("2024-04-02T13:00:00Z"));
    ask("2024-04-03T01:00:00Z", Some("2024-04-03T09:00:00Z"));
    ask("2024-05-02T01:00:00Z", Some("2024-05-02T03:00:00Z"));
    ask("2024-05-03T01:00:00Z", None);
    rig.at("2024-06-01T02:00:00Z");
    near(value(&rig, "2024-04", "sync_time"), 10.0);
    let may = row(&rig, "2024-05", "", "sync_time");
    assert_eq!((may.figure.value, may.figure.cases), (Some(2.0), Some(1)));
    let faster = row(&rig, "2024-05", "", "sync_shortening");
    near(faster.figure.value, 0.8);
    assert_eq!((faster.target, faster.verdict), (Some(0.8), Some(Verdict::Met)));
    assert_eq!(value(&rig, "2024-04", "sync_shortening"), None, "March has nothing to compare with");
    // two hours are the line (P23): in time
    assert_eq!(sides(&behind(&rig, "2024-05", "sync_time", "")), [(id, Side::Good)]);
    assert_eq!(sides(&behind(&rig, "2024-04", "sync_time", "")), [(id, Side::Bad)]);
    rig.sound();
}

#[test]
fn k23_f25_ten_complaints_about_repeat_contact_and_then_one_are_a_fall_of_ninety_percent() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let mut complain = |day: &str, subject: &str| {
        let at: chrono::DateTime<chrono::Utc> = format!("{day}T02:00:00Z").parse().unwrap();
        let set = vec![
            (Field::ComplaintSummary, Value::text("多部门重复联系")),
            (Field::ComplaintSubject, Value::text(subject)),
            (Field::ComplaintOpened, Value::Moment(at.timestamp_millis())),
        ];
        rig.write(Change::Add { noun: Noun::Complaint, customer: CustomerId(id), set });
    };
    for _ in 0..9 {
        complain("2024-03-10", "重复触达");
    }
    complain("2024-03-10", "Repeat contact");
    complain("2024-04-10", "重复联系");
    complain("2024-04-11", "售后");
    near(value(&rig, "2024-03", "repeat_contacts"), 10.0);
    near(value(&rig, "2024-04", "repeat_contacts"), 1.0);
    let fall = row(&rig, "2024-04", "", "repeat_contact_decrease");
    near(fall.figure.value, 0.9);
    assert_eq!((fall.target, fall.verdict), (Some(0.9), Some(Verdict::Met)));
    assert_eq!(value(&rig, "2024-03", "repeat_contact_decrease"), None, "nothing to fall from");
    assert_eq!(sides(&behind(&rig, "2024-04", "repeat_contacts", "")), [(id, Side::Good)]);
    rig.sound();
}

#[test]
fn f36_touches_are_held_against_what_the_row_of_the_class_plans_for_the_days_gone() {
    let mut rig = rig();
    rig.at("2024-04-01T02:00:00Z");
    let (kept, left) = (rig.customer("甲公司"), rig.customer("乙公司"));
    rig.write(class(kept, "high"));
    rig.write(class(left, "high"));
    assert_eq!(rig.count("SELECT sum(365/ideal_days) FROM strategy_touch WHERE strategy_id=1"), 16);
    rig.at("2024-05-11T02:00:00Z");
    rig.write(touch(kept, "2024-05-02T02:00:00Z", 0));
    let missed = touch(left, "2024-05-02T03:00:00Z", 0);
    let Change::LogTouch(missed) = missed else { panic!() };
    rig.write(Change::Unanswered { touch: missed, task: None, again: next("再打", "2024-05-13") });
    // eleven days of May have begun: 2 customers × 16 × 11/365 = 0.9644 planned, one reached
    let running = row(&rig, "2024-05", "high", "cadence").figure;
    near(running.value, 1.0 / (2.0 * 16.0 * 11.0 / 365.0));
    // all of May: 2 × 16 × 31/365 = 2.7178
    rig.at("2024-06-01T02:00:00Z");
    let may = row(&rig, "2024-05", "", "cadence");
    near(may.figure.value, 1.0 / (2.0 * 16.0 * 31.0 / 365.0));
    assert_eq!((may.target, may.verdict), (Some(1.0), Some(Verdict::Missed)));
    // classes without customers have no plan to keep
    assert_eq!(row(&rig, "2024-05", "growth", "cadence").figure.value, None);
    // who was left out comes first; 1 touch of 1.36 planned is too little as well
    assert_eq!(sides(&behind(&rig, "2024-05", "cadence", "high")), [(left, Side::Bad), (kept, Side::Bad)]);
    let week = sides(&behind(&rig, "2024-W18", "cadence", "high"));
    assert_eq!(week, [(left, Side::Bad), (kept, Side::Good)], "0.31 planned");
    rig.sound();
}

#[test]
fn f37_k50_customers_cost_against_their_year_and_a_hundred_and_twenty_percent_is_too_much() {
    let mut rig = rig();
    rig.at("2024-01-02T02:00:00Z");
    let (dear, plain) = (rig.customer("甲公司"), rig.customer("乙公司"));
    for id in [dear, plain] {
        // 200 yuan a year each
        rig.write(class(id, "growth"));
    }
    rig.at("2024-05-20T02:00:00Z");
    rig.write(touch(dear, "2024-02-01T02:00:00Z", 200));
    let gift = |customer: i64, day: &str, yuan: i64, kind: &str| Change::Add {
        noun: Noun::Expense,
        customer: CustomerId(customer),
        set: vec![
            (Field::ExpenseDay, Value::Day(day.parse().unwrap())),
            (Field::ExpenseKind, Value::text(kind)),
            (Field::ExpenseAmount, Value::Money(Fen(yuan * 100))),
        ],
    };
    rig.write(gift(dear, "2024-03-01", 39, "gift"));
    // the year before, and a kind that is told apart (D21), do not run against it
    rig.write(gift(dear, "2023-12-31", 500, "gift"));
    rig.write(gift(dear, "2024-03-01", 500, "coupon"));
    rig.write(gift(plain, "2024-01-02", 240, "gift"));
    // (200 + 39 + 240) ÷ 400 = 1.1975
    let growth = row(&rig, "2024-05", "growth", "customer_cost");
    near(growth.figure.value, 1.1975);
    assert_eq!((growth.target, growth.verdict), (Some(1.2), Some(Verdict::Met)));
    assert_eq!(value(&rig, "2024-05", "customer_cost"), growth.figure.value);
    // 239 of 200 are 119.5 %, 240 are the line
    let rows = sides(&behind(&rig, "2024-05", "customer_cost", "growth"));
    assert_eq!(rows, [(plain, Side::Bad), (dear, Side::Good)]);
    // one yuan more and all of them are at 120 %
    rig.write(gift(dear, "2024-05-01", 1, "gift"));
    assert_eq!(row(&rig, "2024-05", "", "customer_cost").verdict, Some(Verdict::Unclear));
    // January had seen 240 of 400; a company that counts coupons counts them here, too
    near(value(&rig, "2024-01", "customer_cost"), 0.6);
    rig.write_setting("budget_counts", "all");
    near(value(&rig, "2024-05", "customer_cost"), 980.0 / 400.0);
    assert_eq!(row(&rig, "2024-05", "dormant", "customer_cost").figure.value, None, "nobody is dormant");
    rig.sound();
}
