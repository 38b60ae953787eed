//! The clocks of the strategy table: when the next touch of each kind is due for one customer. Pure: the store hands in the
//! kinds of the governing row and the customer's touches.
//!
//! Which talk resets which clock (A108, D1–D12; «any two-way touch resets the clock of its kind»). A kind asks for a depth,
//! a channel has one, and what is deeper does for what is lighter:
//!
//! | kind | is met by a two-way touch through |
//! |---|---|
//! | `deep_visit`, `deep_talk` | a visit, one to one, video, an event |
//! | `phone_visit` | these, or a phone call |
//! | `light_touch`, `care`, `greeting`, `wake_up`, kinds of the company's own | any channel |
//! | `promotion` | any channel, if a product was offered |
//!
//! A touch whose topic names a kind meets that kind whatever its channel: a deep return visit by telephone is one when it is
//! written down as one (D1 prefers the phone). A touch that nobody answered resets no clock, but it was tried: the task
//! waits for a third of the interval, a week at least, so that nobody is asked to write again the next morning.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// One touch kind of a row of the strategy table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// Kind id.
    pub kind: String,
    /// Days after which it is due.
    pub ideal: u16,
    /// Days after which it is late.
    pub worst: u16,
}

/// One touch, as far as clocks are concerned.
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a> {
    /// Its business day.
    pub day: NaiveDate,
    /// Channel id.
    pub channel: Option<&'a str>,
    /// Topic.
    pub topic: Option<&'a str>,
    /// Whether a product was offered.
    pub offered: bool,
    /// Whether the customer answered, took part or came in.
    pub two_way: bool,
    /// Whether it went out from us.
    pub proactive: bool,
}

/// The clock that rings first, or rings loudest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    /// Kind id.
    pub kind: String,
    /// The day it runs from.
    pub from: NaiveDate,
    /// The first day on which it is due: yellow.
    pub on: NaiveDate,
    /// The first day on which it is late: red.
    pub late_on: NaiveDate,
}

/// How deep a talk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    Light,
    Voice,
    Deep,
}

/// Kinds with the depth they ask for, whether they have to offer something, and the words by which a topic names them.
const KINDS: &[(&str, Depth, bool, &[&str])] = &[
    ("deep_visit", Depth::Deep, false, &["深度回访", "deep visit"]),
    ("deep_talk", Depth::Deep, false, &["深度沟通", "deep talk"]),
    ("phone_visit", Depth::Voice, false, &["电话回访", "phone visit"]),
    ("light_touch", Depth::Light, false, &["轻互动", "light touch"]),
    ("care", Depth::Light, false, &["关怀", "care"]),
    ("promotion", Depth::Light, true, &["促销", "promotion"]),
    ("wake_up", Depth::Light, false, &["唤醒", "wake-up"]),
    ("greeting", Depth::Light, false, &["问候", "greeting"]),
];

fn known(kind: &str) -> Option<&'static (&'static str, Depth, bool, &'static [&'static str])> {
    KINDS.iter().find(|(id, ..)| *id == kind)
}

/// How deep a kind goes: 0 any word, 1 a voice, 2 face to face.
pub fn depth(kind: &str) -> u8 {
    known(kind).map_or(0, |(_, depth, ..)| *depth as u8)
}

/// Whether a touch through this channel, about this, is of a kind's nature.
pub fn is_of(kind: &str, contact: &Contact<'_>) -> bool {
    let named = |words: &[&str]| {
        contact.topic.is_some_and(|topic| {
            let topic = topic.to_lowercase();
            words.iter().any(|word| topic.contains(word))
        })
    };
    let Some((_, depth, offers, words)) = known(kind) else { return true };
    let deep = match contact.channel {
        Some("visit" | "one_to_one" | "video" | "event") => Depth::Deep,
        Some("phone") => Depth::Voice,
        _ => Depth::Light,
    };
    named(words) || (deep >= *depth && (!offers || contact.offered))
}

