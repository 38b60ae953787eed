//! The full-screen program, where there is a terminal for it.

use std::io::IsTerminal;

use super::shell::{Done, Shell, Stop};
use crate::i18n::cli as t;
use crate::run::{self, End, Options, env};

/// Refuses where there is no terminal that can show the screen.
pub fn terminal(shell: &Shell) -> Done {
    // keys come from the terminal itself where standard input is a pipe
    if !std::io::stdout().is_terminal() {
        return Err(Stop::Usage(t::NO_TERMINAL.of(shell.lang).to_owned()));
    }
    match env::text("TERM") {
        Some(kind) if kind == "dumb" => Err(Stop::Usage(t::DUMB.with(shell.lang, &[&kind]))),
        _ => Ok(()),
    }
}

/// Opens the screen; tells what the person wants when it closes.
pub fn open(shell: &Shell) -> Result<End, Stop> {
    terminal(shell)?;
    let options =
        Options { db: shell.db.clone(), lang: shell.lang, said: shell.said, guest: shell.guest.clone() };
    run::screen(&options).map_err(|e| Stop::Failed(format!("{e:#}")))
}
