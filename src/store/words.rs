//! How the store asks `domain/find` for words: tokens for the look-up indexes, the order of names, phones in normal form. The
//! rules themselves stand there.

use crate::domain::find;

/// What to ask the index for a customer of this owner.
pub fn owned_by(owner: i64, code: &str) -> Option<String> {
    Some(find::owned(&find::needle(code)?.text_match()?, owner))
}

/// Tokens of what was said in a touch.
pub fn touch(texts: &[String]) -> String {
    find::talk_tokens(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// By what names sort.
pub fn sort_key(name: &str, person: bool) -> String {
    find::sort_key(name, person)
}

/// A phone in normal form, if it is one.
pub fn phone(text: &str) -> Option<String> {
    find::normal_phone(text).map(|phone| phone.digits)
}
