//! How far the opening of a database is: plain data for whoever says it. The work itself is in `store::open`, `backup`,
//! `schema` and `facts::rebuild`.

/// What opening a file is busy with, for whoever waits for it: a large file of an older program takes minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// An older file is copied aside: bytes done of all.
    Copied(u64, u64),
    /// The copy is looked through: its bytes.
    Checked(u64),
    /// The file is brought to this version: the step that begins, of how many.
    Upgraded(usize, usize),
    /// What is kept beside the records is computed anew: customers done of all.
    Computed(u64, u64),
    /// What was computed is put in order: the look-up's pieces are joined, figures of days and lists are made.
    Joined,
}
