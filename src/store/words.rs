//! How the store asks `domain/find` for words: tokens for the look-up indexes, the order of names, phones in normal form. The
//! rules themselves stand there.

use crate::domain::find::{self, Entry};

/// Tokens of everything a customer is found by; the owner is one of them.
pub fn customer(codes: &[String], name: &str, contacts: &[String], tags: &[String], owner: i64) -> String {
    let entry = Entry { name, codes: &refs(codes), contacts: &refs(contacts), tags: &refs(tags), owner };
    find::text_tokens(&entry)
}

/// What to ask the index for a customer of this owner.
pub fn owned_by(owner: i64, code: &str) -> Option<String> {
    Some(find::owned(&find::needle(code)?.text_match()?, owner))
}

/// Tokens of phones as they are stored.
pub fn phones(values: &[String]) -> String {
    find::digit_tokens(&refs(values))
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Tokens of what was said in a touch.
pub fn touch(texts: &[String]) -> String {
    find::talk_tokens(&refs(texts))
}

/// By what names sort.
pub fn sort_key(name: &str, person: bool) -> String {
    find::sort_key(name, person)
}

/// A phone in normal form, if it is one.
pub fn phone(text: &str) -> Option<String> {
    find::normal_phone(text).map(|phone| phone.digits)
}
