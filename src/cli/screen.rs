//! The full-screen program, where there is a terminal for it.

use std::io::IsTerminal;

use super::shell::{Done, Shell, Stop};
use crate::i18n::cli as t;
use crate::run::{self, Options};

/// Refuses where there is no terminal that can show the screen.
pub fn terminal(shell: &Shell) -> Done {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Stop::Usage(t::NO_TERMINAL.of(shell.lang).to_owned()));
    }
    match std::env::var("TERM") {
        Ok(kind) if kind == "dumb" => Err(Stop::Usage(t::DUMB.with(shell.lang, &[&kind]))),
        _ => Ok(()),
    }
}

/// Opens the screen.
pub fn open(shell: &Shell, demo: bool) -> Done {
    terminal(shell)?;
    run::screen(&Options { db: shell.db.clone(), lang: shell.lang, demo })
        .map_err(|e| Stop::Failed(e.to_string()))
}
