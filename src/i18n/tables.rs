//! The words for ids of the store as tables of rows, one file a noun. They know nothing of each other and nothing above
//! them; [`super::words`] answers for them.

mod alarms;
mod analysis;
mod company;
mod complaints;
mod exports;
mod handover;
mod leak;
mod people;
mod review;
mod scripts;
mod staff;

use super::word::Word;

/// The tables of words, one after the other; of two rows for one id the first stands.
pub fn all() -> impl Iterator<Item = &'static Word> {
    let people = [company::WORDS, people::WORDS, staff::WORDS, handover::WORDS, scripts::WORDS];
    let figures =
        [complaints::WORDS, review::WORDS, analysis::WORDS, alarms::WORDS, exports::WORDS, leak::WORDS];
    people.into_iter().chain(figures).flatten()
}
