//! The words about fields of the company's own, and which there are: filters name them by their own names. Whoever reads
//! the fields tells them ([`learn`]); they are kept for the whole process, as own words of classes are.

use std::sync::{PoisonError, RwLock};

use super::Lang;
use super::format::list;
use crate::domain::field::Problem;
use crate::domain::own::OwnField;

super::texts! {
    NEW "new own field" "新建自有字段";
    MASKED "***" "***";
    KIND "{} · {}" "{} · {}";
    ADMIN_ONLY "Which fields there are is for whoever sets the company up; the values are edited on the profile." "字段由管理员设定;取值请在档案中填写。";
    FILTER_FIELD "The company has no field of its own called “{}”; the help lists those there are." "公司没有名为“{}”的自有字段,帮助中可查看现有字段。";
    FILTER_FIELD_VALUE "“{}:” cannot be compared with “{}”: numbers and days are greater or less, everything else is equal or not." "“{}:”不能与“{}”比较:数字和日期可比大小,其余只能等于。";
    NOT_A_FIGURE "{}: “{}” is no number; write 120 or 12.5." "{}:“{}”不是数字,请写成120或12.5。";
    NOT_AMONG "{}: “{}” is not among {}." "{}:“{}”不在可选值中,可选:{}。";
    NOT_A_NAME "{}: “{}” cannot be a field of your own; every company has one of this name, or it has no letter." "{}:“{}”不能作为自有字段,已有同名字段或不含文字。";
    FIELD_TAKEN "{}: there is a field “{}” already." "{}:已有字段“{}”。";
    NO_FIELD "There is no own field “{}”." "没有自有字段“{}”。";
    NO_FIELD_NEAR "There is no own field “{}”; did you mean “{}”?" "没有自有字段“{}”,您是指“{}”吗?";
    NO_CHOICES "{}: write the values to choose from, with commas between." "{}:请写出可选值,用逗号分隔。";
    VALUES_MISFIT "{}: customers have values that would not fit, “{}” among them ({} in all); change those first." "{}:已有客户的取值不符,例如“{}”(共{}户),请先修改。";
}

static KNOWN: RwLock<Vec<OwnField>> = RwLock::new(Vec::new());

/// Takes over the fields that there are; of one that is gone the store says so.
pub fn learn(fields: &[OwnField]) {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    for field in fields {
        match known.iter_mut().find(|k| k.key == field.key) {
            Some(place) => place.clone_from(field),
            None => known.push(field.clone()),
        }
    }
}

/// The words under which filters know the fields.
pub fn keys() -> Vec<String> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    known.iter().map(|field| field.key.clone()).collect()
}

/// The field of a name: its word, and the values of a choice.
pub fn called(name: &str) -> Option<(String, Vec<String>)> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    known.iter().find(|field| field.is_called(name)).map(|field| (field.key.clone(), field.allowed.clone()))
}

/// A word of a filter that names an own field, as it is kept: `车间数:>3` as `own:车间数>3`.
pub fn kept(word: &str) -> Option<String> {
    let (name, value) = word.split_once(':')?;
    let (key, _) = called(name).filter(|_| !value.is_empty())?;
    let sign = if value.starts_with(['<', '>', '=']) { "" } else { "=" };
    Some(format!("own:{key}{sign}{value}"))
}

/// The same as it is typed.
pub fn shown(word: &str) -> Option<String> {
    let (key, own) = word.split_once(':')?;
    let at = own.find(['<', '>', '=']).filter(|_| key == "own" || key == "自有")?;
    let (name, value) = own.split_at_checked(at)?;
    let (key, _) = called(name)?;
    let bare = value.strip_prefix('=').unwrap_or(value);
    Some(format!("{key}:{bare}"))
}

/// The sentence for what only fields of the company's own can have wrong; blank for all else, which `errors` words.
pub fn problem(problem: &Problem, label: &str, lang: Lang) -> String {
    match problem {
        Problem::NotAFigure(t) => NOT_A_FIGURE.with(lang, &[&label, t]),
        Problem::NotAmong(t, there) => {
            let there: Vec<&str> = there.iter().map(String::as_str).collect();
            NOT_AMONG.with(lang, &[&label, t, &list(&there, lang)])
        }
        Problem::NotAName(t) => NOT_A_NAME.with(lang, &[&label, t]),
        Problem::FieldTaken(t) => FIELD_TAKEN.with(lang, &[&label, t]),
        Problem::NoSuchField(t, None) => NO_FIELD.with(lang, &[t]),
        Problem::NoSuchField(t, Some(near)) => NO_FIELD_NEAR.with(lang, &[t, near]),
        Problem::NoChoices => NO_CHOICES.with(lang, &[&label]),
        Problem::ValuesMisfit(t, count) => VALUES_MISFIT.with(lang, &[&label, t, count]),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::group;

    #[test]
    fn a4_a_filter_names_an_own_field_by_its_own_name_and_keeps_it_for_the_store() {
        let name = "Docks tested".to_owned();
        let key = crate::domain::own::key(&name);
        learn(&[OwnField { id: 1, rev: 1, key, name, kind: "number".into(), allowed: Vec::new() }]);
        for (typed, store) in [
            ("docks_tested:>3", "own:docks_tested>3"),
            ("DOCKS_TESTED:3|4", "own:docks_tested=3|4"),
            ("docks_tested:=3 segment:high", "own:docks_tested=3 segment:high"),
        ] {
            assert_eq!(group::read(typed).as_deref(), Ok(store));
            assert_eq!(group::read(store).as_deref(), Ok(store), "what is kept reads as itself");
        }
        assert_eq!(group::shown("own:docks_tested=3|4", Lang::Zh), "docks_tested:3|4");
        assert_eq!(group::shown("own:docks_tested>=3", Lang::En), "docks_tested:>=3");
        assert!(group::complete("docks_t", Lang::En).contains(&"docks_tested:".to_owned()));
        assert!(group::read("docks_untested:3").is_err());
    }
}
