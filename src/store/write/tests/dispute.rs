//! Disputes about who owns a customer, by requirement: the clock, who decides, what the decision writes.

use super::*;
use crate::domain::dispute::Dispute;
use crate::store::request::{Answer, Case, CaseKind, DisputeCase, Query};

/// A sales rep has the customer, a marketing rep wants it, the operations director decides.
struct Office {
    rig: Rig,
    sales: Actor,
    marketing: Actor,
    director: Actor,
    customer: i64,
}

fn office() -> Office {
    let mut rig = rig();
    rig.at("2024-05-10T01:00:00Z");
    let sales = rig.person("li", "rep", "sales");
    let marketing = rig.person("zhao", "rep", "marketing");
    let director = rig.person("qian", "manager", "operations");
    rig.store.db.execute("UPDATE person SET post='运营总监', rev=rev+1 WHERE login='qian'", []).unwrap();
    rig.me = sales.clone();
    let customer = rig.customer("恒远物流");
    Office { rig, sales, marketing, director, customer }
}

impl Office {
    fn by(&mut self, actor: &Actor, what: Dispute) -> Result<Receipt, StoreError> {
        self.rig.me = actor.clone();
        self.rig.attempt(Change::Dispute(what))
    }

    fn open(&mut self) -> Result<Receipt, StoreError> {
        let who = self.marketing.clone();
        let (customer, reason) = (CustomerId(self.customer), "展会上首先接触".to_owned());
        self.by(&who, Dispute::Open { customer, reason })
    }

    fn case(&self, by: &Actor) -> Option<DisputeCase> {
        match self.rig.store.ask(by, &Query::Case(CaseKind::Dispute, 1), self.rig.now).unwrap() {
            Answer::Case(Some(Case::Dispute(case))) => Some(*case),
            _ => None,
        }
    }

    fn decide(&mut self, by: &Actor, owner: &Actor) -> Result<Receipt, StoreError> {
        let rev = self.rig.count("SELECT rev FROM dispute");
        self.by(by, Dispute::Decide { id: 1, rev, owner: owner.id, reason: "首触归属".into() })
    }
}

#[test]
fn k53_a_dispute_of_nine_is_due_at_nine_the_next_day_and_stands_in_the_arbiters_queue() {
    let mut o = office();
    o.open().unwrap();
    let case = o.case(&o.director).unwrap();
    assert_eq!((case.claimant.as_str(), case.holder.as_str(), case.arbiter.as_str()), ("zhao", "li", "qian"));
    let due: chrono::DateTime<chrono::Utc> = "2024-05-11T01:00:00Z".parse().unwrap();
    assert_eq!(case.due_at, due.timestamp_millis(), "24 h");
    let Answer::Cases(rows) = o.rig.store.ask(&o.director, &Query::Cases, o.rig.now).unwrap() else {
        panic!()
    };
    assert!(rows.iter().any(|row| row.kind == CaseKind::Dispute && row.mine && row.due == Some(case.due_at)));
    assert_eq!(
        o.rig.count("SELECT owner_id FROM task WHERE cause='dispute:1' AND state='open'"),
        o.director.id.0
    );
    assert_eq!(o.rig.text("SELECT due_on FROM task WHERE cause='dispute:1'").as_deref(), Some("2024-05-11"));
    let stranger = o.rig.person("sun", "rep", "service");
    assert!(o.case(&stranger).is_none(), "it concerns the two and who decides");
    assert!(o.open().is_err(), "one at a time");
    o.rig.sound();
}

#[test]
fn k53_the_decision_writes_the_owner_the_other_as_collaborator_and_a_hand_over_with_its_checklist() {
    let mut o = office();
    let (sales, marketing, director) = (o.sales.clone(), o.marketing.clone(), o.director.clone());
    o.rig.me = marketing.clone();
    o.rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(o.customer, o.rig.now) })));
    o.open().unwrap();
    assert_eq!(o.case(&director).unwrap().first.map(|(who, ..)| who).as_deref(), Some("zhao"));
    assert!(matches!(o.decide(&sales, &sales), Err(StoreError::Denied(_))), "a party does not decide");
    let stranger = o.rig.person("sun", "rep", "service");
    assert!(matches!(
        o.decide(&director, &stranger),
        Err(StoreError::Invalid(Invalid { problem: Problem::NotAParty, .. }))
    ));
    o.by(&sales, Dispute::Note { id: 1, text: "合同由我签订".into() }).unwrap();
    o.decide(&director, &marketing).unwrap();
    assert_eq!(o.rig.count("SELECT owner_id FROM customer"), marketing.id.0);
    assert_eq!(o.rig.count("SELECT person_id FROM customer_share"), sales.id.0, "the other works along");
    assert_eq!(o.rig.count("SELECT count(*) FROM handover_item WHERE handover_id=1"), 8);
    assert_eq!(o.rig.text("SELECT reason FROM handover").as_deref(), Some("首触归属"));
    assert_eq!(o.rig.count("SELECT count(*) FROM task WHERE cause='dispute:1' AND state='open'"), 0);
    let case = o.case(&sales).unwrap();
    assert_eq!((case.state.as_str(), case.owner.as_deref(), case.notes.len()), ("decided", Some("zhao"), 1));
    o.rig.sound();
    o.rig.me = director;
    o.rig.write(Change::Undo(None));
    assert_eq!(o.rig.count("SELECT owner_id FROM customer"), sales.id.0);
    assert_eq!(
        o.rig.count("SELECT count(*) FROM customer_share") + o.rig.count("SELECT count(*) FROM handover"),
        0
    );
    o.rig.sound();
}

