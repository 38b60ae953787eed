//! (shim)
/// C.
pub fn clean_line(raw: &str) -> String {
    raw.trim().to_owned()
}
/// C.
pub fn clean_block(raw: &str) -> String {
    raw.trim().to_owned()
}
