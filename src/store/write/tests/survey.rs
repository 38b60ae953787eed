//! Answers to surveys: scores by question, their mean, and what is out of range.

use super::*;
use crate::store::request::{Answer, Query};

fn survey(rig: &mut Rig, set: Vec<(Field, Value)>) -> Result<Receipt, StoreError> {
    let customer = match rig.count("SELECT coalesce(max(id),0) FROM customer") {
        0 => rig.customer("恒远物流有限公司"),
        id => id,
    };
    rig.attempt(Change::Add { noun: Noun::Survey, customer: CustomerId(customer), set })
}

#[test]
fn h22_the_score_is_the_mean_of_the_questions_unless_one_was_given() {
    let mut rig = rig();
    let answers = |text: &str| (Field::SurveyAnswers, Value::text(text));
    // (90+80+70+85+94)/5 = 83.8
    survey(&mut rig, vec![answers("90, 80、70 85/94")]).unwrap();
    assert_eq!(rig.count("SELECT score FROM survey"), 84);
    assert_eq!(rig.text("SELECT answers FROM survey").as_deref(), Some("90 80 70 85 94"));
    survey(&mut rig, vec![answers("90 80 70 85 94"), (Field::SurveyScore, Value::Int(80))]).unwrap();
    assert_eq!(rig.count("SELECT score FROM survey WHERE id=2"), 80);
    rig.sound();
}

#[test]
fn h22_a_missing_question_and_scores_out_of_range_are_told() {
    let mut rig = rig();
    for (set, field) in [
        ((Field::SurveyAnswers, Value::text("90 80")), Field::SurveyAnswers),
        ((Field::SurveyAnswers, Value::text("90 80 70 85 101")), Field::SurveyAnswers),
        ((Field::SurveyScore, Value::Int(101)), Field::SurveyScore),
        ((Field::SurveyNps, Value::Int(11)), Field::SurveyNps),
        ((Field::SurveyNps, Value::Int(-1)), Field::SurveyNps),
    ] {
        let Err(StoreError::Invalid(Invalid { field: at, .. })) = survey(&mut rig, vec![set]) else {
            panic!()
        };
        assert_eq!(at, field);
    }
    for nps in [0, 10] {
        survey(&mut rig, vec![(Field::SurveyNps, Value::Int(nps))]).unwrap();
    }
}

/// An A by its orders, and what a survey of so many points has done to it.
fn asked(rig: &mut Rig, scores: &[i64]) -> i64 {
    let customer = rig.customer("恒远物流有限公司");
    rig.write(order(customer, "2024-05-01", 120_000));
    for score in scores {
        survey(rig, vec![(Field::SurveyScore, Value::Int(*score))]).unwrap();
    }
    customer
}

/// Grade, open improvement plans, open alarms of surveys.
fn stands(rig: &Rig) -> (String, i64, i64) {
    (
        rig.text("SELECT grade FROM facts").unwrap_or_default(),
        rig.count("SELECT count(*) FROM task WHERE cause LIKE 'improve:%' AND state='open'"),
        rig.count("SELECT count(*) FROM alarm WHERE rule='survey' AND state<>'closed'"),
    )
}

fn remove(rig: &mut Rig, id: i64) {
    let rev = rig.count(&format!("SELECT rev FROM survey WHERE id={id}"));
    rig.write(Change::Remove { row: Row { noun: Noun::Survey, id }, rev });
}

#[test]
fn k42_g32_a_survey_that_is_removed_gives_the_grade_back_and_ends_its_plan_and_its_alarm() {
    let mut rig = rig();
    asked(&mut rig, &[60]);
    assert_eq!(stands(&rig), ("B".into(), 1, 1));
    remove(&mut rig, 1);
    assert_eq!(stands(&rig), ("A".into(), 0, 0));
    rig.write(Change::Undo(None));
    assert_eq!(stands(&rig), ("B".into(), 1, 1));
    // a score that was typed wrong, too
    let set = vec![Edited { field: Field::SurveyScore, was: Value::Int(60), to: Value::Int(90) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Survey, id: 1 }, rev: 3, set });
    assert_eq!(stands(&rig), ("A".into(), 0, 0));
    rig.sound();
}

#[test]
fn k42_g32_a_grade_that_somebody_had_set_by_hand_stands_again_once_the_survey_is_gone() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let by_hand = Change::Class {
        customer: CustomerId(customer),
        scheme: "grade".into(),
        value: Some("A".into()),
        reason: Some("集团总部".into()),
    };
    rig.write(by_hand);
    survey(&mut rig, vec![(Field::SurveyScore, Value::Int(60))]).unwrap();
    survey(&mut rig, vec![(Field::SurveyScore, Value::Int(70))]).unwrap();
    assert_eq!(rig.text("SELECT value||reason FROM class").as_deref(), Some("BCSAT 70"));
    remove(&mut rig, 2);
    assert_eq!(rig.text("SELECT value||reason FROM class").as_deref(), Some("BCSAT 60"));
    remove(&mut rig, 1);
    assert_eq!(rig.text("SELECT value||reason FROM class").as_deref(), Some("A集团总部"));
    rig.sound();
}

