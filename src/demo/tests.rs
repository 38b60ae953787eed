//! The demo company is sound, the same for the same seed, as the handbooks print it, and as a day of work looks.

use super::*;
use crate::domain::clock::Zone;
use crate::domain::customer::CustomerId;
use crate::domain::people::Via;
use crate::store::request::{Answer, Query};

fn noon() -> Now {
    Now { at: "2026-07-15T06:02:00Z".parse().unwrap(), zone: Zone::default() }
}

fn company(customers: u64, seed: u64, now: Now) -> Store {
    let mut store = Store::memory().unwrap();
    fill(&mut store, customers, seed, now, &mut |_| ()).unwrap();
    store
}

#[test]
fn a_filled_store_is_sound() {
    let store = company(300, SEED, noon());
    assert_eq!(store.check(noon()).unwrap(), []);
}

#[test]
fn a_fill_leaves_nothing_to_the_round_of_its_day() {
    let mut store = company(30, SEED, noon());
    let round = store.daily_round(noon(), 100).unwrap();
    assert!(round.done && round.moved == 0, "{round:?}");
    let tomorrow = Now { at: noon().at + chrono::Duration::days(1), ..noon() };
    store.daily_round(tomorrow, 100).unwrap();
    assert_eq!(store.check(tomorrow).unwrap(), []);
}

#[test]
fn the_company_has_a_campaign_that_was_evaluated_one_to_look_ahead_at_and_a_plan_on_its_way() {
    use crate::domain::people::Via;
    use crate::store::request::{Answer, Query};

    let store = company(300, SEED, noon());
    let me = store.actor(LOGIN, Via::Screen, "one").unwrap().unwrap();
    let ask = |query: &Query| store.ask(&me, query, noon()).unwrap();
    let Answer::Campaigns(campaigns) = ask(&Query::Campaigns) else { panic!("no campaigns") };
    assert_eq!(campaigns.iter().map(|c| c.state.as_str()).collect::<Vec<_>>(), ["draft", "done"]);
    let done = &campaigns[1];
    assert!(done.touched > 0 && done.evaluate_on < noon().today() && done.result.is_some(), "{done:?}");
    let Answer::Members(members) = ask(&Query::Members(done.id)) else { panic!("no members") };
    assert_eq!(members.rows.iter().filter(|m| m.state == "touched").count(), members.touched);
    let Answer::Members(ahead) = ask(&Query::Members(campaigns[0].id)) else { panic!("no preview") };
    assert!(ahead.preview && ahead.looked > 0 && ahead.blocked.is_none());
    let Answer::Plans(plans) = ask(&Query::Plans) else { panic!("no plans") };
    assert_eq!(
        (plans.len(), plans[0].tasks.len(), plans[0].tasks.iter().filter(|t| t.done).count()),
        (1, 4, 1)
    );
}

#[test]
fn the_rules_give_customers_the_segment_in_which_their_history_ends() {
    let store = company(400, SEED, noon());
    let me = store.whoever("me", Via::Screen, "s").unwrap().unwrap();
    let words = words::words().unwrap();
    let scene = scene::Scene::new(words, calendar::Calendar::new(noon()), 400);
    let told = crowd::Crowd::new(scene, SEED).filter_map(|bundle| {
        let last = bundle.moves.last()?;
        Some((bundle.customer.id, last.became.clone()?))
    });
    let (mut same, mut all) = (0, 0);
    for (id, became) in told {
        let query = Query::Why { customer: CustomerId(id), scheme: Some("segment".to_owned()) };
        let Answer::Why(why) = store.ask(&me, &query, noon()).unwrap() else { unreachable!() };
        let is = &why[0].class;
        all += 1;
        same += usize::from(is.as_deref() == Some(&*became));
    }
    println!("{same} of {all}");
    assert!(all > 150 && same * 100 >= all * 90, "{same} of {all}");
}
