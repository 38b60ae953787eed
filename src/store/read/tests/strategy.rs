//! The strategy table as it lives: figures from kept counts, previews, versions with their reason, festivals.

use super::*;
use crate::domain::strategy::Edit;
use crate::store::request::{Compared, OverlayRow, Preview, StoreError, StrategyRow, VersionRow};

impl Company {
    fn row(&self, scheme: &str, class: &str) -> StrategyRow {
        let Answer::Strategy(rows) = self.ask(&Query::Strategy(scheme.into())) else { panic!() };
        rows.into_iter().find(|r| r.class == class).unwrap()
    }

    fn edit(&self, class: &str, set: Vec<(Field, Value)>) -> Edit {
        let rev = Some(self.row("segment", class).rev);
        Edit { scheme: "segment".into(), class: class.into(), rev, set }
    }

    fn apply(&mut self, edit: Edit, reason: &str) -> Result<Receipt, StoreError> {
        self.requests += 1;
        let change = Change::Strategy { edit: Box::new(edit), reason: reason.into() };
        let envelope = Envelope { request: format!("r{}", self.requests), change, reason: None };
        self.store.write(&self.actor, &envelope, self.now)
    }

    fn versions(&self) -> Vec<VersionRow> {
        let Answer::StrategyVersions(rows) = self.ask(&Query::StrategyVersions("segment".into())) else {
            panic!()
        };
        rows
    }

    fn sound(&mut self) {
        while !self.store.daily_round(self.now, 10).unwrap().done {}
        assert_eq!(self.store.check(self.now).unwrap(), []);
    }
}

fn touches(text: &str) -> Vec<(Field, Value)> {
    vec![(Field::StrategyTouches, Value::Text(text.into()))]
}

#[test]
fn the_table_counts_accounts_clocks_cost_and_load_by_class_and_follows_every_change() {
    let mut c = Company::new();
    let ids: Vec<_> =
        (0..3).map(|n| c.customer(&format!("客户{n}"), "某总", &format!("1700000000{n}"))).collect();
    for id in &ids {
        c.class(*id, "segment", "growth");
    }
    let paid = NewTouch { cost: Fen(12_000), responded: true, ..NewTouch::plain(ids[0], c.now.at, "电话") };
    c.write(Change::LogTouch(Box::new(paid)));
    let row = c.row("segment", "growth");
    assert_eq!((row.accounts, row.clocked, row.on_cadence, row.due_week, row.heads), (3, 3, 3, 0, 1));
    assert_eq!((row.spent, row.spent_percent), (Some(Fen(12_000)), Some(20)));
    assert_eq!(row.under, [("王敏".to_owned(), 3)], "three of fifty to eighty");
    assert_eq!((row.planned, row.feasible_percent), (16, Some(240)), "X13");
    c.sound();
    c.class(ids[0], "segment", "high");
    c.now = at("2024-06-19T02:00:00Z");
    c.sound();
    let (growth, high) = (c.row("segment", "growth"), c.row("segment", "high"));
    assert_eq!((growth.accounts, growth.spent, growth.due_week), (2, Some(Fen(0)), 2));
    assert_eq!(
        (high.accounts, high.spent, high.due_week),
        (1, Some(Fen(12_000)), 1),
        "yet to come this week"
    );
    c.now = at("2024-07-01T02:00:00Z");
    c.sound();
    assert_eq!((c.row("segment", "growth").on_cadence, c.row("segment", "growth").clocked), (0, 2));
}

#[test]
fn x23_a_row_without_a_named_person_is_incomplete_and_a_class_without_a_row_shows_that_it_has_none() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    assert_eq!(c.row("segment", "high").missing, ["person"]);
    let me = c.actor.id.0;
    c.apply(c.edit("high", vec![(Field::StrategyPerson, Value::Id(me))]), "指定责任人").unwrap();
    assert!(c.row("segment", "high").missing.is_empty());
    c.class(id, "depth", "strategic");
    let row = c.row("depth", "strategic");
    assert_eq!((row.accounts, row.id, row.missing.len()), (1, 0, 6));
}

