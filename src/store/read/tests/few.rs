//! Attempts to read the amounts of a customer that one may not see from figures over a handful of customers: a group of one,
//! two own and one other, all less the groups that show, the counts, a baseline, the report, the export of the board.

use super::*;
use crate::domain::change::Reviewing;
use crate::domain::people::PersonId;
use crate::store::request::export::{Exported, Wanted};
use crate::store::request::{KpiQuery, Kpis, Period};

/// Yuan of the n-th customer's one order in May: no sum of some of them is one of them.
const fn yuan(n: i64) -> i64 {
    100_003 + n * n * 1_009
}

struct House {
    c: Company,
    /// An account manager of sales, a colleague of sales, one of service.
    people: [Actor; 3],
    made: i64,
}

const MINE: usize = 0;
const NEAR: usize = 1;
const FAR: usize = 2;

impl House {
    fn new() -> Self {
        let mut c = Company::new();
        let me = c.person("me", "本人", "rep", "sales");
        let near = c.person("near", "孙丽", "rep", "sales");
        let far = c.person("far", "周强", "rep", "service");
        Self { c, people: [me, near, far], made: 0 }
    }

    /// A customer of one of them in a segment, with an order in May; its amount in yuan.
    fn buys(&mut self, whose: usize, segment: &str) -> i64 {
        self.buys_on(whose, segment, "2024-05-02")
    }

    fn buys_on(&mut self, whose: usize, segment: &str, day: &str) -> i64 {
        self.made += 1;
        let amount = yuan(self.made);
        let owner = self.people[whose].id;
        let customer = self.customer_of(owner);
        if !segment.is_empty() {
            self.c.class(customer, "segment", segment);
        }
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(amount * 100))),
        ];
        self.c.write(Change::Add { noun: Noun::Order, customer, set });
        amount
    }

    /// A plan of May that was evaluated against the first baseline, and closed when its figures were these.
    fn evaluated(&self, revenue: i64) {
        let sql = format!(
            "INSERT INTO plan(id,name,starts_on,ends_on,owner_id,state,written_at,written_by)
               VALUES(1,'五月计划','2024-05-01','2024-05-31',1,'done',0,1);
             INSERT INTO evaluation(id,plan_id,baseline_id,due_on,owner_id,state) VALUES(1,1,1,'2024-06-30',1,'done');
             INSERT INTO evaluation_line(evaluation_id,dimension,metric,baseline,actual,verdict)
               VALUES(1,'value','revenue','{revenue}','{revenue}','met'), (1,'value','buyers','1','1','met')"
        );
        self.c.store.db.execute_batch(&sql).unwrap();
    }

    /// The lines of that evaluation as somebody sees them: before and reached.
    fn frozen(&self, by: &Actor) -> Vec<(Option<String>, Option<String>)> {
        match self.c.store.ask(by, &Query::Evaluation(1), self.c.now).unwrap() {
            Answer::Evaluation(Some(one)) => one.lines.into_iter().map(|l| (l.baseline, l.actual)).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn customer_of(&mut self, owner: PersonId) -> CustomerId {
        let name = format!("恒远物流{}", self.made);
        let values = vec![(Field::Name, Value::text(&name)), (Field::Owner, Value::Id(owner.0))];
        let new = NewCustomer { values, ..NewCustomer::default() };
        self.c.write(Change::AddCustomer(Box::new(new))).customer.unwrap()
    }

    fn kpis(&self, by: &Actor) -> Kpis {
        match self.c.store.ask(by, &Query::Kpis(may()), self.c.now).unwrap() {
            Answer::Kpis(kpis) => *kpis,
            other => panic!("{other:?}"),
        }
    }

    /// The revenue of a segment as somebody sees it: yuan, or none where it is masked.
    fn revenue(&self, by: &Actor, segment: &str) -> Option<i64> {
        let kpis = self.kpis(by);
        let row = kpis.row(segment, "revenue").unwrap();
        assert_eq!(
            row.figure.masked,
            row.figure.value.is_none(),
            "revenue is nought or masked, never unknown"
        );
        row.figure.value.map(|value| value as i64)
    }

    /// Every way in which figures leave the store, as text; what is kept of them stays in it.
    fn answers(&self, by: &Actor) -> String {
        let ask = |query: &Query| match self.c.store.ask(by, query, self.c.now).unwrap() {
            Answer::Kpis(mut kpis) => {
                kpis.fresh = None;
                format!("{kpis:?}")
            }
            other => format!("{other:?}"),
        };
        let month = may().period;
        let queries = [
            Query::Kpis(may()),
            Query::Board(month),
            Query::Report(may()),
            Query::Baseline(1),
            Query::Evaluation(1),
        ];
        queries.iter().chain([&Query::Models(self.c.now.today())]).map(ask).collect()
    }
}

fn may() -> KpiQuery {
    KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None }
}

fn viewer(house: &mut House) -> Actor {
    house.c.person("look", "阅览", "viewer", "operations")
}

#[test]
fn i14_a_group_of_one_or_two_tells_nobody_who_may_not_see_them_and_three_show() {
    let mut house = House::new();
    let viewer = viewer(&mut house);
    let mut sum = 0;
    for n in 1..=3 {
        sum += house.buys(FAR, "");
        let seen = house.revenue(&viewer, "");
        assert_eq!(seen, (n == 3).then_some(sum), "of {n}");
        assert_eq!(house.revenue(&house.c.actor, ""), Some(sum), "an administrator sees every amount");
    }
    house.c.write(Change::Set { key: "few_customers".into(), value: "4".into() });
    assert_eq!(house.revenue(&viewer, ""), None, "the company says how many are enough");
}

