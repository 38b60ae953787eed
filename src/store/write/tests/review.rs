//! Reviews in the write path: targets as settings, baselines that later entries do not move, causes found again, an
//! evaluation from its snapshot to its close, suggestions as tasks and as prepared versions of the matrix, assessments.

use super::campaign::{customers, day, made, queue, row, run, text};
use super::*;
use crate::domain::change::{Reviewing, TaskRef};
use crate::domain::field::Row;
use crate::domain::kpi::Period;
use crate::domain::queue::Reason;
use crate::domain::review::STANDARD;
use crate::domain::strategy::Edit;
use crate::store::request::{Answer, Evaluation, EvaluationRow, KpiQuery, Kpis, Query, SuggestionRow};

fn set(key: &str, value: &str) -> Change {
    Change::Set { key: key.into(), value: value.into() }
}

fn reviewing(review: Reviewing) -> Change {
    Change::Reviewing(Box::new(review))
}

fn may() -> Period {
    Period::read("2024-05").unwrap()
}

fn kpis(rig: &Rig) -> Kpis {
    let query = KpiQuery { period: may(), as_of: None };
    match rig.store.ask(&rig.me, &Query::Kpis(query), rig.now).unwrap() {
        Answer::Kpis(kpis) => *kpis,
        other => panic!("{other:?}"),
    }
}