#[test]
fn h20_an_edit_is_previewed_applied_as_a_version_with_its_reason_and_taken_back() {
    let mut c = Company::new();
    c.now = at("2024-05-01T02:00:00Z");
    let ids: Vec<_> =
        (0..4).map(|n| c.customer(&format!("客户{n}"), "某总", &format!("1700000000{n}"))).collect();
    for id in &ids {
        c.class(*id, "segment", "growth");
    }
    c.now = at("2024-05-20T06:02:00Z");
    let edit = c.edit("growth", touches("care 15/18, promotion 91/105"));
    let Answer::StrategyPreview(Some(preview)) = c.ask(&Query::StrategyPreview(Box::new(edit.clone())))
    else {
        panic!()
    };
    let preview: Preview = *preview;
    assert_eq!((preview.due, preview.late, preview.looked_at), ((0, 4), (0, 4), 4));
    assert_eq!((preview.planned, preview.governs), ((16, 28), true));
    assert_eq!(preview.cost, Some((Fen(4 * 16 * 3_000), Fen(4 * 28 * 3_000))));
    assert!(c.queue().today.is_empty(), "a preview changes nothing");
    assert!(matches!(c.apply(edit.clone(), " "), Err(StoreError::Invalid(_))), "a reason is needed");
    c.apply(edit.clone(), "响应率下降").unwrap();
    assert_eq!(c.queue().today.len(), 4, "the queue follows in the same transaction");
    c.sound();
    let versions = c.versions();
    assert_eq!(versions.iter().map(|v| v.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(
        (versions[0].reason.as_deref(), versions[0].class.as_deref()),
        (Some("响应率下降"), Some("growth"))
    );
    let changed = (
        "touches".to_owned(),
        "care 30/37, promotion 91/105".to_owned(),
        "care 15/18, promotion 91/105".to_owned(),
    );
    assert_eq!(versions[0].changes, [changed]);
    assert!(matches!(c.apply(Edit { rev: Some(99), ..edit }, "x"), Err(StoreError::Stale { .. })));
    c.write(Change::Undo(None));
    assert!(c.queue().today.is_empty());
    assert!(c.versions().is_empty());
    c.sound();
}

#[test]
fn a_kind_is_added_and_one_removed_and_what_cannot_be_read_is_refused_at_its_field() {
    let mut c = Company::new();
    c.apply(c.edit("ordinary", touches("light_touch 60/70, 技术沙龙 182/210")), "试行沙龙").unwrap();
    let kinds: Vec<_> = c.row("segment", "ordinary").touches;
    assert_eq!(kinds, [("light_touch".into(), 60, 70), ("技术沙龙".into(), 182, 210)]);
    for bad in ["care", "care 30/20", "care 30/37, care 7/9"] {
        let refused = c.apply(c.edit("ordinary", touches(bad)), "x");
        assert!(matches!(refused, Err(StoreError::Invalid(i)) if i.field == Field::StrategyTouches), "{bad}");
    }
    let range = vec![(Field::StrategyLoadLow, Value::Int(30)), (Field::StrategyLoadHigh, Value::Int(20))];
    assert!(matches!(c.apply(c.edit("high", range), "x"), Err(StoreError::Invalid(_))));
}

#[test]
fn the_strategy_is_edited_by_a_manager_and_not_by_a_rep() {
    let mut c = Company::new();
    let edit = c.edit("high", touches("deep_visit 60/70"));
    let rep = c.person("li", "李雷", "rep", "sales");
    let manager = c.person("zhao", "赵琳", "manager", "sales");
    let other = c.person("qian", "钱宁", "manager", "marketing");
    let admin = std::mem::replace(&mut c.actor, rep.clone());
    assert!(matches!(c.apply(edit, "x"), Err(StoreError::Denied(_))));
    c.actor = manager;
    c.apply(c.edit("high", vec![(Field::StrategyPerson, Value::Id(rep.id.0))]), "指定").unwrap();
    c.actor = other;
    let foreign = c.edit("high", touches("deep_visit 60/70"));
    assert!(matches!(c.apply(foreign, "x"), Err(StoreError::Denied(_))), "somebody else's department");
    c.actor = admin;
    c.apply(c.edit("high", touches("deep_visit 60/70")), "x").unwrap();
}

#[test]
fn h20_before_and_after_are_the_same_length_of_time() {
    let mut c = Company::new();
    c.now = at("2024-05-01T02:00:00Z");
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    c.class(id, "segment", "growth");
    let sent = |c: &mut Company, day: &str, responded: bool| {
        c.now = at(&format!("{day}T02:00:00Z"));
        let touch = NewTouch {
            responded,
            cost: Fen(500),
            override_reason: Some("x".into()),
            ..NewTouch::plain(id, c.now.at, "x")
        };
        c.write(Change::LogTouch(Box::new(touch)));
    };
    sent(&mut c, "2024-05-01", false);
    sent(&mut c, "2024-05-08", false);
    c.now = at("2024-05-11T02:00:00Z");
    c.apply(c.edit("growth", touches("care 20/25")), "更勤").unwrap();
    sent(&mut c, "2024-05-12", true);
    c.now = at("2024-05-16T02:00:00Z");
    let query = Query::StrategyResult { scheme: "segment".into(), version: 2 };
    let Answer::StrategyResult(Some(result)) = c.ask(&query) else { panic!() };
    let result: Compared = *result;
    assert_eq!((result.days, result.class.as_deref()), (5, Some("growth")));
    assert_eq!((result.before.touches, result.before.answered, result.before.cost), (1, 0, Some(Fen(500))));
    assert_eq!((result.after.touches, result.after.answered), (1, 1));
}

#[test]
fn h51_a_festival_wants_care_before_it_begins_until_somebody_says_it_is_in_order() {
    let mut c = Company::new();
    c.now = at("2024-06-01T02:00:00Z");
    let overlays = |c: &Company| -> Vec<OverlayRow> {
        let Answer::Overlays(rows) = c.ask(&Query::Overlays) else { panic!() };
        rows
    };
    let next = overlays(&c)[0].clone();
    assert_eq!((next.name.as_str(), next.active, next.wants_care), ("端午", false, true));
    assert_eq!(next.span.unwrap().day, "2024-06-10".parse().unwrap());
    c.write(Change::OverlayReady(next.id));
    assert!(!overlays(&c)[0].wants_care);
    c.now = at("2024-06-04T02:00:00Z");
    assert!(overlays(&c)[0].active);
    c.now = at("2025-05-20T02:00:00Z");
    assert!(overlays(&c).iter().any(|o| o.name == "端午" && o.wants_care), "next year anew");
    let set = vec![
        (Field::OverlayName, Value::Text("建材旺季".into())),
        (Field::OverlayCalendar, Value::Text("solar".into())),
        (Field::OverlayMonth, Value::Int(2)),
        (Field::OverlayDay, Value::Int(31)),
        (Field::OverlayLead, Value::Int(0)),
        (Field::OverlayLength, Value::Int(30)),
    ];
    c.requests += 1;
    let change = Change::PutOverlay { id: None, set: set.clone() };
    let envelope = Envelope { request: "bad".into(), change, reason: None };
    assert!(matches!(c.store.write(&c.actor, &envelope, c.now), Err(StoreError::Invalid(_))), "no such day");
    let mut set = set;
    set[3].1 = Value::Int(20);
    c.write(Change::PutOverlay { id: None, set });
    assert_eq!(overlays(&c).len(), 6);
    let id = overlays(&c).iter().find(|o| o.name == "建材旺季").unwrap().id;
    c.write(Change::RemoveOverlay(id));
    c.write(Change::Undo(None));
    assert_eq!(overlays(&c).len(), 6);
}

#[test]
fn the_table_and_its_counts_are_read_by_ranges_of_their_keys() {
    let c = Company::new();
    for sql in [
        "SELECT sum(accounts) FROM tally WHERE scheme='a' AND class='b'",
        "SELECT class FROM tally WHERE scheme='a' GROUP BY class HAVING sum(accounts)>0",
        "SELECT sum(accounts) FROM tally_day WHERE scheme='a' AND class='b' AND what='late'",
        "SELECT count(*) FROM class WHERE scheme='a' AND value='b'",
        "SELECT min(value) FROM class WHERE scheme='a' AND value>'b'",
        "SELECT count(*) FROM customer WHERE depth='a'",
        "SELECT count(*) FROM touch WHERE converted=1 AND at>=1 AND at<2",
        "SELECT customer_id FROM facts WHERE customer_id BETWEEN 1 AND 2 AND +segment='a' ORDER BY customer_id LIMIT 1",
    ] {
        let mut query = c.store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = query.query_map([], |r| r.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(plan.iter().all(|p| !p.contains("SCAN")), "{sql}: {plan:?}");
    }
}
