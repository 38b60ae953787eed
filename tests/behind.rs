//! What stands behind a number, and the way there and back: the customers who make a figure bad come first and can be seen
//! alone, a running period says so, and `Esc` leads from a list to where it was opened.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::Msg;
use guanxi::app::feed::Slot;
use guanxi::app::panes::PaneId;
use guanxi::app::panes::board::View;
use guanxi::domain::change::{Change, NewCustomer, NewTouch};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, KpiQuery, Period, Query};
use rig::Rig;

/// Orders on which the churn of May rests: the first customer has been silent for 180 days, the third will have been at
/// the end of the month, the second buys.
const ORDERS: [(i64, &str); 4] = [(1, "2023-11-10"), (2, "2024-03-01"), (2, "2024-05-06"), (3, "2023-11-25")];

fn with_orders(lang: Lang, width: u16, height: u16) -> Rig {
    let mut rig = Rig::company(lang, width, height);
    for (customer, day) in ORDERS {
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(100_000))),
        ];
        rig.write(Change::Add { noun: Noun::Order, customer: CustomerId(customer), set });
    }
    rig.send(Msg::Elsewhere);
    rig
}

/// The cursor goes to a figure by its name.
fn stand_on(rig: &mut Rig, name: &str) {
    rig.keys("<Home>");
    for _ in 0..60 {
        if rig.screen().contains(&format!("{name} · ")) {
            return;
        }
        rig.keys("<Down>");
    }
    rig.shows(&[name]);
}

#[test]
fn f12_enter_on_the_churn_shows_the_lost_first_and_a_key_shows_them_alone() {
    let mut rig = with_orders(Lang::En, 120, 36);
    rig.keys("5");
    stand_on(&mut rig, "Churn rate");
    rig.shows(&["1/3", "…running"]);
    rig.keys("<Enter>").shows(&["Churn rate · All customers: 3 customers: 1 lost, 2 kept"]);
    let screen = rig.screen();
    let (lost, kept) = (screen.find("宏达机械制造").unwrap(), screen.find("恒远物流").unwrap());
    assert!(lost < kept, "{screen}");
    rig.keys("f").shows(&["only lost", "宏达机械制造"]).hides(&["恒远物流", "优品汇"]);
    rig.keys("f").shows(&["only kept", "恒远物流", "优品汇"]).hides(&["宏达机械制造"]);
    rig.keys("f").shows(&["宏达机械制造", "恒远物流"]);
    rig.keys("<Esc>").shows(&["Target", "Churn rate"]);
    // when the month is over the third is lost, too, and nothing runs any more
    rig.pass(20 * 24 * 3600);
    rig.keys("5[").shows(&["2/3", "66.7%"]).hides(&["…running"]);
}

#[test]
fn a_list_behind_a_number_is_worked_in_each_key_about_the_row_under_the_cursor_or_all_that_are_marked() {
    let mut rig = with_orders(Lang::En, 120, 36);
    rig.keys("5");
    stand_on(&mut rig, "Churn rate");
    rig.keys("<Enter>");
    let at_hand = |rig: &Rig| rig.app.shared.subject.as_ref().unwrap().name.clone();
    let first = at_hand(&rig);
    assert_eq!(first, "宏达机械制造有限公司");
    rig.keys("a").shows(&["Log a touch", &first]);
    rig.keys("<Esc><Down>");
    let second = at_hand(&rig);
    assert_ne!(second, first);
    rig.keys("a").shows(&["Log a touch", &second]);
    // a mark stands beside its row; with all of them marked, one form is about all of them
    rig.keys("<Esc><Home> ").shows(&["✓"]);
    assert_eq!(rig.app.shared.marks.len(), 1);
    rig.keys("V").shows(&["3 marked: t tags, p plans, H hands over"]);
    rig.keys("p").shows(&["3 customers"]);
    rig.keys("<Esc>V").shows(&["Unmarked all 3"]);
    assert!(rig.app.shared.marks.is_empty());
}

#[test]
fn a_running_period_says_so_and_compares_the_same_days() {
    let mut rig = with_orders(Lang::Zh, 130, 36);
    rig.keys("5").shows(&["2024年5月(进行中,第20天,共31天)"]);
    stand_on(&mut rig, "订单数");
    rig.shows(&["2024年4月同期"]);
    rig.keys("[").shows(&["2024年4月 ·"]).hides(&["进行中,第"]);
    let mut small = with_orders(Lang::En, 80, 24);
    small.keys("5").shows(&["KPI, day 20/31"]);
    small.keys("[").hides(&["day 20/31"]);
}

