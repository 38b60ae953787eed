//! Answers to surveys: scores by question, their mean, and what is out of range.

use super::*;

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
