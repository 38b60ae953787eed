//! The hits of the look-up box: those found at first sight, and whoever follows them. A hit stays where it was shown, since
//! somebody may be about to open it.

use std::collections::HashSet;

use super::{Feeds, Slot};
use crate::store::request::{Answer, Found, Query, Sight};

impl Feeds {
    /// The hits that are here.
    pub fn find(&self) -> Option<&Vec<Found>> {
        self.sight().map(|sight| &sight.rows)
    }

    /// Whoever was not found at first sight follows those who were.
    pub(super) fn found_all(&mut self) {
        let [first, rest] = [Slot::Find, Slot::FindRest].map(|slot| slot as usize);
        // the question may come again, once something else was typed in between
        let all = self.feeds.get_mut(rest).and_then(|rest| rest.asked.take().zip(rest.answer.take()));
        let Some(((_, Query::Find { text: of, .. }), Answer::Find(all))) = all else { return };
        let Some(feed) = self.feeds.get_mut(first) else { return };
        if let Some((_, Query::FindFirst { text, .. })) = &feed.asked
            && *text == of
            && let Some(Answer::FindFirst(sight)) = &mut feed.answer
        {
            *sight = Sight { rows: followed(std::mem::take(&mut sight.rows), all), whole: true };
        }
    }
}

/// What stands in a place whose question is answered anew: where that is only a first sight, whoever was found before stays
/// until the others are found again.
pub(super) fn kept(known: Option<Answer>, answer: Answer) -> Answer {
    match (known, answer) {
        (Some(Answer::FindFirst(known)), Answer::FindFirst(sight)) if !sight.whole => {
            Answer::FindFirst(Sight { rows: followed(sight.rows, known.rows), whole: false })
        }
        (_, answer) => answer,
    }
}

/// Hits, and behind them those of others who are not among them.
fn followed(mut rows: Vec<Found>, others: Vec<Found>) -> Vec<Found> {
    let here: HashSet<i64> = rows.iter().map(|found| found.row.id).collect();
    rows.extend(others.into_iter().filter(|found| !here.contains(&found.row.id)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::request::CustomerRow;

    fn found(ids: &[i64]) -> Vec<Found> {
        let one = |id: &i64| Found {
            row: CustomerRow { id: *id, ..CustomerRow::default() },
            matched: "name",
            text: String::new(),
            chars: (0, 0),
            mine: false,
        };
        ids.iter().map(one).collect()
    }

    /// Asks in both places for a text; which of them had to be asked.
    fn ask(feeds: &mut Feeds, revision: u64, text: &str, next: &mut u64) -> [bool; 2] {
        let (text, limit) = (text.to_owned(), 50);
        let first = Query::FindFirst { text: text.clone(), limit };
        let asked = feeds.want(Slot::Find, revision, &first, next).is_some();
        let open = feeds.current(Slot::Find, &first) && feeds.sight().is_some_and(|sight| !sight.whole);
        let rest = Query::Find { text, limit };
        [asked, open && feeds.want(Slot::FindRest, revision, &rest, next).is_some()]
    }

    fn answer(feeds: &mut Feeds, slot: Slot, ids: &[i64]) {
        let ticket = feeds.feeds.get(slot as usize).unwrap().ticket;
        let answer = match slot {
            Slot::Find => Answer::FindFirst(Sight { rows: found(ids), whole: false }),
            _ => Answer::Find(found(ids)),
        };
        assert!(feeds.answer(slot, ticket, Ok(answer)));
    }

    fn shown(feeds: &Feeds) -> (Vec<i64>, bool) {
        let sight = feeds.sight().unwrap();
        (sight.rows.iter().map(|f| f.row.id).collect(), sight.whole)
    }

    #[test]
    fn hits_stay_in_their_places_when_others_follow_and_while_newer_data_is_looked_through() {
        let (mut feeds, mut next) = (Feeds::default(), 0);
        assert_eq!(ask(&mut feeds, 0, "a", &mut next), [true, false]);
        answer(&mut feeds, Slot::Find, &[5, 2]);
        assert_eq!(ask(&mut feeds, 0, "a", &mut next), [false, true]);
        answer(&mut feeds, Slot::FindRest, &[2, 7, 5]);
        assert_eq!(shown(&feeds), (vec![5, 2, 7], true));
        assert_eq!(ask(&mut feeds, 0, "a", &mut next), [false, false], "all are here");
        assert_eq!(ask(&mut feeds, 1, "a", &mut next), [true, false]);
        answer(&mut feeds, Slot::Find, &[2, 9]);
        assert_eq!(shown(&feeds), (vec![2, 9, 5, 7], false));
        assert_eq!(ask(&mut feeds, 1, "a", &mut next), [false, true]);
    }

    #[test]
    fn what_was_found_for_another_text_is_dropped_and_asked_for_again_when_that_is_typed_again() {
        let (mut feeds, mut next) = (Feeds::default(), 0);
        ask(&mut feeds, 0, "a", &mut next);
        answer(&mut feeds, Slot::Find, &[5]);
        assert_eq!(ask(&mut feeds, 0, "a", &mut next), [false, true]);
        assert_eq!(ask(&mut feeds, 0, "ab", &mut next), [true, false]);
        answer(&mut feeds, Slot::Find, &[6]);
        answer(&mut feeds, Slot::FindRest, &[5, 8]);
        assert_eq!(shown(&feeds), (vec![6], false));
        ask(&mut feeds, 0, "a", &mut next);
        answer(&mut feeds, Slot::Find, &[5]);
        assert_eq!(ask(&mut feeds, 0, "a", &mut next), [false, true], "it was never taken in");
    }
}