#[test]
fn f45_maintenance_and_expansion_stand_apart_and_a_click_between_them_hits_the_figure_it_is_on() {
    let mut rig = with_orders(Lang::En, 120, 36);
    rig.keys("5").shows(&["Maintenance", "Expansion", "Change"]);
    let (lines, _) = rig.paint();
    let line = |name: &str| lines.iter().position(|l| l.trim_start_matches('▌').trim() == name).unwrap();
    let (first, second) = (line("Maintenance"), line("Expansion"));
    let of = |name: &str| {
        lines.iter().position(|l| l.trim_start_matches('▌').trim_start().starts_with(name)).unwrap()
    };
    assert!(first < of("Response rate") && of("Customer value") < second && second < of("Net revenue"));
    let orders = u16::try_from(of("Orders")).unwrap();
    rig.send(Msg::Click(5, orders));
    rig.shows(&["Orders · All customers"]);
    // the name of a group is no figure
    rig.send(Msg::Click(5, u16::try_from(second).unwrap()));
    rig.shows(&["Orders · All customers"]);
    // the last figure is reached and seen at every height, and a low screen has no names
    for (width, height) in [(120, 36), (80, 24), (80, 18), (60, 12)] {
        let mut rig = with_orders(Lang::En, width, height);
        rig.keys("5<End>");
        let (lines, _) = rig.paint();
        assert!(
            lines.iter().any(|l| l.starts_with('▌') && l.contains("Records checked")),
            "{height}: {lines:#?}"
        );
        assert_eq!(lines.iter().any(|l| l.trim() == "Work"), height >= 18);
    }
}

#[test]
fn the_first_count_of_a_period_says_how_far_it_is_until_the_figures_are_here() {
    let mut rig = with_orders(Lang::En, 100, 30);
    rig.hold(true);
    rig.keys("5").shows(&["Counting…", "Its first look each day counts everybody"]).hides(&["%"]);
    rig.send(Msg::Counting(340_000, 1_000_000));
    rig.shows(&["Counting… 34 %"]);
    // keys work meanwhile
    rig.keys("1").shows(&["All customers"]);
    rig.keys("5").shows(&["Counting… 34 %"]);
    rig.hold(false);
    rig.shows(&["Response rate"]).hides(&["Counting"]);
    // what is over is counted once, so that it says nothing of every day
    rig.hold(true);
    rig.keys("[").shows(&["Counting"]).hides(&["first look"]);
}

#[test]
fn figures_of_yesterday_stand_with_their_day_while_a_new_count_goes_on() {
    for (lang, aged, counting) in
        [(Lang::En, "counted 05-20 14:02", "Counting… 40 %"), (Lang::Zh, "统计于05-20 14:02", "正在统计…40%")]
    {
        let mut rig = with_orders(lang, 120, 30);
        rig.keys("5").hides(&[aged]);
        rig.hold(true);
        rig.pass(12 * 3_600);
        rig.shows(&[aged]);
        rig.send(Msg::Counting(4, 10));
        rig.shows(&[aged, counting]);
        rig.hold(false);
        // whatever happens in the company asks for the figures of now
        rig.send(Msg::Elsewhere);
        rig.hides(&[aged, counting]);
    }
}

#[test]
fn figures_of_a_running_period_show_as_they_were_counted_last_until_those_of_now_are_here() {
    let mut rig = with_orders(Lang::En, 120, 30);
    let month = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
    let Ok(Answer::Kpis(mut counted)) = rig.store.ask(&rig.actor, &Query::Kpis(month), rig.now) else {
        panic!("figures");
    };
    rig.store.keep(&counted.fresh.take().unwrap()).unwrap();
    rig.pass(12 * 60);
    rig.hold(true);
    rig.keys("5").shows(&["Counting"]);
    rig.let_come(Slot::KpisBefore);
    rig.shows(&["counted 14:02", "Response rate"]);
    rig.hold(false);
    rig.shows(&["Response rate"]).hides(&["counted 14:02"]);
}

#[test]
fn c12_the_same_period_a_year_before_stands_beside_the_figure() {
    let mut rig = with_orders(Lang::En, 130, 36);
    for (customer, day, yuan) in [(1, "2023-05-03", 400), (2, "2023-05-28", 9_000)] {
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(yuan * 100))),
        ];
        rig.write(Change::Add { noun: Noun::Order, customer: CustomerId(customer), set });
    }
    rig.send(Msg::Elsewhere);
    rig.keys("5");
    stand_on(&mut rig, "Order value");
    // on the 20th of May: of the year before only what came until its 20th
    rig.shows(&["↑ +600.00 on 400.00 a year before"]);
    rig.keys("w").shows(&["on 400.00 a year before"]);
    rig.keys("<Esc>[").hides(&["a year before"]);
}