#[test]
fn h32_where_the_owner_stays_the_claimant_works_along_and_nothing_is_handed_over() {
    let mut o = office();
    let (sales, director) = (o.sales.clone(), o.director.clone());
    o.open().unwrap();
    o.decide(&director, &sales).unwrap();
    assert_eq!(o.rig.count("SELECT owner_id FROM customer"), sales.id.0);
    assert_eq!(o.rig.count("SELECT person_id FROM customer_share"), o.marketing.id.0);
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 0);
    assert!(o.decide(&director, &sales).is_err(), "decided once");
    o.rig.sound();
}

#[test]
fn nobody_disputes_their_own_customer_a_reason_is_needed_and_only_who_began_it_withdraws() {
    let mut o = office();
    let (sales, marketing) = (o.sales.clone(), o.marketing.clone());
    let customer = CustomerId(o.customer);
    assert!(o.by(&sales, Dispute::Open { customer, reason: "我的".into() }).is_err());
    let blank = o.by(&marketing, Dispute::Open { customer, reason: "  ".into() }).unwrap_err();
    assert!(matches!(blank, StoreError::Invalid(Invalid { field: Field::Reason, problem: Problem::Empty })));
    let viewer = o.rig.person("zhou", "viewer", "sales");
    assert!(o.by(&viewer, Dispute::Open { customer, reason: "?".into() }).is_err());
    o.open().unwrap();
    let rev = o.rig.count("SELECT rev FROM dispute");
    assert!(matches!(o.by(&sales, Dispute::Withdraw { id: 1, rev }), Err(StoreError::Denied(_))));
    o.by(&marketing, Dispute::Withdraw { id: 1, rev }).unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM task WHERE cause='dispute:1' AND state='open'"), 0);
    o.open().unwrap();
    o.rig.sound();
}

#[test]
fn k53_an_open_dispute_is_the_arbiters_alarm_for_a_day_climbs_after_it_and_ends_with_the_decision() {
    let mut o = office();
    let (sales, director) = (o.sales.clone(), o.director.clone());
    o.open().unwrap();
    let day = 24 * 3_600_000;
    assert_eq!(o.rig.count("SELECT start_by-since FROM alarm WHERE rule='dispute'"), day);
    assert_eq!(o.rig.count("SELECT owner_id FROM alarm"), director.id.0);
    assert_eq!(o.rig.text("SELECT note FROM alarm").as_deref(), Some("zhao ↔ li"));
    let climbed = |rig: &mut Rig, instant: &str| {
        rig.at(instant);
        let (me, now) = (rig.me.clone(), rig.now);
        rig.store.watch(&me, now, 10).unwrap();
        rig.count("SELECT climbed FROM alarm")
    };
    assert_eq!(climbed(&mut o.rig, "2024-05-11T01:00:00Z"), 0, "the line itself is in time");
    assert_eq!(climbed(&mut o.rig, "2024-05-11T01:00:01Z"), 1);
    o.decide(&director, &sales).unwrap();
    assert_eq!(
        o.rig.text("SELECT state||' '||ended||' '||result FROM alarm").as_deref(),
        Some("closed done 首触归属")
    );
    o.rig.me = director;
    o.rig.write(Change::Undo(None));
    assert_eq!(o.rig.text("SELECT state FROM alarm").as_deref(), Some("raised"), "undone with the decision");
    o.rig.sound();
}

#[test]
fn g4_the_hours_of_the_setting_are_the_alarms_and_a_withdrawn_dispute_ends_it_by_itself() {
    let mut o = office();
    o.rig.write_setting("dispute_hours", "48");
    o.open().unwrap();
    assert_eq!(o.rig.count("SELECT start_by-since FROM alarm"), 48 * 3_600_000);
    let (marketing, rev) = (o.marketing.clone(), o.rig.count("SELECT rev FROM dispute"));
    o.by(&marketing, Dispute::Withdraw { id: 1, rev }).unwrap();
    assert_eq!(o.rig.text("SELECT state||' '||ended FROM alarm").as_deref(), Some("closed gone"));
    o.open().unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM alarm WHERE state='raised'"), 1, "the next one has its own");
    // in the arbiter's queue it stands once: as the task
    let query = Query::Queue { owner: None, whole: true, ahead: 60 };
    let Answer::Queue(queue) = o.rig.store.ask(&o.director, &query, o.rig.now).unwrap() else { panic!() };
    assert_eq!(queue.today.len() + queue.later.len(), 1);
}

#[test]
fn k53_nobody_who_was_frozen_meanwhile_is_given_the_customer() {
    let mut o = office();
    let (marketing, director, sales) = (o.marketing.clone(), o.director.clone(), o.sales.clone());
    o.open().unwrap();
    o.rig.store.db.execute("UPDATE person SET state='frozen', rev=rev+1 WHERE login='zhao'", []).unwrap();
    let Err(StoreError::Invalid(Invalid { field, .. })) = o.decide(&director, &marketing) else { panic!() };
    assert_eq!(field, Field::HandTo);
    assert_eq!(o.rig.count("SELECT owner_id FROM customer"), sales.id.0);
    assert_eq!(o.rig.text("SELECT state FROM dispute").as_deref(), Some("open"));
    o.decide(&director, &sales).unwrap();
}