#[test]
fn k42_g32_with_the_last_survey_gone_the_one_before_it_decides() {
    // the first was under the line and the second gave the grade back; both were under the line; only the second was
    for (scores, gone, grade) in
        [([60, 85], 2, "B"), ([60, 70], 2, "B"), ([60, 70], 1, "B"), ([85, 60], 2, "A"), ([60, 85], 1, "A")]
    {
        let mut rig = rig();
        asked(&mut rig, &scores);
        remove(&mut rig, gone);
        let under = i64::from(grade == "B");
        assert_eq!(stands(&rig), (grade.into(), under, under), "{scores:?} without the {gone}.");
        rig.sound();
    }
}

#[test]
fn g33_a_survey_that_goes_is_no_reason_to_ask_for_a_referral() {
    let mut rig = rig();
    survey(&mut rig, vec![(Field::SurveyNps, Value::Int(10))]).unwrap();
    let open = |rig: &Rig| rig.count("SELECT count(*) FROM task WHERE cause LIKE 'ask:%' AND state='open'");
    assert_eq!(open(&rig), 1);
    remove(&mut rig, 1);
    assert_eq!(open(&rig), 0);
}

#[test]
fn g57_a_plan_that_was_put_to_another_day_stays_there_when_its_survey_is_corrected_later() {
    for kept in [true, false] {
        let mut rig = rig();
        asked(&mut rig, &[40]);
        if !kept {
            // a task of before the day of its cause was kept
            rig.store
                .db
                .execute("UPDATE task SET event_on=NULL, rev=rev+1 WHERE cause='improve:1'", [])
                .unwrap();
        }
        let task = "FROM task WHERE cause='improve:1'";
        assert_eq!(rig.text(&format!("SELECT due_on {task}")).as_deref(), Some("2024-05-23"));
        let row = Row { noun: Noun::Task, id: rig.count(&format!("SELECT id {task}")) };
        let rev = rig.count(&format!("SELECT rev {task}"));
        let set = vec![Edited {
            field: Field::TaskDue,
            was: Value::Day("2024-05-23".parse().unwrap()),
            to: Value::Day("2024-05-31".parse().unwrap()),
        }];
        rig.write(Change::Edit { row, rev, set });
        for (day, was, to) in [("2024-05-22", 40, 41), ("2024-05-24", 41, 42)] {
            rig.at(&format!("{day}T02:00:00Z"));
            let rev = rig.count("SELECT rev FROM survey");
            let set = vec![Edited { field: Field::SurveyScore, was: Value::Int(was), to: Value::Int(to) }];
            rig.write(Change::Edit { row: Row { noun: Noun::Survey, id: 1 }, rev, set });
            assert_eq!(rig.text(&format!("SELECT due_on {task}")).as_deref(), Some("2024-05-31"), "{day}");
        }
        assert_eq!(rig.text(&format!("SELECT text {task}")).as_deref(), Some("CSAT 42"));
    }
}

/// How many stand elsewhere in their grade than before this month, and the customer's moves: from, to, what did it, whether it
/// was taken back.
fn moved(rig: &Rig, customer: i64) -> (u64, Vec<(String, String, String, bool)>) {
    let filter = crate::domain::filter::parse("moved:grade").unwrap();
    let Answer::Count(count) = rig.store.ask(&rig.me, &Query::Count(filter), rig.now).unwrap() else {
        panic!()
    };
    let query = Query::Why { customer: CustomerId(customer), scheme: Some("grade".into()) };
    let Answer::Why(why) = rig.store.ask(&rig.me, &query, rig.now).unwrap() else { panic!() };
    let word = |class: &Option<String>| class.clone().unwrap_or_default();
    let moves = why.iter().flat_map(|why| &why.earlier);
    (count.shown, moves.map(|m| (word(&m.was), word(&m.became), m.how.clone(), m.undone)).collect())
}

#[test]
fn a42_what_was_taken_back_is_no_move_of_the_month_and_why_says_what_did_it() {
    let told = |was: &str, became: &str, how: &str, undone| (was.into(), became.into(), how.into(), undone);
    // once with a clock that stands still, as on the command line
    for minute in [0, 60] {
        let mut rig = rig();
        let customer = asked(&mut rig, &[]);
        let later = |rig: &mut Rig| rig.now.at += chrono::Duration::seconds(minute);
        let (_, before) = moved(&rig, customer);
        let first = before.len();
        rig.now.at += chrono::Duration::days(40);
        later(&mut rig);
        survey(&mut rig, vec![(Field::SurveyScore, Value::Int(60))]).unwrap();
        let (count, moves) = moved(&rig, customer);
        assert_eq!((count, &moves[..moves.len() - first]), (1, &[told("A", "B", "survey", false)][..]));
        later(&mut rig);
        rig.write(Change::Undo(None));
        let (count, moves) = moved(&rig, customer);
        let both = [told("B", "A", "undo", false), told("A", "B", "survey", true)];
        assert_eq!((count, &moves[..moves.len() - first]), (0, &both[..]));
        later(&mut rig);
        let by_hand = Change::Class {
            customer: CustomerId(customer),
            scheme: "grade".into(),
            value: Some("C".into()),
            reason: None,
        };
        rig.write(by_hand);
        assert_eq!(moved(&rig, customer).0, 1);
        assert_eq!(moved(&rig, customer).1[0], told("A", "C", "hand", false));
        later(&mut rig);
        rig.write(Change::Undo(None));
        assert_eq!(moved(&rig, customer).0, 0);
        later(&mut rig);
        // brought back, it is one again
        rig.write(Change::Redo);
        assert_eq!(moved(&rig, customer).0, 1);
        rig.sound();
    }
}
