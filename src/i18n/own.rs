//! The words of classes that a company made or renamed in its own schemes. Every place that shows a class asks
//! [`super::words`], which asks here first; whoever reads the schemes in force tells them ([`learn`]). They are kept for the
//! whole process, as a language is: what was learned stays until the same class is told otherwise.

use std::sync::{PoisonError, RwLock};

use super::{Lang, Text, tables};
use crate::domain::scheme::ClassWord;

/// A class by its scheme and id, with its words.
type Own = (&'static str, &'static str, Text);

static OWN: RwLock<Vec<Own>> = RwLock::new(Vec::new());

/// Takes over the words of the classes in force, as far as they are not the shipped ones.
pub fn learn(classes: &[ClassWord]) {
    let mut own = OWN.write().unwrap_or_else(PoisonError::into_inner);
    for class in classes {
        let same = |text: &Text| text.en == class.en && text.zh == class.zh;
        let at = own.iter().position(|(scheme, id, _)| *scheme == class.scheme && *id == class.id);
        if at.and_then(|at| own.get(at)).is_some_and(|(.., text)| same(text)) {
            continue;
        }
        let shipped = tables::all().find(|(group, id, _)| *group == class.scheme && *id == class.id);
        if shipped.is_some_and(|(.., text)| same(text)) {
            at.map(|at| own.remove(at));
            continue;
        }
        // a company names a handful of classes: what each took of memory is kept for good
        let kept = |word: &str| -> &'static str { String::leak(word.to_owned()) };
        let text = Text { en: kept(&class.en), zh: kept(&class.zh) };
        match at.and_then(|at| own.get_mut(at)) {
            Some(place) => place.2 = text,
            None => own.push((kept(&class.scheme), kept(&class.id), text)),
        }
    }
}

/// The company's own word for a class.
pub fn word(scheme: &str, id: &str, lang: Lang) -> Option<&'static str> {
    let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
    own.iter().find(|(s, i, _)| *s == scheme && *i == id).map(|(.., text)| text.of(lang))
}

/// The class for what a person typed: its id or its word in either language.
pub fn id(scheme: &str, typed: &str) -> Option<&'static str> {
    let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
    own.iter()
        .filter(|(s, ..)| *s == scheme)
        .find(|(_, i, t)| i.eq_ignore_ascii_case(typed) || t.en.eq_ignore_ascii_case(typed) || t.zh == typed)
        .map(|(_, i, _)| *i)
}

/// The ids of a scheme's own classes.
pub fn ids(scheme: &str) -> Vec<&'static str> {
    let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
    own.iter().filter(|(s, ..)| *s == scheme).map(|(_, i, _)| *i).collect()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn class(id: &str, en: &str, zh: &str) -> ClassWord {
        ClassWord { scheme: "grade".into(), id: id.into(), en: en.into(), zh: zh.into() }
    }

    #[test]
    fn a_company_s_own_class_is_shown_and_typed_in_its_own_words() {
        learn(&[class("own_test", "own test", "自定类"), class("B", "B", "B")]);
        assert_eq!(words::word("grade", "own_test", Lang::Zh), "自定类");
        assert_eq!(words::id("grade", "自定类"), Some("own_test"));
        assert_eq!(words::id("grade", "Own Test"), Some("own_test"));
        assert_eq!(words::word("segment", "own_test", Lang::Zh), "own_test", "another scheme knows it not");
        assert_eq!(ids("grade"), ["own_test"], "what ships is no own word");
        learn(&[class("own_test", "renamed test", "改名类")]);
        assert_eq!(words::word("grade", "own_test", Lang::En), "renamed test");
        assert_eq!(words::id("grade", "own test"), None);
    }
}
