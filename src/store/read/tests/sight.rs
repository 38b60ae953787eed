//! What the look-up box finds at first sight, and what follows.

use super::Company;
use crate::domain::change::{Change, NewCustomer};
use crate::domain::field::{Field, Value};
use crate::store::request::{Answer, Found, Query, Sight};

fn names(found: Vec<Found>) -> Vec<String> {
    found.into_iter().map(|f| f.row.name).collect()
}

fn first(c: &Company, text: &str, limit: usize) -> (Vec<String>, bool) {
    match c.ask(&Query::FindFirst { text: text.into(), limit }) {
        Answer::FindFirst(Sight { rows, whole }) => (names(rows), whole),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_is_found_at_first_sight_stays_in_place_and_those_far_behind_candidates_without_end_follow() {
    let mut c = Company::new();
    let named = |name: String| {
        let values = vec![(Field::Name, Value::text(&name))];
        Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() }))
    };
    c.write(named("Xabcdx Trading".to_owned()));
    // each holds the grams of what is typed, and not the word
    c.write(Change::All((0..620).map(|n| named(format!("Xabc Xbcd {n}"))).collect()));
    c.write(named("Yabcdy Trading".to_owned()));
    assert_eq!(first(&c, "abcd", 50), (vec!["Xabcdx Trading".to_owned()], false));
    assert_eq!(c.found("abcd"), ["Xabcdx Trading", "Yabcdy Trading"]);
    // as many as were asked for are enough
    assert_eq!(first(&c, "abcd", 1), (vec!["Xabcdx Trading".to_owned()], true));
    // a rare word needs no second look
    assert_eq!(first(&c, "yabc", 50), (vec!["Yabcdy Trading".to_owned()], true));
    assert_eq!(first(&c, "zzz", 50), (Vec::new(), true));
}
