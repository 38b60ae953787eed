//! Carries effects out: the loop between the terminal, the app and the two store threads; the clock; the person's
//! folders; the drafts on disk.

pub mod clock;
pub mod place;
