//! Why a scheme is refused, as a sentence: with the line and the ids of a file that was applied, or in the words and keys of the
//! screen on which its rules were edited.

use super::{condition, metric_name};
use crate::domain::scheme::draft::Draft;
use crate::domain::scheme::metric::{METRICS, Metric, Unit};
use crate::domain::scheme::parse::{Fault, Refused};
use crate::i18n::{Lang, format};

crate::i18n::texts! {
    AT_CLASS "“{}”: {}" "“{}”:{}";
    AT_GAP "a customer with {} would fit no class; {} adds a condition, {} a class, {} lets the class under the cursor take whoever is left" "{}的客户不属于任何一类:{} 添加条件,{} 新增一类,或在某一类上按 {} 让它收下其余客户";
    IN_FILE "{}: {}" "{}:{}";
    AT_LINE "Line {}: {}" "第{}行:{}";
    AT_NO_RULE "it has no conditions; {} adds one, {} lets it take whoever fits no other class" "没有条件:{} 添加条件,或按 {} 让它收下不属于其他各类的客户";
    F_CIRCLE "“{}” is found by this scheme or after it, so it cannot stand in its conditions" "“{}”由本方案或其后的方案得出,不能作为条件";
    F_CONDITION "“{}” is no condition; write it like “share >= 150%”" "看不懂条件“{}”,请写成“share >= 150%”";
    F_GAP "a customer with {} would fit no class; add a condition or a class with otherwise = true" "{}的客户不属于任何一类,请补条件或加一个otherwise = true的类";
    F_HAND_RULE "“{}” is set by hand and takes no conditions, or is found by rules and needs them" "“{}”由人设定则不写条件,由规则得出则必须写";
    F_LIMIT "“{}” does not fit; write {}" "“{}”不合适,请写成{}";
    F_METRIC "there is no metric “{}”; there are {}" "没有指标“{}”,现有:{}";
    F_NAMELESS "a class needs an id and a word in both languages" "每一类都要有编号和中英文名称";
    F_NO_RULE "the class “{}” has no conditions; write when it holds, or otherwise = true" "“{}”没有条件,请写出条件或otherwise = true";
    F_OVERLAP "a customer with {} would fit both “{}” and “{}”; narrow one of them" "{}的客户同时属于“{}”和“{}”,请收紧其中一个";
    F_SCHEME "there is no scheme “{}”; there are {}" "没有方案“{}”,现有:{}";
    F_TOML "this is no TOML of a scheme: {}" "不是有效的方案TOML:{}";
    F_TOO_MANY "too many limits in one scheme to be proved; use fewer metrics" "条件过多无法验证,请减少指标";
    F_TWICE "the id “{}” stands here twice; give one another id" "编号“{}”重复,请改其中一个";
    F_UNSERVED "the class “{}” has no row in the strategy matrix; add it in pane 4 first" "“{}”在策略矩阵中没有对应行,请先在窗格4中新增";
    F_WORD "“{}” is never true here; write one of {}" "这里不会出现“{}”,可写:{}";
    NOT_APPLIED "Nothing was changed." "未作任何改动。";
}

/// The sentence for a scheme that is refused.
pub fn refused(refused: &Refused, lang: Lang) -> String {
    let said = fault(&refused.fault, lang);
    let said = if refused.line > 0 { AT_LINE.with(lang, &[&refused.line, &said]) } else { said };
    let stop = if lang == Lang::En { "." } else { "。" };
    format!("{said}{stop} {}", NOT_APPLIED.of(lang))
}

/// The same for a file, with its name.
pub fn refused_in(file: &str, refused_there: &Refused, lang: Lang) -> String {
    IN_FILE.with(lang, &[&file, &refused(refused_there, lang)])
}

/// The sentence for edited rules that are refused: the fault at the name of its class, since no line of a text shows.
pub fn refused_at(refused: &Refused, draft: &Draft, lang: Lang) -> String {
    let said = fault_at(&refused.fault, draft, lang);
    // a gap is between classes, and none of them alone is wrong
    let part = draft.part_at(refused.line).filter(|_| !matches!(refused.fault, Fault::Gap(_)));
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
            let named = |m: &Metric| format!("{} ({})", metric_name(m.id, lang), m.id);
            let known: Vec<String> = METRICS.iter().map(named).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_a_sentence_with_its_line() {
        let told = refused(&Refused { line: 7, fault: Fault::Metric("wealth".into()) }, Lang::En);
        assert!(
            told.starts_with("Line 7: there is no metric “wealth”; there are spend vs industry (share), "),
            "{told}"
        );
        let told = refused(&Refused { line: 0, fault: Fault::Gap(vec!["orders = 4".into()]) }, Lang::Zh);
        assert!(
            told.starts_with(&format!(
                "{} = 4 (orders)的客户不属于任何一类",
                metric_name("orders", Lang::Zh)
            )),
            "{told}"
        );
    }

    #[test]
    fn edited_rules_are_refused_in_words_that_stand_on_the_screen_and_name_the_keys_that_mend_it() {
        let (_, text) = crate::domain::scheme::SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
        let draft = Draft::of(&crate::domain::scheme::parse::parse(text).unwrap());
        let both = |fault: Fault| {
            let refused = Refused { line: 0, fault };
            [Lang::En, Lang::Zh].map(|lang| refused_at(&refused, &draft, lang))
        };
        let readings = vec!["share is missing".into(), "segment = …".into(), "idle_months = 4".into()];
        for told in [
            both(Fault::Gap(readings.clone())),
            both(Fault::NoRule("dormant".into())),
            both(Fault::Overlap("high".into(), "dormant".into(), readings)),
            both(Fault::Unserved("high".into())),
        ] {
            for raw in ["otherwise", "share", "idle_months", "“high”", "= true"] {
                assert!(told.iter().all(|said| !said.contains(raw)), "{raw}: {told:?}");
            }
            assert!(!told[1].contains("missing") && !told[1].contains("dormant"), "{told:?}");
        }
        let told = both(Fault::Overlap("high".into(), "dormant".into(), vec!["share = 80%".into()]));
        assert!(told[1].starts_with("与行业平均之比 = 80%的客户同时属于“高价值”和“沉睡”"), "{told:?}");
    }
}