fn evaluations(rig: &Rig) -> Vec<EvaluationRow> {
    match rig.store.ask(&rig.me, &Query::Evaluations, rig.now).unwrap() {
        Answer::Evaluations(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn evaluation(rig: &Rig, id: i64) -> Evaluation {
    match rig.store.ask(&rig.me, &Query::Evaluation(id), rig.now).unwrap() {
        Answer::Evaluation(Some(one)) => *one,
        other => panic!("{other:?}"),
    }
}

fn suggestions(rig: &Rig) -> Vec<SuggestionRow> {
    match rig.store.ask(&rig.me, &Query::Suggestions, rig.now).unwrap() {
        Answer::Suggestions(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn problem(result: Result<Receipt, StoreError>) -> (Field, Problem) {
    match result {
        Err(StoreError::Invalid(Invalid { field, problem })) => (field, problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn f46_a_target_out_of_range_or_of_an_unknown_figure_is_refused_and_nothing_changes() {
    let mut rig = rig();
    let target = |rig: &Rig| kpis(rig).row("high", "response").unwrap().target;
    assert_eq!(target(&rig), Some(0.8), "the handbook's");
    rig.write(set("target.response.high", "85%"));
    assert_eq!(target(&rig), Some(0.85));
    let changes = rig.count("SELECT count(*) FROM change");
    let refused = problem(rig.attempt(set("target.response.high", "101%")));
    assert_eq!(refused.0, Field::TargetFigure);
    assert_eq!(refused.1, Problem::NotATarget("101%".into(), "0%".into(), "100%".into()));
    for key in ["target.profit", "target.response.best"] {
        assert_eq!(problem(rig.attempt(set(key, "5"))).1, Problem::NoSuchKpi(key.into()));
    }
    assert_eq!((target(&rig), rig.count("SELECT count(*) FROM change")), (Some(0.85), changes));
    rig.write(Change::Undo(None));
    assert_eq!(target(&rig), Some(0.8));
    rig.write(set("target.response.high", "100%"));
    rig.write(set("target.response.high", ""));
    assert_eq!(target(&rig), Some(0.8), "nothing written is the handbook's again");
    rig.person("li", "rep", "sales");
    rig.me = rig.store.actor("li", Via::Screen, "s2").unwrap().unwrap();
    assert!(matches!(rig.attempt(set("target.nps", "50")), Err(StoreError::Denied(_))));
}

#[test]
fn k64_a_cause_is_pinned_to_a_figure_and_found_at_the_next_review() {
    let mut rig = rig();
    let cause = |kpi: &str, segment: &str, text: &str| {
        reviewing(Reviewing::Cause {
            kpi: kpi.into(),
            segment: segment.into(),
            period: may(),
            text: text.into(),
        })
    };
    let said = "高价值客户流失率上升,原因为售后响应延迟";
    let made = rig.write(cause("churn", "high", said)).made.unwrap();
    assert_eq!(problem(rig.attempt(cause("profit", "", said))).0, Field::CauseText);
    assert!(matches!(problem(rig.attempt(cause("churn", "best", said))).1, Problem::NoSuchKpi(_)));
    assert_eq!(problem(rig.attempt(cause("churn", "", "  "))).1, Problem::Empty);
    rig.at("2024-06-20T02:00:00Z");
    let causes = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Causes, rig.now).unwrap() {
        Answer::Causes(rows) => rows,
        other => panic!("{other:?}"),
    };
    let rows = causes(&rig);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].kpi.as_str(), rows[0].segment.as_str(), rows[0].text.as_str()),
        ("churn", "high", said)
    );
    assert_eq!((rows[0].period.label(), rows[0].by.as_str()), ("2024-05-01..2024-05-31".into(), "王敏"));
    rig.write(Change::Remove { row: made, rev: 1 });
    assert!(causes(&rig).is_empty());
    rig.write(Change::Undo(None));
    assert_eq!(causes(&rig)[0].text, said);
    rig.sound();
}

#[test]
fn f49_a_baseline_keeps_what_was_known_when_it_was_stored() {
    let mut rig = rig();
    let customer = rig.customer("宏达机械");
    let order = |yuan: i64| Change::Add {
        noun: Noun::Order,
        customer: CustomerId(customer),
        set: vec![(Field::OrderAmount, Value::Money(Fen(yuan * 100))), day(Field::OrderDay, "2024-05-06")],
    };
    rig.write(order(1_000));
    let row = rig.write(reviewing(Reviewing::Baseline { period: may(), name: "五月".into() })).made.unwrap();
    // entered afterwards for an earlier day: the figure grows, the baseline stays
    rig.write(order(500));
    let revenue = |kpis: &Kpis| kpis.row("", "revenue").unwrap().figure.value;
    assert_eq!(revenue(&kpis(&rig)), Some(1_500.0));
    let Answer::Baseline(Some(stored)) = rig.store.ask(&rig.me, &Query::Baseline(row.id), rig.now).unwrap()
    else {
        panic!()
    };
    assert_eq!((revenue(&stored), stored.period.label()), (Some(1_000.0), "2024-05".into()));
    let nameless = reviewing(Reviewing::Baseline { period: may(), name: " ".into() });
    assert_eq!(problem(rig.attempt(nameless)).0, Field::BaselineName);
    rig.sound();
}

/// A campaign that has run, with the id of its evaluation.
fn campaign_that_ran(rig: &mut Rig) -> (i64, i64) {
    customers(rig, 4);
    let campaign = made(rig, "is:idle", &[]);
    let go = run(rig, campaign);
    rig.write(go);
    let id = evaluations(rig)[0].id.unwrap();
    (campaign, id)
}

#[test]
fn h19_a_campaign_begins_its_evaluation_with_a_snapshot_and_closes_it_with_its_figures() {
    let mut rig = rig();
    let (campaign, id) = campaign_that_ran(&mut rig);
    let listed = &evaluations(&rig)[0];
    assert_eq!((listed.name.as_str(), listed.state.as_str()), ("夏季唤醒", "open"));
    assert_eq!(listed.due.to_string(), "2024-06-30", "a month after the 31st of May");
    let one = evaluation(&rig, id);
    // twelve days, held against the twelve before
    assert_eq!(one.baseline.unwrap().period.label(), "2024-05-08..2024-05-19");
    assert_eq!(one.lines.len(), STANDARD.len() + 3);
    let nps = one.lines.iter().find(|l| l.metric == "nps").unwrap();
    assert_eq!((nps.dimension.as_str(), nps.target.as_deref()), ("satisfaction", Some("40")));
    // 3 of 4 who were touched answer
    for touch in [1, 2, 3] {
        let nth = rig.count(&format!("SELECT id FROM touch ORDER BY id LIMIT 1 OFFSET {}", touch - 1));
        rig.write(Change::Outcome { touch: nth, kind: "answered".into(), note: None, next: None });
    }
    let edit = |row: Row, rev: i64, field: Field, to: &str| Change::Edit {
        row,
        rev,
        set: vec![Edited { field, was: Value::None, to: Value::text(to) }],
    };
    let line = one.lines.iter().find(|l| l.metric == "campaign_response").unwrap();
    let line = Row { noun: Noun::EvaluationLine, id: line.id };
    let refused = problem(rig.attempt(edit(line, 1, Field::LineTarget, "120%")));
    assert_eq!(refused.1, Problem::NotATarget("120%".into(), "0%".into(), "100%".into()));
    rig.write(edit(line, 1, Field::LineTarget, "60%"));
    rig.at("2024-06-03T02:00:00Z");
    let close = |rev: i64| reviewing(Reviewing::Close { evaluation: id, rev });
    assert_eq!(problem(rig.attempt(close(1))).0, Field::EvaluationResult, "without a word it stays open");
    let row_of = Row { noun: Noun::Evaluation, id };
    rig.write(edit(row_of, 1, Field::EvaluationResult, "响应好,转化少"));
    assert!(matches!(rig.attempt(close(1)), Err(StoreError::Stale { .. })));
    rig.write(close(2));
    let shut = evaluation(&rig, id);
    let line =
        |one: &Evaluation, metric: &str| one.lines.iter().find(|l| l.metric == metric).unwrap().clone();
    let response = line(&shut, "campaign_response");
    assert_eq!((response.actual.as_deref(), response.verdict.as_deref()), (Some("0.75"), Some("too_few")));
    assert_eq!((shut.row.state.as_str(), row(&rig, campaign).state.as_str()), ("done", "done"));
    assert_eq!(row(&rig, campaign).result.as_deref(), Some("响应好,转化少"));
    let late = edit(Row { noun: Noun::EvaluationLine, id: response.id }, 4, Field::LineCause, "太晚");
    assert_eq!(problem(rig.attempt(late)).1, Problem::Closed);
    rig.write(close(3));
    assert_eq!(
        line(&evaluation(&rig, id), "campaign_response").actual,
        None,
        "open again, it is counted anew"
    );
    rig.sound();
}

#[test]
fn a130_a_suggestion_is_a_task_of_its_owner_until_it_is_done() {
    let mut rig = rig();
    let (_, evaluation) = campaign_that_ran(&mut rig);
    let set = vec![
        text(Field::SuggestionDirection, "社群化唤醒"),
        text(Field::SuggestionMeasure, "建立沉睡客户社群"),
        (Field::SuggestionOwner, Value::Id(rig.me.id.0)),
        day(Field::SuggestionDue, "2024-05-24"),
    ];
    let parent = Row { noun: Noun::Evaluation, id: evaluation };
    let row = rig.write(Change::AddTo { parent, noun: Noun::Suggestion, set }).made.unwrap();
    let due = |rig: &Rig| -> Vec<(String, String, Reason)> {
        let queue = queue(rig);
        let items = queue.today.into_iter().chain(queue.later);
        items
            .filter(|i| matches!(i.reason, Reason::Suggestion { .. }))
            .map(|i| (i.text, i.due.to_string(), i.reason))
            .collect()
    };
    let reason = Reason::Suggestion { of: Some("夏季唤醒".into()) };
    assert_eq!(due(&rig), [("建立沉睡客户社群".into(), "2024-05-24".into(), reason)]);
    rig.write(Change::Done(vec![TaskRef::Row(row)]));
    assert!(due(&rig).is_empty() && suggestions(&rig)[0].done);
    rig.write(Change::Undo(None));
    assert_eq!(due(&rig).len(), 1);
    rig.sound();
}

#[test]
fn h20_a_suggestion_prepares_a_change_of_the_matrix_that_becomes_a_version_when_it_is_applied() {
    let mut rig = rig();
    let set = vec![
        text(Field::SuggestionDirection, "分级触达"),
        text(Field::SuggestionMeasure, "高价值客户每两周回访"),
        (Field::SuggestionOwner, Value::Id(rig.me.id.0)),
        day(Field::SuggestionDue, "2024-06-20"),
    ];
    let add = Change::Add { noun: Noun::Suggestion, customer: CustomerId(0), set };
    let row = rig.write(add).made.unwrap();
    let Answer::Strategy(rows) = rig.store.ask(&rig.me, &Query::Strategy("segment".into()), rig.now).unwrap()
    else {
        panic!()
    };
    let high = rows.iter().find(|r| r.class == "high").unwrap();
    let edit = Edit {
        scheme: "segment".into(),
        class: "high".into(),
        rev: Some(high.rev),
        set: vec![text(Field::StrategyGoal, "每两周一次回访")],
    };
    rig.write(reviewing(Reviewing::Prepare { suggestion: row.id, edit: edit.clone() }));
    let stored = suggestions(&rig).remove(0);
    assert_eq!((stored.edit.as_ref(), stored.applied, stored.done), (Some(&edit), None, false));
    let goal =
        |rig: &Rig| rig.text("SELECT goal FROM strategy WHERE scheme='segment' AND class='high'").unwrap();
    assert_ne!(goal(&rig), "每两周一次回访", "prepared is not applied");
    let versions = rig.count("SELECT count(*) FROM strategy_version");
    let apply = Reviewing::Apply { suggestion: row.id, edit, reason: "响应率下降".into() };
    rig.write(reviewing(apply));
    assert_eq!(goal(&rig), "每两周一次回访");
    assert!(rig.count("SELECT count(*) FROM strategy_version") > versions);
    let done = suggestions(&rig).remove(0);
    assert!(done.done && done.applied.is_some());
    rig.write(Change::Undo(None));
    let open = suggestions(&rig).remove(0);
    assert!(!open.done && open.applied.is_none() && goal(&rig) != "每两周一次回访");
    rig.sound();
}

#[test]
fn f48_what_is_judged_by_hand_is_judged_by_the_manager_and_never_by_oneself() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "sales");
    let assess = |person, month: &str, score| {
        reviewing(Reviewing::Assess { person, month: month.into(), score, note: None })
    };
    rig.write(assess(li.id, "2024-05", 80));
    rig.write(assess(li.id, "2024-05", 85));
    assert_eq!(rig.count("SELECT score FROM assessment"), 85, "one judgement a person and month");
    assert!(matches!(problem(rig.attempt(assess(li.id, "2024-Q2", 80))).1, Problem::NotAPeriod(_)));
    assert_eq!(problem(rig.attempt(assess(li.id, "2024-05", 101))).0, Field::AssessmentScore);
    rig.me = li.clone();
    assert!(matches!(rig.attempt(assess(li.id, "2024-05", 100)), Err(StoreError::Denied(_))));
}
