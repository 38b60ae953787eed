//! Carries effects out: the loop between the terminal, the app and the two store threads. It takes what waits in the
//! inbox, updates, performs the effects and draws once. The clock, the person's folders and the drafts on disk stand
//! beside it.

pub mod clock;
pub mod drafts;
pub mod env;
mod export;
mod files;
pub mod harden;
pub mod import;
pub mod keys;
mod leak;
mod look;
pub mod opening;
pub mod passing;
pub mod place;
mod replies;
mod report;
mod session;
pub mod sessions;
mod signals;
#[cfg(test)]
mod tests;
pub mod waiting;

use std::path::PathBuf;

use anyhow::Result;

use crate::i18n::Lang;

/// How the full-screen program is to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database.
    pub db: PathBuf,
    /// The language.
    pub lang: Lang,
    /// Whether it was asked for by option or variable, and not only that of the surroundings.
    pub said: bool,
    /// Who came in over SSH, on a shared server.
    pub guest: Option<Guest>,
}

/// A person whose key sshd has verified.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Their login in the store.
    pub login: String,
    /// The address they came from.
    pub place: String,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person left.
    Left,
    /// They want to try the demo company.
    Demo,
    /// They were shut out meanwhile.
    Frozen,
    /// Nothing was typed for as long as the company allows.
    Idle,
}

/// Runs the full-screen program until the person leaves; tells what they want next.
pub fn screen(options: &Options) -> Result<End> {
    session::run(options)
}
