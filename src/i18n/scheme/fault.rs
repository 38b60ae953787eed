//! Why a text of rules is refused, in words: for whoever edits a file with its line and the names that stand there, for
//! whoever edits on the screen with the names of the classes and the keys that mend it.

use crate::domain::scheme::draft::Draft;
use crate::domain::scheme::metric::{METRICS, Unit};
use crate::domain::scheme::parse::{Fault, Refused};
use crate::i18n::scheme::{
    AT_CLASS, AT_GAP, AT_LINE, AT_NO_RULE, F_CIRCLE, F_CONDITION, F_GAP, F_HAND_RULE, F_LIMIT, F_METRIC,
    F_NAMELESS, F_NO_RULE, F_OVERLAP, F_SCHEME, F_TOML, F_TOO_MANY, F_TWICE, F_UNSERVED, F_WORD, NOT_APPLIED,
    condition,
};
use crate::i18n::{Lang, format};

/// The sentence for a scheme that is refused.
pub fn refused(refused: &Refused, lang: Lang) -> String {
    let said = fault(&refused.fault, lang);
    let said = if refused.line > 0 { AT_LINE.with(lang, &[&refused.line, &said]) } else { said };
    let stop = if lang == Lang::En { "." } else { "。" };
    format!("{said}{stop} {}", NOT_APPLIED.of(lang))
}

/// The sentence for edited rules that are refused: the fault at the name of its class, since no line of a text shows.
pub fn refused_at(refused: &Refused, draft: &Draft, lang: Lang) -> String {
    let said = fault_at(&refused.fault, draft, lang);
    let part = draft.part_at(refused.line);
    let said =
        part.map_or(said.clone(), |part| AT_CLASS.with(lang, &[&class_named(draft, &part.id, lang), &said]));
    let stop = if lang == Lang::En { "." } else { "。" };
    format!("{said}{stop} {}", NOT_APPLIED.of(lang))
}

/// The name of a class that is being edited.
fn class_named(draft: &Draft, id: &str, lang: Lang) -> String {
    let part = draft.parts.iter().find(|part| part.id == id);
    part.map_or_else(|| id.to_owned(), |part| if lang == Lang::En { &part.en } else { &part.zh }.clone())
}

/// A fault of edited rules: classes by their names, and the keys that mend it instead of what would stand in a file.
fn fault_at(what: &Fault, draft: &Draft, lang: Lang) -> String {
    let named = |id: &str| class_named(draft, id, lang);
    match what {
        Fault::NoRule(_) => AT_NO_RULE.with(lang, &[&"n", &"o"]),
        Fault::Gap(at) => AT_GAP.with(lang, &[&readings(at, lang), &"n", &"c", &"o"]),
        Fault::Overlap(one, other, at) => {
            F_OVERLAP.with(lang, &[&readings(at, lang), &named(one), &named(other)])
        }
        Fault::Unserved(class) => F_UNSERVED.with(lang, &[&named(class)]),
        other => fault(other, lang),
    }
}

/// What a customer would have to be like, `share = 80%` in words.
fn readings(at: &[String], lang: Lang) -> String {
    let at: Vec<String> = at.iter().map(|reading| condition(reading, lang)).collect();
    format::list(&at.iter().map(String::as_str).collect::<Vec<_>>(), lang)
}

/// The same with the names that stand in the file.
fn of_file(at: &[String], lang: Lang) -> String {
    let named = |reading: &String| {
        let id = reading.split(' ').next().unwrap_or_default();
        format!("{} ({id})", condition(reading, lang))
    };
    let at: Vec<String> = at.iter().map(named).collect();
    format::list(&at.iter().map(String::as_str).collect::<Vec<_>>(), lang)
}

/// A fault in words, without its line.
pub fn fault(fault: &Fault, lang: Lang) -> String {
    let join = |list: &[String]| format::list(&list.iter().map(String::as_str).collect::<Vec<_>>(), lang);
    match fault {
        Fault::Toml(what) => F_TOML.with(lang, &[&what.trim()]),
        Fault::Scheme(id) => {
            let known: Vec<String> =
                crate::domain::scheme::SHIPPED.iter().map(|(id, _)| (*id).to_owned()).collect();
            F_SCHEME.with(lang, &[id, &join(&known)])
        }
        Fault::Condition(text) => F_CONDITION.with(lang, &[text]),
        Fault::Metric(id) => {
            let known: Vec<String> = METRICS.iter().map(|m| m.id.to_owned()).collect();
            F_METRIC.with(lang, &[id, &join(&known)])
        }
        Fault::Limit(text, unit) => F_LIMIT.with(lang, &[text, &example(*unit)]),
        Fault::Word(word, known) => F_WORD.with(lang, &[word, &join(known)]),
        Fault::Circle(id) => F_CIRCLE.with(lang, &[id]),
        Fault::Twice(id) => F_TWICE.with(lang, &[id]),
        Fault::Nameless => F_NAMELESS.of(lang).to_owned(),
        Fault::NoRule(id) => F_NO_RULE.with(lang, &[id]),
        Fault::HandRule(id) => F_HAND_RULE.with(lang, &[id]),
        Fault::Gap(at) => F_GAP.with(lang, &[&of_file(at, lang)]),
        Fault::Overlap(one, other, at) => F_OVERLAP.with(lang, &[&of_file(at, lang), one, other]),
        Fault::TooMany => F_TOO_MANY.of(lang).to_owned(),
        Fault::Unserved(class) => F_UNSERVED.with(lang, &[class]),
    }
}

const fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "150%",
        Unit::Yuan => "20000",
        Unit::Count | Unit::Months => "3",
        Unit::Word => "high",
    }
}
