//! How a customer buys, in words: the rhythm of their orders, the chance to order within 90 days, and how good the last
//! such forecast was. Never whether somebody «is still a customer»: the model ranks, it condemns nobody (kpis.md 3.4).

use chrono::NaiveDate;

use super::{Lang, format};
use crate::domain::kpi::stats::{FEW, rounded};
use crate::domain::models::forecast::{Band, Chance};
use crate::domain::models::rhythm::Silence;
use crate::store::request::Profile;

super::texts! {
    RHYTHM "usually orders every {} {day|days}, {} {day|days} now: {} {time|times}" "通常每{}天下单,距今{}天:{}倍";
    LONGER "▲ longer than usual" "▲比平时久";
    FAR_LONGER "✗ far longer than usual" "✗远超平时";
    ONCE "bought once only: no rhythm to see" "只买过一次,看不出节奏";
    CHANCE "of 100 who bought like this and were silent as long, about {} order within 90 days" "这样买过、又停了这么久的客户,100个里约{}个会在90天内再下单";
    TESTED "last back-test ({}): of those said to have {}–{} %, {} % ordered" "上次回测({}):说{}–{}%的,实际{}%下单";
    TESTED_FEW "last back-test ({}): of those said to have {}–{} %, {} of {} ordered" "上次回测({}):说{}–{}%的,{}户下单(共{}户)";
    UNTESTED "not tested yet" "尚无回测";
    BAND "said {}–{} %: {} of {} ordered" "说{}–{}%:{}户下单(共{}户)";
}

/// The rhythm in plain words: never longer than a line, and with a sign where the silence is out of the usual.
pub fn rhythm(profile: &Profile, lang: Lang) -> Option<String> {
    let Some(rhythm) = &profile.rhythm else {
        return profile.once.then(|| ONCE.of(lang).to_owned());
    };
    let times = format!("{:.1}", rounded(rhythm.times(), 1));
    let words = RHYTHM.with(lang, &[&rounded(rhythm.usual, 0), &rhythm.since, &times]);
    Some(match rhythm.silence {
        Silence::Usual => words,
        Silence::Longer => format!("{words} {}", LONGER.of(lang)),
        Silence::Far => format!("{words} {}", FAR_LONGER.of(lang)),
    })
}

/// The chance in plain words with the last back-test; nothing where no model may be used.
pub fn chance(chance: Option<&Chance>, today: NaiveDate, lang: Lang) -> Vec<String> {
    let Some(chance) = chance else { return Vec::new() };
    let mut said = vec![CHANCE.with(lang, &[&rounded(chance.chance * 100.0, 0)])];
    said.push(match (chance.tested, chance.band.filter(|band| band.customers > 0)) {
        (Some(day), Some(band)) => tested(day, &band, today, lang),
        _ => UNTESTED.of(lang).to_owned(),
    });
    said
}

fn tested(day: NaiveDate, band: &Band, today: NaiveDate, lang: Lang) -> String {
    let day = format::day(day, today);
    // a handful is told as what it is (C9)
    if i64::try_from(band.customers).is_ok_and(|n| n < FEW) {
        return TESTED_FEW.with(lang, &[&day, &band.from, &band.to, &band.ordered, &band.customers]);
    }
    let share = rounded(band.ordered as f64 * 100.0 / band.customers as f64, 0);
    TESTED.with(lang, &[&day, &band.from, &band.to, &share])
}

/// One band of a back-test.
pub fn band(band: &Band, lang: Lang) -> String {
    let count = |n: usize| format::count(i64::try_from(n).unwrap_or(i64::MAX));
    let [ordered, all] = [band.ordered, band.customers].map(count);
    BAND.with(lang, &[&band.from, &band.to, &ordered, &all])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_chance_stands_with_what_came_of_the_last_one() {
        let band = Band { from: 60, to: 80, customers: 123, ordered: 87 };
        let found = Chance {
            chance: 0.634,
            as_of: day("2024-05-20"),
            tested: Some(day("2024-02-20")),
            band: Some(band),
        };
        let say = |chance: &Chance, lang| super::chance(Some(chance), day("2024-05-20"), lang);
        assert_eq!(
            say(&found, Lang::En),
            [
                "of 100 who bought like this and were silent as long, about 63 order within 90 days",
                // 87 of 123 are 70.7 %
                "last back-test (02-20): of those said to have 60–80 %, 71 % ordered",
            ]
        );
        assert_eq!(say(&found, Lang::Zh)[1], "上次回测(02-20):说60–80%的,实际71%下单");
        let few = Chance { band: Some(Band { customers: 4, ordered: 3, ..band }), ..found.clone() };
        assert!(say(&few, Lang::En)[1].ends_with("3 of 4 ordered"));
        let none = Chance { band: Some(Band { customers: 0, ordered: 0, ..band }), ..found };
        assert_eq!(say(&none, Lang::En)[1], "not tested yet");
        assert!(super::chance(None, day("2024-05-20"), Lang::En).is_empty());
    }
}