/// The clocks of one customer while its touches are gone through.
#[derive(Clone, Debug)]
pub struct Clocks<'a> {
    beats: &'a [Beat],
    /// Per kind the last two-way touch and the last try.
    met: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
}

impl<'a> Clocks<'a> {
    /// The clocks of a row, none of them met yet.
    pub fn new(beats: &'a [Beat]) -> Self {
        Self { beats, met: vec![(None, None); beats.len()] }
    }

    /// Takes a touch into account, in any order.
    pub fn touch(&mut self, contact: &Contact<'_>) {
        for (beat, (met, tried)) in self.beats.iter().zip(&mut self.met) {
            if !contact.two_way && !contact.proactive || !is_of(&beat.kind, contact) {
                continue;
            }
            let slot = if contact.two_way { met } else { tried };
            *slot = (*slot).max(Some(contact.day));
        }
    }

    /// Takes into account that the task of a kind was ticked off without a talk: it counts as a try.
    pub fn ticked(&mut self, kind: &str, day: NaiveDate) {
        for (beat, (_, tried)) in self.beats.iter().zip(&mut self.met) {
            if beat.kind == kind {
                *tried = (*tried).max(Some(day));
            }
        }
    }

    /// The clock to be shown: among those that are late, else among those that are due, the deepest, which does for the
    /// others; where none is due, the next. Clocks that were never met run from the day the customer is known. `changes`
    /// takes the days on which time alone may change the answer.
    pub fn ring(&self, known: NaiveDate, today: NaiveDate, changes: &mut Vec<NaiveDate>) -> Option<Ring> {
        let rings: Vec<Ring> = self
            .beats
            .iter()
            .zip(&self.met)
            .filter_map(|(beat, (met, tried))| {
                let from = met.unwrap_or(known);
                let after = |day: NaiveDate, days: u16| day.checked_add_days(Days::new(u64::from(days)));
                let wait = (beat.ideal / 3).max(7);
                let held = tried.filter(|day| *day >= from).and_then(|day| after(day, wait));
                let on = after(from, beat.ideal)?.succ_opt()?;
                Some(Ring {
                    kind: beat.kind.clone(),
                    from,
                    on: held.map_or(on, |held| held.max(on)),
                    late_on: after(from, beat.worst)?.succ_opt()?,
                })
            })
            .collect();
        if rings.len() > 1 {
            changes.extend(rings.iter().flat_map(|r| [r.on, r.late_on]).filter(|day| *day > today));
        }
        rings.into_iter().min_by_key(|r| {
            if r.on > today {
                return (2, 0, r.on);
            }
            (u8::from(r.late_on > today), 2 - depth(&r.kind).min(2), r.late_on)
        })
    }
}

