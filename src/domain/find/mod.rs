//! Finding a customer while the phone rings: the tokens that go into the two indexes, the expressions that
//! ask them, and the check of what they answer. Nothing here reads a store; the store keeps the tokens and
//! brings candidates. The one rule that holds it together: whatever [`Needle::verify`] accepts carries
//! every token the needle asks for, so the indexes never hide a hit.

mod fold;
mod heads;
mod mask;
mod needle;
mod phone;
mod readings;
mod sort;
mod stem;
mod talk;
mod tokens;
mod units;
mod verify;

#[cfg(test)]
mod tests;

pub use fold::{Folded, fold};
pub use mask::{MASKED, mask_email, mask_phone, mask_text};
pub use needle::{DigitNeedle, Needle, TextNeedle, needle, owned};
pub use phone::{Phone, normal_phone};
pub use sort::sort_key;
pub use stem::stem;
pub use talk::talk_tokens;
pub use tokens::{digit_tokens, text_tokens};
pub use verify::{Field, Hit};

/// The number of these tokens, which each file keeps. Whoever changes what a name, a number or a touch is found by raises it, so
/// that files of before are written anew, and adds a migration, so that no program of before writes beside this one.
pub const TOKENS: i64 = 2;

/// All that one customer is found by: what its tokens are made of, and what a needle is held against.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// Id of the person who owns the customer; the token `o_<id>`.
    pub owner: i64,
    /// Name of the customer.
    pub name: &'a str,
    /// Customer number and aliases.
    pub codes: Vec<&'a str>,
    /// Names of the contacts.
    pub contacts: Vec<&'a str>,
    /// Tags as shown.
    pub tags: Vec<&'a str>,
    /// Phones as stored.
    pub phones: Vec<&'a str>,
}
