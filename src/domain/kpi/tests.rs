//! What figures say of a period that is not over: tests of its own, since it touches counting, comparison and verdict alike.
//! The period is May 2024, known on the 20th at 14:02, unless a test says otherwise; the zone is UTC+8.

use chrono::{DateTime, NaiveDate};

use super::book::{Category, Contract, Expense};
use super::{Book, Company, Figure, Order, Period, Rules, Span, Tally, Verdict, kpi};
use crate::domain::clock::Zone;

const NOW: &str = "2024-05-20T14:02:00+08:00";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(period: &str, as_of: &str) -> Span {
    let as_of = as_of.parse::<DateTime<chrono::Utc>>().unwrap().timestamp_millis();
    Span { period: Period::read(period).unwrap(), zone: Zone::default(), as_of, rules: Rules::default() }
}

/// A customer who ordered for 100 yuan on these days.
fn buyer(customer: i64, days: &[&str]) -> Book {
    let order = |text: &&str| Order { day: day(text), at: None, net: 10_000, cost: None, recorded: None };
    let orders: Vec<Order> = days.iter().map(order).collect();
    Book { customer, first: orders.first().map(|o| o.day), orders, ..Book::default() }
}

/// A figure of all of them; the store tells no orders after the instant of knowledge, and neither do we.
fn figure(span: Span, books: &[Book], id: &str) -> Figure {
    let mut tally = Tally::new(span);
    for book in books {
        let mut book = book.clone();
        book.orders.retain(|o| o.day <= span.as_of_day());
        tally.add(&book);
    }
    let all = tally.figures(&Company::default());
    all.first().unwrap().iter().find(|f| f.id == id).unwrap().clone()
}

#[test]
fn f12_whoever_may_still_buy_before_the_end_of_a_running_month_is_not_lost() {
    // 180 days before the 20th of May 2024 is the 22nd of November 2023, before the 1st of June the 4th of December
    let books = [
        buyer(1, &["2023-11-21"]),
        buyer(2, &["2023-11-22"]),
        buyer(3, &["2023-12-03"]),
        buyer(4, &["2023-11-10", "2024-05-20"]),
    ];
    let churn = |as_of| {
        let f = figure(span("2024-05", as_of), &books, "churn");
        (f.k.unwrap(), f.n.unwrap())
    };
    // on the 20th only the first has been silent for 180 days that are over
    assert_eq!(churn(NOW), (1, 4));
    // a day later the second, too: the last second of the 20th still counts for the 20th's end
    assert_eq!(churn("2024-05-20T23:59:59.998+08:00"), (1, 4));
    assert_eq!(churn("2024-05-20T23:59:59.999+08:00"), (2, 4));
    assert_eq!(churn("2024-05-21T00:00:00+08:00"), (2, 4));
    // and when the month is over, all three
    assert_eq!(churn("2024-05-31T23:59:59.999+08:00"), (3, 4));
    assert_eq!(churn("2024-06-20T12:00:00+08:00"), (3, 4));
}

#[test]
fn what_is_told_of_the_last_365_days_ends_with_the_day_of_knowledge_while_the_period_runs() {
    // two purchase days within 365 days of the 20th, of which the first is out of them on the 31st
    let books = [buyer(1, &["2023-05-25", "2024-05-02"])];
    let repurchase = |as_of| figure(span("2024-05", as_of), &books, "repurchase").k.unwrap();
    assert_eq!(repurchase(NOW), 1);
    assert_eq!(repurchase("2024-06-01T00:00:00+08:00"), 0);
}

#[test]
fn c12_a_running_month_is_compared_with_as_many_days_of_the_one_before() {
    let books = [
        buyer(1, &["2023-01-10", "2024-04-20", "2024-05-03"]),
        buyer(2, &["2023-01-10", "2024-04-21", "2024-05-04"]),
        buyer(3, &["2023-01-10", "2024-05-05"]),
    ];
    // 300 yuan against the 100 of the first twenty days of April; against all of April it would be half as much more
    let grown = |as_of| figure(span("2024-05", as_of), &books, "repurchase_amount_growth").value.unwrap();
    assert!((grown(NOW) - 2.0).abs() < 1e-9);
    assert!((grown("2024-06-01T00:00:00+08:00") - 0.5).abs() < 1e-9);
    // of the buyers of those days, one of one bought again
    let again = figure(span("2024-05", NOW), &books, "rebuy");
    assert_eq!((again.k, again.n), (Some(1), Some(1)));
}

#[test]
fn c12_the_same_days_end_with_the_shorter_month_and_are_none_for_a_closed_one() {
    let until = |period: &str, as_of: &str| span(period, as_of).before_until().to_string();
    assert_eq!(until("2024-05", NOW), "2024-04-21");
    assert_eq!(until("2024-Q2", NOW), "2024-02-20");
    assert_eq!(until("2024-03", "2024-03-30T09:00:00+08:00"), "2024-03-01");
    assert_eq!(until("2024-04", NOW), "2024-04-01");
    assert_eq!(span("2024-04", NOW).same_days(), None);
    let same = span("2024-05", NOW).same_days().unwrap();
    assert_eq!(DateTime::from_timestamp_millis(same + 1).unwrap().to_rfc3339(), "2024-04-20T16:00:00+00:00");
    // and seen from then, those days of April are what runs
    let then = Span { period: Period::read("2024-04").unwrap(), as_of: same, ..span("2024-04", NOW) };
    assert_eq!((then.stand(), then.open_day()), (day("2024-04-21"), day("2024-04-21")));
}