/// The channel to use (D30): never one opted out of; what the customer prefers, else what the row prefers, else the
/// cheapest that is left. None where the customer wants none.
pub fn channel<'a>(opt_outs: &[String], preferred: Option<&'a str>, row: &'a [String]) -> Option<&'a str> {
    /// From the cheapest.
    const CHEAP: &[&str] = &["wechat", "wecom", "community", "email", "sms", "phone", "visit"];
    let out = |channel: &str| opt_outs.iter().any(|o| o == "all" || o == channel);
    preferred
        .into_iter()
        .chain(row.iter().map(String::as_str))
        .chain(CHEAP.iter().copied())
        .find(|channel| !out(channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn beat(kind: &str, ideal: u16, worst: u16) -> Beat {
        Beat { kind: kind.into(), ideal, worst }
    }

    fn talk(on: &str, channel: &'static str) -> Contact<'static> {
        Contact {
            day: day(on),
            channel: Some(channel),
            topic: None,
            offered: false,
            two_way: true,
            proactive: true,
        }
    }

    fn ring(beats: &[Beat], touches: &[Contact<'_>], today: &str) -> Ring {
        let mut clocks = Clocks::new(beats);
        for touch in touches {
            clocks.touch(touch);
        }
        clocks.ring(day("2024-01-01"), day(today), &mut Vec::new()).unwrap()
    }

    #[test]
    fn g29_the_day_after_the_ideal_interval_is_due_and_the_day_after_the_worst_is_late() {
        let beats = [beat("light_touch", 30, 37)];
        let at = |today| ring(&beats, &[talk("2024-04-10", "wechat")], today);
        let r = at("2024-05-10");
        assert_eq!((r.on, r.late_on, r.from), (day("2024-05-11"), day("2024-05-18"), day("2024-04-10")));
    }

    #[test]
    fn d01_a_visit_resets_the_light_touch_too_and_a_message_leaves_the_visit_due() {
        let beats = [beat("deep_visit", 91, 105), beat("light_touch", 30, 37)];
        let visit = [talk("2024-05-01", "visit")];
        assert_eq!(ring(&beats, &visit, "2024-05-20").kind, "light_touch");
        assert_eq!(ring(&beats, &visit, "2024-05-20").on, day("2024-06-01"));
        let message = [talk("2024-01-10", "visit"), talk("2024-05-01", "wechat")];
        let r = ring(&beats, &message, "2024-05-20");
        assert_eq!((r.kind.as_str(), r.from), ("deep_visit", day("2024-01-10")));
        // both due: the visit does for both
        let r = ring(&beats, &[talk("2024-02-15", "visit")], "2024-06-10");
        assert_eq!(r.kind, "deep_visit");
    }

    #[test]
    fn a_call_written_down_as_a_deep_visit_is_one_and_any_other_call_is_not() {
        let call = talk("2024-05-01", "phone");
        assert!(!is_of("deep_visit", &call) && is_of("phone_visit", &call) && is_of("care", &call));
        let named = Contact { topic: Some("季度深度回访"), ..call };
        assert!(is_of("deep_visit", &named));
        assert!(is_of("seminar", &call), "a kind of the company's own is met by any talk");
    }

    #[test]
    fn d02_a_promotion_is_a_touch_that_offers_something() {
        let message = talk("2024-05-01", "sms");
        assert!(!is_of("promotion", &message));
        assert!(is_of("promotion", &Contact { offered: true, ..message }));
        assert!(is_of("promotion", &Contact { topic: Some("季度促销"), ..message }));
    }

    #[test]
    fn k27_what_nobody_answered_resets_nothing_and_keeps_the_reminder_away_for_a_third_of_the_interval() {
        let beats = [beat("wake_up", 91, 105)];
        let sent = Contact { two_way: false, ..talk("2024-05-01", "sms") };
        let r = ring(&beats, &[sent], "2024-05-20");
        assert_eq!((r.from, r.on), (day("2024-01-01"), day("2024-05-31")));
        assert!(r.late_on <= day("2024-05-20"), "it is late all the same");
        let mut clocks = Clocks::new(&beats);
        clocks.ticked("wake_up", day("2024-05-02"));
        assert_eq!(
            clocks.ring(day("2024-01-01"), day("2024-05-20"), &mut Vec::new()).unwrap().on,
            day("2024-06-01")
        );
    }

    #[test]
    fn d30_an_opt_out_stands_above_preference_preference_above_the_row_and_the_cheapest_is_left() {
        let row = ["phone".to_owned(), "one_to_one".to_owned()];
        let outs = |list: &[&str]| list.iter().map(|o| (*o).to_owned()).collect::<Vec<_>>();
        assert_eq!(channel(&[], Some("email"), &row), Some("email"));
        assert_eq!(channel(&outs(&["email"]), Some("email"), &row), Some("phone"));
        assert_eq!(channel(&[], None, &row), Some("phone"));
        assert_eq!(channel(&outs(&["phone", "one_to_one"]), None, &row), Some("wechat"));
        assert_eq!(channel(&outs(&["all"]), Some("email"), &row), None);
    }
}
