//! How a customer buys: the chance beside the rhythm on the profile, loyalty, and moves between the classes of any scheme.

use super::*;
use crate::domain::kpi::{Length, Period};
use crate::domain::models::forecast::{Band, Forecast, Test};
use crate::store::request::{Analysis, AnalysisQuery, Answer, Loyalty, MoveCount, Profile, Query};

impl Rig {
    fn profile(&self, id: i64) -> Profile {
        match self.store.ask(&self.me, &Query::Profile(CustomerId(id)), self.now).unwrap() {
            Answer::Profile(Some(profile)) => *profile,
            other => panic!("no profile: {other:?}"),
        }
    }

    fn fitted(&self) {
        let bands =
            (0..5).map(|i| Band { from: i * 20, to: i * 20 + 20, customers: 10, ordered: 7 }).collect();
        let test = Some(Test { made_on: "2024-02-20".parse().unwrap(), bands });
        // the parameters published for the CDNOW sample
        let model = Some([0.242_595, 4.413_602, 0.792_922, 2.425_907]);
        let fit = Forecast { as_of: "2024-05-20".parse().unwrap(), model, test };
        self.store.keep_forecast(&fit).unwrap();
    }
}

#[test]
fn the_profile_has_the_chance_of_the_kept_fit_and_days_of_amount_zero_count_for_it_alone() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    assert_eq!((rig.profile(id).chance, rig.profile(id).once), (None, false));
    rig.write(order(id, "2024-05-20", 100));
    rig.write(order(id, "2024-05-20", 50));
    assert!(rig.profile(id).once, "two orders of one day are one purchase");
    assert_eq!(rig.profile(id).chance, None, "nothing is fitted on a key press");
    rig.fitted();
    // x = 0, T = 0: 1 − (4.413602 / (4.413602 + 90/7))^0.242595 = 1 − 0.255555^0.242595 = 0.281779
    let chance = rig.profile(id).chance.unwrap();
    assert!((chance.chance - 0.281_779).abs() < 1e-5, "{}", chance.chance);
    assert_eq!(chance.band.map(|band| (band.from, band.to, band.ordered)), Some((20, 40, 7)));
    rig.write(order(id, "2024-04-22", 0));
    let again = rig.profile(id);
    assert!(again.once, "a sample is no purchase for the rhythm");
    // x = 1, t_x = T = 4 weeks: odds of having stopped 0.792922/2.425907 = 0.326856, so P(alive) 0.753661;
    // 1 − (8.413602/21.270745)^1.242595 = 1 − 0.395548^1.242595 = 0.684149; together 0.515617
    assert!((again.chance.unwrap().chance - 0.515_617).abs() < 1e-5);
}

#[test]
fn j11_loyalty_is_behaviour_and_attitude_and_who_did_not_answer_is_a_class_of_its_own() {
    let mut rig = rig();
    let survey = |customer: i64, day: &str, score: i64, nps: Option<i64>| Change::Add {
        noun: Noun::Survey,
        customer: CustomerId(customer),
        set: [
            (Field::SurveyOn, Value::Day(day.parse().unwrap())),
            (Field::SurveyScore, Value::Int(score)),
            (Field::SurveyNps, nps.map_or(Value::None, Value::Int)),
        ]
        .to_vec(),
    };
    // five customers with 5, 4, 3, 2 and 1 purchase days: their frequency scores are 5, 4, 3, 2, 1
    let ids: Vec<i64> = (0..5).map(|n| rig.customer(&format!("客户{n}"))).collect();
    for (n, id) in ids.iter().enumerate() {
        for day in 0..5 - n {
            rig.write(order(*id, &format!("2024-03-{:02}", day + 1), 100));
        }
    }
    rig.write(survey(ids[0], "2024-05-01", 70, Some(9)));
    rig.write(survey(ids[1], "2024-05-01", 79, None));
    rig.write(survey(ids[2], "2024-05-01", 80, None));
    rig.write(survey(ids[3], "2023-05-22", 60, None));
    rig.write(survey(ids[4], "2023-05-21", 90, None));
    let Answer::Models(models) =
        rig.store.ask(&rig.me, &Query::Models("2024-05-20".parse().unwrap()), rig.now).unwrap()
    else {
        panic!("no models")
    };
    // the last answer is the 366th day back
    let found = Loyalty { true_loyal: 1, inertia: 1, latent: 1, none: 1, unknown: 1 };
    assert_eq!(models.loyalty, found);
}

#[test]
fn f33_moves_are_counted_in_every_scheme_and_each_scheme_has_its_own() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    // an order makes a customer of grade C, a large one of grade A
    rig.write(order(id, "2024-05-20", 100));
    rig.write(order(id, "2024-05-20", 100_000));
    let period = Period::of(Length::Month, "2024-05-20".parse().unwrap());
    let moves = |scheme| match rig.store.ask(
        &rig.me,
        &Query::Analysis(AnalysisQuery::Moves(period, scheme)),
        rig.now,
    ) {
        Ok(Answer::Analysis(analysis)) => match *analysis {
            Analysis::Moves(moves) => moves,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let one = MoveCount { was: String::new(), became: "A".into(), count: 1 };
    assert_eq!(moves("grade"), [one]);
    assert_eq!(moves("segment"), [], "no benchmark, no segment");
}