#[test]
fn a_list_that_was_opened_from_the_board_is_given_back_as_it_was() {
    let mut rig = with_orders(Lang::Zh, 120, 36);
    // an order and a filter of one's own
    rig.keys("1f宏达<Enter>ss<Esc>");
    let before = (rig.app.panes.customers.filter_text.clone(), rig.app.panes.customers.sort);
    rig.keys("5<Tab><Tab><Down><Down><Down>");
    rig.keys("<Home><Enter>");
    assert_eq!(rig.app.active, PaneId::Customers);
    assert_eq!(rig.app.panes.customers.filter_text, "");
    rig.keys("<Enter>");
    assert_eq!(rig.app.active, PaneId::Profile);
    rig.keys("<Esc><Esc>");
    assert_eq!((rig.app.active, rig.app.panes.board.view), (PaneId::Board, View::Counts));
    let after = (rig.app.panes.customers.filter_text.clone(), rig.app.panes.customers.sort);
    assert_eq!(before, after);
    // by its number a pane is entered for good
    rig.keys("<Home><Enter>5");
    rig.keys("1<Esc>");
    assert_eq!(rig.app.active, PaneId::Customers);
}

#[test]
fn a_class_of_the_matrix_and_touches_of_the_board_lead_back_with_esc() {
    let mut rig = with_orders(Lang::Zh, 120, 36);
    rig.keys("4<Down>");
    let row = rig.app.panes.matrix.cursor.at;
    rig.keys("<Enter>");
    assert_eq!(rig.app.active, PaneId::Customers);
    rig.keys("<Esc>");
    assert_eq!((rig.app.active, rig.app.panes.matrix.cursor.at), (PaneId::Matrix, row));
    rig.keys("5<Tab><Tab><Home><Down><Down><Enter>");
    assert_eq!(rig.app.active, PaneId::Ledger);
    rig.keys("<Esc>");
    assert_eq!((rig.app.active, rig.app.panes.board.cursor.at), (PaneId::Board, 2));
    assert_eq!(rig.app.panes.ledger.touches.text, "");
}

#[test]
fn a_trend_opens_its_figure_and_esc_lands_on_the_same_line_of_the_trends() {
    let mut rig = with_orders(Lang::Zh, 120, 36);
    rig.keys("5<Tab><Tab><Tab><Tab><Tab>").shows(&["趋势"]);
    rig.keys("<Down><Down>");
    let at = rig.app.panes.board.analysis.cursor.at;
    rig.keys("<Enter>");
    assert_eq!(rig.app.panes.board.view, View::Kpis);
    rig.keys("<Esc>");
    assert_eq!((rig.app.panes.board.view, rig.app.panes.board.analysis.cursor.at), (View::Analysis, at));
    assert_eq!(rig.app.panes.board.segment(), "");
}

#[test]
fn every_page_of_the_analyses_is_reached_where_no_class_has_moved() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("5<BackTab><BackTab><Right><Right><Right>");
    let page = |rig: &Rig| rig.app.panes.board.analysis.page;
    let moves = page(&rig);
    rig.keys("<Right>");
    assert_ne!(page(&rig), moves);
    rig.keys("<Left>");
    assert_eq!(page(&rig), moves);
    rig.keys("<Right><Right>").shows(&["漏斗"]);
    rig.keys("<Left><Left><Left>");
    assert_ne!(page(&rig), moves);
}

#[test]
fn the_rest_of_a_long_list_comes_when_its_end_is_wanted() {
    let mut rig = Rig::empty(Lang::En, 100, 30);
    for n in 0..620 {
        let firm = NewCustomer {
            values: vec![(Field::Name, Value::text(&format!("Firm {n:04}")))],
            ..NewCustomer::default()
        };
        let made = rig.write(Change::AddCustomer(Box::new(firm)));
        let touch = NewTouch {
            override_reason: Some("test".into()),
            ..NewTouch::plain(made.customer.unwrap(), "2024-05-02T02:00:00Z".parse().unwrap(), "call")
        };
        rig.write(Change::LogTouch(Box::new(touch)));
    }
    rig.send(Msg::Elsewhere);
    rig.keys("5<Enter>").shows(&["620 customers"]);
    rig.keys("<End>");
    assert_eq!(rig.app.panes.board.behind.at, 619);
    // to be marked, the rest is fetched too
    rig.keys("<Esc><Enter>V").shows(&["620 marked"]);
    assert_eq!(rig.app.shared.marks.len(), 620);
}