#[test]
fn c11_what_adds_up_has_no_verdict_before_its_period_is_over_but_a_line_passed_stays_passed() {
    let told = |id: &str, value: f64, target: f64, runs: bool| {
        let figure = Figure { value: Some(value), ..Figure::empty(id) };
        kpi(id).unwrap().verdict(&figure, Some(target), runs)
    };
    assert_eq!(told("orders", 428.0, 700.0, true), Some(Verdict::Running));
    assert_eq!(told("orders", 428.0, 700.0, false), Some(Verdict::Missed));
    assert_eq!(told("repurchase_amount_growth", -0.5, 0.15, true), Some(Verdict::Running));
    assert_eq!(told("churn", 0.05, 0.15, true), Some(Verdict::Running));
    // rates over cases that are over already are judged
    assert_eq!(told("response", 0.4, 0.8, true), Some(Verdict::Missed));
    // one breach is one too many whatever comes; none so far is not yet none
    assert_eq!(told("breaches", 1.0, 0.0, true), Some(Verdict::Missed));
    assert_eq!(told("breaches", 0.0, 0.0, true), Some(Verdict::Running));
}

#[test]
fn revenue_kept_counts_nobody_above_what_they_brought_and_revenue_with_growth_does() {
    // the 180 days before May 2024 begin on the 3rd of November, those before its end on the 4th of December
    let books = [
        // 100 yuan before, 200 now
        buyer(1, &["2024-01-10", "2024-05-05"]),
        // 100 before, lost since
        buyer(2, &["2023-11-10"]),
        // 200 before, 100 now
        buyer(3, &["2023-11-10", "2024-02-01"]),
        // the day before the window, and the month itself: not active at the start
        buyer(4, &["2023-11-02", "2024-05-06"]),
    ];
    let told = |id: &str| figure(span("2024-05", "2024-06-20T12:00:00+08:00"), &books, id);
    // kept (100 + 0 + 100) of 400; with growth (200 + 0 + 100) of 400
    assert_eq!((told("grr").value, told("grr").cases), (Some(0.5), Some(3)));
    assert_eq!(told("nrr").value, Some(0.75));
    // nobody was active: there is no rate
    let none = figure(span("2022-05", "2022-06-20T12:00:00+08:00"), &books, "grr");
    assert_eq!((none.value, none.cases), (None, Some(0)));
}

#[test]
fn renewal_by_value_weighs_contracts_and_waits_for_their_grace() {
    let contract = |annual: i64, renewed: Option<&str>| Contract {
        expires: day("2024-04-10"),
        renewed: renewed.map(day),
        annual,
    };
    let book = Book {
        customer: 1,
        contracts: vec![contract(10_000_000, Some("2024-05-10")), contract(30_000_000, Some("2024-05-11"))],
        ..Book::default()
    };
    // the first on the thirtieth day of its grace, the second a day too late: 1 of 2, 100,000 of 400,000 yuan
    let over = span("2024-04", "2024-05-11T00:00:00+08:00");
    let told = |span: Span, id: &str| figure(span, std::slice::from_ref(&book), id);
    assert_eq!(told(over, "renewal").value, Some(0.5));
    assert_eq!(
        (told(over, "renewal_value").value, told(over, "renewal_value").pending),
        (Some(0.25), Some(0))
    );
    // while the grace runs, both wait
    let runs = span("2024-04", "2024-05-10T23:59:59+08:00");
    assert_eq!((told(runs, "renewal_value").value, told(runs, "renewal_value").pending), (None, Some(2)));
}

#[test]
fn the_cost_of_a_new_customer_is_told_of_three_months_too() {
    let spent =
        |text: &str, yuan: i64| Expense { day: day(text), category: Category::Acquisition, fen: yuan * 100 };
    let company = Company {
        expenses: vec![spent("2024-02-29", 999), spent("2024-03-01", 300), spent("2024-05-31", 300)],
        ..Company::default()
    };
    let mut tally = Tally::new(span("2024-05", "2024-06-20T12:00:00+08:00"));
    for book in [buyer(1, &["2024-02-29"]), buyer(2, &["2024-03-01"]), buyer(3, &["2024-05-31"])] {
        tally.add(&book);
    }
    let all = tally.figures(&company);
    let value = |id: &str| all[0].iter().find(|f| f.id == id).unwrap().value;
    // May: 300 for one; March to May: 600 for two, what February spent and won left out
    assert_eq!((value("cac"), value("cac_rolling")), (Some(300.0), Some(300.0)));
    // no lifetime value is known of three customers: no ratio either
    assert_eq!((value("ltv"), value("ltv_cac")), (None, None));
    // expenses of no customer in particular belong to no class
    assert!(all[1].iter().find(|f| f.id == "cac_rolling").unwrap().value.is_none());
}
