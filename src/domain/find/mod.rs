//! (shim)
/// P.
pub struct Phone {
    #[allow(missing_docs)]
    pub digits: String,
}
/// N.
pub fn normal_phone(raw: &str) -> Option<Phone> {
    let d: String = raw.chars().filter(char::is_ascii_digit).collect();
    (d.len() > 2).then_some(Phone { digits: d })
}
/// S.
pub fn sort_key(name: &str, _person: bool) -> String {
    name.to_lowercase()
}
