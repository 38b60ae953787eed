//! Where a person was when their session was killed: kept while they work, not only when they leave.

use guanxi::app::draft::Place;
use guanxi::app::panes::PaneId;
use guanxi::app::{Effect, Msg};
use guanxi::domain::change::{Change, NewCustomer};
use guanxi::domain::field::{Field, Value};
use guanxi::i18n::Lang;

use super::rig::Rig;

fn kept(rig: &Rig) -> Vec<Place> {
    let places = rig.wanted.iter().filter_map(|effect| match effect {
        Effect::Remember(place) => Some((**place).clone()),
        _ => None,
    });
    places.collect()
}

#[test]
fn a_place_is_kept_a_second_after_the_key_that_led_there_and_once() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("3<Tab>");
    assert_eq!(kept(&rig), []);
    assert_eq!(rig.app.deadline(), rig.now.ms() + 1_000);
    rig.pass(1);
    let places = kept(&rig);
    assert_eq!(places.iter().map(|p| (p.pane, p.ledger)).collect::<Vec<_>>(), [(3, 1)]);
    // keys that lead nowhere write nothing
    rig.keys("?<Esc>").pass(1);
    rig.pass(60);
    assert_eq!(kept(&rig).len(), 1);
    // a killed session knows no more than what was kept
    rig.keys("4<Tab><Tab>").pass(1).keys("5<Tab>").pass(1);
    let rig = rig.restart();
    assert_eq!(rig.app.active, PaneId::Board);
    assert_eq!(kept(&rig).last(), Some(&rig.app.place()));
}

#[test]
fn the_customer_at_hand_and_the_views_come_back() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("4<Tab>/恒远<Enter>").pass(1);
    let place = kept(&rig).last().cloned().unwrap_or_default();
    assert_eq!((place.pane, place.matrix), (2, 1));
    assert_eq!(place.subject.map(|s| s.code), Some("C202405002".to_owned()));
    let mut rig = rig.restart();
    rig.shows(&["恒远物流有限公司"]);
    rig.keys("4").shows(&["话术"]);
    assert_eq!(rig.app.place().matrix, 1);
}

#[test]
fn a_list_opens_on_the_customer_it_was_left_on_and_on_the_same_line() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    for n in 0..300 {
        let values = vec![(Field::Name, Value::text(&format!("常客{n}号公司")))];
        rig.write(Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() })));
    }
    rig.send(Msg::Elsewhere);
    rig.keys("1/常客150号<Enter>1<Down><Down>");
    let (subject, cursor) = (rig.app.shared.subject.clone(), rig.app.panes.customers.list.cursor);
    for _ in 0..3 {
        rig = rig.restart();
        let again = rig.app.panes.customers.list.cursor;
        assert_eq!((again.id, again.at - again.top), (cursor.id, cursor.at - cursor.top));
        assert_eq!(rig.app.shared.subject, subject);
        rig.send(Msg::Resize(rig.app.shared.size));
    }
}

#[test]
fn the_day_opens_on_the_row_it_was_left_on() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("3<Down><Down>");
    let (at, subject) = (rig.app.panes.ledger.queue.at, rig.app.shared.subject.clone());
    assert_eq!(at, 2);
    let rig = rig.restart();
    assert_eq!((rig.app.panes.ledger.queue.at, &rig.app.shared.subject), (at, &subject));
}
