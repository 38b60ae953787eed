//! A condition as a person writes it, in the words that the screen shows it in: `与行业平均之比 ≥ 170%`. What comes out is the
//! condition as a scheme has it, by ids; what it says and whether it is one at all stands in `domain::scheme::parse`.

use super::{MISSING, metric_name};
use crate::domain::scheme::Op;
use crate::domain::scheme::metric::{CLASS_METRICS, METRICS, Unit, metric};
use crate::i18n::{Lang, words};

/// Signs as the screen shows them, and as a scheme has them.
const SIGNS: [(&str, &str); 5] = [("≥", ">="), ("≤", "<="), ("≠", "!="), ("＝", "="), ("％", "%")];

/// A condition by ids: the shown name of a metric or of a class stands for its id, where no other is called so. What is
/// understood in no such way stays as it was typed.
pub fn typed(text: &str) -> String {
    let text = SIGNS.iter().fold(text.trim().to_owned(), |text, (shown, sign)| text.replace(shown, sign));
    for lang in [Lang::En, Lang::Zh] {
        if let Some(id) = text.strip_suffix(MISSING.of(lang)).and_then(named) {
            return format!("{id} {}", Op::Missing.sign());
        }
    }
    let Some((sign, _)) = Op::first_in(&text) else { return text };
    let Some((name, limit)) = text.split_once(sign) else { return text };
    let (Some(id), limit) = (named(name), limit.trim()) else { return text };
    let of_words = metric(id).is_none_or(|metric| metric.unit == Unit::Word);
    let word = words::id(id, limit).filter(|_| of_words).unwrap_or(limit);
    if (id, word) == (name.trim(), limit) {
        return text;
    }
    format!("{id} {sign} {word}")
}

/// The metric or scheme that has this id, or alone is called so in either language.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let all = || METRICS.iter().map(|metric| metric.id).chain(CLASS_METRICS.iter().copied());
    if let Some(id) = all().find(|id| *id == name) {
        return Some(id);
    }
    let called = |id: &&str| [Lang::En, Lang::Zh].iter().any(|l| metric_name(id, *l).to_lowercase() == name);
    let mut found = all().filter(called);
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::super::condition as shown;
    use super::*;
    use crate::domain::scheme::SHIPPED;
    use crate::domain::scheme::parse::{condition, parse};

    #[test]
    fn every_shipped_condition_is_read_again_from_the_words_it_is_shown_in() {
        let mut read = 0;
        for (_, text) in SHIPPED {
            let scheme = parse(text).unwrap();
            for one in scheme.classes.iter().flat_map(|class| class.when.iter().flatten()) {
                for lang in [Lang::En, Lang::Zh] {
                    let shown = shown(&one.text, lang);
                    let again = condition(&typed(&shown), "").unwrap();
                    assert_eq!(
                        (&again.metric, again.op, &again.limit),
                        (&one.metric, one.op, &one.limit),
                        "{shown}"
                    );
                    read += 1;
                }
                assert_eq!(typed(&one.text), one.text, "ids stay as they are");
            }
        }
        assert!(read > 50, "{read}");
    }

    #[test]
    fn names_are_read_in_either_language_and_what_is_none_stays_as_typed() {
        for (text, by_id) in [
            ("与行业平均之比 ≥ 170%", "share >= 170%"),
            ("与行业平均之比≥170％", "share >= 170%"),
            ("Spend vs industry>=170%", "share >= 170%"),
            ("与行业平均之比 缺失", "share is missing"),
            ("spend vs industry is missing", "share is missing"),
            ("分层 = 高价值", "segment = high"),
            ("Segment != high", "segment != high"),
            ("share>=170%", "share>=170%"),
            ("wealth > 3", "wealth > 3"),
            ("与行业平均之比", "与行业平均之比"),
            ("", ""),
        ] {
            assert_eq!(typed(text), by_id);
        }
    }
}