/// The lines of the figures: below the heads, above the explanation.
fn figures(rig: &Rig) -> Vec<String> {
    let (lines, _) = rig.paint();
    lines.into_iter().skip(3).take_while(|line| !line.starts_with('─')).collect()
}

#[test]
fn no_name_and_no_verdict_of_a_figure_is_cut_at_any_width() {
    for (lang, widths) in [(Lang::En, &[40, 66, 80, 99, 100, 120][..]), (Lang::Zh, &[40, 80, 100])] {
        for width in widths.iter().copied() {
            let mut rig = with_orders(lang, width, 24);
            rig.keys("5");
            let mut seen = 0;
            for _ in 0..6 {
                for line in figures(&rig) {
                    seen += 1;
                    // the sign of a running period stands before its word, that of a cut text at its end
                    let cut = line.split(' ').any(|word| word.ends_with('…'));
                    assert!(!cut, "{width} columns: {line}");
                }
                rig.keys("<PgDn>");
            }
            assert!(seen > 60, "{width} columns: {seen} lines");
        }
    }
}

#[test]
fn what_lies_behind_a_verdict_stands_beside_it_where_a_screen_is_wide() {
    let mut rig = with_orders(Lang::En, 200, 40);
    rig.keys("5");
    stand_on(&mut rig, "Churn rate");
    rig.keys("n年末停产<Enter>");
    rig.shows(&["Cause, interval, open cases", "年末停产 · 95 % interval 6.1% to 79.2%"]);
    let mut narrow = with_orders(Lang::En, 120, 40);
    narrow.keys("5").hides(&["open cases"]);
}

#[test]
fn the_smallest_screen_says_of_a_list_behind_a_number_who_and_how_and_of_alarms_whom_they_are_about() {
    let mut rig = with_orders(Lang::En, 40, 12);
    rig.keys("5");
    stand_on(&mut rig, "Churn rate");
    rig.keys("<Enter>").shows(&["宏达机械制造有限公司", "lost", "kept"]);
    let mut zh = with_orders(Lang::Zh, 60, 12);
    zh.keys("5");
    stand_on(&mut zh, "客户流失率");
    zh.keys("<Enter>").shows(&["C202405001", "宏达机械制造有限公司", "流失", "留存"]);
}

#[test]
fn the_important_words_of_a_name_stand_at_eighty_columns_and_the_whole_name_below() {
    let mut rig = with_orders(Lang::En, 80, 24);
    rig.keys("5");
    stand_on(&mut rig, "Revenue with growth, NRR");
    rig.shows(&["▌Revenue grown, NRR"]);
    let mut smallest = with_orders(Lang::En, 40, 12);
    smallest.keys("5");
    assert!(figures(&smallest).iter().any(|line| line.contains("no cases")), "{}", smallest.screen());
}

#[test]
fn follow_ups_that_came_due_open_the_customers_whose_they_were_and_esc_leads_back_to_the_counts() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("5<Tab><Tab>").shows(&["Follow-ups come due"]);
    rig.keys("<Down><Down><Down><Down><Enter>").shows(&["Promises in time · All customers: ", " late"]);
    rig.keys("<Esc>").shows(&["Follow-ups come due"]);
}

#[test]
fn f48_each_line_of_a_persons_sheet_opens_its_own_cases_and_esc_leads_back_to_the_sheet() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("5");
    while rig.app.panes.board.view != View::People {
        rig.keys("<Tab>");
    }
    // somebody else than the one who looks
    rig.keys("<Down><Enter>").shows(&["follow-ups done in time", "customers: "]);
    let name = rig.app.panes.board.people.row(&rig.app.shared).map(|row| row.name.clone()).unwrap();
    rig.keys("<Down><Enter>").shows(&[&format!("follow-ups done in time · {name}: "), " late"]);
    rig.keys("<Esc>").shows(&["judged by the manager", "customers: "]);
    rig.keys("<Home><Enter>").shows(&[&format!("written down within 24 h · {name}: "), " in time"]);
    rig.keys("<Esc><End><Enter>");
    assert_eq!(rig.app.active, PaneId::Customers, "the customers of a class are worked in their list");
    rig.shows(&[&format!("owner:{name} segment:")]);
}