#[test]
fn i14_ones_own_customers_hide_nobody_elses() {
    let mut house = House::new();
    let [me, near, far] = house.people.clone();
    let own = house.buys(MINE, "") + house.buys(MINE, "");
    assert_eq!(house.revenue(&me, ""), Some(own), "all of it is one's own");
    let sum = own + house.buys(FAR, "");
    assert_eq!(house.revenue(&me, ""), None, "less one's own two, the third is left");
    assert_eq!(house.revenue(&far, ""), None, "the other two are too few as well");
    let sum = sum + house.buys(FAR, "") + house.buys(FAR, "");
    assert_eq!((house.revenue(&me, ""), house.revenue(&far, "")), (Some(sum), None));
    assert_eq!(house.revenue(&near, ""), Some(sum));
}

#[test]
fn i14_all_less_the_segments_that_show_tells_nobody() {
    let mut house = House::new();
    let viewer = viewer(&mut house);
    let alone = house.buys(FAR, "high");
    let growth: i64 = (0..3).map(|_| house.buys(FAR, "growth")).sum();
    let dormant: i64 = (0..4).map(|_| house.buys(NEAR, "dormant")).sum();
    let seen = ["", "high", "growth", "dormant"].map(|segment| house.revenue(&viewer, segment));
    assert_eq!(seen, [Some(alone + growth + dormant), None, None, Some(dormant)]);
    let admin = ["high", "growth"].map(|segment| house.revenue(&house.c.actor, segment));
    assert_eq!(admin, [Some(alone), Some(growth)]);
}

#[test]
fn i14_a_manager_is_told_nothing_of_the_one_customer_of_another_department() {
    let mut house = House::new();
    let manager = house.c.person("head", "李强", "manager", "sales");
    let sum: i64 = (0..5).map(|_| house.buys(NEAR, "")).sum();
    assert_eq!(house.revenue(&manager, ""), Some(sum), "the whole department is theirs");
    let sum = sum + house.buys(FAR, "");
    assert_eq!(house.revenue(&manager, ""), None);
    let sum = sum + house.buys(FAR, "") + house.buys(FAR, "");
    assert_eq!(house.revenue(&manager, ""), Some(sum));
}

#[test]
fn i14_no_answer_with_figures_holds_the_amount_of_a_single_customer() {
    let mut house = House::new();
    let viewer = viewer(&mut house);
    let amount = house.buys(FAR, "high");
    let baseline = Reviewing::Baseline { period: may().period, name: "五月".into() };
    house.c.write(Change::Reviewing(Box::new(baseline)));
    house.evaluated(amount);
    let holds = |text: &str| {
        // a number that only begins with the amount in fen is it, too
        text.contains(&amount.to_string()) || text.contains(&Fen(amount * 100).yuan_grouped())
    };
    assert!(holds(&house.answers(&house.c.actor)), "an administrator finds it");
    for by in [viewer, house.people[MINE].clone(), house.people[NEAR].clone()] {
        let answers = house.answers(&by);
        assert!(!holds(&answers), "{:?}: {answers}", by.role);
        assert!(answers.contains("masked: true"));
        // what counts customers and not amounts is no secret
        assert_eq!(house.kpis(&by).row("", "buyers").unwrap().figure.value, Some(1.0));
    }
    assert!(holds(&house.answers(&house.people[FAR])), "its owner finds it");
    let [shown, count] = [amount, 1].map(|n| (Some(n.to_string()), Some(n.to_string())));
    assert_eq!(house.frozen(&house.people[FAR]), [shown, count.clone()]);
    assert_eq!(house.frozen(&house.people[MINE]), [(None, None), count], "counts of customers stand");
}

#[test]
fn i14_the_revenue_of_the_same_days_before_tells_nobody_though_that_of_all_its_days_would_not() {
    let mut house = House::new();
    let viewer = viewer(&mut house);
    let early = house.buys_on(FAR, "", "2024-04-03");
    let before =
        |house: &House, by: &Actor| match house.c.store.ask(by, &Query::Board(may().period), house.c.now) {
            Ok(Answer::Board(board)) => board.figures.iter().find(|f| f.id == "revenue").unwrap().before,
            other => panic!("{other:?}"),
        };
    for _ in 0..4 {
        house.buys_on(FAR, "", "2024-04-28");
    }
    let admin = house.c.actor.clone();
    assert_eq!(before(&house, &admin), Some(early * 100), "the days up to the 20th");
    assert_eq!(before(&house, &viewer), None);
    let more = house.buys_on(FAR, "", "2024-04-04") + house.buys_on(NEAR, "", "2024-04-05");
    assert_eq!(before(&house, &viewer), Some((early + more) * 100), "three tell nobody");
}

#[test]
fn i14_the_export_of_the_board_holds_no_more_than_the_screen() {
    let mut house = House::new();
    let amount = house.buys(FAR, "").to_string();
    let manager = house.c.person("head", "李强", "manager", "sales");
    let rows = |house: &mut House, by: &Actor| {
        let wanted = Wanted {
            request: format!("export {}", by.id.0),
            what: Exported::Board,
            filter: filter::Filter::default(),
            only: Vec::new(),
            typed: String::new(),
            period: Some(may().period),
            format: "csv".into(),
            place: "-".into(),
            reason: "月度复盘".into(),
        };
        let mut export = house.c.store.export(by, &wanted, house.c.now).unwrap();
        let mut rows = Vec::new();
        while let Some(page) = house.c.store.export_page(by, &mut export).unwrap() {
            rows.extend(page);
        }
        format!("{rows:?}")
    };
    let admin = house.c.actor.clone();
    assert!(rows(&mut house, &admin).contains(&amount));
    assert!(!rows(&mut house, &manager).contains(&amount));
}
